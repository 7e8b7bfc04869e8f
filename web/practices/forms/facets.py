"""The forms of every facet of a practice, but those that correct what was recorded with them."""

from __future__ import annotations

from web.forms.form import Form
from web.practices.forms import (
    actions,
    agreed,
    contract,
    contractor,
    conversation,
    declarations,
    documents,
    episodes,
    expectations,
    flags,
    heard,
    ladder,
    letters,
    lists,
    mergers,
    plans,
    register,
    regulator,
    sanctions,
    threads,
    tier,
    visibility,
)

OF_FACETS: tuple[Form, ...] = (
    *register.FORMS,
    *contract.FORMS,
    *flags.FORMS,
    *conversation.FORMS,
    *actions.FORMS,
    *tier.FORMS,
    *visibility.FORMS,
    *agreed.FORMS,
    *threads.FORMS,
    *documents.FORMS,
    *letters.FORMS,
    *heard.FORMS,
    *plans.FORMS,
    *episodes.FORMS,
    *expectations.FORMS,
    *regulator.FORMS,
    *declarations.FORMS,
    *ladder.FORMS,
    *sanctions.FORMS,
    *lists.FORMS,
    *mergers.FORMS,
    *contractor.FORMS,
)

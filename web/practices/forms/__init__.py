"""A form for each thing that can be recorded about a practice: the index, by the address of each."""

from __future__ import annotations

import re

from domain.practice.commands import COMMANDS
from web.forms.form import Form
from web.practices.forms import (
    actions,
    agreed,
    contract,
    contractor,
    conversation,
    corrections,
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


def kebab(name: str) -> str:
    """RecordConversation is found at record-conversation."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


FORMS: dict[str, Form] = {
    kebab(form.name): form
    for form in (
        *register.FORMS,
        *contract.FORMS,
        *flags.FORMS,
        *conversation.FORMS,
        *actions.FORMS,
        *tier.FORMS,
        *corrections.FORMS,
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
}

ABOUT_AN_ENTRY = frozenset({"correct-fact", "request-correction", "withdraw-fact"})
"""Forms about an entry. The questions of a correction are those of the entry itself."""

ADDRESSES = tuple(kebab(name) for name in COMMANDS)

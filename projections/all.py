"""Every read model: the index of what people look at. One page is one file."""

from __future__ import annotations

from projections import (
    access,
    actions,
    agreements,
    caseload,
    clocks,
    contacts,
    contracts,
    decisions,
    disputes,
    flags,
    intelligence,
    links,
    meetings,
    notice_register,
    opened,
    organisations,
    people,
    practice,
    providers,
    search,
    threads,
    timeline,
)
from projections.tables import ReadModel

READ_MODELS: tuple[ReadModel, ...] = (
    caseload.MODEL,
    practice.MODEL,
    timeline.MODEL,
    flags.MODEL,
    actions.MODEL,
    intelligence.MODEL,
    contracts.MODEL,
    providers.MODEL,
    decisions.MODEL,
    disputes.MODEL,
    threads.MODEL,
    meetings.MODEL,
    agreements.MODEL,
    access.MODEL,
    contacts.MODEL,
    clocks.MODEL,
    notice_register.MODEL,
    opened.MODEL,
    links.MODEL,
    search.MODEL,
    people.MODEL,
    organisations.MODEL,
)

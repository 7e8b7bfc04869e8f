"""The contract, what was given under it, and what the regulator published, for a practice copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.practice import events as e
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.kinds import NoticeKind, SanctionKind
from domain.practice.state import Practice
from domain.rules import Sealed
from web.practices.copied_items import Item, notes, words_of
from web.words import day, label, spaced


def contracts(practice: Practice) -> Iterator[Item]:
    for contract in practice.contracts.values():
        ends = f", to {day(contract.ends_on)}" if contract.ends_on else ""
        yield Item(
            f"{label(contract.contract_type)}, {contract.reference.words}",
            contract.starts_on,
            notes(
                f"From {day(contract.starts_on)}{ends}",
                f"Last varied from {day(contract.varied_on)}" if contract.varied_on else "",
            ),
        )
    for declaration in practice.declarations.values():
        came = (
            f"Submitted on {day(declaration.submitted_on)}"
            if declaration.submitted_on
            else "Not submitted yet"
        )
        yield Item(
            f"Annual declaration {declaration.year}",
            declaration.due_on,
            (f"Due {day(declaration.due_on)}", came),
        )


def notices(practice: Practice) -> Iterator[Item]:
    """What was given under the contract. A draft says nothing to the contractor."""
    for notice in practice.notices.values():
        if notice.given:
            yield Item(
                label(notice.kind, NoticeKind),
                notice.issued_on,
                notes(*_days(notice)),
                _words(practice, notice),
            )
    for sanction in practice.sanctions.values():
        if sanction.imposed_on:
            lifted = f"Lifted on {day(sanction.lifted_on)}" if sanction.lifted_on else ""
            yield Item(
                f"Sanction: {label(sanction.kind, SanctionKind).lower()}", sanction.imposed_on, notes(lifted)
            )


def _days(notice: Notice) -> Iterator[str]:
    """What came of it, in order. What was withdrawn before the day on which it would count as given never counted."""
    withdrawn, given = notice.withdrawn_on, notice.served_on
    if given and (withdrawn is None or given <= withdrawn):
        yield f"Counts as given on {day(given)}"
        if notice.ends_on and notice.kind == NoticeKind.REMEDIAL:
            yield f"The last day of its period is {day(notice.ends_on)}"
    if notice.assessed_on and notice.status in {NoticeStatus.SATISFIED, NoticeStatus.NOT_SATISFIED}:
        yield f"{spaced(notice.status.value)} on {day(notice.assessed_on)}"
    if withdrawn:
        before = ", before it counted as given" if given and withdrawn < given else ""
        yield f"Withdrawn on {day(withdrawn)}{before}"
    elif given is None:
        yield "Issued, and how it was given is not recorded yet"


def _words(practice: Practice, notice: Notice) -> tuple[tuple[str, str], ...]:
    """What its letter says of the breach, of what is asked for, and why."""
    draft: Any = practice.standing[notice.version].fact
    found: list[tuple[str, Sealed | None]] = [("Under which provision", draft.provision)]
    for one in notice.breaches:
        breach = practice.breaches.get(one)
        fact = practice.standing[breach.version].fact if breach else None
        if isinstance(fact, e.BreachIdentified):
            found += [(f"The breach of {day(fact.breached_on)}", fact.what)]
    match draft:
        case e.RemedialNoticeDrafted():
            found.append(("What you must do", draft.steps))
        case e.SanctionProposed():
            found.append(("What it does", draft.effect))
        case e.TerminationNoticeDrafted():
            found.append(("What is done for patients", draft.patients))
    return words_of(*found, ("Why this notice is given", draft.reasons))


def regulator(practice: Practice) -> Iterator[Item]:
    for one in practice.inspections.values():
        inspected = f"Inspected on {day(one.inspected_on)}"
        yield Item(f"Rated overall: {spaced(one.rating.value).lower()}", one.published_on, (inspected,))
    for action in practice.regulatory_actions.values():
        ended = f"Ended on {day(action.ended_on)}" if action.ended_on else ""
        yield Item(spaced(action.kind.value), action.from_on, notes(ended))

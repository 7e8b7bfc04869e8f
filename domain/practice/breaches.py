"""Breaches: which term was not kept, and what was tried before any formal step."""

from __future__ import annotations

from domain.practice.cites import standing_cites
from domain.practice.commands import AttemptLocalResolution, HandleBreachInformally, IdentifyBreach
from domain.practice.contract_state import Breach, NoticeStatus
from domain.practice.dates import day_of, day_since, in_order, not_in_the_future
from domain.practice.events import BreachHandledInformally, BreachIdentified, LocalResolutionAttempted
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def identify_breach(practice: Practice, command: IdentifyBreach, asked: Asked) -> list[Fact]:
    """A breach is of a contract that stands, of a day on which it stood, and says why it can or cannot be put right."""
    contract = standing_contract(practice, command.contract_id)
    day = day_of(command, asked)
    not_in_the_future(command.breached_on, asked, "breached_on")
    in_order(contract.starts_on, command.breached_on, "breached_on")
    in_order(command.breached_on, day, "occurred_on")
    if command.repeats:
        before = practice.breaches.get(command.repeats)
        if before is None or before.contract_id != command.contract_id:
            raise RuleBroken(
                "a-repeated-breach-is-of-this-contract",
                "Choose an earlier breach of this contract",
                "repeats",
            )
        in_order(before.breached_on, command.breached_on, "breached_on")
    return [
        BreachIdentified(
            breach_id=command.breach_id,
            contract_id=command.contract_id,
            provision=Sealed(command.provision),
            provision_words=sealed(command.provision_words),
            what=Sealed(command.what),
            breached_on=command.breached_on,
            evidence=standing_cites(practice, command.evidence, "evidence"),
            remediable=command.remediable,
            remediable_because=Sealed(command.remediable_because),
            repeats=command.repeats or None,
            occurred_on=day,
        )
    ]


def handle_breach_informally(practice: Practice, command: HandleBreachInformally, asked: Asked) -> list[Fact]:
    """A breach is handled informally instead of formally: not when a notice of it is drafted or stands."""
    breach = breach_of(practice, command.breach_id, "breach_id")
    standing_contract(practice, breach.contract_id)
    refuse_unless(
        breach.informal is None,
        "a-breach-is-handled-informally-once",
        "This is recorded already",
        "breach_id",
    )
    refuse_unless(
        not formal_step_stands(practice, breach),
        "no-formal-step-stands-over-what-is-handled-informally",
        "A notice names this breach: withdraw the notice first, or go on with it",
        "breach_id",
    )
    return [
        BreachHandledInformally(
            breach_id=breach.breach_id,
            reason=Sealed(command.reason),
            instead=Sealed(command.instead),
            occurred_on=day_since(breach.identified_on, command, asked),
        )
    ]


def formal_step_stands(practice: Practice, breach: Breach) -> bool:
    """Whether a notice names a breach, drafted or given, that was not withdrawn."""
    return any(
        breach.breach_id in notice.breaches and notice.status != NoticeStatus.WITHDRAWN
        for notice in practice.notices.values()
    )


def attempt_local_resolution(practice: Practice, command: AttemptLocalResolution, asked: Asked) -> list[Fact]:
    """What the parties tried between themselves is recorded as often as they tried."""
    breach = breach_of(practice, command.breach_id, "breach_id")
    day = day_since(breach.breached_on, command, asked)
    standing_contract(practice, breach.contract_id, day)
    return [
        LocalResolutionAttempted(
            resolution_id=command.resolution_id,
            breach_id=breach.breach_id,
            took_part=Sealed(command.took_part),
            committee_invited=command.committee_invited,
            outcome=command.outcome,
            words=Sealed(command.words),
            occurred_on=day,
        )
    ]


def breach_of(practice: Practice, breach_id: str, field: str) -> Breach:
    breach = practice.breaches.get(breach_id)
    if breach is None:
        raise RuleBroken("a-breach-is-of-this-practice", "Choose a breach of this practice", field)
    return breach


def breach_identified(practice: Practice, fact: BreachIdentified, entry: Recorded) -> None:
    practice.breaches[fact.breach_id] = Breach(
        breach_id=fact.breach_id,
        contract_id=fact.contract_id,
        breached_on=fact.breached_on,
        identified_on=fact.occurred_on,
        remediable=fact.remediable,
        version=entry.version,
        repeats=fact.repeats,
    )


def breach_handled_informally(practice: Practice, fact: BreachHandledInformally, entry: Recorded) -> None:
    if breach := practice.breaches.get(fact.breach_id):
        breach.informal = entry.version


def local_resolution_attempted(practice: Practice, fact: LocalResolutionAttempted, entry: Recorded) -> None:
    if breach := practice.breaches.get(fact.breach_id):
        breach.tried = (*breach.tried, entry.version)

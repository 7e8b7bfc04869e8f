"""Soft intelligence: heard, unverified, and then corroborated or discounted by another person."""

from __future__ import annotations

from domain.practice.cites import cite, standing_cites
from domain.practice.commands import CorroborateIntelligence, DiscountIntelligence, RecordIntelligence
from domain.practice.dates import day_of, day_since
from domain.practice.events import IntelligenceCorroborated, IntelligenceDiscounted, IntelligenceRecorded
from domain.practice.state import Intelligence, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def record_intelligence(practice: Practice, command: RecordIntelligence, asked: Asked) -> list[Fact]:
    """Intelligence says where it came from, and is unverified."""
    refuse_unless(
        command.intelligence_id not in practice.intelligence,
        "intelligence-ids-are-new",
        "This intelligence is already recorded",
    )
    if not all(flag in practice.flags for flag in command.about_flags):
        raise RuleBroken(
            "what-it-is-about-is-of-this-practice", "Choose from this practice's record", "about_flags"
        )
    return [
        IntelligenceRecorded(
            intelligence_id=command.intelligence_id,
            source=command.source,
            received_from=sealed(command.received_from),
            summary=Sealed(command.summary),
            immediate_safety_risk=command.immediate_safety_risk,
            about_flags=command.about_flags,
            visibility=command.visibility,
            occurred_on=day_of(command, asked),
        )
    ]


def corroborate_intelligence(
    practice: Practice, command: CorroborateIntelligence, asked: Asked
) -> list[Fact]:
    """Another person than the one who recorded it finds it borne out."""
    intelligence = _unverified(practice, command.intelligence_id, asked)
    day = day_since(intelligence.recorded_on, command, asked)
    return [
        IntelligenceCorroborated(
            intelligence_id=command.intelligence_id,
            reason=Sealed(command.reason),
            evidence=_evidence(practice, intelligence, command.evidence),
            occurred_on=day,
        )
    ]


def discount_intelligence(practice: Practice, command: DiscountIntelligence, asked: Asked) -> list[Fact]:
    """Another person than the one who recorded it finds it not borne out."""
    intelligence = _unverified(practice, command.intelligence_id, asked)
    day = day_since(intelligence.recorded_on, command, asked)
    return [
        IntelligenceDiscounted(
            intelligence_id=command.intelligence_id,
            reason=Sealed(command.reason),
            evidence=_evidence(practice, intelligence, command.evidence),
            occurred_on=day,
        )
    ]


def _evidence(practice: Practice, intelligence: Intelligence, cited: tuple[str, ...]) -> tuple[str, ...]:
    """What was heard does not bear itself out."""
    evidence = standing_cites(practice, cited, "evidence")
    refuse_unless(
        cite(practice.code, intelligence.version) not in evidence,
        "intelligence-is-not-its-own-evidence",
        "Choose another entry: this intelligence cannot show itself to be true",
        "evidence",
    )
    return evidence


def _unverified(practice: Practice, intelligence_id: str, asked: Asked) -> Intelligence:
    intelligence = practice.intelligence.get(intelligence_id)
    if intelligence is None:
        raise RuleBroken(
            "intelligence-is-of-this-practice", "Choose intelligence about this practice", "intelligence_id"
        )
    refuse_unless(
        intelligence.status == "unverified",
        "intelligence-is-verified-once",
        f"This intelligence is already {intelligence.status}",
    )
    refuse_unless(
        intelligence.recorded_by != asked.person,
        "another-person-verifies-intelligence",
        "You recorded this: another person must corroborate or discount it",
    )
    return intelligence


def intelligence_recorded(practice: Practice, fact: IntelligenceRecorded, entry: Recorded) -> None:
    practice.intelligence[fact.intelligence_id] = Intelligence(
        intelligence_id=fact.intelligence_id,
        source=fact.source,
        recorded_by=entry.person,
        recorded_on=fact.occurred_on,
        version=entry.version,
        immediate_safety_risk=fact.immediate_safety_risk,
    )


def intelligence_corroborated(practice: Practice, fact: IntelligenceCorroborated, entry: Recorded) -> None:
    if intelligence := practice.intelligence.get(fact.intelligence_id):
        intelligence.status, intelligence.verified = "corroborated", entry.version


def intelligence_discounted(practice: Practice, fact: IntelligenceDiscounted, entry: Recorded) -> None:
    if intelligence := practice.intelligence.get(fact.intelligence_id):
        intelligence.status, intelligence.verified = "discounted", entry.version

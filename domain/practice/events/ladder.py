"""The foot of the ladder: a breach, what was tried between the parties, and why no formal step followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.contract_kinds import LocalOutcome
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachIdentified(Fact):
    """The holder says that a term was not kept (2015 GMS Regulations, Sch. 3 para. 70; pharmacies: 2013, reg. 70, 71).

    `provision` is the paragraph, regulation or clause as it is cited, `provision_words` what it says: data, which no rule
    judges by. `remediable` is whether the breach can be put right, `remediable_because` why. `repeats` is an earlier
    breach of this practice that this one repeats. `breached_on` is the day of the breach or its first day; `occurred_on`
    the day on which it was identified.
    """

    NAME: ClassVar[str] = "practice.breach-identified"
    breach_id: str
    contract_id: str
    provision: Sealed
    provision_words: Sealed | None
    what: Sealed
    breached_on: date
    evidence: tuple[str, ...]
    remediable: bool
    remediable_because: Sealed
    repeats: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachHandledInformally(Fact):
    """No formal step followed a breach: `reason` says why one was not proportionate, `instead` what is done instead.

    It bars no formal step later: what was tried first is what makes that one proportionate.
    """

    NAME: ClassVar[str] = "practice.breach-handled-informally"
    breach_id: str
    reason: Sealed
    instead: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalResolutionAttempted(Fact):
    """The parties tried to settle a breach before any notice (2013 Pharmaceutical Services Regulations, reg. 69).

    Required of pharmacies, good practice for others. `took_part` is who took part, by role; `committee_invited` whether
    the committee of the contractor's profession was. `occurred_on` is the day it ended.
    """

    NAME: ClassVar[str] = "practice.local-resolution-attempted"
    resolution_id: str
    breach_id: str
    took_part: Sealed
    committee_invited: bool
    outcome: LocalOutcome
    words: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (BreachIdentified, BreachHandledInformally, LocalResolutionAttempted)

"""The foot of the ladder: a breach, what was tried between the parties, and why no formal step follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.contract_kinds import LocalOutcome
from domain.text import Line, Narrative, NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyBreach(PracticeCommand):
    """Say which term was not kept, when, by what evidence, and whether it can be put right."""

    breach_id: Annotated[str, NewId("breach")]
    contract_id: str
    provision: Line
    provision_words: Reason | None = None
    what: Narrative
    breached_on: date
    evidence: tuple[str, ...] = ()
    remediable: bool
    remediable_because: Reason
    repeats: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleBreachInformally(PracticeCommand):
    """Take no formal step over a breach, because it would not be proportionate, and say what is done instead."""

    breach_id: str
    reason: Reason
    instead: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLocalResolution(PracticeCommand):
    """Record that the parties tried to settle a breach between themselves, and what came of it."""

    resolution_id: Annotated[str, NewId("resolution")]
    breach_id: str
    took_part: Line
    committee_invited: bool = False
    outcome: LocalOutcome
    words: Narrative


COMMANDS: tuple[type[PracticeCommand], ...] = (
    IdentifyBreach,
    HandleBreachInformally,
    AttemptLocalResolution,
)

"""What the rules look at of the practice's side: what it was told, what it answered, what it challenges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.kinds import ChallengeOutcome


@dataclass(slots=True)
class Told:
    """What the practice was told of: the facts, by cite. `version` is the fact that says so."""

    told_id: str
    version: int
    told_on: date
    about: tuple[str, ...]


@dataclass(slots=True)
class Response:
    """What the practice answered, by cite; `nothing_to_say` where it said that it has no comment."""

    response_id: str
    version: int
    received_on: date
    told_id: str | None
    about: tuple[str, ...]
    nothing_to_say: bool


@dataclass(slots=True)
class Challenge:
    """What the practice says is wrong, by cite. `made_by` recorded it; until it is decided there is no `outcome`."""

    challenge_id: str
    version: int
    about: str | None
    made_on: date
    made_by: str
    outcome: ChallengeOutcome | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    decided: int | None = None

    @property
    def open(self) -> bool:
        return self.outcome is None


@dataclass(slots=True)
class Referral:
    """To a Quality Surveillance Group."""

    referral_id: str
    version: int
    referred_on: date

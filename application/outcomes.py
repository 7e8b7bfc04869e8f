"""What comes of a command: what it recorded, or why it could not be recorded just now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from domain.rules import Recorded, RuleBroken


class Stale(Exception):
    """Since this form was drawn, others recorded facts about what the command answers for. `refused` is why it would be
    refused as things stand now, if it would.
    """

    def __init__(self, facts: list[Recorded], refused: RuleBroken | None = None) -> None:
        super().__init__("Somebody else has recorded something about this since you opened the page")
        self.facts = facts
        self.refused = refused


class Busy(Exception):
    """The record could not be written for some seconds. Nothing was recorded; the same command may be sent again."""

    def __init__(self) -> None:
        super().__init__("Casebook is busy just now. Nothing was recorded: send the form again")


class Outcome(NamedTuple):
    """What a command recorded. `repeated` when it was recorded by an earlier sending of the same form."""

    stream: str
    recorded: tuple[Recorded, ...]
    repeated: bool = False


@dataclass
class Decided:
    """One command of a commit: decided, not yet recorded."""

    stream: str
    command_id: str
    digest: bytes
    facts: list[Recorded] = field(default_factory=list)

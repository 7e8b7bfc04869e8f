"""Facts about the record as a whole, in the stream `record`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredFromBackup(Fact):
    """The record was put back from a backup: what was recorded after `last_position` elsewhere is not here."""

    NAME: ClassVar[str] = "record.restored-from-backup"
    last_position: int
    facts: int
    reason: Sealed | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (RestoredFromBackup,)

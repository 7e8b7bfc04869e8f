"""References to performers' cases in the demonstration: a number each, and one auditor who was let in."""

from __future__ import annotations

from datetime import date

from application.demonstration.agreed import ago
from application.demonstration.cast import INES, MARTIN, RUTH
from application.demonstration.tale import Tale
from domain.performers import commands as p

REFERRED = {"Summerhill Practice": "NM/PL/2026/031", "Quarry Lane Practice": "NM/PL/2025/117"}
LET_IN, CLOSED = "Summerhill Practice", "Quarry Lane Practice"


def references(tale: Tale) -> None:
    """Told last, so that the rest of a practice's tale is the same with it and without."""
    if tale.name not in REFERRED:
        return
    reference = tale.new("performer")
    _tell(
        tale,
        ago(120),
        INES,
        p.RecordPerformerReference(code=tale.code, reference_id=reference, reference=REFERRED[tale.name]),
    )
    if tale.name == LET_IN:
        reason = "For this year's audit of how cases are referred."
        _tell(
            tale,
            ago(8),
            MARTIN,
            p.GrantPerformerAccess(code=tale.code, person=RUTH, until_on=date(2026, 12, 18), reason=reason),
        )
    if tale.name == CLOSED:
        reason = "The performers team has ended its case."
        _tell(
            tale,
            ago(30),
            INES,
            p.ClosePerformerReference(code=tale.code, reference_id=reference, reason=reason),
        )


def _tell(tale: Tale, on: date, who: str, command: p.PerformerCommand) -> None:
    tale.act(who, on, lambda: command)

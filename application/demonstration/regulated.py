"""What the regulator finds of the demonstration's practices, and what they declare of the year."""

from __future__ import annotations

from datetime import date

from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import Rating, RegulatoryActionKind, RegulatoryEnd

YEAR, ASKED, DUE = "2026-27", date(2026, 9, 1), date(2026, 10, 9)
GOOD, IMPROVE = Rating.GOOD, Rating.REQUIRES_IMPROVEMENT

INSPECTED: dict[str, tuple[Rating, Rating, date, date, str]] = {
    "Larkfield Road Surgery": (
        GOOD,
        GOOD,
        date(2026, 3, 11),
        date(2026, 4, 30),
        "Access by phone is to be watched.",
    ),
    "Castle View Medical Centre": (GOOD, GOOD, date(2025, 6, 18), date(2025, 8, 6), "Reception is praised."),
    "Summerhill Practice": (
        IMPROVE,
        IMPROVE,
        date(2026, 7, 8),
        date(2026, 9, 2),
        "Fridge temperatures were not written down, and two recalls were missed.",
    ),
    "Kestrel House Surgery": (GOOD, GOOD, date(2026, 1, 21), date(2026, 3, 4), "Nothing that needs us."),
}
"""The overall rating, that of safety, the days of the inspection and of its report, and what is to be remembered."""

DECLARED: dict[str, tuple[date | None, str | None]] = {
    "Larkfield Road Surgery": (date(2026, 10, 2), None),
    "Castle View Medical Centre": (date(2026, 10, 14), "No hearing loop at the second desk."),
    "Ashdown Medical Centre": (date(2026, 9, 28), None),
    "Fernbank Surgery": (None, None),
    "Millrace Surgery": (date(2026, 10, 9), None),
}
"""On which day each made the declaration of the year, and what it could not say; None where it has not."""


def inspected(tale: Tale, rating: Rating, safe: Rating, on: date, published: date, words: str) -> None:
    inspection, action = tale.new("inspection"), tale.new("regulatory")
    tale.act(
        tale.caseworker,
        published,
        lambda: c.RecordInspection(
            inspection_id=inspection,
            inspected_on=on,
            rating=rating,
            safe=safe,
            effective=GOOD,
            caring=GOOD,
            responsive=GOOD,
            well_led=GOOD,
            words=words,
            occurred_on=published,
        ),
        late=2,
    )
    if rating == GOOD:
        return
    noticed(
        tale,
        c.RecordRegulatoryAction(
            regulatory_id=action,
            kind=RegulatoryActionKind.REQUIREMENT_NOTICE,
            from_on=published,
            requirement="Regulation 12, safe care and treatment",
            words="Fridge temperatures are written down each day, and recalls are checked each week.",
            inspection_id=inspection,
            occurred_on=published,
        ),
        late=3,
    )


def noticed(tale: Tale, action: c.RecordRegulatoryAction, late: int) -> None:
    """What the regulator did, recorded some days after its notice."""
    assert action.occurred_on is not None
    tale.act(tale.caseworker, action.occurred_on, lambda: action, late=late)


def declared(tale: Tale, submitted: date | None, exceptions: str | None) -> None:
    tale.act(
        tale.caseworker,
        ASKED,
        lambda: c.AskForDeclaration(declaration_year=YEAR, opens_on=ASKED, due_on=DUE, occurred_on=ASKED),
    )
    if submitted is not None:
        tale.act(
            tale.caseworker,
            submitted,
            lambda: c.RecordDeclaration(declaration_year=YEAR, exceptions=exceptions, occurred_on=submitted),
            late=1,
        )


def put_right(tale: Tale) -> None:
    """What the regulator asked for after an earlier look, and that it was done."""
    action, on, met = tale.new("regulatory"), date(2025, 3, 5), date(2025, 6, 18)
    noticed(
        tale,
        c.RecordRegulatoryAction(
            regulatory_id=action,
            kind=RegulatoryActionKind.WARNING_NOTICE,
            from_on=on,
            requirement="Regulation 19, fit and proper persons employed",
            words="Two references were missing from the files of staff.",
            comply_by=date(2025, 5, 30),
            occurred_on=on,
        ),
        late=2,
    )
    tale.act(
        tale.caseworker,
        met,
        lambda: c.EndRegulatoryAction(
            regulatory_id=action,
            because=RegulatoryEnd.MET,
            words="All files were whole when it was inspected.",
            occurred_on=met,
        ),
        late=1,
    )


def amended(tale: Tale) -> None:
    on = date(2026, 10, 20)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.AmendDeclaration(
            declaration_year=YEAR,
            words="The opening hours of the branch were those of last year.",
            occurred_on=on,
        ),
    )

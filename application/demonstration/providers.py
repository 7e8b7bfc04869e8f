"""Whom the contracts of the demonstration's practices are with, where that is a provider of a name of its own."""

from __future__ import annotations

from datetime import date

FERNHILL, MOORSIDE = "Fernhill Health Partnership", "Moorside Primary Care Ltd"
PROVIDERS: dict[str, tuple[str, str | None, date]] = {
    "Larkfield Road Surgery": (FERNHILL, "X9P01", date(2013, 4, 1)),
    "Fernbank Surgery": (FERNHILL, "X9P01", date(2019, 10, 1)),
    "Weavers Row Practice": (FERNHILL, "X9P01", date(2021, 4, 1)),
    "Quarry Lane Practice": (MOORSIDE, None, date(2022, 7, 1)),
    "Beckside Practice": (MOORSIDE, None, date(2022, 7, 1)),
    "Castle View Medical Centre": ("Castle View partners", None, date(2013, 4, 1)),
}
"""Whom the contract is with: what it is called, its code if it has one, and from when."""


def contract_with(practice: str, opened: date) -> tuple[str, date]:
    """Who signed a practice's contract, and from when it is."""
    provider, _, from_on = PROVIDERS.get(practice, (f"{practice} partnership", None, date(2013, 4, 1)))
    return provider, max(opened, from_on)

"""What belongs together in the demonstration: providers of several practices, practices that are linked, an organisation
that came after another; and a lead who takes no part in a practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from application.demonstration.cast import AREA_TEAM, OWEN, STONEBECK, TODAY
from application.demonstration.plan import workday
from application.demonstration.providers import FERNHILL, PROVIDERS
from application.demonstration.tale import Tale
from domain.access.commands import DeclareInterest, NameOrganisation, SucceedOrganisation
from domain.access.roles import InterestNature
from domain.links import LinkPractices
from domain.practice import commands as c

COMING = "Castle View Medical Centre"
"""Whose contract passes to another provider next spring."""

LINKED: dict[str, tuple[str, str]] = {
    "Larkfield Road Surgery": (
        "X90101",
        "The same building: they share its waiting room and its telephone exchange.",
    ),
    "Bellingham Green Surgery": (
        "X90106",
        "Two partners work in both, and each covers the other’s half day.",
    ),
}
"""The practice that is linked, by the code of the other, and why."""

MOOREND = "X9D"
REGISTERED_WITH = {"Violet Bank Surgery": MOOREND}
"""Registered when another organisation was its local commissioner."""

TAKES_NO_PART = "X90232"


def ago(days: int) -> date:
    """A working day about so many days before today."""
    return workday(TODAY - timedelta(days=days))


def belongs(tale: Tale) -> None:
    """Told last, so that the rest of a practice's tale is the same with it and without."""
    if provider := PROVIDERS.get(tale.name):
        _held_by(tale, *provider)
    if tale.name == COMING:
        _held_by(tale, FERNHILL, "X9P01", date(2027, 4, 1))
    if link := LINKED.get(tale.name):
        other, reason = link
        link_id = tale.new("link")
        tale.act(
            tale.caseworker,
            ago(4),
            lambda: LinkPractices(code=tale.code, link_id=link_id, other=other, reason=reason),
        )


def _held_by(tale: Tale, name: str, code: str | None, from_on: date) -> None:
    tale.act(
        tale.caseworker,
        ago(5),
        lambda: c.NameProvider(provider_name=name, provider_code=code, from_on=from_on),
    )


def came_after() -> Iterator[NameOrganisation | SucceedOrganisation]:
    """An organisation of an earlier time, and the one that answers for its practices since."""
    yield NameOrganisation(
        code=MOOREND,
        name="Moorend CCG",
        kind="ccg",
        label="CCG",
        part_of=AREA_TEAM,
        from_on=date(2013, 4, 1),
        source="demonstration",
    )
    yield SucceedOrganisation(
        code=STONEBECK,
        predecessor=MOOREND,
        from_on=date(2024, 12, 1),
        reason="The two groups became one.",
        source="demonstration",
    )


def takes_no_part() -> tuple[str, DeclareInterest]:
    """A lead whose sister is a partner of the practice: who asks, and for what."""
    return OWEN, DeclareInterest(
        person_id=OWEN,
        interest_id="interest-demonstration1",
        nature=InterestNature.FAMILY_OR_CLOSE_FRIEND,
        practice=TAKES_NO_PART,
        words="My sister is a partner there.",
        takes_no_part=True,
    )

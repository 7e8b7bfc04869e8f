"""The practices whose contracts are with one provider, for somebody who looks from one of them: on a page and as a file.

Of those that are not theirs to read nothing is told, not even that there are any.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.practice.kinds import Tier
from domain.practice.provider import provider_on
from domain.practice.state import Provider
from projections import providers
from projections.providers import PracticeRow
from web.export import export
from web.practices.links import practice_link
from web.practices.presenters import flag_words
from web.practices.reading import Looked, look_up
from web.practices.timing import since
from web.service import catch_up, may, service
from web.words import label

blueprint = Blueprint("providers", __name__, url_prefix="/practices/<code>")

COLUMNS = (
    "Practice",
    "Code",
    "Tier",
    "Alarms",
    "Alerts",
    "Open flags",
    "Overdue actions",
    "Last spoken with",
)


class Line(NamedTuple):
    """A practice of the provider, in words."""

    name: str
    code: str
    href: str
    here: bool
    since: date
    tier: Tier
    reviewed: bool
    closed_on: date | None
    flags: str
    overdue: int
    spoke: str


@blueprint.get("/provider")
def page(code: str) -> ResponseReturnValue:
    looked, provider, found = _look(code)
    return render_template(
        "providers/provider.html",
        practice=looked.practice,
        provider=provider,
        lines=[_line(one, looked) for one in found],
        may_name=looked.practice.closed_on is None and may("NameProvider", looked.practice),
    )


@blueprint.get("/provider.csv")
def file(code: str) -> ResponseReturnValue:
    looked, _provider, found = _look(code)
    rows = (
        (
            *(one.name, one.code, label(one.tier), one.alarms, one.alerts, one.open_flags),
            *(one.overdue, one.last_contact_on),
        )
        for one in found
    )
    subject = f"practice-{looked.practice.code}"
    return export("Provider", "Practices of a provider", COLUMNS, rows, len(found), subject=subject)


def _look(code: str) -> tuple[Looked, Provider | None, list[PracticeRow]]:
    looked = look_up(code)
    catch_up()
    today = looked.asked.on
    provider = provider_on(looked.practice, today)
    if provider is None:
        return looked, None, []
    with service.views.reading() as reading:
        return looked, provider, providers.practices_of(reading, provider, scope_of(looked.asked), today)


def _line(one: PracticeRow, looked: Looked) -> Line:
    today = looked.asked.on
    return Line(
        name=one.name,
        code=one.code,
        href=practice_link(one.code),
        here=one.code == looked.practice.code,
        since=one.since,
        tier=one.tier,
        reviewed=one.reviewed,
        closed_on=one.closed_on if one.closed_on and one.closed_on <= today else None,
        flags=flag_words(one.alarms, one.alerts, one.open_flags - one.alarms - one.alerts),
        overdue=one.overdue,
        spoke=since(one.last_contact_on, today),
    )

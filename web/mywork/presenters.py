"""My work: each thing to do as a row with a time, a link, a line, and the button that settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import Side
from domain.rules import Asked
from projections.mywork.items import Area, Item, What, Work
from projections.news import New
from web.mywork.rows import Row, row
from web.practices.links import practice_link
from web.practices.told import Names
from web.words import day, plural


class More(NamedTuple):
    """What a list was cut short of, and where the rest is."""

    text: str
    href: str


class Group(NamedTuple):
    """What waits of one kind, the longest first."""

    title: str
    anchor: str
    rows: list[Row]
    more: More | None


class Section(NamedTuple):
    """A heading with its rows, or with groups of rows. `figures` count what is late; beneath is every such practice."""

    title: str
    number: int
    groups: list[Group]
    empty: str
    figures: More | None = None


WAITING: tuple[tuple[What, str], ...] = (
    ("tier_to_decide", "Tiers to decide"),
    ("decision_to_look_at_again", "Decisions to look at again"),
    ("notice_to_issue", "Notices to issue"),
    ("challenge_to_decide", "Challenges to decide"),
    ("application_to_decide", "Applications to decide"),
    ("correction_to_authorise", "Corrections to authorise"),
    ("action_to_agree", "Actions to agree"),
    ("evidence_to_accept", "Evidence to accept"),
    ("intelligence_to_corroborate", "Soft intelligence to verify"),
    ("explanation_to_answer", "Explanations of flags to answer"),
    ("access_to_answer", "Requests to read restricted entries"),
    ("text_to_answer", "Conversations to agree"),
    ("dispute_to_follow", "Disputes that are pending"),
)
"""The kinds of what waits, in the order of the page, and their headings."""


class Whose(NamedTuple):
    """Whose practices the page is about, and the caseload of exactly these."""

    caseworker: bool
    filters: dict[str, str]
    area: tuple[str, str]
    """What one of the practices is called, and several."""

    def caseload(self, **more: str) -> str:
        return f"/practices?{urlencode({**self.filters, **more})}"


def whose(asked: Asked) -> Whose:
    if asked.role == Role.CASEWORKER:
        return Whose(True, {"caseworker": asked.person}, ("practice of yours", "practices of yours"))
    if SIDE_OF.get(asked.role) == Side.CONTRACT_HOLDER:
        return Whose(
            False,
            {"contract_holder": asked.organisation or ""},
            ("practice of your area", "practices of your area"),
        )
    return Whose(
        False, {"local_commissioner": asked.organisation or ""}, ("member practice", "member practices")
    )


EVERYTHING = "/?all=yes"
"""The same page with all that its lists are else cut short of."""


def sections(
    work: Work, names: Names, today: date, may: frozenset[str], who: Whose, *, whole: bool = False
) -> list[Section]:
    """What there is to do. `whole` is the page that shows all of it, or as much as a page can hold."""

    def listed(section: str, title: str, items: Sequence[Item]) -> Group:
        left_out = work.left_out.get(section, 0)
        total = f"{len(items) + left_out:,}"
        more = (
            More(f"{left_out:,} more: in the file (CSV)", "/my-work.csv")
            if whole
            else More(f"Show all {total}", f"{EVERYTHING}#{anchor(section)}")
        )
        rows = [row(item, names, today, may) for item in items]
        return Group(title, anchor(section), rows, more if left_out else None)

    def section(title: str, groups: list[Group], empty: str, figures: More | None = None) -> Section:
        shown = [group for group in groups if group.rows]
        left_out = sum(work.left_out.get(name, 0) for name in counted[title])
        return Section(title, sum(len(group.rows) for group in shown) + left_out, shown, empty, figures)

    late_title = "Late, or running out today" + ("" if who.caseworker else ": your own")
    counted: dict[str, list[str]] = {
        late_title: ["late"],
        "This week": ["week"],
        "Waiting for you": [what for what, _ in WAITING],
    }
    late = "Nothing is late. Actions, reviews and promised contacts stand here when their day comes."
    found = [
        section(
            late_title,
            [listed("late", "", work.late)],
            late if who.caseworker or not work.area else "Nothing of your own is late.",
        )
    ]
    if work.area:
        figures = More(_late_in(work.area, who), who.caseload(overdue="yes"))
        others = listed("others", "", work.area.others)
        title = f"Late in {who.area[1]}: others follow these up"
        found.append(Section(title, work.area.actions, [others], "", figures))
    found.append(
        section(
            "This week",
            [listed("week", "", work.week)],
            "Nothing is due in the next seven days.",
        )
    )
    waiting = [
        listed(what, title, [item for item in work.waiting if item.what == what]) for what, title in WAITING
    ]
    nothing_waits = "Nothing waits for you. What others propose, complete or ask for appears here."
    return [*found, section("Waiting for you", waiting, nothing_waits)]


def anchor(section: str) -> str:
    """Where on the page a section begins, or a group of what waits."""
    return f"work-{section.replace('_', '-')}"


class Fresh(NamedTuple):
    """A practice with entries that its reader has not opened."""

    title: str
    href: str
    practice: str
    line: str


def fresh_rows(found: Sequence[New]) -> list[Fresh]:
    """What is new from the other side, each with a link to the first of it."""
    return [
        Fresh(
            plural(one.entries, "new entry", "new entries"),
            f"{practice_link(one.code)}?entry={one.first}#entry-{one.first}",
            one.practice,
            f"last recorded {day(one.last_on)}",
        )
        for one in found
    ]


def _late_in(area: Area, who: Whose) -> str:
    """17 overdue actions in 11 practices of your area."""
    return f"{plural(area.actions, 'overdue action')} in {plural(area.practices, *who.area)}"

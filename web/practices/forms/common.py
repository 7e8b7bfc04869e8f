"""Questions that many forms ask, and what they let a person choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import Side
from domain.practice.state import Action
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Day, TextArea, Ticks
from web.labels import SIDE_LABELS
from web.practices.flags import flag_called
from web.practices.telling import Telling
from web.practices.told import GROUPS, happened_on, short
from web.words import day, label

NO_PATIENTS = "Do not name patients. Name staff by role."


def late_entry_day(drawing: Drawing) -> Any:
    """Today, but for a closed practice, about which only earlier days are told."""
    return None if drawing.practice.closed_on else drawing.today


def on_day(question: str, called: str, hint: str = "") -> Day:
    """On which day it happened: today, unless another is entered."""
    return Day(
        name="occurred_on",
        label=question,
        hint=hint,
        called=called,
        past=True,
        preset=lambda drawing: drawing.today,
    )


WHEN = on_day("When was this?", "The date")


def reason(question: str = "Why?", missing: str = "Enter the reason", hint: str = NO_PATIENTS) -> TextArea:
    return TextArea(name="reason", label=question, hint=hint, missing=missing)


def telling(drawing: Drawing) -> Telling:
    found: Telling = drawing.telling
    return found


def side(drawing: Drawing, which: Side) -> str:
    """What a side is called, as it begins a line: `Area team`."""
    return first_upper(telling(drawing).names.side(which))


def sides(*which: Side) -> Callable[[Drawing], Sequence[Choice]]:
    return lambda drawing: [Choice(one.value, side(drawing, one)) for one in which if _is_there(drawing, one)]


def own_side(drawing: Drawing) -> Side | None:
    return SIDE_OF.get(drawing.asked.role)


def open_flags(drawing: Drawing) -> list[Choice]:
    return [
        Choice(flag.flag_id, flag_called(flag), f"{label(flag.level)}, raised {day(flag.raised_on)}")
        for flag in drawing.practice.flags.values()
        if flag.open or flag.flag_id in drawing.given.get("about_flags", "")
    ]


def open_actions(drawing: Drawing) -> list[Choice]:
    return [
        Choice(action.action_id, short(action.issue.words), due(drawing, action))
        for action in drawing.practice.actions.values()
        if not action.ended or action.action_id in drawing.given.get("about_actions", "")
    ]


def intelligence(drawing: Drawing) -> list[Choice]:
    return [
        Choice(
            heard.intelligence_id, f"Soft intelligence of {day(heard.recorded_on)}", heard.status.capitalize()
        )
        for heard in drawing.practice.intelligence.values()
        if heard.status != "discounted"
    ]


ABOUT_ACTIONS = Ticks(
    name="about_actions",
    label="About which actions?",
    choices=open_actions,
    when=lambda drawing: bool(open_actions(drawing)),
)
ABOUT_FLAGS = Ticks(
    name="about_flags",
    label="About which flags?",
    choices=open_flags,
    when=lambda drawing: bool(open_flags(drawing)),
)
ABOUT_INTELLIGENCE = Ticks(
    name="about_intelligence",
    label="About which soft intelligence?",
    choices=intelligence,
    when=lambda drawing: bool(intelligence(drawing)),
)
NEXT_CONTACT = Day(
    name="next_contact_on",
    label="When will you speak next?",
    hint="Leave it empty if nothing is arranged.",
    called="The date of the next contact",
)


def due(drawing: Drawing, action: Action) -> str:
    late = (drawing.today - action.due_on).days
    if action.status == "completed":
        return "Completed, waiting for the evidence to be accepted"
    if late > 0:
        return f"Overdue {late} day{'' if late == 1 else 's'}"
    return f"Due {day(action.due_on)}"


_NOT_CITED = (
    e.PracticeRegistered,
    e.ResponsibilityAssigned,
    e.FactCorrected,
    e.FactWithdrawn,
    *e.visibility.FACTS,
    *e.threads.FACTS,
    *e.reviews.FACTS,
    e.EntryAgreed,
    e.EntryDisputed,
    e.EntryAmended,
    Withheld,
)
"""What nothing rests on: what everybody knows, what is told with another fact, and what is not known."""


def facts(drawing: Drawing) -> list[Choice]:
    """Every fact of the practice that stands, newest first in each group, to be cited."""
    told = telling(drawing)
    by_group: dict[str, list[Choice]] = {group: [] for group in GROUPS}
    for entry in sorted(drawing.practice.standing.values(), key=_newest_first, reverse=True):
        if isinstance(entry.fact, _NOT_CITED):
            continue
        found = told.tell(entry.fact)
        words = found.words[0][1] if found.words else ""
        hint = (
            f"{day(happened_on(entry.fact))}. {short(words, 160)}" if words else day(happened_on(entry.fact))
        )
        record = drawing.practice.records.get(entry.version)
        if record is not None and record.state == "disputed":
            hint = f"Disputed. {hint}"
        cited = cite(drawing.practice.code, entry.version)
        by_group[found.group].append(Choice(cited, found.title, hint, GROUPS[found.group]))
    return [choice for choices in by_group.values() for choice in choices]


ABOUT_THE_ACTION = "About this action"


def facts_about_the_action(drawing: Drawing) -> list[Choice]:
    """Every fact that may be cited, those about the action that the address names before all others."""
    found = facts(drawing)
    about = {
        cite(drawing.practice.code, entry.version)
        for entry in drawing.practice.standing.values()
        if _is_about(entry.fact, drawing.given.get("action_id", ""))
    }
    return [
        *(one._replace(group=ABOUT_THE_ACTION) for one in found if one.value in about),
        *(one for one in found if one.value not in about),
    ]


def _is_about(fact: Any, action_id: str) -> bool:
    """Whether a fact tells of an action, other than that it was proposed or agreed: neither shows that it was done."""
    if isinstance(fact, e.ActionProposed | e.ActionAgreed):
        return False
    return action_id == getattr(fact, "action_id", "") or action_id in getattr(fact, "about_actions", ())


def about_flag(drawing: Drawing) -> str:
    flag = drawing.thing(drawing.practice.flags, "flag_id")
    if flag is None:
        return ""
    return f"{flag_called(flag)}: {label(flag.level).lower()}, raised {day(flag.raised_on)}, {flag.status}"


def about_action(drawing: Drawing) -> str:
    action = drawing.thing(drawing.practice.actions, "action_id")
    if action is None:
        return ""
    owner = telling(drawing).names.side(action.owner)
    return f"{short(action.issue.words)}: {owner}, due {day(action.due_on)}, {action.status}"


def about_intelligence(drawing: Drawing) -> str:
    heard = drawing.thing(drawing.practice.intelligence, "intelligence_id")
    if heard is None:
        return ""
    return _entry(drawing, heard.version)


def about_proposal(drawing: Drawing) -> str:
    proposal = drawing.thing(drawing.practice.proposals, "proposal_id")
    return _entry(drawing, proposal.version) if proposal else ""


def about_request(drawing: Drawing) -> str:
    """What is asked for, by whom and why, in a line."""
    request = drawing.thing(drawing.practice.requests, "request_id")
    if request is None:
        return ""
    told = telling(drawing)
    before, after = "", ""
    for change in (
        change
        for entry in drawing.practice.standing.values()
        if getattr(entry.fact, "request_id", None) == request.request_id
        for change in told.tell(entry.fact).changes
    ):
        before = f"{change.label}: {change.before}"
        after = f" to {change.after}"
    who = told.names.person(request.requested_by)
    what = told.entry(request.version).text
    return f"{what}. Asked for by {who}: {short(request.reason.words, 200)}. {before}{after}".strip()


def about_entry(drawing: Drawing) -> str:
    version = drawing.given.get("version", "")
    return _entry(drawing, int(version)) if version.isdecimal() and len(version) < 10 else ""


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _entry(drawing: Drawing, version: int) -> str:
    entry: Any = drawing.practice.standing.get(version)
    if entry is None:
        return ""
    told = telling(drawing).tell(entry.fact)
    if isinstance(entry.fact, Withheld):
        return f"{told.title}, {day(happened_on(entry.fact))}"
    who = telling(drawing).names.person(entry.person)
    return f"{told.title}, {day(happened_on(entry.fact))}, recorded by {who}"


def _is_there(drawing: Drawing, which: Side) -> bool:
    """A practice may have no local commissioner."""
    if which != Side.LOCAL_COMMISSIONER:
        return True
    responsible = drawing.practice.responsible_on(drawing.today)
    return responsible is not None and responsible.local_commissioner is not None


def _newest_first(entry: Recorded) -> tuple[Any, int]:
    return happened_on(entry.fact), entry.version


__all__ = ["SIDE_LABELS", "WHEN", "facts", "open_actions", "open_flags", "reason", "sides"]

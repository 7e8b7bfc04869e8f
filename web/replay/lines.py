"""How a practice stood at two moments, line by line in words: what is new, what changed and what is gone is told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.practice.kinds import Side, Tier
from domain.practice.state import Practice
from web.practices.fields import words_or_why
from web.practices.told import Names, joined, short
from web.replay.things import KINDS, Kind, Then
from web.words import day, first_upper, label, plural


class Line(NamedTuple):
    """One thing about the practice, before and after: empty where it was not there. `version` is the entry it began with."""

    heading: str
    before: str
    after: str
    version: int | None = None

    @property
    def how(self) -> str:
        if self.before == self.after:
            return ""
        if not self.before:
            return "New"
        return "Changed" if self.after else "Gone"


def lines(before: Practice, before_on: date, after: Practice, after_on: date, names: Names) -> list[Line]:
    """Every line that says anything at either moment; of things that had ended by the first none."""
    was, now = Then(before, before_on, names), Then(after, after_on, names)
    one, other = (dict(_facts_of(side)) if side.practice.registered else {} for side in (was, now))
    found = [
        Line(heading, one.get(heading, ""), other.get(heading, ""))
        for heading in dict.fromkeys([*one, *other])
    ]
    found += [line for kind in KINDS for line in _things(kind, was, now)]
    found.append(Line("Entries in the record", _entries(before), _entries(after)))
    return [line for line in found if line.before or line.after]


def _entries(practice: Practice) -> str:
    return f"{len(practice.history):,}" if practice.history else ""


def _facts_of(side: Then) -> Iterator[tuple[str, str]]:
    practice, names, told = side.practice, side.names, side.told
    assert practice.details is not None
    responsible = practice.responsible_on(side.on)
    reviewed = "" if told["reviewed"] else " (starting tier, not yet reviewed)"
    decision = practice.decision_on(side.on)
    yield "Tier", f"{label(told['tier'], Tier)}{reviewed}"
    yield "In this tier since", day(told["since"])
    yield "Decided by", names.person(told["decided_by"])
    yield "Why", short(words_or_why(decision.rationale), 160) if decision else ""
    coming = max(
        (one for one in practice.decisions if one.effective_on > side.on),
        key=lambda one: one.version,
        default=None,
    )
    ahead = f"{label(coming.tier, Tier)}, takes effect on {day(coming.effective_on)}" if coming else ""
    yield "Decided, not yet in effect", ahead
    yield "Review of the tier", day(decision.review_on) if decision else ""
    yield "Name", words_or_why(practice.details.name)
    yield (
        "Patients",
        f"{practice.details.list_size:,}" if practice.details.list_size is not None else "",
    )
    yield "Closed", day(practice.closed_on)
    yield "Caseworker", names.person(practice.caseworker) or "nobody named"
    for side_of in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER):
        yield (
            first_upper(names.side(side_of)),
            names.organisation(getattr(responsible, side_of.value, None)),
        )
    yield "Provider", words_or_why(practice.providers[-1].name) if practice.providers else ""
    yield "Last spoken to", day(told["last_contact"]) or "never, as far as is recorded"
    states = [one.state for one in practice.records.values()]
    yield "Conversations that both see", f"{len(states):,}"
    waiting, disputed = sum(one in {"proposed", "amended"} for one in states), states.count("disputed")
    yield "… not yet agreed by both", f"{waiting:,}" if waiting else ""
    yield "… disputed", f"{disputed:,}" if disputed else ""
    episode = practice.episodes[-1] if practice.episodes else None
    if episode is not None:
        closed = f", closed {day(episode.closed_on)}" if episode.closed_on else ""
        yield "Episode", f"open since {day(episode.opened_on)}" if not closed else closed[2:]


def _things(kind: Kind, was: Then, now: Then) -> Iterator[Line]:
    """What mattered at either moment, and what came and went between them. What had ended before is not told again."""
    before, after = kind.there(was.practice), kind.there(now.practice)
    for key in dict.fromkeys([*before, *after]):
        earlier, later = before.get(key), after.get(key)
        if earlier is not None and not kind.matters(earlier) and (later is None or not kind.matters(later)):
            continue
        called = kind.called(now, later) if later is not None else kind.called(was, earlier)
        yield Line(
            called,
            kind.stands(was, earlier) if earlier is not None else "",
            kind.stands(now, later) if later is not None else "",
            getattr(later if later is not None else earlier, "version", None),
        )


def counted(found: list[Line]) -> str:
    """2 lines changed, 1 is new."""
    many = {how: sum(line.how == how for line in found) for how in ("Changed", "New", "Gone")}
    if not any(many.values()):
        return "Nothing about how the practice stood changed."
    parts = [
        plural(many["Changed"], "line changed", "lines changed") if many["Changed"] else "",
        plural(many["New"], "line is new", "lines are new") if many["New"] else "",
        plural(many["Gone"], "line is gone", "lines are gone") if many["Gone"] else "",
    ]
    return f"{first_upper(joined(filter(None, parts)))}."

"""How a practice stood at two moments, line by line in words: what is new, what changed and what is gone is told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.expectation_state import Expectation
from domain.practice.kinds import ExpectationKind, Side, Tier
from domain.practice.state import Action, Contract, Flag, Intelligence, Practice, Proposal
from web.practices.flags import explained, flag_called, level_in_words
from web.practices.ladder_said import notice_called, notice_stands
from web.practices.told import Names, joined, lower_first, short
from web.replay.standing import standing
from web.words import contract_called, day, first_upper, label, plural


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


@dataclass(frozen=True)
class Then:
    """One of the two moments: the practice as it stood, the day, and the same as the command line gives it."""

    practice: Practice
    on: date
    names: Names

    @property
    def told(self) -> dict[str, Any]:
        return standing(self.practice, self.on)


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
    yield "Why", short(decision.rationale.words, 160) if decision else ""
    coming = max(
        (one for one in practice.decisions if one.effective_on > side.on),
        key=lambda one: one.version,
        default=None,
    )
    yield "Decided to follow", f"{label(coming.tier, Tier)} from {day(coming.effective_on)}" if coming else ""
    yield "Review of the tier", day(decision.review_on) if decision else ""
    yield "Name", practice.details.name.words
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
    yield "Provider", practice.providers[-1].name.words if practice.providers else ""
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


# --- things of which there may be several ----------------------------------------------------------------------


class Kind(NamedTuple):
    """What is told of one kind of thing: where they are, which still matter, what each is called, and how it stands."""

    there: Callable[[Practice], Mapping[str, Any]]
    matters: Callable[[Any], bool]
    called: Callable[[Then, Any], str]
    stands: Callable[[Then, Any], str]


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


def _flag(side: Then, flag: Flag) -> str:
    level = first_upper(level_in_words(flag))
    if flag.open:
        return joined_by_comma(level, f"raised {day(flag.raised_on)}", explained(side.practice, flag))
    return f"{level}, {flag.status} {day(flag.ended_on)}"


def _action(side: Then, action: Action) -> str:
    agreed = joined(lower_first(side.names.side(one)) for one in sorted(action.agreed_by))
    ended = f"on {day(action.ended_on)}" if action.ended else ""
    return joined_by_comma(
        f"{first_upper(action.status)} {ended}".strip(),
        "" if action.ended else f"due {day(action.due_on)}",
        f"first due {day(action.first_due_on)}" if action.moved and not action.ended else "",
        f"agreed by {agreed}" if agreed and not action.ended else "",
    )


def _heard(_: Then, heard: Intelligence) -> str:
    return first_upper(heard.status.replace("_", " "))


def _contract(_: Then, contract: Contract) -> str:
    return joined_by_comma(
        f"From {day(contract.starts_on)}",
        f"to {day(contract.ends_on)}" if contract.ends_on else "",
        f"varied {day(contract.varied_on)}" if contract.varied_on else "",
    )


def _notice(side: Then, notice: Notice) -> str:
    return ". ".join(notice_stands(side.practice, notice))


def _expected(_: Then, one: Expectation) -> str:
    if one.withdrawn_on:
        return f"Withdrawn {day(one.withdrawn_on)}"
    if one.answered_on:
        return f"Answered {day(one.answered_on)}, was due {day(one.due_on)}"
    stopped = f"its clock stopped {day(one.stopped_on)}" if one.stopped_on else ""
    return joined_by_comma(f"Due {day(one.due_on)}", stopped)


def _proposed(side: Then, one: Proposal) -> str:
    tier = label(one.tier, Tier)
    return f"{tier}, by {side.names.person(one.proposed_by)}, {one.status}"


def joined_by_comma(*parts: str) -> str:
    return ", ".join(filter(None, parts))


KINDS = (
    Kind(
        lambda practice: practice.contracts,
        lambda _: True,
        lambda _, one: first_upper(contract_called(one.contract_type)),
        _contract,
    ),
    Kind(
        lambda practice: practice.notices,
        lambda one: one.status not in {NoticeStatus.SATISFIED, NoticeStatus.WITHDRAWN},
        lambda side, one: notice_called(side.practice, one),
        _notice,
    ),
    Kind(
        lambda practice: practice.flags,
        lambda one: one.open,
        lambda _, one: f"Flag: {flag_called(one)}",
        _flag,
    ),
    Kind(
        lambda practice: practice.intelligence,
        lambda one: one.status == "unverified",
        lambda _, one: f"Soft intelligence of {day(one.recorded_on)}",
        _heard,
    ),
    Kind(
        lambda practice: practice.actions,
        lambda one: not one.ended,
        lambda _, one: f"Action: {short(one.issue.words)}",
        _action,
    ),
    Kind(
        lambda practice: practice.expectations,
        lambda one: one.open,
        lambda side, one: (
            f"Asked of {lower_first(side.names.side(one.expected_of))}: {lower_first(label(one.kind, ExpectationKind))}"
        ),
        _expected,
    ),
    Kind(
        lambda practice: practice.proposals,
        lambda one: one.status == "open",
        lambda _, one: f"Proposal for the tier of {day(one.proposed_on)}",
        _proposed,
    ),
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

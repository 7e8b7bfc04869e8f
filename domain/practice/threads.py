"""Threads: one organisation's side of what is said about one concern, and two of them joined into one.

A concern is a flag or a piece of intelligence. A thread is worked out from the entries that both organisations see, and
never stored: a conversation about a concern begins its recorder's thread on it, unless it continues one, by being about
the same concern or by answering an entry of the other side's. What is internal or restricted is in no thread, so that
no thread can tell of it. A conversation may be about several concerns, and is then in a thread on each.
"""

from __future__ import annotations

from datetime import date, timedelta

from domain.access.roles import SIDE_OF
from domain.practice.commands import JoinThreads, PartThreads
from domain.practice.dates import day_since, latest
from domain.practice.events import ConversationRecorded, ThreadsJoined, ThreadsParted
from domain.practice.kinds import Side, Visibility
from domain.practice.state import Join, Practice
from domain.practice.visible import SIDES, visibility_of
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

RECENT = timedelta(days=90)
"""A joining is offered where the other side spoke this lately: within a quarter, after which it is another matter."""


def join_threads(practice: Practice, command: JoinThreads, asked: Asked) -> list[Fact]:
    """A side joins what the other side has begun to say about an open concern, in place of a thread of its own."""
    if command.concern not in practice.flags and command.concern not in practice.intelligence:
        raise RuleBroken(
            "a-concern-is-of-this-practice", "Choose a flag or intelligence of this practice", "concern"
        )
    refuse_unless(
        is_open(practice, command.concern),
        "threads-are-joined-on-an-open-concern",
        "This is no longer open, or the other organisation does not see it",
        "concern",
    )
    refuse_unless(
        standing_join(practice, command.concern) is None,
        "threads-are-joined-once",
        "Both organisations’ conversations about this are joined already",
        "concern",
    )
    side = SIDE_OF[asked.role]
    entries = there_to_be_joined(practice, command.concern, side)
    refuse_unless(
        bool(entries),
        "there-is-a-thread-to-join",
        "The other organisation has recorded no conversation about this that you both see",
        "concern",
    )
    assert asked.organisation is not None
    return [
        ThreadsJoined(
            join_id=command.join_id,
            concern=command.concern,
            entries=entries,
            side=side,
            organisation=asked.organisation,
            avoided_contact=command.avoided_contact,
            reason=sealed(command.reason),
            occurred_on=day_since(_last_recorded(practice, entries), command, asked),
        )
    ]


def part_threads(practice: Practice, command: PartThreads, asked: Asked) -> list[Fact]:
    """Either side undoes a joining, and says why. Nothing is lost: each entry stands where it stood."""
    join = practice.joins.get(command.join_id)
    if join is None:
        raise RuleBroken("a-joining-is-of-this-practice", "Choose a joining of this practice", "join_id")
    refuse_unless(join.stands, "joined-threads-are-parted-once", "These conversations are parted already")
    assert asked.organisation is not None
    return [
        ThreadsParted(
            join_id=join.join_id,
            concern=join.concern,
            side=SIDE_OF[asked.role],
            organisation=asked.organisation,
            reason=Sealed(command.reason),
            occurred_on=day_since(join.joined_on, command, asked),
        )
    ]


def is_open(practice: Practice, concern: str) -> bool:
    """Whether it is still a concern, and both organisations see it."""
    flag, heard = practice.flags.get(concern), practice.intelligence.get(concern)
    if flag is not None:
        return flag.open
    return heard is not None and heard.status != "discounted" and _both_see(practice, heard.version)


def standing_join(practice: Practice, concern: str) -> Join | None:
    """The joining by which both sides' entries on a concern are one thread now."""
    return next((one for one in practice.joins.values() if one.concern == concern and one.stands), None)


def there_to_be_joined(practice: Practice, concern: str, side: Side) -> tuple[int, ...]:
    """The other side's own entries of its thread on a concern, by version."""
    threads = practice.threads.get(concern, {})
    return tuple(
        version
        for whose, versions in threads.items()
        for version in versions
        if whose != side and SIDE_OF.get(practice.standing[version].role) == whose
    )


def offered_to_join(practice: Practice, side: Side | None, today: date) -> dict[str, int]:
    """The open concerns on which the other side spoke lately and that are not joined, each with its latest entry."""
    found = {}
    for concern in practice.threads if side in SIDES and practice.closed_on is None else ():
        assert side is not None
        entries = there_to_be_joined(practice, concern, side)
        if entries and is_open(practice, concern) and standing_join(practice, concern) is None:
            last = max(entries, key=lambda version: (_happened(practice, version), version))
            if today - _happened(practice, last) <= RECENT:
                found[concern] = last
    return found


def _happened(practice: Practice, version: int) -> date:
    fact = practice.standing[version].fact
    assert isinstance(fact, ConversationRecorded)
    return fact.occurred_on


def _last_recorded(practice: Practice, entries: tuple[int, ...]) -> date | None:
    last = None
    for version in entries:
        last = latest(last, practice.standing[version].recorded_on)
    return last


def _both_see(practice: Practice, version: int) -> bool:
    return visibility_of(practice.closed, version) == Visibility.BOTH


# --- how facts change state -----------------------------------------------------------------------------------


def conversation_recorded(practice: Practice, fact: ConversationRecorded, entry: Recorded) -> None:
    side = SIDE_OF.get(entry.role)
    if side not in SIDES or not _both_see(practice, entry.version):
        return
    answered = practice.entries.get(fact.reply_to or "", 0)
    for concern in _concerns(practice, fact, answered):
        threads = practice.threads.setdefault(concern, {})
        continued = next((whose for whose, versions in threads.items() if answered in versions), side)
        threads.setdefault(continued, []).append(entry.version)


def _concerns(practice: Practice, fact: ConversationRecorded, answered: int) -> list[str]:
    """What a conversation is about, and what the entry is about that it answers."""
    heard = (practice.intelligence.get(one) for one in fact.about_intelligence)
    named = [
        *(one for one in fact.about_flags if one in practice.flags),
        *(one.intelligence_id for one in heard if one and _both_see(practice, one.version)),
    ]
    if answered:
        named += [
            one for one, threads in practice.threads.items() if any(answered in of for of in threads.values())
        ]
    return list(dict.fromkeys(named))


def threads_joined(practice: Practice, fact: ThreadsJoined, entry: Recorded) -> None:
    practice.joins[fact.join_id] = Join(
        join_id=fact.join_id,
        concern=fact.concern,
        entries=fact.entries,
        side=fact.side,
        organisation=fact.organisation,
        joined_on=fact.occurred_on,
        joined_by=entry.person,
        version=entry.version,
        avoided_contact=fact.avoided_contact,
        reason=fact.reason,
    )


def threads_parted(practice: Practice, fact: ThreadsParted, entry: Recorded) -> None:
    if join := practice.joins.get(fact.join_id):
        join.parted_version, join.parted_by = entry.version, fact.side

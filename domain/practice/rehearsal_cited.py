"""What would be asked of the entries that a decision on the tier cites: do they stand, do they count, were they read?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from domain.framework.evidence import TAKES_OUT
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.commands import DecideTier
from domain.practice.entitled import notice_disputed
from domain.practice.guards import RECENT, disputed_entries, raises
from domain.practice.kinds import ChallengeOutcome, Direction
from domain.practice.state import Practice
from domain.rules import Asked, Recorded

OLD = timedelta(days=365)
_CONCERNS = (
    e.FlagRaised,
    e.IntelligenceRecorded,
    e.InspectionReported,
    e.RegulatoryActionRecorded,
    e.BreachIdentified,
)


@dataclass(frozen=True, slots=True)
class Attack:
    """A question that an appeal would ask. `rule` names it for ever; `facts` are the versions that it is about."""

    rule: str
    asks: str
    facts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rehearsed:
    """A decision that is not taken yet, beside the practice as its decider sees it."""

    practice: Practice
    command: DecideTier
    asked: Asked
    day: date
    opened: frozenset[int] | None

    @property
    def moves(self) -> bool:
        return self.command.tier != self.practice.tier_on(self.day)

    @property
    def raised(self) -> bool:
        return raises(self.practice.tier_on(self.day), self.command.tier)

    @property
    def since(self) -> int:
        """The decision before it."""
        return self.practice.decisions[-1].version if self.practice.decisions else 0

    @cached_property
    def cited(self) -> list[int]:
        return sorted({*map(_version, self.command.inputs)})

    @cached_property
    def answered(self) -> list[int]:
        return [*map(_version, self.command.answers)]

    @cached_property
    def entries(self) -> list[Recorded]:
        """What is cited and stands."""
        return [found for one in self.cited if (found := self.practice.standing.get(one)) is not None]

    @property
    def concerns(self) -> list[int]:
        return [one.version for one in self.entries if isinstance(one.fact, _CONCERNS)]

    @property
    def days_of_concerns(self) -> list[date]:
        return [one.fact.occurred_on for one in self.entries if isinstance(one.fact, _CONCERNS)]


def _version(cited: str) -> int:
    return int(cited.partition("/")[2])


def _found(rule: str, asks: str, versions: list[int]) -> Iterator[Attack]:
    if versions:
        yield Attack(rule, asks, tuple(versions))


def not_opened(told: Rehearsed) -> Iterator[Attack]:
    """Whoever decides has opened what they cite, or wrote it."""
    if told.opened is None:
        return
    unread = [
        one.version
        for one in told.entries
        if one.version not in told.opened and one.person != told.asked.person
    ]
    yield from _found(
        "cited-entry-not-opened",
        "You have not opened all that you cite. Did you read what you rest on?",
        unread,
    )


def withdrawn(told: Rehearsed) -> Iterator[Attack]:
    gone = [one for one in told.cited if one not in told.practice.standing]
    yield from _found(
        "cited-entry-withdrawn", "This entry was withdrawn. What does the decision rest on without it?", gone
    )


def corrected(told: Rehearsed) -> Iterator[Attack]:
    changed = {one.fact.corrects for one in told.practice.history if isinstance(one.fact, e.FactCorrected)}
    found = [one.version for one in told.entries if one.version in changed]
    yield from _found(
        "cited-entry-corrected",
        "This entry was corrected. Does what you draw from it hold as it reads now?",
        found,
    )


def correction_waits(told: Rehearsed) -> Iterator[Attack]:
    asked = {one.version for one in told.practice.requests.values() if one.status == "open"}
    found = [one for one in told.cited if one in asked]
    yield from _found(
        "cited-entry-correction-waits",
        "Somebody asks for this entry to be corrected. Why is that not answered first?",
        found,
    )


def disputed(told: Rehearsed) -> Iterator[Attack]:
    in_dispute = disputed_entries(told.practice)
    found = [one for one in told.cited if one in in_dispute]
    yield from _found(
        "cited-entry-disputed",
        "The other organisation disputes this entry. Why does the decision rest on it?",
        found,
    )


def challenged(told: Rehearsed) -> Iterator[Attack]:
    """What the practice says is wrong: not decided yet, or upheld and not corrected."""
    practice = told.practice
    about = {cite(practice.code, one): one for one in told.cited}
    waits, upheld = [], []
    changed = {one.fact.corrects for one in practice.history if isinstance(one.fact, e.FactCorrected)}
    for one in practice.challenges.values():
        version = about.get(one.about or "")
        if version is not None and one.open:
            waits.append(version)
        elif version is not None and one.outcome != ChallengeOutcome.NOT_UPHELD and version not in changed:
            upheld.append(version)
    yield from _found(
        "cited-entry-challenged",
        "The practice says that this entry is wrong, and has no answer yet. Why is it not decided first?",
        waits,
    )
    yield from _found(
        "challenge-upheld-and-not-corrected",
        "The practice was right about this entry, and it reads as before. Why is it cited?",
        upheld,
    )


def flags(told: Rehearsed) -> Iterator[Attack]:
    """Flags that ended, that an explanation takes out, or whose explanation nobody has answered; and good news."""
    practice = told.practice
    explained = [*practice.explanations.values()]
    waiting = {one.flag_id for one in explained if one.status == "waiting"}
    of = {
        one.version: practice.flags.get(one.fact.flag_id)
        for one in told.entries
        if isinstance(one.fact, e.FlagRaised)
    }
    there = {version: flag for version, flag in of.items() if flag is not None}
    yield from _found(
        "cited-flag-ended",
        "This flag is no longer open. Why does it count?",
        [v for v, one in there.items() if not one.open],
    )
    yield from _found(
        "explanation-pending",
        "An explanation of this flag waits for its answer. Why is it not answered first?",
        [v for v, one in there.items() if one.flag_id in waiting],
    )
    yield from _found(
        "explanation-takes-the-flag-out",
        "An explanation of this flag was accepted, and takes it out of the count. Why does it count here?",
        [
            v
            for v, flag in there.items()
            if any(one.explains(flag) and one.category in TAKES_OUT for one in explained)
        ],
    )
    yield from _found(
        "cited-flag-favourable",
        "This flag is of favourable variation. How does it bear on a higher tier?",
        [v for v, one in there.items() if told.raised and one.direction == Direction.FAVOURABLE],
    )
    if told.raised and told.entries and len(of) == len(told.entries):
        yield Attack(
            "flags-alone",
            "Nothing but indicator flags is cited, and data alone moves no tier. What else was found?",
            tuple(of),
        )


def intelligence(told: Rehearsed) -> Iterator[Attack]:
    """Soft intelligence that nobody has corroborated, or that was discounted."""
    heard = told.practice.intelligence
    of = {
        one.version: heard[one.fact.intelligence_id].status
        for one in told.entries
        if isinstance(one.fact, e.IntelligenceRecorded) and one.fact.intelligence_id in heard
    }
    yield from _found(
        "cited-intelligence-unverified",
        "Nobody has corroborated what was heard. Why does it count?",
        [v for v, status in of.items() if status == "unverified"],
    )
    yield from _found(
        "cited-intelligence-discounted",
        "What was heard was discounted. Why does it count?",
        [v for v, status in of.items() if status == "discounted"],
    )


def stale(told: Rehearsed) -> Iterator[Attack]:
    """Something that is cited is of the last year, and the newest conversation of the last 90 days."""
    days = [day for one in told.entries if isinstance(day := getattr(one.fact, "occurred_on", None), date)]
    talks = {
        one.version: one.fact.occurred_on
        for one in told.entries
        if isinstance(one.fact, e.ConversationRecorded)
    }
    if days and told.day - max(days) > OLD:
        yield Attack(
            "evidence-is-old", "All that is cited is more than a year old. Why now?", tuple(told.cited)
        )
    elif talks and told.day - max(talks.values()) > RECENT:
        asks = "Every conversation that is cited is older than 90 days. Why was the practice not spoken with again?"
        yield Attack("conversation-stale", asks, tuple(talks))


def stayed(told: Rehearsed) -> Iterator[Attack]:
    """A notice that is disputed, or a finding or step of it, is cited while the dispute is not determined."""
    practice = told.practice
    over = (notice_disputed(practice, one) for one in practice.disputes.values() if one.pending)
    pending = {notice.notice_id for notice in over if notice is not None}
    found = [one.version for one in told.entries if getattr(one.fact, "notice_id", None) in pending]
    yield from _found(
        "cited-notice-disputed", "This notice is under dispute. Why is the outcome not waited for?", found
    )


CITED: tuple[Callable[[Rehearsed], Iterator[Attack]], ...] = (
    not_opened,
    withdrawn,
    corrected,
    correction_waits,
    disputed,
    challenged,
    flags,
    intelligence,
    stale,
    stayed,
)

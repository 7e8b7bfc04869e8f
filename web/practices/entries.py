"""Entries of the conversation: which are shown, in what order, and how each is told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.kinds import Visibility
from domain.practice.state import Practice
from domain.practice.visible import OF_ACCESS, Withheld, by_leave
from domain.rules import Recorded
from projections.timeline import Facet, Timeline
from web.practices.agreement import Agreement, agreement, replies_to
from web.practices.fields import words_or_why
from web.practices.offers import Offer, Offers
from web.practices.offers.access import to_change_visibility
from web.practices.offers.conversation import after_agreeing, to_attach
from web.practices.offers.corrections import to_correct
from web.practices.offers.entry import on_entry
from web.practices.telling import Telling
from web.practices.tells.visibility import who_sees
from web.practices.told import About, Changed, Names, Told
from web.words import day

PAGE = 25
"""Entries on one page."""


class Amended(NamedTuple):
    """A correction or withdrawal of an entry: what it changed, why, and by whom."""

    withdrawn: bool
    changes: tuple[Changed, ...]
    reason: str
    by: str
    on: date
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act, as the page shows it."""

    version: int
    told: Told
    on: date
    recorded_on: date
    late: str
    by: str
    organisation: str
    side: str
    """Whose entry it is: contract_holder, local_commissioner, or nobody's (an import, or the operator)."""

    side_words: str
    """What that side is called, where the organisation's name does not say so already."""

    agreement: Agreement | None = None
    replies: tuple[About, ...] = ()
    amended: tuple[Amended, ...] = ()
    also: tuple[Told, ...] = ()
    others: tuple[int, ...] = ()
    """What was recorded in the same go, by version: `also` tells it."""

    seen_by: str = ""
    """Who sees it, where that is not everybody; and until when somebody who was let in reads it."""

    offers: tuple[Offer, ...] = ()
    corrections: tuple[Offer, ...] = ()
    indicator: str = ""
    """The indicator whose chart shows it: that of the flag that it raises, explains or ends."""

    @property
    def withdrawn(self) -> bool:
        return any(one.withdrawn for one in self.amended)

    @property
    def name(self) -> str:
        """What tells this entry from the others, for somebody who hears its buttons one by one."""
        return f"{self.told.title}, {day(self.on)}"


class Page(NamedTuple):
    """Some of the entries, and how many there are."""

    entries: list[Entry]
    total: int
    all_of_it: int
    number: int
    last: int

    @property
    def first_shown(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last_shown(self) -> int:
        return min(self.number * PAGE, self.total)


Voided = Callable[[Collection[int]], set[int]]
"""Which of some entries have an agreement that is void, because the stored text is no longer what was agreed to."""


class Teller:
    """Tells recorded facts of one practice as entries."""

    def __init__(
        self, practice: Practice, names: Names, offers: Offers, voided: Voided = lambda _among: set()
    ) -> None:
        self.voided = voided
        self._void: set[int] | None = None
        self._replies = replies_to(practice)
        self.practice = practice
        self.names = names
        self.offers = offers
        self.telling = Telling(practice, names)
        self._amended: dict[int, list[Recorded]] = {}
        for entry in practice.history:
            if isinstance(entry.fact, e.FactCorrected | e.FactWithdrawn):
                self._amended.setdefault(entry.fact.corrects, []).append(entry)

    def page(self, timeline: Timeline) -> Page:
        """A page of the timeline's acts, told from the facts."""
        seen = {entry.version: entry for entry in self.practice.history}
        acts = [
            [seen[entry.version] for entry in act.entries if entry.version in seen] for act in timeline.acts
        ]
        self._look_for_void({entry.version for act in acts for entry in act})
        return Page(
            [self.entry(*act) for act in acts if act],
            timeline.total,
            sum(timeline.facets.values()),
            timeline.page,
            timeline.pages,
        )

    def standing(self, entry: Recorded) -> Recorded:
        """The entry as corrected; as recorded when it was withdrawn."""
        return self.practice.standing.get(entry.version, entry)

    def entry(self, recorded: Recorded, *rest: Recorded) -> Entry:
        """One act: its leading fact, and what else was recorded in the same go."""
        now = self.standing(recorded)
        if isinstance(recorded.fact, Withheld):
            return self._withheld(recorded, recorded.fact)
        side = SIDE_OF.get(recorded.role)
        on = _on(now)
        organisation, words = (
            self.names.organisation(recorded.organisation),
            self.names.side(side) if side else "",
        )
        stands = recorded.version in self.practice.standing
        agreed = self._agreement(recorded.version) if stands else None
        told = self.telling.tell(now.fact, now.version)
        return Entry(
            version=recorded.version,
            told=agreed.told(told) if agreed else told,
            agreement=agreed,
            replies=self._replied(recorded) if stands else (),
            on=on,
            recorded_on=recorded.recorded_on,
            late=how_late(on, recorded.recorded_on),
            by=self.names.person(recorded.person),
            organisation=organisation,
            side=side.value if side else "nobody",
            side_words=words if words.lower() not in organisation.lower() else "",
            amended=tuple(map(self._amendment, self._amended.get(recorded.version, ()))),
            others=tuple(one.version for one in rest),
            also=tuple(self.telling.tell(self.standing(one).fact, one.version) for one in rest),
            seen_by=self._seen_by(recorded),
            offers=tuple(on_entry(self.offers, now)) if stands else (),
            corrections=self._put_right(now) if stands else (),
            indicator=self._indicator(now),
        )

    def _indicator(self, now: Recorded) -> str:
        flag = self.practice.flags.get(getattr(now.fact, "flag_id", ""))
        return flag.indicator if flag else ""

    def _withheld(self, recorded: Recorded, fact: Withheld) -> Entry:
        """That an entry is there, whose it is and of which day: neither who recorded it nor when."""
        return Entry(
            version=recorded.version,
            told=self.telling.tell(fact),
            on=fact.occurred_on,
            recorded_on=fact.occurred_on,
            late="",
            by="",
            organisation="",
            side="nobody",
            side_words="",
            offers=tuple(on_entry(self.offers, recorded)),
        )

    def _seen_by(self, recorded: Recorded) -> str:
        closure = self.practice.closed.get(recorded.version)
        if closure is None or (
            closure.visibility == Visibility.RESTRICTED and isinstance(recorded.fact, OF_ACCESS)
        ):
            return ""
        words = who_sees(closure.visibility, self.names.organisation(closure.organisation))
        asked = self.offers.asked
        until = self.practice.let_in.get(closure.entry, {}).get(asked.person)
        return (
            f"{words}; you may until the end of {day(until)}" if until and by_leave(closure, asked) else words
        )

    def as_recorded(self, recorded: Recorded) -> Entry:
        """The entry as it was first recorded, whatever was corrected since."""
        told = self.telling.tell(recorded.fact, recorded.version)
        return replace(
            self.entry(recorded),
            told=told,
            on=_on(recorded),
            agreement=None,
            amended=(),
            offers=(),
            corrections=(),
        )

    def _put_right(self, now: Recorded) -> tuple[Offer, ...]:
        offers = self.offers
        return (
            *to_correct(offers, now),
            *to_change_visibility(offers, now),
            *after_agreeing(offers, now),
            *to_attach(offers, now),
        )

    def _agreement(self, version: int) -> Agreement | None:
        if version not in self.practice.records:
            return None
        if self._void is None:
            self._look_for_void({version})
        return agreement(
            self.practice, self.names, version, self.offers.asked.on, void=version in (self._void or ())
        )

    def _look_for_void(self, versions: set[int]) -> None:
        """Asked once for all that a page shows, and only where something is agreed."""
        agreed = {one for one in versions & set(self.practice.records) if self._is_agreed(one)}
        self._void = self.voided(agreed) if agreed else set()

    def _is_agreed(self, version: int) -> bool:
        return self.practice.records[version].state == "agreed"

    def _replied(self, recorded: Recorded) -> tuple[About, ...]:
        """The replies to a conversation, each with its day."""
        found = self._replies.get(getattr(recorded.fact, "entry_id", ""), ())
        return tuple(
            About(f"{self.telling.entry(one.version).text}, {day(_on(self.standing(one)))}", one.version)
            for one in found
        )

    def _amendment(self, entry: Recorded) -> Amended:
        fact: Any = entry.fact
        told = self.telling.tell(fact)
        return Amended(
            withdrawn=isinstance(fact, e.FactWithdrawn),
            changes=told.changes,
            reason=words_or_why(fact.reason),
            by=self.names.person(entry.person),
            on=fact.occurred_on,
            version=entry.version,
        )


def how_late(on: date, recorded_on: date) -> str:
    """How long after its day a thing was recorded, in words; nothing when it was the same day."""
    days = (recorded_on - on).days
    if days <= 0:
        return ""
    if days == 1:
        return "recorded the next day"
    if days < 60:
        return f"recorded {days} days later"
    if days < 730:
        return f"recorded {days // 30} months later"
    return f"recorded {days // 365} years later"


def _on(entry: Recorded) -> date:
    on: date = entry.fact.occurred_on  # type: ignore[attr-defined]
    return on


FACETS_OF: dict[str, tuple[Facet, ...]] = {
    "said": ("conversation", "intelligence", "agreed", "heard", "withheld"),
    "actions": ("action",),
    "flags": ("flag",),
    "decided": ("tier",),
    "contract": ("contract",),
    "documents": ("document",),
    "record": ("details", "correction", "visibility"),
}
"""What each kind of entry is called in the timeline."""

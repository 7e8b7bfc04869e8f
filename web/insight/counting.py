"""What the pictures of Insight count: plain functions of practices through time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from domain.practice.kinds import Tier
from projections.insight import Through

LEVELS = (Tier.CAUSE_FOR_CONCERN, Tier.ROOM_FOR_IMPROVEMENT, Tier.ASSURANCE_BASED)
"""From the top of every picture and table down."""

BANDS = (
    ("up to 3 months", 91),
    ("3 to 6 months", 182),
    ("6 to 12 months", 365),
    ("1 to 2 years", 730),
    ("2 to 3 years", 1095),
    ("over 3 years", None),
)
"""How long, and up to which number of days."""

MONTHS, QUARTERS = 40, 130
"""Up to how many months are counted month by month, and up to how many by quarter. Longer is by year."""


class Count(NamedTuple):
    """How many practices stood in each tier at the end of a day."""

    on: date
    tiers: dict[Tier, int]
    not_reviewed: int

    @property
    def practices(self) -> int:
        return sum(self.tiers.values())


class Moved(NamedTuple):
    """A practice that stood otherwise on the second day than on the first. None: not on the record, or closed."""

    code: str
    before: Tier | None
    after: Tier | None


class Movement(NamedTuple):
    """How many practices went from each tier to each other, and which. (None, None) is never counted."""

    counts: dict[tuple[Tier | None, Tier | None], int]
    moved: list[Moved]


class Stay(NamedTuple):
    """For how long the practices of one tier have been in it: how many in each band, and in days."""

    tier: Tier
    reviewed: bool
    bands: tuple[int, ...]
    median: int | None
    longest: int | None

    @property
    def practices(self) -> int:
        return sum(self.bands)


def over_time(practices: Iterable[Through], days: Sequence[date]) -> list[Count]:
    found = [Count(on, dict.fromkeys(LEVELS, 0), 0) for on in days]
    unreviewed = [0] * len(days)
    for practice in practices:
        for at, count in enumerate(found):
            step = practice.on(count.on)
            if step is not None:
                count.tiers[step.tier] += 1
                unreviewed[at] += not step.reviewed
    return [count._replace(not_reviewed=number) for count, number in zip(found, unreviewed, strict=True)]


def points(since: date, until: date) -> list[date]:
    """The days that a picture has points at: the first of each month (quarter, year), and both ends."""
    months = (until.year - since.year) * 12 + until.month - since.month
    every = 1 if months <= MONTHS else 3 if months <= QUARTERS else 12
    month = since.year * 12 + since.month - 1
    found = {since, until}
    month += -month % every
    while month <= until.year * 12 + until.month - 1:
        first = date(month // 12, month % 12 + 1, 1)
        if since < first < until:
            found.add(first)
        month += every
    return sorted(found)


def movement(practices: Iterable[Through], since: date, until: date) -> Movement:
    counts: Counter[tuple[Tier | None, Tier | None]] = Counter()
    moved = []
    for practice in practices:
        first, last = practice.on(since), practice.on(until)
        if first is None and last is None:
            continue
        before, after = first.tier if first else None, last.tier if last else None
        counts[before, after] += 1
        if before != after:
            moved.append(Moved(practice.code, before, after))
    moved.sort(key=lambda one: (_rank(one.after), _rank(one.before), one.code))
    return Movement(dict(counts), moved)


def _rank(tier: Tier | None) -> int:
    return len(LEVELS) if tier is None else LEVELS.index(tier)


def stays(practices: Iterable[Through], on: date) -> list[Stay]:
    """Each tier's practices by how long they have been in it; those that nobody has reviewed yet apart."""
    groups: dict[tuple[Tier, bool], list[int]] = {(tier, True): [] for tier in LEVELS}
    groups[Tier.ASSURANCE_BASED, False] = []
    for practice in practices:
        step = practice.on(on)
        if step is not None:
            groups.setdefault((step.tier, step.reviewed), []).append((on - practice.since(on)).days)
    return [
        Stay(
            tier,
            reviewed,
            tuple(_in_bands(days)),
            round(median(days)) if days else None,
            max(days, default=None),
        )
        for (tier, reviewed), days in groups.items()
    ]


def _in_bands(days: Sequence[int]) -> list[int]:
    found = [0] * len(BANDS)
    for number in days:
        found[next(at for at, (_, most) in enumerate(BANDS) if most is None or number <= most)] += 1
    return found


def spell(days: int | None) -> str:
    """A length of time as people say it: 12 days, 7 months, 2 years 3 months."""
    if days is None:
        return ""
    if days < 61:
        return f"{days} day" if days == 1 else f"{days} days"
    months = int(days / 30.3)
    years, months = divmod(months, 12)
    words = [f"{years} year{'s' if years > 1 else ''}"] if years else []
    if months:
        words.append(f"{months} month{'s' if months > 1 else ''}")
    return " ".join(words)


def day_before(day: date, days: int) -> date:
    """So many days earlier; the first of all days where there is none."""
    return day - timedelta(days=min(days, day.toordinal() - 1))

"""The tier line of the story band: stretches of days as a path that steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.practice.kinds import Tier
from web.band_marks import LEVELS, Step, Story, TierMark


@dataclass(frozen=True, slots=True)
class Across:
    """Days to places across the picture."""

    start: date
    end: date
    left: float
    right: float

    def x(self, day: date) -> float:
        days = (day - self.start).days / (self.end - self.start).days
        return round(self.left + (self.right - self.left) * min(max(days, 0.0), 1.0), 1)

    def shows(self, first: date, last: date | None = None) -> bool:
        """Whether any of the days from `first` to `last` is in the picture."""
        return first <= self.end and (last or first) >= self.start


def tier_steps(
    story: Story, across: Across, level: Callable[[Tier], float]
) -> list[tuple[float, float, float, bool]]:
    """The tier line as stretches: from x, to x2, at y, and whether somebody has reviewed it."""
    last_day = min(story.ends_on or across.end, across.end)
    stretches: list[tuple[float, float, float, bool]] = []
    tiers = [mark for mark in story.tiers if mark.on <= last_day]
    for at, mark in enumerate(tiers):
        until = tiers[at + 1].on if at + 1 < len(tiers) else last_day
        if until < across.start or (until == mark.on and until != last_day):
            continue
        stretches.append(
            (across.x(max(mark.on, across.start)), across.x(until), level(mark.tier), mark.reviewed)
        )
    return stretches


def paths(stretches: Sequence[tuple[float, float, float, bool]], floor: float) -> tuple[list[Step], str]:
    """The stretches as one line that steps, cut where it turns from dashed to whole; and the area beneath it."""
    if not stretches:
        return [], ""
    steps: list[Step] = []
    x, _, y, reviewed = stretches[0]
    line = f"M{x:g} {y:g}"
    area = f"M{x:g} {floor:g}V{y:g}"
    for x, x2, y, now_reviewed in stretches:
        if now_reviewed != reviewed:
            steps.append(Step(f"{line}H{x:g}", reviewed))
            line, reviewed = f"M{x:g} {_last_y(line):g}V{y:g}H{x2:g}", now_reviewed
        else:
            line += f"V{y:g}H{x2:g}"
        area += f"V{y:g}H{x2:g}"
    return [*steps, Step(line, reviewed)], f"{area}V{floor:g}Z"


def small(
    tiers: Sequence[TierMark], today: date, start: date, ends_on: date | None = None
) -> tuple[list[Step], str]:
    """The tier line alone, for a row of a list: 120 across and 26 down."""
    story = Story(begins_on=start, ends_on=ends_on, tiers=tiers)
    heights = dict(zip(LEVELS, (4.0, 12.0, 20.0), strict=True))
    return paths(tier_steps(story, Across(start, today, 1, 119), heights.__getitem__), 25)


def _last_y(line: str) -> float:
    """The height at which a line drawn so far stands."""
    tail = line.rpartition("V")[2] if "V" in line else line.partition(" ")[2]
    return float(tail.partition("H")[0])

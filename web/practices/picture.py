"""The picture on a practice's page: the band at both widths, in words, and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.practice.state import Practice
from projections.practice import Standing
from web.band import draw, months_before
from web.band_marks import NARROW, WIDE, Band
from web.practices.story import Listed, marks_listed, story_of
from web.practices.told import Names, joined
from web.words import day, label, plural


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The band at both widths, in words, and the same marks as a list."""

    wide: Band
    narrow: Band
    description: str
    listed: list[Listed]
    all_of_it: bool
    more: bool
    """Whether there is anything from before the picture begins."""

    @property
    def left_out(self) -> str:
        found = [f"{number} in {row.lower()}" for row, number in self.wide.left_out.items()]
        return joined(found)


def picture(standing: Standing, names: Names, practice: Practice, today: date, *, all_of_it: bool) -> Picture:
    story, listed = story_of(standing, names, practice), marks_listed(standing, names, practice)
    two_years = months_before(today, 24)
    begins_on = min([story.begins_on, *(one.on for one in listed)])
    start = min(begins_on, two_years) if all_of_it else two_years
    shown = [one for one in listed if start <= one.on <= today]
    return Picture(
        wide=draw(story, today, start, WIDE),
        narrow=draw(story, today, months_before(today, 6), NARROW),
        description=described(standing, shown, start, today),
        listed=shown,
        all_of_it=all_of_it,
        more=begins_on < two_years,
    )


def described(standing: Standing, shown: Sequence[Listed], start: date, today: date) -> str:
    """The picture in a sentence or two, for those who cannot see it."""
    steps = standing.now.tiers
    tiers = [
        f"{label(step.tier).lower()} from {day(max(step.on, start))}"
        for at, step in enumerate(steps)
        if step.on <= today and (at + 1 == len(steps) or steps[at + 1].on > start)
    ]
    counts = [
        plural(sum(one.row == row for one in shown), one, many)
        for row, one, many in (
            ("Flags", "mark about flags", "marks about flags"),
            ("Conversation", "conversation", "conversations"),
            ("Actions", "mark about actions", "marks about actions"),
            ("Contract", "mark of the contract", "marks of the contract"),
        )
    ]
    return f"Tier: {'; '.join(tiers)}. In the table after this picture: {joined(counts)}."

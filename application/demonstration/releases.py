"""Published numbers of the demonstration's practices: releases of four years, and what came of four of them.

Every number is invented and the same every time. Most practices differ by chance alone. One prescribes more
for a while and is asked why; one merged; one had its numbers restated; and one waits to be asked about.
"""

from __future__ import annotations

import csv
import io
import itertools
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Protocol

from application.casebook import Casebook
from application.demonstration.numbers import (
    EACH_QUARTER,
    EACH_YEAR,
    QUARTERS,
    YEARS,
    Joined,
    Measure,
    Numbers,
)
from application.demonstration.tale import Tale
from application.releases.flags import flag_id
from application.releases.publishing import publish
from application.releases.saying import Observed
from application.stores import Stores
from domain.indicators.signals import Signal
from domain.practice import commands as c
from domain.practice.events import FlagRaised
from domain.practice.kinds import (
    Channel,
    ClearedBecause,
    Direction,
    ExplanationCategory,
    FlagKind,
    Level,
    ParticipantRole,
    Side,
    Tier,
)
from domain.rules import LONDON, operator

MORE_ITEMS, MERGED, RESTATED, WAITING, SLOW_PHONE = (
    "Nightingale Yard Surgery",
    "Orchard End Practice",
    "Underhill Practice",
    "Violet Bank Surgery",
    "Larkfield Road Surgery",
)
"""The practices that something comes of."""


OTHERWISE: dict[tuple[str, str], dict[str, float]] = {
    (MORE_ITEMS, "PS01"): {"2025Q4": 1.3},
    (MERGED, "OE02"): {"2024/25": 0.86},
    (RESTATED, "PS02"): {"2025Q3": 2.6},
    (WAITING, "CQ09"): {"2026Q1": 1.3, "2026Q2": 2.4},
    (SLOW_PHONE, "PE03"): {"2022/23": 0.82, "2023/24": 0.77, "2024/25": 0.72, "2025/26": 0.78},
    ("Quince Tree Practice", "PS01"): {"2025Q4": 0.72, "2026Q1": 0.7, "2026Q2": 0.69},
    ("Rowan Side Surgery", "PE01"): {"2025/26": 1.14},
}
"""How many times the usual a practice has in a period."""

RIGHT = {(RESTATED, "PS02"): {"2025Q3": 1.0}}
"""As the restated release has it."""

JOINED = {MERGED: Joined("2025Q1", 1_150)}
"""The list of Mill Street Surgery."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A file that is published on a day: which measures in which periods. With a reason, it restates."""

    on: date
    name: str
    measures: tuple[Measure, ...]
    periods: tuple[str, ...]
    reason: str | None = None

    @property
    def at(self) -> datetime:
        return datetime.combine(self.on, time(7, 30), LONDON)


PUBLICATIONS = (
    Publication(date(2024, 12, 3), "2024Q3", EACH_QUARTER, QUARTERS[:11]),
    Publication(date(2025, 2, 18), "2024Q4", EACH_QUARTER, QUARTERS[11:12]),
    Publication(date(2025, 5, 20), "2025Q1", EACH_QUARTER, QUARTERS[12:13]),
    Publication(date(2025, 7, 10), "2024-25", EACH_YEAR, tuple(YEARS)[:3]),
    Publication(date(2025, 8, 19), "2025Q2", EACH_QUARTER, QUARTERS[13:14]),
    Publication(date(2025, 11, 18), "2025Q3", EACH_QUARTER, QUARTERS[14:15]),
    Publication(
        date(2025, 12, 9),
        "2025Q3",
        EACH_QUARTER,
        QUARTERS[14:15],
        "One practice’s items were counted twice: the publisher issued the file anew.",
    ),
    Publication(date(2026, 2, 17), "2025Q4", EACH_QUARTER, QUARTERS[15:16]),
    Publication(date(2026, 5, 19), "2026Q1", EACH_QUARTER, QUARTERS[16:17]),
    Publication(date(2026, 7, 9), "2025-26", EACH_YEAR, tuple(YEARS)[3:]),
    Publication(date(2026, 8, 18), "2026Q2", EACH_QUARTER, QUARTERS[17:18]),
)


def content(publication: Publication, tales: Iterable[Tale]) -> bytes:
    """The file, in Casebook's own columns."""
    held = io.StringIO()
    write = csv.writer(held, lineterminator="\n").writerow
    write(("practice", "indicator", "period", "numerator", "denominator"))
    times = OTHERWISE | (RIGHT if publication.reason else {})
    for tale in tales:
        numbers = Numbers(tale, times, JOINED.get(tale.name))
        for measure in publication.measures:
            for period in publication.periods:
                write((tale.code, measure.indicator, period, *numbers.row(measure, period)))
    return held.getvalue().encode()


class Settable(Protocol):
    """A clock that says what it is told."""

    at: datetime

    def __call__(self) -> datetime: ...


class Publisher:
    """Publishes each file on its day, and tells the tales which flags came of it."""

    def __init__(
        self,
        stores: Stores,
        clock: Settable,
        observed: Callable[[Casebook], Observed],
        tales: list[Tale],
    ) -> None:
        numbers = itertools.count(1)
        self.book = Casebook(stores, clock=clock, ids=lambda prefix: f"{prefix}-published{next(numbers):05d}")
        self.clock, self.observed, self.tales = clock, observed(self.book), tales
        self.left = list(PUBLICATIONS)

    def publish_until(self, at: datetime) -> None:
        """Whatever is published before an instant, in order."""
        while self.left and self.left[0].at <= at:
            self._publish(self.left.pop(0))

    def _publish(self, publication: Publication) -> None:
        self.clock.at = publication.at
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{publication.name}.csv"
            path.write_bytes(content(publication, self.tales))
            asked = operator(self.book.clock())
            publish(self.book, self.observed, publication.name, path, asked, reason=publication.reason)
        for tale in self.tales:
            if tale.name in FOLLOWED:
                _cite(self.book, tale)


def _cite(book: Casebook, tale: Tale) -> None:
    """What follows from a flag may rest on it."""
    for entry in book.recorder.history(f"practice-{tale.code}"):
        if isinstance(entry.fact, FlagRaised):
            tale.cites.setdefault(entry.fact.flag_id, f"{tale.code}/{entry.version}")


# --- what came of some of them --------------------------------------------------------------------------------


def flag(tale: Tale, release: str, indicator: str, period: str, kind: FlagKind = FlagKind.OUTLYING) -> str:
    """The id that a release's flag will have: its signal is known before it is judged, its numbers are not."""
    signal = Signal(
        code=tale.code, kind=kind, period=period, direction=Direction.ADVERSE, level=Level.ALARM, method="",
        method_version="", parameters=(), phi=None, tau2=None, numerator=None, denominator=None,
        **dict.fromkeys(
            ("value", "comparator", "lower_alert", "upper_alert", "lower_alarm", "upper_alarm", "z"), 0.0
        ),
    )  # fmt: skip
    return flag_id(release, PUBLISHED_AT, signal, indicator)


PUBLISHED_AT = 3
"""The version of a release's fact that it is published: after being received and validated."""


def more_items(tale: Tale) -> None:
    """From flag to explanation to decision, and back when the next numbers are as before."""
    flagged = flag(tale, "2025Q4", "PS01", "2025Q4")
    said = _talk(
        tale,
        date(2026, 2, 24),
        flagged,
        "Asked why items rose in the last quarter. The practice manager thinks that a walk-in clinic, which opened in "
        "October, prescribes on the practice’s code. She will ask the pharmacist for the items by prescriber.",
    )
    explained = _explain(
        tale,
        date(2026, 2, 27),
        flagged,
        ExplanationCategory.CODING,
        "The walk-in clinic next door prescribed 412 of the items on our code. Without them we are where we were.",
    )
    _accept(
        tale,
        date(2026, 3, 9),
        explained,
        "The items by prescriber bear it out: 409 of them are the clinic’s, all since October.",
    )
    tale.decide(date(2026, 3, 20), Tier.ROOM_FOR_IMPROVEMENT, (flagged, said))
    again = _talk(
        tale,
        date(2026, 5, 28),
        flagged,
        "The clinic has a code of its own since March, and the quarter’s numbers are as before. Nothing is left open.",
    )
    tale.decide(date(2026, 6, 15), Tier.ASSURANCE_BASED, (flagged, again))


def merged(tale: Tale) -> None:
    """A merger is explained, and the flag is cleared by its explanation."""
    reason = (
        "Seen on the system: 1,150 records came over in January, all without it. It is a merger, not care."
    )
    on = date(2025, 7, 23)
    for kind in FlagKind:
        flagged = flag(tale, "2024-25", "OE02", "2024/25", kind)
        explained = _explain(
            tale,
            date(2025, 7, 16),
            flagged,
            ExplanationCategory.MERGER,
            "The list of Mill Street Surgery joined ours in January. Its records came over without smoking status, and "
            "are being asked for at each visit.",
        )
        _accept(
            tale,
            date(2025, 7, 22),
            explained,
            "The two lists were compared: every gap is of a record that came over.",
        )
        tale.act(tale.manager, on, partial(_validated, flagged, reason, on))


def _validated(flagged: str, reason: str, on: date) -> c.ClearFlag:
    because = ClearedBecause.VALIDATED_EXPLANATION
    return c.ClearFlag(flag_id=flagged, because=because, reason=reason, occurred_on=on)


def waiting(tale: Tale) -> None:
    """Raised, spoken about once, and not explained yet."""
    _talk(
        tale,
        date(2026, 9, 2),
        flag(tale, "2026Q2", "CQ09", "2026Q2"),
        "Told the practice manager that emergency admissions stand out. She had not seen the numbers, and asks for "
        "the list by condition before she answers.",
    )


FOLLOWED: dict[str, Callable[[Tale], None]] = {MORE_ITEMS: more_items, MERGED: merged, WAITING: waiting}


def _talk(tale: Tale, on: date, flagged: str, said: str) -> str:
    entry = tale.new("entry")
    attendees = (
        c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=tale.caseworker),
        c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
    )
    tale.act(
        tale.caseworker,
        on,
        lambda: c.RecordConversation(
            entry_id=entry,
            occurred_on=on,
            channel=Channel.PHONE,
            attendees=attendees,
            said=said,
            about_flags=(flagged,),
        ),
        entry,
    )
    return entry


def _accept(tale: Tale, on: date, explanation: str, reason: str) -> None:
    """Somebody else than who was told it says that it holds."""
    tale.act(
        tale.manager,
        on,
        lambda: c.AcceptExplanation(explanation_id=explanation, reason=reason, occurred_on=on),
    )


def _explain(tale: Tale, on: date, flagged: str, category: ExplanationCategory, words: str) -> str:
    explanation = tale.new("explanation")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ExplainFlag(
            flag_id=flagged,
            explanation_id=explanation,
            category=category,
            words=words,
            given_by=Side.PRACTICE,
            occurred_on=on,
        ),
    )
    return explanation

"""A figure as one line of JSON, and how things are timed."""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure. `goal` is what it is to be, at least or at most; None where it only explains another figure.

    `peer` is the same work done another way, `limit` what the machine allows at most: both measured in the same run.
    `cpu` is the same by the processor's time of this process, which other work on the machine disturbs less.
    `rounds` are the values that `value` is the median of, so that the noise of the machine can be seen.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    is_to_be: Literal["at least", "at most"] = "at least"
    peer: float | None = None
    limit: float | None = None
    cpu: float | None = None
    rounds: tuple[float, ...] = ()
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.is_to_be == "at least" else self.value <= self.goal

    def __str__(self) -> str:
        told = asdict(self) | {"met": self.met}
        order = ("name", "value", "unit", "goal", "is_to_be", "met", "peer", "limit", "cpu", "rounds", "note")
        told["is_to_be"] = None if self.goal is None else self.is_to_be
        kept = {
            key: _rounded(told[key])
            for key in order
            if key in {"name", "value", "unit", "goal", "met"} or told[key] not in (None, "", ())
        }
        return json.dumps(kept, ensure_ascii=False)


def _rounded(value: object) -> object:
    if isinstance(value, tuple):
        return [_rounded(one) for one in value]
    if isinstance(value, float):
        return float(f"{value:.4g}") if abs(value) < 1_000 else round(value)
    return value


class Stopwatch:
    """Seconds of the block it was started for, by the clock and of the processor; known when the block has ended."""

    seconds = 0.0
    cpu = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    watch = Stopwatch()
    began, cpu_began = time.perf_counter(), time.process_time()
    try:
        yield watch
    finally:
        watch.seconds, watch.cpu = time.perf_counter() - began, time.process_time() - cpu_began


def median(values: list[float]) -> float:
    return statistics.median(values)


def watched(work: Callable[[], object], rounds: int) -> list[Stopwatch]:
    """How long each of several rounds took. One more goes before them and is not counted."""
    (watches,) = watched_in_turn([work], rounds)
    return watches


def watched_in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[list[Stopwatch]]:
    """The same for several kinds of work by turns, so that what disturbs the machine disturbs them alike."""
    taken: list[list[Stopwatch]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, watches in zip(works, taken, strict=True):
            with timed() as watch:
                work()
            if number:
                watches.append(watch)
    return taken


def commits_of_disk(count: int = 300) -> float:
    """How many times a second one process can write a page and have the disk confirm it: the limit of recording."""
    with tempfile.TemporaryFile(dir=tempfile.gettempdir(), buffering=0) as file:
        page = b"\0" * 4096
        with timed() as watch:
            for _ in range(count):
                file.write(page)
                os.fsync(file.fileno())
    return count / watch.seconds


def machine() -> Line:
    """How fast the machine is just now: the same small work again and again. What else runs on it shows in the rounds."""
    watches = watched(lambda: [json.loads(json.dumps({"words": ["and"] * 40})) for _ in range(2_000)], 9)
    rates = [2_000 / watch.seconds for watch in watches]
    return Line(
        name="machine",
        value=median(rates),
        unit="small JSON texts/s",
        cpu=median([2_000 / watch.cpu for watch in watches]),
        rounds=tuple(rates),
        note=f"{os.cpu_count()} processors; load {os.getloadavg()[0]:.1f}: figures are worst where it is above 1",
    )

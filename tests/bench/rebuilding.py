"""Every view made again from the record: how fast, how much faster than fact by fact, and in how much memory."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from application.settings import Settings
from projections import catch_up
from projections.catch_up import Views
from tests.bench.lines import Line, median, timed
from tests.bench.places import Bench, made, opened


class Rebuilt(NamedTuple):
    """What one rebuild in a process of its own came to. `peak` is the memory that the process took at most, in bytes."""

    facts: int
    seconds: float
    cpu: float
    peak: int

    @property
    def rate(self) -> float:
        return self.facts / self.seconds


def measure(bench: Bench) -> Iterator[Line]:
    rounds = bench.some(3, 1)
    large = bench.large
    fresh = [_rebuilt(large, fresh=True) for _ in range(rounds)]
    compared = [_rebuilt(large, fresh=False) for _ in range(rounds)]
    one_by_one = _one_by_one(bench)
    cpu = median([one.facts / one.cpu for one in fresh])
    yield Line(
        name="rebuild",
        value=median([one.rate for one in fresh]),
        unit="facts/s",
        goal=20_000,
        cpu=cpu,
        rounds=tuple(one.rate for one in fresh),
        note=f"{fresh[0].facts} facts; there were no views before, as when their file was lost",
    )
    yield Line(
        name="rebuild-compared",
        value=median([one.rate for one in compared]),
        unit="facts/s",
        cpu=median([one.facts / one.cpu for one in compared]),
        rounds=tuple(one.rate for one in compared),
        note="the same beside live views, and compared with them row by row",
    )
    yield Line(
        name="rebuild-ratio",
        value=cpu / one_by_one,
        unit="times the same views fed one fact a transaction",
        goal=15,
        peer=one_by_one,
        note="peer: facts/s of a record of the demonstration's size, fact by fact; both by processor time",
    )
    with bench.settings() as quarter:
        with made(quarter) as stores:
            bench.retelling.fill(stores, bench.size[0] // 4, bench.size[1] // 4)
        less = [_rebuilt(quarter, fresh=True) for _ in range(rounds)]
    peaks = [median([float(one.peak) for one in each]) for each in (less, fresh)]
    yield Line(
        name="rebuild-memory",
        value=peaks[1] / peaks[0],
        unit=f"times the peak memory at {less[0].facts} facts",
        goal=1.15,
        is_to_be="at most",
        note=f"peak {peaks[0] / 2**20:.0f} MB at {less[0].facts} facts, {peaks[1] / 2**20:.0f} MB at {fresh[0].facts}",
    )


def _one_by_one(bench: Bench) -> float:
    """Facts a second of the processor when every view takes in each fact in a transaction of its own."""
    practices = bench.some(48, 6)
    with bench.stores() as stores:
        views = Views(stores)
        bench.retelling.fill(stores, practices, practices * 25)
        before, catch_up.BATCH = catch_up.BATCH, 1
        try:
            with timed() as watch:
                assert not views.catch_up()
        finally:
            catch_up.BATCH = before
        return stores.recorder.last_position() / watch.cpu


def _rebuilt(settings: Settings, *, fresh: bool) -> Rebuilt:
    context = multiprocessing.get_context("spawn")
    answer = context.SimpleQueue()
    process = context.Process(target=_rebuild, args=(settings, fresh, answer))
    process.start()
    process.join()
    assert process.exitcode == 0
    return Rebuilt(*answer.get())


def _rebuild(settings: Settings, fresh: bool, answer: Any) -> None:
    if fresh:
        for file in settings.home.glob("views.db*"):
            file.unlink()
    with opened(settings) as stores:
        with timed() as watch:
            certificate = Views(stores).rebuild()
        assert certificate.equal, certificate
    answer.put(tuple(Rebuilt(certificate.facts, watch.seconds, watch.cpu, _peak())))


def _peak() -> int:
    """The most memory that this process had, in bytes: of its own, not inherited from the process that began it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

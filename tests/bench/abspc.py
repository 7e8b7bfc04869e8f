"""Another package's XmR charts, in a throw-away environment of their own: abspc draws with matplotlib, which we have not."""

from __future__ import annotations

import os
import subprocess
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = Path(__file__).with_suffix(".lock")
SERVES = """
import sys, time
import numpy, pandas
from abspc import calculate_control_limits, detect_special_causes
series = numpy.load(sys.argv[1])
def special(values):
    return detect_special_causes(calculate_control_limits(pandas.DataFrame({"value": values}), "XmR"))
numpy.save(sys.argv[2], [special(values)["special_cause"].to_numpy() for values in series])
print("ready", flush=True)
for _ in sys.stdin:
    began, cpu = time.perf_counter(), time.process_time()
    for values in series:
        special(values)
    print(time.perf_counter() - began, time.process_time() - cpu, flush=True)
"""


class NoPeerError(Exception):
    """The package cannot be had here."""


class Peer:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def round(self) -> tuple[float, float]:
        """Seconds by the clock and of the processor, for all its series one after another."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds, cpu = self.process.stdout.readline().split()
        return float(seconds), float(cpu)


@contextmanager
def peer(folder: Path, series: Path, special: Path) -> Iterator[Peer]:
    """A process that charts the series of one file, and has left in another which of their points are special."""
    python = _python(folder / "abspc")
    with subprocess.Popen(
        [python, "-c", SERVES, str(series), str(special)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"MPLCONFIGDIR": str(folder)},
    ) as process:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise NoPeerError("abspc does not start")
        try:
            yield Peer(process)
        finally:
            assert process.stdin
            process.stdin.close()


def _python(environment: Path) -> str:
    """`CASEBOOK_BENCH_ABSPC` may name a Python that has it; otherwise it is fetched."""
    if named := os.environ.get("CASEBOOK_BENCH_ABSPC"):
        return named
    python = environment / "bin" / "python"
    install = [
        python,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "install",
        "--require-hashes",
        "-r",
        LOCK,
    ]
    try:
        venv.create(environment, with_pip=True)
        subprocess.run(list(map(str, install)), check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise NoPeerError(f"abspc could not be installed: {problem}") from problem
    return str(python)

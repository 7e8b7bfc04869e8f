"""`python -m tests.bench [--small] [NAME…]`: measures, and prints one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from tests.bench.lines import machine
from tests.bench.places import Bench
from tests.support.postgres import NoPostgresError

TOPICS = (
    "recording",
    "crowding",
    "decoding",
    "replaying",
    "looking_back",
    "stepping",
    "importing",
    "rebuilding",
    "pages",
    "timelines",
    "conversing",
    "searching",
    "judging",
    "charts",
    "releasing",
    "recommending",
    "hanging",
)
"""Every module that measures something. Each has `measure(bench)`, which yields lines."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="a quick run: the shape of the figures, not their worth"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(TOPICS)}")
    given = parser.parse_args()
    if unknown := set(given.names) - set(TOPICS):
        parser.error(f"there is no {', '.join(sorted(unknown))}: there are {', '.join(TOPICS)}")
    print(machine(), flush=True)
    with Bench(small=given.small) as bench:
        for topic in given.names or TOPICS:
            try:
                for line in import_module(f"tests.bench.{topic}").measure(bench):
                    print(line, flush=True)
            except NoPostgresError as missing:
                print(f"{topic}: {missing}", file=sys.stderr)


if __name__ == "__main__":
    main()

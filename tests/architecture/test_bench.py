"""The benchmark runs, and each of its lines has the form that is promised."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIGURES = {
    "decoding": {"decode-ratio"},
    "replaying": {"replay-2000"},
    "importing": {"import-register"},
    "rebuilding": {"rebuild", "rebuild-ratio", "rebuild-memory"},
    "pages": {"post", "page-caseload", "page-practice"},
    "timelines": {"timeline-2000-first", "timeline-2000-later", "portfolio-first", "portfolio-later"},
    "conversing": {"permissions-50", "conversation-1000", "conversation-unread"},
    "judging": {"judge"},
    "charts": {"chart", "chart-funnel", "chart-small"},
    "releasing": {"release"},
    "recommending": {"recommend-8000", "dry-run-8000"},
    "hanging": {"pivotal-2000"},
}
"""Figures with a goal, by what measures them. Those that need both databases take too long for a test."""


def bench(*options):
    command = [sys.executable, "-m", "tests.bench", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "topics",
    [
        ["decoding", "replaying", "importing"],
        [
            "rebuilding",
            "pages",
            "timelines",
            "conversing",
            "judging",
            "charts",
            "releasing",
            "recommending",
            "hanging",
        ],
    ],
)
def test_each_line_is_a_figure(topics):
    done = bench("--small", *topics)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for line in lines:
        assert {"name", "value", "unit", "goal", "met"} <= line.keys()
        assert isinstance(line["value"], int | float)
        assert isinstance(line["unit"], str)
        assert line["met"] in ({None} if line["goal"] is None else {True, False})
    with_goals = {line["name"] for line in lines if line["goal"] is not None}
    assert with_goals >= set().union(*(FIGURES[topic] for topic in topics))


def test_an_unknown_name_is_bad_use():
    done = bench("colour")
    assert done.returncode == 2
    assert "there is no colour" in done.stderr

"""A brief from the command line, and for which purpose a command looked back."""

import sqlite3

from tests.cli.test_show import CASEWORKER, story

__all__ = ["story"]


def noted(casebook):
    with sqlite3.connect(casebook.home / "record.db") as record:
        query = (
            "SELECT what, name, purpose, moment FROM access_log WHERE moment IS NOT NULL OR what = 'stated'"
        )
        return record.execute(f"{query} ORDER BY id").fetchall()


def test_the_same_moment_gives_the_same_bytes_whatever_was_recorded_since(story, tmp_path):
    last = story.fine("history", "A81001", "--json").json[-1]["position"]
    clocks = ("--as-recorded-by", last)
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    story.fine("brief", "A81001", *clocks, "--html", first)
    told = {"indicator": "PS02", "kind": "outlying", "level": "alert", "occurred_on": "2016-04-01"}
    assert story.do("RaiseFlag", "A81001", CASEWORKER, **told).status == 0
    story.fine("brief", "A81001", *clocks, "--html", second)
    assert first.read_bytes() == second.read_bytes()
    assert b"The tier moved from assurance based to room for improvement" in first.read_bytes()
    assert "PS02" not in first.read_text()


def test_what_a_command_is_for_is_kept_with_what_it_read(story):
    story.fine("show", "A81001")
    story.fine("show", "A81001", "--as-happened-on", "2016-02-01")
    story.fine("replay", "A81001", "--purpose", "complaint", "--as", CASEWORKER)
    story.fine("brief", "A81001", "--purpose", "other: a question of the board")
    lines = noted(story)
    assert lines.pop(-1)[:3] == ("read", "Brief", "other")
    assert lines == [
        ("read", "ReadPractice", None, "happened-on 2016-02-01"),
        ("stated", "Purpose", "complaint", None),
        ("read", "Replay", "complaint", ""),
        ("stated", "Purpose", "other", None),
    ]
    refused = story("decision", "A81001", "--purpose", "curiosity")
    assert refused.status == 1
    assert "Choose what it is for" in refused.err

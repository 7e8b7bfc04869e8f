"""A rule set as a file: what is printed reads back as it was, and what is wrong is named by line and field."""

import time

import pytest

from application.framework.rule_file import read_rules, written
from application.source_file import SourceUnreadable
from domain.framework.catalogue import FIRST_EFFECTIVE, RESPONSES, RULES, VERSION_ONE
from domain.framework.framework import digest_of
from domain.framework.parts import Framework

V1 = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)


def read(text):
    return read_rules("rules.toml", text if isinstance(text, bytes) else text.encode(), VERSION_ONE)


def refused(text):
    with pytest.raises(SourceUnreadable) as wrong:
        read(text)
    return str(wrong.value)


def test_what_is_printed_reads_back_as_the_same_rule_set():
    text = written(V1, digest_of(VERSION_ONE))
    assert "[rules.R2]\nalarms = 2\n" in text
    assert "# At least 1 alarm in patient safety.\n[rules.R1]" in text
    said = read(text)
    assert said.rule_set == VERSION_ONE
    assert said.left_out == ()


def test_what_is_left_out_stays_as_it_is():
    said = read("[rules.R2]\nalarms = 3\n")
    others = [name for name in RULES if name != "R2"]
    kept = ["R2 alerts = 4", "R2 domains = 2"]
    tiers = [f"responses.{tier}" for tier in RESPONSES]
    assert sorted(said.left_out) == sorted([*others, *kept, *tiers])
    numbers = {one.rule: dict(one.thresholds) for one in said.rule_set.rules}
    assert numbers["R2"] == {"alarms": 3, "alerts": 4, "domains": 2}
    assert numbers["R1"] == {"alarms": 1}
    assert said.rule_set.responses == VERSION_ONE.responses


def test_a_rule_is_switched_off_in_the_open():
    said = read("[rules.C6]\ncounted = false\n")
    assert [one.rule for one in said.rule_set.rules if not one.counted] == ["C6"]


def test_response_times_are_numbers_of_a_tier():
    said = read("[responses.cause_for_concern]\nvisit_days = 14\n")
    assert dict(said.rule_set.responses[2].times)["visit_days"] == 14


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[rules.R2]\nalarms = "two"\n', "line 2, rules.R2.alarms: enter a whole number, such as 2"),
        ("[rules.R2]\nalarms = 2.5\n", "line 2, rules.R2.alarms: enter a whole number"),
        ("[rules.R2]\nalarms = true\n", "line 2, rules.R2.alarms: enter a whole number"),
        ("[rules.R2]\nalarms = 0\n", "line 2, rules.R2.alarms: enter a whole number from 1 to 100"),
        ("[rules.R2]\n\ndomains = 5\n", "line 3, rules.R2.domains: enter a whole number from 1 to 4"),
        ("[rules.R2]\nalarm = 2\n", "line 2, rules.R2.alarm: R2 has no alarm"),
        ("[rules.C1]\nalarms = 2\n", "line 2, rules.C1.alarms: C1 has no alarms: it has no number"),
        ("[rules.C1]\ncounted = 1\n", "line 2, rules.C1.counted: this is true or false"),
        ("\n[rules.R9]\nalarms = 2\n", "line 2, rules.R9: there is no R9"),
        ("[rule.R2]\nalarms = 2\n", "line 1, rule: there are [rules.…]"),
        ("rules = 3\n", "line 1, rules: this is a table"),
        ("[rules]\nR2 = 3\n", "line 2, rules.R2: this is a table"),
        ("[rules]\nR2.alarms = 0\n", "line 2, rules.R2.alarms: enter a whole number"),
        ("rules.R2.alarms = 0\n", "line 1, rules.R2.alarms: enter a whole number"),
        ("[rules.R2]\nalarms =\n", "line 2, rules.R2.alarms: this is not TOML"),
        ("[rules.R2]\nalarms = 2\nalarms = 3\n", "line 3, alarms = 3: this is not TOML"),
        ("[rules.R2]\n[rules.R2]\n", "line 2, [rules.R2]: this is not TOML"),
        ("[responses.grade]\ndays = 2\n", "line 1, responses.grade: there is no grade"),
        ("[responses.cause_for_concern]\nvisit_days = 0\n", "line 2, responses.cause_for_concern.visit_days"),
        ("", "line 1, rules: name at least one rule"),
        (b"[rules.R2]\nalarms = 2 # \xff\n", "line 2: this is not UTF-8 text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_line_and_field(text, where):
    assert refused(text).startswith(f"rules.toml: {where}")


def test_all_that_is_wrong_is_told_each_with_its_line():
    text = "[rules.R2]\nalarms = 0\nalarm = 2\n[rules.R9]\n[rules.C1]\ncounted = 1\n"
    assert [line.partition(":")[2].strip().split(",")[0] for line in refused(text).splitlines()] == [
        "line 4",
        "line 6",
        "line 2",
        "line 3",
    ]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[rules.R2]\nalarms = " + "9" * 5_000, "line 2: this line is longer than 2,000 characters"),
        (" " * 2_001 + "#", "line 1: this line is longer than 2,000 characters"),
        ("[rules.R2]\n" + "alarms = [\n" + "[\n" * 2_000, "line 2002: this is not TOML of rules: brackets"),
        ("[rules.R2]\nalarms = " + "9" * 1_900, "line 2, rules.R2.alarms: enter a whole number from 1 to 100"),
        ("[" + ".".join(["a"] * 900) + "]\n", "line 1"),
        ("#" * 200_001, "line 1: this file is larger than 200,000 bytes"),
        ("[rules.R2]\n".encode("utf-16"), "line 1: this is not UTF-8 text but UTF-16: save the file as UTF-8"),
        ("[rules.R2]\n# \xe9\n".encode("latin-1"), "line 2: this is not UTF-8 text: save the file as UTF-8"),
        ('[rules."\\u001b[31mX"]\na = 1\n', "line 1, rules.\\x1b[31mX: there is no \\x1b[31mX"),
        ("# a\u2028b\u2028c\u0085d\x0b\n[rules.R2]\nalarms = 0\n", "line 1, # a\\u2028b"),
        ("# a\u2028b\u2028c\u0085d\n[rules.R2]\nalarms = 0\n", "line 3, rules.R2.alarms: enter"),
        ("[rules.R2]\nalarms = 2026-13-41\n", "line 2, rules.R2.alarms: this is not TOML"),
    ],
)  # fmt: skip
def test_whatever_a_file_holds_is_refused_in_a_sentence(text, where):
    said = refused(text)
    assert said.startswith(f"rules.toml: {where}")
    assert said.isprintable()


def test_a_line_of_nothing_but_spaces_takes_no_time():
    began = time.perf_counter()
    read("[rules.R2]\nalarms = 3\n" + (" " * 1_900 + "#\n") * 90)
    assert time.perf_counter() - began < 5

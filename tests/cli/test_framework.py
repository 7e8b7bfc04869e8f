"""The tier framework from the command line: exported, compared with a candidate, drafted, published and declined."""

import os
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

CASEWORKER, MANAGER, ADVISER = "caseworker@example.org", "manager@example.org", "adviser@example.org"
STRICTER = "[rules.R1]\nalarms = 2\n"


@pytest.fixture
def flagged(practice):
    """A81001 has an alarm in patient safety, and A81002 an alert."""
    practice.fine(
        "person", "add", ADVISER, "--name", "An adviser", "--role", "adviser", "--organisation", "Q74"
    )
    for code, level in (("A81001", "alarm"), ("A81002", "alert")):
        flag = {"indicator": "PS01", "kind": "outlying", "level": level}
        assert practice.do("RaiseFlag", code, CASEWORKER, **flag).status == 0
    return practice


@pytest.fixture
def rules(tmp_path):
    def write(text, name="rules.toml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def stored(casebook):
    """All that stands in the record: facts, commands, access log."""
    with closing(sqlite3.connect(casebook.home / "record.db")) as record:
        return list(record.iterdump())


def test_what_is_in_force_is_printed_and_moves_nobody(flagged, rules):
    text = flagged.fine("framework", "export").out
    assert "version 1, in force from 2013-04-01" in text
    assert "[rules.R2]\nalarms = 2\nalerts = 4\ndomains = 2\n" in text
    ran = flagged.fine("framework", "dry-run", "--rules", rules(text), "--json")
    assert (ran.json["movers"], ran.json["changes"], ran.json["practices"]) == ([], [], 2)


def test_a_changed_threshold_names_who_would_move_from_when_and_why(flagged, rules):
    before = stored(flagged)
    ran = flagged.fine("framework", "dry-run", "--rules", rules(STRICTER), "--json")
    (mover,) = ran.json["movers"]
    day = mover.pop("on")
    assert date.fromisoformat(day) <= date.today() + timedelta(days=1)
    assert mover == {
        "practice": "A81001",
        "from": "room_for_improvement",
        "to": "assurance_based",
        "because": "A81001/3",
        "fact": "practice.flag-raised",
        "by_time": False,
        "rules_in_force": ["R1"],
        "rules_candidate": [],
    }
    assert ran.json["changes"] == [
        {"of": "R1", "what": "Alarms in patient safety", "before": "1", "after": "2"}
    ]
    assert stored(flagged) == before


def test_in_words_it_tells_what_the_file_left_out(flagged, rules):
    ran = flagged.fine("framework", "dry-run", "--rules", rules(STRICTER), "--as", MANAGER)
    assert ran.out.startswith(
        "Beside version 1 the file changes this:\n  R1 Alarms in patient safety: 1 to 2\n"
        "A81001  room for improvement to assurance based (R1), from "
    )
    assert "1 of 2 open practices would move, beside version 1" in ran.out
    assert ran.err.startswith("As in force, because the file leaves them out: C1, C2")


def test_each_number_and_response_that_a_file_leaves_out_is_named(flagged, rules):
    text = flagged.fine("framework", "export").out.replace("notices = 2\n", "")
    ran = flagged.fine("framework", "dry-run", "--rules", rules(text.partition("[responses.cause")[0]))
    assert ran.err == (
        "As in force, because the file leaves them out: C3 notices = 2, responses.cause_for_concern\n"
    )
    assert ran.out.startswith("Beside version 1 the file changes nothing.\n0 of 2 open practices")


def test_closed_practices_are_passed_over_and_counted(flagged, rules):
    closed = {"closed_on": date.today().isoformat(), "reason": "The partners retired."}
    assert flagged.do("ClosePractice", "A81002", MANAGER, **closed).status == 0
    ran = flagged.fine("framework", "dry-run", "--rules", rules(STRICTER))
    assert "1 of 1 open practice would move" in ran.out
    assert ran.out.endswith("; 1 closed one passed over\n")


def test_what_one_side_keeps_to_itself_counts_for_the_operator_as_it_does_for_the_holder(practice):
    for number, (code, who) in enumerate((("A81001", "lead@example.org"), ("A81002", CASEWORKER))):
        name = f"intelligence-0000000{number}"
        heard = {
            "intelligence_id": name,
            "source": "external",
            "summary": "It leaks.",
            "visibility": "internal",
            "immediate_safety_risk": True,
        }
        told = practice.do("RecordIntelligence", code, who, **heard)
        assert told.status == 0, told.err
        role, of = (("lead", "00M"), ("caseworker", "Q74"))[number]
        practice(
            "person",
            "add",
            f"other{number}@example.org",
            "--name",
            "Another",
            "--role",
            role,
            "--organisation",
            of,
        )
        checked = practice.do(
            "CorroborateIntelligence",
            code,
            f"other{number}@example.org",
            intelligence_id=name,
            reason="Seen.",
        )
        assert checked.status == 0, checked.err
    told = practice.fine("framework", "recommend", "--json").json["practices"]
    assert {one["practice"]: [rule["rule"] for rule in one["satisfied"]] for one in told} == {
        "A81001": [],
        "A81002": ["C6", "R7"],
    }


@pytest.mark.parametrize("command", ["recommend", "dry-run"])
def test_a_day_without_rules_or_still_to_come_says_which_days_there_are(flagged, rules, command):
    more = ["--rules", rules(STRICTER)] if command == "dry-run" else []
    ran = flagged("framework", command, *more, "--on", "2012-01-01")
    first = "the first version is from 1 April 2013 on (on)"
    assert ran.status == 1
    assert ran.err == f"rules-are-in-force-first: No rules were in force on 1 January 2012: {first}\n"
    ran = flagged("framework", command, *more, "--on", "2199-01-01")
    assert (ran.status, ran.err.split(":")[0]) == (1, "what-is-recommended-is-of-what-is-known")


def test_all_that_is_wrong_with_a_file_is_told_at_once(flagged, rules):
    ran = flagged("framework", "dry-run", "--rules", rules("[rules.R2]\nalarms = 0\nalarm = 2\n"))
    assert [line.split(":")[1] for line in ran.err.splitlines()] == [
        " line 2, rules.R2.alarms",
        " line 3, rules.R2.alarm",
    ]


def test_what_has_no_end_is_not_read(flagged, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for endless in (tmp_path / "pipe", "/dev/zero"):
        ran = flagged("framework", "dry-run", "--rules", endless)
        assert (ran.status, ran.err.partition(" ")[2]) == (
            1,
            "is not a file: give a file, or - to read the rules here\n",
        )


@pytest.mark.parametrize("who", [CASEWORKER, "lead@example.org"])
def test_not_everybody_sees_what_a_candidate_would_change(flagged, rules, who):
    ran = flagged("framework", "dry-run", "--rules", rules(STRICTER), "--as", who)
    assert (ran.status, ran.err.split(":")[0]) == (1, "the-role-may-do-this")


def test_a_malformed_file_names_line_and_field(flagged, rules):
    ran = flagged("framework", "dry-run", "--rules", rules("[rules.R2]\nalarms = 'two'\n"))
    assert ran.status == 1
    assert ran.err == "rules.toml: line 2, rules.R2.alarms: enter a whole number, such as 2\n"


def test_an_adviser_drafts_and_a_manager_publishes(flagged, rules):
    assert (
        flagged(
            "framework", "draft", "--rules", rules(STRICTER), "--reason", "Chance.", "--as", MANAGER
        ).status
        == 1
    )
    drafted = flagged.fine(
        "framework", "draft", "--rules", rules(STRICTER), "--reason", "Chance.", "--as", ADVISER
    )
    draft = drafted.out.split()[2].rstrip(":")
    assert drafted.out == f"Proposed as {draft}: a manager publishes or declines it.\n"
    again = flagged("framework", "draft", "--rules", rules(STRICTER), "--reason", "Chance.", "--as", ADVISER)
    assert (again.status, again.err.splitlines()[-1].split(":")[0]) == (1, "a-rule-set-waits-once")
    soon = date.today() + timedelta(days=2)
    words = [
        "framework",
        "publish",
        draft,
        "--from",
        soon.isoformat(),
        "--reason",
        "Agreed.",
        "--as",
        MANAGER,
    ]
    told = f"Version 2 is published, in force from {soon.day} {soon:%B %Y}.\n"
    assert flagged.fine(*words).out == told
    told = flagged.fine("framework", "versions", "--json").json
    assert [one["version"] for one in told["versions"]] == [1, 2]
    assert told["versions"][1]["changes_in_words"] == "R1 Alarms in patient safety: 1 to 2"
    assert told["drafts"] == []
    assert "[rules.R1]\nalarms = 1\n" in flagged.fine("framework", "export").out
    assert "[rules.R1]\nalarms = 2\n" in flagged.fine("framework", "export", "--version", "2").out
    assert "drafted by An adviser, published by " in flagged.fine("framework", "versions").out


def test_a_draft_waits_and_is_declined(flagged, rules):
    drafted = flagged.fine(
        "framework", "draft", "--rules", rules(STRICTER), "--reason", "Chance.", "--as", ADVISER
    )
    draft = drafted.out.split()[2].rstrip(":")
    assert f"draft {draft}" in flagged.fine("framework", "versions").out
    declined = flagged.fine("framework", "decline", draft, "--reason", "Not yet.", "--as", MANAGER)
    assert declined.out == f"{draft} is declined.\n"
    ran = flagged("framework", "publish", draft, "--from", "2099-01-01", "--reason", "Yes.", "--as", MANAGER)
    assert (ran.status, ran.err.split(":")[0]) == (1, "a-draft-is-answered-once")


def test_a_draft_that_changes_nothing_is_not_recorded(flagged, rules):
    same = flagged.fine("framework", "export").out
    ran = flagged.fine("framework", "draft", "--rules", rules(same), "--reason", "Same.", "--as", ADVISER)
    assert ran.out == "Nothing was changed, so nothing was recorded.\n"


def test_there_is_no_version_that_was_never_published(flagged):
    ran = flagged("framework", "export", "--version", "7")
    assert (ran.status, ran.err) == (1, "There is no version 7\n")


def test_what_is_recommended_stands_beside_the_tier_that_a_practice_has(flagged):
    told = flagged.fine("framework", "recommend", "--json").json
    assert told["practices"] == [
        {
            "practice": "A81001",
            "tier": "assurance_based",
            "recommended": "room_for_improvement",
            "framework_version": 1,
            "satisfied": [{"rule": "R1", "tier": "room_for_improvement", "facts": ["A81001/3"]}],
        },
        {
            "practice": "A81002",
            "tier": "assurance_based",
            "recommended": "assurance_based",
            "framework_version": 1,
            "satisfied": [],
        },
    ]
    one = flagged.fine("framework", "recommend", "a81001", "--as", CASEWORKER).out
    assert one == (
        "A81001  assurance based; recommended is room for improvement, by R1\n"
        "  pivotal: without A81001/3 it would be assurance based\n"
    )
    assert flagged.fine("framework", "recommend", "--on", "2014-01-01").out == ""


def test_of_a_practice_that_is_named_it_is_told_which_facts_it_hangs_on(flagged):
    told = flagged.fine("framework", "recommend", "A81001", "A81002", "--json").json
    assert [one["pivotal"] for one in told["practices"]] == [
        {
            "facts": ["A81001/3"],
            "recommended_without": "assurance_based",
            "others_of_that_size": 0,
            "looked_up_to": None,
        },
        None,
    ]
    assert flagged.fine("framework", "recommend", "A81002").out.endswith("  pivotal: none\n")


def test_nothing_is_recommended_of_a_practice_that_is_not_ones_own(flagged):
    ran = flagged("framework", "recommend", "A81009", "--as", CASEWORKER)
    assert (ran.status, ran.err.split(":")[0]) == (1, "a-practice-is-read-by-those-responsible-for-it")

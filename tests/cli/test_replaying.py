"""Decisions by what was known then and today, and a practice's record one action at a time, from the command line."""

import json
import re
from contextlib import closing
from hashlib import sha256
from itertools import pairwise

import pytest

from application.settings import Settings
from application.stores import open_stores
from tests.cli.test_show import CASEWORKER, LEAD, MANAGER, STANDING, show, story
from tests.web.test_erased import keys_of

__all__ = ["story"]
TALK = {
    "channel": "phone",
    "occurred_on": "2016-03-01",
    "attendees": [
        {"side": "contract_holder", "role": "caseworker"},
        {"side": "practice", "role": "practice_manager"},
    ],
    "said": "A visit that nobody had written down.",
}


def decision(casebook, *words):
    return casebook.fine("decision", *words, "--json").json


def replayed(casebook, *words):
    return [json.loads(line) for line in casebook.fine("replay", "A81001", "--json", *words).out.splitlines()]


def test_what_was_known_has_the_same_digest_ever_after_and_a_late_visit_is_on_the_right_alone(story):
    then = decision(story, "A81001")
    assert (then["number"], then["of"], then["tier"]) == (1, 1, "room_for_improvement")
    assert story.do("RecordConversation", "A81001", CASEWORKER, **TALK).status == 0
    later = decision(story, "A81001", 1)
    assert later["known"] == then["known"]
    late = [one for one in later["today"]["facts"] if one not in then["today"]["facts"]]
    assert len(late) == 1
    assert late[0] not in later["known"]["facts"]
    assert later["today"]["digest"] != then["today"]["digest"]


def test_a_digest_is_of_the_canonical_json_of_the_rest(story):
    for side in ("known", "today"):
        told = decision(story, "A81001")[side]
        digest = told.pop("digest")
        written = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert digest == sha256(written.encode()).hexdigest()
        assert set(told) == {"facts", "framework", "recommendation"}
        assert told["framework"]["version"] == 1
        assert told["recommendation"]["tier"] in {"assurance_based", "room_for_improvement"}


def test_nothing_that_the_decisions_command_recorded_was_known_before_it(story):
    found = decision(story, "A81001")
    at = found["position"]
    assert found["known"]["facts"][-1]["position"] < at
    assert at in {one["position"] for one in found["today"]["facts"]}


def test_decisions_are_listed_and_numbered(story):
    assert [list(one) for one in decision(story, "--list")] == [["practice", "number", "date"]]
    assert re.fullmatch(
        r"A81001  1  \d{4}-\d\d-\d\d  room for improvement  ONE SURGERY, decided by The manager\n",
        story.fine("decision", "--list").out,
    )
    refused = story("decision", "--list", "--as", "administrator@example.org")
    assert refused.status != 0
    assert "role does not allow" in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("A81001", "2"), "There is no decision 2"),
        (("A81002",), "No decision on the tier"),
        (("A81001", "0"), "1"),
        ((), "CODE"),
        (("A81001", "--list"), "CODE"),
        (("A99999",), "No practice is registered"),
    ],
)
def test_a_decision_that_is_not_there_is_refused(story, words, said):
    ran = story("decision", *words)
    assert ran.status in {1, 2}
    assert said in ran.err
    assert ran.out == ""


def test_a_replay_has_a_line_an_action_and_each_begins_as_the_last_ended(story):
    lines = replayed(story)
    assert [line["step"] for line in lines] == list(range(1, len(lines) + 1))
    assert [one["version"] for line in lines for one in line["facts"]] == list(range(1, 10))
    assert lines[0]["before"] is None
    for earlier, line in pairwise(lines):
        assert line["before"] == earlier["after"]
        assert list(line["after"]) == STANDING
    assert lines[-1]["after"] == show(story)
    assert lines[-1]["rules"]["framework_version"] == 1


def test_each_step_is_what_was_shown_at_its_position(story):
    for line in replayed(story):
        assert show(story, "--as-recorded-by", line["facts"][-1]["position"]) == line["after"]


def test_a_practice_is_shown_by_both_clocks(story):
    now, first = show(story), replayed(story)[0]
    position = first["facts"][-1]["position"]
    assert show(story, "--as-recorded-by", position)["flags"] == []
    assert show(story, "--as-happened-on", "2016-01-04")["flags"] == []
    assert show(story, "--as-happened-on", "2016-01-05")["flags"] == now["flags"]
    assert show(story, "--as-happened-on", "2016-01-05")["last_contact"] is None
    assert story("show", "A81001", "--as-recorded-by", 1).status in {0, 1}
    assert "position such as 1234" in story("show", "A81001", "--as-recorded-by", "soon").err


@pytest.mark.parametrize("who", [LEAD, MANAGER])
def test_a_record_is_replayed_by_whoever_may_read_it(story, who):
    for words in (("replay", "A81001"), ("decision", "A81001")):
        ran = story(*words, "--as", who)
        assert ran.status == 0
        assert ran.out


def test_what_an_action_made_hold_is_told_apart_by_what_held_before_it_on_the_same_day(story):
    lines = replayed(story)
    assert lines[0]["rules_before"] is None
    raised = next(line for line in lines if line["facts"][0]["name"] == "practice.flag-raised")
    assert raised["rules_before"]["tier"] == "assurance_based"
    assert raised["rules_before"]["framework_version"] == raised["rules"]["framework_version"]


def test_two_moments_of_a_practice_are_compared(story):
    lines = replayed(story)
    first, last = lines[2]["facts"][-1]["position"], lines[-1]["facts"][-1]["position"]
    found = story.fine("compare", "A81001", "--from", first, "--json").json
    assert (found["from"], found["to"]) == (lines[2]["after"], lines[-1]["after"])
    assert [one["version"] for one in found["added"]] == [
        one["version"] for line in lines[3:] for one in line["facts"]
    ]
    assert "tier" in found["changed"]
    same = story.fine("compare", "A81001", "--from", last, "--to", last, "--json").json
    assert (same["added"], same["changed"]) == ([], [])


def test_a_comparison_is_told_in_words_and_by_names_and_never_as_it_is_stored(story):
    first = replayed(story)[1]["facts"][-1]["position"]
    told = story.fine("compare", "A81001", "--from", first).out
    for line in (
        "tier           assurance based -> room for improvement",
        "decided by     none -> The manager",
        "why            none -> The alarm stands, and the practice has a plan.",
        "reviewed       no -> yes",
        "last contact   none -> 2016-02-03",
    ):
        assert line in told.splitlines()
    assert "_" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "soon"), "must be a date, a time with its zone"),
        (("--from", "2999-01-01"), "must not be still to come"),
        (("--from", 999, "--to", 1), "must be a position of the record"),
        (("--from", "0001-01-01"), "must not be before 1 January 1900"),
        (("--from", "2013-01-02", "--to", "2013-01-01"), "The second moment is before the first"),
        ((), "--from"),
    ],
)
def test_a_moment_that_is_none_is_refused(story, words, said):
    ran = story("compare", "A81001", *words)
    assert ran.status in {1, 2}
    assert said in ran.err


def test_what_was_erased_is_printed_with_why_it_does_not_open(story):
    with closing(open_stores(Settings(home=story.home))) as stores:
        rows = stores.recorder.stored("practice-A81001")
        keys = [keys_of(json.loads(stored)) for _, version, stored in rows if version > 2]
        stores.keys.destroy(set().union(*keys))
    for words in (("show", "A81001"), ("history", "A81001"), ("decision", "A81001")):
        assert story.fine(*words, "--json").json
    assert "its key is gone" in story.fine("show", "A81001", "--json").json["why"]
    assert "The partners explained" not in story.fine("history", "A81001", "--json").out
    assert len(replayed(story)) > 4

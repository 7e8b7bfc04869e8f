"""Both clocks on the command line: every list and every `--json` as it was, and no moment that has no past."""

import re
import shutil

import pytest

from tests.cli.conftest import at
from tests.cli.test_indicators import PE03
from tests.cli.test_releases import file, registered
from tests.cli.test_replaying import TALK
from tests.cli.test_show import CASEWORKER, LEAD, MANAGER, STANDING, show, story
from tests.support import published as p

__all__ = ["file", "registered", "story"]

LISTS = (
    ("indicators",),
    ("releases",),
    ("flags",),
    ("framework", "versions"),
    ("framework", "export"),
    ("framework", "recommend"),
    ("decision", "--list"),
    ("decision", "A81001"),
    ("replay", "A81001"),
    ("compare", "A81001", "--from", "3"),
)
"""What takes both clocks beside `show`, `history`, `due`, `search`, `caseload` and `brief`."""


@pytest.fixture
def releasing(home, registered):
    return at(shutil.copytree(registered, home))


def position_of(casebook):
    """Where the record stands, by what is refused."""
    said = casebook("releases", "--as-recorded-by", "99999999").err
    return int(re.search(r"from 1 to (\d+)", said)[1])


def test_a_moment_without_a_past_is_refused_by_every_list(practice):
    for words in LISTS:
        for clock, typed, said in (
            ("--as-recorded-by", "2199-01-01T00:00:00Z", "must not be still to come"),
            ("--as-recorded-by", "99999999", "must be a position of the record, from 1 to"),
            ("--as-happened-on", "1899-12-31", "must not be before 1 January 1900"),
        ):
            ran = practice(*words, clock, typed)
            assert (ran.status, ran.out) == (2, ""), (words, ran)
            assert f"{clock}: {said}" in ran.err, (words, ran)


def test_what_is_of_the_whole_record_takes_no_clocks(practice):
    assert "leave the clocks out" in practice("flags", "--as-happened-on", "2016-01-01", "recompute").err
    assert (
        "leave it out" in practice("framework", "recommend", "--on", "2016-01-01", "--as-recorded-by", 3).err
    )
    assert "give its CODE" in practice("decision", "--list", "--as-seen-by", "00M").err
    for words in (("flags", "recompute"), ("framework", "dry-run", "--rules", "-"), ("sample", "--size", 3)):
        assert practice(*words, "--as-recorded-by", "3").status == 2


def test_the_key_set_is_listed_as_it_was_known_and_as_it_was_on_a_day(practice):
    before = position_of(practice)
    assert practice.do("DefineIndicator", "PE03", MANAGER, **PE03, valid_from="2016-04-01").status == 0

    def version(*clocks):
        found = practice.fine("indicators", "--json", *clocks).json
        return [one["version"] for one in found if one["code"] == "PE03"]

    assert version() == [2]
    assert version("--as-recorded-by", before) == [1]
    assert version("--as-happened-on", "2016-03-31") == [1]
    assert version("--as-recorded-by", before, "--all") == [1]


def test_releases_and_their_flags_are_told_as_they_were(releasing, file):
    releasing.fine("import", "observations", file(*p.numbers("2015Q4", far=50)), "--release", "2015Q4")
    between = position_of(releasing)
    first, listed = releasing.fine("flags", "--json").out, releasing.fine("releases", "--json").out
    releasing.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    assert releasing.fine("flags", "--json", "--as-recorded-by", between).out == first
    assert releasing.fine("releases", "--json", "--as-recorded-by", between).out == listed
    assert releasing.fine("flags", "--json").json["flags_open"] == 1
    then = releasing("flags", "--as-happened-on", "2016-01-01")
    assert (then.status, then.err) == (1, "No release is published yet\n")
    assert releasing.fine("releases", "--json", "--as-happened-on", "2016-01-01").json == {"releases": []}


def test_rules_and_what_they_recommend_are_told_as_they_were(story):
    versions = story.fine("framework", "versions", "--json").json
    recommended = story.fine("framework", "recommend", "A81001", "--json").json
    rules = story.fine("framework", "export").out
    then = position_of(story)
    draft = story.fine(
        "framework",
        "draft",
        "--rules",
        "-",
        "--reason",
        "Fewer",
        stdin=rules.replace("alarms = 2", "alarms = 3"),
    )
    assert "Proposed as draft-" in draft.out
    assert (
        story.do(
            "ClearFlag",
            "A81001",
            CASEWORKER,
            flag_id="flag-0123abcd",
            because="resolved",
            reason="It is over.",
        ).status
        == 0
    )
    assert story.fine("framework", "versions", "--json", "--as-recorded-by", then).json == versions
    assert story.fine("framework", "export", "--as-recorded-by", then).out == rules
    was = story.fine("framework", "recommend", "A81001", "--json", "--as-recorded-by", then).json
    assert was["practices"] == recommended["practices"]
    assert (
        story.fine("framework", "recommend", "A81001", "--json").json["practices"] != recommended["practices"]
    )
    # What was told later of an earlier day counts of that day: the flag was raised of it, and recorded today.
    held = story.fine("framework", "recommend", "A81001", "--json", "--as-happened-on", "2016-01-05").json
    [one] = held["practices"]
    before = story.fine("framework", "recommend", "A81001", "--json", "--as-happened-on", "2016-01-04").json
    assert (held["on"], before["on"]) == ("2016-01-05", "2016-01-04")
    assert one["satisfied"] != before["practices"][0]["satisfied"] == []


def test_decisions_replays_and_comparisons_end_where_the_clocks_stand(story):
    asked = (
        ("decision", "A81001", "--json"),
        ("decision", "--list", "--json"),
        ("replay", "A81001", "--json"),
        ("compare", "A81001", "--from", 3, "--json"),
    )
    then = position_of(story)
    before = [story.fine(*words).out for words in asked]
    assert story.do("RecordConversation", "A81001", CASEWORKER, **TALK).status == 0
    assert [story.fine(*words, "--as-recorded-by", then).out for words in asked] == before
    assert all(
        story.fine(*words).out != out
        for words, out in zip(asked, before, strict=True)
        if "--list" not in words
    )
    assert story.fine("decision", "--list", "--json", "--as-happened-on", "2016-02-03").json == []
    gone = story("decision", "A81001", "--as-happened-on", "2016-02-03")
    assert "No decision on the tier of A81001 is recorded by then" in gone.err
    theirs = story.fine("replay", "A81001", "--as-recorded-by", then, "--as-seen-by", "00M").out
    assert theirs == story.fine("replay", "A81001", "--as-recorded-by", then, "--as", LEAD).out


def test_a_decision_that_waits_to_be_looked_at_again_is_shown_and_due_until_it_is_answered(story):
    before = position_of(story)
    assert show(story)["reviews"] == []
    said = {"said": "The partners could explain nothing."}
    corrected = story.do("CorrectFact", "A81001", CASEWORKER, version=5, fields=said, reason="A slip.")
    assert corrected.status == 0, corrected
    [review] = show(story)["reviews"]
    assert list(show(story)) == STANDING
    assert (review["decision"], review["arrived"][0].split("/")[0]) == (1, "A81001")
    assert "waits         Look again at the decision of " in story.fine("show", "A81001").out
    of_one = story.fine("due", "A81001", "--json").json[-1]
    assert (of_one["what"], of_one["thing_id"], of_one["due_on"]) == (
        "decision_review",
        review["asking_id"],
        None,
    )
    assert of_one == story.fine("due", "--json").json[-1]
    assert "given to The manager, who decided" in of_one["why"]
    assert "A81001  wait  Look again at the decision of " in story.fine("due", "A81001").out
    assert show(story, "--as-recorded-by", before)["reviews"] == []
    assert "decision_review" not in story.fine("due", "--json", "--as-recorded-by", before).out
    answered = story.do(
        "ReaffirmDecision",
        "A81001",
        MANAGER,
        asking_id=review["asking_id"],
        reason="The talk alone bears it.",
    )
    assert answered.status == 0, answered
    assert show(story)["reviews"] == []
    assert "decision_review" not in story.fine("due", "--json").out

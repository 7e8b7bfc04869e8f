"""The caseload from the command line: now, as it was, and compared between two days."""

from datetime import datetime, timedelta

from domain.rules import LONDON
from tests.cli.test_show import CASEWORKER, story

__all__ = ["story"]
FLAG = {"flag_id": "flag-4567abcd", "indicator": "PE03", "kind": "outlying", "level": "alert"}


def caseload(casebook, *words):
    return casebook.fine("caseload", "--json", *words).json


def tiers(found):
    return [one["tier"] for one in found["practices"] if one["code"] == "A81001"]


def decided_at(casebook):
    facts = casebook.fine("history", "A81001", "--json").json
    return next(one["position"] for one in facts if one["name"] == "practice.tier-decided")


def test_the_caseload_of_a_position_is_the_same_whenever_it_is_asked_for(story):
    position = decided_at(story)
    before = caseload(story, "--as-recorded-by", position - 1)
    assert tiers(before) == ["assurance_based"]
    assert tiers(caseload(story, "--as-recorded-by", position)) == ["room_for_improvement"]
    assert story.do("RaiseFlag", "A81001", CASEWORKER, **FLAG).status == 0
    assert caseload(story, "--as-recorded-by", position - 1) == before
    assert [one["alerts"] for one in caseload(story, "--words", "A81001")["practices"]] == [1]


def test_what_changed_between_two_days_is_told_with_how_it_stood(story):
    today = datetime.now(LONDON).date()
    [change, other] = caseload(story, "--from", today - timedelta(days=3650))["practices"]
    assert (change["code"], change["what"], change["before"]) == ("A81001", "added", None)
    assert (other["code"], other["what"]) == ("A81002", "added")
    assert change["after"]["tier"] == "room_for_improvement"
    assert caseload(story, "--from", today, "--to", today)["practices"] == []


def test_a_caseload_that_is_to_come_or_of_both_kinds_is_refused(story):
    for words in (
        ["--from", "2999-01-01"],
        ["--to", "2016-01-01"],
        ["--from", "2016-01-01", "--as-recorded-by", "3"],
    ):
        assert story("caseload", *words).status == 2


def test_two_days_are_compared_for_the_practices_of_nobody(story):
    today = datetime.now(LONDON).date()
    found = caseload(story, "--from", today - timedelta(days=3650), "--caseworker", "person-of-no-practice")
    assert (found["practices_before"], found["practices_after"], found["practices"]) == (0, 0, [])

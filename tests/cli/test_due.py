"""What is due, from the command line."""

import re
from datetime import datetime, timedelta

from domain.rules import LONDON
from web.words import day

CASEWORKER, MANAGER, LEAD = "caseworker@example.org", "manager@example.org", "lead@example.org"
KEYS = [
    "code", "what", "title", "due_on", "late", "passes", "of", "of_called", "entry", "thing_id", "rule", "source", "sum", "why",
]  # fmt: skip


def today():
    """The day it is. A day that passes meanwhile makes what is asked about sooner, never later."""
    return datetime.now(LONDON).date()


def ask(practice, due_on, *, who=CASEWORKER, number="1", words="The rota"):
    return practice.do(
        "SetExpectation", "A81001", who, expectation_id=f"expectation-0000000{number}", kind="reply",
        expected_of="practice", words=words, due_on=due_on.isoformat(),
    )  # fmt: skip


def test_what_is_due_about_a_practice_when_and_why(practice):
    assert practice.fine("due", "A81001").out == "Nothing is due.\n"
    assert practice.fine("due", "A81001", "--json").json == []
    by = today() + timedelta(days=90)
    assert ask(practice, by).status == 0
    (one,) = practice.fine("due", "a81001", "--json").json
    assert list(one) == KEYS
    assert (one["what"], one["due_on"], one["late"], one["of"]) == (
        "expectation",
        by.isoformat(),
        False,
        "practice",
    )
    assert one["title"] == "An answer: The rota"
    assert one["why"].startswith("Asked on ")
    assert one["entry"] == "A81001/3"
    told = practice.fine("due", "A81001").out
    assert "A81001  due " in told
    assert "An answer: The rota" in told
    assert "        Practice: asked on " in told


def test_a_clock_that_stands_is_told_with_whose_it_is_and_since_when(practice):
    assert ask(practice, today() + timedelta(days=90)).status == 0
    stopped = practice.do(
        "StopClock", "A81001", CASEWORKER, expectation_id="expectation-00000001", reason="The manager is ill."
    )
    assert stopped.status == 0, stopped.err
    (one,) = practice.fine("due", "A81001", "--json").json
    assert (list(one), one["due_on"], one["late"]) == (KEYS, None, False)
    told = practice.fine("due", "A81001").out
    assert "A81001  stop  An answer: The rota" in told
    assert "        Practice: the clock stands since " in told


def test_what_waits_and_has_no_last_day_is_told_with_how_long_it_waits_and_not_as_due(practice):
    since = today() - timedelta(days=16)
    applied = practice.do(
        "ApplyForBranchClosure", "A81001", CASEWORKER, branch_id="branch-00000001", site_name="Brookside branch",
        reason="The lease ends in March.", occurred_on=since.isoformat(),
    )  # fmt: skip
    assert applied.status == 0, applied.err
    told = practice.fine("due", "A81001").out
    assert re.match(
        rf"A81001  wait  since {day(since)}, 1[67] days  An application to close a branch waits", told
    )
    (one,) = practice.fine("due", "A81001", "--json").json
    assert (list(one), one["due_on"], one["late"]) == (KEYS, since.isoformat(), False)


def test_of_all_practices_what_is_due_within_four_weeks_or_as_many_days_as_asked_for(practice):
    assert ask(practice, today() + timedelta(days=90)).status == 0
    assert practice.fine("due", "--json").json == []
    assert practice.fine("due").out == "Nothing is due.\n"
    assert [one["code"] for one in practice.fine("due", "--days", "90", "--json").json] == ["A81001"]
    assert ask(practice, today() + timedelta(days=28), number="2", words="The list").status == 0
    assert [one["title"] for one in practice.fine("due", "--json").json] == ["An answer: The list"]


def test_whoever_may_not_read_a_practice_is_told_nothing_of_it(practice):
    assert ask(practice, today() + timedelta(days=7)).status == 0
    assert practice.fine("due", "--as", LEAD, "--json").json != []
    assert practice.fine("due", "A81001", "--as", LEAD, "--json").json != []
    for words in (("due", "A81001"), ("due",)):
        assert practice(*words, "--as", "administrator@example.org").status == 1


def test_a_code_that_nobody_registered_is_refused(practice):
    assert practice("due", "A81999").status == 1


def test_a_day_that_has_no_sense_is_bad_use(practice):
    assert practice("due", "--days", "-1").status == 2


def test_an_action_that_was_agreed_and_is_not_done_is_due_of_its_practice(practice):
    by = today() + timedelta(days=30)
    action = {
        "action_id": "action-00000001",
        "kind": "improvement",
        "issue": "Two more lines.",
        "owner": "practice",
        "success_measure": "No call rings for ten minutes.",
    }
    proposed = practice.do("ProposeAction", "A81001", CASEWORKER, due_on=by.isoformat(), **action)
    assert proposed.status == 0, proposed.err
    assert practice.fine("due", "A81001").out == "Nothing is due.\n"
    for who in (MANAGER, LEAD):
        assert practice.do("AgreeAction", "A81001", who, action_id="action-00000001").status == 0
    (one,) = practice.fine("due", "A81001", "--json").json
    assert list(one) == KEYS
    assert (one["title"], one["due_on"], one["late"], one["of"]) == (
        "An action: Two more lines.",
        by.isoformat(),
        False,
        "practice",
    )
    assert practice.fine("due", "A81001", "--days", "7").out == "Nothing is due.\n"

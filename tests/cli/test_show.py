"""Where a practice stands and its history, from the command line."""

import re
from datetime import datetime

import pytest

from domain.rules import LONDON

CASEWORKER, MANAGER, LEAD = "caseworker@example.org", "manager@example.org", "lead@example.org"
STANDING = [
    "tier",
    "since",
    "decided_by",
    "why",
    "reviewed",
    "flags",
    "actions",
    "reviews",
    "last_contact",
    "version",
]
ENTRY = [
    "position", "version", "name", "fact_version", "occurred_on", "recorded_at", "person", "organisation", "role",
    "on_behalf_of", "command_id", "corrects", "data",
]  # fmt: skip


def show(practice, *words, code="A81001"):
    return practice.fine("show", code, "--json", *words).json


def test_a_new_practice_stands_at_the_starting_tier_which_nobody_has_reviewed(practice):
    found = show(practice)
    assert list(found) == STANDING
    assert found == {
        "tier": "assurance_based",
        "since": found["since"],
        "decided_by": None,
        "why": None,
        "reviewed": False,
        "flags": [],
        "actions": [],
        "reviews": [],
        "last_contact": None,
        "version": 2,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["since"])
    assert "starting tier, not yet reviewed" in practice.fine("show", "A81001").out


def test_a_review_for_the_same_tier_leaves_since_as_it_was():
    from datetime import date, timedelta

    from domain.practice.kinds import Tier
    from domain.practice.state import Decision, Practice
    from domain.rules import Sealed
    from web.commands.showing import standing

    first = date(2016, 3, 1)
    practice = Practice(code="X90001", registered_on=first)

    def decide(days, tier):
        day = first + timedelta(days=days)
        practice.decisions.append(Decision(f"d{days}", tier, day, day, "person-1", 3, Sealed("Why"), None))

    def since(days):
        return (standing(practice, first + timedelta(days=days))["since"] - first).days

    assert since(5) == 0
    decide(10, Tier.ASSURANCE_BASED)
    decide(20, Tier.CAUSE_FOR_CONCERN)
    decide(30, Tier.CAUSE_FOR_CONCERN)
    decide(40, Tier.ROOM_FOR_IMPROVEMENT)
    assert [since(days) for days in (9, 15, 20, 35, 45)] == [0, 0, 20, 20, 40]


@pytest.fixture
def story(practice):
    """A flag, a conversation, an action and a decided tier."""
    flag = {"flag_id": "flag-0123abcd", "indicator": "PS01", "kind": "outlying", "level": "alarm"}
    assert practice.do("RaiseFlag", "A81001", CASEWORKER, **flag, occurred_on="2016-01-05").status == 0
    talk = {
        "channel": "meeting",
        "occurred_on": "2016-02-03",
        "attendees": [
            {"side": "contract_holder", "role": "caseworker"},
            {"side": "local_commissioner", "role": "clinical_lead_gp"},
            {"side": "practice", "role": "other", "described": "Locum manager"},
        ],
        "said": "The partners explained the figures.",
        "about_flags": ["flag-0123abcd"],
    }
    assert practice.do("RecordConversation", "A81001", CASEWORKER, **talk).status == 0
    action = {
        "action_id": "action-0123abcd",
        "kind": "improvement",
        "issue": "Too many antibacterials.",
        "owner": "practice",
        "due_on": "2199-01-01",
        "success_measure": "Inside limits",
        "about_flags": ["flag-0123abcd"],
    }
    assert practice.do("ProposeAction", "A81001", CASEWORKER, **action).status == 0
    assert practice.do("AgreeAction", "A81001", LEAD, action_id="action-0123abcd").status == 0
    # The home was filled when the first test asked for it, which may have been yesterday. Both days are given, so that
    # midnight may pass before the command is decided, too.
    today = datetime.now(LONDON).date().isoformat()
    decision = {
        "tier": "room_for_improvement",
        "rationale": "The alarm stands, and the practice has a plan.",
        "inputs": ["A81001/3", "A81001/5"],
        "direction": "worsening",
        "de_escalation": "Two quarters within the limits.",
        "on_validation": "The numbers are right.",
        "on_conversation": "The partners see it as we do.",
        "asked_for": "The plan by its days.",
        "no_view_because": "It was asked, and has not answered.",
        "occurred_on": today,
        "effective_on": today,
    }
    unopened = practice.do("DecideTier", "A81001", MANAGER, **decision)
    assert unopened.err.startswith(
        "what-is-cited-was-opened-by-the-signer: You have not opened A81001/3 and A81001/5"
    )
    for entry in (3, 5):
        practice.fine("history", "A81001", "--entry", entry, "--json", "--as", MANAGER)
    ran = practice.do("DecideTier", "A81001", MANAGER, **decision)
    assert ran.status == 0, ran
    return practice


def test_it_shows_the_tier_and_why_and_what_is_open(story):
    found = show(story)
    assert list(found) == STANDING
    assert found["tier"] == "room_for_improvement"
    assert found["reviewed"] is True
    assert found["decided_by"].startswith("person-")
    assert found["why"] == "The alarm stands, and the practice has a plan."
    assert found["last_contact"] == "2016-02-03"
    assert [(flag["indicator"], flag["level"], flag["raised_on"]) for flag in found["flags"]] == [
        ("PS01", "alarm", "2016-01-05")
    ]
    assert [(one["issue"], one["due_on"], one["agreed_by"]) for one in found["actions"]] == [
        ("Too many antibacterials.", "2199-01-01", ["local_commissioner"])
    ]
    assert found["version"] == 9


def test_a_person_reads_the_same_in_words(story):
    out = story.fine("show", "A81001").out
    for words in (
        "ONE SURGERY",
        "room for improvement",
        "decided by    The manager",
        "The alarm stands",
        "PS01",
        "Too many antibacterials: proposed",
    ):
        assert words in out


def test_a_person_reads_who_by_name_and_how_a_flag_is_explained(story):
    assert "The caseworker, caseworker, Q74" in story.fine("history", "A81001").out
    assert "person-" not in story.fine("history", "A81001").out
    said = {
        "category": "coding",
        "words": "A coding change.",
        "given_by": "practice",
        "flag_id": "flag-0123abcd",
    }
    told = story.do("ExplainFlag", "A81001", CASEWORKER, explanation_id="explanation-00000001", **said)
    assert told.status == 0, told.err
    assert "alarm, explanation waits for an answer\n" in story.fine("show", "A81001").out
    answer = {"explanation_id": "explanation-00000001", "reason": "No such change was made."}
    declined = story.do("DeclineExplanation", "A81001", MANAGER, **answer)
    assert declined.status == 0, declined.err
    assert "alarm, explanation not accepted\n" in story.fine("show", "A81001").out


def test_it_shows_what_stood_in_the_record_at_an_instant(story):
    history = story.fine("history", "A81001", "--json").json
    after_flag = history[2]["recorded_at"]
    found = show(story, "--as-recorded-by", after_flag)
    assert found["version"] == 3
    assert found["tier"] == "assurance_based"
    assert found["last_contact"] is None
    assert found["actions"] == []
    assert len(found["flags"]) == 1


@pytest.mark.parametrize("command", ["show", "brief", "caseload"])
@pytest.mark.parametrize(
    ("clock", "value", "said"),
    [
        ("--as-recorded-by", "2199-01-01T00:00:00+01:00", "must not be still to come"),
        ("--as-recorded-by", "0001-01-01T00:00:00Z", "must not be before 1 January 1900"),
        ("--as-recorded-by", "9999-12-31T23:59:59-05:00", "must be a date such as"),
        ("--as-recorded-by", 999999, "must be a position of the record, from 1 to"),
        ("--as-happened-on", "2199-01-01", "must not be still to come"),
        ("--as-happened-on", "0001-01-01", "must not be before 1 January 1900"),
    ],
)
def test_a_moment_without_a_past_is_bad_use(story, command, clock, value, said):
    ran = story(command, *([] if command == "caseload" else ["A81001"]), clock, value)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_an_action_past_its_day_is_marked_overdue_and_another_is_not(story):
    late = {
        "action_id": "action-0123abce", "kind": "improvement", "issue": "No rota.", "owner": "practice",
        "occurred_on": "2016-02-04", "due_on": "2016-03-01", "success_measure": "A rota hangs there",
    }  # fmt: skip
    proposed = story.do("ProposeAction", "A81001", CASEWORKER, **late)
    assert proposed.status == 0, proposed.err
    out = story.fine("show", "A81001").out
    assert re.search(r"action        No rota: proposed, due 2016-03-01, overdue [\d,]+ days, practice\n", out)
    assert "action        Too many antibacterials: proposed, due 2199-01-01, practice\n" in out
    then = story.fine("show", "A81001", "--as-happened-on", "2016-03-02").out
    assert "due 2016-03-01, overdue 1 day, practice\n" in then


def test_an_entry_that_is_not_there_is_refused_and_not_printed_as_nothing(story):
    for words, said in (
        (("--entry", 999), "There is no entry 999 of A81001"),
        (("--entry", 3, "--entry", 999, "--json"), "There is no entry 999 of A81001"),
        (("--entry", 5, "--as-happened-on", "2016-01-05"), "There is no entry 5 of A81001 by then"),
    ):
        ran = story("history", "A81001", *words)
        assert (ran.status, ran.out) == (1, "")
        assert said in ran.err
    assert story.fine("history", "A81001", "--entry", 3, "--json").json[0]["version"] == 3


def test_a_day_without_a_time_is_its_end_in_england(practice):
    for day, last in (("2013-04-01", "2013-04-01T22:59:59Z"), ("2013-01-01", "2013-01-01T23:59:59Z")):
        ran = practice("show", "A81001", "--as-recorded-by", day)
        assert (ran.status, ran.err) == (1, f"Nothing was recorded of A81001 by {last}\n")


@pytest.mark.parametrize(
    "instant", ["2026-02-31", "2026-01-01T10:00:00", "yesterday", "2026-02-31T10:00:00Z"]
)
def test_an_instant_without_a_zone_or_that_does_not_exist_is_bad_use(practice, instant):
    ran = practice("show", "A81001", "--as-recorded-by", instant)
    assert ran.status == 2
    assert ran.err.count("\n") == 1


def test_before_its_first_fact_there_is_nothing_to_show(practice):
    ran = practice("show", "A81001", "--as-recorded-by", "2001-01-01T00:00:00Z")
    assert (ran.status, ran.out) == (1, "")
    assert "Nothing was recorded of A81001" in ran.err


def test_an_unknown_code_is_refused(practice):
    for command in ("show", "history"):
        ran = practice(command, "A89999")
        assert (ran.status, ran.out, ran.err) == (1, "", "No practice is registered under A89999\n")


def test_the_same_facts_give_the_same_bytes(story):
    assert story.fine("show", "A81001", "--json").out == story.process("show", "A81001", "--json").out


def test_history_gives_every_fact_whole_with_its_envelope(story):
    told = story.fine("history", "A81001", "--json").json
    assert [list(entry) for entry in told] == [ENTRY] * 9
    assert [entry["version"] for entry in told] == list(range(1, 10))
    assert [entry["name"] for entry in told][2:6] == [
        "practice.flag-raised", "practice.tier-recommended", "practice.conversation-recorded", "practice.action-proposed",
    ]  # fmt: skip
    assert told[4]["data"]["said"] == "The partners explained the figures."
    assert told[4]["occurred_on"] == "2016-02-03"
    assert told[4]["recorded_at"].endswith("Z")
    assert {entry["name"] for entry in told if entry["fact_version"] == 2} == {"practice.tier-decided"}


def test_history_in_words_is_one_line_a_fact(story):
    lines = story.fine("history", "A81001").out.splitlines()
    assert len(lines) == 9
    assert lines[2].startswith("A81001/3  2016-01-05  practice.flag-raised  The caseworker, ")


def test_people_read_what_is_theirs_to_read(practice, register):
    from tests.cli.conftest import listed

    practice.fine(
        "import",
        "register",
        register(listed("A81001", "ONE SURGERY"), listed("A85001", team="Q75", ccg="00K")),
    )
    for role in ("caseworker", "manager", "lead", "auditor"):
        assert practice("show", "A81001", "--as", f"{role}@example.org").status == 0
        assert practice("history", "A81001", "--as", f"{role}@example.org").status == 0
    for role in ("caseworker", "manager", "lead"):
        for command in ("show", "history"):
            ran = practice(command, "A85001", "--as", f"{role}@example.org")
            assert (ran.status, ran.out) == (1, "")
            assert ran.err.startswith("a-practice-is-read-by-those-responsible-for-it: ")
    hidden, unknown = (practice("show", code, "--as", CASEWORKER).err for code in ("A85001", "A85002"))
    assert hidden.replace("A85001", "A85002") == unknown
    assert practice("show", "A85001", "--as", "auditor@example.org").status == 0
    assert practice("show", "A81001", "--as", "administrator@example.org").status == 1


def test_what_the_operator_reads_is_noted(practice):
    from sqlalchemy import select

    from application.settings import settings_from
    from application.stores import open_stores
    from application.tables import access_log

    practice.fine("show", "A81001")
    practice.fine("history", "A81001")
    stores = open_stores(settings_from(practice.environ))
    with stores.record_engine.connect() as connection:
        rows = connection.execute(select(access_log)).all()
    stores.close()
    assert [(row.person, row.what, row.name, row.subject) for row in rows] == [
        ("operator", "read", "ReadPractice", "practice-A81001"),
        ("operator", "read", "ReadRecord", "practice-A81001"),
    ]

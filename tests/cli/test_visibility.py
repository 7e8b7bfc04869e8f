"""What the command line tells each organisation of what the other keeps to itself."""

import json
import sqlite3

SECRET = "Zanzibar"
OURS = {"side": "contract_holder", "role": "caseworker"}
TALK = {
    "occurred_on": "2016-02-03",
    "channel": "phone",
    "attendees": [OURS, {"side": "practice", "role": "practice_manager"}],
    "said": f"{SECRET} was named.",
}


def do(practice, command, who, **said):
    practice.fine(
        "do", command, "A81001", "--as", f"{who}@example.org", "--json", "-", stdin=json.dumps(said)
    )


def read(practice, who):
    """What `show` and `history` say to somebody, in words and as JSON."""
    asked = ("A81001", "--as", f"{who}@example.org")
    return [
        practice.fine(*command, *asked, *how).out
        for command in (["show"], ["history"])
        for how in ((), ["--json"])
    ]


def test_an_internal_entry_is_not_there_for_the_other_organisation(practice):
    before = read(practice, "lead")
    do(practice, "RecordConversation", "caseworker", **TALK, visibility="internal")
    do(practice, "RecordIntelligence", "caseworker", source="external", summary=SECRET, visibility="internal")
    assert read(practice, "lead") == before
    for who in ("caseworker", "manager", "auditor"):
        told = read(practice, who)
        assert "2016-02-03" in told[0]
        assert SECRET in told[3]


def test_a_restricted_entry_is_told_by_its_number_its_day_and_whose_it_is(practice):
    do(practice, "RecordConversation", "caseworker", **TALK, visibility="restricted")
    show, _, history, whole = read(practice, "lead")
    assert "last contact  none recorded" in show
    assert history.splitlines()[-1] == "A81001/3  2016-02-03  withheld  Q74"
    assert json.loads(whole)[-1] == {
        "version": 3, "name": "withheld", "entry": 3, "organisation": "Q74", "occurred_on": "2016-02-03",
    }  # fmt: skip
    assert SECRET in read(practice, "caseworker")[3]


def test_what_is_not_there_for_somebody_they_are_refused_as_if_it_were_not_there(practice):
    do(practice, "RecordConversation", "caseworker", **TALK, visibility="internal")
    said = [
        practice(
            "do", "RequestAccess", "A81001", "--as", "lead@example.org", "--json", "-",
            stdin=json.dumps({"version": version, "reason": "Why."}),
        )
        for version in (3, 33)
    ]  # fmt: skip
    assert (said[0].status, said[0].err) == (said[1].status, said[1].err) == (1, said[0].err)


def test_reading_by_leave_is_noted(practice):
    do(practice, "RecordConversation", "caseworker", **TALK, visibility="restricted")
    do(practice, "TakeEmergencyAccess", "lead", version=3, reason="A patient may be harmed.")
    assert SECRET in practice.fine("history", "A81001", "--as", "lead@example.org", "--json").out
    with sqlite3.connect(practice.home / "record.db") as record:
        rows = record.execute(
            "SELECT what, subject FROM access_log WHERE name = 'RestrictedEntry'"
        ).fetchall()
    assert rows == [("read", "practice-A81001/3")]


def test_what_the_other_organisation_could_see_is_shown_of_each_moment(practice):
    """Restricted on the day after: seen until then, as far as whoever asks may see it today."""
    do(practice, "RecordConversation", "caseworker", **TALK)
    position = practice.fine("history", "A81001", "--json").json[-1]["position"]
    do(practice, "ChangeVisibility", "caseworker", version=3, visibility="restricted", reason="A complaint.")
    holder, other = ("--as-seen-by", "Q74"), ("--as-seen-by", "00M")
    then = ("--as-recorded-by", position)

    def said(*words):
        return SECRET in practice.fine("history", "A81001", "--json", *map(str, words)).out

    assert [said(*then), said(*then, *holder), said(*then, *other)] == [True, True, True]
    assert [said(), said(*holder), said(*other)] == [True, True, False]
    assert not said(*then, "--as", "lead@example.org")
    assert not said(*then, *holder, "--as", "lead@example.org")
    refused = practice("history", "A81001", "--as-seen-by", "Q88")
    assert (refused.status, "did not answer then for" in refused.err) == (2, True)
    found = practice("search", SECRET, *map(str, then), "--json")
    assert found.json["total"] == 1
    assert practice("search", SECRET, "--as-recorded-by", str(position - 1), "--json").json["total"] == 0
    assert practice("due", "A81001", *map(str, then), "--json").status == 0

"""Recording from the command line, as a person, under the rules of the page."""

import json
from datetime import datetime, timedelta

import pytest

from domain.rules import LONDON

FLAG = {"indicator": "PS01", "kind": "outlying", "level": "alert"}
TALK = {
    "occurred_on": "2016-03-01",
    "channel": "phone",
    "attendees": [
        {"side": "contract_holder", "role": "caseworker"},
        {"side": "practice", "role": "practice_manager"},
    ],
    "said": "They will send the figures.",
}
CASEWORKER, MANAGER, LEAD = "caseworker@example.org", "manager@example.org", "lead@example.org"


def version(practice, code="A81001"):
    return practice.fine("show", code, "--json").json["version"]


def test_what_was_recorded_is_printed_as_it_is_cited(practice):
    ran = practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG)
    assert (ran.status, ran.out, ran.err) == (0, "A81001/3 practice.flag-raised\n", "")


def test_the_command_and_the_code_may_be_written_otherwise(practice):
    assert practice.do("raise-flag", "a81001", CASEWORKER, **FLAG).out == "A81001/3 practice.flag-raised\n"


def test_it_is_recorded_as_the_person(practice):
    practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG)
    fact = practice.fine("history", "A81001", "--json").json[-1]
    assert fact["person"].startswith("person-")
    assert (fact["role"], fact["organisation"]) == ("caseworker", "Q74")


def test_json_is_read_from_a_file_too(practice, tmp_path):
    (tmp_path / "flag.json").write_text(json.dumps(FLAG))
    ran = practice.fine("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", tmp_path / "flag.json")
    assert ran.out == "A81001/3 practice.flag-raised\n"


def test_an_email_address_may_be_written_in_capitals(practice):
    assert practice.do("RaiseFlag", "A81001", CASEWORKER.upper(), **FLAG).status == 0


def test_without_a_person_it_is_bad_use(practice):
    ran = practice("do", "RaiseFlag", "A81001", "--json", "-", stdin=json.dumps(FLAG))
    assert ran.status == 2
    assert "--as EMAIL" in ran.err
    assert version(practice) == 2


DECISION = {
    "tier": "assurance_based",
    "rationale": "Nothing has come that would move it.",
    "inputs": ["A81001/3"],
    "direction": "steady",
    "effective_on": "2026-01-01",
}


def test_the_same_decision_a_moment_later_with_nothing_between_is_not_recorded_again(practice):
    assert practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG).status == 0
    practice.fine("history", "A81001", "--entry", 3, "--json", "--as", MANAGER)
    today = datetime.now(LONDON).date().isoformat()
    said = {**DECISION, "effective_on": today, "occurred_on": today}
    first = practice.do("DecideTier", "A81001", MANAGER, **said)
    assert first.status == 0, first
    again = practice.do("DecideTier", "A81001", MANAGER, **said)
    assert (again.status, again.out) == (0, first.out)
    assert "You recorded the same text less than a minute ago" in again.err
    assert '"again": true' in again.err
    other = practice.do(
        "DecideTier", "A81001", MANAGER, **{**said, "rationale": "The flag is no reason yet."}
    )
    assert other.out not in {"", first.out}
    meant = practice.do("DecideTier", "A81001", MANAGER, **said, again=True)
    assert meant.out not in {"", first.out, other.out}
    wrong = practice.do("DecideTier", "A81001", MANAGER, **said, again="yes")
    assert "again must be true or false" in wrong.err


def test_a_decision_that_differs_in_anything_is_decided_as_any_other_and_refused_where_a_rule_refuses_it(
    practice,
):
    assert practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG).status == 0
    practice.fine("history", "A81001", "--entry", 3, "--json", "--as", MANAGER)
    now = datetime.now(LONDON).date()
    today, yesterday = now.isoformat(), (now - timedelta(days=1)).isoformat()
    reviewed = {
        **DECISION,
        "effective_on": today,
        "occurred_on": today,
        "review_on": (now + timedelta(days=60)).isoformat(),
    }
    unreviewed = {name: value for name, value in reviewed.items() if name != "review_on"}
    first = practice.do("DecideTier", "A81001", MANAGER, **reviewed)
    assert first.status == 0, first
    refused = practice.do("DecideTier", "A81001", MANAGER, **reviewed, asking_id="asking-00000000")
    assert refused.status == 1
    assert "Choose a review of a decision of this practice" in refused.err
    without = practice.do("DecideTier", "A81001", MANAGER, **unreviewed)
    assert without.out not in {"", first.out}
    once_more = practice.do("DecideTier", "A81001", MANAGER, **unreviewed)
    assert (once_more.status, once_more.out) == (0, without.out)
    backdated = practice.do("DecideTier", "A81001", MANAGER, **{**unreviewed, "occurred_on": yesterday})
    assert (backdated.status, backdated.out) != (0, without.out)


def test_somebody_without_an_account_is_refused(practice):
    ran = practice.do("RaiseFlag", "A81001", "nobody@example.org", **FLAG)
    assert (ran.status, ran.err) == (1, "Nobody signs in as nobody@example.org\n")


def test_a_command_id_makes_the_same_command_once(practice):
    first = practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG, command_id="command-0123abcd")
    again = practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG, command_id="command-0123abcd")
    assert first.out == again.out == "A81001/3 practice.flag-raised\n"
    assert again.status == 0
    assert "recorded before" in again.err
    assert version(practice) == 3
    other = practice.do(
        "RaiseFlag", "A81001", CASEWORKER, **{**FLAG, "level": "alarm"}, command_id="command-0123abcd"
    )
    assert other.status == 1
    assert other.err.startswith("a-form-is-sent-once: ")


def test_an_expected_version_that_others_outdated_is_refused(practice):
    drawn = version(practice)
    flag = {**FLAG, "flag_id": "flag-0123abcd", "expected_version": drawn}
    assert practice.do("RaiseFlag", "A81001", CASEWORKER, **flag).status == 0
    answer = {"flag_id": "flag-0123abcd", "because": "resolved", "reason": "Looked into"}
    late = practice.do("ClearFlag", "A81001", MANAGER, **answer, expected_version=drawn)
    assert late.status == 1
    assert "A81001/3 practice.flag-raised" in late.err
    assert practice.do("ClearFlag", "A81001", MANAGER, **answer, expected_version=drawn + 1).status == 0
    assert practice.do("RecordConversation", "A81001", MANAGER, **TALK, expected_version=drawn).status == 0


def test_the_same_again_records_nothing_and_says_so(practice):
    told = {
        "name": "ONE SURGERY",
        "address": "1 HIGH STREET, TOWN",
        "postcode": "TS1 1AA",
        "telephone": "01642 374788",
    }
    ran = practice.do("ChangeDetails", "A81001", CASEWORKER, **told)
    assert (ran.status, ran.out) == (0, "")
    assert "nothing was recorded" in ran.err


def test_a_practice_is_registered_under_the_code_on_the_line(practice):
    told = {"name": "INVENTED SURGERY", "contract_holder": "Q74"}
    ran = practice.do("RegisterPractice", "X90001", MANAGER, **told)
    assert ran.out == "X90001/1 practice.registered\nX90001/2 practice.responsibility-assigned\n"
    other = practice.do("RegisterPractice", "X90002", MANAGER, **told, code="X90003")
    assert other.status == 2
    assert "code must be X90002" in other.err


@pytest.mark.parametrize(
    ("command", "by", "told", "rule"),
    [
        ("RaiseFlag", LEAD, FLAG, "the-role-may-do-this"),
        ("RaiseFlag", "auditor@example.org", FLAG, "the-role-may-do-this"),
        ("RaiseFlag", "administrator@example.org", FLAG, "the-role-may-do-this"),
        ("RaiseFlag", CASEWORKER, {**FLAG, "indicator": "ZZ99"}, "a-flag-is-on-a-key-indicator"),
        ("RaiseFlag", CASEWORKER, {**FLAG, "note": "Patient 943 476 5919"}, "no-patient-is-identified"),
        ("RaiseFlag", CASEWORKER, {**FLAG, "note": "x" * 2_001}, "words-keep-to-their-limit"),
        ("RaiseFlag", CASEWORKER, {**FLAG, "note": "bell\a"}, "words-can-be-shown-as-typed"),
        ("RaiseFlag", CASEWORKER, {**FLAG, "flag_id": "flag 1"}, "ids-are-minted-by-casebook"),
        ("RecordConversation", CASEWORKER, {**TALK, "occurred_on": "2199-01-01"}, "what-happened-is-not-in-the-future"),
        ("RecordConversation", CASEWORKER, {**TALK, "said": "  "}, "what-is-asked-for-is-given"),
        ("DecideTier", CASEWORKER, {"tier": "room_for_improvement", "rationale": "x", "inputs": [], "effective_on": "2026-01-01"},
         "the-role-may-do-this"),
    ],
)  # fmt: skip
def test_what_is_refused_names_its_rule_and_records_nothing(practice, command, by, told, rule):
    ran = practice.do(command, "A81001", by, **told)
    assert (ran.status, ran.out) == (1, ""), ran
    assert ran.err.startswith(f"{rule}: ")
    assert ran.err.count("\n") == 1
    assert version(practice) == 2


def test_an_unknown_practice_is_refused(practice):
    ran = practice.do("RaiseFlag", "A89999", CASEWORKER, **FLAG)
    assert (ran.status, ran.out) == (1, "")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({**FLAG, "colour": "red"}, "colour is not a field of RaiseFlag"),
        ({**FLAG, "note": 7}, "note expected str"),
        ({**FLAG, "level": "loud"}, "level invalid enum value 'loud': it is one of alert, alarm"),
        ({"kind": "outlying", "colour": "red"}, "colour is not a field of RaiseFlag"),
        ({**FLAG, "occurred_on": "2026-02-31"}, "occurred_on must be a date that exists, as YYYY-MM-DD"),
        ({**FLAG, "occurred_on": "31/01/2026"}, "occurred_on must be a date that exists, as YYYY-MM-DD"),
        ({"kind": "outlying", "level": "alert"}, "a field is missing: indicator"),
        ({**FLAG, "expected_version": "3"}, "expected_version must be a number"),
        ({**FLAG, "expected_version": True}, "expected_version must be a number"),
        ({**FLAG, "command_id": 3}, "command_id must be text"),
        ([], "it must be one JSON object"),
    ],
)
def test_what_cannot_be_read_is_bad_use_and_names_the_field(practice, told, said):
    ran = practice("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", "-", stdin=json.dumps(told))
    assert (ran.status, ran.out) == (2, ""), ran
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert version(practice) == 2


def test_a_field_inside_a_field_is_read_as_strictly(practice):
    told = {**TALK, "attendees": [{"side": "practice", "role": "practice_manager", "mood": "glad"}]}
    ran = practice.do("RecordConversation", "A81001", CASEWORKER, **told)
    assert ran.status == 2
    assert "attendees[0].mood is not a field of RecordConversation" in ran.err
    for attendee, wrong in (
        (
            {"side": "nobody", "role": "manager"},
            "attendees[0].side invalid enum value 'nobody': it is one of contract_holder, ",
        ),
        ({"side": "practice", "role": "Practice manager"}, "attendees[0].role"),
    ):
        ran = practice.do("RecordConversation", "A81001", CASEWORKER, **{**TALK, "attendees": [attendee]})
        assert ran.status == 2
        assert wrong in ran.err


def test_a_role_is_one_of_its_side_and_another_role_is_described(practice):
    ours = {"side": "contract_holder", "role": "caseworker"}

    def told(**attendee):
        return practice.do(
            "RecordConversation", "A81001", CASEWORKER, **{**TALK, "attendees": [ours, attendee]}
        )

    refused = told(side="practice", role="medical_director").err
    assert refused.startswith("a-role-is-of-its-side: ")
    assert "medical_director is not a role of the side practice" in refused
    assert told(side="practice", role="other").err.startswith("another-role-is-described: ")
    assert told(side="practice", role="other", described="Locum manager").status == 0
    fact = practice.fine("history", "A81001", "--json").json[-1]["data"]
    assert [(one["role"], one["described"]) for one in fact["participants"]] == [
        ("caseworker", None), ("other", "Locum manager"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", '{"indicator": "PS01",}', "PS01"])
def test_what_is_not_json_is_bad_use(practice, text):
    ran = practice("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", "-", stdin=text)
    assert ran.status == 2
    assert "it is not JSON" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"note":' * 100_000 + "1" + "}" * 100_000])
def test_json_nested_deeply_is_bad_use(practice, text):
    ran = practice("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", "-", stdin=text)
    assert ran.status == 2
    assert "nested too deeply" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"indicator": "PS01", "kind": "outlying", "level": "alert", "level": "alarm"}',
        '{"indicator": "PS01", "kind": "outlying", "level": "alert", "note": {"level": 1, "level": 2}}',
    ],
)
def test_a_key_that_is_there_twice_is_bad_use(practice, text):
    ran = practice("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", "-", stdin=text)
    assert ran.status == 2
    assert "level is there twice" in ran.err
    assert ran.err.count("\n") == 1
    assert version(practice) == 2


@pytest.mark.parametrize(
    ("command", "told"),
    [("RaiseFlag", FLAG), ("RecordConversation", TALK), ("RaiseFlag", {**FLAG, "indicator": "ZZ99"})],
)
def test_a_practice_out_of_scope_is_answered_as_an_unknown_code(practice, command, told):
    words = ["--name", "Other", "--role", "caseworker", "--organisation", "Q75"]
    practice.fine("person", "add", "other@example.org", *words)
    said = {code: practice.do(command, code, "other@example.org", **told) for code in ("A81001", "A89999")}
    assert said["A81001"].err.startswith("a-practice-is-read-by-those-responsible-for-it: ")
    assert said["A81001"].err.replace("A81001", "A89999") == said["A89999"].err
    assert said["A81001"].status == said["A89999"].status == 1
    assert version(practice) == 2


@pytest.mark.parametrize("damage", ["removed", "no database"])
def test_what_was_recorded_is_recorded_though_the_views_cannot_take_it_in(practice, damage):
    for file in practice.home.glob("views.db*"):
        file.unlink()
    if damage != "removed":
        (practice.home / "views.db").write_bytes(b"no database " * 1000)
    ran = practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG)
    assert (ran.status, ran.out) == (0, "A81001/3 practice.flag-raised\n")
    assert ran.err == "Recorded; the views could not take it in: run `casebook rebuild`\n"
    practice.fine("rebuild")
    assert version(practice) == 3


def test_json_in_another_encoding_is_bad_use(practice, tmp_path):
    (tmp_path / "flag.json").write_bytes('{"note": "é"}'.encode("latin-1"))
    ran = practice("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", tmp_path / "flag.json")
    assert ran.status == 2
    assert "not UTF-8" in ran.err


def test_an_unknown_command_is_bad_use(practice):
    ran = practice.do("RaiseFlags", "A81001", CASEWORKER, **FLAG)
    assert ran.status == 2
    assert "there is no command RaiseFlags" in ran.err


@pytest.mark.parametrize(
    "words", ["\u202eright to left", "\U0001f600 four bytes", "two\nlines", "café \u2013 “quoted”"]
)
def test_any_script_is_recorded_and_shown_exactly(practice, words):
    practice.do("RecordConversation", "A81001", CASEWORKER, **{**TALK, "said": words})
    assert practice.fine("history", "A81001", "--json").json[-1]["data"]["said"] == words


def test_a_lone_surrogate_is_refused(practice):
    told = '{"indicator":"PS01","kind":"outlying","level":"alert","note":"\\ud800"}'
    ran = practice("do", "RaiseFlag", "A81001", "--as", CASEWORKER, "--json", "-", stdin=told)
    assert ran.status in {1, 2}
    assert version(practice) == 2


def test_a_refusal_of_a_person_is_in_the_access_log_without_words(practice):
    practice.do("RaiseFlag", "A81001", LEAD, **{**FLAG, "note": "A secret sentence"})
    from sqlalchemy import select

    from application.settings import settings_from
    from application.stores import open_stores
    from application.tables import access_log

    stores = open_stores(settings_from(practice.environ))
    with stores.record_engine.connect() as connection:
        rows = connection.execute(select(access_log).where(access_log.c.what == "refused")).all()
    stores.close()
    assert [(row.name, row.subject, row.rule) for row in rows] == [
        ("RaiseFlag", "practice-A81001", "the-role-may-do-this")
    ]
    assert b"A secret sentence" not in practice.home.joinpath("record.db").read_bytes()


def test_an_administrator_gives_and_ends_roles(practice):
    told = {"role": "manager", "organisation": "Q74"}
    ran = practice.do("GrantRole", CASEWORKER, "administrator@example.org", **told)
    assert ran.status == 0, ran
    assert ran.out.endswith(" access.role-granted\n")
    assert practice.do("EndRole", LEAD, "administrator@example.org", reason="Left").status == 0
    assert practice("show", "A81001", "--as", LEAD).status == 1
    assert practice.do("GrantRole", LEAD, CASEWORKER, **told).err.startswith("the-role-may-do-this: ")
    own = practice.do("GrantRole", "administrator@example.org", "administrator@example.org", **told)
    assert own.err.startswith("nobody-changes-their-own-role: ")
    assert practice.do("GrantRole", "nobody@example.org", "administrator@example.org", **told).status == 1


def test_an_interest_is_declared_and_whoever_takes_no_part_is_told_what_an_outsider_is(practice):
    ran = practice.do(
        "DeclareInterest", CASEWORKER, CASEWORKER, nature="employee", practice="A81001", takes_no_part=True
    )
    assert [line.split()[1] for line in ran.out.splitlines()] == [
        "access.interest-declared",
        "access.person-recused",
    ]
    for words in (("show", "A81001"), ("history", "A81001"), ("do", "RaiseFlag", "A81001", "--json", "-")):
        ran = practice(*words, "--as", CASEWORKER, stdin=json.dumps(FLAG))
        assert ran.status == 1
        assert "A81001 is not a practice that you may read" in ran.err
    ended = practice.do("EndRecusal", CASEWORKER, CASEWORKER, practice="A81001", reason="Sold.")
    assert "the-role-may-do-this" in ended.err
    ended = practice.do(
        "EndRecusal", CASEWORKER, MANAGER, practice="A81001", reason="They left that practice."
    )
    assert ended.out.endswith(" access.recusal-ended\n")
    assert practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG).status == 0


def test_the_operator_says_which_organisation_came_after_which(practice):
    said = json.dumps({"predecessor": "Q74", "from_on": "2016-01-01", "reason": "The teams merged."})
    ran = practice.fine("do", "SucceedOrganisation", "q70", "--json", "-", stdin=said)
    assert ran.out == "organisation-Q70/1 access.organisation-succeeded\n"
    assert (
        "Nothing would change"
        in practice.fine("do", "SucceedOrganisation", "Q70", "--json", "-", stdin=said).err
    )
    refused = practice.do("RaiseFlag", "A81001", CASEWORKER, **FLAG)
    assert (refused.status, "the-role-may-do-this" in refused.err) == (1, True)
    circle = json.dumps({"predecessor": "Q70", "from_on": "2016-01-01"})
    ran = practice("do", "SucceedOrganisation", "Q74", "--json", "-", stdin=circle)
    assert (ran.status, "succession-goes-one-way" in ran.err) == (1, True)
    ran = practice.do("SucceedOrganisation", "Q71", MANAGER, predecessor="Q73", from_on="2016-01-01")
    assert "the-role-may-do-this" in ran.err


def test_a_performers_case_is_referred_to_and_nothing_of_the_practice_moves(practice):
    before = practice.fine("history", "A81001").out
    adviser = "adviser@example.org"
    practice.fine(
        "person", "add", adviser, "--name", "An Adviser", "--role", "adviser", "--organisation", "Q74"
    )
    words = {"reference": "PAG/7"}
    recorded = practice.do("RecordPerformerReference", "A81001", adviser, **words)
    assert (recorded.status, recorded.out) == (0, "performer-A81001/1 performer.reference-recorded\n")
    for who in (LEAD, MANAGER, CASEWORKER):
        refused = practice.do("RecordPerformerReference", "A81001", who, **words)
        assert (refused.status, refused.err.count("Your role does not allow this")) == (1, 1)
    assert "A89999" in practice.do("RecordPerformerReference", "A89999", adviser, **words).err
    assert practice.fine("history", "A81001").out == before

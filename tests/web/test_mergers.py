"""A merger is recorded on both practices or on neither, and each leads to the other."""

from datetime import date

import pytest
from sqlalchemy import select

from application.outcomes import Stale
from application.overtaken import Overtaken
from application.tables import access_log
from domain.practice import events as e
from domain.practice.kinds import ContractorKind
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.web.conftest import tell

MERGER, OTHER = "merger-0000aaaa", "X90044"


@pytest.fixture
def two(record):
    record("manager", a.register_practice(code=OTHER, name="Brookside Surgery"))


def told(casebook, code):
    return [
        entry.fact
        for entry in casebook.history(f"practice-{code}")
        if isinstance(entry.fact, e.MergerApproved | e.PracticesMerged | e.PracticeClosed)
    ]


def approve(**fields):
    return a.approve_merger(merger_id=MERGER, other=OTHER, effective_on=a.TODAY, **fields)


def merge(**fields):
    return a.merge_practices(merger_id=MERGER, other=OTHER, **fields)


def test_both_records_tell_of_the_merger_and_of_each_other(two, record, casebook):
    record("manager", approve())
    record("manager", merge())
    here, there = told(casebook, a.CODE), told(casebook, OTHER)
    assert [(type(fact), fact.other, fact.survives) for fact in here] == [
        (e.MergerApproved, OTHER, True),
        (e.PracticesMerged, OTHER, True),
    ]
    assert [(type(fact), fact.other, fact.survives) for fact in there[:2]] == [
        (e.MergerApproved, a.CODE, False),
        (e.PracticesMerged, a.CODE, False),
    ]
    assert [fact.successor for fact in there[2:]] == [a.CODE]


def test_it_may_be_recorded_from_the_practice_that_ceases(two, record, casebook):
    record("manager", approve(survives=False))
    record("manager", merge(survives=False))
    assert [type(fact) for fact in told(casebook, a.CODE)] == [
        e.MergerApproved,
        e.PracticesMerged,
        e.PracticeClosed,
    ]
    assert [type(fact) for fact in told(casebook, OTHER)] == [e.MergerApproved, e.PracticesMerged]


def test_sent_twice_it_is_recorded_once(two, casebook, asked):
    for _ in range(2):
        outcome = casebook.handle(a.CODE, approve(), asked("manager"), command_id="command-merger-1")
        assert [type(one.fact) for one in outcome.recorded] == [e.MergerApproved]
        assert outcome.stream == f"practice-{a.CODE}"
    assert outcome.repeated
    assert len(told(casebook, a.CODE)) == len(told(casebook, OTHER)) == 1


def refused(record, command):
    with pytest.raises(RuleBroken) as broken:
        record("manager", command)
    return broken.value.rule, broken.value.field


def test_where_one_of_the_two_refuses_neither_records_anything(two, record, casebook):
    record("manager", a.close_practice(), OTHER)
    assert refused(record, approve()) == ("a-merger-is-of-two-open-practices", "other")
    assert told(casebook, a.CODE) == []


def asked_to_correct(casebook, record, **how):
    (version,) = (
        one.version
        for one in casebook.history(f"practice-{a.CODE}")
        if isinstance(one.fact, e.MergerApproved)
    )
    record("caseworker", a.request_correction(request_id="request-merger01", version=version, **how))


def days(casebook):
    return [
        [one.effective_on for one in casebook.practice(code).mergers.values()] for code in (a.CODE, OTHER)
    ]


def test_a_correction_of_it_stands_in_both_records_once_it_is_authorised(two, record, casebook):
    record("manager", approve())
    asked_to_correct(casebook, record, kind="correct", fields={"effective_on": "2026-12-01"})
    assert days(casebook) == [[a.TODAY], [a.TODAY]]
    record("other_manager", a.authorise_correction(request_id="request-merger01"))
    assert days(casebook) == [[date(2026, 12, 1)], [date(2026, 12, 1)]]


def test_it_is_withdrawn_from_both_records_whichever_it_is_answered_in(two, record, casebook):
    record("manager", approve())
    asked_to_correct(casebook, record, kind="withdraw", fields={})
    record("other_manager", a.authorise_correction(request_id="request-merger01"), OTHER)
    assert days(casebook) == [[], []]


def test_a_request_about_it_is_declined_in_both_records(two, record, casebook):
    record("manager", approve())
    asked_to_correct(casebook, record, kind="withdraw", fields={})
    record("other_manager", a.decline_correction(request_id="request-merger01"))
    assert [casebook.practice(code).requests["request-merger01"].status for code in (a.CODE, OTHER)] == [
        "declined"
    ] * 2


def test_where_one_record_refuses_a_correction_neither_takes_it(two, record, casebook):
    record("manager", approve())
    record("manager", merge())
    with pytest.raises(RuleBroken) as broken:
        asked_to_correct(casebook, record, kind="withdraw", fields={})
    assert broken.value.rule == "what-others-rest-on-is-not-withdrawn"
    assert [casebook.practice(code).requests for code in (a.CODE, OTHER)] == [{}, {}]


def test_what_was_asked_of_one_record_is_not_authorised_in_it_alone(two, record, casebook, monkeypatch):
    record("manager", approve())
    with monkeypatch.context() as alone:
        alone.setattr("application.casebook.in_the_other_record", lambda *_: None)
        asked_to_correct(casebook, record, kind="withdraw", fields={})
    with pytest.raises(RuleBroken) as broken:
        record("other_manager", a.authorise_correction(request_id="request-merger01"))
    assert broken.value.rule == "a-merger-is-corrected-in-both-records"
    with casebook.stores.record_engine.connect() as reading:
        logged = reading.execute(select(access_log.c.what, access_log.c.rule)).all()
    assert ("refused", broken.value.rule) in logged
    with pytest.raises(RuleBroken) as not_permitted:
        record("lead", a.authorise_correction(request_id="request-merger01"))
    assert not_permitted.value.rule != broken.value.rule
    record("other_manager", a.decline_correction(request_id="request-merger01"))
    assert days(casebook) == [[a.TODAY], [a.TODAY]]


def test_it_is_with_a_practice_that_is_there_and_that_one_may_read_and_answers_for(record, casebook):
    assert refused(record, approve()) == ("a-merger-is-with-a-practice-that-may-be-read", "other")
    tell(casebook, a.register_practice(code=OTHER, contract_holder="Q01", region="Y99"), OTHER)
    assert refused(record, approve()) == ("a-contract-holder-merges-its-own-practices", "other")
    assert told(casebook, a.CODE) == []


def test_practices_of_one_kind_merge(record):
    pharmacy = a.register_practice(code="FX901", kind=ContractorKind.PHARMACY)
    record("manager", pharmacy)
    assert refused(record, a.approve_merger(other="FX901")) == ("practices-of-one-kind-merge", "other")


def test_the_page_of_each_leads_to_the_other(two, record, people):
    record("manager", approve())
    page = people.manager.open(f"/practices/{a.CODE}")
    assert f"Merger with {OTHER} approved" in page.text
    assert f"merge-practices?merger_id={MERGER}" in page.html
    record("manager", merge())
    assert f"Open the record of {OTHER}" in people.manager.open(f"/practices/{a.CODE}").text
    assert f"Open the record of {a.CODE}" in people.manager.open(f"/practices/{OTHER}").text


def test_who_may_not_read_the_other_practice_is_told_its_code_and_led_nowhere(record, people):
    record("manager", a.register_practice(code=OTHER, local_commissioner="99Z"))
    record("manager", approve())
    record("manager", merge())
    page = people.lead.open(f"/practices/{a.CODE}")
    assert f"Merged with {OTHER}" in page.text
    assert f"Open the record of {OTHER}" not in page.text


def test_the_other_practices_code_is_taken_in_small_letters_and_too_short_a_notice_is_said(
    two, people, casebook
):
    form = people.manager.open(f"/practices/{a.CODE}/approve-merger").form()
    answers = {"model": "one_contract_varied", "engagement": "Letters.", "reason": "One partnership."}
    checked = form.send(other="x90044", survives="yes", effective_on=(1, 12, 2026), **answers)
    assert checked.errors == {}
    page = people.manager.follow(checked.form("Approve the merger").send("Approve the merger"))
    assert [fact.other for fact in told(casebook, a.CODE)] == [OTHER]
    assert "it was approved less than 6 weeks before it takes effect" in page.text


def test_what_was_recorded_meanwhile_of_one_of_the_two_is_set_beside_the_merger(two, record, casebook, asked):
    record("manager", approve())
    version = casebook.practice(a.CODE).version
    record("other_manager", a.change_details(name="Renamed meanwhile"))
    with pytest.raises(Stale):
        casebook.handle(
            a.CODE, merge(), asked("manager"), command_id="command-merger-1", expected_version=version
        )
    assert not [fact for fact in told(casebook, OTHER) if isinstance(fact, e.PracticesMerged)]


def test_a_merger_that_is_refused_for_what_came_meanwhile_alone_says_so(two, record, casebook, asked):
    version = casebook.practice(a.CODE).version
    record("other_manager", a.close_practice())
    with pytest.raises((Stale, Overtaken)) as found:
        casebook.handle(
            a.CODE, approve(), asked("manager"), command_id="command-merger-1", expected_version=version
        )
    assert [type(one.fact) for one in found.value.facts] == [e.PracticeClosed]


def test_a_correction_in_both_records_conflicts_as_in_one(two, record, casebook, asked):
    record("manager", approve())
    asked_to_correct(casebook, record, kind="withdraw", fields={})
    version = casebook.practice(a.CODE).version
    record("other_manager", a.decline_correction(request_id="request-merger01"))
    with pytest.raises(Stale):
        casebook.handle(
            a.CODE,
            a.authorise_correction(request_id="request-merger01"),
            asked("other_manager"),
            command_id="command-merger-1",
            expected_version=version,
        )

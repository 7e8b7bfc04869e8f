"""References to performers' cases: a number each, known to few, in a stream of their own."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from application.upcasts import to_present
from domain.access.permissions import check_role
from domain.performers import events as e
from domain.performers.performers import check_about, check_let_in, decide, may_open, may_read, replay
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import ADMINISTRATOR, AUDITOR, CASEWORKER, LEAD, MANAGER, OPERATOR, given, recorded

ADVISER = replace(CASEWORKER, person="person-adviser1", role="adviser")
ID = "performer-0000aaaa"
REFERRED = e.PerformerReferenceRecorded(
    code=a.CODE,
    reference_id=ID,
    reference=Sealed("PAG/2026/114"),
    occurred_on=date(2026, 11, 3),
)
LET_IN = e.PerformerAccessGranted(
    code=a.CODE,
    person=AUDITOR.person,
    until_on=a.TODAY,
    reason=Sealed("An audit."),
    occurred_on=a.TODAY,
)
ENDED = e.PerformerAccessEnded(
    code=a.CODE, person=AUDITOR.person, reason=Sealed("It is over."), occurred_on=a.TODAY
)
CLOSED = e.PerformerReferenceClosed(
    code=a.CODE, reference_id=ID, reason=Sealed("Ended."), occurred_on=a.TODAY
)


def after(*facts):
    return replay(recorded(*facts))


def practice(**responsible):
    return given(a.responsibility_assigned(**responsible)).practice()


def refusal(*facts, command, asked=ADVISER):
    with pytest.raises(RuleBroken) as broken:
        decide(after(*facts), command, asked)
    return broken.value.rule, broken.value.field


def test_a_reference_is_a_number_sealed_and_nothing_is_said_of_it():
    (fact,) = decide(after(), a.record_performer_reference(reference_id=ID), ADVISER)
    assert (fact.reference_id, fact.occurred_on) == (ID, a.TODAY)
    assert isinstance(fact.reference, Sealed)
    assert fact.about is None
    assert {field.name for field in fields(fact)} == {
        "code",
        "reference_id",
        "reference",
        "about",
        "occurred_on",
    }


@pytest.mark.parametrize(
    "reference",
    [
        "Dr Amir Patel",
        "DR-PATEL",
        "PATEL1234",
        "PAG 2026/114",
        "pag/2026/114",
        "PAG",
        "suspended-for-fraud-1",
        "PAG/2026/1/2/3",
    ],
)
def test_a_reference_has_the_form_of_a_case_number_in_which_nothing_can_be_said(reference):
    command = a.record_performer_reference(reference_id=ID, reference=reference)
    assert refusal(command=command) == ("a-code-has-its-form", "reference")


@pytest.mark.parametrize(
    "reference",
    ["1234567", "GMC/1234567", "GMC-1234567", "GDC/123456", "GDC12345", "12A3456E", "PAG/2026/7654321"],
)
def test_the_number_of_a_registration_is_no_case_number(reference):
    command = a.record_performer_reference(reference_id=ID, reference=reference)
    assert refusal(command=command) == ("no-performer-is-identified", "reference")


def test_why_a_reference_is_closed_holds_no_registration():
    close = a.close_performer_reference(reference_id=ID, reason="Dr Patel, GMC 1234567, was cleared.")
    assert refusal(REFERRED, command=close) == ("no-performer-is-identified", "reason")


def test_a_reference_of_version_1_keeps_the_sentence_it_was_recorded_with():
    old = e.PerformerReferenceRecorded1(
        code=a.CODE,
        reference_id=ID,
        reference=Sealed("PAG 7"),
        about=Sealed("With the team."),
        occurred_on=a.TODAY,
    )
    fact = to_present(old)
    assert (fact.reference.words, fact.about.words) == ("PAG 7", "With the team.")


def test_a_reference_is_recorded_once_and_closed_once():
    again = a.record_performer_reference(reference_id=ID)
    assert refusal(REFERRED, command=again) == ("performer-reference-ids-are-new", None)
    close = a.close_performer_reference(reference_id=ID)
    (fact,) = decide(after(REFERRED), close, ADVISER)
    assert isinstance(fact, e.PerformerReferenceClosed)
    rule = ("only-an-open-performer-reference-is-closed", None)
    assert refusal(REFERRED, CLOSED, command=close) == refusal(command=close) == rule
    early = replace(close, occurred_on=date(2026, 11, 2))
    assert refusal(REFERRED, command=early) == ("an-end-is-not-before-its-start", "occurred_on")
    assert after(REFERRED, CLOSED).open == []


def test_no_day_is_in_the_future():
    late = a.record_performer_reference(occurred_on=date(2026, 11, 22))
    assert refusal(command=late) == ("what-happened-is-not-in-the-future", "occurred_on")


def test_an_auditor_is_let_in_for_a_time():
    grant = a.grant_performer_access(until_on=a.TODAY + timedelta(days=92))
    assert len(decide(after(), grant, MANAGER)) == 1
    too_long = replace(grant, until_on=a.TODAY + timedelta(days=93))
    assert refusal(command=too_long, asked=MANAGER) == ("access-is-granted-for-a-time", "until_on")
    past = replace(grant, until_on=a.TODAY - timedelta(days=1))
    assert refusal(command=past, asked=MANAGER) == ("an-end-is-not-before-its-start", "until_on")


def test_what_goes_on_is_ended():
    (fact,) = decide(after(LET_IN), a.end_performer_access(), MANAGER)
    assert isinstance(fact, e.PerformerAccessEnded)
    rule = ("only-access-that-goes-on-is-ended", "person")
    assert refusal(LET_IN, ENDED, command=a.end_performer_access(), asked=MANAGER) == rule
    assert after(LET_IN, ENDED, LET_IN).let_in(AUDITOR.person, a.TODAY)


@pytest.mark.parametrize(
    ("asked", "facts", "opens", "reads"),
    [
        (ADVISER, (), True, True),
        (MANAGER, (), True, False),
        (CASEWORKER, (), False, False),
        (LEAD, (), False, False),
        (replace(LEAD, person=AUDITOR.person), (LET_IN,), False, False),
        (AUDITOR, (REFERRED,), False, False),
        (AUDITOR, (REFERRED, LET_IN), True, True),
        (AUDITOR, (REFERRED, LET_IN, ENDED), False, False),
        (replace(AUDITOR, person="person-auditor2"), (LET_IN,), False, False),
        (replace(AUDITOR, at=AUDITOR.at + timedelta(days=1)), (LET_IN,), False, False),
        (replace(AUDITOR, recused=frozenset({a.CODE})), (LET_IN,), False, False),
        (replace(ADVISER, recused=frozenset({a.CODE})), (), False, False),
        (replace(ADVISER, organisation="Q98"), (), False, False),
        (replace(MANAGER, organisation="Q98"), (), False, False),
        (ADMINISTRATOR, (LET_IN,), False, False),
        (OPERATOR, (LET_IN,), False, False),
    ],
)
def test_who_may_know_of_them_and_who_may_read_them(asked, facts, opens, reads):
    found = after(*facts)
    assert may_open(asked, practice(), found) is opens
    assert may_read(asked, practice(), found) is reads


def test_only_an_auditor_who_takes_part_is_let_in():
    check_let_in(AUDITOR, practice())
    for named in (
        LEAD,
        CASEWORKER,
        MANAGER,
        ADVISER,
        ADMINISTRATOR,
        replace(AUDITOR, recused=frozenset({a.CODE})),
    ):
        with pytest.raises(RuleBroken, match="Choose an auditor"):
            check_let_in(named, practice())


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (ADVISER, None),
        (LEAD, "the-role-may-do-this"),
        (MANAGER, "the-role-may-do-this"),
        (replace(ADVISER, organisation="Q98"), "a-practice-is-read-by-those-responsible-for-it"),
        (replace(ADVISER, recused=frozenset({a.CODE})), "a-practice-is-read-by-those-responsible-for-it"),
    ],
)
def test_the_role_is_judged_first_and_of_anothers_practice_nothing_is_told(asked, rule):
    found = None
    try:
        check_role(asked, a.record_performer_reference(), after())
        check_about(asked, a.record_performer_reference(), practice())
    except RuleBroken as broken:
        found = broken.rule
    assert found == rule

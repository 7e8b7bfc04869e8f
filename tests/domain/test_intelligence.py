"""Soft intelligence: unverified until another person corroborates or discounts it."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import IntelligenceSource
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by, given

VERIFY = [
    (a.corroborate_intelligence, a.intelligence_corroborated, "corroborated"),
    (a.discount_intelligence, a.intelligence_discounted, "discounted"),
]


@pytest.mark.parametrize("source", list(IntelligenceSource))
def test_intelligence_says_where_it_came_from_and_is_unverified(source) -> None:
    flag = a.flag_raised()
    command = a.record_intelligence(
        source=source,
        received_from="The advice service",
        immediate_safety_risk=True,
        about_flags=(flag.flag_id,),
        occurred_on=date(2026, 11, 2),
    )
    given(flag).when(command).then(
        a.intelligence_recorded(
            intelligence_id=command.intelligence_id,
            source=source,
            received_from=Sealed("The advice service"),
            immediate_safety_risk=True,
            about_flags=(flag.flag_id,),
            occurred_on=date(2026, 11, 2),
        )
    )
    heard = a.intelligence_recorded()
    assert given(heard).practice().intelligence[heard.intelligence_id].status == "unverified"


def test_intelligence_is_recorded_once_and_about_flags_of_this_practice() -> None:
    heard = a.intelligence_recorded()
    given(heard).when(a.record_intelligence(intelligence_id=heard.intelligence_id)).then_refused(
        "intelligence-ids-are-new"
    )
    given().when(a.record_intelligence(about_flags=("flag-elsewhere1",))).then_refused(
        "what-it-is-about-is-of-this-practice", "about_flags"
    )


def test_intelligence_is_not_heard_in_the_future() -> None:
    given().when(a.record_intelligence(occurred_on=date(2026, 11, 22))).then_refused(
        "what-happened-is-not-in-the-future", "occurred_on"
    )


@pytest.mark.parametrize(("command", "fact", "status"), VERIFY)
@pytest.mark.parametrize("asked", [MANAGER, LEAD])
def test_another_person_verifies_it_with_evidence(command, fact, status, asked) -> None:
    heard = a.intelligence_recorded()
    given(heard, a.conversation_recorded()).when(
        command(intelligence_id=heard.intelligence_id, evidence=("X90001/4", "X90001/4")), asked
    ).then(fact(intelligence_id=heard.intelligence_id, evidence=("X90001/4",)))
    practice = given(heard, fact(intelligence_id=heard.intelligence_id)).practice()
    assert practice.intelligence[heard.intelligence_id].status == status


@pytest.mark.parametrize(("command", "fact", "status"), VERIFY)
def test_nobody_verifies_what_they_recorded(command, fact, status) -> None:
    heard = a.intelligence_recorded()
    given(by(CASEWORKER, heard)).when(
        command(intelligence_id=heard.intelligence_id), CASEWORKER
    ).then_refused("another-person-verifies-intelligence")


@pytest.mark.parametrize(("command", "fact", "status"), VERIFY)
@pytest.mark.parametrize("ended", [a.intelligence_corroborated, a.intelligence_discounted])
def test_intelligence_is_verified_once(command, fact, status, ended) -> None:
    heard = a.intelligence_recorded()
    given(heard, ended(intelligence_id=heard.intelligence_id)).when(
        command(intelligence_id=heard.intelligence_id), MANAGER
    ).then_refused("intelligence-is-verified-once")


@pytest.mark.parametrize(("command", "fact", "status"), VERIFY)
def test_intelligence_is_not_its_own_evidence(command, fact, status) -> None:
    heard = a.intelligence_recorded()
    given(heard).when(
        command(intelligence_id=heard.intelligence_id, evidence=("X90001/3",)), MANAGER
    ).then_refused("intelligence-is-not-its-own-evidence", "evidence")


@pytest.mark.parametrize(
    ("cited", "rule"),
    [
        ("X90001/9", "what-is-cited-is-recorded"),
        ("X90002/1", "what-is-cited-is-of-this-practice"),
        ("X90001/0", "what-is-cited-is-of-this-practice"),
        ("X90001/01", "what-is-cited-is-of-this-practice"),
        ("X90001/-1", "what-is-cited-is-of-this-practice"),
        ("X90001/\u0661", "what-is-cited-is-of-this-practice"),
        ("X90001/1\n", "what-is-cited-is-of-this-practice"),
        ("X90001/" + "9" * 5_000, "what-is-cited-is-of-this-practice"),
        ("a letter", "what-is-cited-is-of-this-practice"),
        ("", "what-is-cited-is-of-this-practice"),
        ("X90001/4", "what-is-cited-stands"),
    ],
)
def test_evidence_is_of_this_practice_recorded_and_standing(cited, rule) -> None:
    heard = a.intelligence_recorded()
    given(heard, a.conversation_recorded(), a.fact_withdrawn(corrects=4)).when(
        a.corroborate_intelligence(intelligence_id=heard.intelligence_id, evidence=(cited,)), MANAGER
    ).then_refused(rule, "evidence")


def test_it_is_not_verified_before_it_was_heard() -> None:
    heard = a.intelligence_recorded(occurred_on=date(2026, 11, 2))
    given(heard).when(
        a.corroborate_intelligence(intelligence_id=heard.intelligence_id, occurred_on=date(2026, 11, 1)),
        MANAGER,
    ).then_refused("an-end-is-not-before-its-start", "occurred_on")


def test_intelligence_of_another_practice_is_unknown_here() -> None:
    given().when(a.discount_intelligence(intelligence_id="intelligence-elsewhere"), MANAGER).then_refused(
        "intelligence-is-of-this-practice", "intelligence_id"
    )


def test_a_withdrawn_corroboration_leaves_it_unverified() -> None:
    heard = a.intelligence_recorded()
    story = given(heard, by(MANAGER, a.intelligence_corroborated(intelligence_id=heard.intelligence_id)))
    story.when(a.withdraw_fact(version=4), MANAGER).then_a(e.FactWithdrawn, corrects=4)
    practice = given(
        heard,
        a.intelligence_corroborated(intelligence_id=heard.intelligence_id),
        a.fact_withdrawn(corrects=4),
    ).practice()
    assert practice.intelligence[heard.intelligence_id].status == "unverified"

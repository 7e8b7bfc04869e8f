"""Two practices are linked once, for a reason, and the link is ended once."""

from datetime import timedelta

import pytest

from domain import links
from domain.links import Links, PracticesLinked, PracticesUnlinked
from domain.practice.practice import replay
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, given, recorded

LINK = "link-00000001"


def linked(other="X90002"):
    fact = PracticesLinked(
        code=a.CODE, link_id=LINK, other=other, reason=Sealed("The same partners."), occurred_on=a.TODAY
    )
    return links.replay(recorded(fact))


def refusal(state, command):
    with pytest.raises(RuleBroken) as broken:
        links.decide(state, command, CASEWORKER)
    return broken.value.rule, broken.value.field


def test_a_link_says_with_which_practice_and_why() -> None:
    (fact,) = links.decide(Links(), a.link_practices(link_id=LINK), CASEWORKER)
    assert (fact.code, fact.other, fact.occurred_on) == (a.CODE, "X90002", a.TODAY)
    assert fact.reason == Sealed("The same partners.")


def test_a_practice_is_linked_with_another_and_once() -> None:
    assert refusal(Links(), a.link_practices(other=a.CODE)) == ("a-practice-is-linked-with-another", "other")
    assert refusal(linked(), a.link_practices()) == ("two-practices-are-linked-once", "other")
    assert links.decide(linked(), a.link_practices(other="X90003"), CASEWORKER)


def test_a_link_that_the_other_practice_names_already_is_not_made_again() -> None:
    other = replay(given().practice().history)
    with pytest.raises(RuleBroken) as broken:
        links.check_other(CASEWORKER, a.link_practices(), other, linked(other=a.CODE))
    assert broken.value.rule == "two-practices-are-linked-once"


def test_a_link_is_between_practices_that_may_be_read() -> None:
    practice = given().practice()
    for asked, found in ((AUDITOR, replay([])), (CASEWORKER, replay([]))):
        with pytest.raises(RuleBroken) as broken:
            links.check_other(asked, a.link_practices(), found, Links())
        assert broken.value.rule == "a-link-is-between-practices-that-may-be-read"
    links.check_about(LEAD, a.link_practices(), practice)


def test_a_link_is_ended_once_and_may_be_made_again() -> None:
    (fact,) = links.decide(linked(), a.unlink_practices(link_id=LINK), CASEWORKER)
    assert isinstance(fact, PracticesUnlinked)
    ended = links.replay(recorded(linked().by_id[LINK].fact, fact))
    assert refusal(ended, a.unlink_practices(link_id=LINK))[0] == "only-a-link-that-stands-is-ended"
    assert links.decide(ended, a.link_practices(), CASEWORKER)


def test_days_of_a_link_are_in_order() -> None:
    later = a.link_practices(occurred_on=a.TODAY + timedelta(days=1))
    assert refusal(Links(), later) == ("what-happened-is-not-in-the-future", "occurred_on")
    early = a.unlink_practices(link_id=LINK, occurred_on=a.TODAY - timedelta(days=1))
    assert refusal(linked(), early) == ("an-end-is-not-before-its-start", "occurred_on")

"""What each caseworker of an organisation's practices has, and what has been late longest, on both databases."""

from datetime import date, timedelta

import pytest

from domain.practice.events import CaseworkerNamed
from domain.practice.kinds import Tier, Visibility
from domain.rules import Sealed
from projections import team
from projections.team import Oldest
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER

DAY = timedelta(days=1)


def looked_after(person):
    return CaseworkerNamed(
        caseworker=person, before=None, from_on=date(2026, 1, 5), note=None, occurred_on=date(2026, 1, 5)
    )


MINE, OTHERS = looked_after(CASEWORKER.person), looked_after(OTHER_CASEWORKER.person)


@pytest.fixture
def loads(views):
    def of(asked, today=a.TODAY):
        with views.reading() as reading:
            return team.loads(reading, asked, today)

    return of


def test_each_caseworker_has_their_practices_by_tier_with_what_is_open_and_overdue(given, loads):
    given(
        MINE,
        a.tier_decided(tier=Tier.ROOM_FOR_IMPROVEMENT),
        a.action_proposed(due_on=a.TODAY - 3 * DAY),
        a.action_proposed(due_on=a.TODAY),
    )
    given(MINE, code="X90002")
    given(OTHERS, code="X90003")
    given(code="X90004")
    first, second, nobody = loads(MANAGER)
    assert (first.person, first.practices, first.open_actions, first.overdue) == (CASEWORKER.person, 2, 2, 1)
    assert first.tiers == {
        Tier.ASSURANCE_BASED: 1,
        Tier.ROOM_FOR_IMPROVEMENT: 1,
        Tier.CAUSE_FOR_CONCERN: 0,
    }
    assert (second.person, second.practices, second.late, second.oldest) == (
        OTHER_CASEWORKER.person, 1, 0, None,
    )  # fmt: skip
    assert (nobody.person, nobody.practices) == (None, 1)


ACTIONS = (
    a.action_proposed(due_on=a.TODAY - 3 * DAY),
    a.action_proposed(due_on=a.TODAY - 5 * DAY, issue=Sealed("Answer the telephone")),
    a.action_proposed(due_on=a.TODAY - 4 * DAY),
)
REVIEW = a.tier_decided(review_on=a.TODAY - 6 * DAY)
CONTACT = a.conversation_recorded(occurred_on=a.TODAY - 9 * DAY, next_contact_on=a.TODAY - 7 * DAY)


@pytest.mark.parametrize(
    ("facts", "oldest"),
    [
        (ACTIONS, ("action", 5, 5, "Answer the telephone")),
        ((*ACTIONS, REVIEW), ("review", 6, 7, None)),
        ((*ACTIONS, REVIEW, CONTACT), ("contact", 7, None, None)),
    ],
    ids=["action", "review", "contact"],
)
def test_what_has_been_late_longest_is_an_action_a_review_or_a_contact(given, loads, facts, oldest) -> None:
    given(MINE, *facts)
    kind, days, version, title = oldest
    (one,) = loads(MANAGER)
    assert one.oldest == Oldest(kind, a.CODE, "Larkfield Road Surgery", a.TODAY - days * DAY, version, title)
    assert one.late == len(facts)


def test_what_is_due_today_is_not_late(given, loads):
    given(MINE, a.action_proposed(due_on=a.TODAY), a.tier_decided(review_on=a.TODAY))
    (one,) = loads(MANAGER)
    assert (one.late, one.oldest) == (0, None)
    (tomorrow,) = loads(MANAGER, a.TODAY + DAY)
    assert (tomorrow.late, tomorrow.oldest.kind) == (2, "action")


def test_whoever_has_most_that_is_late_stands_first_and_nobody_last(given, loads):
    given(a.action_proposed(due_on=a.TODAY - DAY), a.action_proposed(due_on=a.TODAY - DAY))
    given(MINE, code="X90002")
    given(OTHERS, a.action_proposed(due_on=a.TODAY - DAY), code="X90003")
    assert [one.person for one in loads(MANAGER)] == [OTHER_CASEWORKER.person, CASEWORKER.person, None]


def test_a_team_is_counted_in_the_practices_that_its_own_organisation_answers_for(given, loads):
    given(MINE)
    given(OTHERS, a.responsibility_assigned(contract_holder="Q77", local_commissioner="77A"), code="X90002")
    given(OTHERS, a.practice_closed(), code="X90003")
    for asked in (MANAGER, LEAD):
        assert [(one.person, one.practices) for one in loads(asked)] == [(CASEWORKER.person, 1)]
    assert [one.person for one in loads(OTHER_MANAGER)] == [CASEWORKER.person]


def test_what_one_organisation_keeps_to_itself_is_not_counted(given, loads):
    given(
        MINE,
        a.conversation_recorded(
            occurred_on=a.TODAY - 9 * DAY, next_contact_on=a.TODAY - 7 * DAY, visibility=Visibility.INTERNAL
        ),
    )
    for asked in (MANAGER, LEAD):
        (one,) = loads(asked)
        assert one.late == 0

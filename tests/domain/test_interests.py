"""Interests are declared, and whoever is recused from a practice neither sees it nor acts in it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.access.people import decide, replay
from domain.access.permissions import (
    check,
    check_caseworker,
    check_interests,
    may,
    may_know_interests,
    may_read,
)
from domain.access.roles import InterestNature
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import (
    ADMINISTRATOR,
    AUDITOR,
    CASEWORKER,
    LEAD,
    MANAGER,
    OPERATOR,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    by,
    given,
    given_nothing,
    recorded,
)

WHO = CASEWORKER.person
INTEREST = "interest-00000001"
DECLARED = a.interest_declared(person_id=WHO, interest_id=INTEREST)
RECUSED = a.person_recused(person_id=WHO)
ADDED = (a.person_added(person_id=WHO), a.role_granted(person_id=WHO))


def person(*facts):
    return replay(recorded(*ADDED, *facts))


def decided(command, *facts, asked=CASEWORKER):
    return decide(person(*facts), command, asked)


def refused(command, *facts, asked=CASEWORKER):
    with pytest.raises(RuleBroken) as broken:
        decided(command, *facts, asked=asked)
    return broken.value.rule, broken.value.field


def declare(**fields):
    return a.declare_interest(**{"person_id": WHO, "interest_id": INTEREST, **fields})


def recuse(**fields):
    return a.recuse_person(person_id=WHO, **fields)


def test_an_interest_is_declared_from_today_unless_said_otherwise() -> None:
    assert decided(declare()) == [DECLARED]
    assert decided(declare(from_on=date(2020, 1, 1), to_on=date(2027, 1, 1), words="A fifth share.")) == [
        a.interest_declared(
            person_id=WHO,
            interest_id=INTEREST,
            from_on=date(2020, 1, 1),
            to_on=date(2027, 1, 1),
            words=Sealed("A fifth share."),
        )
    ]


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"practice": None}, ("an-interest-is-in-a-practice-or-an-organisation", "practice")),
        ({"nature": InterestNature.OTHER}, ("an-interest-of-another-nature-is-put-in-words", "words")),
        (
            {"practice": None, "organisation": "Q99", "takes_no_part": True},
            ("a-recusal-is-from-a-practice", "practice"),
        ),
        ({"to_on": date(2026, 11, 20)}, ("an-end-is-not-before-its-start", "to_on")),
        ({"practice": "larkfield"}, ("a-code-has-its-form", "practice")),
        ({"occurred_on": date(2026, 11, 22)}, ("what-happened-is-not-in-the-future", "occurred_on")),
    ],
)
def test_what_an_interest_says(fields, broken) -> None:
    assert refused(declare(**fields)) == broken


def test_whoever_takes_no_part_is_recused_by_the_same_command() -> None:
    facts = decided(declare(takes_no_part=True, words="My sister is a partner."))
    assert facts[1] == a.person_recused(
        person_id=WHO, reason=Sealed("My sister is a partner."), interest_id=INTEREST
    )
    assert [type(fact) for fact in decided(declare(takes_no_part=True), RECUSED)] == [type(DECLARED)]


def test_an_interest_is_declared_once_and_ended_once() -> None:
    assert refused(declare(), DECLARED)[0] == "interest-ids-are-new"
    end = a.end_interest(person_id=WHO, interest_id=INTEREST, reason="Sold.")
    ended = a.interest_ended(person_id=WHO, interest_id=INTEREST, reason=Sealed("Sold."))
    assert decided(end, DECLARED) == [ended]
    assert refused(end, DECLARED, ended)[0] == "an-interest-is-ended-once"
    assert refused(end)[0] == "an-interest-is-one-of-the-persons"


def test_a_recusal_goes_on_when_the_interest_ends() -> None:
    ended = a.interest_ended(person_id=WHO, interest_id=INTEREST)
    assert person(DECLARED, RECUSED, ended).recused_on(a.TODAY) == {a.CODE}


def test_a_recusal_holds_from_its_first_day_to_its_last() -> None:
    recused = person(a.person_recused(person_id=WHO, from_on=a.TODAY, to_on=date(2026, 11, 30)))
    days = [date(2026, 11, 20), a.TODAY, date(2026, 11, 30), date(2026, 12, 1)]
    assert [bool(recused.recused_on(day)) for day in days] == [False, True, True, False]


def test_a_recusal_is_not_shortened_by_another() -> None:
    short = recuse(to_on=date(2026, 11, 22))
    assert decided(short, RECUSED) == []
    both = person(RECUSED, a.person_recused(person_id=WHO, to_on=date(2026, 11, 22)))
    assert both.recused_on(date(2027, 1, 1)) == {a.CODE}
    assert len(decided(recuse(), a.person_recused(person_id=WHO, to_on=date(2026, 11, 22)))) == 1


def test_nobody_lifts_their_own_recusal() -> None:
    end = a.end_recusal(person_id=WHO)
    assert refused(end, RECUSED, asked=replace(MANAGER, person=WHO))[0] == "nobody-lifts-their-own-recusal"
    (ended,) = decided(end, RECUSED, asked=MANAGER)
    assert person(RECUSED, ended).recused_on(a.TODAY) == frozenset()
    assert refused(end, asked=MANAGER)[0] == "only-a-recusal-that-goes-on-is-ended"
    assert refused(end, RECUSED, ended, asked=MANAGER)[0] == "only-a-recusal-that-goes-on-is-ended"


def test_ending_a_recusal_ends_every_one_from_that_practice_and_no_other() -> None:
    other = a.person_recused(person_id=WHO, practice="X90002")
    later = a.person_recused(person_id=WHO, from_on=date(2026, 12, 1))
    ended = a.recusal_ended(person_id=WHO)
    assert person(RECUSED, other, later, ended).recused_on(date(2026, 12, 2)) == {"X90002"}


def test_a_role_given_later_leaves_the_recusal() -> None:
    promoted = a.role_granted(person_id=WHO, role="manager", from_on=a.TODAY)
    assert person(RECUSED, promoted).recused_on(a.TODAY) == {a.CODE}


def test_who_recorded_it_is_known() -> None:
    found = person(by(MANAGER, RECUSED), by(OTHER_MANAGER, a.recusal_ended(person_id=WHO)))
    (recusal,) = found.recusals
    assert (recusal.recused_by, recusal.ended_by) == (MANAGER.person, OTHER_MANAGER.person)
    assert [grant.granted_by for grant in found.grants] == [CASEWORKER.person]


# --- who is recused takes no part


@pytest.mark.parametrize("asked", [CASEWORKER, MANAGER, LEAD, AUDITOR], ids=lambda asked: asked.role)
def test_who_is_recused_neither_sees_nor_acts(asked) -> None:
    practice, recused = given().practice(), replace(asked, recused=frozenset({a.CODE}))
    for what in ("ReadPractice", "ReadRecord"):
        assert may_read(asked, practice, what)
        assert not may_read(recused, practice, what)
    assert not may(recused, "RecordConversation", practice)
    if asked is not AUDITOR:
        with pytest.raises(RuleBroken) as broken:
            check(recused, a.record_conversation(), practice)
        assert broken.value.rule == "who-is-recused-takes-no-part"
        assert may(replace(asked, recused=frozenset({"X90002"})), "RecordConversation", practice)


def test_who_is_recused_does_not_register_the_practice_either() -> None:
    with pytest.raises(RuleBroken) as broken:
        check(replace(MANAGER, recused=frozenset({a.CODE})), a.register_practice(), None)
    assert broken.value.rule == "who-is-recused-takes-no-part"


def test_who_is_recused_is_not_named_the_caseworker() -> None:
    check_caseworker(OTHER_CASEWORKER, given().practice())
    with pytest.raises(RuleBroken):
        check_caseworker(replace(OTHER_CASEWORKER, recused=frozenset({a.CODE})), given().practice())


# --- whose interests are whose to record


def allowed(asked, command, named, practice=None):
    try:
        check(asked, command)
        check_interests(asked, command, named, practice)
    except RuleBroken as broken:
        return broken.rule
    return None


FOREIGN = "interests-are-ones-own-or-ones-staffs"
NOT_GRANTED = "the-role-may-do-this"
ELSEWHERE = replace(CASEWORKER, person="person-stranger", organisation="Q88")


@pytest.mark.parametrize(
    ("asked", "named", "rule"),
    [
        (CASEWORKER, CASEWORKER, None),
        (LEAD, LEAD, None),
        (CASEWORKER, OTHER_CASEWORKER, FOREIGN),
        (LEAD, CASEWORKER, FOREIGN),
        (MANAGER, CASEWORKER, None),
        (MANAGER, OTHER_MANAGER, None),
        (MANAGER, LEAD, FOREIGN),
        (MANAGER, ELSEWHERE, FOREIGN),
        (replace(MANAGER, predecessors=frozenset({"Q88"})), ELSEWHERE, None),
        (AUDITOR, AUDITOR, NOT_GRANTED),
        (ADMINISTRATOR, CASEWORKER, NOT_GRANTED),
        (OPERATOR, CASEWORKER, NOT_GRANTED),
    ],
)
def test_everybody_declares_for_themselves_and_a_manager_for_the_own_staff(asked, named, rule) -> None:
    for command in (declare(practice=None, organisation="Q99"), a.end_interest(person_id=WHO), recuse()):
        assert allowed(asked, command, named) == rule


@pytest.mark.parametrize(
    ("asked", "named", "rule"),
    [
        (CASEWORKER, OTHER_CASEWORKER, NOT_GRANTED),
        (MANAGER, CASEWORKER, None),
        (MANAGER, ELSEWHERE, FOREIGN),
        # A lead has no manager of their own here.
        (MANAGER, LEAD, None),
        (replace(MANAGER, organisation="Q88"), LEAD, FOREIGN),
        (replace(MANAGER, recused=frozenset({a.CODE})), CASEWORKER, FOREIGN),
    ],
)
def test_another_manager_ends_a_recusal(asked, named, rule) -> None:
    assert allowed(asked, a.end_recusal(person_id=named.person), named, given().practice()) == rule


def test_an_interest_is_in_a_practice_that_the_person_may_read() -> None:
    """Of any other, nobody is told whether it is there; a recusal from it would change nothing."""
    rule = "an-interest-is-in-a-practice-that-they-may-read"
    elsewhere = given(a.responsibility_assigned(contract_holder="Q50", region="Y50")).practice()
    nowhere = given_nothing().practice()
    for command in (declare(), recuse()):
        assert allowed(CASEWORKER, command, CASEWORKER, given().practice()) is None
        assert allowed(CASEWORKER, command, CASEWORKER, elsewhere) == rule
        assert allowed(CASEWORKER, command, CASEWORKER, nowhere) == rule
        again = replace(CASEWORKER, recused=frozenset({a.CODE}))
        assert allowed(again, command, again, given().practice()) is None


@pytest.mark.parametrize(
    ("asked", "named", "knows"),
    [
        (CASEWORKER, CASEWORKER, True),
        (CASEWORKER, OTHER_CASEWORKER, False),
        (MANAGER, CASEWORKER, True),
        (MANAGER, LEAD, False),
        (MANAGER, ELSEWHERE, False),
        (LEAD, LEAD, True),
        (AUDITOR, CASEWORKER, True),
        (AUDITOR, LEAD, True),
        (ADMINISTRATOR, CASEWORKER, False),
        (ADMINISTRATOR, ADMINISTRATOR, False),
    ],
)
def test_who_knows_of_whose_interests(asked, named, knows) -> None:
    assert may_know_interests(asked, named) is knows

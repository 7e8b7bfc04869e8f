"""Cover for absence: somebody stands in for another from a day to a day, arranged by who is away or their manager."""

from dataclasses import replace
from datetime import date

import pytest

from domain.access.cover import check_there
from domain.access.people import decide, replay
from domain.access.permissions import check, check_cover
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import ADMINISTRATOR, CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, recorded

AWAY, COVERS, COVER = CASEWORKER.person, OTHER_CASEWORKER.person, "cover-0000aaaa"
ARRANGED = a.cover_arranged(cover_id=COVER, person_id=COVERS, absent=AWAY)


def person(*facts):
    return replay(recorded(a.person_added(person_id=COVERS), a.role_granted(person_id=COVERS), *facts))


def arrange(**fields):
    return a.arrange_cover(**{"person_id": COVERS, "absent": AWAY, **fields})


def refused(command, *facts):
    with pytest.raises(RuleBroken) as broken:
        decide(person(*facts), command, CASEWORKER)
    return broken.value.rule


def test_cover_holds_from_its_first_day_to_the_end_of_its_last() -> None:
    covers = person(ARRANGED)
    for day, held in ((20, False), (21, True), (30, True)):
        assert covers.covers_on(date(2026, 11, day)) == (frozenset({AWAY}) if held else frozenset())
    assert covers.covers_on(date(2026, 12, 4)) == {AWAY}
    assert covers.covers_on(date(2026, 12, 5)) == frozenset()


def test_cover_is_arranged_with_a_note_and_what_is_covered_already_records_nothing() -> None:
    command = arrange(note="The log of X90001 is awaited.")
    (fact,) = decide(person(), command, CASEWORKER)
    assert (fact.absent, fact.person_id, fact.note.words) == (AWAY, COVERS, command.note)
    assert decide(person(ARRANGED), arrange(from_on=date(2026, 11, 25)), CASEWORKER) == []
    assert len(decide(person(ARRANGED), arrange(to_on=date(2026, 12, 5)), CASEWORKER)) == 1


def test_nobody_covers_for_themselves_and_no_cover_ends_before_it_begins() -> None:
    assert refused(arrange(absent=COVERS)) == "nobody-covers-for-themselves"
    assert refused(arrange(to_on=date(2026, 11, 20))) == "an-end-is-not-before-its-start"


def test_cover_is_ended_once_from_today() -> None:
    (ended,) = decide(person(ARRANGED), a.end_cover(person_id=COVERS, cover_id=COVER), CASEWORKER)
    assert person(ARRANGED, ended).covers_on(a.TODAY) == frozenset()
    again = a.end_cover(person_id=COVERS, cover_id=COVER)
    assert refused(again, ARRANGED, ended) == "cover-is-ended-once"
    assert refused(a.end_cover(person_id=COVERS, cover_id="cover-0000bbbb")) == "cover-is-of-the-person"


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        (CASEWORKER, True),
        (MANAGER, True),
        (OTHER_CASEWORKER, False),
        (replace(MANAGER, organisation="Q98"), False),
    ],
    ids=["away", "their manager", "who covers", "another's manager"],
)
def test_it_is_asked_by_whoever_is_away_or_a_manager_of_theirs(asked, taken) -> None:
    for command in (arrange(), a.end_cover(person_id=COVERS, cover_id=COVER)):
        if taken:
            check_cover(asked, command, CASEWORKER, OTHER_CASEWORKER)
            continue
        with pytest.raises(RuleBroken) as broken:
            check_cover(asked, command, CASEWORKER, OTHER_CASEWORKER)
        assert broken.value.rule == "cover-is-ones-own-or-ones-staffs"


@pytest.mark.parametrize(
    "covers", [LEAD, ADMINISTRATOR, replace(OTHER_CASEWORKER, organisation="Q98")], ids=lambda one: one.role
)
def test_a_colleague_covers(covers) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_cover(CASEWORKER, arrange(), CASEWORKER, covers)
    assert (broken.value.rule, broken.value.field) == ("a-colleague-covers", "person_id")


@pytest.mark.parametrize("asked", [LEAD, ADMINISTRATOR], ids=lambda one: one.role)
def test_the_other_organisation_and_administrators_arrange_no_cover(asked) -> None:
    with pytest.raises(RuleBroken) as broken:
        check(asked, arrange())
    assert broken.value.rule == "the-role-may-do-this"


def test_nobody_covers_on_days_when_they_are_away_themselves() -> None:
    away = person(ARRANGED).covers.values()
    third = "person-0000cccc"
    for first, last, refuses in (
        (date(2026, 12, 4), date(2026, 12, 9), True),
        (date(2026, 11, 1), date(2026, 11, 21), True),
        (date(2026, 11, 1), date(2026, 12, 31), True),
        (date(2026, 12, 5), date(2026, 12, 9), False),
        (date(2026, 11, 1), date(2026, 11, 20), False),
    ):
        command = a.arrange_cover(person_id=AWAY, absent=third, from_on=first, to_on=last)
        if refuses:
            with pytest.raises(RuleBroken) as broken:
                check_there(command, away)
            assert (broken.value.rule, broken.value.field) == ("whoever-covers-is-there", "person_id")
        else:
            check_there(command, away)
    check_there(a.arrange_cover(person_id=third, absent=AWAY), away)


def test_whose_absence_was_ended_is_there_again() -> None:
    ended = a.cover_ended(person_id=COVERS, cover_id=COVER)
    away = person(ARRANGED, ended).covers.values()
    check_there(a.arrange_cover(person_id=AWAY, absent="person-0000cccc"), away)

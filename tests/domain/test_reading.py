"""Who has opened what: once for each person, never for what they may not see, and apart from the practice's stream."""

from dataclasses import replace

import pytest
from hypothesis import given as examples
from hypothesis import strategies as some

from domain.practice.kinds import Visibility
from domain.practice.practice import replay as replay_practice
from domain.practice.visible import as_seen_by
from domain.reading import (
    EntriesOpened,
    OpenEntries,
    check,
    check_shown,
    decide,
    from_runs,
    replay,
    runs,
    unopened,
)
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, OPERATOR, by, given, recorded

FACTS = (
    a.flag_raised(),
    a.conversation_recorded(),
    by(LEAD, a.conversation_recorded(visibility=Visibility.INTERNAL)),
)


def opened(*versions, asked=CASEWORKER):
    return by(asked, EntriesOpened(code=a.CODE, versions=versions, occurred_on=a.TODAY))


def reading(*facts):
    return replay(recorded(*facts))


def seen(asked, *facts):
    history = given(*facts).history
    whole = replay_practice(history)
    return replay_practice(as_seen_by(history, whole.closed, asked, whole.let_in))


def test_what_is_opened_for_the_first_time_is_recorded() -> None:
    command = OpenEntries(code=a.CODE, versions=(5, 3, 3))
    assert decide(reading(), command, CASEWORKER) == [
        EntriesOpened(code=a.CODE, versions=(3, 5), occurred_on=a.TODAY)
    ]
    assert decide(reading(opened(3)), command, CASEWORKER) == [
        EntriesOpened(code=a.CODE, versions=(5,), occurred_on=a.TODAY)
    ]
    assert decide(reading(opened(3, 5)), command, CASEWORKER) == []
    assert decide(reading(opened(3, 5)), command, LEAD) != [], "each person opens for themselves"


def test_the_first_time_is_kept() -> None:
    state = reading(opened(3), opened(3, asked=LEAD), opened(3, 4))
    assert [(one.person, one.organisation) for one in state.of(3)] == [
        (CASEWORKER.person, a.HOLDER), (LEAD.person, a.COMMISSIONER),
    ]  # fmt: skip
    assert state.by(CASEWORKER.person) == {3, 4}


def test_only_what_a_person_may_see_can_be_opened() -> None:
    for asked, versions, refused in (
        (LEAD, (3, 4, 5), False),
        (CASEWORKER, (3, 4), False),
        (CASEWORKER, (5,), True),
        (CASEWORKER, (9,), True),
        (AUDITOR, (5,), False),
        (replace(LEAD, organisation="99B"), (3,), True),
    ):
        command = OpenEntries(code=a.CODE, versions=versions)
        if refused:
            with pytest.raises(RuleBroken):
                check_shown(asked, command, seen(asked, *FACTS))
        else:
            check_shown(asked, command, seen(asked, *FACTS))


def test_a_restricted_entry_that_is_withheld_was_not_opened() -> None:
    practice = seen(LEAD, a.conversation_recorded(visibility=Visibility.RESTRICTED))
    with pytest.raises(RuleBroken):
        check_shown(LEAD, OpenEntries(code=a.CODE, versions=(3,)), practice)
    assert 3 not in unopened(practice, reading(), LEAD)


def test_the_operator_opens_nothing() -> None:
    with pytest.raises(RuleBroken):
        check(OPERATOR, OpenEntries(code=a.CODE, versions=(1,)), reading())


def test_what_others_recorded_is_unopened_until_it_is_opened() -> None:
    assert unopened(seen(LEAD, *FACTS), reading(), LEAD) == [1, 2, 3, 4]
    assert unopened(seen(LEAD, *FACTS), reading(opened(1, 2, 4, asked=LEAD)), LEAD) == [3]
    assert unopened(seen(CASEWORKER, *FACTS), reading(), CASEWORKER) == [1, 2]


@examples(some.sets(some.integers(min_value=1, max_value=60)))
def test_versions_in_short_are_read_back(versions: set[int]) -> None:
    assert from_runs(runs(versions)) == versions

"""Threads: what each side says about a concern, joined into one and parted again, with nothing lost."""

from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.kinds import Side, Visibility
from domain.practice.practice import replay
from domain.practice.threads import RECENT, is_open, offered_to_join, standing_join
from domain.practice.visible import as_seen_by
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, by, given

OURS, THEIRS = Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER
FLAG, HEARD, JOIN = "flag-0000aaaa", "intelligence-0000aaaa", "join-0000aaaa"
RAISED = a.flag_raised(flag_id=FLAG)
TALK = a.conversation_recorded(entry_id="entry-0000aaaa", about_flags=(FLAG,))
"""The area team's conversation about the flag, at version 4."""
JOINED = by(LEAD, a.threads_joined(join_id=JOIN, concern=FLAG, entries=(4,)))
PARTED = by(LEAD, a.threads_parted(join_id=JOIN, concern=FLAG))


def threads(*facts, asked=None):
    history = given(*facts).history
    whole = replay(history)
    return replay(as_seen_by(history, whole.closed, asked, whole.let_in)).threads if asked else whole.threads


def test_a_conversation_about_a_concern_begins_its_recorders_thread_on_it() -> None:
    assert threads(RAISED, TALK) == {FLAG: {OURS: [4]}}
    assert threads(RAISED, by(LEAD, TALK)) == {FLAG: {THEIRS: [4]}}
    assert threads(RAISED, a.conversation_recorded()) == {}
    heard = a.intelligence_recorded(intelligence_id=HEARD)
    both = a.conversation_recorded(about_flags=(FLAG,), about_intelligence=(HEARD,))
    assert threads(RAISED, heard, both) == {FLAG: {OURS: [5]}, HEARD: {OURS: [5]}}


def test_a_later_one_of_the_same_side_continues_its_thread_and_one_of_the_other_begins_a_second() -> None:
    later = by(OTHER_CASEWORKER, a.conversation_recorded(about_flags=(FLAG,)))
    second = by(LEAD, a.conversation_recorded(about_flags=(FLAG,)))
    assert threads(RAISED, TALK, later, second) == {FLAG: {OURS: [4, 5], THEIRS: [6]}}


def test_a_reply_continues_the_thread_that_it_answers_whosever_it_is() -> None:
    for about in ((), (FLAG,)):
        reply = by(LEAD, a.conversation_recorded(reply_to="entry-0000aaaa", about_flags=about))
        assert threads(RAISED, TALK, reply) == {FLAG: {OURS: [4, 5]}}


@pytest.mark.parametrize("closed", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_what_is_not_for_both_is_in_no_thread_for_anybody(closed) -> None:
    hidden = a.conversation_recorded(about_flags=(FLAG,), visibility=closed)
    for asked in (CASEWORKER, LEAD, AUDITOR, None):
        assert threads(RAISED, hidden, asked=asked) == {}
    given(RAISED, hidden).when(a.join_threads(concern=FLAG), LEAD).then_refused("there-is-a-thread-to-join")
    heard = a.intelligence_recorded(intelligence_id=HEARD, visibility=closed)
    about = a.conversation_recorded(about_intelligence=(HEARD,))
    for asked in (CASEWORKER, LEAD, None):
        assert threads(heard, about, asked=asked) == {}


def test_a_person_joins_the_other_sides_thread() -> None:
    second = by(LEAD, a.conversation_recorded(about_flags=(FLAG,)))
    join = a.join_threads(join_id=JOIN, concern=FLAG, avoided_contact=True, reason="You know them better.")
    given(RAISED, TALK, second, TALK_AGAIN).when(join, LEAD).then(
        e.ThreadsJoined(
            join_id=JOIN, concern=FLAG, entries=(4, 6), side=THEIRS, organisation=a.COMMISSIONER,
            avoided_contact=True, reason=Sealed("You know them better."), occurred_on=a.TODAY,
        )
    )  # fmt: skip
    given(RAISED, TALK, second).when(a.join_threads(concern=FLAG), CASEWORKER).then_a(
        e.ThreadsJoined, entries=(5,), side=OURS, avoided_contact=False, reason=None
    )


TALK_AGAIN = a.conversation_recorded(about_flags=(FLAG,))


def test_a_reply_of_ones_own_in_the_others_thread_is_not_joined() -> None:
    reply = by(LEAD, a.conversation_recorded(reply_to="entry-0000aaaa"))
    given(RAISED, TALK, reply).when(a.join_threads(concern=FLAG), LEAD).then_a(e.ThreadsJoined, entries=(4,))


def test_there_is_something_to_join_on_an_open_concern_of_this_practice() -> None:
    join = a.join_threads(concern=FLAG)
    given(RAISED).when(join, LEAD).then_refused("there-is-a-thread-to-join", "concern")
    given(RAISED, TALK).when(join, MANAGER).then_refused("there-is-a-thread-to-join")
    given(TALK).when(join, LEAD).then_refused("a-concern-is-of-this-practice", "concern")
    cleared = a.flag_cleared(flag_id=FLAG)
    given(RAISED, TALK, cleared).when(join, LEAD).then_refused("threads-are-joined-on-an-open-concern")
    given(RAISED, TALK).when(join, AUDITOR).then_refused("the-role-may-do-this")
    withdrawn = a.fact_withdrawn(corrects=4)
    given(RAISED, TALK, withdrawn).when(join, LEAD).then_refused("there-is-a-thread-to-join")


def test_they_are_joined_once_parted_once_and_joined_again() -> None:
    join, part = a.join_threads(concern=FLAG), a.part_threads(join_id=JOIN, reason="Another matter.")
    given(RAISED, TALK, JOINED).when(join, LEAD).then_refused("threads-are-joined-once", "concern")
    for asked, side, organisation in ((LEAD, THEIRS, a.COMMISSIONER), (CASEWORKER, OURS, a.HOLDER)):
        given(RAISED, TALK, JOINED).when(part, asked).then(
            e.ThreadsParted(
                join_id=JOIN, concern=FLAG, side=side, organisation=organisation,
                reason=Sealed("Another matter."), occurred_on=a.TODAY,
            )
        )  # fmt: skip
    given(RAISED, TALK, JOINED, PARTED).when(part, LEAD).then_refused("joined-threads-are-parted-once")
    given(RAISED, TALK).when(part, LEAD).then_refused("a-joining-is-of-this-practice", "join_id")
    given(RAISED, TALK, JOINED, PARTED).when(join, LEAD).then_a(e.ThreadsJoined, entries=(4,))
    again = by(LEAD, a.threads_joined(join_id="join-0000bbbb", concern=FLAG, entries=(4,)))
    practice = given(RAISED, TALK, JOINED, PARTED, again).practice()
    assert [one.stands for one in practice.joins.values()] == [False, True]


def test_joining_and_parting_loses_nothing_and_changes_no_entry() -> None:
    second = by(LEAD, a.conversation_recorded(about_flags=(FLAG,)))
    agreed = by(LEAD, a.entry_agreed(version=4, text_version=4))
    facts = (RAISED, TALK, second, agreed)
    before = given(*facts).practice()
    for more in ((JOINED,), (JOINED, PARTED)):
        after = given(*facts, *more).practice()
        assert (after.threads, after.records, after.entries) == (
            before.threads,
            before.records,
            before.entries,
        )
        assert [after.standing[one] for one in before.standing] == list(before.standing.values())
    assert standing_join(given(*facts, JOINED).practice(), FLAG) is not None
    assert standing_join(given(*facts, JOINED, PARTED).practice(), FLAG) is None


def test_what_was_joined_stays_with_both_also_after_parting() -> None:
    close = a.change_visibility(version=4)
    for facts in ((JOINED,), (JOINED, PARTED)):
        given(RAISED, TALK, *facts).when(close).then_refused(
            "an-answered-entry-stays-with-both", "visibility"
        )
    given(RAISED, TALK).when(close).then_a(e.VisibilityChanged)


def test_intelligence_on_which_the_other_side_joined_or_parted_stays_with_both() -> None:
    heard = a.intelligence_recorded(intelligence_id=HEARD)
    talk = a.conversation_recorded(about_intelligence=(HEARD,))
    joined = a.threads_joined(join_id=JOIN, concern=HEARD, entries=(4,))
    given(heard, talk, by(LEAD, joined)).when(a.change_visibility(version=3)).then_refused(
        "an-answered-entry-stays-with-both"
    )
    theirs = a.conversation_recorded(about_intelligence=(HEARD,))
    ours = a.threads_joined(
        join_id=JOIN, concern=HEARD, entries=(4,), side=OURS, organisation=a.HOLDER, reason=Sealed("Mark.")
    )
    given(heard, by(LEAD, theirs), ours).when(a.change_visibility(version=3)).then_a(e.VisibilityChanged)
    parted = by(LEAD, a.threads_parted(join_id=JOIN, concern=HEARD))
    given(heard, by(LEAD, theirs), ours, parted).when(a.change_visibility(version=3)).then_refused(
        "an-answered-entry-stays-with-both"
    )
    # Closed with the intelligence that it is about, a joining is gone with it for the other side.
    closed = given(heard, by(LEAD, theirs), ours, a.visibility_changed(version=3)).history
    whole = replay(closed)
    assert set(whole.closed) == {3, 5, 6}
    assert not is_open(whole, HEARD)
    assert replay(as_seen_by(closed, whole.closed, LEAD, whole.let_in)).joins == {}


def test_it_is_offered_where_the_other_side_spoke_within_ninety_days_and_nothing_is_joined() -> None:
    practice = given(RAISED, TALK).practice()
    happened = TALK.occurred_on
    assert offered_to_join(practice, THEIRS, happened + RECENT) == {FLAG: 4}
    assert offered_to_join(practice, THEIRS, happened + RECENT + timedelta(days=1)) == {}
    assert offered_to_join(practice, OURS, a.TODAY) == {}
    assert offered_to_join(practice, None, a.TODAY) == {}
    assert offered_to_join(given(RAISED, TALK, JOINED).practice(), THEIRS, a.TODAY) == {}
    assert offered_to_join(given(RAISED, TALK, JOINED, PARTED).practice(), THEIRS, a.TODAY) == {FLAG: 4}
    cleared = a.flag_cleared(flag_id=FLAG)
    assert offered_to_join(given(RAISED, TALK, cleared).practice(), THEIRS, a.TODAY) == {}


def test_a_joining_is_not_before_what_it_joins_and_a_parting_not_before_the_joining() -> None:
    long_ago = date(2026, 11, 1)
    given(RAISED, TALK).when(a.join_threads(concern=FLAG, occurred_on=long_ago), LEAD).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )
    given(RAISED, TALK, JOINED).when(a.part_threads(join_id=JOIN, occurred_on=long_ago), LEAD).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


def test_after_closure_nobody_joins_and_who_joined_may_part() -> None:
    closed = a.practice_closed(closed_on=a.TODAY)
    given(RAISED, TALK, closed).when(a.join_threads(concern=FLAG), LEAD).then_refused(
        "a-closed-practice-takes-no-new-work"
    )
    assert offered_to_join(given(RAISED, TALK, closed).practice(), THEIRS, a.TODAY) == {}
    given(RAISED, TALK, JOINED, closed).when(a.part_threads(join_id=JOIN), LEAD).then_a(e.ThreadsParted)

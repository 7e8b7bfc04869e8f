"""A meeting on many practices: one entry on each, which share the meeting's id and stand alone."""

import pytest

from domain.practice.kinds import Channel
from tests.support import factories as a
from tests.support.given import given

MEETING, REMINDER = "meeting-0123abcd", "reminder-0123abcd"


@pytest.mark.parametrize("shared", [MEETING, REMINDER])
def test_an_entry_says_of_which_meeting_or_reminder_it_is(shared):
    fact = given().when(a.record_conversation(channel=Channel.MEETING, meeting=shared)).decided()
    assert fact.meeting == shared


def test_an_ordinary_conversation_is_of_no_meeting():
    for shared in (None, ""):
        assert given().when(a.record_conversation(meeting=shared)).decided().meeting is None


@pytest.mark.parametrize("words", ["the quarterly meeting", "meeting-", "flag-0123abcd", "meeting-0123ABCD"])
def test_a_meetings_id_is_no_words(words):
    given().when(a.record_conversation(meeting=words)).then_refused("ids-are-minted-by-casebook", "meeting")


def test_a_meeting_leaves_one_entry_on_a_practice():
    given(a.conversation_recorded(meeting=MEETING)).when(a.record_conversation(meeting=MEETING)).then_refused(
        "a-meeting-is-recorded-once-for-a-practice"
    )


def test_two_meetings_leave_two():
    story = given(a.conversation_recorded(meeting=MEETING)).when(a.record_conversation(meeting=REMINDER))
    assert story.decided().meeting == REMINDER

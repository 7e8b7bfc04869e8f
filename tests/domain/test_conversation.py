"""The conversation: one fact, shared when board and CCG both took part, with the practice when the practice did."""

from datetime import date

import pytest

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.kinds import Channel, Side
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, Story, given, recorded

BOARD = c.Attendee(side=Side.CONTRACT_HOLDER, role="caseworker")
CCG = c.Attendee(side=Side.LOCAL_COMMISSIONER, role="quality lead")
PRACTICE = c.Attendee(side=Side.PRACTICE, role="practice manager")
OTHER = c.Attendee(side=Side.OTHER, role="LMC secretary")


def test_a_conversation_is_recorded_whole() -> None:
    flag, action, intelligence = a.flag_raised(), a.action_proposed(), a.intelligence_recorded()
    command = a.record_conversation(
        channel=Channel.VISIT,
        occurred_on=date(2026, 11, 3),
        attendees=(
            c.Attendee(side=Side.CONTRACT_HOLDER, role="caseworker", person="person-caseworker"),
            c.Attendee(side=Side.PRACTICE, role="GP partner", name="Dr A. Example"),
        ),
        subject="Phone access",
        said="The rota has run for three weeks.",
        about_flags=(flag.flag_id,),
        about_actions=(action.action_id,),
        about_intelligence=(intelligence.intelligence_id,),
        next_contact_on=date(2026, 12, 1),
    )
    given(flag, action, intelligence).when(command).then(
        a.conversation_recorded(
            entry_id=command.entry_id,
            occurred_on=date(2026, 11, 3),
            channel=Channel.VISIT,
            participants=(
                e.Participant(
                    side=Side.CONTRACT_HOLDER, role=Sealed("caseworker"), person="person-caseworker"
                ),
                e.Participant(side=Side.PRACTICE, role=Sealed("GP partner"), name=Sealed("Dr A. Example")),
            ),
            subject=Sealed("Phone access"),
            said=Sealed("The rota has run for three weeks."),
            about_flags=(flag.flag_id,),
            about_actions=(action.action_id,),
            about_intelligence=(intelligence.intelligence_id,),
            next_contact_on=date(2026, 12, 1),
        )
    )


@pytest.mark.parametrize(
    ("attendees", "shared", "with_practice"),
    [
        ((BOARD,), False, False),
        ((CCG,), False, False),
        ((BOARD, CCG), True, False),
        ((BOARD, PRACTICE), False, True),
        ((CCG, PRACTICE), False, True),
        ((BOARD, CCG, PRACTICE), True, True),
        ((BOARD, OTHER), False, False),
    ],
)
def test_it_is_shared_when_board_and_ccg_took_part_and_with_the_practice_when_it_did(
    attendees, shared, with_practice
) -> None:
    fact = given().when(a.record_conversation(attendees=attendees)).decided()
    assert (fact.shared, fact.with_practice) == (shared, with_practice)


@pytest.mark.parametrize("attendees", [(), (PRACTICE,), (PRACTICE, OTHER)])
def test_one_of_us_took_part(attendees) -> None:
    given().when(a.record_conversation(attendees=attendees)).then_refused(
        "a-conversation-has-one-of-us-in-it", "attendees"
    )


def test_who_took_part_has_a_role() -> None:
    nobody = c.Attendee(side=Side.CONTRACT_HOLDER, role=" ")
    given().when(a.record_conversation(attendees=(nobody,))).then_refused(
        "who-took-part-has-a-role", "attendees"
    )


@pytest.mark.parametrize("typed", ["role", "name"])
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("x" * 201, "words-keep-to-their-limit"),
        ("one\ntwo", "words-can-be-shown-as-typed"),
        ("9434765919", "no-patient-is-identified"),
    ],
)
def test_a_role_and_a_name_keep_the_rules_of_words(typed, words, rule) -> None:
    somebody = c.Attendee(**{"side": Side.CONTRACT_HOLDER, "role": "caseworker", typed: words})
    given().when(a.record_conversation(attendees=(somebody,))).then_refused(rule, "attendees")


@pytest.mark.parametrize("person", ["Dr A. Example", "9434765919", "person-x", "action-00000001"])
def test_staff_are_person_ids_and_never_typed_words(person) -> None:
    somebody = c.Attendee(side=Side.CONTRACT_HOLDER, role="caseworker", person=person)
    given().when(a.record_conversation(attendees=(somebody,))).then_refused(
        "who-signs-in-has-an-id", "attendees"
    )


def test_a_conversation_has_a_day() -> None:
    given().when(a.record_conversation(occurred_on=None)).then_refused(
        "a-conversation-has-a-day", "occurred_on"
    )


def test_a_conversation_is_not_in_the_future() -> None:
    given().when(a.record_conversation(occurred_on=date(2026, 11, 22))).then_refused(
        "what-happened-is-not-in-the-future", "occurred_on"
    )


def test_a_conversation_may_be_recorded_three_weeks_late() -> None:
    given().when(a.record_conversation(occurred_on=date(2026, 10, 31))).then_a(
        e.ConversationRecorded, occurred_on=date(2026, 10, 31)
    )


def test_nobody_spoke_with_a_practice_before_it_opened() -> None:
    story = Story(recorded(a.practice_registered(opened_on=date(2026, 11, 1)), a.responsibility_assigned()))
    story.when(a.record_conversation(occurred_on=date(2026, 10, 31))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


def test_the_next_contact_is_not_before_this_one() -> None:
    given().when(a.record_conversation(next_contact_on=date(2026, 11, 20))).then_refused(
        "an-end-is-not-before-its-start", "next_contact_on"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about_flags", ("flag-elsewhere1",)),
        ("about_actions", ("action-elsewhere",)),
        ("about_intelligence", ("intelligence-elsewhere",)),
        ("reply_to", "entry-elsewhere"),
    ],
)
def test_it_is_about_things_of_this_practice(field, value) -> None:
    given().when(a.record_conversation(**{field: value})).then_refused(
        "what-it-is-about-is-of-this-practice", field
    )


def test_a_reply_names_what_it_answers() -> None:
    first = a.conversation_recorded()
    given(first).when(a.record_conversation(reply_to=first.entry_id), LEAD).then_a(
        e.ConversationRecorded, reply_to=first.entry_id
    )


def test_an_entry_is_recorded_once() -> None:
    first = a.conversation_recorded()
    given(first).when(a.record_conversation(entry_id=first.entry_id)).then_refused("entry-ids-are-new")


def test_the_last_contact_is_the_latest_with_the_practice_in_whatever_order_they_were_recorded() -> None:
    practice = given(
        a.conversation_recorded(occurred_on=date(2026, 11, 3)),
        a.conversation_recorded(occurred_on=date(2026, 10, 1)),
        a.conversation_recorded(
            occurred_on=date(2026, 11, 10),
            participants=(e.Participant(side=Side.CONTRACT_HOLDER, role=Sealed("caseworker")),),
        ),
    ).practice()
    assert practice.last_contact_on == date(2026, 11, 3)

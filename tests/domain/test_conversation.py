"""The conversation: one fact, shared when board and CCG both took part, with the practice when the practice did."""

from datetime import date

import pytest

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.kinds import ROLES_OF, Channel, ParticipantRole, Side
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, Story, given, recorded

BOARD = c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER)
CCG = c.Attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.QUALITY_LEAD)
PRACTICE = c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER)
OTHER = c.Attendee(side=Side.OTHER, role=ParticipantRole.LOCAL_MEDICAL_COMMITTEE_MEMBER)


def test_a_conversation_is_recorded_whole() -> None:
    flag, action, intelligence = a.flag_raised(), a.action_proposed(), a.intelligence_recorded()
    command = a.record_conversation(
        channel=Channel.VISIT,
        occurred_on=date(2026, 11, 3),
        attendees=(
            c.Attendee(
                side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person="person-caseworker"
            ),
            c.Attendee(side=Side.PRACTICE, role=ParticipantRole.GP_PARTNER, name="Dr A. Example"),
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
                    side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person="person-caseworker"
                ),
                e.Participant(
                    side=Side.PRACTICE, role=ParticipantRole.GP_PARTNER, name=Sealed("Dr A. Example")
                ),
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


LEAST = {
    Side.CONTRACT_HOLDER: {"caseworker", "manager", "contract_manager", "medical_director", "quality_lead"},
    Side.LOCAL_COMMISSIONER: {"primary_care_lead", "clinical_lead_gp", "prescribing_adviser", "quality_lead"},
    Side.PRACTICE: {
        "gp_partner",
        "salaried_gp",
        "practice_manager",
        "practice_nurse",
        "patient_group_member",
    },
    Side.OTHER: {"local_medical_committee_member", "care_quality_inspector"},
}


@pytest.mark.parametrize("side", list(Side))
def test_each_side_has_roles_of_its_own_and_another_role_last(side) -> None:
    roles = ROLES_OF[side]
    assert set(roles) >= LEAST[side]
    assert len(set(roles)) == len(roles)
    assert roles[-1] == ParticipantRole.OTHER


def test_every_role_is_of_some_side() -> None:
    assert {role for roles in ROLES_OF.values() for role in roles} == set(ParticipantRole)


@pytest.mark.parametrize(
    ("side", "role"), [(side, role) for side in Side for role in ParticipantRole if role != "other"]
)
def test_who_took_part_has_a_role_of_their_own_side(side, role) -> None:
    somebody = c.Attendee(side=side, role=role)
    asked = given().when(a.record_conversation(attendees=(BOARD, somebody)))
    if role in ROLES_OF[side]:
        [_, recorded_as] = asked.decided().participants
        assert recorded_as == e.Participant(side=side, role=role)
    else:
        asked.then_refused("a-role-is-of-its-side", "attendees")


def test_a_gp_partner_is_of_the_practice_and_a_caseworker_of_the_contract_holder() -> None:
    for somebody in (
        c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.GP_PARTNER),
        c.Attendee(side=Side.PRACTICE, role=ParticipantRole.CASEWORKER),
        c.Attendee(side=Side.OTHER, role=ParticipantRole.PRACTICE_MANAGER),
    ):
        given().when(a.record_conversation(attendees=(BOARD, somebody))).then_refused(
            "a-role-is-of-its-side", "attendees"
        )


@pytest.mark.parametrize("side", list(Side))
def test_another_role_is_described_on_every_side(side) -> None:
    somebody = c.Attendee(side=side, role=ParticipantRole.OTHER, described="Interpreter")
    fact = given().when(a.record_conversation(attendees=(BOARD, somebody))).decided()
    assert fact.participants[1].described == Sealed("Interpreter")


@pytest.mark.parametrize("described", [None, "", "  ", "\u200b"])
def test_another_role_says_which(described) -> None:
    somebody = c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.OTHER, described=described)
    given().when(a.record_conversation(attendees=(somebody,))).then_refused(
        "another-role-is-described", "attendees"
    )


def test_a_role_of_the_list_is_not_described() -> None:
    somebody = c.Attendee(
        side=Side.CONTRACT_HOLDER, role=ParticipantRole.MANAGER, described="Manager of Larkdale"
    )
    given().when(a.record_conversation(attendees=(somebody,))).then_refused(
        "a-role-of-the-list-is-not-described", "attendees"
    )


@pytest.mark.parametrize("blank", ["", " ", "\u200b"])
def test_blanks_beside_a_role_of_the_list_describe_nothing(blank) -> None:
    somebody = c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.MANAGER, described=blank)
    fact = given().when(a.record_conversation(attendees=(somebody,))).decided()
    assert fact.participants[0].described is None


@pytest.mark.parametrize("typed", ["described", "name"])
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("x" * 201, "words-keep-to-their-limit"),
        ("one\ntwo", "words-can-be-shown-as-typed"),
        ("9434765919", "no-patient-is-identified"),
    ],
)
def test_a_described_role_and_a_name_keep_the_rules_of_words(typed, words, rule) -> None:
    role, described = ParticipantRole.OTHER, "Interpreter"
    somebody = c.Attendee(
        **{"side": Side.CONTRACT_HOLDER, "role": role, "described": described, typed: words}
    )
    given().when(a.record_conversation(attendees=(somebody,))).then_refused(rule, "attendees")


@pytest.mark.parametrize("person", ["Dr A. Example", "9434765919", "person-x", "action-00000001"])
def test_staff_are_person_ids_and_never_typed_words(person) -> None:
    somebody = c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=person)
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
            participants=(e.Participant(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),),
        ),
    ).practice()
    assert practice.last_contact_on == date(2026, 11, 3)


def test_a_reminder_ends_no_silence() -> None:
    """Nobody has answered yet, whoever it was sent to."""
    practice = given(
        a.conversation_recorded(occurred_on=date(2026, 11, 3)),
        a.conversation_recorded(occurred_on=date(2026, 11, 10), meeting="reminder-0123abcd"),
    ).practice()
    assert practice.last_contact_on == date(2026, 11, 3)

"""Who a person asks as comes from their grants on the day, and from what their organisation belongs to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from application.casebook import Casebook
from application.init import init
from application.settings import Settings
from domain.access.commands import AddPerson, EndRole, GrantRole, NameOrganisation
from domain.access.roles import Role
from domain.practice.commands import Attendee, RecordConversation, RegisterPractice
from domain.practice.kinds import Channel, ParticipantRole, Side
from domain.practice.moment import Moment
from domain.rules import Asked, RuleBroken, operator

NOON = datetime(2014, 3, 3, 12, tzinfo=UTC)
OPERATOR = operator(NOON)
ANNE = "person-anne0001"


@pytest.fixture
def casebook(tmp_path):
    stores = init(Settings(home=tmp_path))
    yield Casebook(stores, clock=lambda: NOON, ids=lambda prefix: f"{prefix}-00000001")
    stores.close()


@pytest.fixture
def anne(casebook):
    added = AddPerson(
        person_id=ANNE, name="Anne", email="anne@example.org", role=Role.CASEWORKER, organisation="Q44"
    )
    casebook.handle(ANNE, added, OPERATOR, command_id="command-anne")


def test_a_person_asks_in_the_role_they_were_granted(casebook, anne):
    assert casebook.asked_as(ANNE) == Asked(person=ANNE, organisation="Q44", role="caseworker", at=NOON)
    assert [fact.stream for fact in casebook.history(ANNE)] == [ANNE, ANNE]


def test_the_region_is_what_the_organisation_belonged_to_on_the_day(casebook, anne):
    for region, from_on in (("Y54", date(2013, 4, 1)), ("Y55", date(2014, 4, 1))):
        named = NameOrganisation(
            code="Q44", name="Cheshire", kind="area_team", label="area team", part_of=region, from_on=from_on
        )
        casebook.handle("Q44", named, OPERATOR, command_id=f"command-{region}")
    assert casebook.asked_as(ANNE).region == "Y54"
    assert casebook.asked_as(ANNE, NOON + timedelta(days=60)).region == "Y55"


def test_a_role_granted_later_and_a_role_that_ended_are_seen_on_their_day(casebook, anne):
    promoted = GrantRole(person_id=ANNE, role=Role.MANAGER, organisation="Q44", from_on=date(2014, 3, 10))
    casebook.handle(ANNE, promoted, OPERATOR, command_id="command-promote")
    assert casebook.asked_as(ANNE, NOON + timedelta(days=7)).role == "manager"
    ended = EndRole(person_id=ANNE, reason="Left the team", occurred_on=date(2014, 3, 3))
    casebook.handle(ANNE, ended, OPERATOR, command_id="command-end")
    assert casebook.asked_as(ANNE, NOON + timedelta(days=1)).role == "none"


def test_who_is_not_known_may_do_nothing(casebook):
    nobody = casebook.asked_as("person-nobody01")
    assert (nobody.role, nobody.organisation) == ("none", None)
    register = RegisterPractice(code="X90001", name="A Practice", contract_holder="Q44")
    with pytest.raises(RuleBroken) as refused:
        casebook.handle("X90001", register, nobody, command_id="command-1")
    assert refused.value.rule == "the-role-may-do-this"


def test_a_practice_is_replayed_from_its_facts_and_as_recorded_by_an_instant(casebook):
    register = RegisterPractice(code="X90001", name="A Practice", contract_holder="Q44")
    casebook.handle("X90001", register, OPERATOR, command_id="command-1")
    assert casebook.practice("X90001").registered
    assert casebook.practice("X90001", Moment(NOON)).registered
    assert not casebook.practice("X90001", Moment(NOON - timedelta(seconds=1))).registered


def test_a_name_and_an_address_of_a_person_are_sealed_under_one_key(casebook, anne):
    (first, _) = casebook.recorder.raw_after(0, 2)
    assert len(casebook.stores.codec.key_ids(first[3], first[4])) == 1
    record = casebook.stores.record_file
    assert all(b"anne@example.org" not in file.read_bytes() for file in record.parent.glob("record.db*"))


def test_a_stream_that_is_no_persons_is_read_as_nobody(casebook, anne):
    register = RegisterPractice(code="X90001", name="Larkfield Surgery", contract_holder="Q44")
    casebook.handle("X90001", register, OPERATOR, command_id="command-register")
    casebook.recorder.at_hand._kept.clear()
    asked = casebook.asked_as("practice-X90001")
    assert (asked.role, asked.organisation) == ("none", None)
    assert casebook.practice("X90001").registered


def test_who_took_part_is_a_person_and_no_other_stream(casebook, anne):
    register = RegisterPractice(code="X90001", name="Larkfield Surgery", contract_holder="Q44")
    casebook.handle("X90001", register, OPERATOR, command_id="command-register")
    talk = RecordConversation(
        entry_id="entry-00000001",
        channel=Channel.PHONE,
        attendees=(
            Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person="practice-X90001"),
        ),
        said="The rota holds.",
    )
    with pytest.raises(RuleBroken) as refused:
        casebook.handle("X90001", talk, casebook.asked_as(ANNE), command_id="command-talk")
    assert refused.value.rule == "who-took-part-is-known"

"""People and their roles: dated grants, given by somebody else."""

from datetime import date
from typing import Any

import pytest

from domain.access import events as e
from domain.access.people import decide, replay
from domain.access.roles import Role
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import ADMINISTRATOR, recorded

WHO = "person-00000000"
ADDED = a.person_added(person_id=WHO)
CASEWORKER = a.role_granted(person_id=WHO)
MANAGER = a.role_granted(person_id=WHO, role=Role.MANAGER)


def decided(command: Any, *facts: Any, asked=ADMINISTRATOR) -> list[Any]:
    return decide(replay(recorded(*facts)), command, asked)


def refused(command: Any, *facts: Any, asked=ADMINISTRATOR) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as broken:
        decided(command, *facts, asked=asked)
    return broken.value.rule, broken.value.field


def role_on(day: date, *facts: Any) -> str | None:
    grant = replay(recorded(*facts)).grant_on(day)
    return grant.role.value if grant else None


def test_a_person_is_added_with_their_first_role() -> None:
    command = a.add_person(person_id=WHO, name="Amira Khan", email="amira@example.org")
    assert decided(command) == [
        a.person_added(
            person_id=WHO, name=Sealed("Amira Khan"), email=Sealed("amira@example.org"), occurred_on=a.TODAY
        ),
        a.role_granted(person_id=WHO, from_on=a.TODAY, occurred_on=a.TODAY),
    ]


def test_a_person_is_added_once() -> None:
    assert refused(a.add_person(person_id=WHO), ADDED) == ("a-person-is-added-once", None)


@pytest.mark.parametrize("email", ["amira", "amira@", "@example.org", "a b@example.org", "a@b@c"])
def test_an_email_address_has_an_at_sign(email) -> None:
    assert refused(a.add_person(email=email)) == ("an-email-address-has-an-at-sign", "email")


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MANAGER, Role.LEAD])
@pytest.mark.parametrize("organisation", [None, "", "  "])
def test_who_speaks_for_a_side_works_for_an_organisation(role, organisation) -> None:
    broken = ("a-role-is-for-an-organisation", "organisation")
    assert refused(a.add_person(role=role, organisation=organisation)) == broken
    assert refused(a.grant_role(person_id=WHO, role=role, organisation=organisation), ADDED) == broken


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditor_and_administrator_need_none(role) -> None:
    granted = decided(a.add_person(role=role, organisation=None))[1]
    assert (granted.role, granted.organisation) == (role, None)


def test_a_role_is_granted_from_a_day() -> None:
    assert decided(
        a.grant_role(person_id=WHO, from_on=date(2026, 12, 1), reason="Promoted."), ADDED, CASEWORKER
    ) == [
        a.role_granted(
            person_id=WHO,
            role=Role.MANAGER,
            from_on=date(2026, 12, 1),
            reason=Sealed("Promoted."),
            occurred_on=a.TODAY,
        )
    ]
    later = a.role_granted(person_id=WHO, role=Role.MANAGER, from_on=date(2026, 12, 1))
    assert role_on(date(2026, 11, 30), ADDED, CASEWORKER, later) == "caseworker"
    assert role_on(date(2026, 12, 1), ADDED, CASEWORKER, later) == "manager"


def test_a_person_has_one_role_at_a_time() -> None:
    promoted = a.role_granted(
        person_id=WHO, role=Role.MANAGER, from_on=date(2026, 11, 1), to_on=date(2026, 11, 10)
    )
    assert role_on(date(2026, 10, 31), ADDED, CASEWORKER, promoted) == "caseworker"
    assert role_on(date(2026, 11, 10), ADDED, CASEWORKER, promoted) == "manager"
    assert role_on(date(2026, 11, 11), ADDED, CASEWORKER, promoted) is None


def test_the_same_role_again_records_nothing() -> None:
    assert decided(a.grant_role(person_id=WHO, role=Role.CASEWORKER), ADDED, CASEWORKER) == []


def test_a_role_does_not_end_before_it_begins() -> None:
    command = a.grant_role(person_id=WHO, from_on=date(2026, 12, 1), to_on=date(2026, 11, 30))
    assert refused(command, ADDED) == ("an-end-is-not-before-its-start", "to_on")


def test_a_role_ends_on_a_day() -> None:
    assert decided(a.end_role(person_id=WHO), ADDED, CASEWORKER) == [a.role_ended(person_id=WHO)]
    ended = a.role_ended(person_id=WHO)
    assert role_on(date(2026, 11, 20), ADDED, CASEWORKER, ended) == "caseworker"
    assert role_on(date(2026, 11, 21), ADDED, CASEWORKER, ended) is None


def test_only_a_current_role_is_ended() -> None:
    assert refused(a.end_role(person_id=WHO), ADDED) == ("only-a-current-role-is-ended", None)
    assert refused(a.end_role(person_id=WHO), ADDED, CASEWORKER, a.role_ended(person_id=WHO))[0] == (
        "only-a-current-role-is-ended"
    )


def test_who_was_to_be_promoted_and_whose_role_is_ended_has_no_role_from_that_day() -> None:
    """The role they had now went on until the promotion would have begun."""
    promotion = a.role_granted(person_id=WHO, role=Role.MANAGER, from_on=date(2026, 12, 1))
    history = (ADDED, CASEWORKER, promotion, a.role_ended(person_id=WHO))
    assert role_on(date(2026, 11, 21), *history) is None
    assert role_on(date(2026, 12, 2), *history) is None


def test_a_role_given_for_a_week_does_not_bring_back_the_role_before_it() -> None:
    promotion = a.role_granted(person_id=WHO, role=Role.MANAGER, from_on=date(2026, 12, 1))
    week = a.role_granted(person_id=WHO, role=Role.LEAD, from_on=date(2026, 11, 21), to_on=date(2026, 11, 25))
    history = (ADDED, CASEWORKER, promotion, week)
    assert role_on(date(2026, 11, 25), *history) == "lead"
    assert role_on(date(2026, 11, 26), *history) is None
    assert role_on(date(2026, 12, 1), *history) == "manager"


def test_nobody_changes_their_own_role() -> None:
    added, granted = (
        a.person_added(person_id=ADMINISTRATOR.person),
        a.role_granted(person_id=ADMINISTRATOR.person),
    )
    for command in (a.grant_role(person_id=ADMINISTRATOR.person), a.end_role(person_id=ADMINISTRATOR.person)):
        assert refused(command, added, granted) == ("nobody-changes-their-own-role", None)


def test_a_person_is_added_before_anything_else_is_said_of_them() -> None:
    for command in (
        a.grant_role(person_id=WHO),
        a.end_role(person_id=WHO),
        a.make_sign_in_link(person_id=WHO),
    ):
        assert refused(command) == ("a-person-is-added-first", None)


def test_a_sign_in_link_is_recorded_without_the_link() -> None:
    assert decided(a.make_sign_in_link(person_id=WHO), ADDED) == [
        e.SignInLinkMade(person_id=WHO, lapses_on=date(2026, 11, 28), occurred_on=a.TODAY)
    ]


def test_nothing_is_said_of_a_person_in_the_future() -> None:
    for command in (a.add_person, a.grant_role, a.end_role):
        assert refused(command(person_id=WHO, occurred_on=date(2026, 11, 22))) == (
            "what-happened-is-not-in-the-future",
            "occurred_on",
        )


def test_a_name_keeps_the_rules_of_words() -> None:
    assert refused(a.add_person(name=" ")) == ("what-is-asked-for-is-given", "name")
    assert refused(a.add_person(name="x" * 201)) == ("words-keep-to-their-limit", "name")
    assert refused(a.add_person(name="9434765919")) == ("no-patient-is-identified", "name")
    assert refused(a.add_person(person_id="Amira")) == ("ids-are-minted-by-casebook", "person_id")

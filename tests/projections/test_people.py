"""People and organisations: what each was called, and which role each had, on a day."""

from datetime import date, timedelta

import pytest

from domain.access.events import OrganisationNamed, PersonAdded, RoleEnded, RoleGranted
from domain.access.roles import Role
from domain.rules import Recorded, Sealed
from projections import organisations, people
from projections.organisations import OrganisationRow
from tests.support import factories as a
from tests.support.given import NOW, OPERATOR

SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


def stream(name, *facts):
    return [
        Recorded(
            name, version, 0, NOW + timedelta(seconds=version), OPERATOR.person, None, OPERATOR.role, None,
            f"command-{name}-{version}", None, fact,
        )
        for version, fact in enumerate(facts, start=1)
    ]  # fmt: skip


def added(person, name="Amira Khan"):
    return PersonAdded(
        person_id=person, name=Sealed(name), email=Sealed(f"{person}@example.org"), occurred_on=SPRING
    )


def granted(person, role=Role.CASEWORKER, organisation=a.HOLDER, from_on=SPRING, to_on=None):
    return RoleGranted(
        person_id=person, role=role, organisation=organisation, from_on=from_on, to_on=to_on, reason=None,
        occurred_on=from_on,
    )  # fmt: skip


def named(name, from_on, label="CCG", part_of=a.HOLDER):
    return OrganisationNamed(
        code="99A", name=name, kind="ccg", label=label, part_of=part_of, from_on=from_on, source="form",
        source_sha256=None, occurred_on=from_on,
    )  # fmt: skip


@pytest.fixture
def amira(record, views):
    ended = RoleEnded(
        person_id="person-1",
        role=Role.MANAGER,
        organisation=a.HOLDER,
        ended_on=SUMMER,
        reason=None,
        occurred_on=SUMMER,
    )
    record(
        stream("person-1", added("person-1"), granted("person-1"), granted("person-1", Role.MANAGER, from_on=date(2026, 4, 1)), ended),
        stream("person-2", added("person-2", "jo Park"), granted("person-2", to_on=SUMMER)),
        stream("person-3", added("person-3", "Zoë Bell"), granted("person-3")),
    )  # fmt: skip
    assert views.catch_up() == []
    return "person-1"


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (SPRING - timedelta(days=1), None),
        (SPRING, Role.CASEWORKER),
        (date(2026, 4, 1), Role.MANAGER),
        (SUMMER - timedelta(days=1), Role.MANAGER),
        (SUMMER, None),
    ],
)
def test_a_person_has_the_role_of_the_day(amira, views, day, role):
    with views.reading() as reading:
        found = people.one(reading, amira, day)
    assert found is not None
    assert (found.now and found.now.role) == role
    assert len(found.grants) == 2


def test_everyone_is_in_order_of_name(amira, views):
    with views.reading() as reading:
        found = people.everyone(reading, SPRING)
        assert people.one(reading, "person-9", SPRING) is None
    assert [person.name for person in found] == ["Amira Khan", "jo Park", "Zoë Bell"]
    assert found[0].email == "person-1@example.org"


def test_those_with_a_role_today(amira, views):
    def with_role(day, organisation=None):
        with views.reading() as reading:
            return [person.person for person in people.with_role(reading, day, Role.CASEWORKER, organisation)]

    assert with_role(SPRING) == ["person-1", "person-2", "person-3"]
    assert with_role(SUMMER) == ["person-2", "person-3"]
    assert with_role(SUMMER + timedelta(days=1), a.HOLDER) == ["person-3"]
    assert with_role(SPRING, "Q88") == []


def test_people_are_called_by_name_and_those_unknown_by_their_id(amira, views):
    with views.reading() as reading:
        assert people.names(reading, [amira, "operator", None]) == {
            amira: "Amira Khan",
            "operator": "operator",
        }
        assert people.names(reading, []) == {}


def test_an_organisation_is_called_what_it_was_called_on_the_day(record, views):
    record(
        stream(
            "organisation-99A",
            named("Larkdale CCG", date(2013, 4, 1)),
            named("Larkdale Integrated Care Board", date(2022, 7, 1), "integrated care board", None),
            named("Larkdale Clinical Commissioning Group", date(2013, 4, 1)),
        )
    )
    assert views.catch_up() == []
    with views.reading() as reading:
        then = organisations.named(reading, ["99A", "00X", None], date(2015, 1, 1))
        now = organisations.everything(reading, a.TODAY)
        before = organisations.named(reading, ["99A"], date(2012, 1, 1))
    assert then["99A"].name == "Larkdale Clinical Commissioning Group"
    assert then["00X"] == OrganisationRow("00X", "00X"), "where no name is known the code is shown"
    assert (now["99A"].name, now["99A"].label) == ("Larkdale Integrated Care Board", "integrated care board")
    assert before["99A"].name == "99A"

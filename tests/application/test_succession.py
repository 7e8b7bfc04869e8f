"""When one organisation has succeeded another, its people see and act where the other is responsible."""

from datetime import UTC, date, datetime, timedelta

import pytest

from application.casebook import Casebook
from application.init import init
from application.organisations import import_organisations
from application.settings import Settings
from domain.access.commands import AddPerson, NameOrganisation, SucceedOrganisation
from domain.access.permissions import may, may_read
from domain.access.roles import Role
from domain.rules import RuleBroken, operator
from tests.support import factories as a

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
FIRST_DAY = date(2026, 7, 1)
EVE, DAY = NOW, NOW + timedelta(days=1)
OPERATOR = operator(NOW)
OLD, NEW = "person-oldlead1", "person-newlead1"


@pytest.fixture
def casebook(tmp_path):
    stores = init(Settings(home=tmp_path / "home"))
    casebook = Casebook(stores, clock=lambda: NOW, ids=a.new_id)
    tell(
        casebook,
        "X90001",
        a.register_practice(code="X90001", contract_holder="Q99", local_commissioner="00M"),
    )
    for person, organisation in ((OLD, "00M"), (NEW, "QHM")):
        added = AddPerson(
            person_id=person,
            name=person,
            email=f"{person}@example.org",
            role=Role.LEAD,
            organisation=organisation,
        )
        tell(casebook, person, added)
    yield casebook
    stores.close()


def tell(casebook, key, command):
    return casebook.handle(key, command, OPERATOR, command_id=a.new_id("command"))


def succeed(casebook, code, predecessor, from_on=FIRST_DAY):
    return tell(casebook, code, SucceedOrganisation(code=code, predecessor=predecessor, from_on=from_on))


def takes_part(casebook, person, at):
    asked, practice = casebook.asked_as(person, at), casebook.practice("X90001")
    return may_read(asked, practice), may(asked, "RecordConversation", practice)


def test_from_its_day_the_successors_lead_takes_part_and_the_predecessors_does_not(casebook):
    before = casebook.practice("X90001").version
    succeed(casebook, "QHM", "00M")
    assert takes_part(casebook, OLD, EVE) == (True, True)
    assert takes_part(casebook, NEW, EVE) == (False, False)
    assert takes_part(casebook, OLD, DAY) == (False, False)
    assert takes_part(casebook, NEW, DAY) == (True, True)
    assert casebook.practice("X90001").version == before
    assert casebook.asked_as(NEW, DAY).own == {"QHM", "00M"}
    assert (casebook.asked_as(OLD, DAY).role, casebook.asked_as(OLD, DAY).organisation) == ("none", "00M")


def test_a_succession_is_followed_through_what_was_succeeded_before(casebook):
    succeed(casebook, "00N", "00M", date(2020, 4, 1))
    succeed(casebook, "QHM", "00N")
    assert takes_part(casebook, NEW, EVE) == (False, False)
    assert takes_part(casebook, NEW, DAY) == (True, True)


def test_a_region_stands_for_the_regions_that_it_succeeded(casebook):
    named = NameOrganisation(
        code="QHM", name="Quay", kind="icb", label="ICB", part_of="Y63", from_on=date(2020, 4, 1)
    )
    tell(casebook, "QHM", named)
    succeed(casebook, "Y63", "Y54")
    assert casebook.asked_as(NEW, DAY).regions == {"Y63", "Y54"}
    assert casebook.asked_as(NEW, EVE).regions == {"Y63"}


def test_a_circle_is_refused_and_the_same_again_records_nothing(casebook):
    assert len(succeed(casebook, "QHM", "00M").recorded) == 1
    assert succeed(casebook, "QHM", "00M").recorded == ()
    with pytest.raises(RuleBroken) as broken:
        succeed(casebook, "00M", "QHM")
    assert broken.value.rule == "succession-goes-one-way"
    assert len(succeed(casebook, "QOX", "00M").recorded) == 1
    assert len(succeed(casebook, "QHM", "00M").recorded) == 1
    assert casebook.succession().living("00M", FIRST_DAY) == "QHM"


def test_a_file_of_organisations_says_which_came_after_which(casebook, tmp_path):
    file = tmp_path / "organisations.csv"
    file.write_text(
        "code,name,kind,label,part_of,from_on,succeeds\n"
        "QHM,NHS Quay ICB,icb,ICB,Y63,2026-07-01,00M 00N\n"
        "00M,NHS Quay CCG,ccg,CCG,Q99,2013-04-01,\n"
        "00X,NHS Round CCG,ccg,CCG,,2026-07-01,00Y\n"
        "00Y,NHS Circle CCG,ccg,CCG,,2026-07-01,00X\n"
        "00Z,NHS Slip CCG,ccg,CCG,,2026-07-01,q 7\n",
        "utf-8",
    )
    named = import_organisations(casebook, file, OPERATOR)
    assert dict(named.counts) == {"named": 3, "rejected": 2}
    assert [line for line, _ in named.rejected] == [5, 6]
    assert casebook.asked_as(NEW, DAY).own == {"QHM", "00M", "00N"}
    assert casebook.succession().living("00Y", FIRST_DAY) == "00X"
    again = import_organisations(casebook, file, OPERATOR)
    assert dict(again.counts) == {"unchanged": 3, "rejected": 2}

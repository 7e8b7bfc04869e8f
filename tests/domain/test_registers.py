"""What a row of the register of pharmacies, or of opticians, says and leads to."""

import pytest

from domain.practice.commands import AssignResponsibility
from domain.practice.kinds import ContractorKind
from domain.register import SOURCES, Outcome
from domain.register_answer import answer
from domain.register_row import listed
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import OPERATOR, Story, by, recorded

PHARMACIES = SOURCES[ContractorKind.PHARMACY]


def row(code="FX901", team="Q99", sub_type="1", region="Y99"):
    said = [""] * 27
    said[0], said[1], said[2], said[3], said[12], said[13], said[14] = (
        code,
        "Larkfield Pharmacy",
        region,
        team,
        "A",
        sub_type,
        "P0C1X",
    )
    return listed(said, PHARMACIES)


def pharmacy(**responsible):
    registered = a.practice_registered(
        code="FX901", kind=ContractorKind.PHARMACY, name=Sealed("Larkfield Pharmacy")
    )
    assigned = a.responsibility_assigned(**responsible)
    return Story(recorded(by(OPERATOR, registered), by(OPERATOR, assigned), code="FX901")).practice()


@pytest.mark.parametrize(
    ("code", "sub_type", "taken"),
    [("FX901", "1", True), ("FX901", "2", False), ("P0C1X", "1", False), ("A81001", "1", False)],
)
def test_only_a_community_pharmacy_under_a_code_of_its_kind_is_taken(code, sub_type, taken) -> None:
    found = answer(row(code, sub_type=sub_type), None, "0" * 64)
    assert found.outcome == (Outcome.REGISTERED if taken else Outcome.SKIPPED)
    assert [command.kind for command in found.commands] == [ContractorKind.PHARMACY] * taken


def test_whoever_was_named_as_its_local_commissioner_stays_as_the_register_does_not_say() -> None:
    known = pharmacy(local_commissioner="99A")
    assert answer(row(), known, "0" * 64) == (Outcome.UNCHANGED, ())
    (moved,) = answer(row(team="Q98"), known, "0" * 64).commands
    assert isinstance(moved, AssignResponsibility)
    assert (moved.contract_holder, moved.local_commissioner) == ("Q98", "99A")


def test_a_headquarters_is_no_commissioner() -> None:
    assert row().local_commissioner is None
    assert row().joined_on is None
    (command,) = answer(row(), None, "0" * 64).commands
    assert command.local_commissioner is None
    assert command.source == "edispensary"


def test_the_registers_are_three_and_each_has_a_name_of_its_own() -> None:
    assert {kind: one.name for kind, one in SOURCES.items()} == {
        ContractorKind.GENERAL_PRACTICE: "epraccur",
        ContractorKind.PHARMACY: "edispensary",
        ContractorKind.OPHTHALMIC: "eoptsite",
    }

"""What else may be recorded about a practice, in groups; and of a pharmacy, in words that fit one."""

from types import SimpleNamespace

from domain.practice.kinds import ContractorKind, ContractType
from tests.support import factories as a
from tests.support.given import CASEWORKER, OPERATOR, Story, by, given, recorded
from web.practices.forms.contract import contract_types
from web.practices.menu import GROUPS, grouped
from web.practices.offers import Offers
from web.practices.offers.menu import menu
from web.practices.telling import Telling
from web.practices.told import Names


def offered(story):
    return grouped(menu(Offers(story.practice(), CASEWORKER, lambda _command: True)))


def pharmacy():
    registered = a.practice_registered(code="FX901", kind=ContractorKind.PHARMACY)
    signed = a.contract_signed(
        contract_type=ContractType.PHARMACEUTICAL_LIST, contractor_kind=ContractorKind.PHARMACY
    )
    return Story(
        recorded(by(OPERATOR, registered), by(OPERATOR, a.responsibility_assigned()), signed, code="FX901")
    )


def commands(groups):
    return [offer.command for group in groups for offer in group.offers]


def test_everything_that_is_offered_stands_under_one_heading():
    story = given(a.contract_signed())
    flat = menu(Offers(story.practice(), CASEWORKER, lambda _command: True))
    assert sorted(commands(offered(story))) == sorted(offer.command for offer in flat)


def test_the_headings_stand_in_their_order_and_the_record_itself_comes_last():
    headings = [group.heading for group in offered(given(a.contract_signed()))]
    assert headings == [
        "What was said and agreed",
        "The tier",
        "The regulator, and declarations",
        "The contract",
        "Breaches, notices and disputes",
        "The record",
    ]
    assert set(headings) == {*GROUPS, "The contract"}


def test_what_only_a_general_practice_has_is_not_offered_of_a_pharmacy():
    of_practices = {
        "RecordInspection",
        "RecordRegulatoryAction",
        "ApplyForListClosure",
        "ApplyForBranchClosure",
        "ChangePracticeBoundary",
    }
    assert of_practices <= set(commands(offered(given(a.contract_signed()))))
    assert not of_practices & set(commands(offered(pharmacy())))


def test_only_contracts_that_its_kind_can_have_are_offered():
    def offered_of(story):
        return [one.value for one in contract_types(SimpleNamespace(practice=story.practice()))]

    assert offered_of(given()) == ["GMS", "PMS", "APMS"]
    assert offered_of(pharmacy()) == ["pharmaceutical_list", "local_pharmaceutical_services"]


def test_a_pharmacy_is_told_of_as_one():
    story = pharmacy()
    told = Telling(story.practice(), Names())
    titles = [told.title(entry.fact) for entry in story.history]
    assert titles == [
        "Pharmacy registered",
        "Responsibility begins",
        "Entry in the pharmaceutical list signed",
    ]
    gp = given(a.contract_signed())
    assert [Telling(gp.practice(), Names()).title(entry.fact) for entry in gp.history][::2] == [
        "Practice registered",
        "GMS contract signed",
    ]

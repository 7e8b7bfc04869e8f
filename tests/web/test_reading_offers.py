"""What is offered next, and to whom."""

from dataclasses import replace
from datetime import date

from domain.access.permissions import may
from domain.practice.kinds import Side
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, by, given
from tests.web.reading import HEARD, PROPOSED, acted, flagged, telling
from web.practices.links import entry_link, record_link
from web.practices.offers import Offer, Offers
from web.practices.offers.corrections import to_correct
from web.practices.offers.entry import on_entry
from web.practices.offers.menu import menu


def offered(practice, asked, version):
    offers = Offers(practice, asked, lambda command: may(asked, command, practice))
    return [offer.text for offer in on_entry(offers, practice.standing[version])]


def test_an_action_tells_who_has_agreed_it_while_it_waits_for_the_other():
    found = telling(acted(), a.action_agreed(action_id="action-00000001"))
    proposed = found.practice.actions["action-00000001"].version
    told = found.tell(found.practice.standing[proposed].fact)
    assert told.rows == (("Agreed so far", "the area team on 2 September 2026"),)
    assert telling(acted()).tell(acted()).rows == ()


def test_only_those_who_may_are_offered_it():
    practice = given(flagged()).practice()
    assert offered(practice, CASEWORKER, 3) == ["Explain", "Validate the data", "Clear", "Withdraw"]
    assert offered(practice, LEAD, 3) == ["Explain", "Validate the data", "State our position"]
    assert offered(practice, AUDITOR, 3) == []


def test_each_organisation_is_offered_its_own_agreement_once():
    practice = given(
        acted(),
        by(
            LEAD,
            a.action_agreed(
                action_id="action-00000001", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
            ),
        ),
    ).practice()
    assert offered(practice, LEAD, 3) == ["Practice’s answer", "Move", "Cancel"]
    assert offered(practice, MANAGER, 3) == ["Agree", "Practice’s answer", "Move", "Cancel"]
    assert offered(practice, CASEWORKER, 3) == ["Practice’s answer", "Move", "Cancel"]


def test_a_ccg_that_has_become_responsible_is_offered_its_own_agreement():
    """What the one before it agreed is not its own; and the one before it has no more to agree."""
    new_lead = replace(LEAD, person="person-newlead1", organisation="99B")
    before = by(
        LEAD,
        a.action_agreed(
            action_id="action-00000001", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
        ),
    )
    moved = a.responsibility_assigned(local_commissioner="99B", from_on=date(2026, 11, 10))
    practice = given(acted(), before, moved).practice()
    assert "Agree" in offered(practice, new_lead, 3)
    assert "Agree" in offered(practice, MANAGER, 3)
    assert "Agree" not in offered(practice, LEAD, 3)


def test_nobody_is_offered_to_agree_for_both():
    practice = given(acted(), by(replace(LEAD, person=MANAGER.person), a.action_agreed(
        action_id="action-00000001", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
    ))).practice()  # fmt: skip
    assert "Agree" not in offered(practice, MANAGER, 3)


def agreed(*more):
    both = [
        by(MANAGER, a.action_agreed(action_id="action-00000001")),
        by(
            LEAD,
            a.action_agreed(
                action_id="action-00000001", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
            ),
        ),
    ]
    return given(acted(), *both, *more).practice()


def test_an_agreed_action_is_progressed_completed_and_judged_by_another():
    assert offered(agreed(), CASEWORKER, 3) == ["Complete", "Progress", "Move", "Cancel"]
    completed = agreed(a.action_completed(action_id="action-00000001"))
    assert offered(completed, CASEWORKER, 3) == ["Cancel"]
    assert offered(completed, OTHER_CASEWORKER, 3) == ["Accept", "Send back", "Cancel"]
    accepted = agreed(
        a.action_completed(action_id="action-00000001"),
        by(LEAD, a.action_evidence_accepted(action_id="action-00000001")),
    )
    assert offered(accepted, CASEWORKER, 3) == ["Reopen"]


def test_nobody_decides_what_they_proposed():
    practice = given(by(MANAGER, PROPOSED)).practice()
    assert offered(practice, MANAGER, 3) == []
    assert offered(practice, OTHER_MANAGER, 3) == ["Decide", "Decline"]
    assert offered(practice, CASEWORKER, 3) == []


def test_nobody_verifies_what_they_recorded():
    practice = given(HEARD).practice()
    assert offered(practice, CASEWORKER, 3) == []
    assert offered(practice, LEAD, 3) == ["Corroborate", "Discount", "State our position"]


def test_own_entries_are_corrected_and_others_are_asked_about():
    practice = given(a.conversation_recorded()).practice()

    def corrections(asked):
        offers = Offers(practice, asked, lambda command: may(asked, command, practice))
        return [(one.text, one.command) for one in to_correct(offers, practice.standing[3])]

    assert corrections(CASEWORKER) == [("Correct", "CorrectFact"), ("Entered in error", "WithdrawFact")]
    assert corrections(LEAD) == [("Ask for a correction", "RequestCorrection")]
    assert corrections(AUDITOR) == []


def test_a_closed_practice_takes_no_new_work():
    practice = given(flagged(), a.practice_closed()).practice()
    offers = Offers(practice, MANAGER, lambda command: may(MANAGER, command, practice))
    assert on_entry(offers, practice.standing[3]) == []
    assert [offer.command for offer in menu(offers)] == [
        "RecordIntelligence",
        "AttachDocument",
        "TellPractice",
        "ReceivePracticeResponse",
        "MakeFactualChallenge",
        "ReopenPractice",
    ]


def test_a_button_leads_to_its_form():
    offer = Offer("Agree", "AgreeAction", {"action_id": "action-00000001"})
    assert record_link(a.CODE, offer) == "/practices/X90001/agree-action?action_id=action-00000001"
    assert record_link(a.CODE, Offer("", "RecordConversation", {})) == "/practices/X90001/record-conversation"
    assert entry_link("X9/001", 7) == "/practices/X9%2F001/entries/7"

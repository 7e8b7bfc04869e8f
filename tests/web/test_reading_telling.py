"""Every fact in plain words, what may be done from it, and how it stands: expected words are typed by hand."""

import pytest

from domain.practice import events as e
from domain.practice.kinds import Channel, Direction, FlagKind, ParticipantRole, Side, Tier
from domain.practice.visible import Withheld
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, given
from tests.web.reading import HEARD, NAMES, PROPOSED, acted, flagged, telling
from web.practices.telling import TELLS, Telling
from web.practices.told import GROUPS

# --- what each fact is called -------------------------------------------------------------------------------


def test_every_fact_is_told():
    assert set(TELLS) == {*e.FACTS, Withheld}


REQUESTED = a.correction_requested(request_id="request-00000001", version=3)
SIGNED = a.contract_signed(contract_id="contract-00000001")


@pytest.mark.parametrize(
    ("facts", "title", "how"),
    [
        ([a.details_changed()], "Details changed: name", ""),
        ([a.caseworker_named(caseworker=CASEWORKER.person)], "Caseworker: Amira Khan", "from 1 May 2026"),
        (
            [a.caseworker_named(caseworker=None, before=CASEWORKER.person)],
            "No caseworker named",
            "from 1 May 2026",
        ),
        ([a.practice_closed()], "Practice closed", "at the end of 31 October 2026"),
        ([a.practice_reopened()], "Practice open again", ""),
        ([SIGNED], "GMS contract signed", "in effect from 1 April 2024"),
        (
            [SIGNED, a.contract_varied(contract_id="contract-00000001")],
            "Contract varied: V1",
            "in effect from 1 April 2026",
        ),
        (
            [flagged()],
            "Flag raised: Easy to get through by phone (different from other practices)",
            "patient experience",
        ),
        (
            [flagged(direction=Direction.FAVOURABLE, kind=FlagKind.SHIFTING)],
            "Flag raised: Easy to get through by phone (changed from its own past)",
            "for the better · patient experience",
        ),
        (
            [flagged(), a.flag_explained(flag_id="flag-00000001")],
            "Explanation given: Easy to get through by phone (different from other practices)",
            "how it is coded · given by the practice · the flag stays open",
        ),
        (
            [flagged(), a.flag_explained(flag_id="flag-00000001", proposed=True)],
            "Explanation proposed: Easy to get through by phone (different from other practices)",
            "how it is coded · given by the practice · the flag stays open",
        ),
        (
            [flagged(), a.flag_cleared(flag_id="flag-00000001")],
            "Flag cleared: Easy to get through by phone (different from other practices)",
            "back inside its limits",
        ),
        (
            [flagged(), a.flag_withdrawn(flag_id="flag-00000001")],
            "Flag withdrawn: Easy to get through by phone (different from other practices)",
            "raised in error",
        ),
        (
            [flagged(), a.flag_cleared(flag_id="flag-00000001"), a.flag_reopened(flag_id="flag-00000001")],
            "Flag reopened: Easy to get through by phone (different from other practices)",
            "",
        ),
        ([a.conversation_recorded()], "Phone call", "phone call, area team with the practice manager"),
        (
            [a.conversation_recorded(subject=Sealed("Rota"))],
            "Rota",
            "phone call, area team with the practice manager",
        ),
        ([HEARD], "Soft intelligence", "from outside"),
        (
            [HEARD, a.intelligence_corroborated(intelligence_id="intelligence-00000001")],
            "Soft intelligence corroborated",
            "borne out",
        ),
        (
            [HEARD, a.intelligence_discounted(intelligence_id="intelligence-00000001")],
            "Soft intelligence discounted",
            "not borne out",
        ),
        (
            [acted()],
            "Action proposed: Calls go unanswered on Monday mornings",
            "improvement · owner practice · due 14 December 2026",
        ),
        (
            [acted(), a.action_agreed(action_id="action-00000001")],
            "Action agreed by the area team: Calls go unanswered on Monday mornings",
            "for North Moor area team",
        ),
        (
            [acted(), a.action_answered(action_id="action-00000001")],
            "Practice answered: Calls go unanswered on Monday mornings",
            "agreed · practice manager",
        ),
        (
            [acted(), a.action_progressed(action_id="action-00000001")],
            "Progress: Calls go unanswered on Monday mornings",
            "",
        ),
        (
            [acted(), a.action_rescheduled(action_id="action-00000001")],
            "Action moved: Calls go unanswered on Monday mornings",
            "",
        ),
        (
            [acted(), a.action_completed(action_id="action-00000001")],
            "Action completed: Calls go unanswered on Monday mornings",
            "",
        ),
        (
            [acted(), a.action_evidence_accepted(action_id="action-00000001")],
            "Evidence accepted: Calls go unanswered on Monday mornings",
            "",
        ),
        (
            [acted(), a.action_sent_back(action_id="action-00000001")],
            "Evidence sent back: Calls go unanswered on Monday mornings",
            "the action is open again",
        ),
        (
            [acted(), a.action_cancelled(action_id="action-00000001", not_done=True)],
            "Action cancelled: Calls go unanswered on Monday mornings",
            "it ought to have been done, and was not",
        ),
        (
            [acted(), a.action_reopened(action_id="action-00000001")],
            "Action reopened: Calls go unanswered on Monday mornings",
            "due 18 January 2027",
        ),
        ([PROPOSED], "Tier proposed: room for improvement", "to take effect 21 November 2026"),
        (
            [PROPOSED, a.tier_proposal_declined(proposal_id="proposal-00000001")],
            "Proposed tier declined",
            "the tier stays as it was",
        ),
        ([a.tier_decided()], "Moved to room for improvement", "effective 21 November 2026"),
        (
            [a.tier_decided(tier=Tier.ASSURANCE_BASED)],
            "Reviewed: stays assurance based",
            "effective 21 November 2026",
        ),
        ([a.conversation_recorded(), REQUESTED], "Withdrawal asked for: Phone call", ""),
        (
            [a.conversation_recorded(), REQUESTED, a.correction_declined(request_id="request-00000001")],
            "Correction declined: Phone call",
            "",
        ),
        ([a.conversation_recorded(), a.fact_corrected(corrects=3)], "Corrected: Phone call", ""),
        (
            [a.conversation_recorded(), a.fact_withdrawn(corrects=3, requested_by=LEAD.person)],
            "Withdrawn as entered in error: Phone call",
            "asked for by Priya Shah",
        ),
    ],
)
def test_a_fact_is_called_what_it_is(facts, title, how):
    told = telling(*facts).tell(given(*facts).practice().history[-1].fact)
    assert (told.title, told.how) == (title, how)
    assert told.group in GROUPS


def test_registration_and_responsibility_are_told():
    practice = given().practice()
    told = [Telling(practice, NAMES).tell(one.fact) for one in practice.history]
    assert [one.title for one in told] == ["Practice registered", "Responsibility begins"]
    assert told[1].rows == (("Area team", "North Moor area team"), ("CCG", "Larkdale CCG"), ("Region", "Y99"))


def test_both_organisations_together_share_a_conversation():
    talk = a.conversation_recorded(
        channel=Channel.MEETING,
        participants=(
            e.Participant(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.QUALITY_LEAD),
            e.Participant(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),
            e.Participant(side=Side.PRACTICE, role=ParticipantRole.GP_PARTNER),
            e.Participant(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
            e.Participant(
                side=Side.PRACTICE, role=ParticipantRole.OTHER, described=Sealed("Business manager")
            ),
            e.Participant(side=Side.OTHER, role=ParticipantRole.CARE_QUALITY_INSPECTOR),
        ),
    )
    told = telling(talk).tell(talk)
    assert told.title == "Shared meeting"
    assert (
        told.how
        == "meeting, area team and CCG with the GP partner, the practice manager, the business manager"
        " and CQC inspector"
    )
    assert told.tag == "Shared, with the practice"


def test_a_change_shows_before_and_after():
    changed = a.details_changed()
    assert telling(changed).tell(changed).changes == (
        ("Name", "Larkfield Road Surgery", "Larkfield Surgery"),
    )
    moved = a.action_rescheduled(action_id="action-00000001")
    assert telling(acted(), moved).tell(moved).changes == (("Due", "14 December 2026", "11 January 2027"),)
    decided = a.tier_decided()
    assert telling(decided).tell(decided).changes == (("Tier", "Assurance based", "Room for improvement"),)


def test_what_a_decision_rests_on_is_named_and_linked():
    decided = a.tier_decided(inputs=(f"{a.CODE}/3", f"{a.CODE}/4"))
    told = telling(flagged(), a.conversation_recorded(), decided).tell(decided)
    assert told.about == (
        ("Flag raised: Easy to get through by phone (different from other practices), 1 September 2026", 3),
        (
            "Phone call, 21 November 2026: The hub rota has run for three weeks. Abandoned calls fell from 31% to 12%",
            4,
        ),
    )
    assert told.about_as == "Rests on"


def test_what_was_withdrawn_is_still_named():
    decided = a.tier_decided(inputs=(f"{a.CODE}/3",))
    told = telling(a.conversation_recorded(), a.fact_withdrawn(corrects=3), decided).tell(decided)
    assert told.about == (("Phone call, 21 November 2026 (withdrawn since)", 3),)
    talk = a.conversation_recorded(about_flags=("flag-00000001",))
    assert telling(flagged(), a.fact_withdrawn(corrects=3), talk).tell(talk).about == (
        ("a flag that was withdrawn", None),
    )

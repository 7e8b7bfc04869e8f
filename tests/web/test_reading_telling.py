"""Every fact in plain words, what may be done from it, and how it stands: expected words are typed by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.access.permissions import may
from domain.practice import events as e
from domain.practice.kinds import (
    Channel,
    Direction,
    FlagKind,
    IndicatorDomain,
    Level,
    ParticipantRole,
    Side,
    Tier,
)
from domain.practice.visible import Withheld
from domain.rules import Sealed
from projections.caseload_found import Caseload, Counts, Filters
from projections.caseload_row import CaseloadRow, DomainFlags, TierStep
from projections.mywork.items import Item
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, by, given
from web.caseload import presenters as caseload
from web.mywork import presenters as mywork
from web.practices.entries import FACETS_OF, Chosen, Teller, how_late
from web.practices.fields import field_label, in_words, stored_in_words
from web.practices.links import entry_link, record_link
from web.practices.offers import Offer, Offers
from web.practices.offers.corrections import to_correct
from web.practices.offers.entry import on_entry
from web.practices.offers.menu import menu
from web.practices.presenters import flag_words
from web.practices.telling import TELLS, Telling
from web.practices.timing import Tag, due, since
from web.practices.told import GROUPS, Names, joined, short

NAMES = Names(
    people={CASEWORKER.person: "Amira Khan", MANAGER.person: "Martin Lee", LEAD.person: "Priya Shah"},
    organisations={a.HOLDER: "North Moor area team", a.COMMISSIONER: "Larkdale CCG"},
    sides={"contract_holder": "area team", "local_commissioner": "CCG"},
)


def telling(*facts):
    return Telling(given(*facts).practice(), NAMES)


def teller(practice, asked=CASEWORKER):
    return Teller(practice, NAMES, Offers(practice, asked, lambda command: may(asked, command, practice)))


def entries(*facts, asked=CASEWORKER):
    practice = given(*facts).practice()
    found = teller(practice, asked)
    return [found.entry(one) for one in practice.history[2:]]


# --- what each fact is called -------------------------------------------------------------------------------


def test_every_fact_is_told():
    assert set(TELLS) == {*e.FACTS, Withheld}


def flagged(**fields):
    return a.flag_raised(flag_id="flag-00000001", **fields)


def acted(**fields):
    return a.action_proposed(action_id="action-00000001", **fields)


HEARD = a.intelligence_recorded(intelligence_id="intelligence-00000001")
PROPOSED = a.tier_proposed(proposal_id="proposal-00000001")
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


# --- entries ------------------------------------------------------------------------------------------------


def test_a_corrected_entry_shows_both():
    correction = a.fact_corrected(
        corrects=3,
        fields=(
            e.CorrectedField(
                field="occurred_on", before=Sealed('"2026-11-21"'), after=Sealed('"2026-11-12"')
            ),
        ),
    )
    first, second = entries(a.conversation_recorded(), correction)
    assert first.on == date(2026, 11, 12)
    assert not first.withdrawn
    [amended] = first.amended
    assert amended.changes == (("Date", "21 November 2026", "12 November 2026"),)
    assert (amended.reason, amended.by, amended.version) == ("The date was a slip.", "Amira Khan", 4)
    assert second.told.title == "Corrected: Phone call"


def test_a_withdrawn_entry_is_marked_and_offers_nothing():
    first, _ = entries(a.conversation_recorded(), a.fact_withdrawn(corrects=3))
    assert first.withdrawn
    assert first.told.words == (
        ("", "The hub rota has run for three weeks. Abandoned calls fell from 31% to 12%."),
    )
    assert (first.offers, first.corrections) == ((), ())


def test_an_entry_says_whose_it_is():
    ours, theirs = entries(a.conversation_recorded(), by(LEAD, a.conversation_recorded()))
    assert (ours.side, ours.by, ours.organisation, ours.side_words) == (
        "contract_holder",
        "Amira Khan",
        "North Moor area team",
        "",
    )
    assert (theirs.side, theirs.by, theirs.organisation) == (
        "local_commissioner",
        "Priya Shah",
        "Larkdale CCG",
    )
    practice = given().practice()
    assert teller(practice).entry(practice.history[0]).side == "nobody"


def test_facts_of_one_sending_are_one_entry():
    practice = given().practice()
    entry = teller(practice).entry(*practice.history)
    assert entry.told.title == "Practice registered"
    assert [told.title for told in entry.also] == ["Responsibility begins"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, ""),
        (0, ""),
        (1, "recorded the next day"),
        (5, "recorded 5 days later"),
        (59, "recorded 59 days later"),
        (60, "recorded 2 months later"),
        (729, "recorded 24 months later"),
        (8000, "recorded 21 years later"),
    ],
)
def test_late_entries_are_marked_in_words(days, words):
    assert how_late(a.TODAY, a.TODAY + timedelta(days=days)) == words


# --- what may be done ---------------------------------------------------------------------------------------


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


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "tag"),
    [
        (-6, Tag("Overdue 6 days", late=True)),
        (-1, Tag("Overdue 1 day", late=True)),
        (0, Tag("Due today", late=True)),
        (1, Tag("Due in 1 day", late=False)),
        (60, Tag("Due in 60 days", late=False)),
        (61, Tag("Due 21 January 2027", late=False)),
    ],
)
def test_time_is_told_as_it_runs_out(days, tag):
    assert due(a.TODAY + timedelta(days=days), a.TODAY) == tag


def test_last_spoke_is_told_in_days():
    assert [since(on, a.TODAY) for on in (None, a.TODAY, date(2026, 11, 20), date(2026, 9, 24))] == [
        "never",
        "today",
        "1 day",
        "58 days",
    ]


def test_words_are_cut_at_a_word():
    assert short("Calls go unanswered.") == "Calls go unanswered"
    assert short("First line\nSecond") == "First line"
    assert short("a" * 100) == "a" * 80 + "…"
    assert short("Calls go unanswered on Monday mornings", 20) == "Calls go unanswered…"
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_stored_value_reads_plainly():
    assert stored_in_words("occurred_on", '"2026-11-12"') == "12 November 2026"
    assert stored_in_words("channel", '"letter_or_email"') == "Letter or e-mail"
    assert stored_in_words("said", '"both"') == "both"
    assert stored_in_words("said", '"2026-11-12"') == "2026-11-12"
    assert stored_in_words("list_size", "8412") == "8,412"
    assert stored_in_words("nhs_contract", "true") == "yes"
    assert stored_in_words("services", '["minor surgery", "contraception"]') == "minor surgery; contraception"
    assert in_words(Level.ALARM) == "Alarm"
    assert [field_label(name) for name in ("due_on", "occurred_on", "success_measure")] == [
        "Due",
        "Date",
        "Success measure",
    ]


def test_flags_are_counted_in_words():
    assert flag_words(1, 2) == "1 alarm, 2 alerts"
    assert flag_words(0, 1) == "1 alert"
    assert flag_words(0, 0) == ""
    assert flag_words(0, 0, 1) == "1 favourable"


# --- filters ------------------------------------------------------------------------------------------------


def test_an_address_says_what_is_chosen():
    chosen = Chosen.read(
        {"kind": "said", "organisation": "99A", "from": "2026-01-01", "to": "2026-11-03", "page": "2"}
    )
    assert chosen.filters().facets == ("conversation", "intelligence", "agreed", "heard", "withheld")
    assert chosen.filters().organisation == "99A"
    assert (chosen.from_on, chosen.to_on, chosen.page) == (date(2026, 1, 1), date(2026, 11, 3), 2)
    assert chosen.address(kind="") == "organisation=99A&from=2026-01-01&to=2026-11-03"
    assert set(FACETS_OF) == set(GROUPS)


@pytest.mark.parametrize("typed", ["yesterday", "2026-02-31", "31/02/2026", "2026-13-01", "١٢"])
def test_a_day_that_is_none_is_left_out_and_named(typed):
    chosen = Chosen.read({"from": typed, "kind": "nonsense", "page": "-1"})
    assert chosen.from_on is None
    assert "from" in chosen.mistakes
    assert (chosen.kind, chosen.page) == ("", 1)


def test_an_end_before_its_start_is_named():
    assert "to" in Chosen.read({"from": "2026-11-03", "to": "2026-11-02"}).mistakes


# --- caseload -----------------------------------------------------------------------------------------------


def row(code="X90001", **fields):
    values = dict.fromkeys(CaseloadRow._fields)
    values |= dict.fromkeys(("version", "alarms", "alerts", "open_flags", "open_actions", "overdue"), 0)
    values |= dict.fromkeys(("proposals", "to_agree", "to_accept", "requests", "unverified"), 0)
    values |= {
        "code": code,
        "name": "Larkfield Road Surgery",
        "tier": Tier.ASSURANCE_BASED,
        "tier_since": date(2024, 11, 21),
        "reviewed": False,
        "tiers": (TierStep(date(2024, 11, 21), Tier.ASSURANCE_BASED, False),),
        "domains": dict.fromkeys(IndicatorDomain, DomainFlags(0, 0)),
    }
    return CaseloadRow(**values | fields)


def found(*rows, pages=1):
    tiers = {tier: sum(one.tier == tier for one in rows) for tier in Tier}
    return Caseload(list(rows), Counts(len(rows), tiers, 0, 0, 0), 1, pages, len(rows))


def test_what_comes_next_is_what_waits_then_the_next_day():
    today = a.TODAY
    assert caseload.what_is_next(row(), today) == ""
    assert caseload.what_is_next(row(proposals=1, to_agree=2), today) == "Tier proposed, to be decided"
    assert caseload.what_is_next(row(to_agree=2), today) == "2 actions to agree"
    assert caseload.what_is_next(row(review_on=date(2026, 12, 14)), today) == "Review 14 December 2026"
    late = date(2026, 10, 30)
    assert caseload.what_is_next(row(review_on=late, to_accept=1), today) == "Review overdue 22 days"
    assert caseload.what_is_next(row(review_on=late, proposals=1), today) == "Tier proposed, to be decided"
    assert (
        caseload.what_is_next(row(first_due_on=date(2026, 11, 26), review_on=date(2027, 1, 9)), today)
        == "Action due in 5 days"
    )
    visit = row(to_agree=2, visit_on=date(2026, 11, 25), first_due_on=date(2026, 11, 22))
    assert caseload.what_is_next(visit, today) == "Visit in 4 days"
    assert caseload.what_is_next(row(visit_on=date(2026, 12, 30)), today) == "Visit 30 December 2026"


def test_the_tier_line_reads_aloud():
    steps = (
        TierStep(date(2024, 1, 1), Tier.ASSURANCE_BASED, False),
        TierStep(date(2026, 5, 3), Tier.ROOM_FOR_IMPROVEMENT, True),
        TierStep(date(2026, 7, 4), Tier.CAUSE_FOR_CONCERN, True),
    )
    assert caseload.line_in_words(row(tiers=steps), a.TODAY, date(2024, 11, 21)) == (
        "Assurance based, then room for improvement from 3 May 2026, then cause for concern from 4 July 2026"
    )
    assert caseload.line_in_words(row(tiers=steps), a.TODAY, date(2026, 6, 1)) == (
        "Room for improvement, then cause for concern from 4 July 2026"
    )


def test_the_quiet_ones_are_folded():
    rows = [
        row("X90001", tier=Tier.CAUSE_FOR_CONCERN),
        row("X90002", tier=Tier.ROOM_FOR_IMPROVEMENT, overdue=1),
        row("X90003", tier=Tier.ROOM_FOR_IMPROVEMENT),
        row("X90004"),
        row("X90005", review_on=date(2026, 12, 1)),
        row("X90006", review_on=date(2026, 8, 1)),
    ]
    shown, quiet = caseload.folded(found(*rows), caseload.Asked(filters=Filters()), a.TODAY)
    assert [one.code for one in shown] == ["X90001", "X90002", "X90006"]
    assert [(one.text, one.href) for one in quiet] == [
        ("1 more with room for improvement", "/practices?tier=room_for_improvement"),
        ("2 more assurance based, 1 of them with something due", "/practices?tier=assurance_based"),
    ]


def test_nothing_is_folded_when_all_would_be_or_somebody_looks_for_something():
    rows = [row("X90001"), row("X90002")]
    assert caseload.folded(found(*rows), caseload.Asked(filters=Filters()), a.TODAY) == (rows, [])
    loud = [row("X90001", tier=Tier.CAUSE_FOR_CONCERN), row("X90002")]
    for asked in (
        caseload.Asked(filters=Filters(words="lark")),
        caseload.Asked(filters=Filters(), sort="name"),
    ):
        assert caseload.folded(found(*loud), asked, a.TODAY) == (loud, [])


def test_an_address_sorts_and_turns_round():
    asked = caseload.Asked.read(
        {"sort": "contact", "tier": "cause_for_concern", "page": "x", "caseworker": "none"}
    )
    assert (asked.sort, asked.page, asked.filters.tier, asked.filters.caseworker) == (
        "contact",
        1,
        Tier.CAUSE_FOR_CONCERN,
        "",
    )
    spoke = next(one for one in caseload.columns(asked) if one.text == "Last spoke")
    assert spoke.sorted == "ascending"
    assert spoke.href == "/practices?tier=cause_for_concern&caseworker=none&sort=contact&order=descending"
    assert caseload.Asked.read({"sort": "'; drop", "tier": "bad"}) == caseload.Asked(filters=Filters())


# --- my work ------------------------------------------------------------------------------------------------


def item(what, **fields):
    values = {
        "code": "X90001",
        "practice": "Larkfield Road Surgery",
        "practice_tier": Tier.ROOM_FOR_IMPROVEMENT,
        "title": "Infection control re-audit.",
        "due_on": date(2026, 11, 15),
        "days": -6,
        "version": 7,
        "thing_id": "action-00000001",
        "command": "CompleteAction",
    }
    return Item(what=what, **values | fields)


def work_row(one, *may_do):
    return mywork.row(one, NAMES, a.TODAY, frozenset(may_do))


def test_a_late_action_has_the_button_that_settles_it():
    late = work_row(
        item("action_due", owner=Side.PRACTICE, moved=1, first_due_on=date(2026, 10, 1)), "CompleteAction"
    )
    assert late.tag == Tag("Overdue 6 days", late=True)
    assert (late.title, late.href) == ("Infection control re-audit", "/practices/X90001/entries/7")
    assert late.line == "owner practice, moved once, from 1 October 2026"
    assert (late.button, late.button_href) == (
        "Record what happened",
        "/practices/X90001/complete-action?action_id=action-00000001",
    )


def test_what_a_person_may_not_settle_they_may_read():
    late = work_row(item("action_due", command="AgreeAction", owner=Side.PRACTICE))
    assert (late.button, late.button_href, late.line) == (
        "Read",
        "/practices/X90001/entries/7",
        "not agreed yet, owner practice",
    )


def test_what_waits_says_since_when_and_from_whom():
    waiting = work_row(
        item(
            "tier_to_decide",
            due_on=None,
            days=None,
            command="DecideTier",
            thing_id="proposal-00000001",
            by=CASEWORKER.person,
            since=date(2026, 11, 18),
            tier=Tier.CAUSE_FOR_CONCERN,
        ),
        "DecideTier",
    )
    assert waiting.tag.text == "Waiting 3 days"
    assert waiting.title == "Tier proposed: cause for concern"
    assert waiting.line == "proposed by Amira Khan on 18 November 2026"
    assert waiting.button_href == "/practices/X90001/decide-tier?proposal_id=proposal-00000001"

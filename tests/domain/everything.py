"""One practice to which everything has happened: at least one fact of every kind, each with every field filled that
may be. What happened last is first answered, so that nothing rests on the last fact of any thing.
"""

from datetime import date, timedelta

from domain.practice import events as e
from domain.practice.contract_kinds import ContractorForm
from domain.practice.kinds import (
    ActionKind,
    Channel,
    IndicatorDomain,
    LesserStep,
    Rating,
    Side,
    Tier,
    Travel,
    Unit,
    Visibility,
)
from domain.rules import Recorded, Sealed
from tests.domain.everything_of_the_ladder import ladder
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OPERATOR, by, recorded

FLAG, CLEARED_FLAG, WITHDRAWN_FLAG = "flag-everything1", "flag-everything2", "flag-everything3"
HEARD, DISCOUNTED = "intelligence-everything1", "intelligence-everything2"
CONTRACT = "contract-everything1"
ACTION, CANCELLED = "action-everything1", "action-everything2"
PROPOSAL, DECLINED = "proposal-everything1", "proposal-everything2"
REQUEST = "request-everything1"
ACCESS, DECLINED_ACCESS, EMERGENCY = "access-everything1", "access-everything2", "access-everything3"
JOIN = "join-everything1"
ASKED = "expectation-everything1"
CLOSING = "closing-everything1"
CLOSED = 41
"""The version of the one entry that not everybody sees."""
TALK = 24
"""The version of the conversation that both organisations see."""

_DAY = date(2026, 11, 3)


WEIGHED = {
    "direction": Travel.WORSENING,
    "steps": tuple(
        e.StepWeighed(step=step, taken=True, words=Sealed("It changed nothing.")) for step in LesserStep
    ),
    "asked_for": Sealed("A rota for each week."),
    "outcome": Sealed("Phones answered within a minute."),
    "consulted": Sealed("The local medical committee."),
    "no_view_because": Sealed("It was asked, and its meeting was put off."),
    "answers": ("X90001/24",),
    "answered": Sealed("Two posts are vacant."),
    "not_waited_because": Sealed("Patients could not reach anybody."),
    "recommended": Tier.ROOM_FOR_IMPROVEMENT,
    "framework_version": 1,
    "differs_because": Sealed("The plan lapsed twice."),
    "de_escalation": Sealed("Two quarters within the limits."),
    "immediate_safety": Sealed("A child was not seen in time."),
    "over_dispute": Sealed("The minutes of both say the same day."),
}
"""All that a decision says beside its tier and reasons."""


def everything() -> list[Recorded]:
    told = recorded(
        by(OPERATOR, a.practice_registered(
            address=Sealed("1 Larkfield Road"), postcode="LK1 1AA", telephone=Sealed("01234 567890"),
            opened_on=date(1990, 4, 1), list_size=6_191)),
        by(OPERATOR, a.responsibility_assigned(reason=Sealed("First registration."))),
        by(MANAGER, a.details_changed(
            address=Sealed("2 Larkfield Road"), postcode="LK1 1AB", telephone=Sealed("01234 567891"), list_size=6_200)),
        by(MANAGER, a.caseworker_named(note=Sealed("Amira knows the practice."))),
        a.contract_signed(
            contract_id=CONTRACT, ends_on=date(2030, 3, 31), notice_address=Sealed("1 Larkfield Road"),
            services=(Sealed("essential"), Sealed("additional")), practice_area=Sealed("North of the river"), starts_on=date(2024, 4, 1)),
        a.contract_varied(
            contract_id=CONTRACT, clauses=Sealed("Clause 9"), legal_basis=Sealed("Regulation 15"), notice_given_on=date(2026, 2, 1)),
        a.flag_raised(flag_id=FLAG, note=Sealed("Ask about the rota."), period="2026 Q2"),
        a.flag_explained(flag_id=FLAG, explanation_id="explanation-everything1", occurred_on=_DAY),
        a.flag_raised(flag_id=CLEARED_FLAG, indicator="PS01", indicator_name="Antibacterial items per STAR-PU",
                      domain=IndicatorDomain.PATIENT_SAFETY),
        a.flag_cleared(flag_id=CLEARED_FLAG, occurred_on=_DAY),
        a.flag_raised(flag_id=WITHDRAWN_FLAG, indicator="PS02", indicator_name="Cephalosporins",
                      domain=IndicatorDomain.PATIENT_SAFETY),
        a.flag_withdrawn(flag_id=WITHDRAWN_FLAG, occurred_on=date(2026, 10, 1)),
        a.flag_reopened(flag_id=WITHDRAWN_FLAG, occurred_on=_DAY),
        a.intelligence_recorded(
            intelligence_id=HEARD, received_from=Sealed("The advice service"), about_flags=(FLAG,), occurred_on=date(2026, 9, 5)),
        by(LEAD, a.intelligence_corroborated(intelligence_id=HEARD, evidence=("X90001/7",), occurred_on=_DAY)),
        a.intelligence_recorded(intelligence_id=DISCOUNTED, occurred_on=date(2026, 9, 5)),
        by(LEAD, a.intelligence_discounted(intelligence_id=DISCOUNTED, occurred_on=_DAY)),
        by(LEAD, a.action_proposed(
            action_id=ACTION, plan_id=Sealed("plan-1"), about_flags=(FLAG,), about_intelligence=(HEARD,), kind=ActionKind.VISIT)),
        by(MANAGER, a.action_agreed(action_id=ACTION)),
        by(LEAD, a.action_agreed(action_id=ACTION, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER)),
        a.action_answered(action_id=ACTION, words=Sealed("We have no locum.")),
        a.action_progressed(action_id=ACTION),
        a.action_rescheduled(action_id=ACTION, occurred_on=date(2026, 10, 2)),
        a.conversation_recorded(
            entry_id="entry-everything1", occurred_on=date(2026, 10, 5), channel=Channel.MEETING,
            subject=Sealed("Phone access"), about_flags=(FLAG,), about_actions=(ACTION,), about_intelligence=(HEARD,),
            next_contact_on=date(2026, 12, 1)),
        a.action_completed(action_id=ACTION, words=Sealed("Done."), evidence=("X90001/24",), occurred_on=date(2026, 10, 6)),
        by(MANAGER, a.action_sent_back(action_id=ACTION, occurred_on=date(2026, 10, 7))),
        a.action_completed(action_id=ACTION, evidence=("X90001/24",), occurred_on=date(2026, 10, 8)),
        by(MANAGER, a.action_evidence_accepted(action_id=ACTION, words=Sealed("Seen."), occurred_on=date(2026, 10, 9))),
        by(LEAD, a.action_proposed(action_id=CANCELLED)),
        by(LEAD, a.action_cancelled(action_id=CANCELLED, occurred_on=date(2026, 10, 1))),
        by(LEAD, a.action_reopened(action_id=CANCELLED, occurred_on=_DAY)),
        a.tier_proposed(proposal_id=DECLINED, inputs=("X90001/7",), occurred_on=_DAY, effective_on=_DAY),
        by(MANAGER, a.tier_proposal_declined(proposal_id=DECLINED, occurred_on=_DAY)),
        a.tier_proposed(
            proposal_id=PROPOSAL, inputs=("X90001/7", "X90001/24"), occurred_on=_DAY, effective_on=_DAY,
            review_on=date(2027, 2, 1)),
        by(MANAGER, a.tier_decided(
            decision_id="decision-everything1", proposal_id=PROPOSAL, inputs=("X90001/7", "X90001/24"), occurred_on=_DAY, effective_on=_DAY,
            review_on=date(2027, 2, 1), tier=Tier.ROOM_FOR_IMPROVEMENT)),
        by(OPERATOR, a.practice_closed(successor="X90002", reason=Sealed("Retired."))),
        by(OPERATOR, a.practice_reopened(occurred_on=date(2026, 11, 2))),
        by(OPERATOR, a.responsibility_assigned(
            from_on=date(2026, 11, 4), region="Y98", reason=Sealed("The region was renamed."), occurred_on=date(2026, 11, 4),
            before_contract_holder="Q99", before_local_commissioner="99A", before_region="Y99")),
        a.correction_requested(request_id=REQUEST, version=7),
        by(MANAGER, a.correction_declined(request_id=REQUEST)),
        a.conversation_recorded(entry_id="entry-everything2", occurred_on=_DAY, visibility=Visibility.INTERNAL),
        a.visibility_changed(version=CLOSED, before=Visibility.INTERNAL, after=Visibility.RESTRICTED),
        by(LEAD, a.access_requested(access_id=DECLINED_ACCESS, version=CLOSED)),
        by(MANAGER, a.access_declined(access_id=DECLINED_ACCESS, version=CLOSED, person=LEAD.person)),
        by(LEAD, a.access_requested(access_id=ACCESS, version=CLOSED)),
        by(MANAGER, a.access_granted(
            access_id=ACCESS, version=CLOSED, person=LEAD.person, reason=Sealed("For Monday's meeting."))),
        by(LEAD, a.emergency_access_taken(access_id=EMERGENCY, version=CLOSED)),
        by(MANAGER, a.emergency_access_reviewed(access_id=EMERGENCY, version=CLOSED, person=LEAD.person)),
        by(LEAD, a.entry_disputed(version=TALK, text_version=TALK)),
        by(LEAD, a.entry_amended(version=TALK, text_version=TALK, reason=Sealed("It began on the 7th."))),
        by(MANAGER, a.entry_agreed(
            version=TALK, text_version=CLOSED + 9, side=Side.CONTRACT_HOLDER, organisation=a.HOLDER)),
        by(LEAD, a.position_stated(concern=FLAG)),
        by(LEAD, a.threads_joined(
            join_id=JOIN, concern=FLAG, entries=(TALK,), reason=Sealed("You have the practice's ear."))),
        by(MANAGER, a.threads_parted(
            join_id=JOIN, concern=FLAG, side=Side.CONTRACT_HOLDER, organisation=a.HOLDER)),
        a.letter_written(
            letter_id="letter-everything1", address=Sealed("1 Larkfield Road"), heading=Sealed("North Moor area team"), occurred_on=_DAY),
        a.document_attached(
            document_id="document-everything1", about_flags=(FLAG,), about_actions=(ACTION,), of_entry="entry-everything1"),
        a.visit_stage_reached(
            action_id="action-withdrawn1", visit_on=date(2026, 12, 1), words=Sealed("They chose the day."), occurred_on=_DAY),
        a.practice_handed_over(hand_over_id="handover-everything1"),
        a.episode_closed(closing_id=CLOSING, concerns=(FLAG, HEARD)),
        a.episode_reopened(closing_id=CLOSING),
        a.flag_explained(flag_id=FLAG, explanation_id="explanation-everything2", occurred_on=_DAY),
        by(MANAGER, a.explanation_accepted(flag_id=FLAG, explanation_id="explanation-everything1")),
        a.practice_told(
            told_id="told-everything1", about=("X90001/7",), by="X90001/55", copy_to=54, copy_sha256="ab" * 32,
            occurred_on=_DAY),
        a.practice_response_received(
            response_id="response-everything1", told_id="told-everything1", document="X90001/56", occurred_on=_DAY,
            points=(e.AnsweredPoint(about="X90001/7", words=Sealed("Three lines were open.")),)),
        a.factual_challenge_made(
            challenge_id="challenge-everything1", about="X90001/7", response_id="response-everything1",
            instead=Sealed("Three."), document="X90001/56", occurred_on=_DAY),
        by(MANAGER, a.factual_challenge_decided(challenge_id="challenge-everything1", occurred_on=_DAY)),
        by(LEAD, a.quality_surveillance_group_referred(
            referral_id="referral-everything1", evidence=("X90001/7",), occurred_on=_DAY)),
        by(MANAGER, a.explanation_not_accepted(flag_id=FLAG, explanation_id="explanation-everything2")),
        a.flag_explained(flag_id=FLAG, explanation_id="explanation-everything3", occurred_on=_DAY),
        a.provider_named(provider_code="8HX01"),
        a.inspection_reported(
            inspection_id="inspection-everything1", location="1-537772052", safe=Rating.REQUIRES_IMPROVEMENT, effective=Rating.GOOD,
            caring=Rating.GOOD, responsive=Rating.GOOD, well_led=Rating.GOOD, older_people=Rating.GOOD, long_term_conditions=Rating.GOOD,
            families=Rating.GOOD, working_age=Rating.GOOD, vulnerable_people=Rating.GOOD, mental_health=Rating.GOOD,
            report=Sealed("INS2-1234"), words=Sealed("Vaccine storage.")),
        a.regulatory_action_recorded(
            regulatory_id="regulatory-everything1", requirement=Sealed("Regulation 12"), comply_by=date(2026, 12, 1),
            inspection_id="inspection-everything1", reference=Sealed("RGP1-77")),
        a.regulatory_action_ended(regulatory_id="regulatory-everything1", words=Sealed("The fridge was replaced.")),
        a.expectation_set(expectation_id=ASKED, about=("X90001/3",), length=21, unit=Unit.WORKING_DAYS, rule="commissioner-view",
            source="house rule", due_on=date(2026, 12, 2)),
        a.expectation_moved(expectation_id=ASKED, before_due_on=date(2026, 12, 2), first_due_on=date(2026, 12, 2), occurred_on=date(2026, 11, 5)),
        a.clock_stopped(expectation_id=ASKED, remaining=36, occurred_on=date(2026, 11, 5)),
        a.clock_restarted(expectation_id=ASKED, before_due_on=date(2026, 12, 11), first_due_on=date(2026, 12, 2), due_on=date(2026, 12, 12), occurred_on=date(2026, 11, 6)),
        a.expectation_answered(expectation_id=ASKED, entry="X90001/3", occurred_on=date(2026, 11, 10)),
        a.expectation_set(expectation_id="expectation-everything2"),
        a.expectation_withdrawn(expectation_id="expectation-everything2", occurred_on=date(2026, 11, 10)),
        a.declaration_asked_for(opens_on=date(2026, 10, 12)),
        a.declaration_submitted(kept_at=Sealed("eDEC 2026"), exceptions=Sealed("No hearing loop.")),
        a.declaration_amended(exceptions=Sealed("No hearing loop on the second floor.")),
        *ladder(CONTRACT),
        a.list_closure_applied_for(
            application_id="application-everything1", support=Sealed("A locum."), changed_circumstances=Sealed("A partner left.")),
        by(MANAGER, a.list_closure_approved(
            application_id="application-everything1", reference=Sealed("LC 7"), committee_told_on=date(2026, 10, 21))),
        by(MANAGER, a.list_closure_extended(application_id="application-everything1")),
        by(MANAGER, a.list_reopened(application_id="application-everything1")),
        a.list_closure_applied_for(application_id="application-everything2", occurred_on=date(2026, 9, 1)),
        by(MANAGER, a.list_closure_refused(
            application_id="application-everything2", committee_told_on=date(2026, 9, 21), occurred_on=date(2026, 9, 20))),
        a.branch_closure_applied_for(
            branch_id="branch-everything1", site_code="X90001001", public_involvement=Sealed("Two meetings."), closes_on=date(2027, 3, 31)),
        by(MANAGER, a.branch_closure_approved(branch_id="branch-everything1", public_involvement=Sealed("A third meeting."))),
        by(MANAGER, a.merger_approved(
            merger_id="merger-everything1", business_case=Sealed("BC 4"), services_told_on=date(2026, 9, 10),
            services_told_late=Sealed("No late notice."), occurred_on=date(2026, 9, 11))),
        by(MANAGER, a.practices_merged(merger_id="merger-everything1")),
        a.branch_closure_applied_for(branch_id="branch-everything2"),
        by(MANAGER, a.branch_closure_refused(branch_id="branch-everything2")),
        a.contractor_composition_changed(
            contract_id=CONTRACT, left=(Sealed("Dr C. Example"),), form_before=ContractorForm.INDIVIDUAL,
            form_after=ContractorForm.PARTNERSHIP, notice_given_on=date(2026, 10, 1), review=Sealed("Nobody split."),
            effective_on=date(2026, 11, 1)),
        a.practice_boundary_changed(
            contract_id=CONTRACT, before=Sealed("North of the river"), map_reference=Sealed("Map 2"), variation=Sealed("V2"),
            effective_on=date(2026, 11, 1)),
        a.contract_review_held(
            review_id="review-everything1", about_flags=(FLAG,), about_actions=(ACTION,)),
        a.tier_recommended(),
        by(LEAD, a.tier_view_stated(view_id="view-everything1", occurred_on=_DAY)),
        by(LEAD, a.tier_view_stated(view_id="view-everything2", occurred_on=_DAY)),
        a.override_given(override_id="override-everything1", occurred_on=_DAY),
        a.override_given(override_id="override-everything2", occurred_on=date(2026, 11, 10)),
        by(MANAGER, a.tier_decided(
            decision_id="decision-everything2", inputs=("X90001/7", "X90001/24"), occurred_on=date(2026, 11, 10),
            effective_on=date(2026, 11, 10), before=Tier.ROOM_FOR_IMPROVEMENT, tier=Tier.CAUSE_FOR_CONCERN, **WEIGHED)),
        by(LEAD, a.dissent_recorded(
            dissent_id="dissent-everything1", decision_id="decision-everything2", occurred_on=date(2026, 11, 11))),
        by(MANAGER, a.decision_review_asked(
            asking_id="asking-everything1", decision_id="decision-everything2", arrived=("X90001/7",), replaced=("X90001/7",),
            facts=("X90001/7",), occurred_on=date(2026, 11, 11))),
        by(MANAGER, a.decision_checked(
            decision_id="decision-everything2", arrived=("X90001/7",), replaced=("X90001/7",), facts=("X90001/7",),
            occurred_on=date(2026, 11, 11))),
        by(MANAGER, a.decision_reaffirmed(
            asking_id="asking-everything1", decision_id="decision-everything2", occurred_on=date(2026, 11, 11))),
        by(MANAGER, a.decision_review_asked(
            asking_id="asking-everything2", decision_id="decision-everything2", arrived=("X90001/24",),
            replaced=("X90001/24",), facts=(), occurred_on=date(2026, 11, 11))),
        by(MANAGER, a.decision_revised(
            asking_id="asking-everything2", decision_id="decision-everything2", revised_by="decision-everything3",
            occurred_on=date(2026, 11, 11))),
    )  # fmt: skip
    long_ago = [entry._replace(recorded_at=entry.recorded_at - timedelta(days=1)) for entry in told]
    assert all(isinstance(entry.fact, e.FACTS) for entry in long_ago)
    return long_ago


def version_of(kind: type) -> int:
    """The version of the last fact of this kind."""
    return [entry.version for entry in everything() if type(entry.fact) is kind][-1]


__all__ = ["CASEWORKER", "everything", "version_of"]

"""Commands and facts with sensible fields, imported as `a`: `a.raise_flag(level=Level.ALARM)`, `a.flag_raised()`.

Ids come from one counter, so that no test depends on the order in which others ran: a thing named in two facts of one
test is passed by hand.
"""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import factory.declarations
import factory.helpers

from domain import links
from domain.access import commands as access_commands
from domain.access import events as access_events
from domain.access.roles import InterestNature, Role
from domain.framework import commands as framework
from domain.framework.catalogue import VERSION_ONE
from domain.indicators import commands as indicators
from domain.indicators import events as indicator_events
from domain.performers import commands as performers
from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.contract_kinds import (
    Committee,
    ContractorForm,
    DisputeOutcome,
    Entitlement,
    LocalOutcome,
    ServiceMethod,
    TerminatedBecause,
)
from domain.practice.kinds import (
    ActionKind,
    Better,
    ChallengeOutcome,
    Channel,
    ClearedBecause,
    ContractorKind,
    ContractType,
    CorrectionKind,
    Direction,
    DisputeRoute,
    DocumentKind,
    ExpectationAnswer,
    ExpectationKind,
    ExplanationCategory,
    FlagKind,
    GivenBecause,
    IndicatorDomain,
    IndicatorModel,
    IntelligenceSource,
    LesserStep,
    Level,
    MergerModel,
    ParticipantRole,
    PeriodLength,
    PracticeAnswer,
    Rating,
    RecommendedBecause,
    RegulatoryActionKind,
    RegulatoryEnd,
    RestsOn,
    ReviewKind,
    SanctionKind,
    Side,
    Tier,
    Travel,
    Unit,
    Visibility,
    VisitStage,
    WithdrawnBecause,
)
from domain.releases import commands as releases
from domain.releases import events as release_events
from domain.rules import Sealed

TODAY = date(2026, 11, 21)
CODE = "X90001"
HOLDER = "Q99"
COMMISSIONER = "99A"
_count = itertools.count(1)


def new_id(prefix: str) -> str:
    return f"{prefix}-{next(_count):08d}"


def _id(prefix: str) -> Any:
    return factory.declarations.LazyFunction(lambda: new_id(prefix))


def _words(text: str) -> Any:
    return factory.declarations.LazyFunction(lambda: Sealed(text))


def _make(made: type, **defaults: Any) -> Any:
    return factory.helpers.make_factory(made, **defaults)


# --- commands -----------------------------------------------------------------------------------------------

register_practice = _make(
    c.RegisterPractice,
    code=CODE,
    name="Larkfield Road Surgery",
    contract_holder=HOLDER,
    local_commissioner=COMMISSIONER,
    region="Y99",
)
change_details = _make(c.ChangeDetails, name="Larkfield Road Surgery")
assign_responsibility = _make(c.AssignResponsibility, contract_holder=HOLDER, from_on=TODAY)
name_caseworker = _make(c.NameCaseworker, caseworker="person-00000001")
hand_over_practice = _make(
    c.HandOverPractice, caseworker="person-00000002", note="The rota is agreed; the log is awaited."
)
close_practice = _make(c.ClosePractice, closed_on=TODAY)
reopen_practice = _make(c.ReopenPractice, reason="The closure was recorded for another practice.")
sign_contract = _make(
    c.SignContract,
    contract_id=_id("contract"),
    reference=factory.declarations.LazyFunction(lambda: f"GMS {next(_count)}"),
    contract_type=ContractType.GMS,
    parties=("Larkfield Road Partnership",),
    starts_on=date(2024, 4, 1),
)
vary_contract = _make(
    c.VaryContract,
    variation="V1",
    wording="Clause 9 now reads as annexed.",
    signed_by_holder_on=date(2026, 3, 1),
    signed_by_contractor_on=date(2026, 3, 2),
    effective_on=date(2026, 4, 1),
)
name_provider = _make(c.NameProvider, provider_name="Fernhill Health Partnership", from_on=date(2026, 4, 1))
record_inspection = _make(
    c.RecordInspection,
    inspection_id=_id("inspection"),
    inspected_on=date(2026, 9, 15),
    rating=Rating.GOOD,
    occurred_on=date(2026, 10, 20),
)
set_expectation = _make(
    c.SetExpectation,
    expectation_id=_id("expectation"),
    kind=ExpectationKind.REPLY,
    expected_of=Side.PRACTICE,
    words="What will be done about the telephones?",
    due_on=date(2026, 12, 4),
)
answer_expectation = _make(
    c.AnswerExpectation,
    expectation_id="expectation-00000000",
    answer=ExpectationAnswer.REPLIED,
    words="A second line from January.",
)
move_expectation = _make(
    c.MoveExpectation,
    expectation_id="expectation-00000000",
    due_on=date(2026, 12, 11),
    reason="The manager is away.",
)
withdraw_expectation = _make(
    c.WithdrawExpectation, expectation_id="expectation-00000000", reason="It was settled on the visit."
)
stop_clock = _make(
    c.StopClock, expectation_id="expectation-00000000", reason="The figures are being restated."
)
restart_clock = _make(c.RestartClock, expectation_id="expectation-00000000", reason="The figures are there.")
record_regulatory_action = _make(
    c.RecordRegulatoryAction,
    regulatory_id=_id("regulatory"),
    kind=RegulatoryActionKind.CONDITIONS,
    from_on=date(2026, 10, 1),
    words="Vaccines are stored as the condition says.",
)
end_regulatory_action = _make(
    c.EndRegulatoryAction, regulatory_id="regulatory-00000000", because=RegulatoryEnd.MET
)
ask_for_declaration = _make(
    c.AskForDeclaration, declaration_year="2026-27", due_on=date(2026, 12, 4), occurred_on=date(2026, 10, 12)
)
record_declaration = _make(c.RecordDeclaration, declaration_year="2026-27")
amend_declaration = _make(
    c.AmendDeclaration, declaration_year="2026-27", words="The fire risk assessment was done in May."
)
apply_for_list_closure = _make(
    c.ApplyForListClosure,
    application_id=_id("application"),
    options="A second phone line and a locum: neither was enough.",
    patients="The patient group was told in March, and agrees.",
    neighbours="Two practices next door can take new patients.",
    months=6,
    plans="A nurse practitioner begins in January.",
    occurred_on=date(2026, 10, 1),
)
approve_list_closure = _make(
    c.ApproveListClosure,
    application_id="application-00000000",
    closes_on=date(2026, 12, 1),
    reopens_on=date(2027, 6, 1),
    reason="The list grew by a tenth in a quarter.",
)
refuse_list_closure = _make(
    c.RefuseListClosure,
    application_id="application-00000000",
    reason="No practice near it takes new patients.",
)
extend_list_closure = _make(
    c.ExtendListClosure,
    application_id="application-00000000",
    asked_on=date(2026, 11, 20),
    reopens_on=date(2027, 9, 1),
    reason="The nurse practitioner has not begun.",
)
reopen_list = _make(
    c.ReopenList, application_id="application-00000000", reason="The nurse practitioner began early."
)
apply_for_branch_closure = _make(
    c.ApplyForBranchClosure,
    branch_id=_id("branch"),
    site_name="Brookside branch",
    reason="The lease ends in March.",
    occurred_on=date(2026, 10, 1),
)
approve_branch_closure = _make(
    c.ApproveBranchClosure,
    branch_id="branch-00000000",
    reason="A bus links both sites every half hour.",
    closes_on=date(2027, 3, 31),
)
refuse_branch_closure = _make(
    c.RefuseBranchClosure, branch_id="branch-00000000", reason="No bus goes to the main site."
)
approve_merger = _make(
    c.ApproveMerger,
    merger_id=_id("merger"),
    other="X90002",
    survives=True,
    model=MergerModel.ONE_CONTRACT_VARIED,
    engagement="Two meetings and a survey: most ask for evening clinics.",
    reason="Both partners of the other practice retire.",
    effective_on=date(2027, 2, 1),
)
merge_practices = _make(c.MergePractices, merger_id="merger-00000000", other="X90002", survives=True)
change_contractor_composition = _make(
    c.ChangeContractorComposition,
    contract_id="contract-00000000",
    joined=("Dr B. Example, GMC 1234567",),
    effective_on=date(2026, 12, 1),
)
change_practice_boundary = _make(
    c.ChangePracticeBoundary,
    contract_id="contract-00000000",
    area="North of the river, and Brookside.",
    consultation="The patient group and both neighbours: no objection.",
    effective_on=date(2026, 12, 1),
)
identify_breach = _make(
    c.IdentifyBreach,
    breach_id=_id("breach"),
    provision="Schedule 3, paragraph 20",
    what="The practice was closed on three weekday afternoons in August.",
    breached_on=date(2026, 8, 20),
    remediable=True,
    remediable_because="The practice can open in those hours again.",
)
handle_breach_informally = _make(
    c.HandleBreachInformally,
    reason="It happened once, through illness, and patients were told.",
    instead="A conversation, and an agreed action on cover.",
)
attempt_local_resolution = _make(
    c.AttemptLocalResolution,
    resolution_id=_id("resolution"),
    took_part="The contract manager and the superintendent pharmacist",
    committee_invited=True,
    outcome=LocalOutcome.NOT_SETTLED,
    words="We met twice and could not agree on the hours.",
)
draft_remedial_notice = _make(
    c.DraftRemedialNotice,
    notice_id=_id("notice"),
    breaches=("breach-00000000",),
    provision="Schedule 3, paragraph 70",
    steps="Open on every weekday from 8am to 6.30pm, and send us the rota each week.",
    period_days=28,
    reasons="Two conversations and an agreed action did not open the practice again.",
)
draft_breach_notice = _make(
    c.DraftBreachNotice,
    notice_id=_id("notice"),
    breaches=("breach-00000000",),
    provision="Schedule 3, paragraph 70",
    reasons="Records were destroyed before their time, and cannot be had again.",
)
propose_sanction = _make(
    c.ProposeSanction,
    notice_id=_id("notice"),
    sanction_id=_id("sanction"),
    contract_id="contract-00000000",
    kind=SanctionKind.WITHHOLD_MONEY,
    entitlement=Entitlement.NOT_SATISFIED,
    rests_on=("notice-00000000",),
    provision="Schedule 3, paragraph 72",
    sum_withheld="£1,200 a month",
    effect="Payments are £1,200 lower each month while the sanction lasts.",
    from_on=date(2026, 12, 31),
    reasons="The notice was not satisfied, and to end the contract would harm patients more.",
)
draft_termination_notice = _make(
    c.DraftTerminationNotice,
    notice_id=_id("notice"),
    termination_id=_id("termination"),
    contract_id="contract-00000000",
    entitlement=Entitlement.NOT_SATISFIED,
    rests_on=("notice-00000000",),
    provision="Schedule 3, paragraph 70",
    evidence=("X90001/3",),
    effective_on=date(2026, 12, 31),
    patients="The list is assigned to the three nearest practices.",
    reasons="The notice was not satisfied, and the practice is closed on most days.",
)
issue_notice = _make(
    c.IssueNotice,
    consulted_on=date(2026, 9, 2),
    answered="The practice says that it cannot find a locum.",
    appeal_rights="You may dispute this notice within 28 days after it is served on you.",
    appeal_body="Primary Care Appeals, NHS Resolution",
    appeal_address="1 Appeal Street",
    proportionality="What was tried before did not work, and patients go without care.",
    letter_sha256="0123456789abcdef" * 4,
)
serve_notice = _make(
    c.ServeNotice,
    method=ServiceMethod.FIRST_CLASS_POST,
    address="1 Larkfield Road",
    deemed_on=TODAY,
)
record_notice_receipt = _make(c.RecordNoticeReceipt)
find_notice_satisfied = _make(
    c.FindNoticeSatisfied, reason="The practice was open on every weekday of the period."
)
find_notice_not_satisfied = _make(
    c.FindNoticeNotSatisfied, reason="The practice stayed closed on four afternoons."
)
withdraw_notice = _make(c.WithdrawNotice, reason="It was drafted for another contract.")
impose_sanction = _make(c.ImposeSanction)
lift_sanction = _make(c.LiftSanction, reason="The practice has opened again.")
suspend_contractor = _make(
    c.SuspendContractor,
    suspension_id=_id("suspension"),
    contract_id="contract-00000000",
    cover="The other partners, and a locum on Mondays.",
)
end_suspension = _make(c.EndSuspension)
record_contractor_notice = _make(
    c.RecordContractorNotice,
    termination_id=_id("termination"),
    contract_id="contract-00000000",
    contractor_form=ContractorForm.PARTNERSHIP,
    effective_on=date(2027, 5, 31),
)
withdraw_contractor_notice = _make(c.WithdrawContractorNotice)
terminate_contract = _make(
    c.TerminateContract,
    contract_id="contract-00000000",
    because=TerminatedBecause.AGREEMENT,
    reason="Both sides signed that it ends.",
    patients="The list is assigned to the three nearest practices.",
)
refer_dispute = _make(
    c.ReferDispute,
    dispute_id=_id("dispute"),
    subject="notice-00000000",
    route=DisputeRoute.NHS_DISPUTE_RESOLUTION,
    words="The practice says that it was open.",
)
determine_dispute = _make(
    c.DetermineDispute,
    outcome=DisputeOutcome.FOR_HOLDER,
    words="The adjudicator found that the notice was right.",
)
withdraw_dispute = _make(c.WithdrawDispute)
raise_flag = _make(
    c.RaiseFlag, flag_id=_id("flag"), indicator="PE03", kind=FlagKind.OUTLYING, level=Level.ALERT
)
explain_flag = _make(
    c.ExplainFlag,
    explanation_id=_id("explanation"),
    category=ExplanationCategory.CODING,
    words="The template coded calls twice until August.",
    given_by=Side.PRACTICE,
)
accept_explanation = _make(c.AcceptExplanation, reason="The codes were checked with the practice.")
decline_explanation = _make(c.DeclineExplanation, reason="The codes are as everybody's.")
clear_flag = _make(
    c.ClearFlag, because=ClearedBecause.INSIDE_LIMITS, reason="Inside its limits for two releases."
)
withdraw_flag = _make(c.WithdrawFlag, reason="Raised on another practice's figures.")
reopen_flag = _make(c.ReopenFlag, reason="The clearing relied on a figure since restated.")
link_practices = _make(
    links.LinkPractices, code=CODE, link_id=_id("link"), other="X90002", reason="The same partners."
)
unlink_practices = _make(links.UnlinkPractices, code=CODE, reason="The partnership ended.")
record_performer_reference = _make(
    performers.RecordPerformerReference,
    code=CODE,
    reference_id=_id("performer"),
    reference="PAG/2026/114",
)
close_performer_reference = _make(
    performers.ClosePerformerReference,
    code=CODE,
    reference_id="performer-00000001",
    reason="The case has ended.",
)
grant_performer_access = _make(
    performers.GrantPerformerAccess,
    code=CODE,
    person="person-auditor1",
    until_on=TODAY,
    reason="For the audit of referrals.",
)
end_performer_access = _make(
    performers.EndPerformerAccess, code=CODE, person="person-auditor1", reason="The audit is over."
)
attendee = _make(c.Attendee, side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER)
record_conversation = _make(
    c.RecordConversation,
    entry_id=_id("entry"),
    occurred_on=TODAY,
    channel=Channel.PHONE,
    attendees=(
        c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),
        c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
    ),
    said="The hub rota has run for three weeks. Abandoned calls fell from 31% to 12%.",
)
hold_contract_review = _make(
    c.HoldContractReview,
    review_id=_id("review"),
    kind=ReviewKind.DEEP_DIVE,
    attendees=factory.declarations.LazyFunction(
        lambda: (attendee(), attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER))
    ),
    scope="Access and premises.",
    evidence_seen="The appointment book and the fire log.",
    findings="Two clinics a week are not offered.",
)
record_intelligence = _make(
    c.RecordIntelligence,
    intelligence_id=_id("intelligence"),
    source=IntelligenceSource.EXTERNAL,
    summary="Two patients told the advice service that calls went unanswered in October.",
)
tell_practice = _make(
    c.TellPractice,
    told_id=_id("told"),
    told="What the call log of October shows, and that we look at it again in January.",
    told_to="Practice manager",
    channel=Channel.LETTER_OR_EMAIL,
)
receive_practice_response = _make(
    c.ReceivePracticeResponse,
    response_id=_id("response"),
    channel=Channel.LETTER_OR_EMAIL,
    responded_by="Practice manager",
    points=factory.declarations.LazyFunction(
        lambda: (c.ResponsePoint(words="The second line has been open since Monday."),)
    ),
)
make_factual_challenge = _make(
    c.MakeFactualChallenge,
    challenge_id=_id("challenge"),
    about=f"{CODE}/1",
    wrong="We had three lines open in October, not two.",
)
decide_factual_challenge = _make(
    c.DecideFactualChallenge, outcome=ChallengeOutcome.UPHELD, reason="The supplier's log shows three."
)
refer_to_quality_surveillance_group = _make(
    c.ReferToQualitySurveillanceGroup,
    referral_id=_id("referral"),
    group="North Moor Quality Surveillance Group",
    reason="Three sources point the same way.",
    evidence=(f"{CODE}/1",),
)
agree_plan = _make(c.AgreePlan, action_ids=())
answer_plan = _make(
    c.AnswerPlan,
    action_ids=(),
    answer=PracticeAnswer.AGREED,
    answered_by="Practice manager",
)
write_letter = _make(
    c.WriteLetter,
    letter_id=_id("letter"),
    addressee="The practice manager",
    subject="Your overdue declaration",
    text="We have not had your declaration. Please send it.",
    signed_as="Amira Khan, caseworker",
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
attach_document = _make(
    c.AttachDocument,
    document_id=_id("document"),
    title="Letter about phone access",
    file_name="Letter 7.pdf",
    content=PDF,
    occurred_on=TODAY,
    kept=c.Kept(kept_as="ab" * 32, key="cd" * 32, sha256="ef" * 32, sealed=b"sealed"),
)
corroborate_intelligence = _make(c.CorroborateIntelligence, reason="The call log shows it.")
discount_intelligence = _make(c.DiscountIntelligence, reason="The call log does not show it.")
propose_action = _make(
    c.ProposeAction,
    action_id=_id("action"),
    kind=ActionKind.IMPROVEMENT,
    issue="Calls go unanswered on Monday mornings.",
    owner=Side.PRACTICE,
    due_on=date(2026, 12, 14),
    success_measure="Fewer than one call in ten abandoned in November.",
)
agree_action = _make(c.AgreeAction)
answer_action = _make(c.AnswerAction, answer=PracticeAnswer.AGREED, answered_by="practice manager")
progress_action = _make(c.ProgressAction, words="The rota is drafted.")
reschedule_action = _make(
    c.RescheduleAction, due_on=date(2027, 1, 11), reason="The lead receptionist is on leave."
)
complete_action = _make(c.CompleteAction, evidence_document="Call log, November 2026")
accept_evidence = _make(c.AcceptEvidence)
send_back_action = _make(c.SendBackAction, reason="The log covers October only.")
cancel_action = _make(c.CancelAction, reason="Overtaken by the new telephone system.")
reopen_action = _make(c.ReopenAction, reason="Calls went unanswered again.", due_on=date(2027, 1, 18))
propose_tier = _make(
    c.ProposeTier,
    proposal_id=_id("proposal"),
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    rationale="Phone access is outlying and the practice has a plan.",
    inputs=(f"{CODE}/1",),
    effective_on=TODAY,
)
decline_tier_proposal = _make(c.DeclineTierProposal, reason="The practice has not been asked yet.")
SAID_OF_A_TIER: dict[str, Any] = {
    "direction": Travel.WORSENING,
    "differs_because": "The practice asked for help itself.",
    "tried": (LesserStep.CONVERSATION,),
    "on_validation": "The numbers are right.",
    "on_conversation": "The practice sees it as we do.",
    "on_support": "A locum was offered, and taken.",
    "on_action_plan": "It has one.",
    "on_visit": "Not needed yet.",
    "asked_for": "A rota for each week.",
    "de_escalation": "Two quarters within the limits.",
    "answered": "Two posts are vacant.",
    "no_view_because": "It was asked, and has not answered.",
}
"""What a decision owes while a framework is in force."""

decide_tier = _make(
    c.DecideTier,
    decision_id=_id("decision"),
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    rationale="Phone access is outlying and the practice has a plan.",
    inputs=(f"{CODE}/1",),
    effective_on=TODAY,
    **SAID_OF_A_TIER,
)
open_tier_decision = _make(c.OpenTierDecision)
state_tier_view = _make(
    c.StateTierView,
    view_id=_id("view"),
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    words="We would go on helping with access for a quarter.",
)
give_override = _make(
    c.GiveOverride, override_id=_id("override"), reason="The next shared meeting is three weeks away."
)
record_dissent = _make(
    c.RecordDissent,
    dissent_id=_id("dissent"),
    decision_id="decision-00000000",
    words="We think that the plan should have been given its time.",
)
reaffirm_decision = _make(
    c.ReaffirmDecision, asking_id="asking-00000000", reason="The phones alone would have moved it."
)
correct_fact = _make(c.CorrectFact, fields={}, reason="The date was a slip.")
withdraw_fact = _make(c.WithdrawFact, reason="Entered under the wrong practice.")
request_correction = _make(
    c.RequestCorrection,
    request_id=_id("request"),
    kind=CorrectionKind.CORRECT,
    fields={},
    reason="The date was a slip.",
)
authorise_correction = _make(c.AuthoriseCorrection)
decline_correction = _make(c.DeclineCorrection, reason="The minutes say otherwise.")
agree_entry = _make(c.AgreeEntry, digest="ab" * 32)
dispute_entry = _make(c.DisputeEntry, reason="Nobody promised a second locum.")
amend_entry = _make(c.AmendEntry, said="The hub rota has run for two weeks, not three.")
state_position = _make(c.StatePosition, position="The hub has solved it; we would close the flag.")
join_threads = _make(c.JoinThreads, join_id=_id("join"))
part_threads = _make(c.PartThreads, reason="It is another matter after all.")
change_visibility = _make(
    c.ChangeVisibility, visibility=Visibility.INTERNAL, reason="Told to us in confidence."
)
request_access = _make(c.RequestAccess, access_id=_id("access"), reason="We meet the practice on Monday.")
grant_access = _make(c.GrantAccess, until_on=date(2026, 12, 1))
decline_access = _make(c.DeclineAccess, reason="It was told in confidence.")
take_emergency_access = _make(
    c.TakeEmergencyAccess, access_id=_id("access"), reason="A patient may be at risk tonight."
)
review_emergency_access = _make(
    c.ReviewEmergencyAccess, justified=True, reason="The risk was real, and nobody answered the telephone."
)
add_person = _make(
    access_commands.AddPerson,
    person_id=_id("person"),
    name="Amira Khan",
    email=factory.declarations.LazyFunction(lambda: f"person{next(_count)}@example.org"),
    role=Role.CASEWORKER,
    organisation=HOLDER,
)
grant_role = _make(access_commands.GrantRole, role=Role.MANAGER, organisation=HOLDER)
end_role = _make(access_commands.EndRole, reason="Left the team.")
name_organisation = _make(
    access_commands.NameOrganisation,
    code=HOLDER,
    name="North Moor area team",
    kind="area_team",
    label="area team",
    part_of="Y99",
    from_on=date(2013, 4, 1),
)
make_sign_in_link = _make(access_commands.MakeSignInLink, lapses_on=date(2026, 11, 28))
succeed_organisation = _make(
    access_commands.SucceedOrganisation, code="QHM", predecessor=COMMISSIONER, from_on=date(2026, 7, 1)
)
record_visit_stage = _make(c.RecordVisitStage, stage=VisitStage.OFFERED)
close_episode = _make(
    c.CloseEpisode,
    closing_id=_id("closing"),
    reason="The log shows calls answered for three months.",
)
reopen_episode = _make(c.ReopenEpisode, reason="The calls are abandoned again.")
arrange_cover = _make(
    access_commands.ArrangeCover, cover_id=_id("cover"), from_on=TODAY, to_on=date(2026, 12, 4)
)
end_cover = _make(access_commands.EndCover)
_INDICATOR = {
    "code": "PE03",
    "name": "Easy to get through by phone",
    "domain": IndicatorDomain.PATIENT_EXPERIENCE,
    "description": "How easy it is to reach the surgery.",
    "numerator": "Patients who say easy",
    "denominator": "Patients who answered",
    "unit": "%",
    "better": Better.HIGH,
    "model": IndicatorModel.BINOMIAL,
    "source": "GP Patient Survey",
    "period": PeriodLength.YEAR,
}
_RELEASE = {
    "release": "2016Q1",
    "file_name": "numbers.csv",
    "file": release_events.KeptFile(
        content_id="file-00000000", sha256="0" * 64, size=1_000, kept_as="1" * 64, opens_with=Sealed("2" * 64)
    ),
    "mapping": None,
    "validated": releases.Validated(
        rows=30,
        observations=30,
        practices=30,
        reported=(),
        left_out=(),
        covers=(release_events.Covered(indicator="PE03", version=1, periods=("2016Q1",), observations=30),),
    ),
    "indicators": (),
    "rule_set_version": 1,
}
settle_flags = _make(c.SettleFlags, release="2016Q1", indicators=("PE03",))
publish_release = _make(releases.PublishRelease, **_RELEASE)
restate_release = _make(releases.RestateRelease, **_RELEASE, reason="A column was wrong.")
withdraw_release = _make(releases.WithdrawRelease, release="2016Q1", reason="A column was wrong.")
complete_flags = _make(
    releases.CompleteFlags,
    release="2016Q1",
    edition=1,
    raised=1,
    cleared=0,
    withdrawn=0,
    kept=0,
    by_hand=0,
    refused=(),
)
define_indicator = _make(indicators.DefineIndicator, **_INDICATOR)
retire_indicator = _make(indicators.RetireIndicator, code="PE03", reason="The survey asks no more.")
indicator_defined = _make(
    indicator_events.IndicatorDefined,
    **_INDICATOR,
    version=1,
    standardisation=None,
    refresh_lag_months=None,
    minimum_denominator=None,
    target=None,
    known_explanations=(),
    part_of=None,
    valid_from=date(2013, 4, 1),
    reason=None,
    occurred_on=TODAY,
)
indicator_retired = _make(
    indicator_events.IndicatorRetired,
    code="PE03",
    retired_on=TODAY,
    reason=Sealed("The survey asks no more."),
    occurred_on=TODAY,
)

draft_rule_set = _make(
    framework.DraftRuleSet,
    draft_id=_id("draft"),
    rules=framework.numbers_of(VERSION_ONE)[0],
    responses=framework.numbers_of(VERSION_ONE)[1],
    reason="Four alerts are as many as chance gives to a large practice.",
)
publish_rule_set = _make(
    framework.PublishRuleSet,
    draft_id="draft-00000000",
    effective_from=TODAY,
    reason="Agreed by the assurance group.",
)
decline_rule_set = _make(
    framework.DeclineRuleSet, draft_id="draft-00000000", reason="A year of data is wanted first."
)
withdraw_rule_set = _make(framework.WithdrawRuleSet, version=2, reason="The year was mistyped.")

address_organisation = _make(
    access_commands.AddressOrganisation, code=HOLDER, address="Fell House\nMill Lane\nLarkdale LK1 1AA"
)
write_template = _make(
    access_commands.WriteTemplate,
    code=HOLDER,
    template_id=_id("template"),
    name="Annual review",
    text="What went well:\n\nWhat is agreed:",
)
end_template = _make(access_commands.EndTemplate, code=HOLDER, template_id="template-00000000")
declare_interest = _make(
    access_commands.DeclareInterest,
    interest_id=_id("interest"),
    nature=InterestNature.PARTNER_OR_OWNER,
    practice=CODE,
)
end_interest = _make(access_commands.EndInterest, interest_id="interest-00000000")
recuse_person = _make(access_commands.RecusePerson, practice=CODE, reason="Their sister is a partner there.")
end_recusal = _make(access_commands.EndRecusal, practice=CODE, reason="Their sister left the practice.")

# --- facts --------------------------------------------------------------------------------------------------

practice_registered = _make(
    e.PracticeRegistered,
    code=CODE,
    kind=ContractorKind.GENERAL_PRACTICE,
    name=_words("Larkfield Road Surgery"),
    address=None,
    postcode=None,
    telephone=None,
    opened_on=None,
    list_size=None,
    source="form",
    source_sha256=None,
    occurred_on=date(2024, 11, 21),
)
responsibility_assigned = _make(
    e.ResponsibilityAssigned,
    contract_holder=HOLDER,
    local_commissioner=COMMISSIONER,
    region="Y99",
    from_on=date(2024, 11, 21),
    before_contract_holder=None,
    before_local_commissioner=None,
    before_region=None,
    reason=None,
    source="form",
    source_sha256=None,
    occurred_on=date(2024, 11, 21),
)
details_changed = _make(
    e.DetailsChanged,
    name=_words("Larkfield Surgery"),
    address=None,
    postcode=None,
    telephone=None,
    list_size=None,
    changes=factory.declarations.LazyFunction(
        lambda: (
            e.Change(
                field="name", before=Sealed("Larkfield Road Surgery"), after=Sealed("Larkfield Surgery")
            ),
        )
    ),
    source="form",
    source_sha256=None,
    occurred_on=date(2026, 5, 1),
)
caseworker_named = _make(
    e.CaseworkerNamed,
    caseworker="person-00000001",
    before=None,
    from_on=date(2026, 5, 1),
    note=None,
    occurred_on=date(2026, 5, 1),
)
practice_closed = _make(
    e.PracticeClosed,
    closed_on=date(2026, 10, 31),
    reason=None,
    successor=None,
    source="form",
    source_sha256=None,
    occurred_on=date(2026, 10, 31),
)
practice_reopened = _make(
    e.PracticeReopened,
    reason=_words("The closure was recorded for another practice."),
    source="form",
    source_sha256=None,
    occurred_on=TODAY,
)
contract_signed = _make(
    e.ContractSigned,
    contract_id=_id("contract"),
    reference=_words("GMS 1"),
    contract_type=ContractType.GMS,
    contractor_kind=ContractorKind.GENERAL_PRACTICE,
    parties=factory.declarations.LazyFunction(lambda: (Sealed("Larkfield Road Partnership"),)),
    notice_address=None,
    starts_on=date(2024, 4, 1),
    ends_on=None,
    services=(),
    practice_area=None,
    nhs_contract=True,
    occurred_on=date(2024, 11, 21),
)
contract_varied = _make(
    e.ContractVaried,
    variation=_words("V1"),
    clauses=None,
    wording=_words("Clause 9 now reads as annexed."),
    unilateral=False,
    legal_basis=None,
    notice_given_on=None,
    signed_by_holder_on=date(2026, 3, 1),
    signed_by_contractor_on=date(2026, 3, 2),
    effective_on=date(2026, 4, 1),
    occurred_on=date(2026, 3, 2),
)
provider_named = _make(
    e.ProviderNamed,
    provider_name=_words("Fernhill Health Partnership"),
    provider_code=None,
    from_on=date(2024, 11, 21),
    occurred_on=date(2024, 11, 21),
)
inspection_reported = _make(
    e.InspectionReported,
    inspection_id=_id("inspection"),
    location=None,
    inspected_on=date(2026, 9, 15),
    rating=Rating.GOOD,
    **dict.fromkeys(
        ("safe", "effective", "caring", "responsive", "well_led", "older_people", "long_term_conditions",
         "families", "working_age", "vulnerable_people", "mental_health", "report", "words")
    ),
    occurred_on=date(2026, 10, 20),
)  # fmt: skip
expectation_set = _make(
    e.ExpectationSet,
    expectation_id=_id("expectation"),
    kind=ExpectationKind.REPLY,
    expected_of=Side.PRACTICE,
    organisation=None,
    words=_words("What will be done about the telephones?"),
    about=(),
    due_on=date(2026, 12, 4),
    length=None,
    unit=None,
    rule=None,
    source=None,
    occurred_on=date(2026, 11, 3),
)
expectation_answered = _make(
    e.ExpectationAnswered,
    expectation_id="expectation-00000000",
    answer=ExpectationAnswer.REPLIED,
    entry=None,
    words=_words("A second line from January."),
    occurred_on=date(2026, 11, 20),
)
expectation_moved = _make(
    e.ExpectationMoved,
    expectation_id="expectation-00000000",
    due_on=date(2026, 12, 11),
    before_due_on=date(2026, 12, 4),
    first_due_on=date(2026, 12, 4),
    reason=_words("The manager is away."),
    occurred_on=date(2026, 11, 20),
)
expectation_withdrawn = _make(
    e.ExpectationWithdrawn,
    expectation_id="expectation-00000000",
    reason=_words("It was settled on the visit."),
    occurred_on=date(2026, 11, 20),
)
clock_stopped = _make(
    e.ClockStopped,
    expectation_id="expectation-00000000",
    remaining=15,
    unit=Unit.DAYS,
    reason=_words("The figures are being restated."),
    occurred_on=date(2026, 11, 19),
)
clock_restarted = _make(
    e.ClockRestarted,
    expectation_id="expectation-00000000",
    due_on=date(2026, 12, 6),
    before_due_on=date(2026, 12, 4),
    first_due_on=date(2026, 12, 4),
    reason=_words("The figures are there."),
    occurred_on=date(2026, 11, 21),
)
regulatory_action_recorded = _make(
    e.RegulatoryActionRecorded,
    regulatory_id=_id("regulatory"),
    kind=RegulatoryActionKind.CONDITIONS,
    from_on=date(2026, 10, 1),
    requirement=None,
    words=_words("Vaccines are stored as the condition says."),
    comply_by=None,
    inspection_id=None,
    reference=None,
    occurred_on=date(2026, 10, 1),
)
regulatory_action_ended = _make(
    e.RegulatoryActionEnded,
    regulatory_id="regulatory-00000000",
    because=RegulatoryEnd.MET,
    words=None,
    occurred_on=date(2026, 11, 3),
)
declaration_asked_for = _make(
    e.DeclarationAskedFor,
    declaration_year="2026-27",
    opens_on=None,
    due_on=date(2026, 12, 4),
    occurred_on=date(2026, 10, 12),
)
declaration_submitted = _make(
    e.DeclarationSubmitted,
    declaration_year="2026-27",
    kept_at=None,
    exceptions=None,
    occurred_on=date(2026, 11, 3),
)
declaration_amended = _make(
    e.DeclarationAmended,
    declaration_year="2026-27",
    words=_words("The fire risk assessment was done in May."),
    exceptions=None,
    occurred_on=date(2026, 11, 10),
)
list_closure_applied_for = _make(
    e.ListClosureAppliedFor,
    application_id=_id("application"),
    options=_words("A second phone line and a locum: neither was enough."),
    patients=_words("The patient group was told in March, and agrees."),
    neighbours=_words("Two practices next door can take new patients."),
    months=6,
    support=None,
    plans=_words("A nurse practitioner begins in January."),
    changed_circumstances=None,
    occurred_on=date(2026, 10, 1),
)
list_closure_approved = _make(
    e.ListClosureApproved,
    application_id="application-00000000",
    closes_on=date(2026, 11, 1),
    reopens_on=date(2027, 5, 1),
    reference=None,
    reason=_words("The list grew by a tenth in a quarter."),
    committee_told_on=None,
    occurred_on=date(2026, 10, 20),
)
list_closure_refused = _make(
    e.ListClosureRefused,
    application_id="application-00000000",
    reason=_words("No practice near it takes new patients."),
    barred_until=date(2027, 1, 20),
    committee_told_on=None,
    occurred_on=date(2026, 10, 20),
)
list_closure_extended = _make(
    e.ListClosureExtended,
    application_id="application-00000000",
    asked_on=date(2026, 11, 2),
    before=date(2027, 5, 1),
    reopens_on=date(2027, 9, 1),
    reason=_words("The nurse practitioner has not begun."),
    occurred_on=date(2026, 11, 9),
)
list_reopened = _make(
    e.ListReopened,
    application_id="application-00000000",
    reason=_words("The nurse practitioner began early."),
    occurred_on=date(2026, 11, 16),
)
branch_closure_applied_for = _make(
    e.BranchClosureAppliedFor,
    branch_id=_id("branch"),
    site_name=_words("Brookside branch"),
    site_code=None,
    reason=_words("The lease ends in March."),
    public_involvement=None,
    closes_on=None,
    occurred_on=date(2026, 10, 1),
)
branch_closure_approved = _make(
    e.BranchClosureApproved,
    branch_id="branch-00000000",
    public_involvement=None,
    reason=_words("A bus links both sites every half hour."),
    closes_on=date(2027, 3, 31),
    occurred_on=date(2026, 11, 3),
)
branch_closure_refused = _make(
    e.BranchClosureRefused,
    branch_id="branch-00000000",
    reason=_words("No bus goes to the main site."),
    occurred_on=date(2026, 11, 3),
)
merger_approved = _make(
    e.MergerApproved,
    merger_id=_id("merger"),
    other="X90002",
    survives=True,
    model=MergerModel.ONE_CONTRACT_VARIED,
    engagement=_words("Two meetings and a survey: most ask for evening clinics."),
    business_case=None,
    reason=_words("Both partners of the other practice retire."),
    services_told_on=None,
    services_told_late=None,
    effective_on=date(2026, 11, 1),
    occurred_on=date(2026, 9, 1),
)
practices_merged = _make(
    e.PracticesMerged,
    merger_id="merger-00000000",
    other="X90002",
    survives=True,
    open_actions=(),
    occurred_on=date(2026, 11, 2),
)
contractor_composition_changed = _make(
    e.ContractorCompositionChanged,
    contract_id="contract-00000000",
    joined=factory.declarations.LazyFunction(lambda: (Sealed("Dr B. Example, GMC 1234567"),)),
    left=(),
    form_before=None,
    form_after=None,
    notice_given_on=None,
    after_death=False,
    review=None,
    effective_on=date(2026, 12, 1),
    occurred_on=date(2026, 10, 1),
)
practice_boundary_changed = _make(
    e.PracticeBoundaryChanged,
    contract_id="contract-00000000",
    before=None,
    area=_words("North of the river, and Brookside."),
    map_reference=None,
    consultation=_words("The patient group and both neighbours: no objection."),
    variation=None,
    effective_on=date(2026, 12, 1),
    occurred_on=date(2026, 10, 1),
)
breach_identified = _make(
    e.BreachIdentified,
    breach_id=_id("breach"),
    contract_id="contract-00000000",
    provision=_words("Schedule 3, paragraph 20"),
    provision_words=None,
    what=_words("The practice was closed on three weekday afternoons in August."),
    breached_on=date(2026, 8, 20),
    evidence=(),
    remediable=True,
    remediable_because=_words("The practice can open in those hours again."),
    repeats=None,
    occurred_on=date(2026, 9, 1),
)
breach_handled_informally = _make(
    e.BreachHandledInformally,
    reason=_words("It happened once, through illness, and patients were told."),
    instead=_words("A conversation, and an agreed action on cover."),
    occurred_on=date(2026, 9, 1),
)
local_resolution_attempted = _make(
    e.LocalResolutionAttempted,
    resolution_id=_id("resolution"),
    took_part=_words("The contract manager and the superintendent pharmacist"),
    committee_invited=True,
    outcome=LocalOutcome.NOT_SETTLED,
    words=_words("We met twice and could not agree on the hours."),
    occurred_on=date(2026, 9, 1),
)
remedial_notice_drafted = _make(
    e.RemedialNoticeDrafted,
    notice_id=_id("notice"),
    contract_id="contract-00000000",
    breaches=("breach-00000000",),
    provision=_words("Schedule 3, paragraph 70"),
    provision_words=None,
    steps=_words("Open on every weekday from 8am to 6.30pm, and send us the rota each week."),
    period_days=28,
    shorter_because=None,
    shorter_words=None,
    withholds=None,
    reasons=_words("Two conversations and an agreed action did not open the practice again."),
    occurred_on=date(2026, 9, 2),
)
breach_notice_drafted = _make(
    e.BreachNoticeDrafted,
    notice_id=_id("notice"),
    contract_id="contract-00000000",
    breaches=("breach-00000000",),
    provision=_words("Schedule 3, paragraph 70"),
    provision_words=None,
    withholds=None,
    reasons=_words("Records were destroyed before their time, and cannot be had again."),
    occurred_on=date(2026, 9, 2),
)
sanction_proposed = _make(
    e.SanctionProposed,
    notice_id=_id("notice"),
    sanction_id=_id("sanction"),
    contract_id="contract-00000000",
    kind=SanctionKind.WITHHOLD_MONEY,
    entitlement=Entitlement.NOT_SATISFIED,
    rests_on=("notice-00000000",),
    cumulative_effect=None,
    provision=_words("Schedule 3, paragraph 72"),
    provision_words=None,
    services=(),
    obligations=None,
    sum_withheld=_words("£1,200 a month"),
    effect=_words("Payments are £1,200 lower each month while the sanction lasts."),
    evidence=(),
    from_on=date(2026, 11, 12),
    until_on=None,
    shorter_because=None,
    shorter_words=None,
    reasons=_words("The notice was not satisfied, and to end the contract would harm patients more."),
    occurred_on=date(2026, 10, 12),
)
termination_notice_drafted = _make(
    e.TerminationNoticeDrafted,
    notice_id=_id("notice"),
    termination_id=_id("termination"),
    contract_id="contract-00000000",
    entitlement=Entitlement.NOT_SATISFIED,
    rests_on=("notice-00000000",),
    cumulative_effect=None,
    provision=_words("Schedule 3, paragraph 70"),
    provision_words=None,
    clause=None,
    evidence=("X90001/3",),
    effective_on=date(2026, 11, 12),
    shorter_because=None,
    shorter_words=None,
    patients=_words("The list is assigned to the three nearest practices."),
    reasons=_words("The notice was not satisfied, and the practice is closed on most days."),
    occurred_on=date(2026, 10, 12),
)
notice_issued = _make(
    e.NoticeIssued,
    committee=Committee.LOCAL_MEDICAL,
    consulted_on=date(2026, 9, 2),
    not_consulted_because=None,
    answered=_words("The practice says that it cannot find a locum."),
    answers=(),
    not_waited_because=None,
    no_local_resolution=None,
    appeal_route=DisputeRoute.NHS_DISPUTE_RESOLUTION,
    appeal_rights=_words("You may dispute this notice within 28 days after it is served on you."),
    appeal_body=_words("Primary Care Appeals, NHS Resolution"),
    appeal_address=_words("1 Appeal Street"),
    proportionality=_words("What was tried before did not work, and patients go without care."),
    letter_sha256="0123456789abcdef" * 4,
    occurred_on=date(2026, 9, 3),
)
notice_served = _make(
    e.NoticeServed,
    method=ServiceMethod.FIRST_CLASS_POST,
    address=_words("1 Larkfield Road"),
    deemed_on=date(2026, 9, 5),
    because=None,
    occurred_on=date(2026, 9, 3),
)
notice_receipt_returned = _make(e.NoticeReceiptReturned, occurred_on=date(2026, 9, 7))
notice_satisfied = _make(
    e.NoticeSatisfied,
    evidence=(),
    reason=_words("The practice was open on every weekday of the period."),
    occurred_on=date(2026, 10, 10),
)
notice_not_satisfied = _make(
    e.NoticeNotSatisfied,
    evidence=(),
    reason=_words("The practice stayed closed on four afternoons."),
    occurred_on=date(2026, 10, 10),
)
notice_withdrawn = _make(
    e.NoticeWithdrawn, reason=_words("It was drafted for another contract."), occurred_on=date(2026, 10, 11)
)
sanction_imposed = _make(e.SanctionImposed, despite=None, despite_words=None, occurred_on=date(2026, 11, 12))
sanction_lifted = _make(
    e.SanctionLifted, reason=_words("The practice has opened again."), occurred_on=date(2026, 11, 15)
)
contractor_suspended = _make(
    e.ContractorSuspended,
    suspension_id=_id("suspension"),
    contract_id="contract-00000000",
    cover=_words("The other partners, and a locum on Mondays."),
    until_on=None,
    occurred_on=date(2026, 9, 1),
)
suspension_ended = _make(e.SuspensionEnded, occurred_on=date(2026, 10, 1))
contractor_notice_given = _make(
    e.ContractorNoticeGiven,
    termination_id=_id("termination"),
    contract_id="contract-00000000",
    contractor_form=ContractorForm.PARTNERSHIP,
    late_payment=False,
    reason=None,
    effective_on=date(2027, 5, 31),
    occurred_on=date(2026, 11, 1),
)
contractor_notice_withdrawn = _make(e.ContractorNoticeWithdrawn, reason=None, occurred_on=date(2026, 11, 10))
contract_terminated = _make(
    e.ContractTerminated,
    termination_id=None,
    contract_id="contract-00000000",
    because=TerminatedBecause.AGREEMENT,
    notice_id=None,
    reason=_words("Both sides signed that it ends."),
    patients=_words("The list is assigned to the three nearest practices."),
    despite=None,
    despite_words=None,
    occurred_on=date(2026, 11, 15),
)
dispute_referred = _make(
    e.DisputeReferred,
    dispute_id=_id("dispute"),
    subject="notice-00000000",
    route=DisputeRoute.NHS_DISPUTE_RESOLUTION,
    reference=None,
    words=_words("The practice says that it was open."),
    occurred_on=date(2026, 9, 20),
)
dispute_determined = _make(
    e.DisputeDetermined,
    outcome=DisputeOutcome.FOR_HOLDER,
    words=_words("The adjudicator found that the notice was right."),
    occurred_on=date(2026, 11, 1),
)
dispute_withdrawn = _make(e.DisputeWithdrawn, reason=None, occurred_on=date(2026, 11, 1))
flag_raised = _make(
    e.FlagRaised,
    flag_id=_id("flag"),
    indicator="PE03",
    indicator_version=1,
    indicator_name="Easy to get through by phone",
    domain=IndicatorDomain.PATIENT_EXPERIENCE,
    kind=FlagKind.OUTLYING,
    direction=Direction.ADVERSE,
    level=Level.ALERT,
    note=None,
    source="by_hand",
    period=None,
    numerator=None,
    denominator=None,
    value=None,
    comparator=None,
    lower_alert=None,
    upper_alert=None,
    lower_alarm=None,
    upper_alarm=None,
    z=None,
    phi=None,
    tau2=None,
    method=None,
    method_version=None,
    parameters=(),
    release=None,
    rule_set_version=None,
    occurred_on=date(2026, 9, 1),
)
flag_explained = _make(
    e.FlagExplained,
    explanation_id=_id("explanation"),
    category=ExplanationCategory.CODING,
    words=_words("The template coded calls twice until August."),
    given_by=Side.PRACTICE,
    proposed=False,
    occurred_on=TODAY,
)
explanation_accepted = _make(
    e.ExplanationAccepted, reason=_words("The codes were checked."), occurred_on=TODAY
)
explanation_not_accepted = _make(
    e.ExplanationNotAccepted, reason=_words("The codes are as everybody's."), occurred_on=TODAY
)
flag_cleared = _make(
    e.FlagCleared,
    because=ClearedBecause.INSIDE_LIMITS,
    reason=_words("Inside its limits for two releases."),
    release=None,
    occurred_on=TODAY,
)
flag_withdrawn = _make(
    e.FlagWithdrawn,
    because=WithdrawnBecause.RAISED_IN_ERROR,
    reason=_words("Raised on another practice's figures."),
    release=None,
    occurred_on=TODAY,
)
flag_reopened = _make(
    e.FlagReopened, reason=_words("The clearing relied on a figure since restated."), occurred_on=TODAY
)
conversation_recorded = _make(
    e.ConversationRecorded,
    entry_id=_id("entry"),
    occurred_on=TODAY,
    channel=Channel.PHONE,
    participants=factory.declarations.LazyFunction(
        lambda: (
            e.Participant(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),
            e.Participant(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
        )
    ),
    subject=None,
    said=_words("The hub rota has run for three weeks. Abandoned calls fell from 31% to 12%."),
    about_flags=(),
    about_actions=(),
    about_intelligence=(),
    next_contact_on=None,
    reply_to=None,
    visibility=Visibility.BOTH,
    thread=None,
    meeting=None,
    documents=(),
)
practice_told = _make(
    e.PracticeTold,
    told_id=_id("told"),
    told=_words("What the call log of October shows."),
    told_to=_words("Practice manager"),
    channel=Channel.LETTER_OR_EMAIL,
    about=(),
    by=None,
    copy_to=None,
    copy_sha256=None,
    occurred_on=TODAY,
)
practice_response_received = _make(
    e.PracticeResponseReceived,
    response_id=_id("response"),
    told_id=None,
    channel=Channel.LETTER_OR_EMAIL,
    responded_by=_words("Practice manager"),
    nothing_to_say=False,
    points=factory.declarations.LazyFunction(
        lambda: (e.AnsweredPoint(about=None, words=Sealed("The second line has been open since Monday.")),)
    ),
    document=None,
    occurred_on=TODAY,
)
factual_challenge_made = _make(
    e.FactualChallengeMade,
    challenge_id=_id("challenge"),
    about=f"{CODE}/1",
    response_id=None,
    wrong=_words("We had three lines open in October, not two."),
    instead=None,
    document=None,
    occurred_on=TODAY,
)
factual_challenge_decided = _make(
    e.FactualChallengeDecided,
    outcome=ChallengeOutcome.UPHELD,
    reason=_words("The supplier's log shows three."),
    occurred_on=TODAY,
)
quality_surveillance_group_referred = _make(
    e.QualitySurveillanceGroupReferred,
    referral_id=_id("referral"),
    group=_words("North Moor Quality Surveillance Group"),
    reason=_words("Three sources point the same way."),
    evidence=(f"{CODE}/1",),
    occurred_on=TODAY,
)
letter_written = _make(
    e.LetterWritten,
    letter_id=_id("letter"),
    addressee=_words("The practice manager"),
    address=None,
    subject=_words("Your overdue declaration"),
    text=_words("We have not had your declaration. Please send it."),
    signed_by="person-caseworker",
    signed_as=_words("Amira Khan, caseworker"),
    organisation=HOLDER,
    heading=None,
    occurred_on=TODAY,
)
document_attached = _make(
    e.DocumentAttached,
    document_id=_id("document"),
    title=_words("Letter about phone access"),
    file_name=_words("Letter 7.pdf"),
    kind=DocumentKind.PDF,
    size=len(PDF),
    sha256=_words("ef" * 32),
    kept_as="ab" * 32,
    opens_with=_words("cd" * 32),
    about_flags=(),
    about_actions=(),
    of_entry=None,
    visibility=Visibility.BOTH,
    occurred_on=TODAY,
)
contract_review_held = _make(
    e.ContractReviewHeld,
    review_id=_id("review"),
    kind=ReviewKind.DEEP_DIVE,
    participants=factory.declarations.LazyFunction(
        lambda: (
            e.Participant(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),
            e.Participant(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
        )
    ),
    scope=_words("Access and premises."),
    evidence_seen=_words("The appointment book and the fire log."),
    findings=_words("Two clinics a week are not offered."),
    about_flags=(),
    about_actions=(),
    occurred_on=date(2026, 10, 8),
)
intelligence_recorded = _make(
    e.IntelligenceRecorded,
    intelligence_id=_id("intelligence"),
    source=IntelligenceSource.EXTERNAL,
    received_from=None,
    summary=_words("Two patients told the advice service that calls went unanswered in October."),
    immediate_safety_risk=False,
    about_flags=(),
    visibility=Visibility.BOTH,
    occurred_on=TODAY,
)
intelligence_corroborated = _make(
    e.IntelligenceCorroborated, reason=_words("The call log shows it."), evidence=(), occurred_on=TODAY
)
intelligence_discounted = _make(
    e.IntelligenceDiscounted, reason=_words("The call log does not show it."), evidence=(), occurred_on=TODAY
)
action_proposed = _make(
    e.ActionProposed,
    action_id=_id("action"),
    kind=ActionKind.IMPROVEMENT,
    issue=_words("Calls go unanswered on Monday mornings."),
    owner=Side.PRACTICE,
    due_on=date(2026, 12, 14),
    success_measure=_words("Fewer than one call in ten abandoned in November."),
    plan_id=None,
    about_flags=(),
    about_intelligence=(),
    visibility=Visibility.BOTH,
    occurred_on=date(2026, 9, 1),
)
action_agreed = _make(
    e.ActionAgreed, side=Side.CONTRACT_HOLDER, organisation=HOLDER, occurred_on=date(2026, 9, 2)
)
action_answered = _make(
    e.ActionAnswered,
    answer=PracticeAnswer.AGREED,
    answered_by=_words("practice manager"),
    words=None,
    occurred_on=date(2026, 9, 3),
)
action_progressed = _make(
    e.ActionProgressed, words=_words("The rota is drafted."), occurred_on=date(2026, 10, 1)
)
action_rescheduled = _make(
    e.ActionRescheduled,
    due_on=date(2027, 1, 11),
    before_due_on=date(2026, 12, 14),
    first_due_on=date(2026, 12, 14),
    reason=_words("The lead receptionist is on leave."),
    occurred_on=TODAY,
)
action_sent_back = _make(e.ActionSentBack, reason=_words("The log covers October only."), occurred_on=TODAY)
action_reopened = _make(
    e.ActionReopened,
    reason=_words("Calls went unanswered again."),
    due_on=date(2027, 1, 18),
    occurred_on=TODAY,
)
action_completed = _make(
    e.ActionCompleted,
    words=None,
    evidence=(),
    evidence_document=_words("Call log, November 2026"),
    evidence_sha256=None,
    occurred_on=TODAY,
)
action_evidence_accepted = _make(e.ActionEvidenceAccepted, words=None, occurred_on=TODAY)
action_cancelled = _make(
    e.ActionCancelled, reason=_words("Overtaken."), not_done=False, occurred_on=date(2026, 10, 1)
)
tier_proposed = _make(
    e.TierProposed,
    proposal_id=_id("proposal"),
    before=Tier.ASSURANCE_BASED,
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    rationale=_words("Phone access is outlying and the practice has a plan."),
    inputs=(f"{CODE}/1",),
    effective_on=TODAY,
    review_on=None,
    occurred_on=TODAY,
)
tier_proposal_declined = _make(
    e.TierProposalDeclined, reason=_words("The practice has not been asked yet."), occurred_on=TODAY
)
tier_decided = _make(
    e.TierDecided,
    decision_id=_id("decision"),
    proposal_id=None,
    before=Tier.ASSURANCE_BASED,
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    rationale=_words("Phone access is outlying and the practice has a plan."),
    inputs=(f"{CODE}/1",),
    effective_on=TODAY,
    review_on=None,
    occurred_on=TODAY,
)
tier_recommended = _make(
    e.TierRecommended,
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    satisfied=(e.SatisfiedRule(rule="R1", tier=Tier.ROOM_FOR_IMPROVEMENT, facts=(f"{CODE}/7",)),),
    framework_version=1,
    framework_digest="ab" * 32,
    because=RecommendedBecause.FACTS_CHANGED,
    occurred_on=TODAY,
)
tier_view_stated = _make(
    e.TierViewStated,
    view_id=_id("view"),
    organisation=COMMISSIONER,
    tier=Tier.ROOM_FOR_IMPROVEMENT,
    words=_words("We would go on helping with access for a quarter."),
    occurred_on=TODAY,
)
override_given = _make(
    e.OverrideGiven,
    override_id=_id("override"),
    reason=_words("The next shared meeting is three weeks away."),
    occurred_on=TODAY,
)
dissent_recorded = _make(
    e.DissentRecorded,
    dissent_id=_id("dissent"),
    decision_id="decision-00000001",
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    words=_words("We think that the plan should have been given its time."),
    occurred_on=TODAY,
)
decision_review_asked = _make(
    e.DecisionReviewAsked,
    asking_id=_id("asking"),
    decision_id="decision-00000001",
    arrived=(f"{CODE}/9",),
    replaced=(f"{CODE}/3",),
    rests=(RestsOn.INPUT, RestsOn.RULES),
    before=Tier.ROOM_FOR_IMPROVEMENT,
    before_rules=("R1",),
    after=Tier.ASSURANCE_BASED,
    after_rules=(),
    facts=(f"{CODE}/3",),
    framework_version=1,
    given_to="person-manager01",
    given_because=GivenBecause.DECIDED_IT,
    occurred_on=TODAY,
)
decision_checked = _make(
    e.DecisionChecked,
    decision_id="decision-00000001",
    arrived=(f"{CODE}/9",),
    replaced=(f"{CODE}/3",),
    rests=(RestsOn.RULES,),
    recommended=Tier.ROOM_FOR_IMPROVEMENT,
    rules=("R1",),
    facts=(f"{CODE}/3",),
    framework_version=1,
    occurred_on=TODAY,
)
decision_reaffirmed = _make(
    e.DecisionReaffirmed,
    asking_id="asking-00000001",
    decision_id="decision-00000001",
    reason=_words("The phones alone would have moved it."),
    occurred_on=TODAY,
)
decision_revised = _make(
    e.DecisionRevised,
    asking_id="asking-00000001",
    decision_id="decision-00000001",
    revised_by="decision-00000002",
    occurred_on=TODAY,
)
correction_requested = _make(
    e.CorrectionRequested,
    request_id=_id("request"),
    kind=CorrectionKind.WITHDRAW,
    fields=(),
    reason=_words("Entered under the wrong practice."),
    occurred_on=TODAY,
)
correction_declined = _make(
    e.CorrectionDeclined, reason=_words("The minutes say otherwise."), occurred_on=TODAY
)
entry_amended = _make(
    e.EntryAmended,
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    said=_words("The hub rota has run for two weeks, not three."),
    reason=None,
    occurred_on=TODAY,
)
entry_agreed = _make(
    e.EntryAgreed,
    digest="ab" * 32,
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    occurred_on=TODAY,
)
entry_disputed = _make(
    e.EntryDisputed,
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    reason=_words("Nobody promised a second locum."),
    occurred_on=TODAY,
)
position_stated = _make(
    e.PositionStated,
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    position=_words("The hub has solved it; we would close the flag."),
    occurred_on=TODAY,
)
threads_joined = _make(
    e.ThreadsJoined,
    join_id=_id("join"),
    entries=(3,),
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    avoided_contact=True,
    reason=None,
    occurred_on=TODAY,
)
threads_parted = _make(
    e.ThreadsParted,
    side=Side.LOCAL_COMMISSIONER,
    organisation=COMMISSIONER,
    reason=_words("It is another matter after all."),
    occurred_on=TODAY,
)
visibility_changed = _make(
    e.VisibilityChanged,
    before=Visibility.BOTH,
    after=Visibility.INTERNAL,
    reason=_words("Told to us in confidence."),
    occurred_on=TODAY,
)
access_requested = _make(
    e.AccessRequested,
    access_id=_id("access"),
    reason=_words("We meet the practice on Monday."),
    occurred_on=TODAY,
)
access_granted = _make(e.AccessGranted, until_on=date(2026, 12, 1), reason=None, occurred_on=TODAY)
access_declined = _make(e.AccessDeclined, reason=_words("It was told in confidence."), occurred_on=TODAY)
emergency_access_taken = _make(
    e.EmergencyAccessTaken,
    access_id=_id("access"),
    until_on=date(2026, 11, 22),
    review_by=date(2026, 11, 24),
    reason=_words("A patient may be at risk tonight."),
    occurred_on=TODAY,
)
emergency_access_reviewed = _make(
    e.EmergencyAccessReviewed,
    justified=True,
    reason=_words("The risk was real, and nobody answered the telephone."),
    occurred_on=TODAY,
)
visit_stage_reached = _make(
    e.VisitStageReached,
    action_id=_id("action"),
    stage=VisitStage.OFFERED,
    visit_on=None,
    words=None,
    occurred_on=TODAY,
)
episode_closed = _make(
    e.EpisodeClosed,
    closing_id=_id("closing"),
    concerns=(),
    concern=None,
    caseworker="person-caseworker",
    reason=_words("The log shows calls answered for three months."),
    occurred_on=TODAY,
)
episode_reopened = _make(
    e.EpisodeReopened, concern=None, reason=_words("The calls are abandoned again."), occurred_on=TODAY
)
practice_handed_over = _make(
    e.PracticeHandedOver,
    caseworker="person-00000002",
    before="person-caseworker",
    from_on=TODAY,
    note=_words("The rota is agreed; the log is awaited."),
    hand_over_id=None,
    occurred_on=TODAY,
)
fact_corrected = _make(
    e.FactCorrected,
    fields=(),
    reason=_words("The date was a slip."),
    request_id=None,
    requested_by=None,
    occurred_on=TODAY,
)
fact_withdrawn = _make(
    e.FactWithdrawn,
    reason=_words("Entered under the wrong practice."),
    request_id=None,
    requested_by=None,
    occurred_on=TODAY,
)
person_added = _make(
    access_events.PersonAdded,
    person_id=_id("person"),
    name=_words("Amira Khan"),
    email=_words("amira.khan@example.org"),
    occurred_on=date(2024, 11, 21),
)
role_granted = _make(
    access_events.RoleGranted,
    role=Role.CASEWORKER,
    organisation=HOLDER,
    from_on=date(2024, 11, 21),
    to_on=None,
    reason=None,
    occurred_on=date(2024, 11, 21),
)
role_ended = _make(
    access_events.RoleEnded,
    role=Role.CASEWORKER,
    organisation=HOLDER,
    ended_on=TODAY,
    reason=_words("Left the team."),
    occurred_on=TODAY,
)
organisation_succeeded = _make(
    access_events.OrganisationSucceeded,
    code="QHM",
    predecessor=COMMISSIONER,
    from_on=date(2026, 7, 1),
    reason=None,
    source="form",
    source_sha256=None,
    occurred_on=TODAY,
)
cover_arranged = _make(
    access_events.CoverArranged,
    cover_id=_id("cover"),
    from_on=TODAY,
    to_on=date(2026, 12, 4),
    note=None,
    occurred_on=TODAY,
)
cover_ended = _make(access_events.CoverEnded, ended_on=TODAY, occurred_on=TODAY)
interest_declared = _make(
    access_events.InterestDeclared,
    practice=CODE,
    organisation=None,
    nature=InterestNature.PARTNER_OR_OWNER,
    words=None,
    from_on=TODAY,
    to_on=None,
    occurred_on=TODAY,
)
interest_ended = _make(access_events.InterestEnded, ended_on=TODAY, reason=None, occurred_on=TODAY)
person_recused = _make(
    access_events.PersonRecused,
    practice=CODE,
    reason=_words("Their sister is a partner there."),
    from_on=TODAY,
    to_on=None,
    interest_id=None,
    occurred_on=TODAY,
)
recusal_ended = _make(
    access_events.RecusalEnded,
    practice=CODE,
    ended_on=TODAY,
    reason=_words("Their sister left the practice."),
    occurred_on=TODAY,
)
organisation_addressed = _make(
    access_events.OrganisationAddressed,
    code=HOLDER,
    address=_words("Fell House\nMill Lane\nLarkdale LK1 1AA"),
    from_on=TODAY,
    occurred_on=TODAY,
)
template_written = _make(
    access_events.TemplateWritten,
    template_id=_id("template"),
    code=HOLDER,
    name=_words("Annual review"),
    text=_words("What went well:\n\nWhat is agreed:"),
    from_on=TODAY,
    occurred_on=TODAY,
)
template_ended = _make(
    access_events.TemplateEnded,
    template_id="template-00000000",
    code=HOLDER,
    ended_on=TODAY,
    reason=None,
    occurred_on=TODAY,
)
organisation_named = _make(
    access_events.OrganisationNamed,
    code=HOLDER,
    name="North Moor area team",
    kind="area_team",
    label="area team",
    part_of="Y99",
    from_on=date(2013, 4, 1),
    source="form",
    source_sha256=None,
    occurred_on=TODAY,
)


def changed(field: str, before: str, after: str) -> e.CorrectedField:
    """A corrected field, before and after, each written as JSON."""
    return e.CorrectedField(field=field, before=Sealed(before), after=Sealed(after))

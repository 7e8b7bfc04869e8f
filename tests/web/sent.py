"""A valid sending of each form: what it needs to stand on, where it is, and what somebody answers.

The facts that should follow are typed by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.practice import events as e
from domain.practice.kinds import ActionKind, Rating, Side, Visibility
from domain.practice.reviews import asking_id_of
from domain.reading import OpenEntries
from tests.support import factories as a
from tests.web.person import File

FLAG = "flag-0000aaaa"
EXPLANATION = "explanation-0000aaaa"
ACTION = "action-0000aaaa"
INTELLIGENCE = "intelligence-0000aaaa"
CONTRACT = "contract-0000aaaa"
PROPOSAL = "proposal-0000aaaa"
ENTRY = "entry-0000aaaa"
REQUEST = "request-0000aaaa"
ACCESS = "access-0000aaaa"
JOIN = "join-0000aaaa"
CLOSING = "closing-0000aaaa"
TOLD = "told-0000aaaa"
CHALLENGE = "challenge-0000aaaa"
REGULATORY = "regulatory-0000aaaa"
APPLICATION = "application-0000aaaa"
BRANCH = "branch-0000aaaa"
MERGER, OTHER = "merger-0000aaaa", "X90044"
ASKED = "expectation-0000aaaa"
BREACH, NOTICE, LATER = "breach-0000aaaa", "notice-0000aaaa", "notice-0000bbbb"
SANCTION, SUSPENSION, DISPUTE = "sanction-0000aaaa", "suspension-0000aaaa", "dispute-0000aaaa"
ENDING = "termination-0000aaaa"

Given = tuple[tuple[str, Any], ...]


def flag(**more: Any) -> tuple[str, Any]:
    return "colleague", a.raise_flag(flag_id=FLAG, **more)


def explained() -> tuple[str, Any]:
    return "colleague", a.explain_flag(flag_id=FLAG, explanation_id=EXPLANATION)


def conversation(**more: Any) -> tuple[str, Any]:
    return "caseworker", a.record_conversation(entry_id=ENTRY, **more)


def heard() -> tuple[str, Any]:
    return "colleague", a.record_intelligence(intelligence_id=INTELLIGENCE)


def proposed_action(**more: Any) -> Given:
    return (("colleague", a.propose_action(action_id=ACTION, **more)),)


def agreed_action(**more: Any) -> Given:
    return (
        *proposed_action(**more),
        ("lead", a.agree_action(action_id=ACTION)),
        ("manager", a.agree_action(action_id=ACTION)),
    )


def completed_action() -> Given:
    return (
        *agreed_action(),
        ("colleague", a.complete_action(action_id=ACTION, evidence_document="Report 7")),
    )


def accepted_action() -> Given:
    return (*completed_action(), ("manager", a.accept_evidence(action_id=ACTION)))


def asked_of_the_practice() -> tuple[str, Any]:
    return "colleague", a.set_expectation(expectation_id=ASKED)


def contract() -> tuple[str, Any]:
    return "colleague", a.sign_contract(contract_id=CONTRACT, reference="GMS 1")


def list_application() -> tuple[str, Any]:
    return "colleague", a.apply_for_list_closure(application_id=APPLICATION)


def closed_list() -> Given:
    approved = a.approve_list_closure(
        application_id=APPLICATION,
        closes_on=date(2026, 11, 1),
        reopens_on=date(2027, 5, 1),
        occurred_on=date(2026, 10, 20),
    )
    return (list_application(), ("manager", approved))


def breached(**more: Any) -> Given:
    return (contract(), ("colleague", a.identify_breach(breach_id=BREACH, contract_id=CONTRACT, **more)))


def drafted() -> Given:
    """A remedial notice of few days, on a ground."""
    short = {"period_days": 3, "shorter_because": "patient_safety", "shorter_words": "Vaccines."}
    return (
        *breached(occurred_on=date(2026, 8, 25)),
        (
            "colleague",
            a.draft_remedial_notice(
                notice_id=NOTICE, breaches=(BREACH,), occurred_on=date(2026, 9, 1), **short
            ),
        ),
    )


def notice_issued() -> Given:
    return (*drafted(), ("manager", a.issue_notice(notice_id=NOTICE, occurred_on=date(2026, 9, 2))))


def notice_served() -> Given:
    served = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 9, 2), deemed_on=date(2026, 9, 3))
    return (*notice_issued(), ("colleague", served))


def unmet() -> Given:
    found = a.find_notice_not_satisfied(notice_id=NOTICE, occurred_on=date(2026, 9, 10))
    return (*notice_served(), ("manager", found))


def sanction_served() -> Given:
    proposed = a.propose_sanction(
        notice_id=LATER,
        sanction_id=SANCTION,
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        from_on=date(2026, 11, 1),
        occurred_on=date(2026, 9, 11),
    )
    issued = a.issue_notice(notice_id=LATER, occurred_on=date(2026, 9, 12))
    served = a.serve_notice(notice_id=LATER, occurred_on=date(2026, 9, 12), deemed_on=date(2026, 9, 12))
    return (*unmet(), ("colleague", proposed), ("manager", issued), ("colleague", served))


def imposed() -> Given:
    return (
        *sanction_served(),
        ("manager", a.impose_sanction(sanction_id=SANCTION, occurred_on=date(2026, 11, 1))),
    )


def disputed() -> Given:
    return (*notice_issued(), ("colleague", a.refer_dispute(dispute_id=DISPUTE, subject=NOTICE)))


def other_practice() -> Any:
    return a.register_practice(code=OTHER, name="Brookside Surgery")


def branch_application() -> tuple[str, Any]:
    return "colleague", a.apply_for_branch_closure(branch_id=BRANCH)


def proposed_tier() -> Given:
    return (conversation(), ("caseworker", a.propose_tier(proposal_id=PROPOSAL, inputs=(f"{a.CODE}/3",))))


def asked_for() -> Given:
    return (
        conversation(),
        (
            "colleague",
            a.request_correction(request_id=REQUEST, version=3, fields={"said": "Said otherwise."}),
        ),
    )


@dataclass(frozen=True)
class Sent:
    """`typed` names the answers that are free words, each of which is tried with every kind of character."""

    verb: str
    by: str
    answers: dict[str, Any]
    fact: type
    given: Given = ()
    about: str = ""
    tells: dict[str, Any] = field(default_factory=dict)
    typed: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    also: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/practices/{a.CODE}/{self.verb}" + (f"?{self.about}" if self.about else "")


def restricted() -> Given:
    return (conversation(visibility=Visibility.RESTRICTED),)


def joined() -> Given:
    join = a.join_threads(join_id=JOIN, concern=FLAG, avoided_contact=True)
    return (flag(), conversation(about_flags=(FLAG,)), ("lead", join))


def told() -> Given:
    return (flag(), ("colleague", a.tell_practice(told_id=TOLD, about=(f"{a.CODE}/3",))))


def challenged() -> Given:
    return (flag(), ("colleague", a.make_factual_challenge(challenge_id=CHALLENGE, about=f"{a.CODE}/3")))


def looked_after() -> Given:
    return (("manager", a.name_caseworker(caseworker="person-caseworker")),)


def settled() -> Given:
    return (*looked_after(), flag(), ("colleague", a.clear_flag(flag_id=FLAG)))


def access_asked_for() -> Given:
    return (*restricted(), ("lead", a.request_access(access_id=ACCESS, version=3)))


def emergency() -> Given:
    return (*restricted(), ("lead", a.take_emergency_access(access_id=ACCESS, version=3)))


WORDS = "The rota has run for three weeks."
TYPED_OF_A_TIER = (
    "differs_because", "on_validation", "on_conversation", "on_support", "on_action_plan", "on_visit", "asked_for",
    "outcome", "de_escalation", "answered", "not_waited_because", "no_view_because", "consulted",
)  # fmt: skip
SAID_OF_A_TIER: dict[str, Any] = {
    "direction": "worsening",
    **{f"was_{name[3:]}": "tried" for name in TYPED_OF_A_TIER if name.startswith("on_")},
    **dict.fromkeys(TYPED_OF_A_TIER, WORDS),
}
"""What a decision owes while a framework is in force, and may say."""

ISSUING = {
    "consulted_on": (2, 9, 2026), "answered": WORDS, "appeal_rights": WORDS, "appeal_body": "Primary Care Appeals",
    "appeal_address": "1 Appeal Street", "proportionality": WORDS,
}  # fmt: skip

SENT = (
    Sent(
        "change-details", "caseworker", {"name": "Larkfield Surgery", "list_size": "8,500"}, e.DetailsChanged,
        typed=("name", "address"), needs=("name",),
    ),
    Sent("name-caseworker", "caseworker", {"caseworker": "person-colleague"}, e.CaseworkerNamed, typed=("note",)),
    Sent("close-practice", "manager", {"closed_on": (1, 11, 2026), "reason": WORDS}, e.PracticeClosed, typed=("reason",), needs=("closed_on",)),
    Sent(
        "reopen-practice", "manager", {"reason": WORDS}, e.PracticeReopened,
        given=(("manager", a.close_practice()),), typed=("reason",), needs=("reason",),
    ),
    Sent(
        "sign-contract", "caseworker",
        {"contract_type": "GMS", "reference": "GMS 7", "parties": "Dr One\nDr Two", "starts_on": (1, 4, 2024)},
        e.ContractSigned, typed=("notice_address", "practice_area"), needs=("contract_type", "reference", "parties", "starts_on"),
    ),
    Sent(
        "vary-contract", "caseworker",
        {
            "variation": "V1", "wording": WORDS, "effective_on": (1, 4, 2026),
            "signed_by_holder_on": (1, 3, 2026), "signed_by_contractor_on": (2, 3, 2026),
        },
        e.ContractVaried, given=(contract(),), typed=("wording", "legal_basis"), needs=("variation", "wording", "effective_on"),
    ),
    Sent(
        "name-provider", "caseworker", {"provider_name": "Fernhill Health Partnership", "from_on": (1, 4, 2026)},
        e.ProviderNamed, needs=("provider_name", "from_on"),
    ),
    Sent(
        "record-inspection", "caseworker",
        {"inspected_on": (15, 9, 2026), "occurred_on": (20, 10, 2026), "rating": "good", "safe": "requires_improvement", "words": WORDS},
        e.InspectionReported, typed=("words",), needs=("inspected_on", "occurred_on", "rating"),
        tells={"safe": Rating.REQUIRES_IMPROVEMENT, "caring": None},
    ),
    Sent(
        "record-regulatory-action", "caseworker",
        {
            "kind": "warning_notice", "occurred_on": (1, 10, 2026), "from_on": (1, 10, 2026), "requirement": "Regulation 12",
            "words": WORDS, "comply_by": (1, 12, 2026),
        },
        e.RegulatoryActionRecorded, typed=("words",), needs=("kind", "occurred_on", "from_on", "words"),
    ),
    Sent(
        "end-regulatory-action", "manager", {"because": "met", "occurred_on": (3, 11, 2026), "words": WORDS}, e.RegulatoryActionEnded,
        given=(("colleague", a.record_regulatory_action(regulatory_id=REGULATORY)),), about=f"regulatory_id={REGULATORY}",
        typed=("words",), needs=("because", "occurred_on"),
    ),
    Sent(
        "set-expectation", "lead",
        {"kind": "view", "expected_of": "contract_holder", "words": WORDS, "working_days": "10", "about": [f"{a.CODE}/3"]},
        e.ExpectationSet, given=(conversation(),), typed=("words",), needs=("kind", "expected_of", "words"),
        tells={"organisation": a.HOLDER, "length": 10, "about": (f"{a.CODE}/3",)},
    ),
    Sent(
        "answer-expectation", "caseworker", {"answer": "replied", "entry": f"{a.CODE}/3", "words": WORDS}, e.ExpectationAnswered,
        given=(conversation(), asked_of_the_practice()), about=f"expectation_id={ASKED}", typed=("words",), needs=("answer",),
        tells={"entry": f"{a.CODE}/3"},
    ),
    Sent(
        "move-expectation", "caseworker", {"due_on": (11, 12, 2026), "reason": WORDS}, e.ExpectationMoved,
        given=(asked_of_the_practice(),), about=f"expectation_id={ASKED}", typed=("reason",), needs=("due_on", "reason"),
    ),
    Sent(
        "withdraw-expectation", "manager", {"reason": WORDS}, e.ExpectationWithdrawn,
        given=(asked_of_the_practice(),), about=f"expectation_id={ASKED}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "stop-clock", "adviser", {"reason": WORDS}, e.ClockStopped,
        given=(asked_of_the_practice(),), about=f"expectation_id={ASKED}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "restart-clock", "caseworker", {"reason": WORDS}, e.ClockRestarted,
        given=(asked_of_the_practice(), ("colleague", a.stop_clock(expectation_id=ASKED))), about=f"expectation_id={ASKED}",
        typed=("reason",), needs=("reason",),
    ),
    Sent(
        "ask-for-declaration", "caseworker", {"declaration_year": "2026-27", "due_on": (4, 12, 2026)}, e.DeclarationAskedFor,
        needs=("declaration_year", "due_on"),
    ),
    Sent(
        "record-declaration", "caseworker", {"occurred_on": (3, 11, 2026), "exceptions": WORDS}, e.DeclarationSubmitted,
        given=(("colleague", a.ask_for_declaration()),), about="declaration_year=2026-27", typed=("exceptions",), needs=("occurred_on",),
    ),
    Sent(
        "amend-declaration", "caseworker", {"words": WORDS, "exceptions": WORDS}, e.DeclarationAmended,
        given=(
            ("colleague", a.ask_for_declaration()),
            ("colleague", a.record_declaration(occurred_on=date(2026, 11, 3))),
        ),
        about="declaration_year=2026-27", typed=("words", "exceptions"), needs=("words",),
    ),
    Sent(
        "apply-for-list-closure", "caseworker",
        {"occurred_on": (1, 10, 2026), "months": "6", "options": WORDS, "patients": WORDS, "neighbours": WORDS, "plans": WORDS},
        e.ListClosureAppliedFor, typed=("options", "patients", "neighbours", "support", "plans", "changed_circumstances"),
        needs=("months", "options", "patients", "neighbours", "plans"),
    ),
    Sent(
        "approve-list-closure", "manager", {"closes_on": (1, 12, 2026), "reopens_on": (1, 6, 2027), "reason": WORDS},
        e.ListClosureApproved, given=(list_application(),), about=f"application_id={APPLICATION}", typed=("reason",),
        needs=("closes_on", "reopens_on", "reason"),
    ),
    Sent(
        "refuse-list-closure", "manager", {"reason": WORDS}, e.ListClosureRefused, given=(list_application(),),
        about=f"application_id={APPLICATION}", typed=("reason",), needs=("reason",),
        tells={"barred_until": date(2027, 2, 21)},
    ),
    Sent(
        "extend-list-closure", "manager", {"asked_on": (20, 11, 2026), "reopens_on": (1, 9, 2027), "reason": WORDS},
        e.ListClosureExtended, given=closed_list(), about=f"application_id={APPLICATION}", typed=("reason",),
        needs=("asked_on", "reopens_on", "reason"), tells={"before": date(2027, 5, 1)},
    ),
    Sent(
        "reopen-list", "manager", {"occurred_on": (20, 11, 2026), "reason": WORDS}, e.ListReopened, given=closed_list(),
        about=f"application_id={APPLICATION}", typed=("reason",), needs=("occurred_on", "reason"),
    ),
    Sent(
        "apply-for-branch-closure", "caseworker", {"site_name": "Brookside branch", "reason": WORDS, "public_involvement": WORDS},
        e.BranchClosureAppliedFor, typed=("reason", "public_involvement"), needs=("site_name", "reason"),
    ),
    Sent(
        "approve-branch-closure", "manager", {"closes_on": (31, 3, 2027), "reason": WORDS, "public_involvement": WORDS},
        e.BranchClosureApproved, given=(branch_application(),), about=f"branch_id={BRANCH}", typed=("reason",),
        needs=("closes_on", "reason"),
    ),
    Sent(
        "refuse-branch-closure", "manager", {"reason": WORDS}, e.BranchClosureRefused, given=(branch_application(),),
        about=f"branch_id={BRANCH}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "approve-merger", "manager",
        {
            "other": OTHER, "survives": "no", "model": "new_contract", "effective_on": (1, 2, 2027), "engagement": WORDS, "reason": WORDS,
            "services_told_on": (20, 11, 2026),
        },
        e.MergerApproved, given=(("manager", other_practice()),), typed=("engagement", "reason", "services_told_late"),
        needs=("other", "survives", "model", "effective_on", "engagement", "reason"),
        tells={"other": OTHER, "survives": False},
    ),
    Sent(
        "merge-practices", "manager", {"occurred_on": (21, 11, 2026)}, e.PracticesMerged,
        given=(
            ("manager", other_practice()),
            ("manager", a.approve_merger(merger_id=MERGER, other=OTHER, effective_on=a.TODAY)),
        ),
        about=f"merger_id={MERGER}", needs=("occurred_on",), tells={"survives": True},
    ),
    Sent(
        "change-contractor-composition", "caseworker",
        {"joined": "Dr B. Example", "left": "Dr C. Example", "effective_on": (1, 12, 2026), "review": WORDS},
        e.ContractorCompositionChanged, given=(contract(),), typed=("review",), needs=("effective_on",),
        tells={"form_after": None},
    ),
    Sent(
        "change-practice-boundary", "caseworker", {"area": WORDS, "consultation": WORDS, "effective_on": (1, 12, 2026)},
        e.PracticeBoundaryChanged, given=(contract(),), typed=("area", "consultation"), needs=("area", "consultation", "effective_on"),
    ),
    Sent(
        "hold-contract-review", "caseworker",
        {
            "occurred_on": (8, 10, 2026), "kind": "deep_dive", "attendees": ["you", "practice:practice_manager"],
            "scope": WORDS, "evidence_seen": WORDS, "findings": WORDS,
        },
        e.ContractReviewHeld, typed=("scope", "evidence_seen", "findings"), needs=("kind", "scope", "evidence_seen", "findings"),
    ),
    Sent(
        "identify-breach", "caseworker",
        {"provision": "Schedule 3, paragraph 20", "what": WORDS, "breached_on": (20, 8, 2026), "remediable_because": WORDS},
        e.BreachIdentified, given=(contract(),), typed=("what", "remediable_because"),
        needs=("provision", "what", "breached_on", "remediable_because"), tells={"remediable": True},
    ),
    Sent(
        "handle-breach-informally", "caseworker", {"reason": WORDS, "instead": WORDS}, e.BreachHandledInformally,
        given=breached(), about=f"breach_id={BREACH}", typed=("reason", "instead"), needs=("reason", "instead"),
    ),
    Sent(
        "attempt-local-resolution", "caseworker", {"took_part": "The contract manager", "outcome": "settled", "words": WORDS},
        e.LocalResolutionAttempted, given=breached(), about=f"breach_id={BREACH}", typed=("words",),
        needs=("took_part", "outcome", "words"),
    ),
    Sent(
        "draft-remedial-notice", "caseworker",
        {"breaches": BREACH, "provision": "Schedule 3, paragraph 70", "steps": WORDS, "period_days": "28", "reasons": WORDS},
        e.RemedialNoticeDrafted, given=breached(), typed=("steps", "reasons"), needs=("provision", "steps", "period_days", "reasons"),
        tells={"breaches": (BREACH,)},
    ),
    Sent(
        "draft-breach-notice", "caseworker",
        {"breaches": BREACH, "provision": "Schedule 3, paragraph 70", "reasons": WORDS},
        e.BreachNoticeDrafted, given=breached(remediable=False), typed=("reasons",), needs=("provision", "reasons"),
    ),
    Sent(
        "issue-notice", "manager", ISSUING, e.NoticeIssued, given=drafted(), about=f"notice_id={NOTICE}",
        typed=("answered", "appeal_rights", "proportionality"),
        needs=("appeal_rights", "appeal_body", "appeal_address", "proportionality"),
    ),
    Sent(
        "serve-notice", "caseworker",
        {"occurred_on": (3, 9, 2026), "method": "first_class_post", "address": "1 Larkfield Road", "deemed_on": (7, 9, 2026)},
        e.NoticeServed, given=notice_issued(), about=f"notice_id={NOTICE}", needs=("method", "address", "deemed_on"),
    ),
    Sent(
        "record-notice-receipt", "caseworker", {}, e.NoticeReceiptReturned, given=notice_served(), about=f"notice_id={NOTICE}",
    ),
    Sent(
        "find-notice-satisfied", "manager", {"reason": WORDS}, e.NoticeSatisfied, given=notice_served(),
        about=f"notice_id={NOTICE}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "find-notice-not-satisfied", "manager", {"reason": WORDS}, e.NoticeNotSatisfied, given=notice_served(),
        about=f"notice_id={NOTICE}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "withdraw-notice", "manager", {"reason": WORDS}, e.NoticeWithdrawn, given=notice_issued(),
        about=f"notice_id={NOTICE}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "propose-sanction", "caseworker",
        {
            "kind": "withhold_money", "entitlement": "not_satisfied", "rests_on": NOTICE, "provision": "Schedule 3, paragraph 72",
            "sum_withheld": "£1,200 a month", "effect": WORDS, "from_on": (31, 1, 2027), "reasons": WORDS,
        },
        e.SanctionProposed, given=unmet(), typed=("effect", "reasons"),
        needs=("kind", "entitlement", "provision", "effect", "from_on", "reasons"),
    ),
    Sent(
        "draft-termination-notice", "caseworker",
        {
            "entitlement": "not_satisfied", "rests_on": NOTICE, "provision": "Schedule 3, paragraph 70", "evidence": f"{a.CODE}/4",
            "effective_on": (31, 1, 2027), "patients": WORDS, "reasons": WORDS,
        },
        e.TerminationNoticeDrafted, given=unmet(), typed=("patients", "reasons"),
        needs=("entitlement", "provision", "effective_on", "patients", "reasons"),
    ),
    Sent(
        "impose-sanction", "manager", {"occurred_on": (2, 11, 2026)}, e.SanctionImposed, given=sanction_served(),
        about=f"sanction_id={SANCTION}",
    ),
    Sent(
        "lift-sanction", "manager", {"reason": WORDS}, e.SanctionLifted, given=imposed(), about=f"sanction_id={SANCTION}",
        typed=("reason",), needs=("reason",),
    ),
    Sent(
        "suspend-contractor", "caseworker", {"cover": WORDS}, e.ContractorSuspended, given=(contract(),), typed=("cover",),
        needs=("cover",),
    ),
    Sent(
        "end-suspension", "caseworker", {}, e.SuspensionEnded,
        given=(contract(), ("colleague", a.suspend_contractor(suspension_id=SUSPENSION, contract_id=CONTRACT))),
        about=f"suspension_id={SUSPENSION}",
    ),
    Sent(
        "record-contractor-notice", "caseworker", {"contractor_form": "partnership", "effective_on": (31, 7, 2027), "reason": WORDS},
        e.ContractorNoticeGiven, given=(contract(),), typed=("reason",), needs=("contractor_form", "effective_on"),
    ),
    Sent(
        "withdraw-contractor-notice", "caseworker", {"reason": WORDS}, e.ContractorNoticeWithdrawn,
        given=(contract(), ("colleague", a.record_contractor_notice(termination_id=ENDING, contract_id=CONTRACT))),
        about=f"termination_id={ENDING}", typed=("reason",),
    ),
    Sent(
        "terminate-contract", "manager", {"because": "agreement", "reason": WORDS, "patients": WORDS}, e.ContractTerminated,
        given=(contract(),), typed=("reason", "patients"), needs=("because", "patients"),
    ),
    Sent(
        "refer-dispute", "caseworker", {"subject": NOTICE, "words": WORDS}, e.DisputeReferred, given=notice_issued(),
        typed=("words",), needs=("subject", "words"),
    ),
    Sent(
        "determine-dispute", "caseworker", {"outcome": "for_holder", "words": WORDS}, e.DisputeDetermined, given=disputed(),
        about=f"dispute_id={DISPUTE}", typed=("words",), needs=("outcome", "words"),
    ),
    Sent(
        "withdraw-dispute", "caseworker", {"reason": WORDS}, e.DisputeWithdrawn, given=disputed(),
        about=f"dispute_id={DISPUTE}", typed=("reason",),
    ),
    Sent(
        "raise-flag", "caseworker", {"indicator": "PE03", "kind": "outlying", "level": "alert"}, e.FlagRaised,
        typed=("note",), needs=("indicator", "kind", "level"),
    ),
    Sent(
        "explain-flag", "caseworker", {"category": "coding", "words": WORDS, "given_by": "practice"}, e.FlagExplained,
        given=(flag(),), about=f"flag_id={FLAG}", typed=("words",), needs=("category", "words", "given_by"),
    ),
    Sent(
        "accept-explanation", "caseworker", {"reason": WORDS}, e.ExplanationAccepted, given=(flag(), explained()),
        about=f"explanation_id={EXPLANATION}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "decline-explanation", "caseworker", {"reason": WORDS}, e.ExplanationNotAccepted, given=(flag(), explained()),
        about=f"explanation_id={EXPLANATION}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "clear-flag", "caseworker", {"because": "resolved", "reason": WORDS}, e.FlagCleared,
        given=(flag(),), about=f"flag_id={FLAG}", typed=("reason",), needs=("because", "reason"),
    ),
    Sent(
        "withdraw-flag", "caseworker", {"reason": WORDS}, e.FlagWithdrawn,
        given=(flag(),), about=f"flag_id={FLAG}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "reopen-flag", "caseworker", {"reason": WORDS}, e.FlagReopened,
        given=(flag(), ("colleague", a.clear_flag(flag_id=FLAG))), about=f"flag_id={FLAG}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "record-conversation", "caseworker", {"said": WORDS, "about_flags": [FLAG]}, e.ConversationRecorded,
        given=(flag(),), typed=("said", "subject"), needs=("said",), tells={"about_flags": (FLAG,)},
    ),
    Sent(
        "write-letter", "caseworker",
        {"addressee": "The partners", "subject": "A letter", "text": WORDS, "signed_as": "Amira Khan"}, e.LetterWritten,
        typed=("text", "addressee", "subject", "signed_as", "address"), needs=("addressee", "subject", "text", "signed_as"),
    ),
    Sent(
        "attach-document", "caseworker", {"content": File("Letter 7.pdf", a.PDF), "title": WORDS, "about_flags": [FLAG]},
        e.DocumentAttached, given=(flag(),), typed=("title",), needs=("title",), tells={"about_flags": (FLAG,)},
    ),
    Sent(
        "record-intelligence", "caseworker", {"source": "external", "summary": WORDS}, e.IntelligenceRecorded,
        typed=("summary", "received_from"), needs=("source", "summary"),
    ),
    Sent(
        "corroborate-intelligence", "caseworker", {"reason": WORDS}, e.IntelligenceCorroborated,
        given=(heard(),), about=f"intelligence_id={INTELLIGENCE}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "discount-intelligence", "caseworker", {"reason": WORDS}, e.IntelligenceDiscounted,
        given=(heard(),), about=f"intelligence_id={INTELLIGENCE}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "propose-action", "caseworker",
        {"kind": "improvement", "issue": WORDS, "owner": "practice", "due_on": (1, 2, 2027), "success_measure": WORDS},
        e.ActionProposed, typed=("issue", "success_measure"), tells={"owner": Side.PRACTICE},
        needs=("kind", "issue", "owner", "due_on", "success_measure"),
    ),
    Sent("agree-action", "lead", {}, e.ActionAgreed, given=proposed_action(), about=f"action_id={ACTION}", tells={"side": Side.LOCAL_COMMISSIONER}),
    Sent(
        "answer-action", "caseworker", {"answer": "agreed", "answered_by": "Practice manager"}, e.ActionAnswered,
        given=proposed_action(), about=f"action_id={ACTION}", typed=("words", "answered_by"), needs=("answer", "answered_by"),
    ),
    Sent(
        "progress-action", "caseworker", {"words": WORDS}, e.ActionProgressed,
        given=agreed_action(), about=f"action_id={ACTION}", typed=("words",), needs=("words",),
    ),
    Sent(
        "reschedule-action", "caseworker", {"due_on": (1, 3, 2027), "reason": WORDS}, e.ActionRescheduled,
        given=agreed_action(), about=f"action_id={ACTION}", typed=("reason",), needs=("due_on", "reason"),
    ),
    Sent(
        "complete-action", "caseworker", {"evidence_document": "Report 7"}, e.ActionCompleted,
        given=agreed_action(), about=f"action_id={ACTION}", typed=("words", "evidence_document"), needs=("evidence",), also={"evidence_document": ""},
    ),
    Sent("accept-evidence", "caseworker", {}, e.ActionEvidenceAccepted, given=completed_action(), about=f"action_id={ACTION}", typed=("words",)),
    Sent(
        "send-back-action", "caseworker", {"reason": WORDS}, e.ActionSentBack,
        given=completed_action(), about=f"action_id={ACTION}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "cancel-action", "caseworker", {"reason": WORDS, "not_done": "yes"}, e.ActionCancelled,
        given=agreed_action(), about=f"action_id={ACTION}", typed=("reason",), needs=("reason",), tells={"not_done": True},
    ),
    Sent(
        "reopen-action", "caseworker", {"reason": WORDS, "due_on": (1, 3, 2027)}, e.ActionReopened,
        given=accepted_action(), about=f"action_id={ACTION}", typed=("reason",), needs=("reason", "due_on"),
    ),
    Sent(
        "propose-tier", "caseworker",
        {"tier": "room_for_improvement", "rationale": WORDS, "inputs": [f"{a.CODE}/3"]}, e.TierProposed,
        given=(conversation(),), typed=("rationale",), needs=("tier", "rationale", "inputs", "effective_on"), tells={"inputs": (f"{a.CODE}/3",)},
    ),
    Sent(
        "decide-tier", "manager",
        {"tier": "room_for_improvement", "rationale": WORDS, "inputs": [f"{a.CODE}/3"], **SAID_OF_A_TIER}, e.TierDecided,
        given=(conversation(), ("manager", OpenEntries(code=a.CODE, versions=(3,)))),
        typed=("rationale", *TYPED_OF_A_TIER), needs=("tier", "rationale", "inputs", "effective_on"),
    ),
    Sent(
        "state-tier-view", "lead", {"tier": "room_for_improvement", "words": WORDS}, e.TierViewStated,
        typed=("words",), needs=("tier", "words"), tells={"organisation": a.COMMISSIONER},
    ),
    Sent("give-override", "adviser", {"reason": WORDS}, e.OverrideGiven, typed=("reason",), needs=("reason",)),
    Sent(
        "record-dissent", "lead", {"words": WORDS}, e.DissentRecorded,
        given=(conversation(), ("manager", a.decide_tier(decision_id="decision-0000aaaa", inputs=(f"{a.CODE}/3",)))),
        about="decision_id=decision-0000aaaa",
        typed=("words",), needs=("words",), tells={"organisation": a.COMMISSIONER},
    ),
    Sent(
        "reaffirm-decision", "manager", {"reason": WORDS}, e.DecisionReaffirmed,
        given=(
            conversation(), ("manager", a.decide_tier(decision_id="decision-0000aaaa", inputs=(f"{a.CODE}/3",))),
            ("caseworker", a.correct_fact(version=3, fields={"channel": "visit"})),
        ),
        about=f"asking_id={asking_id_of(f'{a.CODE}/6', 4)}",
        typed=("reason",), needs=("reason",),
    ),
    Sent(
        "decline-tier-proposal", "manager", {"reason": WORDS}, e.TierProposalDeclined,
        given=proposed_tier(), about=f"proposal_id={PROPOSAL}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "correct-fact", "caseworker", {"said": "It was said otherwise.", "correction_reason": WORDS}, e.FactCorrected,
        given=(conversation(),), about="version=3", typed=("said", "correction_reason"), needs=("said", "correction_reason"),
    ),
    Sent(
        "withdraw-fact", "caseworker", {"reason": WORDS}, e.FactWithdrawn,
        given=(conversation(),), about="version=3", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "request-correction", "colleague", {"said": "It was said otherwise.", "correction_reason": WORDS}, e.CorrectionRequested,
        given=(conversation(),), about="version=3", typed=("correction_reason",), needs=("said", "correction_reason"),
    ),
    Sent("agree-entry", "lead", {}, e.EntryAgreed, given=(conversation(),), about="version=3", tells={"version": 3, "text_version": 3}),
    Sent(
        "amend-entry", "lead", {"said": "It was said otherwise.", "reason": WORDS}, e.EntryAmended,
        given=(conversation(),), about="version=3", tells={"text_version": 3}, typed=("said", "reason"), needs=("said",),
    ),
    Sent(
        "dispute-entry", "lead", {"reason": WORDS}, e.EntryDisputed,
        given=(conversation(),), about="version=3", tells={"text_version": 3}, typed=("reason",), needs=("reason",),
    ),
    Sent(
        "state-position", "manager", {"position": WORDS}, e.PositionStated,
        given=(flag(),), about=f"concern={FLAG}", tells={"concern": FLAG}, typed=("position",), needs=("position",),
    ),
    Sent(
        "join-threads", "lead", {"avoided_contact": "yes", "reason": WORDS}, e.ThreadsJoined,
        given=(flag(), conversation(about_flags=(FLAG,))), about=f"concern={FLAG}", typed=("reason",),
        tells={"concern": FLAG, "entries": (4,), "avoided_contact": True},
    ),
    Sent(
        "part-threads", "manager", {"reason": WORDS}, e.ThreadsParted,
        given=joined(), about=f"join_id={JOIN}", tells={"concern": FLAG}, typed=("reason",), needs=("reason",),
    ),
    Sent(
        "hand-over-practice", "caseworker", {"caseworker": "person-colleague", "note": WORDS}, e.PracticeHandedOver,
        given=looked_after(), typed=("note",), needs=("caseworker", "note"), tells={"before": "person-caseworker", "hand_over_id": None},
    ),
    Sent(
        "close-episode", "caseworker", {"reason": WORDS}, e.EpisodeClosed,
        given=settled(), typed=("reason",), needs=("reason",), tells={"concerns": (FLAG,), "caseworker": "person-caseworker"},
    ),
    Sent(
        "reopen-episode", "manager", {"reason": WORDS}, e.EpisodeReopened,
        given=(*settled(), ("caseworker", a.close_episode(closing_id=CLOSING))), about=f"closing_id={CLOSING}",
        typed=("reason",), needs=("reason",), tells={"closing_id": CLOSING},
    ),
    Sent(
        "record-visit-stage", "caseworker", {"stage": "offered", "visit_on": (1, 12, 2026), "words": WORDS}, e.VisitStageReached,
        given=agreed_action(kind=ActionKind.VISIT), about=f"action_id={ACTION}", typed=("words",),
        tells={"visit_on": date(2026, 12, 1)},
    ),
    Sent(
        "tell-practice", "caseworker",
        {"told": WORDS, "told_to": "Practice manager", "channel": "letter_or_email", "about": [f"{a.CODE}/3"]}, e.PracticeTold,
        given=(flag(),), tells={"about": (f"{a.CODE}/3",), "copy_to": None}, typed=("told", "told_to"),
        needs=("told", "told_to", "channel"),
    ),
    Sent(
        "receive-practice-response", "lead",
        {"told_id": TOLD, "channel": "phone", "responded_by": "GP partner", "points-about": [f"{a.CODE}/3", ""],
         "points-words": [WORDS, "And more."]}, e.PracticeResponseReceived,
        given=told(), about=f"told_id={TOLD}", tells={"told_id": TOLD, "nothing_to_say": False}, typed=("responded_by",),
        needs=("channel", "responded_by"),
    ),
    Sent(
        "make-factual-challenge", "caseworker", {"about": f"{a.CODE}/3", "wrong": WORDS, "instead": "Three lines."},
        e.FactualChallengeMade, given=(flag(),), tells={"about": f"{a.CODE}/3"}, typed=("wrong", "instead"),
        needs=("about", "wrong"),
    ),
    Sent(
        "decide-factual-challenge", "manager", {"outcome": "upheld_in_part", "reason": WORDS}, e.FactualChallengeDecided,
        given=challenged(), about=f"challenge_id={CHALLENGE}", typed=("reason",), needs=("outcome", "reason"),
        tells={"challenge_id": CHALLENGE},
    ),
    Sent(
        "refer-to-quality-surveillance-group", "manager",
        {"group": "North Moor group", "reason": WORDS, "evidence": [f"{a.CODE}/3"]}, e.QualitySurveillanceGroupReferred,
        given=(flag(),), tells={"evidence": (f"{a.CODE}/3",)}, typed=("group", "reason"), needs=("group", "reason", "evidence"),
    ),
    Sent(
        "agree-plan", "lead", {"action_ids": [ACTION]}, e.ActionAgreed, given=proposed_action(plan_id="Winter plan"),
        about=f"action_id={ACTION}", tells={"action_id": ACTION}, needs=("action_ids",),
    ),
    Sent(
        "answer-plan", "caseworker",
        {"action_ids": [ACTION], "answer": "refused", "answered_by": "Practice manager", "words": WORDS}, e.ActionAnswered,
        given=proposed_action(plan_id="Winter plan"), about=f"action_id={ACTION}", tells={"action_id": ACTION},
        typed=("answered_by", "words"), needs=("action_ids", "answer", "answered_by"),
    ),
    Sent(
        "change-visibility", "colleague", {"visibility": "internal", "reason": WORDS}, e.VisibilityChanged,
        given=(conversation(),), about="version=3", tells={"after": Visibility.INTERNAL}, typed=("reason",),
        needs=("reason",),
    ),
    Sent(
        "request-access", "lead", {"reason": WORDS}, e.AccessRequested,
        given=restricted(), about="version=3", tells={"version": 3}, typed=("reason",), needs=("reason",),
    ),
    Sent(
        "grant-access", "manager", {"until_on": (1, 12, 2026), "reason": WORDS}, e.AccessGranted,
        given=access_asked_for(), about=f"access_id={ACCESS}", typed=("reason",), needs=("until_on",),
        tells={"person": "person-lead0001", "until_on": date(2026, 12, 1)},
    ),
    Sent(
        "decline-access", "manager", {"reason": WORDS}, e.AccessDeclined,
        given=access_asked_for(), about=f"access_id={ACCESS}", typed=("reason",), needs=("reason",),
    ),
    Sent(
        "take-emergency-access", "lead", {"reason": WORDS}, e.EmergencyAccessTaken,
        given=restricted(), about="version=3", tells={"version": 3}, typed=("reason",), needs=("reason",),
    ),
    Sent(
        "review-emergency-access", "manager", {"justified": "no", "reason": WORDS}, e.EmergencyAccessReviewed,
        given=emergency(), about=f"access_id={ACCESS}", tells={"justified": False}, typed=("reason",),
        needs=("justified", "reason"),
    ),
    Sent("authorise-correction", "manager", {}, e.FactCorrected, given=asked_for(), about=f"request_id={REQUEST}"),
    Sent(
        "decline-correction", "manager", {"reason": WORDS}, e.CorrectionDeclined,
        given=asked_for(), about=f"request_id={REQUEST}", typed=("reason",), needs=("reason",),
    ),
)  # fmt: skip
"""Every form but the registration of a practice and the change of who answers for it, which have tests of their own."""

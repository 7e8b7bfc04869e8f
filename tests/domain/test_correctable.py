"""Every field of every fact is correctable, or not."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from domain.practice import events as e
from domain.practice.correctable import TYPED_WITH, correctable_fields, plain, read_field
from domain.practice.corrections import AUTHORISED
from domain.practice.kinds import Level
from domain.practice.notices import Draft
from domain.practice.practice import replay
from domain.rules import Recorded, RuleBroken
from tests.domain.correcting import AUTHORISE, REQUEST, corrected
from tests.domain.everything import everything
from tests.support import factories as a
from tests.support.given import CASEWORKER, OTHER_MANAGER, Story, given

_LONG_AGO = "2026-09-20"
INSTEAD: dict[tuple[type, str], Any] = {
    (e.PracticeRegistered, "postcode"): "ZZ2 2ZZ",
    (e.DetailsChanged, "postcode"): "ZZ2 2ZZ",
    (e.FlagRaised, "period"): "2025 Q4",
    (e.PracticeRegistered, "kind"): None,  # follows from the code
    (e.PracticeRegistered, "opened_on"): "1991-04-01",
    (e.PracticeRegistered, "occurred_on"): "2024-11-20",
    (e.ResponsibilityAssigned, "from_on"): "2024-11-20",
    (e.ResponsibilityAssigned, "occurred_on"): "2024-11-20",
    (e.CaseworkerNamed, "caseworker"): "person-00000002",
    (e.ContractSigned, "starts_on"): "2024-04-02",
    (e.ContractSigned, "ends_on"): "2031-03-31",
    (e.ContractSigned, "parties"): ["Larkfield Road Partnership", "Dr A. Example"],
    (e.ContractVaried, "notice_given_on"): "2026-02-02",
    (e.ContractVaried, "unilateral"): True,
    (e.ProviderNamed, "provider_code"): "8HX99",
    (e.InspectionReported, "location"): "1-537772053",
    (e.InspectionReported, "inspected_on"): "2026-09-14",
    (e.InspectionReported, "occurred_on"): "2026-10-21",
    (e.RegulatoryActionRecorded, "comply_by"): "2026-12-02",
    (e.RegulatoryActionEnded, "occurred_on"): "2026-11-04",
    (e.ExpectationAnswered, "occurred_on"): "2026-11-09",
    (e.ExpectationWithdrawn, "occurred_on"): "2026-11-09",
    (e.DeclarationAskedFor, "opens_on"): "2026-10-13",
    (e.DeclarationAskedFor, "due_on"): "2026-12-05",
    (e.DeclarationSubmitted, "occurred_on"): "2026-11-04",
    (e.DeclarationAmended, "occurred_on"): "2026-11-11",
    (e.ListClosureApproved, "closes_on"): "2026-11-02",
    (e.ListClosureApproved, "reopens_on"): "2027-05-02",
    (e.ListClosureApproved, "occurred_on"): "2026-10-21",
    (e.ListClosureRefused, "occurred_on"): "2026-09-21",
    (e.ListClosureExtended, "asked_on"): "2026-11-03",
    (e.ListClosureExtended, "reopens_on"): "2027-09-02",
    (e.ListClosureExtended, "occurred_on"): "2026-11-10",
    (e.ListReopened, "occurred_on"): "2026-11-17",
    (e.MergerApproved, "effective_on"): "2026-11-02",
    (e.PracticesMerged, "occurred_on"): "2026-11-03",
    (e.BranchClosureAppliedFor, "site_code"): "X90001002",
    (e.BranchClosureApproved, "closes_on"): "2027-04-01",
    (e.BranchClosureApproved, "occurred_on"): "2026-11-04",
    (e.BranchClosureRefused, "occurred_on"): "2026-11-04",
    (e.ContractorCompositionChanged, "effective_on"): "2026-11-02",
    (e.PracticeBoundaryChanged, "effective_on"): "2026-11-02",
    (e.ContractReviewHeld, "participants"): [
        {
            "side": "practice",
            "role": "gp_partner",
            "described": None,
            "person": None,
            "name": None,
        },
        {
            "side": "contract_holder",
            "role": "manager",
            "described": None,
            "person": "person-manager01",
            "name": None,
        },
    ],
    (e.ContractReviewHeld, "about_flags"): ["flag-everything2"],
    (e.ContractReviewHeld, "about_actions"): ["action-everything2"],
    (e.FlagRaised, "occurred_on"): "2026-08-31",
    (e.FlagExplained, "occurred_on"): _LONG_AGO,
    (e.ExplanationAccepted, "occurred_on"): "2026-11-04",
    (e.ExplanationNotAccepted, "occurred_on"): "2026-11-04",
    (e.FlagWithdrawn, "occurred_on"): _LONG_AGO,
    (e.FlagReopened, "occurred_on"): "2026-10-02",
    (e.DocumentAttached, "about_flags"): [],
    (e.DocumentAttached, "about_actions"): [],
    (e.ConversationRecorded, "participants"): [
        {
            "side": "local_commissioner",
            "role": "quality_lead",
            "described": None,
            "person": "person-lead0001",
            "name": None,
        },
        {
            "side": "practice",
            "role": "gp_partner",
            "described": None,
            "person": None,
            "name": "Dr A. Example",
        },
        {"side": "other", "role": "other", "described": "Interpreter", "person": None, "name": None},
    ],
    (e.ConversationRecorded, "next_contact_on"): "2026-12-02",
    (e.ConversationRecorded, "about_flags"): ["flag-everything2"],
    (e.ConversationRecorded, "about_actions"): ["action-everything2"],
    (e.ConversationRecorded, "about_intelligence"): ["intelligence-everything2"],
    (e.IntelligenceRecorded, "occurred_on"): "2026-09-04",
    (e.IntelligenceRecorded, "about_flags"): ["flag-everything2"],
    (e.IntelligenceCorroborated, "evidence"): ["X90001/7", "X90001/8"],
    (e.FlagCleared, "because"): "resolved",
    (e.FlagWithdrawn, "because"): "raised_in_error",  # the others are said by releases
    (e.IntelligenceDiscounted, "evidence"): ["X90001/8"],
    (e.ActionProposed, "kind"): "support_offer",
    (e.ActionProposed, "due_on"): "2026-12-15",
    (e.ActionProposed, "occurred_on"): "2026-08-31",
    (e.ActionProposed, "about_flags"): ["flag-everything2"],
    (e.ActionProposed, "about_intelligence"): ["intelligence-everything2"],
    (e.ActionAgreed, "occurred_on"): _LONG_AGO,
    (e.ActionAnswered, "occurred_on"): _LONG_AGO,
    (e.ActionRescheduled, "due_on"): "2027-01-12",
    (e.ActionCompleted, "evidence"): ["X90001/23"],
    (e.ActionCompleted, "occurred_on"): "2026-10-07",
    (e.ActionSentBack, "occurred_on"): "2026-10-08",
    (e.ActionEvidenceAccepted, "occurred_on"): "2026-10-10",
    (e.ActionReopened, "occurred_on"): "2026-10-02",
    (e.ActionReopened, "due_on"): "2027-01-19",
    (e.TierProposed, "inputs"): ["X90001/24"],
    (e.TierProposed, "effective_on"): "2026-11-04",
    (e.TierProposed, "review_on"): "2027-02-02",
    (e.TierProposed, "occurred_on"): "2026-11-02",
    (e.TierProposalDeclined, "occurred_on"): "2026-11-04",
    (e.TierDecided, "review_on"): "2027-02-02",
    (e.PracticeReopened, "occurred_on"): "2026-11-01",
    (e.PracticeTold, "occurred_on"): _LONG_AGO,
    (e.PracticeResponseReceived, "occurred_on"): "2026-11-04",
    (e.PracticeResponseReceived, "nothing_to_say"): None,  # a response with points has something to say
    (e.PracticeResponseReceived, "points"): [{"about": None, "words": "All three."}],
    (e.FactualChallengeDecided, "occurred_on"): "2026-11-04",
    (e.QualitySurveillanceGroupReferred, "evidence"): ["X90001/24"],
    (e.PracticeClosed, "closed_on"): "2026-10-30",
    (e.BreachIdentified, "breached_on"): "2026-08-19",
    (e.BreachIdentified, "evidence"): ["X90001/8"],
    (e.BreachIdentified, "occurred_on"): "2026-09-02",
    (e.BreachHandledInformally, "occurred_on"): "2026-09-02",
    (e.RemedialNoticeDrafted, "period_days"): 21,
    (e.RemedialNoticeDrafted, "occurred_on"): "2026-09-03",
    (e.BreachNoticeDrafted, "occurred_on"): "2026-09-03",
    (e.SanctionProposed, "services"): ["additional"],
    (e.SanctionProposed, "evidence"): ["X90001/8"],
    (e.SanctionProposed, "from_on"): "2026-11-13",
    (e.SanctionProposed, "until_on"): "2027-02-01",
    (e.TerminationNoticeDrafted, "evidence"): ["X90001/6"],
    (e.TerminationNoticeDrafted, "effective_on"): "2026-11-13",
    (e.NoticeIssued, "consulted_on"): "2026-09-01",
    (e.NoticeIssued, "answers"): ["X90001/8"],
    (e.NoticeServed, "deemed_on"): "2026-09-06",
    (e.NoticeServed, "occurred_on"): "2026-09-04",
    (e.NoticeReceiptReturned, "occurred_on"): "2026-09-08",
    (e.NoticeSatisfied, "evidence"): ["X90001/8"],
    (e.NoticeSatisfied, "occurred_on"): "2026-10-11",
    (e.TierDecided, "steps"): None,  # its words alone: which steps were taken is decided anew
    (e.NoticeNotSatisfied, "evidence"): ["X90001/8"],
    (e.NoticeNotSatisfied, "occurred_on"): "2026-10-11",
    (e.NoticeWithdrawn, "occurred_on"): "2026-10-12",
    (e.SanctionImposed, "occurred_on"): "2026-11-13",
    (e.SanctionLifted, "occurred_on"): "2026-11-16",
    (e.ContractorSuspended, "until_on"): "2026-12-02",
    (e.ContractorNoticeGiven, "effective_on"): "2027-06-01",
    (e.ContractorNoticeGiven, "occurred_on"): "2026-10-31",
    (e.ContractorNoticeWithdrawn, "occurred_on"): "2026-11-11",
    (e.ContractTerminated, "occurred_on"): "2026-11-16",
    (e.SanctionProposed, "occurred_on"): "2026-10-11",
    (e.TerminationNoticeDrafted, "occurred_on"): "2026-10-11",
    (e.DisputeReferred, "occurred_on"): "2026-09-21",
    # A general practice's notice withholds nothing.
    (e.RemedialNoticeDrafted, "withholds"): None,
    (e.BreachNoticeDrafted, "withholds"): None,
    (e.BranchClosureAppliedFor, "closes_on"): "2027-01-31",
    (e.DisputeDetermined, "occurred_on"): "2026-11-02",
    (e.DisputeWithdrawn, "occurred_on"): "2026-11-02",
}


def _instead(kind: type, name: str, value: Any) -> Any:
    """Another value that could stand in this field."""
    if (kind, name) in INSTEAD:
        return INSTEAD[kind, name]
    for candidate in ("X90003", 12.5, 12, True, False, ["one"], _LONG_AGO):
        try:
            if plain(read_field(kind, name, candidate)) != value:
                return candidate
        except RuleBroken:
            continue
    members = type(getattr(_example(kind), name))
    return next(member.value for member in members if member.value != value)


def _example(kind: type) -> Any:
    return [entry for entry in everything() if type(entry.fact) is kind][-1].fact


def _with(story: Story, person: str) -> list[Recorded]:
    """The history with the one fact that was decided."""
    last = story.history[-1]
    return [*story.history, last._replace(version=last.version + 1, person=person, fact=story.facts[0])]


EVERY_FIELD = [(kind, name) for kind in TYPED_WITH for name in correctable_fields(_example(kind))]


@pytest.mark.parametrize("kind", list(TYPED_WITH), ids=lambda kind: kind.__name__)
def test_every_field_reads_back_as_it_was_written(kind) -> None:
    fact = _example(kind)
    fields = correctable_fields(fact)
    assert fields
    for name, value in fields.items():
        assert read_field(kind, name, value) == getattr(fact, name)


@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD, ids=lambda part: getattr(part, "__name__", part))
def test_every_fact_is_correctable_field_by_field_and_a_correction_of_one_leaves_the_others(
    kind, name
) -> None:
    story = Story(everything())
    entry = [entry for entry in story.history if type(entry.fact) is kind][-1]
    before = correctable_fields(entry.fact)
    value = _instead(kind, name, before[name])
    if value == before[name] or value is None:
        return
    asked = replace(CASEWORKER, person="person-asks0001")
    story.when(a.request_correction(version=entry.version, fields={name: value}, request_id=REQUEST), asked)
    assert story.broken is None, story.broken
    story = Story(_with(story, asked.person))
    story.when(AUTHORISE, OTHER_MANAGER)
    assert story.broken is None, story.broken
    after = replay(_with(story, OTHER_MANAGER.person))
    now = correctable_fields(after.standing[entry.version].fact)
    assert now == {**before, name: value}
    assert after.history[entry.version - 1].fact == entry.fact


def test_every_fact_but_corrections_answers_and_who_saw_what_is_correctable() -> None:
    """An answer is changed by another answer, and who sees an entry by saying otherwise: what was seen was seen."""
    corrections = {e.CorrectionRequested, e.CorrectionDeclined, e.FactCorrected, e.FactWithdrawn}
    assert set(e.FACTS) - set(TYPED_WITH) == corrections | set(e.agreed.FACTS) | set(e.threads.FACTS) | set(
        e.visibility.FACTS
    ) | {e.TierRecommended, e.DecisionReviewAsked, e.DecisionChecked, e.DecisionRevised}
    assert set(AUTHORISED) == {
        e.TierDecided,
        e.TierProposalDeclined,
        e.DecisionReaffirmed,
        e.ContractSigned,
        e.ContractVaried,
        e.ProviderNamed,
        *e.regulator.FACTS,
        *e.declarations.FACTS,
        *e.lists.FACTS,
        *e.mergers.FACTS,
        *e.contractor.FACTS,
        *e.ladder.FACTS,
        *(fact for fact in e.notices.FACTS if fact not in get_args(Draft)),
        *e.sanctions.FACTS,
        e.FactualChallengeDecided,
    }


def test_a_level_corrected_is_the_level_that_the_rules_see() -> None:
    flag = a.flag_raised()
    practice = given(flag, corrected(3, a.changed("level", '"alert"', '"alarm"'))).practice()
    assert practice.flags[flag.flag_id].level == Level.ALARM

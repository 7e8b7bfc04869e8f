"""The kinds of things a practice's record tells of. The values are stored and never change meaning."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """The relationship with a practice, not a grade of it (single operating model, 2012)."""

    ASSURANCE_BASED = "assurance_based"
    ROOM_FOR_IMPROVEMENT = "room_for_improvement"
    CAUSE_FOR_CONCERN = "cause_for_concern"


class Side(StrEnum):
    """Who has a part in a practice's story. Labels such as "area team" and "CCG" are dated data, not code."""

    CONTRACT_HOLDER = "contract_holder"
    LOCAL_COMMISSIONER = "local_commissioner"
    PRACTICE = "practice"
    OTHER = "other"


class ContractorKind(StrEnum):
    GENERAL_PRACTICE = "general_practice"
    PHARMACY = "pharmacy"
    OPHTHALMIC = "ophthalmic"


class ContractType(StrEnum):
    """GMS, PMS and APMS are the three kinds of primary medical contract; the others are of pharmacies (an entry in the
    pharmaceutical list, or local services) and of ophthalmic contractors (at fixed premises, or at home).
    """

    GMS = "GMS"
    PMS = "PMS"
    APMS = "APMS"
    PHARMACEUTICAL_LIST = "pharmaceutical_list"
    LOCAL_PHARMACEUTICAL_SERVICES = "local_pharmaceutical_services"
    OPHTHALMIC_MANDATORY = "ophthalmic_mandatory"
    OPHTHALMIC_ADDITIONAL = "ophthalmic_additional"


class IndicatorDomain(StrEnum):
    """The four domains of the key indicator set."""

    PATIENT_SAFETY = "patient_safety"
    PATIENT_EXPERIENCE = "patient_experience"
    CLINICAL_QUALITY = "clinical_quality"
    ORGANISATIONAL_EFFECTIVENESS = "organisational_effectiveness"


class Better(StrEnum):
    """Which way of an indicator is better: neither where it only gives context, and flags nothing by direction."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"


class IndicatorModel(StrEnum):
    """What an indicator's values are: a share of cases, a count beside what is expected, a measure, or a status."""

    BINOMIAL = "binomial"
    POISSON = "poisson"
    CONTINUOUS = "continuous"
    STATUS = "status"


class PeriodLength(StrEnum):
    """For how long one value of an indicator stands; an event has a day and no length."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"


class FlagKind(StrEnum):
    OUTLYING = "outlying"
    SHIFTING = "shifting"


class Direction(StrEnum):
    ADVERSE = "adverse"
    FAVOURABLE = "favourable"


class Level(StrEnum):
    """Alert is beyond the 95 % limits, alarm beyond the 99.8 % limits."""

    ALERT = "alert"
    ALARM = "alarm"


class ExplanationCategory(StrEnum):
    CODING = "coding"
    DEMOGRAPHY = "demography"
    SMALL_NUMBERS = "small_numbers"
    MERGER = "merger"
    DATA_ERROR = "data_error"
    GENUINE = "genuine"
    UNKNOWN = "unknown"


class ClearedBecause(StrEnum):
    INSIDE_LIMITS = "inside_limits"
    VALIDATED_EXPLANATION = "validated_explanation"
    RESOLVED = "resolved"
    SUPERSEDED = "superseded"


class WithdrawnBecause(StrEnum):
    RAISED_IN_ERROR = "raised_in_error"
    DATA_RESTATED = "data_restated"
    DATA_WITHDRAWN = "data_withdrawn"


class Channel(StrEnum):
    PHONE = "phone"
    VIDEO = "video"
    MEETING = "meeting"
    VISIT = "visit"
    LETTER_OR_EMAIL = "letter_or_email"


class ParticipantRole(StrEnum):
    """As what somebody took part in a conversation: chosen from a list, so that it names nobody.

    Which roles each side has is `ROLES_OF`. `OTHER` is a role that the list lacks, and is described in words.
    """

    CASEWORKER = "caseworker"
    MANAGER = "manager"
    CONTRACT_MANAGER = "contract_manager"
    HEAD_OF_PRIMARY_CARE = "head_of_primary_care"
    MEDICAL_DIRECTOR = "medical_director"
    MEDICAL_ADVISER = "medical_adviser"
    QUALITY_LEAD = "quality_lead"
    FINANCE_ADVISER = "finance_adviser"

    PRIMARY_CARE_LEAD = "primary_care_lead"
    PRIMARY_CARE_MANAGER = "primary_care_manager"
    CLINICAL_LEAD_GP = "clinical_lead_gp"
    PRESCRIBING_ADVISER = "prescribing_adviser"
    SAFEGUARDING_LEAD = "safeguarding_lead"

    PRACTICE_MANAGER = "practice_manager"
    DEPUTY_PRACTICE_MANAGER = "deputy_practice_manager"
    GP_PARTNER = "gp_partner"
    SALARIED_GP = "salaried_gp"
    LOCUM_GP = "locum_gp"
    PRACTICE_NURSE = "practice_nurse"
    HEALTHCARE_ASSISTANT = "healthcare_assistant"
    PHARMACIST = "pharmacist"
    OPTOMETRIST = "optometrist"
    RECEPTIONIST = "receptionist"
    PRACTICE_ADMINISTRATOR = "practice_administrator"
    CONTRACTOR_OWNER_OR_DIRECTOR = "contractor_owner_or_director"
    PATIENT_GROUP_MEMBER = "patient_group_member"

    LOCAL_MEDICAL_COMMITTEE_MEMBER = "local_medical_committee_member"
    CARE_QUALITY_INSPECTOR = "care_quality_inspector"
    HEALTHWATCH_REPRESENTATIVE = "healthwatch_representative"
    GP_OF_ANOTHER_PRACTICE = "gp_of_another_practice"

    OTHER = "other"


ROLES_OF: dict[Side, tuple[ParticipantRole, ...]] = {
    Side.CONTRACT_HOLDER: (
        ParticipantRole.CASEWORKER,
        ParticipantRole.MANAGER,
        ParticipantRole.CONTRACT_MANAGER,
        ParticipantRole.HEAD_OF_PRIMARY_CARE,
        ParticipantRole.MEDICAL_DIRECTOR,
        ParticipantRole.MEDICAL_ADVISER,
        ParticipantRole.QUALITY_LEAD,
        ParticipantRole.PRESCRIBING_ADVISER,
        ParticipantRole.FINANCE_ADVISER,
        ParticipantRole.OTHER,
    ),
    Side.LOCAL_COMMISSIONER: (
        ParticipantRole.PRIMARY_CARE_LEAD,
        ParticipantRole.PRIMARY_CARE_MANAGER,
        ParticipantRole.CLINICAL_LEAD_GP,
        ParticipantRole.QUALITY_LEAD,
        ParticipantRole.PRESCRIBING_ADVISER,
        ParticipantRole.SAFEGUARDING_LEAD,
        ParticipantRole.FINANCE_ADVISER,
        ParticipantRole.OTHER,
    ),
    Side.PRACTICE: (
        ParticipantRole.PRACTICE_MANAGER,
        ParticipantRole.DEPUTY_PRACTICE_MANAGER,
        ParticipantRole.GP_PARTNER,
        ParticipantRole.SALARIED_GP,
        ParticipantRole.LOCUM_GP,
        ParticipantRole.PRACTICE_NURSE,
        ParticipantRole.HEALTHCARE_ASSISTANT,
        ParticipantRole.PHARMACIST,
        ParticipantRole.OPTOMETRIST,
        ParticipantRole.RECEPTIONIST,
        ParticipantRole.PRACTICE_ADMINISTRATOR,
        ParticipantRole.CONTRACTOR_OWNER_OR_DIRECTOR,
        ParticipantRole.PATIENT_GROUP_MEMBER,
        ParticipantRole.OTHER,
    ),
    Side.OTHER: (
        ParticipantRole.LOCAL_MEDICAL_COMMITTEE_MEMBER,
        ParticipantRole.CARE_QUALITY_INSPECTOR,
        ParticipantRole.HEALTHWATCH_REPRESENTATIVE,
        ParticipantRole.GP_OF_ANOTHER_PRACTICE,
        ParticipantRole.OTHER,
    ),
}
"""Which roles somebody may take part in, for each side, in the order in which they are offered."""


class Visibility(StrEnum):
    BOTH = "both"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class IntelligenceSource(StrEnum):
    INTERNAL = "internal"
    EXTERNAL = "external"
    WHISTLEBLOWING = "whistleblowing"


class ActionKind(StrEnum):
    IMPROVEMENT = "improvement"
    SUPPORT_OFFER = "support_offer"
    DATA_VALIDATION = "data_validation"
    VISIT = "visit"
    CONTRACT_REVIEW = "contract_review"
    DECLARATION_REMINDER = "declaration_reminder"


ONE_OPEN_OF_A_KIND = frozenset(
    {ActionKind.VISIT, ActionKind.CONTRACT_REVIEW, ActionKind.DECLARATION_REMINDER}
)


class VisitStage(StrEnum):
    """How far a visit has come, in this order."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    HELD = "held"
    REPORT_SENT = "report_sent"


class PracticeAnswer(StrEnum):
    AGREED = "agreed"
    AGREED_IN_PART = "agreed_in_part"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


class ChallengeOutcome(StrEnum):
    """What became of what a practice says is wrong in its record."""

    UPHELD = "upheld"
    UPHELD_IN_PART = "upheld_in_part"
    NOT_UPHELD = "not_upheld"


class DocumentKind(StrEnum):
    """What kind of document it is; `domain/practice/documents.py` has the media type of each."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    OPEN_TEXT = "odt"
    JPEG = "jpeg"
    PNG = "png"
    TEXT = "txt"


class CorrectionKind(StrEnum):
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class NoticeKind(StrEnum):
    """What a notice is of. The parameters of each contractor kind are in `domain/practice/contractors.py`."""

    REMEDIAL = "remedial"
    BREACH = "breach"
    SANCTION = "sanction"
    TERMINATION = "termination"


class ShorterBecause(StrEnum):
    """Why a period is shorter than the rule's."""

    PATIENT_SAFETY = "patient_safety"
    FINANCIAL_LOSS = "financial_loss"


class SanctionKind(StrEnum):
    """Obligations ended, obligations suspended for a time, or money withheld or deducted."""

    END_OBLIGATIONS = "end_obligations"
    SUSPEND_OBLIGATIONS = "suspend_obligations"
    WITHHOLD_MONEY = "withhold_money"


class DisputeRoute(StrEnum):
    LOCAL = "local"
    NHS_DISPUTE_RESOLUTION = "nhs_dispute_resolution"
    APPEAL = "appeal"
    COURT = "court"
    TRIBUNAL = "tribunal"


class Rating(StrEnum):
    """The regulator's overall rating of an inspected practice."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"


class RegulatoryActionKind(StrEnum):
    """What the regulator may do. The five from `NOTICE_OF_PROPOSAL` are of the registration itself."""

    REQUIREMENT_NOTICE = "requirement_notice"
    WARNING_NOTICE = "warning_notice"
    NOTICE_OF_PROPOSAL = "notice_of_proposal"
    NOTICE_OF_DECISION = "notice_of_decision"
    CONDITIONS = "conditions"
    SUSPENSION = "suspension"
    CANCELLATION = "cancellation"
    SPECIAL_MEASURES = "special_measures"


OF_THE_REGISTRATION = frozenset(
    {
        RegulatoryActionKind.NOTICE_OF_PROPOSAL,
        RegulatoryActionKind.NOTICE_OF_DECISION,
        RegulatoryActionKind.CONDITIONS,
        RegulatoryActionKind.SUSPENSION,
        RegulatoryActionKind.CANCELLATION,
    }
)


class RegulatoryEnd(StrEnum):
    """Why what the regulator did stands no more: its requirement was met, it lifted, withdrew or replaced it, or an
    appeal was allowed.
    """

    MET = "met"
    LIFTED = "lifted"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    APPEAL_ALLOWED = "appeal_allowed"


class ReviewKind(StrEnum):
    """How a contract was reviewed: from papers, by a visit, or in depth over both."""

    DESKTOP = "desktop"
    VISIT = "visit"
    DEEP_DIVE = "deep_dive"


class MergerModel(StrEnum):
    """What becomes of two contracts when practices merge: one is varied and the other ends, or both end for a new one."""

    ONE_CONTRACT_VARIED = "one_contract_varied"
    NEW_CONTRACT = "new_contract"


class Unit(StrEnum):
    """What a period is counted in. A working day is Monday to Friday and no bank holiday in England."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


class ExpectationKind(StrEnum):
    """What somebody is asked for: an answer to what was put to them, where they stand, or a document or figures."""

    REPLY = "reply"
    VIEW = "view"
    INFORMATION = "information"


class ExpectationAnswer(StrEnum):
    """What came. Silence is no answer, and is worked out."""

    REPLIED = "replied"
    NOTHING_TO_SAY = "nothing_to_say"


class Travel(StrEnum):
    """Which way a practice is going, as whoever decides its tier sees it."""

    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"


class LesserStep(StrEnum):
    """The less formal steps of the ladder, in the order in which they are tried before a tier is raised."""

    VALIDATION = "validation"
    CONVERSATION = "conversation"
    SUPPORT = "support"
    ACTION_PLAN = "action_plan"
    VISIT = "visit"


class RecommendedBecause(StrEnum):
    """Why a recommendation was recorded: what somebody recorded changed it, or a decision was opened."""

    FACTS_CHANGED = "facts_changed"
    DECISION_OPENED = "decision_opened"


class RestsOn(StrEnum):
    """How a decision on the tier rests on an entry: it cites it, as what it rests on, as what the practice answered, as the
    other organisation's view or as an override; it answers it as a proposal; or the rules of its day look at it.
    """

    INPUT = "input"
    ANSWER = "answer"
    VIEW = "view"
    OVERRIDE = "override"
    PROPOSAL = "proposal"
    RULES = "rules"


class GivenBecause(StrEnum):
    """Why somebody is given the review of a decision: they decided; or whoever did may decide no more, or recorded
    themselves what is to be looked at.
    """

    DECIDED_IT = "decided_it"
    DECIDER_GONE = "decider_gone"
    DECIDER_CORRECTED = "decider_corrected"

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
    """GMS, PMS and APMS are the three kinds of primary medical contract."""

    GMS = "GMS"
    PMS = "PMS"
    APMS = "APMS"


class IndicatorDomain(StrEnum):
    """The four domains of the key indicator set."""

    PATIENT_SAFETY = "patient_safety"
    PATIENT_EXPERIENCE = "patient_experience"
    CLINICAL_QUALITY = "clinical_quality"
    ORGANISATIONAL_EFFECTIVENESS = "organisational_effectiveness"


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


class PracticeAnswer(StrEnum):
    AGREED = "agreed"
    AGREED_IN_PART = "agreed_in_part"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


class CorrectionKind(StrEnum):
    CORRECT = "correct"
    WITHDRAW = "withdraw"

"""Plain English for every stored value, and for days and moments. What a page calls a thing is decided here and nowhere else."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from domain.access.roles import InterestNature, Role
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
    Side,
    Tier,
    Travel,
    Unit,
    Visibility,
    VisitStage,
    WithdrawnBecause,
)
from domain.rules import LONDON
from web.words_of_the_ladder import LADDER_LABELS

LABELS: dict[type[StrEnum], dict[str, str]] = {
    Tier: {
        "assurance_based": "Assurance based",
        "room_for_improvement": "Room for improvement",
        "cause_for_concern": "Cause for concern",
    },
    Side: {
        "contract_holder": "Contract holder",
        "local_commissioner": "Local commissioner",
        "practice": "Practice",
        "other": "Someone else",
    },
    ContractorKind: {
        "general_practice": "General practice",
        "pharmacy": "Pharmacy",
        "ophthalmic": "Ophthalmic practice",
    },
    ContractType: {
        "GMS": "General medical services (GMS)",
        "PMS": "Personal medical services (PMS)",
        "APMS": "Alternative provider medical services (APMS)",
        "pharmaceutical_list": "Entry in the pharmaceutical list",
        "local_pharmaceutical_services": "Local pharmaceutical services (LPS)",
        "ophthalmic_mandatory": "Ophthalmic services: mandatory (GOS)",
        "ophthalmic_additional": "Ophthalmic services: additional, at home (GOS)",
    },
    IndicatorDomain: {
        "patient_safety": "Patient safety",
        "patient_experience": "Patient experience",
        "clinical_quality": "Clinical quality",
        "organisational_effectiveness": "Organisational effectiveness",
    },
    FlagKind: {
        "outlying": "Different from other practices",
        "shifting": "Changed from its own past",
    },
    Better: {"high": "Higher is better", "low": "Lower is better", "neutral": "Neither: it gives context"},
    IndicatorModel: {
        "binomial": "A share of cases",
        "poisson": "A count beside what is expected",
        "continuous": "A measure",
        "status": "Yes or no",
    },
    PeriodLength: {
        "month": "Every month",
        "quarter": "Every quarter",
        "year": "Every year",
        "event": "When it changes",
    },
    Direction: {"adverse": "Worse", "favourable": "Better"},
    Level: {"alert": "Alert", "alarm": "Alarm"},
    ExplanationCategory: {
        "coding": "How it is coded",
        "demography": "Who the patients are",
        "small_numbers": "Small numbers",
        "merger": "A merger or a change of list",
        "data_error": "An error in the data",
        "genuine": "Genuine variation in care",
        "unknown": "Not known yet",
    },
    ClearedBecause: {
        "inside_limits": "Back inside its limits",
        "validated_explanation": "The explanation was validated",
        "resolved": "What it pointed to was resolved",
        "superseded": "A later release raises it anew",
    },
    WithdrawnBecause: {
        "raised_in_error": "Raised in error",
        "data_restated": "The data was restated",
        "data_withdrawn": "The data was withdrawn",
    },
    Channel: {
        "phone": "Phone",
        "video": "Video call",
        "meeting": "Meeting",
        "visit": "Visit",
        "letter_or_email": "Letter or e-mail",
    },
    ParticipantRole: {
        "caseworker": "Caseworker",
        "manager": "Manager",
        "contract_manager": "Contract manager",
        "head_of_primary_care": "Head of primary care",
        "medical_director": "Medical director",
        "medical_adviser": "Medical adviser",
        "quality_lead": "Quality lead",
        "finance_adviser": "Finance adviser",
        "primary_care_lead": "Primary care lead",
        "primary_care_manager": "Primary care manager",
        "clinical_lead_gp": "Clinical lead (GP)",
        "prescribing_adviser": "Prescribing adviser",
        "safeguarding_lead": "Safeguarding lead",
        "practice_manager": "Practice manager",
        "deputy_practice_manager": "Deputy practice manager",
        "gp_partner": "GP partner",
        "salaried_gp": "Salaried GP",
        "locum_gp": "Locum GP",
        "practice_nurse": "Practice nurse",
        "healthcare_assistant": "Healthcare assistant",
        "pharmacist": "Pharmacist",
        "optometrist": "Optometrist",
        "receptionist": "Receptionist",
        "practice_administrator": "Practice administrator",
        "contractor_owner_or_director": "Owner or director of the contractor",
        "patient_group_member": "Patient group member",
        "local_medical_committee_member": "LMC member",
        "care_quality_inspector": "CQC inspector",
        "healthwatch_representative": "Healthwatch representative",
        "gp_of_another_practice": "GP of another practice",
        "other": "Another role",
    },
    Visibility: {
        "both": "Both organisations",
        "internal": "Own organisation only",
        "restricted": "Restricted",
    },
    IntelligenceSource: {
        "internal": "From within our organisations",
        "external": "From outside",
        "whistleblowing": "Whistleblowing",
    },
    ActionKind: {
        "improvement": "Improvement",
        "support_offer": "Offer of support",
        "data_validation": "Data validation",
        "visit": "Visit",
        "contract_review": "Contract review",
        "declaration_reminder": "Reminder of a declaration",
    },
    PracticeAnswer: {
        "agreed": "Agreed",
        "agreed_in_part": "Agreed in part",
        "refused": "Refused",
        "no_answer": "No answer",
    },
    ChallengeOutcome: {
        "upheld": "Upheld",
        "upheld_in_part": "Upheld in part",
        "not_upheld": "Not upheld",
    },
    DocumentKind: {
        "pdf": "PDF",
        "docx": "Word",
        "xlsx": "Excel",
        "odt": "OpenDocument text",
        "jpeg": "JPEG picture",
        "png": "PNG picture",
        "txt": "Plain text",
    },
    VisitStage: {
        "offered": "The visit was offered",
        "accepted": "The practice accepted it",
        "held": "The visit was held",
        "report_sent": "Its report was sent",
    },
    Rating: {
        "outstanding": "Outstanding",
        "good": "Good",
        "requires_improvement": "Requires improvement",
        "inadequate": "Inadequate",
    },
    RegulatoryActionKind: {
        "requirement_notice": "Requirement notice",
        "warning_notice": "Warning notice",
        "notice_of_proposal": "Notice of proposal",
        "notice_of_decision": "Notice of decision",
        "conditions": "Conditions on the registration",
        "suspension": "Suspension of the registration",
        "cancellation": "Cancellation of the registration",
        "special_measures": "Special measures",
    },
    Unit: {
        "days": "Days",
        "working_days": "Working days",
        "weeks": "Weeks",
        "months": "Months",
    },
    ExpectationKind: {
        "reply": "Reply",
        "view": "View",
        "information": "Information",
    },
    ExpectationAnswer: {
        "replied": "Replied",
        "nothing_to_say": "Nothing to say",
    },
    RegulatoryEnd: {
        "met": "What it asked for was met",
        "lifted": "CQC lifted it",
        "withdrawn": "CQC withdrew it",
        "replaced": "Another action took its place",
        "appeal_allowed": "An appeal was allowed",
    },
    MergerModel: {
        "one_contract_varied": "One contract is varied, and the other ends",
        "new_contract": "Both end, and there is a new one",
    },
    Travel: {
        "improving": "Improving",
        "steady": "Steady",
        "worsening": "Worsening",
    },
    LesserStep: {
        "validation": "Validating the data with the practice",
        "conversation": "A conversation with the practice",
        "support": "An offer of support",
        "action_plan": "An action plan",
        "visit": "A visit",
    },
    GivenBecause: {
        "decided_it": "Who decided it",
        "decider_gone": "The managers: who decided it may decide on this practice no more",
        "decider_corrected": "The managers: who decided it recorded what arrived",
    },
    RestsOn: {
        "input": "It is cited as a fact that it rests on",
        "answer": "It is cited as what the practice answered",
        "view": "It is cited as the other organisation’s view",
        "override": "It is cited as its override",
        "proposal": "It is the proposal that was decided",
        "rules": "The rules of its day look at it",
    },
    RecommendedBecause: {
        "facts_changed": "What was recorded changed it",
        "decision_opened": "A decision was opened",
    },
    ReviewKind: {
        "desktop": "From papers",
        "visit": "Visit",
        "deep_dive": "Deep dive",
    },
    CorrectionKind: {
        "correct": "Correct it",
        "withdraw": "Withdraw it as entered in error",
    },
    Role: {
        "caseworker": "Caseworker",
        "manager": "Manager",
        "adviser": "Medical or quality lead",
        "lead": "Lead",
        "auditor": "Auditor",
        "administrator": "Administrator",
    },
    InterestNature: {
        "partner_or_owner": "Partner or owner",
        "employee": "Employee",
        "family_or_close_friend": "Family or close friend",
        "neighbouring_or_competing_practice": "A neighbouring or competing practice",
        "financial": "Money",
        "other": "Another interest",
    },
    **LADDER_LABELS,
}

_BY_VALUE: dict[str, dict[str, str]] = {kind.__name__: labels for kind, labels in LABELS.items()}

HINTS: dict[type[StrEnum], dict[str, str]] = {
    Tier: {
        "assurance_based": "We rely on the practice's own assurance and look again as usual.",
        "room_for_improvement": "We support the practice with agreed actions.",
        "cause_for_concern": "We work with the practice closely, and the contract may be used.",
    },
    FlagKind: {
        "outlying": "Outside the limits that chance would explain, compared with others.",
        "shifting": "A change over time that chance would not explain.",
    },
    Level: {
        "alert": "Beyond the 95% limits.",
        "alarm": "Beyond the 99.8% limits.",
    },
    ActionKind: {
        "visit": "At most one open at a time.",
        "contract_review": "At most one open at a time.",
        "declaration_reminder": "At most one open at a time.",
    },
    IntelligenceSource: {
        "whistleblowing": "Someone who works, or worked, at the practice raised a concern.",
    },
}

SIDE_LABELS: dict[str, str] = {
    "contract_holder": "contract holder",
    "local_commissioner": "local commissioner",
    "practice": "practice",
    "other": "someone else",
}
"""What a side is called when nobody knows what kind of organisation it is. Known kinds are dated labels."""

ORGANISATION_KINDS: dict[str, str] = {
    "area_team": "area team",
    "board": "board",
    "region": "region",
    "ccg": "CCG",
    "icb": "integrated care board",
    "pct": "primary care trust",
}


def first_upper(text: str) -> str:
    """A phrase where a sentence or a title begins."""
    return text[:1].upper() + text[1:]


_CONTRACTS = {
    ContractType.PHARMACEUTICAL_LIST: "entry in the pharmaceutical list",
    ContractType.LOCAL_PHARMACEUTICAL_SERVICES: "local pharmaceutical services contract",
    ContractType.OPHTHALMIC_MANDATORY: "mandatory ophthalmic services contract",
    ContractType.OPHTHALMIC_ADDITIONAL: "additional ophthalmic services contract",
}


def contract_called(kind: ContractType) -> str:
    """What a contract is called in a sentence: GMS contract, entry in the pharmaceutical list."""
    return _CONTRACTS.get(kind) or f"{kind} contract"


def label(value: object, kind: type[StrEnum] | str | None = None) -> str:
    """What a stored value is called. A plain string needs its kind: an enum, or the name of one."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return LABELS[type(value)][value.value]
    if kind is not None:
        labels = LABELS[kind] if isinstance(kind, type) else _BY_VALUE[kind]
        return labels.get(str(value), spaced(str(value)))
    for labels in LABELS.values():
        if str(value) in labels:
            return labels[str(value)]
    return spaced(str(value))


def hint(value: StrEnum) -> str:
    """A sentence that helps to choose the value, where one is needed."""
    return HINTS.get(type(value), {}).get(value.value, "")


def spaced(stored: str) -> str:
    """A stored value that has no label, made readable: `room_for_doubt` gives `Room for doubt`."""
    text = stored.replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date | datetime | str | None) -> str:
    """3 November 2026. An instant gives its day in London."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | str | None) -> str:
    """3 November 2026, 4:05pm GMT: an instant as every page says it, in London, with which of its two times."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    there = value.astimezone(LONDON)
    hour = there.hour % 12 or 12
    return f"{day(there.date())}, {hour}:{there:%M}{'am' if there.hour < 12 else 'pm'} {there:%Z}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 flag, 2 flags."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

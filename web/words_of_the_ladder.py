"""Plain English for the stored values of the contract's ladder: a part of the one table in `web/labels.py`."""

from __future__ import annotations

from enum import StrEnum

from domain.practice.contract_kinds import (
    Committee,
    ContractorForm,
    DisputeOutcome,
    Entitlement,
    LocalOutcome,
    NoLocalResolution,
    ServiceMethod,
    Services,
    TerminatedBecause,
)
from domain.practice.kinds import DisputeRoute, NoticeKind, SanctionKind, ShorterBecause

LADDER_LABELS: dict[type[StrEnum], dict[str, str]] = {
    NoticeKind: {
        "remedial": "Remedial notice",
        "breach": "Breach notice",
        "sanction": "Notice of a sanction",
        "termination": "Termination notice",
    },
    ShorterBecause: {
        "patient_safety": "Patient safety",
        "financial_loss": "Material financial loss",
    },
    SanctionKind: {
        "end_obligations": "Obligations ended",
        "suspend_obligations": "Obligations suspended",
        "withhold_money": "Money withheld or deducted",
    },
    DisputeRoute: {
        "local": "Local dispute resolution",
        "nhs_dispute_resolution": "NHS dispute resolution procedure",
        "appeal": "Appeal to the Secretary of State",
        "court": "Court",
        "tribunal": "Tribunal",
    },
    Committee: {
        "local_medical": "Local medical committee",
        "local_pharmaceutical": "Local pharmaceutical committee",
        "local_optical": "Local optical committee",
    },
    LocalOutcome: {
        "settled": "Settled",
        "not_settled": "Not settled",
    },
    NoLocalResolution: {
        "already_disputed": "It is disputed already",
        "unopened_premises": "The premises were not opened",
        "patient_safety": "Patient safety",
        "financial_loss": "Material financial loss",
    },
    ServiceMethod: {
        "by_hand": "By hand",
        "first_class_post": "First class post",
        "signed_for_post": "Post, signed for",
        "email": "Email",
    },
    Entitlement: {
        "not_satisfied": "A remedial notice was not satisfied",
        "repeated": "Breaches after notices, and their cumulative effect",
        "conditions_not_met": "The conditions of holding a contract are not met",
        "untrue_information": "Information given was untrue or inaccurate",
        "other_grounds": "Another ground, such as a disqualification or insolvency",
        "serious_risk": "Serious risk to patients, or of material financial loss",
        "subcontracting": "Sub-contracting that the contract does not allow",
    },
    Services: {
        "essential": "Essential services",
        "mandatory": "Mandatory services",
        "additional": "Additional services",
        "enhanced": "Enhanced services",
        "advanced": "Advanced services",
        "out_of_hours": "Out-of-hours services",
        "other_services": "Other services",
    },
    ContractorForm: {
        "individual": "An individual",
        "partnership": "A partnership",
        "company": "A company",
    },
    TerminatedBecause: {
        "holder_notice": "The contract holder’s notice",
        "contractor_notice": "The contractor’s notice",
        "agreement": "Agreed by both",
        "death": "The contractor died",
        "expiry": "Its last day came",
    },
    DisputeOutcome: {
        "for_holder": "For the contract holder",
        "for_contractor": "For the contractor",
        "in_part": "In part for each",
    },
}

"""The words of the forms of a notice's letter. Letters were issued with them: they never change, and others may be added."""

from __future__ import annotations

from domain.access.roles import Role
from domain.practice.contract_kinds import Committee, Entitlement, Services
from domain.practice.kinds import ContractType, NoticeKind, SanctionKind, ShorterBecause

TITLES = {
    NoticeKind.REMEDIAL: "Remedial notice",
    NoticeKind.BREACH: "Breach notice",
    NoticeKind.SANCTION: "Notice of a contract sanction",
    NoticeKind.TERMINATION: "Notice of termination of the contract",
}

COMMITTEES = {
    Committee.LOCAL_MEDICAL: "local medical committee",
    Committee.LOCAL_PHARMACEUTICAL: "local pharmaceutical committee",
    Committee.LOCAL_OPTICAL: "local optical committee",
}

GROUNDS = {
    ShorterBecause.PATIENT_SAFETY: "It is necessary to protect the safety of patients.",
    ShorterBecause.FINANCIAL_LOSS: "It is necessary to protect ourselves from material financial loss.",
}

ENTITLEMENTS = {
    Entitlement.NOT_SATISFIED: "The steps that a remedial notice asked for were not taken by the end of its period.",
    Entitlement.REPEATED: "A breach was repeated, or there were further breaches after notices, and their effect together is "
    "such that it would be prejudicial to the services to let the contract continue.",
    Entitlement.CONDITIONS_NOT_MET: "The conditions of holding the contract are not met.",
    Entitlement.UNTRUE_INFORMATION: "Information that was given was untrue or inaccurate.",
    Entitlement.OTHER_GROUNDS: "A ground of the provision that is named above.",
    Entitlement.SERIOUS_RISK: "The safety of patients is at serious risk, or we are at risk of material financial loss.",
    Entitlement.SUBCONTRACTING: "Services were sub-contracted where the contract does not allow it.",
}

SANCTIONS = {
    SanctionKind.END_OBLIGATIONS: "Obligations under the contract end",
    SanctionKind.SUSPEND_OBLIGATIONS: "Obligations under the contract are suspended",
    SanctionKind.WITHHOLD_MONEY: "Money payable under the contract is withheld or deducted",
}

SERVICES = {
    Services.ESSENTIAL: "essential services",
    Services.MANDATORY: "mandatory services",
    Services.ADDITIONAL: "additional services",
    Services.ENHANCED: "enhanced services",
    Services.ADVANCED: "advanced services",
    Services.OUT_OF_HOURS: "out-of-hours services",
    Services.OTHER: "other services",
}

# --- since the third form ----------------------------------------------------------------------------------------

THINGS = {ContractType.PHARMACEUTICAL_LIST: "entry in the pharmaceutical list"}
"""What the letter calls that which is no contract."""

ENDINGS = {"entry in the pharmaceutical list": "Notice of removal from the pharmaceutical list"}
"""What the notice that ends it is called."""

ROLES: dict[str, str] = {Role.MANAGER: "Manager"}
"""In which role somebody signs."""

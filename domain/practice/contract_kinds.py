"""The kinds of things that the contract's ladder tells of. The values are stored and never change meaning."""

from __future__ import annotations

from enum import StrEnum


class Committee(StrEnum):
    """The body of a contractor's own profession that is consulted before a formal step. What it is called is dated data."""

    LOCAL_MEDICAL = "local_medical"
    LOCAL_PHARMACEUTICAL = "local_pharmaceutical"
    LOCAL_OPTICAL = "local_optical"


class LocalOutcome(StrEnum):
    """What came of trying to settle a breach between the parties before a notice."""

    SETTLED = "settled"
    NOT_SETTLED = "not_settled"


class NoLocalResolution(StrEnum):
    """Why nothing was tried between the parties first (NHS Pharmaceutical Services Regulations 2013, reg. 69)."""

    ALREADY_DISPUTED = "already_disputed"
    UNOPENED_PREMISES = "unopened_premises"
    PATIENT_SAFETY = "patient_safety"
    FINANCIAL_LOSS = "financial_loss"


class ServiceMethod(StrEnum):
    """How a notice was given to the contractor."""

    BY_HAND = "by_hand"
    FIRST_CLASS_POST = "first_class_post"
    SIGNED_FOR_POST = "signed_for_post"
    EMAIL = "email"


class Entitlement(StrEnum):
    """By what the holder may end a contract, and so impose a sanction (2015 GMS Regulations, Sch. 3 paras 65 to 71).

    The first two follow notices; the others need none. The paragraph itself is data beside it.
    """

    NOT_SATISFIED = "not_satisfied"
    REPEATED = "repeated"
    CONDITIONS_NOT_MET = "conditions_not_met"
    UNTRUE_INFORMATION = "untrue_information"
    OTHER_GROUNDS = "other_grounds"
    SERIOUS_RISK = "serious_risk"
    SUBCONTRACTING = "subcontracting"


AFTER_NOTICES = frozenset({Entitlement.NOT_SATISFIED, Entitlement.REPEATED})


class Services(StrEnum):
    """Which services a sanction takes away. Those that are protected depend on the kind of contractor."""

    ESSENTIAL = "essential"
    MANDATORY = "mandatory"
    ADDITIONAL = "additional"
    ENHANCED = "enhanced"
    ADVANCED = "advanced"
    OUT_OF_HOURS = "out_of_hours"
    OTHER = "other_services"


class ContractorForm(StrEnum):
    """What a contractor is (2015 GMS Regulations): how long its own notice runs depends on it."""

    INDIVIDUAL = "individual"
    PARTNERSHIP = "partnership"
    COMPANY = "company"


class TerminatedBecause(StrEnum):
    """How a contract came to its end."""

    HOLDER_NOTICE = "holder_notice"
    CONTRACTOR_NOTICE = "contractor_notice"
    AGREEMENT = "agreement"
    DEATH = "death"
    EXPIRY = "expiry"


class DisputeOutcome(StrEnum):
    """Whom a dispute was determined for."""

    FOR_HOLDER = "for_holder"
    FOR_CONTRACTOR = "for_contractor"
    IN_PART = "in_part"

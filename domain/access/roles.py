"""Roles, and what an interest may be. A stored role name carries no organisation's kind: what its organisation is called is dated data."""

from __future__ import annotations

from enum import StrEnum

from domain.practice.kinds import Side


class Role(StrEnum):
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    ADVISER = "adviser"
    LEAD = "lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


SIDE_OF: dict[str, Side] = {
    Role.CASEWORKER: Side.CONTRACT_HOLDER,
    Role.MANAGER: Side.CONTRACT_HOLDER,
    Role.ADVISER: Side.CONTRACT_HOLDER,
    Role.LEAD: Side.LOCAL_COMMISSIONER,
}
"""Whose side of the shared conversation a role speaks for. Auditors and administrators speak for neither."""


class InterestNature(StrEnum):
    """How a person stands to a practice or an organisation, where that could sway them."""

    PARTNER_OR_OWNER = "partner_or_owner"
    EMPLOYEE = "employee"
    FAMILY_OR_CLOSE_FRIEND = "family_or_close_friend"
    NEIGHBOURING_OR_COMPETING_PRACTICE = "neighbouring_or_competing_practice"
    FINANCIAL = "financial"
    OTHER = "other"

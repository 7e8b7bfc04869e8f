"""Roles. A stored role name carries no organisation's kind: what its organisation is called is dated data."""

from __future__ import annotations

from enum import StrEnum

from domain.practice.kinds import Side


class Role(StrEnum):
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    LEAD = "lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


SIDE_OF: dict[str, Side] = {
    Role.CASEWORKER: Side.CONTRACT_HOLDER,
    Role.MANAGER: Side.CONTRACT_HOLDER,
    Role.LEAD: Side.LOCAL_COMMISSIONER,
}
"""Whose side of the shared conversation a role speaks for. Auditors and administrators speak for neither."""

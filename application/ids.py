"""Ids of new things. None of them holds ten digits that pass for a patient's number: words that do are refused."""

from __future__ import annotations

import secrets

from domain.text import holds_nhs_number


def new_id(prefix: str) -> str:
    """Such as flag-0123abcd4567ef89: nobody can guess it."""
    while holds_nhs_number(found := f"{prefix}-{secrets.token_hex(8)}"):
        pass
    return found

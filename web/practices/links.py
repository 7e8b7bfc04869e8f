"""Where things are: an entry, a fact of the record, and the form behind a button."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, quote_plus

from web.practices.offers import Offer

_UPPER = re.compile(r"(?<!^)(?=[A-Z])")


@lru_cache(maxsize=10_000)
def practice_link(code: str) -> str:
    return f"/practices/{quote(code, safe='')}"


def entry_link(code: str, version: int | None) -> str:
    """An entry's permanent address."""
    return f"{practice_link(code)}/entries/{version}"


def record_link(code: str, offer: Offer) -> str:
    """The form that a button opens: RecordConversation is found at record-conversation."""
    question = "&".join(f"{name}={_quoted(str(value))}" for name, value in offer.given.items())
    return f"{practice_link(code)}/{_address(offer.command)}{'?' if question else ''}{question}"


@lru_cache(maxsize=200)
def _address(command: str) -> str:
    return _UPPER.sub("-", command).lower()


@lru_cache(maxsize=10_000)
def _quoted(value: str) -> str:
    return quote_plus(value)

"""Where things are: an entry, a fact of the record, and the form behind a button."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from web.practices.offers import Offer

_UPPER = re.compile(r"(?<!^)(?=[A-Z])")


def practice_link(code: str) -> str:
    return f"/practices/{quote(code, safe='')}"


def entry_link(code: str, version: int | None) -> str:
    """An entry's permanent address."""
    return f"{practice_link(code)}/entries/{version}"


def record_link(code: str, offer: Offer) -> str:
    """The form that a button opens: RecordConversation is found at record-conversation."""
    address = f"{practice_link(code)}/{_UPPER.sub('-', offer.command).lower()}"
    return f"{address}?{urlencode(offer.given)}" if offer.given else address

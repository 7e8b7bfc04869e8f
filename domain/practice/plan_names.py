"""What plans are called, and when two references are of one plan."""

from __future__ import annotations


def key(reference: str) -> str:
    """A reference without what nobody means by it: capitals, and how many spaces there are."""
    return " ".join(reference.split()).casefold()

"""The pages of Insight, and whose practices they count."""

from __future__ import annotations

from typing import NamedTuple

from domain.access.permissions import scope_of
from domain.rules import Asked
from web.names import organisation_names


class Section(NamedTuple):
    endpoint: str
    text: str


SECTIONS = (
    Section("insight.tiers", "Tiers over time"),
    Section("insight.movement", "Movement between two days"),
    Section("insight.time_in_tier", "Time in tier"),
    Section("insight.overdue", "Overdue by team"),
    Section("insight.gap", "Conversation gap"),
    Section("insight.against", "Against the recommendation"),
    Section("insight.validation", "From flag to validation"),
    Section("flags.by_domain", "Flags by domain"),
    Section("flags.by_release", "Flags by release"),
)


def whose(asked: Asked) -> str:
    """Whose practices are counted, in words."""
    if scope_of(asked).everything:
        return "All practices"
    code = asked.region if scope_of(asked).regions and asked.region else asked.organisation
    return organisation_names([code], asked.on).get(code or "", "Your practices")

"""What the fields of facts are called, and their values in plain words."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum

from application.sealing import KeyMissing, SealBroken
from domain.practice.kinds import ParticipantRole
from domain.rules import Sealed
from web.labels import LABELS
from web.words import day, label, moment, spaced

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_LABELS = {
    "about_actions": "About actions",
    "about_flags": "About flags",
    "about_intelligence": "About soft intelligence",
    "answered_by": "Answered by",
    "asked_for": "What was asked for",
    "because": "Because",
    "before": "Before",
    "before_contract_holder": "Contract holder before",
    "before_due_on": "Due before",
    "before_local_commissioner": "Local commissioner before",
    "before_region": "Region before",
    "closed_on": "Closed",
    "commissioner_view": "View of the local commissioner",
    "corrects": "Corrects entry",
    "described": "Described as",
    "de_escalation": "What would lead down from here",
    "differs_because": "Why it differs from what was recommended",
    "due_on": "Due",
    "effective_on": "Effective",
    "ends_on": "Ends",
    "evidence_sha256": "Evidence's SHA-256",
    "first_due_on": "First due",
    "from_on": "From",
    "immediate_safety": "Immediate safety",
    "immediate_safety_risk": "Immediate risk to safety",
    "kind": "Kind",
    "kept_as": "SHA-256 of the sealed bytes",
    "list_size": "Patients",
    "lower_alarm": "Lower limit for an alarm",
    "lower_alert": "Lower limit for an alert",
    "next_contact_on": "Next contact",
    "of_entry": "Belongs to",
    "opens_with": "Its key",
    "sha256": "SHA-256 of the document",
    "signed_as": "Signed",
    "nhs_contract": "NHS contract",
    "not_done": "Ought to have been done",
    "notice_given_on": "Notice given",
    "occurred_on": "Date",
    "opened_on": "Opened",
    "participants": "Who took part",
    "phi": "Over-dispersion (phi)",
    "received_from": "Received from",
    "reply_to": "In reply to",
    "review_on": "Review",
    "said": "What was said",
    "signed_by_contractor_on": "Signed by the contractor",
    "signed_by_holder_on": "Signed by the contract holder",
    "source_sha256": "Source's SHA-256",
    "starts_on": "Starts",
    "tau2": "Variation between practices (tau squared)",
    "unilateral": "Made by the contract holder alone",
    "upper_alarm": "Upper limit for an alarm",
    "upper_alert": "Upper limit for an alert",
    "version": "Entry",
    "comply_by": "To be met by",
    "after_death": "After a death",
    "survives": "This practice goes on",
    "left": "Who left",
    "expected_of": "Asked of",
    "length": "How many",
    "remaining": "Remaining",
    "unit": "Counted in",
    "appeal_body": "Who decides an appeal",
    "breached_on": "Breached",
    "deemed_on": "Counts as given",
    "despite": "Over a dispute because of",
    "despite_words": "Why it could not wait",
    "evidence": "Evidence",
    "no_local_resolution": "Nothing tried first because",
    "not_waited_because": "Why we did not wait",
    "patients": "For patients",
    "period_days": "Period in days",
    "remediable": "Can be put right",
    "remediable_because": "Why it can or cannot be put right",
    "shorter_because": "Sooner because of",
    "shorter_words": "Why sooner",
    "sum_withheld": "Withheld",
    "took_part": "Who took part",
    "what": "What happened",
    "withholds": "What the notice withholds",
    "words": "Words",
    "z": "Standard score (z)",
}
_STORED_LABELS = {
    stored: words
    for kind, labels in LABELS.items()
    if kind is not ParticipantRole
    for stored, words in labels.items()
}
"""Of every kind but the role of somebody who took part: `other` is a side too, and means something else there."""
_OF_A_KIND = frozenset(
    [
        "answer",
        "because",
        "category",
        "caring",
        "channel",
        "contract_type",
        "despite",
        "entitlement",
        "contractor_form",
        "method",
        "no_local_resolution",
        "outcome",
        "route",
        "services",
        "shorter_because",
        "contractor_kind",
        "direction",
        "effective",
        "families",
        "form_after",
        "form_before",
        "expected_of",
        "given_by",
        "kind",
        "level",
        "long_term_conditions",
        "mental_health",
        "older_people",
        "outcome",
        "owner",
        "rating",
        "responsive",
        "safe",
        "side",
        "source",
        "tier",
        "unit",
        "visibility",
        "vulnerable_people",
        "well_led",
        "working_age",
    ]
)
"""Fields that hold a stored kind, not words that somebody typed."""


def field_label(name: str) -> str:
    """What a stored field is called."""
    return _LABELS.get(name) or spaced(name.removesuffix("_on"))


def words_or_why(value: Sealed) -> str:
    """The words, or that they do not open: one altered value must not take a page with it."""
    try:
        return value.words
    except (SealBroken, KeyMissing):
        return "(does not open: it was altered, or its key is gone)"


def stored_or_why(name: str, stored: Sealed) -> str:
    """What a corrected field was or became, in words, or that it does not open."""
    try:
        return stored_in_words(name, stored.words) or "none"
    except (SealBroken, KeyMissing):
        return words_or_why(stored)


def in_words(value: object) -> str:
    """A field's value in plain words; nothing for nothing."""
    if value is None or value == ():
        return ""
    if isinstance(value, Sealed):
        return words_or_why(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple):
        return "; ".join(filter(None, map(in_words, value)))
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((one.name, getattr(value, one.name)) for one in fields(value))
        return ", ".join(
            f"{field_label(name).lower()} {in_words(part)}" for name, part in parts if part is not None
        )
    return str(value)


def stored_in_words(field: str, stored: str) -> str:
    """A value written as stored JSON, as a correction keeps it before and after, in plain words."""
    try:
        value = json.loads(stored)
    except ValueError:
        return stored
    return _plain_in_words(field, value)


def _plain_in_words(field: str, value: object) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_plain_in_words(field, item) for item in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{field_label(name).lower()} {_plain_in_words(name, item)}"
            for name, item in value.items()
            if item
        )
    if isinstance(value, int):
        return f"{value:,}"
    if field.endswith("_on") and _DAY.match(str(value)):
        return day(str(value))
    if field == "role":
        return label(value, ParticipantRole)
    return _STORED_LABELS.get(str(value), str(value)) if field in _OF_A_KIND else str(value)

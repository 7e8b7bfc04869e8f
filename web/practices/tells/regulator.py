"""What the regulator published and did, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import Rating, RegulatoryActionKind, RegulatoryEnd
from web.practices.told import About, Told, listed, lower_first, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling

KEY_QUESTIONS = {
    "safe": "Safe",
    "effective": "Effective",
    "caring": "Caring",
    "responsive": "Responsive",
    "well_led": "Well led",
}
"""The five key questions of an inspection, in the regulator's order."""
GROUPS = {
    "older_people": "Older people",
    "long_term_conditions": "People with long-term conditions",
    "families": "Families, children and young people",
    "working_age": "Working-age people",
    "vulnerable_people": "People whose circumstances may make them vulnerable",
    "mental_health": "People experiencing poor mental health",
}
"""The population groups that were rated until 2021."""


def inspection_reported(_t: Telling, fact: e.InspectionReported) -> Told:
    return Told(
        title=f"CQC inspection: {label(fact.rating, Rating)}",
        group="contract",
        how=f"inspected on {day(fact.inspected_on)}, published on {day(fact.occurred_on)}",
        words=typed(("", fact.words)),
        rows=listed(
            *((words, getattr(fact, name)) for name, words in (KEY_QUESTIONS | GROUPS).items()),
            ("Location", fact.location),
            ("Report", fact.report),
        ),
        tag="Regulator",
    )


def regulatory_action_recorded(t: Telling, fact: e.RegulatoryActionRecorded) -> Told:
    inspection = t.practice.inspections.get(fact.inspection_id or "")
    about = (
        About(f"the inspection of {day(inspection.inspected_on)}", inspection.version) if inspection else None
    )
    return Told(
        title=f"CQC: {lower_first(label(fact.kind, RegulatoryActionKind))}",
        group="contract",
        how=f"stands from {day(fact.from_on)}",
        words=typed(("", fact.words)),
        rows=listed(
            ("Requirement", fact.requirement),
            ("To be met by", fact.comply_by),
            ("Reference", fact.reference),
        ),
        about=(about,) if about else (),
        tag="Regulator",
    )


def regulatory_action_ended(t: Telling, fact: e.RegulatoryActionEnded) -> Told:
    action = t.practice.regulatory_actions.get(fact.regulatory_id)
    called = (
        lower_first(label(action.kind, RegulatoryActionKind)) if action else "an action that was withdrawn"
    )
    return Told(
        title=f"CQC: {called} ended",
        group="contract",
        how=lower_first(label(fact.because, RegulatoryEnd)),
        words=typed(("", fact.words)),
        about=(About(f"its beginning, entry {action.version}", action.version),) if action else (),
        tag="Regulator",
    )

"""Old versions of facts, brought to the present. One function per stored name and version, never removed.

When a fact outgrows its shape, its old class stays in the table of facts, the new one gets the next VERSION, and the
function that makes one from the other stands here. A function moves sealed values as they are; it never opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.performers.events import PerformerReferenceRecorded, PerformerReferenceRecorded1
from domain.practice.events import TierDecided
from domain.practice.events.past import TierDecided1
from domain.rules import Fact

Upcast = Callable[[Any], Fact]


def tier_decided_2(old: TierDecided1) -> TierDecided:
    """Version 1 was recorded while no framework was in force: what belongs to one was never filled."""
    return TierDecided(
        decision_id=old.decision_id,
        proposal_id=old.proposal_id,
        before=old.before,
        tier=old.tier,
        rationale=old.rationale,
        inputs=old.inputs,
        effective_on=old.effective_on,
        review_on=old.review_on,
        occurred_on=old.occurred_on,
        over_dispute=old.over_dispute,
    )


def reference_recorded_2(old: PerformerReferenceRecorded1) -> PerformerReferenceRecorded:
    """Version 1 had a sentence, which stands where it was written."""
    return PerformerReferenceRecorded(
        code=old.code,
        reference_id=old.reference_id,
        reference=old.reference,
        about=old.about,
        occurred_on=old.occurred_on,
    )


UPCASTS: dict[tuple[str, int], Upcast] = {
    ("practice.tier-decided", 1): tier_decided_2,
    ("performer.reference-recorded", 1): reference_recorded_2,
}


def to_present(fact: Fact, upcasts: Mapping[tuple[str, int], Upcast] = UPCASTS) -> Fact:
    """The fact in the latest version of its name."""
    while (step := upcasts.get((fact.NAME, fact.VERSION))) is not None:
        newer = step(fact)
        if (newer.NAME, newer.VERSION) <= (fact.NAME, fact.VERSION):
            raise ValueError(f"the upcast of {fact.NAME}:{fact.VERSION} must give a later version of it")
        fact = newer
    return fact

"""Who a signed-in person asks as: from the facts of the person and of organisations, never from a view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from application.at_hand import state_of
from domain.access import organisations, people
from domain.access.roles import SIDE_OF
from domain.access.succession import Succession
from domain.rules import Asked, Recorded

NOBODY = "none"
"""The role of a person who has no role on the day. No rule grants it anything."""


def is_person(person_id: str) -> bool:
    """Whether an id, which somebody may have typed, can be a person's. Another's stream is never read as one."""
    return person_id.startswith("person-")


def asked_as(
    history: Callable[[str], list[Recorded]], succession: Succession, person_id: str, at: datetime
) -> Asked:
    """The role, organisation and region that a person's grants give them on the day of an instant, and what they are
    recused from. Whoever speaks for an organisation that another has succeeded by then speaks for nobody.
    """
    plain = Asked(person=person_id, organisation=None, role=NOBODY, at=at)
    if not is_person(person_id):
        return plain
    person = state_of(history(person_id), people.replay)
    grant = person.grant_on(plain.on)
    if grant is None:
        return plain
    named = None
    if grant.organisation is not None:
        named = state_of(history(f"organisation-{grant.organisation}"), organisations.replay).named_on(
            plain.on
        )
    region = named.part_of if named is not None else None
    ended = grant.role in SIDE_OF and succession.of(grant.organisation, plain.on) is not None
    return Asked(
        person=person_id,
        organisation=grant.organisation,
        role=NOBODY if ended else grant.role,
        at=at,
        region=region,
        predecessors=succession.predecessors(grant.organisation, plain.on),
        region_predecessors=succession.predecessors(region, plain.on),
        recused=person.recused_on(plain.on),
        covers=person.covers_on(plain.on),
    )

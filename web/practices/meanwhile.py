"""What others recorded on a practice while somebody was writing, in plain words, for the page that comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from application.sealing import KeyMissing, SealBroken
from domain.practice.events import CorrectionRequested, FactCorrected, TierRecommended
from domain.practice.things import things_through, words_of
from domain.practice.visible import Withheld
from domain.rules import Fact, Recorded
from web.forms.drawing import Drawing
from web.forms.meanwhile import Meanwhile, values_of
from web.practices.forms.corrections import WHY
from web.practices.links import entry_link


def meanwhile(drawing: Drawing, facts: Sequence[Recorded]) -> list[Meanwhile]:
    """What was recorded, each with who recorded it; what is withheld from this person is not told."""
    return [_told(drawing, one) for one in facts if not isinstance(one.fact, Withheld)]


def gone(drawing: Drawing, chosen: Iterable[str], version: int) -> list[Recorded]:
    """What was recorded after a version about things, or entries by their cites, that somebody chose in a form."""
    about = {words_of(one.rpartition("/")[2]) if "/" in one else one for one in chosen}
    history = drawing.practice.history
    later = (one for one in history if one.version > version) if about else ()
    return [one for one in later if things_through(one.fact, history) & about]


def _told(drawing: Drawing, entry: Recorded) -> Meanwhile:
    told = drawing.telling.tell(entry.fact)
    words = [*told.words, *((f"{one.label}, now", one.after) for one in told.changes)]
    return Meanwhile(
        title=told.title,
        by=_by(drawing, entry),
        at=entry.recorded_at,
        href=entry_link(drawing.practice.code, entry.version),
        words=words,
        rows=told.rows,
        own=entry.person == drawing.asked.person,
        values=_values(entry.fact),
    )


def _by(drawing: Drawing, entry: Recorded) -> str:
    """Who recorded it; of a recommendation, what led to it, for nobody recommends it."""
    if entry.person == drawing.asked.person:
        return "you, in another window"
    who = str(drawing.telling.names.person(entry.person))
    return f"the rules, after what {who} recorded" if isinstance(entry.fact, TierRecommended) else who


def _values(fact: Fact) -> dict[str, Any]:
    """Its fields by the names of the questions that ask for them; of a correction, what it puts in their place."""
    if not isinstance(fact, FactCorrected | CorrectionRequested):
        return values_of(fact)
    try:
        return {one.field: json.loads(one.after.words) for one in fact.fields} | {WHY: fact.reason}
    except (SealBroken, KeyMissing):
        return {}

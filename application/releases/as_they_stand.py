"""Facts of many practices as they stand now: what was withdrawn left out, what was corrected as corrected.

Only the facts of these names are read, and not whole histories: a release asks it of every practice.
"""

from __future__ import annotations

from application.facts import topic_of
from application.recording import Recorder
from domain.practice.corrections import effective
from domain.practice.events import FactCorrected, FactWithdrawn
from domain.rules import Fact, Recorded

_LATER = (FactCorrected, FactWithdrawn)


def as_they_stand(recorder: Recorder, *kinds: type[Fact]) -> list[Recorded]:
    """The practices' facts of these kinds, in the order of the record."""
    entries = recorder.facts_named("practice", [topic_of(kind) for kind in (*kinds, *_LATER)])
    corrected = {entry.stream for entry in entries if isinstance(entry.fact, _LATER)}
    if not corrected:
        return entries
    of_stream: dict[str, list[Recorded]] = {stream: [] for stream in corrected}
    for entry in entries:
        if entry.stream in corrected:
            of_stream[entry.stream].append(entry)
    standing = {
        entry.position: entry for history in of_stream.values() for entry in effective(_of_kinds(history))
    }
    found = (entry if entry.stream not in corrected else standing.get(entry.position) for entry in entries)
    return [entry for entry in found if entry is not None and not isinstance(entry.fact, _LATER)]


def _of_kinds(history: list[Recorded]) -> list[Recorded]:
    """These facts and what corrects them; what corrects others is left out."""
    known = {entry.version for entry in history if not isinstance(entry.fact, _LATER)}
    return [entry for entry in history if not isinstance(entry.fact, _LATER) or entry.fact.corrects in known]

"""Which releases stand, and what the file of one holds, read again as it was read when it was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from application.at_hand import state_of
from application.documents import Documents
from application.facts import topic_of
from application.recording import Recorder
from application.releases.found import UNKNOWN_INDICATOR, Read, Verdict
from application.releases.mapping import OWN_LAYOUT, read_mapping
from application.releases.reading import read
from domain.indicators.definitions import Definition
from domain.indicators.indicators import KeySet
from domain.releases.events import FACTS, Covered
from domain.releases.releases import Release, replay
from domain.rules import Recorded

TOPICS = [topic_of(kind) for kind in FACTS]


class Standing(NamedTuple):
    """A release whose numbers stand: `position` is where in the record it was last published."""

    name: str
    edition: int
    position: int
    covers: tuple[Covered, ...]
    release: Release


def releases(recorder: Recorder) -> dict[str, Release]:
    """Every release there ever was, by name."""
    histories: dict[str, list[Recorded]] = {}
    for entry in recorder.facts_named("release", TOPICS):
        histories.setdefault(entry.stream.removeprefix("release-"), []).append(entry)
    return {name: state_of(history, replay) for name, history in sorted(histories.items())}


def standing(recorder: Recorder) -> list[Standing]:
    """The releases that stand, in the order in which they were published: of two numbers the later stands."""
    found = []
    for name, release in releases(recorder).items():
        if release.stands and release.validated is not None:
            covers = release.validated.covers
            found.append(Standing(name, release.edition, release.position, covers, release))
    return sorted(found, key=lambda one: one.position)


def read_again(one: Standing, documents: Documents, key_set: KeySet) -> Read:
    """What a release's kept file holds, with what was left out when it was published left out again."""
    received, validated = one.release.received, one.release.validated
    assert received is not None
    assert validated is not None
    stream = f"release-{one.name}"
    content = documents.file(stream, received.file)
    layout = OWN_LAYOUT
    if received.mapping is not None:
        layout = read_mapping("mapping", documents.file(stream, received.mapping), date.max)
        layout = replace(layout, definitions=())
    practices = [gone for gone in validated.left_out if gone.kind != UNKNOWN_INDICATOR]
    left_out = {gone.code: (gone.kind, gone.from_on) for gone in practices}
    return read(
        received.file_name.words,
        content,
        layout,
        _definitions(one.covers, key_set),
        _verdicts(left_out),
        left_out=[gone.code for gone in validated.left_out if gone.kind == UNKNOWN_INDICATOR],
    )


def _verdicts(left_out: Mapping[str, tuple[str, date | None]]) -> Verdict:
    def verdict(code: str) -> tuple[str, date | None] | None:
        return left_out.get(code)

    return verdict


def _definitions(covers: tuple[Covered, ...], key_set: KeySet) -> dict[str, Definition]:
    return {one.indicator: key_set[one.indicator].versions[one.version - 1] for one in covers}

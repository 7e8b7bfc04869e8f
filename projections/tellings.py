"""What may be told of one thing otherwise to one organisation than to another, as it hangs on what one keeps to itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any, NamedTuple

from domain.practice.visible import as_seen_by
from domain.rules import Fact
from projections.story import NOBODY, PracticeStory

Plain = dict[str, Any]


class Telling(NamedTuple):
    """What is said of the entry at `version` to whoever is of each of the organisations `to`, and of none of `not_to`."""

    version: int
    plain: Plain
    to: tuple[str, ...] = ()
    not_to: tuple[str, ...] = ()


def tellings(
    story: PracticeStory,
    about: Iterable[type[Fact]],
    told: Callable[[PracticeStory], Iterable[tuple[int, Plain]]],
) -> Iterator[Telling]:
    """One for all where all are told alike, and else one for each kind of reader. `told` says it by version, of a story as
    somebody reads it, and it hangs on facts `about` alone.
    """
    keepers = _keepers(story, about)
    if not keepers:
        yield from (Telling(version, plain) for version, plain in told(story))
        return
    by_kind = {kind: dict(told(_as_read(story, kind, keepers))) for kind in _kinds(keepers)}
    for version in sorted({version for one in by_kind.values() for version in one}):
        read = {kind: one[version] for kind, one in by_kind.items() if version in one}
        first = next(iter(read.values()))
        if len(read) == len(by_kind) and all(plain == first for plain in read.values()):
            yield Telling(version, first)
            continue
        for kind, plain in read.items():
            yield Telling(version, plain, kind, tuple(one for one in keepers if one not in kind))


def _keepers(story: PracticeStory, about: Iterable[type[Fact]]) -> tuple[str, ...]:
    """The organisations that keep such a fact to themselves."""
    found = {story.internal_to(entry.version) for kind in about for entry, _ in story.facts(kind)}
    return tuple(sorted(one for one in found if one is not None))


def _kinds(keepers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every kind of reader: of none of these organisations, of one, or of several, one of which came after another."""
    for number in range(len(keepers) + 1):
        yield from combinations(keepers, number)


def _as_read(story: PracticeStory, kind: tuple[str, ...], keepers: tuple[str, ...]) -> PracticeStory:
    """The story as whoever is of these organisations reads it. Of all of them: nothing that it hangs on is kept from them."""
    if kind == keepers:
        return story
    if not kind:
        return story.shared
    reader = replace(NOBODY, organisation=kind[0], predecessors=frozenset(kind))
    return PracticeStory(as_seen_by(story.history, story.practice.closed, reader, {}))

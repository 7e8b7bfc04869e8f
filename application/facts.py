"""The closed table of stored names. A name that is not here is an error, never an import."""

from __future__ import annotations

from domain import links, reading, record, register
from domain.access import events as access
from domain.framework import events as framework
from domain.indicators import events as indicators
from domain.performers import events as performers
from domain.practice import events as practice
from domain.practice.events.past import PAST
from domain.releases import events as releases
from domain.rules import Fact


class UnknownFact(Exception):
    """The record holds a name or a version that this Casebook does not know: it was written by a newer one, or altered."""


def table(*groups: tuple[type[Fact], ...]) -> dict[tuple[str, int], type[Fact]]:
    """Facts by stored name and version. Two facts of one name and version would be unreadable, so they are refused."""
    facts: dict[tuple[str, int], type[Fact]] = {}
    for group in groups:
        for fact in group:
            if facts.setdefault((fact.NAME, fact.VERSION), fact) is not fact:
                raise ValueError(f"two facts are stored as {topic_of(fact)}")
    return facts


def topic_of(fact: type[Fact]) -> str:
    """How a fact is named in the record: `practice.flag-raised:1`."""
    return f"{fact.NAME}:{fact.VERSION}"


def name_and_version(topic: str) -> tuple[str, int]:
    name, _, version = topic.rpartition(":")
    if not (name and version.isascii() and version.isdecimal()):
        raise UnknownFact(f"The record names a fact {topic!r}, which is not a name and a version")
    return name, int(version)


FACTS = table(
    practice.FACTS,
    PAST,
    access.FACTS,
    register.FACTS,
    reading.FACTS,
    record.FACTS,
    performers.FACTS,
    performers.PAST,
    links.FACTS,
    indicators.FACTS,
    releases.FACTS,
    framework.FACTS,
)

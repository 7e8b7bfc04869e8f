"""A decision on the tier by what was known then and by what is known today, so that two people can compare what they see.

Each side is the facts that somebody may know of, by position and by the digest of the bytes that the record holds; the
rules; what they recommended; and a digest of all that. What was known then has the same digest on every later day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from application.casebook import Casebook
from application.facts import topic_of
from application.seen import seen_then
from domain.access.permissions import may_read
from domain.canonical import digest
from domain.framework.framework import digest_of
from domain.framework.recommending import recommend
from domain.practice.events import TierDecided, TierRecommended
from domain.practice.practice import replay
from domain.practice.recommended import recommended_for
from domain.practice.state import Decision, Practice
from domain.rules import Asked, Recorded, Sealed

SEES_ALL = "operator"

Stored = dict[int, tuple[int, str]]
"""Where the record holds each fact of a practice, and the digest of its bytes; by version."""


class Known(NamedTuple):
    """One side: the practice as somebody knew it, and what is compared."""

    practice: Practice
    told: dict[str, Any]

    @property
    def digest(self) -> str:
        return digest(self.told)


class Lens(NamedTuple):
    """A decision, numbered from 1 in the order in which they were recorded, known then beside known today."""

    number: int
    of: int
    decision: Decision
    entry: Recorded
    known: Known
    today: Known


class Listed(NamedTuple):
    """A decision in a list of many practices'."""

    practice: str
    name: Sealed | None
    number: int
    decision: Decision


def lens(casebook: Casebook, code: str, number: int | None, asked: Asked) -> Lens | None:
    """The decision of this number, or the latest; None where there is none."""
    now = casebook.seen(code, asked)
    of = len(now.decisions)
    number = of if number is None else number
    if not 0 < number <= of:
        return None
    decision = now.decisions[number - 1]
    stored = _stored(casebook, now.code)
    return Lens(
        number,
        of,
        decision,
        now.standing[decision.version],
        _then(casebook, decision, now.code, asked, stored),
        _today(casebook, now, asked, stored),
    )


def listed(casebook: Casebook, asked: Asked) -> Iterator[Listed]:
    """Every decision on every practice whose record somebody may read, by practice and number."""
    decided = {one.stream for one in casebook.recorder.facts_named("practice", [topic_of(TierDecided)])}
    for code in sorted(stream.partition("-")[2] for stream in decided):
        practice = casebook.seen(code, asked)
        if asked.role == SEES_ALL or may_read(asked, practice, "ReadRecord"):
            name = practice.details.name if practice.details else None
            for number, one in enumerate(practice.decisions, start=1):
                yield Listed(code, name, number, one)


def known_alone(practice: Practice, versions: Collection[int]) -> Practice:
    """A practice as these of its facts alone tell it."""
    return replay([one for one in practice.history if one.version in versions])


def _then(casebook: Casebook, decided: Decision, code: str, asked: Asked, stored: Stored) -> Known:
    """As it was seen then: who sees what is judged by the facts of then, whatever was opened or closed since."""
    history = casebook.history(f"practice-{code}")
    at = {one.version: number for number, one in enumerate(history)}
    command = history[at[decided.version]].command_id
    of_it = [number for number, one in enumerate(history) if one.command_id == command]
    practice = seen_then(history[: of_it[0]], asked)
    said = recommended_for(seen_then(history[: of_it[-1] + 1], asked), decided)
    return Known(
        practice,
        {
            "facts": _facts(stored, practice),
            "framework": said and {"version": said.framework_version, "digest": said.framework_digest},
            "recommendation": said and _recommendation(practice, said.tier, _recorded(said)),
        },
    )


def _today(casebook: Casebook, now: Practice, asked: Asked, stored: Stored) -> Known:
    practice = casebook.with_rules(now, asked)
    framework = practice.framework
    found = recommend(practice, framework, asked.on) if framework and practice.closed_on is None else None
    return Known(
        practice,
        {
            "facts": _facts(stored, practice),
            "framework": framework
            and {"version": framework.version, "digest": digest_of(framework.rule_set)},
            "recommendation": found
            and _recommendation(
                practice, found.tier, [(one.rule, one.tier, one.facts) for one in found.satisfied]
            ),
        },
    )


def _stored(casebook: Casebook, code: str) -> Stored:
    """The position and digest of each fact that the record holds of a practice, by version: read once for both sides."""
    rows = casebook.recorder.stored(f"practice-{code}")
    return {version: (position, sha256(held).hexdigest()) for position, version, held in rows}


def _facts(stored: Stored, practice: Practice) -> list[dict[str, Any]]:
    told = (stored[one.version] for one in practice.history)
    return [{"position": position, "sha256": of_it} for position, of_it in told]


Held = list[tuple[str, str, Sequence[int]]]
"""The rules that held, the tier of each, and the versions of its facts."""


def _recorded(said: TierRecommended) -> Held:
    return [
        (one.rule, one.tier, [int(cited.rpartition("/")[2]) for cited in one.facts]) for one in said.satisfied
    ]


def _recommendation(practice: Practice, tier: str, held: Held) -> dict[str, Any]:
    at = {one.version: one.position for one in practice.history}
    return {
        "tier": str(tier),
        "rules": [
            {"rule": rule, "tier": str(of), "facts": [at[version] for version in versions if version in at]}
            for rule, of, versions in held
        ],
    }

"""The key indicator set as its pages show it: by domain, and each indicator with its versions and what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.indicators.definitions import Definition
from domain.indicators.events import IndicatorDefined, IndicatorRetired
from domain.indicators.indicators import Indicator, KeySet
from domain.practice.kinds import IndicatorDomain
from domain.rules import Recorded
from web.practices.fields import words_or_why
from web.practices.told import Changed, lower_first
from web.words import day, label

SAID = {
    "name": "Name",
    "domain": "Domain",
    "description": "What it tells",
    "numerator": "What is counted (numerator)",
    "denominator": "Of what (denominator)",
    "unit": "Unit",
    "better": "Which way is better",
    "model": "What its values are",
    "standardisation": "Standardised",
    "source": "Where its data is from",
    "period": "How often",
    "refresh_lag_months": "Published after",
    "minimum_denominator": "Not judged where the denominator is under",
    "target": "Target",
    "known_explanations": "What is known to explain it",
    "part_of": "Part of",
}
"""What a definition says, in the order of the page, and what each part is called there."""


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the list, with the finer ones that are part of it."""

    now: Definition
    finer: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    domain: IndicatorDomain
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version: when it is valid, who recorded it and why, and what it says otherwise than the one before it."""

    number: int
    valid: str
    by: str
    at: datetime
    reason: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """That the indicator was retired."""

    on: date
    by: str
    at: datetime
    reason: str


def by_domain(known: KeySet, today: date) -> list[Domain]:
    """What is valid today: each domain's indicators by code, and with each those that refine it."""
    now = known.on(today)
    whole = [one for one in now.values() if one.part_of not in now]
    finer: dict[str, list[Definition]] = {}
    for one in now.values():
        if one.part_of in now:
            finer.setdefault(str(one.part_of), []).append(one)
    return [
        Domain(
            domain,
            tuple(Line(one, tuple(finer.get(one.code, ()))) for one in whole if one.domain == domain),
        )
        for domain in IndicatorDomain
    ]


def not_now(known: KeySet, today: date) -> list[tuple[Definition, str]]:
    """Indicators that are not valid today: those that ended, and those that begin on a later day."""
    now = known.on(today)
    found = []
    for code, one in known.items():
        if code not in now and (latest := one.latest) is not None:
            later = latest.valid_from > today
            ended = day(latest.valid_to or latest.valid_from)
            found.append((latest, f"from {day(latest.valid_from)}" if later else f"retired {ended}"))
    return found


HEADED = frozenset({"name", "domain", "description"})
"""What stands at the head of the page."""


def said(definition: Definition) -> list[tuple[str, str]]:
    """What else a definition says, each part with its heading; what it leaves open is not told."""
    told = ((SAID[name], in_words(definition, name)) for name in SAID if name not in HEADED)
    return [(heading, words) for heading, words in told if words]


def versions(indicator: Indicator, called: Mapping[str, str]) -> list[Version]:
    """Every version, the newest first, with what it changed of the one before it."""
    found = []
    before: Definition | None = None
    for entry, made in zip(indicator.defined, indicator.versions, strict=True):
        assert isinstance(entry.fact, IndicatorDefined)
        reason = words_or_why(entry.fact.reason) if entry.fact.reason else ""
        by = _who(entry, called)
        changes = tuple(differences(before, made)) if before else ()
        found.append(Version(made.version, _valid(made), by, entry.recorded_at, reason, changes))
        before = made
    return found[::-1]


def endings(indicator: Indicator, called: Mapping[str, str]) -> list[Ended]:
    return [
        Ended(
            entry.fact.retired_on,
            _who(entry, called),
            entry.recorded_at,
            words_or_why(entry.fact.reason),
        )
        for entry in indicator.retired
        if isinstance(entry.fact, IndicatorRetired)
    ]


def differences(before: Definition, after: Definition) -> Iterable[Changed]:
    """What one version says otherwise than another, in words."""
    for name, heading in SAID.items():
        if getattr(before, name) != getattr(after, name):
            yield Changed(heading, in_words(before, name) or "nothing", in_words(after, name) or "nothing")


def in_words(definition: Definition, name: str) -> str:
    value = getattr(definition, name)
    if value is None or value == ():
        return ""
    if name == "known_explanations":
        words = "; ".join(lower_first(label(one)) for one in value)
        return words[:1].upper() + words[1:]
    if name == "refresh_lag_months":
        return "1 month" if value == 1 else f"{value} months"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return label(value) if name in {"domain", "better", "model", "period"} else str(value)


def _who(entry: Recorded, called: Mapping[str, str]) -> str:
    """Casebook's own thirty were recorded by whoever set it up, at the machine."""
    return "the operator" if entry.role == "operator" else called.get(entry.person, entry.person)


def _valid(made: Definition) -> str:
    if made.valid_to is None:
        return f"valid from {day(made.valid_from)}"
    if made.valid_to <= made.valid_from:
        return f"replaced on its first day, {day(made.valid_from)}"
    return f"valid from {day(made.valid_from)} until {day(made.valid_to)}"

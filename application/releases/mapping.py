"""Mapping files: which columns of a published CSV hold what, long or wide. They are TOML (docs/mappings.md).

A long file has a row for each practice, indicator and period. A wide one has a row for each practice and a column for
each period.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from application.source_file import SourceUnreadable
from domain.indicators.definitions import Definition
from domain.periods import HOW_WRITTEN, Period, period_of
from domain.practice.kinds import Better, ExplanationCategory, IndicatorDomain, IndicatorModel, PeriodLength

OWN = ("practice", "indicator", "period", "numerator", "denominator", "value")
"""The columns of Casebook's own CSV. `numerator` and `denominator`, or `value`, may be left out."""

SUPPRESSED = ("*", "-", "[c]", "[x]", "<5", "<6", "<8", "<10")
"""How publishers write a small number that they keep back."""

LONGEST = 1_000
"""Characters of a line. A reader of TOML takes the square of their number in time and room."""

_KEYS = {
    "layout",
    "practice",
    "period",
    "periods",
    "numerator",
    "denominator",
    "value",
    "indicator",
    "indicator_from",
    "codes",
    "change",
    "suppressed",
    "no_count",
    "define",
    "define_all",
    "separator",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a file's numbers stand, by the names of its columns.

    `indicator` is one code for all rows, or a column that holds codes (`indicator_column`), or several columns whose
    texts together name one (`indicator_from`, with `codes`). Of a wide file `periods` are its columns of numbers, in
    order; with `change` the value is the logarithm of each number to the one before it.
    """

    practice: str
    wide: bool = False
    indicator: str | None = None
    indicator_column: str | None = None
    indicator_from: tuple[str, ...] = ()
    codes: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    period: str | None = None
    periods: Mapping[str, Period] = field(default_factory=dict)
    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    change: bool = False
    suppressed: frozenset[str] = frozenset(SUPPRESSED)
    no_count: frozenset[str] = frozenset({""})
    definitions: tuple[Definition, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The columns that must be there."""
        single = (self.practice, self.indicator_column, self.period, self.numerator, self.denominator)
        named = [*single, self.value, *self.indicator_from, *self.periods]
        return [name for name in named if name is not None]


OWN_LAYOUT = Layout(
    practice="practice",
    indicator_column="indicator",
    period="period",
    numerator="numerator",
    denominator="denominator",
    value="value",
)


class _Wrong(Exception):
    """What is wrong with a mapping."""


def read_mapping(name: str, content: bytes, today: date) -> Layout:
    """The layout that a mapping file says, or SourceUnreadable with what is wrong with it."""
    try:
        text = content.decode("utf-8")
        if at := next((at for at, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST), None):
            raise _Wrong(f"line {at} is longer than {LONGEST:,} characters")
        return _layout(tomllib.loads(text), today)
    except RecursionError:
        raise SourceUnreadable(f"The mapping {name} has lists within lists without end") from None
    except UnicodeDecodeError:
        raise SourceUnreadable(f"The mapping {name} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as problem:
        raise SourceUnreadable(f"The mapping {name} is not TOML: {problem}") from None
    except _Wrong as problem:
        raise SourceUnreadable(f"The mapping {name}: {problem}") from None


def named_once(name: str, layout: Layout) -> None:
    """Refuse a mapping that names one column for two things: whatever follows from it would be the same for everybody."""
    single = {
        "practice": layout.practice,
        "indicator": layout.indicator_column,
        "period": layout.period,
        "numerator": layout.numerator,
        "denominator": layout.denominator,
        "value": layout.value,
    }
    said: dict[str, str] = {}
    for what, column in single.items():
        if column is not None and said.setdefault(column, what) != what:
            raise SourceUnreadable(
                f"The mapping {name}: {said[column]} and {what} are one column, {column!r}"
            )


def _layout(told: dict[str, Any], today: date) -> Layout:
    if unknown := sorted(set(told) - _KEYS):
        raise _Wrong(f"there is no key {unknown[0]!r}: there are {', '.join(sorted(_KEYS))}")
    layout = _text(told, "layout", "long")
    if layout not in {"long", "wide"}:
        raise _Wrong(f"layout is long or wide, not {layout!r}")
    practice = _text(told, "practice")
    if practice is None:
        raise _Wrong("practice must name the column of practice codes")
    common: dict[str, Any] = {
        "practice": practice,
        "suppressed": frozenset(_texts(told, "suppressed", SUPPRESSED)),
        "no_count": frozenset(_texts(told, "no_count", ("",))) | {""},
        "definitions": _definitions(told, today),
    }
    return _wide(told, common) if layout == "wide" else _long(told, common)


def _wide(told: dict[str, Any], common: dict[str, Any]) -> Layout:
    indicator, change = _text(told, "indicator"), _text(told, "change")
    if indicator is None:
        raise _Wrong("indicator must be the code of the indicator that the columns are of")
    if change not in {None, "log"}:
        raise _Wrong(f"change is log or left out, not {change!r}")
    periods = {column: _period(text) for column, text in _table(told, "periods").items()}
    if not periods:
        raise _Wrong("[periods] must name each column of numbers with its period")
    in_order = [one.text for one in periods.values()]
    if in_order != sorted(set(in_order)) or len({one.length for one in periods.values()}) > 1:
        raise _Wrong("[periods] must be of one length, each once, the earliest first")
    return Layout(wide=True, indicator=indicator, periods=periods, change=change == "log", **common)


def _long(told: dict[str, Any], common: dict[str, Any]) -> Layout:
    numbers = {name: _text(told, name) for name in ("numerator", "denominator", "value")}
    if numbers["value"] is None and (numbers["numerator"] is None or numbers["denominator"] is None):
        raise _Wrong("name the columns of numerator and denominator, or of value")
    period = _text(told, "period")
    if period is None:
        raise _Wrong("period must name the column of periods")
    told_periods = {text: _period(written) for text, written in _table(told, "periods").items()}
    found: dict[str, Any] = {"period": period, "periods": {}, **numbers, **common}
    if columns := _texts(told, "indicator_from", ()):
        separator = _text(told, "separator", " | ") or " | "
        codes = {
            tuple(part.strip() for part in key.split(separator.strip())): str(code)
            for key, code in _table(told, "codes").items()
        }
        for key in codes:
            if len(key) != len(columns):
                raise _Wrong(f"[codes] {separator.join(key)!r} must have {len(columns)} parts")
        if not codes:
            raise _Wrong("[codes] must name an indicator for each text of indicator_from")
        return Layout(indicator_from=tuple(columns), codes=codes, **found)
    if told_periods:
        raise _Wrong("[periods] is for wide files")
    if (indicator := _text(told, "indicator")) is None:
        raise _Wrong("indicator must be an indicator's code, or name the column of codes")
    if _is_code(indicator):
        return Layout(indicator=indicator, **found)
    return Layout(indicator_column=indicator, **found)


def _is_code(text: str) -> bool:
    return len(text) >= 4 and text[:2].isupper() and text[2:4].isdecimal()


def _period(text: Any) -> Period:
    found = period_of(text) if isinstance(text, str) else None
    if found is None:
        raise _Wrong(f"{text!r} is not {HOW_WRITTEN}")
    return found


def _text(told: dict[str, Any], name: str, otherwise: str | None = None) -> str | None:
    value = told.get(name, otherwise)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise _Wrong(f"{name} must be text")
    return value


def _texts(told: dict[str, Any], name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    value = told.get(name, list(otherwise))
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Wrong(f"{name} must be a list of texts")
    return tuple(value)


def _table(told: dict[str, Any], name: str) -> dict[str, Any]:
    value = told.get(name, {})
    if not isinstance(value, dict):
        raise _Wrong(f"[{name}] must be a table")
    return value


# --- indicators that a mapping declares ---------------------------------------------------------------------


def _definitions(told: dict[str, Any], today: date) -> tuple[Definition, ...]:
    made = []
    alike = _table(told, "define_all")
    for code, said in _table(told, "define").items():
        if not isinstance(said, dict):
            raise _Wrong(f"[define.{code}] must be a table")
        try:
            made.append(_definition(code, {**alike, **said}, today))
        except KeyError as missing:
            raise _Wrong(f"[define.{code}] must say its {missing.args[0]}") from None
        except (TypeError, ValueError) as problem:
            raise _Wrong(f"[define.{code}]: {problem}") from None
    return tuple(made)


def _definition(code: str, said: dict[str, Any], today: date) -> Definition:
    known = tuple(ExplanationCategory(one) for one in said.pop("known_explanations", ()))
    kinds: dict[str, Any] = {
        "domain": IndicatorDomain(said.pop("domain", None)),
        "better": Better(said.pop("better", None)),
        "model": IndicatorModel(said.pop("model", None)),
        "period": PeriodLength(said.pop("period", None)),
    }
    texts = {name: said.pop(name) for name in ("name", "numerator", "denominator", "unit", "source")}
    optional = {
        name: said.pop(name, None)
        for name in (
            "standardisation",
            "refresh_lag_months",
            "minimum_denominator",
            "target",
            "part_of",
        )
    }
    description = said.pop("description", texts["name"])
    valid_from = said.pop("valid_from", today)
    if said:
        raise ValueError(f"there is no field {min(said)!r}")
    if not isinstance(valid_from, date):
        raise TypeError("valid_from must be a date, such as 2019-04-01")
    for name, text in {**texts, "description": description}.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{name} must be text")
    return Definition(
        code=code,
        version=1,
        description=description,
        known_explanations=known,
        valid_from=valid_from,
        **texts,
        **kinds,
        **optional,
    )

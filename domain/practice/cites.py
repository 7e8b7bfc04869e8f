"""Citing a fact of a practice, such as X90001/27: what stands, what was withdrawn, and what is another's."""

from __future__ import annotations

import re
from datetime import date

from domain.practice.dates import in_full
from domain.practice.state import Practice
from domain.rules import RuleBroken

_NUMBER = re.compile(r"[1-9][0-9]{0,8}\Z")


def cite(code: str, version: int) -> str:
    return f"{code}/{version}"


def version_of(practice: Practice, cited: str, field: str) -> int:
    """The version a cite names; refused unless it is a fact of this practice, recorded by now."""
    code, _, number = cited.partition("/")
    if code != practice.code or not _NUMBER.match(number):
        raise RuleBroken(
            "what-is-cited-is-of-this-practice", f"{cited} is not a fact of this practice", field
        )
    version = int(number)
    if version > practice.version:
        raise RuleBroken("what-is-cited-is-recorded", f"{cited} is not recorded yet", field)
    return version


def standing_cites(practice: Practice, cited: tuple[str, ...], field: str) -> tuple[str, ...]:
    """The cites, in order and once each; refused when one is foreign, later, or withdrawn."""
    for one in dict.fromkeys(cited):
        version = version_of(practice, one, field)
        if practice.recorded(version) is None:
            raise RuleBroken(
                "what-is-cited-is-of-this-practice", f"{one} is not a fact of this practice", field
            )
        if version not in practice.standing:
            raise RuleBroken(
                "what-is-cited-stands", f"{one} was withdrawn as entered in error: leave it out", field
            )
    return tuple(dict.fromkeys(cited))


def happened_by(practice: Practice, cited: tuple[str, ...], day: date, field: str) -> None:
    """Refuse what had not happened, or was not recorded, by the day: nobody could have taken it into account."""
    for one in cited:
        entry = practice.standing[version_of(practice, one, field)]
        if getattr(entry.fact, "occurred_on", day) > day:
            raise RuleBroken(
                "what-is-cited-had-happened", f"{one} had not happened by {in_full(day)}: leave it out", field
            )
        if entry.recorded_on > day:
            raise RuleBroken(
                "what-is-cited-was-recorded", f"{one} was not recorded by {in_full(day)}: leave it out", field
            )

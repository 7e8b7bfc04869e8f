"""What a row of a national register says, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.practice.kinds import ContractorKind
from domain.practice.register import CODE_FORMATS
from domain.register import OF_PRACTICES, Source
from domain.rules import RuleBroken, refuse_unless

COLUMNS = 27
COMMUNITY_PHARMACY = "1"
"""The sub-type (column 14) of a community pharmacy; 2 is an appliance contractor."""

_CODE = re.compile(r"[A-Z0-9]{3,8}\Z")
_SETTING = re.compile(r"\d{0,3}\Z", re.ASCII)
_DATE = re.compile(r"\d{8}\Z", re.ASCII)


class Status(StrEnum):
    """Column 13."""

    ACTIVE = "A"
    CLOSED = "C"
    DORMANT = "D"
    PROPOSED = "P"


class Listed(NamedTuple):
    """A row of a register. What stands after `status` is given for its contractors only."""

    code: str
    setting: str
    status: str
    name: str = ""
    address: str | None = None
    postcode: str | None = None
    telephone: str | None = None
    region: str | None = None
    contract_holder: str = ""
    local_commissioner: str | None = None
    joined_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    source: Source = OF_PRACTICES

    @property
    def is_practice(self) -> bool:
        return self.setting == self.source.setting


def listed(columns: Sequence[str], source: Source = OF_PRACTICES) -> Listed:
    """What a row of a register says, or RuleBroken with the column that cannot be read."""
    if len(columns) != COLUMNS:
        raise RuleBroken("a-row-has-27-columns", f"this line has {len(columns)} columns, not {COLUMNS}")
    said = [column.strip() for column in columns]
    code, status = said[0], said[12]
    refuse_unless(
        bool(_CODE.match(code)), "a-row-has-a-code", f"column 1 must be an ODS code, not {_shown(code)}"
    )
    setting = _setting(said, source)
    refuse_unless(
        status in set(Status),
        "a-status-is-a-c-d-or-p",
        f"column 13 must be A, C, D or P, not {_shown(status)}",
    )
    if setting != source.setting:
        return Listed(code, setting, status, source=source)
    active = status == Status.ACTIVE
    # Column 15 is a practice's commissioner; a pharmacy's or an optician's is its headquarters.
    of_practices = source.kind == ContractorKind.GENERAL_PRACTICE
    refuse_unless(not active or bool(said[1]), "a-practice-has-a-name", "column 2, the name, is empty")
    refuse_unless(
        not active or bool(said[3]), "a-practice-has-an-area-team", "column 4, the area team, is empty"
    )
    return Listed(
        code,
        setting,
        status,
        name=said[1],
        address=", ".join(line for line in said[4:9] if line) or None,
        postcode=said[9] or None,
        telephone=said[17] or None,
        region=said[2] or None,
        contract_holder=said[3],
        local_commissioner=said[14] or None if of_practices else None,
        joined_on=_day(said[15], 16) if of_practices else None,
        opened_on=_day(said[10], 11),
        closed_on=_day(said[11], 12),
        source=source,
    )


def _setting(said: Sequence[str], source: Source) -> str:
    """What kind of contractor a row is of: the register's own, or another that is passed over."""
    if source.kind == ContractorKind.GENERAL_PRACTICE:
        refuse_unless(
            bool(_SETTING.match(said[25])),
            "a-setting-is-a-number",
            f"column 26 must be a number, not {_shown(said[25])}",
        )
        return said[25]
    if not CODE_FORMATS[source.kind].match(said[0]):
        # A headquarters, or a site in another country: they stand in the same file, under codes of another form.
        return ""
    if source.kind == ContractorKind.PHARMACY and said[13] != COMMUNITY_PHARMACY:
        return ""
    return source.setting


def _day(text: str, column: int) -> date | None:
    if not text:
        return None
    if _DATE.match(text):
        with suppress(ValueError):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    raise RuleBroken("a-date-is-a-day", f"column {column} must be a date as yyyymmdd, not {_shown(text)}")


def _shown(text: str) -> str:
    return repr(text[:20]) if text else "empty"

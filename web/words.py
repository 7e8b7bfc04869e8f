"""How a stored value, a day and a moment are said in plain English. What each value is called stands in `web/labels.py`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from domain.practice.kinds import ContractType
from domain.rules import LONDON
from web.labels import BY_VALUE, HINTS, LABELS


def first_upper(text: str) -> str:
    """A phrase where a sentence or a title begins."""
    return text[:1].upper() + text[1:]


_CONTRACTS = {
    ContractType.PHARMACEUTICAL_LIST: "entry in the pharmaceutical list",
    ContractType.LOCAL_PHARMACEUTICAL_SERVICES: "local pharmaceutical services contract",
    ContractType.OPHTHALMIC_MANDATORY: "mandatory ophthalmic services contract",
    ContractType.OPHTHALMIC_ADDITIONAL: "additional ophthalmic services contract",
}


def contract_called(kind: ContractType) -> str:
    """What a contract is called in a sentence: GMS contract, entry in the pharmaceutical list."""
    return _CONTRACTS.get(kind) or f"{kind} contract"


def label(value: object, kind: type[StrEnum] | str | None = None) -> str:
    """What a stored value is called. A plain string needs its kind: an enum, or the name of one."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return LABELS[type(value)][value.value]
    if kind is not None:
        labels = LABELS[kind] if isinstance(kind, type) else BY_VALUE[kind]
        return labels.get(str(value), spaced(str(value)))
    for labels in LABELS.values():
        if str(value) in labels:
            return labels[str(value)]
    return spaced(str(value))


def hint(value: StrEnum) -> str:
    """A sentence that helps to choose the value, where one is needed."""
    return HINTS.get(type(value), {}).get(value.value, "")


def spaced(stored: str) -> str:
    """A stored value that has no label, made readable: `room_for_doubt` gives `Room for doubt`."""
    text = stored.replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date | datetime | str | None) -> str:
    """3 November 2026. An instant gives its day in London."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | str | None) -> str:
    """3 November 2026, 4:05pm GMT: an instant as every page says it, in London, with which of its two times."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    there = value.astimezone(LONDON)
    hour = there.hour % 12 or 12
    return f"{day(there.date())}, {hour}:{there:%M}{'am' if there.hour < 12 else 'pm'} {there:%Z}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 flag, 2 flags."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

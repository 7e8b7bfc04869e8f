"""Words that people type: how long, which characters, and never a patient's number.

The limit of a field stands once, beside the field on its command, and every form, command and view reads it there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.rules import Command, RuleBroken


@dataclass(frozen=True, slots=True)
class Form:
    """How a code is written. What has a form is no typed text: it is stored as it is, and needs no seal."""

    pattern: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Words:
    """At most `limit` characters that a person typed; `lines` where a line break may stand among them.

    `scanned` for a patient's NHS number, but where a number of another kind stands that may look like one.
    """

    limit: int
    lines: bool = True
    scanned: bool = True
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class NewId:
    """The id of the new thing, minted when the form is drawn, so that a form sent twice makes one thing."""

    prefix: str


C = TypeVar("C", bound=Command)

MOST_LISTED = 500
"""Things in one list of one command: more than any form has, fewer than would make a page unreadable."""

Line = Annotated[str, Words(200, lines=False)]
Code = Annotated[str, Words(60, lines=False)]
Telephone = Annotated[str, Words(60, lines=False, scanned=False)]
Sha256 = Annotated[str, Words(64, lines=False, scanned=False)]
OrganisationCode = Annotated[
    str,
    Words(
        10, lines=False, scanned=False, form=Form(r"[A-Z0-9]{2,10}", "an organisation's code, such as Q74")
    ),
]
PracticeCode = Annotated[
    str, Words(10, lines=False, form=Form(r"[A-Z][A-Z0-9]{4,5}", "an ODS code, such as A81001"))
]
Postcode = Annotated[
    str,
    Words(
        8, lines=False, form=Form(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", "a postcode in capital letters")
    ),
]
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
Period = Annotated[
    str,
    Words(
        20,
        lines=False,
        scanned=False,
        form=Form(
            rf"\d{{4}}(?:[-/]\d{{2,4}})?(?: ?Q[1-4])?|{_MONTH} \d{{4}}",
            "a year, quarter or month, such as 2026 Q3, 2025-26 or March 2026",
        ),
    ),
]
Address = Annotated[str, Words(500)]
Reason = Annotated[str, Words(2_000)]
Narrative = Annotated[str, Words(20_000)]

_BETWEEN = r"(?:[\s()_\-\u00ad\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff]{0,2}|(?<=\d{3})[.,/](?=\d{3}))"
"""What may stand between two digits of one number: spaces and hyphens of any kind, seen or not; a stop or a slash
between groups."""
_TEN_DIGITS = re.compile(rf"(?<!\d)(?=(\d(?:{_BETWEEN}\d){{9}})(?!\d))")
"""Looks ahead, so that ten digits are found even where other digits before them would use some of them up."""
_ID = re.compile(r"[a-z]+-[a-z0-9]{8,40}\Z")


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the NHS number's modulus 11 check (NHS Data Dictionary, NHS NUMBER)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def holds_nhs_number(text: str) -> bool:
    """Whether any run of ten digits, written together or in groups, is a valid NHS number."""
    return any(is_nhs_number(re.sub(r"\D", "", found)) for found in _TEN_DIGITS.findall(text))


_REGISTRATION = re.compile(
    r"(?<![0-9])[0-9]{7}(?![0-9])"  # General Medical Council, General Pharmaceutical Council
    r"|\b[0-9]{2}[A-Z][0-9]{4}[A-Z]\b"  # Nursing and Midwifery Council
    r"|\b(?:GMC|GPhC|GDC|GOC|NMC)(?![A-Z]).{0,12}?[0-9]{4}",  # as it is written behind its council
    re.IGNORECASE,
)


def holds_registration_number(text: str) -> bool:
    """Whether it has what looks like the number under which a doctor, pharmacist, dentist, optician or nurse is registered."""
    return _REGISTRATION.search(text) is not None


def check_words(text: str, words: Words, field: str) -> None:
    """Refuse words that are too long, that could not be shown as typed, or that identify a patient."""
    if len(text) > words.limit:
        raise RuleBroken(
            "words-keep-to-their-limit",
            f"This is {len(text):,} characters long. Shorten it to {words.limit:,} or fewer",
            field,
        )
    for character in text:
        if character == "\n" and words.lines:
            continue
        if unicodedata.category(character) in {"Cc", "Cs"}:
            raise RuleBroken(
                "words-can-be-shown-as-typed",
                f"Remove the character U+{ord(character):04X}: it cannot be shown. Tabs and page breaks count",
                field,
            )
    if not is_blank(text) and words.form is not None and not re.fullmatch(words.form.pattern, text):
        raise RuleBroken("a-code-has-its-form", f"Enter {words.form.wanted}", field)
    if words.scanned and holds_nhs_number(text):
        raise RuleBroken(
            "no-patient-is-identified",
            "This has a valid NHS number in it. Take it out: say what happened without saying who the patient is",
            field,
        )


def word_fields(command: type[Command]) -> dict[str, tuple[Words, bool]]:
    """The typed fields of a command: name to its limit, and whether it may be left out."""
    return _marked(_any(command), Words)


def new_ids(command: type[Command]) -> dict[str, tuple[NewId, bool]]:
    """The fields of a command that carry the id of the new thing: name to the id's prefix."""
    return _marked(_any(command), NewId)


def check_command(command: Command) -> None:
    """Refuse a command whose words are missing, too long, unshowable or identify a patient, or whose new id is odd."""
    for name, (words, optional) in word_fields(type(command)).items():
        value = getattr(command, name)
        for text in value if isinstance(value, tuple) else (value,):
            if not optional and (text is None or is_blank(text)):
                raise RuleBroken("what-is-asked-for-is-given", "Enter this: it cannot be left empty", name)
            check_words(text or "", words, name)
    _check_sizes(command)
    for name, (new, _) in new_ids(type(command)).items():
        value = getattr(command, name)
        if not is_id(value, new.prefix):
            raise RuleBroken(
                "ids-are-minted-by-casebook", f"{name} must look like {new.prefix}-0123abcd", name
            )


def is_blank(text: str) -> bool:
    """Whether nobody could see anything of it: spaces, and characters that only steer others."""
    return all(unicodedata.category(character) in {"Cf", "Zs", "Zl", "Zp", "Cc"} for character in text)


def _check_sizes(command: Command) -> None:
    """Refuse lists that no form could have made, and years that no page could show."""
    for field in fields(command):
        value = getattr(command, field.name)
        if isinstance(value, tuple) and len(value) > MOST_LISTED:
            raise RuleBroken("a-list-has-an-end", f"Enter {MOST_LISTED} or fewer", field.name)
        check_years(value, field.name)


def check_years(value: object, field: str) -> None:
    """Refuse a year that no form would take, wherever it stands in a value: days are added to days that people give."""
    if isinstance(value, tuple):
        for one in value:
            check_years(one, field)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            check_years(getattr(value, part.name), field)
    elif isinstance(value, date) and not 1900 <= value.year <= 2199:
        raise RuleBroken("a-year-has-four-digits", "Enter a year from 1900 to 2199", field)


def is_id(value: str, prefix: str) -> bool:
    """Whether this looks like an id that Casebook minted, such as person-0123abcd."""
    return bool(_ID.match(value)) and value.startswith(prefix + "-")


def blank_is_absent(command: C) -> C:
    """The command with nothing where only spaces were typed: blank words are absent, and blank lines are no lines."""
    given: dict[str, Any] = {}
    for name, (_, optional) in word_fields(type(command)).items():
        value = getattr(command, name)
        if isinstance(value, tuple):
            if any(is_blank(line) for line in value):
                given[name] = tuple(line for line in value if not is_blank(line))
        elif optional and value is not None and is_blank(value):
            given[name] = None
    return replace(command, **given) if given else command


@cache
def _marked(command: Any, kind: type) -> dict[str, tuple[Any, bool]]:
    """Fields whose type is marked with `kind`, directly, optionally or in a tuple: the mark, and whether optional."""
    found = {}
    for name, hint in get_type_hints(command, include_extras=True).items():
        parts = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
        inner = next(part for part in parts if part is not type(None))
        many = get_origin(inner) is tuple
        marks = getattr(get_args(inner)[0] if many else inner, "__metadata__", ())
        for mark in marks:
            if isinstance(mark, kind):
                found[name] = (mark, many or len(parts) > 1)
    return found


def _any(command: type[Command]) -> Any:
    """The class as what a cache may hold: a class is hashable, which its own instances' types hide from mypy."""
    return command

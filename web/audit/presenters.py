"""Every fact whole: its stored name, its envelope, and each of its fields named plainly."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

from domain.practice.documents import NEVER_SHOWN
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.practices.entries import Amended, Teller
from web.practices.envelope import envelope
from web.practices.fields import field_label, in_words, stored_or_why, words_or_why
from web.practices.told import Names, role_in_words

PAGE = 50

_PEOPLE = frozenset({"caseworker", "requested_by", "person", "given_to"})
_ORGANISATIONS = frozenset(
    {
        "before_contract_holder",
        "before_local_commissioner",
        "before_region",
        "contract_holder",
        "local_commissioner",
        "organisation",
        "region",
    }
)


class Field(NamedTuple):
    """A field of a fact: its stored name, what it is called, and its value; a name is given beside a code or id."""

    name: str
    label: str
    words: str
    note: str = ""


class WholeFact(NamedTuple):
    """A fact with everything in it. What is withheld has no stored name."""

    version: int
    title: str
    name: str
    fact_version: int
    side: str
    seen_by: str
    envelope: list[tuple[str, str]]
    fields: list[Field]
    not_given: list[Field]
    amended_by: tuple[Amended, ...]


def whole(recorded: Recorded, teller: Teller) -> WholeFact:
    """A fact as it was recorded, never as corrected."""
    entry = teller.as_recorded(recorded)
    fact = recorded.fact
    if isinstance(fact, Withheld):
        day_of_it = [Field("occurred_on", field_label("occurred_on"), in_words(fact.occurred_on))]
        return WholeFact(
            recorded.version,
            entry.told.title,
            "",
            0,
            entry.side,
            "",
            envelope(recorded, teller.names),
            day_of_it,
            [],
            (),
        )
    every = [_field(one.name, getattr(fact, one.name), teller.names) for one in fields(fact)]
    return WholeFact(
        recorded.version,
        entry.told.title,
        fact.NAME,
        fact.VERSION,
        entry.side,
        entry.seen_by,
        envelope(recorded, teller.names),
        [one for one in every if one.words],
        [one for one in every if not one.words],
        teller.entry(recorded).amended,
    )


def _field(name: str, value: Any, names: Names) -> Field:
    if name in NEVER_SHOWN:
        return Field(name, field_label(name), "kept, and shown to nobody")
    if name == "fields":
        return Field(name, "Fields", "; ".join(_corrected(one) for one in value))
    if name == "participants":
        return Field(name, field_label(name), "; ".join(_participant(one, names) for one in value))
    words = in_words(value)
    if words and name in _ORGANISATIONS and (called := names.organisation(words)) != words:
        return Field(name, field_label(name), words, called)
    if words and (name in _PEOPLE or (name == "before" and not hasattr(value, "value"))):
        called = names.person(words)
        return Field(name, field_label(name), words, called if called != words else "")
    return Field(name, field_label(name), words)


def _corrected(one: Any) -> str:
    before, after = (stored_or_why(one.field, part) for part in (one.before, one.after))
    return f"{field_label(one.field).lower()}: before “{before}”, after “{after}”"


def _participant(one: Any, names: Names) -> str:
    parts = [names.side(one.side), role_in_words(one)]
    if one.person:
        parts.append(names.person(one.person))
    if one.name:
        parts.append(words_or_why(one.name))
    return ", ".join(parts)

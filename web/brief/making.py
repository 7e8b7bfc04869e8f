"""A brief, made: of what somebody may know of a practice at a moment, in the names of then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from application.brief import Brief, Part, brief_of
from application.casebook import Casebook
from domain.access import organisations
from domain.framework import framework
from domain.practice.kinds import Side
from domain.practice.state import Practice
from domain.rules import Asked, Recorded
from web.brief import happened, sentences
from web.brief.telling import Teller
from web.practices.told import Names

PARTS: tuple[Callable[[Teller], Part], ...] = (
    sentences.contract,
    sentences.tier,
    sentences.change,
    happened.concerns,
    happened.said,
    happened.agreed,
    happened.is_due,
    happened.practice_said,
)


def parts_of(practice: Practice, on: date, names: Names) -> list[Part]:
    """What is said of a practice as at a day: of its facts and of nothing else."""
    told = Teller(practice, on, names)
    return [part(told) for part in PARTS]


def make(casebook: Casebook, practice: Practice, on: date, position: int) -> Brief:
    """`practice` as it may be known, of what stood up to a position of the record and had happened by the day."""
    last = casebook.recorder.last_upto(position)
    rules = framework.replay(_upto(casebook, f"framework-{framework.KEY}", position)).on(on)
    names = names_then(casebook, practice, on, position)
    told = parts_of(replace(practice, framework=rules), on, names)
    upto = position, last.recorded_at if last else None

    def by(entry: Recorded) -> str:
        return ", ".join(filter(None, (names.person(entry.person), names.organisation(entry.organisation))))

    return brief_of(practice, on, upto, told, by)


def note_restricted(casebook: Casebook, practice: Practice, asked: Asked, brief: Brief) -> None:
    """That a restricted entry was read is noted, where a brief is made of one by leave."""
    let_in = casebook.read_by_leave(practice, asked)
    for note in brief.notes:
        if (closure := let_in.get(note.fact.version)) is not None:
            subject = f"practice-{practice.code}/{closure.entry}"
            casebook.log_access(asked, "read", "RestrictedEntry", subject=subject)


def names_then(casebook: Casebook, practice: Practice, on: date, position: int) -> Names:
    """What everybody in a practice's record was called on a day, by what the record held up to a position."""
    before = position + 1
    people = {entry.person for entry in practice.history if entry.person} | {practice.caseworker}
    codes = {entry.organisation for entry in practice.history}
    for one in practice.responsibilities:
        codes |= {one.contract_holder, one.local_commissioner}
    sides = {}
    responsible = practice.responsible_on(on)
    for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER):
        if code := getattr(responsible, side.value, None):
            history = _upto(casebook, f"organisation-{code}", position)
            named = organisations.replay(history).named_on(on)
            if named is not None and named.label:
                sides[side.value] = named.label
    return Names(
        people={one: casebook.person_called(one, before) for one in people if one}
        | {"operator": "the operator"},
        organisations={code: casebook.organisation_called(code, on, before) for code in codes if code},
        sides=sides,
        indicators=casebook.key_set() if practice.flags else {},
    )


def _upto(casebook: Casebook, stream: str, position: int) -> list[Recorded]:
    return [one for one in casebook.history(stream) if one.position <= position]

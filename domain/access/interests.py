"""Interests that people declare, and recusal: who is recused from a practice neither sees it nor acts in it.

An interest bars nobody by itself. Whoever has one may recuse themselves at once; nobody lifts their own recusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.access.commands import DeclareInterest, EndInterest, EndRecusal, InterestCommand, RecusePerson
from domain.access.events import InterestDeclared, InterestEnded, PersonRecused, RecusalEnded
from domain.access.roles import InterestNature
from domain.rules import Asked, Fact, RuleBroken, Sealed, refuse_unless, sealed

SAID_BY_THE_INTEREST = "Declared an interest, and takes no part in decisions about this practice."


@dataclass(slots=True)
class Interest:
    """An interest from the start of `from_on` to the end of `to_on`, or until it was ended."""

    interest_id: str
    nature: InterestNature
    practice: str | None
    organisation: str | None
    words: Sealed | None
    from_on: date
    to_on: date | None
    declared_by: str
    declared_on: date
    ended_on: date | None = None
    ended_by: str | None = None


@dataclass(slots=True)
class Recusal:
    """A recusal from the start of `from_on` to the end of `to_on`, or until it was ended."""

    practice: str
    reason: Sealed
    from_on: date
    to_on: date | None
    interest_id: str | None
    recused_by: str
    recused_on: date
    ended_on: date | None = None
    ended_by: str | None = None
    ended_because: Sealed | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and not self.over_on(day)

    def over_on(self, day: date) -> bool:
        return (self.to_on is not None and self.to_on < day) or (
            self.ended_on is not None and self.ended_on <= day
        )


def decide(
    person_id: str,
    interests: dict[str, Interest],
    recusals: list[Recusal],
    command: InterestCommand,
    asked: Asked,
) -> list[Fact]:
    """Answer a command about a person's interests, of a person who is known."""
    day = command.occurred_on or asked.on
    match command:
        case DeclareInterest():
            return _declare_interest(person_id, interests, recusals, command, day)
        case EndInterest():
            return _end_interest(person_id, interests, command, day)
        case RecusePerson():
            return _recuse_person(person_id, interests, recusals, command, day)
        case EndRecusal():
            return _end_recusal(person_id, recusals, command, asked, day)
    raise AssertionError(command)


def _declare_interest(
    person_id: str,
    interests: dict[str, Interest],
    recusals: list[Recusal],
    command: DeclareInterest,
    day: date,
) -> list[Fact]:
    """An interest is in a practice or an organisation; one of another nature is put in words."""
    refuse_unless(
        command.interest_id not in interests, "interest-ids-are-new", "This interest is already declared"
    )
    if command.practice is None and command.organisation is None:
        raise RuleBroken(
            "an-interest-is-in-a-practice-or-an-organisation",
            "Enter the code of a practice, or choose an organisation",
            "practice",
        )
    if command.nature == InterestNature.OTHER and command.words is None:
        raise RuleBroken("an-interest-of-another-nature-is-put-in-words", "Say what the interest is", "words")
    if command.takes_no_part and command.practice is None:
        raise RuleBroken(
            "a-recusal-is-from-a-practice",
            "Enter the code of the practice that you take no part in",
            "practice",
        )
    from_on = command.from_on or day
    _in_order(from_on, command.to_on)
    declared = InterestDeclared(
        interest_id=command.interest_id,
        person_id=person_id,
        practice=command.practice,
        organisation=command.organisation,
        nature=command.nature,
        words=sealed(command.words),
        from_on=from_on,
        to_on=command.to_on,
        occurred_on=day,
    )
    if not command.takes_no_part or command.practice is None:
        return [declared]
    recused = PersonRecused(
        person_id=person_id,
        practice=command.practice,
        reason=Sealed(command.words or SAID_BY_THE_INTEREST),
        from_on=day,
        to_on=None,
        interest_id=command.interest_id,
        occurred_on=day,
    )
    return [declared] if _already(recusals, recused) else [declared, recused]


def _end_interest(
    person_id: str, interests: dict[str, Interest], command: EndInterest, day: date
) -> list[Fact]:
    interest = _interest(interests, command.interest_id)
    refuse_unless(interest.ended_on is None, "an-interest-is-ended-once", "This interest has already ended")
    if day < interest.from_on:
        raise RuleBroken(
            "an-end-is-not-before-its-start", "Enter a date on or after the first day", "occurred_on"
        )
    return [
        InterestEnded(
            interest_id=interest.interest_id,
            person_id=person_id,
            ended_on=day,
            reason=sealed(command.reason),
            occurred_on=day,
        )
    ]


def _recuse_person(
    person_id: str,
    interests: dict[str, Interest],
    recusals: list[Recusal],
    command: RecusePerson,
    day: date,
) -> list[Fact]:
    """A recusal adds to those there are: none is shortened by another. What is covered already records nothing."""
    if command.interest_id is not None:
        _interest(interests, command.interest_id)
    from_on = command.from_on or day
    _in_order(from_on, command.to_on)
    recused = PersonRecused(
        person_id=person_id,
        practice=command.practice,
        reason=Sealed(command.reason),
        from_on=from_on,
        to_on=command.to_on,
        interest_id=command.interest_id,
        occurred_on=day,
    )
    return [] if _already(recusals, recused) else [recused]


def _end_recusal(
    person_id: str, recusals: list[Recusal], command: EndRecusal, asked: Asked, day: date
) -> list[Fact]:
    """Another manager than the person themselves says why they may take part again."""
    refuse_unless(
        person_id != asked.person, "nobody-lifts-their-own-recusal", "Another manager must end your recusal"
    )
    there = [one for one in recusals if one.practice == command.practice and not one.over_on(day)]
    if not there:
        raise RuleBroken(
            "only-a-recusal-that-goes-on-is-ended", "They are not recused from this practice", "practice"
        )
    return [
        RecusalEnded(
            person_id=person_id,
            practice=command.practice,
            ended_on=day,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def _already(recusals: list[Recusal], wanted: PersonRecused) -> bool:
    """Whether a recusal that goes on covers every day of the wanted one."""
    return any(
        one.practice == wanted.practice
        and one.ended_on is None
        and one.from_on <= wanted.from_on
        and (one.to_on is None or (wanted.to_on is not None and wanted.to_on <= one.to_on))
        for one in recusals
    )


def _interest(interests: dict[str, Interest], interest_id: str) -> Interest:
    interest = interests.get(interest_id)
    if interest is None:
        raise RuleBroken("an-interest-is-one-of-the-persons", "No such interest is declared", "interest_id")
    return interest


def _in_order(from_on: date, to_on: date | None) -> None:
    if to_on is not None and to_on < from_on:
        raise RuleBroken("an-end-is-not-before-its-start", "Enter a date on or after the first day", "to_on")


def evolve(interests: dict[str, Interest], recusals: list[Recusal], fact: Fact, recorded_by: str) -> None:
    """What a fact changes of a person's interests and recusals."""
    match fact:
        case InterestDeclared():
            interests[fact.interest_id] = Interest(
                interest_id=fact.interest_id,
                nature=fact.nature,
                practice=fact.practice,
                organisation=fact.organisation,
                words=fact.words,
                from_on=fact.from_on,
                to_on=fact.to_on,
                declared_by=recorded_by,
                declared_on=fact.occurred_on,
            )
        case InterestEnded():
            if interest := interests.get(fact.interest_id):
                interest.ended_on, interest.ended_by = fact.ended_on, recorded_by
        case PersonRecused():
            recusals.append(
                Recusal(
                    practice=fact.practice,
                    reason=fact.reason,
                    from_on=fact.from_on,
                    to_on=fact.to_on,
                    interest_id=fact.interest_id,
                    recused_by=recorded_by,
                    recused_on=fact.occurred_on,
                )
            )
        case RecusalEnded():
            for one in recusals:
                if one.practice == fact.practice and not one.over_on(fact.ended_on):
                    one.ended_on, one.ended_by, one.ended_because = fact.ended_on, recorded_by, fact.reason

"""What a decision on the tier answers to the four words: proportionate, reasoned, informed and heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.access.roles import Role
from domain.framework.framework import Version
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.guards import raises
from domain.practice.heard import said_about
from domain.practice.kinds import LesserStep, Side, Tier
from domain.practice.recommended import recommended_for
from domain.practice.state import Decision
from domain.practice.weighing import answered_by
from domain.rules import Recorded, Sealed
from web.practices.fields import words_or_why
from web.practices.told import happened_on, joined, lower_first
from web.practices.told_then import ToldThen, Was
from web.service import service
from web.words import day, label, plural

MOST, MOST_DAYS = 10, 3
"""Of answers that a decision does not name: so many are led to, the latest, and so many days are told."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of one word: a heading, what is told beneath it in our words, what somebody typed, and the entries."""

    heading: str = ""
    told: str = ""
    typed: str = ""
    about: list[Was] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the four words, and what answers it in order."""

    word: str
    parts: list[Part]


def four_words(told: ToldThen, fact: e.TierDecided, one: Decision) -> list[Answered]:
    return [
        Answered("Proportionate", list(_proportionate(told, fact))),
        Answered("Reasoned", list(_reasoned(told, fact, one))),
        Answered("Informed", list(_informed(told, fact))),
        Answered("Heard", list(_heard(told, fact, one))),
    ]


def _proportionate(told: ToldThen, fact: e.TierDecided) -> Iterator[Part]:
    tried = [label(one.step, LesserStep).lower() for one in fact.steps if one.taken]
    untried = [label(one.step, LesserStep).lower() for one in fact.steps if not one.taken]
    said = [f"Tried first: {joined(tried)}."] if tried else []
    said += [f"Not tried: {joined(untried)}."] if untried else []
    yield Part(told=" ".join(said) or _why_no_step(fact))
    for one in fact.steps:
        tag = "tried" if one.taken else "not tried"
        yield Part(f"{label(one.step, LesserStep)}: {tag}", typed=words_or_why(one.words))
    yield from _typed(
        (told.looked.names.said("What is asked of the practice"), fact.asked_for),
        ("What is to come of it", fact.outcome),
        ("What would lead down from here", fact.de_escalation),
    )
    yield from _typed(("Immediate risk to patients’ safety", fact.immediate_safety))
    if fact.override:
        yield _override(told, fact.override)


def _why_no_step(fact: e.TierDecided) -> str:
    if fact.framework_version is None:
        return "No less formal step is recorded: it was decided before there was a framework."
    if fact.before == fact.tier:
        return "No less formal step had to be weighed: the tier stayed as it was."
    if not raises(fact.before, fact.tier):
        return "No less formal step had to be weighed: the tier was lowered."
    return "No less formal step is recorded."


def _override(told: ToldThen, cited: str) -> Part:
    """Whose leave a decision rests on, in which role, of which day, and the whole reason."""
    was, names = told.cited(cited), told.looked.names
    entry = told.practice.standing.get(was.version or 0)
    if entry is None or not isinstance(entry.fact, e.OverrideGiven):
        return Part("It rests on an override", about=[was])
    who = f"{names.person(entry.person)}, {lower_first(label(entry.role, Role))}"
    leave = f"{who}, gave leave on {day(entry.fact.occurred_on)} to decide before a shared conversation."
    entry_of_it = [was._replace(text="The override’s entry")]
    return Part("It rests on an override", leave, words_or_why(entry.fact.reason), entry_of_it)


def _reasoned(told: ToldThen, fact: e.TierDecided, one: Decision) -> Iterator[Part]:
    """The decider's own reasons first; then what the rules recommended, and each rule that held, with its entries."""
    yield Part(typed=words_or_why(fact.rationale))
    yield from _typed(
        ("Why it was decided although an entry is disputed", fact.over_dispute),
    )
    if fact.recommended is None:
        yield Part("What the rules recommended", "No rules were in force.")
        return
    follows = "follows" if fact.recommended == fact.tier else "differs from"
    recommended = lower_first(label(fact.recommended, Tier))
    said = recommended_for(told.looked.practice, one)
    held = said.satisfied if said else ()
    none = "" if held else " No rule of a higher tier held."
    yield Part("What the rules recommended", f"It {follows} the recommendation: {recommended}.{none}")
    yield from _typed(("Why it differs", fact.differs_because))
    version = service.casebook.framework().version(said.framework_version if said else 0)
    before: set[str] = set()
    for rule in held:
        about = [_once(told.cited(cited), cited in before) for cited in rule.facts]
        before.update(rule.facts)
        yield Part(f"Rule {rule.rule} held", _sentence(version, rule.rule), about=about)


def _once(was: Was, before: bool) -> Was:
    """By its number alone where it was told of an earlier rule."""
    return Was(f"Entry {was.version}", was.version, []) if before and was.version else was


def _sentence(version: Version | None, rule: str) -> str:
    """What a rule says, in the words of the version by which it held."""
    known = version.framework.rule(rule) if version else None
    return f"{known.words}." if known else ""


def _informed(told: ToldThen, fact: e.TierDecided) -> Iterator[Part]:
    yield Part(
        f"It rests on {plural(len(fact.inputs), 'entry', 'entries')}",
        about=[told.cited(one) for one in fact.inputs],
    )
    commissioner = told.looked.names.side(Side.LOCAL_COMMISSIONER)
    if fact.view:
        yield Part(f"What the {commissioner} said", about=[told.cited(fact.view)])
    yield from _typed(
        (f"Why the view of the {commissioner} was not waited for", fact.no_view_because),
        ("Who was consulted", fact.consulted),
    )


def _heard(told: ToldThen, fact: e.TierDecided, one: Decision) -> Iterator[Part]:
    names, names_one = told.looked.names, fact.answered or fact.answers
    unnamed = [] if names_one else answered_by(told.practice, one.decided_on)
    if names_one:
        said = names.said("The practice answered before it was decided.")
    elif unnamed:
        waited = "Its answer was not waited for. " if fact.not_waited_because else ""
        had_answered = names.said("the practice had answered")
        said = f"{waited}The decision names none; {had_answered} {_on_days(unnamed)}."
    elif fact.not_waited_because:
        said = "Its answer was not waited for."
    else:
        said = names.said("When it was decided, nothing was recorded of what the practice answered.")
    code = told.looked.practice.code
    yield Part(told=said, about=[told.cited(cite(code, each.version)) for each in unnamed[-MOST:]])
    yield from _typed(
        ("What it answered", fact.answered), ("Why waiting was unsafe", fact.not_waited_because)
    )
    if fact.answers:
        yield Part("Where it answered", about=[told.cited(answer) for answer in fact.answers])
    since = said_about(told.looked.practice, [cite(code, one.version)])
    if since:
        yield Part(
            "What it has answered to the decision since", about=[told.cited(cite(code, at)) for at in since]
        )


def _on_days(answers: Sequence[Recorded]) -> str:
    days = sorted({happened_on(one.fact) for one in answers})
    if len(days) > MOST_DAYS:
        return f"{len(answers)} times, last on {day(days[-1])}"
    return f"on {joined([day(one) for one in days])}"


def _typed(*each: tuple[str, Sealed | None]) -> list[Part]:
    return [Part(heading, typed=words_or_why(words)) for heading, words in each if words is not None]

"""given(facts…).when(command).then(facts…), or .then_refused("rule-name"): exact equality, facts only in *given*."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access.permissions import check
from domain.framework.parts import Framework
from domain.indicators.catalogue import INDICATORS
from domain.practice.commands import RaiseFlag
from domain.practice.practice import decide, replay
from domain.practice.state import Practice
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Fact, Recorded, RuleBroken
from tests.support import factories as a

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

CASEWORKER = Asked(person="person-caseworker", organisation=a.HOLDER, role="caseworker", at=NOW, region="Y99")
MANAGER = Asked(person="person-manager01", organisation=a.HOLDER, role="manager", at=NOW, region="Y99")
OTHER_MANAGER = Asked(person="person-manager02", organisation=a.HOLDER, role="manager", at=NOW, region="Y99")
OTHER_CASEWORKER = Asked(
    person="person-colleague", organisation=a.HOLDER, role="caseworker", at=NOW, region="Y99"
)
ADVISER = Asked(person="person-adviser1", organisation=a.HOLDER, role="adviser", at=NOW, region="Y99")
LEAD = Asked(person="person-lead0001", organisation=a.COMMISSIONER, role="lead", at=NOW)
AUDITOR = Asked(person="person-auditor1", organisation=None, role="auditor", at=NOW)
ADMINISTRATOR = Asked(person="person-admin001", organisation=None, role="administrator", at=NOW)
OPERATOR = Asked(person="operator", organisation=None, role="operator", at=NOW)


@dataclass(frozen=True)
class By:
    """A fact of *given*, recorded by somebody in particular."""

    asked: Asked
    fact: Fact


def by(asked: Asked, fact: Fact) -> By:
    return By(asked, fact)


def recorded(*facts: Fact | By, code: str = a.CODE) -> list[Recorded]:
    """The history that these facts make: by the caseworker unless said otherwise, an hour apart, a day ago."""
    history = []
    for version, given_fact in enumerate(facts, start=1):
        asked, fact = (
            (given_fact.asked, given_fact.fact) if isinstance(given_fact, By) else (CASEWORKER, given_fact)
        )
        history.append(
            Recorded(
                stream=f"practice-{code}",
                version=version,
                position=version,
                recorded_at=NOW - timedelta(days=1) + timedelta(seconds=version),
                person=asked.person,
                organisation=asked.organisation,
                role=asked.role,
                on_behalf_of=None,
                command_id=f"command-{version:08d}",
                corrects=getattr(fact, "corrects", None),
                fact=fact,
            )
        )
    return history


def told_elsewhere(practice: Practice, command: Any) -> Practice:
    """The practice with what is handed in with a command: the indicator it names, as Casebook begins with it."""
    if not isinstance(command, RaiseFlag):
        return practice
    return replace(practice, indicator=INDICATORS.get(command.indicator))


@dataclass
class Story:
    history: list[Recorded]
    facts: list[Fact] = field(default_factory=list)
    broken: RuleBroken | None = None
    framework: Framework | None = None

    def under(self, framework: Framework) -> Story:
        """While this version of the framework is in force."""
        self.framework = framework
        return self

    def when(self, command: Any, asked: Asked = CASEWORKER) -> Story:
        whole = replay(self.history)
        practice = replay(as_seen_by(self.history, whole.closed, asked, whole.let_in))
        self.facts, self.broken = [], None
        try:
            check(asked, command, practice)
            practice = replace(told_elsewhere(practice, command), framework=self.framework)
            self.facts = decide(practice, command, asked)
        except RuleBroken as broken:
            self.broken = broken
        return self

    def then(self, *facts: Fact) -> None:
        if self.broken is not None:
            raise AssertionError(f"refused: {self.broken.rule}: {self.broken.message}")
        assert self.facts == list(facts)

    def then_a(self, kind: type[Fact], /, **fields: Any) -> None:
        """One fact of this kind, with these fields among its fields."""
        if self.broken is not None:
            raise AssertionError(f"refused: {self.broken.rule}: {self.broken.message}")
        assert [type(fact) for fact in self.facts] == [kind]
        assert {name: getattr(self.facts[0], name) for name in fields} == fields

    def then_nothing(self) -> None:
        self.then()

    def then_refused(self, rule: str, field: str | None = None) -> None:
        assert self.broken is not None, f"not refused: {self.facts}"
        assert self.broken.rule == rule
        if field is not None:
            assert self.broken.field == field

    def decided(self) -> Any:
        """The one fact that was decided, to look at closer."""
        assert self.broken is None, f"refused: {self.broken.rule}: {self.broken.message}"
        (fact,) = self.facts
        return fact

    def practice(self) -> Practice:
        return replay(self.history)


def given(*facts: Fact | By) -> Story:
    """A practice that is registered, with Q99 responsible and 99A its local commissioner, and these facts after.

    The facts begin at version 3.
    """
    return Story(
        recorded(by(OPERATOR, a.practice_registered()), by(OPERATOR, a.responsibility_assigned()), *facts)
    )


def given_nothing() -> Story:
    return Story([])


__all__ = ["By", "Story", "by", "given", "given_nothing", "pytest", "recorded"]

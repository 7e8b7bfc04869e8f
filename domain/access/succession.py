"""Which organisation came after which. It is told by facts on the successors' streams, put together here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.access.commands import SucceedOrganisation
from domain.access.events import OrganisationSucceeded
from domain.rules import RuleBroken


class Succession:
    """Who succeeded whom, and from which day: an organisation has one successor, and may have many predecessors."""

    def __init__(self, facts: Iterable[OrganisationSucceeded] = ()) -> None:
        """The facts in the order in which they were recorded: of those about one predecessor, the last holds."""
        self._of = {fact.predecessor: fact for fact in facts}
        self._to: dict[str, list[OrganisationSucceeded]] = {}
        for fact in self._of.values():
            self._to.setdefault(fact.code, []).append(fact)

    def of(self, code: str | None, day: date) -> OrganisationSucceeded | None:
        """How an organisation had ended by a day; None while it goes on."""
        fact = self._of.get(code) if code is not None else None
        return fact if fact is not None and fact.from_on <= day else None

    def held_by(self, code: str) -> dict[str, OrganisationSucceeded]:
        """The successions of an organisation that hold, by predecessor."""
        return {fact.predecessor: fact for fact in self._to.get(code, ())}

    def predecessors(self, code: str | None, day: date) -> frozenset[str]:
        """Every organisation that this one stands for on a day: those it succeeded, and those that they did."""
        found: set[str] = set()
        waiting = [code] if code is not None else []
        while waiting:
            for fact in self._to.get(waiting.pop(), ()):
                if fact.from_on <= day and fact.predecessor not in found and fact.predecessor != code:
                    found.add(fact.predecessor)
                    waiting.append(fact.predecessor)
        return frozenset(found)

    def living(self, code: str, day: date) -> str:
        """The organisation that stands for this one on a day: itself, or the last of those that came after it."""
        passed = {code}
        while (fact := self.of(code, day)) is not None and fact.code not in passed:
            code = fact.code
            passed.add(code)
        return code

    def check(self, command: SucceedOrganisation) -> None:
        """Refuse a circle: an organisation that came, by whatever way and on whatever day, before its predecessor."""
        code: str | None = command.code
        passed: set[str] = set()
        while code is not None and code not in passed:
            if code == command.predecessor:
                raise RuleBroken(
                    "succession-goes-one-way",
                    f"{command.predecessor} is {command.code} itself, or came after it",
                    "predecessor",
                )
            passed.add(code)
            fact = self._of.get(code)
            code = fact.code if fact is not None else None

"""A decision on the tier by what was known then, beside what is known today: side by side what differs, and the rest once.

What was open to the reader then and is kept from them today is counted, and not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from application.lens import Lens
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.recommended import recommended_for
from domain.practice.since import Came, came, said_of
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.practices.as_of import AsOf, as_of
from web.practices.fields import words_or_why
from web.practices.reading import Looked
from web.practices.same_today import SameToday, same_today
from web.practices.then_and_now_rules import RulesBeside, rules_beside
from web.practices.told import Changed, joined
from web.practices.told_then import ToldThen
from web.words import moment

PAGE = 50
"""Entries of one kind on one page, beyond those that were cited and those that differ."""


AS = "As "
"""Begins what the other organisation would have of an entry."""


class Row(NamedTuple):
    """An entry as it was told then, and as it is today; `then` is empty where it was not known, `today` where it is the same.

    `why` says what the decision did with it.
    """

    version: int
    why: str
    then: str
    today: str
    tags: list[str]
    changes: list[Changed]

    @property
    def was(self) -> list[Changed]:
        """What stood then of each part that changed since, where the line that tells the entry does not have it all."""
        first = {one.label: one for one in reversed(self.changes)}
        there = (one for one in reversed(first.values()) if one.before and one.before not in self.then)
        return [one._replace(label="It read") if one.label.startswith(AS) else one for one in there]

    @property
    def now(self) -> list[Changed]:
        """What stands now: what was put right once and once more reads as it was put right last."""
        return [*{one.label: one for one in self.changes}.values()]

    @property
    def differs(self) -> bool:
        return bool(self.today or self.tags or self.changes)


class Some(NamedTuple):
    """A page of many rows."""

    rows: list[Row]
    total: int
    number: int
    last: int
    chosen: bool


@dataclass(frozen=True)
class ThenAndNow:
    """What differs, of what was cited first; what was cited and is the same; and of everything else a page."""

    then_at: str
    differs: list[Row]
    rested: list[Row]
    cites: bool
    same: Some
    since: Some
    kept: int
    never_shown: int
    rules: RulesBeside
    command: str
    as_of: AsOf
    answer: SameToday


def then_and_now(told: ToldThen, args: Mapping[str, str]) -> ThenAndNow:
    looked, seen, then = told.looked, told.seen, told.then
    rows = _Rows(told, _why(looked, seen))
    apart = [version for version in rows.differing if version not in rows.why]
    same = [
        version for version in sorted(then.known) if version not in rows.why and version not in rows.differing
    ]
    after = [version for version, one in rows.came.items() if one in {Came.AFTER, Came.SAME_DAY}]
    known = seen.known.practice.history
    cited = rows.of(sorted(rows.why))
    on = as_of()
    rules = rules_beside(looked, seen, on)
    return ThenAndNow(
        then_at=moment(seen.entry.recorded_at),
        differs=[*(row for row in cited if row.differs), *rows.of(apart)],
        rested=[row for row in cited if not row.differs],
        cites=bool(cited),
        same=_some(rows, same, args.get("same")),
        since=_some(rows, after[::-1], args.get("since")),
        kept=len(then.kept),
        never_shown=sum(isinstance(one.fact, Withheld) for one in known),
        rules=rules,
        command=f"casebook decision {looked.practice.code} {seen.number} --json",
        as_of=on,
        answer=same_today(told, rules, on),
    )


def _why(looked: Looked, seen: Lens) -> dict[int, str]:
    """The entries that a decision cites, and those by which its rules held, each with which."""
    fact = seen.entry.fact
    assert isinstance(fact, e.TierDecided)
    said = recommended_for(looked.practice, seen.decision)
    held: dict[str, list[str]] = {}
    for rule in said.satisfied if said else ():
        for one in rule.facts:
            held.setdefault(one, []).append(rule.rule)
    found: dict[int, str] = {}
    for words, cites in (
        ("cited", fact.inputs),
        ("the practice’s answer", fact.answers),
        ("the other organisation’s view", [fact.view]),
        ("the override", [fact.override]),
        *((f"{joined(rules)} held by it", [one]) for one, rules in held.items()),
    ):
        for one in filter(None, cites):
            version = int(one.rpartition("/")[2])
            found[version] = f"{found[version]}; {words}" if version in found else words
    return found


class _Rows:
    """Tells entries on both sides. Those that are asked for are told, and no others."""

    def __init__(self, told: ToldThen, why: dict[int, str]) -> None:
        looked, then = told.looked, told.then
        self.code, self.then = looked.practice.code, then
        self.practice, self.today = looked.practice, looked.teller.telling
        self.telling, self.became = told.telling, told.became
        self.came = came(looked.practice, then)
        self.why = {version: words for version, words in why.items() if version in then.known}
        apart = {version for version, one in self.came.items() if one in {Came.LATE, Came.SHOWN}}
        self.differing = sorted(apart | ({*self.became} & then.known))

    def of(self, versions: list[int]) -> list[Row]:
        return [self._row(version) for version in versions]

    def _row(self, version: int) -> Row:
        cited = cite(self.code, version)
        # Told as it stands also where it is the same: that a restricted entry was read is noted by what was told of today's.
        now = self.today.cited(cited).text.removesuffix(" (withdrawn since)")
        if version not in self.then.known:
            return Row(version, "", "", now, [str(self.came[version])], [])
        then, became = self.telling.cited(cited).text, self.became.get(version, [])
        tags = list(dict.fromkeys(said_of(one) for one in became))
        return Row(
            version, self.why.get(version, ""), then, now if now != then else "", tags, self._changes(became)
        )

    def _changes(self, became: list[Recorded]) -> list[Changed]:
        found: list[Changed] = []
        for one in became:
            if isinstance(one.fact, e.FactCorrected):
                found += self.today.tell(one.fact).changes
            elif isinstance(one.fact, e.EntryAmended):
                before: Any = self.practice.recorded(one.fact.text_version)
                said = getattr(before.fact, "said", None) if before else None
                whose = self.today.names.organisation(one.fact.organisation)
                text = words_or_why(said) if said else ""
                found.append(Changed(f"{AS}{whose} would have it", text, words_or_why(one.fact.said)))
        return found


def _some(rows: _Rows, versions: list[int], typed: str | None) -> Some:
    last = max(1, -(-len(versions) // PAGE))
    chosen = typed is not None
    number = int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    number = min(max(number, 1), last)
    shown: Any = versions[(number - 1) * PAGE : number * PAGE]
    return Some(rows.of(shown), len(versions), number, last, chosen)

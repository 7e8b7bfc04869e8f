"""A rule set as a file of TOML: one table a rule id, each threshold a named number (`casebook framework export` in docs/command-line.md).

What a file leaves out stays as it is in the rule set that it is read beside.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from application.source_file import SourceUnreadable
from domain.framework.catalogue import RESPONSES, RULES, Number
from domain.framework.commands import ResponseTimes, RuleNumbers
from domain.framework.making import out_of_range, rule_set_of
from domain.framework.parts import Framework, RuleSet

COUNTED = "counted"
"""Says of a rule whether it counts: a rule is switched off in the open, and never by leaving it out."""
LARGEST = 200_000


class RulesSaid(NamedTuple):
    """What a rule file says: the whole rule set that it makes, and which rules it left as they are."""

    rules: tuple[RuleNumbers, ...]
    responses: tuple[ResponseTimes, ...]
    left_out: tuple[str, ...]

    @property
    def rule_set(self) -> RuleSet:
        return rule_set_of(self.rules, self.responses)


# --- writing --------------------------------------------------------------------------------------------------


def written(framework: Framework, digest: str) -> str:
    """The file of a version: read again, it says just what the version says."""
    lines = [
        f"# The tier framework's rules, version {framework.version}, in force from {framework.effective_from}.",
        f"# sha256 {digest}",
        "# Change a number, and see what would follow with: casebook framework dry-run --rules FILE",
        f"# A rule with {COUNTED} = false is switched off. What a file leaves out stays as it is in force.",
    ]
    for rule in framework.rule_set.rules:
        lines += ["", f"# {rule.words}.", f"[rules.{rule.rule}]"]
        lines += [] if rule.counted else [f"{COUNTED} = false"]
        lines += [f"{name} = {number}" for name, number in rule.thresholds]
    for response in framework.rule_set.responses:
        lines += ["", f"# {response.words}.", f"[responses.{response.tier.value}]"]
        lines += [f"{name} = {number}" for name, number in response.times]
    return "\n".join(lines) + "\n"


# --- reading --------------------------------------------------------------------------------------------------


def read_rules(name: str, content: bytes, beside: RuleSet) -> RulesSaid:
    """What a rule file says, or SourceUnreadable with the line and the field that is wrong."""
    return _File(name, content).said(beside)


class _File:
    """One file, with where each of its fields stands."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        if len(content) > LARGEST:
            raise SourceUnreadable(f"{name} is larger than any rule file: {len(content):,} bytes")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            line = content[: wrong.start].count(b"\n") + 1
            raise SourceUnreadable(f"{name}: line {line}: this is not UTF-8 text") from None
        self.lines = text.splitlines()
        self.places = _places(self.lines)
        try:
            self.told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            self._not_toml(str(wrong))

    def _not_toml(self, problem: str) -> NoReturn:
        found = re.search(r"\(at line (\d+)", problem)
        line = int(found[1]) if found else len(self.lines)
        field = next((path for path, at in self.places.items() if at == line), None)
        what = re.sub(r" \(at .*", "", problem)
        where = ".".join(field) if field else (self.lines[line - 1].strip() if self.lines else "")
        raise SourceUnreadable(f"{self.name}: line {line}, {where[:60] or 'end'}: this is not TOML: {what}")

    def said(self, beside: RuleSet) -> RulesSaid:
        for key in self.told:
            if key not in {"rules", "responses"}:
                self._refuse((key,), "there are [rules.…] and [responses.…] and nothing else")
        rules, responses = self._tables("rules", RULES), self._tables("responses", RESPONSES)
        if not rules and not responses:
            raise SourceUnreadable(
                f"{self.name}: line 1, rules: name at least one rule, with [rules.R2] and its numbers"
            )
        return RulesSaid(
            tuple(
                self._rule(one.rule, rules.get(one.rule), one.counted, dict(one.thresholds))
                for one in beside.rules
            ),
            tuple(
                ResponseTimes(
                    tier=one.tier,
                    times=self._numbers(
                        ("responses", one.tier.value),
                        responses.get(one.tier.value, {}),
                        RESPONSES[one.tier].times,
                        dict(one.times),
                    ),
                )
                for one in beside.responses
            ),
            tuple(one.rule for one in beside.rules if one.rule not in rules),
        )

    def _tables(self, what: str, known: Mapping[Any, object]) -> dict[str, dict[str, Any]]:
        """The tables of rules or responses, each of which there is."""
        tables = self.told.get(what, {})
        if not isinstance(tables, dict):
            self._refuse((what,), f"this is a table for each, such as [{what}.{next(iter(known))}]")
        for name, table in tables.items():
            if name not in known:
                self._refuse((what, name), f"there is no {name}: there are {', '.join(map(str, known))}")
            if not isinstance(table, dict):
                self._refuse((what, name), f"this is a table, [{what}.{name}], with a number for each name")
        return tables

    def _rule(
        self, name: str, table: dict[str, Any] | None, counted: bool, now: dict[str, int]
    ) -> RuleNumbers:
        said = dict(table or {})
        counts = said.pop(COUNTED, counted)
        if not isinstance(counts, bool):
            self._refuse(("rules", name, COUNTED), "this is true or false")
        numbers = self._numbers(("rules", name), said, RULES[name].numbers, now)
        return RuleNumbers(rule=name, counted=counts, thresholds=numbers)

    def _numbers(
        self,
        path: tuple[str, ...],
        said: Mapping[str, Any],
        known: Mapping[str, Number],
        now: Mapping[str, int],
    ) -> tuple[tuple[str, int], ...]:
        for name, value in said.items():
            if name not in known:
                there = f"there are {', '.join(known)}" if known else "it has no number"
                self._refuse((*path, name), f"{path[-1]} has no {name}: {there}")
            if not isinstance(value, int) or isinstance(value, bool):
                self._refuse((*path, name), f"enter a whole number, such as {known[name].first}")
            if wrong := out_of_range(value, known[name]):
                self._refuse((*path, name), wrong)
        return tuple((name, said.get(name, now[name])) for name in known)

    def _refuse(self, path: tuple[str, ...], what: str) -> NoReturn:
        starts = (path[:length] for length in range(len(path), 0, -1))
        line = next((self.places[one] for one in starts if one in self.places), 1)
        raise SourceUnreadable(f"{self.name}: line {line}, {'.'.join(path)}: {what}")


_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w\"'.\- ]+?)\s*=")


def _places(lines: list[str]) -> dict[tuple[str, ...], int]:
    """On which line each table and each key stands first, counted from 1."""
    found: dict[tuple[str, ...], int] = {}
    within: tuple[str, ...] = ()
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.match(line):
            path = within = _parts(header[1])
        elif key := _KEY.match(line):
            path = (*within, *_parts(key[1]))
        else:
            continue
        for length in range(1, len(path) + 1):
            found.setdefault(path[:length], number)
    return found


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in written.split("."))

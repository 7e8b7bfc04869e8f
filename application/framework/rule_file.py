"""A rule set as a file of TOML: one table a rule id, each threshold a named number (`casebook framework export` in docs/command-line.md).

What a file leaves out stays as it is in the rule set that it is read beside.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, NoReturn

from application.source_file import SourceUnreadable
from domain.framework.catalogue import RESPONSES, RULES, Number
from domain.framework.commands import ResponseTimes, RuleNumbers
from domain.framework.making import out_of_range, rule_set_of
from domain.framework.parts import Framework, RuleSet, Thresholds

COUNTED = "counted"
"""Says of a rule whether it counts: a rule is switched off in the open, and never by leaving it out."""
LARGEST = 200_000
LONGEST_LINE = 2_000
MOST_TOLD = 20
"""Mistakes that are told one by one."""


class RulesSaid(NamedTuple):
    """What a rule file says: the whole rule set that it makes, and what it left as it is."""

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
    """What a rule file says, or SourceUnreadable: each thing that is wrong on a line of its own, with line and field."""
    return _File(printable(name), content).said(beside)


class _File:
    """One file, with where each of its fields stands, and what was found wrong with it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.wrong: list[str] = []
        text = self._text(content)
        self.lines = [line.removesuffix("\r") for line in text.split("\n")]
        if self.lines[-1] == "":
            self.lines.pop()
        for number, line in enumerate(self.lines, start=1):
            if len(line) > LONGEST_LINE:
                self._stop(
                    number, f"this line is longer than {LONGEST_LINE:,} characters, as none of a rule file is"
                )
        self.places = _places(self.lines)
        try:
            self.told = tomllib.loads(text)
        except RecursionError:
            self._stop(
                _deepest(self.lines), "this is not TOML of rules: brackets in brackets, too many to read"
            )
        except ValueError as wrong:
            self._not_toml(str(wrong))

    def _text(self, content: bytes) -> str:
        if len(content) > LARGEST:
            self._stop(1, f"this file is larger than {LARGEST:,} bytes, as no rule file is")
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._stop(1, "this is not UTF-8 text but UTF-16: save the file as UTF-8")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            line = content[: wrong.start].count(b"\n") + 1
            self._stop(line, "this is not UTF-8 text: save the file as UTF-8")

    def _stop(self, line: int, what: str) -> NoReturn:
        """What is wrong so that nothing more can be read."""
        raise SourceUnreadable(f"{self.name}: line {line}: {what}")

    def _not_toml(self, problem: str) -> NoReturn:
        found = re.search(r"\(at line (\d+)", problem)
        line = min(int(found[1]), len(self.lines)) if found else len(self.lines)
        field = next((path for path, at in self.places.items() if at == line), None)
        what = printable(problem.partition(" (at ")[0])
        where = ".".join(field) if field else (self.lines[line - 1].strip() if self.lines else "")
        raise SourceUnreadable(
            f"{self.name}: line {line}, {printable(where[:60]) or 'end'}: this is not TOML: {what}"
        )

    def said(self, beside: RuleSet) -> RulesSaid:
        for key in self.told:
            if key not in {"rules", "responses"}:
                self._wrong((key,), "there are [rules.…] and [responses.…] and nothing else")
        rules, responses = self._tables("rules", RULES), self._tables("responses", RESPONSES)
        if not self.wrong and not rules and not responses:
            self._wrong(("rules",), "name at least one rule, with [rules.R2] and its numbers")
        said = RulesSaid(
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
            tuple(_left_out(beside, rules, responses)),
        )
        if self.wrong:
            more = len(self.wrong) - MOST_TOLD
            told = [
                *self.wrong[:MOST_TOLD],
                *([f"{self.name}: and {more} more mistakes"] if more > 0 else []),
            ]
            raise SourceUnreadable("\n".join(told))
        return said

    def _tables(self, what: str, known: Mapping[Any, object]) -> dict[str, dict[str, Any]]:
        """The tables of rules or responses, each of which there is."""
        tables = self.told.get(what, {})
        if not isinstance(tables, dict):
            self._wrong((what,), f"this is a table for each, such as [{what}.{next(iter(known))}]")
            return {}
        found = {}
        for name, table in tables.items():
            if name not in known:
                self._wrong((what, name), f"there is no {name}: there are {', '.join(map(str, known))}")
            elif not isinstance(table, dict):
                self._wrong((what, name), f"this is a table, [{what}.{name}], with a number for each name")
            else:
                found[name] = table
        return found

    def _rule(
        self, name: str, table: dict[str, Any] | None, counted: bool, now: dict[str, int]
    ) -> RuleNumbers:
        said = dict(table or {})
        counts = said.pop(COUNTED, counted)
        if not isinstance(counts, bool):
            self._wrong(("rules", name, COUNTED), "this is true or false")
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
                self._wrong((*path, name), f"{path[-1]} has no {name}: {there}")
            elif not isinstance(value, int) or isinstance(value, bool):
                self._wrong((*path, name), f"enter a whole number, such as {known[name].first}")
            elif wrong := out_of_range(value, known[name]):
                self._wrong((*path, name), wrong)
        return tuple((name, said.get(name, now[name])) for name in known)

    def _wrong(self, path: tuple[str, ...], what: str) -> None:
        starts = (path[:length] for length in range(len(path), 0, -1))
        line = next((self.places[one] for one in starts if one in self.places), 1)
        self.wrong.append(f"{self.name}: line {line}, {printable('.'.join(path))}: {printable(what)}")


def _left_out(
    beside: RuleSet, rules: Mapping[str, Mapping[str, Any]], responses: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    """What the file does not say: whole rules and tiers by name, and single numbers with what they are and stay."""
    for rule in beside.rules:
        yield from _of_table(rule.rule, rules.get(rule.rule), rule.thresholds)
        if rule.rule in rules and not rule.counted and COUNTED not in rules[rule.rule]:
            yield f"{rule.rule} {COUNTED} = false"
    for tier in beside.responses:
        yield from _of_table(f"responses.{tier.tier.value}", responses.get(tier.tier.value), tier.times)


def _of_table(name: str, table: Mapping[str, Any] | None, numbers: Thresholds) -> Iterator[str]:
    if table is None:
        yield name
    else:
        yield from (f"{name} {one} = {number}" for one, number in numbers if one not in table)


def printable(text: str) -> str:
    """A text in which no character moves a cursor or breaks a line: such a one is told as it is escaped."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


_DEEPEST = 4
"""Parts of the longest path that there is, `rules.R2.alarms`, and one more."""
_KEY = re.compile(r"[\w\"'.\- ]+")


def _places(lines: list[str]) -> dict[tuple[str, ...], int]:
    """On which line each table and each key stands first, counted from 1."""
    found: dict[tuple[str, ...], int] = {}
    within: tuple[str, ...] = ()
    for number, line in enumerate(lines, start=1):
        if header := _header(line):
            path = within = _parts(header)
        elif key := _key(line):
            path = (*within, *_parts(key))
        else:
            continue
        for length in range(1, min(len(path), _DEEPEST) + 1):
            found.setdefault(path[:length], number)
    return found


def _header(line: str) -> str:
    """The name of the table that begins on a line, if one does."""
    inside, closed, after = line.strip().partition("]")
    name = inside.removeprefix("[")
    if not closed or name == inside or "[" in name or after.strip()[:1] not in {"", "#"}:
        return ""
    return name.strip()


def _key(line: str) -> str:
    """The key that is given a value on a line, if one is."""
    key, equals, _ = line.partition("=")
    return key.strip() if equals and _KEY.fullmatch(key.strip()) else ""


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in written.split("."))


def _deepest(lines: list[str]) -> int:
    """The line on which most brackets stand open."""
    open_, most, found = 0, 0, 1
    for number, line in enumerate(lines, start=1):
        open_ += line.count("[") + line.count("{")
        if open_ > most:
            most, found = open_, number
        open_ -= line.count("]") + line.count("}")
    return found

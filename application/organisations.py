"""Takes in the names of organisations: what each code is called, of what kind it is, what it belongs to and succeeds.

Three layouts are known by their heading:

* ours: code,name,kind,label,part_of,from_on (the last two may be empty), and succeeds, where there is such a column: the
  codes of the organisations that it succeeds from that day, with spaces between
* area teams as published in 2013, which also name their regions
* clinical commissioning groups as published in 2013
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from application.casebook import Casebook
from application.outcomes import Outcome
from application.source_file import SourceFile, SourceUnreadable, fields_of
from domain.access.commands import NameOrganisation, SucceedOrganisation
from domain.rules import Asked, RuleBroken

FIRST_DAY = date(2013, 4, 1)
"""The day the area teams and commissioning groups of the published lists began."""

BATCH = 500

Row = Mapping[str, str]
Names = list[NameOrganisation | SucceedOrganisation]
"""What a row says: names, and which organisations came before the last one."""


@dataclass
class Named:
    """What an import of names came to: `named`, `unchanged` and `rejected`, which add up to the rows read."""

    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[int, str]] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        self.counts["rejected"] += 1
        self.rejected.append((line, reason))


def import_organisations(casebook: Casebook, path: Path, asked: Asked, from_on: date = FIRST_DAY) -> Named:
    """Take in a file of names, or SourceUnreadable when nothing in it can be. Again, it changes nothing."""
    source = SourceFile.read(path)
    named = Named()
    rows = _rows_of(source, from_on, named)
    for at in range(0, len(rows), BATCH):
        _take_in(casebook, rows[at : at + BATCH], asked, named)
    return named


def _rows_of(source: SourceFile, from_on: date, named: Named) -> list[tuple[int, Names]]:
    """What each line says. A row's own code is its last one; others it tells of come before."""
    lines = source.lines()
    _, heading = next(lines)
    columns = _heading(heading)
    layout = LAYOUTS.get(columns)
    if layout is None:
        known = "; ".join(",".join(columns) for columns in LAYOUTS)
        raise SourceUnreadable(f"The first line of {source.name} must be one of these headings: {known}")
    rows: list[tuple[int, Names]] = []
    seen: dict[tuple[str, date], int] = {}
    for number, line in lines:
        try:
            names = layout(_row(columns, line), from_on, source)
            key = names[-1].code, names[-1].from_on
            if key in seen:
                raise RuleBroken("a-code-is-listed-once", f"{key[0]} is on line {seen[key]} already")
        except RuleBroken as broken:
            named.reject(number, broken.message)
            continue
        seen[key] = number
        rows.append((number, names))
    if not rows and not named.rejected:
        raise SourceUnreadable(f"{source.name} has a heading and no rows")
    return rows


def _heading(line: str) -> tuple[str, ...]:
    try:
        return tuple(column.strip().lower() for column in fields_of(line))
    except RuleBroken:
        return ()


def _row(columns: tuple[str, ...], line: str) -> Row:
    found = fields_of(line)
    if len(found) != len(columns):
        raise RuleBroken(
            "a-row-has-a-heading-for-each-column", f"this line has {len(found)} columns, not {len(columns)}"
        )
    return {name: " ".join(value.split()) for name, value in zip(columns, found, strict=True)}


def _take_in(casebook: Casebook, rows: list[tuple[int, Names]], asked: Asked, named: Named) -> None:
    commands = [(name.code, name, casebook.ids("command")) for _, names in rows for name in names]
    handled = iter(casebook.handle_many(commands, asked))
    for line, names in rows:
        answers = [next(handled) for _ in names]
        refused = [one for one in answers if isinstance(one, RuleBroken)]
        if refused:
            about = f", {refused[0].field.replace('_', ' ')}" if refused[0].field else ""
            named.reject(line, f"{names[-1].code}{about}: {refused[0].message}")
            continue
        changed = any(isinstance(one, Outcome) and one.recorded for one in answers)
        named.counts["named" if changed else "unchanged"] += 1


def _ours(row: Row, from_on: date, source: SourceFile) -> Names:
    day = _day(row["from_on"]) if row["from_on"] else from_on
    named = _named(row["code"], row["name"], row["kind"], row["label"], row["part_of"] or None, day, source)
    return [named, *(_succeeded(named, code) for code in row.get("succeeds", "").split())]


def _succeeded(named: NameOrganisation, predecessor: str) -> SucceedOrganisation:
    return SucceedOrganisation(
        code=named.code,
        predecessor=predecessor,
        from_on=named.from_on,
        source=named.source,
        source_sha256=named.source_sha256,
    )


def _area_team(row: Row, from_on: date, source: SourceFile) -> Names:
    region = _named(row["region_code"], row["region_name"], "region", "region", None, from_on, source)
    code, name = row["area_team_code"], row["area_team_name"]
    return [region, _named(code, name, "area_team", "area team", region.code, from_on, source)]


def _ccg(row: Row, from_on: date, source: SourceFile) -> Names:
    """The list also names two NHS trusts that stood in for a group: they are what their names say."""
    code, name, part_of = row["ccg_code3"], row["ccg_name"], row["area_team_code"] or None
    kind, label = ("trust", "NHS trust") if name.upper().endswith(" TRUST") else ("ccg", "CCG")
    return [_named(code, name, kind, label, part_of, from_on, source)]


LAYOUTS: dict[tuple[str, ...], Callable[[Row, date, SourceFile], Names]] = {
    ("code", "name", "kind", "label", "part_of", "from_on"): _ours,
    ("code", "name", "kind", "label", "part_of", "from_on", "succeeds"): _ours,
    (
        "area_team_code",
        "area_team_name",
        "region_code",
        "region_name",
        "practices_ge1000",
        "patients",
        "ccgs",
    ): _area_team,
    ("ccg_code5", "ccg_code3", "ccg_name", "area_team_code", "practices_ge1000", "patients"): _ccg,
}


def _named(
    code: str, name: str, kind: str, label: str, part_of: str | None, from_on: date, source: SourceFile
) -> NameOrganisation:
    if not code.isalnum() or not code.isascii() or code != code.upper():
        raise RuleBroken(
            "a-code-is-an-ods-code", f"the code must be capital letters and digits, not {code[:20]!r}"
        )
    for column, value in (("name", name), ("kind", kind), ("label", label)):
        if not value:
            raise RuleBroken("an-organisation-has-a-name-and-kind", f"{code}: the {column} is empty")
    return NameOrganisation(
        code=code,
        name=name,
        kind=kind,
        label=label,
        part_of=part_of,
        from_on=from_on,
        source=source.name[:60],
        source_sha256=source.sha256,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleBroken(
            "a-date-is-a-day", f"from_on must be a date as YYYY-MM-DD, not {text[:20]!r}"
        ) from None

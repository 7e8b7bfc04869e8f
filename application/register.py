"""Takes in an edition of a national register: reads the file, and asks for what each of its rows says.

Rows are taken in batches: the practices of a batch are read together, and what was decided about them is recorded in
one commit. A run that was killed is simply run again: what it had recorded is then found unchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from application.casebook import Casebook
from application.outcomes import Outcome as Handled
from application.source_file import SourceFile, fields_of
from application.tables import register_row
from domain.practice.practice import replay
from domain.practice.state import Practice
from domain.register import CHANGES, OF_PRACTICES, SOURCES, ImportRegister, Outcome, Source
from domain.register_answer import Answer, answer
from domain.register_row import Listed, Status, listed
from domain.rules import Asked, Command, Recorded, RuleBroken
from domain.text import check_command

BATCH = 500
"""Rows to a commit."""


class Rejected(NamedTuple):
    line: int
    reason: str


@dataclass
class Imported:
    """What an import came to. Every outcome but `vanished` adds up to `rows`; `of_the_kind` are those of a contractor of the
    register's kind, whether active or not.
    """

    counts: Counter[Outcome] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    of_the_kind: int = 0

    @property
    def rows(self) -> int:
        return sum(number for outcome, number in self.counts.items() if outcome != Outcome.VANISHED)

    def reject(self, line: int, reason: str) -> None:
        self.counts[Outcome.REJECTED] += 1
        self.rejected.append(Rejected(line, reason))


class _Row(NamedTuple):
    line: int
    listed: Listed


def import_register(
    casebook: Casebook,
    path: Path,
    asked: Asked,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    register: Source = OF_PRACTICES,
) -> Imported:
    """Take in a file of a register as published, or SourceUnreadable when nothing in it can be."""
    source = SourceFile.read(path)
    imported = Imported()
    rows, codes = _rows_of(source, imported, register)
    imported.of_the_kind = sum(row.listed.is_practice for row in rows)
    before = _listed_before(casebook, register)
    last_told = 0
    for at in range(0, len(rows), BATCH):
        batch = rows[at : at + BATCH]
        last_told = max(last_told, _take_in(casebook, batch, before, source.sha256, asked, imported))
        progress(at + len(batch), len(rows))
    imported.counts[Outcome.VANISHED] = _vanished(casebook, before, codes)
    _keep_rows(casebook, rows, source.sha256)
    _record_import(casebook, register, source, imported, last_told, asked)
    return imported


def registers_that_know(path: Path) -> list[Source]:
    """The registers of which a file has contractors: what it is, where it is not the register that it was taken for."""
    lines = [text for _, text in SourceFile.read(path).lines()]
    return [one for one in SOURCES.values() if any(_is_listed(text, one) for text in lines)]


def _is_listed(text: str, register: Source) -> bool:
    try:
        return listed(fields_of(text), register).is_practice
    except RuleBroken:
        return False


def _rows_of(source: SourceFile, imported: Imported, register: Source) -> tuple[list[_Row], set[str]]:
    """The rows that can be read, once each, and every code that the file names, readable or not."""
    rows: list[_Row] = []
    codes: set[str] = set()
    seen: dict[str, int] = {}
    for line, text in source.lines():
        try:
            columns = fields_of(text)
            codes.add(columns[0].strip())
            row = listed(columns, register)
            if row.code in seen:
                raise RuleBroken("a-code-is-listed-once", f"{row.code} is on line {seen[row.code]} already")
        except RuleBroken as broken:
            imported.reject(line, broken.message)
            continue
        seen[row.code] = line
        rows.append(_Row(line, row))
    return rows, codes


def _take_in(
    casebook: Casebook,
    batch: Sequence[_Row],
    before: dict[str, str],
    sha256: str,
    asked: Asked,
    imported: Imported,
) -> int:
    """Record what a batch says. Gives the last position at which this same file had been told of before."""
    practices, last_told = _practices(casebook, batch, sha256)
    answers: list[tuple[_Row, Answer]] = []
    for row in batch:
        try:
            found = answer(
                row.listed,
                practices.get(row.listed.code),
                sha256,
                was_closed=before.get(row.listed.code) == Status.CLOSED,
            )
            if len(found.commands) > 1:
                # All that a row asks for is taken, or none of it: what could be refused is looked at first.
                for command in found.commands:
                    check_command(command)
            answers.append((row, found))
        except RuleBroken as broken:
            imported.reject(row.line, _reason(row, broken))
    handled = iter(casebook.handle_many(_commands(casebook, answers), asked))
    for row, found in answers:
        _count(row, found, [next(handled) for _ in found.commands], imported)
    return last_told


def _practices(casebook: Casebook, batch: Sequence[_Row], sha256: str) -> tuple[dict[str, Practice], int]:
    histories: dict[str, list[Recorded]] = {}
    for entry in casebook.recorder.facts_of(
        [f"practice-{row.listed.code}" for row in batch if row.listed.is_practice]
    ):
        histories.setdefault(entry.stream, []).append(entry)
    told = (
        entry.position
        for history in histories.values()
        for entry in history
        if getattr(entry.fact, "source_sha256", None) == sha256
    )
    return {
        stream.removeprefix("practice-"): practice
        for stream, history in histories.items()
        if (practice := replay(history)).registered
    }, max(told, default=0)


def _commands(casebook: Casebook, answers: Iterable[tuple[_Row, Answer]]) -> list[tuple[str, Command, str]]:
    return [
        (row.listed.code, command, casebook.ids("command"))
        for row, found in answers
        for command in found.commands
    ]


def _count(row: _Row, found: Answer, handled: Sequence[Handled | RuleBroken], imported: Imported) -> None:
    for one in handled:
        if isinstance(one, RuleBroken):
            imported.reject(row.line, _reason(row, one))
            return
    changed = not found.commands or any(isinstance(one, Handled) and one.recorded for one in handled)
    imported.counts[found.outcome if changed else Outcome.UNCHANGED] += 1


def _reason(row: _Row, broken: RuleBroken) -> str:
    about = f"{row.listed.code}, {broken.field.replace('_', ' ')}" if broken.field else row.listed.code
    return f"{about}: {broken.message}"


def _listed_before(casebook: Casebook, register: Source) -> dict[str, str]:
    """Every contractor of a register that an earlier import listed, and the status it had."""
    query = select(register_row.c.code, register_row.c.status).where(
        register_row.c.setting == register.setting
    )
    with casebook.stores.record_engine.connect() as connection:
        return {row.code: row.status for row in connection.execute(query)}


def _vanished(casebook: Casebook, before: Iterable[str], codes: set[str]) -> int:
    """How many registered practices an earlier import listed and this file does not name."""
    gone = [f"practice-{code}" for code in before if code not in codes]
    return len({entry.stream for entry in casebook.recorder.facts_of(gone)}) if gone else 0


def _keep_rows(casebook: Casebook, rows: Sequence[_Row], sha256: str) -> None:
    """Keep code, setting and status of every row as reference data; what an earlier import listed stays."""
    values = [
        {"code": row.code, "setting": row.setting, "status": row.status, "import_sha256": sha256}
        for _, row in rows
    ]
    if not values:
        return
    with casebook.stores.record_engine.begin() as connection:
        connection.execute(_upsert(connection), values)


def _upsert(connection: Connection) -> Any:
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(register_row)
    changed = {name: insert.excluded[name] for name in ("setting", "status", "import_sha256")}
    return insert.on_conflict_do_update(index_elements=["code"], set_=changed)


def _record_import(
    casebook: Casebook,
    register: Source,
    source: SourceFile,
    imported: Imported,
    last_told: int,
    asked: Asked,
) -> None:
    """Record that the file was taken in, when it changed something now, or did in a run that was killed before this."""
    changed = any(imported.counts[outcome] for outcome in CHANGES)
    if changed or last_told > casebook.aggregate("register", register.name).imported_at:
        counts = {str(outcome): number for outcome, number in imported.counts.items()}
        command = ImportRegister(
            file=source.name, sha256=source.sha256, counts=counts, register=register.name
        )
        casebook.handle(register.name, command, asked, command_id=casebook.ids("command"))

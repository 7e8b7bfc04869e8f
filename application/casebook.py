"""The one place where a command is decided and recorded."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from application.access_log import log_access
from application.aggregates import AGGREGATES, Aggregate, for_command
from application.both_records import OfACorrection, in_the_other_record
from application.deciding import Deciding
from application.digests import Digests
from application.documents import Documents
from application.histories import Histories
from application.outcomes import Busy, Decided, Outcome
from application.recording import Recorder, Sent, Taken, Unsure
from application.stores import Stores
from domain.practice.commands import MergerCommand
from domain.practice.mergers import seen_from_the_other
from domain.rules import Asked, Command, Recorded, RuleBroken

PATIENCE = 5.0
"""Seconds to go on trying before saying that the record is busy. Three tries falsely refused commands on busy practices."""


_COMMAND_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{7,79}")
"""No sentence passes for one: ids of commands are stored as they are."""


class Casebook(Histories):
    """Decides commands and records what was decided. The clock and new ids are given, so that tests can script them."""

    def __init__(
        self,
        stores: Stores,
        *,
        clock: Callable[[], datetime],
        ids: Callable[[str], str],
        aggregates: Sequence[Aggregate] = AGGREGATES,
        recorder: Recorder | None = None,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(stores, clock=clock, aggregates=aggregates, recorder=recorder)
        self.ids = ids
        self._patience = patience
        self._digests = Digests(stores.settings.key_encryption_key())
        self.documents = Documents(stores.settings.home)
        self._deciding = Deciding(self, self.documents)

    def handle(
        self,
        code: str,
        command: Command,
        asked: Asked,
        *,
        command_id: str,
        expected_version: int | None = None,
    ) -> Outcome:
        """Decide a command and record what it decides, once, however often it is sent.

        Raises RuleBroken when it is refused, Stale when others answered for the same thing after `expected_version`,
        and Busy when the record could not be written.
        """
        if not _COMMAND_ID.fullmatch(command_id):
            raise RuleBroken("command-ids-are-plain", "A command id is 8 to 80 letters, digits and hyphens")
        if both := self._in_both(code, command, asked, command_id):
            return self.handle_together(both, asked, expected_version=expected_version)[0]
        aggregate = for_command(self.aggregates, command)
        stream = aggregate.stream(code)
        digest = self._digests.of(stream, command, asked)
        command = self.documents.sealed(stream, command)
        try:
            return self._once(aggregate, stream, command, asked, command_id, digest, expected_version)
        except RuleBroken as broken:
            self._log_refusal(stream, command, asked, broken)
            if expected_version is None:
                raise
            raise self._deciding.overtaken(
                aggregate, stream, command, asked, broken, expected_version
            ) from None

    def handle_together(
        self,
        commands: Sequence[tuple[str, Command, str]],
        asked: Asked,
        *,
        expected_version: int | None = None,
    ) -> list[Outcome]:
        """Decide commands that stand only together, and record them in one commit: all of them, or none.

        Raises the first reason why one of them was refused. `expected_version` is of the first: what its form was drawn from.
        """
        for _ in self._tries():
            try:
                decided = self._decide_many(list(commands), asked, expected_version)
                if expected_version is not None and isinstance(decided[0], RuleBroken):
                    raise self._first_overtaken(commands[0], asked, decided[0], expected_version)
                for one in decided:
                    if isinstance(one, RuleBroken):
                        raise one
                return [one for one in self._record(decided) if isinstance(one, Outcome)]
            except (Taken, *Unsure):
                continue
        raise Busy

    def handle_many(
        self, commands: Iterable[tuple[str, Command, str]], asked: Asked
    ) -> list[Outcome | RuleBroken]:
        """Decide many commands together, each given as (code, command, command id), and record them in one commit.

        Gives for each what it recorded or why it was refused. If the commit conflicts with somebody else's, they are
        handled one by one. Sent again, each command gives what it recorded the first time.
        """
        asked_for = list(commands)
        try:
            return self._record(self._decide_many(asked_for, asked))
        except (Taken, *Unsure):
            return [self._handle_one(*one, asked) for one in asked_for]

    def log_access(
        self,
        asked: Asked,
        what: str,
        name: str,
        *,
        subject: str | None = None,
        rule: str | None = None,
        number: int | None = None,
        purpose: str | None = None,
        moment: str | None = None,
    ) -> None:
        """Note in the access log that somebody read something, or was refused it. Never with any typed words."""
        engine, at = self.stores.record_engine, self.clock()
        about = {"subject": subject, "rule": rule, "purpose": purpose, "moment": moment}
        log_access(engine, at, asked, what, name, number=number, **about)

    # --- inside ------------------------------------------------------------------------------------------------

    def _in_both(
        self, code: str, command: Command, asked: Asked, command_id: str
    ) -> list[tuple[str, Command, str]]:
        """The two commands of what is recorded in two practices' records; nothing where it is one practice's alone."""
        other: str
        same: Command
        if isinstance(command, MergerCommand):
            other, same = command.other, seen_from_the_other(code, command)
        elif also := self._in_the_other_record(code, command, asked):
            other, same = also
        else:
            return []
        return [(code, command, command_id), (other, same, f"{command_id}-other")]

    def _in_the_other_record(
        self, code: str, command: Command, asked: Asked
    ) -> tuple[str, OfACorrection] | None:
        """Why it cannot be recorded in both is told to whoever may ask for it here, and leaves its line as any refusal."""
        try:
            return in_the_other_record(code, command, self.practice)
        except RuleBroken as broken:
            aggregate = for_command(self.aggregates, command)
            stream, refused = aggregate.stream(code), broken
            try:
                aggregate.check(asked, command, self.seen(code, asked))
            except RuleBroken as not_permitted:
                refused = not_permitted
            self._log_refusal(stream, command, asked, refused)
            raise refused from None

    def _once(
        self,
        aggregate: Aggregate,
        stream: str,
        command: Command,
        asked: Asked,
        command_id: str,
        digest: bytes,
        expected_version: int | None,
    ) -> Outcome:
        """Decide and record it, again from the beginning as often as somebody else was first."""
        for _ in self._tries():
            try:
                found = self._sent_before(stream, command_id, digest)
                if found is not None:
                    return found
                history = self.recorder.history(stream)
                facts = self._deciding.decide(
                    aggregate, stream, history, command, asked, command_id, expected_version
                )
                if not facts:
                    return Outcome(stream, ())
                recorded = self.recorder.append(facts, [Sent(command_id, digest, len(facts))])
                return Outcome(stream, tuple(recorded))
            except (Taken, *Unsure):
                continue
        raise Busy

    def _tries(self) -> Iterable[int]:
        """Numbers for as long as patience lasts, with a growing, uneven pause between them."""
        until, number = time.monotonic() + self._patience, 0
        while True:
            yield number
            pause = random.uniform(0, min(0.1, 0.005 * 2**number))  # noqa: S311
            if time.monotonic() + pause >= until:
                return
            time.sleep(pause)
            number += 1

    def _sent_before(self, stream: str, command_id: str, digest: bytes) -> Outcome | None:
        remembered = self.recorder.remembered(command_id)
        if remembered is None:
            return None
        if remembered.digest != digest:
            raise RuleBroken(
                "a-form-is-sent-once",
                "This form was already sent with other words. Open the page again to see what was recorded",
            )
        between = self.recorder.facts_between(remembered.first_position, remembered.last_position)
        return Outcome(
            stream, tuple(fact for fact in between if fact.command_id == command_id), repeated=True
        )

    def _record(self, decided: Sequence[Decided | Outcome | RuleBroken]) -> list[Outcome | RuleBroken]:
        new = [one for one in decided if isinstance(one, Decided) and one.facts]
        facts = [fact for one in new for fact in one.facts]
        sent = [Sent(one.command_id, one.digest, len(one.facts)) for one in new]
        recorded = iter(self.recorder.append(facts, sent) if facts else ())
        return [_outcome(one, recorded) for one in decided]

    def _first_overtaken(
        self, first: tuple[str, Command, str], asked: Asked, broken: RuleBroken, version: int
    ) -> RuleBroken:
        code, command, _ = first
        aggregate = for_command(self.aggregates, command)
        return self._deciding.overtaken(aggregate, aggregate.stream(code), command, asked, broken, version)

    def _decide_many(
        self, commands: list[tuple[str, Command, str]], asked: Asked, expected_version: int | None = None
    ) -> list[Decided | Outcome | RuleBroken]:
        """`expected_version` is of the first."""
        aggregates = [for_command(self.aggregates, command) for _, command, _ in commands]
        streams = [aggregate.stream(one[0]) for aggregate, one in zip(aggregates, commands, strict=True)]
        histories: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for fact in self.recorder.facts_of(histories):
            histories[fact.stream].append(fact)
        known = self.recorder.remembered_among([command_id for _, _, command_id in commands])
        decided: list[Decided | Outcome | RuleBroken] = []
        for number, (aggregate, stream, (_, command, command_id)) in enumerate(
            zip(aggregates, streams, commands, strict=True)
        ):
            digest = self._digests.of(stream, command, asked)
            try:
                found = self._sent_before(stream, command_id, digest) if command_id in known else None
                if found is not None:
                    decided.append(found)
                    continue
                facts = self._deciding.decide(
                    aggregate,
                    stream,
                    histories[stream],
                    self.documents.sealed(stream, command),
                    asked,
                    command_id,
                    expected_version if number == 0 else None,
                    also=lambda: [fact for one in decided if isinstance(one, Decided) for fact in one.facts],
                )
            except RuleBroken as broken:
                self._log_refusal(stream, command, asked, broken)
                decided.append(broken)
                continue
            histories[stream] += facts
            decided.append(Decided(stream, command_id, digest, facts))
        return decided

    def _handle_one(self, code: str, command: Command, command_id: str, asked: Asked) -> Outcome | RuleBroken:
        try:
            return self.handle(code, command, asked, command_id=command_id)
        except RuleBroken as broken:
            return broken

    def _log_refusal(self, stream: str, command: Command, asked: Asked, broken: RuleBroken) -> None:
        if asked.role == "operator":
            return
        try:
            self.log_access(asked, "refused", type(command).__name__, subject=stream, rule=broken.rule)
        except Unsure:
            # A refusal leaves its line or is not given: the person is asked to send the form again.
            raise Busy from broken


def _outcome(one: Decided | Outcome | RuleBroken, recorded: Any) -> Outcome | RuleBroken:
    if not isinstance(one, Decided):
        return one
    return Outcome(one.stream, tuple(next(recorded) for _ in one.facts))

"""The one place where a command is decided and recorded."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, NamedTuple

from application.access_log import log_access
from application.aggregates import AGGREGATES, Aggregate, for_command, for_prefix
from application.agreements import digests_of
from application.asking import asked_as
from application.at_hand import state_of
from application.both_records import OfACorrection, in_the_other_record
from application.digests import Digests
from application.documents import Documents
from application.elsewhere import Elsewhere
from application.following import what_follows
from application.framework.as_recorded import RulesAsRecorded
from application.notice_letter import Named, called, with_letter
from application.overtaken import overtaken, refusal
from application.recording import Recorder, Sent, Taken, Unsure
from application.reviewing import reviews_that_follow
from application.seen import seen_at
from application.stores import Stores
from domain.access.organisations import Organisation
from domain.access.succession import Succession
from domain.framework.framework import Versions
from domain.indicators.indicators import KeySet
from domain.practice.commands import AgreeEntry, IssueNotice, MergerCommand
from domain.practice.mergers import seen_from_the_other
from domain.practice.moment import NOW, Moment, at_moment
from domain.practice.state import Closure, Practice
from domain.practice.visible import by_leave
from domain.releases.publications import Publications
from domain.rules import LONDON, Asked, Command, Fact, Recorded, RuleBroken

PATIENCE = 5.0
"""Seconds to go on trying before saying that the record is busy. Three tries falsely refused commands on busy practices."""


_COMMAND_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{7,79}")
"""No sentence passes for one: ids of commands are stored as they are."""


class Stale(Exception):
    """Since this form was drawn, others recorded facts about what the command answers for. `refused` is why it would be
    refused as things stand now, if it would.
    """

    def __init__(self, facts: list[Recorded], refused: RuleBroken | None = None) -> None:
        super().__init__("Somebody else has recorded something about this since you opened the page")
        self.facts = facts
        self.refused = refused


class Busy(Exception):
    """The record could not be written for some seconds. Nothing was recorded; the same command may be sent again."""

    def __init__(self) -> None:
        super().__init__("Casebook is busy just now. Nothing was recorded: send the form again")


class Outcome(NamedTuple):
    """What a command recorded. `repeated` when it was recorded by an earlier sending of the same form."""

    stream: str
    recorded: tuple[Recorded, ...]
    repeated: bool = False


@dataclass
class _Decided:
    """One command of a commit: decided, not yet recorded."""

    stream: str
    command_id: str
    digest: bytes
    facts: list[Recorded] = field(default_factory=list)


class Casebook:
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
        self.stores = stores
        self.clock = clock
        self.ids = ids
        self.recorder = recorder or stores.recorder
        self._aggregates = aggregates
        self._patience = patience
        self._elsewhere = Elsewhere(self.recorder)
        self.rules_as_recorded = RulesAsRecorded(self.recorder)
        self._digests = Digests(stores.settings.key_encryption_key())
        self.documents = Documents(stores.settings.home)

    # --- reading -----------------------------------------------------------------------------------------------

    def history(self, stream: str) -> list[Recorded]:
        """Every fact of a stream in order."""
        return self.recorder.history(stream)

    def practice(self, code: str, moment: Moment = NOW) -> Practice:
        """Where a practice stands, or stood, replayed from its facts."""
        history = at_moment(self.history(f"practice-{code}"), moment)
        return state_of(history, for_prefix(self._aggregates, "practice").replay)  # type: ignore[no-any-return]

    def seen(self, code: str, asked: Asked) -> Practice:
        """Where a practice stands, as this person may know it: what pages and the command line show."""
        return self.seen_at(code, asked, NOW)

    def read_by_leave(self, practice: Practice, asked: Asked) -> dict[int, Closure]:
        """The facts that this person sees of a practice only because they were let in, by version: their reading is noted."""
        return {version: one for version, one in practice.closed.items() if by_leave(one, asked)}

    def seen_at(self, code: str, asked: Asked, moment: Moment) -> Practice:
        """Where it stood at a moment of the past, as they may know today what they could see then."""
        aggregate = for_prefix(self._aggregates, "practice")
        history = self.recorder.history(aggregate.stream(code))
        found = seen_at(history, moment, asked, self._eyes_of(asked, moment))
        return state_of(found, aggregate.replay)  # type: ignore[no-any-return]

    def _eyes_of(self, asked: Asked, moment: Moment) -> Asked:
        """Who asks, as of the day of a moment: what they were let in to is told by that day."""
        if moment == NOW:
            return asked
        on = moment.happened_on or self.day_of(moment.recorded_by)
        return replace(asked, at=datetime(on.year, on.month, on.day, 12, tzinfo=LONDON))

    def day_of(self, recorded_by: datetime | int | None) -> date:
        """The day in England of an instant, of what stands at a position, or of now; never a day that is still to come."""
        now = self.clock()
        if isinstance(recorded_by, int):
            upto = self.recorder.last_upto(recorded_by)
            return now.astimezone(LONDON).date() if upto is None else upto.recorded_on
        return min(recorded_by or now, now).astimezone(LONDON).date()

    def aggregate(self, prefix: str, key: str) -> Any:
        """The state of a practice, person, organisation or register, replayed from its facts."""
        aggregate = for_prefix(self._aggregates, prefix)
        return state_of(self.history(aggregate.stream(key)), aggregate.replay)

    def organisation_called(self, code: str, on: date, before: int | None = None) -> str:
        """What an organisation was called on a day, by what the record held before a position."""
        return called(self._organisation(code, before), code, on)

    def organisation_addressed(self, code: str, on: date, before: int | None = None) -> str:
        """From where the letters of an organisation came on a day, by what the record held before a position."""
        found = self._organisation(code, before).addressed_on(on)
        return found.address.words if found else ""

    def _organisation(self, code: str, before: int | None) -> Organisation:
        aggregate = for_prefix(self._aggregates, "organisation")
        history = self.history(aggregate.stream(code))
        if before is not None:
            history = [fact for fact in history if fact.position < before]
        return state_of(history, aggregate.replay)  # type: ignore[no-any-return]

    def person_called(self, person: str, before: int | None = None) -> str:
        """What a person was called, by what the record held before a position; their id where they had no name."""
        aggregate = for_prefix(self._aggregates, "person")
        history = self.history(aggregate.stream(person.removeprefix("person-")))
        if before is not None:
            history = [fact for fact in history if fact.position < before]
        found = state_of(history, aggregate.replay).name
        return found.words if found else person

    def letters_names(self) -> Named:
        """Whom a letter names."""
        return Named(self.organisation_called, self.person_called, self.organisation_addressed)

    def asked_as(self, person: str, at: datetime | None = None) -> Asked:
        """Who a signed-in person is asking as: the role and organisation that their grants give them on the day."""
        return asked_as(self.recorder.history, self.succession(), person, at or self.clock())

    def succession(self) -> Succession:
        """Which organisation came after which, from the facts of all of them."""
        return self._elsewhere.succession()

    def key_set(self) -> KeySet:
        """Every indicator of the key set and each of its versions, from the facts of all of them."""
        return self._elsewhere.key_set()

    def framework(self) -> Versions:
        """Every version of the tier framework, and every draft of one."""
        return self._elsewhere.versions()

    def publications(self) -> Publications:
        """Which periods of each indicator were published, and when: what the framework's rules count persistence in."""
        return self._elsewhere.publications()

    def with_rules(self, practice: Practice, asked: Asked) -> Practice:
        """A practice with the rules of the day, and what they look at beside its own facts."""
        return self._elsewhere.with_rules(practice, asked)

    def to_be_signed(self, practice: Practice, asked: Asked) -> Practice:
        """A practice with the rules of the day, and what whoever decides its tier has opened of it."""
        return self._elsewhere.to_be_signed(practice, asked)

    # --- recording ---------------------------------------------------------------------------------------------

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
        if isinstance(command, MergerCommand):
            theirs = (command.other, seen_from_the_other(code, command), f"{command_id}-other")
            both: list[tuple[str, Command, str]] = [(code, command, command_id), theirs]
            return self.handle_together(both, asked, expected_version=expected_version)[0]
        if also := self._in_the_other_record(code, command, asked):
            other, same = also
            both = [(code, command, command_id), (other, same, f"{command_id}-other")]
            return self.handle_together(both, asked, expected_version=expected_version)[0]
        aggregate = for_command(self._aggregates, command)
        stream = aggregate.stream(code)
        digest = self._digests.of(stream, command, asked)
        command = self.documents.sealed(stream, command)
        try:
            for _ in self._tries():
                try:
                    found = self._sent_before(stream, command_id, digest)
                    if found is not None:
                        return found
                    history = self.recorder.history(stream)
                    facts = self._decide(
                        aggregate, stream, history, command, asked, command_id, expected_version
                    )
                    if not facts:
                        return Outcome(stream, ())
                    return Outcome(
                        stream, tuple(self.recorder.append(facts, [Sent(command_id, digest, len(facts))]))
                    )
                except (Taken, *Unsure):
                    continue
        except RuleBroken as broken:
            self._log_refusal(stream, command, asked, broken)
            if expected_version is None:
                raise
            raise self._overtaken(aggregate, stream, command, asked, broken, expected_version) from None
        raise Busy

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

    def _in_the_other_record(
        self, code: str, command: Command, asked: Asked
    ) -> tuple[str, OfACorrection] | None:
        """Why it cannot be recorded in both is told to whoever may ask for it here, and leaves its line as any refusal."""
        try:
            return in_the_other_record(code, command, self.practice)
        except RuleBroken as broken:
            aggregate = for_command(self._aggregates, command)
            stream, refused = aggregate.stream(code), broken
            try:
                aggregate.check(asked, command, self.seen(code, asked))
            except RuleBroken as not_permitted:
                refused = not_permitted
            self._log_refusal(stream, command, asked, refused)
            raise refused from None

    def _record(self, decided: Sequence[_Decided | Outcome | RuleBroken]) -> list[Outcome | RuleBroken]:
        new = [one for one in decided if isinstance(one, _Decided) and one.facts]
        facts = [fact for one in new for fact in one.facts]
        sent = [Sent(one.command_id, one.digest, len(one.facts)) for one in new]
        recorded = iter(self.recorder.append(facts, sent) if facts else ())
        return [_outcome(one, recorded) for one in decided]

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

    def _decide(
        self,
        aggregate: Aggregate,
        stream: str,
        history: list[Recorded],
        command: Command,
        asked: Asked,
        command_id: str,
        expected_version: int | None = None,
        also: Callable[[], Iterable[Recorded]] = tuple,
    ) -> list[Recorded]:
        """`also` gives what is decided in the same commit, and is not yet recorded."""
        seen = aggregate.seen(history, asked)
        state, command = self._to_decide(aggregate, stream, seen, command, asked, also)
        if expected_version is not None and (
            since := aggregate.meanwhile(command, asked, seen, expected_version)
        ):
            raise Stale(since, refusal(partial(aggregate.decide, state, command, asked)))
        facts = aggregate.decide(state, command, asked)
        if isinstance(command, IssueNotice):
            # One letter for all, and nothing of it is what somebody may not see: it is made of the whole history.
            facts = with_letter(facts, state_of(history, aggregate.replay), self.letters_names(), asked)
        if facts:
            self.documents.keep(command)
        recorded = self._as_recorded(stream, history, facts, asked, command_id)
        if facts and aggregate.prefix == "practice":
            follows = what_follows(self._elsewhere, history, recorded, asked)
            reviews = reviews_that_follow(self._elsewhere, history, recorded, asked)
            recorded += self._as_recorded(
                stream, [*history, *recorded], [*follows, *reviews], asked, command_id
            )
        return recorded

    def _to_decide(
        self,
        aggregate: Aggregate,
        stream: str,
        seen: list[Recorded],
        command: Command,
        asked: Asked,
        also: Callable[[], Iterable[Recorded]] = tuple,
    ) -> tuple[Any, Command]:
        """The state that a command is decided on, if it may be asked for, and the command with what nobody says themselves."""
        state = state_of(seen, aggregate.replay)
        aggregate.check(asked, command, state)
        state = self._elsewhere.check(command, state, asked, also)
        return state, self._with_digest(stream, command, state)

    def _overtaken(
        self,
        aggregate: Aggregate,
        stream: str,
        command: Command,
        asked: Asked,
        broken: RuleBroken,
        version: int,
    ) -> RuleBroken:
        """A refusal, with what others recorded since the form was drawn where only that is the reason."""

        def decided(upto: list[Recorded]) -> None:
            aggregate.decide(*self._to_decide(aggregate, stream, upto, command, asked), asked)

        seen = aggregate.seen(self.recorder.history(stream), asked)
        return overtaken(broken, seen, version, lambda upto: refusal(partial(decided, upto)))

    def _first_overtaken(
        self, first: tuple[str, Command, str], asked: Asked, broken: RuleBroken, version: int
    ) -> RuleBroken:
        code, command, _ = first
        aggregate = for_command(self._aggregates, command)
        return self._overtaken(aggregate, aggregate.stream(code), command, asked, broken, version)

    def _with_digest(self, stream: str, command: Command, state: Any) -> Command:
        """An agreement is to what is stored now: nobody says themselves what its digest is."""
        if not isinstance(command, AgreeEntry) or (record := state.records.get(command.version)) is None:
            return command
        digests = digests_of(self.recorder, stream, [record.text_version])
        return replace(command, digest=digests[record.text_version])

    def _as_recorded(
        self, stream: str, history: list[Recorded], facts: Iterable[Fact], asked: Asked, command_id: str
    ) -> list[Recorded]:
        now = self.clock().astimezone(UTC)
        version = 0
        if history:
            # A clock that was set back must not make a stream's facts seem to have been recorded in another order.
            version, now = history[-1].version, max(now, history[-1].recorded_at)
        return [
            Recorded(
                stream=stream,
                version=version + number,
                position=0,
                recorded_at=now,
                person=asked.person,
                organisation=asked.organisation,
                role=asked.role,
                on_behalf_of=asked.on_behalf_of,
                command_id=command_id,
                corrects=getattr(fact, "corrects", None),
                fact=fact,
            )
            for number, fact in enumerate(facts, start=1)
        ]

    def _decide_many(
        self, commands: list[tuple[str, Command, str]], asked: Asked, expected_version: int | None = None
    ) -> list[_Decided | Outcome | RuleBroken]:
        """`expected_version` is of the first."""
        aggregates = [for_command(self._aggregates, command) for _, command, _ in commands]
        streams = [aggregate.stream(one[0]) for aggregate, one in zip(aggregates, commands, strict=True)]
        histories: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for fact in self.recorder.facts_of(histories):
            histories[fact.stream].append(fact)
        known = self.recorder.remembered_among([command_id for _, _, command_id in commands])
        decided: list[_Decided | Outcome | RuleBroken] = []
        for number, (aggregate, stream, (_, command, command_id)) in enumerate(
            zip(aggregates, streams, commands, strict=True)
        ):
            digest = self._digests.of(stream, command, asked)
            try:
                found = self._sent_before(stream, command_id, digest) if command_id in known else None
                if found is not None:
                    decided.append(found)
                    continue
                facts = self._decide(
                    aggregate,
                    stream,
                    histories[stream],
                    self.documents.sealed(stream, command),
                    asked,
                    command_id,
                    expected_version if number == 0 else None,
                    also=lambda: [fact for one in decided if isinstance(one, _Decided) for fact in one.facts],
                )
            except RuleBroken as broken:
                self._log_refusal(stream, command, asked, broken)
                decided.append(broken)
                continue
            histories[stream] += facts
            decided.append(_Decided(stream, command_id, digest, facts))
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


def _outcome(one: _Decided | Outcome | RuleBroken, recorded: Any) -> Outcome | RuleBroken:
    if not isinstance(one, _Decided):
        return one
    return Outcome(one.stream, tuple(next(recorded) for _ in one.facts))

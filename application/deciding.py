"""How a command is decided on what stands, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC
from functools import partial
from typing import Any

from application.aggregates import Aggregate
from application.agreements import digests_of
from application.at_hand import state_of
from application.documents import Documents
from application.following import what_follows
from application.histories import Histories
from application.notice_letter import with_letter
from application.outcomes import Stale
from application.overtaken import overtaken, refusal
from application.reviewing import reviews_that_follow
from application.sealing import KeyMissing
from domain.practice.commands import AgreeEntry, IssueNotice
from domain.rules import Asked, Command, Fact, Recorded, RuleBroken

_ERASED = RuleBroken(
    "what-is-worked-with-was-not-erased",
    "The words that this is about were erased, so nothing can be made of them. Say what is true in a new entry.",
)


class Deciding:
    """Decides commands. Nothing is recorded here, but the documents that a command brings are kept."""

    def __init__(self, histories: Histories, documents: Documents) -> None:
        self._histories = histories
        self._elsewhere = histories.elsewhere
        self._documents = documents

    def decide(
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
        try:
            facts = aggregate.decide(state, command, asked)
            if isinstance(command, IssueNotice):
                # One letter for all, and nothing of it is what somebody may not see: it is made of the whole history.
                whole = state_of(history, aggregate.replay)
                facts = with_letter(
                    facts, whole, self._histories.letters_names(), asked, command.draft_sha256
                )
        except KeyMissing:
            raise _ERASED from None
        if facts:
            self._documents.keep(command)
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

    def overtaken(
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

        seen = aggregate.seen(self._histories.recorder.history(stream), asked)
        return overtaken(broken, seen, version, lambda upto: refusal(partial(decided, upto)))

    def _with_digest(self, stream: str, command: Command, state: Any) -> Command:
        """An agreement is to what is stored now: nobody says themselves what its digest is."""
        if not isinstance(command, AgreeEntry) or (record := state.records.get(command.version)) is None:
            return command
        digests = digests_of(self._histories.recorder, stream, [record.text_version])
        return replace(command, digest=digests[record.text_version])

    def _as_recorded(
        self, stream: str, history: list[Recorded], facts: Iterable[Fact], asked: Asked, command_id: str
    ) -> list[Recorded]:
        now = self._histories.clock().astimezone(UTC)
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

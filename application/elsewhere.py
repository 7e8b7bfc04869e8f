"""What a command names beside the stream it is recorded on, looked up and judged: people, practices, organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from application.asking import asked_as, is_person
from application.at_hand import state_of
from application.facts import FACTS, topic_of
from application.recording import Recorder
from application.seen import seen_by
from domain import links, reading
from domain.access import cover
from domain.access.commands import (
    ArrangeCover,
    CoverCommand,
    DeclareInterest,
    EndRecusal,
    InterestCommand,
    RecusePerson,
    SucceedOrganisation,
)
from domain.access.events import CoverArranged, CoverEnded, OrganisationSucceeded
from domain.access.organisations import Organisation
from domain.access.people import Person
from domain.access.permissions import check_caseworker, check_cover, check_interests, check_who_took_part
from domain.access.succession import Succession
from domain.framework import framework
from domain.framework.events import FACTS as FRAMEWORK_FACTS
from domain.framework.framework import KEY, Versions
from domain.indicators import indicators
from domain.indicators.commands import DefineIndicator
from domain.indicators.events import FACTS as INDICATOR_FACTS
from domain.indicators.indicators import Indicator, KeySet
from domain.performers import performers
from domain.performers.commands import GrantPerformerAccess, PerformerCommand
from domain.practice import mergers, practice
from domain.practice.commands import (
    DecideTier,
    HandOverPractice,
    MergerCommand,
    NameCaseworker,
    OpenTierDecision,
    RaiseFlag,
    RecordConversation,
)
from domain.practice.state import Practice
from domain.reading import OpenEntries, check_shown
from domain.releases.events import FACTS as RELEASE_FACTS
from domain.releases.publications import Publications
from domain.rules import Asked, Command, Recorded

TOPICS = [topic_of(kind) for (name, _), kind in FACTS.items() if name == OrganisationSucceeded.NAME]
OF_COVER = [
    topic_of(kind) for (name, _), kind in FACTS.items() if name in {CoverArranged.NAME, CoverEnded.NAME}
]
OF_INDICATORS = [topic_of(kind) for kind in INDICATOR_FACTS]
OF_FRAMEWORK = [topic_of(kind) for kind in FRAMEWORK_FACTS]
OF_RELEASES = [topic_of(kind) for kind in RELEASE_FACTS]


class Elsewhere:
    """The record beyond a command's own stream."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._known: tuple[tuple[int, int], tuple[Recorded, ...]] = ((0, 0), ())
        self._key_set: tuple[tuple[int, int], KeySet] = ((0, 0), KeySet())
        self._publications: tuple[tuple[int, int], Publications] = ((0, 0), Publications())

    def succession(self, also: Iterable[Recorded] = (), before: int | None = None) -> Succession:
        """Which organisation came after which, by the facts of all of them and `also` by these, not yet recorded; or by
        what the record held before a position.

        They are few and hardly ever change: they are read again when there are others than before.
        """
        now = self.recorder.tally("organisation", TOPICS)
        known, told = self._known
        if now != known:
            told = tuple(self.recorder.facts_named("organisation", TOPICS))
            self._known = now, told
        return Succession(
            one.fact
            for one in (*told, *also)
            if isinstance(one.fact, OrganisationSucceeded) and (before is None or one.position < before)
        )

    def key_set(self) -> KeySet:
        """Every indicator, by the facts of all of them: read again when there are others than before."""
        now = self.recorder.tally("indicator", OF_INDICATORS)
        if now != self._key_set[0]:
            self._key_set = now, KeySet(self.recorder.facts_named("indicator", OF_INDICATORS))
        return self._key_set[1]

    def versions(self) -> Versions:
        """Every version of the tier framework, and every draft."""
        return state_of(self.recorder.history(f"framework-{KEY}"), framework.replay)

    def publications(self) -> Publications:
        """Which periods were published when, by the facts of all releases: read again when there are others than before."""
        now = self.recorder.tally("release", OF_RELEASES)
        if now != self._publications[0]:
            self._publications = now, Publications(self.recorder.facts_named("release", OF_RELEASES))
        return self._publications[1]

    def asked_as(self, person: str, asked: Asked) -> Asked:
        """Who another person would ask as, at the same instant."""
        return asked_as(self.recorder.history, self.succession(), person, asked.at)

    def check(
        self, command: Command, state: Any, asked: Asked, also: Callable[[], Iterable[Recorded]]
    ) -> Any:
        """Refuse what a fact may not name. Gives the state to decide on, with what is known of it elsewhere."""
        match command:
            case NameCaseworker(caseworker=str(person)) | HandOverPractice(caseworker=person) if person:
                check_caseworker(self.asked_as(person, asked), state)
            case RecordConversation(attendees=attendees):
                named = {attendee.person for attendee in attendees if attendee.person}
                check_who_took_part(person for person in named if not self._is_known(person))
            case OpenEntries(code=code):
                check_shown(asked, command, self._seen(code, asked))
            case InterestCommand():
                self._check_interests(command, asked)
            case CoverCommand():
                self._check_cover(command, state, asked)
            case PerformerCommand():
                self._check_performers(command, asked)
            case links.LinkCommand():
                self._check_links(command, asked)
            case MergerCommand(other=code):
                mergers.check_other(state, command, self._seen(code, asked), asked)
            case DecideTier():
                return self.to_be_signed(state, asked)
            case OpenTierDecision():
                return self.with_rules(state, asked)
            case RaiseFlag(indicator=code):
                return replace(state, indicator=self._indicator(code).on(command.occurred_on or asked.on))
            case DefineIndicator(part_of=str(whole)):
                indicators.check_part_of(command, self._indicator(whole, also))
            case SucceedOrganisation():
                succession = self.succession(also())
                succession.check(command)
                return Organisation(state.names, succession.held_by(command.code))
        return state

    def with_rules(self, state: Practice, asked: Asked) -> Practice:
        """The practice with the rules of the day, and what they look at beside its own facts."""
        return replace(state, framework=self.versions().on(asked.on), published=self.publications())

    def to_be_signed(self, state: Practice, asked: Asked) -> Practice:
        """The practice as whoever decides its tier now knows it: with the rules of the day, and what this person has opened."""
        opened = state_of(self.recorder.history(f"reading-{state.code}"), reading.replay)
        return replace(self.with_rules(state, asked), opened=opened.by(asked.person))

    def _is_known(self, person: str) -> bool:
        return is_person(person) and bool(self.recorder.history(person))

    def _indicator(self, code: str, also: Callable[[], Iterable[Recorded]] = tuple) -> Indicator:
        """What one indicator is: its own stream is shorter than asking whether any other changed."""
        stream = f"indicator-{code}"
        later = [one for one in also() if one.stream == stream]
        return indicators.replay([*self.recorder.history(stream), *later])

    def _seen(self, code: str, asked: Asked) -> Practice:
        return state_of(seen_by(self.recorder.history(f"practice-{code}"), asked), practice.replay)

    def _check_cover(self, command: CoverCommand, state: Person, asked: Asked) -> None:
        known = state.covers.get(getattr(command, "cover_id", ""))
        absent = command.absent if isinstance(command, ArrangeCover) else known.absent if known else ""
        if absent:
            covers = self.asked_as(command.person_id, asked)
            check_cover(asked, command, self.asked_as(absent, asked), covers)
        if isinstance(command, ArrangeCover):
            cover.check_there(command, self._covers())

    def _covers(self) -> Iterable[cover.Cover]:
        """All cover that was ever arranged: there is little, and it stands on the records of those who cover."""
        found: dict[str, cover.Cover] = {}
        for one in self.recorder.facts_named("person", OF_COVER):
            cover.evolve(found, one.fact, one.person)
        return found.values()

    def _check_performers(self, command: PerformerCommand, asked: Asked) -> None:
        found = self._seen(command.code, asked)
        performers.check_about(asked, command, found)
        if isinstance(command, GrantPerformerAccess):
            performers.check_let_in(self.asked_as(command.person, asked), found)

    def _check_links(self, command: links.LinkCommand, asked: Asked) -> None:
        links.check_about(asked, command, self._seen(command.code, asked))
        if isinstance(command, links.LinkPractices):
            theirs = state_of(self.recorder.history(f"link-{command.other}"), links.replay)
            links.check_other(asked, command, self._seen(command.other, asked), theirs)

    def _check_interests(self, command: InterestCommand, asked: Asked) -> None:
        code = command.practice if isinstance(command, DeclareInterest | RecusePerson | EndRecusal) else None
        found = state_of(self.recorder.history(f"practice-{code}"), practice.replay) if code else None
        check_interests(asked, command, self.asked_as(command.person_id, asked), found)

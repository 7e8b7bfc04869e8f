"""How a fact becomes an entry of the timeline: the rows behind `timeline`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Boolean, Column, Date, Integer, Text

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.kinds import Side
from domain.rules import Fact, Recorded, Sealed
from projections.story import PracticeStory
from projections.tables import Instant, ReadModel, Row, view_table

TABLE = view_table(
    "timeline",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("act", Integer, nullable=False),
    Column("act_on", Date, nullable=False),
    Column("facet", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("late", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("organisation", Text),
    Column("role", Text, nullable=False),
    Column("side", Text),
    Column("on_behalf_of", Text),
    Column("command_id", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("after_closure", Boolean, nullable=False),
    Column("sides", Text),
    Column("channel", Text),
    Column("told", Text, nullable=False),
    Column("recorded", Text),
    Column("thing", Text),
    Column("about", Text),
    Column("state", Text),
    Column("amendments", Text),
    indexes=(("code", "act_on", "act"),),
)

FACET: dict[type[Fact], str] = {
    **dict.fromkeys(e.register.FACTS, "details"),
    **dict.fromkeys(e.contract.FACTS, "contract"),
    **dict.fromkeys(e.flags.FACTS, "flag"),
    **dict.fromkeys(e.conversation.FACTS, "intelligence"),
    e.ConversationRecorded: "conversation",
    **dict.fromkeys(e.actions.FACTS, "action"),
    **dict.fromkeys(e.tier.FACTS, "tier"),
    **dict.fromkeys(e.corrections.FACTS, "correction"),
}
"""What the timeline's filter calls each fact."""

THING_IDS = ("flag_id", "action_id", "intelligence_id", "contract_id", "request_id", "proposal_id")

_FIELDS = {kind: [field.name for field in fields(kind)] for kind in e.FACTS}

THING_FIELD: dict[type[Fact], str | None] = {
    kind: next((name for name in THING_IDS if name in names), None) for kind, names in _FIELDS.items()
}
"""The field that says which thing a fact is a part of the story of."""

ABOUT_FIELDS: dict[type[Fact], tuple[str, ...]] = {
    kind: tuple(name for name in names if name.startswith("about_")) for kind, names in _FIELDS.items()
}


class Thing(NamedTuple):
    """A flag, action, intelligence, contract, proposal, request or entry: its title, and the version that began it.

    `kind` is one of those words. The title is what was typed or, of a flag, the indicator's name; None where there is
    none. Of a fact that was corrected or withdrawn, the kind is `fact` and the title its stored name.
    """

    kind: str
    id: str
    version: int | None
    title: str | None


class Amendment(NamedTuple):
    """A correction or withdrawal of an entry, made by the fact at `version`."""

    version: int
    withdrawn: bool
    reason: str
    person: str
    requested_by: str | None
    on: str
    fields: tuple[str, ...]


class _Title(NamedTuple):
    """A thing's title, perhaps still sealed, and the version of the fact whose words it is."""

    version: int
    title: str | Sealed | None


class Entries:
    """What the entries of one practice have in common: gathered once, before the first is made."""

    def __init__(self, story: PracticeStory) -> None:
        self.story = story
        self.titles: dict[str, _Title] = {}
        self.entry_versions = story.practice.entries
        self.replies: dict[str, list[int]] = defaultdict(list)
        practice = story.practice
        for flag in practice.flags.values():
            self.titles[flag.flag_id] = _Title(flag.version, flag.name)
        for action in practice.actions.values():
            self.titles[action.action_id] = _Title(action.version, action.issue)
        for heard in practice.intelligence.values():
            self.titles[heard.intelligence_id] = _Title(heard.version, heard.source.value)
        for proposal in practice.proposals.values():
            self.titles[proposal.proposal_id] = _Title(proposal.version, proposal.tier.value)
        for request in practice.requests.values():
            self.titles[request.request_id] = _Title(request.version, request.reason)
        for entry in story.standing.values():
            fact = entry.fact
            if isinstance(fact, e.ContractSigned):
                self.titles[fact.contract_id] = _Title(entry.version, fact.reference)
            elif isinstance(fact, e.ConversationRecorded) and fact.reply_to:
                self.replies[fact.reply_to].append(entry.version)

    # --- things --------------------------------------------------------------------------------------------

    def thing(self, kind: str, thing_id: str) -> Thing:
        version, title = self.titles.get(thing_id, (None, None))
        return Thing(kind, thing_id, version, title.words if isinstance(title, Sealed) else title)

    def title_mark(self, thing_id: str) -> str:
        """What a thing's title comes from."""
        known = self.titles.get(thing_id)
        return f"{thing_id}={self.story.mark(known.version)}" if known else thing_id

    def about(self, fact: Any) -> Iterator[Thing]:
        for name, kind in (
            ("about_flags", "flag"),
            ("about_actions", "action"),
            ("about_intelligence", "intelligence"),
        ):
            for thing_id in getattr(fact, name, ()):
                yield self.thing(kind, thing_id)
        if entry_id := getattr(fact, "reply_to", None):
            yield Thing("entry", entry_id, self.entry_versions.get(entry_id), None)
        corrected = fact.corrects if isinstance(fact, e.FactCorrected | e.FactWithdrawn) else None
        if isinstance(fact, e.CorrectionRequested):
            corrected = fact.version
        if corrected:
            name = self.story.history[corrected - 1].fact.NAME
            yield Thing("fact", f"{self.story.code}/{corrected}", corrected, name)

    # --- states --------------------------------------------------------------------------------------------

    def state(self, entry: Recorded) -> dict[str, Any] | None:
        """How the thing that a fact began now stands."""
        practice, fact = self.story.practice, entry.fact
        match fact:
            case e.ActionProposed() if action := practice.actions.get(fact.action_id):
                agreed = self.story.agreements.get(fact.action_id, {})
                return {
                    "status": action.status,
                    "due_on": action.due_on,
                    "moved": action.moved,
                    "agreed": {
                        side.value: {
                            "person": agreement.person,
                            "on": agreement.fact.occurred_on,  # type: ignore[attr-defined]
                            "version": agreement.version,
                        }
                        for side, agreement in agreed.items()
                    },
                    "waits_for": self.story.waits_for(action),
                    "answer": action.answer,
                    "completed_by": action.completed_by,
                    "ended_on": action.ended_on,
                }
            case e.FlagRaised() if flag := practice.flags.get(fact.flag_id):
                return {"status": flag.status, "ended_on": flag.ended_on, "explained": len(flag.explanations)}
            case e.IntelligenceRecorded() if heard := practice.intelligence.get(fact.intelligence_id):
                return {"status": heard.status}
            case e.TierProposed() if proposal := practice.proposals.get(fact.proposal_id):
                return {"status": proposal.status}
            case e.CorrectionRequested() if request := practice.requests.get(fact.request_id):
                return {"status": request.status}
            case e.ConversationRecorded() if fact.entry_id in self.replies:
                return {"replies": self.replies[fact.entry_id]}
        return None


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each fact of the practice."""
    entries = Entries(story)
    acts: dict[str, Recorded] = {}
    closed = False
    for recorded in story.history:
        version = recorded.version
        standing = story.standing.get(version)
        entry = standing or recorded
        first = acts.setdefault(recorded.command_id, entry)
        state = entries.state(entry) if standing else None
        thing_id = THING_FIELD[type(entry.fact)]
        basis = (
            f"{story.mark(version)}|{first.version}|{first.fact.occurred_on}|{closed:d}|"  # type: ignore[attr-defined]
            f"{'' if state is None else msgspec.json.encode(state).decode()}|{_titles(entries, entry.fact, thing_id)}"
        )
        yield Row(TABLE, version, basis, _Making(entries, recorded, standing, first, state, closed))
        if standing:
            closed = isinstance(entry.fact, e.PracticeClosed) or (
                closed and not isinstance(entry.fact, e.PracticeReopened)
            )


MODEL = ReadModel("timeline", "practice", (TABLE,), rows)


@dataclass(frozen=True, slots=True)
class _Making:
    """A row of the timeline that can be made. Made, it has its words open."""

    entries: Entries
    recorded: Recorded
    standing: Recorded | None
    first: Recorded
    state: dict[str, Any] | None
    closed: bool

    def __call__(self) -> dict[str, Any]:
        recorded, entries = self.recorded, self.entries
        entry = self.standing or recorded
        fact: Any = entry.fact
        side = SIDE_OF.get(recorded.role)
        sides = fact.sides if isinstance(fact, e.ConversationRecorded) else ()
        thing_id = THING_FIELD[type(fact)]
        thing = (
            entries.thing(thing_id[:-3], getattr(fact, thing_id))
            if thing_id and getattr(fact, thing_id)
            else None
        )
        about = list(entries.about(fact))
        amendments = self._amendments()
        return {
            "act": self.first.version,
            "act_on": self.first.fact.occurred_on.isoformat(),  # type: ignore[attr-defined]
            "facet": FACET[type(fact)],
            "name": fact.NAME,
            "occurred_on": fact.occurred_on.isoformat(),
            "recorded_at": recorded.recorded_at.isoformat(),
            "late": max(0, (recorded.recorded_on - fact.occurred_on).days),
            "person": recorded.person,
            "organisation": recorded.organisation,
            "role": recorded.role,
            "side": side and side.value,
            "on_behalf_of": recorded.on_behalf_of,
            "command_id": recorded.command_id,
            "withdrawn": self.standing is None,
            "after_closure": self.closed,
            "sides": " ".join(side for side in Side if side in sides) or None,
            "channel": fact.channel.value if isinstance(fact, e.ConversationRecorded) else None,
            "told": _json(fact),
            "recorded": _json(recorded.fact) if fact is not recorded.fact else None,
            "thing": _json(thing) if thing else None,
            "about": _json(about) if about else None,
            "state": _json(self.state) if self.state else None,
            "amendments": _json(amendments) if amendments else None,
        }

    def _amendments(self) -> list[Amendment]:
        story = self.entries.story
        found = []
        for version in story.amended.get(self.recorded.version, ()):
            by = story.history[version - 1]
            fact: Any = by.fact
            found.append(
                Amendment(
                    version=version,
                    withdrawn=isinstance(fact, e.FactWithdrawn),
                    reason=fact.reason.words,
                    person=by.person,
                    requested_by=fact.requested_by,
                    on=fact.occurred_on.isoformat(),
                    fields=tuple(field.field for field in getattr(fact, "fields", ())),
                )
            )
        return found


def _titles(entries: Entries, fact: Any, thing_id: str | None) -> str:
    """What the titles in an entry come from."""
    found = []
    if thing_id and (own := getattr(fact, thing_id)):
        found.append(entries.title_mark(own))
    for name in ABOUT_FIELDS[type(fact)]:
        found += [entries.title_mark(other) for other in getattr(fact, name)]
    if reply_to := getattr(fact, "reply_to", None):
        found.append(f"{reply_to}={entries.entry_versions.get(reply_to)}")
    return ",".join(found)


def _words(value: object) -> str:
    if isinstance(value, Sealed):
        return value.words
    raise TypeError(f"a fact cannot hold a {type(value).__name__}")


_encoder = msgspec.json.Encoder(enc_hook=_words)


def _json(value: object) -> str:
    return _encoder.encode(value).decode()

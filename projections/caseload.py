"""The caseload page: where should we look?

A practice has one row for each stretch of days on which it stands otherwise: from the beginning of time to its next
change that is already decided (a tier or a responsibility with effect from a later day), and so on. A page picks the
stretch that today falls in, so nothing in it goes stale overnight. What is overdue is counted from due dates when asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Date, Integer, Text

from domain.practice.events import ConversationRecorded, DetailsChanged, PracticeRegistered
from domain.practice.kinds import Direction, Level
from domain.practice.state import Practice
from domain.practice.visits import arranged_for
from projections.caseload_row import DOMAINS, TIERS, stands_since
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, view_table, words_or_erased
from projections.typed import words_of

ALWAYS, NEVER = date.min, date.max

TABLE = view_table(
    "caseload",
    "code",
    Column("from_on", Date),
    Column("until_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("postcode", Text),
    Column("list_size", Integer),
    Column("contract_holder", Text),
    Column("local_commissioner", Text),
    Column("region", Text),
    Column("caseworker", Text),
    Column("tier", Integer, nullable=False),
    Column("tier_since", Date, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("decided_by", Text),
    Column("decision_version", Integer),
    Column("review_on", Date),
    Column("next_tier", Integer),
    Column("next_tier_from", Date),
    Column("tier_line", Text, nullable=False),
    Column("closed_on", Date),
    Column("alarms", Integer, nullable=False),
    Column("alerts", Integer, nullable=False),
    Column("by_domain", Text, nullable=False),
    Column("open_flags", Integer, nullable=False),
    Column("open_actions", Integer, nullable=False),
    Column("first_due_on", Date),
    Column("last_contact_on", Date),
    Column("last_shared_on", Date),
    Column("next_contact_on", Date),
    Column("proposals", Integer, nullable=False),
    Column("to_agree", Integer, nullable=False),
    Column("to_accept", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("unverified", Integer, nullable=False),
    Column("visit_on", Date),
    Column("recommended", Integer),
    indexes=(
        # Everything that chooses, counts and orders practices: a page of all of them reads no more than this.
        (
            *("tier", "alarms", "alerts", "last_contact_on", "code", "from_on", "until_on", "closed_on"),
            *("contract_holder", "local_commissioner", "region", "caseworker", "reviewed", "first_due_on"),
            *("review_on", "next_contact_on"),
        ),
    ),
)


NAME = view_table(
    "caseload_name",
    "code",
    None,
    Column("name", Text, nullable=False),
    Column("name_sort", Sorted, nullable=False),
    Column("search", Text, nullable=False),
    indexes=(("name_sort",),),
)
"""Names stand apart, so that what changes with every fact is written without opening what hardly ever does."""


DUE = view_table(
    "caseload_due",
    "code",
    Column("action_id", Sorted),
    Column("due_on", Date, nullable=False),
    indexes=(("code", "due_on"),),
)


# --- rows ---------------------------------------------------------------------------------------------------


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for the name, one for each stretch of days, and one for each open action's due date."""
    practice = story.practice
    if practice.details is None:
        return
    told = max(
        entry.version for kind in (PracticeRegistered, DetailsChanged) for entry, _ in story.facts(kind)
    )
    yield Row(NAME, "", story.mark(told), partial(_name, story))
    starts = _stretches(story)
    shared: dict[str, Any] = {}
    for from_on, until_on in zip(starts, [*starts[1:], NEVER], strict=True):

        def values(from_on: date = from_on, until_on: date = until_on) -> dict[str, Any]:
            if not shared:
                shared.update(_whenever(story))
            return {**shared, "until_on": until_on.isoformat(), **_during(story, from_on)}

        yield Row(TABLE, from_on.isoformat(), str(practice.version), values)
    for action in practice.actions.values():
        if action.open:
            due_on = action.due_on.isoformat()
            yield Row(DUE, action.action_id, due_on, lambda due_on=due_on: {"due_on": due_on})  # type: ignore[misc]


def _name(story: PracticeStory) -> dict[str, Any]:
    details = story.practice.details
    assert details is not None
    name = words_or_erased(details.name)
    return {
        "name": name,
        "name_sort": name.casefold(),
        "search": search_words(name, story.code, details.postcode),
    }


def _stretches(story: PracticeStory) -> list[date]:
    """The days from which the practice stands otherwise than before, as is known when its last fact is recorded."""
    known_on = story.known_on
    changes = {decision.effective_on for decision in story.practice.decisions}
    changes |= {responsibility.from_on for responsibility in story.practice.responsibilities}
    return [ALWAYS, *sorted(day for day in changes if day > known_on)]


def _during(story: PracticeStory, from_on: date) -> dict[str, Any]:
    """What may differ between stretches: the tier, and who answers for the practice."""
    practice = story.practice
    day = story.known_on if from_on == ALWAYS else from_on
    responsible = practice.responsible_on(day)
    decision = practice.decision_on(day)
    tier = practice.tier_on(day)
    since = stands_since(story.tier_steps, day) or story.tier_steps[0].on
    following = next((step for step in story.tier_steps if step.on > day), None)
    return {
        "contract_holder": responsible.contract_holder if responsible else None,
        "local_commissioner": responsible.local_commissioner if responsible else None,
        "region": responsible.region if responsible else None,
        "tier": TIERS.index(tier),
        "tier_since": since.isoformat(),
        "reviewed": decision is not None,
        "decided_by": decision.decided_by if decision else None,
        "decision_version": decision.version if decision else None,
        "review_on": _iso(decision.review_on) if decision else None,
        "next_tier": TIERS.index(following.tier) if following else None,
        "next_tier_from": following.on.isoformat() if following else None,
    }


def _whenever(story: PracticeStory) -> dict[str, Any]:
    """What is the same in every stretch: as both organisations know it, so that no figure tells of what one keeps."""
    facts = len(story.history)
    story = story.shared
    practice = story.practice
    details = practice.details
    assert details is not None
    open_actions = [action for action in practice.actions.values() if action.open]
    by_domain, alarms, alerts = _adverse(practice)
    talks = sorted(
        ((fact.occurred_on, entry.version, fact) for entry, fact in story.facts(ConversationRecorded)),
        key=itemgetter(0, 1),
    )
    return {
        "version": practice.version,
        "facts": facts,
        "postcode": details.postcode,
        "list_size": details.list_size,
        "caseworker": practice.caseworker,
        "tier_line": ",".join(
            f"{step.on.isoformat()}:{TIERS.index(step.tier)}{'' if step.decision else 'u'}"
            for step in story.tier_steps
        ),
        "closed_on": _iso(practice.closed_on),
        "alarms": alarms,
        "alerts": alerts,
        "by_domain": by_domain,
        "open_flags": sum(flag.open for flag in practice.flags.values()),
        "open_actions": len(open_actions),
        "first_due_on": _iso(min((action.due_on for action in open_actions), default=None)),
        "last_contact_on": _iso(practice.last_contact_on),
        "last_shared_on": _iso(max((on for on, _, talk in talks if talk.shared), default=None)),
        "next_contact_on": _iso(talks[-1][2].next_contact_on) if talks else None,
        "proposals": sum(proposal.status == "open" for proposal in practice.proposals.values()),
        "to_agree": sum(action.status == "proposed" for action in practice.actions.values()),
        "to_accept": sum(action.status == "completed" for action in practice.actions.values()),
        "requests": sum(request.status == "open" for request in practice.requests.values()),
        "unverified": sum(heard.status == "unverified" for heard in practice.intelligence.values()),
        "visit_on": _iso(min(filter(None, map(arranged_for, practice.actions.values())), default=None)),
        "recommended": TIERS.index(practice.recommended.tier) if practice.recommended else None,
    }


def _adverse(practice: Practice) -> tuple[str, int, int]:
    """Open adverse flags: alarms and alerts of each domain as JSON, and in all."""
    found = {domain: [0, 0] for domain in DOMAINS}
    for flag in practice.flags.values():
        if flag.open and flag.direction == Direction.ADVERSE:
            found[flag.domain][0 if flag.level == Level.ALARM else 1] += 1
    counts = list(found.values())
    return msgspec.json.encode(counts).decode(), sum(c[0] for c in counts), sum(c[1] for c in counts)


def search_words(name: str, code: str, postcode: str | None) -> str:
    """What words are looked for in: each begins after a space."""
    return " " + " ".join(
        words_of_name(f"{name} {code} {postcode or ''} {(postcode or '').replace(' ', '')}")
    )


def words_of_name(text: str) -> list[str]:
    """The words of a practice's name, or of what is looked for in one. An apostrophe parts nothing."""
    return words_of(text.replace("'", "").replace("’", ""))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


MODEL = ReadModel("caseload", "practice", (TABLE, NAME, DUE), rows, edition=3)

"""What waits on a practice's page, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.practice.explained import Answer, answer_of, waiting_of
from domain.practice.kinds import Level, Side
from projections.actions import ActionRow
from projections.practice import Standing
from web.practices.episode import visit_notes
from web.practices.flags import flag_called
from web.practices.offers import Offer, Offers
from web.practices.offers.actions import on_action
from web.practices.offers.conversation import on_intelligence
from web.practices.offers.corrections import on_request
from web.practices.offers.flags import on_explanation, on_flag
from web.practices.offers.tier import on_proposal, on_review
from web.practices.reviewed import to_look_at_again
from web.practices.story import move_words
from web.practices.telling import Telling
from web.practices.tells.reviews import because_of
from web.practices.timing import Tag, due
from web.practices.told import Names, joined, short
from web.words import day, label


class ToDo(NamedTuple):
    title: str
    version: int
    tag: Tag | None
    notes: list[str]
    offers: list[Offer]
    name: str


def to_do(standing: Standing, telling: Telling, offers: Offers, today: date) -> list[ToDo]:
    """What waits, the most pressing first: what is late, decisions and requests, then actions by date, then flags."""
    waiting = [
        *_proposals(standing, telling.names, offers),
        *_requests(standing, telling, offers),
        *_reviews(telling, offers),
        *_actions(standing, telling.names, offers, today),
        *_intelligence(standing, telling.names, offers),
        *_flags(standing, telling, offers),
    ]
    return sorted(waiting, key=lambda one: not (one.tag and one.tag.late))


def _proposals(standing: Standing, names: Names, offers: Offers) -> Iterator[ToDo]:
    for proposal in standing.proposals:
        title = f"Tier proposed: {label(proposal.tier).lower()}"
        yield ToDo(
            title,
            proposal.version,
            Tag("Waiting for a decision", late=False),
            [f"by {names.person(proposal.proposed_by)} on {day(proposal.proposed_on)}"],
            on_proposal(offers, proposal.proposal_id),
            title,
        )


def _requests(standing: Standing, telling: Telling, offers: Offers) -> Iterator[ToDo]:
    for request in standing.requests:
        about = telling.entry(request.about_version)
        title = f"{'Withdrawal' if request.kind == 'withdraw' else 'Correction'} asked for: {about.text}"
        yield ToDo(
            title,
            request.version,
            Tag("Waiting for a manager", late=False),
            [f"by {telling.names.person(request.requested_by)} on {day(request.requested_on)}"],
            on_request(offers, request.request_id),
            title,
        )


def _reviews(telling: Telling, offers: Offers) -> Iterator[ToDo]:
    """Decisions that are to be looked at again: whose each is, and what it is asked for."""
    for version, fact in to_look_at_again(telling.practice):
        told = telling.tell(fact)
        yield ToDo(
            told.title,
            version,
            Tag(told.tag, late=False),
            [
                f"asked on {day(fact.occurred_on)}",
                f"because of {joined(one.text for one in because_of(telling, fact))}",
                told.how,
            ],
            on_review(offers, fact.asking_id),
            told.title,
        )


def _actions(standing: Standing, names: Names, offers: Offers, today: date) -> Iterator[ToDo]:
    for action in standing.actions:
        if not action.ended:
            done = action.status == "completed"
            yield ToDo(
                short(action.issue),
                action.version,
                Tag("Evidence to be accepted", late=False) if done else due(action.due_on, today),
                _notes(action, names, offers),
                on_action(offers, action.action_id)[:3],
                short(action.issue),
            )


def _notes(action: ActionRow, names: Names, offers: Offers) -> list[str]:
    """Owner, whose agreement it waits for, when it was agreed, and how its date moved since."""
    notes = [f"owner {names.side(action.owner)}"]
    agreed_on = None
    if action.status == "proposed":
        awaited = [_answering(side, names, offers) for side in action.waits_for]
        again = _answering(Side.CONTRACT_HOLDER, names, offers)
        notes.append(
            f"waiting for {joined(awaited)} to agree" if awaited else f"waiting for {again} to agree again"
        )
    elif action.status == "agreed":
        both = action.agreed_by_holder_on and action.agreed_by_commissioner_on
        agreed_on = max(
            filter(None, (action.agreed_by_holder_on, action.agreed_by_commissioner_on)), default=None
        )
        notes.append(f"agreed{' by both' if both else ''} {day(agreed_on)}".strip())
        notes += visit_notes(offers.practice.actions[action.action_id])
    else:
        notes.append(f"completed {day(action.completed_on)} by {names.person(action.completed_by)}")
    if action.answer:
        notes.append(f"practice: {label(action.answer).lower()}")
    if action.moves:
        since = [move for move in action.moves if agreed_on and move.on > agreed_on]
        moved = joined([move_words(move) for move in since or action.moves[-1:]])
        notes.append(f"date {moved}, after it was agreed" if since else moved)
    return notes


def _answering(side: Side, names: Names, offers: Offers) -> str:
    """The organisation that answers today, by name: where it changed, the one before it is not the one to agree."""
    code = getattr(offers.practice.responsible_on(offers.asked.on), side.value, None)
    name = names.organisation(code)
    return f"the {names.side(side)} {code or ''}".strip() if name in {code, ""} else name


def _intelligence(standing: Standing, names: Names, offers: Offers) -> Iterator[ToDo]:
    for heard in standing.intelligence:
        if heard.status == "unverified":
            title = f"Verify soft intelligence of {day(heard.recorded_on)}"
            yield ToDo(
                title,
                heard.version,
                Tag("Immediate risk to safety", late=True) if heard.immediate_safety_risk else None,
                [f"recorded by {names.person(heard.recorded_by)}; another person verifies it"],
                on_intelligence(offers, heard.intelligence_id),
                title,
            )


_SETTLES = frozenset({"ExplainFlag", "ProposeAction"})
"""What asks about a flag, of all that may be done."""

_ASKS: dict[Answer, str] = {"none": "not explained yet", "not accepted": "its explanation was not accepted"}


def _flags(standing: Standing, telling: Telling, offers: Offers) -> Iterator[ToDo]:
    """What nobody explained is asked about, and once more where the explanation was not accepted. One that waits is
    another person's to answer.
    """
    for flag in sorted(standing.flags, key=lambda one: (one.level != Level.ALARM, one.raised_on)):
        if not flag.open:
            continue
        name, answer = flag_called(flag), answer_of(telling.practice, flag.flag_id)
        raised = f"{label(flag.level).lower()} raised {day(flag.raised_on)}"
        if answer in _ASKS:
            title = f"Ask about{' again' if answer == 'not accepted' else ''}: {name}"
            settles = [one for one in on_flag(offers, flag.flag_id) if one.command in _SETTLES]
            yield ToDo(title, flag.version, None, [f"{raised}, {_ASKS[answer]}"], settles, name)
        for one in waiting_of(telling.practice, flag.flag_id):
            yield ToDo(
                f"Answer the explanation of: {name}",
                one.version,
                None,
                [
                    f"given {day(one.explained_on)}, recorded by {telling.names.person(one.explained_by)}; another answers it"
                ],
                on_explanation(offers, one.explanation_id),
                f"the explanation of {name}",
            )

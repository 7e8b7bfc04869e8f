"""The tier: a relationship with the practice, that only a person's decision moves."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.framework.recommending import recommend
from domain.practice import overrides
from domain.practice.cites import cite, happened_by, standing_cites, version_of
from domain.practice.commands import DecideTier, DeclineTierProposal, ProposeTier
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.events import TierDecided, TierProposalDeclined, TierProposed
from domain.practice.guards import disputed_entries
from domain.practice.kinds import RecommendedBecause, Tier
from domain.practice.opened import signs_what_was_opened, still_to_be_opened
from domain.practice.recommended import recorded_as
from domain.practice.state import Decision, Practice, Proposal
from domain.practice.weighing import missing_of, weighed
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def propose_tier(practice: Practice, command: ProposeTier, asked: Asked) -> list[Fact]:
    """A proposal gives its reasons and the facts it rests on; one waits at a time."""
    for proposal in practice.proposals.values():
        refuse_unless(
            proposal.status != "open",
            "one-tier-proposal-at-a-time",
            "A proposal already waits for a decision",
        )
    refuse_unless(
        command.proposal_id not in practice.proposals,
        "proposal-ids-are-new",
        "This proposal is already recorded",
    )
    day = day_of(command, asked)
    in_order(command.effective_on, command.review_on, "review_on")
    return [
        TierProposed(
            proposal_id=command.proposal_id,
            before=practice.tier_on(day),
            tier=command.tier,
            rationale=Sealed(command.rationale),
            inputs=_inputs(practice, command.inputs, day),
            effective_on=command.effective_on,
            review_on=command.review_on,
            occurred_on=day,
        )
    ]


def decline_tier_proposal(practice: Practice, command: DeclineTierProposal, asked: Asked) -> list[Fact]:
    """A waiting proposal may be declined, with reasons."""
    proposal = _waiting(practice, command.proposal_id)
    refuse_unless(
        proposal.proposed_by != asked.person,
        "another-person-answers-what-one-proposed",
        "You proposed this: another manager decides or declines it",
    )
    day = day_since(proposal.proposed_on, command, asked)
    return [
        TierProposalDeclined(proposal_id=proposal.proposal_id, reason=Sealed(command.reason), occurred_on=day)
    ]


def decide_tier(practice: Practice, command: DecideTier, asked: Asked) -> list[Fact]:
    """A tier is decided with a rationale, inputs of this practice and an effective date, by another person than
    the one who proposed it.
    """
    refuse_unless(
        command.decision_id not in {decision.decision_id for decision in practice.decisions},
        "decision-ids-are-new",
        "This decision is already recorded",
    )
    day = day_of(command, asked)
    if command.proposal_id:
        proposal = _waiting(practice, command.proposal_id)
        refuse_unless(
            proposal.proposed_by != asked.person,
            "another-person-decides-what-one-proposed",
            "You proposed this: another person must decide it",
        )
        in_order(proposal.proposed_on, day, "occurred_on")
    _is_not_ones_own(practice, command.tier, asked)
    _takes_effect_after(practice, command.effective_on, day, asked.on)
    in_order(command.effective_on, command.review_on, "review_on")
    inputs = _inputs(practice, command.inputs, day)
    before = practice.tier_on(asked.on)
    recommended: list[Fact] = []
    beside: dict[str, Any] = {}
    if practice.framework is not None:
        found = recommend(practice, practice.framework, asked.on)
        recommended = recorded_as(practice, found, RecommendedBecause.DECISION_OPENED)
        beside = weighed(practice, command, found, inputs, day, before)
        _rests_on_anothers_override(practice, beside["override"], asked)
    signs_what_was_opened(practice, [*inputs, *_said_to_it(beside)], asked)
    return [
        TierDecided(
            decision_id=command.decision_id,
            proposal_id=command.proposal_id or None,
            before=before,
            tier=command.tier,
            rationale=Sealed(command.rationale),
            inputs=inputs,
            effective_on=command.effective_on,
            review_on=command.review_on,
            occurred_on=day,
            over_dispute=_over_dispute(practice, command),
            **beside,
        ),
        *recommended,
    ]


def _said_to_it(beside: dict[str, Any]) -> list[str]:
    """What is cited beside what a decision rests on: the answers, the other organisation's view, and an override."""
    return [one for one in (*beside.get("answers", ()), beside.get("view"), beside.get("override")) if one]


def _is_not_ones_own(practice: Practice, tier: Tier, asked: Asked) -> None:
    """The decider is not the proposer: not of what waits, nor of what was declined or withdrawn since the last decision."""
    for waiting in practice.proposals.values():
        refuse_unless(
            waiting.status != "open" or waiting.proposed_by != asked.person,
            "another-person-decides-what-one-proposed",
            "Your own proposal waits for a decision: another person must decide it",
        )
    refuse_unless(
        not proposed_it(practice, tier, asked),
        "another-person-decides-what-one-proposed",
        "You proposed this tier since the last decision, and it was declined or withdrawn: another person must decide it",
    )


def _rests_on_anothers_override(practice: Practice, override: str | None, asked: Asked) -> None:
    refuse_unless(
        not any(
            cite(practice.code, one.version) == override and one.given_by == asked.person
            for one in practice.overrides.values()
        ),
        "another-person-decides-by-an-override",
        "You gave the override that this rests on: another person must decide it",
    )


def proposed_it(practice: Practice, tier: Tier, asked: Asked) -> bool:
    """Whether this person proposed the tier since the last decision, whatever became of that."""
    last = practice.decisions[-1].version if practice.decisions else 0
    return any(
        isinstance(one.fact, TierProposed)
        and one.version > last
        and one.person == asked.person
        and one.fact.tier == tier
        for one in practice.history
    )


def stands_in_the_way(practice: Practice, command: DecideTier, asked: Asked) -> list[RuleBroken]:
    """Why a decision would be refused if it were sent now: the first reason, and with it everything else that it owes, so
    that whoever decides is told at once.
    """
    try:
        decide_tier(practice, command, asked)
    except RuleBroken as broken:
        first = broken
    else:
        return []
    owed = list(still_to_be_opened(practice, (*command.inputs, *command.answers), asked))
    if practice.framework is not None:
        recommended, day = recommend(practice, practice.framework, asked.on), command.occurred_on or asked.on
        owed += missing_of(practice, command, recommended, day, practice.tier_on(asked.on))
    return [first, *(one for one in owed if one.field != first.field)]


def _over_dispute(practice: Practice, command: DecideTier) -> Sealed | None:
    """A decision that rests on a disputed entry says why it was taken all the same."""
    cited, entries = (
        (version_of(practice, one, "inputs") for one in command.inputs),
        disputed_entries(practice),
    )
    disputed = [cite(practice.code, version) for version in cited if version in entries]
    if disputed and not command.over_dispute:
        raise RuleBroken(
            "a-decision-over-a-dispute-says-why",
            f"{' and '.join(disputed)} is disputed: say why you decide all the same",
            "over_dispute",
        )
    return sealed(command.over_dispute) if disputed else None


def _inputs(practice: Practice, cited: tuple[str, ...], day: date) -> tuple[str, ...]:
    refuse_unless(
        bool(cited),
        "a-tier-rests-on-facts",
        "Choose at least one fact of this practice that it rests on",
        "inputs",
    )
    inputs = standing_cites(practice, cited, "inputs")
    happened_by(practice, inputs, day, "inputs")
    return inputs


def _takes_effect_after(practice: Practice, effective_on: date, day: date, today: date) -> None:
    """A decision has effect from its own day at the earliest, after the one in effect, and waits behind no other."""
    in_order(day, effective_on, "effective_on")
    in_effect = practice.decision_on(today)
    if in_effect and effective_on < in_effect.effective_on:
        raise RuleBroken(
            "decisions-take-effect-in-order",
            f"A decision took effect on {in_full(in_effect.effective_on)}: an earlier one cannot be put before it",
            "effective_on",
        )
    if in_effect and day < in_effect.effective_on:
        raise RuleBroken(
            "decisions-are-taken-in-order",
            f"A decision took effect on {in_full(in_effect.effective_on)}: one that takes its place is of that day or later",
            "occurred_on",
        )
    if practice.decisions:
        last = max(one.decided_on for one in practice.decisions)
        if day < last:
            # They are numbered as they were recorded: on no day had the second been taken, and the first not yet.
            raise RuleBroken(
                "decisions-are-taken-in-order",
                f"A decision was taken on {in_full(last)}: one that is recorded after it is of that day or later",
                "occurred_on",
            )
        waiting = practice.decisions[-1]
        if day < waiting.effective_on < effective_on:
            raise RuleBroken(
                "one-decision-waits-for-its-day",
                f"A decision already takes effect on {in_full(waiting.effective_on)}: decide for that day or before",
                "effective_on",
            )


def _waiting(practice: Practice, proposal_id: str) -> Proposal:
    proposal = practice.proposals.get(proposal_id)
    if proposal is None:
        raise RuleBroken(
            "a-proposal-is-of-this-practice", "Choose a proposal of this practice", "proposal_id"
        )
    refuse_unless(
        proposal.status == "open",
        "a-proposal-is-answered-once",
        f"This proposal is already {proposal.status}",
    )
    return proposal


def tier_proposed(practice: Practice, fact: TierProposed, entry: Recorded) -> None:
    practice.proposals[fact.proposal_id] = Proposal(
        fact.proposal_id, fact.tier, entry.person, fact.occurred_on, entry.version
    )


def tier_proposal_declined(practice: Practice, fact: TierProposalDeclined, entry: Recorded) -> None:
    if proposal := practice.proposals.get(fact.proposal_id):
        proposal.status = "declined"


def tier_decided(practice: Practice, fact: TierDecided, entry: Recorded) -> None:
    override = overrides.used(practice, fact, entry)
    practice.decisions.append(
        Decision(
            decision_id=fact.decision_id,
            tier=fact.tier,
            effective_on=fact.effective_on,
            decided_on=fact.occurred_on,
            decided_by=entry.person,
            version=entry.version,
            rationale=fact.rationale,
            review_on=fact.review_on,
            immediate_safety=fact.immediate_safety is not None,
            override=override.version if override else None,
        )
    )
    if fact.proposal_id and (proposal := practice.proposals.get(fact.proposal_id)):
        proposal.status = "decided"

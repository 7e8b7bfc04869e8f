"""What is true of a practice as a whole, and stays true when a fact is corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from domain.practice import branches, events
from domain.practice.changes_state import Asked as Was
from domain.practice.flags import validated_without_acceptance
from domain.practice.kinds import ONE_OPEN_OF_A_KIND, VisitStage
from domain.practice.state import Practice
from domain.practice.true_in_order import out_of_order
from domain.practice.true_ladder import broken_of, what_is_broken
from domain.rules import Asked, RuleBroken


def keeps_what_is_always_true(before: Practice, after: Practice, asked: Asked) -> None:
    """Refuse a correction or withdrawal after which the practice stands as no command could have left it."""
    known = {broken.args for broken in _broken(before, asked)}
    for broken in _broken(after, asked):
        if broken.args not in known:
            raise broken


def _broken(practice: Practice, asked: Asked) -> Iterator[RuleBroken]:
    """Each rule that does not hold, once for each thing that breaks it, which `args` tell apart."""
    yield from _twice(
        "one-open-flag-per-indicator",
        "That indicator would have two open flags of a kind",
        [f"{flag.indicator} {flag.kind}" for flag in practice.flags.values() if flag.open],
    )
    for flag_id in validated_without_acceptance(practice):
        yield broken_of(
            "a-validated-explanation-was-accepted",
            "The flag was cleared because this explanation was accepted: reopen the flag first",
            flag_id,
        )
    yield from _one_at_a_time(practice)
    yield from _not_answered_for(practice, asked)
    yield from _actions_out_of_turn(practice)
    for branch in branches.let_close_without_the_public(practice):
        yield broken_of(
            "the-public-is-involved-before-a-branch-closes",
            "A branch would have been let close without a word of how patients and the public were involved",
            branch.branch_id,
        )
    yield from what_is_broken(practice)
    yield from out_of_order(practice)


def _one_at_a_time(practice: Practice) -> Iterator[RuleBroken]:
    """What a practice has one of, or one of a kind, at any time."""
    yield from _twice(
        "one-open-action-of-its-kind",
        "Two actions of a kind that is open once would be open",
        [
            action.kind
            for action in practice.actions.values()
            if action.kind in ONE_OPEN_OF_A_KIND and not action.ended
        ],
    )
    yield from _twice(
        "one-tier-proposal-at-a-time",
        "Two proposals would wait for a decision",
        ["open" for proposal in practice.proposals.values() if proposal.status == "open"],
    )
    yield from _twice(
        "a-contract-reference-is-used-once",
        "Two contracts would have one reference",
        [contract.reference.words for contract in practice.contracts.values()],
    )
    yield from _twice(
        "one-application-to-close-the-list-at-a-time",
        "Two applications to close the list would wait for a decision",
        [one.status for one in practice.list_closures.values() if one.status == Was.WAITING],
    )


def _not_answered_for(practice: Practice, asked: Asked) -> Iterator[RuleBroken]:
    if practice.responsible_on(asked.on) is None:
        yield broken_of(
            "somebody-answers-for-a-practice",
            "No organisation would be responsible for this practice",
            "today",
        )
    for entry in practice.standing.values():
        if isinstance(entry.fact, events.ActionAgreed) and not agreed_while_responsible(practice, entry.fact):
            yield broken_of(
                "an-organisation-agrees-while-it-is-responsible",
                f"{practice.code}/{entry.version} agreed an action for an organisation that would not be responsible",
                str(entry.version),
            )


def _actions_out_of_turn(practice: Practice) -> Iterator[RuleBroken]:
    for action in practice.actions.values():
        if action.out_of_turn:
            yield broken_of(
                "an-action-is-agreed-before-it-is-worked-on",
                "An action would have been completed that had not been agreed",
                action.action_id,
            )
        reached = [stage in action.stages for stage in VisitStage]
        if reached != sorted(reached, reverse=True):
            yield broken_of(
                "a-visit-reaches-its-stages-in-order",
                "A visit would have reached a stage without the one before it",
                action.action_id,
            )


def agreed_while_responsible(practice: Practice, agreed: events.ActionAgreed) -> bool:
    responsible = practice.responsible_on(agreed.occurred_on)
    return getattr(responsible, agreed.side.value, None) == agreed.organisation


def _twice(rule: str, message: str, found: list[str]) -> Iterator[RuleBroken]:
    for what in dict.fromkeys(found):
        if found.count(what) > 1:
            yield broken_of(rule, message, what)

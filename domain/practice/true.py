"""What is true of every fact and of every practice, and stays true when a fact is corrected or withdrawn.

A correction cannot say what nobody could have recorded, and cannot leave a practice as no command could have left it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from domain.practice import branches, contractor, events, lists
from domain.practice.changes_state import Asked as Was
from domain.practice.cites import happened_by, standing_cites, version_of
from domain.practice.contract import variation_is_lawful
from domain.practice.conversation import someone_took_part
from domain.practice.dates import in_order, not_in_the_future
from domain.practice.decided import keeps_what_moved_the_tier
from domain.practice.expectations import spans as expected_spans
from domain.practice.explanations import what_was_answered_stays
from domain.practice.flags import a_person_clears_by, a_person_withdraws_by, validated_without_acceptance
from domain.practice.heard import has_happened, has_points_or_nothing_to_say
from domain.practice.kinds import ONE_OPEN_OF_A_KIND, VisitStage
from domain.practice.register import a_list_has_no_fewer_than_nobody, code_is_of_its_kind
from domain.practice.regulator import a_warning_is_whole
from domain.practice.standing_contract import day_of_step, is_under_a_standing_contract
from domain.practice.state import Practice
from domain.practice.true_ladder import (
    LADDER_ORDERED,
    an_issued_notice_stands_as_sent,
    broken_of,
    keeps_the_ladders_rules,
    what_is_broken,
)
from domain.practice.visible import no_more_open_than, visibility_of
from domain.rules import Asked, Fact, Recorded, RuleBroken, refuse_unless
from domain.text import is_id

_PAST = (
    "occurred_on",
    "closed_on",
    "opened_on",
    "notice_given_on",
    "signed_by_holder_on",
    "signed_by_contractor_on",
    "inspected_on",
    "asked_on",
    "committee_told_on",
    "services_told_on",
    "breached_on",
    "consulted_on",
)
_ORDERED = (
    ("starts_on", "ends_on"),
    ("effective_on", "review_on"),
    ("occurred_on", "next_contact_on"),
    ("inspected_on", "occurred_on"),
    ("closes_on", "reopens_on"),
)
_DUE_AFTER = (events.ActionProposed, events.ActionReopened, events.DeclarationAskedFor)


def could_be_true(practice: Practice, entry: Recorded, changed: dict[str, Any], asked: Asked) -> None:
    """Refuse a corrected fact that nobody could have recorded. What the correction leaves alone is not judged anew."""
    an_issued_notice_stands_as_sent(practice, entry.fact)
    keeps_what_moved_the_tier(practice, entry, changed)
    fact: Any = replace(entry.fact, **changed)
    for day in _PAST:
        if day in changed and changed[day] is not None:
            not_in_the_future(changed[day], asked, day)
    for first, last in _orders(fact):
        if first in changed or last in changed:
            in_order(getattr(fact, first, None), getattr(fact, last, None), last)
    _cites_what_it_could(practice, entry, fact, changed)
    for about in ("flags", "actions", "intelligence"):
        known = getattr(practice, about)
        before = getattr(entry.fact, f"about_{about}", ())
        if not all(thing in known or thing in before for thing in getattr(fact, f"about_{about}", ())):
            raise RuleBroken(
                "what-it-is-about-is-of-this-practice", "Choose from this practice's record", f"about_{about}"
            )
    if isinstance(fact, events.ConversationRecorded) and "about_intelligence" in changed:
        _as_closed_as_what_it_is_about(practice, entry, fact)
    _keeps_its_own_rules(practice, fact, changed)


def _as_closed_as_what_it_is_about(
    practice: Practice, entry: Recorded, fact: events.ConversationRecorded
) -> None:
    """What a correction adds is no more closed than the conversation, as when it was recorded."""
    added = set(fact.about_intelligence) - set(getattr(entry.fact, "about_intelligence", ()))
    versions = tuple(practice.intelligence[one].version for one in sorted(added))
    no_more_open_than(
        practice.closed, visibility_of(practice.closed, entry.version), versions, "about_intelligence"
    )


def _orders(fact: Fact) -> Iterator[tuple[str, str]]:
    yield from _ORDERED
    yield from LADDER_ORDERED.get(type(fact), ())
    if isinstance(fact, _DUE_AFTER):
        yield "occurred_on", "due_on"
    if isinstance(fact, events.TierDecided):
        yield "occurred_on", "effective_on"
    if isinstance(fact, events.RegulatoryActionRecorded):
        yield "occurred_on", "comply_by"
    if isinstance(fact, events.DeclarationAskedFor):
        yield "opens_on", "due_on"
    if isinstance(
        fact, events.ListClosureApproved | events.BranchClosureApproved | events.BranchClosureAppliedFor
    ):
        yield "occurred_on", "closes_on"
    if isinstance(fact, events.MergerApproved):
        yield "occurred_on", "effective_on"
    if isinstance(fact, events.ListClosureExtended):
        yield "asked_on", "occurred_on"


def _cites_what_it_could(practice: Practice, entry: Recorded, fact: Any, changed: dict[str, Any]) -> None:
    for cited in ("inputs", "evidence", "answers"):
        if cited in changed and isinstance(changed[cited], tuple):
            added = tuple(one for one in changed[cited] if one not in getattr(entry.fact, cited))
            standing_cites(practice, added, cited)
            if any(version_of(practice, one, cited) >= entry.version for one in added):
                raise RuleBroken(
                    "what-is-cited-is-recorded", "Choose entries recorded before this one", cited
                )
            if cited == "inputs":
                happened_by(practice, added, fact.occurred_on, cited)
                refuse_unless(
                    bool(fact.inputs), "a-tier-rests-on-facts", "Choose at least one fact", "inputs"
                )


def _keeps_its_own_rules(practice: Practice, fact: Fact, changed: dict[str, Any]) -> None:
    if day_of_step(fact) in changed:
        is_under_a_standing_contract(practice, fact)
    match fact:
        case events.PracticeRegistered():
            code_is_of_its_kind(fact.code, fact.kind)
            a_list_has_no_fewer_than_nobody(fact.list_size)
        case events.DetailsChanged():
            a_list_has_no_fewer_than_nobody(fact.list_size)
        case events.CaseworkerNamed(caseworker=str() as caseworker) if "caseworker" in changed:
            refuse_unless(
                is_id(caseworker, "person"),
                "a-caseworker-signs-in",
                "Choose a person who signs in to Casebook",
                "caseworker",
            )
        case events.ConversationRecorded() if "participants" in changed:
            someone_took_part(fact.participants)
        case events.FlagExplained():
            what_was_answered_stays(practice, fact, changed)
        case events.FlagCleared() if "because" in changed:
            a_person_clears_by(practice, fact.flag_id, fact.because)
        case events.FlagWithdrawn() if "because" in changed:
            a_person_withdraws_by(fact.because)
        case events.ContractSigned():
            refuse_unless(
                bool(fact.parties),
                "a-contract-has-parties",
                "Enter at least one party to the contract",
                "parties",
            )
            if "contract_type" in changed:
                contractor.a_contract_is_of_the_contractors_kind(practice, fact.contract_type)
        case events.ContractVaried():
            variation_is_lawful(fact)
        case events.RegulatoryActionRecorded():
            a_warning_is_whole(fact)
        case events.ListClosureAppliedFor() if "months" in changed:
            lists.a_list_is_asked_to_close_for(practice, fact.months, fact.occurred_on)
        case events.ListClosureApproved():
            lists.a_list_closes_for_a_lawful_time(practice, fact.closes_on, fact.reopens_on, fact.occurred_on)
        case events.ListClosureExtended():
            lists.an_extension_is_lawful(practice, fact.before, fact.asked_on, fact.reopens_on)
        case events.ContractorCompositionChanged():
            contractor.a_composition_changes_lawfully(practice, fact)
        case events.ContractReviewHeld() if "participants" in changed:
            someone_took_part(fact.participants)
        case events.PracticeTold() if "occurred_on" in changed:
            has_happened(practice, fact.about, fact.occurred_on)
        case events.PracticeResponseReceived() if changed.keys() & {"points", "nothing_to_say"}:
            has_points_or_nothing_to_say(fact.points, fact.nothing_to_say)
            standing_cites(practice, tuple(one.about for one in fact.points if one.about), "points")
        case events.ActionAgreed():
            refuse_unless(
                _agreed_while_responsible(practice, fact),
                "an-organisation-agrees-while-it-is-responsible",
                "That organisation was not responsible for this practice on that day",
                "occurred_on",
            )
        case events.ActionCompleted():
            refuse_unless(
                bool(fact.evidence or fact.evidence_document),
                "completion-has-evidence",
                "Choose an entry, or name the document, that shows it was done",
                "evidence",
            )
        case _:
            keeps_the_ladders_rules(practice, fact, changed)


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
    if practice.responsible_on(asked.on) is None:
        yield broken_of(
            "somebody-answers-for-a-practice",
            "No organisation would be responsible for this practice",
            "today",
        )
    for entry in practice.standing.values():
        if isinstance(entry.fact, events.ActionAgreed) and not _agreed_while_responsible(
            practice, entry.fact
        ):
            yield broken_of(
                "an-organisation-agrees-while-it-is-responsible",
                f"{practice.code}/{entry.version} agreed an action for an organisation that would not be responsible",
                str(entry.version),
            )
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
    for branch in branches.let_close_without_the_public(practice):
        yield broken_of(
            "the-public-is-involved-before-a-branch-closes",
            "A branch would have been let close without a word of how patients and the public were involved",
            branch.branch_id,
        )
    yield from what_is_broken(practice)
    yield from _out_of_order(practice)


def _agreed_while_responsible(practice: Practice, agreed: events.ActionAgreed) -> bool:
    responsible = practice.responsible_on(agreed.occurred_on)
    return getattr(responsible, agreed.side.value, None) == agreed.organisation


def _out_of_order(practice: Practice) -> Iterator[RuleBroken]:
    for what, first, last in _spans(practice):
        if first is not None and last is not None and last < first:
            yield broken_of("an-end-is-not-before-its-start", f"{what} would end before it began", what)


def _spans(practice: Practice) -> Iterator[tuple[str, date | None, date | None]]:
    yield "The practice", practice.opened_on, practice.closed_on
    for contract in practice.contracts.values():
        yield f"Contract {contract.reference.words}", contract.starts_on, contract.varied_on
    for action in practice.actions.values():
        yield f"The action {action.action_id}", action.proposed_on, action.due_on
    for action in practice.actions.values():
        reached = [(stage, action.stages[stage]) for stage in VisitStage if stage in action.stages]
        for (_, earlier), (stage, later) in pairwise(reached):
            yield f"The visit before it was {stage.value.replace('_', ' ')}", earlier, later
    for explained in practice.explanations.values():
        yield f"The explanation {explained.explanation_id}", explained.explained_on, explained.answered_on
    for response in practice.responses.values():
        told = practice.told.get(response.told_id or "")
        yield f"What {response.response_id} answers", told.told_on if told else None, response.received_on
    for challenge in practice.challenges.values():
        yield f"The challenge {challenge.challenge_id}", challenge.made_on, challenge.decided_on
    for episode in practice.episodes:
        yield "An episode", episode.opened_on, episode.closed_on
    for regulatory in practice.regulatory_actions.values():
        yield f"The regulator's action {regulatory.regulatory_id}", regulatory.from_on, regulatory.ended_on
    for declaration in practice.declarations.values():
        yield f"The declaration of {declaration.year}", declaration.asked_on, declaration.submitted_on
        yield f"Its amendment, {declaration.year}", declaration.submitted_on, declaration.amended_on
    for closure in practice.list_closures.values():
        what = f"The closure of the list asked for on {closure.asked_on}"
        yield what, closure.asked_on, closure.decided_on
        yield what, closure.closes_on, closure.opens_on
    for merger in practice.mergers.values():
        yield f"The merger with {merger.other}", merger.effective_on, merger.merged_on
    for branch in practice.branch_closures.values():
        yield f"The closure of {branch.site_name.words}", branch.asked_on, branch.decided_on
    yield from expected_spans(practice)
    began: dict[str, date] = {}
    ended: dict[str, date] = {}
    for entry in practice.standing.values():
        for thing in _timed(entry.fact):
            day: date = entry.fact.occurred_on  # type: ignore[attr-defined]
            if isinstance(entry.fact, _REOPENS):
                yield f"What reopened {thing}", ended.get(thing), day
                began[thing] = day
            elif isinstance(entry.fact, _ENDS):
                yield (
                    f"What ended {thing}",
                    max(filter(None, (began.get(thing), ended.get(thing))), default=None),
                    day,
                )
                ended[thing] = day
            else:
                began.setdefault(thing, day)
                yield f"What was said of {thing}", _first(practice, thing), day


_REOPENS = (events.FlagReopened, events.ActionReopened, events.ActionSentBack)
_ENDS = (
    events.FlagCleared,
    events.FlagWithdrawn,
    events.ActionCompleted,
    events.ActionEvidenceAccepted,
    events.ActionCancelled,
    events.IntelligenceCorroborated,
    events.IntelligenceDiscounted,
    events.TierProposalDeclined,
    events.TierDecided,
)


def _timed(fact: Fact) -> list[str]:
    """The thing that a fact is a step of: only facts about one thing have an order among themselves."""
    names = ("flag_id", "action_id", "intelligence_id", "proposal_id")
    return [value for name in names if (value := getattr(fact, name, None))]


def _first(practice: Practice, thing: str) -> date | None:
    if flag := practice.flags.get(thing):
        return flag.raised_on
    if action := practice.actions.get(thing):
        return action.proposed_on
    return None


def _twice(rule: str, message: str, found: list[str]) -> Iterator[RuleBroken]:
    for what in dict.fromkeys(found):
        if found.count(what) > 1:
            yield broken_of(rule, message, what)

"""What is true of every fact, and stays true when it is corrected: nobody says what nobody could have recorded.

That a practice stands as some command could have left it is in `true_together.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.practice import contractor, events, lists
from domain.practice.cites import happened_by, standing_cites, version_of
from domain.practice.contract import variation_is_lawful
from domain.practice.conversation import someone_took_part
from domain.practice.dates import in_order, not_in_the_future
from domain.practice.decided import keeps_what_moved_the_tier
from domain.practice.explanations import what_was_answered_stays
from domain.practice.flags import a_person_clears_by, a_person_withdraws_by
from domain.practice.heard import has_happened, has_points_or_nothing_to_say
from domain.practice.register import a_list_has_no_fewer_than_nobody, code_is_of_its_kind
from domain.practice.regulator import a_warning_is_whole
from domain.practice.standing_contract import day_of_step, is_under_a_standing_contract
from domain.practice.state import Practice
from domain.practice.true_ladder import (
    LADDER_ORDERED,
    an_issued_notice_stands_as_sent,
    keeps_the_ladders_rules,
)
from domain.practice.true_together import agreed_while_responsible
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
                agreed_while_responsible(practice, fact),
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

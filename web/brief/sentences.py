"""What a brief says of a practice's contract and of its tier.

Each sentence names the facts that it is made of and says nothing that they do not: no word of praise or blame is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from application.brief import Part, Sentence
from domain.practice import events as e
from domain.practice.kinds import Side
from domain.rules import Recorded
from web.brief.telling import SHORT, Teller, quoted
from web.labels import SIDE_LABELS
from web.practices.fields import words_or_why
from web.practices.forms.common import first_upper
from web.practices.tells.reviews import decision_called
from web.practices.told import joined
from web.words import contract_called, day, label, plural

ARRIVED = 3
"""So many of the entries for which a decision is to be looked at again are named; its page has them all."""


def _arrived(t: Teller, version: int) -> str:
    """The correction of “Phone call”, recorded on 3 May 2026; of what came late, what it is."""
    entry = t.practice.standing[version]
    if isinstance(entry.fact, e.FactCorrected | e.FactWithdrawn):
        how = "correction" if isinstance(entry.fact, e.FactCorrected) else "withdrawal"
        what = f"the {how} of “{t.telling.entry(entry.fact.corrects).text}”"
    else:
        what = f"“{t.telling.entry(version).text}”"
    return f"{what}, recorded on {day(entry.recorded_on)}"


def contract(t: Teller) -> Part:
    return Part(t.names.said("The practice and its contract"), tuple(_contract(t)))


def _contract(t: Teller) -> Iterator[Sentence]:
    practice = t.practice
    named = t.last(e.PracticeRegistered, e.DetailsChanged)
    if named is not None and practice.details is not None:
        patients = practice.details.list_size
        listed = f", with {plural(patients, 'patient')} on its list" if patients is not None else ""
        name = words_or_why(practice.details.name)
        yield Sentence(
            f"{name} ({practice.code}) is a {label(practice.kind).lower()}{listed}.", (named.version,)
        )
    yield from _who_answers(t)
    for entry in t.standing(e.ContractSigned):
        one = practice.contracts.get(entry.fact.contract_id)  # type: ignore[attr-defined]
        if one is None or one.starts_on > t.on or (one.ends_on is not None and one.ends_on < t.on):
            continue
        varied = tuple(
            later.version
            for later in t.standing(e.ContractVaried)
            if later.fact.contract_id == one.contract_id  # type: ignore[attr-defined]
        )
        ends = f" and ends on {day(one.ends_on)}" if one.ends_on else ""
        yield Sentence(
            f"The {contract_called(one.contract_type)} {words_or_why(one.reference)} began on "
            f"{day(one.starts_on)}{ends}.",
            (entry.version, *varied[-1:]),
        )
    provider = [one for one in practice.providers if one.from_on <= t.on]
    if provider:
        with_whom = words_or_why(provider[-1].name)
        yield Sentence(f"From {day(provider[-1].from_on)} it is with {with_whom}.", (provider[-1].version,))
    yield from _formal(t)
    if (closed := t.last(e.PracticeClosed)) and practice.closed_on is not None:
        yield Sentence(
            f"{t.names.said('The practice')} closed on {day(practice.closed_on)}.", (closed.version,)
        )


def _who_answers(t: Teller) -> Iterator[Sentence]:
    found = None
    for entry in t.standing(e.ResponsibilityAssigned):
        if entry.fact.from_on <= t.on:  # type: ignore[attr-defined]
            found = entry
    if found is not None:
        fact = t.fact(found.version)
        known = t.names.organisation(fact.local_commissioner)
        beside = f"; {known} is its {SIDE_LABELS[Side.LOCAL_COMMISSIONER]}" if known else ""
        holder = t.names.organisation(fact.contract_holder)
        begun = t.last(e.PracticeRegistered)
        if begun is not None and fact.before_contract_holder is None and fact.from_on == _began(t, begun):
            # Who held the contract before that is not in the record: the contract itself may be older.
            words = f"Casebook’s record of it begins on {day(fact.from_on)}; since then {holder} holds its contract{beside}."
            yield Sentence(words, (begun.version, found.version))
        else:
            yield Sentence(f"From {day(fact.from_on)} {holder} holds its contract{beside}.", (found.version,))
    cared = t.last(e.CaseworkerNamed, e.PracticeHandedOver)
    if cared is not None and t.practice.caseworker:
        yield Sentence(f"Its caseworker is {t.names.person(t.practice.caseworker)}.", (cared.version,))


def _began(t: Teller, begun: Recorded) -> date:
    on: date = t.fact(begun.version).occurred_on
    return on


def _formal(t: Teller) -> Iterator[Sentence]:
    """Notices that were given and are not over."""
    for notice in t.practice.notices.values():
        if notice.issued is None or notice.status not in {"issued", "served", "not_satisfied"}:
            continue
        steps = [f"issued on {day(notice.issued_on)}"]
        facts = [notice.issued]
        if notice.served is not None:
            steps.append(f"served on {day(notice.served_on)}")
            facts.append(notice.served)
        if notice.status == "not_satisfied" and notice.assessed is not None:
            steps.append(f"found not satisfied on {day(notice.assessed_on)}")
            facts.append(notice.assessed)
        yield Sentence(f"A {label(notice.kind).lower()} was {joined(steps)}.", (notice.version, *facts))


def tier(t: Teller) -> Part:
    decided = t.practice.decision_on(t.on)
    if decided is None:
        begun = t.last(e.PracticeRegistered)
        assert begun is not None
        words = f"The tier is {label(t.practice.tier_on(t.on)).lower()}, where every practice begins: nobody has decided it."
        return Part("The tier", (Sentence(words, (begun.version,)), *_to_look_at_again(t)))
    return Part("The tier", (*_decided(t, decided.version), *_to_look_at_again(t)))


def _to_look_at_again(t: Teller) -> Iterator[Sentence]:
    """Each decision that waits to be looked at again, and because of which correction or late entry."""
    for review in t.practice.reviews.values():
        if review.status != "open":
            continue
        said = decision_called(t.telling, review.decision_id)
        arrived = review.arrived[:ARRIVED]
        because = joined(_arrived(t, one) for one in arrived if one in t.practice.standing)
        why = f", because of {because}" if because else ""
        words = f"{first_upper(said.text)} waits since {day(review.asked_on)} to be looked at again{why}."
        cited = (one for one in (said.version, *arrived) if one in t.practice.standing)
        yield Sentence(words, (review.version, *(one for one in cited if one is not None)))


def _decided(t: Teller, version: int) -> Iterator[Sentence]:
    fact: e.TierDecided = t.fact(version)
    called = label(fact.tier).lower()
    stays = fact.before == fact.tier
    moved = f"stays {called}" if stays else f"moved from {label(fact.before).lower()} to {called}"
    yield Sentence(
        f"The tier {moved} with effect from {day(fact.effective_on)}, decided on {day(fact.occurred_on)} by {t.by(version)}.",
        (version,),
    )
    if (moved_by := _moved_by(t)) != version:
        before: e.TierDecided = t.fact(moved_by)
        yield Sentence(
            f"It is {called} since {day(before.effective_on)}, when {t.by(moved_by)} moved it from {label(before.before).lower()}.",
            (moved_by,),
        )
    yield Sentence(f"The reason given: {quoted(words_or_why(fact.rationale))}", (version,))
    if fact.recommended and fact.framework_version:
        words = (
            f"Version {fact.framework_version} of the framework recommended {label(fact.recommended).lower()}"
        )
        differs = (
            f"; the decision differs because {quoted(words_or_why(fact.differs_because), SHORT)}"
            if fact.differs_because
            else "."
        )
        yield Sentence(words + differs, (version,))
    if fact.immediate_safety:
        yield Sentence(
            f"It was decided for immediate safety: {quoted(words_or_why(fact.immediate_safety), SHORT)}",
            (version,),
        )
    for one in t.practice.dissents.values():
        if one.decision_id == fact.decision_id:
            said = quoted(words_or_why(t.fact(one.version).words), SHORT)
            yield Sentence(f"{t.names.organisation(one.organisation)} does not agree: {said}", (one.version,))
    if fact.review_on and t.practice.closed_on is None:
        overdue = fact.review_on < t.on
        was = "was to be" if overdue else "is to be"
        late = ", which is overdue" if overdue else ""
        yield Sentence(f"It {was} reviewed on {day(fact.review_on)}{late}.", (version,))


def _moved_by(t: Teller) -> int:
    """The decision from which the tier has been what it is without a break."""
    in_effect = t.practice.decisions_in_effect(t.on)
    same = list(takewhile(lambda one: one.tier == in_effect[-1].tier, reversed(in_effect)))
    return same[-1].version


def change(t: Teller) -> Part:
    """What would change the tier: what the last decision said would lead down, what waits, what the rules recommend."""
    found = []
    if decided := t.practice.decision_on(t.on):
        fact: e.TierDecided = t.fact(decided.version)
        if fact.de_escalation:
            down = quoted(words_or_why(fact.de_escalation))
            found.append(Sentence(f"What would lead down from here: {down}", (decided.version,)))
    for proposal in t.practice.proposals.values():
        if proposal.status == "open":
            words = f"{t.by(proposal.version)} proposed {label(proposal.tier).lower()} on {day(proposal.proposed_on)}, which waits for a decision."
            found.append(Sentence(words, (proposal.version,)))
    last = t.last(e.TierRecommended)
    if last is not None and (decided is None or t.fact(last.version).occurred_on > decided.decided_on):
        said = t.fact(last.version)
        rules = joined(one.rule for one in said.satisfied)
        held = f", by its rules {rules}" if rules else ": none of its rules holds"
        words = f"On {day(said.occurred_on)} version {said.framework_version} of the framework recommended {label(said.tier).lower()}{held}."
        cited = {int(cite.partition("/")[2]) for one in said.satisfied for cite in one.facts}
        found.append(Sentence(words, (last.version, *sorted(cited & t.practice.standing.keys())[:3])))
    return Part("What would change it", tuple(found))

"""The practice page: how it stands, why, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from domain.practice.kinds import Direction, IndicatorDomain, Level, Side, Tier
from domain.practice.state import Action, Decision, Flag, Practice
from web.band import NARROW, WIDE, Band, draw, months_before
from web.practices.offers import Offer, Offers
from web.practices.story import Listed, story_of, tier_since, tier_stretches
from web.practices.telling import About, Names, Telling, joined, short
from web.practices.timing import Tag, due
from web.words import day, label, plural

_RANK = list(Tier)


class Heading(NamedTuple):
    name: str
    code: str
    facts: list[str]
    """What is said in one line beneath the name: contract, patients, organisations, caseworker."""

    closed_on: date | None
    address: str
    telephone: str


class TierBox(NamedTuple):
    """The tier of today, since when, and why. `reviewed` is false until a person has decided."""

    tier: Tier
    since: date | None
    reviewed: bool
    direction: str
    review_on: date | None
    review_late: bool
    reason: str
    reason_more: bool
    """Whether there is more of the reason in the entry."""

    decision: int | None
    next: str


class Bearing(NamedTuple):
    """Something open that bears on the tier: in words, and the entries behind it."""

    words: str
    about: list[About]


class ToDo(NamedTuple):
    title: str
    version: int
    tag: Tag | None
    notes: list[str]
    offers: list[Offer]
    name: str


class DomainFlags(NamedTuple):
    domain: IndicatorDomain
    words: str
    flags: list[tuple[str, str, int]]
    """Each open flag: what it is, its level in words, and its entry."""


class ContractBox(NamedTuple):
    title: str
    reference: str
    dates: str
    varied: str
    version: int | None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The band at both widths, in words, and the same marks as a list."""

    wide: Band
    narrow: Band
    description: str
    listed: list[Listed]
    all_of_it: bool
    more: bool
    """Whether there is anything from before the picture begins."""

    @property
    def left_out(self) -> str:
        found = [f"{number} in {row.lower()}" for row, number in self.wide.left_out.items()]
        return joined(found)


def heading(practice: Practice, names: Names, today: date) -> Heading:
    details = practice.details
    assert details is not None
    responsible = practice.responsible_on(today)
    contract = next(reversed(practice.contracts.values()), None)
    facts = [
        f"{contract.contract_type} contract" if contract else "no contract recorded",
        plural(details.list_size, "patient") if details.list_size is not None else "",
        names.organisation(responsible.local_commissioner) if responsible else "",
        names.organisation(responsible.contract_holder) if responsible else "",
        f"caseworker {names.person(practice.caseworker)}" if practice.caseworker else "no caseworker named",
    ]
    address = ", ".join(filter(None, (details.address and details.address.words, details.postcode)))
    telephone = details.telephone.words if details.telephone else ""
    return Heading(
        details.name.words, practice.code, list(filter(None, facts)), practice.closed_on, address, telephone
    )


def tier_box(practice: Practice, names: Names, today: date) -> TierBox:
    decision = practice.decision_on(today)
    coming = next((one for one in tier_stretches(practice) if one.on > today), None)
    following = f"{label(coming.tier)} takes effect on {day(coming.on)}, as decided." if coming else ""
    since = tier_since(practice, today)
    if decision is None:
        reason = "This is where every practice starts. Nobody has reviewed it yet."
        return TierBox(practice.tier_on(today), since, False, "", None, False, reason, False, None, following)
    rationale = short(decision.rationale.words, 240)
    return TierBox(
        tier=decision.tier,
        since=since,
        reviewed=True,
        direction=_direction(practice, today),
        review_on=decision.review_on,
        review_late=decision.review_on is not None and decision.review_on < today,
        reason=f"{_decided(practice, decision, names)}: {rationale}",
        reason_more=rationale.endswith("…"),
        decision=decision.version,
        next=following,
    )


def _decided(practice: Practice, decision: Decision, names: Names) -> str:
    """Moved from cause for concern by Martin Lee on 14 September 2026."""
    before = practice.tier_on(date.fromordinal(decision.effective_on.toordinal() - 1))
    who_and_when = f"by {names.person(decision.decided_by)} on {day(decision.decided_on)}"
    if before == decision.tier:
        return f"Reviewed {who_and_when}, and stays {label(decision.tier).lower()}"
    return f"Moved from {label(before).lower()} {who_and_when}"


def _direction(practice: Practice, today: date) -> str:
    """Which way the last move went; nothing when it never moved."""
    tiers = [stretch.tier for stretch in tier_stretches(practice) if stretch.on <= today]
    moves = [(before, after) for before, after in pairwise(tiers) if before != after]
    if not moves:
        return ""
    before, after = moves[-1]
    return "closer than before" if _RANK.index(after) > _RANK.index(before) else "lighter than before"


def bearings(practice: Practice, telling: Telling, today: date) -> list[Bearing]:
    """What is open that a next look at the tier would have to weigh."""
    flags = [flag for flag in practice.flags.values() if flag.open and flag.direction == Direction.ADVERSE]
    alone = [flag for flag in flags if not flag.explanations]
    overdue = [action for action in practice.actions.values() if action.open and action.due_on < today]
    unverified = [heard for heard in practice.intelligence.values() if heard.status == "unverified"]
    found = [
        (f"{plural(len(alone), 'open flag')} not yet explained", [telling.flag(flag.flag_id) for flag in alone]),
        (
            f"{plural(len(flags) - len(alone), 'open flag')} with an explanation",
            [telling.flag(flag.flag_id) for flag in flags if flag.explanations],
        ),
        (plural(len(overdue), "overdue action"), [telling.action(action.action_id) for action in overdue]),
        (
            f"{plural(len(unverified), 'piece')} of soft intelligence not yet verified",
            [telling.intelligence(heard.intelligence_id) for heard in unverified],
        ),
    ]
    return [Bearing(words, about) for words, about in found if about]


def picture(practice: Practice, telling: Telling, today: date, *, all_of_it: bool) -> Picture:
    story, listed = story_of(practice, telling)
    two_years = months_before(today, 24)
    start = min(story.begins_on, two_years) if all_of_it else two_years
    shown = [one for one in listed if start <= one.on <= today]
    return Picture(
        wide=draw(story, today, start, WIDE),
        narrow=draw(story, today, months_before(today, 6), NARROW),
        description=_described(practice, shown, start, today),
        listed=shown,
        all_of_it=all_of_it,
        more=story.begins_on < two_years,
    )


def _described(practice: Practice, shown: list[Listed], start: date, today: date) -> str:
    """The picture in a sentence or two, for those who cannot see it."""
    counts = {row: sum(one.row == row for one in shown) for row in ("Tier", "Flags", "Conversation", "Actions", "Contract")}
    stretches = tier_stretches(practice)
    tiers = [
        f"{label(stretch.tier).lower()} from {day(max(stretch.on, start))}"
        for at, stretch in enumerate(stretches)
        if stretch.on <= today and (at + 1 == len(stretches) or stretches[at + 1].on > start)
    ]
    return (
        f"Tier: {'; '.join(tiers)}. In the list beside this picture: {counts['Flags']} about flags, "
        f"{counts['Conversation']} of conversation, {counts['Actions']} about actions, {counts['Contract']} of the contract."
    )


# --- to do --------------------------------------------------------------------------------------------------


def to_do(practice: Practice, telling: Telling, offers: Offers, today: date) -> list[ToDo]:
    """What waits, the most pressing first: decisions and requests, then actions by date, then flags."""
    names = telling.names
    return [
        *_proposals(practice, names, offers),
        *_requests(practice, telling, offers),
        *sorted(_actions(practice, telling, offers, today), key=lambda one: not (one.tag and one.tag.late)),
        *_intelligence(practice, telling, offers),
        *_flags(practice, offers),
    ]


def _proposals(practice: Practice, names: Names, offers: Offers) -> Iterator[ToDo]:
    for proposal in practice.proposals.values():
        if proposal.status == "open":
            yield ToDo(
                f"Tier proposed: {label(proposal.tier).lower()}",
                proposal.version,
                Tag("Waiting for a decision", late=False),
                [f"proposed by {names.person(proposal.proposed_by)}"],
                offers.on_proposal(proposal.proposal_id),
                "the proposed tier",
            )


def _requests(practice: Practice, telling: Telling, offers: Offers) -> Iterator[ToDo]:
    for request in practice.requests.values():
        if request.status == "open":
            about = telling.entry(request.version)
            yield ToDo(
                f"{'Withdrawal' if request.kind == 'withdraw' else 'Correction'}: {about.text}",
                next(
                    (one.version for one in practice.history if getattr(one.fact, "request_id", "") == request.request_id),
                    request.version,
                ),
                Tag("Waiting for a manager", late=False),
                [f"asked for by {telling.names.person(request.requested_by)}"],
                offers.on_request(request.request_id),
                f"the request about {about.text}",
            )


def _actions(practice: Practice, telling: Telling, offers: Offers, today: date) -> Iterator[ToDo]:
    for action in sorted(practice.actions.values(), key=lambda one: (one.due_on, one.version)):
        if action.ended:
            continue
        about = telling.action(action.action_id)
        done = action.status == "completed"
        yield ToDo(
            about.text,
            action.version,
            Tag("Evidence to be accepted", late=False) if done else due(action.due_on, today),
            _notes(practice, action, telling.names, today),
            offers.on_action(action)[:4],
            about.text,
        )


def _notes(practice: Practice, action: Action, names: Names, today: date) -> list[str]:
    """Owner, what it waits for, and how often it moved."""
    notes = [names.side(action.owner)]
    if action.status == "proposed":
        responsible = practice.responsible_on(today)
        waiting = [Side.CONTRACT_HOLDER] if not (responsible and responsible.local_commissioner) else [
            Side.CONTRACT_HOLDER,
            Side.LOCAL_COMMISSIONER,
        ]
        missing = [f"the {names.side(side)}" for side in waiting if side not in action.agreed_by]
        notes.append(f"waiting for {joined(missing)} to agree" if missing else "proposed")
    elif action.status == "agreed":
        notes.append("agreed by both" if len(action.agreed_by) > 1 else "agreed")
    else:
        assert action.completed_on is not None
        notes.append(f"completed {day(action.completed_on)} by {names.person(action.completed_by)}")
    if action.answer:
        notes.append(f"practice: {label(action.answer).lower()}")
    if action.moved:
        times = {1: "once", 2: "twice"}.get(action.moved, f"{action.moved} times")
        notes.append(f"moved {times}, from {day(action.first_due_on)}")
    return notes


def _intelligence(practice: Practice, telling: Telling, offers: Offers) -> Iterator[ToDo]:
    for heard in practice.intelligence.values():
        if heard.status == "unverified":
            urgent = [Tag("Immediate risk to safety", late=True)] if heard.immediate_safety_risk else [None]
            yield ToDo(
                f"Verify soft intelligence of {day(heard.recorded_on)}",
                heard.version,
                urgent[0],
                [f"recorded by {telling.names.person(heard.recorded_by)}; another person verifies it"],
                offers.on_intelligence(heard.intelligence_id),
                f"soft intelligence of {day(heard.recorded_on)}",
            )


def _flags(practice: Practice, offers: Offers) -> Iterator[ToDo]:
    for flag in sorted(practice.flags.values(), key=lambda one: (one.level != Level.ALARM, one.raised_on)):
        if flag.open and not flag.explanations:
            yield ToDo(
                f"Ask about: {flag.name}",
                flag.version,
                None,
                [f"{label(flag.level).lower()} raised {day(flag.raised_on)}, not explained yet"],
                offers.on_flag(flag)[:1],
                flag.name,
            )


# --- contract and flags -------------------------------------------------------------------------------------


def contracts(practice: Practice) -> list[ContractBox]:
    return [
        ContractBox(
            label(contract.contract_type),
            contract.reference,
            f"from {day(contract.starts_on)}" + (f" to {day(contract.ends_on)}" if contract.ends_on else ", no end date"),
            f"last varied {day(contract.varied_on)}" if contract.varied_on else "",
            next(
                (
                    one.version
                    for one in practice.standing.values()
                    if getattr(one.fact, "contract_id", "") == contract.contract_id
                ),
                None,
            ),
        )
        for contract in reversed(practice.contracts.values())
    ]


def flags_by_domain(practice: Practice) -> list[DomainFlags]:
    """Open flags in each of the four domains, in words: variation for enquiry, never a score."""
    found = []
    for domain in IndicatorDomain:
        flags = [flag for flag in practice.flags.values() if flag.domain == domain and flag.open]
        found.append(DomainFlags(domain, counted(flags), [(flag.name, _level(flag), flag.version) for flag in flags]))
    return found


def counted(flags: list[Flag]) -> str:
    """1 alarm, 2 alerts; nothing when there is none."""
    adverse = [flag for flag in flags if flag.direction == Direction.ADVERSE]
    alarms = sum(flag.level == Level.ALARM for flag in adverse)
    return flag_words(alarms, len(adverse) - alarms, len(flags) - len(adverse))


def flag_words(alarms: int, alerts: int, favourable: int = 0) -> str:
    return ", ".join(
        words
        for number, words in (
            (alarms, plural(alarms, "alarm")),
            (alerts, plural(alerts, "alert")),
            (favourable, f"{favourable} favourable"),
        )
        if number
    )


def _level(flag: Flag) -> str:
    words = label(flag.level).lower()
    if flag.direction == Direction.FAVOURABLE:
        words = f"favourable {words}"
    return f"{words}, explained" if flag.explanations else words

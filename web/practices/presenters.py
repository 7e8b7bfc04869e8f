"""The practice page: how it stands, why, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from domain.practice.explained import Answer, answer_of, waiting_of
from domain.practice.kinds import Direction, IndicatorDomain, Level, Side, Tier
from domain.practice.standing_contract import terminated_on
from domain.practice.state import Practice
from projections.actions import ActionRow
from projections.contracts import ContractRow
from projections.decisions import DecisionRow
from projections.flags import FlagRow
from projections.practice import Standing
from web.band import NARROW, WIDE, Band, draw, months_before
from web.practices.episode import visit_notes
from web.practices.flags import explained, flag_called, level_in_words
from web.practices.offers import Offer, Offers
from web.practices.offers.actions import on_action
from web.practices.offers.conversation import on_intelligence
from web.practices.offers.corrections import on_request
from web.practices.offers.flags import on_explanation, on_flag
from web.practices.offers.tier import on_proposal, on_review
from web.practices.reviewed import to_look_at_again
from web.practices.story import Listed, marks_listed, move_words, story_of
from web.practices.telling import Telling
from web.practices.tells.reviews import because_of
from web.practices.timing import Tag, due
from web.practices.told import About, Names, joined, short
from web.words import contract_called, day, label, plural

_RANK = list(Tier)


class Heading(NamedTuple):
    name: str
    code: str
    facts: list[str]
    """What is said in one line beneath the name, after the contract: patients, organisations, caseworker."""

    closed_on: date | None
    address: str
    telephone: str
    contract: str
    has_contract: bool


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
    """The latest decision in effect, whose reason is told."""

    moved: int | None
    """The decision that moved the practice into its present tier, where one did."""

    last_review: str
    """When and by whom it was last reviewed, where that was after the move."""

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
    flags: list[tuple[str, str, int, str]]
    """Each open flag: what it is, its level in words, its entry, and the indicator whose chart shows it."""


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


def heading(standing: Standing, practice: Practice, names: Names) -> Heading:
    details, now = standing.details, standing.now
    facts = [
        plural(details.list_size, "patient") if details.list_size is not None else "",
        names.organisation_now(now.local_commissioner),
        names.organisation_now(now.contract_holder),
        f"caseworker {names.person(details.caseworker)}" if details.caseworker else "no caseworker named",
    ]
    address = ", ".join(filter(None, (*(details.address or "").splitlines(), details.postcode)))
    return Heading(
        details.name,
        details.code,
        list(filter(None, facts)),
        details.closed_on,
        address,
        details.telephone or "",
        *_contract_of(standing, practice),
    )


def _contract_of(standing: Standing, practice: Practice) -> tuple[str, bool]:
    """What the contract is called, one that stands before one that ended; and whether there is any."""
    if not standing.contracts:
        return "no contract recorded", False
    standing_first = sorted(
        standing.contracts, key=lambda one: terminated_on(practice, one.contract_id) is not None
    )
    ended = terminated_on(practice, standing_first[0].contract_id)
    called = contract_called(standing_first[0].contract_type)
    return f"{called}, ended {day(ended)}" if ended else called, True


def tier_box(standing: Standing, names: Names, today: date) -> TierBox:
    now, decision, coming = standing.now, standing.decision, standing.next_decision
    following = (
        f"{label(coming.tier)} takes effect on {day(coming.effective_on)}, as decided." if coming else ""
    )
    if decision is None:
        reason = "This is where every practice starts. Nobody has reviewed it yet."
        return TierBox(
            now.tier, now.tier_since, False, "", None, False, reason, False, None, None, "", following
        )
    last_move = _last_move(standing, today)
    away_and_back = (
        last_move is not None and now.tier_since is not None and now.tier_since < last_move.effective_on
    )
    moved = max(
        (one.version for one in standing.decisions if one.effective_on == now.tier_since), default=None
    )
    rationale = short(decision.rationale, 240)
    review_on = None if standing.details.closed_on else decision.review_on
    return TierBox(
        tier=now.tier,
        since=now.tier_since,
        reviewed=True,
        direction=f"moved away and back on {day(last_move.effective_on)}"
        if last_move and away_and_back
        else _direction([last_move.before, last_move.tier])
        if last_move
        else _direction([step.tier for step in now.tiers if step.on <= today]),
        review_on=review_on,
        review_late=review_on is not None and review_on < today,
        reason=f"{_decided(decision, names, back=away_and_back)}: {rationale if rationale.endswith('…') else rationale + '.'}",
        reason_more=rationale.endswith("…"),
        decision=decision.version,
        moved=moved,
        last_review=""
        if decision.version == moved
        else f"{day(decision.decided_on)} by {names.person(decision.decided_by)}",
        next=following,
    )


def _last_move(standing: Standing, today: date) -> DecisionRow | None:
    """The decision that last moved the practice into the tier of today. Of several of one day, the last recorded: the
    steps of the tier by day know only what that day ended in.
    """
    moves = [one for one in standing.decisions if one.effective_on <= today and one.before != one.tier]
    last = max(moves, key=lambda one: (one.effective_on, one.version), default=None)
    return last if last is not None and last.tier == standing.now.tier else None


def _decided(decision: DecisionRow, names: Names, *, back: bool = False) -> str:
    """Moved from cause for concern by Martin Lee on 14 September 2026; moved back, where it left for less than a day."""
    who_and_when = f"by {names.person(decision.decided_by)} on {day(decision.decided_on)}"
    if decision.before == decision.tier:
        return f"Reviewed {who_and_when}, and stays {label(decision.tier).lower()}"
    return f"Moved {'back ' if back else ''}from {label(decision.before).lower()} {who_and_when}"


def _direction(tiers: Sequence[Tier]) -> str:
    """Which way the last move went; nothing when it never moved."""
    moves = [(before, after) for before, after in pairwise(tiers) if before != after]
    if not moves:
        return ""
    before, after = moves[-1]
    closer = _RANK.index(after) > _RANK.index(before)
    return f"moved to a {'closer' if closer else 'lighter'} relationship"


_BEARS: tuple[tuple[Answer, str], ...] = (
    ("none", "not yet explained"),
    ("not accepted", "whose explanation was not accepted"),
    ("waiting", "whose explanation waits for an answer"),
    ("accepted", "with an accepted explanation"),
)


def bearings(standing: Standing, practice: Practice, today: date) -> list[Bearing]:
    """What is open that a next look at the tier would have to weigh."""
    flags: dict[str, list[About]] = {}
    for flag in standing.flags:
        if flag.open and flag.direction == Direction.ADVERSE:
            answer = answer_of(practice, flag.flag_id)
            flags.setdefault(answer, []).append(About(flag_called(flag), flag.version))
    overdue = [action for action in standing.actions if action.days_late(today)]
    unverified = [heard for heard in standing.intelligence if heard.status == "unverified"]
    found = [
        *(
            (f"{plural(len(found), 'open flag')} {words}", found)
            for answer, words in _BEARS
            if (found := flags.get(answer, []))
        ),
        (
            plural(len(overdue), "overdue action"),
            [About(short(action.issue, 60), action.version) for action in overdue],
        ),
        (
            f"{plural(len(unverified), 'piece')} of soft intelligence not yet verified",
            [About(f"heard {day(heard.recorded_on)}", heard.version) for heard in unverified],
        ),
    ]
    return [Bearing(words, about) for words, about in found if about]


def picture(standing: Standing, names: Names, practice: Practice, today: date, *, all_of_it: bool) -> Picture:
    story, listed = story_of(standing, names, practice), marks_listed(standing, names, practice)
    two_years = months_before(today, 24)
    begins_on = min([story.begins_on, *(one.on for one in listed)])
    start = min(begins_on, two_years) if all_of_it else two_years
    shown = [one for one in listed if start <= one.on <= today]
    return Picture(
        wide=draw(story, today, start, WIDE),
        narrow=draw(story, today, months_before(today, 6), NARROW),
        description=described(standing, shown, start, today),
        listed=shown,
        all_of_it=all_of_it,
        more=begins_on < two_years,
    )


def described(standing: Standing, shown: Sequence[Listed], start: date, today: date) -> str:
    """The picture in a sentence or two, for those who cannot see it."""
    steps = standing.now.tiers
    tiers = [
        f"{label(step.tier).lower()} from {day(max(step.on, start))}"
        for at, step in enumerate(steps)
        if step.on <= today and (at + 1 == len(steps) or steps[at + 1].on > start)
    ]
    counts = [
        plural(sum(one.row == row for one in shown), one, many)
        for row, one, many in (
            ("Flags", "mark about flags", "marks about flags"),
            ("Conversation", "conversation", "conversations"),
            ("Actions", "mark about actions", "marks about actions"),
            ("Contract", "mark of the contract", "marks of the contract"),
        )
    ]
    return f"Tier: {'; '.join(tiers)}. In the table after this picture: {joined(counts)}."


# --- to do --------------------------------------------------------------------------------------------------


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


# --- contract and flags -------------------------------------------------------------------------------------


def contracts(standing: Standing, practice: Practice) -> list[ContractBox]:
    return [
        ContractBox(
            label(contract.contract_type),
            contract.reference,
            f"from {day(contract.starts_on)}{_until(practice, contract)}",
            f"last varied {day(contract.variations[-1].effective_on)}" if contract.variations else "",
            contract.version,
        )
        for contract in standing.contracts
    ]


def _until(practice: Practice, contract: ContractRow) -> str:
    """The day on which it ended, or is to end."""
    ended = terminated_on(practice, contract.contract_id)
    if ended is not None:
        return f", ended on {day(ended)}"
    return f" to {day(contract.ends_on)}" if contract.ends_on else ", no end date"


def flags_by_domain(standing: Standing, practice: Practice) -> list[DomainFlags]:
    """Open flags in each of the four domains, in words: variation for enquiry, never a score."""
    found = []
    for domain in IndicatorDomain:
        flags = [flag for flag in standing.flags if flag.domain == domain and flag.open]
        found.append(
            DomainFlags(
                domain,
                counted(flags),
                [(flag_called(flag), _level(practice, flag), flag.version, flag.indicator) for flag in flags],
            )
        )
    return found


def counted(flags: Sequence[FlagRow]) -> str:
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


def _level(practice: Practice, flag: FlagRow) -> str:
    return ", ".join(filter(None, (level_in_words(flag), explained(practice, flag))))

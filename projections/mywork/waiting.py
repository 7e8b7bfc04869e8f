"""What waits for somebody's answer, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.access.permissions import GRANTED
from domain.access.roles import Role
from domain.clocks.what import Clock
from domain.practice.kinds import FlagKind, Tier
from projections import people, reviews
from projections.listing import Key
from projections.mine import Mine
from projections.mywork.desk import Desk, newest_first
from projections.mywork.items import Item, What
from projections.mywork.listed import (
    TO_ACCEPT,
    TO_AGREE,
    TO_ANSWER,
    TO_AUTHORISE,
    TO_CORROBORATE,
    TO_DECIDE,
    TO_LET_IN,
    TO_LOOK_AT_AGAIN,
    TO_SAY_WHETHER_IT_HOLDS,
    WAITING,
)

LONG_AGO = timedelta(days=91)
"""Texts that nobody answered for so long stand on their practice's page only."""

WAITING_CLOCKS: dict[Clock, tuple[What, str]] = {
    Clock.NOTICE_TO_ISSUE: ("notice_to_issue", "IssueNotice"),
    Clock.CHALLENGE_TO_DECIDE: ("challenge_to_decide", "DecideFactualChallenge"),
    Clock.LIST_TO_DECIDE: ("application_to_decide", "ApproveListClosure"),
    Clock.BRANCH_TO_DECIDE: ("application_to_decide", "ApproveBranchClosure"),
    Clock.DISPUTE_PENDING: ("dispute_to_follow", "DetermineDispute"),
}
"""What waits with no last day: under which heading, and the command that settles it."""


def waiting(desk: Desk) -> Iterator[Item]:
    if desk.granted("DecideTier"):
        yield from _to_decide(desk)
        yield from _to_look_at_again(desk)
    if desk.granted("AuthoriseCorrection"):
        yield from _to_authorise(desk)
    if desk.granted("AgreeAction"):
        yield from _to_agree(desk)
    if desk.granted("AcceptEvidence"):
        yield from _to_accept(desk)
    if desk.granted("CorroborateIntelligence"):
        yield from _to_corroborate(desk)
    if desk.granted("AcceptExplanation"):
        yield from _to_say_whether_it_holds(desk)
    yield from _with_no_last_day(desk)
    if desk.granted("GrantAccess"):
        yield from _to_let_in(desk)
    if desk.granted("AgreeEntry"):
        yield from _to_answer(desk)


def _to_agree(desk: Desk) -> Iterator[Item]:
    listing = TO_AGREE[desk.side]
    found = listing.keys(
        desk.reading, desk.mine, lambda action, practice: action[3] != practice.responsible, **desk.given
    )
    for row, practice in desk.first("action_to_agree", listing, found):
        yield desk.action(row, practice, "action_to_agree", "AgreeAction", row.proposed_by, row.proposed_on)


def _to_accept(desk: Desk) -> Iterator[Item]:
    for row, practice in desk.waits("evidence_to_accept", TO_ACCEPT, desk.mine):
        yield desk.action(
            row, practice, "evidence_to_accept", "AcceptEvidence", row.completed_by, row.completed_on
        )


def _to_decide(desk: Desk) -> Iterator[Item]:
    for row, practice in desk.waits("tier_to_decide", TO_DECIDE, desk.mine):
        yield desk.item(
            row,
            practice,
            "tier_to_decide",
            row.version,
            "DecideTier",
            title=row.rationale,
            thing_id=row.proposal_id,
            by=row.proposed_by,
            since=row.proposed_on,
            tier=Tier(row.tier),
        )


def _to_look_at_again(desk: Desk) -> Iterator[Item]:
    """A decision to re-affirm or revise: whose it is; and every manager's, whose it is no more."""
    given = TO_LOOK_AT_AGAIN.keys(desk.reading, desk.with_closed, **desk.given)
    own = {None, desk.asked.person, *desk.asked.covers}
    others = {key[3] for key, _ in given} - own
    still = {person for person in others if _still_decides(desk, str(person))}
    found = [one for one in given if one[0][3] not in still]
    for row, practice in desk.first("decision_to_look_at_again", TO_LOOK_AT_AGAIN, found):
        yield desk.item(
            row,
            practice,
            "decision_to_look_at_again",
            row.version,
            "ReaffirmDecision",
            thing_id=row.asking_id,
            by=None if row.decided_by == desk.asked.person else row.decided_by,
            since=row.asked_on,
            tier=Tier(row.tier),
            decided_on=row.decided_on,
            because=reviews.because_of(row),
        )


def _still_decides(desk: Desk, person: str) -> bool:
    found = people.one(desk.reading, person, desk.today)
    now = found.now if found else None
    return now is not None and now.role == Role.MANAGER and now.organisation in desk.asked.own


def _to_authorise(desk: Desk) -> Iterator[Item]:
    for row, practice in desk.waits("correction_to_authorise", TO_AUTHORISE, desk.mine):
        yield desk.item(
            row,
            practice,
            "correction_to_authorise",
            row.version,
            "AuthoriseCorrection",
            title=row.reason,
            thing_id=row.request_id,
            by=row.requested_by,
            since=row.requested_on,
        )


def _to_corroborate(desk: Desk) -> Iterator[Item]:
    for row, practice in desk.waits("intelligence_to_corroborate", TO_CORROBORATE, desk.mine):
        yield desk.item(
            row,
            practice,
            "intelligence_to_corroborate",
            row.version,
            "CorroborateIntelligence",
            title=row.summary,
            thing_id=row.intelligence_id,
            by=row.recorded_by,
            since=row.recorded_on,
        )


def _to_say_whether_it_holds(desk: Desk) -> Iterator[Item]:
    for row, practice in desk.waits("explanation_to_answer", TO_SAY_WHETHER_IT_HOLDS, desk.mine):
        yield desk.item(
            row,
            practice,
            "explanation_to_answer",
            row.waiting,
            "AcceptExplanation",
            title=row.name,
            thing_id=row.waiting_id,
            by=row.waiting_by,
            since=row.waiting_on,
            flag=FlagKind(row.kind),
        )


def _with_no_last_day(desk: Desk) -> Iterator[Item]:
    """What waits on a clock. Its practice's caseworker follows what they may settle, and else a manager."""

    def mine(key: Key, practice: Mine) -> bool:
        sides, clock = str(key[3]).split("|")
        _, command = WAITING_CLOCKS[Clock(clock)]
        if desk.side.value not in sides or not desk.granted(command):
            return False
        return Role.CASEWORKER not in GRANTED[command] or desk.by_nobody_else(practice)

    found = WAITING.keys(desk.reading, desk.mine, mine, **desk.given)
    for wanted in dict.fromkeys(what for what, _ in WAITING_CLOCKS.values()):
        of_it = [one for one in found if WAITING_CLOCKS[Clock(one[0][3].split("|")[1])][0] == wanted]
        for row, practice in desk.first(wanted, WAITING, of_it):
            what, command = WAITING_CLOCKS[Clock(row.clock)]
            yield desk.item(
                row, practice, what, row.version, command,
                thing_id=row.thing_id, by=row.began_by or None, since=row.due_on, clock=Clock(row.clock),
            )  # fmt: skip


def _to_answer(desk: Desk) -> Iterator[Item]:
    """The other organisation's texts that wait for this one's answer, the newest first."""

    def mine(_text: Key, practice: Mine) -> bool:
        return desk.asked.role != Role.MANAGER or desk.by_nobody_else(practice)

    asked_for = {"side": desk.side.value, "since": desk.today - LONG_AGO}
    found = TO_ANSWER.keys(desk.reading, desk.with_closed, mine, **desk.given, **asked_for)
    listed = TO_ANSWER.first(desk.reading, found, newest_first, desk.limits.few)
    for row, practice in desk.counted("text_to_answer", listed):
        yield desk.item(
            row,
            practice,
            "text_to_answer",
            row.version,
            "AgreeEntry",
            title=row.title,
            thing_id=f"text-{row.code}-{row.version}",
            by=row.text_by,
            since=row.text_on,
            amended=row.state == "amended",
        )


def _to_let_in(desk: Desk) -> Iterator[Item]:
    for row, practice in desk.waits("access_to_answer", TO_LET_IN, desk.with_closed):
        yield desk.access(row, practice, "access_to_answer", "GrantAccess")

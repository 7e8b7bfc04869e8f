"""Which steps of the contract's ladder may not come yet, and why. Each asks the rule that would refuse the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from domain.access.roles import SIDE_OF, Role
from domain.clocks.counting import days_after
from domain.practice.contract_state import Breach, Notice, NoticeStatus, Sanction
from domain.practice.entitled import decided_for_contractor, stayed_by
from domain.practice.kinds import NoticeKind, Side
from domain.practice.notice_assessing import bar_to_withdrawing
from domain.practice.notice_giving import bar_to_issuing
from domain.practice.notices import bars_another, period_has_passed, settlement_tried
from domain.practice.sanctions import imposed_from, over, sanction_by
from domain.practice.state import Practice
from domain.rules import Asked
from web.words import day

BEFORE_IT_WAS_SERVED = {NoticeStatus.DRAFT, NoticeStatus.ISSUED}
NOT_WITHDRAWN = {
    "an-imposed-sanction-is-lifted": "its sanction was imposed. A sanction is lifted instead",
    "a-notice-that-others-rest-on-is-not-withdrawn": "a later notice rests on it: that one is withdrawn first",
}


class NotYet(NamedTuple):
    """A step that would be refused today, by the name of its command, and why."""

    step: str
    command: str
    why: str
    bars: bool = True
    """Whether its button is left away: what can be done in another way keeps it."""


def not_yet_of_breach(breach: Breach, named: list[Notice]) -> Iterator[NotYet]:
    """Of a breach with the notices that name it."""
    if any(bars_another(one) for one in named):
        yield NotYet(
            "Another notice of it",
            "DraftRemedialNotice" if breach.remediable else "DraftBreachNotice",
            "there is a notice of it already. If it is repeated, record that as a breach of its own",
        )
        return
    if breach.remediable:
        yield NotYet(
            "A breach notice", "DraftBreachNotice", "it can be put right, so a remedial notice is first"
        )
    else:
        yield NotYet("A remedial notice", "DraftRemedialNotice", "it cannot be put right")


def not_yet_of_notice(
    practice: Practice, notice: Notice, asked: Asked, may: Callable[[str], bool]
) -> Iterator[NotYet]:
    """Of a notice; `may` asks the permission table whether this person may send a command."""
    ours = SIDE_OF.get(Role(asked.role)) == Side.CONTRACT_HOLDER if asked.role else False
    managers = f"a manager of {'your team' if ours else 'the contract’s holder'} does this"
    if notice.status == NoticeStatus.DRAFT:
        barred = bar_to_issuing(practice, notice, asked) is not None
        if not may("IssueNotice"):
            yours = "you drafted it: " if barred else ""
            yield NotYet("Issue it or withdraw it", "IssueNotice", f"{yours}{managers}")
        elif barred:
            yield NotYet("Issue it", "IssueNotice", "you drafted it: another manager issues it")
        elif not settlement_tried(practice, notice, asked.on):
            why = "nothing is recorded that the parties tried first: record it, or give a reason on issuing"
            yield NotYet("Issue it without a reason", "IssueNotice", why, bars=False)
        yield NotYet("Serve it", "ServeNotice", "it is issued first")
    if notice.kind == NoticeKind.REMEDIAL:
        if notice.status in BEFORE_IT_WAS_SERVED:
            yield NotYet(
                "Find it satisfied or not",
                "FindNoticeSatisfied",
                "it is served first: its period runs from then",
            )
        elif notice.status == NoticeStatus.SERVED and not may("FindNoticeSatisfied"):
            yield NotYet("Find it satisfied or not", "FindNoticeSatisfied", managers)
        elif notice.status == NoticeStatus.SERVED and decided_for_contractor(practice, notice):
            why = "a dispute over it was determined for the contractor: withdraw the notice"
            yield NotYet("Find it not satisfied", "FindNoticeNotSatisfied", why)
        elif notice.status == NoticeStatus.SERVED and not period_has_passed(notice, asked.on):
            assert notice.ends_on is not None
            first = day(days_after(notice.ends_on, 1))
            yield NotYet(
                "Find it not satisfied",
                "FindNoticeNotSatisfied",
                f"its period has not passed: from {first}",
            )
    sanction = sanction_by(practice, notice)
    if sanction is not None and sanction.imposed is None and notice.status != NoticeStatus.WITHDRAWN:
        yield from _not_imposed(practice, sanction, notice, asked)
    bar = bar_to_withdrawing(practice, notice, asked.on)
    if notice.open and bar is not None:
        yield NotYet("Withdraw it", "WithdrawNotice", NOT_WITHDRAWN[bar.rule])


def _not_imposed(practice: Practice, sanction: Sanction, notice: Notice, asked: Asked) -> Iterator[NotYet]:
    first = imposed_from(practice, sanction, notice)
    if first is None:
        why = "its notice is served first"
    elif asked.on < sanction.from_on:
        why = f"it has effect from {day(sanction.from_on)}"
    elif asked.on < first:
        why = f"its notice has not run: from {day(first)}"
    elif over(sanction, asked.on):
        why = f"its last day was {day(sanction.until_on)}: withdraw the notice"
    elif decided_for_contractor(practice, notice):
        why = "a dispute over it was determined for the contractor: withdraw the notice"
    elif stayed_by(practice, notice, asked.on):
        why = "a dispute that was referred in time stays it"
        step = "Impose the sanction, but for patient safety or material financial loss"
        yield NotYet(step, "ImposeSanction", why, bars=False)
        return
    else:
        return
    yield NotYet("Impose the sanction", "ImposeSanction", why)

"""What bars a person from a form before anything is typed into it, and who may go on instead. Each asks the rule itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.clocks.counting import days_after
from domain.practice.challenges import bar_to_deciding
from domain.practice.cites import version_of
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.kinds import Side
from domain.practice.notice_assessing import bar_to_withdrawing
from domain.practice.notice_giving import bar_to_issuing, drafters
from domain.practice.notices import period_has_passed
from domain.practice.standing_contract import standing_contract, terminated_on
from domain.rules import RuleBroken
from projections import people
from web.forms.drawing import Drawing
from web.practices.forms import breaches, notices, sanctions
from web.practices.forms.reviews import settled
from web.practices.told import joined, lower_first
from web.service import service, succession
from web.words import day, label

BEGINS = frozenset(
    {
        "IdentifyBreach",
        "ProposeSanction",
        "DraftTerminationNotice",
        "RecordContractorNotice",
        "TerminateContract",
    }
)
"""Steps that begin on a contract that stands."""

OF_A_STANDING_CONTRACT = frozenset(
    {"IssueNotice", "FindNoticeSatisfied", "FindNoticeNotSatisfied", "WithdrawNotice"}
)

ANSWERS_A_REVIEW = frozenset({"ReaffirmDecision", "DecideTier"})

LADDER = frozenset({one.command.__name__ for one in (*breaches.FORMS, *notices.FORMS, *sanctions.FORMS)})
"""Steps of the contract's ladder: the next one stands on the contract's page."""


class Bar(NamedTuple):
    """Why the form is not for whoever opened it; `others` say who may, where somebody else does."""

    why: str
    others: str = ""


def bar_to(command: str, drawing: Drawing) -> Bar | None:
    """What would be refused whatever is typed."""
    try:
        return _bar_to(command, drawing)
    except RuleBroken as broken:
        return Bar(f"{broken.message}.")


def _bar_to(command: str, drawing: Drawing) -> Bar | None:
    practice = drawing.practice
    contracts = list(practice.contracts)
    if command in BEGINS and contracts and all(terminated_on(practice, one) for one in contracts):
        standing_contract(practice, contracts[-1])
    if command in ANSWERS_A_REVIEW and (why := settled(drawing)):
        return Bar(why)
    if command == "DecideFactualChallenge":
        return _of_a_challenge(drawing)
    notice = drawing.thing(practice.notices, "notice_id")
    if notice is None:
        return None
    if command in OF_A_STANDING_CONTRACT:
        standing_contract(practice, notice.contract_id)
    return _of_a_notice(command, drawing, notice)


def _of_a_notice(command: str, drawing: Drawing, notice: Notice) -> Bar | None:
    practice = drawing.practice
    unissued = notice.status in {NoticeStatus.DRAFT, NoticeStatus.WITHDRAWN}
    if command == "IssueNotice" and unissued and (barred := bar_to_issuing(practice, notice, drawing.asked)):
        drafted = notice.status == NoticeStatus.DRAFT
        return Bar(f"{barred.message}.", _managers(drawing, drafters(practice, notice)) if drafted else "")
    if command == "WithdrawNotice":
        barred = bar_to_withdrawing(practice, notice, drawing.today)
        return Bar(f"{barred.message}.") if barred else None
    if (
        command == "FindNoticeNotSatisfied"
        and notice.ends_on
        and not period_has_passed(notice, drawing.today)
    ):
        first = day(days_after(notice.ends_on, 1))
        return Bar(
            f"The last day of its period is {day(notice.ends_on)}: it can be found not satisfied from {first}. "
            "It can be found satisfied on any day from the one on which it was sent."
        )
    return None


def _of_a_challenge(drawing: Drawing) -> Bar | None:
    practice = drawing.practice
    challenge = drawing.thing(practice.challenges, "challenge_id")
    if challenge is None or not challenge.open:
        return None
    barred = bar_to_deciding(practice, challenge, drawing.asked)
    if barred is None:
        return None
    about = practice.recorded(version_of(practice, challenge.about, "about")) if challenge.about else None
    return Bar(f"{barred.message}.", _managers(drawing, {challenge.made_by, about.person if about else ""}))


def _managers(drawing: Drawing, barred: Collection[str]) -> str:
    """Managers of the contract's holder who may go on: by name, or what to do where there is none. Who takes no part in the
    practice is not among them, and it is not said that they are left out.
    """
    responsible = drawing.practice.responsible_on(drawing.today)
    if responsible is None:
        return ""
    holder = succession().living(responsible.contract_holder, drawing.today)
    with service.views.reading() as reading:
        found = people.with_role(reading, drawing.today, Role.MANAGER, holder)
        barred = {*barred, *people.recused_from(reading, drawing.practice.code, drawing.today)}
    names = sorted(one.name for one in found if one.person not in barred)
    side = drawing.telling.names.side(Side.CONTRACT_HOLDER)
    if not names:
        return f"No other manager of the {side} can do it today: an administrator can add one."
    return f"Who may: {joined(names)}, {'a manager' if len(names) == 1 else 'managers'} of the {side}. It waits in their work."


def who_may(command: str, role: str | None) -> str:
    """Which roles do something, where the role is why it was refused; nothing where it is not."""
    granted = [one for one in Role if one in GRANTED.get(command, ())]
    if not granted or role in granted:
        return ""
    called = [f"{'an' if label(one)[0] in 'AEIOU' else 'a'} {lower_first(label(one))}" for one in granted]
    named = joined(called).replace(" and ", " or ")
    of = (
        " of the contract’s holder" if {SIDE_OF.get(one) for one in granted} == {Side.CONTRACT_HOLDER} else ""
    )
    return f"{named[:1].upper()}{named[1:]}{of} does this: your role does not allow it. If it should, ask an administrator."

"""What the organisations of the demonstration ask for by a day: what came in time, late or not at all, and a clock that stood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import ExpectationAnswer, ExpectationKind, Side


def asks(tale: Tale) -> None:
    """What is asked for about a practice, where anything is."""
    if asked := ASKED.get(tale.name):
        asked(tale)


def _ask(tale: Tale, on: date, kind: ExpectationKind, of: Side, words: str, **by: date | int) -> str:
    asked = tale.new("expectation")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.SetExpectation(
            expectation_id=asked,
            kind=kind,
            expected_of=of,
            words=words,
            occurred_on=on,
            **by,  # type: ignore[arg-type]
        ),
        asked,
    )
    return asked


def _view_in_time_and_a_reply_to_come(tale: Tale) -> None:
    view = _ask(
        tale,
        date(2026, 10, 20),
        ExpectationKind.VIEW,
        Side.LOCAL_COMMISSIONER,
        "Should the review of the telephones wait for the winter figures?",
    )
    came = date(2026, 11, 2)
    tale.act(
        tale.lead,
        came,
        lambda: c.AnswerExpectation(
            expectation_id=view,
            answer=ExpectationAnswer.REPLIED,
            words="No. Look at them now, and again in the spring.",
            occurred_on=came,
        ),
        late=4,
        after=(view,),
    )
    _ask(
        tale,
        date(2026, 11, 11),
        ExpectationKind.REPLY,
        Side.PRACTICE,
        "Which of the lines will be answered at lunchtime?",
        working_days=10,
    )


def _no_answer_and_more_time(tale: Tale) -> None:
    _ask(
        tale,
        date(2026, 10, 26),
        ExpectationKind.INFORMATION,
        Side.PRACTICE,
        "The recall list of October, with how many were reached.",
        due_on=date(2026, 11, 10),
    )

    more = _ask(
        tale,
        date(2026, 11, 2),
        ExpectationKind.INFORMATION,
        Side.PRACTICE,
        "The rota of the recall clinics until the new year.",
        due_on=date(2026, 11, 13),
    )
    moved = date(2026, 11, 12)
    tale.act(
        tale.caseworker,
        moved,
        lambda: c.MoveExpectation(
            expectation_id=more,
            due_on=date(2026, 12, 4),
            reason="The nurse who keeps it is back on the first of December.",
            occurred_on=moved,
        ),
        after=(more,),
    )


def _a_clock_that_stood(tale: Tale) -> None:
    asked, stopped, restarted = (
        _ask(
            tale,
            date(2026, 10, 12),
            ExpectationKind.REPLY,
            Side.PRACTICE,
            "How the nurse's clinics are covered until spring.",
            working_days=15,
        ),
        date(2026, 10, 19),
        date(2026, 11, 9),
    )
    tale.act(
        tale.caseworker,
        stopped,
        lambda: c.StopClock(
            expectation_id=asked, reason="The practice waits for the agency's offer.", occurred_on=stopped
        ),
        f"{asked}-stopped",
        after=(asked,),
    )
    tale.act(
        tale.caseworker,
        restarted,
        lambda: c.RestartClock(expectation_id=asked, reason="The offer has come.", occurred_on=restarted),
        after=(f"{asked}-stopped",),
    )


def _nothing_to_say(tale: Tale) -> None:
    asked = _ask(
        tale,
        date(2026, 10, 13),
        ExpectationKind.REPLY,
        Side.PRACTICE,
        "Whether the figures of the summer are as the practice has them.",
        working_days=10,
    )
    came = date(2026, 10, 22)
    tale.act(
        tale.caseworker,
        came,
        lambda: c.AnswerExpectation(
            expectation_id=asked, answer=ExpectationAnswer.NOTHING_TO_SAY, occurred_on=came
        ),
        after=(asked,),
    )


def _no_longer_expected(tale: Tale) -> None:
    asked = _ask(
        tale,
        date(2026, 10, 5),
        ExpectationKind.VIEW,
        Side.LOCAL_COMMISSIONER,
        "Whether a second visit before winter is worth while.",
    )
    on = date(2026, 10, 14)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.WithdrawExpectation(
            expectation_id=asked, reason="The visit was agreed at the joint meeting.", occurred_on=on
        ),
        after=(asked,),
    )


ASKED: dict[str, Callable[[Tale], None]] = {
    "Larkfield Road Surgery": _view_in_time_and_a_reply_to_come,
    "Summerhill Practice": _no_answer_and_more_time,
    "Fernbank Surgery": _no_longer_expected,
    "Castle View Medical Centre": _a_clock_that_stood,
    "Quarry Lane Practice": _nothing_to_say,
}

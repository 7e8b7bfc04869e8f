"""The practice's side: what some were told and answered, what two of them say is wrong, and a plan that waits."""

from __future__ import annotations

from datetime import date

from application.demonstration.cast import MARTIN, TODAY
from application.demonstration.meetings import ago
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import ActionKind, ChallengeOutcome, Channel, PracticeAnswer, Side

PLAN = "Plan for the winter"

ANSWERED: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "Larkfield Road Surgery": (
        "Where the practice stands with us and why, and what would lead down from there.",
        (
            "We accept that the menu is too long. The supplier shortens it in December.",
            "The figures of August fall in our move, and the switchboard was out for two days.",
        ),
        False,
    ),
    "Summerhill Practice": (
        "What was decided in the autumn, with the reasons, and that it may answer each of them.",
        ("The count of recalls is not ours: a third of those patients moved to the new practice in June.",),
        True,
    ),
    "Fernbank Surgery": (
        "That its declaration is looked at with the visit, and what we ask for then.",
        (),
        False,
    ),
}
"""What each was told, its points, and whether by a letter; without points it said that it has nothing to say."""

WRONG: dict[str, tuple[str, str, str | None]] = {
    "Summerhill Practice": (
        "Patients who left us in June are counted as ours.",
        "About 210 fewer, by the list that we send with this.",
        "The register shows that 204 of them were registered elsewhere by the end of June. The note is put right.",
    ),
    "Castle View Medical Centre": (
        "We never had two flags at once on this: the first was explained before the second was raised.",
        "One flag, explained in spring.",
        None,
    ),
}
"""What it says is wrong, what is right, and why that was upheld; None where nobody has decided it yet."""

TO_DO: dict[str, tuple[tuple[str, str], ...]] = {
    "Bellingham Green Surgery": (
        ("Keep one line for care homes from December on", "Care homes say in January that they get through."),
        (
            "Publish the rota of the holidays by 10 December",
            "The rota is on the practice's site, and in its window.",
        ),
    ),
    "Marsh House Practice": (
        ("Run the Saturday clinic through February", "Two hundred more appointments by the end of February."),
        (
            "Ring every patient over eighty before the holidays",
            "The list of calls, with who was not reached.",
        ),
    ),
}


def practices_side(tale: Tale) -> None:
    """What a practice was told and answered, challenges, and the plan that waits for the commissioner."""
    if tale.name in ANSWERED:
        _told_and_answered(tale, *ANSWERED[tale.name])
    if tale.name in WRONG:
        _challenged(tale, *WRONG[tale.name])
    if tale.name in TO_DO:
        _planned(tale, TO_DO[tale.name])
    if tale.name == "Castle View Medical Centre":
        _referred(tale)


def _label(tale: Tale, prefix: str) -> str:
    """The first thing of a kind in the tale."""
    return next(act.label for act in tale.acts if act.label and act.label.startswith(f"{prefix}-"))


def _last(tale: Tale, prefix: str, by: date) -> str:
    """The last thing of a kind that was planned by a day."""
    found = [
        act for act in tale.acts if act.label and act.label.startswith(f"{prefix}-") and act.at.date() <= by
    ]
    return max(found).label or ""


def _told_and_answered(tale: Tale, what: str, points: tuple[str, ...], by_letter: bool) -> None:
    told, response = tale.new("told"), tale.new("response")
    decided = _last(tale, "decision", ago(11))
    letter = _label(tale, "letter") if by_letter else None
    on = ago(10)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.TellPractice(
            told_id=told,
            told=what,
            told_to="Practice manager",
            channel=Channel.LETTER_OR_EMAIL if letter else Channel.PHONE,
            about=(tale.cites[decided],),
            by=tale.cites[letter] if letter else None,
            occurred_on=on,
        ),
        told,
        after=(decided, letter),
    )
    came = ago(5)
    tale.act(
        tale.caseworker,
        came,
        lambda: c.ReceivePracticeResponse(
            response_id=response,
            told_id=told,
            channel=Channel.LETTER_OR_EMAIL,
            responded_by="GP partner" if points else "Practice manager",
            nothing_to_say=not points,
            points=tuple(
                c.ResponsePoint(words=words, about=tale.cites[decided] if number == 0 else None)
                for number, words in enumerate(points)
            ),
            occurred_on=came,
        ),
        response,
        after=(told,),
    )


def _challenged(tale: Tale, wrong: str, instead: str, upheld: str | None) -> None:
    challenge, flag, on = tale.new("challenge"), _label(tale, "flag"), ago(4)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.MakeFactualChallenge(
            challenge_id=challenge, about=tale.cites[flag], wrong=wrong, instead=instead, occurred_on=on
        ),
        challenge,
        after=(flag,),
    )
    if upheld is not None:
        tale.act(
            MARTIN,
            ago(2),
            lambda: c.DecideFactualChallenge(
                challenge_id=challenge, outcome=ChallengeOutcome.UPHELD, reason=upheld, occurred_on=ago(2)
            ),
            f"{challenge}-decided",
            after=(challenge,),
        )
        tale.correct(flag, ago(1), tale.caseworker, note="Counted without those who moved in June.")


def _planned(tale: Tale, to_do: tuple[tuple[str, str], ...]) -> None:
    """Proposed and agreed by the area team; the group has not agreed yet, and the practice says yes."""
    actions, flag = [], _label(tale, "flag")
    for issue, success in to_do:
        action = tale.new("action")
        actions.append(action)
        tale.act(
            tale.caseworker,
            ago(7),
            lambda action=action, issue=issue, success=success: c.ProposeAction(  # type: ignore[misc]
                action_id=action,
                kind=ActionKind.IMPROVEMENT,
                issue=issue,
                owner=Side.PRACTICE,
                due_on=date(TODAY.year + 1, 2, 26),
                success_measure=success,
                plan_id=PLAN,
                about_flags=(flag,),
                occurred_on=ago(7),
            ),
            action,
            after=(flag,),
        )
    named = tuple(actions)
    tale.act(
        tale.manager,
        ago(6),
        lambda: c.AgreePlan(action_ids=named, occurred_on=ago(6)),
        after=named,
    )
    tale.act(
        tale.caseworker,
        ago(3),
        lambda: c.AnswerPlan(
            action_ids=named,
            answer=PracticeAnswer.AGREED,
            answered_by="Practice manager",
            occurred_on=ago(3),
        ),
        after=named,
    )


def _referred(tale: Tale) -> None:
    referral, decided = tale.new("referral"), _last(tale, "decision", ago(15))
    tale.act(
        MARTIN,
        ago(14),
        lambda: c.ReferToQualitySurveillanceGroup(
            referral_id=referral,
            group="Quality Surveillance Group of the area",
            reason="Three sources point to the same clinic, and the regulator plans to look at it too.",
            evidence=(tale.cites[decided],),
            occurred_on=ago(14),
        ),
        referral,
        after=(decided,),
    )

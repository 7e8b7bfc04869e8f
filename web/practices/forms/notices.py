"""Forms about notices: drafted, issued, served, found satisfied or not, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.clocks.counting import days_after
from domain.clocks.periods import Rule, days, rule
from domain.clocks.sums import so_many
from domain.practice import commands as c
from domain.practice.contractors import CONTRACTORS, appeal_body, committee_name
from domain.practice.kinds import NoticeKind
from domain.practice.notice_giving import lacks
from domain.rules import RuleBroken
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Number, Read, Text, TextArea, Ticks
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, on_day, reason, telling
from web.practices.forms.ladder import (
    EVIDENCE,
    REASONS,
    SOONER,
    breaches,
    may_hold_the_answer,
    provision,
)
from web.practices.ladder_said import notice_called, notice_stands
from web.practices.letter_from import comes_from, draft_read
from web.practices.told import joined, lower_first
from web.practices.with_whom import addressed_to_another
from web.words import day, label

NOTICE = Hidden(name="notice_id", label="Notice")


def of_kind(remediable: bool) -> Ticks:
    """The breaches that a notice of this kind may be of."""

    def choices(drawing: Drawing) -> list[Choice]:
        fitting = {
            one.breach_id for one in drawing.practice.breaches.values() if one.remediable is remediable
        }
        return [one for one in breaches(drawing) if one.value in fitting]

    return Ticks(
        name="breaches", label="Of which breaches?", choices=choices, missing="Choose at least one breach",
        preset=lambda drawing: drawing.given.get("breach_id"),
    )  # fmt: skip


def about_notice(drawing: Drawing) -> str:
    """What it is now: a draft, or issued and counted as given on its days."""
    found = drawing.thing(drawing.practice.notices, "notice_id")
    if found is None:
        return ""
    stands = "; ".join(lower_first(one) for one in notice_stands(drawing.practice, found))
    of = joined(
        telling(drawing).entry(drawing.practice.breaches[one].version).text
        for one in found.breaches
        if one in drawing.practice.breaches
    )
    return ". ".join(filter(None, (f"{notice_called(drawing.practice, found)}: {stands}", of)))


def _from_when(drawing: Drawing) -> str:
    found = drawing.thing(drawing.practice.notices, "notice_id")
    first = day(days_after(found.ends_on, 1)) if found and found.ends_on else ""
    return f"Only from {first}, the day after the last day of its period." if first else ""


def _least(drawing: Drawing) -> int | None:
    try:
        return days("remedial-notice", on=drawing.today, kind=drawing.practice.kind)
    except RuleBroken:
        return None


def _committee(drawing: Drawing) -> str:
    return committee_name(CONTRACTORS[drawing.practice.kind].committee, drawing.today)


def _appeal_rights(drawing: Drawing) -> str:
    """What the letter says of the contractor's way to dispute it, to begin from."""
    found = _to_dispute(drawing)
    if found is None:
        return ""
    route, period = label(CONTRACTORS[drawing.practice.kind].appeal), so_many(found.length, found.unit)
    return (
        f"You may dispute this notice within {period} after it counts as given to you ({route}). "
        f"The {_committee(drawing)} can support you."
    )


def _to_dispute(drawing: Drawing) -> Rule | None:
    try:
        return rule("dispute-referral", on=drawing.today, kind=drawing.practice.kind)
    except RuleBroken:
        return None


def _appeal_hint(drawing: Drawing) -> str:
    found = _to_dispute(drawing)
    if found is None or found.checked:
        return "As the letter says it."
    return (
        f"As the letter says it. The {so_many(found.length, found.unit)} were not checked here against the regulations: "
        "check them."
    )


def _withholding(drawing: Drawing) -> bool:
    return CONTRACTORS[drawing.practice.kind].withholding


def _lacks(given: Mapping[str, Any]) -> list[RuleBroken]:
    heard = bool(given.get("answered") or given.get("not_waited_because"))
    return lacks(heard=heard, consulted=bool(given.get("consulted_on") or given.get("not_consulted_because")))


def _drafting(drawing: Drawing) -> str:
    return f"Another person issues it. Until then it is not sent. {addressed_to_another(drawing)}".rstrip()


def _issuing(drawing: Drawing) -> str:
    told = "The notice is issued whole: who was consulted, what the contractor answered, and how it may be disputed."
    return f"{told} {addressed_to_another(drawing)}".rstrip()


WITHHOLDS = TextArea(
    name="withholds",
    label="Which remuneration does the notice withhold?",
    hint="Leave it empty if none.",
    rows=2,
    when=_withholding,
)

FORMS = (
    Form(
        command=c.DraftRemedialNotice,
        title="Draft a remedial notice",
        intro=_drafting,
        fields=(
            of_kind(True),
            *provision(NoticeKind.REMEDIAL),
            TextArea(name="steps", label="What must be done?", missing="Enter what must be done"),
            Number(name="period_days", label="Within how many days?", preset=_least, missing="Enter how many days"),
            *SOONER,
            WITHHOLDS,
            REASONS,
            WHEN,
        ),
        button="Put it forward to be issued",
    ),
    Form(
        command=c.DraftBreachNotice,
        title="Draft a breach notice",
        intro=_drafting,
        fields=(of_kind(False), *provision(NoticeKind.BREACH), WITHHOLDS, REASONS, WHEN),
        button="Put it forward to be issued",
    ),
    Form(
        command=c.IssueNotice,
        title="Issue a notice",
        about=about_notice,
        intro=_issuing,
        check=True,
        lacks=_lacks,
        shows=comes_from,
        fields=(
            NOTICE,
            Read(name="draft_sha256", label="The letter", preset=draft_read),
            Day(
                name="consulted_on",
                label=lambda drawing: f"When was the {_committee(drawing)} consulted?",
                hint="Leave it empty if it was not, and say below why.",
                called="The date of the consultation",
                past=True,
                either=True,
            ),
            TextArea(
                name="not_consulted_because",
                label="Why was it not consulted?",
                hint="Needed where it was not.",
                rows=3,
                either=True,
            ),
            TextArea(
                name="answered",
                label="What did the contractor answer?",
                hint=f"Leave it empty if it did not answer, and say below why you did not wait. {NO_PATIENTS}",
                either=True,
            ),
            Ticks(name="answers", label="Which entries hold the answer?", choices=may_hold_the_answer, when=lambda drawing: bool(may_hold_the_answer(drawing))),
            TextArea(
                name="not_waited_because",
                label="Why did you not wait for an answer?",
                hint="Needed where no answer came: why waiting longer was unsafe or of no use.",
                rows=3,
                either=True,
            ),
            Chosen(
                name="no_local_resolution",
                label="Why was nothing tried first to settle it?",
                nothing="None: an attempt to settle it is recorded",
                required=False,
                when=lambda drawing: CONTRACTORS[drawing.practice.kind].local_resolution_first,
            ),
            TextArea(
                name="appeal_rights",
                label="How may the contractor dispute it?",
                hint=_appeal_hint,
                missing="Enter how it may be disputed",
                rows=3,
                preset=_appeal_rights,
            ),
            Text(
                name="appeal_body",
                label="Who decides a dispute?",
                missing="Enter who decides a dispute",
                preset=lambda drawing: appeal_body(drawing.today),
            ),
            TextArea(name="appeal_address", label="At which address?", missing="Enter the address", rows=3),
            TextArea(
                name="proportionality",
                label="Why do you find the notice proportionate?",
                missing="Enter why you find it proportionate",
            ),
            WHEN,
        ),
        button="Issue the notice",
    ),
    Form(
        command=c.ServeNotice,
        title="Record how a notice was served",
        about=about_notice,
        fields=(
            NOTICE,
            on_day("When was it sent or handed over?", "The date it was sent"),
            Chosen(name="method", label="How?", missing="Choose how it was served"),
            TextArea(name="address", label="To which address?", missing="Enter the address", rows=3),
            Day(
                name="deemed_on",
                label="On which day does it count as given?",
                hint="Its period runs from the day after.",
                called="The day it counts as given",
            ),
            TextArea(name="because", label="By which term of the contract?", rows=2),
        ),
    ),
    Form(
        command=c.RecordNoticeReceipt,
        title="Record that the declaration of receipt came back",
        about=about_notice,
        fields=(NOTICE, WHEN),
    ),
    Form(
        command=c.FindNoticeSatisfied,
        title="Find a remedial notice satisfied",
        about=about_notice,
        fields=(NOTICE, reason("Why is it satisfied?", "Enter why it is satisfied"), EVIDENCE, WHEN),
        button="Find it satisfied",
    ),
    Form(
        command=c.FindNoticeNotSatisfied,
        title="Find a remedial notice not satisfied",
        about=about_notice,
        intro=_from_when,
        fields=(NOTICE, reason("Why is it not satisfied?", "Enter why it is not satisfied"), EVIDENCE, WHEN),
        button="Find it not satisfied",
    ),
    Form(
        command=c.WithdrawNotice,
        title="Withdraw a notice",
        about=about_notice,
        fields=(NOTICE, reason(), WHEN),
        button="Withdraw the notice",
    ),
)  # fmt: skip

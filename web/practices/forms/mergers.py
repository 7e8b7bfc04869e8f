"""Forms about mergers: each is recorded on both practices together."""

from __future__ import annotations

from typing import Any

from domain.practice import commands as c
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Posted, Text, TextArea
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.common import WHEN, reason
from web.words import day


def about_merger(drawing: Drawing) -> str:
    merger = drawing.thing(drawing.practice.mergers, "merger_id")
    if merger is None:
        return ""
    which = "this practice goes on" if merger.survives else "this practice ceases"
    return f"With {merger.other}: {which}, from {day(merger.effective_on)}"


class Code(Text):
    """A practice's code, which may be typed in small letters."""

    def typed(self, posted: Posted) -> str:
        return super().typed(posted).upper()


def _approved(_drawing: Drawing, given: dict[str, Any]) -> c.ApproveMerger:
    return c.ApproveMerger(**{**given, "survives": given["survives"] == "yes"})


def _of_the_merger(drawing: Drawing) -> dict[str, Any]:
    """What was approved says with which practice, and which of the two goes on."""
    merger = drawing.thing(drawing.practice.mergers, "merger_id")
    return (
        {"other": merger.other, "survives": merger.survives} if merger else {"other": "", "survives": False}
    )


FORMS = (
    Form(
        command=c.ApproveMerger,
        title="Approve a merger",
        intro="It is recorded on both practices, each of which then names the other.",
        fields=(
            Code(
                name="other",
                label="With which practice?",
                hint="Its code, such as A81001.",
                missing="Enter the other practice’s code",
                width="10",
                spelled=False,
            ),
            Chosen(
                name="survives",
                label="Which of the two goes on?",
                choices=lambda _drawing: [
                    Choice("yes", "This practice", "The other one closes the day before."),
                    Choice("no", "The other practice", "This one closes the day before."),
                ],
                missing="Choose which of the two goes on",
            ),
            Chosen(
                name="model",
                label="What becomes of the contracts?",
                missing="Choose what becomes of the contracts",
            ),
            Day(name="effective_on", label="From when are they one?", called="The date it takes effect"),
            TextArea(
                name="engagement",
                label="How were patients engaged, and what did they say?",
                missing="Enter how patients were engaged",
            ),
            reason("Why is it approved?", "Enter why it is approved"),
            Text(name="business_case", label="Where is the business case?", spelled=False),
            Day(
                name="services_told_on",
                label="When were primary care support services told?",
                hint="At least 6 weeks before. Leave it empty if they have not been told yet.",
                called="The date they were told",
                past=True,
            ),
            TextArea(name="services_told_late", label="If that was later than 6 weeks before, why?", rows=2),
            WHEN,
        ),
        extra={"survives": Shape("survives", str, True, False, None, None)},
        build=_approved,
        button="Approve the merger",
        check=True,
    ),
    Form(
        command=c.MergePractices,
        title="Record that the practices merged",
        intro="It is recorded on both. The practice that ceases closes the day before, and its record stays readable.",
        about=about_merger,
        fields=(
            Hidden(name="merger_id", label="Merger"),
            Day(
                name="occurred_on",
                label="From when are they one?",
                called="The date they merged",
                past=True,
                required=True,
                preset=lambda drawing: getattr(
                    drawing.thing(drawing.practice.mergers, "merger_id"), "effective_on", None
                ),
            ),
        ),
        fixed=_of_the_merger,
        button="Record the merger",
        check=True,
    ),
)

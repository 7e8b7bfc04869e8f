"""Forms that close and reopen an episode, hand a practice over, and record a visit's next stage."""

from __future__ import annotations

from datetime import date

from domain.practice import commands as c
from domain.practice.kinds import VisitStage
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Select, TextArea
from web.forms.form import Errors, Form
from web.practices.episode import blocked
from web.practices.forms.actions import ACTION
from web.practices.forms.common import NO_PATIENTS, WHEN, about_action, reason, telling
from web.practices.links import entry_link
from web.words import day, label


class ClosingForm(Form):
    """Its refusal names everything that is still open, each with where it stands."""

    def summary(self, drawing: Drawing, errors: Errors) -> list[dict[str, str]]:
        found = blocked(telling(drawing), drawing.today) if "" in errors else []
        if not found:
            return super().summary(drawing, errors)
        code = drawing.practice.code
        return [{"text": one.text, "href": entry_link(code, one.version or 0)} for one in found]


def colleagues(drawing: Drawing) -> list[Choice]:
    """Everybody to whom the practice may be given. Nobody hands their own practice to themselves."""
    own = drawing.practice.caseworker == drawing.asked.person
    return [
        Choice(person, name)
        for person, name in drawing.people.items()
        if not (own and person == drawing.asked.person)
    ]


def _since(drawing: Drawing) -> str:
    episodes = drawing.practice.episodes
    closed = drawing.thing(drawing.practice.closings, "closing_id")
    episode = closed or (episodes[-1] if episodes else None)
    if episode is None:
        return ""
    ended = f", closed on {day(episode.closed_on)}" if episode.closed_on else ""
    return f"Open since {day(episode.opened_on)}{ended}"


def _stages(drawing: Drawing) -> list[Choice]:
    """The stage that the address names; all of them where it names none."""
    named = [stage for stage in VisitStage if stage.value == drawing.given.get("stage")]
    return [Choice(stage.value, label(stage)) for stage in named or VisitStage]


def _is_arranged(drawing: Drawing) -> bool:
    """Whether it may name a day for the visit: not one that was held."""
    return drawing.given.get("stage") not in {VisitStage.HELD.value, VisitStage.REPORT_SENT.value}


def _arranged_so_far(drawing: Drawing) -> date | None:
    """The day that was named before, where it has not passed: it stands until another is named."""
    action = drawing.thing(drawing.practice.actions, "action_id")
    named = action.visit_on if action else None
    return named if named is not None and named >= drawing.today else None


FORMS = (
    Form(
        command=c.HandOverPractice,
        title="Hand the practice over",
        about=lambda drawing: (
            f"Caseworker now: {telling(drawing).names.person(drawing.practice.caseworker)}"
            if drawing.practice.caseworker
            else ""
        ),
        fields=(
            Select(
                name="caseworker",
                label="To whom?",
                choices=colleagues,
                none="Choose a colleague",
                missing="Choose to whom you hand it over",
            ),
            TextArea(
                name="note",
                label="What do they need to know?",
                hint=f"What is promised, what is waited for, whom to ask. Everybody who reads the practice reads it. {NO_PATIENTS}",
                missing="Enter what they need to know",
                rows=6,
            ),
            Day(
                name="from_on",
                label="From when?",
                called="The date it begins",
                past=True,
                preset=lambda drawing: drawing.today,
            ),
        ),
        button="Hand it over",
    ),
    ClosingForm(
        command=c.CloseEpisode,
        title="Close the episode",
        about=_since,
        intro="Its record stays. A new flag, or new soft intelligence, begins another; and it can be reopened.",
        fields=(reason("Why is it closed?", "Enter why it is closed"), WHEN),
        button="Close the episode",
    ),
    Form(
        command=c.ReopenEpisode,
        title="Reopen the episode",
        about=_since,
        intro="It goes on since it opened.",
        fields=(
            Hidden(name="closing_id", label="Closing"),
            reason("Why is it open again?", "Enter why it is open again"),
            WHEN,
        ),
        button="Reopen the episode",
    ),
    Form(
        command=c.RecordVisitStage,
        title="Record how far the visit has come",
        about=about_action,
        fields=(
            ACTION,
            Chosen(
                name="stage",
                label="What happened?",
                choices=_stages,
                missing="Choose what happened",
            ),
            Day(
                name="visit_on",
                label="For which day is the visit arranged?",
                hint="Leave it empty if no day is named yet.",
                called="The day of the visit",
                when=_is_arranged,
                preset=_arranged_so_far,
            ),
            TextArea(name="words", label="Note", hint=NO_PATIENTS, rows=4),
            WHEN,
        ),
        button="Record it",
    ),
)

"""Forms by which an organisation joins what the other says about a concern, and parts both conversations again."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access.roles import SIDE_OF
from domain.practice import commands as c
from domain.practice.threads import is_open, standing_join, there_to_be_joined
from web.forms.drawing import Drawing
from web.forms.fields import Hidden, TextArea, Tick
from web.forms.form import Form
from web.practices.forms.agreed import about_concern
from web.practices.forms.common import NO_PATIENTS, reason, telling
from web.practices.tells.agreed import concern as concern_told
from web.practices.told import happened_on
from web.words import day

SHOWN = 3
"""Entries whose text is shown to whoever joins them: enough to know the conversation by."""


def is_there_to_join(drawing: Drawing) -> bool:
    """Whether the other side's thread on the concern that the address names can be joined."""
    return bool(_entries(drawing))


def _entries(drawing: Drawing) -> tuple[int, ...]:
    practice, concern = drawing.practice, drawing.given.get("concern", "")
    side = SIDE_OF.get(drawing.asked.role)
    if side is None or not is_open(practice, concern) or standing_join(practice, concern):
        return ()
    return there_to_be_joined(practice, concern, side)


def _shown(drawing: Drawing) -> Sequence[tuple[str, str]]:
    """What the other side's latest entries say, the newest first."""
    told, practice = telling(drawing), drawing.practice
    shown = []
    for version in sorted(_entries(drawing), reverse=True)[:SHOWN]:
        entry, record = practice.standing[version], practice.records[version]
        who = told.names.organisation(entry.organisation)
        heading = f"{told.title(entry.fact)}, {day(happened_on(entry.fact))}, {who}"
        shown.append((heading, record.text.words))
    return shown


def _title(drawing: Drawing) -> str:
    return f"Join the conversation of {_whose(drawing)}"


def _whose(drawing: Drawing) -> str:
    entries = _entries(drawing)
    if not entries:
        return "the other organisation"
    return telling(drawing).names.organisation(drawing.practice.standing[entries[-1]].organisation)


def _about_join(drawing: Drawing) -> str:
    """The concern, and who joined the conversations about it when."""
    join = drawing.thing(drawing.practice.joins, "join_id")
    if join is None:
        return ""
    told = telling(drawing)
    who = f"{told.names.person(join.joined_by)}, {told.names.organisation(join.organisation)}"
    about = concern_told(told, join.concern).text
    return f"{about[:1].upper()}{about[1:]}: joined on {day(join.joined_on)} by {who}"


FORMS = (
    Form(
        command=c.JoinThreads,
        title=_title,
        about=about_concern,
        intro=(
            "From then on, what both organisations say about this stands as one conversation. Every entry stays as it "
            "is, and either organisation can part them again."
        ),
        shows=_shown,
        fields=(
            Hidden(name="concern", label="Concern"),
            Tick(
                name="avoided_contact",
                label="We will not contact the practice separately about this",
            ),
            TextArea(
                name="reason",
                label="What do you want to add?",
                hint=f"Both organisations read it with the joining. {NO_PATIENTS}",
                rows=4,
            ),
        ),
        button="Join their conversation",
    ),
    Form(
        command=c.PartThreads,
        title="Part both conversations again",
        about=_about_join,
        intro=(
            "Each organisation’s entries about this stand as a conversation of their own again. Nothing is lost. "
            "A contact that was to be avoided is no longer counted as avoided."
        ),
        fields=(
            Hidden(name="join_id", label="Joining"),
            reason("Why are they parted?", "Enter why they are parted"),
        ),
        button="Part them again",
    ),
)

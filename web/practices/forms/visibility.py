"""Who can see an entry: the question when one is recorded, and the forms that change it, ask, and let in."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.kinds import Visibility
from domain.practice.state import Access
from domain.practice.visible import visibility_of
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.common import about_entry, reason, telling
from web.practices.forms.of_entry import ENTRY, VERSION, of_entry, whole
from web.practices.tells.visibility import who_sees
from web.practices.told import short
from web.words import day

_OPEN_TO_CLOSED = (Visibility.BOTH, Visibility.RESTRICTED, Visibility.INTERNAL)


def _own(drawing: Drawing) -> str:
    return telling(drawing).names.organisation(drawing.asked.organisation)


def _choices(drawing: Drawing) -> list[Choice]:
    own = _own(drawing)
    return [
        Choice(Visibility.BOTH, "Both organisations"),
        Choice(
            Visibility.INTERNAL,
            f"Only {own}",
            "The other organisation is not told that there is an entry.",
        ),
        Choice(
            Visibility.RESTRICTED,
            f"Both see that there is an entry, and only {own} reads it",
            "The other organisation sees its day, and can ask to read it.",
        ),
    ]


def _as_closed_as_what_it_follows(drawing: Drawing) -> Visibility:
    """What an entry answers, or is about, is told by it."""
    practice, given = drawing.practice, drawing.given
    heard = practice.intelligence.get(given.get("about_intelligence", ""))
    versions = (
        practice.entries.get(given.get("reply_to") or given.get("of_entry", ""), 0),
        heard.version if heard else 0,
    )
    return max((visibility_of(practice.closed, one) for one in versions), key=_OPEN_TO_CLOSED.index)


WHO_SEES = Chosen(
    name="visibility",
    label="Who can see this?",
    missing="Choose who can see this",
    choices=_choices,
    preset=_as_closed_as_what_it_follows,
    required=True,
)


def _number(drawing: Drawing) -> int:
    return whole(drawing.given.get("version", ""))


def _now(drawing: Drawing) -> Visibility:
    return visibility_of(drawing.practice.closed, _number(drawing))


def _about_access(drawing: Drawing) -> str:
    """Who asked to read what, and why, in a line."""
    access: Access | None = drawing.thing(drawing.practice.access, "access_id")
    if access is None:
        return ""
    told = telling(drawing)
    what = told.entry(access.entry).text
    why = short(access.reason.words, 200)
    did = "Asked for by" if access.review_by is None else "Read in an emergency by"
    return f"{what}. {did} {told.names.person(access.person)}, {day(access.asked_on)}: {why}"


def _about_entry_now(drawing: Drawing) -> str:
    return f"{about_entry(drawing)}. {who_sees(_now(drawing), _own(drawing))}".strip(". ")


ACCESS = Hidden(name="access_id", label="Request")


FORMS = (
    Form(
        command=c.ChangeVisibility,
        title="Change who sees an entry",
        about=_about_entry_now,
        intro="Whoever has read it before has read it: this changes who can see it from now on.",
        fields=(
            ENTRY,
            Chosen(
                name="visibility",
                label="Who can see this?",
                missing="Choose who can see this",
                choices=_choices,
                preset=_now,
            ),
            reason(),
        ),
        extra=VERSION,
        build=of_entry(c.ChangeVisibility),
        stands=frozenset({"visibility"}),
        button="Change who sees it",
    ),
    Form(
        command=c.RequestAccess,
        title="Ask to read a restricted entry",
        about=about_entry,
        intro="A manager or lead of the organisation that recorded it answers. Both organisations see that you asked.",
        fields=(ENTRY, reason("Why do you need to read it?", "Enter why you need to read it")),
        extra=VERSION,
        build=of_entry(c.RequestAccess),
        button="Ask to read it",
    ),
    Form(
        command=c.GrantAccess,
        title="Let somebody read a restricted entry",
        about=_about_access,
        intro="They alone may read it, with all that follows it. Both organisations see that you let them in.",
        fields=(
            ACCESS,
            Day(
                name="until_on",
                label="Until the end of which day?",
                hint="Three months at most.",
                called="The last day",
            ),
            reason("Is there something to say to this?", hint="Both organisations see it."),
        ),
        button="Let them read it",
    ),
    Form(
        command=c.DeclineAccess,
        title="Decline to let somebody read an entry",
        about=_about_access,
        fields=(ACCESS, reason("Why is it declined?", "Enter the reasons")),
        button="Decline the request",
    ),
    Form(
        command=c.TakeEmergencyAccess,
        title="Emergency access",
        about=about_entry,
        intro=(
            "This opens the entry to you at once, without waiting for an answer, until the end of tomorrow. "
            "Both organisations see at once that you did it, and why. A manager reviews it within two working days. "
            "Use it only where waiting could harm somebody."
        ),
        fields=(ENTRY, reason("What is the emergency?", "Enter what the emergency is")),
        extra=VERSION,
        build=of_entry(c.TakeEmergencyAccess),
        button="Read it now",
    ),
    Form(
        command=c.ReviewEmergencyAccess,
        title="Review an emergency access",
        about=_about_access,
        intro="Both organisations see what you decide.",
        fields=(
            ACCESS,
            Chosen(
                name="justified",
                label="Was it justified to read it without waiting?",
                missing="Choose whether it was justified",
                choices=lambda _drawing: [Choice("yes", "Yes"), Choice("no", "No")],
                inline=True,
            ),
            reason("Why do you judge so?", "Enter your reasons"),
        ),
        extra={"justified": Shape("justified", str, True, False, None, None)},
        build=lambda _drawing, given: c.ReviewEmergencyAccess(
            **{**given, "justified": given["justified"] == "yes"}
        ),
        button="Record the review",
    ),
)

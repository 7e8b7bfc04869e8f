"""One meeting on several practices, a reminder to some, two letters, and a template that the area team wrote."""

from __future__ import annotations

from datetime import date, timedelta

from application.demonstration.cast import AREA_TEAM, MARTIN, TODAY
from application.demonstration.plan import workday
from application.demonstration.tale import Tale
from domain.access.commands import WriteTemplate
from domain.practice import commands as c
from domain.practice.kinds import Channel, ParticipantRole, Side

MEETING, REMINDER = "meeting-demo0001", "reminder-demo0001"

OF_ALL = (
    "The winter plan was gone through. Each practice keeps one telephone line for care homes and the ambulance service, "
    "and says by the first of December who answers it."
)
OF_ONE: dict[str, str] = {
    "Larkfield Road Surgery": "The line is there already. We ask once more for the menu to be shortened.",
    "Summerhill Practice": "Who answers after six is open. The group asks the partners.",
    "Castle View Medical Centre": "No line yet. We visit anyway in December, and look at it then.",
    "Bellingham Green Surgery": "The practice offered its own rota as an example to the others.",
    "Ashdown Medical Centre": "The declaration is still to come: the line is settled with it.",
}
"""What was said about each practice at the meeting of the area team and the group."""

REMINDED = "An agreed action of yours is past its day. Please tell us where it stands and, if it needs longer, until when and why."
OF_REMINDER: dict[str, str] = {
    "Fernbank Surgery": "We ring on Thursday about the recalls.",
    "Quarry Lane Practice": "The care homes' list would help us before the visit.",
    "Millrace Surgery": "The discharge calls are the one we mean.",
}

LETTERS: dict[str, tuple[str, str]] = {
    "Larkfield Road Surgery": (
        "Your telephone menu",
        (
            "Thank you for the time you gave us in the autumn.\n\nWe agreed that callers reach a person after two choices at "
            "most. We look at the figures with you in January, and would be glad of the supplier's report before then."
        ),
    ),
    "Summerhill Practice": (
        "The formulary and your locum pack",
        (
            "Thank you for sending the new pack.\n\nThe formulary is named in it, and the two items that we spoke of are not. "
            "Please add them, and tell us when it is done."
        ),
    ),
}

TEMPLATE = WriteTemplate(
    code=AREA_TEAM,
    template_id="template-demo0001",
    name="Annual conversation",
    text="What the year was like:\n\nWhat the figures show, and what the practice makes of them:\n\nWhat is agreed:\n",
)


def ago(days: int) -> date:
    """A working day about so many days before today."""
    return workday(TODAY - timedelta(days=days))


def spoken_of(tale: Tale) -> None:
    """What a practice has of the meeting, of the reminder and of letters."""
    if own := OF_ONE.get(tale.name):
        _entry(tale, ago(16), MEETING, f"{OF_ALL}\n\n{own}", "Winter plan", Channel.MEETING, _both(tale))
    if own := OF_REMINDER.get(tale.name):
        there = (_holder(), c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER))
        said = f"{REMINDED}\n\n{own}"
        _entry(tale, ago(6), REMINDER, said, "An overdue action", Channel.LETTER_OR_EMAIL, there)
    if letter := LETTERS.get(tale.name):
        _letter(tale, ago(12), *letter)


def _holder() -> c.Attendee:
    return c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.MANAGER, person=MARTIN)


def _both(tale: Tale) -> tuple[c.Attendee, ...]:
    lead = c.Attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD, person=tale.lead)
    return (_holder(), lead)


def _entry(
    tale: Tale,
    on: date,
    meeting: str,
    said: str,
    subject: str,
    channel: Channel,
    attendees: tuple[c.Attendee, ...],
) -> None:
    entry = tale.new("entry")
    tale.act(
        MARTIN,
        on,
        lambda: c.RecordConversation(
            entry_id=entry,
            occurred_on=on,
            channel=channel,
            attendees=attendees,
            subject=subject,
            said=said,
            meeting=meeting,
        ),
        entry,
    )


def _letter(tale: Tale, on: date, subject: str, text: str) -> None:
    letter = tale.new("letter")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.WriteLetter(
            letter_id=letter,
            occurred_on=on,
            addressee="The practice manager",
            address=tale.name,
            subject=subject,
            text=text,
            signed_as="For the area team, the caseworker of your practice",
            heading="Primary care team",
        ),
        letter,
    )

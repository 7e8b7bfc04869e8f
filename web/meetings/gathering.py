"""What is kept of a meeting until it is recorded, and the one command that it makes for each practice.

A meeting lies in drafts of its own: which practices at its address, what holds of all of them beneath it, and each
practice's part beneath that. So each page that is sent is kept by itself, and two of them at once lose nothing. The ids
of the commands follow from the meeting's and the practice's: sent again, however it ended, each practice has one entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from flask import abort
from werkzeug.datastructures import MultiDict

from application.drafts import Draft
from domain.access.permissions import may_read
from domain.practice.commands import Attendee, RecordConversation
from domain.practice.conversation import TOGETHER, of_meeting
from domain.practice.kinds import ParticipantRole, Side
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.rules import Recorded
from domain.text import is_id
from web.drafts import drafts, posted
from web.forms.drawing import Drawing
from web.forms.form import Form
from web.meetings.addresses import address_of, title_of
from web.meetings.forms import MEETING, REMINDER, SayOfAll, SayOfOne, part
from web.names import names_for
from web.practices.telling import Telling
from web.practices.told import Names
from web.service import current_asked, may, service


@dataclass(frozen=True)
class Meeting:
    """A meeting, or a reminder, that one person prepares: what they kept of it, and the practices as they stand."""

    id: str
    kept: dict[str, Draft]

    @property
    def reminder(self) -> bool:
        return self.called == "reminder"

    @property
    def called(self) -> str:
        return title_of(self.id).lower()

    @property
    def about(self) -> str:
        return address_of(self.id)

    @property
    def about_all(self) -> str:
        return f"{self.about}/all"

    def about_one(self, code: str) -> str:
        return f"{self.about}/{code}"

    @cached_property
    def codes(self) -> list[str]:
        return posted(self.kept.get(self.about)).getlist("practices")

    @cached_property
    def practices(self) -> dict[str, Practice]:
        """Those that this person may record about, as they may know them. Of the others nothing is shown."""
        found = {code: service.casebook.seen(code, current_asked()) for code in self.codes}
        return {code: one for code, one in found.items() if recorded_by_me(one)}

    # --- what was typed ----------------------------------------------------------------------------------------

    @property
    def form_of_all(self) -> Form:
        return REMINDER if self.reminder else MEETING

    def drawing_of_all(self) -> Drawing:
        """The roles to choose among are called as at the first of the practices."""
        practice = next(iter(self.practices.values()), Practice())
        names = names_for(practice, current_asked().on) if practice.registered else Names()
        return Drawing(
            asked=current_asked(), practice=practice, telling=Telling(practice, Names(sides=names.sides))
        )

    def typed_of_all(self) -> MultiDict[str, str] | None:
        """What was typed of every practice; None as long as nobody said anything of it."""
        draft = self.kept.get(self.about_all)
        return posted(draft) if draft else None

    @property
    def common(self) -> str:
        typed = self.typed_of_all()
        return typed.get("said", "").strip() if typed else ""

    def form_of_one(self) -> Form:
        return part(self.reminder, self.common)

    def drawing_of_one(self, practice: Practice) -> Drawing:
        return Drawing(asked=current_asked(), practice=practice, telling=Telling(practice, Names()))

    def typed_of_one(self, code: str) -> MultiDict[str, str] | None:
        draft = self.kept.get(self.about_one(code))
        return posted(draft) if draft else None

    # --- what becomes of it ------------------------------------------------------------------------------------

    def said_of_all(self) -> SayOfAll:
        """What holds of every practice, or NotUnderstood."""
        found = self.form_of_all.read(self.typed_of_all() or MultiDict(), self.drawing_of_all(), {})
        assert isinstance(found, SayOfAll)
        return found

    def said_of(self, practice: Practice) -> SayOfOne:
        """What was said of one practice, or NotUnderstood. Of a reminder, what nobody changed stands as it is drawn."""
        form, drawing, typed = (
            self.form_of_one(),
            self.drawing_of_one(practice),
            self.typed_of_one(practice.code),
        )
        if typed is None and self.reminder:
            first = form.first(drawing)
            typed = MultiDict(
                [(name, one) for name in ("about_actions", "there") for one in first.get(name, ())]
            )
        found = form.read(typed or MultiDict(), drawing, {})
        assert isinstance(found, SayOfOne)
        return found

    def is_told(self, one: SayOfOne) -> bool:
        """Whether anything is to be recorded of a practice."""
        return bool(one.said) or bool(self.common and (self.reminder or one.nothing_more))

    def recorded_on(self, practice: Practice) -> Recorded | None:
        """The entry that this meeting has left on a practice already."""
        return of_meeting(practice, self.id)

    def command(self, of_all: SayOfAll, practice: Practice, one: SayOfOne) -> RecordConversation:
        """One practice's own entry: what was said of all of them, then what was said of it, and of no other."""
        code = practice.code
        there = tuple(Attendee(side=Side.PRACTICE, role=ParticipantRole(role)) for role in one.there)
        return RecordConversation(
            entry_id=f"entry-{sha256(f'{self.id}/{code}'.encode()).hexdigest()[:24]}",
            occurred_on=of_all.occurred_on,
            channel=of_all.channel,
            attendees=(*of_all.attendees, *there),
            subject=of_all.subject,
            said="\n\n".join(filter(None, (of_all.said, one.said))),
            about_flags=one.about_flags,
            about_actions=one.about_actions,
            about_intelligence=one.about_intelligence,
            next_contact_on=one.next_contact_on,
            meeting=self.id,
        )

    def command_id(self, code: str) -> str:
        return f"{self.id}:{code}"


def find(meeting_id: str) -> Meeting | None:
    """A meeting that this person prepares; None where there is none of theirs."""
    if not is_meeting(meeting_id):
        abort(404)
    about = address_of(meeting_id)
    kept = drafts().beneath(current_asked().person, about)
    return Meeting(meeting_id, kept) if about in kept else None


def is_meeting(meeting_id: str) -> bool:
    return any(is_id(meeting_id, prefix) for prefix in TOGETHER)


def recorded_by_me(practice: Practice) -> bool:
    """Whether this person may read a practice and record a conversation with it."""
    if not practice.registered or isinstance(practice.history[0].fact, Withheld):
        return False
    return may_read(current_asked(), practice) and may("RecordConversation", practice)

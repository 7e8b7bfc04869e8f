"""The conversation: what was said, when, how and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from domain.practice.commands import Attendee, RecordConversation
from domain.practice.dates import in_full, in_order, latest, not_in_the_future
from domain.practice.events import ConversationRecorded, Participant
from domain.practice.kinds import ROLES_OF, ParticipantRole, Side
from domain.practice.state import Practice
from domain.practice.visible import may_be_closed, no_more_open_than
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed
from domain.text import Words, check_words, is_blank, is_id

NAMED = Words(200, lines=False)

TOGETHER = ("meeting", "reminder")
"""What entries on several practices may be recorded together as: how the id that they share begins."""


def record_conversation(practice: Practice, command: RecordConversation, asked: Asked) -> list[Fact]:
    """A conversation happened on a day, between people, and is about flags and actions of this practice."""
    refuse_unless(
        command.entry_id not in practice.entries, "entry-ids-are-new", "This entry is already recorded"
    )
    if command.occurred_on is None:
        raise RuleBroken("a-conversation-has-a-day", "Enter the day it took place", "occurred_on")
    not_in_the_future(command.occurred_on, asked, "occurred_on")
    in_order(practice.opened_on, command.occurred_on, "occurred_on")
    in_order(command.occurred_on, command.next_contact_on, "next_contact_on")
    someone_took_part(command.attendees)
    _is_once_of_its_meeting(practice, command.meeting)
    _is_about_this_practice(practice, command)
    sides = frozenset(attendee.side for attendee in command.attendees)
    may_be_closed(command.visibility, sides, asked, "visibility")
    no_more_open_than(practice.closed, command.visibility, _follows(practice, command))
    return [
        ConversationRecorded(
            entry_id=command.entry_id,
            occurred_on=command.occurred_on,
            channel=command.channel,
            participants=tuple(participant(attendee) for attendee in command.attendees),
            subject=sealed(command.subject),
            said=Sealed(command.said),
            about_flags=command.about_flags,
            about_actions=command.about_actions,
            about_intelligence=command.about_intelligence,
            next_contact_on=command.next_contact_on,
            reply_to=command.reply_to or None,
            visibility=command.visibility,
            thread=None,
            meeting=command.meeting or None,
            documents=(),
        )
    ]


def someone_took_part(attendees: Sequence[Attendee | Participant]) -> None:
    """Somebody of the contract holder or the local commissioner did, and each has a role; staff are person ids."""
    if not {attendee.side for attendee in attendees} & {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER}:
        raise RuleBroken("a-conversation-has-one-of-us-in-it", "Choose who took part", "attendees")
    for attendee in attendees:
        for words in (attendee.described, attendee.name):
            check_words(_typed(words), NAMED, "attendees")
        _has_a_role_of_its_side(attendee)
        refuse_unless(
            not attendee.person or is_id(attendee.person, "person"),
            "who-signs-in-has-an-id",
            "Choose a person who signs in to Casebook, or enter a name",
            "attendees",
        )


def _has_a_role_of_its_side(attendee: Attendee | Participant) -> None:
    """A role is one of its side's. Only a role that the list lacks is described, and that one always is."""
    refuse_unless(
        attendee.role in ROLES_OF[attendee.side],
        "a-role-is-of-its-side",
        f"Choose a role of their own side: {attendee.role} is not a role of the side {attendee.side}",
        "attendees",
    )
    described = not is_blank(_typed(attendee.described))
    if attendee.role == ParticipantRole.OTHER:
        refuse_unless(
            described,
            "another-role-is-described",
            "Say which role it was: it is not in the list",
            "attendees",
        )
    else:
        refuse_unless(
            not described,
            "a-role-of-the-list-is-not-described",
            "Describe a role only where it is not in the list",
            "attendees",
        )


def _typed(words: str | Sealed | None) -> str:
    return words.words if isinstance(words, Sealed) else words or ""


def participant(attendee: Attendee) -> Participant:
    """Somebody who took part, as a fact tells of them."""
    # Blanks that were typed beside a role of the list describe nothing.
    described = attendee.described if attendee.role == ParticipantRole.OTHER else None
    return Participant(
        side=attendee.side,
        role=attendee.role,
        described=sealed(described),
        person=attendee.person or None,
        name=sealed(attendee.name),
    )


def _is_about_this_practice(practice: Practice, command: RecordConversation) -> None:
    for field, wanted, known in (
        ("about_flags", command.about_flags, practice.flags),
        ("about_actions", command.about_actions, practice.actions),
        ("about_intelligence", command.about_intelligence, practice.intelligence),
        ("reply_to", (command.reply_to,) if command.reply_to else (), practice.entries),
    ):
        if not all(thing in known for thing in wanted):
            raise RuleBroken(
                "what-it-is-about-is-of-this-practice", "Choose from this practice's record", field
            )


def _is_once_of_its_meeting(practice: Practice, meeting: str | None) -> None:
    """A meeting on many practices, or a reminder to them, leaves one entry on each: it may be corrected, not doubled."""
    if not meeting:
        return
    refuse_unless(
        any(is_id(meeting, prefix) for prefix in TOGETHER),
        "ids-are-minted-by-casebook",
        "A meeting must look like meeting-0123abcd",
        "meeting",
    )
    refuse_unless(
        of_meeting(practice, meeting) is None,
        "a-meeting-is-recorded-once-for-a-practice",
        "This practice’s part is recorded already: correct it there",
    )


def of_meeting(practice: Practice, meeting: str) -> Recorded | None:
    """The entry that a meeting on many practices, or a reminder to them, has left on this one."""
    entries = practice.standing.values()
    return next((entry for entry in entries if getattr(entry.fact, "meeting", None) == meeting), None)


def _follows(practice: Practice, command: RecordConversation) -> tuple[int, ...]:
    """The entries that it answers or is about, by version."""
    heard = tuple(practice.intelligence[one].version for one in command.about_intelligence)
    return (*heard, practice.entries[command.reply_to]) if command.reply_to else heard


def taken_after_closure(practice: Practice, command: RecordConversation) -> None:
    """After closure a conversation about an earlier day, or a reply, is taken; a new one is not."""
    assert practice.closed_on is not None
    late = command.occurred_on is not None and command.occurred_on <= practice.closed_on
    if not (late or command.reply_to):
        raise RuleBroken(
            "a-closed-practice-takes-late-entries-only",
            f"This practice closed on {in_full(practice.closed_on)}: enter a day up to then, or reply to an entry",
            "occurred_on",
        )


def conversation_recorded(practice: Practice, fact: ConversationRecorded, entry: Recorded) -> None:
    practice.entries[fact.entry_id] = entry.version
    if fact.with_practice:
        practice.last_contact_on = latest(practice.last_contact_on, fact.occurred_on)

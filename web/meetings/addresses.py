"""Where a meeting, or a reminder, is gone on with, and what it is called. A draft lies at each of its addresses."""

from __future__ import annotations

MEETINGS = "/meetings/"


def address_of(meeting_id: str) -> str:
    return f"{MEETINGS}{meeting_id}"


def meeting_at(about: str) -> str:
    """The meeting that is gone on with at an address, or one of its parts; nothing, where it is none of a meeting."""
    return about.removeprefix(MEETINGS).partition("/")[0] if about.startswith(MEETINGS) else ""


def is_part(about: str) -> bool:
    """A meeting's parts lie beneath it, and are gone on with from there."""
    return about.startswith(MEETINGS) and "/" in about.removeprefix(MEETINGS)


def title_of(meeting_id: str) -> str:
    return "Reminder" if meeting_id.startswith("reminder-") else "Meeting"

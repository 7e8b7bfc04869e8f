"""Who sees an entry and who was let in, in plain words; and what is told of an entry that a reader may not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import Visibility
from domain.practice.visible import Withheld
from web.practices.told import About, Changed, Told, listed, typed
from web.words import day

if TYPE_CHECKING:
    from web.practices.telling import Telling

_STATUS = {"asked": "Waiting for an answer", "emergency": "Waiting for a review"}


def who_sees(visibility: Visibility, organisation: str) -> str:
    """Only North Moor area team sees this."""
    if visibility == Visibility.INTERNAL:
        return f"Only {organisation} sees this"
    if visibility == Visibility.RESTRICTED:
        return f"Restricted: only {organisation} reads this"
    return "Both organisations see this"


def withheld(t: Telling, fact: Withheld) -> Told:
    """That it is there, whose it is and its day. What kind of entry it is would tell of what it says."""
    begins = t.practice.recorded(fact.entry)
    later = begins is None or begins.fact is not fact
    return Told(
        title=f"Restricted entry of {t.names.organisation(fact.organisation)}",
        group="said",
        about=(About(f"restricted entry {fact.entry}", fact.entry),) if later else (),
        tag="Restricted",
    )


def visibility_changed(t: Telling, fact: e.VisibilityChanged) -> Told:
    about = t.entry(fact.version)
    entry = t.practice.recorded(fact.version)
    organisation = t.names.organisation(entry.organisation) if entry else ""
    before, after = (who_sees(one, organisation) for one in (fact.before, fact.after))
    return Told(
        title=f"Who sees it was changed: {about.text}",
        group="record",
        words=typed(("", fact.reason)),
        changes=(Changed("Who sees it", before, after),),
        about=(about,),
    )


def access_requested(t: Telling, fact: e.AccessRequested) -> Told:
    about = t.entry(fact.version)
    return Told(
        title=f"Asked to read: {about.text}",
        group="record",
        words=typed(("", fact.reason)),
        about=(about,),
        tag=_status(t, fact.access_id),
    )


def access_granted(t: Telling, fact: e.AccessGranted) -> Told:
    about = t.entry(fact.version)
    return Told(
        title=f"Let in to read: {about.text}",
        group="record",
        how=f"{t.names.person(fact.person)} may read it to the end of {day(fact.until_on)}",
        words=typed(("", fact.reason)),
        about=(about, *_asked(t, fact.access_id)),
    )


def access_declined(t: Telling, fact: e.AccessDeclined) -> Told:
    about = t.entry(fact.version)
    return Told(
        title=f"Request to read declined: {about.text}",
        group="record",
        how=f"asked for by {t.names.person(fact.person)}",
        words=typed(("", fact.reason)),
        about=(about, *_asked(t, fact.access_id)),
    )


def emergency_access_taken(t: Telling, fact: e.EmergencyAccessTaken) -> Told:
    about = t.entry(fact.version)
    return Told(
        title=f"Read in an emergency: {about.text}",
        group="record",
        how="taken without waiting for an answer",
        words=typed(("", fact.reason)),
        rows=listed(
            ("May be read to the end of", fact.until_on), ("A manager reviews it by", fact.review_by)
        ),
        about=(about,),
        tag=_status(t, fact.access_id),
    )


def emergency_access_reviewed(t: Telling, fact: e.EmergencyAccessReviewed) -> Told:
    about = t.entry(fact.version)
    return Told(
        title=f"Emergency access reviewed: {about.text}",
        group="record",
        how=f"taken by {t.names.person(fact.person)}",
        words=typed(("", fact.reason)),
        about=(about, *_asked(t, fact.access_id)),
        tag="Justified" if fact.justified else "Not justified",
    )


def _status(t: Telling, access_id: str) -> str:
    access = t.practice.access.get(access_id)
    return _STATUS.get(access.status, access.status.capitalize()) if access else ""


def _asked(t: Telling, access_id: str) -> tuple[About, ...]:
    """Where it was asked for, or taken."""
    access = t.practice.access.get(access_id)
    return (About(f"as asked in entry {access.version}", access.version),) if access else ()

"""What an organisation agreed, disputed or amended, and where it stands, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.told import About, Told, typed

if TYPE_CHECKING:
    from web.practices.telling import Telling


def entry_agreed(t: Telling, fact: e.EntryAgreed) -> Told:
    return Told(
        title=f"Agreed: {t.entry(fact.version).text}",
        group="said",
        how=f"by {t.names.organisation(fact.organisation)}",
        about=_of(fact),
        about_as="The text agreed to",
    )


def entry_disputed(t: Telling, fact: e.EntryDisputed) -> Told:
    return Told(
        title=f"Disputed: {t.entry(fact.version).text}",
        group="said",
        how=f"by {t.names.organisation(fact.organisation)}",
        words=typed(("", fact.reason)),
        about=_of(fact),
        about_as="The text disputed",
    )


def entry_amended(t: Telling, fact: e.EntryAmended) -> Told:
    return Told(
        title=f"Amended: {t.entry(fact.version).text}",
        group="said",
        how=f"by {t.names.organisation(fact.organisation)}",
        words=typed(("As it would have it", fact.said), ("Why", fact.reason)),
        about=_of(fact),
        about_as="In place of",
    )


def position_stated(t: Telling, fact: e.PositionStated) -> Told:
    about = concern(t, fact.concern)
    return Told(
        title=f"Position of {t.names.organisation(fact.organisation)}",
        group="said",
        how=f"on {about.text}",
        words=typed(("", fact.position)),
        about=(about,),
    )


def concern(t: Telling, concern_id: str) -> About:
    """A flag or a piece of intelligence, by its id."""
    if concern_id in t.practice.intelligence:
        return t.intelligence(concern_id)
    return t.flag(concern_id)


def _of(fact: e.EntryAgreed | e.EntryDisputed | e.EntryAmended) -> tuple[About, ...]:
    """The entry, and the later fact that holds the text where the entry itself does not."""
    entry = About(f"entry {fact.version}", fact.version)
    if fact.text_version == fact.version:
        return (entry,)
    return (About(f"entry {fact.text_version}", fact.text_version), entry._replace(text=f"of {entry.text}"))

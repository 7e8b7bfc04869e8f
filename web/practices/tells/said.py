"""Conversations and soft intelligence, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import Channel, IntelligenceSource
from web.practices.told import About, Told, joined, listed, lower_first, typed
from web.words import label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def conversation_called(channel: Channel) -> str:
    """What a conversation is called that was given no subject: Phone call, Visit."""
    return "Phone call" if channel == Channel.PHONE else label(channel, Channel)


def conversation(t: Telling, fact: e.ConversationRecorded) -> Told:
    channel = conversation_called(fact.channel)
    who = t.who(fact.participants)
    title = (
        fact.subject.words
        if fact.subject
        else f"{'Shared ' + lower_first(channel) if fact.shared else channel}"
    )
    reply = t.practice.entries.get(fact.reply_to) if fact.reply_to else None
    return Told(
        title=title,
        group="said",
        how=f"{lower_first(channel)}, {who}",
        words=typed(("", fact.said)),
        rows=listed(
            ("Next contact", fact.next_contact_on),
            ("Also named", joined(p.name.words for p in fact.participants if p.name)),
        ),
        about=(*_in_reply(t, reply), *t.about(fact)),
        meeting=fact.meeting or "",
        tag=_tag(t, fact),
    )


def _tag(t: Telling, fact: e.ConversationRecorded) -> str:
    if fact.reminder:
        return "Reminder"
    theirs = t.names.said("with the practice") if fact.with_practice else ""
    return ", ".join(filter(None, ("shared" if fact.shared else "", theirs))).capitalize()


def _in_reply(t: Telling, version: int | None) -> tuple[About, ...]:
    return (About(f"in reply to {t.entry(version).text}", version),) if version else ()


def intelligence(t: Telling, fact: e.IntelligenceRecorded) -> Told:
    heard = t.practice.intelligence.get(fact.intelligence_id)
    status = heard.status if heard else "unverified"
    return Told(
        title="Soft intelligence",
        group="said",
        how=lower_first(label(fact.source, IntelligenceSource)),
        words=typed(("", fact.summary)),
        rows=listed(
            ("Received from", fact.received_from),
            ("Immediate risk to safety", "yes" if fact.immediate_safety_risk else ""),
        ),
        about=t.about(fact),
        tag=status.capitalize(),
    )


def intelligence_answered(t: Telling, fact: e.IntelligenceCorroborated | e.IntelligenceDiscounted) -> Told:
    borne_out = isinstance(fact, e.IntelligenceCorroborated)
    return Told(
        title=f"Soft intelligence {'corroborated' if borne_out else 'discounted'}",
        group="said",
        how="borne out" if borne_out else "not borne out",
        words=typed(("", fact.reason)),
        about=(t.intelligence(fact.intelligence_id), *map(t.cited, fact.evidence)),
    )

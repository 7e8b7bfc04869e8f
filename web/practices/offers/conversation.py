"""What may be done next from a conversation, a position, or soft intelligence."""

from __future__ import annotations

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.kinds import Visibility
from domain.practice.threads import is_open, standing_join, there_to_be_joined
from domain.practice.visible import visibility_of
from domain.rules import Recorded
from web.practices.offers import Offer, Offers


def to_talk(offers: Offers) -> list[Offer]:
    return list(offers.allowed(Offer("Record a conversation", "RecordConversation", {}, main=True)))


def on_conversation(offers: Offers, version: int, entry_id: str) -> list[Offer]:
    """To answer the other side's text, where this side's answer is awaited; and to reply, also after closure."""
    record, given = offers.practice.records.get(version), dict[str, str | int](version=version)
    found = [Offer("Reply", "RecordConversation", {"reply_to": entry_id})]
    ours = record is not None and record.text_by != SIDE_OF.get(offers.asked.role)
    both = visibility_of(offers.practice.closed, version) == Visibility.BOTH
    if record is not None and ours and both and record.state != "agreed":
        answers = [Offer("Agree", "AgreeEntry", given, main=True), Offer("Amend", "AmendEntry", given)]
        if record.state != "disputed":
            answers.append(Offer("Dispute", "DisputeEntry", given))
        found = [*answers, *found]
    return list(offers.allowed(*found))


def after_agreeing(offers: Offers, entry: Recorded) -> list[Offer]:
    """What a side agreed to, it may dispute still."""
    record = offers.practice.records.get(entry.version)
    if record is None or record.state != "agreed" or record.answered_by != SIDE_OF.get(offers.asked.role):
        return []
    return list(offers.allowed(Offer("Dispute it after all", "DisputeEntry", {"version": entry.version})))


def to_attach(offers: Offers, entry: Recorded) -> list[Offer]:
    """To attach a document to a conversation."""
    if not isinstance(entry.fact, e.ConversationRecorded):
        return []
    return list(
        offers.allowed(Offer("Attach a document", "AttachDocument", {"of_entry": entry.fact.entry_id}))
    )


def on_concern(offers: Offers, concern: str, version: int) -> list[Offer]:
    """To say where one's own organisation stands on what both see."""
    if visibility_of(offers.practice.closed, version) != Visibility.BOTH:
        return []
    return list(offers.allowed(Offer("State our position", "StatePosition", {"concern": concern})))


def to_join_theirs(offers: Offers, concern: str) -> list[Offer]:
    """To join what the other organisation says about an open concern."""
    side = SIDE_OF.get(offers.asked.role)
    joined = standing_join(offers.practice, concern) is not None
    if side is None or offers.closed or joined or not is_open(offers.practice, concern):
        return []
    if not there_to_be_joined(offers.practice, concern, side):
        return []
    return list(offers.allowed(Offer("Join their conversation", "JoinThreads", {"concern": concern})))


def on_join(offers: Offers, join_id: str) -> list[Offer]:
    """To undo a joining that stands."""
    join = offers.practice.joins.get(join_id)
    if join is None or not join.stands:
        return []
    return list(offers.allowed(Offer("Part again", "PartThreads", {"join_id": join_id})))


def on_intelligence(offers: Offers, intelligence_id: str) -> list[Offer]:
    heard = offers.practice.intelligence.get(intelligence_id)
    if heard is None or offers.closed or heard.status == "discounted":
        return []
    position = on_concern(offers, intelligence_id, heard.version)
    if heard.status != "unverified" or heard.recorded_by == offers.asked.person:
        return position
    given: dict[str, str | int] = {"intelligence_id": intelligence_id}
    verify = offers.allowed(
        Offer("Corroborate", "CorroborateIntelligence", given, main=True),
        Offer("Discount", "DiscountIntelligence", given),
    )
    return [*verify, *position]

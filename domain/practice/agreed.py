"""The agreed record: an entry is proposed by the side that wrote it, and agreed, disputed or amended by the other.

Recording an entry, or amending one, is its author's own word for it: what is missing is the other side's. A correction
of an agreed text makes it a new text, which the other side has not agreed to yet.
"""

from __future__ import annotations

from domain.access.roles import SIDE_OF
from domain.practice.commands import AgreeEntry, AmendEntry, DisputeEntry, StatePosition
from domain.practice.dates import day_of, day_since
from domain.practice.events import (
    ConversationRecorded,
    EntryAgreed,
    EntryAmended,
    EntryDisputed,
    FactCorrected,
    PositionStated,
)
from domain.practice.kinds import Side, Visibility
from domain.practice.state import AgreedRecord, Position, Practice
from domain.practice.visible import SIDES, visibility_of
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def agree_entry(practice: Practice, command: AgreeEntry, asked: Asked) -> list[Fact]:
    """A side agrees to the other's text, as it is stored: never to its own, and never for the other."""
    record = _for_us_to_answer(practice, command.version, asked)
    refuse_unless(record.state != "agreed", "a-text-is-agreed-once", "This text is already agreed")
    refuse_unless(
        command.text_version in {None, record.text_version},
        "a-text-is-agreed-to-as-it-was-read",
        "The text was changed since you read it. Read it again",
    )
    assert command.digest is not None
    return [
        EntryAgreed(
            version=record.entry,
            text_version=record.text_version,
            digest=command.digest,
            side=_side(asked),
            organisation=_organisation(asked),
            occurred_on=day_since(record.text_on, command, asked),
        )
    ]


def dispute_entry(practice: Practice, command: DisputeEntry, asked: Asked) -> list[Fact]:
    """A side says what is wrong with the other's text. What it agreed to, it may dispute still."""
    record = _for_us_to_answer(practice, command.version, asked)
    return [
        EntryDisputed(
            version=record.entry,
            text_version=record.text_version,
            side=_side(asked),
            organisation=_organisation(asked),
            reason=Sealed(command.reason),
            occurred_on=day_since(record.text_on, command, asked),
        )
    ]


def amend_entry(practice: Practice, command: AmendEntry, asked: Asked) -> list[Fact]:
    """A side puts its own text in place of the other's; the other then agrees, disputes or amends in its turn."""
    record = _for_us_to_answer(practice, command.version, asked)
    if command.said == record.text.words:
        return []
    return [
        EntryAmended(
            version=record.entry,
            text_version=record.text_version,
            side=_side(asked),
            organisation=_organisation(asked),
            said=Sealed(command.said),
            reason=sealed(command.reason),
            occurred_on=day_since(record.text_on, command, asked),
        )
    ]


def state_position(practice: Practice, command: StatePosition, asked: Asked) -> list[Fact]:
    """An organisation says where it stands on a concern of this practice; the same again records nothing."""
    heard = practice.intelligence.get(command.concern)
    if command.concern not in practice.flags and heard is None:
        raise RuleBroken(
            "a-concern-is-of-this-practice", "Choose a flag or intelligence of this practice", "concern"
        )
    if heard is not None and visibility_of(practice.closed, heard.version) != Visibility.BOTH:
        raise RuleBroken(
            "a-position-is-on-what-both-see", "The other organisation does not see this concern", "concern"
        )
    side = _side(asked)
    stands = practice.positions.get(command.concern, {}).get(side)
    if stands is not None and stands.words.words == command.position:
        return []
    return [
        PositionStated(
            concern=command.concern,
            side=side,
            organisation=_organisation(asked),
            position=Sealed(command.position),
            occurred_on=day_of(command, asked),
        )
    ]


def _for_us_to_answer(practice: Practice, version: int, asked: Asked) -> AgreedRecord:
    record = practice.records.get(version)
    if record is None or visibility_of(practice.closed, version) != Visibility.BOTH:
        raise RuleBroken(
            "an-agreed-record-is-of-a-conversation", "Choose a conversation that both organisations see"
        )
    refuse_unless(
        record.text_by != _side(asked),
        "nobody-agrees-to-their-own-text",
        "This is your own side's text: the other organisation agrees, disputes or amends it",
    )
    return record


def _side(asked: Asked) -> Side:
    return SIDE_OF[asked.role]


def _organisation(asked: Asked) -> str:
    assert asked.organisation is not None
    return asked.organisation


# --- how facts change state -----------------------------------------------------------------------------------


def conversation_recorded(practice: Practice, fact: ConversationRecorded, entry: Recorded) -> None:
    side = SIDE_OF.get(entry.role)
    if side in SIDES:
        practice.records[entry.version] = AgreedRecord(
            entry=entry.version,
            text_version=entry.version,
            text_by=side,
            text=fact.said,
            text_on=entry.recorded_on,
        )


def fact_corrected(practice: Practice, fact: FactCorrected, entry: Recorded) -> None:
    """A corrected entry is another text, by whoever corrected it: agreed to by nobody else yet."""
    record = practice.records.get(fact.corrects)
    side = SIDE_OF.get(entry.role)
    if record is not None and side is not None:
        text = practice.standing[fact.corrects].fact
        assert isinstance(text, ConversationRecorded)
        _new_text(record, entry, side, text.said)


def entry_amended(practice: Practice, fact: EntryAmended, entry: Recorded) -> None:
    if record := practice.records.get(fact.version):
        record.answered = True
        _new_text(record, entry, fact.side, fact.said)


def entry_agreed(practice: Practice, fact: EntryAgreed, entry: Recorded) -> None:
    record = practice.records.get(fact.version)
    if record is not None and record.text_version == fact.text_version:
        record.state, record.answered_by, record.answer_version = "agreed", fact.side, entry.version
        record.answered = True
        record.digest = fact.digest


def entry_disputed(practice: Practice, fact: EntryDisputed, entry: Recorded) -> None:
    record = practice.records.get(fact.version)
    if record is not None and record.text_version == fact.text_version:
        record.state, record.answered_by, record.answer_version = "disputed", fact.side, entry.version
        record.answered = True
        record.digest = None


def position_stated(practice: Practice, fact: PositionStated, entry: Recorded) -> None:
    practice.positions.setdefault(fact.concern, {})[fact.side] = Position(
        fact.organisation, fact.position, entry.version, fact.occurred_on
    )


def _new_text(record: AgreedRecord, entry: Recorded, side: Side, text: Sealed) -> None:
    record.text_version, record.text_by, record.text, record.text_on = (
        entry.version,
        side,
        text,
        entry.recorded_on,
    )
    record.texts.append(entry.version)
    record.state = "amended" if record.answered else "proposed"
    record.answered_by = record.answer_version = record.digest = None

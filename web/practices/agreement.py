"""Where a conversation stands between both organisations, in words: who proposed its text, and what the other answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from domain.practice import events as e
from domain.practice.kinds import Side, Visibility
from domain.practice.state import AgreedRecord, Practice
from domain.practice.visible import SIDES, visibility_of
from domain.rules import Recorded
from web.practices.fields import words_or_why
from web.practices.told import Names, Told
from web.words import day


class Text(NamedTuple):
    """A text of an entry: whose it is, from when, and why it was put in place of the one before."""

    heading: str
    words: str
    reason: str
    version: int


class Agreement(NamedTuple):
    """`tag` and `words` say where the entry stands; `stands` is the text that holds now where somebody amended it, `before` what
    it replaced, the newest first. `void` says that what was agreed is no longer what is stored.
    """

    state: str
    tag: str
    words: str
    reason: str = ""
    version: int | None = None
    stands: Text | None = None
    before: tuple[Text, ...] = ()
    void: bool = False

    def told(self, told: Told) -> Told:
        """The entry with the text that stands, where that is not the one it was recorded with."""
        if self.stands is None:
            return told
        why = (("Why it was amended", self.stands.reason),) if self.stands.reason else ()
        return replace(told, words=((self.stands.heading, self.stands.words), *why, *told.words[1:]))


BOTH_SIDES = (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
_TAGS = {"proposed": "Proposed", "amended": "Amended", "agreed": "Agreed by both", "disputed": "Disputed"}
VOID = (
    "The stored text has changed since it was agreed, so this agreement is void. "
    "Neither organisation agreed to what is shown here. Tell whoever looks after Casebook."
)


def agreement(practice: Practice, names: Names, version: int, today: Any, *, void: bool) -> Agreement | None:
    """Of a conversation that both organisations see; None where there is nobody else to agree with."""
    record = practice.records.get(version)
    if record is None or visibility_of(practice.closed, version) != Visibility.BOTH:
        return None
    other = _awaited(practice, names, record, today)
    if not other and not record.answered:
        return None
    told = _Told(practice, names, record)
    texts = told.texts()
    return Agreement(
        state=record.state,
        tag="Agreement void" if void else told.tag(),
        words=VOID if void else told.words(other),
        reason=told.reason(),
        version=record.answer_version or (record.text_version if texts else None),
        stands=texts[0] if texts else None,
        before=tuple(texts[1:]),
        void=void,
    )


def replies_to(practice: Practice) -> dict[str, list[Recorded]]:
    """The standing replies, by the id of the conversation that each answers, as they were recorded."""
    found: dict[str, list[Recorded]] = {}
    for entry in practice.standing.values():
        if isinstance(entry.fact, e.ConversationRecorded) and entry.fact.reply_to:
            found.setdefault(entry.fact.reply_to, []).append(entry)
    return found


def other_side(side: Side) -> Side:
    (found,) = SIDES - {side}
    return found


def _awaited(practice: Practice, names: Names, record: AgreedRecord, today: Any) -> str:
    """The organisation whose answer to the text is awaited, by today's name."""
    responsible = practice.responsible_on(today)
    code = getattr(responsible, other_side(record.text_by).value, None)
    return names.organisation_now(code)


class _Told:
    def __init__(self, practice: Practice, names: Names, record: AgreedRecord) -> None:
        self.practice, self.names, self.record = practice, names, record

    def tag(self) -> str:
        text = self.practice.recorded(self.record.text_version)
        corrected = self.record.state == "amended" and text and not isinstance(text.fact, e.EntryAmended)
        return "Corrected since" if corrected else _TAGS[self.record.state]

    def words(self, other: str) -> str:
        record = self.record
        text, answer = self.practice.recorded(record.text_version), self._answer()
        writer = self.names.organisation(text.organisation) if text else ""
        if record.state == "agreed" and text and answer:
            return f"{self._who(text)} and {self._who(answer)}"
        if record.state == "disputed" and answer:
            return f"by {self._who(answer)}"
        if record.state == "amended" and text:
            return f"by {self._who(text)}" + (f", waits for {other}" if other else "")
        return f"by {writer}, not yet answered by {other}"

    def reason(self) -> str:
        """Why it is disputed."""
        answer = self._answer()
        return words_or_why(answer.fact.reason) if answer and isinstance(answer.fact, e.EntryDisputed) else ""

    def texts(self) -> list[Text]:
        """Every text that the entry had, the one that stands first; none where nobody amended it."""
        found = [self.practice.standing[self.record.entry]]
        found += [self.practice.recorded(one) for one in self.record.texts]  # type: ignore[misc]
        amendments = [one for one in found if one and isinstance(one.fact, e.EntryAmended)]
        if not amendments:
            return []
        texts = [self._text(one) for one in (found[0], *amendments)]
        texts.sort(key=lambda one: one.version == self.record.text_version)
        if texts[-1].version != self.record.text_version:
            # A correction of the entry itself came after the amendments: its text is the entry's, as corrected.
            texts.append(texts.pop(0))
        return texts[::-1]

    def _text(self, recorded: Recorded) -> Text:
        fact: Any = recorded.fact
        amended = isinstance(fact, e.EntryAmended)
        who = self.names.organisation(recorded.organisation)
        heading = f"As {who} would have it" if amended else f"As {who} recorded it"
        reason = words_or_why(fact.reason) if amended and fact.reason else ""
        return Text(heading, words_or_why(fact.said), reason, recorded.version)

    def _answer(self) -> Recorded | None:
        version = self.record.answer_version
        return self.practice.recorded(version) if version else None

    def _who(self, recorded: Recorded) -> str:
        """Larkdale CCG (Priya Shah, 3 November 2026)."""
        on = getattr(recorded.fact, "occurred_on", recorded.recorded_on)
        on = on if isinstance(recorded.fact, e.agreed.FACTS) else recorded.recorded_on
        person = self.names.person(recorded.person)
        return f"{self.names.organisation(recorded.organisation)} ({person}, {day(on)})"

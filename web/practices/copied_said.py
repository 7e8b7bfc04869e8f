"""What was said, for a practice copy: what the practice was told, took part in, answered and challenges."""

from __future__ import annotations

from collections.abc import Iterator

from domain.practice import events as e
from domain.practice.kinds import Side
from domain.practice.state import Practice
from web.practices.copied_items import Item, facts, notes, words_of
from web.practices.told import Names, joined, lower_first, role_in_words
from web.words import day, label


def told(practice: Practice) -> Iterator[Item]:
    for entry, fact in facts(practice, e.PracticeTold):
        yield Item(
            "You were told",
            fact.occurred_on,
            notes(
                f"{label(fact.channel)}, to the {lower_first(fact.told_to.words)}",
                f"A copy of your record up to entry {fact.copy_to}" if fact.copy_to else "",
                f"By “{_paper(practice, fact.by)}”" if fact.by else "",
                *(f"About entry {about.partition('/')[2]} of your record" for about in fact.about),
            ),
            words_of(("", fact.told)),
            entry.version,
        )


def _paper(practice: Practice, cited: str) -> str:
    entry = practice.standing.get(int(cited.partition("/")[2]))
    match entry.fact if entry else None:
        case e.LetterWritten(subject=subject):
            return subject.words
        case e.DocumentAttached(title=title):
            return title.words
    return f"entry {cited.partition('/')[2]}"


def letters(practice: Practice) -> Iterator[Item]:
    for entry, fact in facts(practice, e.LetterWritten):
        heading = f"Letter: {fact.subject.words}"
        yield Item(
            heading, fact.occurred_on, (fact.signed_as.words,), words_of(("", fact.text)), entry.version
        )


def conversations(practice: Practice, names: Names) -> Iterator[Item]:
    """Those that somebody of the practice took part in, or that were sent to it, by the text that stands."""
    for entry, fact in facts(practice, e.ConversationRecorded):
        if fact.with_practice or fact.reminder:
            record = practice.records.get(entry.version)
            yield Item(
                fact.subject.words if fact.subject else label(fact.channel),
                fact.occurred_on,
                notes(label(fact.channel) if fact.subject else "", _who(fact, names)),
                words_of(("", record.text if record else fact.said)),
                entry.version,
            )


def _who(fact: e.ConversationRecorded, names: Names) -> str:
    """Organisations, and roles of the practice's own people."""
    ours = [
        names.side(side) for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER) if side in fact.sides
    ]
    yours = [f"your {role_in_words(one)}" for one in fact.participants if one.side == Side.PRACTICE]
    return joined([*(f"the {one}" for one in ours), *yours])


def responses(practice: Practice) -> Iterator[Item]:
    for entry, fact in facts(practice, e.PracticeResponseReceived):
        yield Item(
            "You said that you have nothing to say" if fact.nothing_to_say else "You answered",
            fact.occurred_on,
            (f"{label(fact.channel)}, by the {lower_first(fact.responded_by.words)}",),
            tuple(
                (f"On entry {one.about.partition('/')[2]}" if one.about else "", one.words.words)
                for one in fact.points
            ),
            entry.version,
        )


def challenges(practice: Practice) -> Iterator[Item]:
    decided = {fact.challenge_id: fact for _, fact in facts(practice, e.FactualChallengeDecided)}
    for entry, fact in facts(practice, e.FactualChallengeMade):
        answer = decided.get(fact.challenge_id)
        about = f"Entry {fact.about.partition('/')[2]} of your record" if fact.about else ""
        yield Item(
            about or "An entry of your record",
            fact.occurred_on,
            (
                f"{label(answer.outcome)}, decided on {day(answer.occurred_on)}"
                if answer
                else "Not decided yet",
            ),
            words_of(
                ("You say that this is wrong", fact.wrong),
                ("You say that this is right", fact.instead),
                ("Why it was decided so", answer.reason if answer else None),
            ),
            entry.version,
        )

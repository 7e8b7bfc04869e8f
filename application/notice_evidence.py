"""The evidence that a notice relies on, in words for the contractor: which entry, of which day, and what it is about.

What it may read of its own record is told in words (what its practice copy shows); of the rest there are kind and day. The
words of a letter were issued: a change is for a new form of letter.
"""

from __future__ import annotations

from domain.practice import events as e
from domain.practice.dates import in_full
from domain.practice.state import Practice
from domain.rules import Fact, Sealed

CHANNELS = {
    "phone": "by telephone",
    "video": "by video call",
    "meeting": "at a meeting",
    "visit": "on a visit",
    "letter_or_email": "by letter or e-mail",
}
REGULATORY = {
    "requirement_notice": "a requirement notice",
    "warning_notice": "a warning notice",
    "notice_of_proposal": "a notice of proposal",
    "notice_of_decision": "a notice of decision",
    "conditions": "conditions on the registration",
    "suspension": "suspension of the registration",
    "cancellation": "cancellation of the registration",
    "special_measures": "special measures",
}


def in_words(practice: Practice, cited: str) -> str:
    """A cite such as X90001/27, as it stood when the letter was issued."""
    version = int(cited.partition("/")[2])
    entry = practice.standing.get(version)
    named = f"Entry {cited} of our record of you"
    if entry is None or version in practice.closed:
        return f"{named}."
    kind, about = _told(practice, entry.fact)
    day = getattr(entry.fact, "occurred_on", None)
    on = f", {in_full(day)}" if day else ""
    return f"{named}: {kind}{on}{f': {about}' if about else ''}."


def _told(practice: Practice, fact: Fact) -> tuple[str, str]:
    """What kind of entry it is, and what it is about; nothing of what is not the contractor's to read."""
    match fact:
        case e.ConversationRecorded(with_practice=True) | e.ConversationRecorded(reminder=True):
            return f"a conversation with you {CHANNELS[fact.channel]}", _typed(fact.subject)
        case e.ConversationRecorded():
            return "a conversation about you", ""
        case e.FlagRaised():
            return "a published number", ", ".join(filter(None, (fact.indicator_name, fact.period)))
        case e.BreachIdentified():
            of = f"it is of {in_full(fact.breached_on)}, under {fact.provision.words}"
            return "a breach identified", f"{of}: {_typed(fact.what)}"
        case e.ActionProposed():
            return _action(practice, fact)
        case e.InspectionReported():
            rating = fact.rating.value.replace("_", " ")
            return (
                "the regulator’s report",
                f"inspected on {in_full(fact.inspected_on)}, rated {rating} overall",
            )
        case e.RegulatoryActionRecorded():
            return "what the regulator did", REGULATORY[fact.kind]
        case e.LetterWritten():
            return "our letter to you", _typed(fact.subject)
        case e.FactualChallengeMade():
            return "what you say is wrong", _typed(fact.wrong)
    return _KINDS.get(type(fact), "an entry"), ""


_KINDS: dict[type[Fact], str] = {
    e.IntelligenceRecorded: "information that we received",
    e.DocumentAttached: "a document",
    e.PracticeTold: "what we told you",
    e.PracticeResponseReceived: "your answer",
    e.FlagExplained: "an explanation of a published number",
    e.ContractReviewHeld: "a review of the contract",
    e.LocalResolutionAttempted: "an attempt to settle it between us",
    e.NoticeServed: "how a notice was served",
    e.NoticeSatisfied: "a remedial notice found satisfied",
    e.NoticeNotSatisfied: "a remedial notice found not satisfied",
    e.DeclarationSubmitted: "your annual declaration",
    e.DeclarationAmended: "your annual declaration, amended",
    e.ActionCompleted: "an action done",
}


def _action(practice: Practice, fact: e.ActionProposed) -> tuple[str, str]:
    """An action is the contractor's to know of once both organisations agreed it, or it was put to it."""
    action = practice.actions[fact.action_id]
    agreed = action.status in {"agreed", "completed", "accepted"} or action.answer is not None
    return "an action", _typed(fact.issue) if agreed else ""


def _typed(words: Sealed | None) -> str:
    return words.words.strip().rstrip(".") if words else ""

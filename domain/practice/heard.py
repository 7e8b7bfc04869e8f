"""The practice's side: it is told, it answers point by point, and it is referred; its challenges are in `challenges`.

What a practice is told of, answers or challenges, both organisations see: nothing of one organisation's own is put to it
behind the other's back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.cites import standing_cites, version_of
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.heard_state import Referral, Response, Told
from domain.practice.kinds import Visibility
from domain.practice.state import Practice
from domain.practice.visible import visibility_of
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import Words, check_words, is_blank

POINT = Words(2_000)
MOST_POINTS = 40
PAPERS = (e.LetterWritten, e.DocumentAttached, e.NoticeIssued)
"""What a practice is told by: a letter, a document, or a notice under the contract."""


def tell_practice(practice: Practice, command: c.TellPractice, asked: Asked) -> list[Fact]:
    """The practice is told of what both organisations see, by a letter or document of this record or without one."""
    day = day_of(command, asked)
    in_order(practice.opened_on, day, "occurred_on")
    has_happened(practice, command.about, day)
    if command.copy_to is not None and not 0 < command.copy_to <= practice.version:
        raise RuleBroken("a-copy-goes-up-to-what-is-recorded", "Print the copy again, and record that one")
    refuse_unless(
        (command.copy_to is None) is (command.copy_sha256 is None),
        "a-copy-has-its-digest",
        "Record a copy from its own page",
    )
    return [
        e.PracticeTold(
            told_id=command.told_id,
            told=Sealed(command.told),
            told_to=Sealed(command.told_to),
            channel=command.channel,
            about=seen_by_both(practice, command.about, "about"),
            by=paper(practice, command.by, "by"),
            copy_to=command.copy_to,
            copy_sha256=command.copy_sha256,
            occurred_on=day,
        )
    ]


def has_happened(practice: Practice, about: Iterable[str], day: date) -> None:
    """A practice is told of what has happened, recorded by then or later."""
    for one in about:
        entry = practice.standing.get(version_of(practice, one, "about"))
        on = getattr(entry.fact, "occurred_on", day) if entry else day
        if on > day:
            raise RuleBroken(
                "a-practice-is-told-of-what-has-happened",
                f"{one} happened on {in_full(on)}: enter that day or a later one, or leave it out",
                "occurred_on",
            )


def receive_practice_response(
    practice: Practice, command: c.ReceivePracticeResponse, asked: Asked
) -> list[Fact]:
    """A response has points, or says that there is nothing to say; it does not arrive before what it answers."""
    told = practice.told.get(command.told_id) if command.told_id else None
    if command.told_id and told is None:
        raise RuleBroken("a-response-answers-what-was-told", "Choose what this practice was told", "told_id")
    points = tuple(point for point in command.points if point.about or not is_blank(point.words))
    has_points_or_nothing_to_say(points, command.nothing_to_say)
    for point in points:
        check_words(point.words, POINT, "points")
    seen_by_both(practice, [point.about for point in points if point.about], "points")
    day = day_since(told.told_on if told else practice.opened_on, command, asked)
    return [
        e.PracticeResponseReceived(
            response_id=command.response_id,
            told_id=command.told_id or None,
            channel=command.channel,
            responded_by=Sealed(command.responded_by),
            nothing_to_say=command.nothing_to_say,
            points=tuple(e.AnsweredPoint(about=one.about or None, words=Sealed(one.words)) for one in points),
            document=paper(practice, command.document, "document"),
            occurred_on=day,
        )
    ]


def has_points_or_nothing_to_say(
    points: Sequence[c.ResponsePoint | e.AnsweredPoint], nothing_to_say: bool
) -> None:
    """Points, each in words, or nothing to say: one of the two, and never both."""
    if nothing_to_say and points:
        raise RuleBroken(
            "nothing-to-say-has-no-points", "Clear the points, or untick that it has nothing to say", "points"
        )
    if not nothing_to_say and not points:
        raise RuleBroken(
            "a-response-has-a-point-or-nothing-to-say",
            "Enter what the practice answered, or say that it has nothing to say",
            "points",
        )
    refuse_unless(len(points) <= MOST_POINTS, "a-list-has-an-end", f"Enter {MOST_POINTS} or fewer", "points")
    refuse_unless(
        all(not is_blank(_typed(point.words)) for point in points),
        "a-point-is-answered-in-words",
        "Enter what the practice says on each point that you chose",
        "points",
    )


def refer_to_quality_surveillance_group(
    practice: Practice, command: c.ReferToQualitySurveillanceGroup, asked: Asked
) -> list[Fact]:
    """A referral has a reason and rests on facts that both organisations see."""
    refuse_unless(bool(command.evidence), "a-referral-rests-on-facts", "Choose at least one fact", "evidence")
    return [
        e.QualitySurveillanceGroupReferred(
            referral_id=command.referral_id,
            group=Sealed(command.group),
            reason=Sealed(command.reason),
            evidence=seen_by_both(practice, command.evidence, "evidence"),
            occurred_on=day_since(practice.opened_on, command, asked),
        )
    ]


def said_about(practice: Practice, cited: Iterable[str]) -> list[int]:
    """What the practice itself said about any of these facts, or about what it was told of them: its responses and
    challenges, by version. Nothing here may still mean that it was never asked.
    """
    about = frozenset(cited)
    told = {one.told_id for one in practice.told.values() if about.intersection(one.about)}
    answered = [
        one.version
        for one in practice.responses.values()
        if about.intersection(one.about) or one.told_id in told
    ]
    return sorted([*answered, *(one.version for one in practice.challenges.values() if one.about in about)])


def seen_by_both(practice: Practice, cited: Iterable[str], field: str) -> tuple[str, ...]:
    """The cites, where each stands and is no organisation's own: a practice is shown nothing that is."""
    found = standing_cites(practice, tuple(cited), field)
    for one in found:
        if visibility_of(practice.closed, version_of(practice, one, field)) != Visibility.BOTH:
            raise RuleBroken(
                "a-practice-is-told-what-both-see",
                f"{one} is kept within an organisation, so the practice is not told of it: leave it out",
                field,
            )
    return found


def paper(practice: Practice, cited: str | None, field: str) -> str | None:
    """The letter or document that is cited, where one is."""
    if not cited:
        return None
    (found,) = seen_by_both(practice, (cited,), field)
    entry = practice.standing[version_of(practice, found, field)]
    refuse_unless(
        isinstance(entry.fact, PAPERS),
        "a-letter-or-document-shows-it",
        "Choose a letter, a notice or a document of this practice",
        field,
    )
    return found


def _typed(words: str | Sealed) -> str:
    return words.words if isinstance(words, Sealed) else words


# --- how facts change state -----------------------------------------------------------------------------------


def practice_told(practice: Practice, fact: e.PracticeTold, entry: Recorded) -> None:
    practice.told[fact.told_id] = Told(fact.told_id, entry.version, fact.occurred_on, fact.about)


def practice_response_received(practice: Practice, fact: e.PracticeResponseReceived, entry: Recorded) -> None:
    practice.responses[fact.response_id] = Response(
        response_id=fact.response_id,
        version=entry.version,
        received_on=fact.occurred_on,
        told_id=fact.told_id,
        about=tuple(point.about for point in fact.points if point.about),
        nothing_to_say=fact.nothing_to_say,
    )


def quality_surveillance_group_referred(
    practice: Practice, fact: e.QualitySurveillanceGroupReferred, entry: Recorded
) -> None:
    practice.referrals[fact.referral_id] = Referral(fact.referral_id, entry.version, fact.occurred_on)

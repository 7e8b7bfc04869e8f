"""The practice's side, in plain words: what it was told, what it answered, what it challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.heard_state import Challenge
from domain.practice.kinds import Channel
from web.practices.fields import in_words
from web.practices.told import About, Told, happened_on, itself, listed, lower_first, short, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def practice_told(t: Telling, fact: e.PracticeTold) -> Told:
    copy = f"its record up to entry {fact.copy_to}" if fact.copy_to else ""
    return Told(
        title=f"{t.names.said('Practice told')}: {short(fact.told.words)}",
        group="said",
        how=f"{_how(fact.channel)} · to the {lower_first(in_words(fact.told_to))}",
        words=typed(("", fact.told if _long(fact.told.words) else None)),
        rows=listed(
            ("By", t.cited(fact.by).text if fact.by else ""),
            ("A copy of", copy),
            ("SHA-256 of the copy", fact.copy_sha256),
        ),
        about=tuple(map(t.cited, fact.about)),
        tag="Told",
    )


def practice_response_received(t: Telling, fact: e.PracticeResponseReceived) -> Told:
    told = t.practice.told.get(fact.told_id or "")
    points = [(_called(t, one.about) if one.about else "", one.words) for one in fact.points]
    what = t.names.said("Practice has nothing to say" if fact.nothing_to_say else "Practice answered")
    return Told(
        title=f"{what}: {_answered(t, fact)}" if told else what,
        group="said",
        how=f"{_how(fact.channel)} · {lower_first(in_words(fact.responded_by))}",
        words=typed(*((f"On {about}" if about else "", words) for about, words in points)),
        about=(
            *((About(f"what it was told, entry {told.version}", told.version),) if told else ()),
            *(itself("entry it answers", t.cited(one.about)) for one in fact.points if one.about),
            *((t.cited(fact.document),) if fact.document else ()),
        ),
        tag="No comment" if fact.nothing_to_say else "Answered",
    )


def _called(t: Telling, cited: str) -> str:
    """An entry by what it is called, and its day."""
    version = int(cited.partition("/")[2])
    entry = t.practice.standing.get(version) or t.practice.recorded(version)
    return f"{t.title(entry.fact)}, {day(happened_on(entry.fact))}" if entry else f"entry {version}"


def _answered(t: Telling, fact: e.PracticeResponseReceived) -> str:
    """What it was told that it answers, in short."""
    told = t.practice.told[fact.told_id or ""]
    entry = t.practice.standing[told.version].fact
    assert isinstance(entry, e.PracticeTold)
    return short(entry.told.words, 60)


def factual_challenge_made(t: Telling, fact: e.FactualChallengeMade) -> Told:
    response = t.practice.responses.get(fact.response_id or "")
    return Told(
        title=f"{t.names.said('Practice challenges')}: {_challenged(t, fact.about)}",
        group="said",
        how="the entry stands as it is until this is decided",
        words=typed(("Wrong, it says", fact.wrong), ("It should say", fact.instead)),
        about=(
            *((itself("entry it is about", t.cited(fact.about)),) if fact.about else ()),
            *((itself("response", About("", response.version)),) if response else ()),
            *((t.cited(fact.document),) if fact.document else ()),
        ),
        tag=state_of(t.practice.challenges.get(fact.challenge_id)),
    )


def state_of(challenge: Challenge | None) -> str:
    if challenge is None:
        return ""
    return label(challenge.outcome) if challenge.outcome else "To be decided"


def factual_challenge_decided(t: Telling, fact: e.FactualChallengeDecided) -> Told:
    challenge = t.practice.challenges.get(fact.challenge_id)
    about = challenge.about if challenge else None
    return Told(
        title=f"Challenge {lower_first(label(fact.outcome))}: {_challenged(t, about)}",
        group="said",
        words=typed(("", fact.reason)),
        about=(
            *((itself("challenge", About("", challenge.version)),) if challenge else ()),
            *((itself("entry it is about", t.cited(about)),) if about else ()),
        ),
        tag=label(fact.outcome),
    )


def quality_surveillance_group_referred(t: Telling, fact: e.QualitySurveillanceGroupReferred) -> Told:
    return Told(
        title="Referred to the Quality Surveillance Group",
        group="said",
        how=in_words(fact.group),
        words=typed(("", fact.reason)),
        about=tuple(map(t.cited, fact.evidence)),
        about_as="Rests on",
        tag="Referral",
    )


def _challenged(t: Telling, cited: str | None) -> str:
    """What is challenged, by what it is called."""
    return t.entry(int(cited.partition("/")[2])).text if cited else "an entry that is not shown"


def _how(channel: Channel) -> str:
    return lower_first(label(channel))


def _long(words: str) -> bool:
    return len(words) > 80 or "\n" in words

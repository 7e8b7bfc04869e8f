"""What the practice says is wrong: a challenge of one fact, which somebody decides who recorded neither."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.cites import version_of
from domain.practice.dates import day_since
from domain.practice.heard import paper, seen_by_both
from domain.practice.heard_state import Challenge
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def make_factual_challenge(practice: Practice, command: c.MakeFactualChallenge, asked: Asked) -> list[Fact]:
    """The practice challenges one fact that both organisations see; one challenge a fact waits at a time."""
    (about,) = seen_by_both(practice, (command.about,), "about")
    challenged = practice.standing[version_of(practice, about, "about")]
    refuse_unless(
        not isinstance(challenged.fact, e.heard.FACTS),
        "what-the-practice-said-is-its-own",
        "What the practice said, or what was decided on it, is not challenged: choose the fact itself",
        "about",
    )
    if any(one.open and one.about == about for one in practice.challenges.values()):
        raise RuleBroken(
            "one-open-challenge-of-a-fact", "A challenge of this entry already waits to be decided", "about"
        )
    response = practice.responses.get(command.response_id) if command.response_id else None
    if command.response_id and response is None:
        raise RuleBroken(
            "a-challenge-was-made-in-a-response", "Choose a response of this practice", "response_id"
        )
    return [
        e.FactualChallengeMade(
            challenge_id=command.challenge_id,
            about=about,
            response_id=command.response_id or None,
            wrong=Sealed(command.wrong),
            instead=sealed(command.instead),
            document=paper(practice, command.document, "document"),
            occurred_on=day_since(practice.opened_on, command, asked),
        )
    ]


def decide_factual_challenge(
    practice: Practice, command: c.DecideFactualChallenge, asked: Asked
) -> list[Fact]:
    """A challenge is decided once, with reasons, by somebody who recorded neither it nor what it is about."""
    challenge = practice.challenges.get(command.challenge_id)
    if challenge is None:
        raise RuleBroken("a-challenge-is-of-this-practice", "Choose a challenge of this practice")
    refuse_unless(challenge.open, "a-challenge-is-decided-once", "This challenge is decided already")
    if (barred := bar_to_deciding(practice, challenge, asked)) is not None:
        raise barred
    return [
        e.FactualChallengeDecided(
            challenge_id=challenge.challenge_id,
            outcome=command.outcome,
            reason=Sealed(command.reason),
            occurred_on=day_since(challenge.made_on, command, asked),
        )
    ]


def bar_to_deciding(practice: Practice, challenge: Challenge, asked: Asked) -> RuleBroken | None:
    """Why whoever asks may not decide a challenge, if they may not: nobody judges what they recorded themselves."""
    if challenge.made_by == asked.person:
        return RuleBroken(
            "another-person-decides-a-challenge",
            "You recorded this challenge: another manager must decide it",
        )
    about = practice.recorded(version_of(practice, challenge.about, "about")) if challenge.about else None
    if about is not None and about.person == asked.person:
        return RuleBroken(
            "another-person-decides-a-challenge",
            "You recorded what the practice challenges: another manager must decide it",
        )
    return None


# --- how facts change state -----------------------------------------------------------------------------------


def factual_challenge_made(practice: Practice, fact: e.FactualChallengeMade, entry: Recorded) -> None:
    practice.challenges[fact.challenge_id] = Challenge(
        challenge_id=fact.challenge_id,
        version=entry.version,
        about=fact.about,
        made_on=fact.occurred_on,
        made_by=entry.person,
    )


def factual_challenge_decided(practice: Practice, fact: e.FactualChallengeDecided, entry: Recorded) -> None:
    if challenge := practice.challenges.get(fact.challenge_id):
        challenge.outcome, challenge.decided_on = fact.outcome, fact.occurred_on
        challenge.decided_by, challenge.decided = entry.person, entry.version

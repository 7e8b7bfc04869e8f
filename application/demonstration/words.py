"""Makes what the players say: a theme's sentences with their gaps filled, so that hardly two texts are the same."""

from __future__ import annotations

import random
from datetime import date, timedelta

from application.demonstration.themes import Theme
from domain.practice.kinds import ExplanationCategory, Tier

ROLES = (
    "practice manager",
    "senior partner",
    "deputy manager",
    "lead nurse",
    "reception lead",
    "salaried GP",
    "assistant manager",
    "practice pharmacist",
)

OPENINGS = (
    "We went through {topic} with the {role}.",
    "Spoke about {topic}, at the {role}'s request.",
    "The {role} rang back about {topic}.",
    "{topic_} was the first item; it took {n} minutes.",
    "Follow-up on {topic} after the {earlier} figures.",
    "The {role} had the {month} figures on {topic} to hand.",
    "Short call on {topic}, {k} days after the last.",
)
TOGETHER = (
    "Both organisations took part, and heard the same account.",
    "The clinical commissioning group's view was given first, and it agreed.",
    "We settled who asks the practice for what, so that it is asked once.",
    "The group offers a peer visit; the area team will hold its letter until then.",
    "Neither organisation sees a reason for a formal step today.",
    "We differ on how soon to look again: {k} weeks, or {n} days.",
)
NEXT = (
    "The {role} will send the {month} figures by the end of next week.",
    "We look again in {k} weeks.",
    "They asked for the national comparison, and will have it by {day}.",
    "Nothing more was asked of them today.",
    "The {role} will tell the partners on {day} and ring back.",
    "A note of this goes to the practice within {k} days.",
    "They would like to hear from a practice that has been through the same.",
)
FLAG_NOTES = (
    "Outside its limits for {month}; the {role} has been told. Variation for enquiry.",
    "Noted in the {month} figures, {a} against {b} expected. Ask about coding first.",
    "Outside its limits in {month} and in {earlier}; the practice is to be asked before anything is made of it.",
    "Seen when the {month} release was read through; {k} neighbours are inside theirs.",
)
CLEARED = (
    "Inside its limits in {earlier} and in {month}.",
    "Two releases inside the limits, the last at {a}.",
    "The {month} figure is {a}, well inside, and the {role}'s account is borne out.",
    "The audit of {n} records bore the explanation out.",
)
ACCEPTED = (
    "The practice's own count for {month} agrees with it to within {k}.",
    "We looked at {n} records of {month} with the {role}, and it holds for {a} of them.",
    "The audit of {n} records that they sent says the same of {topic} as they do.",
)
NOT_ACCEPTED = (
    "It would explain {month}. In {earlier} {topic} was as far out, and nothing of the kind had happened.",
    "Of the {n} records that we looked at it explains {k}. The others ask the same question still.",
    "The {role} could show it for {k} weeks only; {topic} has been out since {earlier}.",
)
TO_ROOM = (
    (
        "{topic_} has been outlying since {earlier} and the practice says why. A plan is agreed, so more frequent "
        "contact is proportionate; nothing formal is called for."
    ),
    "The practice knows about {topic} and has begun; {k} agreed actions are open. Quarterly review is enough.",
    "Coding explains part of it, about {a}%. For the rest the practice has a plan that both organisations agreed.",
)
TO_CONCERN = (
    (
        "{topic_} did not improve after two rounds of support, and what was heard in {month} is corroborated. "
        "A lesser step, a further plan, was judged too slow because {k} agreed actions lapsed."
    ),
    (
        "Three things together: {topic} worse than in {earlier}, corroborated intelligence, and {k} actions not done. "
        "The practice was heard on it and accepts the account."
    ),
)
TO_ASSURANCE = (
    "Two releases inside the limits, {earlier} and {month}, and the plan closed with evidence. Annual review is enough.",
    "{topic_} is back where it should be: {a}% in {month}. The practice asked for, and has, a light touch.",
)
STEP_DOWN = (
    (
        "The agreed actions are evidenced, and on {topic} the practice has kept to the plan since {earlier}; {k} smaller "
        "things remain in it, so contact stays quarterly."
    ),
    "The practice has met each of {k} steps since {earlier}. A closer relationship is no longer proportionate.",
)
REVIEWED = (
    "Reviewed on its day with the {month} figures; {k} conversations since the last look bear it out. No change.",
    "Nothing since {earlier} calls for another relationship, and the {role} was told so. The tier stays as it is.",
    "Read through with the {month} figures, beside those of {earlier}. What was agreed goes on until the next review.",
)


class Words:
    """Fills the gaps of one practice's sentences from its own seeded chance."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def fill(self, sentence: str, theme: Theme, on: date) -> str:
        rng = self.rng
        earlier = on - timedelta(days=rng.randint(70, 190))
        return sentence.format(
            topic=theme.topic,
            topic_=theme.topic[0].upper() + theme.topic[1:],
            a=rng.randint(31, 93),
            b=rng.randint(11, 49),
            n=rng.randint(11, 164),
            k=rng.randint(2, 9),
            month=f"{on - timedelta(days=rng.randint(5, 40)):%B}",
            earlier=f"{earlier:%B %Y}",
            day=rng.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
            role=rng.choice(ROLES),
        )

    def one(self, sentences: tuple[str, ...], theme: Theme, on: date) -> str:
        return self.fill(self.rng.choice(sentences), theme, on)

    def said(self, theme: Theme, on: date, together: bool = False) -> str:
        """What was said in one conversation: an opening, one or two details, and what comes next."""
        details = self.rng.sample(theme.details, k=self.rng.choice((1, 2, 2, 3)))
        middle = [self.one(TOGETHER, theme, on)] if together else []
        parts = [self.rng.choice(OPENINGS), *details]
        return " ".join([*(self.fill(part, theme, on) for part in parts), *middle, self.one(NEXT, theme, on)])

    def explanation(self, theme: Theme, on: date) -> tuple[ExplanationCategory, str]:
        category, sentence = self.rng.choice(theme.reasons)
        return category, self.fill(sentence, theme, on)

    def issue(self, theme: Theme, on: date) -> tuple[str, str, str]:
        issue, success, evidence = self.rng.choice(theme.issues)
        return self.fill(issue, theme, on), self.fill(success, theme, on), self.fill(evidence, theme, on)

    def rationale(self, before: Tier, tier: Tier, theme: Theme, on: date) -> str:
        if tier == before:
            return self.one(REVIEWED, theme, on)
        if tier == Tier.CAUSE_FOR_CONCERN:
            return self.one(TO_CONCERN, theme, on)
        if tier == Tier.ASSURANCE_BASED:
            return self.one(TO_ASSURANCE, theme, on)
        return self.one(STEP_DOWN if before == Tier.CAUSE_FOR_CONCERN else TO_ROOM, theme, on)

"""What a decision on the tier needs and owes, told while it is typed: which tiers may be decided today, and for the tier
that is chosen, what each part of the form has to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from domain.framework.recommending import recommend
from domain.practice.commands import DecideTier
from domain.practice.guards import RECENT, leads_out_since
from domain.practice.kinds import LesserStep, Tier
from domain.practice.state import Practice
from domain.practice.tier import proposed_it, stands_in_the_way
from domain.practice.ways import Way, own_proposal_waits, ways
from domain.practice.weighing import owes
from domain.rules import RuleBroken
from web.forms.drawing import Drawing
from web.forms.form import Drawn, Section
from web.practices.to_open import by_their_titles
from web.practices.told import happened_on, joined, lower_first
from web.service import may, service
from web.words import day, label

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The decision and its reasons", ("tier", "inputs", "over_dispute", "rationale")),
    ("Why it differs from what is recommended", ("differs_because",)),
    (
        "Proportionate: what less was tried",
        (
            *(f"{asks}_{step.value}" for step in LesserStep for asks in ("was", "on")),
            *("asked_for", "outcome"),
        ),
    ),
    ("Heard: what the practice answered", ("answers", "answered", "not_waited_because")),
    ("Informed: what others say", ("no_view_because", "consulted")),
    ("An immediate risk to patients’ safety", ("immediate_safety",)),
    ("Where it goes from here", ("direction", "de_escalation", "effective_on", "review_on")),
)
"""The parts of the form, each with its questions."""

OWED = {
    "differs_because": "why it differs",
    "asked_for": "what is asked of the practice",
    "answered": "what the practice answered, or why waiting was unsafe",
    "no_view_because": "why you decide without the other organisation’s view",
    "direction": "which way the practice is going",
    "de_escalation": "what would lead to a lower tier",
}
"""What is owed, in the words of its question; the less formal steps are told together."""

EITHER = {
    "answered": ("answers", "answered", "not_waited_because"),
    **{f"on_{step.value}": (f"was_{step.value}", f"on_{step.value}") for step in LesserStep},
}
"""What any of several questions answers, or all of them do."""

MEASURED = ("on_validation", "on_conversation", "on_support", "on_action_plan", "on_visit")


class Line(NamedTuple):
    """A tier that may be chosen: whether it may be decided today, and what it needs first, in sentences. `talks` where a
    conversation would help, which this person may record.
    """

    tier: str
    state: str
    open: bool
    recommended: bool
    sentences: list[str]
    talks: bool


class Ways(NamedTuple):
    """What is told before anything is typed: `own` where another person has to decide."""

    lines: list[Line]
    own: bool


def known(drawing: Drawing) -> Practice:
    """The practice with the rules of the day."""
    return service.casebook.with_rules(drawing.practice, drawing.asked)


def owed_by(drawing: Drawing, command: DecideTier) -> list[RuleBroken]:
    """What stands in the way of a decision, told before its answers are checked. One that is recorded already is answered
    with what it recorded, and owes nothing.
    """
    if command.decision_id in {one.decision_id for one in drawing.practice.decisions}:
        return []
    practice = service.casebook.to_be_signed(drawing.practice, drawing.asked)
    return [by_their_titles(drawing, one) for one in stands_in_the_way(practice, command, drawing.asked)]


# --- which tiers may be decided today -------------------------------------------------------------------------------


def ways_told(drawing: Drawing) -> Ways | None:
    """Nothing while no rules of the framework are in force: then there is nothing to wait for."""
    practice = known(drawing)
    if practice.framework is None:
        return None
    recommended = recommend(practice, practice.framework, drawing.today).tier
    lines = [_line(one, drawing, recommended) for one in ways(drawing.practice, drawing.today)]
    return Ways(lines, own_proposal_waits(drawing.practice, drawing.asked))


def _line(way: Way, drawing: Drawing, recommended: Tier) -> Line:
    if proposed_it(drawing.practice, way.tier, drawing.asked):
        told = ["You proposed it since the last decision: another person decides it."]
        return Line(label(way.tier), "Not by you", False, way.tier == recommended, told, talks=False)
    state = "May be decided" if way.open else "Only for immediate safety" if way.for_safety else "Not yet"
    talks = not way.open and may("RecordConversation", drawing.practice)
    return Line(label(way.tier), state, way.open, way.tier == recommended, _needs(way, drawing), talks)


def _needs(way: Way, drawing: Drawing) -> list[str]:
    if way.rule is None:
        stays = drawing.practice.tier_on(drawing.today) == way.tier
        return ["It stays as it is, reviewed." if stays else "Nothing has to come first."]
    if way.rule == "data-is-validated-before-it-moves-the-tier":
        return [
            drawing.said(
                "Needs something beside flags that it rests on, or a flag that was validated with the practice: "
            )
            + ("recorded." if way.open else "none is recorded.")
        ]
    latest = _latest(way.talked, drawing)
    if way.tier != Tier.CAUSE_FOR_CONCERN:
        since = day(leads_out_since(drawing.practice, drawing.today))
        return [f"Needs a conversation of both organisations, held since {since}: {latest}"]
    since = day(drawing.today - RECENT)
    return [
        f"Needs a conversation of both organisations about a concern that you cite and that stands, held since {since}: {latest}",
        *([] if way.talked else [_without(way, drawing)]),
        "Needs something beside flags that it rests on: "
        + (
            "recorded. Choose it with the flags."
            if way.beside
            else "none is recorded, and no corroborated intelligence."
        ),
    ]


def _latest(version: int | None, drawing: Drawing) -> str:
    if version is None:
        return "none is recorded."
    return f"the latest is of {day(happened_on(drawing.practice.standing[version].fact))}."


def _without(way: Way, drawing: Drawing) -> str:
    """What may stand in its place."""
    if way.override:
        given = day(happened_on(drawing.practice.standing[way.override].fact))
        return f"The override of {given} stands in its place: the decision rests on it."
    return (
        "In its place: an immediate risk to patients’ safety, if you state one below; or an override by the medical or "
        "quality lead, of which none holds."
    )


# --- what each part owes --------------------------------------------------------------------------------------------


def sections(drawing: Drawing, typed: Mapping[str, Any], questions: Sequence[Drawn]) -> list[Section]:
    """The form in its parts. A part of which the chosen tier owes nothing is folded, unless something stands in it."""
    by_tier = _owed_by_tier(drawing)
    chosen = typed.get("tier") or ""
    asked = {one.name: one for one in questions}
    found = [Section("", "", [one for one in questions if one.widget == "hidden"])]
    for title, names in PARTS:
        there = [asked[name] for name in names if name in asked]
        if there:
            found.append(_section(drawing.said(title), there, by_tier, chosen))
    return found


def _owed_by_tier(drawing: Drawing) -> dict[str, tuple[str, ...]]:
    practice = known(drawing)
    if practice.framework is None:
        return {}
    recommended = recommend(practice, practice.framework, drawing.today).tier
    return {tier.value: owes(practice, tier, recommended, drawing.today) for tier in reversed(Tier)}


def _section(title: str, there: list[Drawn], by_tier: dict[str, tuple[str, ...]], chosen: str) -> Section:
    of_it = {one.name for one in there}
    owed = {tier: [name for name in names if name in of_it] for tier, names in by_tier.items()}
    needed = {name for tier, names in owed.items() if chosen in {"", tier} for name in names}
    answering = {other for name in needed for other in EITHER.get(name, (name,))}
    drawn = [one._replace(optional=one.optional and one.name not in answering) for one in there]
    always = any(not one.optional and one.widget not in {"tick", "ticks"} for one in there)
    empty = not any(one.error or _filled(one.value) for one in there)
    for_safety = "immediate_safety" in of_it and chosen in {"", Tier.CAUSE_FOR_CONCERN}
    if (always or for_safety) and not needed:
        return Section(title, "", drawn)
    return Section(title, _told(owed, chosen), drawn, folded=chosen in by_tier and not needed and empty)


def _filled(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _told(owed: dict[str, list[str]], chosen: str) -> str:
    """What the part has to say for the chosen tier; for each tier that asks it, where none is chosen yet."""
    if chosen in owed:
        words = _words(owed[chosen])
        called = lower_first(label(Tier(chosen)))
        return f"Needed for {called}: {words}." if words else f"Nothing is needed here for {called}."
    asking: dict[str, list[str]] = {}
    for tier, names in owed.items():
        if names:
            asking.setdefault(_words(names), []).append(lower_first(label(Tier(tier))))
    return " ".join(f"Needed for {joined(tiers)}: {words}." for words, tiers in asking.items())


def _words(names: list[str]) -> str:
    """What is owed, in few words: the less formal steps together."""
    steps = [name for name in names if name in MEASURED]
    said = []
    if len(steps) == len(MEASURED):
        said.append("what came of each less formal step, or why it was not tried")
    elif steps:
        said.append("what came of validating the data and of a conversation, or why not")
    return "; ".join([*said, *(OWED[name] for name in names if name not in steps)])

"""What a brief says of concerns, of what was said and agreed, of what is due, and of what the practice said."""

from __future__ import annotations

from collections.abc import Mapping

from application.brief import Part, Sentence, first_of
from domain.clocks.due import due
from domain.clocks.what import Clock
from domain.practice import events as e
from domain.practice.kinds import Direction, Level, Side
from domain.practice.state import Flag
from web.brief.telling import SHORT, Teller, quoted, tier_rests_on
from web.indicators.series import said_text, whole
from web.indicators.units import with_unit
from web.practices.due import AHEAD, title
from web.practices.fields import words_or_why
from web.practices.flags import explained, flag_called, level_in_words
from web.practices.told import joined, lower_first
from web.words import day, label

FLAGS, TALKS, ACTIONS, DUE, ANSWERS = 4, 3, 3, 3, 2
"""How many of each are said: what fits on a page. The others are counted, with the way to them."""

NAMED = 6
"""Of the flags beyond those that are said, so many are called by name: who reads on paper follows no link."""

ALARM = 4
"""An alarm comes before whatever the tier rests on."""

COMPARED = {"xmr": "its own mean", "year_on_year": "expected, as all practices changed"}
"""What a value is beside, by the method of its flag; of any other, all practices together."""


def concerns(t: Teller) -> Part:
    """Open flags with what was published, and soft intelligence that nobody discounted: first alarms, then what the
    tier rests on, then the others; of each the newest first.
    """
    rests = tier_rests_on(t)
    found = [
        (
            _rank(rests, (one.version, one.reopened), alarm=_alarm(one)),
            one.open_since or one.raised_on,
            _flag(t, one),
            f"{one.name} ({level_in_words(one)})",
        )
        for one in t.practice.flags.values()
        if one.open
    ]
    for heard in t.practice.intelligence.values():
        if heard.status == "discounted":
            continue
        fact: e.IntelligenceRecorded = t.fact(heard.version)
        words = f"Soft intelligence ({lower_first(label(fact.source))}), {day(heard.recorded_on)}, {heard.status}: {quoted(words_or_why(fact.summary), SHORT)}"
        facts = (heard.version, heard.verified) if heard.verified else (heard.version,)
        short = f"soft intelligence of {day(heard.recorded_on)} ({heard.status})"
        rank = _rank(rests, (heard.version, heard.verified))
        found.append((rank, heard.recorded_on, Sentence(words, facts), short))
    found.sort(key=lambda one: (one[0], one[1], one[2].facts), reverse=True)
    part = first_of([one[2] for one in found], FLAGS, "Open flags and what was heard", "flags")
    others = [(short, sentence.facts[0]) for *_, sentence, short in found[FLAGS : FLAGS + NAMED]]
    if not others:
        return part
    also = Sentence(f"Also open: {joined(short for short, _ in others)}.", tuple(one for _, one in others))
    return part._replace(sentences=(*part.sentences, also), more=max(0, part.more - NAMED))


def _rank(rests: Mapping[int, int], versions: tuple[int | None, ...], *, alarm: bool = False) -> int:
    return max(rests.get(one or 0, 0) for one in versions) + (ALARM if alarm else 0)


def _alarm(flag: Flag) -> bool:
    """A favourable one warns of nothing."""
    return flag.level == Level.ALARM and flag.direction != Direction.FAVOURABLE


def _flag(t: Teller, flag: Flag) -> Sentence:
    fact: e.FlagRaised = t.fact(flag.version)
    facts = [flag.version]
    since = f"open since {day(flag.open_since or flag.raised_on)}"
    if flag.reopened:
        facts.append(flag.reopened)
    how = explained(t.practice, flag)
    if how:
        of_it = [one for one in t.practice.explanations.values() if one.flag_id == flag.flag_id]
        facts += [version for one in of_it for version in (one.version, one.answer) if version]
    told = [f"{flag_called(flag)}: {level_in_words(flag)}, {since}", *_numbers(t, fact), how]
    return Sentence(f"{'; '.join(filter(None, told))}.", tuple(facts))


def _numbers(t: Teller, fact: e.FlagRaised) -> list[str]:
    """412 of 1,000 (41.2%) in 2016/17, beside 30.1% of all practices together."""
    definition = t.names.definition(fact.indicator, fact.indicator_version)
    if fact.value is None or definition is None:
        return ["raised by hand; no release flagged it"] if fact.release is None else []
    value = with_unit(definition, fact.value)
    if fact.numerator is not None and fact.denominator is not None:
        value = f"{whole(fact.numerator)} of {whole(fact.denominator)} ({value})"
    period = f" in {said_text(fact.period)}" if fact.period else ""
    beside = COMPARED.get(fact.method or "", "all practices together")
    compared = (
        f", beside {with_unit(definition, fact.comparator)} ({beside})" if fact.comparator is not None else ""
    )
    return [f"{value}{period}{compared}"]


def said(t: Teller) -> Part:
    """The last conversations, the newest first."""
    talks = sorted(
        t.standing(e.ConversationRecorded),
        key=lambda one: (one.fact.occurred_on, one.version),  # type: ignore[attr-defined]
        reverse=True,
    )
    return first_of([_talk(t, one.version) for one in talks], TALKS, "What was said", "said")


def _talk(t: Teller, version: int) -> Sentence:
    fact: e.ConversationRecorded = t.fact(version)
    how = (
        "by letter or e-mail"
        if fact.channel == "letter_or_email"
        else f"by {lower_first(label(fact.channel))}"
    )
    how = {"meeting": "in a meeting", "visit": "on a visit"}.get(fact.channel, how)
    words = f"On {day(fact.occurred_on)}, {how}, {t.telling.who(fact.participants)}: {quoted(words_or_why(fact.said), SHORT)}"
    return Sentence(words, (version,))


def agreed(t: Teller) -> Part:
    """The actions that are open, by the day they are due."""
    open_ones = sorted(
        (one for one in t.practice.actions.values() if not one.ended),
        key=lambda one: (one.due_on, one.version),
    )
    found = []
    for one in open_ones:
        sides = [side for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER) if side in one.agreed_by]
        by = (
            f", agreed by the {joined(t.names.side(side) for side in sides)}" if sides else ", not agreed yet"
        )
        stands = "completed" if one.status == "completed" else "late" if one.due_on < t.on else "due"
        when = f"{'completed on' if stands == 'completed' else 'due on'} {day(one.completed_on if stands == 'completed' else one.due_on)}"
        late = " (late)" if stands == "late" and one.status == "agreed" else ""
        words = (
            f"{quoted(words_or_why(one.issue), SHORT)}: for the {t.names.side(one.owner)}, {when}{late}{by}."
        )
        found.append(Sentence(words, (one.version, *_steps(t, one.action_id))))
    return first_of(found, ACTIONS, "Actions that are open", "actions")


def _steps(t: Teller, action_id: str) -> tuple[int, ...]:
    """What made the action stand as it does: who agreed it, its day moved, its completion or return."""
    made = (e.ActionAgreed, e.ActionRescheduled, e.ActionCompleted, e.ActionSentBack, e.ActionReopened)
    return tuple(one.version for one in t.standing(*made) if one.fact.action_id == action_id)  # type: ignore[attr-defined]


def is_due(t: Teller) -> Part:
    """What is late or due within six months, by consequence."""
    found = []
    for one in due(t.practice, t.on):
        if one.due_on > t.on + AHEAD or one.clock == Clock.CHALLENGE_TO_DECIDE:
            continue
        words = quoted(words_or_why(one.words), SHORT) if one.words else None
        late = one.late(t.on)
        called = title(one.clock, None, late=late, thing_id=one.thing_id)
        asked = f" {words}" if words else ""
        when = (
            f"since {day(one.due_on)}"
            if one.waits
            else f"{'was due' if late else 'due'} on {day(one.due_on)}"
        )
        found.append(Sentence(f"{called}{asked}: {when}, by the {t.names.side(one.of)}.", (one.version,)))
    return first_of(found, DUE, "What is due", "")


def practice_said(t: Teller) -> Part:
    """What the practice answered, and what it says is wrong in its record; the newest first."""
    found, who = [], t.names.said("the practice")
    for one in t.standing(e.PracticeResponseReceived):
        fact: e.PracticeResponseReceived = one.fact  # type: ignore[assignment]
        on = f"On {day(fact.occurred_on)}"
        words = (
            f"{on} {who} said that it has no comment."
            if fact.nothing_to_say
            else f"{on} {who} answered: {quoted(' '.join(words_or_why(point.words) for point in fact.points), SHORT)}"
        )
        found.append((fact.occurred_on, Sentence(words, (one.version,))))
    for challenge in t.practice.challenges.values():
        made: e.FactualChallengeMade = t.fact(challenge.version)
        became = lower_first(label(challenge.outcome)) if challenge.outcome else "not decided yet"
        words = f"On {day(challenge.made_on)} {who} said what is wrong: {quoted(words_or_why(made.wrong), SHORT)} ({became})"
        facts = (challenge.version, challenge.decided) if challenge.decided else (challenge.version,)
        found.append((challenge.made_on, Sentence(words, facts)))
    for one in t.standing(e.ActionAnswered):
        answer: e.ActionAnswered = one.fact  # type: ignore[assignment]
        about = t.practice.actions.get(answer.action_id)
        if about is not None and not about.ended:
            issue = quoted(words_or_why(about.issue), 60)
            words = f"On {day(answer.occurred_on)} its answer to the action {issue} was: {lower_first(label(answer.answer))}."
            found.append((answer.occurred_on, Sentence(words, (one.version, about.version))))
    found.sort(key=lambda pair: (pair[0], pair[1].facts), reverse=True)
    return first_of(
        [sentence for _, sentence in found], ANSWERS, t.names.said("What the practice said"), "said"
    )

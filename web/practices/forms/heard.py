"""Forms of the practice's side: what it was told, what it answered, and what it challenges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.heard import PAPERS
from domain.practice.kinds import Visibility
from domain.practice.visible import visibility_of
from domain.rules import Command
from domain.text import Words
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Hidden, Select, Text, TextArea, Tick, Ticks
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.common import NO_PATIENTS, WHEN, facts, reason, telling
from web.practices.forms.points import Points
from web.practices.told import happened_on, short
from web.words import day

MOST = 60
"""Entries that a list to choose one from offers: the newest, after those that the practice was told of."""

_NOTHING = Shape("", str, False, False, Words(60, lines=False), None)


def _seen_by_both(drawing: Drawing) -> list[Choice]:
    """What the practice may be told of: nothing that an organisation keeps to itself."""
    closed = drawing.practice.closed
    return [one for one in facts(drawing) if visibility_of(closed, _number(one.value)) == Visibility.BOTH]


def _to_choose_one(drawing: Drawing) -> list[Choice]:
    """Of very many entries those that were put to the practice, what the address names, and the newest."""
    practice = drawing.practice
    known = [one for one in _seen_by_both(drawing) if not _is_the_practices(drawing, one)]
    put = {about for told in practice.told.values() for about in told.about} | {drawing.given.get("about")}
    first = [one._replace(group="What the practice was told of") for one in known if one.value in put]
    rest = sorted((one for one in known if one.value not in put), key=lambda one: -_number(one.value))[:MOST]
    chosen = {one.value for one in rest}
    return [_with_day(one) for one in (*first, *(one for one in known if one.value in chosen))]


def _with_day(one: Choice) -> Choice:
    """A list shows no hints, so the day stands in the line itself."""
    return one._replace(text=f"{short(one.text, 90)}, {one.hint.partition('. ')[0]}", hint="")


def _is_the_practices(drawing: Drawing, one: Choice) -> bool:
    return isinstance(drawing.practice.standing[_number(one.value)].fact, e.heard.FACTS)


def _number(cited: str) -> int:
    return int(cited.partition("/")[2])


def _papers(drawing: Drawing) -> list[Choice]:
    """Letters, notices and documents of the practice that both organisations see, the newest first."""
    practice, told = drawing.practice, telling(drawing)
    found = [
        entry
        for entry in practice.standing.values()
        if isinstance(entry.fact, PAPERS) and visibility_of(practice.closed, entry.version) == Visibility.BOTH
    ]
    return [
        Choice(
            cite(practice.code, entry.version),
            f"{short(told.title(entry.fact))}, {day(happened_on(entry.fact))}",
        )
        for entry in sorted(found, key=lambda entry: (happened_on(entry.fact), entry.version), reverse=True)
    ]


def _paper(name: str, label: str) -> Select:
    return Select(name=name, label=label, choices=_papers, when=lambda drawing: bool(_papers(drawing)))


def _told_of(drawing: Drawing) -> list[dict[str, str]]:
    """A point for each entry that it was told of."""
    told = drawing.thing(drawing.practice.told, "told_id")
    offered = {one.value for one in _to_choose_one(drawing)}
    return [{"about": one} for one in (told.about if told else ()) if one in offered]


def _tellings(drawing: Drawing) -> list[Choice]:
    """What it was told, the newest first."""
    practice = drawing.practice
    found = sorted(practice.told.values(), key=lambda one: (one.told_on, one.version), reverse=True)
    return [Choice(one.told_id, _entry(drawing, one.version)) for one in found]


def _responses(drawing: Drawing) -> list[Choice]:
    practice = drawing.practice
    found = sorted(practice.responses.values(), key=lambda one: (one.received_on, one.version), reverse=True)
    return [Choice(one.response_id, _entry(drawing, one.version)) for one in found]


def _entry(drawing: Drawing, version: int) -> str:
    fact = drawing.practice.standing[version].fact
    return f"{telling(drawing).title(fact)}, {day(happened_on(fact))}"


def _about_challenge(drawing: Drawing) -> str:
    challenge = drawing.thing(drawing.practice.challenges, "challenge_id")
    return _entry(drawing, challenge.version) if challenge else ""


def _challenge_words(drawing: Drawing) -> list[tuple[str, str]]:
    """What is challenged, as it stands, and what the practice says: both are read before it is decided."""
    challenge = drawing.thing(drawing.practice.challenges, "challenge_id")
    if challenge is None:
        return []
    told, practice = telling(drawing), drawing.practice
    shown = list(told.tell(practice.standing[challenge.version].fact).words)
    entry = practice.standing.get(_number(challenge.about)) if challenge.about else None
    if entry is not None:
        stands = told.tell(entry.fact)
        words = "\n".join(text for _, text in stands.words) or stands.how
        who = told.names.person(entry.person)
        shown.insert(0, (f"{stands.title}, {day(happened_on(entry.fact))}, recorded by {who}", words))
    return [(heading, words) for heading, words in shown if words]


def _tells(_drawing: Drawing, given: dict[str, Any]) -> Command:
    """A copy is named by its number, which the address has as text."""
    copy_to = given.pop("copy_to", None)
    return c.TellPractice(**given, copy_to=int(copy_to) if copy_to and copy_to.isdecimal() else None)


_COPY: Mapping[str, Shape] = {"copy_to": _NOTHING}

FORMS = (
    Form(
        command=c.TellPractice,
        title="Record what the practice was told",
        intro="Casebook tells the practice nothing by itself: this says that somebody did, when and how.",
        fields=(
            Hidden(name="copy_to", label="Copy"),
            Hidden(name="copy_sha256", label="Digest"),
            TextArea(
                name="told",
                label="What was it told?",
                hint=NO_PATIENTS,
                missing="Enter what it was told",
                rows=4,
                preset=lambda d: "A copy of its record." if "copy_to" in d.given else None,
            ),
            Text(
                name="told_to",
                label="Who was told?",
                hint="Their role, such as practice manager. Not their name.",
                missing="Enter the role of the person who was told",
                width="20",
            ),
            Chosen(name="channel", label="How?", missing="Choose how it was told", inline=True),
            _paper("by", "By which letter, notice or document?"),
            Ticks(
                name="about",
                label="About which entries?",
                hint="The practice may then answer each of them.",
                choices=_seen_by_both,
            ),
            WHEN,
        ),
        extra=_COPY,
        build=_tells,
        button="Record it",
    ),
    Form(
        command=c.ReceivePracticeResponse,
        title="Record the practice’s response",
        intro="What the practice itself answered, point by point. That it has nothing to say is an answer too.",
        fields=(
            Select(
                name="told_id",
                label="What does it answer?",
                choices=_tellings,
                none="It was not asked",
                when=lambda drawing: bool(_tellings(drawing)),
            ),
            Chosen(name="channel", label="How did it come?", missing="Choose how it came", inline=True),
            Text(
                name="responded_by",
                label="Who answered?",
                hint="Their role, such as practice manager. Not their name.",
                missing="Enter the role of the person who answered",
                width="20",
            ),
            Points(
                name="points",
                label="What did it answer?",
                hint=f"One point in each box, and the entry that it answers, if it is about one. {NO_PATIENTS}",
                choices=_to_choose_one,
                preset=_told_of,
                either=True,
            ),
            Tick(name="nothing_to_say", label="The practice said that it has nothing to say"),
            _paper("document", "In which document?"),
            WHEN,
        ),
        button="Record the response",
    ),
    Form(
        command=c.MakeFactualChallenge,
        title="Record that the practice says an entry is wrong",
        intro="The entry stays as it is. Somebody who recorded neither the entry nor this then decides, with reasons.",
        fields=(
            Select(
                name="about",
                label="Which entry?",
                choices=_to_choose_one,
                missing="Choose the entry that it says is wrong",
            ),
            TextArea(
                name="wrong",
                label="What does it say is wrong?",
                hint=NO_PATIENTS,
                missing="Enter what it says is wrong",
                rows=4,
            ),
            TextArea(name="instead", label="What does it say is right?", hint=NO_PATIENTS, rows=3),
            Select(
                name="response_id",
                label="In which response did it say so?",
                choices=_responses,
                when=lambda drawing: bool(_responses(drawing)),
            ),
            _paper("document", "Which document shows it?"),
            WHEN,
        ),
        button="Record the challenge",
    ),
    Form(
        command=c.DecideFactualChallenge,
        title="Decide a challenge",
        about=_about_challenge,
        shows=_challenge_words,
        intro=(
            "Your reasons are part of what the practice may see. Where it is upheld, put the entry right afterwards: "
            "deciding changes nothing by itself."
        ),
        fields=(
            Hidden(name="challenge_id", label="Challenge"),
            Chosen(name="outcome", label="Is the practice right?", missing="Choose whether it is right"),
            reason("Why?", "Enter your reasons"),
            WHEN,
        ),
        button="Decide the challenge",
    ),
    Form(
        command=c.ReferToQualitySurveillanceGroup,
        title="Record a referral to the Quality Surveillance Group",
        intro="That a concern about this practice was taken to those who oversee care in the area.",
        fields=(
            Text(name="group", label="To which group?", missing="Enter which group it was referred to"),
            reason("Why was it referred?", "Enter why it was referred"),
            Ticks(
                name="evidence",
                label="Which entries does it rest on?",
                choices=_seen_by_both,
                missing="Choose at least one entry",
                required=True,
            ),
            WHEN,
        ),
        button="Record the referral",
    ),
)

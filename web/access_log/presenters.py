"""The access log as a page tells it: what an address asks for, and each line in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from application.access_log import Line, Wanted
from application.no_past import YEARS
from domain.access.purposes import PURPOSES
from domain.access.purposes import called as purpose_called
from domain.rules import LONDON
from web.access_log.refusals import OF_ACCESS, TITLES, rule_in_words
from web.forms.fields import day_written
from web.past.address import end_of
from web.practices.links import entry_link, practice_link
from web.words import day, label, moment, plural, spaced

PAGE = 50

KINDS = {
    "read": "Read",
    "searched": "Searched",
    "exported": "Exported",
    "stated": "Stated a purpose",
    "sampled": "Had a sample drawn",
    "signed-in": "Signed in",
    "changed": "Changed",
    "used": "Used",
    "cleared": "Cleared",
    "refused": "Refused",
    "sent-back": "Form sent back",
}
"""What may be done, as it is stored and as it is called. A form sent back is stored as refused, by another kind of rule."""

NAMES = {
    "Practice": "a practice's page",
    "Entry": "an entry",
    "Decision": "a decision on the tier",
    "Decisions": "the list of decisions on the tier",
    "Replay": "a record, step by step",
    "Compared": "two moments of a practice, compared",
    "Recommendation": "what the rules recommend",
    "RestrictedEntry": "a restricted entry",
    "Document": "a document",
    "Letter": "a letter",
    "NoticeLetter": "the letter of a notice",
    "Notices": "the register of notices",
    "CaseloadCompared": "the caseload compared between two days",
    "Contract": "where the contract of a practice stands",
    "PracticeCopy": "a practice copy",
    "Brief": "a brief",
    "Past": "a page of the past",
    "Framework": "the tier framework",
    "FrameworkVersion": "a version of the tier framework",
    "FrameworkDraft": "a draft of the tier framework",
    "ConversationTemplates": "templates of conversations",
    "KeyIndicators": "the key indicator set",
    "KeyIndicator": "a key indicator",
    "Releases": "the list of releases of data",
    "Release": "a release of data",
    "SampleDecisions": "decisions",
    "SamplePractices": "practices",
    "SampleEntries": "entries",
    "ReadSample": "a sample",
    "Purpose": "what they looked back for",
    "Record": "the whole record",
    "ReadPractice": "a practice's page",
    "ReadRecord": "the whole record",
    "ReadAccessLog": "the access log",
    "ReadPeople": "people",
    "ReadInterests": "interests",
    "ReadCover": "cover and hand-over",
    "Person": "a person's page",
    "Practices": "the list of practices",
    "Timeline": "the timeline of many practices",
    "Timelines": "timelines side by side",
    "Records": "the list of records",
    "Search": "what they may read, by words",
    "People": "the list of people",
    "MyWork": "my work",
    "ContactsAvoided": "contacts to practices avoided",
    "WhatIsDue": "what is due",
    "News": "what is new from the other organisation",
    "Links": "linked practices",
    "Provider": "the practices of its provider",
    "Team": "their team's load",
    "ReadTeam": "a team's load",
    "OverDispute": "what was decided over a dispute",
    "Overrides": "overrides",
    "LookedAtAgain": "decisions looked at again",
    "Performers": "references to performers’ cases",
    "ReadPerformers": "references to performers’ cases",
    "ReadInsight": "Insight",
    "InsightTiers": "Insight: tiers over time",
    "InsightMovement": "Insight: movement between two days",
    "InsightMoved": "Insight: practices that moved",
    "InsightAgainst": "Insight: against the recommendation",
    "InsightValidation": "Insight: from flag to validation",
    "InsightTimeInTier": "Insight: time in tier",
    "InsightOverdue": "Insight: overdue by team",
    "InsightGap": "Insight: the conversation gap",
    "Indicators": "the indicators of a practice",
    "FlagsByDomain": "Insight: flags by domain",
    "Flags": "Flags of practices",
    "FlagsByRelease": "Insight: flags by release",
    "DryRun": "which practices a rule set would move",
    "ReadDryRun": "which practices a rule set would move",
    "ReadFramework": "the tier framework",
    "AccessLog": "the access log",
    "SignIn": "signing in",
    "SignInLink": "a link to choose a password",
    "Meetings": "the list of meetings",
    "Meeting": "a meeting on several practices",
    "LockOut": "who is locked out",
    "ClearLockOut": "who is locked out",
    "Password": "their password",
    "Backup": "a backup",
}
"""What it was done with. A command is called by its name."""

NONE_STATED = "none"

PURPOSES_CALLED = {one.name: one.called for one in PURPOSES} | {
    NONE_STATED: "None stated, where they looked back"
}
"""For which purposes the log can be narrowed."""

NOBODY = "nobody"
"""Who typed an address that is no account's."""

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for. What it mistypes is left out; a day is also named in `mistakes`."""

    person: str = ""
    practice: str = ""
    kind: str = ""
    purpose: str = ""
    refused: bool = False
    from_on: date | None = None
    to_on: date | None = None
    before: int | None = None
    after: int | None = None
    mistakes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Asked:
        kind, purpose = args.get("kind", ""), args.get("purpose", "")
        from_on, to_on, mistakes = _days(args)
        return cls(
            person=args.get("person", "").strip()[:60],
            practice=args.get("practice", "").strip().upper()[:20],
            kind=kind if kind in KINDS else "",
            purpose=purpose if purpose in PURPOSES_CALLED else "",
            refused=args.get("refused") == "yes",
            from_on=from_on,
            to_on=to_on,
            before=_number(args.get("before")),
            after=_number(args.get("after")),
            mistakes=mistakes,
        )

    @property
    def filtered(self) -> bool:
        return replace(self, before=None, after=None) != Asked()

    def wanted(self, recused: Iterable[str]) -> Wanted:
        return Wanted(
            person=self.person or None,
            about=f"practice-{self.practice}" if self.practice else None,
            what=_stored_as(self),
            purpose={"": None, NONE_STATED: ""}.get(self.purpose, self.purpose),
            sent_back=self.kind == "sent-back" and not self.refused
            if _stored_as(self) == "refused"
            else None,
            of_access=OF_ACCESS,
            from_at=_midnight(self.from_on) if self.from_on else None,
            until_at=_midnight(self.to_on + timedelta(days=1)) if self.to_on else None,
            without=frozenset(f"practice-{code}" for code in recused),
        )

    def address(self, page: str = "/access-log", **changed: Any) -> str:
        """A page's address, with something changed."""
        wanted = {
            "person": self.person,
            "practice": self.practice,
            "kind": self.kind,
            "purpose": self.purpose,
            "refused": "yes" if self.refused else "",
            "from": self.from_on.isoformat() if self.from_on else "",
            "to": self.to_on.isoformat() if self.to_on else "",
        } | changed
        question = urlencode({name: value for name, value in wanted.items() if value})
        return f"{page}{'?' if question else ''}{question}"


class Told(NamedTuple):
    """A line in words."""

    at: datetime
    who: str
    role: str
    what: str
    about: str
    href: str
    more: str
    refused: bool


def told(line: Line, people: Mapping[str, str], practices: Mapping[str, str], typed: str = "") -> Told:
    """`typed` are the words of the purpose that a line states, where it has any."""
    about, href = _about(line.subject, people, practices)
    more = f"{_more(line)}: {typed}" if typed else _more(line)
    refused = line.what == "refused" and (line.rule is None or line.rule in OF_ACCESS)
    done = "sent-back" if line.what == "refused" and not refused else line.what
    who = "Nobody's account" if line.person == NOBODY else people.get(line.person, line.person)
    role = "" if line.role in {None, "none"} else label(line.role, "Role")
    what = KINDS.get(done, spaced(done))
    if done not in {"signed-in", "stated"}:
        what = f"{what}: {name_of(line.name)}"
    return Told(line.at, who, role, what, about, href, more, refused)


_CLOCKS = {
    "recorded-by": "as recorded by",
    "happened-on": "as it happened on",
    "seen-by": "as seen by",
    "step": "step",
    "from": "from",
    "to": "to",
}


def _clocks(noted: str) -> str:
    """As recorded by 1234, as it happened on 3 May 2026: what an address says, in words."""
    words = noted.split()
    return ", ".join(
        f"{_CLOCKS.get(name, name)} {_at(at)}" for name, at in zip(words[::2], words[1::2], strict=False)
    )


def _at(written: str) -> str:
    """A day or an instant in words; a position, a step or an organisation, and an instant between two minutes, as it is."""
    try:
        if len(written) == len("2026-05-03"):
            return day(date.fromisoformat(written))
        at = datetime.fromisoformat(written) if "T" in written else None
    except ValueError:
        return written
    if at is None or at.tzinfo is None:
        return written
    if at == end_of(on := at.astimezone(LONDON).date()):
        return f"the end of {day(on)}"
    return written if at.second or at.microsecond else moment(at)


_COUNTED = {"searched": "result", "sampled": "item"}


def _more(line: Line) -> str:
    """What a line tells beside what was done: why it was refused, how much it was, where the clocks stood, what for."""
    if line.rule:
        return rule_in_words(line.rule)
    rows = line.number is not None and line.what != "stated"
    return "; ".join(
        filter(
            None,
            (
                plural(line.number or 0, _COUNTED.get(line.what, "row")) if rows else "",
                _clocks(line.moment or ""),
                f"for: {purpose_called(line.purpose)}" if line.purpose else "",
            ),
        )
    )


def _stored_as(asked: Asked) -> str | None:
    return "refused" if asked.refused or asked.kind == "sent-back" else asked.kind or None


def name_of(name: str) -> str:
    return NAMES.get(name) or TITLES.get(name) or _CAPITAL.sub(" ", name.replace(".", " ")).lower()


def people_in(lines: Iterable[Line]) -> set[str]:
    return {who for line in lines for who in (line.person, line.subject or "") if who.startswith("person-")}


def practices_in(lines: Iterable[Line]) -> set[str]:
    return {code for line in lines if (code := _code(line.subject)[0])}


def _code(subject: str | None) -> tuple[str, str]:
    """The practice and the entry that a line is about."""
    if not (subject or "").startswith("practice-"):
        return "", ""
    code, _, version = (subject or "").removeprefix("practice-").partition("/")
    return code, version


def _about(subject: str | None, people: Mapping[str, str], practices: Mapping[str, str]) -> tuple[str, str]:
    code, version = _code(subject)
    if code:
        name = f"{practices[code]}, {code}" if code in practices else f"{code}, no practice that is known"
        href = (
            (entry_link(code, int(version)) if version.isdigit() else practice_link(code))
            if code in practices
            else ""
        )
        return (f"{name}, entry {version}" if version else name), href
    if subject and people.get(subject, subject) != subject:
        return people[subject], f"/people/{subject}"
    if (subject or "").startswith("sample-"):
        return f"with the seed of {day((subject or '').removeprefix('sample-'))}", ""
    if (subject or "").startswith("from-"):
        return f"from {(subject or '').removeprefix('from-').replace('_', '/')}", ""
    if (subject or "").startswith("person-"):
        return "a person who was not added", ""
    return subject or "", ""


def _days(args: Mapping[str, str]) -> tuple[date | None, date | None, dict[str, str]]:
    """The first and the last day, and what is wrong with them."""
    mistakes: dict[str, str] = {}
    first, last = (
        _day(args, name, called, mistakes)
        for name, called in (("from", "The first day"), ("to", "The last day"))
    )
    if first and last and last < first:
        mistakes["to"] = f"The last day must be on or after {day(first)}"
    return first, last, mistakes


def _day(args: Mapping[str, str], name: str, called: str, mistakes: dict[str, str]) -> date | None:
    typed = args.get(name, "").strip()
    found = day_written(typed)
    if found is not None and found.year in YEARS:
        return found
    if typed:
        mistakes[name] = f"{called} must be a real date, such as 3 November 2026"
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 16 else None

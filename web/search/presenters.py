"""The search page: what an address asks for, and what was found, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from projections.marking import Passage
from projections.searching import WHATS, Found, Hit, What
from web.practices.links import practice_link
from web.words import day

KINDS: dict[What, str] = {
    "practice": "Practices",
    "conversation": "Conversation",
    "intelligence": "Intelligence",
    "flag": "Flags",
    "action": "Actions",
    "tier": "Tier",
    "contract": "Contract",
    "document": "Documents",
}
"""What the kinds are called over their results."""

CALLED = {
    "conversation": "Conversation",
    "amendment": "Text amended",
    "dispute": "Text disputed",
    "joining": "Conversations joined",
    "parting": "Conversations parted again",
    "intelligence": "Intelligence",
    "flag": "Flag raised",
    "explanation": "Flag explained",
    "action": "Action proposed",
    "progress": "Progress of an action",
    "expectation": "Asked for",
    "what the practice was told": "The practice was told",
    "response of the practice": "The practice answered",
    "challenge": "Challenge of a fact",
    "decision on a challenge": "Challenge decided",
    "review of the contract": "Contract reviewed",
    "referral": "Referral",
    "answer": "What came",
    "proposal": "Tier proposed",
    "decision": "Tier decided",
    "view of the tier": "View of the tier",
    "override": "Override given",
    "dissent": "Dissent from a decision",
    "re-affirming of a decision": "Decision re-affirmed",
    "breach": "Breach",
    "breach handled informally": "Breach handled informally",
    "attempt to settle": "Attempt to settle a breach",
    "remedial notice": "Remedial notice drafted",
    "breach notice": "Breach notice drafted",
    "sanction": "Contract sanction proposed",
    "termination notice": "Termination notice drafted",
    "issue of a notice": "Notice issued",
    "notice satisfied": "Notice satisfied",
    "notice not satisfied": "Notice not satisfied",
    "notice withdrawn": "Notice withdrawn",
    "sanction imposed": "Sanction imposed",
    "sanction lifted": "Sanction lifted",
    "suspension": "Suspension",
    "contractor’s notice": "The contractor’s notice",
    "contractor’s notice withdrawn": "The contractor’s notice withdrawn",
    "end of a contract": "End of a contract",
    "dispute over a step": "Dispute",
    "dispute determined": "Dispute determined",
    "dispute withdrawn": "Dispute withdrawn",
    "document": "Document",
    "letter": "Letter",
}
"""What each entry is called."""

LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for. What it mistypes is left out."""

    words: str = ""
    kind: What | None = None
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Asked:
        kind, page = args.get("kind", ""), args.get("page", "")
        return cls(
            words=args.get("words", "").strip()[:LONGEST],
            kind=next((what for what in WHATS if what == kind), None),
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
        )

    def address(self, **changed: Any) -> str:
        """The page's address, with something changed. Another kind begins at its first page."""
        wanted = {"words": self.words, "kind": self.kind or "", "page": ""} | changed
        return "/search?" + urlencode({name: value for name, value in wanted.items() if value not in {"", 1}})


class Choice(NamedTuple):
    """A kind to choose, with how much there is of it."""

    text: str
    number: str
    href: str
    current: bool


class Entry(NamedTuple):
    """An entry that was found: where it stands in the conversation, and the best few lines of it."""

    title: str
    href: str
    practice: str
    practice_href: str
    code: str
    on: date
    passage: Passage


class Group(NamedTuple):
    """What was found of a kind. `more` leads to all of it."""

    id: str
    title: str
    entries: list[Entry]
    more: tuple[str, str] | None


def kinds(found: Found, asked: Asked) -> list[Choice]:
    """Everything, and each kind of which there is any; also the one that is chosen."""
    there = [what for what in WHATS if found.counts[what] or what == asked.kind]
    choices = [Choice("Everything", f"{found.total:,}", asked.address(kind=""), asked.kind is None)]
    return choices + [
        Choice(KINDS[what], f"{found.counts[what]:,}", asked.address(kind=what), what == asked.kind)
        for what in there
    ]


def practices(found: Found) -> list[dict[str, str]]:
    """Practices, with what else tells them apart."""
    return [
        {
            "name": one.name,
            "href": practice_link(one.code),
            "more": ", ".join(
                filter(
                    None, (one.code, one.postcode, (one.closed_on and f"closed {day(one.closed_on)}") or None)
                )
            ),
        }
        for one in found.practices
    ]


def groups(found: Found, asked: Asked) -> list[Group]:
    """Entries under their kinds, in the kinds' order."""
    made = []
    for what in WHATS:
        hits = [hit for hit in found.hits if hit.kind == what]
        if hits:
            number = found.counts[what]
            more = None
            if asked.kind is None and number > len(hits):
                more = (f"All {number:,} under {KINDS[what].lower()}", asked.address(kind=what))
            made.append(Group(what, KINDS[what], [_entry(hit) for hit in hits], more))
    return made


def _entry(hit: Hit) -> Entry:
    link = practice_link(hit.code)
    return Entry(
        CALLED[hit.called],
        f"{link}?entry={hit.version}#entry-{hit.version}",
        hit.name,
        link,
        hit.code,
        hit.happened_on,
        hit.passage,
    )


def advice(found: Found) -> str:
    """What to try where nothing was found."""
    if not found.typed.phrases:
        return "Those words stand in nearly every entry, or are signs only. Add a word that says what it was about."
    if len(found.typed.phrases) > 1:
        return "Nothing that you may read has all of these words. Try fewer of them."
    return "Nothing that you may read has these words. Try another word, or only its beginning."


def page(found: Found, asked: Asked, number: int) -> dict[str, str] | None:
    if not 1 <= number <= found.pages:
        return None
    return {"href": asked.address(page=number), "text": f"{number} of {found.pages}"}

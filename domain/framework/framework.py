"""The versions of the tier framework, and the rules of drafting and publishing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache

from domain.canonical import digest
from domain.clocks.counting import months_after
from domain.framework.commands import (
    DeclineRuleSet,
    DraftRuleSet,
    FrameworkCommand,
    PublishRuleSet,
    WithdrawRuleSet,
)
from domain.framework.events import RuleSetDeclined, RuleSetDrafted, RuleSetPublished, RuleSetWithdrawn
from domain.framework.making import rule_set_of
from domain.framework.parts import Framework, RuleSet
from domain.practice.dates import in_full
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import check_command

KEY = "tiers"
"""What the framework's one stream is called: `framework-tiers`."""
OPERATOR = "operator"
FURTHEST = 24
"""Months ahead that a version may be published for: a mistyped year would stand before every later version."""


@dataclass(slots=True)
class Draft:
    """A rule set that somebody proposed. `status` is open, published or declined; `answer` is the fact that said so."""

    entry: Recorded
    fact: RuleSetDrafted
    status: str = "open"
    answer: Recorded | None = None


@dataclass(slots=True)
class Version:
    """A published version: the draft that it was, the fact that published it, and the one that took it back."""

    draft: Draft
    entry: Recorded
    framework: Framework
    digest: str
    withdrawn: Recorded | None = None


@dataclass(slots=True)
class Versions:
    """Every draft by its id, and every version in order."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    published: list[Version] = field(default_factory=list)
    last: int = 0

    def on(self, day: date) -> Framework | None:
        """What is in force on a day: the latest version that had taken effect."""
        found = [one.framework for one in self.standing if one.framework.effective_from <= day]
        return found[-1] if found else None

    @property
    def standing(self) -> list[Version]:
        """The versions that were not withdrawn before they were in force."""
        return [one for one in self.published if one.withdrawn is None]

    def version(self, number: int) -> Version | None:
        return self.published[number - 1] if 0 < number <= len(self.published) else None

    def followed(self, draft: Draft) -> Version | None:
        """The version that a draft began as: what it changes is told against that one."""
        return self.version(draft.fact.follows or 0)

    @property
    def latest(self) -> Version | None:
        """The last that stands: what a draft begins as, and follows."""
        return self.standing[-1] if self.standing else None

    @property
    def open(self) -> list[Draft]:
        """The drafts that wait for somebody's answer, the newest first."""
        return [one for one in self.drafts.values() if one.status == "open"][::-1]


def replay(history: Iterable[Recorded]) -> Versions:
    found = Versions()
    for entry in history:
        found.last = entry.version
        match entry.fact:
            case RuleSetDrafted() as fact:
                found.drafts[fact.draft_id] = Draft(entry, fact)
            case RuleSetPublished() as fact:
                draft = found.drafts[fact.draft_id]
                draft.status, draft.answer = "published", entry
                now = Framework(
                    version=fact.version,
                    effective_from=fact.effective_from,
                    rule_set=draft.fact.rule_set,
                )
                found.published.append(Version(draft, entry, now, fact.digest))
            case RuleSetDeclined() as fact:
                draft = found.drafts[fact.draft_id]
                draft.status, draft.answer = "declined", entry
            case RuleSetWithdrawn() as fact:
                found.published[fact.version - 1].withdrawn = entry
            case _:
                pass
    return found


@lru_cache(maxsize=64)
def digest_of(rule_set: RuleSet) -> str:
    """The SHA-256 of all that a rule set says, so that anybody can see that a version is what it was. Rule sets are few, and
    each recommendation that is recorded names one's.
    """
    return digest(asdict(rule_set))


def things(told: Fact | FrameworkCommand) -> frozenset[str]:
    """Two people's answers to one draft are told apart; and so is a version that was published meanwhile."""
    draft = getattr(told, "draft_id", "")
    if isinstance(told, RuleSetWithdrawn | WithdrawRuleSet):
        return frozenset({"version"})
    published = isinstance(told, RuleSetPublished | PublishRuleSet)
    return frozenset({f"rule-set-{draft}", "version"} if published else {f"rule-set-{draft}"})


# --- rules ----------------------------------------------------------------------------------------------------


def decide(versions: Versions, command: FrameworkCommand, asked: Asked) -> list[Fact]:
    check_command(command)
    match command:
        case DraftRuleSet():
            return _draft(versions, command, asked)
        case PublishRuleSet():
            return _publish(versions, command, asked)
        case WithdrawRuleSet():
            return _withdraw(versions, command, asked)
        case DeclineRuleSet():
            draft = _waiting(versions, command.draft_id)
            return [
                RuleSetDeclined(
                    draft_id=draft.fact.draft_id, reason=Sealed(command.reason), occurred_on=asked.on
                )
            ]
        case _:
            raise TypeError(type(command).__name__)


def _draft(versions: Versions, command: DraftRuleSet, asked: Asked) -> list[Fact]:
    """A draft says every rule, and something otherwise than the latest version. Where it would not, nothing is recorded."""
    refuse_unless(
        command.draft_id not in versions.drafts,
        "drafts-are-recorded-once",
        "This draft is already recorded",
    )
    made = rule_set_of(command.rules, command.responses)
    latest = versions.latest
    if latest is not None and latest.framework.rule_set == made:
        return []
    if any(one.fact.rule_set == made for one in versions.open):
        raise RuleBroken(
            "a-rule-set-waits-once",
            "Just this rule set is proposed already, and waits for an answer: a manager publishes or declines it",
        )
    return [
        RuleSetDrafted(
            draft_id=command.draft_id,
            follows=latest.framework.version if latest else None,
            rule_set=made,
            reason=Sealed(command.reason),
            occurred_on=asked.on,
        )
    ]


def _publish(versions: Versions, command: PublishRuleSet, asked: Asked) -> list[Fact]:
    """A draft is published by another person than who drafted it, for a day that has not passed."""
    draft, latest = _waiting(versions, command.draft_id), versions.latest
    version = len(versions.published) + 1
    begins = latest is None and asked.role == OPERATOR
    refuse_unless(
        begins or draft.entry.person != asked.person,
        "another-person-publishes-a-rule-set",
        "You drafted this: another person must publish it",
    )
    if latest is not None and draft.fact.follows != latest.framework.version:
        raise RuleBroken(
            "a-draft-follows-the-latest-version",
            f"Version {latest.framework.version} is the latest, and this was drafted from another: draft it anew, from that "
            "version",
        )
    if not begins:
        _takes_effect(command.effective_from, latest, asked)
    return [
        RuleSetPublished(
            draft_id=draft.fact.draft_id,
            version=version,
            effective_from=command.effective_from,
            digest=digest_of(draft.fact.rule_set),
            reason=Sealed(command.reason),
            occurred_on=asked.on,
        )
    ]


def _takes_effect(day: date, latest: Version | None, asked: Asked) -> None:
    """A rule set does not reach back: what was recommended on a past day is worked out by the rules of that day."""
    refuse_unless(
        day >= asked.on,
        "a-version-does-not-reach-back",
        f"Enter {in_full(asked.on)} or a later day: a version takes effect on the day it is published at the earliest",
        "effective_from",
    )
    last = months_after(asked.on, FURTHEST)
    refuse_unless(
        day <= last,
        "a-version-takes-effect-soon-enough-to-be-known",
        f"Enter a day from {in_full(asked.on)} to {in_full(last)}: a version is published for two years ahead at most",
        "effective_from",
    )
    before = latest.framework.effective_from if latest else day
    refuse_unless(
        day >= before,
        "versions-take-effect-in-order",
        f"Enter {in_full(before)} or a later day, when the version before it takes effect",
        "effective_from",
    )


def bar_to_withdrawing(versions: Versions, number: int, on: date) -> RuleBroken | None:
    """Why a version is not taken back on a day: the latest is, until the day before it is in force, as nothing was
    recommended by it yet.
    """
    found, latest = versions.version(number), versions.latest
    if found is None or found.withdrawn is not None or latest is None:
        return RuleBroken(
            "a-version-is-one-of-the-framework",
            "Choose a version that stands: nothing else is withdrawn",
            "version",
        )
    if found is not latest:
        return RuleBroken(
            "the-latest-version-is-withdrawn-first",
            f"Version {latest.framework.version} was published after it: withdraw that one first",
            "version",
        )
    if found.framework.effective_from <= on:
        return RuleBroken(
            "a-version-in-force-stays",
            f"It is in force since {in_full(found.framework.effective_from)}: publish another version in its place",
            "version",
        )
    return None


def _withdraw(versions: Versions, command: WithdrawRuleSet, asked: Asked) -> list[Fact]:
    if bar := bar_to_withdrawing(versions, command.version, asked.on):
        raise bar
    return [RuleSetWithdrawn(version=command.version, reason=Sealed(command.reason), occurred_on=asked.on)]


def _waiting(versions: Versions, draft_id: str) -> Draft:
    draft = versions.drafts.get(draft_id)
    if draft is None:
        raise RuleBroken("a-draft-is-one-of-the-framework", "Choose a draft of the rule set", "draft_id")
    refuse_unless(draft.status == "open", "a-draft-is-answered-once", f"This draft is already {draft.status}")
    return draft

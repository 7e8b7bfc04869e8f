"""What stands under the headings of a notice's letter, by its draft and by how it was issued, in each form of letter.

The words here were issued: whoever changes one adds a form, and leaves what the old forms say as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from application.notice_evidence import in_words
from application.notice_words import COMMITTEES, ENTITLEMENTS, GROUNDS, SANCTIONS, SERVICES, TITLES
from domain.practice import events as e
from domain.practice.dates import in_full
from domain.practice.kinds import SanctionKind
from domain.practice.state import Practice
from domain.rules import Sealed

Draft = e.RemedialNoticeDrafted | e.BreachNoticeDrafted | e.SanctionProposed | e.TerminationNoticeDrafted

_PERIOD = "You must do this within {} days. The period begins on the day after the day on which this notice counts as given to you."
_AFTERWARDS = (
    "If it is not done to our satisfaction by the last day of the period, we may take the further steps that the {} "
    "and the regulations allow."
)
RECEIPT = "Please sign, date and return a copy of this letter to say that you received it."


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Of:
    """Of what a letter is made: `thing` is what it calls the contract, and `form` in which form of letter."""

    practice: Practice
    draft: Draft
    form: int
    thing: str


def parts(of: Of, issued: e.NoticeIssued | None) -> Iterator[Part]:
    yield from _grounds(of)
    yield from _asks(of)
    if issued is not None:
        yield from _issued(of, issued)


# --- what it is of ----------------------------------------------------------------------------------------------


def _grounds(of: Of) -> Iterator[Part]:
    practice, draft = of.practice, of.draft
    yield Part(
        "Under which provision",
        _some(f"This notice is given under {draft.provision.words}.", draft.provision_words),
    )
    if isinstance(draft, e.RemedialNoticeDrafted | e.BreachNoticeDrafted):
        breaches = [practice.standing[practice.breaches[one].version].fact for one in draft.breaches]
        for breach in breaches:
            if isinstance(breach, e.BreachIdentified):
                yield Part("The breach", _some(
                    f"{breach.provision.words}. The breach is of {in_full(breach.breached_on)}.",
                    breach.provision_words, breach.what,
                ))  # fmt: skip
    else:
        rests = [
            f"The {TITLES[one.kind].lower()} of {in_full(one.issued_on)}."
            for one in (practice.notices.get(each) for each in draft.rests_on)
            if one is not None and one.issued_on is not None
        ]
        ground = ENTITLEMENTS[draft.entitlement].replace("the contract", f"the {of.thing}")
        yield Part("The ground", _some(ground, *rests))
        if draft.cumulative_effect:
            yield Part("The effect of the breaches taken together", (draft.cumulative_effect.words,))
    yield Part("Why this notice is given", (draft.reasons.words,))


def _asks(of: Of) -> Iterator[Part]:
    draft = of.draft
    match draft:
        case e.RemedialNoticeDrafted():
            yield from _remedy(of, draft)
        case e.BreachNoticeDrafted():
            yield Part("What you must not do", ("You must not repeat this breach.",))
        case e.SanctionProposed():
            yield from _sanction(of, draft)
        case e.TerminationNoticeDrafted():
            clause = f"Clause {draft.clause.words} of the {of.thing}." if draft.clause else None
            yield Part(
                f"When the {of.thing} ends",
                _some(f"The {of.thing} ends on {in_full(draft.effective_on)}.", clause),
            )
            yield Part("What is done for patients", (draft.patients.words,))
            yield from _evidence(of, draft.evidence)
    if isinstance(draft, e.RemedialNoticeDrafted | e.BreachNoticeDrafted):
        if draft.withholds:
            yield Part("What is withheld", (draft.withholds.words,))
    else:
        yield from _sooner(draft)


def _remedy(of: Of, draft: e.RemedialNoticeDrafted) -> Iterator[Part]:
    yield Part("What you must do", (draft.steps.words,))
    yield Part("By when", (_PERIOD.format(draft.period_days), _AFTERWARDS.format(of.thing)))
    yield from _sooner(draft)


def _sanction(of: Of, draft: e.SanctionProposed) -> Iterator[Part]:
    until = f" until {in_full(draft.until_on)}, its last day" if draft.until_on else ""
    services = f"Services: {', '.join(SERVICES[one] for one in draft.services)}."
    taken: list[str | Sealed | None] = [services if draft.services else None, draft.obligations]
    money: list[str | Sealed | None] = [draft.sum_withheld]
    if of.form > 2:
        # A draft may hold what was typed before another sanction was chosen: it is no part of this one.
        withheld = draft.kind == SanctionKind.WITHHOLD_MONEY
        taken, money = ([], money) if withheld else (taken, [])
    kind = SANCTIONS[draft.kind].replace("the contract", f"the {of.thing}")
    yield Part("The sanction", _some(f"{kind} from {in_full(draft.from_on)}{until}.", *taken, *money))
    yield Part("What it does", (draft.effect.words,))
    yield from _evidence(of, draft.evidence)


def _evidence(of: Of, cited: Sequence[str]) -> Iterator[Part]:
    if not cited:
        return
    if of.form > 2:
        words = tuple(in_words(of.practice, one) for one in cited)
    else:
        words = (f"Entries of our record of you: {', '.join(cited)}.",)
    yield Part("The evidence relied on", words)


def _sooner(
    draft: e.RemedialNoticeDrafted | e.SanctionProposed | e.TerminationNoticeDrafted,
) -> Iterator[Part]:
    if draft.shorter_because is not None:
        yield Part("Why the period is shorter", _some(GROUNDS[draft.shorter_because], draft.shorter_words))


# --- what issuing adds ------------------------------------------------------------------------------------------


def _issued(of: Of, issued: e.NoticeIssued) -> Iterator[Part]:
    if issued.answered:
        yield Part("What you answered", (issued.answered.words,))
    if issued.not_waited_because:
        yield Part("Why we did not wait for an answer", (issued.not_waited_because.words,))
    committee = COMMITTEES[issued.committee]
    if issued.consulted_on:
        yield Part("Who was consulted", (f"We consulted the {committee} on {in_full(issued.consulted_on)}.",))
    else:
        yield Part(
            "Who was consulted", _some(f"We did not consult the {committee}.", issued.not_consulted_because)
        )
    yield Part(
        "How you may dispute it",
        (issued.appeal_rights.words, f"{issued.appeal_body.words}\n{issued.appeal_address.words}"),
    )
    if of.form <= 2:
        yield Part("Receipt", (RECEIPT,))


def _some(*words: str | Sealed | None) -> tuple[str, ...]:
    return tuple(one.words if isinstance(one, Sealed) else one for one in words if one)

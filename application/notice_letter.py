"""The statutory letter of a notice: made of its draft and of how it was issued, the same bytes each time.

It is made of facts that do not change: the draft as it stood when the notice was issued, the contract and the breaches as
of then, and what the manager gave on issuing. So anybody can make it again, and its SHA-256, which the fact of issuing
holds, says that it is the letter that was issued. What was held then is told by positions in the record, which no clock
moves. The words below are therefore its own and not the pages': whoever changes one adds a form of letter, and leaves the
old ones as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from application.notice_words import COMMITTEES, ENTITLEMENTS, GROUNDS, SANCTIONS, SERVICES, TITLES
from domain.access.organisations import Organisation
from domain.practice import events as e
from domain.practice.contract_state import Notice
from domain.practice.dates import in_full
from domain.practice.practice import replay
from domain.practice.state import Practice
from domain.rules import Fact, RuleBroken, Sealed

FORMS = (2, 1)
"""The newest first: what is issued now has it, and what was issued has the one that its digest is of.

1 is addressed to those who signed the contract; 2 to those who the contractor is made of on the day of issue.
"""

GIVEN_ON_ISSUING = (
    "the day on which it is issued",
    "what the contractor answered, or why no answer was waited for",
    "how it may be disputed",
    "who decides a dispute, and at which address",
)
"""What a draft cannot have yet: a manager gives it on issuing, and is refused where one of these is missing."""

Named = Callable[[str, date, int | None], str]
"""What an organisation was called on a day, by what the record held before a position."""

Draft = e.RemedialNoticeDrafted | e.BreachNoticeDrafted | e.SanctionProposed | e.TerminationNoticeDrafted


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in parts, as a page or a file has it. `missing` is what it has not, so that it cannot be given yet."""

    sender: str
    to: tuple[str, ...]
    on: str
    title: str
    about: str
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    form: str = f"Form of letter {FORMS[0]}"

    @property
    def text(self) -> str:
        """The whole letter as plain text: what is digested."""
        lines = [self.sender, "", *self.to, "", self.on, "", self.title.upper(), self.about, ""]
        for part in self.parts:
            lines += [part.heading.upper(), ""]
            for words in part.words:
                lines += [words, ""]
        return "\n".join([*lines, f"Signed for {self.sender}", "", self.form, ""])

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def with_letter(facts: Iterable[Fact], practice: Any, named: Named) -> list[Fact]:
    """What was decided, a notice issued with the digest of its letter: nobody says themselves what that is."""
    return [
        replace(fact, letter_sha256=_complete(practice, fact, named).digest)
        if isinstance(fact, e.NoticeIssued)
        else fact
        for fact in facts
    ]


def _complete(practice: Practice, issued: e.NoticeIssued, named: Named) -> Letter:
    letter = _made(practice, practice.notices[issued.notice_id], issued, None, named)
    if letter.missing:
        raise RuleBroken(
            "a-notice-is-issued-with-its-whole-letter",
            f"The letter is not complete: it has not {' nor '.join(letter.missing)}",
        )
    return letter


def letter_of(practice: Practice, notice: Notice, named: Named) -> Letter:
    """The letter of a notice, as it was issued; of a draft, as far as it goes."""
    if notice.issued is None:
        return _made(practice, notice, None, None, named)
    entry = practice.recorded(notice.issued)
    assert entry is not None
    assert isinstance(entry.fact, e.NoticeIssued)
    then = replay([one for one in practice.history if one.version < entry.version])
    of = (then, then.notices[notice.notice_id], entry.fact, entry.position, named)
    newest, *older = (_made(*of, form) for form in FORMS)
    return next((one for one in older if one.digest == entry.fact.letter_sha256), newest)


def _made(
    practice: Practice,
    notice: Notice,
    issued: e.NoticeIssued | None,
    before: int | None,
    named: Named,
    form: int = FORMS[0],
) -> Letter:
    draft: Any = practice.standing[notice.version].fact
    on = issued.occurred_on if issued else draft.occurred_on
    contract = _contract(practice, notice.contract_id)
    responsible = practice.responsible_on(on) or next(iter(practice.responsibilities), None)
    assert practice.details is not None
    address = (contract.notice_address if contract else None) or practice.details.address
    parties = _parties(practice, contract, on, form) if contract else ()
    reference = f"Contract {contract.reference.words}. " if contract else ""
    missing = [
        *([] if parties else ["whom the contract is with"]),
        *([] if responsible else ["who gives it"]),
    ]
    return Letter(
        sender=named(responsible.contract_holder, on, before) if responsible else "",
        to=(*parties, *(address.words.splitlines() if address else ())),
        on=in_full(on) if issued else "Draft: not issued",
        title=TITLES[notice.kind],
        about=f"{reference}{practice.details.name.words} ({practice.code}).",
        parts=(*_grounds(practice, draft), *_asks(draft), *(_issued(issued) if issued else ())),
        missing=(*missing, *(() if issued else GIVEN_ON_ISSUING)),
        form=f"Form of letter {form}",
    )


def _contract(practice: Practice, contract_id: str) -> e.ContractSigned | None:
    facts = (entry.fact for entry in practice.standing.values())
    return next(
        (one for one in facts if isinstance(one, e.ContractSigned) and one.contract_id == contract_id), None
    )


def _parties(practice: Practice, contract: e.ContractSigned, on: date, form: int) -> tuple[str, ...]:
    """Whom the contract is with on a day: who signed it, without those who left and with those who joined."""
    parties = [party.words for party in contract.parties]
    changes = [
        entry.fact
        for entry in practice.standing.values()
        if isinstance(entry.fact, e.ContractorCompositionChanged)
        and entry.fact.contract_id == contract.contract_id
        and entry.fact.effective_on <= on
    ]
    for change in sorted(changes, key=lambda one: one.effective_on) if form > 1 else ():
        gone = {_name(one.words).casefold() for one in change.left}
        parties = [one for one in parties if _name(one).casefold() not in gone]
        parties += [_name(one.words) for one in change.joined]
    return tuple(dict.fromkeys(parties))


def _name(words: str) -> str:
    """Who somebody is, without the number of their registration, which stands after some names and not after others."""
    return " ".join(_REGISTRATION.sub("", words).split())


_REGISTRATION = re.compile(r"[\s,(]+(?:GMC|GPhC|GOC|GDC|NMC)\b.*", re.IGNORECASE | re.DOTALL)


_PERIOD = "You must do this within {} days. The period begins on the day after the day on which this notice counts as given to you."
_AFTERWARDS = (
    "If it is not done to our satisfaction by the last day of the period, we may take the further steps that the contract "
    "and the regulations allow."
)


# --- what it is of ----------------------------------------------------------------------------------------------


def _grounds(practice: Practice, draft: Draft) -> Iterator[Part]:
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
        yield Part("The ground", _some(ENTITLEMENTS[draft.entitlement], *rests))
        if draft.cumulative_effect:
            yield Part("The effect of the breaches taken together", (draft.cumulative_effect.words,))
    yield Part("Why this notice is given", (draft.reasons.words,))


def _asks(draft: Draft) -> Iterator[Part]:
    match draft:
        case e.RemedialNoticeDrafted():
            yield from _remedy(draft)
        case e.BreachNoticeDrafted():
            yield Part("What you must not do", ("You must not repeat this breach.",))
        case e.SanctionProposed():
            yield from _sanction(draft)
        case e.TerminationNoticeDrafted():
            clause = f"Clause {draft.clause.words} of the contract." if draft.clause else None
            yield Part(
                "When the contract ends",
                _some(f"The contract ends on {in_full(draft.effective_on)}.", clause),
            )
            yield Part("What is done for patients", (draft.patients.words,))
            yield from _evidence(draft.evidence)
    if isinstance(draft, e.RemedialNoticeDrafted | e.BreachNoticeDrafted):
        if draft.withholds:
            yield Part("What is withheld", (draft.withholds.words,))
    else:
        yield from _sooner(draft)


def _remedy(draft: e.RemedialNoticeDrafted) -> Iterator[Part]:
    yield Part("What you must do", (draft.steps.words,))
    yield Part("By when", (_PERIOD.format(draft.period_days), _AFTERWARDS))
    yield from _sooner(draft)


def _sanction(draft: e.SanctionProposed) -> Iterator[Part]:
    until = f" until {in_full(draft.until_on)}, its last day" if draft.until_on else ""
    services = ", ".join(SERVICES[one] for one in draft.services)
    yield Part("The sanction", _some(
        f"{SANCTIONS[draft.kind]} from {in_full(draft.from_on)}{until}.",
        f"Services: {services}." if services else None, draft.obligations, draft.sum_withheld,
    ))  # fmt: skip
    yield Part("What it does", (draft.effect.words,))
    yield from _evidence(draft.evidence)


def _evidence(cited: Sequence[str]) -> Iterator[Part]:
    if cited:
        yield Part("The evidence relied on", (f"Entries of our record of you: {', '.join(cited)}.",))


def _sooner(
    draft: e.RemedialNoticeDrafted | e.SanctionProposed | e.TerminationNoticeDrafted,
) -> Iterator[Part]:
    if draft.shorter_because is not None:
        yield Part("Why the period is shorter", _some(GROUNDS[draft.shorter_because], draft.shorter_words))


# --- what issuing adds ------------------------------------------------------------------------------------------


def _issued(issued: e.NoticeIssued) -> Iterator[Part]:
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
    yield Part(
        "Receipt", ("Please sign, date and return a copy of this letter to say that you received it.",)
    )


def _some(*words: str | Sealed | None) -> tuple[str, ...]:
    return tuple(one.words if isinstance(one, Sealed) else one for one in words if one)


def called(organisation: Organisation, code: str, on: date) -> str:
    """What an organisation was called on a day; its code where it had no name yet."""
    found = organisation.named_on(on)
    return found.name if found else code

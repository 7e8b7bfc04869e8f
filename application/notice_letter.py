"""The statutory letter of a notice: made of its draft and of how it was issued, the same bytes each time.

It is made of facts that do not change: the draft as it stood when the notice was issued, the contract and the breaches as
of then, and what the manager gave on issuing. So anybody can make it again, and its SHA-256, which the fact of issuing
holds, says that it is the letter that was issued. What was held then is told by positions in the record, which no clock
moves. The words below are therefore its own and not the pages': whoever changes one adds a form of letter, and leaves the
old ones as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from application.notice_parts import RECEIPT, Of, Part, parts
from application.notice_words import ENDINGS, ROLES, THINGS, TITLES
from domain.access.organisations import Organisation
from domain.practice import events as e
from domain.practice.contract_state import Notice
from domain.practice.dates import in_full
from domain.practice.kinds import NoticeKind
from domain.practice.practice import replay
from domain.practice.state import Practice, Responsibility
from domain.rules import Asked, DoesNotOpen, Fact, RuleBroken

FORMS = (5, 4, 3, 2, 1)
"""The newest first: what is issued now has it, and what was issued has the one that its digest is of.

1 is addressed to those who signed the contract; 2 to those who the contractor is made of on the day of issue; 3 has
the postcode, says what the evidence is and what the contract is called, and is signed by who issued it, with lines to sign;
4 has the address that it comes from, where one is recorded; 5 that of the organisation that stands for the sender on the
day of the letter, where one came after it.
"""

GIVEN_ON_ISSUING = (
    "the day on which it is issued",
    "what the contractor answered, or why no answer was waited for",
    "how it may be disputed",
    "who decides a dispute, and at which address",
    "who signs it: whoever issues it",
)
"""What a draft cannot have yet: a manager gives it on issuing, and is refused where one of these is missing."""


class Named(NamedTuple):
    """What organisations and people are called, where organisations are, and which stands for one that ended, on a day, by
    what the record held before a position.
    """

    organisation: Callable[[str, date, int | None], str]
    person: Callable[[str, int | None], str]
    address: Callable[[str, date, int | None], str] = lambda _code, _on, _before: ""
    living: Callable[[str, date, int | None], str] = lambda code, _on, _before: code


class By(NamedTuple):
    """Who issued a notice, and in which role."""

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in parts, as a page or a file has it. `missing` is what it has not, so that it cannot be given yet.

    `signatory` are the lines beneath the signature: who signs, and as what. Where there are none it is an older letter,
    which has no lines to sign.
    """

    sender: str
    to: tuple[str, ...]
    on: str
    title: str
    about: str
    parts: tuple[Part, ...]
    signatory: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    form: str = f"Form of letter {FORMS[0]}"
    address: tuple[str, ...] = ()
    """Where it comes from."""
    address_lost: bool = False
    """Whether there is an address that does not open any more: the letter cannot be issued before there is another."""

    @property
    def text(self) -> str:
        """The whole letter as plain text: what is digested."""
        lines = [
            self.sender,
            *self.address,
            "",
            *self.to,
            "",
            self.on,
            "",
            self.title.upper(),
            self.about,
            "",
        ]
        for part in self.parts:
            lines += [part.heading.upper(), ""]
            for words in part.words:
                lines += [words, ""]
        return "\n".join([*lines, f"Signed for {self.sender}", "", *self._to_sign(), self.form, ""])

    def _to_sign(self) -> list[str]:
        if not self.signatory:
            return []
        blank = [f"{one}: ______________________________" for one in self.to_sign]
        return [blank[0], *self.signatory, "", "RECEIPT", "", RECEIPT, "", *self.to, "", *blank, ""]

    @property
    def receipt(self) -> str:
        """What is asked for on the receipt."""
        return RECEIPT

    @property
    def to_sign(self) -> tuple[str, ...]:
        """The lines that are left to be filled in by hand."""
        return ("Signature", "Name", "Date")

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def with_letter(
    facts: Iterable[Fact], practice: Any, named: Named, asked: Asked, read: str | None = None
) -> list[Fact]:
    """What was decided, a notice issued with the digest of its letter: nobody says themselves what that is.

    `read` is the digest of the draft's letter as whoever issues it has read it.
    """
    facts = list(facts)
    for fact in facts:
        if isinstance(fact, e.NoticeIssued) and read:
            _is_as_read(letter_of(practice, practice.notices[fact.notice_id], named, asked.on), read)
    return [
        replace(fact, letter_sha256=_complete(practice, fact, named, By(asked.person, asked.role)).digest)
        if isinstance(fact, e.NoticeIssued)
        else fact
        for fact in facts
    ]


def _is_as_read(draft: Letter, read: str) -> None:
    """What others record elsewhere changes it too: the name and address of whom it comes from."""
    if draft.digest != read:
        raise RuleBroken(
            "what-is-issued-is-what-was-read",
            "The letter reads otherwise than when you opened this form: the name or address that it comes from was changed. "
            "See where it comes from now, then issue it",
        )


def _complete(practice: Practice, issued: e.NoticeIssued, named: Named, by: By) -> Letter:
    letter = _made(practice, practice.notices[issued.notice_id], issued, None, named, by)
    if letter.missing:
        raise RuleBroken(
            "a-notice-is-issued-with-its-whole-letter",
            f"The letter is not complete: it has not {' nor '.join(letter.missing)}",
        )
    return letter


def letter_of(practice: Practice, notice: Notice, named: Named, today: date | None = None) -> Letter:
    """The letter of a notice, as it was issued; of a draft, as far as it goes, were it issued today."""
    if notice.issued is None:
        return _made(practice, notice, None, None, named, today=today)
    entry = practice.recorded(notice.issued)
    assert entry is not None
    assert isinstance(entry.fact, e.NoticeIssued)
    then = replay([one for one in practice.history if one.version < entry.version])
    by = By(entry.person, entry.role)
    of = (then, then.notices[notice.notice_id], entry.fact, entry.position, named, by)
    *older, newest = reversed(FORMS)
    # The older first: what names nobody must not fail for a name that does not open.
    for form in older:
        with suppress(DoesNotOpen):
            made = _made(*of, form)
            if made.digest == entry.fact.letter_sha256:
                return made
    return _made(*of, newest)


def _made(
    practice: Practice,
    notice: Notice,
    issued: e.NoticeIssued | None,
    before: int | None,
    named: Named,
    by: By | None = None,
    form: int = FORMS[0],
    today: date | None = None,
) -> Letter:
    draft: Any = practice.standing[notice.version].fact
    on = issued.occurred_on if issued else today or draft.occurred_on
    contract = _contract(practice, notice.contract_id)
    responsible = practice.responsible_on(on) or next(iter(practice.responsibilities), None)
    assert practice.details is not None
    parties = _parties(practice, contract, on, form) if contract else ()
    thing = THINGS.get(contract.contract_type, "contract") if contract and form > 2 else "contract"
    reference = f"{thing[:1].upper()}{thing[1:]} {contract.reference.words}. " if contract else ""
    missing = [
        *([] if parties else ["whom the contract is with"]),
        *([] if responsible else ["who gives it"]),
    ]
    sender = named.organisation(responsible.contract_holder, on, before) if responsible else ""
    address, lost = _from_where(responsible, on, before, named, form)
    if issued and before is None and lost:
        raise RuleBroken(
            "a-notice-is-issued-with-its-whole-letter",
            f"The address of {sender} does not open any more: it was erased, or altered outside Casebook. "
            "Record where it is, then issue the notice",
        )
    signed = _signatory(by, sender, before, named) if by and form > 2 else ()
    return Letter(
        sender=sender,
        to=(*parties, *_address(practice, contract, form)),
        on=in_full(on) if issued else "Draft: not issued",
        title=_title(notice.kind, thing),
        about=f"{reference}{practice.details.name.words} ({practice.code}).",
        parts=tuple(parts(Of(practice, draft, form, thing), issued)),
        signatory=signed,
        missing=(*missing, *(() if issued else GIVEN_ON_ISSUING)),
        form=f"Form of letter {form}",
        address=address,
        address_lost=lost,
    )


def _from_where(
    responsible: Responsibility | None, on: date, before: int | None, named: Named, form: int
) -> tuple[tuple[str, ...], bool]:
    """The sender's address on the day of the letter, and whether it was erased since.

    What was issued with an address is not made again without it.
    """
    if responsible is None or form < 4:
        return (), False
    code = responsible.contract_holder
    if form > 4:
        code = named.living(code, on, before)
    try:
        return tuple(named.address(code, on, before).splitlines()), False
    except DoesNotOpen:
        if before is not None:
            raise
        return (), True


def _title(kind: NoticeKind, thing: str) -> str:
    ending = ENDINGS.get(thing)
    return ending if ending and kind == NoticeKind.TERMINATION else TITLES[kind]


def _signatory(by: By, sender: str, before: int | None, named: Named) -> tuple[str, ...]:
    """Whoever issued it, as what, and for whom."""
    role = ROLES.get(by.role)
    return (named.person(by.person, before), f"{role}, {sender}" if role else sender)


def _address(practice: Practice, contract: e.ContractSigned | None, form: int) -> tuple[str, ...]:
    """Where it goes: the contract's address for notices, else the practice's own, which has its postcode beside it."""
    details = practice.details
    assert details is not None
    own = details.address.words if details.address else ""
    notices = contract.notice_address.words if contract and contract.notice_address else ""
    lines = tuple((notices or own).splitlines())
    at_home = _folded(notices) in {"", _folded(own)}
    if form > 2 and at_home and details.postcode and _folded(details.postcode) not in _folded(*lines):
        lines = (*lines, details.postcode)
    return lines


def _folded(*words: str) -> str:
    return "".join("".join(words).casefold().replace(",", "").split())


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


def called(organisation: Organisation, code: str, on: date) -> str:
    """What an organisation was called on a day; its code where it had no name yet."""
    found = organisation.named_on(on)
    return found.name if found else code

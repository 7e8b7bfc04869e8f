"""Paragraphs and regulations that a step is often taken under: dated data to choose from, which no rule judges by.

By contractor kind, by type of contract, by kind of notice and, where it depends on that, by what entitles to the step. What
is typed instead is as good. `source` says where a number is from; "as recalled" marks one that was not checked against the
instrument. Where only the instrument is known and not its paragraph, it is named to look in and never filled in. When
regulations are replaced, the old lines get a last day and new ones begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.contract_kinds import Entitlement
from domain.practice.kinds import ContractorKind, ContractType, NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A paragraph or regulation as it is cited, what it is about, and for which notices to whom it is offered.

    `entitlements` are the grounds that it gives, where it gives some only. Of one with `whole` False the paragraph is not
    known here: `code` names the instrument. One that is not `checked` was not read in the instrument.
    """

    code: str
    words: str
    kind: ContractorKind
    contract_type: ContractType
    notices: frozenset[NoticeKind]
    entitlements: frozenset[Entitlement]
    from_on: date
    until_on: date | None
    source: str
    whole: bool
    checked: bool = True


Given = tuple[str, str, str, str, str]
"""A number, what it is about, for which notices, on which grounds (none: on any), and where it is from."""


def _some(
    kind: ContractorKind,
    contract: ContractType,
    prefix: str,
    from_on: date,
    *rows: Given,
    until_on: date | None = None,
) -> tuple[Provision, ...]:
    return tuple(
        Provision(
            code=f"{prefix}, {number}" if number else prefix,
            words=words,
            kind=kind,
            contract_type=contract,
            notices=frozenset(NoticeKind(one) for one in notices.split()),
            entitlements=frozenset(Entitlement(one) for one in grounds.split()),
            from_on=from_on,
            until_on=until_on,
            source=source,
            whole=bool(number),
            checked=source != _RECALLED,
        )
        for number, words, notices, grounds, source in rows
    )


_NUMBER = "domain reference 2.2"
_RECALLED = "domain reference 2.2; as recalled"
_EVERY = "remedial breach sanction termination"
_AFTER_NOTICES = "not_satisfied repeated"
_PRACTICE = ContractorKind.GENERAL_PRACTICE
_EYES = ContractorKind.OPHTHALMIC
_IN_OPHTHALMIC = "GOS Contracts Regulations 2008, Schedule 1"
_OF_OPHTHALMIC: Given = (
    "", "Other contractual terms", _EVERY, "", "legislation.gov.uk, SI 2008/1185; its paragraph is not known here"
)  # fmt: skip

PROVISIONS: tuple[Provision, ...] = (
    *_some(
        _PRACTICE,
        ContractType.GMS,
        "NHS (GMS Contracts) Regulations 2015, Schedule 3",
        date(2015, 12, 7),
        ("paragraph 70", "Remedial notices and breach notices", "remedial breach", "", _RECALLED),
        ("paragraph 70", "Remedial notices and breach notices", "termination", _AFTER_NOTICES, _RECALLED),
        ("paragraph 72", "Contract sanctions", "sanction", "", _NUMBER),
        ("paragraph 65", "Breach of the conditions for holding a contract", "termination", "conditions_not_met", _NUMBER),
        ("paragraph 66", "Untrue or inaccurate information", "termination", "untrue_information", _RECALLED),
        ("paragraph 67", "Other grounds", "termination", "other_grounds", _NUMBER),
        ("paragraph 68", "Serious risk to patients, or of material financial loss", "termination", "serious_risk", _RECALLED),
        ("paragraph 69", "Unlawful sub-contracting", "termination", "subcontracting", _RECALLED),
        ("paragraph 71", "Partnership split, or business detrimental to the contract", "termination", "other_grounds", _RECALLED),
    ),
    *_some(
        _PRACTICE,
        ContractType.PMS,
        "NHS (PMS Agreements) Regulations 2015, Schedule 2",
        date(2015, 12, 7),
        ("", "Other required terms", _EVERY, "", "legislation.gov.uk, SI 2015/1879; its paragraph is not known here"),
    ),
    *_some(
        _PRACTICE,
        ContractType.APMS,
        "Alternative Provider Medical Services Directions 2016",
        date(2016, 10, 3),
        ("", "The terms of the contract", _EVERY, "", "the Directions, direction 1; its direction is not known here"),
        until_on=date(2021, 12, 31),
    ),
    *_some(
        _PRACTICE,
        ContractType.APMS,
        "Alternative Provider Medical Services Directions 2022",
        date(2023, 3, 13),
        ("", "The terms of the contract", _EVERY, "",
         "GOV.UK, published 13 March 2023: offered from then, as the day on which they began was not found"),
    ),
    *_some(
        ContractorKind.PHARMACY,
        ContractType.PHARMACEUTICAL_LIST,
        "NHS (Pharmaceutical and Local Pharmaceutical Services) Regulations 2013",
        date(2013, 4, 1),
        ("regulation 70", "Remedial notices", "remedial", "", "domain reference 2.5"),
        ("regulation 71", "Breach notices", "breach", "", "domain reference 2.5"),
        ("regulation 73", "Removal from the pharmaceutical list after notices", "termination", _AFTER_NOTICES,
         "legislation.gov.uk, regulation 73(1)"),
    ),
    *_some(_EYES, ContractType.OPHTHALMIC_MANDATORY, _IN_OPHTHALMIC, date(2008, 8, 1), _OF_OPHTHALMIC),
    *_some(_EYES, ContractType.OPHTHALMIC_ADDITIONAL, _IN_OPHTHALMIC, date(2008, 8, 1), _OF_OPHTHALMIC),
    *_some(
        _EYES,
        ContractType.OPHTHALMIC_MANDATORY,
        "Model contract for mandatory services of April 2013, Part 19, clauses 124 to 193",
        date(2013, 4, 1),
        ("", "Variation and termination of the contract", _EVERY, "", "domain reference 2.5; its clause is not known here"),
    ),
)  # fmt: skip


def provisions(
    kind: ContractorKind,
    contract: ContractType | None,
    notice: NoticeKind,
    on: date,
    entitlement: Entitlement | None = None,
) -> list[Provision]:
    """What may be chosen for a notice under a type of contract, or under any of the kind's, as it stood on a day; of a ground
    alone, where it is known.
    """
    return [
        one
        for one in PROVISIONS
        if one.kind == kind
        and contract in {None, one.contract_type}
        and notice in one.notices
        and (entitlement is None or not one.entitlements or entitlement in one.entitlements)
        and one.from_on <= on
        and (one.until_on is None or on <= one.until_on)
    ]


def usual(
    kind: ContractorKind, contract: ContractType | None, notice: NoticeKind, on: date
) -> Provision | None:
    """The one that such a notice is given under, whatever its ground; None where none is known, or it depends on the ground."""
    found = provisions(kind, contract, notice, on)
    (one, *others) = found or (None,)
    return one if one and not others and one.whole and not one.entitlements and contract else None

"""Paragraphs and regulations that a step is often taken under: dated data to choose from, which no rule judges by.

What is typed instead is as good. `source` says where the number is from; "as recalled" marks one that was not checked
against the instrument. When regulations are replaced, the old lines get a last day and new ones begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.kinds import ContractorKind, NoticeKind

GMS_2015 = date(2015, 12, 7)
PHARMACY_2013 = date(2013, 4, 1)
OPHTHALMIC_2008 = date(2008, 8, 1)
IN_GMS = "NHS (GMS Contracts) Regulations 2015, Schedule 3"
IN_PHARMACY = "NHS (Pharmaceutical and Local Pharmaceutical Services) Regulations 2013"
IN_OPHTHALMIC = "GOS Contracts Regulations 2008, Schedule 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A paragraph or regulation as it is cited, what it is about, and for which notices to whom it is offered."""

    code: str
    words: str
    kind: ContractorKind
    notices: frozenset[NoticeKind]
    from_on: date
    until_on: date | None = None
    source: str


def _some(
    kind: ContractorKind, prefix: str, from_on: date, *rows: tuple[str, str, str, str]
) -> tuple[Provision, ...]:
    return tuple(
        Provision(
            code=f"{prefix}, {number}",
            words=words,
            kind=kind,
            notices=frozenset(NoticeKind(one) for one in notices.split()),
            from_on=from_on,
            source=source,
        )
        for number, words, notices, source in rows
    )


_NUMBER = "domain reference 2.2"
_RECALLED = "domain reference 2.2; as recalled"

PROVISIONS: tuple[Provision, ...] = (
    *_some(
        ContractorKind.GENERAL_PRACTICE,
        IN_GMS,
        GMS_2015,
        ("paragraph 70", "Remedial notices and breach notices", "remedial breach termination", _RECALLED),
        ("paragraph 72", "Contract sanctions", "sanction", _NUMBER),
        ("paragraph 65", "Breach of the conditions for holding a contract", "termination sanction", _NUMBER),
        ("paragraph 66", "Untrue or inaccurate information", "termination sanction", _RECALLED),
        ("paragraph 67", "Other grounds", "termination sanction", _NUMBER),
        ("paragraph 68", "Serious risk to patients, or of material financial loss", "termination sanction", _RECALLED),
        ("paragraph 69", "Unlawful sub-contracting", "termination sanction", _RECALLED),
        ("paragraph 71", "Partnership split, or business detrimental to the contract", "termination", _RECALLED),
    ),
    *_some(
        ContractorKind.PHARMACY,
        IN_PHARMACY,
        PHARMACY_2013,
        ("regulation 70", "Remedial notices", "remedial", "domain reference 2.5"),
        ("regulation 71", "Breach notices", "breach", "domain reference 2.5"),
        ("regulation 73", "Removal from the pharmaceutical list", "termination sanction", "legislation.gov.uk, regulation 73(1)"),
    ),
    *_some(
        ContractorKind.OPHTHALMIC,
        IN_OPHTHALMIC,
        OPHTHALMIC_2008,
        ("Part 19 of the model contract", "Variation and termination of the contract", "remedial breach sanction termination",
         "domain reference 2.5; as recalled"),
    ),
)  # fmt: skip


def provisions(kind: ContractorKind, notice: NoticeKind, on: date) -> list[Provision]:
    """What may be chosen for a notice to a kind of contractor, as it stood on a day."""
    return [
        one
        for one in PROVISIONS
        if one.kind == kind
        and notice in one.notices
        and one.from_on <= on
        and (one.until_on is None or on <= one.until_on)
    ]

"""Contractors of the demonstration that have a tale of their own: a pharmacy, an optician, and a practice that became a part
of another.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from application.demonstration.cast import (
    AMIRA,
    AREA_TEAM,
    FERNSHIRE,
    JO,
    LARKDALE,
    MARTIN,
    REGION,
    STONEBECK,
)
from application.demonstration.tale import Tale
from application.demonstration.themes import THEMES
from domain.practice import commands as c
from domain.practice.kinds import (
    Channel,
    ContractorKind,
    ContractType,
    Level,
    MergerModel,
    ParticipantRole,
    Side,
)

CONTRACTORS: tuple[tuple[str, str, ContractorKind, ContractType, str, str], ...] = (
    (
        "FX901",
        "Larkfield Cross Pharmacy",
        ContractorKind.PHARMACY,
        ContractType.PHARMACEUTICAL_LIST,
        LARKDALE,
        AMIRA,
    ),
    (
        "TX901",
        "Fernshire Opticians",
        ContractorKind.OPHTHALMIC,
        ContractType.OPHTHALMIC_MANDATORY,
        FERNSHIRE,
        JO,
    ),
)


def contractors() -> list[Tale]:
    """A pharmacy and an optician: each has a contract, a caseworker, and somebody who spoke with it. And a practice."""
    told = [_merged()]
    for code, name, kind, contract_type, commissioner, caseworker in CONTRACTORS:
        chance = random.Random(code)  # noqa: S311 (the same every time, on purpose)
        tale = Tale(
            code=code,
            name=name,
            commissioner=commissioner,
            theme=THEMES[0],
            rng=chance,
            caseworker=caseworker,
        )
        _contractor(tale, kind, contract_type)
        told.append(tale)
    return told


def _contractor(tale: Tale, kind: ContractorKind, contract_type: ContractType) -> None:
    contract, entry, begins, spoke = (
        tale.new("contract"),
        tale.new("entry"),
        date(2025, 2, 3),
        date(2026, 9, 24),
    )
    role: dict[ContractorKind, Any] = {
        ContractorKind.PHARMACY: ParticipantRole.PHARMACIST,
        ContractorKind.OPHTHALMIC: ParticipantRole.OPTOMETRIST,
    }
    tale.act(
        "operator",
        begins,
        lambda: c.RegisterPractice(
            code=tale.code,
            kind=kind,
            name=tale.name,
            contract_holder=AREA_TEAM,
            local_commissioner=tale.commissioner,
            region=REGION,
            address="4 Cross Street\nNorth Moor",
            postcode="ZZ1 4XX",
        ),
    )
    tale.act(
        tale.caseworker,
        begins,
        lambda: c.SignContract(
            contract_id=contract,
            reference=f"{tale.code}-1",
            contract_type=contract_type,
            parties=(f"{tale.name} Ltd",),
            starts_on=date(2016, 4, 1),
            occurred_on=begins,
        ),
    )
    tale.act(tale.manager, begins, lambda: c.NameCaseworker(caseworker=tale.caseworker, occurred_on=begins))
    tale.act(
        tale.caseworker,
        spoke,
        lambda: c.RecordConversation(
            entry_id=entry,
            occurred_on=spoke,
            channel=Channel.PHONE,
            attendees=(
                c.Attendee(
                    side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=tale.caseworker
                ),
                c.Attendee(side=Side.PRACTICE, role=role[kind]),
            ),
            said="It opens on Saturdays from October on, and sends us its new hours.",
            subject="Saturday hours",
        ),
    )


def _merged() -> Tale:
    """Cobble Yard became a part of Priory Gate in October, with one action still open."""
    code, priory, effective = "X90901", "X90217", date(2026, 10, 1)
    tale = Tale(
        code=code,
        name="Cobble Yard Surgery",
        commissioner=STONEBECK,
        theme=THEMES[1],
        rng=random.Random(code),  # noqa: S311 (the same every time, on purpose)
        caseworker=JO,
    )
    tale.begin(date(2025, 2, 3), list_size=2_050)
    flag = tale.flag(date(2026, 6, 8), Level.ALERT)
    talk = tale.talk(date(2026, 6, 10), flags=(flag,))
    tale.propose(date(2026, 6, 16), date(2026, 11, 30), flags=(flag,))
    merger, approved, recorded = tale.new("merger"), date(2026, 7, 14), date(2026, 10, 2)
    tale.act(
        MARTIN,
        approved,
        lambda: c.ApproveMerger(
            merger_id=merger,
            other=priory,
            survives=False,
            model=MergerModel.ONE_CONTRACT_VARIED,
            engagement="A letter to each patient and three evenings: most ask that the nurse comes along, and she does.",
            reason="Its only partner retires, and Priory Gate has the room.",
            services_told_on=date(2026, 7, 13),
            effective_on=effective,
            occurred_on=approved,
        ),
        after=(talk,),
    )
    tale.act(
        MARTIN,
        recorded,
        lambda: c.MergePractices(merger_id=merger, other=priory, survives=False, occurred_on=effective),
    )
    return tale

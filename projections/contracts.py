"""A practice's contracts, as signed and varied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Date, Integer, Text, select

from domain.practice.events import ContractSigned, ContractVaried
from domain.practice.kinds import ContractType
from projections.questions import Question, asked
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased

TABLE = view_table(
    "contract",
    "code",
    Column("contract_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("reference", Text, nullable=False),
    Column("contract_type", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("parties", Text, nullable=False),
    Column("services", Text, nullable=False),
    Column("variations", Text, nullable=False),
)


class Variation(NamedTuple):
    """A change of the contract's terms. Its wording is in the timeline, at `version`."""

    effective_on: date
    version: int
    variation: str
    unilateral: bool


class ContractRow(NamedTuple):
    code: str
    contract_id: str
    version: int
    reference: str
    contract_type: ContractType
    signed_on: date
    starts_on: date
    ends_on: date | None
    parties: tuple[str, ...]
    services: tuple[str, ...]
    variations: tuple[Variation, ...]


def rows(story: PracticeStory) -> Iterator[Row]:
    varied: dict[str, list[tuple[int, ContractVaried]]] = {}
    for entry, fact in story.facts(ContractVaried):
        varied.setdefault(fact.contract_id, []).append((entry.version, fact))
    for entry, signed in story.facts(ContractSigned):
        variations = varied.get(signed.contract_id, [])
        basis = made_of(*map(story.mark, (entry.version, *(version for version, _ in variations))))
        yield Row(TABLE, signed.contract_id, basis, partial(_values, entry.version, signed, variations))


def _values(
    version: int, signed: ContractSigned, variations: list[tuple[int, ContractVaried]]
) -> dict[str, Any]:
    return {
        "version": version,
        "reference": words_or_erased(signed.reference),
        "contract_type": signed.contract_type.value,
        "signed_on": signed.occurred_on.isoformat(),
        "starts_on": signed.starts_on.isoformat(),
        "ends_on": signed.ends_on and signed.ends_on.isoformat(),
        "parties": _json([words_or_erased(party) for party in signed.parties]),
        "services": _json([words_or_erased(service) for service in signed.services]),
        "variations": _json(
            [
                Variation(varied.effective_on, number, words_or_erased(varied.variation), varied.unilateral)
                for number, varied in variations
            ]
        ),
    }


def _json(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()


MODEL = ReadModel("contracts", "practice", (TABLE,), rows)

T = TABLE.c
OF_PRACTICE = Question(
    select(TABLE).where(T.code == asked("code")).order_by(T.starts_on.desc(), T.version.desc())
)


def of_practice(reading: Connection, code: str) -> list[ContractRow]:
    """A practice's contracts, newest first."""
    return [
        ContractRow(
            row.code,
            row.contract_id,
            row.version,
            row.reference,
            ContractType(row.contract_type),
            row.signed_on,
            row.starts_on,
            row.ends_on,
            msgspec.json.decode(row.parties, type=tuple[str, ...]),
            msgspec.json.decode(row.services, type=tuple[str, ...]),
            msgspec.json.decode(row.variations, type=tuple[Variation, ...]),
        )
        for row in OF_PRACTICE.of(reading, code=code)
    ]

"""What differs on the ladder between kinds of contractor. The rules are the same, and read these parameters.

`protected` are the services that no sanction takes away; `local_resolution_first` whether the parties must try to settle
a breach before a notice; `appeal` the route by which a notice is disputed, and `appeal_bodies` who decides it, dated;
`committee` the body of the profession that is consulted; `withholding` whether a notice of itself may withhold
remuneration; `rescindable_from` the day from which a notice may be withdrawn at any time, even when it was assessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.contract_kinds import Committee, Services
from domain.practice.kinds import ContractorKind, DisputeRoute

APPEAL_BODIES = (
    (date(2017, 4, 1), "Primary Care Appeals, NHS Resolution"),
    (date(2013, 4, 1), "Family Health Services Appeal Unit, NHS Litigation Authority"),
)
"""Who decides on behalf of the Secretary of State, from which day, latest first; the day of 2017 as recalled."""

COMMITTEES: dict[Committee, tuple[tuple[date, str, str], ...]] = {
    Committee.LOCAL_MEDICAL: ((date(1948, 7, 5), "local medical committee", "LMC"),),
    Committee.LOCAL_PHARMACEUTICAL: ((date(1948, 7, 5), "local pharmaceutical committee", "LPC"),),
    Committee.LOCAL_OPTICAL: ((date(1948, 7, 5), "local optical committee", "LOC"),),
}
"""What each committee is called, in full and in short, from which day, latest first: another name is another line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contractor:
    kind: ContractorKind
    protected: frozenset[Services]
    local_resolution_first: bool
    appeal: DisputeRoute
    committee: Committee
    withholding: bool
    rescindable_from: date | None


CONTRACTORS: dict[ContractorKind, Contractor] = {
    one.kind: one
    for one in (
        Contractor(
            kind=ContractorKind.GENERAL_PRACTICE,
            protected=frozenset({Services.ESSENTIAL}),
            local_resolution_first=False,
            appeal=DisputeRoute.NHS_DISPUTE_RESOLUTION,
            committee=Committee.LOCAL_MEDICAL,
            withholding=False,
            rescindable_from=None,
        ),
        Contractor(
            kind=ContractorKind.PHARMACY,
            protected=frozenset({Services.ESSENTIAL}),
            local_resolution_first=True,
            appeal=DisputeRoute.APPEAL,
            committee=Committee.LOCAL_PHARMACEUTICAL,
            withholding=True,
            rescindable_from=date(2018, 11, 26),
        ),
        Contractor(
            kind=ContractorKind.OPHTHALMIC,
            protected=frozenset({Services.MANDATORY}),
            local_resolution_first=False,
            appeal=DisputeRoute.NHS_DISPUTE_RESOLUTION,
            committee=Committee.LOCAL_OPTICAL,
            withholding=False,
            rescindable_from=None,
        ),
    )
}
"""Of general practices: 2015 Regulations, Sch. 3; of pharmacies: 2013 Regulations, regs 69 to 71 and 77; of ophthalmic
contractors: 2008 Regulations, as recalled (domain reference 2.5).
"""


def appeal_body(on: date) -> str:
    """Who decides an appeal on a day; the first of them for any day before."""
    return next((name for first, name in APPEAL_BODIES if first <= on), APPEAL_BODIES[-1][1])


def committee_name(committee: Committee, on: date, *, short: bool = False) -> str:
    """What a committee is called on a day, in full or in short."""
    names = COMMITTEES[committee]
    _, full, brief = next((one for one in names if one[0] <= on), names[-1])
    return brief if short else full

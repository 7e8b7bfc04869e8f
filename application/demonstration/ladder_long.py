"""One practice's longer way up the ladder and down again, in 2025: a sanction imposed and lifted, disputes, what was taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.contract_kinds import (
    ContractorForm,
    DisputeOutcome,
    Entitlement,
    LocalOutcome,
    ServiceMethod,
    TerminatedBecause,
)
from domain.practice.kinds import ContractType, DisputeRoute, SanctionKind
from domain.rules import Command

PRACTICE = "Kestrel House Surgery"
PARAGRAPH = "NHS (GMS Contracts) Regulations 2015, Schedule 3, paragraph {}"


def climbed(tale: Tale) -> None:
    """Each step after the one before it."""
    if tale.name == PRACTICE:
        Climb(tale).all()


class Climb:
    """Plans one step after another."""

    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.last = "contract"

    def _step(self, who: str, month: int, day: int, make: Callable[..., Command], **given: Any) -> None:
        on = date(2025, month, day)
        label = self.tale.new("rung")
        cites = given.pop("cites", None)

        def made() -> Command:
            evidence = {"evidence": (self.tale.cites[cites],)} if cites else {}
            return make(**given, **evidence, occurred_on=on)

        self.tale.act(who, on, made, label, after=(self.last,))
        self.last = label

    def all(self) -> None:
        remedial = self._not_satisfied()
        self._sanctioned(remedial)
        self._taken_back()
        self._ended(remedial)

    def _breach(self, month: int, day: int, what: str, *, remediable: bool) -> str:
        breach = self.tale.new("breach")
        self._step(
            self.tale.caseworker, month, day, c.IdentifyBreach,
            breach_id=breach, contract_id=self.tale.contract, provision="Schedule 3, paragraph 20", what=what,
            breached_on=date(2025, month, day), remediable=remediable,
            remediable_because="Records can be kept from now on." if remediable else "What is gone cannot be had again.",
        )  # fmt: skip
        return breach

    def _issued(self, notice: str, month: int, day: int) -> None:
        self._step(
            self.tale.manager, month, day, c.IssueNotice,
            notice_id=notice, not_consulted_because="The committee asked not to be, for notices of this kind.",
            answered="The practice says that it had no staff for it.",
            appeal_rights="You may dispute this notice within 28 days after it counts as given to you.",
            appeal_body="Family Health Services Appeal Unit", appeal_address="1 Appeal Street\nNorth Moor",
            proportionality="Less formal steps were tried, and changed nothing.",
        )  # fmt: skip

    def _served(self, notice: str, month: int, day: int) -> None:
        self._step(
            self.tale.caseworker, month, day, c.ServeNotice,
            notice_id=notice, method=ServiceMethod.BY_HAND, address="At the practice", deemed_on=date(2025, month, day),
        )  # fmt: skip

    def _not_satisfied(self) -> str:
        """The finding is what a sanction or an end rests on as its evidence."""
        breach = self._breach(2, 3, "Complaints were not logged from November to January.", remediable=True)
        self._step(
            self.tale.caseworker, 2, 10, c.AttemptLocalResolution,
            resolution_id=self.tale.new("resolution"), breach_id=breach, took_part="Practice manager, GP partner",
            outcome=LocalOutcome.NOT_SETTLED, words="The practice would not say from when it keeps the log.",
        )  # fmt: skip
        notice = self.tale.new("notice")
        self._step(
            self.tale.caseworker, 2, 12, c.DraftRemedialNotice,
            notice_id=notice, breaches=(breach,), provision=PARAGRAPH.format(70), period_days=28,
            steps="Keep a log of complaints, and show it to us each fortnight.", reasons="It was spoken of, and not settled.",
        )  # fmt: skip
        self._issued(notice, 2, 17)
        self._served(notice, 2, 19)
        self._step(self.tale.caseworker, 2, 24, c.RecordNoticeReceipt, notice_id=notice)
        self._step(
            self.tale.manager, 3, 24, c.FindNoticeNotSatisfied,
            notice_id=notice, reason="No log was shown by the last day, or since.",
        )  # fmt: skip
        self.found = self.last
        return notice

    def _sanctioned(self, remedial: str) -> None:
        notice, sanction, dispute = (self.tale.new(one) for one in ("notice", "sanction", "dispute"))
        self._step(
            self.tale.caseworker, 3, 26, c.ProposeSanction,
            notice_id=notice, sanction_id=sanction, contract_id=self.tale.contract, kind=SanctionKind.WITHHOLD_MONEY,
            entitlement=Entitlement.NOT_SATISFIED, rests_on=(remedial,), provision=PARAGRAPH.format(72),
            sum_withheld="£400 a month", effect="Payments are £400 lower each month until the log is kept.",
            from_on=date(2025, 5, 12), cites=self.found, reasons="To end the contract would harm patients more.",
        )  # fmt: skip
        self._issued(notice, 3, 31)
        self._served(notice, 4, 1)
        self._step(
            self.tale.caseworker, 4, 7, c.ReferDispute,
            dispute_id=dispute, subject=notice, route=DisputeRoute.NHS_DISPUTE_RESOLUTION, words="It says that the sum is too high.",
        )  # fmt: skip
        self._step(
            self.tale.caseworker,
            4,
            28,
            c.WithdrawDispute,
            dispute_id=dispute,
            reason="The sum was explained.",
        )
        self._step(self.tale.manager, 5, 12, c.ImposeSanction, sanction_id=sanction)
        self._step(
            self.tale.manager, 7, 7, c.LiftSanction, sanction_id=sanction, reason="The log is kept since the middle of May.",
        )  # fmt: skip

    def _taken_back(self) -> None:
        small = self._breach(7, 14, "One return came two days late.", remediable=False)
        self._step(
            self.tale.caseworker, 7, 15, c.HandleBreachInformally,
            breach_id=small, reason="It was the first, and did no harm.", instead="We remind the practice a week before.",
        )  # fmt: skip
        breach = self._breach(7, 16, "A register was destroyed before its time.", remediable=False)
        notice, dispute = self.tale.new("notice"), self.tale.new("dispute")
        self._step(
            self.tale.caseworker, 7, 17, c.DraftBreachNotice,
            notice_id=notice, breaches=(breach,), provision=PARAGRAPH.format(70), reasons="It cannot be had again.",
        )  # fmt: skip
        self._issued(notice, 7, 21)
        self._served(notice, 7, 22)
        self._step(
            self.tale.caseworker, 7, 28, c.ReferDispute,
            dispute_id=dispute, subject=notice, route=DisputeRoute.NHS_DISPUTE_RESOLUTION, words="It says that a copy was kept.",
        )  # fmt: skip
        self._step(
            self.tale.manager, 9, 8, c.DetermineDispute,
            dispute_id=dispute, outcome=DisputeOutcome.FOR_CONTRACTOR, words="A copy was found and is complete.",
        )  # fmt: skip
        self._step(
            self.tale.manager,
            9,
            9,
            c.WithdrawNotice,
            notice_id=notice,
            reason="It was determined for the practice.",
        )

    def _ended(self, remedial: str) -> None:
        suspension, ending, notice = (self.tale.new(one) for one in ("suspension", "termination", "notice"))
        self._step(
            self.tale.manager, 9, 15, c.SuspendContractor,
            suspension_id=suspension, contract_id=self.tale.contract, cover="A practice near by covers for the time.",
        )  # fmt: skip
        self._step(self.tale.manager, 9, 29, c.EndSuspension, suspension_id=suspension)
        self._step(
            self.tale.caseworker, 10, 1, c.RecordContractorNotice,
            termination_id=ending, contract_id=self.tale.contract, contractor_form=ContractorForm.PARTNERSHIP,
            effective_on=date(2026, 6, 30),
        )  # fmt: skip
        self._step(
            self.tale.caseworker,
            10,
            6,
            c.WithdrawContractorNotice,
            termination_id=ending,
            reason="The partners stay.",
        )
        self._step(
            self.tale.caseworker, 10, 8, c.DraftTerminationNotice,
            notice_id=notice, termination_id=self.tale.new("termination"), contract_id=self.tale.contract,
            entitlement=Entitlement.NOT_SATISFIED, rests_on=(remedial,), provision=PARAGRAPH.format(70),
            effective_on=date(2026, 3, 31), cites=self.found, patients="The list would be assigned to practices near by.",
            reasons="Drafted in case the log is not kept in the autumn either.",
        )  # fmt: skip
        self._step(self.tale.manager, 10, 20, c.WithdrawNotice, notice_id=notice, reason="The log is kept.")
        other = self.tale.new("contract")
        self._step(
            self.tale.caseworker, 10, 22, c.SignContract,
            contract_id=other, reference=f"APMS-EXTRA-{self.tale.code}", contract_type=ContractType.APMS,
            parties=(f"{self.tale.name} partnership",), starts_on=date(2025, 10, 22),
        )  # fmt: skip
        self._step(
            self.tale.manager, 11, 24, c.TerminateContract,
            contract_id=other, because=TerminatedBecause.AGREEMENT, reason="Both sides found it was not needed.", patients="Nobody was on its list yet.",
        )  # fmt: skip

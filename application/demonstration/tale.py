"""One practice's tale: what was done, on which day, by whom. Planned first, then told in the order of the clock."""

from __future__ import annotations

from datetime import date, timedelta

from application.demonstration.cast import AREA_TEAM, BEGINS, REGION
from application.demonstration.providers import contract_with
from application.demonstration.tale_actions import ActionsOf
from application.demonstration.tale_corrections import CorrectionsOf
from application.demonstration.tale_flags import FlagsOf
from application.demonstration.tale_tier import TierOf
from domain.practice import commands as c
from domain.practice.kinds import ContractType


class Tale(ActionsOf, TierOf, FlagsOf, CorrectionsOf):
    """All that happens to one practice."""

    def begin(self, on: date = BEGINS, list_size: int | None = None) -> None:
        size = self.list_size = list_size or self.rng.randint(2_100, 14_600)
        opened = date(self.rng.randint(1962, 2012), self.rng.randint(1, 12), 1)
        self.act(
            "operator",
            on,
            lambda: c.RegisterPractice(
                code=self.code,
                name=self.name,
                contract_holder=AREA_TEAM,
                local_commissioner=self.registered_with or self.commissioner,
                region=REGION,
                opened_on=opened,
                list_size=size,
                address=f"{self.rng.randint(2, 98)} {self.name.split()[0]} Lane\nNorth Moor",
                postcode=f"ZZ{self.rng.randint(1, 9)} {self.rng.randint(1, 9)}XX",
            ),
            "registered",
        )
        kind = self.rng.choice((ContractType.GMS, ContractType.GMS, ContractType.PMS, ContractType.APMS))
        contract = self.new("contract")
        self.contract = contract
        provider, starts_on = contract_with(self.name, opened)
        self.act(
            self.caseworker,
            on,
            lambda: c.SignContract(
                contract_id=contract,
                reference=f"{kind}-{self.code}",
                contract_type=kind,
                parties=(provider,),
                starts_on=starts_on,
                ends_on=date(2029, 3, 31) if kind == ContractType.APMS else None,
                occurred_on=on,
            ),
            "contract",
        )
        self.act(self.manager, on, lambda: c.NameCaseworker(caseworker=self.caseworker, occurred_on=on))

    def vary(self, on: date) -> None:
        wording = self.words.fill(
            "The core hours on {day}s begin at eight, and {n} patients of the branch move to the main site.",
            self.theme,
            on,
        )
        self.act(
            self.caseworker,
            on,
            lambda: c.VaryContract(
                contract_id=self.contract,
                variation=f"{self.code} V{on:%y%m}",
                clauses="Schedule of hours",
                wording=wording,
                signed_by_holder_on=on - timedelta(days=9),
                signed_by_contractor_on=on - timedelta(days=4),
                effective_on=on + timedelta(days=28),
                occurred_on=on,
            ),
        )

    def rename(self, name: str, on: date) -> None:
        self.act(
            self.caseworker, on, lambda: c.ChangeDetails(name=name, list_size=self.list_size, occurred_on=on)
        )

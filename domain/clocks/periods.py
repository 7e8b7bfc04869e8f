"""How long each period is: dated rules, each with its source. What a rule said on a day, it says for that day for ever.

A regulation that changes a length is a new rule here, valid from its day; the old one gets the day before as its last,
and what was counted by it stands in the facts of its time. `source` says where the length is from; "as recalled" marks
a number that was not checked against the instrument, "read in" names where it was checked instead of the instrument
itself, and a house rule is this project's own and no law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.clocks.counting import after, before
from domain.practice.dates import in_full
from domain.practice.kinds import ContractorKind, Unit
from domain.rules import RuleBroken

GENERAL = frozenset({ContractorKind.GENERAL_PRACTICE})
PHARMACY = frozenset({ContractorKind.PHARMACY})
OPHTHALMIC = frozenset({ContractorKind.OPHTHALMIC})
EVERY = frozenset(ContractorKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long a period is for some kinds of contractor, from a day on."""

    name: str
    kinds: frozenset[ContractorKind]
    length: int
    unit: Unit
    from_on: date
    until_on: date | None = None
    source: str

    @property
    def checked(self) -> bool:
        """Whether the length was read in the instrument, and is not merely recalled."""
        return "as recalled" not in self.source

    def valid(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)

    def after(self, day: date) -> date:
        """The last day of the period that a day begins; that day is not counted."""
        return after(day, self.length, self.unit)

    def before(self, day: date) -> date:
        """The last day that is the whole period before a day."""
        return before(day, self.length, self.unit)


BOARD = date(2013, 4, 1)
"""The day from which one body held all contracts."""

GMS_2004 = (date(2004, 3, 1), date(2015, 12, 6))
GMS_2015 = (date(2015, 12, 7), None)
IN_2004 = "SI 2004/291 (GMS contracts), schedule 6"
IN_2015 = "SI 2015/1862 (GMS contracts), schedule 3"
OF_PHARMACIES = "SI 2013/349 (pharmaceutical services)"
READ_IN_2012 = "read in SI 2012/1909, which it restates,"
OF_OPHTHALMIC = "SI 2008/1185 (ophthalmic services contracts), schedule 1"
OF_THE_REGULATOR = "Health and Social Care Act 2008"
HOUSE = "house rule"


def _gms(name: str, length: int, unit: Unit, in_2004: str, in_2015: str) -> tuple[Rule, Rule]:
    """A period of general practices, by the regulations of 2004 and by those of 2015."""
    old, new = GMS_2004, GMS_2015
    return (
        Rule(name=name, kinds=GENERAL, length=length, unit=unit, from_on=old[0], until_on=old[1],
             source=f"{IN_2004}, {in_2004}"),
        Rule(name=name, kinds=GENERAL, length=length, unit=unit, from_on=new[0], until_on=new[1],
             source=f"{IN_2015}, {in_2015}"),
    )  # fmt: skip


def _one(
    name: str, kinds: frozenset[ContractorKind], length: int, unit: Unit, source: str, from_on: date = BOARD
) -> tuple[Rule]:
    return (Rule(name=name, kinds=kinds, length=length, unit=unit, from_on=from_on, source=source),)


D, W, M, WORKING = Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.WORKING_DAYS
OPHTHALMIC_FROM = date(2008, 8, 1)

RULES: tuple[Rule, ...] = (
    *_gms("remedial-notice", 28, D, "remedial notices", "paragraph 70"),
    *_one("remedial-notice", PHARMACY, 30, D, f"{OF_PHARMACIES}, regulation 70; {READ_IN_2012} regulation 70(3)"),
    *_one("remedial-notice", OPHTHALMIC, 28, D, f"{OF_OPHTHALMIC}; as recalled", OPHTHALMIC_FROM),
    *_gms("sanction-notice", 28, D, "contract sanctions", "paragraph 72"),
    *_one("sanction-notice", PHARMACY, 28, D, f"{OF_PHARMACIES}, Part 10; as recalled"),
    *_one("sanction-notice", OPHTHALMIC, 28, D, f"{OF_OPHTHALMIC}; as recalled", OPHTHALMIC_FROM),
    *_gms("sanction-suspension", 6, M, "contract sanctions", "paragraph 72"),
    *_one("sanction-suspension", PHARMACY, 6, M, f"{OF_PHARMACIES}, Part 10; as recalled"),
    *_one("sanction-suspension", OPHTHALMIC, 6, M, f"{OF_OPHTHALMIC}; as recalled", OPHTHALMIC_FROM),
    *_gms("dispute-referral", 28, D, "dispute resolution; as recalled", "paragraphs 73 and 74; as recalled"),
    *_one("dispute-referral", PHARMACY, 30, D, f"{OF_PHARMACIES}, regulation 77; {READ_IN_2012} regulation 77(1)"),
    *_one("dispute-referral", OPHTHALMIC, 28, D, f"{OF_OPHTHALMIC}; as recalled", OPHTHALMIC_FROM),
    *_gms("termination-notice", 28, D, "termination and disputes; as recalled", "paragraph 74; as recalled"),
    *_one("termination-notice", PHARMACY, 30, D, f"{OF_PHARMACIES}, regulation 77; {READ_IN_2012} regulation 77(1) and (3)"),
    *_one("termination-notice", OPHTHALMIC, 28, D, f"{OF_OPHTHALMIC}; as recalled", OPHTHALMIC_FROM),
    *_gms("late-payment-notice", 28, D, "late payment notices; as recalled", "paragraph 63(2)"),
    *_gms("contractor-termination", 6, M, "termination by the contractor", "paragraph 62; as recalled"),
    *_gms("contractor-termination-individual", 3, M, "termination by the contractor",
          "paragraph 62; as recalled"),
    *_one("contractor-termination", PHARMACY, 3, M, f"{OF_PHARMACIES}, regulation 67(2)(a)"),
    *_one("contractor-termination", OPHTHALMIC, 3, M, f"{OF_OPHTHALMIC}; read in NHSBSA, GOS contract terminations",
          OPHTHALMIC_FROM),
    *_gms("list-closure-shortest", 3, M, "list closure", "paragraph 34"),
    *_gms("list-closure-longest", 12, M, "list closure", "paragraph 34"),
    *_gms("list-closure-extension", 8, W, "list closure", "paragraph 36"),
    *_gms("list-closure-refused", 3, M, "list closure", "paragraph 35"),
    *_gms("unilateral-variation", 14, D, "variation", "paragraph 57"),
    *_one("unilateral-variation", OPHTHALMIC, 14, D, f"{OF_OPHTHALMIC}; as recalled", OPHTHALMIC_FROM),
    *_gms("composition-change", 28, D, "variation", "paragraphs 58 and 59"),
    *_one("merger-notice", GENERAL, 6, W, "Primary medical care policy and guidance manual, mergers"),
    *_one("cqc-representations", EVERY, 28, D, f"{OF_THE_REGULATOR}, section 27"),
    *_one("cqc-appeal", EVERY, 28, D, f"{OF_THE_REGULATOR}, section 32"),
    *_one("commissioner-view", EVERY, 10, WORKING, HOUSE),
    *_one("safety-conversation", EVERY, 1, WORKING, HOUSE),
)  # fmt: skip
"""Every period, in the order of the ladder. Tests hold that no two of a name and kind are valid on one day."""


def rule(name: str, *, on: date, kind: ContractorKind) -> Rule:
    """The rule of a period that is valid on a day for a kind of contractor; refused where there is none."""
    for one in RULES:
        if one.name == name and kind in one.kinds and one.valid(on):
            return one
    raise RuleBroken(
        "the-rule-of-a-period-is-known",
        f"How long this period was on {in_full(on)} is not known here: enter the dates that the contract gives",
    )


def days(name: str, *, on: date, kind: ContractorKind) -> int:
    """The length of a period that is counted in days, as the rule of a day says."""
    found = rule(name, on=on, kind=kind)
    if found.unit != Unit.DAYS:
        raise ValueError(f"{name} is counted in {found.unit}")
    return found.length

"""Paragraphs to choose from: dated, and of the contractor's kind and the notice's."""

from datetime import date

import pytest

from domain.practice.kinds import ContractorKind, NoticeKind
from domain.practice.provisions import PROVISIONS, provisions
from domain.text import Line

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "notice", "code"),
    [
        (
            ContractorKind.GENERAL_PRACTICE,
            NoticeKind.REMEDIAL,
            "NHS (GMS Contracts) Regulations 2015, Schedule 3, paragraph 70",
        ),
        (
            ContractorKind.GENERAL_PRACTICE,
            NoticeKind.SANCTION,
            "NHS (GMS Contracts) Regulations 2015, Schedule 3, paragraph 72",
        ),
        (
            ContractorKind.PHARMACY,
            NoticeKind.BREACH,
            "NHS (Pharmaceutical and Local Pharmaceutical Services) Regulations 2013, regulation 71",
        ),
        (
            ContractorKind.OPHTHALMIC,
            NoticeKind.TERMINATION,
            "GOS Contracts Regulations 2008, Schedule 1, Part 19 of the model contract",
        ),
    ],
)
def test_a_notice_is_offered_the_provisions_of_its_kind_first_the_one_that_it_is_mostly_under(
    kind, notice, code
) -> None:
    assert provisions(kind, notice, ON)[0].code == code


def test_what_was_not_in_force_is_not_offered() -> None:
    assert provisions(ContractorKind.GENERAL_PRACTICE, NoticeKind.REMEDIAL, date(2015, 12, 6)) == []
    assert provisions(ContractorKind.GENERAL_PRACTICE, NoticeKind.REMEDIAL, date(2015, 12, 7)) != []


def test_every_provision_fits_where_it_is_typed() -> None:
    (words,) = Line.__metadata__
    assert [one.code for one in PROVISIONS if len(one.code) > words.limit] == []

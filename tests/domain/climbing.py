"""What tests of the contract's ladder are given."""

from datetime import date, timedelta

from domain.practice.kinds import ContractorKind, ShorterBecause
from tests.support import factories as a
from tests.support.given import MANAGER, OPERATOR, Story, by, recorded

CONTRACT, BREACH, NOTICE = "contract-ladder01", "breach-ladder01", "notice-ladder01"
OTHER, SANCTION, TERMINATION = "notice-ladder02", "sanction-ladder01", "termination-ladder01"
SAFETY = {"shorter_because": ShorterBecause.PATIENT_SAFETY, "shorter_words": "Vaccines are kept warm."}
DAY = timedelta(days=1)

SIGNED = a.contract_signed(contract_id=CONTRACT)
IDENTIFIED = a.breach_identified(breach_id=BREACH, contract_id=CONTRACT)
NEVER = a.breach_identified(breach_id=BREACH, contract_id=CONTRACT, remediable=False)
DRAFTED = a.remedial_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,))
ISSUED = by(MANAGER, a.notice_issued(notice_id=NOTICE))
SERVED = a.notice_served(notice_id=NOTICE)
UNMET = by(MANAGER, a.notice_not_satisfied(notice_id=NOTICE))
TO_UNMET = (SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, UNMET)
PROPOSED = a.sanction_proposed(
    notice_id=OTHER,
    sanction_id=SANCTION,
    contract_id=CONTRACT,
    rests_on=(NOTICE,),
    from_on=date(2026, 11, 12),
)
SANCTION_SERVED = (
    *TO_UNMET,
    PROPOSED,
    by(MANAGER, a.notice_issued(notice_id=OTHER, occurred_on=date(2026, 10, 12))),
    a.notice_served(notice_id=OTHER, occurred_on=date(2026, 10, 12), deemed_on=date(2026, 10, 12)),
)


def kind_of(kind: ContractorKind, *facts) -> Story:
    """A contractor of a kind, with these facts."""
    code = {ContractorKind.PHARMACY: "FX901", ContractorKind.OPHTHALMIC: "TX901"}.get(kind, a.CODE)
    registered = a.practice_registered(code=code, kind=kind)
    return Story(
        recorded(by(OPERATOR, registered), by(OPERATOR, a.responsibility_assigned()), *facts, code=code)
    )

"""What others rest on is not withdrawn."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import FlagKind, Side
from domain.rules import Sealed
from tests.domain.correcting import AS_WITHDRAWN, SPOKEN
from tests.support import factories as a
from tests.support.given import given


def resting(*facts, version=3):
    """Refused, and naming what rests on it."""
    story = given(*facts).when(a.withdraw_fact(version=version))
    story.then_refused("what-others-rest-on-is-not-withdrawn")
    return str(story.broken)


def test_what_others_rest_on_is_not_withdrawn_and_all_that_rests_is_named() -> None:
    flag = a.flag_raised()
    explained, cleared = a.flag_explained(flag_id=flag.flag_id), a.flag_cleared(flag_id=flag.flag_id)
    assert resting(flag, explained, cleared) == "Withdraw first what rests on it: X90001/4, X90001/5"
    given(flag, explained, cleared, a.fact_withdrawn(corrects=5), a.fact_withdrawn(corrects=4)).when(
        a.withdraw_fact(version=3)
    ).then(a.fact_withdrawn(corrects=3))


def test_an_agreement_is_not_withdrawn_after_work_was_done_on_it() -> None:
    proposed = a.action_proposed()
    thing = proposed.action_id
    both = (
        a.action_agreed(action_id=thing),
        a.action_agreed(action_id=thing, side=Side.LOCAL_COMMISSIONER, organisation="99A"),
    )
    assert "X90001/6" in resting(proposed, *both, a.action_progressed(action_id=thing), version=4)
    given(proposed, *both).when(a.withdraw_fact(version=4)).then_a(e.FactWithdrawn, corrects=4)


def test_a_proposal_is_not_withdrawn_after_it_was_decided() -> None:
    proposed = a.tier_proposed()
    assert "X90001/4" in resting(proposed, a.tier_decided(proposal_id=proposed.proposal_id))


def test_one_contract_does_not_rest_on_another() -> None:
    asked = a.request_correction(version=3, kind=AS_WITHDRAWN)
    first = a.contract_signed(reference=Sealed("GMS 1"))
    given(first, a.contract_signed(reference=Sealed("GMS 2"))).when(asked).then_a(
        e.CorrectionRequested, version=3
    )
    given(first, a.contract_varied(contract_id=first.contract_id)).when(asked).then_refused(
        "what-others-rest-on-is-not-withdrawn"
    )


def test_a_flag_does_not_rest_on_an_earlier_one_of_its_indicator() -> None:
    first = a.flag_raised()
    story = given(
        first,
        a.flag_cleared(flag_id=first.flag_id),
        a.fact_withdrawn(corrects=4),
        a.flag_raised(kind=FlagKind.SHIFTING),
    )
    story.when(a.withdraw_fact(version=3)).then_a(e.FactWithdrawn, corrects=3)


def test_a_closure_is_not_withdrawn_after_the_practice_reopened_nor_a_reopening_after_new_work() -> None:
    assert "X90001/4" in resting(a.practice_closed(), a.practice_reopened(occurred_on=date(2026, 11, 2)))
    assert "X90001/5" in resting(
        a.practice_closed(), a.practice_reopened(occurred_on=date(2026, 11, 2)), a.flag_raised(), version=4
    )


@pytest.mark.parametrize("version", [1, 2])
def test_a_record_keeps_its_beginning(version) -> None:
    given().when(a.request_correction(version=version, kind=AS_WITHDRAWN)).then_refused(
        "a-record-keeps-its-beginning"
    )


def test_the_id_of_what_was_withdrawn_is_not_used_again() -> None:
    given(SPOKEN, a.fact_withdrawn(corrects=3)).when(
        a.record_conversation(entry_id=SPOKEN.entry_id)
    ).then_refused("ids-are-used-once")

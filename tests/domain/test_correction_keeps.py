"""A correction leaves a practice as it could have come to stand: in order, with what is always true still true."""

import json
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.correctable import plain
from domain.practice.kinds import ActionKind, ClearedBecause, FlagKind, Side
from domain.rules import Sealed
from tests.domain.correcting import AS_WITHDRAWN, AUTHORISE, REQUEST, SPOKEN, corrected
from tests.support import factories as a
from tests.support.given import ADVISER, LEAD, MANAGER, OTHER_MANAGER, by, given


def test_a_flag_is_not_corrected_to_have_been_raised_after_it_was_cleared() -> None:
    flag = a.flag_raised(occurred_on=date(2026, 9, 1))
    story = given(flag, a.flag_cleared(flag_id=flag.flag_id, occurred_on=date(2026, 9, 10)))
    story.when(a.correct_fact(version=3, fields={"occurred_on": "2026-09-11"})).then_refused(
        "an-end-is-not-before-its-start"
    )
    story = given(flag, a.flag_cleared(flag_id=flag.flag_id, occurred_on=date(2026, 9, 10)))
    story.when(a.correct_fact(version=4, fields={"occurred_on": "2026-08-31"})).then_refused(
        "an-end-is-not-before-its-start"
    )
    story = given(flag, a.flag_cleared(flag_id=flag.flag_id, occurred_on=date(2026, 9, 10)))
    story.when(a.correct_fact(version=3, fields={"occurred_on": "2026-09-10"})).then_a(e.FactCorrected)


def test_an_action_is_not_corrected_to_be_due_before_it_was_proposed() -> None:
    given(a.action_proposed()).when(a.correct_fact(version=3, fields={"due_on": "2026-08-31"})).then_refused(
        "an-end-is-not-before-its-start"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"tier": "cause_for_concern"},
        {"effective_on": "2026-12-01"},
        {"occurred_on": "2026-11-20"},
        {"inputs": ["X90001/1"]},
        {"answers": ["X90001/1"]},
        {"steps": [{"step": "visit", "taken": True, "words": "It was done."}]},
        {"immediate_safety": None},
        {"de_escalation": "Two quarters within the limits."},
        {"direction": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_moved_a_tier_is_decided_anew_and_not_corrected(fields) -> None:
    decided = a.tier_decided(immediate_safety=Sealed("A child was not seen."), direction="worsening")
    story = given(by(MANAGER, decided))
    story.when(a.request_correction(version=3, fields=fields)).then_refused("a-tier-is-decided-anew")
    wanted = a.correction_requested(
        request_id="request-00000001",
        version=3,
        fields=tuple(
            a.changed(name, json.dumps(plain(getattr(decided, name))), json.dumps(value))
            for name, value in fields.items()
        ),
    )
    story = given(by(MANAGER, decided), wanted)
    story.when(a.authorise_correction(request_id="request-00000001"), OTHER_MANAGER).then_refused(
        "a-tier-is-decided-anew"
    )


def test_a_decision_is_decided_anew_and_not_withdrawn() -> None:
    story = given(by(MANAGER, a.tier_decided()))
    story.when(a.request_correction(version=3, kind=AS_WITHDRAWN)).then_refused("a-tier-is-decided-anew")


def test_the_words_of_a_decision_and_its_review_are_corrected() -> None:
    story = given(by(MANAGER, a.tier_decided()))
    story.when(
        a.request_correction(version=3, fields={"rationale": "Calls.", "review_on": "2027-02-01"})
    ).then_a(e.CorrectionRequested, version=3)


def test_what_a_decision_cites_as_said_to_it_keeps_its_tier_and_day() -> None:
    view = by(LEAD, a.tier_view_stated())
    to = {"tier": "assurance_based"}
    given(view).when(a.correct_fact(version=3, fields=to), LEAD).then_a(e.FactCorrected)
    cited = given(view, by(MANAGER, a.tier_decided(view="X90001/3")))
    cited.when(a.correct_fact(version=3, fields=to), LEAD).then_refused(
        "what-a-decision-cites-as-said-stands"
    )
    cited.when(a.correct_fact(version=3, fields={"words": "It may wait."}), LEAD).then_a(e.FactCorrected)
    resting_on = given(by(ADVISER, a.override_given()), by(MANAGER, a.tier_decided(override="X90001/3")))
    resting_on.when(a.withdraw_fact(version=3), ADVISER).then_refused("what-others-rest-on-is-not-withdrawn")
    assert "A decision is not withdrawn" in resting_on.broken.message
    resting_on.when(a.correct_fact(version=3, fields={"occurred_on": "2026-01-02"}), ADVISER).then_refused(
        "what-a-decision-cites-as-said-stands"
    )


def test_a_decision_whose_effect_is_corrected_has_effect_from_that_day() -> None:
    moved = corrected(3, a.changed("effective_on", '"2026-11-21"', '"2026-12-01"'))
    practice = given(by(MANAGER, a.tier_decided()), moved).practice()
    assert practice.tier_on(date(2026, 11, 30)) == "assurance_based"
    assert practice.tier_on(date(2026, 12, 1)) == "room_for_improvement"


def test_a_decision_that_cites_what_was_later_withdrawn_can_still_be_corrected() -> None:
    story = given(SPOKEN, by(MANAGER, a.tier_decided(inputs=("X90001/3",))), a.fact_withdrawn(corrects=3))
    story.when(a.request_correction(version=4, fields={"review_on": "2027-02-01"})).then_a(
        e.CorrectionRequested, fields=(a.changed("review_on", "null", '"2027-02-01"'),)
    )


def test_a_conversation_about_a_flag_later_withdrawn_can_still_be_corrected() -> None:
    flag = a.flag_raised()
    story = given(flag, a.conversation_recorded(about_flags=(flag.flag_id,)), a.fact_withdrawn(corrects=3))
    story.when(a.correct_fact(version=4, fields={"channel": "visit"})).then_a(e.FactCorrected, corrects=4)


def test_a_contract_does_not_take_anothers_reference_by_correction() -> None:
    given(a.contract_signed(reference=Sealed("GMS 1")), a.contract_signed(reference=Sealed("GMS 2"))).when(
        a.request_correction(version=4, fields={"reference": "GMS 1"})
    ).then_refused("a-contract-reference-is-used-once")


def test_a_contract_keeps_its_parties_and_starts_no_later_than_it_was_varied() -> None:
    signed = a.contract_signed()
    story = given(signed, a.contract_varied(contract_id=signed.contract_id))
    story.when(a.request_correction(version=3, fields={"parties": []})).then_refused("a-contract-has-parties")
    story = given(signed, a.contract_varied(contract_id=signed.contract_id))
    story.when(a.request_correction(version=3, fields={"starts_on": "2026-04-02"})).then_refused(
        "an-end-is-not-before-its-start"
    )


def test_an_agreement_is_not_corrected_to_a_day_when_the_organisation_was_not_responsible() -> None:
    story = given(a.action_proposed(action_id="action-00000000", occurred_on=date(2024, 11, 1)),
                  by(MANAGER, a.action_agreed(action_id="action-00000000")))  # fmt: skip
    story.when(a.correct_fact(version=4, fields={"occurred_on": "2024-11-20"}), MANAGER).then_refused(
        "an-organisation-agrees-while-it-is-responsible"
    )


def test_a_completion_keeps_its_evidence() -> None:
    story = given(
        a.action_proposed(action_id="action-00000000"), a.action_completed(action_id="action-00000000")
    )
    story.when(a.correct_fact(version=4, fields={"evidence_document": None})).then_refused(
        "completion-has-evidence"
    )


def test_a_closure_is_corrected_in_both_its_days_and_not_to_before_the_practice_opened() -> None:
    story = given(a.practice_closed())
    story.when(a.correct_fact(version=3, fields={"closed_on": "2026-10-30"})).then_a(
        e.FactCorrected,
        fields=(
            a.changed("closed_on", '"2026-10-31"', '"2026-10-30"'),
            a.changed("occurred_on", '"2026-10-31"', '"2026-10-30"'),
        ),
    )


def test_a_flag_is_not_corrected_into_a_second_open_one() -> None:
    given(a.flag_raised(), a.flag_raised(kind=FlagKind.SHIFTING)).when(
        a.correct_fact(version=4, fields={"kind": "outlying"})
    ).then_refused("one-open-flag-per-indicator")


def test_a_clearing_is_not_corrected_to_rest_on_an_explanation_that_nobody_accepted() -> None:
    flag = a.flag_raised()
    story = given(flag, a.flag_cleared(flag_id=flag.flag_id))
    story.when(a.correct_fact(version=4, fields={"because": "validated_explanation"})).then_refused(
        "a-validated-explanation-was-accepted"
    )
    story.when(a.correct_fact(version=4, fields={"because": "superseded"})).then_refused(
        "a-release-ends-its-own-flags"
    )


def test_an_acceptance_is_not_withdrawn_while_its_flag_is_cleared_by_it() -> None:
    flag = a.flag_raised()
    told = a.flag_explained(flag_id=flag.flag_id)
    accepted = by(MANAGER, a.explanation_accepted(flag_id=flag.flag_id, explanation_id=told.explanation_id))
    cleared = a.flag_cleared(flag_id=flag.flag_id, because=ClearedBecause.VALIDATED_EXPLANATION)
    take_back = a.withdraw_fact(version=5)

    given(flag, told, accepted, cleared).when(take_back, MANAGER).then_refused(
        "a-validated-explanation-was-accepted"
    )
    reopened = a.flag_reopened(flag_id=flag.flag_id)
    given(flag, told, accepted, cleared, reopened).when(take_back, MANAGER).then_a(e.FactWithdrawn)


def test_a_clearing_is_not_withdrawn_while_the_indicator_has_a_newer_open_flag() -> None:
    first = a.flag_raised()
    story = given(first, a.flag_cleared(flag_id=first.flag_id), a.flag_raised())
    story.when(a.withdraw_fact(version=4)).then_refused("one-open-flag-per-indicator")


def test_a_clearing_asked_to_be_withdrawn_is_not_authorised_after_a_newer_flag_was_raised() -> None:
    first = a.flag_raised()
    asked = by(LEAD, a.correction_requested(request_id=REQUEST, version=4, kind=AS_WITHDRAWN))
    story = given(first, a.flag_cleared(flag_id=first.flag_id), asked, a.flag_raised())
    story.when(AUTHORISE, MANAGER).then_refused("one-open-flag-per-indicator")


def test_an_action_is_not_corrected_or_restored_into_a_second_open_visit() -> None:
    visit = a.action_proposed(kind=ActionKind.VISIT)
    given(visit, a.action_proposed()).when(a.correct_fact(version=4, fields={"kind": "visit"})).then_refused(
        "one-open-action-of-its-kind"
    )
    given(
        visit, a.action_cancelled(action_id=visit.action_id), a.action_proposed(kind=ActionKind.VISIT)
    ).when(a.withdraw_fact(version=4)).then_refused("one-open-action-of-its-kind")


def test_a_responsibility_is_not_corrected_from_under_an_agreement_given_while_it_held() -> None:
    """The completed action would have been agreed by an organisation that was never responsible."""
    story = given(
        a.action_proposed(action_id="action-00000000"),
        by(MANAGER, a.action_agreed(action_id="action-00000000")),
    )
    story.when(a.request_correction(version=2, fields={"contract_holder": "Q98"})).then_refused(
        "an-organisation-agrees-while-it-is-responsible"
    )


def test_an_agreement_is_not_corrected_so_that_what_was_completed_had_not_been_agreed() -> None:
    """Dated after responsibility had moved on, the board's agreement would no longer meet the CCG's."""
    story = given(
        a.action_proposed(action_id="action-00000000"),
        by(
            LEAD,
            a.action_agreed(action_id="action-00000000", side=Side.LOCAL_COMMISSIONER, organisation="99A"),
        ),
        a.responsibility_assigned(local_commissioner="99B", from_on=date(2026, 11, 10)),
        by(MANAGER, a.action_agreed(action_id="action-00000000")),
        a.action_completed(action_id="action-00000000"),
    )
    story.when(a.correct_fact(version=6, fields={"occurred_on": "2026-11-12"}), MANAGER).then_refused(
        "an-action-is-agreed-before-it-is-worked-on"
    )

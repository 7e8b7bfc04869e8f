"""Corrections: any fact can be corrected, or withdrawn as entered in error, by a new fact with reason."""

import json
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from domain.practice import events as e
from domain.practice.correctable import TYPED_WITH, correctable_fields, plain, read_field
from domain.practice.corrections import AUTHORISED
from domain.practice.kinds import ActionKind, ClearedBecause, CorrectionKind, FlagKind, Level, Side
from domain.practice.notices import Draft
from domain.practice.practice import replay
from domain.rules import Recorded, RuleBroken, Sealed
from tests.domain.everything import everything
from tests.support import factories as a
from tests.support.given import (
    ADVISER,
    CASEWORKER,
    LEAD,
    MANAGER,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    Story,
    by,
    given,
)

SPOKEN = a.conversation_recorded(occurred_on=date(2026, 11, 3))
SLIP = {"occurred_on": "2026-11-02"}
SLIPPED = (a.changed("occurred_on", '"2026-11-03"', '"2026-11-02"'),)
AS_WITHDRAWN = CorrectionKind.WITHDRAW


def corrected(version: int, *fields: e.CorrectedField) -> e.FactCorrected:
    return a.fact_corrected(corrects=version, fields=fields)


# --- directly


def test_a_person_corrects_their_own_entry() -> None:
    given(SPOKEN).when(a.correct_fact(version=3, fields=SLIP)).then(
        a.fact_corrected(corrects=3, fields=SLIPPED)
    )


def test_the_corrected_value_is_shown_and_the_original_is_kept() -> None:
    story = given(SPOKEN, corrected(3, *SLIPPED))
    practice = story.practice()
    assert practice.standing[3].fact == replace(SPOKEN, occurred_on=date(2026, 11, 2))
    assert practice.last_contact_on == date(2026, 11, 2)
    assert story.history[2].fact == practice.history[2].fact == SPOKEN


def test_what_was_known_before_the_correction_is_known_again_by_replaying_until_then() -> None:
    story = given(SPOKEN, corrected(3, *SLIPPED))
    assert replay(story.history[:3]).last_contact_on == date(2026, 11, 3)
    assert replay(story.history[:4]).last_contact_on == date(2026, 11, 2)


@pytest.mark.parametrize("year", ["9999", "2200", "1899", "0001"])
def test_a_corrected_day_is_within_the_years_that_forms_allow(year: str) -> None:
    given(SPOKEN).when(a.correct_fact(version=3, fields={"next_contact_on": f"{year}-12-31"})).then_refused(
        "a-year-has-four-digits", "next_contact_on"
    )


def test_an_entry_corrected_twice_reads_as_last_corrected() -> None:
    story = given(SPOKEN, corrected(3, *SLIPPED), corrected(3, a.changed("channel", '"phone"', '"visit"')))
    story.when(a.correct_fact(version=3, fields={"occurred_on": "2026-11-01"})).then(
        a.fact_corrected(corrects=3, fields=(a.changed("occurred_on", '"2026-11-02"', '"2026-11-01"'),))
    )
    fact: Any = story.practice().standing[3].fact
    assert (fact.occurred_on, fact.channel) == (date(2026, 11, 2), "visit")


@pytest.mark.parametrize("fields", [{}, {"occurred_on": "2026-11-03"}, {"channel": "phone", "subject": None}])
def test_an_unchanged_correction_records_nothing(fields) -> None:
    given(SPOKEN).when(a.correct_fact(version=3, fields=fields)).then_nothing()
    given(SPOKEN).when(a.request_correction(version=3, fields=fields), OTHER_CASEWORKER).then_nothing()


def test_only_what_differs_is_recorded_with_before_and_after() -> None:
    given(SPOKEN).when(
        a.correct_fact(
            version=3,
            fields={"occurred_on": "2026-11-03", "said": "Nothing \u05d0 \U0001fa7a.", "channel": "visit"},
        )
    ).then(
        a.fact_corrected(
            corrects=3,
            fields=(
                a.changed(
                    "said",
                    '"The hub rota has run for three weeks. Abandoned calls fell from 31% to 12%."',
                    '"Nothing \u05d0 \U0001fa7a."',
                ),
                a.changed("channel", '"phone"', '"visit"'),
            ),
        )
    )


def test_a_person_withdraws_their_own_entry_and_it_stands_no_more() -> None:
    given(SPOKEN).when(a.withdraw_fact(version=3)).then(a.fact_withdrawn(corrects=3))
    practice = given(SPOKEN, a.fact_withdrawn(corrects=3)).practice()
    assert 3 not in practice.standing
    assert practice.last_contact_on is None
    assert practice.history[2].fact == SPOKEN


@pytest.mark.parametrize("command", [a.correct_fact, a.withdraw_fact])
@pytest.mark.parametrize("asked", [OTHER_CASEWORKER, MANAGER, LEAD])
def test_anothers_entry_is_corrected_by_request(command, asked) -> None:
    given(SPOKEN).when(command(version=3), asked).then_refused("others-entries-are-corrected-by-request")


def test_an_entry_recorded_for_one_organisation_is_not_ones_own_at_another() -> None:
    moved = replace(LEAD, person=CASEWORKER.person)
    given(SPOKEN).when(a.withdraw_fact(version=3), moved).then_refused(
        "others-entries-are-corrected-by-request"
    )


@pytest.mark.parametrize(
    "fact",
    [a.tier_decided(), a.tier_proposal_declined(proposal_id="proposal-00000000"), a.contract_signed()],
    ids=lambda fact: type(fact).__name__,
)
@pytest.mark.parametrize("command", [a.correct_fact, a.withdraw_fact])
@pytest.mark.parametrize("asked", [CASEWORKER, MANAGER])
def test_a_decision_or_contract_fact_is_not_corrected_directly_even_by_who_recorded_it(
    fact, command, asked
) -> None:
    given(by(asked, fact)).when(command(version=3), asked).then_refused(
        "a-manager-authorises-corrections-of-decisions-and-contracts"
    )


# --- by request


@pytest.mark.parametrize("asked", [CASEWORKER, OTHER_CASEWORKER, LEAD, MANAGER])
def test_anybody_who_records_may_ask_for_a_correction(asked) -> None:
    command = a.request_correction(version=3, fields=SLIP)
    given(SPOKEN).when(command, asked).then(
        a.correction_requested(
            request_id=command.request_id,
            version=3,
            kind=CorrectionKind.CORRECT,
            fields=SLIPPED,
            reason=Sealed("The date was a slip."),
        )
    )


REQUEST = "request-00000000"
ASKED = by(
    LEAD,
    a.correction_requested(
        request_id=REQUEST,
        version=3,
        kind=CorrectionKind.CORRECT,
        fields=SLIPPED,
        reason=Sealed("The date was a slip."),
    ),
)
ASKED_TO_WITHDRAW = by(LEAD, a.correction_requested(request_id=REQUEST, version=3, kind=AS_WITHDRAWN))
AUTHORISE = a.authorise_correction(request_id=REQUEST)


def test_a_request_changes_nothing_until_a_manager_authorises_it() -> None:
    story = given(SPOKEN, ASKED)
    assert story.practice().standing[3].fact == SPOKEN
    story.when(AUTHORISE, MANAGER).then(
        a.fact_corrected(corrects=3, fields=SLIPPED, request_id=REQUEST, requested_by=LEAD.person)
    )


def test_a_manager_authorises_a_withdrawal() -> None:
    given(SPOKEN, ASKED_TO_WITHDRAW).when(AUTHORISE, MANAGER).then(
        a.fact_withdrawn(corrects=3, request_id=REQUEST, requested_by=LEAD.person)
    )


def test_nobody_but_a_manager_authorises_or_declines() -> None:
    for command in (AUTHORISE, a.decline_correction(request_id=REQUEST)):
        for asked in (CASEWORKER, LEAD):
            given(SPOKEN, ASKED).when(command, asked).then_refused("the-role-may-do-this")


def test_a_manager_does_not_authorise_what_they_asked_for() -> None:
    given(SPOKEN, by(MANAGER, ASKED.fact)).when(AUTHORISE, MANAGER).then_refused(
        "another-person-authorises-a-correction"
    )
    given(SPOKEN, by(MANAGER, ASKED.fact)).when(AUTHORISE, OTHER_MANAGER).then_a(e.FactCorrected, corrects=3)


def test_a_manager_declines_with_reasons() -> None:
    given(SPOKEN, ASKED).when(a.decline_correction(request_id=REQUEST), MANAGER).then(
        a.correction_declined(request_id=REQUEST)
    )


@pytest.mark.parametrize(
    "answer",
    [
        a.correction_declined(request_id=REQUEST),
        a.fact_corrected(corrects=3, fields=SLIPPED, request_id=REQUEST, requested_by=LEAD.person),
    ],
    ids=["declined", "authorised"],
)
def test_a_request_is_answered_once(answer) -> None:
    for command in (AUTHORISE, a.decline_correction(request_id=REQUEST)):
        given(SPOKEN, ASKED, by(MANAGER, answer)).when(command, OTHER_MANAGER).then_refused(
            "a-request-is-answered-once"
        )


def test_one_request_about_an_entry_waits_at_a_time() -> None:
    given(SPOKEN, ASKED).when(a.request_correction(version=3, fields=SLIP)).then_refused("one-request-a-fact")


def test_a_request_is_not_answered_before_it_was_made() -> None:
    for command in (a.authorise_correction, a.decline_correction):
        given(SPOKEN, ASKED).when(
            command(request_id=REQUEST, occurred_on=date(2026, 11, 20)), MANAGER
        ).then_refused("an-end-is-not-before-its-start", "occurred_on")


def test_a_request_of_another_practice_is_unknown_here() -> None:
    given().when(AUTHORISE, MANAGER).then_refused("a-request-is-of-this-practice", "request_id")


def test_what_was_withdrawn_after_it_was_asked_for_is_not_corrected_and_the_request_can_be_declined() -> None:
    for asked_for in (ASKED, ASKED_TO_WITHDRAW):
        story = given(SPOKEN, asked_for, a.fact_withdrawn(corrects=3))
        story.when(AUTHORISE, MANAGER).then_refused("what-is-corrected-stands")
        given(SPOKEN, asked_for, a.fact_withdrawn(corrects=3)).when(
            a.decline_correction(request_id=REQUEST), MANAGER
        ).then_a(e.CorrectionDeclined)


def test_a_manager_authorises_the_change_that_was_asked_for_and_no_other() -> None:
    """The recorder corrected the same field meanwhile: from what to what was not what the manager saw."""
    meanwhile = corrected(3, a.changed("occurred_on", '"2026-11-03"', '"2026-11-01"'))
    given(SPOKEN, ASKED, meanwhile).when(AUTHORISE, MANAGER).then_refused(
        "a-request-is-about-the-entry-as-it-stands"
    )
    elsewhere = corrected(3, a.changed("channel", '"phone"', '"visit"'))
    given(SPOKEN, ASKED, elsewhere).when(AUTHORISE, MANAGER).then_a(e.FactCorrected, fields=SLIPPED)


# --- what may be corrected


@pytest.mark.parametrize("version", [0, -1, 4, 99])
def test_what_is_corrected_is_recorded(version) -> None:
    for command in (a.correct_fact, a.withdraw_fact):
        given(SPOKEN).when(command(version=version)).then_refused("what-is-corrected-stands")


def test_what_was_withdrawn_is_not_corrected() -> None:
    for command in (a.correct_fact, a.withdraw_fact):
        given(SPOKEN, a.fact_withdrawn(corrects=3)).when(command(version=3)).then_refused(
            "what-is-corrected-stands"
        )


def test_a_correction_is_not_corrected() -> None:
    for command in (a.correct_fact, a.withdraw_fact):
        given(SPOKEN, corrected(3, *SLIPPED)).when(command(version=4)).then_refused(
            "a-correction-is-not-corrected"
        )


def test_a_correction_is_not_dated_before_the_entry_was_recorded() -> None:
    for command in (a.correct_fact(version=3, fields=SLIP, occurred_on=date(2026, 11, 19)),
                    a.withdraw_fact(version=3, occurred_on=date(2026, 11, 19))):  # fmt: skip
        given(SPOKEN).when(command).then_refused("an-end-is-not-before-its-start", "occurred_on")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"entry_id": "entry-00000009"}, "a-corrected-field-is-one-of-the-fact"),
        ({"no_such_field": 1}, "a-corrected-field-is-one-of-the-fact"),
        ({"visibility": "internal"}, "a-corrected-field-is-one-of-the-fact"),
        ({"occurred_on": "2026-02-31"}, "a-corrected-value-is-of-its-kind"),
        ({"occurred_on": 3}, "a-corrected-value-is-of-its-kind"),
        ({"occurred_on": None}, "a-corrected-value-is-of-its-kind"),
        ({"occurred_on": date(2026, 11, 1)}, "a-corrected-value-is-of-its-kind"),
        ({"occurred_on": "2026-11-22"}, "what-happened-is-not-in-the-future"),
        ({"next_contact_on": "2026-11-02"}, "an-end-is-not-before-its-start"),
        ({"channel": "telegraph"}, "a-corrected-value-is-of-its-kind"),
        ({"said": None}, "a-corrected-value-is-of-its-kind"),
        ({"said": ""}, "a-corrected-value-is-of-its-kind"),
        ({"said": "  \n"}, "a-corrected-value-is-of-its-kind"),
        ({"said": 7}, "a-corrected-value-is-of-its-kind"),
        ({"said": "x" * 20_001}, "words-keep-to-their-limit"),
        ({"said": "943 476 5919"}, "no-patient-is-identified"),
        ({"said": "a\x00b"}, "words-can-be-shown-as-typed"),
        ({"said": "\ud800"}, "words-can-be-shown-as-typed"),
        ({"about_flags": "flag-00000000"}, "a-corrected-value-is-of-its-kind"),
        ({"about_flags": ["flag-elsewhere1"]}, "what-it-is-about-is-of-this-practice"),
        ({"participants": []}, "a-conversation-has-one-of-us-in-it"),
        (
            {"participants": [{"side": "practice", "role": "gp_partner"}]},
            "a-conversation-has-one-of-us-in-it",
        ),
        ({"participants": [{"side": "contract_holder"}]}, "a-corrected-value-is-of-its-kind"),
        ({"participants": [{"side": "contract_holder", "role": " "}]}, "a-corrected-value-is-of-its-kind"),
        (
            {"participants": [{"side": "contract_holder", "role": "Caseworker"}]},
            "a-corrected-value-is-of-its-kind",
        ),
        ({"participants": [{"side": "contract_holder", "role": "gp_partner"}]}, "a-role-is-of-its-side"),
        ({"participants": [{"side": "contract_holder", "role": "other"}]}, "another-role-is-described"),
        (
            {"participants": [{"side": "contract_holder", "role": "other", "described": "x" * 201}]},
            "words-keep-to-their-limit",
        ),
        (
            {"participants": [{"side": "contract_holder", "role": "manager", "described": "Of the board"}]},
            "a-role-of-the-list-is-not-described",
        ),
        (
            {"participants": [{"side": "contract_holder", "role": "manager", "person": "Dr A. Example"}]},
            "who-signs-in-has-an-id",
        ),
        (
            {"participants": [{"side": "contract_holder", "role": "manager", "x": 1}]},
            "a-corrected-value-is-of-its-kind",
        ),
        ({"participants": [None]}, "a-corrected-value-is-of-its-kind"),
    ],
    ids=repr,
)
def test_a_corrected_field_keeps_the_rules_of_what_was_recorded(fields, rule) -> None:
    given(SPOKEN).when(a.correct_fact(version=3, fields=fields)).then_refused(rule)
    given(SPOKEN).when(a.request_correction(version=3, fields=fields), OTHER_CASEWORKER).then_refused(rule)


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 10**400, "3", True])
def test_a_corrected_measure_is_a_number_that_can_be_stored(number) -> None:
    given(a.flag_raised()).when(a.correct_fact(version=3, fields={"value": number})).then_refused(
        "a-corrected-value-is-of-its-kind"
    )


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"list_size": -1}, "a-list-size-is-a-count"),
        ({"list_size": 10**30}, "a-corrected-value-is-of-its-kind"),
        ({"list_size": 1.5}, "a-corrected-value-is-of-its-kind"),
        ({"list_size": True}, "a-corrected-value-is-of-its-kind"),
        ({"kind": "pharmacy"}, "a-code-is-an-ods-code"),
        ({"opened_on": "2026-11-22"}, "what-happened-is-not-in-the-future"),
        ({"name": "x" * 201}, "words-keep-to-their-limit"),
        ({"postcode": ""}, "a-corrected-value-is-of-its-kind"),
        ({"code": "X90002"}, "a-corrected-field-is-one-of-the-fact"),
    ],
    ids=repr,
)
def test_a_corrected_registration_is_one_that_could_have_been_recorded(fields, rule) -> None:
    given().when(a.request_correction(version=1, fields=fields)).then_refused(rule)


def test_a_responsibility_is_not_corrected_so_that_nobody_answers_for_the_practice() -> None:
    given().when(a.request_correction(version=2, fields={"from_on": "2026-11-22"})).then_refused(
        "somebody-answers-for-a-practice"
    )
    given().when(a.request_correction(version=2, fields={"contract_holder": ""})).then_refused(
        "a-corrected-value-is-of-its-kind"
    )


# --- one thing after another


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


# --- what is always true stays true


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


# --- withdrawing what others rest on


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


# --- every field of every fact

_LONG_AGO = "2026-09-20"
INSTEAD: dict[tuple[type, str], Any] = {
    (e.PracticeRegistered, "postcode"): "ZZ2 2ZZ",
    (e.DetailsChanged, "postcode"): "ZZ2 2ZZ",
    (e.FlagRaised, "period"): "2025 Q4",
    (e.PracticeRegistered, "kind"): None,  # follows from the code
    (e.PracticeRegistered, "opened_on"): "1991-04-01",
    (e.PracticeRegistered, "occurred_on"): "2024-11-20",
    (e.ResponsibilityAssigned, "from_on"): "2024-11-20",
    (e.ResponsibilityAssigned, "occurred_on"): "2024-11-20",
    (e.CaseworkerNamed, "caseworker"): "person-00000002",
    (e.ContractSigned, "starts_on"): "2024-04-02",
    (e.ContractSigned, "ends_on"): "2031-03-31",
    (e.ContractSigned, "parties"): ["Larkfield Road Partnership", "Dr A. Example"],
    (e.ContractVaried, "notice_given_on"): "2026-02-02",
    (e.ContractVaried, "unilateral"): True,
    (e.ProviderNamed, "provider_code"): "8HX99",
    (e.InspectionReported, "location"): "1-537772053",
    (e.InspectionReported, "inspected_on"): "2026-09-14",
    (e.InspectionReported, "occurred_on"): "2026-10-21",
    (e.RegulatoryActionRecorded, "comply_by"): "2026-12-02",
    (e.RegulatoryActionEnded, "occurred_on"): "2026-11-04",
    (e.ExpectationAnswered, "occurred_on"): "2026-11-09",
    (e.ExpectationWithdrawn, "occurred_on"): "2026-11-09",
    (e.DeclarationAskedFor, "opens_on"): "2026-10-13",
    (e.DeclarationAskedFor, "due_on"): "2026-12-05",
    (e.DeclarationSubmitted, "occurred_on"): "2026-11-04",
    (e.DeclarationAmended, "occurred_on"): "2026-11-11",
    (e.ListClosureApproved, "closes_on"): "2026-11-02",
    (e.ListClosureApproved, "reopens_on"): "2027-05-02",
    (e.ListClosureApproved, "occurred_on"): "2026-10-21",
    (e.ListClosureRefused, "occurred_on"): "2026-09-21",
    (e.ListClosureExtended, "asked_on"): "2026-11-03",
    (e.ListClosureExtended, "reopens_on"): "2027-09-02",
    (e.ListClosureExtended, "occurred_on"): "2026-11-10",
    (e.ListReopened, "occurred_on"): "2026-11-17",
    (e.MergerApproved, "effective_on"): "2026-11-02",
    (e.PracticesMerged, "occurred_on"): "2026-11-03",
    (e.BranchClosureAppliedFor, "site_code"): "X90001002",
    (e.BranchClosureApproved, "closes_on"): "2027-04-01",
    (e.BranchClosureApproved, "occurred_on"): "2026-11-04",
    (e.BranchClosureRefused, "occurred_on"): "2026-11-04",
    (e.ContractorCompositionChanged, "effective_on"): "2026-11-02",
    (e.PracticeBoundaryChanged, "effective_on"): "2026-11-02",
    (e.ContractReviewHeld, "participants"): [
        {
            "side": "practice",
            "role": "gp_partner",
            "described": None,
            "person": None,
            "name": None,
        },
        {
            "side": "contract_holder",
            "role": "manager",
            "described": None,
            "person": "person-manager01",
            "name": None,
        },
    ],
    (e.ContractReviewHeld, "about_flags"): ["flag-everything2"],
    (e.ContractReviewHeld, "about_actions"): ["action-everything2"],
    (e.FlagRaised, "occurred_on"): "2026-08-31",
    (e.FlagExplained, "occurred_on"): _LONG_AGO,
    (e.ExplanationAccepted, "occurred_on"): "2026-11-04",
    (e.ExplanationNotAccepted, "occurred_on"): "2026-11-04",
    (e.FlagWithdrawn, "occurred_on"): _LONG_AGO,
    (e.FlagReopened, "occurred_on"): "2026-10-02",
    (e.DocumentAttached, "about_flags"): [],
    (e.DocumentAttached, "about_actions"): [],
    (e.ConversationRecorded, "participants"): [
        {
            "side": "local_commissioner",
            "role": "quality_lead",
            "described": None,
            "person": "person-lead0001",
            "name": None,
        },
        {
            "side": "practice",
            "role": "gp_partner",
            "described": None,
            "person": None,
            "name": "Dr A. Example",
        },
        {"side": "other", "role": "other", "described": "Interpreter", "person": None, "name": None},
    ],
    (e.ConversationRecorded, "next_contact_on"): "2026-12-02",
    (e.ConversationRecorded, "about_flags"): ["flag-everything2"],
    (e.ConversationRecorded, "about_actions"): ["action-everything2"],
    (e.ConversationRecorded, "about_intelligence"): ["intelligence-everything2"],
    (e.IntelligenceRecorded, "occurred_on"): "2026-09-04",
    (e.IntelligenceRecorded, "about_flags"): ["flag-everything2"],
    (e.IntelligenceCorroborated, "evidence"): ["X90001/7", "X90001/8"],
    (e.FlagCleared, "because"): "resolved",
    (e.FlagWithdrawn, "because"): "raised_in_error",  # the others are said by releases
    (e.IntelligenceDiscounted, "evidence"): ["X90001/8"],
    (e.ActionProposed, "kind"): "support_offer",
    (e.ActionProposed, "due_on"): "2026-12-15",
    (e.ActionProposed, "occurred_on"): "2026-08-31",
    (e.ActionProposed, "about_flags"): ["flag-everything2"],
    (e.ActionProposed, "about_intelligence"): ["intelligence-everything2"],
    (e.ActionAgreed, "occurred_on"): _LONG_AGO,
    (e.ActionAnswered, "occurred_on"): _LONG_AGO,
    (e.ActionRescheduled, "due_on"): "2027-01-12",
    (e.ActionCompleted, "evidence"): ["X90001/23"],
    (e.ActionCompleted, "occurred_on"): "2026-10-07",
    (e.ActionSentBack, "occurred_on"): "2026-10-08",
    (e.ActionEvidenceAccepted, "occurred_on"): "2026-10-10",
    (e.ActionReopened, "occurred_on"): "2026-10-02",
    (e.ActionReopened, "due_on"): "2027-01-19",
    (e.TierProposed, "inputs"): ["X90001/24"],
    (e.TierProposed, "effective_on"): "2026-11-04",
    (e.TierProposed, "review_on"): "2027-02-02",
    (e.TierProposed, "occurred_on"): "2026-11-02",
    (e.TierProposalDeclined, "occurred_on"): "2026-11-04",
    (e.TierDecided, "review_on"): "2027-02-02",
    (e.PracticeReopened, "occurred_on"): "2026-11-01",
    (e.PracticeTold, "occurred_on"): _LONG_AGO,
    (e.PracticeResponseReceived, "occurred_on"): "2026-11-04",
    (e.PracticeResponseReceived, "nothing_to_say"): None,  # a response with points has something to say
    (e.PracticeResponseReceived, "points"): [{"about": None, "words": "All three."}],
    (e.FactualChallengeDecided, "occurred_on"): "2026-11-04",
    (e.QualitySurveillanceGroupReferred, "evidence"): ["X90001/24"],
    (e.PracticeClosed, "closed_on"): "2026-10-30",
    (e.BreachIdentified, "breached_on"): "2026-08-19",
    (e.BreachIdentified, "evidence"): ["X90001/8"],
    (e.BreachIdentified, "occurred_on"): "2026-09-02",
    (e.BreachHandledInformally, "occurred_on"): "2026-09-02",
    (e.RemedialNoticeDrafted, "period_days"): 21,
    (e.RemedialNoticeDrafted, "occurred_on"): "2026-09-03",
    (e.BreachNoticeDrafted, "occurred_on"): "2026-09-03",
    (e.SanctionProposed, "services"): ["additional"],
    (e.SanctionProposed, "evidence"): ["X90001/8"],
    (e.SanctionProposed, "from_on"): "2026-11-13",
    (e.SanctionProposed, "until_on"): "2027-02-01",
    (e.TerminationNoticeDrafted, "evidence"): ["X90001/6"],
    (e.TerminationNoticeDrafted, "effective_on"): "2026-11-13",
    (e.NoticeIssued, "consulted_on"): "2026-09-01",
    (e.NoticeIssued, "answers"): ["X90001/8"],
    (e.NoticeServed, "deemed_on"): "2026-09-06",
    (e.NoticeServed, "occurred_on"): "2026-09-04",
    (e.NoticeReceiptReturned, "occurred_on"): "2026-09-08",
    (e.NoticeSatisfied, "evidence"): ["X90001/8"],
    (e.NoticeSatisfied, "occurred_on"): "2026-10-11",
    (e.TierDecided, "steps"): None,  # its words alone: which steps were taken is decided anew
    (e.NoticeNotSatisfied, "evidence"): ["X90001/8"],
    (e.NoticeNotSatisfied, "occurred_on"): "2026-10-11",
    (e.NoticeWithdrawn, "occurred_on"): "2026-10-12",
    (e.SanctionImposed, "occurred_on"): "2026-11-13",
    (e.SanctionLifted, "occurred_on"): "2026-11-16",
    (e.ContractorSuspended, "until_on"): "2026-12-02",
    (e.ContractorNoticeGiven, "effective_on"): "2027-06-01",
    (e.ContractorNoticeGiven, "occurred_on"): "2026-10-31",
    (e.ContractorNoticeWithdrawn, "occurred_on"): "2026-11-11",
    (e.ContractTerminated, "occurred_on"): "2026-11-16",
    (e.SanctionProposed, "occurred_on"): "2026-10-11",
    (e.TerminationNoticeDrafted, "occurred_on"): "2026-10-11",
    (e.DisputeReferred, "occurred_on"): "2026-09-21",
    # A general practice's notice withholds nothing.
    (e.RemedialNoticeDrafted, "withholds"): None,
    (e.BreachNoticeDrafted, "withholds"): None,
    (e.BranchClosureAppliedFor, "closes_on"): "2027-01-31",
    (e.DisputeDetermined, "occurred_on"): "2026-11-02",
    (e.DisputeWithdrawn, "occurred_on"): "2026-11-02",
}


def _instead(kind: type, name: str, value: Any) -> Any:
    """Another value that could stand in this field."""
    if (kind, name) in INSTEAD:
        return INSTEAD[kind, name]
    for candidate in ("X90003", 12.5, 12, True, False, ["one"], _LONG_AGO):
        try:
            if plain(read_field(kind, name, candidate)) != value:
                return candidate
        except RuleBroken:
            continue
    members = type(getattr(_example(kind), name))
    return next(member.value for member in members if member.value != value)


def _example(kind: type) -> Any:
    return [entry for entry in everything() if type(entry.fact) is kind][-1].fact


def _with(story: Story, person: str) -> list[Recorded]:
    """The history with the one fact that was decided."""
    last = story.history[-1]
    return [*story.history, last._replace(version=last.version + 1, person=person, fact=story.facts[0])]


EVERY_FIELD = [(kind, name) for kind in TYPED_WITH for name in correctable_fields(_example(kind))]


@pytest.mark.parametrize("kind", list(TYPED_WITH), ids=lambda kind: kind.__name__)
def test_every_field_reads_back_as_it_was_written(kind) -> None:
    fact = _example(kind)
    fields = correctable_fields(fact)
    assert fields
    for name, value in fields.items():
        assert read_field(kind, name, value) == getattr(fact, name)


@pytest.mark.parametrize(("kind", "name"), EVERY_FIELD, ids=lambda part: getattr(part, "__name__", part))
def test_every_fact_is_correctable_field_by_field_and_a_correction_of_one_leaves_the_others(
    kind, name
) -> None:
    story = Story(everything())
    entry = [entry for entry in story.history if type(entry.fact) is kind][-1]
    before = correctable_fields(entry.fact)
    value = _instead(kind, name, before[name])
    if value == before[name] or value is None:
        return
    asked = replace(CASEWORKER, person="person-asks0001")
    story.when(a.request_correction(version=entry.version, fields={name: value}, request_id=REQUEST), asked)
    assert story.broken is None, story.broken
    story = Story(_with(story, asked.person))
    story.when(AUTHORISE, OTHER_MANAGER)
    assert story.broken is None, story.broken
    after = replay(_with(story, OTHER_MANAGER.person))
    now = correctable_fields(after.standing[entry.version].fact)
    assert now == {**before, name: value}
    assert after.history[entry.version - 1].fact == entry.fact


def test_every_fact_but_corrections_answers_and_who_saw_what_is_correctable() -> None:
    """An answer is changed by another answer, and who sees an entry by saying otherwise: what was seen was seen."""
    corrections = {e.CorrectionRequested, e.CorrectionDeclined, e.FactCorrected, e.FactWithdrawn}
    assert set(e.FACTS) - set(TYPED_WITH) == corrections | set(e.agreed.FACTS) | set(e.threads.FACTS) | set(
        e.visibility.FACTS
    ) | {e.TierRecommended, e.DecisionReviewAsked, e.DecisionChecked, e.DecisionRevised}
    assert set(AUTHORISED) == {
        e.TierDecided,
        e.TierProposalDeclined,
        e.DecisionReaffirmed,
        e.ContractSigned,
        e.ContractVaried,
        e.ProviderNamed,
        *e.regulator.FACTS,
        *e.declarations.FACTS,
        *e.lists.FACTS,
        *e.mergers.FACTS,
        *e.contractor.FACTS,
        *e.ladder.FACTS,
        *(fact for fact in e.notices.FACTS if fact not in get_args(Draft)),
        *e.sanctions.FACTS,
        e.FactualChallengeDecided,
    }


def test_a_level_corrected_is_the_level_that_the_rules_see() -> None:
    flag = a.flag_raised()
    practice = given(flag, corrected(3, a.changed("level", '"alert"', '"alarm"'))).practice()
    assert practice.flags[flag.flag_id].level == Level.ALARM

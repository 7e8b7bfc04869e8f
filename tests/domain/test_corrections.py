"""Corrections: any fact can be corrected, or withdrawn as entered in error, by a new fact with reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.practice.practice import replay
from tests.domain.correcting import SLIP, SLIPPED, SPOKEN, corrected
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, by, given

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

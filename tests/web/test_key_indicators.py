"""The key indicator set, on the page: read by domain, defined, said anew and retired."""

from datetime import date

import pytest

from tests.support import factories as a
from tests.web.conftest import tell
from tests.web.person import words_of

ANEW = {"description": "How soon somebody answers.", "reason": "The question changed."}


def said(page) -> dict[str, str]:
    keys, values = page.all("dt"), page.all("dd")
    return {words_of(key): words_of(value) for key, value in zip(keys, values, strict=True)}


def anew(casebook, code="PE03", **changed):
    now = casebook.key_set()[code].latest
    given = {
        name: getattr(now, name)
        for name in ("name", "domain", "description", "numerator", "denominator", "unit", "better", "model",
                     "standardisation", "source", "period", "refresh_lag_months", "minimum_denominator", "known_explanations")
    }  # fmt: skip
    tell(casebook, a.define_indicator(**{"code": code, **given, **ANEW, **changed}), code)


def test_the_set_stands_in_four_domains(people):
    page = people.caseworker.open("/key-indicators")
    assert [words_of(one) for one in page.all("h2")][:4] == [
        "Patient safety",
        "Patient experience",
        "Clinical quality",
        "Organisational effectiveness",
    ]
    assert page.links["Easy to get through by phone"] == "/key-indicators/PE03"
    assert "Define an indicator" not in page.links
    assert "Define an indicator" in people.manager.open("/key-indicators").links


def test_a_finer_indicator_stands_after_the_one_it_is_part_of(people, casebook):
    finer = a.define_indicator(code="PE03-DAY", part_of="PE03", name="By day")
    tell(casebook, finer, "PE03-DAY")
    rows = [words_of(row) for row in people.lead.open("/key-indicators").all("tr")]
    (at,) = [number for number, row in enumerate(rows) if "By day" in row]
    assert "Easy to get through by phone" in rows[at - 1]
    assert "By day (PE03-DAY)" in people.lead.open("/key-indicators/PE03").links


def test_an_indicator_shows_all_that_its_definition_says(people):
    page = people.auditor.open("/key-indicators/CQ09")
    assert said(page) == {
        "What is counted (numerator)": "Emergency admissions for 19 such conditions",
        "Of what (denominator)": "Registered patients",
        "Unit": "per 1,000 patients",
        "Which way is better": "Lower is better",
        "What its values are": "A count beside what is expected",
        "Standardised": "Indirect, by age and sex",
        "Where its data is from": "Hospital Episode Statistics",
        "How often": "Every quarter",
        "Published after": "6 months",
        "Not judged where the denominator is under": "750",
        "What is known to explain it": "How it is coded; who the patients are; small numbers",
    }
    assert page.heading == "Clinical quality, CQ09 Emergency admissions, conditions usually managed by GPs"
    assert "Admissions that good care outside hospital often prevents" in page.text
    assert "Version 1, valid from 1 April 2013" in page.text
    assert "by the operator" in page.text


def test_versions_tell_what_each_changed(people, casebook):
    anew(casebook, valid_from=date(2016, 4, 1), refresh_lag_months=6)
    page = people.caseworker.open("/key-indicators/PE03")
    assert "Version 2, valid from 1 April 2016" in page.text
    assert "Version 1, valid from 1 April 2013 until 1 April 2016" in page.text
    assert "The question changed." in page.text
    struck = [words_of(one) for one in page.all("del")]
    assert struck[1] == "4 months"
    assert [words_of(one) for one in page.all("ins")] == ["How soon somebody answers.", "6 months"]


def test_a_manager_says_anew_what_an_indicator_is(people, casebook):
    form = people.manager.open("/key-indicators/PE03/define-anew").form()
    assert form.fields["numerator"] == "Patients who say very easy or fairly easy"
    assert form.fields["minimum_denominator"] == "30"
    check = form.send(minimum_denominator="32.5", reason="Fewer answer now.")
    assert "32.5" in check.text
    page = check.form().send("Record the next version")
    assert page.status == 303
    now = casebook.key_set()["PE03"].latest
    assert (now.version, now.minimum_denominator, now.name) == (2, 32.5, "Easy to get through by phone")
    assert now.known_explanations == casebook.key_set()["PE03"].versions[0].known_explanations


def test_a_manager_defines_a_new_indicator(people, casebook):
    form = people.manager.open("/key-indicators/define-indicator").form()
    check = form.send(
        code="PE03-DAY", part_of="PE03", name="By day", domain="patient_experience", description="As PE03, by day.",
        numerator="Easy", denominator="Answered", unit="%", better="high", model="binomial", source="Survey",
        period="year", known_explanations=["coding", "merger"],
    )  # fmt: skip
    assert check.form().send("Define the indicator").status == 303
    now = casebook.key_set()["PE03-DAY"].latest
    assert (now.version, now.part_of, len(now.known_explanations)) == (1, "PE03", 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "#name"),
        ({"minimum_denominator": "32,5"}, "#minimum_denominator"),
        ({"minimum_denominator": "1e400"}, "#minimum_denominator"),
        ({"target": "nan"}, "#target"),
        ({"refresh_lag_months": "soon"}, "#refresh_lag_months"),
        ({"reason": ""}, "#reason"),
    ],
)
def test_what_is_mistyped_is_pointed_at_and_kept(people, casebook, typed, field):
    form = people.manager.open("/key-indicators/PE03/define-anew").form()
    page = form.send(**{"reason": "Because.", "source": "My words", **typed})
    assert page.status == 422
    assert list(page.errors) == [field]
    assert page.form().fields["source"] == "My words"
    assert casebook.key_set()["PE03"].latest.version == 1


def test_a_code_that_is_known_is_not_defined_again_as_if_it_were_new(people):
    form = people.manager.open("/key-indicators/define-indicator").form()
    check = form.send(
        code="PE03", name="By day", domain="patient_experience", description="As before.", numerator="Easy",
        denominator="Answered", unit="%", better="high", model="binomial", source="Survey", period="year",
    )  # fmt: skip
    page = check.form().send("Define the indicator")
    assert page.status == 422
    assert page.errors == {
        "#code": "There is an indicator of this code already. Open it, and say anew what it is"
    }


def test_what_somebody_else_said_meanwhile_is_shown_first_and_what_was_typed_is_kept(people, casebook):
    form = people.manager.open("/key-indicators/PE03/define-anew").form()
    anew(casebook)
    page = form.send(name="By phone", reason="Plainer.").form().send("Record the next version")
    assert page.status == 409
    assert "Version 2" in page.text
    assert casebook.key_set()["PE03"].latest.version == 2


def test_what_was_left_as_it_was_is_what_somebody_else_said_of_it_meanwhile(people, casebook):
    form = people.manager.open("/key-indicators/PE03/define-anew").form()
    anew(casebook, source="The survey of 2027")
    page = form.send(name="By phone", reason="Plainer.").form().send("Record the next version")
    kept = page.form().fields
    assert (kept["name"], kept["source"]) == ("By phone", "The survey of 2027")


def test_an_indicator_is_retired_and_no_flag_is_offered_on_it(people, casebook, record):
    page = people.manager.open("/key-indicators/PE03/retire").form().send(reason="The survey asks no more.")
    assert page.status == 303
    page = people.caseworker.open("/key-indicators/PE03")
    assert "Retired from 21 November 2026" in page.text
    assert "The survey asks no more." in page.text
    assert "Not in use today" in people.caseworker.open("/key-indicators").text
    offered = {
        one.get("value") for one in people.caseworker.open(f"/practices/{a.CODE}/raise-flag").all("option")
    }
    assert "PE03" not in offered
    assert "PE04" in offered


def test_an_indicator_that_nobody_defined_is_not_found(people):
    for end in ("", "/define-anew", "/retire"):
        assert people.manager.open(f"/key-indicators/ZZ99{end}").status == 404
    assert people.manager.open("/key-indicators/pe03").status == 200

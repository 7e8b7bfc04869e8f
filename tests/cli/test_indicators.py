"""The key indicator set from the command line: listed, and changed by facts."""

import json

MANAGER = "manager@example.org"
PE03 = {
    "name": "By phone", "domain": "patient_experience", "description": "Reaching the surgery.", "numerator": "Easy",
    "denominator": "Answered", "unit": "%", "better": "high", "model": "binomial", "source": "Survey",
    "period": "year", "reason": "Plainer.",
}  # fmt: skip


def listed(casebook, *words):
    return json.loads(casebook.fine("indicators", "--json", *words).out)


def test_init_records_the_thirty_and_init_again_nothing(casebook):
    before = listed(casebook, "--all")
    assert len(before) == 30
    assert {one["version"] for one in before} == {1}
    casebook.fine("init")
    assert listed(casebook, "--all") == before


def test_the_demonstration_fills_a_store_that_holds_the_key_set_alone(practice):
    ran = practice("demo")
    assert (ran.status, "There is data here already" in ran.err) == (1, True)


def test_a_manager_and_the_operator_say_anew_what_an_indicator_is(practice):
    ran = practice.do("DefineIndicator", "pe03", MANAGER, **PE03)
    assert ran.out == "indicator-PE03/2 indicator.defined\n"
    ran = practice.fine(
        "do", "DefineIndicator", "PE03", "--json", "-", stdin=json.dumps({**PE03, "unit": "share"})
    )
    assert ran.out == "indicator-PE03/3 indicator.defined\n"
    assert [one["version"] for one in listed(practice, "--all") if one["code"] == "PE03"] == [1, 2, 3]
    assert practice.do("DefineIndicator", "PE03", MANAGER, **{**PE03, "unit": "share"}).out == ""


def test_the_list_is_of_a_day(practice):
    practice.do("DefineIndicator", "PE03", MANAGER, **PE03, valid_from="2016-04-01")
    (then,) = [one for one in listed(practice, "--on", "2016-03-31") if one["code"] == "PE03"]
    assert (then["version"], then["valid_to"]) == (1, "2016-04-01")
    (now,) = [one for one in listed(practice) if one["code"] == "PE03"]
    assert (now["version"], now["valid_to"]) == (2, None)
    assert "PE03  version 2  from 2016-04-01  patient_experience  By phone" in practice.fine("indicators").out


def test_a_retired_indicator_is_listed_no_more(practice):
    assert practice.do("RetireIndicator", "PE03", MANAGER, reason="Asked no more.").status == 0
    assert "PE03" not in [one["code"] for one in listed(practice)]


def test_who_may_not_is_refused(practice):
    ran = practice.do("DefineIndicator", "PE03", "caseworker@example.org", **PE03)
    assert (ran.status, ran.err) == (1, "the-role-may-do-this: Your role does not allow this\n")
    ran = practice("indicators", "--as", "administrator@example.org")
    assert (ran.status, ran.err) == (1, "the-role-may-do-this: Your role does not allow this\n")
    assert practice("indicators", "--on", "yesterday").status == 2

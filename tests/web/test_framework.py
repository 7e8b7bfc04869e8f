"""The tier framework on the page: the rules in words, versions and what each changed, and a rule set proposed,
tried, published and declined.
"""

from datetime import date

import pytest

from domain.framework.catalogue import RULES
from domain.practice.kinds import Level
from tests.support import factories as a
from tests.web.person import words_of

STRICTER = {"R1_alarms": "2", "reason": "One alarm is one finding."}


@pytest.fixture
def alarmed(record):
    record("caseworker", a.raise_flag(indicator="PS01", level=Level.ALARM))


def drafted(people, **typed):
    page = people.adviser.open("/framework/draft-rule-set").form().send(**{**STRICTER, **typed})
    assert page.status == 303, page.text
    return page.location


def changes(page):
    return [words_of(one) for one in page.all("dl") if "cb-changes" in one.attrib.get("class", "")]


def test_the_rules_in_force_stand_in_words(people):
    page = people.caseworker.open("/framework")
    assert page.heading == "Version 1, in force from 1 April 2013 The tier framework"
    assert "At least 1 alarm in patient safety." in page.text
    assert "It stays at cause for concern for at least 90 days." in page.text
    assert "a visit within 28 days, and reviews 1 month apart." in page.text
    assert "Proposed" in page.text
    assert "by the operator" in page.text
    assert "Propose a rule set" not in page.links
    assert "Propose a rule set" in people.adviser.open("/framework").links


def test_the_key_indicators_lead_to_the_framework(people):
    assert people.lead.open("/key-indicators").links["The tier framework"] == "/framework"


def test_the_form_begins_as_the_latest_version_is(people):
    typed = people.adviser.open("/framework/draft-rule-set").form().fields
    assert (typed["R2_alarms"], typed["R2_alerts"], typed["H2_days"]) == ("2", "4", "90")
    assert typed["cause_for_concern_visit_days"] == "28"
    assert typed.getlist("counted") == list(RULES)


def test_an_adviser_proposes_and_everybody_who_reads_sees_what_it_would_change(people):
    address = drafted(people, counted=[one for one in RULES if one != "R6"])
    page = people.lead.open(address)
    assert page.heading == "The tier framework A proposed rule set"
    assert "One alarm is one finding." in page.text
    assert changes(page) == [
        "R1, alarms in patient safety before: 1 → after: 2 R6, the rule before: counted → after: switched off"
    ]
    assert "Publish it" not in page.links
    assert "Switched off" in page.text
    assert "waits" not in people.lead.open("/framework/versions/1").text
    assert "One alarm is one finding." in people.caseworker.open("/framework").text


def test_nobody_else_proposes(people):
    assert people.manager.open("/framework/draft-rule-set").status == 403
    assert people.caseworker.open("/framework/draft-rule-set").status == 403


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("R1_alarms", "0", "R1 alarms: enter a whole number from 1 to 100"),
        ("R2_domains", "5", "R2 domains: enter a whole number from 1 to 4"),
        ("R2_alarms", "two", "Enter a whole number"),
        ("H2_days", "", "Enter a whole number for H2"),
    ],
)
def test_a_number_that_cannot_be_is_pointed_at_and_what_was_typed_is_kept(people, name, typed, message):
    page = people.adviser.open("/framework/draft-rule-set").form().send(**{**STRICTER, name: typed})
    assert page.status == 422
    assert message in page.text
    assert page.form().fields["reason"] == STRICTER["reason"]
    assert page.form().fields[name] == typed


def test_a_manager_sees_who_would_move_and_why(people, alarmed):
    address = drafted(people)
    page = people.manager.open(f"{address}/dry-run")
    assert "For 1 of 1 practices that you may read another tier would be recommended" in page.text
    (row,) = [words_of(one) for one in page.all("tr")][1:]
    assert "Room for improvement" in row
    assert "Assurance based" in row
    assert f"/practices/{a.CODE}" in page.html
    assert people.caseworker.open(f"{address}/dry-run").status == 403


def test_a_manager_publishes_and_the_version_tells_what_it_changed(people, casebook):
    address = drafted(people)
    form = people.manager.open(people.manager.open(address).links["Publish it"]).form()
    page = form.send(reason="Agreed by the assurance group.")
    assert page.heading == "Check your answers"
    done = page.form().send("Publish it")
    assert done.location == "/framework/versions/2"
    told = people.auditor.open("/framework/versions/2")
    assert told.heading == "The tier framework Version 2, from 21 November 2026"
    assert "R1, alarms in patient safety before: 1 → after: 2" in told.text
    assert "Agreed by the assurance group." in told.text
    assert casebook.framework().latest.digest in told.text
    assert casebook.framework().on(date(2026, 11, 21)).version == 2
    assert "Version 1, from 1 April 2013 until 21 November 2026" in people.auditor.open("/framework").text
    assert "Publish it" not in people.manager.open(address).links


def test_a_day_that_has_passed_is_refused(people):
    form = people.manager.open(f"{drafted(people)}/publish").form()
    page = form.send(reason="Agreed.", effective_from=(1, 1, 2026)).form().send("Publish it")
    assert page.status == 422
    assert "Enter 21 November 2026 or a later day" in page.text


def test_a_draft_is_declined_with_a_reason(people):
    address = drafted(people)
    people.manager.open(f"{address}/decline").form().send(reason="A year of data is wanted first.")
    page = people.adviser.open(address)
    assert "Declined" in page.text
    assert "A year of data is wanted first." in page.text
    assert "Publish it" not in people.manager.open(address).links


def test_a_version_or_a_draft_that_is_not_there_is_not_found(people):
    for address in ("/framework/versions/9", "/framework/versions/0", "/framework/drafts/draft-none0000"):
        assert people.manager.open(address).status == 404


def test_two_managers_answers_to_one_draft_are_told_apart(people, record):
    address = drafted(people)
    form = people.manager.open(f"{address}/decline").form()
    draft_id = address.rpartition("/")[2]
    record("manager", a.decline_rule_set(draft_id=draft_id), "tiers")
    page = form.send(reason="Mine as well.")
    assert page.status in {409, 422}
    assert page.form().fields["reason"] == "Mine as well."

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
    assert page.heading == "Check your answers", page.text
    done = page.form().send("Propose it")
    assert done.status == 303, done.text
    return done.location


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
        ("R1_alarms", "0", "R1, alarms in patient safety: enter a whole number from 1 to 100"),
        ("R2_domains", "5", "R2, domains that they are in: enter a whole number from 1 to 4"),
        ("R2_alarms", "two", "R2, alarms: enter a whole number from 1 to 100"),
        ("H2_days", "", "H2, days at cause for concern: enter a whole number from 0 to 3,650"),
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
    assert "R1 would not hold, since: " in row
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
    page = form.send(reason="Agreed.", effective_from=(1, 1, 2026))
    assert page.status == 422
    assert "Enter 21 November 2026 or a later day" in page.text
    page = page.form().send(reason="Agreed.", effective_from=(1, 1, 2199))
    assert "Enter a day from 21 November 2026 to 21 November 2028" in page.text


def test_a_version_not_yet_in_force_is_withdrawn_with_a_reason(people, casebook):
    form = people.manager.open(f"{drafted(people)}/publish").form()
    form.send(reason="Agreed.", effective_from=(1, 1, 2028)).form().send("Publish it")
    assert "Withdraw it" not in people.adviser.open("/framework/versions/2").links
    assert "Withdraw it" not in people.manager.open("/framework/versions/1").links
    address = people.manager.open("/framework/versions/2").links["Withdraw it"]
    done = people.manager.open(address).form().send(reason="It was meant for 2027.")
    assert done.location == "/framework/versions/2"
    told = people.auditor.open(done.location)
    assert "Version 2, never in force: withdrawn before its day, 1 January 2028" in told.heading
    assert "It was meant for 2027." in told.text
    assert casebook.framework().on(date(2028, 1, 2)).version == 1
    assert "until 1 January 2028" not in people.auditor.open("/framework").text


def test_a_version_whose_place_was_taken_before_its_day_was_never_in_force(people):
    for alarms in ("2", "3"):
        form = people.manager.open(f"{drafted(people, R1_alarms=alarms)}/publish").form()
        form.send(reason="Agreed.", effective_from=(1, 1, 2028)).form().send("Publish it")
    text = people.auditor.open("/framework").text
    assert "Version 2, never in force: version 3 took its place before its day, 1 January 2028" in text
    assert "Version 1, from 1 April 2013 until 1 January 2028" in text


def test_a_version_that_is_not_withdrawn_has_no_form_to_withdraw_it(people):
    page = people.manager.open("/framework/versions/1/withdraw")
    assert page.heading.endswith("not now")
    assert "publish another version in its place" in page.text
    assert "Why" not in page.text


def test_what_a_rule_set_changes_is_told_before_it_is_proposed(people):
    form = people.adviser.open("/framework/draft-rule-set").form()
    checked = form.send(**STRICTER)
    assert changes(checked) == ["R1, alarms in patient safety before: 1 → after: 2"]
    same = people.adviser.open("/framework/draft-rule-set").form().send(reason="The same.")
    assert "Nothing: every answer is as version 1 has it." in same.text
    drafted(people)
    again = people.adviser.open("/framework/draft-rule-set").form().send(**STRICTER)
    assert "waits for an answer" in again.text


def test_a_draft_waits_in_the_work_of_whoever_may_publish_it(people):
    address = drafted(people)
    assert people.manager.open("/").links["Publish or decline a rule set of the tier framework"] == address
    assert "Proposed by Ines Moor on 21 November 2026" in people.manager.open("/").text
    for who in ("caseworker", "adviser", "lead"):
        assert "A rule set waits for an answer" not in getattr(people, who).open("/").text


def test_the_framework_is_in_the_menu_of_whoever_reads_it(people):
    for who in ("caseworker", "manager", "adviser", "lead", "auditor"):
        assert getattr(people, who).open("/").links["Framework"] == "/framework"
    assert "Framework" not in people.administrator.open("/people/").links


def test_the_first_version_says_that_it_is_the_first(people):
    assert "This is Casebook’s first rule set" in people.auditor.open("/framework/versions/1").text


def test_a_draft_is_declined_with_a_reason(people):
    address = drafted(people)
    people.manager.open(f"{address}/decline").form().send(reason="A year of data is wanted first.")
    page = people.adviser.open(address)
    assert "Declined: never in force" in page.text
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

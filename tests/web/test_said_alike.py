"""What a newcomer could misread: the same thing is said in the same way wherever it is said."""

from datetime import date, timedelta

import pytest

from domain.practice.kinds import Tier
from tests.support import factories as a
from tests.web.person import words_of

PRACTICE = f"/practices/{a.CODE}"
TALK = (f"{a.CODE}/3",)
"""The first conversation, on which decisions rest."""


# --- since when, by which decision, and what it rests on -----------------------------------------------------


@pytest.fixture
def reviewed_since(record, clock):
    """Moved on 21 November 2026, and reviewed a week later with no change."""
    record("caseworker", a.record_conversation())
    moved = record("manager", a.decide_tier(review_on=date(2027, 3, 1), inputs=TALK)).recorded[0].version
    clock.at += timedelta(days=7)
    stays = a.decide_tier(
        effective_on=date(2026, 11, 28), rationale="Calls are still unanswered.", inputs=TALK
    )
    return moved, record("manager", stays).recorded[0].version


def test_since_is_when_the_present_tier_began_everywhere(people, reviewed_since):
    moved, reviewed = reviewed_since
    page = people.lead.open(PRACTICE)
    assert "Room for improvement since 21 November 2026" in page.text
    assert page.links["How this was decided"] == f"{PRACTICE}/entries/{moved}"
    assert "last reviewed 28 November 2026 by Martin Lee" in page.text
    assert page.links["28 November 2026 by Martin Lee"] == f"{PRACTICE}/entries/{reviewed}"
    for who, verb in ((people.caseworker, "propose-tier"), (people.manager, "decide-tier")):
        form = who.open(f"{PRACTICE}/{verb}")
        assert "Now: room for improvement, since 21 November 2026." in form.text


def test_a_first_review_that_changes_nothing_leaves_the_day_of_registration(people, record, clock):
    clock.at += timedelta(days=7)
    stays = a.decide_tier(tier=Tier.ASSURANCE_BASED, effective_on=date(2026, 11, 28))
    review = record("manager", stays).recorded[0].version
    page = people.manager.open(PRACTICE)
    assert "Assurance based since 21 November 2026" in page.text
    assert "How this was decided" not in page.links
    assert page.links["28 November 2026 by Martin Lee"] == f"{PRACTICE}/entries/{review}"
    form = people.manager.open(f"{PRACTICE}/decide-tier")
    assert "Now: assurance based, since 21 November 2026." in form.text


def test_a_decision_names_the_proposal_it_answers(people, record):
    record("caseworker", a.record_conversation())
    proposed = record("caseworker", a.propose_tier(proposal_id="proposal-0000000a")).recorded[0].version
    decide = a.decide_tier(proposal_id="proposal-0000000a", inputs=TALK)
    decided = record("manager", decide).recorded[0].version
    for address in (PRACTICE, f"{PRACTICE}/entries/{decided}"):
        page = people.lead.open(address)
        assert f"Answers the proposal by Amira Khan, entry {proposed}" in words_of(
            page.by_id(f"entry-{decided}")
        )
        assert page.links[f"the proposal by Amira Khan, entry {proposed}"] == f"{PRACTICE}/entries/{proposed}"


def test_what_a_decision_rests_on_says_day_first_words_and_what_became_of_it(people, record):
    for _ in range(3):
        record("caseworker", a.record_conversation())
    record("caseworker", a.correct_fact(version=3, fields={"said": "Before it was cited."}))
    cited = tuple(f"{a.CODE}/{version}" for version in (3, 4, 5))
    decided = record("manager", a.decide_tier(inputs=cited)).recorded[0].version
    record("caseworker", a.correct_fact(version=4, fields={"said": "After it was cited."}))
    record("caseworker", a.withdraw_fact(version=5))
    text = words_of(people.lead.open(f"{PRACTICE}/entries/{decided}").by_id(f"entry-{decided}"))
    assert "Phone call, 21 November 2026: Before it was cited Phone call" in text
    assert "Phone call, 21 November 2026: After it was cited (corrected since)" in text
    assert "Phone call, 21 November 2026 (withdrawn since)" in text


def test_answers_to_be_checked_say_what_is_cited_and_that_no_review_is_planned(people, record):
    record("caseworker", a.record_conversation())
    page = people.caseworker.open(f"{PRACTICE}/propose-tier")
    assert "Without a date, no review will be planned" in page.text
    answers = {"tier": "room_for_improvement", "rationale": "Why not.", "inputs": [f"{a.CODE}/3"]}
    checked = page.form().fill(**answers).send()
    assert checked.heading.endswith("Check your answers")
    assert "Phone call, 21 November 2026. The hub rota has run" in checked.text
    assert "No review will be planned" in checked.text


def test_a_flag_says_where_it_stands_and_has_one_link_called_withdraw(people, record):
    flag = "flag-0000000a"
    record("caseworker", a.raise_flag(flag_id=flag))

    def entry():
        return words_of(people.caseworker.open(f"{PRACTICE}/entries/3").by_id("entry-3"))

    assert "Alert, open" in entry()
    assert entry().count("Withdraw") == entry().count("Entered in error") == 1
    record("caseworker", a.explain_flag(flag_id=flag))
    assert "Alert, explanation waits for an answer" in entry()
    record("caseworker", a.clear_flag(flag_id=flag))
    assert "Alert, cleared" in entry()
    record("caseworker", a.reopen_flag(flag_id=flag))
    record("caseworker", a.withdraw_flag(flag_id=flag))
    assert "Alert, withdrawn" in entry()
    form = people.caseworker.open(f"{PRACTICE}/withdraw-fact?version=3")
    assert form.heading.endswith("Entered in error")


def test_whose_explanation_it_is_is_chosen_by_who_records_it(people, record):
    record("caseworker", a.raise_flag(flag_id="flag-0000000a"))
    page = people.lead.open(f"{PRACTICE}/explain-flag?flag_id=flag-0000000a")
    assert "given_by" not in page.form().fields
    refused = page.form().fill(category="coding", words="The template.").send()
    assert refused.errors == {"#given_by": "Choose whose explanation it is"}


def test_a_closed_practice_says_what_its_record_still_takes(people, record):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(review_on=date(2027, 3, 1), inputs=TALK))
    record("manager", a.close_practice())
    assert "review due" not in people.manager.open(PRACTICE).text
    page = people.manager.open(f"{PRACTICE}/propose-action")
    assert page.status == 409
    assert "This practice closed on 21 November 2026" in page.heading
    assert page.links["that the practice is open again"] == f"{PRACTICE}/reopen-practice"
    for verb in ("record-conversation", "record-intelligence"):
        form = people.manager.open(f"{PRACTICE}/{verb}")
        assert form.status == 200
        assert "This practice closed on 21 November 2026" in form.text
        assert form.form().fields["occurred_on-day"] == ""


def test_the_whole_record_names_each_field_once_and_what_was_not_given_in_a_line(people, record):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=TALK))
    page = people.auditor.open(f"{PRACTICE}/record")
    assert "Opened (opened_on) 1 April 2001" in words_of(page.by_id("fact-1"))
    fact = words_of(page.by_id("fact-4"))
    assert "Not given: " in fact
    assert "review" in fact.partition("Not given: ")[2]


def test_the_notice_of_a_correction_names_the_entry_as_it_is_called_below(people, record):
    record("caseworker", a.record_conversation())
    page = people.caseworker.open(f"{PRACTICE}/correct-fact?version=3")
    landed = page.form().fill(subject="The hub rota", correction_reason="It had none.").send()
    shown = people.caseworker.open("/account").text
    assert landed.status == 303
    assert "Corrected: The hub rota, 21 November 2026" in shown
    assert "Corrected: The hub rota" in people.caseworker.open(PRACTICE).text


def test_forms_and_all_of_it_are_not_printed_and_how_much_is_shown_is(people, record):
    record("caseworker", a.record_conversation())
    css = people.caseworker.open("/static/pages.css").html
    printed = css.partition("@media print")[2]
    assert ".cb-count { display: block; }" in printed
    assert ".cb-legend__part > a, .cb-put-right," in printed
    page = people.caseworker.open(PRACTICE)
    kept = [one.get("class") for one in page.all("span") if "Entered in error" in words_of(one)]
    assert kept == ["cb-put-right"]


def test_the_local_commissioner_is_chosen_among_those_known_or_typed(people, casebook):
    page = people.manager.open("/register-practice")
    offered = {one.get("value") for one in page.by_id("local_commissioner").iter("option")}
    assert offered == {"", a.COMMISSIONER}
    for code, answers in (
        ("X90002", {"local_commissioner": a.COMMISSIONER}),
        ("X90003", {"other_commissioner": "98B"}),
        ("X90004", {}),
    ):
        page.form().fill(code=code, name="Mill Lane Surgery", **answers).send()
        page = people.manager.open("/register-practice")
        expected = next(iter(answers.values()), None)
        assert casebook.practice(code).responsibilities[0].local_commissioner == expected

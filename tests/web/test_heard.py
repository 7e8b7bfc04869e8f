"""The practice's side on its page: plans and whom they wait for, what it was told and answered, and challenges."""

import re

from domain.practice.kinds import ContractorKind
from domain.rules import operator
from tests.support import factories as a
from tests.support.given import NOW
from tests.web.person import words_of

PRACTICE = f"/practices/{a.CODE}"
ONE, TWO = "action-0000aaaa", "action-0000bbbb"
FLAG, CHALLENGE, TOLD = "flag-0000aaaa", "challenge-0000aaaa", "told-0000aaaa"


def planned(record):
    for action, issue in ((ONE, "Open a second line"), (TWO, "Shorten the menu")):
        record("caseworker", a.propose_action(action_id=action, issue=issue, plan_id="Winter plan"))


def challenged(record):
    record("caseworker", a.raise_flag(flag_id=FLAG))
    record("caseworker", a.make_factual_challenge(challenge_id=CHALLENGE, about=f"{a.CODE}/3"))


def test_a_plan_says_whose_agreement_it_waits_for_and_what_the_practice_says(people, record):
    planned(record)
    assert "Waits for area team and CCG to agree" not in people.caseworker.open(PRACTICE).text
    page = people.manager.open(PRACTICE)
    assert "Winter plan Waits for North Moor area team and" in page.text
    assert "The practice has not answered" in page.text
    record("manager", a.agree_plan(action_ids=(ONE, TWO)))
    record("caseworker", a.answer_plan(action_ids=(ONE,)))
    text = people.manager.open(PRACTICE).text
    assert "Winter plan Waits for" in text
    assert "North Moor area team" not in text.partition("Winter plan Waits for")[2].partition("to agree")[0]
    assert "The practice: agreed to 1 and not answered to 1" in text


def test_the_lead_agrees_a_plan_in_one_go_and_it_is_then_agreed_by_both(people, record, casebook):
    planned(record)
    record("manager", a.agree_plan(action_ids=(ONE, TWO)))
    page = people.lead.open(PRACTICE)
    (link,) = (one for one in page.all("a") if words_of(one) == "Agree the plan: Winter plan")
    form = people.lead.open(link.get("href")).form("Agree these actions")
    assert form.fields.getlist("action_ids") == [ONE, TWO]
    assert form.send().status == 303
    assert {one.status for one in casebook.practice(a.CODE).actions.values()} == {"agreed"}
    text = people.lead.open(PRACTICE).text
    assert "Agreed by both organisations on 21 November 2026: 0 of 2 actions done" in text
    assert "Agree the plan" not in text


def test_leaving_an_action_out_agrees_the_others_only(people, record, casebook):
    planned(record)
    form = people.lead.open(f"{PRACTICE}/agree-plan?action_id={ONE}").form("Agree these actions")
    assert form.send(action_ids=[TWO]).status == 303
    practice = casebook.practice(a.CODE)
    assert [bool(one.agreements) for one in practice.actions.values()] == [False, True]
    assert "to agree" in people.lead.open(PRACTICE).text


def test_nothing_chosen_of_a_plan_is_said_beside_the_question(people, record):
    planned(record)
    form = people.lead.open(f"{PRACTICE}/agree-plan?action_id={ONE}").form("Agree these actions")
    again = form.send(action_ids=[])
    assert again.status == 422
    assert again.errors == {"#action_ids": "Choose at least one action"}


def test_there_is_no_form_for_a_plan_of_an_action_without_one(people, record):
    record("caseworker", a.propose_action(action_id=ONE))
    for verb in ("agree-plan", "answer-plan"):
        assert people.manager.open(f"{PRACTICE}/{verb}?action_id={ONE}").status == 404
        assert people.manager.open(f"{PRACTICE}/{verb}?action_id=action-0000cccc").status == 404


def test_a_challenge_waits_for_another_manager_and_is_then_to_be_put_right(people, record):
    challenged(record)
    for who, offered in (("manager", True), ("caseworker", False), ("lead", False)):
        page = getattr(people, who).open(PRACTICE)
        assert "Practice challenges: Flag raised" in page.text
        hrefs = {one.get("href") for one in page.all("a")}
        assert (f"{PRACTICE}/decide-factual-challenge?challenge_id={CHALLENGE}" in hrefs) is offered
    record("manager", a.decide_factual_challenge(challenge_id=CHALLENGE))
    text = people.caseworker.open(PRACTICE).text
    assert "Put right: Flag raised" in text
    assert "the entry is still to be put right" in text
    record("caseworker", a.correct_fact(version=3, fields={"note": "Counted anew."}))
    text = people.caseworker.open(PRACTICE).text
    assert "Put right" not in text
    assert "upheld, 21 November 2026" in text


def test_whoever_decides_a_challenge_reads_the_entry_and_what_the_practice_says(people, record):
    record("caseworker", a.raise_flag(flag_id=FLAG, note="Two lines were open."))
    command = a.make_factual_challenge(challenge_id=CHALLENGE, about=f"{a.CODE}/3", instead="Three lines.")
    record("caseworker", command)
    text = people.manager.open(f"{PRACTICE}/decide-factual-challenge?challenge_id={CHALLENGE}").text
    for words in (
        "recorded by Amira Khan",
        "Two lines were open.",
        "We had three lines open",
        "Three lines.",
    ):
        assert words in text


def test_what_it_was_told_is_answered_point_by_point_and_what_is_wrong_is_the_next_step(
    people, record, history
):
    record("caseworker", a.raise_flag(flag_id=FLAG))
    record("caseworker", a.tell_practice(told_id=TOLD, told="The figures of October", about=(f"{a.CODE}/3",)))
    page = people.caseworker.open(f"{PRACTICE}/receive-practice-response?told_id={TOLD}")
    form = page.form("Record the response")
    assert form.fields.getlist("points-about")[:2] == [f"{a.CODE}/3", ""]
    done = form.send(
        channel="phone",
        responded_by="Practice manager",
        **{"points-words": ["Three lines were open.", "", ""]},
    )
    assert done.status == 303
    (point,) = history()[-1].points
    assert (point.about, point.words.words) == (f"{a.CODE}/3", "Three lines were open.")
    text = people.caseworker.open(PRACTICE).text
    assert "Practice answered: The figures of October" in text
    assert "Record that it says an entry is wrong" in text


def test_a_response_without_a_point_and_with_something_to_say_keeps_what_was_typed(people, history):
    form = people.caseworker.open(f"{PRACTICE}/receive-practice-response").form("Record the response")
    again = form.send(channel="phone", responded_by="Practice manager")
    assert again.status == 422
    assert list(again.errors.values()) == [
        "Enter what the practice answered, or say that it has nothing to say"
    ]
    both = form.fill(nothing_to_say="yes").send(**{"points-words": ["We disagree.", "", ""]})
    assert both.status == 422
    assert both.form("Record the response").fields.getlist("points-words")[0] == "We disagree."
    assert history() == []


def test_the_practice_is_offered_nothing_to_be_told_that_one_organisation_keeps(people, record):
    record("caseworker", a.record_conversation(visibility="internal", subject="Ours alone"))
    record("caseworker", a.record_conversation(subject="For both"))
    for verb in ("tell-practice", "make-factual-challenge", "receive-practice-response"):
        text = people.caseworker.open(f"{PRACTICE}/{verb}").text
        assert "For both" in text
        assert "Ours alone" not in text


def test_what_is_written_of_a_practice_is_said_of_a_pharmacy_on_its_pages(people, casebook):
    code = "FA123"
    pharmacy = a.register_practice(code=code, name="Practice Lane Chemist", kind=ContractorKind.PHARMACY)
    casebook.handle(code, pharmacy, operator(NOW), command_id=a.new_id("command"))
    assert "The practice’s side" in people.manager.open(PRACTICE).text
    page = people.manager.open(f"/practices/{code}")
    text = page.text.replace("Practice Lane Chemist", "").replace("every practice starts", "")
    assert "The pharmacy’s side" in text
    assert "That the pharmacy says an entry is wrong" in text
    assert re.findall(r".{60} practice\b.{0,40}", text, re.IGNORECASE) == []
    assert "The pharmacy says" not in people.manager.open(PRACTICE).text
    asked = people.manager.open(f"/practices/{code}/receive-practice-response").text
    assert "Record the pharmacy’s response" in asked
    assert "The pharmacy said that it has nothing to say" in asked

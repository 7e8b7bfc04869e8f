"""The form on which a tier is decided: what each tier needs is told first, and what it owes before answers are checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.practice import events as e
from tests.support import factories as a
from tests.web.person import words_of
from tests.web.sent import SAID_OF_A_TIER

PRACTICE = f"/practices/{a.CODE}"
FORM = f"{PRACTICE}/decide-tier"
BOTH = (
    a.attendee(),
    a.attendee(person=None, described=None, side="local_commissioner", role="primary_care_lead"),
)


def way(page, tier):
    (found,) = [
        words_of(one)
        for one in page.all("li")
        if "cb-ways__tier" in (one.get("class") or "") and words_of(one).startswith(tier)
    ]
    return found


def folded(page):
    return {words_of(one.find("summary")) for one in page.all("details", class_="cb-picklist cb-part")}


def test_what_each_tier_needs_today_is_told_before_anything_is_typed(people, record):
    record("caseworker", a.raise_flag())
    page = people.manager.open(FORM)
    assert "Not yet" in way(page, "Cause for concern")
    assert "held since 23 August 2026: none is recorded." in way(page, "Cause for concern")
    assert "override by the medical or quality lead" in way(page, "Cause for concern")
    assert "Not yet" in way(page, "Room for improvement")
    assert "May be decided" in way(page, "Assurance based")
    record("adviser", a.give_override())
    record("caseworker", a.record_conversation())
    page = people.manager.open(FORM)
    assert "May be decided" in way(page, "Cause for concern")
    assert "The override of 21 November 2026 stands in its place" in way(page, "Cause for concern")


def test_everything_owed_is_told_at_the_first_send_and_what_was_typed_stays(people, record, history):
    record("caseworker", a.record_conversation())
    people.manager.open(PRACTICE)
    form = people.manager.open(FORM).form("Continue")
    page = form.send(tier="room_for_improvement", rationale="It asked for help.", inputs=[f"{a.CODE}/3"])
    assert page.status == 422
    assert set(page.errors) == {
        *("#differs_because", "#on_validation", "#on_conversation", "#asked_for", "#no_view_because"),
        *("#direction", "#de_escalation"),
    }
    assert "It asked for help." in page.html
    assert [type(one) for one in history()] == [e.ConversationRecorded]
    checked = page.form("Continue").send(**SAID_OF_A_TIER)
    assert checked.heading.endswith("Check your answers")
    assert checked.form("Record the decision").send().status == 303


def test_a_guard_that_forbids_the_tier_is_told_before_answers_are_checked(people, record):
    record("caseworker", a.record_conversation())
    form = people.manager.open(FORM).form("Continue")
    page = form.send(tier="cause_for_concern", rationale="Why.", inputs=[f"{a.CODE}/3"], **SAID_OF_A_TIER)
    assert page.status == 422
    assert "Record a conversation of both organisations about a concern" in page.errors["#form"]


def test_a_conversation_is_recorded_on_the_way_and_what_was_typed_is_there_again(people, record):
    record("caseworker", a.raise_flag())
    page = people.manager.open(FORM)
    button = "Record a conversation, for Cause for concern"
    sent = page.form(button).send(button, rationale="Three weeks unanswered.")
    assert sent.location == f"/practices/{a.CODE}/record-conversation"
    aside = people.manager.follow(sent)
    assert aside.links["Go on with your draft"] == FORM
    assert "Three weeks unanswered." in people.manager.open(FORM).html
    talked = aside.form("Record").send("Record", said="The lines were down.")
    assert people.manager.follow(talked).links["Go on with your decision"] == FORM


@pytest.mark.parametrize(
    ("tier", "parts"),
    [
        ("", set()),
        (
            "assurance_based",
            {"Why it differs from what is recommended", "Proportionate: what less was tried"}
            | {"Heard: what the practice answered", "Informed: what others say"}
            | {"An immediate risk to patients’ safety"},
        ),
        (
            "room_for_improvement",
            {"Heard: what the practice answered", "An immediate risk to patients’ safety"},
        ),
        ("cause_for_concern", set()),
    ],
)
def test_parts_of_which_the_chosen_tier_owes_nothing_are_folded(people, record, tier, parts):
    record("caseworker", a.record_conversation())
    page = people.manager.open(FORM)
    shown = page.form("Show what this tier needs").send("Show what this tier needs", tier=tier)
    assert folded(shown) == parts


def test_what_the_chosen_tier_owes_stands_beside_each_part(people, record):
    record("caseworker", a.record_conversation())
    page = people.manager.open(f"{FORM}?tier=room_for_improvement")
    assert (
        "Needed for room for improvement: what came of validating the data and of a conversation, or why not; "
        "what is asked of the practice." in page.text
    )
    assert "Nothing is needed here for room for improvement." in page.text
    unchosen = people.manager.open(FORM).text
    assert "Needed for cause for concern: what the practice answered, or why waiting was unsafe." in unchosen


def test_a_folded_part_opens_where_something_stands_in_it(people, record):
    record("caseworker", a.record_conversation())
    form = people.manager.open(FORM).form("Show what this tier needs")
    shown = form.send(
        "Show what this tier needs", tier="room_for_improvement", answered="Two posts are vacant."
    )
    assert folded(shown) == {"An immediate risk to patients’ safety"}
    assert "Two posts are vacant." in shown.html


def test_whoever_proposed_is_told_first_that_another_decides(people, record, casebook, asked):
    record("caseworker", a.record_conversation())
    was_caseworker = replace(asked("caseworker"), person=asked("manager").person)
    proposal = a.propose_tier(proposal_id="proposal-0000aaaa", inputs=(f"{a.CODE}/3",))
    casebook.handle(a.CODE, proposal, was_caseworker, command_id=a.new_id("command"))
    asked = f"{FORM}?proposal_id=proposal-0000aaaa"
    assert "another person must decide it" in people.manager.open(asked).text
    assert "another person must decide it" not in people.other_manager.open(asked).text


def test_what_others_said_is_told_where_the_form_is_opened_without_a_proposal(people, record):
    record("caseworker", a.record_conversation())
    record("caseworker", a.propose_tier(inputs=(f"{a.CODE}/3",), rationale="It lapsed twice."))
    record("lead", a.state_tier_view(tier="assurance_based", words="We are content."))
    text = people.manager.open(FORM).text
    assert "Room for improvement, proposed by" in text
    assert "it waits, and is not answered here" in text
    assert "It lapsed twice." in text
    assert "would choose assurance based, said on 21 November 2026" in text
    assert "We are content." in text


def test_an_answer_that_was_left_out_reads_as_not_given(people, record):
    record("caseworker", a.record_conversation())
    people.manager.open(PRACTICE)
    form = people.manager.open(FORM).form("Continue")
    said = {"tier": "room_for_improvement", "rationale": "Why.", "inputs": [f"{a.CODE}/3"], **SAID_OF_A_TIER}
    owed = {
        "differs_because",
        "was_validation",
        "was_conversation",
        "on_validation",
        "on_conversation",
        "asked_for",
        "de_escalation",
        "no_view_because",
    }
    left_out = {name: "" for name in SAID_OF_A_TIER if name not in {*owed, "direction"}}
    checked = form.send(**{**said, **left_out})
    assert checked.heading.endswith("Check your answers")
    for nobody_said in (
        "It was waited for",
        "Nobody",
        "Not said",
        "None stated",
        "Follows the recommendation",
    ):
        assert nobody_said not in checked.text
    assert "why was waiting unsafe? Not given" in checked.text


def test_the_review_is_hinted_by_the_rules_and_an_earlier_one_that_ends_is_told(people, record):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",), review_on=a.TODAY + timedelta(days=90)))
    text = people.manager.open(FORM).text
    assert "For cause for concern the rules expect it by 21 December 2026." in text
    assert "A decision ends the review that is planned for 19 February 2027" in text


def test_whether_a_step_was_tried_is_chosen_beside_the_words_on_it(people, record, history):
    record("caseworker", a.record_conversation())
    people.manager.open(PRACTICE)
    form = people.manager.open(FORM).form("Continue")
    said = {"tier": "room_for_improvement", "rationale": "Why.", "inputs": [f"{a.CODE}/3"], **SAID_OF_A_TIER}
    page = form.send(**{**said, "was_conversation": "", "on_conversation": "Held 14 October."})
    assert page.errors == {
        "#was_conversation": "You wrote on a conversation with the practice: choose whether it was tried, or not"
    }
    checked = page.form("Continue").send(was_conversation="tried", was_visit="not_tried")
    assert checked.form("Record the decision").send().status == 303
    (decided,) = [one for one in history() if isinstance(one, e.TierDecided)]
    assert {one.step.value: one.taken for one in decided.steps}["conversation"] is True
    assert {one.step.value: one.taken for one in decided.steps}["visit"] is False

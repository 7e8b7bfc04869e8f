"""The page of a decision: its four words, who dissents, and what was recommended then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.commands import AssignResponsibility
from domain.practice.kinds import ParticipantRole, RecommendedBecause, Side, Tier
from domain.rules import operator
from tests.support import factories as a
from tests.web.person import words_of
from tests.web.sent import SAID_OF_A_TIER

PRACTICE = f"/practices/{a.CODE}"


@pytest.fixture
def decided(people, record):
    record("caseworker", a.record_conversation())
    return record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))


def test_a_decision_answers_four_words(people, decided):
    page = people.lead.open(f"{PRACTICE}/decisions/1")
    assert page.heading.endswith("Moved to room for improvement")
    text = page.text
    for said in (
        "Tried first: a conversation with the practice.",
        "Not tried: validating the data with the practice, an offer of support, an action plan and a visit.",
        "It differs from the recommendation: assurance based.",
        "The practice asked for help itself.",
        "It rests on 1 entry",
        "The practice answered before it was decided.",
        "Two posts are vacant.",
        "framework version 1",
    ):
        assert said in text
    assert people.manager.open(PRACTICE).links["The decision on one page"] == f"{PRACTICE}/decisions/1"


@pytest.fixture
def overridden(people, record):
    """A move to cause for concern that rests on an override, as nobody talked about it yet."""
    heard = record("caseworker", a.record_intelligence(intelligence_id=HEARD))
    record("colleague", a.corroborate_intelligence(intelligence_id=HEARD))
    record(
        "adviser", a.give_override(reason="The meeting is weeks away. Two patients wait for their results.")
    )
    cited = (f"{a.CODE}/{heard.recorded[0].version}",)
    return record("manager", a.decide_tier(tier="cause_for_concern", inputs=cited))


def test_an_override_is_told_with_who_gave_it_in_which_role_on_which_day_and_why(people, overridden):
    text = people.lead.open(f"{PRACTICE}/decisions/1").text
    proportionate = text[text.index("Proportionate") : text.index("Reasoned")]
    assert "medical or quality lead, gave leave on 21 November 2026" in proportionate
    assert "The meeting is weeks away. Two patients wait for their results." in proportionate
    assert "Override" not in text[text.index("Heard") :].partition("Known then")[0]


def test_nobody_has_missed_a_conversation_while_its_days_run(people, overridden):
    text = people.manager.open(f"{PRACTICE}/decisions/1").text
    assert "none has followed yet, and the 28 days run until 19 December 2026" in text
    assert "within 28 days" not in text


def test_what_followed_is_told_alike_to_both_whatever_one_keeps_to_itself(people, record):
    heard = record("caseworker", a.record_intelligence(intelligence_id=HEARD, visibility="internal"))
    record("colleague", a.corroborate_intelligence(intelligence_id=HEARD))
    record("adviser", a.give_override())
    cited = (f"{a.CODE}/{heard.recorded[0].version}",)
    record("manager", a.decide_tier(tier="cause_for_concern", inputs=cited))
    both = (a.attendee(), a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD))
    record("caseworker", a.record_conversation(attendees=both))
    for who in (people.manager, people.lead):
        assert "one followed on" in who.open(f"{PRACTICE}/decisions/1").text


def test_what_a_decision_hung_on_is_not_answered_by_what_was_opened_since_or_is_not_shown(people, record):
    kept = a.record_intelligence(intelligence_id=HEARD, visibility="internal", immediate_safety_risk=True)
    heard = record("caseworker", kept)
    record("colleague", a.corroborate_intelligence(intelligence_id=HEARD))
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    address = f"{PRACTICE}/decisions/1"
    assert "Without this entry the rules would recommend" in people.manager.open(address).text
    assert "Without this entry" not in people.lead.open(address).text
    record("caseworker", a.change_visibility(version=heard.recorded[0].version, visibility="both"))
    text = people.lead.open(address).text
    assert "Without this entry" not in text
    assert "Some of what it rested on is not shown to you." in text


def test_a_rule_that_held_is_told_in_its_sentence_with_its_own_entries(people, overridden):
    page = people.manager.open(f"{PRACTICE}/decisions/1")
    assert "Rule R7 held" in page.text
    rule = page.text[page.text.index("Rule R7 held") :]
    assert rule.index("orroborated") < rule.index("Soft intelligence")
    assert page.links["All the rules, version 1"] == "/framework/versions/1"


def test_why_no_lesser_step_was_weighed_says_which(people, record, decided):
    unsaid = dict.fromkeys(("on_validation", "on_conversation", "on_support", "on_action_plan", "on_visit"))
    record("manager", a.decide_tier(tier="room_for_improvement", inputs=(f"{a.CODE}/3",), **unsaid))
    assert "the tier stayed as it was" in people.manager.open(f"{PRACTICE}/decisions/2").text
    record("manager", a.decide_tier(tier="assurance_based", inputs=(f"{a.CODE}/3",), **unsaid))
    assert "the tier was lowered" in people.manager.open(f"{PRACTICE}/decisions/3").text


@pytest.mark.parametrize("number", [0, 2, 99])
def test_there_is_no_page_of_a_decision_that_was_not_taken(people, decided, number):
    assert people.manager.open(f"{PRACTICE}/decisions/{number}").status == 404


def test_whoever_may_not_read_the_practice_is_told_nothing(people, decided):
    assert people.stranger.open(f"{PRACTICE}/decisions/1").status == 404
    assert people.administrator.open(f"{PRACTICE}/decisions/1").status in {403, 404}


def test_every_decision_is_listed_and_reached_from_its_entry(people, decided):
    listed = people.lead.open(f"{PRACTICE}/decisions")
    (name,) = [one for one in listed.links if one.startswith("Decision 1, ")]
    page = people.lead.open(listed.links[name])
    assert page.links["All decisions"] == f"{PRACTICE}/decisions"
    entry = people.lead.open(page.links["Its entry in the record"])
    assert entry.links["The decision on one page"] == listed.links[name]
    assert people.stranger.open(f"{PRACTICE}/decisions").status == 404


def test_dissent_stands_beside_the_decision(people, record, decided):
    decision = decided.recorded[0].fact.decision_id
    page = people.lead.open(f"{PRACTICE}/record-dissent?decision_id={decision}")
    assert page.form().send(words="The plan should have been given its time.").status == 303
    assert "The plan should have been given its time." in people.manager.open(f"{PRACTICE}/decisions/1").text
    again = people.lead.open(f"{PRACTICE}/record-dissent?decision_id={decision}").form()
    assert "already recorded" in again.send(words="Again.").text


def test_a_flag_that_changes_the_recommendation_records_it_and_the_page_says_so(people, record, history):
    outcome = record("caseworker", a.raise_flag(indicator="PS01", level="alarm"))
    assert [type(one.fact) for one in outcome.recorded] == [e.FlagRaised, e.TierRecommended]
    recommended = outcome.recorded[1].fact
    assert (recommended.tier, recommended.because) == (
        Tier.ROOM_FOR_IMPROVEMENT,
        RecommendedBecause.FACTS_CHANGED,
    )
    assert recommended.satisfied[0].facts == (f"{a.CODE}/3",)
    assert "The rules recommend room for improvement. A person decides." in people.manager.open(PRACTICE).text
    record("caseworker", a.record_conversation())
    assert sum(isinstance(one, e.TierRecommended) for one in history()) == 1


def test_a_decision_that_is_checked_has_the_recommendation_recorded_once(people, record, history):
    record("caseworker", a.record_conversation())
    people.manager.open(PRACTICE)
    form = people.manager.open(f"{PRACTICE}/decide-tier").form("Continue")
    checked = form.send(
        tier="room_for_improvement", rationale="Why.", inputs=[f"{a.CODE}/3"], **SAID_OF_A_TIER
    )
    assert checked.heading.endswith("Check your answers")
    assert [type(one) for one in history()] == [e.ConversationRecorded, e.TierRecommended]
    assert checked.form("Record the decision").send().status == 303
    assert [type(one) for one in history()][2:] == [e.TierDecided]


def test_a_lead_states_a_view_and_a_medical_lead_overrides(people, record, history):
    assert (
        people.lead.open(f"{PRACTICE}/state-tier-view")
        .form()
        .send(tier="assurance_based", words="We are content.")
        .status
        == 303
    )
    assert (
        people.adviser.open(f"{PRACTICE}/give-override")
        .form()
        .send(reason="The meeting is weeks away.")
        .status
        == 303
    )
    assert [type(one) for one in history()] == [e.TierViewStated, e.OverrideGiven]
    shown = words_of(people.manager.open(PRACTICE).by_id("entry-4"))
    assert "Override" in shown


def test_what_only_one_organisation_knows_is_not_told_by_what_it_led_to(people, record):
    heard = a.record_intelligence(intelligence_id="intelligence-0000aaaa", visibility="internal")
    record("caseworker", heard)
    record("colleague", a.corroborate_intelligence(intelligence_id="intelligence-0000aaaa"))
    assert "The rules recommend room for improvement" in people.manager.open(PRACTICE).text
    seen = people.lead.open(PRACTICE).text
    assert "The rules recommend assurance based too." in seen
    assert "R7" not in people.lead.open(f"{PRACTICE}?all=1").html


HEARD = "intelligence-0000aaaa"


def recommended(outcome):
    """What an outcome recorded as recommended, by which rules."""
    return [
        (one.fact.tier.value, [rule.rule for rule in one.fact.satisfied])
        for one in outcome.recorded
        if isinstance(one.fact, e.TierRecommended)
    ]


@pytest.fixture
def risk_told(casebook, asked):
    """A risk that one organisation keeps to itself, corroborated by another person there: its version, and what followed."""

    def told(who):
        heard = a.record_intelligence(
            intelligence_id=HEARD, visibility="internal", immediate_safety_risk=True
        )
        first = casebook.handle(a.CODE, heard, asked(who), command_id=a.new_id("command"))
        other = replace(asked(who), person="person-colleague")
        checked = a.corroborate_intelligence(intelligence_id=HEARD)
        return first.recorded[0].version, casebook.handle(
            a.CODE, checked, other, command_id=a.new_id("command")
        )

    return told


def test_what_is_opened_to_the_holder_or_closed_changes_what_is_recommended(record, risk_told):
    entry, corroborated = risk_told("lead")
    assert recommended(corroborated) == []
    opened = record("lead", a.change_visibility(version=entry, visibility="both"))
    assert recommended(opened) == [("cause_for_concern", ["C6", "R7"])]
    closed = record("lead", a.change_visibility(version=entry, visibility="internal"))
    assert recommended(closed) == [("assurance_based", [])]


def test_another_holder_who_sees_less_is_recommended_what_it_sees(casebook, risk_told):
    risk_told("caseworker")
    moved = casebook.handle(
        a.CODE,
        AssignResponsibility(
            contract_holder="Q88", local_commissioner=a.COMMISSIONER, from_on=casebook.clock().date()
        ),
        operator(casebook.clock()),
        command_id=a.new_id("command"),
    )
    assert recommended(moved) == [("assurance_based", [])]


def test_a_recommendation_that_followed_from_what_one_keeps_to_itself_is_kept_too(
    record, casebook, asked, risk_told
):
    _, corroborated = risk_told("caseworker")
    gone = record("colleague", a.withdraw_fact(version=corroborated.recorded[0].version))
    assert recommended(gone) == [("assurance_based", [])]
    record("manager", a.open_tier_decision())

    def seen_by(who):
        known = casebook.seen(a.CODE, asked(who)).history
        return [entry.fact.tier.value for entry in known if isinstance(entry.fact, e.TierRecommended)]

    assert seen_by("manager") == ["cause_for_concern", "assurance_based"]
    assert seen_by("lead") == []
    flagged = record("caseworker", a.raise_flag(indicator="PS01", level="alarm"))
    assert recommended(flagged) == [("room_for_improvement", ["R1"])]
    assert seen_by("lead") == ["room_for_improvement"]


def test_a_tier_that_stays_only_because_it_was_decided_is_not_said_to_be_recommended_too(people, overridden):
    text = people.manager.open(PRACTICE).text
    assert "The rules recommend cause for concern too" not in text
    assert "it stays cause for concern because that was decided (H2)" in text


def test_what_a_rule_holds_by_is_told_as_what_it_is(people, overridden):
    page = people.manager.open(PRACTICE)
    assert not [text for text in page.links if text.startswith("entry ")]
    assert any(text.startswith("Soft intelligence, ") for text in page.links)


def test_the_tiers_line_is_true_of_moves_of_one_day(people, record, decided):
    cited = (f"{a.CODE}/3",)
    record("manager", a.decide_tier(tier="assurance_based", inputs=cited))
    record("manager", a.decide_tier(inputs=cited))
    text = people.manager.open(PRACTICE).text
    assert "Room for improvement since 21 November 2026 · moved to a closer relationship" in text


def test_down_from_cause_for_concern_is_a_lighter_relationship(people, record, overridden):
    of_commissioner = a.attendee(side="local_commissioner", role="primary_care_lead")
    talked = record("caseworker", a.record_conversation(attendees=(a.attendee(), of_commissioner)))
    cited = (f"{a.CODE}/{talked.recorded[0].version}",)
    record("manager", a.decide_tier(inputs=cited))
    text = people.manager.open(PRACTICE).text
    assert "Room for improvement since 21 November 2026 · moved to a lighter relationship" in text
    assert "Moved from cause for concern by Martin Lee" in text


def test_a_tier_that_was_left_and_come_back_to_within_a_day_says_so(people, record, decided, clock):
    clock.at += timedelta(days=1)
    moved = {"inputs": (f"{a.CODE}/3",), "effective_on": clock.at.date()}
    record("manager", a.decide_tier(tier="assurance_based", **moved))
    record("manager", a.decide_tier(**moved))
    text = people.manager.open(PRACTICE).text
    assert "since 21 November 2026 · moved away and back on 22 November 2026" in text
    assert "Moved back from assurance based by Martin Lee on 22 November 2026" in text


def test_what_the_rules_expect_after_a_move_is_due_on_the_practices_page(people, overridden):
    text = people.manager.open(PRACTICE).text
    assert "A conversation, as the tier was moved" in text
    assert (
        "Moved to cause for concern: 7 days after 21 November 2026, which is not counted, end on 28 November 2026"
        in text
    )


def test_the_other_organisations_view_and_dissent_stand_beside_the_tier(people, record, decided):
    record(
        "lead",
        a.record_dissent(decision_id=decided.recorded[0].fact.decision_id, words="Give the plan time."),
    )
    record("lead", a.state_tier_view(tier="assurance_based", words="We are content."))
    links = people.manager.open(PRACTICE).links
    assert any("does not agree with this decision: Give the plan time" in text for text in links)
    assert any(
        "would choose assurance based, said on 21 November 2026: We are content" in text for text in links
    )


def test_a_second_view_says_that_it_takes_the_place_of_the_first(people, record):
    assert "takes its place" not in people.lead.open(f"{PRACTICE}/state-tier-view").text
    record("lead", a.state_tier_view(tier="assurance_based", words="We are content."))
    text = people.lead.open(f"{PRACTICE}/state-tier-view").text
    assert "would choose assurance based, said on 21 November 2026. What you say now takes its place" in text


def test_an_answer_that_was_there_and_is_not_named_is_told(people, record, clock):
    record("caseworker", a.record_conversation())
    answered = record("caseworker", a.receive_practice_response(told_id=None, occurred_on=date(2026, 11, 16)))
    unsaid = {"answered": None, "answers": ()}
    record("manager", a.decide_tier(tier="assurance_based", inputs=(f"{a.CODE}/3",), **unsaid))
    clock.at += timedelta(days=1)
    record("caseworker", a.receive_practice_response(told_id=None, occurred_on=date(2026, 11, 17)))
    page = people.lead.open(f"{PRACTICE}/decisions/1")
    heard = page.text[page.text.index("Heard") :].partition("Known then")[0]
    assert "The decision names none; the practice had answered on 16 November 2026." in heard
    assert "17 November" not in heard, "recorded afterwards"
    assert "nothing was recorded" not in heard
    assert f"{PRACTICE}/entries/{answered.recorded[0].version}" in page.links.values()


def test_what_was_not_yet_recorded_by_then_is_said_to_whoever_may_see_it_today(people, record, casebook):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    at = casebook.history(f"practice-{a.CODE}")[-1].position
    kept = record("caseworker", a.record_intelligence(visibility="internal"))
    later = record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    for address in ("decisions/2", f"entries/{later.recorded[0].version}"):
        page = people.lead.open(f"{PRACTICE}/{address}?as-recorded-by={at}")
        assert (page.status, page.heading) == (404, "Not yet recorded by then")
        assert page.links["Go to it as it is today"] == f"{PRACTICE}/{address}"
    hidden = f"{PRACTICE}/entries/{kept.recorded[0].version}?as-recorded-by={at}"
    assert people.lead.open(hidden).heading == "There is no such page"
    assert people.manager.open(hidden).heading == "Not yet recorded by then"
    assert people.lead.open(f"{PRACTICE}/decisions/3?as-recorded-by={at}").heading == "There is no such page"


def test_what_the_rules_expect_after_a_move_is_in_the_work_of_whoever_looks_after_the_practice(
    people, record, overridden, clock
):
    expected = "A conversation, as the tier was moved"
    assert expected in people.manager.open("/").text
    assert expected not in people.caseworker.open("/").text
    record("manager", a.name_caseworker(caseworker="person-caseworker"))
    assert expected not in people.manager.open("/").text
    assert expected not in people.lead.open("/").text
    clock.at += timedelta(days=8)
    page = people.caseworker.open("/")
    assert "No conversation followed since the tier was moved" in page.text
    assert f"{PRACTICE}/record-conversation" in page.links.values()
    assert "No conversation followed" in people.caseworker.open("/my-work.csv").html
    record("caseworker", a.record_conversation(occurred_on=clock.at.date()))
    both = (a.attendee(), a.attendee(side="local_commissioner", role="primary_care_lead"))
    record("caseworker", a.record_conversation(attendees=both, occurred_on=clock.at.date()))
    assert "No conversation followed" not in people.caseworker.open("/").text

"""Decisions that a correction or a late entry bears on: asked, listed, re-affirmed, revised; and who knows of it."""

from datetime import date, timedelta

import pytest

from domain.access.commands import EndRole
from domain.practice import events as e
from domain.practice.kinds import GivenBecause, Level, Tier, Visibility
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.web.conftest import PEOPLE, tell
from tests.web.person import words_of
from tests.web.test_export_found import file_of

PRACTICE = f"/practices/{a.CODE}"
CITED = {2, 3, 6}
MANAGER = PEOPLE["manager"][0]


def of_kind(casebook, kind):
    history = casebook.history(f"practice-{a.CODE}")
    return [entry.fact for entry in history if isinstance(entry.fact, kind)]


@pytest.fixture
def seven(record):
    """Seven decisions, of which the second, third and sixth rest on the first conversation."""
    for _ in range(2):
        record("caseworker", a.record_conversation(said="The phones are answered."))
    for number in range(1, 8):
        cited = (f"{a.CODE}/{3 if number in CITED else 4}",)
        record("manager", a.decide_tier(decision_id=f"decision-0000000{number}", inputs=cited))


@pytest.fixture
def corrected(record, seven):
    return record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers the phones."}))


def waiting(person):
    """The decisions that my work asks somebody to look at again, by their entries."""
    return {one.get("href") for one in person.open("/").all("a") if words_of(one).startswith("Decision of ")}


def test_three_of_seven_decisions_are_given_back_to_who_decided_them_and_to_nobody_else(
    people, casebook, corrected
):
    asked = of_kind(casebook, e.DecisionReviewAsked)
    assert [one.decision_id[-1] for one in asked] == ["2", "3", "6"]
    assert {one.given_to for one in asked} == {MANAGER}
    assert len(waiting(people.manager)) == len(CITED)
    for who in (people.other_manager, people.lead, people.caseworker, people.adviser):
        assert waiting(who) == set()


def test_a_correction_that_is_sent_again_asks_once(casebook, asked, seven):
    command = a.correct_fact(version=3, fields={"said": "Nobody answers the phones."})
    for _ in range(3):
        casebook.handle(a.CODE, command, asked("caseworker"), command_id="command-sent-again")
    assert len(of_kind(casebook, e.DecisionReviewAsked)) == len(CITED)


def test_what_is_no_longer_the_deciders_is_every_managers(people, casebook, corrected):
    tell(casebook, EndRole(person_id=MANAGER, reason="Left."), MANAGER)
    assert len(waiting(people.other_manager)) == len(CITED)


def test_who_decided_and_is_gone_is_given_nothing(people, casebook, record, seven):
    tell(casebook, EndRole(person_id=MANAGER, reason="Left."), MANAGER)
    record("caseworker", a.withdraw_fact(version=3))
    asked = of_kind(casebook, e.DecisionReviewAsked)
    assert {(one.given_to, one.given_because) for one in asked} == {(None, GivenBecause.DECIDER_GONE)}
    assert len(waiting(people.other_manager)) == len(CITED)


def test_a_review_is_read_on_the_decision_and_re_affirmed_with_a_reason(people, casebook, corrected):
    page = people.manager.open(f"{PRACTICE}/decisions/2")
    for said in (
        "Looked at again",
        "Waiting to be looked at Asked on 21 November 2026, because of Corrected: Phone call, recorded on 21 November 2026",
        "Given to Martin Lee, who decided",
        "It is cited as a fact that it rests on",
    ):
        assert said in page.text
    form = people.manager.open(
        next(href for text, href in page.links.items() if text.startswith("Re-affirm"))
    )
    assert "Nobody answers the phones." in form.text
    refused = form.form("Re-affirm the decision").send()
    assert refused.errors == {"#reason": "Enter why the decision stands"}
    refused.form("Re-affirm the decision").send(reason="The plan was not kept either.")
    settled = people.lead.open(f"{PRACTICE}/decisions/2").text
    assert "Re-affirmed by Martin Lee on 21 November 2026" in settled
    assert "The plan was not kept either." in settled
    assert len(waiting(people.manager)) == len(CITED) - 1


def test_the_form_that_re_affirms_a_decision_shows_its_reasons_what_arrived_before_and_after_and_leads_to_it(
    people, casebook, record, seven
):
    record("lead", a.amend_entry(version=3, said="The phones are answered after an hour."))
    asked = next(one for one in of_kind(casebook, e.DecisionReviewAsked) if one.decision_id[-1] == "3")
    (decided,) = [one for one in of_kind(casebook, e.TierDecided) if one.decision_id[-1] == "3"]
    form = people.manager.open(f"{PRACTICE}/reaffirm-decision?asking_id={asked.asking_id}")
    assert "Why it was decided, by Martin Lee on 21 November 2026" in form.text
    assert decided.rationale.words in form.text
    assert "As it was recorded: The phones are answered." in form.text
    assert "The phones are answered after an hour." in form.text
    whole = "The whole decision, by what was known then and is known today"
    assert form.links[whole] == f"{PRACTICE}/decisions/3"
    assert "When was it looked at again?" in form.text


def test_whoever_corrects_an_entry_is_told_that_a_decision_was_sent_to_be_looked_at_again(people, decided):
    form = people.caseworker.open(f"{PRACTICE}/correct-fact?version=3").form("Record the correction")
    form.send(said="Nobody answers the phones.", correction_reason="I had misheard.")
    page = people.caseworker.open(PRACTICE)
    assert "1 decision is to be looked at again" in page.text
    assert "Look again at the decision of 21 November 2026 for room for improvement" in page.links


def test_a_decision_is_revised_by_deciding_anew(people, casebook, record, corrected):
    asking = of_kind(casebook, e.DecisionReviewAsked)[-1].asking_id
    form = people.manager.open(f"{PRACTICE}/decide-tier?asking_id={asking}")
    assert "Look again at the decision of 21 November 2026 for room for improvement" in form.text
    new = a.decide_tier(decision_id="decision-00000008", inputs=(f"{a.CODE}/4",), asking_id=asking)
    recorded = [one.fact for one in record("manager", new).recorded]
    assert [type(one) for one in recorded][:2] == [e.TierDecided, e.DecisionRevised]
    assert recorded[1].revised_by == "decision-00000008"
    assert "Revised by Martin Lee" in people.lead.open(f"{PRACTICE}/decisions/6").text
    with pytest.raises(RuleBroken, match="already answered"):
        record("manager", a.reaffirm_decision(asking_id=asking))


def test_whoever_recorded_what_arrived_does_not_answer_it(people, casebook, record, asked, seven):
    said = record("manager", a.record_conversation(said="The rota is kept."))
    version = said.recorded[0].version
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/{version}",)))
    record("manager", a.correct_fact(version=version, fields={"said": "The rota is not kept."}))
    (one,) = of_kind(casebook, e.DecisionReviewAsked)
    assert waiting(people.manager) == set()
    assert len(waiting(people.other_manager)) == 1
    assert "Re-affirm" not in people.manager.open(f"{PRACTICE}/decisions/8").text
    with pytest.raises(RuleBroken) as broken:
        record("manager", a.reaffirm_decision(asking_id=one.asking_id))
    assert broken.value.rule == "another-person-answers-a-review"
    record("other_manager", a.reaffirm_decision(asking_id=one.asking_id))


def test_a_review_for_what_one_organisation_keeps_to_itself_is_its_own(people, casebook, record):
    heard = record("caseworker", a.record_intelligence(visibility=Visibility.INTERNAL))
    cited = (f"{a.CODE}/{heard.recorded[0].version}",)
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(*cited, f"{a.CODE}/4")))
    record(
        "caseworker",
        a.correct_fact(version=heard.recorded[0].version, fields={"summary": "A MARK THAT IS HIDDEN."}),
    )
    (asked,) = of_kind(casebook, e.DecisionReviewAsked)
    record("manager", a.reaffirm_decision(asking_id=asked.asking_id, reason="A MARK OF AN ANSWER."))
    assert "A MARK OF AN ANSWER." in people.manager.open(f"{PRACTICE}/decisions/1").text
    for address in (PRACTICE, f"{PRACTICE}/decisions/1", f"{PRACTICE}/record", "/search?words=mark"):
        page = people.lead.open(address)
        assert "MARK" not in page.text, address
        assert "Looked at again" not in page.text, address
        assert "Look again at" not in page.text, address


def test_the_entry_of_a_correction_says_which_decisions_it_touched(people, corrected):
    page = people.lead.open(f"{PRACTICE}/entries/{corrected.recorded[0].version}")
    touched = [text for text in page.links if text.startswith("Look again at the decision of")]
    assert touched
    assert "This decision is not" not in page.text
    assert "Nobody answers the phones." in page.text
    assert "The phones are answered." in page.text


def test_a_practices_page_marks_the_decision_in_effect_that_waits(people, record, seven):
    record("caseworker", a.correct_fact(version=4, fields={"said": "Nobody answers the phones."}))
    text = people.lead.open(PRACTICE).text
    assert "This decision is to be looked at again, as was asked on 21 November 2026" in text
    assert "Waiting to be looked at" in text
    next_one = "Look again at the decision of 21 November 2026 for room for improvement: given to Martin Lee, who decided"
    assert f"Next: {next_one}" in text
    assert next_one in people.auditor.open(f"{PRACTICE}/record").text
    listed = people.lead.open(f"{PRACTICE}/decisions").text
    assert listed.count("To be looked at again") == 4


# --- one review that waits, for all that arrived -----------------------------------------------------------------


def late(number):
    return a.raise_flag(
        indicator=f"PS0{number}",
        flag_id=f"flag-0000000{number}",
        level=Level.ALARM,
        occurred_on=date(2026, 11, 20),
    )


@pytest.fixture
def decided(record, clock):
    record("caseworker", a.record_conversation(said="The phones are answered."))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    clock.at += timedelta(days=3)


def still_open(casebook):
    return [one for one in casebook.practice(a.CODE).reviews.values() if one.status == "open"]


def test_late_flags_of_which_some_are_withdrawn_again_are_looked_at_while_the_others_stand(
    casebook, record, decided
):
    versions = [record("caseworker", late(number)).recorded[0].version for number in (1, 2, 3, 4)]
    for version in versions[:2]:
        record("caseworker", a.withdraw_fact(version=version))
    (review,) = still_open(casebook)
    assert set(versions[2:]) <= set(review.arrived)
    for version in versions[2:]:
        record("caseworker", a.withdraw_fact(version=version))
    assert still_open(casebook) == []


def test_what_is_corrected_back_and_forth_is_looked_at_only_while_it_reads_otherwise(
    people, casebook, record, decided
):
    for said, waits in (("Nobody answers.", 1), ("The phones are answered.", 0)) * 2:
        record("caseworker", a.correct_fact(version=3, fields={"said": said}))
        assert len(still_open(casebook)) == len(waiting(people.manager)) == waits


def test_an_amendment_of_what_a_decision_cites_is_looked_at_as_a_correction_is(casebook, record, decided):
    record("lead", a.amend_entry(version=3, said="Nobody answers the phones."))
    (review,) = still_open(casebook)
    assert review.given_to == MANAGER


@pytest.mark.parametrize("order", [(("manager", 2), ("caseworker", 3)), (("caseworker", 3), ("manager", 2))])
def test_two_late_flags_in_either_order_leave_one_review_that_is_nobodys_own(
    people, casebook, record, decided, order
):
    for who, number in order:
        record(who, late(number))
    (review,) = still_open(casebook)
    assert (review.given_to, review.corrector, len(review.arrived)) == (MANAGER, "", 2)
    assert len(waiting(people.manager)) == 1


# --- what the forms of an answer say before it is typed ----------------------------------------------------------


def test_a_form_of_a_review_that_was_answered_says_by_whom_and_when_and_takes_nothing(
    people, casebook, record, decided
):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    asking = still_open(casebook)[0].asking_id
    record("manager", a.reaffirm_decision(asking_id=asking))
    for verb in ("reaffirm-decision", "decide-tier"):
        answer = people.other_manager.client.get(f"{PRACTICE}/{verb}?asking_id={asking}")
        assert "This review is answered: re-affirmed by Martin Lee on 24 November 2026." in answer.text
        assert "<textarea" not in answer.text


def test_a_manager_whose_review_it_is_not_is_told_so_and_revising_begins_with_what_was_decided(
    people, casebook, record, decided
):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    asking = still_open(casebook)[0].asking_id
    for verb in ("reaffirm-decision", "decide-tier"):
        text = people.other_manager.open(f"{PRACTICE}/{verb}?asking_id={asking}").text
        assert "It was given to Martin Lee, who decided; you answer as another manager" in text
    page = people.manager.open(f"{PRACTICE}/decide-tier?asking_id={asking}")
    assert "you answer as another manager" not in page.text
    decision = casebook.practice(a.CODE).decisions[-1]
    fact = casebook.practice(a.CODE).standing[decision.version].fact
    assert fact.rationale.words in page.text
    ticked = {one.get("value") for one in page.all("input") if one.get("checked") is not None}
    assert {fact.tier.value, f"{a.CODE}/3"} <= ticked


def test_of_a_flag_that_was_withdrawn_it_is_said_first_what_is_recommended_with_it(people, record):
    record("caseworker", a.record_conversation())
    record("caseworker", late(1))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    record("manager", a.withdraw_flag(flag_id="flag-00000001"))
    text = people.manager.open(f"{PRACTICE}/decisions/1").text
    assert 0 < text.index("Recommended for its day with the flag") < text.index("its day without it")


def test_of_a_late_flag_it_is_said_first_what_is_recommended_without_it(people, record, decided):
    record("caseworker", late(1))
    text = people.manager.open(f"{PRACTICE}/decisions/1").text
    assert 0 < text.index("its day without what became known late") < text.index("its day with it")
    assert "recorded on 24 November 2026" in people.manager.open(PRACTICE).text


# --- what my work and the list of all say ------------------------------------------------------------------------


EVERY = "/decisions-looked-at-again"


def test_my_work_names_what_was_corrected_after_what(people, record, decided, clock):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    said = "Entry 3 was corrected on 24 November 2026 after you decided on 21 November 2026"
    assert said in people.manager.open("/").text
    _, _, rows = file_of(people.manager, "/my-work.csv")
    assert [row[-1] for row in rows if row[1] == "Decisions to look at again"] == [said]
    flag = record("caseworker", late(1)).recorded[0].version
    assert (
        f"and entry {flag} was recorded late, on 24 November 2026 after you" in people.manager.open("/").text
    )


def test_every_review_is_on_one_page_with_whose_it_is_and_what_came_of_it(people, record, casebook, decided):
    assert "No decision was looked at again" in people.auditor.open(EVERY).text
    assert EVERY in people.auditor.open("/practices").links.values()
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    page = people.auditor.open(EVERY)
    for said in (
        "1 review or checking, the last asked first",
        "Larkfield Road Surgery Waiting",
        "Entry 3 was corrected on 24 November 2026.",
        "Asked on 24 November 2026, given to Martin Lee.",
    ):
        assert said in page.text
    assert page.links["Waiting"] == f"{EVERY}?status=open"
    assert (
        page.links["The decision of 21 November 2026 for room for improvement"] == f"{PRACTICE}/decisions/1"
    )
    record("manager", a.reaffirm_decision(asking_id=still_open(casebook)[0].asking_id))
    assert "Re-affirmed by Martin Lee on 24 November 2026" in people.lead.open(EVERY).text
    assert "No decision was looked at again that fits" in people.lead.open(f"{EVERY}?status=open").text
    assert "1 review" in people.lead.open(f"{EVERY}?status=reaffirmed&from=2026-11-24").text
    assert "Larkfield" not in people.stranger.open(EVERY).text
    _, _, (row,) = file_of(people.auditor, f"{EVERY}.csv?status=reaffirmed")
    assert row[2:] == [
        *(
            "1",
            "2026-11-21",
            "Martin Lee",
            "Room for improvement",
            "Entry 3 was corrected on 24 November 2026",
        ),
        *("2026-11-24", "Martin Lee", "Re-affirmed", "2026-11-24", "Martin Lee"),
    ]


def test_a_review_that_waits_tells_for_how_long_and_which_later_decision_followed(
    people, record, decided, clock
):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    assert "The decision of 24 November 2026" not in people.auditor.open(EVERY).text
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",), effective_on=clock.at.date()))
    clock.at += timedelta(days=43)
    page = people.auditor.open(EVERY)
    assert "Larkfield Road Surgery Waiting for 43 days" in page.text
    later = "The decision of 24 November 2026 for room for improvement"
    assert f"{later} followed it; the review waits still." in page.text
    assert page.links[later] == f"{PRACTICE}/decisions/2"
    assert page.links["Entry 3"] == f"{PRACTICE}/entries/3"


def test_the_list_of_reviews_says_to_which_tier_a_decision_was_revised(
    people, record, casebook, decided, clock
):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    asking = still_open(casebook)[0].asking_id
    record(
        "manager",
        a.decide_tier(
            tier=Tier.CAUSE_FOR_CONCERN,
            inputs=(f"{a.CODE}/3",),
            asking_id=asking,
            effective_on=clock.at.date(),
            immediate_safety="A child was not seen in time.",
        ),
    )
    told = "Revised to cause for concern by Martin Lee on 24 November 2026"
    assert told in people.auditor.open(EVERY).text


def test_days_the_wrong_way_round_are_not_said_to_find_nothing(people, record, decided):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    text = people.auditor.open(f"{EVERY}?from=2026-11-25&to=2026-11-01").text
    assert "The last day must be on or after 25 November 2026" in text
    assert "Nothing is listed until the two days are put right." in text
    assert "fits these filters" not in text


def test_a_checking_without_effect_is_listed_and_given_to_nobody(people, record, decided):
    record("caseworker", a.correct_fact(version=3, fields={"said": "The phones are answered"}))
    text = people.auditor.open(f"{EVERY}?status=checked").text
    assert "Checked on 24 November 2026. By the rules of its day it would be recommended alike." in text
    assert "given to" not in text


def test_of_the_past_the_list_has_what_waited_then(people, record, casebook, decided):
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers."}))
    at = casebook.history(f"practice-{a.CODE}")[-1].position
    record("manager", a.reaffirm_decision(asking_id=still_open(casebook)[0].asking_id))
    assert "Larkfield Road Surgery Waiting" in people.auditor.open(f"{EVERY}?as-recorded-by={at}").text


def test_a_review_of_what_one_organisation_keeps_to_itself_is_on_its_own_list_alone(people, record):
    heard = record("caseworker", a.record_intelligence(visibility=Visibility.INTERNAL)).recorded[0].version
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/{heard}", f"{a.CODE}/{heard + 1}")))
    record("caseworker", a.correct_fact(version=heard, fields={"summary": "Another summary."}))
    assert f"Entry {heard} was corrected" in people.manager.open(EVERY).text
    assert "No decision was looked at again" in people.lead.open(EVERY).text


def test_a_review_that_only_a_hidden_correction_overtook_still_waits_for_whoever_does_not_see_that(
    people, record, casebook, clock
):
    record("caseworker", a.record_conversation(said="The phones are answered."))
    record("caseworker", a.record_conversation(said="They asked us to wait.", visibility=Visibility.INTERNAL))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3", f"{a.CODE}/4")))
    record("caseworker", a.correct_fact(version=3, fields={"said": "Nobody answers the phones."}))

    def listed(who, asked=""):
        person = getattr(people, who)
        pages = [
            words_of(person.open(f"{EVERY}?{status}&{asked}").all("main")[0])
            for status in ("", "status=open", "status=overtaken")
        ]
        return pages, file_of(person, f"{EVERY}.csv?{asked}")[2]

    def came_of(who, asked=""):
        return [row[9] for row in listed(who, asked)[1]]

    before = listed("lead")
    clock.at += timedelta(seconds=5)
    record("caseworker", a.correct_fact(version=4, fields={"said": "They asked us not to wait."}))
    assert listed("lead") == before
    then = f"as-recorded-by={casebook.history(f'practice-{a.CODE}')[-1].position}"
    assert came_of("lead", then) == ["Waiting"]
    assert "Larkfield Road Surgery Waiting" in people.lead.open(f"{EVERY}?{then}").text
    for who in ("manager", "auditor"):
        assert came_of(who) == came_of(who, then) == ["Waiting", "Asked again"]
    assert len(waiting(people.manager)) == 1
    record("manager", a.reaffirm_decision(asking_id=still_open(casebook)[0].asking_id))
    assert listed("lead") == before
    assert came_of("manager") == ["Re-affirmed", "Asked again"]

"""What is due on a practice's page and in my work: by which day, why, and what became of what was asked for."""

from datetime import date

from domain.practice.kinds import ExpectationAnswer, Tier
from tests.support import factories as a

PRACTICE = f"/practices/{a.CODE}"
ASKED = "expectation-0000aaaa"
OF = {"expectation_id": ASKED}


def due(page):
    """What the part of the page says, from its heading to the next."""
    text = page.text
    return text.partition("What is due")[2].partition("The story")[0] if "What is due" in text else ""


def test_a_practice_about_which_nothing_is_due_says_nothing_of_it(people, record):
    assert "What is due" not in people.caseworker.open(PRACTICE).text


def test_what_is_due_says_by_which_day_and_how_that_was_worked_out(people, record):
    record("caseworker", a.set_expectation(**OF, due_on=None, working_days=10, words="The rota"))
    told = due(people.caseworker.open(PRACTICE))
    assert "An answer: The rota" in told
    assert "Due in 13 days" in told
    assert (
        "10 working days after 21 November 2026, which is not counted, end on 4 December 2026, without weekends"
        in told
    )
    assert "Record what came" in told


def test_only_the_side_that_asked_is_offered_its_clock(people, record):
    record("caseworker", a.set_expectation(**OF))
    ours, theirs = due(people.caseworker.open(PRACTICE)), due(people.lead.open(PRACTICE))
    for offered in ("Move", "Stop the clock", "No longer expected"):
        assert offered in ours
        assert offered not in theirs
    assert "Record what came" in theirs
    assert "Record what came" not in due(people.auditor.open(PRACTICE))


def test_what_came_and_a_clock_that_stands_are_told(people, record):
    early = {"due_on": date(2026, 11, 20), "occurred_on": date(2026, 11, 3)}
    record("caseworker", a.set_expectation(**OF, **early, words="The rota"))
    told = due(people.caseworker.open(PRACTICE))
    assert "No answer: The rota" in told
    assert "Overdue 1 day" in told
    answer = a.answer_expectation(
        **OF, answer=ExpectationAnswer.NOTHING_TO_SAY, words=None, occurred_on=date(2026, 11, 19)
    )
    record("caseworker", answer)
    told = due(people.caseworker.open(PRACTICE))
    assert "Nothing is due" in told
    assert (
        "nothing to say on 19 November 2026, in time for 20 November 2026, recorded late on 21 November 2026"
        in told
    )
    record("caseworker", a.set_expectation(expectation_id="expectation-0000bbbb", words="The list"))
    record("caseworker", a.stop_clock(expectation_id="expectation-0000bbbb"))
    told = due(people.caseworker.open(PRACTICE))
    assert "Clocks that stand" in told
    assert "the clock stands since 21 November 2026, with 13 days left" in told


def test_what_did_not_come_is_work_and_the_button_leads_to_its_form(people, record):
    record("manager", a.name_caseworker(caseworker="person-caseworker"))
    early = {"due_on": date(2026, 11, 20), "occurred_on": date(2026, 11, 3)}
    record("caseworker", a.set_expectation(**OF, **early, words="The rota"))
    page = people.caseworker.open("/")
    assert "No answer: The rota" in page.text
    assert f"{PRACTICE}/answer-expectation?expectation_id={ASKED}" in page.html


def test_a_conversation_that_immediate_safety_put_off_is_due_on_the_page_and_offered(people, record):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(
        tier=Tier.CAUSE_FOR_CONCERN, inputs=(f"{a.CODE}/3",), immediate_safety="A child was not seen in time."
    ))  # fmt: skip
    page = people.manager.open(f"/practices/{a.CODE}")
    assert "A shared conversation after a decision for immediate safety" in page.text
    assert "1 working day" in page.text
    assert "A shared conversation after a decision" in people.manager.open("/").text

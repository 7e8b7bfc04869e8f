"""The forms of the contract's ladder: what may be taken back, what is needed, and what is said before anything is typed."""

from datetime import date

import pytest

from tests.support import factories as a
from tests.web.conftest import PEOPLE
from tests.web.sent import (
    BREACH,
    CHALLENGE,
    CONTRACT,
    ISSUING,
    LATER,
    NOTICE,
    breached,
    drafted,
    flag,
    notice_issued,
    sanction_served,
)

WORDS = "Vaccines were kept too warm."


def test_a_ground_that_was_chosen_in_error_is_taken_back(people, record, history):
    for who, command in breached():
        record(who, command)
    form = people.caseworker.open(f"/practices/{a.CODE}/draft-remedial-notice").form()
    answers = {"breaches": BREACH, "provision": "Paragraph 70", "steps": WORDS, "period_days": "28"}
    wrong = form.send(**answers, reasons=WORDS, shorter_because="patient_safety", shorter_words=WORDS)
    assert "#shorter_because" in wrong.errors
    wrong.form().send(shorter_because="none", shorter_words="")
    assert history()[-1].shorter_because is None


def test_a_question_that_may_have_no_answer_begins_with_none_in_words(people, record):
    for who, command in breached():
        record(who, command)
    page = people.caseworker.open(f"/practices/{a.CODE}/draft-termination-notice")
    first = page.by_id("shorter_because")
    assert (first.get("value"), first.get("checked")) == ("none", "")
    assert "None: it gives the whole of the law’s period" in page.text
    assert page.form().fields["contract_id"] == CONTRACT


ISSUE = f"/practices/{a.CODE}/issue-notice?notice_id={NOTICE}"


@pytest.fixture
def given(record):
    def give(told):
        for who, command in told:
            record(who, command)

    return give


def test_who_drafted_a_notice_hears_before_typing_that_another_issues_it_and_who(people, given):
    given(breached())
    draft = a.draft_remedial_notice(notice_id=NOTICE, breaches=(BREACH,))
    given([("manager", draft)])
    barred = people.manager.open(ISSUE)
    assert barred.status == 409
    assert "You drafted this notice: another person issues it." in barred.text
    assert "Who may: " in barred.text
    assert people.other_manager.open(ISSUE).status == 200


def test_a_manager_who_takes_no_part_is_not_named_as_one_who_may(people, given, record):
    given(breached())
    given([("manager", a.draft_remedial_notice(notice_id=NOTICE, breaches=(BREACH,)))])
    other = PEOPLE["other_manager"]
    assert other[1] in people.manager.open(ISSUE).text
    record("other_manager", a.recuse_person(person_id=other[0], practice=a.CODE), other[0])
    barred = people.manager.open(ISSUE)
    assert other[1] not in barred.text
    assert "can do it today: an administrator can add one" in barred.text


def test_a_notice_to_another_than_the_provider_on_record_says_so_before_it_is_drafted_and_issued(
    people, given
):
    given(drafted())
    told = "but the letter is addressed to"
    pages = (
        ("manager", ISSUE),
        ("caseworker", f"/practices/{a.CODE}/draft-remedial-notice?breach_id={BREACH}"),
    )
    for who, address in pages:
        assert told not in getattr(people, who).open(address).text
    given(
        [
            (
                "caseworker",
                a.name_provider(provider_name="Fernhill Health Partnership", from_on=date(2026, 4, 1)),
            )
        ]
    )
    for who, address in pages:
        page = getattr(people, who).open(address).text
        assert f"the contract is with Fernhill Health Partnership since 1 April 2026, {told}" in page
    (party, *_) = a.sign_contract().parties
    given([("caseworker", a.name_provider(provider_name=party, from_on=date(2026, 5, 1)))])
    for who, address in pages:
        assert told not in getattr(people, who).open(address).text


def test_an_answer_is_in_what_the_contractor_said_or_sent_since_the_breach_and_in_no_other_entry(
    people, given, record
):
    old = record("caseworker", a.record_conversation(occurred_on=date(2020, 1, 6))).recorded[0].version
    given(drafted())
    assert people.manager.open(ISSUE).all("input", name="answers") == []
    new = record("caseworker", a.record_conversation()).recorded[0].version
    offered = [one.get("value") for one in people.manager.open(ISSUE).all("input", name="answers")]
    assert (offered, old < new) == ([f"{a.CODE}/{new}"], True)


def test_all_that_a_notice_lacks_is_said_at_once_and_before_its_answers_are_checked(people, given):
    given(drafted())
    lacking = people.manager.open(ISSUE).form().send(appeal_rights="")
    assert lacking.status == 422
    questions = ("consulted_on-day", "answered", "appeal_rights", "appeal_address", "proportionality")
    assert set(lacking.errors) == {f"#{name}" for name in questions}
    early = lacking.form().send(**ISSUING | {"occurred_on": (1, 1, 2026)})
    assert (early.status, set(early.errors)) == (422, {"#occurred_on-day"})
    assert "Check your answers" not in early.text
    assert "Check your answers" in early.form().send(occurred_on=("", "", "")).text


def test_a_role_that_may_not_is_told_which_may(people, given):
    given(drafted())
    refused = people.caseworker.open(ISSUE)
    assert refused.status == 403
    assert "A manager of the contract’s holder does this" in refused.text
    page = people.caseworker.open(f"/practices/{a.CODE}/contract")
    assert "issue it or withdraw it. Why: a manager of your team does this" in page.text


def test_the_form_of_not_satisfied_says_from_which_day(people, given):
    given(notice_issued())
    served = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 11, 20), deemed_on=date(2026, 11, 23))
    given([("colleague", served)])
    page = people.manager.open(f"/practices/{a.CODE}/find-notice-not-satisfied?notice_id={NOTICE}")
    assert (page.status, "it can be found not satisfied from 27 November 2026" in page.text) == (409, True)
    satisfied = people.manager.open(f"/practices/{a.CODE}/find-notice-satisfied?notice_id={NOTICE}").form()
    assert satisfied.send(reason="Put right at once.").status == 303


def test_who_recorded_what_is_challenged_is_told_who_decides_it(people, given):
    given([("manager", flag()[1])])
    given([("colleague", a.make_factual_challenge(challenge_id=CHALLENGE, about=f"{a.CODE}/3"))])
    address = f"/practices/{a.CODE}/decide-factual-challenge?challenge_id={CHALLENGE}"
    page = people.manager.open(address)
    assert page.status == 409
    assert "You recorded what the practice challenges" in page.text
    assert "Who may: " in page.text
    assert people.other_manager.open(address).status == 200


def test_after_a_step_its_notice_leads_to_the_contracts_page(people, given):
    given(drafted())
    attempt = people.caseworker.open(
        f"/practices/{a.CODE}/attempt-local-resolution?breach_id={BREACH}"
    ).form()
    landed = people.caseworker.follow(attempt.send(took_part="The manager", outcome="settled", words=WORDS))
    assert landed.links["The contract’s page: the next step"] == f"/practices/{a.CODE}/contract"


def test_a_period_that_was_not_checked_is_said_not_to_be_beside_where_it_is_begun_with(people, given):
    given(drafted())
    page = people.other_manager.open(ISSUE)
    assert "within 28 days after it counts as given to you" in page.text
    assert "The 28 days were not checked here against the regulations" in page.text


def test_what_is_disputed_is_a_notice_that_stands_or_a_decision_of_the_holder(people, given):
    given(notice_issued())
    page = people.caseworker.open(f"/practices/{a.CODE}/refer-dispute")
    offered = {one.get("value") for one in page.all("input", name="subject")}
    assert offered == {NOTICE, f"{a.CODE}/4"}


@pytest.mark.parametrize("form", ["record-intelligence", "record-conversation"])
def test_where_a_concern_about_a_professional_belongs_is_said_where_one_could_be_typed(people, form):
    page = people.caseworker.open(f"/practices/{a.CODE}/{form}")
    assert "take it to the medical or quality lead of the area team" in page.text
    assert "who records its reference here" in people.manager.open(f"/practices/{a.CODE}/performers").text


def test_a_notice_that_ran_out_is_the_area_teams_to_assess(people, given):
    given(notice_issued())
    served = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 9, 2), deemed_on=date(2026, 9, 3))
    given([("colleague", served)])
    page = people.manager.open(f"/practices/{a.CODE}")
    assert "Area team Counts as given on 3 September 2026" in page.text
    assert {"Satisfied", "Not satisfied"} <= {words.partition(":")[0] for words in page.links}
    mine = people.manager.open("/")
    assert any(words.startswith("Assess") for words in mine.links)


def test_a_declaration_is_due_by_its_year(people, given):
    given([("colleague", a.ask_for_declaration())])
    assert "The annual declaration of 2026-27" in people.caseworker.open(f"/practices/{a.CODE}").text


def test_a_service_by_which_the_letters_day_is_too_early_is_asked_about_before_it_is_recorded(
    people, given, history
):
    given(sanction_served()[:-1])
    address = f"/practices/{a.CODE}/serve-notice?notice_id={LATER}"
    form = people.caseworker.open(address).form()
    served = {"occurred_on": (5, 10, 2026), "deemed_on": (10, 10, 2026)}
    asked = form.send(**served, method="by_hand", address="1 Larkfield Road")
    assert asked.status == 409
    assert "The letter says 1 November 2026." in asked.text
    assert "it can have effect from 7 November 2026" in asked.text
    assert asked.form().send().status == 303
    assert history()[-1].deemed_on == date(2026, 10, 10)


def test_a_termination_begins_with_no_paragraph_and_says_which_is_for_which_ground(people, given):
    given(breached())
    page = people.caseworker.open(f"/practices/{a.CODE}/draft-termination-notice")
    assert page.form().fields["provision"] == ""
    assert (
        "paragraph 68 (serious risk to patients, or of material financial loss, not checked here)"
        in page.text
    )


@pytest.mark.parametrize(("contract", "begins"), [("GMS", "Schedule 3, paragraph 70"), ("PMS", "")])
def test_a_remedial_notice_begins_with_the_law_of_its_contract(people, given, contract, begins):
    signed = a.sign_contract(contract_id=CONTRACT, contract_type=contract)
    breach = a.identify_breach(breach_id=BREACH, contract_id=CONTRACT)
    given((("colleague", signed), ("colleague", breach)))
    page = people.caseworker.open(f"/practices/{a.CODE}/draft-remedial-notice?breach_id={BREACH}")
    assert page.form().fields["provision"].rpartition("2015, ")[2] == begins
    assert ("Look in: NHS (PMS Agreements) Regulations 2015, Schedule 2" in page.text) == (contract == "PMS")

"""Explanations of flags, on the page: given, read, and answered by another person."""

import pytest

from tests.support import factories as a

PRACTICE = f"/practices/{a.CODE}"
FLAG, EXPLANATION = "flag-0000aaaa", "explanation-0000aaaa"


@pytest.fixture
def explained(record):
    record("caseworker", a.raise_flag(flag_id=FLAG))
    words = "The codes of March were lost in the move."
    record("caseworker", a.explain_flag(flag_id=FLAG, explanation_id=EXPLANATION, words=words))


def offered(person) -> set[str]:
    links = hrefs(person.open(PRACTICE))
    return {
        link.rpartition("/")[2].partition("?")[0] for link in links if f"explanation_id={EXPLANATION}" in link
    }


def hrefs(page) -> list[str]:
    return [one.get("href") or "" for one in page.all("a")]


def test_another_person_is_offered_to_answer_an_explanation_and_nobody_their_own(people, explained):
    both = {"accept-explanation", "decline-explanation"}
    assert offered(people.manager) == offered(people.adviser) == offered(people.colleague) == both
    assert offered(people.caseworker) == offered(people.lead) == offered(people.auditor) == set()


def test_who_answers_it_reads_it_first(people, explained):
    page = people.manager.open(f"{PRACTICE}/accept-explanation?explanation_id={EXPLANATION}")
    assert "The codes of March were lost in the move." in page.text
    assert "recorded by Amira Khan" in page.text


def test_the_flag_shows_each_explanation_and_what_became_of_it(people, record, explained):
    assert "how it is coded, given by the practice" in people.lead.open(PRACTICE).text.lower()
    assert "not answered yet" in people.lead.open(PRACTICE).text
    record("manager", a.accept_explanation(explanation_id=EXPLANATION, reason="Seen on their screen."))
    text = people.lead.open(PRACTICE).text
    assert "accepted by Martin Lee" in text
    assert "Alert, explanation accepted" in text
    assert "Explanation accepted: Easy to get through by phone" in text
    assert "Seen on their screen." in text
    assert "not answered yet" not in text


def test_one_that_is_not_accepted_stands_with_the_reason(people, record, explained):
    record("manager", a.decline_explanation(explanation_id=EXPLANATION, reason="April is as low."))
    text = people.caseworker.open(PRACTICE).text
    assert "not accepted by Martin Lee" in text
    assert "Alert, explanation not accepted" in text
    assert "April is as low." in text


def test_a_flag_is_cleared_as_validated_only_once_an_explanation_was_accepted(people, record, explained):
    address = f"{PRACTICE}/clear-flag?flag_id={FLAG}"
    page = people.caseworker.open(address)
    assert "The explanation was validated" not in page.text
    assert "once another person has accepted one" in page.text
    record("manager", a.accept_explanation(explanation_id=EXPLANATION, reason="Seen on their screen."))
    page = people.caseworker.open(address)
    assert "The explanation was validated" in page.text
    assert "once another person has accepted one" not in page.text


def test_a_person_is_not_offered_what_only_a_release_says(people, explained):
    assert (
        "A later release raises it anew"
        not in people.caseworker.open(f"{PRACTICE}/clear-flag?flag_id={FLAG}").text
    )
    assert "The data was" not in people.caseworker.open(f"{PRACTICE}/withdraw-flag?flag_id={FLAG}").text


def test_what_is_answered_is_offered_no_more(people, record, explained):
    record("manager", a.accept_explanation(explanation_id=EXPLANATION))
    assert offered(people.colleague) == set()


def test_two_people_who_answer_at_once_do_not_both_do(people, record, explained):
    form = people.colleague.open(f"{PRACTICE}/decline-explanation?explanation_id={EXPLANATION}").form()
    record("manager", a.accept_explanation(explanation_id=EXPLANATION))
    page = form.send(reason="April is as low.")
    assert page.status == 409
    assert "April is as low." in page.text


def test_a_flag_offers_first_to_validate_the_data_with_the_practice(people, record):
    record("colleague", a.raise_flag(flag_id=FLAG))
    links = {link for link in hrefs(people.caseworker.open(PRACTICE)) if "kind=data_validation" in link}
    (link,) = links
    form = people.caseworker.open(link).form().fields
    assert (form["kind"], form.getlist("about_flags")) == ("data_validation", [FLAG])
    record("caseworker", a.propose_action(kind="data_validation", about_flags=(FLAG,)))
    assert "kind=data_validation" not in " ".join(hrefs(people.caseworker.open(PRACTICE)))

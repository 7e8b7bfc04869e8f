"""The forms of the contract's ladder: what may be taken back, what is needed, and what is said before anything is typed."""

from tests.support import factories as a
from tests.web.sent import BREACH, CONTRACT, breached

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

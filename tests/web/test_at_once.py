"""A true conflict comes back with both answers side by side, with whose the other is, and with what was typed kept."""

import pytest

from tests.support import factories as a
from tests.web.person import words_of
from tests.web.sent import ACTION, FLAG, SENT, agreed_action, conversation, flag

SAME = "Mine: the same thing, in my words."


def opened(people, who, verb, about=""):
    return getattr(people, who).open(f"/practices/{a.CODE}/{verb}{about and '?'}{about}").form()


def sent(form, **answers):
    page = form.send(**answers)
    return page.form().send() if page.status == 200 and page.title.startswith("Check your answers") else page


def compared(page):
    """The rows of the table: the question, both answers, and whether they are alike."""
    body = page.all("tbody")[0]
    rows = [
        [
            words_of(cell.findall("span")[-1] if len(cell.findall("span")) > 1 else cell)
            for cell in row.iter("td")
        ]
        for row in body.iter("tr")
    ]
    return {row[0]: tuple(row[1:]) for row in rows}


def test_both_answers_to_one_question_stand_side_by_side_and_the_different_ones_are_marked(
    people, record, history
):
    for who, command in agreed_action():
        record(who, command)
    form = opened(people, "caseworker", "reschedule-action", f"action_id={ACTION}")
    record("manager", a.reschedule_action(action_id=ACTION, reason="The locum comes in March."))
    before = history()
    page = sent(form, due_on=(1, 4, 2027), reason=SAME)
    assert page.status == 409
    assert history() == before
    rows = compared(page)
    [due] = [row for question, row in rows.items() if "2027" in row[0]]
    assert due[0] == "1 April 2027"
    assert due[2] == "Different"
    assert any(row[:2] == (SAME, "The locum comes in March.") for row in rows.values())
    assert "Martin Lee" in page.text
    assert page.form("Record mine all the same").fields["reason"] == SAME
    assert page.form("Record mine all the same").send().status == 303


def test_what_is_alike_is_said_to_be_the_same(people, record):
    record(*flag())
    answers = {"category": "coding", "words": SAME, "given_by": "practice"}
    form = opened(people, "caseworker", "explain-flag", f"flag_id={FLAG}")
    record("colleague", a.explain_flag(flag_id=FLAG, words="Theirs.", category="coding", given_by="practice"))
    rows = compared(sent(form, **answers))
    assert [row[2] for row in rows.values()] == ["The same", "Different", "The same", "The same"]


def test_two_corrections_of_one_entry_show_what_each_would_have_it_say(people, record):
    record(*conversation())
    form = opened(people, "caseworker", "correct-fact", "version=3")
    record(
        "caseworker", a.correct_fact(version=3, fields={"said": "They said five weeks."}, reason="Misheard.")
    )
    page = sent(form, said="They said six weeks.", correction_reason=SAME)
    rows = compared(page)
    assert ("They said six weeks.", "They said five weeks.", "Different") in rows.values()
    assert (SAME, "Misheard.", "Different") in rows.values()
    assert "You have recorded something about this in another window" in page.text
    assert "Somebody else" not in page.text


def test_an_answer_of_another_kind_is_told_whole(people, record):
    record(*flag())
    form = opened(people, "caseworker", "explain-flag", f"flag_id={FLAG}")
    record("manager", a.withdraw_flag(flag_id=FLAG, reason="Raised on another practice's list."))
    page = sent(form, category="coding", words=SAME, given_by="practice")
    assert page.status == 409
    assert "Raised on another practice's list." in page.text
    assert "yours would be refused" in page.text
    assert (
        page.form("Record an explanation" if "Record an explanation" in page.html else None).fields["words"]
        == SAME
    )
    assert "Record mine all the same" not in page.html


def test_a_decision_on_evidence_that_was_withdrawn_meanwhile_says_who_withdrew_it(people, record, history):
    record(*conversation())
    form = opened(people, "manager", "decide-tier")
    record("caseworker", a.withdraw_fact(version=3, reason="Another practice's call."))
    before = history()
    page = form.send(tier="assurance_based", rationale=SAME, inputs=[f"{a.CODE}/3"])
    assert page.status == 422
    assert "This changed while you were writing" in page.text
    assert "by Amira Khan" in page.text
    assert "Another practice's call." in page.text
    assert page.form().fields["rationale"] == SAME
    assert history() == before


def test_a_wrong_choice_that_nobody_had_a_part_in_names_nobody(people, record):
    record(*conversation())
    form = opened(people, "manager", "decide-tier")
    record("caseworker", a.record_conversation())
    page = form.send(tier="assurance_based", rationale=SAME, inputs=[f"{a.CODE}/99"])
    assert page.status == 422
    assert "while you were writing" not in page.text


@pytest.mark.parametrize(
    "verb", ["serve-notice", "complete-action", "propose-tier", "change-details", "name-caseworker"]
)
def test_the_same_form_of_two_people_records_once_and_shows_both(people, record, history, verb):
    one = next(found for found in SENT if found.verb == verb)
    for who, command in one.given:
        record(who, command)
    first, second = (opened(people, who, verb, one.about) for who in ("caseworker", "colleague"))
    assert sent(first, **one.answers).status == 303
    before = history()
    page = sent(second, **one.answers)
    assert page.status == 409
    assert history() == before
    assert "by Amira Khan" in page.text
    assert {row[2] for row in compared(page).values()} == {"The same"}


def test_a_refusal_that_only_anothers_answer_is_the_reason_for_says_so(people, record, history):
    form = opened(people, "caseworker", "raise-flag")
    record("manager", a.close_practice())
    page = form.send(indicator="PE03", kind="outlying", level="alert", note=SAME)
    assert page.status == 422
    assert "This changed while you were writing" in page.text
    assert "by Martin Lee" in page.text
    assert page.form().fields["note"] == SAME


def test_a_refusal_that_would_have_been_one_anyway_names_nobody(people, record):
    form = opened(people, "caseworker", "raise-flag")
    record("colleague", a.record_conversation())
    page = form.send(indicator="PE03", kind="outlying", level="alert", note="943 476 5919")
    assert page.status == 422
    assert "while you were writing" not in page.text


def test_what_is_withheld_is_told_to_nobody_who_may_not_see_it(people, record):
    """A flag that the CCG keeps intelligence about is cleared: the CCG's words stay the CCG's."""
    record(*flag())
    form = opened(people, "caseworker", "clear-flag", f"flag_id={FLAG}")
    record("lead", a.record_intelligence(summary="Between us.", about_flags=(FLAG,), visibility="internal"))
    record("colleague", a.explain_flag(flag_id=FLAG, words="The template coded calls twice."))
    page = form.send(because="resolved", reason=SAME)
    assert page.status == 409
    assert "The template coded calls twice." in page.text
    assert "Between us." not in page.text


def details(casebook):
    found = casebook.practice(a.CODE).details
    return found.telephone and found.telephone.words, found.postcode, found.list_size


def test_what_somebody_left_as_it_was_is_what_others_made_of_it_meanwhile(people, casebook):
    amira, martin = (opened(people, who, "change-details") for who in ("caseworker", "manager"))
    assert sent(amira, telephone="(01632) 960 001", postcode="LK9 9ZZ").status == 303
    page = sent(martin, list_size="7,777")
    assert page.status == 409
    assert "Nothing that you changed was changed otherwise" in page.text
    rows = compared(page)
    assert rows["Telephone"] == ("You did not change this", "(01632) 960 001", "Theirs stays")
    assert rows["Postcode"][0] == "You did not change this"
    assert rows["Patients on its list"][2] == "Only you changed this"
    assert page.form("Record my change").send().status == 303
    assert details(casebook) == ("(01632) 960 001", "LK9 9ZZ", 7777)
    changed = casebook.history(f"practice-{a.CODE}")[-1].fact
    assert [one.field for one in changed.changes] == ["list_size"]


def test_what_both_changed_is_theirs_to_choose_and_the_rest_stays(people, casebook):
    amira, martin = (opened(people, who, "change-details") for who in ("caseworker", "manager"))
    sent(amira, telephone="(01632) 960 001", postcode="LK9 9ZZ")
    page = sent(martin, telephone="(01632) 960 002")
    assert "Nothing that you changed" not in page.text
    assert compared(page)["Telephone"][2] == "Different"
    assert page.form("Record mine all the same").send().status == 303
    assert details(casebook)[:2] == ("(01632) 960 002", "LK9 9ZZ")


def test_a_correction_puts_nothing_back_that_its_author_left_as_it_was(people, record, casebook):
    record(*conversation())
    form = opened(people, "caseworker", "correct-fact", "version=3")
    record(
        "caseworker",
        a.correct_fact(version=3, fields={"said": "They said five weeks.", "occurred_on": "2026-11-02"}),
    )
    page = sent(form, occurred_on=(3, 11, 2026), correction_reason=SAME)
    assert compared(page)["What was said?"][0] == "You did not change this"
    assert page.form("Record mine all the same").send().status == 303
    stands = casebook.practice(a.CODE).standing[3].fact
    assert (stands.said.words, stands.occurred_on.isoformat()) == ("They said five weeks.", "2026-11-03")

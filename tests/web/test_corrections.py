"""Entries are put right by their own questions: directly where they are one's own, else by asking a manager."""

import pytest

from domain.practice import events as e
from domain.practice.correctable import TYPED_WITH
from domain.practice.kinds import Channel
from tests.support import factories as a
from tests.support.given import OPERATOR
from tests.web.sent import SENT


def address(verb, version=3):
    return f"/practices/{a.CODE}/{verb}?version={version}"


@pytest.mark.parametrize("sent", [sent for sent in SENT if sent.fact in TYPED_WITH], ids=lambda sent: sent.verb)  # fmt: skip
def test_a_correction_that_changes_nothing_records_nothing(people, record, history, casebook, sent):
    """Every answer that the form draws, sent back as it stands, is the value that stands: nothing is lost on the way."""
    for who, command in sent.given:
        record(who, command)
    person = getattr(people, sent.by)
    page = person.open(sent.address).form().fill(**sent.answers).send()
    if page.status == 200:
        page = page.form().send()
    assert page.status == 303
    before = history()
    version = 2 + max(at for at, fact in enumerate(before, start=1) if isinstance(fact, sent.fact))
    drawn = person.open(address("correct-fact", version))
    assert drawn.status == 200
    landed = drawn.form().send(correction_reason="Looked again.")
    assert landed.location == f"/practices/{a.CODE}", landed.errors
    assert history() == before
    assert "Nothing was changed" in person.open("/account").text


def test_one_answer_is_corrected_and_the_others_stay(people, record, history, casebook):
    record("caseworker", a.record_conversation(said="Said.", subject="Phones", next_contact_on=a.TODAY))
    form = people.caseworker.open(address("correct-fact")).form()
    form.send(channel="visit", occurred_on=(20, 11, 2026), correction_reason="It was a visit.")
    [_, corrected] = history()
    assert isinstance(corrected, e.FactCorrected)
    assert {field.field for field in corrected.fields} == {"channel", "occurred_on"}
    fact = casebook.practice(a.CODE).standing[3].fact
    assert (fact.channel, fact.said.words, fact.subject.words, fact.next_contact_on) == (
        Channel.VISIT, "Said.", "Phones", a.TODAY,
    )  # fmt: skip


def test_an_answer_that_may_be_left_out_can_be_emptied(people, record, casebook):
    record("caseworker", a.record_conversation(subject="Phones"))
    people.caseworker.open(address("correct-fact")).form().send(subject="", correction_reason="No title.")
    assert casebook.practice(a.CODE).standing[3].fact.subject is None


def there(fact):
    return [(one.role, one.described and one.described.words, one.person) for one in fact.participants]


def test_who_was_there_is_corrected_and_whoever_stays_stays_as_recorded(people, record, casebook):
    named = a.attendee(side="practice", role="gp_partner", name="Dr A. Example")
    record(
        "caseworker",
        a.record_conversation(
            attendees=(
                a.attendee(person="person-colleague"),
                a.attendee(person="person-caseworker"),
                a.attendee(side="practice", role="practice_manager"),
                named,
                a.attendee(side="practice", role="salaried_gp"),
                a.attendee(side="practice", role="salaried_gp"),
                a.attendee(side="other", role="other", described="Interpreter"),
            )
        ),
    )
    form = people.caseworker.open(address("correct-fact")).form()
    assert form.fields.getlist("attendees") == ["you", "practice:practice_manager", "practice:gp_partner"]
    rows = form.fields.getlist("attendees-role"), form.fields.getlist("attendees-described")
    assert rows == (
        ["contract_holder:caseworker", "practice:salaried_gp", "practice:salaried_gp", "other:other", "", ""],
        ["", "", "", "Interpreter", "", ""],
    )
    form.send(
        attendees=["practice:gp_partner", "you", "local_commissioner:clinical_lead_gp"],
        correction_reason="The CCG was there, and one of the salaried GPs.",
        **{"attendees-role": ["contract_holder:caseworker", "", "practice:salaried_gp", "other:other"],
           "attendees-described": ["", "", "", "Interpreter"]},
    )  # fmt: skip
    after = casebook.practice(a.CODE).standing[3].fact
    assert there(after) == [
        ("caseworker", None, "person-colleague"),
        ("caseworker", None, "person-caseworker"),
        ("gp_partner", None, None),
        ("salaried_gp", None, None),
        ("other", "Interpreter", None),
        ("clinical_lead_gp", None, None),
    ]
    assert after.participants[2].name.words == "Dr A. Example"


def test_whoever_was_there_is_still_there_when_something_else_is_corrected(people, record, casebook):
    record(
        "caseworker",
        a.record_conversation(
            attendees=(
                a.attendee(person="person-caseworker", role="medical_director"),
                a.attendee(person="person-colleague"),
                a.attendee(side="local_commissioner", role="other", described="Chair", name="Dr B. Example"),
            )
        ),
    )
    before = casebook.practice(a.CODE).standing[3].fact.participants
    casebook.handle(
        a.CODE, a.assign_responsibility(local_commissioner=None), OPERATOR, command_id=a.new_id("command")
    )
    people.caseworker.open(address("correct-fact")).form().send(said="Better.", correction_reason="Why.")
    fact = casebook.practice(a.CODE).standing[3].fact
    assert fact.said.words == "Better."
    assert fact.participants == before


def test_a_correction_of_who_was_there_is_told_in_words(people, record):
    record("caseworker", a.record_conversation())
    form = people.caseworker.open(address("correct-fact")).form()
    form.send(
        attendees=[], correction_reason="Why.",
        **{"attendees-role": ["contract_holder:other"], "attendees-described": ["Interpreter"]},
    )  # fmt: skip
    words = people.caseworker.open(f"/practices/{a.CODE}").text
    assert "side Practice, role Practice manager" in words
    assert "side Contract holder, role Another role, described as Interpreter" in words


def test_anothers_entry_becomes_a_request_whichever_address_is_used(people, record, history):
    record("caseworker", a.record_conversation())
    page = people.colleague.open(address("correct-fact"))
    assert page.heading.endswith("Ask for a correction")
    page.form().send(said="Otherwise.", correction_reason="I was there.")
    assert isinstance(history()[-1], e.CorrectionRequested)


def test_a_decision_becomes_a_request_even_ones_own(people, record, history, casebook):
    record("caseworker", a.record_conversation())
    version = record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",))).recorded[0].version
    page = people.manager.open(address("correct-fact", version))
    assert page.heading.endswith("Ask for a correction")
    page.form().send(rationale="Put otherwise.", correction_reason="Clearer.")
    request = history()[-1]
    assert isinstance(request, e.CorrectionRequested)
    about = f"/practices/{a.CODE}/authorise-correction?request_id={request.request_id}"
    assert people.manager.open(about).form().send().status == 422
    page = people.other_manager.open(about)
    assert "Asked for by Martin Lee: Clearer." in page.text
    assert page.form().send().status == 303
    assert casebook.practice(a.CODE).standing[version].fact.rationale.words == "Put otherwise."


def test_a_withdrawal_of_anothers_entry_is_asked_for(people, record, casebook):
    record("caseworker", a.record_conversation())
    form = people.colleague.open(address("request-correction")).form()
    form.send(correction_kind="withdraw", said="ignored", correction_reason="It was another practice.")
    request = next(iter(casebook.practice(a.CODE).requests.values()))
    assert (request.kind, request.fields) == ("withdraw", ())


def test_a_withdrawn_entry_is_not_corrected(people, record):
    record("caseworker", a.record_conversation())
    people.caseworker.open(address("withdraw-fact")).form().send(reason="Another practice.")
    assert people.caseworker.open(address("correct-fact")).status == 404


def test_a_kind_of_flag_is_not_taken_for_a_kind_of_request(people, record, history):
    record("colleague", a.raise_flag())
    form = people.caseworker.open(address("request-correction")).form()
    form.send(kind="shifting", correction_reason="It changed over time.")
    assert [field.field for field in history()[-1].fields] == ["kind"]


def test_a_correction_keeps_what_an_entry_is_about_though_it_is_over_since(people, record, history):
    flag, action = a.raise_flag(), a.propose_action()
    record("colleague", flag)
    record("colleague", action)
    record(
        "caseworker", a.record_conversation(about_flags=(flag.flag_id,), about_actions=(action.action_id,))
    )
    record("colleague", a.clear_flag(flag_id=flag.flag_id))
    record("colleague", a.cancel_action(action_id=action.action_id))
    form = people.caseworker.open(address("correct-fact", 5)).form()
    form.send(said="Otherwise.", correction_reason="I misheard.")
    assert [field.field for field in history()[-1].fields] == ["said"]


def test_the_day_of_an_entry_is_corrected_but_not_left_out(people, record):
    record("caseworker", a.record_conversation())
    page = (
        people.caseworker.open(address("correct-fact"))
        .form()
        .send(occurred_on=("", "", ""), correction_reason="x")
    )
    assert page.errors == {"#occurred_on-day": "Enter the date"}

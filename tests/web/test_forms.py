"""What forms share: choices, what stands in them first, and templates that tell of every mistyped name."""

from pathlib import Path

import pytest
from jinja2 import StrictUndefined, UndefinedError

from tests.support import factories as a
from tests.web.sent import SENT
from web.forms.fields import Chosen, Ticks
from web.forms.shapes import shapes
from web.practices.forms import FORMS

CONVERSATION = f"/practices/{a.CODE}/record-conversation"
CHOSEN = [
    (sent, one)
    for sent in SENT
    for one in (FORMS[sent.verb].fields if sent.verb in FORMS else ())
    if isinstance(one, Chosen) and one.name in {*sent.answers, "channel", "given_by", "attendees"}
]


@pytest.mark.parametrize(
    ("sent", "one"), [pytest.param(*case, id=f"{case[0].verb}-{case[1].name}") for case in CHOSEN]
)
def test_an_answer_that_was_not_offered_is_refused(people, record, history, sent, one):
    for who, command in sent.given:
        record(who, command)
    page = getattr(people, sent.by).open(sent.address)
    before = history()
    made_up = ["made-up"] if isinstance(one, Ticks) else "made-up"
    refused = page.form().fill(**{**sent.answers, one.name: made_up}).send()
    assert refused.status == 422
    [(where, said)] = refused.errors.items()
    assert where.startswith(f"#{one.name}")
    assert "was sent is not among them" in said
    assert history() == before


def test_a_cite_of_another_practice_is_refused(people, record, history):
    record("caseworker", a.record_conversation())
    form = people.manager.open(f"/practices/{a.CODE}/decide-tier").form()
    page = form.send(tier="room_for_improvement", rationale="Why.", inputs=["X90002/3"])
    assert "#inputs" in page.errors


def test_a_phone_call_needs_only_what_was_said(people, history):
    people.caseworker.open(CONVERSATION).form().send(said="Said.")
    [fact] = history()
    assert (fact.channel, fact.occurred_on, [one.side for one in fact.participants]) == (
        "phone", a.TODAY, ["contract_holder"],
    )  # fmt: skip
    assert fact.participants[0].person == "person-caseworker"


def test_the_other_organisation_is_named_and_ones_own_is_ticked(people):
    page = people.lead.open(CONVERSATION)
    assert "Larkdale CCG (you)" in page.text
    assert "North Moor area team" in page.text
    assert page.form().fields.getlist("attendees") == ["local_commissioner"]


def test_somebody_from_elsewhere_is_not_one_of_us(people, history):
    page = (
        people.caseworker.open(CONVERSATION)
        .form()
        .send(said="x", attendees=[], **{"attendees-other": "patient"})
    )
    assert page.errors == {"#attendees-1": "Choose who took part"}
    assert history() == []


def test_a_proposal_that_is_decided_begins_from_what_was_proposed(people, record, casebook):
    record("caseworker", a.record_conversation())
    record(
        "caseworker",
        a.propose_tier(proposal_id="proposal-0000aaaa", inputs=(f"{a.CODE}/3",), tier="cause_for_concern"),
    )
    page = people.manager.open(f"/practices/{a.CODE}/decide-tier?proposal_id=proposal-0000aaaa")
    assert "recorded by Amira Khan" in page.text
    fields = page.form().fields
    assert (fields["tier"], fields.getlist("inputs")) == ("cause_for_concern", [f"{a.CODE}/3"])
    checked = page.form().send(rationale="As proposed.")
    assert checked.title.startswith("Check your answers")
    assert "Cause for concern" in checked.text
    assert casebook.practice(a.CODE).decisions == []
    back = checked.form().send("Change an answer")
    assert back.form().fields["rationale"] == "As proposed."
    assert checked.form().send().status == 303
    assert casebook.practice(a.CODE).proposals["proposal-0000aaaa"].status == "decided"


@pytest.mark.parametrize("address", ["occurred_on=nonsense", "channel=nonsense", "said=%3Cb%3E", "about_flags=x", "next_contact_on=2026-02-31"])  # fmt: skip
def test_an_address_may_say_anything(people, address):
    assert people.caseworker.open(f"{CONVERSATION}?{address}").status == 200


def test_every_question_is_one_of_its_command():
    for form in FORMS.values():
        known = set(shapes(form.command)) | set(form.extra)
        assert {one.name for one in form.fields} <= known, form.name


def test_templates_are_strict_and_escape_whatever_they_are_called(app):
    assert app.jinja_env.undefined is StrictUndefined
    assert app.jinja_env.autoescape is True
    assert app.jinja_env.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ mistyped }}").render()


def test_the_macros_of_the_design_system_escape_too(app):
    shown = app.jinja_env.from_string('{{ nhsuk.tag({"text": words}) }}').render(words="<b>")
    assert "&lt;b&gt;" in shown


def test_every_template_compiles_and_none_says_that_something_is_safe(app):
    folder = Path(app.root_path) / "templates"
    templates = app.jinja_env.list_templates(extensions=["html"])
    assert len(templates) > 15
    for name in templates:
        app.jinja_env.get_template(name)
        source = (folder / name).read_text()
        assert "style=" not in source, name
        assert "<script" not in source, name
        assert "|safe" not in source.replace(" ", ""), name


def test_many_facts_fold_away_by_group_and_what_is_chosen_stands_open(people, record):
    for _ in range(12):
        record("caseworker", a.record_conversation())
    record("caseworker", a.raise_flag())
    page = people.manager.open(f"/practices/{a.CODE}/decide-tier")
    groups = {
        "".join(one.find("summary").itertext()): one.get("open") is not None for one in page.all("details")
    }
    assert groups == {"What was said (12)": True, "Flags (1)": False}
    again = page.form().send(inputs=[f"{a.CODE}/15"])
    groups = {
        "".join(one.find("summary").itertext()): one.get("open") is not None for one in again.all("details")
    }
    assert groups == {"What was said (12)": True, "Flags (1, 1 chosen)": True}
    assert again.form().fields.getlist("inputs") == [f"{a.CODE}/15"]

"""What forms share: choices, what stands in them first, and templates that tell of every mistyped name."""

from pathlib import Path

import pytest
from jinja2 import StrictUndefined, UndefinedError

from domain.access.roles import SIDE_OF
from domain.practice.kinds import ROLES_OF
from tests.support import factories as a
from tests.support.given import OPERATOR
from tests.web.person import words_of
from tests.web.sent import ACTION, SAID_OF_A_TIER, SENT, agreed_action
from web.forms.fields import Chosen, Ticks
from web.forms.shapes import shapes
from web.practices.forms import FORMS
from web.practices.forms.attendees import MY_ROLE, USUAL

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
    assert "You, for Larkdale CCG" in page.text
    assert "Caseworker, North Moor area team" in page.text
    assert page.form().fields.getlist("attendees") == ["you"]


def test_somebody_from_elsewhere_is_not_one_of_us(people, history):
    page = with_others(people, ["other:care_quality_inspector"], attendees=[])
    assert page.errors == {"#attendees-1": "Choose who took part"}
    assert history() == []


def test_everybody_who_speaks_for_a_side_takes_part_in_a_role_of_it():
    assert set(MY_ROLE) == set(SIDE_OF)
    assert all(role in ROLES_OF[SIDE_OF[who]] for who, role in MY_ROLE.items())


def test_the_usual_people_are_ones_of_their_side():
    assert all(set(roles) < set(ROLES_OF[which]) for which, roles in USUAL.items())


def with_others(people, roles, described=(), **more):
    """A conversation that is sent with other people than the usual, one in each row."""
    form = people.caseworker.open(CONVERSATION).form()
    words = [*described, *[""] * (len(roles) - len(described))]
    return form.send(said="x", **{"attendees-role": roles, "attendees-described": words}, **more)


def test_the_usual_people_are_ticked_and_everybody_else_is_chosen_by_role(people, history):
    page = people.caseworker.open(CONVERSATION)
    [roles, *_] = page.all("select", name="attendees-role")
    assert [group.get("label") for group in roles.iter("optgroup")] == [
        "North Moor area team", "Larkdale CCG", "The practice", "From elsewhere",
    ]  # fmt: skip
    listed = [words_of(one) for one in roles.iter("option")]
    assert listed[0] == "Nobody"
    assert {"Quality lead, North Moor area team", "Quality lead, Larkdale CCG", "Salaried GP"} < set(listed)
    assert {"Another role, the practice", "Another role, from elsewhere"} < set(listed)
    with_others(
        people,
        ["practice:salaried_gp", "", "practice:other", "other:local_medical_committee_member"],
        ["", "", "Locum manager"],
        attendees=["you", "practice:practice_manager", "local_commissioner:clinical_lead_gp"],
    )
    [fact] = history()
    assert [(one.side, one.role, one.described and one.described.words, one.person) for one in fact.participants] == [
        ("contract_holder", "caseworker", None, "person-caseworker"),
        ("practice", "practice_manager", None, None),
        ("local_commissioner", "clinical_lead_gp", None, None),
        ("practice", "salaried_gp", None, None),
        ("practice", "other", "Locum manager", None),
        ("other", "local_medical_committee_member", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "described", "where", "said"),
    [
        ("practice:other", "", "#attendees-described-2", "Enter which other role it was"),
        ("practice:gp_partner", "Dr", "#attendees-role-2", "Choose “Another role” instead of “GP partner”"),
        ("", "Locum manager", "#attendees-role-2", "Choose “Another role” of the side"),
        ("practice:caseworker", "", "#attendees-role-2", "was sent is not among them"),
        ("you", "", "#attendees-role-2", "was sent is not among them"),
        ("practice:other", "9434765919", "#attendees-1", "NHS number"),
    ],
)
def test_a_row_that_says_nothing_clear_is_shown_again_with_what_was_typed(
    people, history, role, described, where, said
):
    page = with_others(people, ["", role], ["", described])
    assert page.status == 422
    [(led_to, words)] = page.errors.items()
    assert led_to == where
    assert said in words
    assert page.by_id(where.removeprefix("#")) is not None
    fields = page.form().fields
    assert fields.getlist("attendees-described")[1] == described
    assert fields.getlist("attendees-role")[1] == (role if "among them" not in said else "")
    assert history() == []


def test_a_practice_without_a_local_commissioner_offers_none_of_its_roles(people, casebook):
    casebook.handle(
        a.CODE, a.assign_responsibility(local_commissioner=None), OPERATOR, command_id=a.new_id("command")
    )
    page = people.caseworker.open(CONVERSATION)
    assert "Clinical lead (GP)" not in page.text
    [roles, *_] = page.all("select", name="attendees-role")
    assert len(list(roles.iter("optgroup"))) == 3


def test_a_proposal_that_is_decided_begins_from_what_was_proposed(people, record, casebook):
    record("caseworker", a.record_conversation())
    record(
        "caseworker",
        a.propose_tier(proposal_id="proposal-0000aaaa", inputs=(f"{a.CODE}/3",), tier="cause_for_concern"),
    )
    people.manager.open(f"/practices/{a.CODE}")
    page = people.manager.open(f"/practices/{a.CODE}/decide-tier?proposal_id=proposal-0000aaaa")
    assert "recorded by Amira Khan" in page.text
    fields = page.form().fields
    assert (fields["tier"], fields.getlist("inputs")) == ("cause_for_concern", [f"{a.CODE}/3"])
    checked = page.form().send(rationale="As proposed.", immediate_safety="It cannot wait.", **SAID_OF_A_TIER)
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


@pytest.mark.parametrize("verb", ["agree-entry", "amend-entry", "dispute-entry", "request-access", "take-emergency-access", "change-visibility"])  # fmt: skip
def test_a_form_may_be_sent_about_any_number(people, record, verb):
    record("caseworker", a.record_conversation())
    lead = people.lead if verb != "change-visibility" else people.caseworker
    token = lead.open("/account").form_of_header()
    for version in ("1" * 5_000, "٣", "0", "9" * 9):
        sent = {"csrf_token": token, "version": version, "said": "x", "reason": "x", "visibility": "internal"}
        assert lead.post(f"/practices/{a.CODE}/{verb}?version=3", sent).status in {400, 422}


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
        # The only script is that of pages of the past.
        assert source.count("<script") == (name == "layout/base.html"), name
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


def test_what_is_chosen_stands_first_in_its_group(people, record):
    for _ in range(13):
        record("caseworker", a.record_conversation())
    page = people.manager.open(f"/practices/{a.CODE}/decide-tier")
    offered = [one.get("value") for one in page.all("input") if one.get("name") == "inputs"]
    again = page.form().send(inputs=[offered[-1], offered[6]])
    shown = [one.get("value") for one in again.all("input") if one.get("name") == "inputs"]
    rest = [one for one in offered if one not in {offered[6], offered[-1]}]
    assert shown == [offered[6], offered[-1], *rest]


def test_what_is_about_the_action_stands_first_among_what_shows_that_it_was_done(people, record):
    for _ in range(12):
        record("caseworker", a.record_conversation())
    for who, command in agreed_action():
        record(who, command)
    record("caseworker", a.progress_action(action_id=ACTION, words="Two of three are done."))
    page = people.caseworker.open(f"/practices/{a.CODE}/complete-action?action_id={ACTION}")
    groups = {words_of(one.find("summary")): one.get("open") is not None for one in page.all("details")}
    assert list(groups.items())[:2] == [("About this action (1)", True), ("What was said (12)", False)]
    assert "One of these two is needed" in page.text
    assert "Or which document shows it? (optional)" not in page.text

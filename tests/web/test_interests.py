"""People declare interests; whoever takes no part in a practice does not see it, until another manager says so."""

import pytest

from domain.access import events as e
from tests.support import factories as a
from tests.web.conftest import PEOPLE, tell

INTEREST = "interest-0000aaaa"


def mine(who):
    return PEOPLE[who][0]


def declare(people, who, about=None, **answers):
    form = getattr(people, who).open(f"/interests/{mine(about or who)}/declare-interest").form()
    return form.send(**{"nature": "partner_or_owner", "practice": a.CODE.lower(), **answers})


def facts(casebook, who):
    return [entry.fact for entry in casebook.history(mine(who))][2:]


def test_who_has_declared_none_is_told_what_to_declare(people):
    page = people.caseworker.open("/interests")
    assert page.heading == "Interests"
    assert "You have declared none. Declare whatever could sway your judgement" in page.text
    assert people.caseworker.open("/account").links["Interests"] == "/interests"


def test_an_interest_is_declared_and_ended_and_bars_from_nothing(people, casebook):
    assert declare(people, "caseworker", words="A tenth share.").location == "/interests"
    page = people.caseworker.open("/interests")
    assert "Partner or owner: practice X90001" in page.text
    assert "A tenth share." in page.text
    assert people.caseworker.open(f"/practices/{a.CODE}").status == 200
    [link] = [href for text, href in page.links.items() if text.startswith("End this interest")]
    assert people.caseworker.open(link).form().send(reason="Sold it.").location == "/interests"
    assert [type(fact) for fact in facts(casebook, "caseworker")] == [e.InterestDeclared, e.InterestEnded]
    assert "ended 21 November 2026" in people.caseworker.open("/interests").text


def test_who_takes_no_part_is_recused_with_the_same_form_and_sees_the_practice_nowhere(
    people, casebook, record
):
    record("manager", a.name_caseworker(caseworker=mine("caseworker")))
    record("colleague", a.propose_action(action_id="action-0000aaaa"))
    before = people.lead.open("/").text
    assert "Larkfield" in before
    for who in ("caseworker", "lead"):
        assert declare(people, who, takes_no_part="yes").location == "/interests"
        person = getattr(people, who)
        page = person.open("/interests")
        assert "You take no part in X90001" in page.text
        assert "Takes no part in practice X90001" in page.text
        assert not [text for text in page.links if text.startswith("Let them")]
        for address in (
            f"/practices/{a.CODE}",
            f"/practices/{a.CODE}/record",
            f"/practices/{a.CODE}/record-conversation",
        ):
            assert person.open(address).status == 404
        for address in ("/", "/practices", "/practices?words=larkfield", "/audit"):
            assert "Larkfield" not in person.open(address).text, address
        assert [type(fact) for fact in facts(casebook, who)] == [e.InterestDeclared, e.PersonRecused]


def test_another_manager_lets_them_take_part_again_and_nobody_themselves(people, casebook, record):
    for who in ("manager", "lead"):
        record(who, a.recuse_person(person_id=mine(who)), mine(who))
    record("caseworker", a.recuse_person(person_id=mine("caseworker")), mine("caseworker"))
    own = f"/interests/{mine('manager')}/end-recusal?practice={a.CODE}"
    assert people.manager.open(own).status == 403
    assert (
        people.caseworker.open(f"/interests/{mine('caseworker')}/end-recusal?practice={a.CODE}").status == 403
    )
    # A manager who takes no part in it says nothing about others' part in it.
    assert people.manager.open(f"/interests/{mine('caseworker')}/end-recusal?practice={a.CODE}").status == 404
    page = people.other_manager.open("/interests")
    for who in ("manager", "caseworker", "lead"):
        name = PEOPLE[who][1]
        href = page.links[f"Let them take part again: {name}, {a.CODE}"]
        assert (
            people.other_manager.open(href).form().send(reason="The share was sold.").location == "/interests"
        )
        assert getattr(people, who).open(f"/practices/{a.CODE}").status == 200
    assert "Ended by Helen Ford: The share was sold." in people.manager.open("/interests").text


def test_a_manager_declares_for_the_own_people_and_has_them_take_no_part(people, casebook):
    assert "Jo Park" in people.manager.open("/interests").text
    assert "Priya Shah" not in people.manager.open("/interests").text
    assert declare(people, "manager", about="colleague").location == "/interests"
    form = people.manager.open(f"/interests/{mine('colleague')}/recuse-person").form()
    assert form.send(practice=a.CODE, reason="Their sister works there.").location == "/interests"
    assert people.colleague.open(f"/practices/{a.CODE}").status == 404
    assert "declared by Martin Lee" in people.colleague.open("/interests").text
    assert "recorded by Martin Lee" in people.colleague.open("/interests").text
    assert people.manager.open(f"/interests/{mine('lead')}/declare-interest").status == 404
    assert people.caseworker.open(f"/interests/{mine('colleague')}/declare-interest").status == 404


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"nature": ""}, {"#nature": "Choose what kind of interest it is"}),
        ({"practice": ""}, {"#practice": "Enter the code of a practice, or choose an organisation"}),
        ({"practice": "larkfield road"}, {"#practice": "Enter 10 characters or fewer"}),
        ({"nature": "other"}, {"#words": "Say what the interest is"}),
        (
            {"practice": "X90009"},
            {
                "#practice": "No practice of this code is theirs to read. Check the code, or choose an organisation "
                "and say it in words"
            },
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(people, answers, errors):
    page = declare(people, "caseworker", to_on=(1, 12, 2027), **answers)
    assert page.status == 422
    assert set(page.errors) == set(errors)
    assert page.form().fields["to_on-year"] == "2027"


def test_of_a_practice_elsewhere_nobody_is_told_that_it_is_there(people, casebook):
    tell(casebook, a.register_practice(code="X90009", contract_holder="Q50"), "X90009")
    there = declare(people, "caseworker", practice="X90009")
    missing = declare(people, "caseworker", practice="X90010")
    assert (there.status, there.errors) == (missing.status, missing.errors)


def test_an_auditor_reads_whose_interests_there_are_and_who_gave_which_role(people, record):
    record(
        "lead",
        a.declare_interest(person_id=mine("lead"), takes_no_part=True, words="My brother’s practice."),
        mine("lead"),
    )
    page = people.auditor.open("/interests")
    assert "Priya Shah" in page.text
    assert "My brother’s practice." in page.text
    assert "Jo Park" not in page.text
    person = people.auditor.open(f"/people/{mine('lead')}")
    assert "My brother’s practice." in person.text
    assert "from 21 November 2026, given by operator" in person.text
    assert "Give a role" not in person.text
    assert "Add a person" not in people.auditor.open("/people/").text
    assert "My brother’s practice." not in people.administrator.open(f"/people/{mine('lead')}").text
    assert people.administrator.open("/interests").status == 403


def test_a_person_page_shows_who_gave_and_ended_each_role(people):
    person = mine("colleague")
    people.administrator.open(f"/people/{person}/grant-role").form().send(role="adviser", organisation="Q99")
    people.administrator.open(f"/people/{person}/end-role").form().send(reason="Left.")
    text = people.administrator.open(f"/people/{person}").text
    assert "Medical or quality lead, North Moor area team from 21 November 2026, given by Sam Okoro" in text
    assert text.count("by Sam Okoro") == 3

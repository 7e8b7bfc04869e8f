"""An administrator adds people, gives and ends roles, and makes links; nobody else does, nor for themselves."""

from urllib.parse import urlsplit

from domain.access import events as e
from tests.support import factories as a
from tests.web.conftest import PEOPLE
from tests.web.person import Person

NEW = {"name": "Noor Aziz", "email": "Noor.Aziz@example.org", "role": "caseworker", "organisation": "Q99"}


def facts(casebook, person):
    return [type(entry.fact) for entry in casebook.history(person)]


def add(people, **other):
    return people.administrator.open("/people/add-person").form().send(**{**NEW, **other})


def link_on(page):
    return urlsplit("".join(page.all("code")[0].itertext())).path


def test_somebody_added_chooses_a_password_and_works(people, app, casebook, stores):
    page = add(people)
    assert page.status == 200
    assert "It is shown here only" in page.text
    person_id = stores.account("noor.aziz@example.org").person_id
    assert facts(casebook, person_id) == [e.PersonAdded, e.RoleGranted, e.SignInLinkMade]
    somebody = Person(app)
    landed = (
        somebody.open(link_on(page))
        .form()
        .send(password="a whole new password", again="a whole new password")
    )
    assert landed.location == "/"
    assert somebody.open("/practices/X90001/record-conversation").status == 200
    assert "Noor Aziz" in people.administrator.open("/people/").text


def test_an_address_is_one_persons(people, casebook, stores):
    add(people)
    again = add(people, name="Somebody Else", email="NOOR.AZIZ@example.org")
    assert again.status == 422
    assert again.errors == {"#email": "Somebody already signs in with this address"}
    assert again.form().fields["name"] == "Somebody Else"


def test_a_form_sent_twice_adds_one_person(people, casebook, stores):
    form = people.administrator.open("/people/add-person").form().fill(**NEW)
    assert [form.send().status, form.send().status] == [200, 200]
    person_id = stores.account("noor.aziz@example.org").person_id
    assert facts(casebook, person_id).count(e.PersonAdded) == 1


def test_what_is_wrong_is_said_at_its_field(people):
    page = add(people, name="", email="no address", role="caseworker", organisation="")
    assert page.errors == {"#name": "Enter their name"}
    assert list(add(people, email="no address").errors) == ["#email"]
    assert list(add(people, organisation="").errors) == ["#organisation"]
    assert list(add(people, role="sovereign").errors) == ["#role"]


def test_a_role_is_given_and_ended(people, casebook):
    person = PEOPLE["colleague"][0]
    landed = (
        people.administrator.open(f"/people/{person}/grant-role")
        .form()
        .send(role="manager", organisation="Q99")
    )
    assert landed.location == f"/people/{person}"
    page = people.administrator.open(f"/people/{person}")
    assert "Manager, North Moor area team" in page.text
    assert people.colleague.open("/register-practice").status == 200
    people.administrator.open(f"/people/{person}/end-role").form().send(reason="Left.")
    assert casebook.asked_as(person).role == "none"
    assert people.colleague.open("/practices/X90001/record-conversation").status == 404
    assert facts(casebook, person)[-2:] == [e.RoleGranted, e.RoleEnded]


def test_what_somebody_still_has_is_told_before_their_role_is_ended(people, record):
    person, other = PEOPLE["caseworker"][0], PEOPLE["colleague"][0]
    address = f"/people/{person}/end-role"
    assert "They are still" not in people.administrator.open(address).text
    record("manager", a.name_caseworker(caseworker=person))
    record("caseworker", a.arrange_cover(person_id=other, absent=person), other)
    assert (
        "They are still the caseworker of 1 practice and are covered by Jo Park until 4 December 2026."
        in people.administrator.open(address).text
    )


def test_whose_role_ended_is_told_so_and_offered_nothing(people):
    people.administrator.open(f"/people/{PEOPLE['lead'][0]}/end-role").form().send(reason="Left.")
    page = people.lead.open("/")
    assert "You have no role today" in page.text
    assert "You read everything" not in page.text
    main = page.by_id("maincontent")
    assert [one.get("href") for one in main.iter("a")] == []
    assert [one.get("href") for one in page.all("a", class_="nhsuk-header__navigation-link")] == []


def test_the_same_role_again_records_nothing(people, casebook):
    person = PEOPLE["colleague"][0]
    before = facts(casebook, person)
    people.administrator.open(f"/people/{person}/grant-role").form().send(
        role="caseworker", organisation="Q99"
    )
    assert facts(casebook, person) == before
    assert "Nothing was changed" in people.administrator.open("/account").text


def test_nobody_changes_their_own_role(people, casebook):
    person = PEOPLE["administrator"][0]
    page = people.administrator.open(f"/people/{person}/grant-role").form().send(role="auditor")
    assert page.status == 422
    assert "Another administrator must change your role" in page.text
    assert "Another administrator" in people.administrator.open(f"/people/{person}").text


def test_a_new_link_ends_the_one_before(people, app):
    address = f"/people/{PEOPLE['colleague'][0]}/make-sign-in-link"
    first, second = (link_on(people.administrator.open(address).form().send()) for _ in range(2))
    assert Person(app).open(first).status == 410
    assert Person(app).open(second).status == 200


def test_an_unknown_person_is_not_found(people):
    assert people.administrator.open("/people/person-nobody00").status == 404
    assert people.administrator.open("/people/practice-X90001/end-role").status == 404

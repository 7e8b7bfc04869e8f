"""A provider's practices together: those that a reader may read, and of the others nothing, not even that there are any."""

import re
from datetime import date

import pytest

from domain.access.permissions import Scope
from domain.practice.provider import provider_on
from domain.rules import operator
from projections import providers
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.conftest import NOW

OTHER, NAMED, FAR = "X90002", "X90003", "X90004"
PRACTICE = f"/practices/{a.CODE}"
PAGE = f"{PRACTICE}/provider"
FERNHILL, CODE = "Fernhill Health Partnership", "8HX01"
PEOPLE = ("caseworker", "manager", "adviser", "lead", "auditor")


@pytest.fixture
def four(casebook, record):
    """Four practices of one provider, each said otherwise; the last is not the lead's to read."""
    for code, name, commissioner in (
        (OTHER, "Fellside Surgery", a.COMMISSIONER),
        (NAMED, "Gatehouse Practice", a.COMMISSIONER),
        (FAR, "Far Away Surgery", "97A"),
    ):
        registered = a.register_practice(code=code, name=name, local_commissioner=commissioner)
        casebook.handle(code, registered, operator(NOW), command_id=a.new_id("command"))
    name_provider(record, a.CODE, provider_code=CODE)
    name_provider(record, OTHER, provider_name="Fernhill", provider_code=CODE)
    name_provider(record, NAMED, provider_name="FERNHILL - Health Partnership")
    name_provider(record, FAR, provider_code=CODE)


def name_provider(record, code, **fields):
    record("caseworker", a.name_provider(**{"from_on": date(2025, 4, 1), **fields}), code)


def shown(person, address=PAGE):
    return re.findall(r'<th scope="row"[^>]*><a href="/practices/(\w+)"', person.open(address).html)


def test_a_provider_is_recorded_and_stands_on_the_practices_page(people):
    page = people.caseworker.open(PAGE)
    assert "Which provider this practice’s contract is with is not recorded" in page.text
    form = people.caseworker.open(page.links["Record the provider"]).form()
    assert form.send(provider_name="").errors["#provider_name"] == "Enter what the provider is called"
    sent = form.send(provider_name=FERNHILL, provider_code=CODE, from_on=(1, 4, 2025))
    assert f"Provider: {FERNHILL} ({CODE})" in people.caseworker.follow(sent).text
    for who in PEOPLE:
        links = getattr(people, who).open(PRACTICE).links
        assert links[FERNHILL] == f"{PRACTICE}/entries/3"
        assert links["The provider’s practices"] == PAGE
        assert ("Record another provider" in getattr(people, who).open(PAGE).links) == (
            who in {"caseworker", "manager"}
        )


def test_practices_of_one_code_or_where_there_is_none_of_one_name_stand_together(people, four, record):
    for who in ("caseworker", "manager", "adviser", "auditor"):
        assert set(shown(getattr(people, who))) == {a.CODE, OTHER, NAMED, FAR}
    # The third has the name of the first, and no code: it is not known to be the second's.
    assert set(shown(people.caseworker, f"/practices/{OTHER}/provider")) == {a.CODE, OTHER, FAR}
    assert set(shown(people.caseworker, f"/practices/{NAMED}/provider")) == {a.CODE, NAMED, FAR}


def test_the_page_tells_how_each_stands(people, four, record):
    record("caseworker", a.raise_flag(), NAMED)
    record("colleague", a.propose_action(due_on=a.TODAY), OTHER)
    record("caseworker", a.record_conversation(occurred_on=date(2026, 11, 19)), a.CODE)
    page = people.caseworker.open(PAGE)
    assert shown(people.caseworker)[0] == NAMED  # an alert goes before what has none
    assert "1 alert" in page.text
    assert "2 days" in page.text
    assert "1 April 2025" in page.text


def test_whoever_may_not_read_all_of_them_is_not_told_that_there_are_others(people, four, record):
    before = people.lead.open(PAGE)
    assert set(shown(people.lead)) == {a.CODE, OTHER, NAMED}
    assert FAR not in before.html
    assert "Far Away" not in before.html
    name_provider(record, FAR, provider_name="Somebody else", from_on=date(2026, 1, 1))
    assert people.lead.open(PAGE).text == before.text
    assert set(shown(people.caseworker)) == {a.CODE, OTHER, NAMED}
    assert people.lead.open(f"/practices/{FAR}/provider").status == 404
    assert people.lead.open(f"/practices/{FAR}/provider.csv").status == 404
    assert people.stranger.open(PAGE).status == 404


def test_alone_it_says_so_whether_there_are_others_that_one_may_not_read_or_none(people, casebook, record):
    name_provider(record, a.CODE)
    alone = people.lead.open(PAGE).text
    assert "No other practice that you may read is recorded with this provider" in alone
    far = a.register_practice(code=FAR, name="Far Away Surgery", local_commissioner="97A")
    casebook.handle(FAR, far, operator(NOW), command_id=a.new_id("command"))
    name_provider(record, FAR)
    assert people.lead.open(PAGE).text == alone
    assert set(shown(people.caseworker)) == {a.CODE, FAR}


def test_whoever_takes_no_part_in_one_does_not_see_it_among_the_others(people, four, record):
    interest = a.declare_interest(
        person_id="person-manager01", interest_id="interest-00000000", practice=OTHER, takes_no_part=True
    )
    record("manager", interest, "person-manager01")
    assert set(shown(people.manager)) == {a.CODE, NAMED, FAR}
    assert OTHER not in people.manager.open(f"{PAGE}.csv").html


def test_a_provider_that_ended_or_has_not_begun_has_no_practices(people, four, record):
    name_provider(record, OTHER, provider_name="Moorside Ltd", from_on=date(2026, 1, 1))
    name_provider(record, NAMED, provider_name="Moorside Ltd", from_on=date(2027, 4, 1))
    assert set(shown(people.caseworker)) == {a.CODE, NAMED, FAR}
    page = people.caseworker.open(f"/practices/{NAMED}")
    assert "Next: Moorside Ltd from 1 April 2027" in page.text


def test_the_file_has_the_practices_of_the_page_for_its_reader(people, four, stores):
    for who, known in (("lead", {a.CODE, OTHER, NAMED}), ("caseworker", {a.CODE, OTHER, NAMED, FAR})):
        lines = getattr(people, who).open(f"{PAGE}.csv").html.splitlines()
        assert {line.split(",")[1] for line in lines[2:]} == known
    assert len(people.lead.open(f"/practices/{NAMED}/provider.csv").html.splitlines()) == 4


def test_the_name_of_a_provider_is_sealed(casebook, record, stores):
    name_provider(record, a.CODE)
    history = casebook.history(f"practice-{a.CODE}")
    assert provider_on(casebook.practice(a.CODE), a.TODAY).name.words == FERNHILL
    assert FERNHILL.encode() not in b"".join(stored(stores))
    assert history[-1].fact.provider_name.words == FERNHILL


def stored(stores):
    return [file.read_bytes() for file in stores.settings.home.rglob("record.db*") if file.is_file()]


def test_somebody_who_may_read_nothing_is_given_nothing(stores, casebook, four):
    Views(stores).catch_up()
    provider = provider_on(casebook.practice(a.CODE), a.TODAY)
    with Views(stores).reading() as reading:
        assert providers.practices_of(reading, provider, Scope(), a.TODAY) == []
        assert len(providers.practices_of(reading, provider, Scope(everything=True), a.TODAY)) == 4

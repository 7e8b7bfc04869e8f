"""Linked practices: seen from both, by whoever may read both, and nowhere by anybody else."""

import pytest

from domain.rules import operator
from tests.support import factories as a
from tests.web.conftest import NOW

OTHER, FAR = "X90002", "X90003"
LINKS = f"/practices/{a.CODE}/links"
WHY = "Both are run by the Fellside partnership"
PEOPLE = ("caseworker", "manager", "adviser", "lead", "auditor")


@pytest.fixture
def two(casebook):
    """Another practice of the same organisations, and one of others."""
    for code, name, holder, commissioner in (
        (OTHER, "Fellside Surgery", a.HOLDER, a.COMMISSIONER),
        (FAR, "Far Away Surgery", a.HOLDER, "97A"),
    ):
        command = a.register_practice(
            code=code, name=name, contract_holder=holder, local_commissioner=commissioner
        )
        casebook.handle(code, command, operator(NOW), command_id=a.new_id("command"))


def link(people, who="caseworker", other=OTHER):
    form = getattr(people, who).open(f"{LINKS}/link").form()
    return form.send(other=other, reason=WHY)


def test_a_link_is_made_seen_from_both_and_ended(people, two, casebook):
    assert people.caseworker.open(f"/practices/{a.CODE}").links["Linked practices"] == LINKS
    assert "No practice that you may read is linked" in people.caseworker.open(LINKS).text
    page = people.caseworker.follow(link(people))
    assert "The practices are linked" in page.text
    for who in PEOPLE:
        person = getattr(people, who)
        here, there = person.open(LINKS), person.open(f"/practices/{OTHER}/links")
        assert here.links["Fellside Surgery"] == f"/practices/{OTHER}"
        assert there.links["Larkfield Road Surgery"] == f"/practices/{a.CODE}"
        assert WHY in here.text
        assert WHY in there.text
    end = page.links["End this link with Fellside Surgery"]
    form = people.lead.open(end).form()
    assert form.send(reason="").errors == {"#reason": "Enter why they belong together no more"}
    page = people.lead.follow(form.send(reason="It was dissolved."))
    assert "The link is ended" in page.text
    assert (
        "Ended 21 November 2026: It was dissolved." in people.manager.open(f"/practices/{OTHER}/links").text
    )
    assert people.caseworker.open(end).status == 404
    assert len(casebook.history(f"link-{a.CODE}")) == 2


def test_whoever_may_not_read_both_is_told_nothing(people, two, casebook):
    assert link(people, other=FAR).status == 303
    assert "Far Away" in people.caseworker.open(LINKS).text
    for address in (LINKS, f"/practices/{a.CODE}", f"/practices/{a.CODE}/record", "/", "/practices"):
        page = people.lead.open(address)
        assert "Far Away" not in page.text
        assert WHY not in page.text
        assert FAR not in page.html
    assert people.lead.open(f"/practices/{FAR}/links").status == 404
    assert people.stranger.open(LINKS).status == 404
    refused = people.lead.open(f"{LINKS}/link").form().send(other=FAR, reason=WHY)
    missing = people.lead.open(f"{LINKS}/link").form().send(other="X99999", reason=WHY)
    assert (
        refused.errors
        == missing.errors
        == {"#other": "No practice of this code is yours to read. Check the code"}
    )


def test_whoever_takes_no_part_in_one_sees_no_link_with_it(people, two, record):
    link(people)
    interest = a.declare_interest(
        person_id="person-manager01", interest_id="interest-00000000", practice=OTHER, takes_no_part=True
    )
    record("manager", interest, "person-manager01")
    assert "Fellside" not in people.manager.open(LINKS).text
    assert "Fellside" in people.other_manager.open(LINKS).text


def test_two_practices_are_linked_once_from_whichever_side(people, two):
    link(people)
    assert link(people).errors == {"#other": "These practices are linked already"}
    form = people.lead.open(f"/practices/{OTHER}/links/link").form()
    assert form.send(other=a.CODE, reason=WHY).errors == {"#other": "These practices are linked already"}
    form = people.lead.open(f"/practices/{OTHER}/links/link").form()
    assert form.send(other=OTHER, reason=WHY).errors == {"#other": "Enter the code of another practice"}


def test_an_auditor_and_an_administrator_link_nothing(people, two):
    assert people.auditor.open(f"{LINKS}/link").status == 403
    assert "Link another practice" not in people.auditor.open(LINKS).links
    assert people.administrator.open(LINKS).status == 404


def test_the_words_of_a_link_are_sealed(people, two, settings):
    link(people)
    for file in settings.home.rglob("*"):
        if file.is_file():
            assert WHY.encode() not in file.read_bytes(), file

"""References to performers' cases on their page, and nowhere else: whoever may not know of them sees no difference."""

from datetime import date

import pytest

from application.access_log import Wanted, lines
from tests.support import factories as a
from tests.web import test_visibility
from tests.web.conftest import PEOPLE
from tests.web.test_two_organisations import _without_tokens
from tests.web.test_visibility import as_told, begun, differences, told_to

PRACTICE = f"/practices/{a.CODE}"
PAGE = f"{PRACTICE}/performers"
ID = "performer-0000aaaa"
NUMBER = "PAG/2026/114"

worlds = test_visibility.worlds


@pytest.fixture
def referred(record):
    record("adviser", a.record_performer_reference(reference_id=ID, reference=NUMBER))


@pytest.fixture
def let_in(record):
    record("manager", a.grant_performer_access(until_on=date(2026, 11, 25), reason="For the audit."))


def noted(stores, what="read"):
    wanted = Wanted(about=f"performer-{a.CODE}", what=what)
    return [(one.person, one.name) for one in lines(stores.record_engine, wanted, 20)]


def test_an_adviser_records_a_reference_reads_it_and_closes_it(people, casebook, stores):
    assert people.adviser.open(PRACTICE).links["References to performers’ cases"] == PAGE
    assert "No reference is recorded" in people.adviser.open(PAGE).text
    form = people.adviser.open(f"{PAGE}/record").form()
    assert form.send(reference="").errors == {"#reference": "Enter the case’s number"}
    page = people.adviser.follow(form.send(reference=NUMBER))
    assert "The reference is recorded" in page.text
    assert NUMBER in page.text
    close = next(href for text, href in page.links.items() if text.startswith("Close this reference"))
    page = people.adviser.follow(people.adviser.open(close).form().send(reason="Its case ended."))
    assert "Its case ended." in page.text
    assert people.adviser.open(close).status == 404
    assert set(noted(stores)) == {(PEOPLE["adviser"][0], "Performers")}
    assert len(casebook.history(f"performer-{a.CODE}")) == 2


def test_a_manager_learns_whether_there_is_one_and_no_more(people, referred):
    page = people.manager.open(PAGE)
    assert "There is a reference to a case" in page.text
    assert NUMBER not in page.html
    for verb in ("record", f"close?reference_id={ID}"):
        assert people.manager.open(f"{PAGE}/{verb}").status == 404


def test_an_auditor_reads_them_only_while_let_in_and_each_reading_is_noted(people, referred, stores, clock):
    assert people.auditor.open(PAGE).status == 404
    assert PAGE not in people.auditor.open(PRACTICE).links.values()
    form = people.manager.open(f"{PAGE}/grant").form()
    assert form.send(person="", until_on=("", "", "")).errors == {
        "#person": "Choose an auditor",
        "#reason": "Enter why they need to read them",
        "#until_on-day": "Enter the last day",
    }
    sent = form.send(person=PEOPLE["auditor"][0], reason="For the audit.", until_on=(25, 11, 2026))
    assert "until 25 November 2026" in people.manager.follow(sent).text
    assert people.auditor.open(PRACTICE).links["References to performers’ cases"] == PAGE
    page = people.auditor.open(PAGE)
    assert "For the audit." in page.text
    assert "Record a reference" not in page.links
    assert (PEOPLE["auditor"][0], "Performers") in noted(stores)
    assert "Ruth Bell" in people.manager.open(PAGE).text
    clock.at = clock.at.replace(day=26)
    assert people.auditor.open(PAGE).status == 404


def test_it_is_ended_at_once(people, referred, let_in):
    page = people.manager.open(PAGE)
    end = next(href for text, href in page.links.items() if text.startswith("End it now"))
    page = people.manager.follow(people.manager.open(end).form().send(reason="No longer needed."))
    assert "No longer needed." in page.text
    assert people.auditor.open(PAGE).status == 404


@pytest.mark.parametrize("who", ["caseworker", "lead", "auditor", "administrator", "stranger"])
def test_for_anybody_else_there_is_no_such_page(people, referred, stores, who):
    person = getattr(people, who)
    before = len(noted(stores, "refused"))
    ends = ("", "/record", f"/close?reference_id={ID}", "/grant", f"/end?person={PEOPLE['auditor'][0]}")
    for end in ends:
        assert person.open(f"{PAGE}{end}").status == 404
    answer = person.client.get(PAGE)
    nothing = person.client.get(f"{PRACTICE}/no-such-page")
    assert _without_tokens(answer) == _without_tokens(nothing)
    assert len(noted(stores, "refused")) == before + len(ends) + 1


def test_the_access_log_tells_nobody_of_it(people, referred, let_in):
    people.adviser.open(PAGE)
    for address in ("/access-log", f"/access-log?practice={a.CODE}", "/access-log?person=person-adviser1"):
        assert "performer" not in people.auditor.open(address).text.lower()
        assert "performer" not in people.auditor.open(address.replace("log", "log.csv", 1)).html.lower()


def test_nothing_about_the_practice_differs_for_who_may_not_know_of_them(worlds):
    with_it, without_it = worlds
    for world in worlds:
        begun(world)
    for command in (
        a.record_performer_reference(reference_id=ID, reference=NUMBER),
        a.record_performer_reference(reference_id="performer-0000bbbb", reference=NUMBER),
        a.close_performer_reference(reference_id=ID),
    ):
        with_it.record("adviser", command)
    for world in worlds:
        world.record("colleague", a.propose_action(action_id=test_visibility.ACTION))
    for who in ("lead", "caseworker", "manager"):
        found = differences(told_to(with_it, who), told_to(without_it, who))
        assert found == {}, (who, found)
    read = [
        f"{PRACTICE}/record",
        PRACTICE,
        "/audit",
        "/records.csv",
        "/practices.csv",
        "/search?words=zanzibar",
        "/insight/",
    ]
    for address in read:
        pages = [as_told(world.person("auditor").open(address), {}) for world in worlds]
        assert pages[0] == pages[1], address
    assert with_it.versions_seen("auditor") == without_it.versions_seen("auditor")

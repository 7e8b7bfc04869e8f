"""Which pages have a past: every list does that the record tells, and any other says plainly that it is of today only."""

from datetime import date, timedelta

import pytest

from domain.access.commands import EndRole, GrantRole
from projections import past
from tests.support import factories as a
from tests.web.conftest import NOW, tell
from tests.web.person import words_of
from tests.web.test_cover import AMIRA, arrange
from tests.web.test_framework import drafted
from tests.web.test_interests import declare
from tests.web.test_links import LINKS, link, two
from tests.web.test_past import PRACTICE, last, main_of, then
from web.past.pages import LOOKED_BACK, TODAY_ONLY

__all__ = ["last", "two"]

LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def names_read_anew():
    """The copies of one installation that tests work on have one id and the same positions, and not the same people."""
    past._names.clear()


def test_each_page_that_only_reads_has_a_past_or_says_why_it_has_none(app):
    reads = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" not in rule.methods}
    open_to_all = {"static", "health", "clocks.set_clocks", "clocks.begin"}
    assert reads - LOOKED_BACK.keys() - TODAY_ONLY.keys() - open_to_all == set()
    assert LOOKED_BACK.keys() & TODAY_ONLY.keys() == set()
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {*LOOKED_BACK, *TODAY_ONLY} - there == set()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/access-log", "It has days of its own"),
        ("/audit/sample", "It has days of its own"),
        ("/practices/compared", "It has days of its own"),
        ("/drafts", "A draft is not in the record"),
        ("/account", "your account as it is"),
        (f"{PRACTICE}/performers", "Each reference says when it was recorded"),
        ("/interests/person-auditor1/declare-interest", "Nothing can be recorded in the past"),
    ],
)
def test_a_page_without_a_past_shows_nothing_of_today_in_its_place(people, last, path, why):
    page = people.auditor.open(then(path, last()))
    assert (page.status, page.heading) == (404, "This page is of today only")
    assert why in page.text
    assert page.links["Go to the page as it is today"] == path


def test_people_and_their_roles_are_shown_as_they_were(people, casebook, clock, last):
    before = last()
    clock.at = LATER
    granted = GrantRole(person_id=AMIRA, role="manager", organisation=a.HOLDER, reason="Promoted.")
    casebook.handle(AMIRA, granted, casebook.asked_as("person-admin001"), command_id=a.new_id("command"))
    today = people.administrator.open(f"/people/{AMIRA}")
    assert "Manager" in today.text
    assert today.links["See this page as it was on an earlier day"].startswith(
        "/as-it-was/begin?page=/people/"
    )
    was = people.administrator.open(then(f"/people/{AMIRA}", before))
    assert was.status == 200
    assert "Manager" not in was.text
    assert "Give a role" not in was.text
    listed = people.administrator.open(then("/people/", before)).text
    assert ("Role then" in listed, "Role today" in listed) == (True, False)
    assert "Manager" in people.auditor.open(then("/people/", last())).text
    rows = people.administrator.client.get(then("/people.csv", before)).get_data(as_text=True).splitlines()
    assert [row for row in rows if "Amira Khan" in row and "Caseworker" in row]


def test_interests_are_shown_as_they_were_to_whoever_may_know_of_them_today(people, casebook, clock, last):
    before = last()
    assert declare(people, "caseworker", words="A tenth share.").status == 303
    declared = last()
    for who in (people.manager, people.auditor):
        assert "A tenth share." not in who.open(then("/interests", before)).text
        assert "A tenth share." in who.open(then("/interests", declared)).text
    mine = people.caseworker.open(then("/interests", declared))
    assert "A tenth share." in mine.text
    assert [text for text in mine.links if text.startswith(("Declare", "End this", "Take no part"))] == []
    assert "A tenth share." not in people.lead.open(then("/interests", declared)).text
    clock.at = LATER
    tell(casebook, EndRole(person_id=AMIRA, reason="Went to the other team."), AMIRA)
    elsewhere = GrantRole(person_id=AMIRA, role="caseworker", organisation="Q88", reason="Went there.")
    tell(casebook, elsewhere, AMIRA)
    assert "A tenth share." not in people.manager.open(then("/interests", declared)).text
    assert "A tenth share." in people.auditor.open(then("/interests", declared)).text


def test_cover_is_shown_as_it_was_and_offers_nothing(people, record, last):
    record("manager", a.name_caseworker(caseworker=AMIRA))
    before = last()
    assert arrange(people, "caseworker", AMIRA, note="A course.").status == 303
    for who in ("caseworker", "manager"):
        page = getattr(people, who).open(then("/cover", last()))
        assert "Covered by Jo Park" in page.text
        assert "A course." in page.text
        assert [text for text in page.links if text.startswith(("End it", "Arrange", "Hand over"))] == []
        assert "Covered by" not in getattr(people, who).open(then("/cover", before)).text
    assert "You cover" in people.colleague.open(then("/cover", last())).text


def test_a_draft_of_the_rules_is_shown_as_it_was_and_before_it_is_none(people, last):
    before = last()
    address = drafted(people)
    page = people.manager.open(then(address, last()))
    assert page.status == 200
    assert "Publish it" not in page.links
    assert "Which practices would move" not in page.links
    assert people.manager.open(then(address, before)).status == 404


def test_templates_are_shown_as_they_were_and_casebooks_own_are_said_to_be_of_today(people, last):
    before = last()
    form = people.manager.open("/conversation-templates/write-template").form()
    assert form.send(name="Zanzibar calls", text="Who was there:").status == 303
    page = people.manager.open(then("/conversation-templates", last()))
    assert "Zanzibar calls" in page.text
    assert "shown as of today only" in page.text
    assert "Write a template" not in page.links
    assert "Zanzibar calls" not in people.manager.open(then("/conversation-templates", before)).text


def test_a_link_is_not_there_on_a_day_before_it_was_made(people, two, clock, last):
    clock.at = LATER
    assert link(people).status == 303
    for day, there in (("2026-12-20", False), ("2026-12-21", True)):
        page = people.auditor.open(then(LINKS, last(), day))
        assert ("Fellside Surgery" in page.text) == there, day


def test_what_is_passed_on_is_an_address_by_position(people, record, clock, last):
    record("caseworker", a.record_conversation(said="Zanzibar"))
    instant = f"{PRACTICE}?as-recorded-by=2026-11-21T10:00:00Z"
    page = people.auditor.open(instant)
    [exact] = [href for text, href in page.links.items() if text.startswith("use its address by position")]
    assert exact == f"{PRACTICE}?as-recorded-by={last()}&as-happened-on=2026-11-21"
    assert "a position shows the same for ever" in page.text
    assert main_of(people.auditor.open(exact)).count("Zanzibar") == main_of(page).count("Zanzibar") > 0
    # What is recorded in the same instant is in the page of the instant, and never in that of the position.
    record("caseworker", a.record_conversation(said="Quagga"))
    assert "Quagga" in people.auditor.open(instant).text
    assert "Quagga" not in people.auditor.open(exact).text
    assert "use its address by position" not in people.auditor.open(exact).text
    day_alone = people.auditor.open(f"{PRACTICE}?as-happened-on=2026-11-21")
    assert f"as-recorded-by={last()}" in str(day_alone.links)


TELLS = (
    PRACTICE,
    f"{PRACTICE}/record",
    "/search?words=rota",
    "/timeline",
)
"""Pages that tell a conversation by its words, of one practice and of all."""
COUNTS = ("/practices", "/audit")
"""Pages that count it, or tell its day."""


def test_what_was_corrected_later_counts_of_the_day_on_which_it_happened(people, record, clock, last):
    talk = a.record_conversation(said="Zanzibar rota", occurred_on=date(2026, 11, 10))
    version = record("caseworker", talk).recorded[0].version
    moments = [last()]
    clock.at = LATER
    record("caseworker", a.correct_fact(version=version, fields={"occurred_on": "2026-11-05"}))
    moments.append(last())

    def pages(path, day):
        found = (people.auditor.open(then(path, one, day)) for one in moments)
        return [words_of(next(page.tree.iter("main"))) for page in found]

    for day, there in (
        ("2026-11-04", [False, False]),
        ("2026-11-07", [False, True]),
        ("2026-11-10", [True, True]),
    ):
        assert [["Zanzibar" in page for page in pages(path, day)] for path in TELLS] == [there] * len(TELLS)
    for path in COUNTS:
        assert len(set(pages(path, "2026-11-04"))) == 1, path
        assert len(set(pages(path, "2026-11-07"))) == 2, path

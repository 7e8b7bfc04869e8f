"""What was found, decided over a dispute, avoided and is new, as files: the page's rows for this person, and noted."""

import pytest

from application.access_log import Wanted, lines
from domain.practice.kinds import Visibility
from tests.support import factories as a
from tests.web.person import words_of
from tests.web.sent import FLAG
from tests.web.test_export import SECRET, file_of, kept

JOIN = "join-0000aaaa"


def noted(stores):
    return [(one.name, one.number) for one in lines(stores.record_engine, Wanted(what="exported"), 10)]


def shown(person, address):
    """The titles of what a search shows, page after page."""
    found, page = [], person.open(address)
    while True:
        found += [words_of(next(one.iter("a"))) for one in page.all("p", class_="cb-search__title")]
        following = next((href for text, href in page.links.items() if text.startswith("Next:")), None)
        if following is None:
            return found
        page = person.open(following)


@pytest.fixture
def said(record):
    for number in range(45):
        record("caseworker", a.record_conversation(said=f"The rota of week {number} came, and the hub rota"))
    record("lead", kept())
    record("colleague", a.raise_flag(flag_id=FLAG, note="=HYPERLINK(rota)"))


@pytest.mark.parametrize("who", ["caseworker", "lead", "auditor"])
def test_the_file_of_what_was_found_has_all_that_its_pages_show(people, said, stores, who):
    person = getattr(people, who)
    for words in ("rota", "hub+rota", "secret", "rota+week+7", "nobody+but+us"):
        kind = "conversation"
        _, columns, rows = file_of(person, f"/search.csv?words={words}&kind={kind}")
        assert columns == ["Kind", "What", "Date", "Practice", "Code", "Words"]
        titles = shown(person, f"/search?words={words}&kind={kind}")
        assert [f"{row[1]}, 21 November 2026, {row[3]}" for row in rows] == titles
    assert len(file_of(person, "/search.csv?words=rota")[2]) == 46
    assert noted(stores)[0] == ("Search", 46)


def test_what_is_kept_from_somebody_is_in_no_file_of_theirs(people, said):
    assert SECRET in repr(file_of(people.lead, "/search.csv?words=nobody+but+us"))
    assert file_of(people.caseworker, "/search.csv?words=nobody+but+us")[2] == []


def test_practices_that_were_found_are_in_the_file(people):
    _, _, rows = file_of(people.caseworker, "/search.csv?words=larkfield")
    assert rows == [["Practices", "Practice", "", "Larkfield Road Surgery", a.CODE, ""]]
    assert file_of(people.stranger, "/search.csv?words=larkfield")[2] == []


def test_found_text_that_looks_like_a_formula_is_made_harmless(people, said):
    _, _, rows = file_of(people.caseworker, "/search.csv?words=hyperlink&kind=flag")
    assert [row[5].split("\n")[0] for row in rows] == ["'=HYPERLINK(rota)"]


def test_a_search_for_nothing_has_no_file(people):
    assert people.caseworker.open("/search.csv").status == 404


def test_decisions_over_a_dispute_are_in_a_file(people, record, stores):
    record("caseworker", a.record_conversation(subject="+44 20"))
    record("lead", a.dispute_entry(version=3))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",), over_dispute="=It cannot wait."))
    for who in ("manager", "lead", "auditor"):
        _, columns, ((practice, code, tier, on, by, disputed, reason),) = file_of(
            getattr(people, who), "/decided-over-dispute.csv"
        )
        assert (practice, code, tier, on) == (
            "Larkfield Road Surgery", a.CODE, "Room for improvement", "2026-11-21",
        )  # fmt: skip
        assert by == "Martin Lee, North Moor area team"
        assert disputed == "'+44 20, 21 November 2026"
        assert reason == "'=It cannot wait."
    assert columns[0] == "Practice"
    assert noted(stores)[0] == ("OverDispute", 1)
    assert file_of(people.stranger, "/decided-over-dispute.csv")[2] == []


def test_contacts_avoided_in_a_period_are_in_a_file(people, record, stores):
    record("colleague", a.raise_flag(flag_id=FLAG))
    record("caseworker", a.record_conversation(about_flags=(FLAG,)))
    record("lead", a.join_threads(join_id=JOIN, concern=FLAG, avoided_contact=True))
    _, _, rows = file_of(people.caseworker, "/contacts-avoided.csv")
    assert [(row[0], row[1], row[3], row[4], row[5]) for row in rows] == [
        ("Larkfield Road Surgery", a.CODE, "2026-11-21", "Priya Shah", "Larkdale CCG")
    ]
    assert noted(stores)[0] == ("ContactsAvoided", 1)
    assert file_of(people.caseworker, "/contacts-avoided.csv?from=2025-01-01&to=2025-12-31")[2] == []
    assert file_of(people.stranger, "/contacts-avoided.csv")[2] == []


def test_what_is_new_from_the_other_organisation_is_in_a_file(people, record, stores):
    record("caseworker", a.record_conversation())
    record("caseworker", a.record_conversation())
    record("caseworker", a.record_conversation(visibility=Visibility.INTERNAL))
    _, _, rows = file_of(people.lead, "/news.csv")
    assert rows == [["Larkfield Road Surgery", a.CODE, "2", "2026-11-21"]]
    assert noted(stores)[0] == ("News", 1)
    assert file_of(people.caseworker, "/news.csv")[2] == []

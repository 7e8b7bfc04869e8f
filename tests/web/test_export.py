"""Lists as files: the rows of the screen and no others, in its order, safe to open, and each one noted."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from application.access_log import Wanted, lines
from domain.practice.kinds import ParticipantRole, Side, Tier, Visibility
from domain.rules import operator
from tests.support import factories as a
from tests.web.conftest import NOW, PEOPLE
from tests.web.person import words_of
from web.export import cell

SECRET = "Nobody but us is to know this"


def kept():
    """A conversation of the local commissioner's that the contract holder does not read."""
    return a.record_conversation(
        visibility=Visibility.INTERNAL,
        said=SECRET,
        subject=SECRET,
        next_contact_on=date(2026, 11, 25),
        attendees=(
            a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),
            a.attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
        ),
    )


def file_of(person, address):
    page = person.client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    assert page.mimetype == "text/csv"
    raw = page.get_data()
    assert raw.startswith(b"\xef\xbb\xbf")
    first, columns, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    return first[0], columns, rows


@pytest.fixture
def many(casebook, record):
    """Practices on two pages of the screen, one from which people are recused, and entries of one side only."""
    for number in range(60):
        code = f"X91{number:03}"
        command = a.register_practice(code=code, name=f"Surgery {59 - number:03}", opened_on=date(2001, 4, 1))
        casebook.handle(code, command, operator(NOW), command_id=a.new_id("command"))
    for who in ("caseworker", "manager", "adviser", "lead"):
        interest = a.declare_interest(
            person_id=PEOPLE[who][0], interest_id="interest-00000000", practice="X91007", takes_no_part=True
        )
        record(who, interest, PEOPLE[who][0])
    record("lead", kept())
    record("lead", a.propose_action(action_id="action-0000aaaa", issue="=1+1", owner=Side.PRACTICE))


def screen(person, address):
    """The first two cells of every row, on every page of the screen."""
    found, page = [], person.open(address)
    while True:
        found += [[words_of(one) for one in row if one.tag in {"th", "td"}] for row in page.all("tr")[1:]]
        following = next((href for text, href in page.links.items() if text.startswith("Next:")), None)
        if following is None:
            return found
        page = person.open(following)


@pytest.mark.parametrize("who", ["caseworker", "manager", "adviser", "lead", "auditor", "stranger"])
def test_the_file_of_practices_has_the_rows_of_the_screen(people, many, who):
    for question in ("sort=name", "sort=tier&order=descending", "words=surgery+01&sort=code"):
        compare(getattr(people, who), who, question)


def compare(person, who, question):
    shown = [row[0] for row in screen(person, f"/practices?{question}")]
    first, columns, rows = file_of(person, f"/practices.csv?{question}")
    assert [f"{row[0]} {row[1]}" for row in rows] == shown
    assert first.startswith(f"Practices as at 2026-11-21T10:00:00+00:00, for {PEOPLE[who][1]}")
    assert len(columns) == len(rows[0]) if rows else shown == []
    everything = repr((first, rows))
    assert SECRET not in everything
    assert ("X91007" in everything) is (who == "auditor" and "words" not in question)


def test_what_one_organisation_keeps_to_itself_changes_no_others_file(people, casebook, record):
    before = {who: file_of(getattr(people, who), "/practices.csv")[2] for who in ("caseworker", "manager")}
    record("lead", kept())
    for who, rows in before.items():
        assert file_of(getattr(people, who), "/practices.csv")[2] == rows


@pytest.mark.parametrize("who", ["caseworker", "manager", "adviser", "lead"])
def test_the_file_of_my_work_has_the_rows_of_the_screen(people, many, who):
    person = getattr(people, who)
    page = person.open("/")
    shown = []
    for row in page.all("li"):
        if "cb-work__row" in (row.get("class") or "") and row.find(".//*[@class='cb-work__do']") is not None:
            links = [words_of(link) for link in row.iter("a")]
            shown.append((links[0], links[1]))
    _, _, rows = file_of(person, "/my-work.csv")
    assert [(row[3].removeprefix("'"), row[4]) for row in rows] == shown
    assert (SECRET in repr(rows)) is False


def test_my_work_is_taken_out_whole(people, record):
    for number in range(14):
        record("caseworker", a.propose_action(action_id=f"action-0000{number:04}", issue=f"Issue {number}"))
    page = people.manager.open("/")
    assert "Issue 13" not in page.text
    whole = people.manager.open(page.links["Show all 14"].partition("#")[0])
    assert all(f"Issue {number}" in whole.text for number in range(14))
    assert page.links["Show all 14"].partition("#")[2] in {one.get("id") for one in whole.all("ul")}
    _, _, rows = file_of(people.manager, "/my-work.csv")
    assert len([row for row in rows if row[1] == "Actions to agree"]) == 14


@pytest.mark.parametrize("who", ["caseworker", "lead", "auditor"])
def test_the_file_of_records_has_the_rows_of_the_screen(people, many, who):
    person = getattr(people, who)
    shown = screen(person, "/audit")
    _, columns, rows = file_of(person, "/records.csv")
    assert [row[:2] for row in rows] == [row[:2] for row in shown]
    assert ("Facts" in columns) is (who == "auditor")
    if who == "auditor":
        assert [row[3] for row in rows] == [row[2].replace(",", "") for row in shown]


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_the_file_of_people_has_the_rows_of_the_screen(people, who):
    person = getattr(people, who)
    _, columns, rows = file_of(person, "/people.csv")
    heads = ["", *columns[1:]]
    shown = [
        [cell.removeprefix(head) for head, cell in zip(heads, row, strict=True)]
        for row in screen(person, "/people/")
    ]
    assert [[cell or "–" for cell in row] for row in rows] == shown


def test_the_file_of_the_access_log_has_the_rows_of_the_screen(people, stores):
    for _ in range(60):
        people.caseworker.open(f"/practices/{a.CODE}")
    people.stranger.open(f"/practices/{a.CODE}")
    for question in ("kind=read&person=person-caseworker", "refused=yes", "kind=used"):
        shown = screen(people.auditor, f"/access-log?{question}")
        _, _, rows = file_of(people.auditor, f"/access-log.csv?{question}")
        assert len(rows) == len(shown)
        assert [row[3] for row in rows] == [row[2].removeprefix("What")[: len(rows[0][3])] for row in shown]
        assert all(datetime.fromisoformat(row[0]).tzinfo for row in rows)


@pytest.mark.parametrize(
    ("who", "address"),
    [("administrator", "/practices.csv"), ("administrator", "/records.csv"), ("administrator", "/my-work.csv"),
     ("caseworker", "/people.csv"), ("manager", "/access-log.csv"), ("administrator", "/access-log.csv")],
)  # fmt: skip
def test_who_may_not_read_a_list_gets_no_file_of_it(people, who, address):
    assert getattr(people, who).open(address).status == 403


def test_each_file_is_noted_with_how_many_rows_and_no_words(people, many, stores):
    people.caseworker.client.get("/practices.csv?words=surgery").get_data()
    people.auditor.client.get(f"/access-log.csv?practice={a.CODE}").get_data()
    noted = [
        (one.person, one.name, one.subject, one.number)
        for one in lines(stores.record_engine, Wanted(what="exported"), 10)
    ]
    assert noted == [
        ("person-auditor1", "AccessLog", f"practice-{a.CODE}", 0),
        ("person-caseworker", "Practices", None, 60),
    ]
    assert "surgery" not in repr(lines(stores.record_engine, Wanted(), 100))
    page = people.auditor.open("/access-log?kind=exported")
    assert "Exported: the list of practices 60 rows" in page.text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
        ("\rx", "'\rx"), ("\n=x", "'\n=x"), ('"=1+1', "'\"=1+1"), ("  =1", "'  =1"), (" '\"=1", "' '\"=1"), ("＝1", "'＝1"),
        ("\u200b=1", "'\u200b=1"), ("\u202e=1", "'\u202e=1"), ("\ufeff @A1", "'\ufeff @A1"), ("\u200bx=1", "\u200bx=1"),
        ("“=1”", "'“=1”"), ("Surgery - North", "Surgery - North"), ("a=b", "a=b"), ("", ""), (None, ""), (-3, "-3"),
        (True, "yes"), (False, "no"), (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 7, 1, 9, 5, tzinfo=UTC), "2026-07-01T10:05:00+01:00"),
        (Tier.CAUSE_FOR_CONCERN, "Cause for concern"), ("Señora Ó", "Señora Ó"),
    ],
)  # fmt: skip
def test_no_text_is_a_formula_and_days_are_written_one_way(value, written):
    assert cell(value) == written


def test_a_list_that_is_too_long_says_so(people, stores, monkeypatch):
    monkeypatch.setattr("web.export.MOST", 0)
    page = people.caseworker.open("/practices.csv")
    assert (page.status, page.heading) == (422, "This list is too long for one file")
    assert lines(stores.record_engine, Wanted(what="exported"), 10) == []


def test_each_list_offers_its_file(people, record):
    record("caseworker", a.propose_action())
    for who, address, file in (
        ("caseworker", "/practices?words=lark&sort=name", "/practices.csv?words=lark&sort=name"),
        ("manager", "/", "/my-work.csv"),
        ("auditor", "/audit?words=lark", "/records.csv?words=lark"),
        ("administrator", "/people/", "/people.csv"),
        ("auditor", "/access-log?refused=yes&person=x", None),
    ):
        links = getattr(people, who).open(address).links
        assert links.get("Take out as a file for a spreadsheet (CSV)") == file

"""The register of notices: what was issued, by kind, team and days, and a file of it that names nobody."""

import csv
import io

import pytest

from application.access_log import Wanted, lines
from tests.support import factories as a
from tests.web.conftest import PEOPLE
from tests.web.sent import WORDS, drafted, notice_issued, notice_served, sanction_served


@pytest.fixture
def given(record):
    def give(told):
        for who, command in told:
            record(who, command)

    return give


def rows_of(page):
    _, heading, *rows = csv.reader(io.StringIO(page.html.removeprefix("\ufeff")))
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_a_draft_is_not_in_it_and_what_was_issued_is(people, given):
    given(drafted())
    assert "No notice was issued on the practices" in people.lead.open("/notices").text
    given(notice_issued()[len(drafted()) :])
    page = people.lead.open("/notices")
    assert "1 notice" in page.text
    assert "Issued since 2 September 2026" in page.text
    assert f"/practices/{a.CODE}" in page.links.values()


def test_a_file_has_each_notice_with_its_days_and_names_nobody(people, given):
    given(notice_served())
    page = people.manager.open("/notices.csv")
    (row,) = rows_of(page)
    assert row == {
        "Notice": "Remedial notice",
        "Practice": "Larkfield Road Surgery",
        "Code": a.CODE,
        "Team": "North Moor area team",
        "Issued": "2026-09-02",
        "Counts as given": "2026-09-03",
        "Last day of its period": "2026-09-06",
        "Shorter because": "Patient safety",
        "Stands": "Served",
        "Since": "2026-09-03",
        "Disputes": "0",
    }
    assert WORDS not in page.html
    assert [name for _, name, _, _ in PEOPLE.values() if name in page.html] == []


def test_a_file_says_what_it_was_narrowed_by_of_what_is_known_and_the_log_says_who_took_it_out(
    people, given, stores
):
    given(notice_served())
    asked = "/notices.csv?kind=remedial&from=2026-09-01&team=Dr+Who&about=Dr+Patel"
    first = people.manager.open(asked).html.partition("\r\n")[0]
    assert first.endswith(': 1 row; kind remedial, from 2026-09-01"')
    (line,) = lines(stores.record_engine, Wanted(what="exported"), 10)
    assert (line.person, line.name) == (PEOPLE["manager"][0], "Notices")


def test_it_is_narrowed_by_kind_team_and_days(people, given):
    given(sanction_served())
    everything = rows_of(people.manager.open("/notices.csv"))
    assert [row["Notice"] for row in everything] == ["Notice of a sanction", "Remedial notice"]
    for question, kinds in (
        ("kind=remedial", ["Remedial notice"]),
        ("kind=breach", []),
        ("from=2026-09-12", ["Notice of a sanction"]),
        ("to=2026-09-11", ["Remedial notice"]),
        (f"team={a.HOLDER}&from=2026-09-02&to=2026-09-02", ["Remedial notice"]),
    ):
        assert [row["Notice"] for row in rows_of(people.manager.open(f"/notices.csv?{question}"))] == kinds
        page = people.manager.open(f"/notices?{question}")
        assert len(page.all("li", class_="cb-card cb-over")) == len(kinds)
    assert "must be a real date" in people.manager.open("/notices?from=2026-02-30").text


def test_what_was_withdrawn_or_disputed_stays_and_says_so(people, given):
    given(
        (
            *notice_issued(),
            ("colleague", a.refer_dispute(subject="notice-0000aaaa")),
            ("manager", a.withdraw_notice(notice_id="notice-0000aaaa")),
        )
    )
    (row,) = rows_of(people.manager.open("/notices.csv"))
    assert (row["Stands"], row["Disputes"]) == ("Withdrawn", "1")


def test_notices_of_others_practices_are_not_in_it(people, given):
    given(notice_issued())
    assert rows_of(people.stranger.open("/notices.csv")) == []
    assert people.administrator.open("/notices").status == 403

"""The register of notices: what was issued, by kind, team and days, and a file of it that names nobody."""

import csv
import io
from datetime import date

import pytest

from application.access_log import Wanted, lines
from tests.support import factories as a
from tests.web.conftest import PEOPLE
from tests.web.sent import (
    CONTRACT,
    DISPUTE,
    ENDING,
    LATER,
    NOTICE,
    SANCTION,
    WORDS,
    disputed,
    drafted,
    imposed,
    notice_issued,
    notice_served,
    sanction_served,
    unmet,
)


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
    assert "Not served yet: issued on 2 September 2026" in page.text
    assert f"/practices/{a.CODE}" in page.links.values()


def test_a_file_has_each_notice_with_its_days_and_names_nobody(people, given):
    given(notice_served())
    page = people.manager.open("/notices.csv")
    (row,) = rows_of(page)
    assert row == {
        "Notice": "Remedial notice",
        "Sanction": "",
        "Provision": "Schedule 3, paragraph 70",
        "Ground": "A breach that can be put right",
        "Practice": "Larkfield Road Surgery",
        "Code": a.CODE,
        "Team": "North Moor area team",
        "Issued": "2026-09-02",
        "Counts as given": "2026-09-03",
        "Last day of its period": "2026-09-06",
        "Shorter because": "Patient safety",
        "Stands": "Counts as given",
        "Since": "2026-09-03",
        "Disputes": "",
    }
    assert WORDS not in page.html
    assert [name for _, name, _, _ in PEOPLE.values() if name in page.html] == []


def test_a_file_says_what_it_was_narrowed_by_of_what_is_known_and_the_log_says_who_took_it_out(
    people, given, stores
):
    given(notice_served())
    asked = "/notices.csv?kind=remedial&from=2026-09-01&team=Dr+Who&about=Dr+Patel"
    first = people.manager.open(asked).html.partition("\r\n")[0]
    whose = "only the practices of North Moor area team and its region"
    assert first.endswith(f': 1 row; {whose}, kind remedial, from 2026-09-01"')
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
    assert (row["Stands"], row["Disputes"]) == (
        "Withdrawn",
        "pending since 21 November 2026",
    )


def last_of(page):
    """How the register's first notice stands."""
    return "".join(page.all("p", class_="cb-last")[0].itertext()).strip()


@pytest.mark.parametrize(
    ("told", "how", "since"),
    [
        (sanction_served(), "Counts as given", "since 12 September 2026"),
        (imposed(), "Sanction imposed", "on 1 November 2026"),
        (
            (*imposed(), ("manager", a.lift_sanction(sanction_id=SANCTION, occurred_on=date(2026, 11, 9)))),
            "Sanction lifted",
            "on 9 November 2026",
        ),
    ],
    ids=["given", "imposed", "lifted"],
)
def test_what_came_of_a_sanction_is_said(people, given, told, how, since):
    given(told)
    assert last_of(people.manager.open("/notices")).startswith(f"{how} {since}")
    row = rows_of(people.manager.open("/notices.csv"))[0]
    assert (row["Stands"], row["Sanction"], row["Ground"]) == (
        how,
        "Money withheld or deducted",
        "A remedial notice was not satisfied",
    )


def test_a_notice_by_which_the_contract_ended_says_so(people, given):
    draft = a.draft_termination_notice(
        notice_id=LATER, termination_id=ENDING, contract_id=CONTRACT, rests_on=(NOTICE,),
        effective_on=date(2026, 11, 1), occurred_on=date(2026, 9, 11), evidence=(f"{a.CODE}/4",),
    )  # fmt: skip
    ended = a.terminate_contract(contract_id=CONTRACT, because="holder_notice", occurred_on=date(2026, 11, 1))
    given(
        (
            *unmet(),
            ("colleague", draft),
            ("manager", a.issue_notice(notice_id=LATER, occurred_on=date(2026, 9, 12))),
            (
                "colleague",
                a.serve_notice(notice_id=LATER, occurred_on=date(2026, 9, 12), deemed_on=date(2026, 9, 12)),
            ),
            ("manager", ended),
        )
    )
    assert last_of(people.manager.open("/notices")) == "Contract ended by it on 1 November 2026"


def test_what_counts_as_given_on_a_day_to_come_does_not_yet(people, given):
    later = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 9, 2), deemed_on=date(2026, 12, 10))
    given((*notice_issued(), ("colleague", later)))
    told = last_of(people.manager.open("/notices"))
    assert told.startswith("Counts as given on a day to come: issued on 2 September 2026")


def test_the_outcome_of_a_dispute_is_said(people, given):
    given((*disputed(), ("manager", a.determine_dispute(dispute_id=DISPUTE, outcome="for_contractor"))))
    told = "determined for the contractor on 21 November 2026"
    assert f"dispute {told}" in last_of(people.manager.open("/notices"))
    (row,) = rows_of(people.manager.open("/notices.csv"))
    assert row["Disputes"] == told


def test_whoever_sees_but_some_practices_is_told_whose(people, given):
    given(notice_issued())
    whose = "Only the practices of Larkdale CCG are in it"
    assert whose in people.lead.open("/notices").text
    assert "Only the practices of" not in people.auditor.open("/notices").text


def test_notices_of_others_practices_are_not_in_it(people, given):
    given(notice_issued())
    assert rows_of(people.stranger.open("/notices.csv")) == []
    assert people.administrator.open("/notices").status == 403

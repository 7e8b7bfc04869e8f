"""The access log: what leaves a line in it, who reads it, and what of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from application.access_log import Wanted, lines
from application.tables import access_log
from domain.rules import Asked
from tests.support import factories as a
from tests.web.conftest import NOW
from tests.web.person import words_of
from tests.web.sent import NOTICE
from tests.web.sent import drafted as notice_drafted
from web.access_log.refusals import OF_ACCESS

PRACTICE = f"/practices/{a.CODE}"
OTHERWISE = {
    *(
        "documents.document",
        "indicators.every_file",
        "indicators.one_file",
        "notice_letters.file",
        "brief.as_html",
        "brief.as_pdf",
        "notice_letters.pdf",
    ),
    *(
        "providers.file",
        "links.link",
        "links.unlink",
        "performers.close",
        "performers.end",
        "performers.grant",
    ),
    *(
        "performers.record",
        "record.record",
        "key_indicators.define_anew",
        "key_indicators.one",
        "key_indicators.retire",
    ),
}
"""Addresses with a code that are not noted when read: files are noted as exported, forms are no reading, and a key
indicator's code is of no practice.
"""


def log_of(stores):
    found = lines(stores.record_engine, Wanted(), 1_000)
    return [(one.person, one.what, one.name, one.subject) for one in reversed(found)]


def rows(page):
    return [[words_of(cell) for cell in row if cell.tag in {"td", "th"}] for row in page.all("tr")[1:]]


def test_reading_and_searching_leave_a_line_without_the_words(people, stores):
    people.caseworker.open(PRACTICE)
    people.caseworker.open(f"{PRACTICE}/entries/1")
    people.lead.open(f"{PRACTICE}/record")
    people.caseworker.open("/practices?words=secret")
    people.administrator.open("/people/person-caseworker")
    assert log_of(stores) == [
        ("person-caseworker", "read", "Practice", f"practice-{a.CODE}"),
        ("person-caseworker", "read", "Entry", f"practice-{a.CODE}/1"),
        ("person-lead0001", "read", "Record", f"practice-{a.CODE}"),
        ("person-caseworker", "searched", "Practices", None),
        ("person-admin001", "read", "Person", "person-caseworker"),
    ]
    assert "secret" not in repr(lines(stores.record_engine, Wanted(), 100))


def test_which_decision_and_which_letter_was_read_is_told_by_its_entry(people, stores, record):
    record("caseworker", a.record_conversation())
    decided = record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",))).recorded[0].version
    for who, command in notice_drafted():
        draft = record(who, command).recorded[0].version
    people.lead.open(f"{PRACTICE}/decisions/1")
    people.manager.open(f"{PRACTICE}/notices/{NOTICE}/letter")
    assert log_of(stores) == [
        ("person-lead0001", "read", "Decision", f"practice-{a.CODE}/{decided}"),
        ("person-manager01", "read", "NoticeLetter", f"practice-{a.CODE}/{draft}"),
    ]
    page = people.auditor.open("/access-log")
    assert rows(page)[2][2:] == [
        "WhatRead: a decision on the tier",
        f"AboutLarkfield Road Surgery, {a.CODE}, entry {decided}",
    ]


def test_where_the_clocks_stood_is_told_in_words_and_not_in_the_time_of_machines(people):
    for asked in ("from=2026-11-21", "from=2026-11-20T09:00:00Z"):
        people.auditor.open(f"{PRACTICE}/compared?{asked}&to=")
    people.caseworker.open(f"{PRACTICE}?as-recorded-by=3&as-happened-on=2026-11-20")
    told = [row[2] for row in rows(people.auditor.open("/access-log"))[1:4]]
    assert told == [
        "WhatRead: a practice's page as recorded by 3, as it happened on 20 November 2026",
        "WhatRead: two moments of a practice, compared from 20 November 2026, 9:00am GMT, to now",
        "WhatRead: two moments of a practice, compared from the end of 21 November 2026, to now",
    ]


def test_what_is_not_there_or_not_theirs_was_not_read(people, stores):
    people.stranger.open(PRACTICE)
    people.caseworker.open("/practices/NOWHERE")
    people.caseworker.open("/")
    assert log_of(stores) == [("person-stranger", "refused", "ReadPractice", f"practice-{a.CODE}")]


def test_every_page_that_tells_of_others_is_noted_or_said_not_to_be(app):
    from web.access_log.noting import NOTED

    unnoted = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - set(NOTED)
    assert set(NOTED) <= {rule.endpoint for rule in app.url_map.iter_rules()}
    for endpoint in ("practices.practice", "practices.entry", "audit.record", "people.person"):
        assert endpoint not in unnoted
    with_code = {
        one.endpoint for one in app.url_map.iter_rules() if "GET" in one.methods and "<code>" in one.rule
    }
    assert with_code - set(NOTED) == OTHERWISE


def test_an_auditor_reads_who_did_what_about_which_practice(people):
    people.caseworker.open(PRACTICE)
    people.stranger.open(PRACTICE)
    page = people.auditor.open("/access-log")
    when, who, what, about = rows(page)[1]
    assert when == "When21 November 2026, 10:00am GMT"
    assert who == "WhoUna Strand Caseworker"
    assert what == "WhatRefused: a practice's page A practice is read by those responsible for it"
    assert about == f"AboutLarkfield Road Surgery, {a.CODE}"
    assert rows(page)[0][2] == "WhatRead: the access log"
    assert page.links[f"Larkfield Road Surgery, {a.CODE}"] == PRACTICE


@pytest.mark.parametrize("who", ["caseworker", "manager", "lead", "adviser", "administrator", "stranger"])
def test_nobody_but_an_auditor_reads_it(people, who):
    page = getattr(people, who).open("/access-log")
    assert page.status == 403
    assert "Access log" not in getattr(people, who).open("/account").links


def test_it_can_be_narrowed_by_person_practice_kind_refusals_and_days(people, clock):
    people.caseworker.open(PRACTICE)
    people.stranger.open(PRACTICE)
    people.caseworker.open("/practices?words=lark")
    clock.at = NOW + timedelta(days=1)
    people.lead.open(PRACTICE)

    def shown(question):
        return [one[1].removeprefix("Who") for one in rows(people.auditor.open(f"/access-log?{question}"))]

    caseworker, lead, stranger = "Amira Khan Caseworker", "Priya Shah Lead", "Una Strand Caseworker"
    assert shown("person=person-caseworker") == [caseworker, caseworker]
    assert shown(f"practice={a.CODE.lower()}")[1:] == [lead, stranger, caseworker]
    assert shown("kind=searched") == [caseworker]
    assert shown("refused=yes") == [stranger]
    assert shown("from=2026-11-22&kind=read&person=person-lead0001") == [lead]
    assert shown("to=2026-11-21&kind=read") == [caseworker]
    assert shown(f"person=person-caseworker&practice={a.CODE}") == [caseworker]
    assert shown("from=nonsense&kind=nonsense&before=nonsense&person=person-lead0001") == [lead]
    assert "No line matches" in people.auditor.open("/access-log?practice=X00000&refused=yes").text


def test_a_day_that_is_none_is_named_and_so_is_a_last_day_before_the_first(people):
    page = people.auditor.open("/access-log?from=abc&to=9999-12-31")
    assert "The first day must be a real date" in page.text
    assert "The last day must be a real date" in page.text
    page = people.auditor.open("/access-log?from=2026-11-03&to=2026-11-02")
    assert "The last day must be on or after 3 November 2026" in page.text
    assert people.auditor.client.get("/access-log.csv?to=9999-12-31").status_code == 200
    assert "There is a problem" not in people.auditor.open("/access-log?from=2026-11-02&to=2026-11-03").text


def test_a_form_that_was_sent_back_is_no_refusal_of_access(people):
    people.administrator.open("/people/add-person").form().send(
        name="Nadia", email="nadia", role="auditor", organisation=""
    )
    people.lead.open(f"{PRACTICE}/close-episode")
    [refused] = rows(people.auditor.open("/access-log?refused=yes"))
    assert refused[1:3] == [
        "WhoPriya Shah Lead",
        "WhatRefused: Close the episode Their role does not allow it",
    ]
    [sent_back] = rows(people.auditor.open("/access-log?kind=sent-back"))
    assert sent_back[1] == "WhoSam Okoro Administrator"
    assert sent_back[2] == "WhatForm sent back: Add a person An email address has an at sign"
    assert sent_back[3] == "Abouta person who was not added"


def test_every_rule_of_access_is_a_rule():
    rules = {
        line.split("`")[1]
        for line in Path("docs/rules.md").read_text().splitlines()
        if line.startswith("| `")
    }
    assert OF_ACCESS - rules == {"the-password-is-the-accounts", "who-tries-too-often-waits"}


def test_fifty_lines_a_page_to_and_fro(people, casebook):
    for number in range(120):
        casebook.log_access(
            Asked(person=f"person-{number:08}", organisation=None, role="lead", at=NOW), "read", "Practice"
        )
    first = people.auditor.open("/access-log")
    second = people.auditor.open(first.links["Next: older lines"])
    third = people.auditor.open(second.links["Next: older lines"])
    assert [len(rows(page)) for page in (first, second, third)] == [50, 50, 21]
    assert "Next: older lines" not in third.links
    assert "Previous: newer lines" not in first.links
    assert rows(people.auditor.open(third.links["Previous: newer lines"])) == rows(second)
    assert rows(people.auditor.open(second.links["Previous: newer lines"])) == rows(first)


def test_reading_the_log_is_one_line_of_it(people, stores, clock):
    for question in ("", "?refused=yes", "?kind=read", ""):
        people.auditor.open(f"/access-log{question}")
    assert log_of(stores) == [("person-auditor1", "read", "AccessLog", None)]
    people.auditor.open(f"/access-log?practice={a.CODE}")
    clock.at += timedelta(minutes=16)
    people.auditor.open("/access-log")
    assert [one[3] for one in log_of(stores)] == [None, f"practice-{a.CODE}", None]


def test_the_record_page_leads_an_auditor_to_the_practices_own_log(people):
    links = people.auditor.open(f"{PRACTICE}/record").links
    assert links["Who has read this practice"] == f"/access-log?practice={a.CODE}"
    assert "Who has read this practice" not in people.manager.open(f"{PRACTICE}/record").links


def test_an_auditor_who_is_recused_from_a_practice_reads_no_line_about_it(people, casebook):
    from tests.web.test_permissions_matrix import _recused_before

    _recused_before(casebook, "person-auditor1")
    # The fact recuses from another practice than this one.
    asked = casebook.asked_as("person-auditor1")
    [code] = asked.recused
    for about in (f"practice-{code}", f"practice-{code}/7", f"practice-{a.CODE}"):
        casebook.log_access(casebook.asked_as("person-caseworker"), "read", "Practice", subject=about)
    page = people.auditor.open("/access-log")
    assert code not in page.text
    assert len(rows(page)) == 2
    assert (
        "No line matches" in people.auditor.open(f"/access-log?practice={code}&person=person-caseworker").text
    )


def test_a_page_is_found_at_once_among_very_many_lines(stores):
    many = 60_000
    with stores.record_engine.begin() as connection:
        for start in range(0, many, 20_000):
            connection.execute(
                insert(access_log),
                [
                    {
                        "at": NOW + timedelta(seconds=number), "person": f"person-{number % 97:08}", "what": "read" if number % 5_000 else "refused",
                        "name": "Practice", "subject": f"practice-X{number % 8_000:05}/{number % 9}",
                    }
                    for number in range(start, start + 20_000)
                ],
            )  # fmt: skip
    newest = NOW + timedelta(seconds=many)
    for wanted in (
        Wanted(),
        Wanted(person="person-00000005"),
        Wanted(about="practice-X00017"),
        Wanted(what="refused"),
        Wanted(person="person-00000005", what="refused"),
        Wanted(person="person-00000005", about="practice-X00017"),
        Wanted(person="person-00000005", from_at=NOW, until_at=NOW + timedelta(hours=2)),
        Wanted(about="practice-X00017", what="refused", from_at=newest - timedelta(days=1)),
    ):
        steps = _steps(stores, wanted)
        assert steps < 400, (wanted, steps)


def _steps(stores, wanted):
    """How far the database went, in thousands of its own steps: a measure that a busy machine does not change."""
    with stores.record_engine.connect() as connection:
        raw = connection.connection.driver_connection
        counted: list[int] = []
        raw.set_progress_handler(lambda: counted.append(1), 100)
        lines(stores.record_engine, wanted, 50)
        raw.set_progress_handler(None, 0)
    return len(counted)

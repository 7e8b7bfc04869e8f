"""For which purpose somebody looks back: asked and never forced, noted with each reading, read by auditors, words sealed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from application.access_log import Wanted, lines
from application.tables import stated_purpose
from tests.support import factories as a
from tests.web.person import words_of
from web.access_log.noting import NOTED, NOTED_OF_THE_PAST, SAYS_ITSELF
from web.access_log.presenters import NAMES
from web.past.pages import LOOKED_BACK

PRACTICE = f"/practices/{a.CODE}"
BRIEF = f"{PRACTICE}/brief"
PAST = f"{PRACTICE}?as-recorded-by=3"
SAY = "Say what it is for"


def state(person, page, purpose, words=""):
    """Follow the strip, choose, and come back to where one was."""
    asked = person.open(page.links[SAY])
    return person.follow(asked.form("Go on").send("Go on", purpose=purpose, words=words))


def noted(stores, **wanted):
    found = lines(stores.record_engine, Wanted(**wanted), 20)
    return [(one.what, one.name, one.purpose, one.moment) for one in reversed(found)]


def test_a_page_of_today_asks_for_no_purpose_and_notes_none(people, stores):
    assert SAY not in people.caseworker.open(PRACTICE).links
    assert noted(stores) == [("read", "Practice", None, None)]


def test_a_purpose_is_stated_once_and_noted_with_each_reading_of_the_past(people, stores, casebook, clock):
    last = casebook.recorder.last_position()
    page = people.caseworker.open(PAST)
    back = state(people.caseworker, page, "complaint")
    assert back.address == PAST
    assert "A complaint" in back.text
    people.caseworker.open(BRIEF)
    people.caseworker.open(PRACTICE)
    assert noted(stores) == [
        ("read", "Practice", None, "recorded-by 3"),
        ("stated", "Purpose", "complaint", None),
        ("read", "Practice", "complaint", "recorded-by 3"),
        ("read", "Brief", "complaint", f"recorded-by {last} happened-on {clock.at:%Y-%m-%d}"),
        ("read", "Practice", None, None),
    ]


def test_the_next_day_it_is_asked_anew(people, stores, clock):
    state(people.auditor, people.auditor.open(BRIEF), "audit")
    clock.at += timedelta(days=1)
    assert SAY in people.auditor.open(BRIEF).links


def test_what_is_typed_of_a_purpose_is_sealed_and_opens_on_the_auditors_page_alone(people, stores):
    state(people.caseworker, people.caseworker.open(BRIEF), "other", "A question of the council")
    with stores.record_engine.connect() as connection:
        everything = repr(connection.execute(select(stated_purpose)).all())
        everything += repr(connection.execute(text("SELECT * FROM access_log")).all())
    assert "council" not in everything
    told = [words_of(row) for row in people.auditor.open("/access-log?kind=stated").all("tr")]
    assert any("A question of the council" in one for one in told)
    assert b"council" not in people.auditor.client.get("/access-log.csv?kind=stated").data


@pytest.mark.parametrize(
    ("purpose", "words", "field"),
    [
        ("", "", "#purpose"),
        ("curiosity", "", "#purpose"),
        ("other", " ", "#words"),
        ("other", "9434765919", "#words"),
    ],
)
def test_a_purpose_that_says_nothing_is_sent_back_with_what_was_typed(people, stores, purpose, words, field):
    page = people.caseworker.open("/purpose")
    sent = page.form("Go on").send("Go on", purpose=purpose, words=words)
    assert sent.status == 422
    assert list(sent.errors) == [field]
    assert sent.form("Go on").fields["words"] == words.strip()
    assert noted(stores, what="stated") == []


def test_the_auditor_narrows_the_log_by_purpose_and_is_in_it_themselves(people):
    people.lead.open(BRIEF)
    state(people.caseworker, people.caseworker.open(BRIEF), "appeal")
    state(people.auditor, people.auditor.open(BRIEF), "audit")

    def who(purpose):
        rows = people.auditor.open(f"/access-log?purpose={purpose}").all("tr")[1:]
        return {words_of(next(row.iter("th"))).removeprefix("Who") for row in rows}

    assert who("appeal") == {"Amira Khan Caseworker"}
    assert who("audit") == {"Ruth Bell Auditor"}
    assert who("none") == {"Amira Khan Caseworker", "Priya Shah Lead", "Ruth Bell Auditor"}


def test_one_goes_on_only_to_a_page_of_ours(people):
    page = people.caseworker.open("/purpose?next=https://elsewhere.example/")
    sent = page.form("Go on").send("Go on", purpose="audit")
    assert sent.location == "/"


def test_a_page_that_leaves_no_line_of_today_leaves_one_of_the_past(people, stores):
    people.caseworker.open("/")
    people.caseworker.open("/?as-recorded-by=3")
    people.caseworker.client.get("/practices.csv?as-recorded-by=3")
    assert noted(stores) == [
        ("read", "MyWork", None, "recorded-by 3"),
        ("exported", "Practices", None, "recorded-by 3"),
    ]


def test_every_page_of_the_past_is_named_in_the_log(app):
    pages = {one for one in LOOKED_BACK if not one.endswith(("file", "_pdf", "as_pdf", "as_html", ".pdf"))}
    pages -= {one for one in pages if one.startswith(("exports.", "found."))} | {"documents.document"}
    pages -= {"insight.moved_file"}
    assert pages - NOTED.keys() - NOTED_OF_THE_PAST.keys() - SAYS_ITSELF == set()
    named = {note.name for note in (*NOTED.values(), *NOTED_OF_THE_PAST.values())}
    assert named - NAMES.keys() - {"ReadTeam"} == set()


def test_the_page_of_a_decision_looks_back_and_carries_its_purpose(people, stores, record):
    for _ in range(3):
        record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    page = people.auditor.open(f"{PRACTICE}/decisions/1")
    state(people.auditor, page, "decision_review")
    assert noted(stores)[-1] == ("read", "Decision", "decision_review", "")


def test_the_log_says_which_two_moments_and_which_step(people, stores):
    people.auditor.open(f"{PRACTICE}/compared?from=3")
    people.auditor.open(f"{PRACTICE}/replay?entry=1")
    people.auditor.open("/practices/compared?from=2026-05-01&to=2026-05-03")
    assert [one[3] for one in noted(stores)] == ["from 3 to now", "step 1", "from 2026-05-01 to 2026-05-03"]
    told = " ".join(words_of(row) for row in people.auditor.open("/access-log").all("tr"))
    assert "from 3, to now" in told
    assert "entry 1" in told


def test_a_moment_that_is_none_is_no_reading(people, stores, casebook):
    last = casebook.recorder.last_position()
    for address in ("?as-recorded-by=rubbish", "/compared?from=abc", f"/compared?from={last}&to=1"):
        assert people.auditor.client.get(f"{PRACTICE}{address}").status_code == 400
    assert noted(stores) == []


def test_a_sample_leaves_one_line_with_what_there_was(people, stores, clock):
    clock.at += timedelta(days=1)
    page = people.auditor.open(f"/audit/sample?of=practices&size=200&on={clock.at:%Y-%m-%d}")
    assert [(one.what, one.number) for one in lines(stores.record_engine, Wanted(), 5)] == [("sampled", 1)]
    assert "You asked for 200: there is only 1." in page.text


def test_who_signs_in_again_on_the_day_is_not_asked_again(people, sign_in):
    state(people.auditor, people.auditor.open(BRIEF), "audit")
    again = sign_in("auditor")
    assert SAY not in again.open(BRIEF).links
    assert SAY in people.caseworker.open(BRIEF).links

"""Holes of the past that somebody found, kept shut: what is not theirs today, or was not theirs then, is not told of any moment."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from application.accounts import Account
from application.past import somebody_of
from application.seen import seen_at
from application.tables import access_log
from domain.access.commands import AddPerson, NameOrganisation, SucceedOrganisation
from domain.practice import commands as c
from domain.practice.kinds import CorrectionKind, Visibility
from domain.practice.moment import Moment
from tests.support import factories as a
from tests.web.conftest import NOW, tell
from tests.web.person import Person
from tests.web.test_past import PRACTICE, main_of, then


@pytest.fixture
def last(casebook):
    return casebook.recorder.last_position


@pytest.fixture
def lines(stores):
    def rows():
        with stores.session() as s:
            return [tuple(r) for r in s.execute(select(access_log))]

    return rows


@pytest.fixture
def newcomer(people, casebook, stores):
    def made(who, pid, org):
        tell(
            casebook,
            AddPerson(person_id=pid, name=who, email=f"{who}@example.org", role="lead", organisation=org),
            pid,
        )
        with stores.session() as s:
            s.add(
                Account(
                    email=f"{who}@example.org", password="x", fs_uniquifier=f"uniquifier-{who}", person_id=pid
                )
            )
            s.commit()
        p = Person(people.auditor.app, who)
        with p.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = f"uniquifier-{who}", True
        return p

    return made


def ccg(casebook, code, name, on=date(2013, 4, 1)):
    tell(
        casebook,
        NameOrganisation(code=code, name=name, kind="ccg", label="CCG", part_of=a.HOLDER, from_on=on),
        code,
    )


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_the_404_of_a_practice_not_theirs_is_that_of_none(people, last, who):
    one, none = (getattr(people, who).open(then(f"/practices/{code}", last())) for code in (a.CODE, "X99999"))
    assert (one.status, none.status) == (404, 404)
    assert "Larkdale CCG" not in one.html
    assert re.findall(r"what (.*?) could see", one.html) == []


def test_kept_views_after_responsibility_was_corrected(people, record, casebook, newcomer, last):
    ccg(casebook, "99B", "Other CCG")
    tell(casebook, a.assign_responsibility(local_commissioner="99B", from_on=date(2026, 11, 1)), a.CODE)
    v = casebook.history(f"practice-{a.CODE}")[-1].version
    other = newcomer("leadb", "person-lead99bb", "99B")
    record("caseworker", a.record_conversation(said="Zanzibar said"))
    url = then("/search?words=Zanz", last(), "2026-11-21")
    assert "Zanzibar said" in other.open(url).text
    record(
        "colleague",
        c.RequestCorrection(
            request_id="request-0000aaaa",
            version=v,
            kind=CorrectionKind.CORRECT,
            fields={"local_commissioner": a.COMMISSIONER},
            reason="Wrong CCG.",
        ),
    )
    record("manager", c.AuthoriseCorrection(request_id="request-0000aaaa"))
    assert other.open(PRACTICE).status == 404
    assert "Zanzibar said" not in other.open(url).text


@pytest.mark.parametrize("path", ["", "/record", "/brief", "?as-seen-by=" + a.HOLDER])
def test_a_restricted_entry_read_by_leave_through_the_past_is_noted(people, record, last, lines, path):
    v = record("caseworker", a.record_conversation(said="Zanzibar said")).recorded[0].version
    p = last()
    record(
        "caseworker", c.ChangeVisibility(version=v, visibility=Visibility.RESTRICTED, reason="A complaint.")
    )
    record("lead", c.RequestAccess(access_id="access-0000aaaa", version=v, reason="Need it."))
    record("manager", c.GrantAccess(access_id="access-0000aaaa", until_on=date(2026, 12, 1), reason="ok"))
    page = people.lead.open(PRACTICE + path if "?" in path else then(PRACTICE + path, p))
    assert "Zanzibar said" in page.text
    assert any("RestrictedEntry" in map(str, one) for one in lines())


def test_a_refused_look_at_the_past_is_noted(people, last, lines):
    people.stranger.open(then(PRACTICE, last()))
    assert any("refused" in map(str, one) for one in lines())


def test_when_a_hidden_entry_was_recorded_is_not_told(people, record, last, clock):
    record("lead", a.record_conversation(said="open one"))
    clock.at = NOW + timedelta(hours=1, minutes=23)
    record("caseworker", a.record_conversation(visibility=Visibility.INTERNAL, said="Zanzibar"))
    hidden = last()
    clock.at = NOW + timedelta(hours=3)
    record("lead", a.record_conversation(said="open three"))
    assert "11:23am" not in people.lead.open(then(PRACTICE, hidden)).text


def test_what_was_internal_then_and_is_restricted_now(people, record, last):
    record("lead", a.record_conversation(said="open"))
    v = (
        record("caseworker", a.record_intelligence(summary="Zanzibar", visibility=Visibility.INTERNAL))
        .recorded[0]
        .version
    )
    url = then(PRACTICE, last(), "2026-11-21")
    before = main_of(people.lead.open(url))
    record("caseworker", c.ChangeVisibility(version=v, visibility=Visibility.RESTRICTED, reason="Because."))
    assert main_of(people.lead.open(url)) == before


def test_what_one_organisation_kept_to_itself_is_not_on_the_others_screen_of_before_it_was_opened(
    casebook, people, record, last
):
    kept = a.record_conversation(said="Zanzibar", visibility=Visibility.INTERNAL)
    v = record("caseworker", kept).recorded[0].version
    before = last()
    record("caseworker", c.ChangeVisibility(version=v, visibility=Visibility.BOTH, reason="Agreed by both."))
    screen = {"as-seen-by": a.COMMISSIONER}
    assert "Zanzibar" not in people.auditor.open(then(PRACTICE, before, **screen)).text
    assert "Zanzibar" in people.auditor.open(then(PRACTICE, last(), **screen)).text
    assert "Zanzibar" not in people.lead.open(then(PRACTICE, before)).text
    auditor = casebook.asked_as("person-auditor")
    moment = Moment(before)
    through = somebody_of(a.COMMISSIONER, casebook.practice(a.CODE), auditor, casebook.succession())
    seen = seen_at(casebook.history(f"practice-{a.CODE}"), moment, auditor, through)
    assert v not in {one.version for one in seen}


def test_as_seen_by_a_successor(people, record, casebook, newcomer, last):
    record("lead", a.record_intelligence(visibility=Visibility.INTERNAL, summary="Zanzibar of the CCG"))
    ccg(casebook, "99C", "New board", date(2026, 11, 21))
    tell(
        casebook,
        SucceedOrganisation(code="99C", predecessor=a.COMMISSIONER, from_on=date(2026, 11, 21)),
        "99C",
    )
    theirs = newcomer("leadc", "person-lead99cc", "99C")
    assert "Zanzibar" in theirs.open(then(PRACTICE, last())).text
    shown = people.auditor.open(then(PRACTICE, last(), **{"as-seen-by": "99C"}))
    assert shown.status == 200
    assert "Zanzibar" in shown.text


def test_an_organisation_has_a_screen_of_the_time_that_it_answered_for_the_practice_and_of_no_other(
    people, record, casebook, last
):
    ccg(casebook, "99B", "Other CCG")
    record("caseworker", a.record_conversation(said="Zanzibar said"))
    before = last()
    tell(casebook, a.assign_responsibility(local_commissioner="99B", from_on=date(2026, 11, 21)), a.CODE)
    for position, theirs, others in ((before, a.COMMISSIONER, "99B"), (last(), "99B", a.COMMISSIONER)):
        shown = people.auditor.open(then(PRACTICE, position, **{"as-seen-by": theirs}))
        assert "Zanzibar said" in shown.text
        assert f'value="{others}"' not in shown.html
        refused = people.auditor.open(then(PRACTICE, position, **{"as-seen-by": others}))
        assert refused.status == 400
        assert "Zanzibar said" not in refused.text


def test_an_instant_and_a_position_are_two_moments_of_kept_views(people, record, casebook, clock, last):
    tell(casebook, a.register_practice(code="X90002", opened_on=date(2001, 4, 1)), "X90002")
    clock.at = NOW + timedelta(seconds=30)
    record("caseworker", a.record_conversation(said="Zanzibar A"))
    clock.at = NOW + timedelta(seconds=5)
    record("caseworker", a.record_conversation(said="Quagga B"), "X90002")
    clock.at = NOW + timedelta(minutes=30)
    instant = "/search?words=Zanz&as-recorded-by=2026-11-21T10:00:10Z&as-happened-on=2026-11-21"
    alone = main_of(people.auditor.open(instant))
    people.auditor.app.extensions["past"]._kept.clear()
    people.auditor.open(then("/search?words=Zanz", last(), "2026-11-21"))
    assert main_of(people.auditor.open(instant)) == alone


def test_cli_and_page_agree_of_leave_that_ended(people, record, casebook, clock, last):
    v = (
        record("caseworker", a.record_conversation(said="Zanzibar", visibility=Visibility.RESTRICTED))
        .recorded[0]
        .version
    )
    record("lead", c.RequestAccess(access_id="access-0000aaaa", version=v, reason="Need it."))
    record("manager", c.GrantAccess(access_id="access-0000aaaa", until_on=date(2026, 11, 25), reason="ok"))
    p = last()
    clock.at = NOW + timedelta(days=30)
    record("caseworker", c.ChangeVisibility(version=v, visibility=Visibility.BOTH, reason="Because."))
    cli = casebook.seen_at(a.CODE, casebook.asked_as("person-lead0001"), Moment(p, date(2026, 11, 21)))
    page = people.lead.open(then(PRACTICE, p, "2026-11-21"))
    assert ("Zanzibar" in page.text) == any(
        type(one.fact).__name__ == "ConversationRecorded" for one in cli.history
    )

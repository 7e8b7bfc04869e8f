"""The brief: sentences that each have their facts, the same bytes for the same moment, and nothing that is another's."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from application.access_log import Wanted, lines
from application.at_hand import History
from application.brief import Part, Sentence, brief_of
from application.notice_pdf import installed
from application.seen import seen_at
from domain.practice.kinds import Level, ParticipantRole, Side, Visibility
from domain.practice.moment import Moment
from domain.practice.practice import replay
from domain.practice.visible import closures
from domain.rules import Asked
from tests.projections.histories import random_history
from tests.support import factories as a
from tests.support.given import AUDITOR, LEAD
from tests.web.person import words_of
from web.brief.files import html_of
from web.brief.making import parts_of
from web.practices.told import Names
from web.words import day

BRIEF = f"/practices/{a.CODE}/brief"


def brief_at(history, position, looks):
    """A brief as the record gives it whenever it is asked: of what was known at a position, on the day of that."""
    on = history[position - 1].recorded_on
    asked = Asked(
        person=looks.person, organisation=looks.organisation, role=looks.role, at=history[-1].recorded_at
    )
    practice = replay(list(seen_at(History(history), Moment(position, on), asked)))
    return brief_of(practice, on, (position, None), parts_of(practice, on, Names()), lambda one: one.person)


@pytest.mark.parametrize("seed", range(4))
def test_asked_later_for_a_moment_it_has_the_same_bytes_and_each_sentence_its_facts(seed):
    history = [one._replace(position=one.version) for one in random_history(seed, "X90001", 70)]
    for position in range(20, len(history), 17):
        then, later = brief_at(history[:position], position, AUDITOR), brief_at(history, position, AUDITOR)
        assert html_of(then, "") == html_of(later, "")
        assert then.digest == later.digest
        cited = {note.fact.version for note in then.notes}
        assert cited <= set(range(1, position + 1))
        said = [sentence for part in then.parts for sentence in part.sentences]
        assert all(sentence.facts for sentence in said)
        assert {version for sentence in said for version in sentence.facts} == cited


@pytest.mark.parametrize("seed", [103, 111])
def test_for_one_side_it_has_the_same_bytes_but_where_something_was_closed_to_them_since(seed):
    history = [one._replace(position=one.version) for one in random_history(seed, "X90001", 70)]
    same = 0
    for position in range(20, len(history), 9):
        then, later = brief_at(history[:position], position, LEAD), brief_at(history, position, LEAD)
        if then.digest == later.digest:
            same += 1
        else:
            assert closures(history[:position]) != closures(history)
    assert same


def test_a_sentence_without_a_fact_is_none():
    practice = replay(random_history(1, "X90001", 2))
    part = Part("The tier", (Sentence("The practice is admirable.", ()),))
    with pytest.raises(AssertionError, match="without a fact"):
        brief_of(practice, a.TODAY, (1, None), [part], lambda one: one.person)


def test_a_sentence_that_is_made_of_a_corrected_fact_names_the_correction(record, people, casebook):
    said = record("caseworker", a.record_conversation(said="Eight of nine lines.")).recorded[0].version
    record("caseworker", a.correct_fact(version=said, fields={"said": "Nine of nine lines."}))
    page = people.caseworker.open(BRIEF)
    assert "Eight of nine" not in page.text
    (told,) = [one for one in page.all("p") if "Nine of nine" in words_of(one)]
    notes = [page.by_id(link.get("href").removeprefix("#")) for link in told.iter("a")]
    correction = casebook.practice(a.CODE).history[-1].version
    cited = [link.get("href") for note in notes for link in note.iter("a")]
    assert cited == [f"/practices/{a.CODE}/entries/{version}" for version in (said, correction)]


def test_what_is_internal_to_the_other_organisation_is_in_no_brief(record, people):
    theirs = (a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),)
    internal = {"visibility": Visibility.INTERNAL}
    record("caseworker", a.record_conversation(said="mark0001zq", **internal))
    record("lead", a.record_conversation(said="mark0002zq", attendees=theirs, **internal))
    for who, seen, hidden in (("caseworker", "1", "2"), ("lead", "2", "1")):
        for ending in ("", ".html"):
            found = people.__getattr__(who).client.get(f"{BRIEF}{ending}").get_data(as_text=True)
            assert f"mark000{seen}zq" in found
            assert f"mark000{hidden}zq" not in found


def test_who_may_not_know_of_the_practice_finds_no_brief_of_it(people):
    for ending in ("", ".html", ".pdf"):
        assert people.stranger.open(f"{BRIEF}{ending}").status == 404


def test_the_same_brief_is_kept_from_the_page_and_again_on_a_later_day(record, people, clock):
    record("caseworker", a.record_conversation(said="Two of three lines are open."))
    page = people.auditor.open(BRIEF)
    address = page.links["Keep it as a file (HTML)"]
    then = people.auditor.client.get(address).data
    assert people.auditor.client.get(f"{BRIEF}.html").data == then
    record("caseworker", a.record_conversation(said="All three lines are open."))
    clock.at += timedelta(days=400)
    assert people.auditor.client.get(address).data == then
    assert b"Two of three lines" in then
    assert b"All three lines" not in then
    assert "All three lines" in people.auditor.open(BRIEF).text


@pytest.mark.skipif(not installed(), reason="PDF is an extra")
def test_a_brief_is_one_page_of_pdf_with_the_same_bytes_each_time(record, people):
    for number in range(9):
        record("caseworker", a.record_conversation(said=f"Call {number}. " + "It was said at length. " * 40))
    made = people.auditor.client.get(f"{BRIEF}.pdf")
    assert made.mimetype == "application/pdf"
    assert people.auditor.client.get(f"{BRIEF}.pdf").data == made.data
    (sheet,) = PdfReader(BytesIO(made.data)).pages
    text = " ".join(sheet.extract_text().split())
    assert "And 6 more" in text
    assert "SHA-256 of these words" in text


def test_who_read_a_brief_and_who_took_it_out_is_noted(people, stores):
    people.caseworker.open(BRIEF)
    people.caseworker.client.get(f"{BRIEF}.html")
    noted = lines(stores.record_engine, Wanted(about=f"practice-{a.CODE}"), 9)
    assert [(one.what, one.name) for one in noted] == [("exported", "Brief"), ("read", "Brief")]


def _said(page):
    return [words_of(one) for one in page.all("p")]


def test_flags_that_the_tier_rests_on_and_alarms_come_first_and_the_others_are_named(record, people):
    talk = record("caseworker", a.record_conversation()).recorded[0].version
    rests = record("caseworker", a.raise_flag(indicator="PE01")).recorded[0].version
    record("caseworker", a.raise_flag(indicator="PE02", level=Level.ALARM))
    for number in range(3, 7):
        record("caseworker", a.raise_flag(indicator=f"PE0{number}"))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/{talk}", f"{a.CODE}/{rests}")))
    page = people.auditor.open(BRIEF)
    said = _said(page)
    names = [one.partition(":")[0] for one in said if ", open since" in one]
    levels = [one.partition(": ")[2].partition(",")[0] for one in said if ", open since" in one]
    assert levels == ["alarm", "alert", "alert", "alert"]
    assert names[1].startswith("Overall experience")  # which the decision cites
    (also,) = [one for one in said if one.startswith("Also open: ")]
    assert also.count("(alert)") == 2


def test_a_decision_that_waits_to_be_looked_at_again_is_said_with_its_correction(record, people):
    said = record("caseworker", a.record_conversation(said="The phones are answered.")).recorded[0].version
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/{said}",)))
    record("caseworker", a.correct_fact(version=said, fields={"said": "Nobody answers the phones."}))
    (waits,) = [one for one in _said(people.auditor.open(BRIEF)) if "to be looked at again" in one]
    assert "because of the correction of “Phone call”, recorded on " in waits


def test_a_review_whose_day_has_passed_is_said_to_be_overdue(record, people, clock):
    review_on = a.TODAY + timedelta(days=30)
    said = record("caseworker", a.record_conversation()).recorded[0].version
    record("manager", a.decide_tier(review_on=review_on, inputs=(f"{a.CODE}/{said}",)))
    assert f"It is to be reviewed on {day(review_on)}." in people.auditor.open(BRIEF).text
    clock.at += timedelta(days=31)
    assert f"It was to be reviewed on {day(review_on)}, which is overdue." in people.auditor.open(BRIEF).text


def test_who_held_the_contract_before_the_record_began_is_not_said(people):
    page = people.auditor.open(BRIEF)
    assert any(one.startswith("Casebook’s record of it begins on ") for one in _said(page))

"""Timelines of more than one practice: an organisation's, and a few side by side."""

import re
from dataclasses import replace
from datetime import date

import pytest

from application.access_log import Wanted, lines
from domain.practice.kinds import Visibility
from tests.support import factories as a
from tests.web.person import words_of
from tests.web.test_export import SECRET, file_of, kept
from web.timelines.asking import Asked
from web.timelines.weeks import WEEKS, span

OTHER = "X90002"


@pytest.fixture
def two(record, casebook):
    record("manager", a.register_practice(code=OTHER, name="Foxglove Surgery"), OTHER)


def hits(page):
    """Each act of a page: its title, its practice."""
    return [
        tuple(words_of(link) for link in one.iter("a"))[:2]
        for one in page.all("p", class_="cb-search__title")
    ]


def test_every_act_is_told_in_its_practices_words_under_its_week_and_leads_to_its_entry(people, record, two):
    record("caseworker", a.record_conversation(said="The rota was short.", occurred_on=date(2026, 11, 10)))
    record("colleague", a.raise_flag(occurred_on=date(2026, 11, 19)), OTHER)
    page = people.manager.open("/timeline")
    assert page.heading == "Timeline North Moor area team"
    weeks = [words_of(one) for one in page.all("h2", class_="nhsuk-heading-m cb-search__heading")]
    assert weeks == ["Week of 16 November 2026", "Week of 9 November 2026"]
    (flag, at), (talk, _) = hits(page)[-2:]
    assert flag.startswith("Flag raised")
    assert at == "Foxglove Surgery"
    assert page.links[talk] == f"/practices/{a.CODE}/entries/3"
    assert "The rota was short" in page.text
    assert "recorded 11 days later" in page.text


def test_it_is_narrowed_and_each_choice_is_taken_away_by_itself(people, record, two):
    record("caseworker", a.record_conversation(occurred_on=date(2026, 11, 10)))
    record("colleague", a.raise_flag(occurred_on=date(2026, 11, 19)), OTHER)
    page = people.auditor.open(f"/timeline?of={a.COMMISSIONER}&kind=said&person=person-caseworker")
    assert page.heading == "Timeline Larkdale CCG"
    assert [at for _, at in hits(page)] == ["Larkfield Road Surgery"]
    chips = [href for text, href in page.links.items() if text.startswith("Show again")]
    assert chips == [
        f"/timeline?of={a.COMMISSIONER}&person=person-caseworker",
        f"/timeline?of={a.COMMISSIONER}&kind=said",
    ]
    assert "Nothing was recorded that passes" in people.auditor.open("/timeline?of=Q88").text
    assert len(hits(people.auditor.open("/timeline?from=2026-11-19&to=2026-11-19&kind=flags"))) == 1


def test_one_practices_timeline_stands_alone_for_whoever_may_read_it(people, record, two):
    record("colleague", a.raise_flag(occurred_on=date(2026, 11, 19)), OTHER)
    page = people.manager.open(f"/timeline?practice={OTHER}")
    assert page.heading == "Timeline Foxglove Surgery"
    assert {at for _, at in hits(page)} == {"Foxglove Surgery"}
    assert page.form("Show").fields["practice"] == OTHER
    assert (
        people.manager.open(f"/practices/{OTHER}").links["The timeline alone"]
        == f"/timeline?practice={OTHER}"
    )
    assert people.stranger.open(f"/timeline?practice={OTHER}").status == 404
    assert people.manager.open("/timeline.csv?practice=X99999").status == 404


def test_any_week_is_reached_by_a_link_or_by_a_day_in_it(people, record):
    for day in (2, 9, 16):
        record("caseworker", a.record_conversation(occurred_on=date(2026, 11, day)))
    page = people.caseworker.open("/timeline?week=2026-11-12")
    assert [words_of(one) for one in page.all("h2")][1] == "Week of 9 November 2026"
    assert page.links["Week of 9 November 2026"] == "/timeline?week=2026-W46"
    newer = next(href for text, href in page.links.items() if text.startswith("Previous"))
    assert hits(people.caseworker.open(newer)) == hits(people.caseworker.open("/timeline"))
    assert "1 act" in words_of(page.all("ol", class_="cb-weeks__list")[0])


def test_an_address_that_is_mistyped_is_told_so_and_shows_what_it_can(people):
    page = people.caseworker.open("/timeline?from=2026-13-01&week=soon&before=nowhere&after=2026-11-20.X.-1")
    assert page.title.startswith("Error: ")
    assert "The first day must be a real date" in page.text
    assert "The week must be given by a real date in it" in page.text
    assert len(hits(page)) == 1


def test_what_another_organisation_keeps_is_neither_told_nor_counted(people, record, stores):
    record("lead", kept())
    assert SECRET in people.lead.open("/timeline").text
    pages = [people.caseworker.open(address) for address in ("/timeline", "/timeline?person=person-lead0001")]
    assert all(SECRET not in page.html and "Priya" not in page.html for page in pages)
    assert SECRET not in str(file_of(people.caseworker, "/timeline.csv"))
    assert "Nothing is here yet" in people.stranger.open("/timeline").text
    noted = [one.name for one in lines(stores.record_engine, Wanted(what="read"), 20)]
    assert noted.count("Timeline") == 4


def test_what_is_restricted_is_said_to_be_there_without_who_recorded_it(people, record):
    record("lead", replace(kept(), visibility=Visibility.RESTRICTED))
    page = people.caseworker.open("/timeline?kind=said")
    assert len(hits(page)) == 1
    assert SECRET not in page.html
    assert "recorded by" not in page.text


def test_as_it_was_it_has_what_was_recorded_by_then_and_its_links_stay_there(people, record, stores, two):
    record("caseworker", a.record_conversation(said="The rota was short.", occurred_on=date(2026, 11, 10)))
    then = f"as-recorded-by={stores.recorder.last_position()}"
    record("caseworker", a.record_conversation(said="The hub closed.", occurred_on=date(2026, 11, 9)))
    page = people.manager.open(f"/timeline?week=2026-W46&{then}")
    assert [title.partition(",")[0] for title, _ in hits(page)] == ["Phone call"]
    assert "The hub closed" not in page.html
    assert all(then in href for text, href in page.links.items() if text.startswith("Phone call"))
    beside = people.manager.open(f"/timelines?practice={a.CODE}&practice={OTHER}&{then}")
    assert "9 November, conversation" not in beside.text
    assert "10 November, conversation" in beside.text


def test_the_file_has_the_rows_of_the_page_and_no_formulas(people, record, two):
    record("caseworker", a.record_conversation(said="=1+1", occurred_on=date(2026, 11, 10)))
    record("colleague", a.raise_flag(), OTHER)
    _, columns, *_ = told = file_of(people.manager, "/timeline.csv?kind=said")
    assert columns[:4] == ["Practice", "Code", "Date", "What"]
    ((practice, code, on, what, _, words, *_),) = told[2]
    assert (practice, code, on, what) == ("Larkfield Road Surgery", a.CODE, "2026-11-10", "Phone call")
    assert words == "'=1+1"


def test_half_a_year_of_weeks_is_shown_and_none_that_has_not_begun():
    today = date(2026, 11, 21)
    assert span(today, today).days == (date(2026, 5, 25), date(2026, 11, 22))
    assert span(date(2020, 1, 1), today).last == date(2020, 2, 10)
    first, last = span(date(2026, 10, 26), today)
    assert (last - first).days == 7 * (WEEKS - 1)
    assert last == date(2026, 11, 16)


@pytest.mark.parametrize("typed", ["2026-W54", "9999-12-31", "0001-01-01", "W20", "20260230"])
def test_a_week_that_there_is_not_is_a_mistake(typed):
    asked = Asked.read({"week": typed})
    assert asked.week is None
    assert "week" in asked.mistakes


# --- side by side -------------------------------------------------------------------------------------------


def test_two_practices_are_drawn_on_one_axis_with_the_same_marks_month_by_month(people, record, two, stores):
    record("caseworker", a.record_conversation(occurred_on=date(2026, 11, 10)))
    record("colleague", a.raise_flag(occurred_on=date(2026, 10, 19)), OTHER)
    page = people.manager.open(f"/timelines?practice={a.CODE}&practice={OTHER}")
    drawn = re.findall(r'<svg class="band .*?</svg>', page.html, re.DOTALL)
    axes = [re.findall(r'class="band-month" x="([\d.]+)"[^>]*>([^<]+)<', one) for one in drawn]
    assert len(axes) == 4
    assert axes[0] == axes[2] != axes[1] == axes[3]
    heads = [words_of(one) for one in page.all("th")]
    assert heads[:3] == ["Month", "Larkfield Road Surgery", "Foxglove Surgery"]
    assert heads[3:] == ["November 2026", "October 2026"]
    assert f"/practices/{OTHER}/entries/3" in page.links.values()
    noted = lines(stores.record_engine, Wanted(what="read"), 9)
    subjects = {one.subject for one in noted if one.name == "Timelines"}
    assert subjects == {f"practice-{a.CODE}", f"practice-{OTHER}"}


def test_fewer_than_two_or_more_than_six_are_told_so_and_stay_ticked(people, record, two):
    page = people.manager.open(f"/timelines?practice={a.CODE}&show=yes")
    assert list(page.errors.values()) == ["Choose at least 2 practices: 1 is ticked"]
    assert page.form("Put side by side").fields.getlist("practice") == [a.CODE]
    codes = [f"X9100{number}" for number in range(5)]
    for code in codes:
        record("manager", a.register_practice(code=code, name=f"Surgery {code}"), code)
    seven = [*codes, a.CODE, OTHER]
    page = people.manager.open("/timelines?" + "&".join(f"practice={code}" for code in seven))
    assert list(page.errors.values()) == ["Choose 6 practices or fewer: 7 are ticked"]
    assert sorted(page.form("Put side by side").fields.getlist("practice")) == sorted(seven)
    found = people.manager.open(f"/timelines?practice={a.CODE}&words=foxglove")
    assert found.errors == {}
    assert found.form("Put side by side").fields.getlist("practice") == [a.CODE]
    assert OTHER in found.text


def test_a_practice_that_is_not_theirs_to_read_is_not_there(people, two):
    assert people.stranger.open(f"/timelines?practice={a.CODE}&practice={OTHER}").status == 404
    assert people.manager.open(f"/timelines?practice={a.CODE}&practice=X99999").status == 404
    assert "No practice is yours to read" in people.stranger.open("/timelines").text


def test_the_heading_says_for_each_width_what_is_drawn(people, two):
    page = people.manager.open(f"/timelines?practice={a.CODE}&practice={OTHER}&show=yes")
    (facts,) = page.all("p", class_="cb-head__facts")
    said = {one.get("class"): words_of(one) for one in facts.iter("span")}
    assert said["cb-wide"].startswith("Two years to ")
    assert said["cb-narrow"].startswith("On a narrow screen the pictures are of six months, ")


def test_one_practice_that_is_ticked_stays_so(people, two):
    assert "1 is ticked and stays so" in people.manager.open(f"/timelines?practice={a.CODE}").text

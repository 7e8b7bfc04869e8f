"""Releases of data, as people read them: which there are, what was found and reported, and who recorded what and why."""

import pytest

from application.releases.publishing import publish, withdraw
from domain.rules import operator
from projections.catch_up import Views
from projections.observations_judged import Observations
from tests.support import published as p
from tests.web.test_indicators import tables
from web.indicators.released import FOUND


@pytest.fixture
def released(casebook, tmp_path):
    """One release, published."""
    p.register(casebook, *p.CODES)
    file = p.write(tmp_path / "n.csv", *p.numbers("2016Q1"), "A99999,PS02,2016Q1,1,9")
    publish(casebook, Observations(casebook), "2016Q1", file, operator(casebook.clock()))
    Views(casebook.stores).catch_up()
    return casebook


def test_where_nothing_was_published_the_page_says_so(people):
    assert "No numbers were published yet" in people.auditor.open("/releases").text


def test_every_release_is_listed_and_opens(released, people):
    page = people.caseworker.open("/releases")

    assert "Published on 21 November 2026" in page.text
    assert page.links["2016Q1"] == "/releases/2016Q1"


def test_a_release_tells_what_was_found_reported_and_recorded(released, people):
    page = people.lead.open("/releases/2016Q1")

    assert "31 rows: 30 numbers of 30 practices were taken in." in page.text
    assert "1: practices that are not in the register" in page.text
    assert "1 raised." in page.text
    assert "Recorded 21 November 2026" in page.text


def test_a_withdrawn_release_stays_and_tells_why(released, people):
    withdraw(released, Observations(released), "2016Q1", "A wrong column.", operator(released.clock()))
    page = people.manager.open("/releases/2016Q1")

    assert "its numbers stand no more" in page.text
    assert "A wrong column." in page.text
    assert "Withdrawn on 21 November 2026" in people.manager.open("/releases").text


def test_a_release_that_is_not_there_is_not_found(people):
    assert people.auditor.open("/releases/2016Q9").status == 404


# --- editions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def restated(released, tmp_path):
    """Published again: the practice that was flagged is as all others, and another is flagged."""
    observed = Observations(released)
    told = [
        line.replace(p.FAR, "#").replace(p.NEAR, p.FAR).replace("#", p.NEAR) for line in p.numbers("2016Q1")
    ]
    file = p.write(tmp_path / "again.csv", *told)
    publish(released, observed, "2016Q1", file, operator(released.clock()), reason="Two were exchanged.")
    Views(released.stores).catch_up()
    return released


def found(page):
    caption = "Practices beyond the limits for the worse, beside how many chance alone would give"
    (row,) = tables(page, caption)
    return dict(zip(FOUND, row, strict=True))


def test_what_each_edition_said_can_be_looked_up_after_a_restatement(restated, people):
    page = people.auditor.open("/releases/2016Q1")
    assert "What edition 2 found" in page.text
    assert page.links["1, 21 November 2026"] == "/releases/2016Q1?edition=1"
    first = people.auditor.open("/releases/2016Q1?edition=1")
    assert "Edition 1: replaced since" in first.text
    assert "31 rows: 30 numbers of 30 practices were taken in." in first.text
    assert "30 rows: 30 numbers of 30 practices were taken in." in page.text
    assert people.auditor.open("/releases/2016Q1?edition=3").status == 404


def test_flags_are_counted_for_the_edition_that_raised_them_beside_those_open_now(restated, people):
    now, before = (found(people.auditor.open(f"/releases/2016Q1{edition}")) for edition in ("", "?edition=1"))
    assert (now["Flags raised by this edition"], now["Open now"]) == ("1", "1")
    assert (before["Flags raised by this edition"], before["Open now"]) == ("1", "1")
    listed = people.auditor.open("/key-indicators/flags?release=2016Q1&ended=yes")
    assert "2 flags on 2 practices" in listed.text


def test_a_release_and_insight_tell_the_same_numbers_of_it(released, people):
    one = found(people.auditor.open("/releases/2016Q1"))
    assert one == found(people.auditor.open("/insight/flags-by-release?release=2016Q1"))
    assert one["Expected by chance, 99.8%"] == "0.03"


def test_where_nothing_could_be_judged_the_release_says_what_it_lacks(released, people, tmp_path):
    rows = [f"{code},OE04,2016Q1,,,0.01" for code in p.CODES[:12]]
    rows += [f"{code},OE04,2015Q4,,,0.0" for code in p.CODES[:12]]
    file = p.write(tmp_path / "l.csv", *rows, heading=f"{p.HEADING},value")
    publish(released, Observations(released), "lists", file, operator(released.clock()))
    told = found(people.auditor.open("/releases/lists"))
    assert told["Judged"] == "Not judged: 2 of 12 periods needed"
    assert told["Beyond 95%, chance alone"] == told["For the better"] == "–none"


def test_a_release_that_is_not_there_is_not_shown_as_another(released, people):
    assert people.auditor.open("/insight/flags-by-release?release=NOPE").status == 404
    assert people.auditor.open("/insight/flags-by-release.csv?release=NOPE").status == 404
    assert people.auditor.open("/key-indicators/flags?release=NOPE").status == 404
    assert people.auditor.open("/key-indicators/flags?indicator=ZZ99").status == 404

"""Releases of data, as people read them: which there are, what was found and reported, and who recorded what and why."""

import pytest

from application.releases.publishing import publish, withdraw
from domain.rules import operator
from projections.catch_up import Views
from projections.observations import Observations
from tests.support import published as p


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

    assert "Its numbers stand no more" in page.text
    assert "A wrong column." in page.text
    assert "Withdrawn on 21 November 2026" in people.manager.open("/releases").text


def test_a_release_that_is_not_there_is_not_found(people):
    assert people.auditor.open("/releases/2016Q9").status == 404

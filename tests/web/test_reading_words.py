"""Words, days and addresses as pages say them."""

from datetime import date, timedelta

import pytest

from domain.practice.kinds import Level
from tests.support import factories as a
from web.practices.chosen import Chosen
from web.practices.entries import FACETS_OF
from web.practices.fields import field_label, in_words, stored_in_words
from web.practices.presenters import flag_words
from web.practices.timing import Tag, due, since
from web.practices.told import GROUPS, joined, short


@pytest.mark.parametrize(
    ("days", "tag"),
    [
        (-6, Tag("Overdue 6 days", late=True)),
        (-1, Tag("Overdue 1 day", late=True)),
        (0, Tag("Due today", late=True)),
        (1, Tag("Due in 1 day", late=False)),
        (60, Tag("Due in 60 days", late=False)),
        (61, Tag("Due 21 January 2027", late=False)),
    ],
)
def test_time_is_told_as_it_runs_out(days, tag):
    assert due(a.TODAY + timedelta(days=days), a.TODAY) == tag


def test_last_spoke_is_told_in_days():
    assert [since(on, a.TODAY) for on in (None, a.TODAY, date(2026, 11, 20), date(2026, 9, 24))] == [
        "never",
        "today",
        "1 day",
        "58 days",
    ]


def test_words_are_cut_at_a_word():
    assert short("Calls go unanswered.") == "Calls go unanswered"
    assert short("First line\nSecond") == "First line"
    assert short("a" * 100) == "a" * 80 + "…"
    assert short("Calls go unanswered on Monday mornings", 20) == "Calls go unanswered…"
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_stored_value_reads_plainly():
    assert stored_in_words("occurred_on", '"2026-11-12"') == "12 November 2026"
    assert stored_in_words("channel", '"letter_or_email"') == "Letter or e-mail"
    assert stored_in_words("said", '"both"') == "both"
    assert stored_in_words("said", '"2026-11-12"') == "2026-11-12"
    assert stored_in_words("list_size", "8412") == "8,412"
    assert stored_in_words("nhs_contract", "true") == "yes"
    assert stored_in_words("services", '["minor surgery", "contraception"]') == "minor surgery; contraception"
    assert in_words(Level.ALARM) == "Alarm"
    assert [field_label(name) for name in ("due_on", "occurred_on", "success_measure")] == [
        "Due",
        "Date",
        "Success measure",
    ]


def test_flags_are_counted_in_words():
    assert flag_words(1, 2) == "1 alarm, 2 alerts"
    assert flag_words(0, 1) == "1 alert"
    assert flag_words(0, 0) == ""
    assert flag_words(0, 0, 1) == "1 favourable"


def test_an_address_says_what_is_chosen():
    chosen = Chosen.read(
        {"kind": "said", "organisation": "99A", "from": "2026-01-01", "to": "2026-11-03", "page": "2"}
    )
    assert chosen.filters().facets == ("conversation", "intelligence", "agreed", "heard", "withheld")
    assert chosen.filters().organisation == "99A"
    assert (chosen.from_on, chosen.to_on, chosen.page) == (date(2026, 1, 1), date(2026, 11, 3), 2)
    assert chosen.address(kind="") == "organisation=99A&from=2026-01-01&to=2026-11-03"
    assert set(FACETS_OF) == set(GROUPS)


@pytest.mark.parametrize("typed", ["yesterday", "2026-02-31", "31/02/2026", "2026-13-01", "١٢"])
def test_a_day_that_is_none_is_left_out_and_named(typed):
    chosen = Chosen.read({"from": typed, "kind": "nonsense", "page": "-1"})
    assert chosen.from_on is None
    assert "from" in chosen.mistakes
    assert (chosen.kind, chosen.page) == ("", 1)


def test_an_end_before_its_start_is_named():
    assert "to" in Chosen.read({"from": "2026-11-03", "to": "2026-11-02"}).mistakes

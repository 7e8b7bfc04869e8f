"""An entry, corrected, withdrawn, late or of several facts, as a page tells it."""

from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, by, given
from tests.web.reading import entries, teller
from web.practices.entries import how_late


def test_a_corrected_entry_shows_both():
    correction = a.fact_corrected(
        corrects=3,
        fields=(
            e.CorrectedField(
                field="occurred_on", before=Sealed('"2026-11-21"'), after=Sealed('"2026-11-12"')
            ),
        ),
    )
    first, second = entries(a.conversation_recorded(), correction)
    assert first.on == date(2026, 11, 12)
    assert not first.withdrawn
    [amended] = first.amended
    assert amended.changes == (("Date", "21 November 2026", "12 November 2026"),)
    assert (amended.reason, amended.by, amended.version) == ("The date was a slip.", "Amira Khan", 4)
    assert second.told.title == "Corrected: Phone call"


def test_a_withdrawn_entry_is_marked_and_offers_nothing():
    first, _ = entries(a.conversation_recorded(), a.fact_withdrawn(corrects=3))
    assert first.withdrawn
    assert first.told.words == (
        ("", "The hub rota has run for three weeks. Abandoned calls fell from 31% to 12%."),
    )
    assert (first.offers, first.corrections) == ((), ())


def test_an_entry_says_whose_it_is():
    ours, theirs = entries(a.conversation_recorded(), by(LEAD, a.conversation_recorded()))
    assert (ours.side, ours.by, ours.organisation, ours.side_words) == (
        "contract_holder",
        "Amira Khan",
        "North Moor area team",
        "",
    )
    assert (theirs.side, theirs.by, theirs.organisation) == (
        "local_commissioner",
        "Priya Shah",
        "Larkdale CCG",
    )
    practice = given().practice()
    assert teller(practice).entry(practice.history[0]).side == "nobody"


def test_facts_of_one_sending_are_one_entry():
    practice = given().practice()
    entry = teller(practice).entry(*practice.history)
    assert entry.told.title == "Practice registered"
    assert [told.title for told in entry.also] == ["Responsibility begins"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, ""),
        (0, ""),
        (1, "recorded the next day"),
        (5, "recorded 5 days later"),
        (59, "recorded 59 days later"),
        (60, "recorded 2 months later"),
        (729, "recorded 24 months later"),
        (8000, "recorded 21 years later"),
    ],
)
def test_late_entries_are_marked_in_words(days, words):
    assert how_late(a.TODAY, a.TODAY + timedelta(days=days)) == words

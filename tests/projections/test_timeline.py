"""The timeline: which entries, in which order, and by what they are filtered. It holds no words."""

from datetime import date

import pytest

from domain.practice.events import FACTS, CorrectedField, FactCorrected, Participant
from domain.practice.kinds import Channel, ParticipantRole, Side
from domain.rules import Sealed
from projections import practice, timeline
from projections.timeline import Filters
from tests.projections.conftest import dump, registered
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, by
from tests.support.readers import EVERYBODY


@pytest.fixture
def find(views):
    def found(filters=Filters(), **more):  # noqa: B008
        with views.reading() as reading:
            return timeline.find(reading, a.CODE, EVERYBODY, filters, **more)

    return found


def versions(found):
    return [[entry.version for entry in act.entries] for act in found.acts]


def test_entries_are_by_the_day_they_happened_newest_first(given, find):
    given(
        a.conversation_recorded(occurred_on=date(2026, 10, 1)),
        a.conversation_recorded(occurred_on=date(2026, 11, 1)),
        a.conversation_recorded(occurred_on=date(2026, 9, 1)),
        a.conversation_recorded(occurred_on=date(2026, 11, 1)),
    )
    assert versions(find()) == [[6], [4], [3], [5], [2], [1]]


def test_one_act_is_one_entry(record, views, find):
    history = registered(a.flag_raised(), a.action_proposed())
    history[1] = history[1]._replace(command_id=history[0].command_id)
    record(history)
    views.catch_up()
    found = find()
    assert versions(found) == [[4], [3], [1, 2]]
    assert found.total == 3
    assert found.acts[2].first.version == 1
    assert versions(find(Filters(facets=["flag"]))) == [[3]]


def test_filters_by_kind_organisation_and_date(given, find):
    given(
        a.flag_raised(occurred_on=date(2026, 9, 1)),
        by(LEAD, a.conversation_recorded(occurred_on=date(2026, 10, 1))),
        by(MANAGER, a.conversation_recorded(occurred_on=date(2026, 11, 1))),
    )
    assert versions(find(Filters(facets=["conversation"]))) == [[5], [4]]
    assert versions(find(Filters(facets=["conversation", "flag"]))) == [[5], [4], [3]]
    assert versions(find(Filters(organisation=a.COMMISSIONER))) == [[4]]
    assert versions(find(Filters(since=date(2026, 10, 1), until=date(2026, 10, 1)))) == [[4]]
    assert versions(find(Filters(facets=["flag"], organisation=a.COMMISSIONER))) == []
    unfiltered = find(Filters(facets=["flag"]))
    assert unfiltered.facets == {"conversation": 2, "details": 2, "flag": 1}
    assert unfiltered.organisations == {a.COMMISSIONER: 1, a.HOLDER: 2}


def test_every_fact_has_a_facet():
    assert set(timeline.FACET) == set(FACTS)


def test_a_corrected_entry_moves_to_its_corrected_day_and_a_withdrawn_one_keeps_its_place(given, find, views):
    corrected = FactCorrected(
        corrects=3,
        fields=(
            CorrectedField(field="occurred_on", before=Sealed('"2026-11-01"'), after=Sealed('"2026-08-01"')),
        ),
        reason=Sealed("A slip."),
        request_id=None,
        requested_by=None,
        occurred_on=a.TODAY,
    )
    given(
        a.conversation_recorded(occurred_on=date(2026, 11, 1)),
        a.conversation_recorded(occurred_on=date(2026, 9, 1)),
        corrected,
        a.fact_withdrawn(corrects=4, occurred_on=a.TODAY),
    )
    assert versions(find(Filters(facets=["conversation"]))) == [[4], [3]]
    with views.reading() as reading:
        acts = timeline.find(reading, a.CODE, EVERYBODY, Filters(facets=["conversation"])).acts
        assert [(act.first.occurred_on, act.first.withdrawn) for act in acts] == [
            (date(2026, 9, 1), True),
            (date(2026, 8, 1), False),
        ]
        assert [talk.version for talk in practice.talks(reading, a.CODE, EVERYBODY)] == [3]


def test_pages_and_the_page_an_entry_is_on(given, find, views):
    given(*[a.conversation_recorded(occurred_on=date(2026, 10, 1 + number)) for number in range(20)])
    first, last = find(page_size=8), find(page_size=8, page=99)
    assert (len(first.acts), first.pages, first.total, last.page) == (8, 3, 22, 3)
    assert versions(last)[-1] == [1]
    with views.reading() as reading:
        for number in (1, 2, 3):
            for act in find(page_size=8, page=number).acts:
                assert timeline.page_of(reading, a.CODE, EVERYBODY, act.first.version, 8) == number


def test_a_practice_that_is_not_there_has_no_entries(given, views):
    given()
    with views.reading() as reading:
        assert timeline.find(reading, "X99999", EVERYBODY).acts == []


def test_a_reminder_is_no_talk(given, views):
    """It is an entry of the conversation, and no mark of it on the story band."""
    given(a.conversation_recorded(), a.conversation_recorded(meeting="reminder-0123abcd"))
    with views.reading() as reading:
        assert [talk.version for talk in practice.talks(reading, a.CODE, EVERYBODY)] == [3]
        assert timeline.find(reading, a.CODE, EVERYBODY).facets["conversation"] == 2


def test_talks_know_who_took_part(given, views):
    sides = (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER, Side.PRACTICE)
    given(
        a.conversation_recorded(
            channel=Channel.MEETING,
            occurred_on=date(2026, 10, 1),
            participants=tuple(
                Participant(side=side, role=ParticipantRole.OTHER, described=Sealed("someone"))
                for side in sides
            ),
        ),
        a.conversation_recorded(occurred_on=date(2026, 9, 1)),
    )
    with views.reading() as reading:
        earlier, later = practice.talks(reading, a.CODE, EVERYBODY)
    assert (earlier.version, earlier.shared, earlier.with_practice) == (4, False, True)
    assert (later.version, later.shared, later.with_practice, later.channel) == (
        3,
        True,
        True,
        Channel.MEETING,
    )


def test_no_words_stand_in_the_timeline(given):
    views = given(
        a.conversation_recorded(said=Sealed("Nobody should find this here.")), a.intelligence_recorded()
    )
    assert "Nobody should find" not in str(dump(views)["timeline"])

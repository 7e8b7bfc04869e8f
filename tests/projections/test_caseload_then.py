"""The caseload as it was: what the view of it chooses, counts and orders is what the facts of the moment say."""

import random
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

import pytest
from sqlalchemy import select

from application.recording import Sent
from application.seen import seen_at
from domain.access.permissions import Scope
from domain.practice.kinds import Tier, Visibility
from domain.practice.moment import Moment
from projections import caseload, caseload_found
from projections.caseload_found import Filters, overdue_on
from projections.caseload_order import SORTS
from projections.caseload_then import caseload_at
from projections.past import StoryThen
from projections.story import NOBODY, PracticeStory
from projections.whose import standing_on
from projections.writing import Writing
from tests.projections.conftest import registered
from tests.projections.histories import random_history, seen_otherwise
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, NOW, by, recorded

EVERYTHING = Scope(everything=True)
CODES = ["X90001", "X90002", "X90003"]

COMPARED = [
    caseload.TABLE.c[name]
    for name in (
        *("code", "tier", "reviewed", "review_on", "contract_holder", "local_commissioner", "region"),
        *("caseworker", "closed_on", "alarms", "alerts", "first_due_on", "last_contact_on", "recommended"),
    )
]


@pytest.fixture
def at(stores, views):
    """The caseload at a moment."""

    @contextmanager
    def then(moment, today=None, **more):
        recorded_by, happened_on = moment
        last = stores.recorder.last_upto(recorded_by) if isinstance(recorded_by, int) else None
        today = happened_on or today or (last.recorded_on if last else recorded_by.date())
        with (
            views.reading() as reading,
            caseload_at(reading, stores.recorder, moment, today, **more) as found,
        ):
            yield found

    return then


def standing(then):
    """What chooses, counts and orders practices, as it stands in memory."""
    overdue = overdue_on(then.today).label("overdue")
    query = select(*COMPARED, overdue).where(standing_on(then.today)).order_by(caseload.TABLE.c.code)
    return [tuple(row) for row in then.memory.execute(query)]


def tell_all(then):
    """Make every practice anew from the whole of its facts."""
    for table in caseload.MODEL.tables:
        then.memory.execute(table.delete())
    known = {code: seen_at(then.recorder.history(f"practice-{code}"), then.moment, NOBODY) for code in CODES}
    told = [(code, PracticeStory(facts, then.today), code) for code, facts in known.items() if facts]
    Writing([caseload.MODEL], postgres=False).insert(then.memory, told)


def commands_of(histories, chance):
    """The commands of several practices in the order of the clock; which of two at one instant was first is chance."""
    commands = [
        list(facts) for history in histories for _, facts in groupby(history, attrgetter("command_id"))
    ]
    chance.shuffle(commands)
    return sorted(commands, key=lambda facts: (facts[0].recorded_at, facts[0].stream, facts[0].version))


@pytest.mark.parametrize("seed", range(2))
def test_what_the_view_says_of_any_moment_is_what_the_facts_of_it_say(seed, at, views, record):
    chance = random.Random(seed)
    histories = [seen_otherwise(seed, code, chance.randrange(20, 60)) for code in CODES]
    facts = []
    for command in commands_of(histories, chance):
        facts += record(command)
        if chance.random() < 0.1:
            assert views.catch_up() == []
    assert views.catch_up() == []
    for _ in range(40):
        some = chance.choice(facts)
        recorded_by = chance.choice((some.position, some.recorded_at, some.recorded_at + timedelta(hours=3)))
        day = chance.choice((None, some.recorded_on - timedelta(days=chance.choice((0, 1, 4, 30, 90)))))
        with at(Moment(recorded_by, day)) as then:
            quickly, rows = standing(then), then.rows(CODES)
            tell_all(then)
            assert quickly == standing(then), (recorded_by, day)
            assert rows == [
                row for code in CODES if (row := caseload_found.one(then.memory, code, then.today))
            ]


def test_the_latest_moment_is_today(at, views, record):
    for command in commands_of([random_history(3, code, 60) for code in CODES], random.Random(3)):
        (*_, last) = record(command)
    views.catch_up()
    today = last.recorded_on + timedelta(days=2)
    for sort in SORTS:
        with views.reading() as reading:
            live = caseload_found.find(reading, EVERYTHING, today, Filters(closed=True), sort=sort)
        with at(Moment(last.position), today, names=True) as then:
            found = then.find(EVERYTHING, Filters(closed=True), sort=sort)
        told = [row._replace(facts=0) for row in live.rows]  # how many facts there are is of today
        assert [row._replace(facts=0) for row in found.rows] == told
        assert found[1:] == live[1:]


def test_a_tier_is_found_at_every_instant_before_and_after_it_was_decided(at, given, stores):
    given(by(CASEWORKER, a.tier_decided(tier=Tier.CAUSE_FOR_CONCERN)))
    facts = stores.recorder.history(f"practice-{a.CODE}")
    for fact, tier in zip(facts[-2:], (Tier.ASSURANCE_BASED, Tier.CAUSE_FOR_CONCERN), strict=True):
        with at(Moment(fact.position), a.TODAY) as then:  # it takes effect the day after it was recorded
            assert [row.tier for row in then.find(EVERYTHING).rows] == [tier]


def test_a_visit_recorded_late_is_of_its_day_once_it_was_recorded_and_not_before(at, stores, views):
    registration = [entry._replace(recorded_at=NOW - timedelta(days=30)) for entry in registered()]
    spoke = recorded(a.conversation_recorded(occurred_on=a.TODAY - timedelta(days=10)))[0]
    history = [*registration, spoke._replace(version=3, command_id="late-entry-00001")]
    sent = [Sent(entry.command_id, b"digest", 1) for entry in history]
    *_, before, late = stores.recorder.append(history, sent)
    views.catch_up()
    told_of = {}
    for recorded_by in (before.position, late.position):
        for days_ago in (11, 10, 1):
            with at(Moment(recorded_by, a.TODAY - timedelta(days=days_ago))) as then:
                [row] = then.find(EVERYTHING).rows
            told_of[recorded_by == late.position, days_ago] = row.last_contact_on is not None
    known_late = {(True, 10), (True, 1)}
    assert told_of == {key: key in known_late for key in told_of}


def test_what_is_kept_from_one_organisation_today_never_was_on_the_caseload_of_both(at, given, stores):
    def of(visibility):
        return a.conversation_recorded(visibility=visibility, entry_id=f"entry-{visibility}-01")

    given(of(Visibility.BOTH), a.visibility_changed(version=3, after=Visibility.INTERNAL))
    recorded_at = stores.recorder.history(f"practice-{a.CODE}")[2].position
    with at(Moment(recorded_at)) as then:
        assert [row.last_contact_on for row in then.find(EVERYTHING).rows] == [None]


def test_a_past_day_is_not_of_a_tier_that_took_effect_later_though_more_was_recorded_of_it_since():
    decided = by(
        MANAGER, a.tier_decided(tier=Tier.CAUSE_FOR_CONCERN, occurred_on=a.TODAY - timedelta(days=9))
    )
    history = registered(decided, a.conversation_recorded(occurred_on=a.TODAY - timedelta(days=9)))
    day = a.TODAY - timedelta(days=5)
    known = seen_at(history, Moment(None, day), NOBODY)
    for story in (StoryThen(known, frozenset(), day), PracticeStory(known, day)):
        first = next(row for row in caseload.rows(story) if row.table is caseload.TABLE)
        assert first.values()["tier"] == 0
        assert first.values()["until_on"] == a.TODAY.isoformat()

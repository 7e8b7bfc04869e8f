"""A release's numbers stand in the views, and its flags on practices, on both databases alike."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from application.casebook import Casebook
from application.init import init
from application.key_set import record_key_set
from application.releases.open_flags import OpenFlags
from application.releases.publishing import publish, withdraw
from application.releases.recomputing import differences
from application.releases.standing import releases
from domain.practice.commands import AcceptExplanation, ClosePractice, ExplainFlag, RaiseFlag
from domain.practice.events import FlagCleared, FlagRaised, FlagWithdrawn
from domain.practice.kinds import (
    ClearedBecause,
    ExplanationCategory,
    FlagKind,
    Level,
    Side,
    WithdrawnBecause,
)
from domain.practice.moment import Moment
from domain.rules import Asked, RuleBroken, operator
from projections import observations, observations_loaded
from projections.catch_up import Views
from projections.observations_judged import Observations
from tests.support import published as p

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def casebook(settings):
    """With a key set and thirty practices."""
    stores = init(settings, lambda made: Views(made).make())
    seconds, number = itertools.count(), itertools.count()
    casebook = Casebook(
        stores,
        clock=lambda: NOW + timedelta(seconds=next(seconds)),
        ids=lambda prefix: f"{prefix}-{next(number):012x}",
    )
    record_key_set(casebook)
    p.register(casebook, *p.CODES)
    yield casebook
    stores.close()


@pytest.fixture
def publishes(casebook, tmp_path):
    """`publishes("2016Q1", rows…)` publishes them as a release of that name."""

    def run(name, *rows, reason=None):
        file = p.write(tmp_path / f"{name}.csv", *rows)
        return publish(
            casebook, Observations(casebook), name, file, operator(casebook.clock()), reason=reason
        )

    return run


def withdraws(casebook, name):
    return withdraw(casebook, Observations(casebook), name, "All wrong.", operator(casebook.clock()))


def facts_of(casebook, code, *kinds):
    return [one.fact for one in casebook.history(f"practice-{code}") if isinstance(one.fact, kinds)]


def open_flags(casebook):
    return {(code, fact.indicator, fact.release) for code, fact in OpenFlags.read(casebook).by_id.values()}


def values(casebook, code, indicator="PS02"):
    with casebook.stores.views_engine_read.connect() as reading:
        found = observations.of_practice(reading, code).get(indicator, [])
    return {row.period: (row.value, row.release) for row in found}


def test_a_release_is_published_with_its_numbers_and_flags_the_practice_that_is_far_from_its_peers(
    casebook, publishes
):
    done = publishes("2016Q1", *p.numbers("2016Q1"))

    [judged] = done.indicators
    assert (judged.indicator, judged.period, judged.practices) == ("PS02", "2016Q1", len(p.CODES))
    assert done.flagged.raised == 1
    assert open_flags(casebook) == {(p.FAR, "PS02", "2016Q1")}
    [flag] = facts_of(casebook, p.FAR, FlagRaised)
    assert (flag.source, flag.period, flag.numerator, flag.denominator) == ("release", "2016Q1", 90, 100)
    assert values(casebook, p.FAR) == {"2016Q1": (0.9, "2016Q1")}
    assert observations_loaded.problem(casebook) is None


def test_the_same_file_again_changes_nothing_and_another_is_a_restatement(casebook, publishes):
    publishes("2016Q1", *p.numbers("2016Q1"))
    before = casebook.recorder.last_position()

    assert publishes("2016Q1", *p.numbers("2016Q1")).unchanged
    with pytest.raises(RuleBroken) as refused:
        publishes("2016Q1", *p.numbers("2016Q1", far=80))

    assert refused.value.rule == "another-file-of-a-release-is-a-restatement"
    assert casebook.recorder.last_position() == before


def test_the_next_release_clears_what_is_no_more_and_raises_anew_what_is(casebook, publishes):
    publishes("2016Q1", *p.numbers("2016Q1"))
    publishes("2016Q2", *p.numbers("2016Q2"))
    publishes("2016Q3", *p.numbers("2016Q3", far=None))

    ended = facts_of(casebook, p.FAR, FlagCleared)
    assert (ClearedBecause.SUPERSEDED, "2016Q2") in {(one.because, one.release) for one in ended}
    assert ended[-1].because == ClearedBecause.INSIDE_LIMITS
    assert ended[-1].release == "2016Q3"
    assert not {one for one in open_flags(casebook) if one[0] == p.FAR and one[2] != "2016Q3"}
    assert list(values(casebook, p.FAR)) == ["2016Q1", "2016Q2", "2016Q3"]


def test_a_restatement_withdraws_the_flags_that_do_not_hold_and_the_past_is_told_as_it_was_known(
    casebook, publishes
):
    publishes("2016Q1", *p.numbers("2016Q1"))
    then = casebook.clock()
    done = publishes("2016Q1", *p.numbers("2016Q1", far=None), reason="A count was wrong.")

    assert (done.flagged.after, done.flagged.edition, done.flagged.withdrawn) == ("restated", 2, 1)
    [ended] = facts_of(casebook, p.FAR, FlagWithdrawn)
    assert (ended.because, ended.release) == (WithdrawnBecause.DATA_RESTATED, "2016Q1")
    assert "A count was wrong." in ended.reason.words
    assert not casebook.practice(p.FAR).flags.popitem()[1].open
    assert casebook.practice(p.FAR, Moment(then)).flags.popitem()[1].open
    assert values(casebook, p.FAR)["2016Q1"][0] != 0.9
    assert observations_loaded.problem(casebook) is None


def test_a_restatement_leaves_a_flag_whose_numbers_are_the_same(casebook, publishes):
    publishes("2016Q1", *p.numbers("2016Q1"), *p.numbers("2016Q1", indicator="PS04", far=20))
    done = publishes(
        "2016Q1",
        *p.numbers("2016Q1"),
        *p.numbers("2016Q1", indicator="PS04", far=None),
        reason="PS04 was wrong.",
    )

    assert (done.flagged.kept, done.flagged.withdrawn) == (1, 1)
    assert open_flags(casebook) == {(p.FAR, "PS02", "2016Q1")}


def test_one_practices_restated_count_takes_no_other_practices_flag_nor_its_explanation(casebook, publishes):
    rows = p.numbers("2016Q1")
    publishes("2016Q1", *rows)
    [flag] = facts_of(casebook, p.FAR, FlagRaised)
    caseworker = Asked(person="person-1", organisation="Q74", role="caseworker", at=casebook.clock())
    explains = ExplainFlag(
        flag_id=flag.flag_id,
        explanation_id="explanation-0123abcd",
        category=ExplanationCategory.CODING,
        words="A template.",
        given_by=Side.PRACTICE,
    )
    casebook.handle(p.FAR, explains, caseworker, command_id=casebook.ids("command"))

    changed = [row.replace(",46,", ",47,") if row.startswith(p.CODES[0]) else row for row in rows]
    assert changed != rows
    done = publishes("2016Q1", *changed, reason="One count of one practice was wrong.")

    now, before = done.indicators[0].comparator, flag.comparator
    assert now != before
    assert (done.flagged.kept, done.flagged.withdrawn, done.flagged.raised) == (1, 0, 0)
    stands = casebook.practice(p.FAR).flags[flag.flag_id]
    assert (stands.open, stands.explanations) == (True, [ExplanationCategory.CODING])
    assert facts_of(casebook, p.FAR, FlagRaised) == [flag]
    assert differences(flag) == []


def test_a_withdrawn_release_takes_its_flags_and_numbers_with_it_and_what_is_left_is_judged_again(
    casebook, publishes
):
    publishes("2016Q1", *p.numbers("2016Q1"))
    publishes("2016Q2", *p.numbers("2016Q2", far=None))
    assert open_flags(casebook) == set()

    withdraws(casebook, "2016Q2")
    assert open_flags(casebook) == {(p.FAR, "PS02", "2016Q1")}
    assert list(values(casebook, p.FAR)) == ["2016Q1"]

    withdraws(casebook, "2016Q1")
    assert open_flags(casebook) == set()
    assert values(casebook, p.FAR) == {}
    assert facts_of(casebook, p.FAR, FlagWithdrawn)[-1].because == WithdrawnBecause.DATA_WITHDRAWN
    before = casebook.recorder.last_position()
    assert withdraws(casebook, "2016Q1").unchanged
    assert casebook.recorder.last_position() == before


def test_of_two_releases_that_have_one_number_the_later_stands_until_it_is_withdrawn(casebook, publishes):
    publishes("first", *p.numbers("2016Q1", far=None))
    publishes("second", *p.numbers("2016Q1", codes=p.CODES[4:16], far=60))
    assert values(casebook, p.FAR) == {"2016Q1": (0.6, "second")}

    withdraws(casebook, "second")
    assert values(casebook, p.FAR)["2016Q1"][1] == "first"
    assert observations_loaded.problem(casebook) is None


def test_an_older_period_is_history_and_flags_nothing(casebook, publishes):
    publishes("2016Q2", *p.numbers("2016Q2", far=None))
    done = publishes("2016Q1", *p.numbers("2016Q1"))

    assert [one.newest for one in done.indicators] == [False]
    assert open_flags(casebook) == set()


def test_an_open_flag_that_somebody_raised_stays_and_is_told(casebook, publishes):
    caseworker = Asked(person="person-1", organisation="Q74", role="caseworker", at=casebook.clock())
    by_hand = RaiseFlag(flag_id="flag-0123abcd", indicator="PS02", kind=FlagKind.OUTLYING, level=Level.ALERT)
    casebook.handle(p.FAR, by_hand, caseworker, command_id=casebook.ids("command"))

    done = publishes("2016Q1", *p.numbers("2016Q1"))

    assert (done.flagged.raised, done.flagged.by_hand) == (0, 1)
    assert [flag.flag_id for flag in facts_of(casebook, p.FAR, FlagRaised)] == ["flag-0123abcd"]


def test_a_practice_that_closed_takes_no_flag_and_its_own_are_withdrawn_with_their_numbers(
    casebook, publishes
):
    publishes("2016Q1", *p.numbers("2016Q1"))
    close = ClosePractice(closed_on=NOW.date(), source="epraccur")
    casebook.handle(p.FAR, close, operator(casebook.clock()), command_id=casebook.ids("command"))

    done = publishes("2016Q1", *p.numbers("2016Q1", far=95), reason="A count was wrong.")
    assert done.flagged.refused == ((p.FAR, "a-closed-practice-takes-no-new-work"),)
    assert open_flags(casebook) == set()


def test_numbers_are_read_again_from_the_kept_files_and_are_the_same(casebook, publishes):
    publishes("2016Q1", *p.numbers("2016Q1"))
    publishes("2016Q2", *p.numbers("2016Q2", far=None), "A99999,PS02,2016Q2,1,100")
    before = values(casebook, p.NEAR)

    assert observations_loaded.load_again(casebook) == (2 * len(p.CODES), [])
    assert values(casebook, p.NEAR) == before
    with casebook.stores.views_engine_write.begin() as connection:
        connection.execute(observations.OBSERVATION.delete().where(observations.OBSERVATION.c.code == p.NEAR))
    assert "not as many" in str(observations_loaded.problem(casebook))
    _, otherwise = observations_loaded.load_again(casebook)
    assert otherwise == [("PS02", "2016Q1"), ("PS02", "2016Q2")]
    assert observations_loaded.problem(casebook) is None


def test_the_files_of_releases_are_among_the_documents(casebook, publishes):
    publishes("2016Q1", *p.numbers("2016Q1"))

    found = casebook.documents.examined(casebook.recorder)
    assert (found.documents, found.missing, found.orphans) == (1, [], [])
    received = releases(casebook.recorder)["2016Q1"].received
    assert casebook.documents.file("release-2016Q1", received.file).decode().startswith(p.HEADING)


def test_a_practice_that_succeeded_another_is_explained_and_not_flagged(casebook, publishes):
    """PS02 has no merger among its known explanations, OE03 has."""
    close = ClosePractice(closed_on=date(2016, 2, 1), successor=p.FAR, source="epraccur")
    casebook.handle(p.NEAR, close, operator(casebook.clock()), command_id=casebook.ids("command"))

    publishes("2016Q1", *p.numbers("2016Q1"), *p.numbers("2015/16", indicator="OE03"))

    assert open_flags(casebook) == {(p.FAR, "PS02", "2016Q1")}


def test_a_merger_that_was_accepted_as_the_explanation_explains_the_year_after_it(casebook, publishes):
    publishes("2016Q1", *p.numbers("2016Q1"))
    [flag] = facts_of(casebook, p.FAR, FlagRaised)
    explain = ExplainFlag(
        flag_id=flag.flag_id,
        explanation_id="explanation-0123abcd",
        category=ExplanationCategory.MERGER,
        words="Two lists became one.",
        given_by=Side.PRACTICE,
    )
    accept = AcceptExplanation(explanation_id="explanation-0123abcd", reason="The register says so.")
    for person, command in (("person-1", explain), ("person-2", accept)):
        asked = Asked(person=person, organisation="Q74", role="manager", at=casebook.clock())
        casebook.handle(p.FAR, command, asked, command_id=casebook.ids("command"))

    done = publishes("2016Q2", *p.numbers("2016Q2"))

    assert [one.explained >= 1 for one in done.indicators] == [True]
    assert {one for one in open_flags(casebook) if one[0] == p.FAR} == set()

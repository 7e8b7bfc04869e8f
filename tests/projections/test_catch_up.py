"""Views take in each fact exactly once, whoever catches up; one that fails stops alone and says so."""

import contextlib
import multiprocessing
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from application.recording import Sent
from application.schema import ViewsMissing
from application.stores import open_stores
from domain.rules import Sealed
from projections import actions, caseload_found, flags, health, story, timeline
from projections.all import READ_MODELS
from projections.catch_up import BATCH, Behind, Views
from projections.checkpoints import ViewsOutdated
from projections.tables import ReadModel
from tests.projections.conftest import checkpoints, dump, registered
from tests.projections.histories import random_history
from tests.support import factories as a
from tests.support.readers import EVERYBODY


def test_catching_up_twice_changes_nothing(given):
    views = given(a.flag_raised(), a.action_proposed(), a.conversation_recorded())
    live, places = dump(views), checkpoints(views)
    assert views.catch_up() == []
    assert dump(views) == live
    assert checkpoints(views) == places


def test_the_first_change_ever_is_shown(record, views):
    assert views.catch_up() == []
    record(registered())
    assert views.catch_up() == []
    assert [row[0] for row in dump(views)["caseload"]] == [a.CODE]


def test_a_lone_fact_of_a_batch_is_shown(given, record):
    views = given()
    record(registered(a.flag_raised()), after=2)
    assert views.catch_up() == []
    with views.reading() as reading:
        assert [flag.version for flag in flags.of_practice(reading, a.CODE)] == [3]


def test_facts_of_one_second_keep_their_order(record, views):
    history = registered(*[a.conversation_recorded() for _ in range(9)])
    at = history[0].recorded_at
    record([entry._replace(recorded_at=at) for entry in history])
    views.catch_up()
    with views.reading() as reading:
        found = timeline.find(reading, a.CODE, EVERYBODY, timeline.Filters(facets=["conversation"]))
    assert [act.first.version for act in found.acts] == [11, 10, 9, 8, 7, 6, 5, 4, 3]


def test_a_batch_longer_than_one_transaction_is_taken_in_whole(record, views):
    count = BATCH + 7
    record(registered(*[a.conversation_recorded(said=Sealed("Short.")) for _ in range(count)]))
    assert views.catch_up() == []
    with views.reading() as reading:
        assert timeline.find(reading, a.CODE, EVERYBODY).facets == {"conversation": count, "details": 2}


def test_many_small_steps_and_one_large_one_come_to_the_same(record, views):
    history = random_history(3, a.CODE, 60)
    for entry in history:
        record([entry])
        views.catch_up()
    step_by_step = dump(views)
    views.rebuild()
    assert dump(views) == step_by_step


def test_two_processes_that_take_turns_remember_nothing_that_the_other_changed(record, views, open_again):
    others = Views(open_again())
    for number, entry in enumerate(random_history(8, a.CODE, 60)):
        record([entry])
        assert (views, others)[number % 7 % 2].catch_up() == []
    turn_by_turn = dump(views)
    assert views.rebuild().equal
    assert dump(views) == turn_by_turn


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_another_process_took_in_is_not_made_again(given, record, views, open_again, monkeypatch):
    """SQLite says at once that the claim is lost: nobody waits for rows that are rolled back."""
    given()
    record(registered(a.flag_raised()), after=2)
    Views(open_again()).catch_up()
    taken_in = dump(views)
    with monkeypatch.context() as patch:
        patch.setattr("projections.writing.Writing.update", lambda *_: pytest.fail("rows were made"))
        assert views.catch_up() == []
    assert dump(views) == taken_in


def test_a_view_that_another_version_made_anew_meanwhile_is_not_written(given, record, stores, views):
    """Views go on from where this process left them, without being asked first where they stand."""
    given()
    record(registered(a.flag_raised()), after=2)
    assert views.catch_up() == []
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("UPDATE checkpoint SET shape = 'another of it' WHERE view = 'flags'"))
    live = dump(views)
    record(registered(a.flag_raised(), a.action_proposed()), after=3)
    with pytest.raises(ViewsOutdated):
        views.catch_up()
    assert dump(views) == live


# --- several at once ----------------------------------------------------------------------------------------------


def test_several_processes_take_in_each_fact_once(settings, stores, record, views):
    for number in range(6):
        record(random_history(number, f"X9000{number}", 30))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # processes of their own all the same, loaded once
    processes = [context.Process(target=_catch_up, args=(settings,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    last = stores.recorder.last_position()
    assert set(checkpoints(views).values()) == {(last, None)}
    together = dump(views)
    assert views.rebuild().equal
    assert dump(views) == together


def _catch_up(settings):
    with contextlib.closing(open_stores(settings)) as stores:
        for _ in range(5):
            assert Views(stores).catch_up() == []


def test_people_who_record_and_look_at_once_all_see_their_own(open_again, record, views):
    histories = {f"X9000{number}": registered(code=f"X9000{number}") for number in range(4)}
    for history in histories.values():
        record(history)
    views.catch_up()
    missed = []

    def works(code):
        stores = open_again()
        own = Views(stores)
        history = registered(
            *[a.conversation_recorded(said=Sealed(f"Call {n}.")) for n in range(10)], code=code
        )
        for entry in history[2:]:
            stores.recorder.append([entry], [Sent(f"{entry.stream}/{entry.version}", b"digest", 1)])
            behind = own.catch_up()
            with own.reading() as reading:
                if behind or timeline.find(reading, code, EVERYBODY).total != entry.version:
                    missed.append((code, entry.version, behind))

    workers = [threading.Thread(target=works, args=(code,)) for code in histories]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert missed == []
    together = dump(views)
    assert views.rebuild().equal
    assert dump(views) == together


# --- one that fails -----------------------------------------------------------------------------------------------


def failing(on):
    """The flags, whose rows cannot be made once a flag with this id is there."""

    def rows(told):
        if on in told.practice.flags:
            raise KeyError("words that nobody may see in a note")
        yield from flags.rows(told)

    return ReadModel("flags", "practice", flags.MODEL.tables, rows)


@pytest.fixture
def with_failing(stores):
    """The views as they are, but for the flags: a later version that fails."""

    def made(on="flag-00000666"):
        return Views(stores, [failing(on) if model.name == "flags" else model for model in READ_MODELS])

    return made


def test_a_failing_view_stops_alone_just_before_what_it_cannot_take(given, record, with_failing):
    given(a.flag_raised(flag_id="flag-00000001"))
    failing_facts = (a.flag_raised(flag_id="flag-00000001"), a.flag_raised(flag_id="flag-00000002", indicator="PS01"),
                     a.flag_raised(flag_id="flag-00000666", indicator="PS02"), a.conversation_recorded())  # fmt: skip
    record(registered(*failing_facts), after=3)
    views = with_failing()

    behind = views.catch_up()

    assert behind == [Behind("flags", 4, 6, f"KeyError at practice-{a.CODE}/5")]
    assert {view for view, (position, _) in checkpoints(views).items() if position == 6} == set(
        views.models
    ) - {"flags"}
    with views.reading() as reading:
        assert [flag.flag_id for flag in flags.of_practice(reading, a.CODE)] == [
            "flag-00000001",
            "flag-00000002",
        ]
        assert len(timeline.find(reading, a.CODE, EVERYBODY).acts) == 6


def test_a_view_that_stopped_is_never_said_to_be_caught_up(given, record, with_failing, stores):
    given()
    record(registered(a.flag_raised(flag_id="flag-00000666"), a.action_proposed()), after=2)
    views = with_failing()
    assert [behind.view for behind in views.catch_up()] == ["flags"]
    record(registered(a.flag_raised(), a.action_proposed(), a.action_proposed()), after=4)
    assert [(behind.view, behind.position, behind.last) for behind in views.catch_up()] == [("flags", 2, 5)]
    with views.reading() as reading:
        assert len(actions.of_practice(reading, a.CODE, a.HOLDER, a.COMMISSIONER)) == 2

    told = {position.view: position.problem for position in health.positions(stores)}
    assert told["flags"] == (
        "The view flags: stopped at 2 of 5 (KeyError at practice-X90001/3): run `casebook rebuild --view flags`"
    )
    assert [view for view, problem in told.items() if problem] == ["flags"]


def test_no_words_are_in_the_note_of_a_failure(given, record, with_failing):
    given()
    record(registered(a.flag_raised(flag_id="flag-00000666")), after=2)
    with_failing().catch_up()
    assert "nobody may see" not in str(checkpoints(with_failing()))


def test_a_rebuild_mends_a_view_that_stopped(given, record, with_failing, stores):
    given()
    record(registered(a.flag_raised(flag_id="flag-00000666")), after=2)
    with_failing().catch_up()
    mended = Views(stores)
    assert [behind.view for behind in mended.catch_up()] == ["flags"]
    certificate = mended.rebuild(["flags"])
    assert certificate.failed == {}
    assert mended.catch_up() == []
    assert len(dump(mended)["flag"]) == 1
    assert not any(position.problem for position in health.positions(stores))


def test_a_rebuild_leaves_a_view_that_fails_as_it_is_and_makes_the_others(given, record, with_failing):
    views = given(a.flag_raised(flag_id="flag-00000001"))
    record(registered(a.flag_raised(), a.flag_raised(flag_id="flag-00000666", indicator="PS01")), after=3)
    certificate = with_failing().rebuild()
    assert certificate.failed == {"flags": f"KeyError at practice-{a.CODE}/4"}
    assert not certificate.equal
    assert "flags" not in certificate.rebuilt
    assert [row[1] for row in dump(views)["flag"]] == ["flag-00000001"]
    assert len(dump(views)["timeline"]) == 4


def test_a_practice_that_cannot_be_replayed_stops_the_views_of_practices_and_no_others(
    given, record, views, monkeypatch
):
    given(a.flag_raised())
    record(registered(a.flag_raised(), a.action_proposed()), after=3)

    def broken(_history):
        raise ValueError("words")

    monkeypatch.setitem(story.REPLAY, "practice", broken)
    behind = views.catch_up()
    others = {"people", "organisations", "opened", "links"}
    assert {one.view for one in behind} == set(views.models) - others
    assert {one.note for one in behind} == {f"ValueError at practice-{a.CODE}/4"}
    assert {one.position for one in behind} == {3}


def test_a_busy_store_is_no_view_s_fault(given, record, stores, views, monkeypatch):
    given()
    record(registered(a.flag_raised()), after=2)

    def busy(*_arguments):
        raise OperationalError("BEGIN", {}, Exception("busy"))

    with monkeypatch.context() as patch:
        patch.setattr("projections.checkpoints.claim", busy)
        behind = views.catch_up()
    assert {(one.position, one.last, one.note) for one in behind} == {(2, 3, "OperationalError")}
    assert {note for _, note in checkpoints(views).values()} == {None}
    assert views.catch_up() == []


# --- missing --------------------------------------------------------------------------------------------------------


def test_views_that_are_not_there_are_said_to_be_missing(given, stores):
    views = given()
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("DROP TABLE checkpoint"))
    with pytest.raises(ViewsMissing):
        views.catch_up()
    assert {position.problem for position in health.positions(stores)} == {
        f"The view {name}: is missing: run `casebook rebuild`" for name in views.models
    }


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_views_file_that_is_gone_is_said_to_be_missing_and_made_again(given, stores, settings):
    views = given(a.flag_raised())
    live = dump(views)
    stores.views_file.unlink()
    with pytest.raises(ViewsMissing):
        views.catch_up()
    assert all(position.position is None for position in health.positions(stores))
    Views(stores).rebuild()
    assert not any(position.problem for position in health.positions(stores))
    assert dump(Views(stores)) == live


def test_readers_cannot_write(given):
    with given().reading() as reading, pytest.raises(Exception, match=r"read-?only"):
        reading.execute(text("DELETE FROM flag"))


def test_a_page_reads_one_moment(given, record, views):
    given(a.flag_raised())
    with views.reading() as reading:
        before = flags.of_practice(reading, a.CODE)
        record(registered(a.flag_raised(), a.flag_raised(indicator="PS01")), after=3)
        assert views.catch_up() == []
        assert flags.of_practice(reading, a.CODE) == before
    with views.reading() as reading:
        assert len(flags.of_practice(reading, a.CODE)) == 2


def test_nothing_goes_stale_overnight(given):
    """What is overdue is counted from due dates when asked."""
    views = given(a.action_proposed(due_on=a.TODAY))
    with views.reading() as reading:
        today = caseload_found.one(reading, a.CODE, a.TODAY)
        tomorrow = caseload_found.one(reading, a.CODE, a.TODAY + timedelta(days=1))
    assert [row and row.overdue for row in (today, tomorrow)] == [0, 1]

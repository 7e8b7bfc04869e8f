"""A rebuilt view is the live one, byte for byte, and nothing that happens to a rebuild touches what is live."""

import random
from itertools import product

import pytest
from sqlalchemy import inspect, text

from domain.practice.events import FACTS
from domain.rules import Sealed
from projections import rebuild as rebuilding
from projections.catch_up import Views
from projections.checkpoints import ViewsOutdated
from tests.projections.conftest import checkpoints, dump, registered
from tests.projections.histories import random_history
from tests.support import factories as a


def in_pieces(histories, chance):
    """The facts of several histories in a random order that keeps each history's own, a few at a time."""
    waiting = [list(history) for history in histories]
    while any(waiting):
        piece = []
        for _ in range(chance.randrange(1, 9)):
            left = [history for history in waiting if history]
            if left:
                piece.append(chance.choice(left).pop(0))
        yield piece


@pytest.mark.parametrize("seed", range(6))
def test_rebuilt_is_live_over_random_histories(views, record, seed):
    chance = random.Random(seed)
    histories = [random_history(seed, f"X9000{number}", chance.randrange(5, 70)) for number in range(1, 4)]
    for piece in in_pieces(histories, chance):
        record(piece)
        if chance.random() < 0.5:
            assert views.catch_up() == []
    assert views.catch_up() == []
    live = dump(views)

    certificate = views.rebuild()

    assert certificate.equal, certificate.differences
    assert set(certificate.compared) == set(views.models)
    assert dump(views) == live
    assert views.catch_up() == []
    assert dump(views) == live


def test_random_histories_hold_every_kind_of_fact():
    unseen = {kind for kind in FACTS if kind.__name__ != "ResponsibilityAssigned"}
    for seed, number in product(range(40), range(1, 5)):
        unseen -= {type(entry.fact) for entry in random_history(seed, f"X9000{number}", 80)}
        if not unseen:
            break
    assert unseen == set()


def test_a_rebuild_of_no_facts_makes_empty_views(views):
    certificate = views.rebuild()
    assert certificate.equal
    assert certificate.facts == 0
    assert all(rows == [] for rows in dump(views).values())


def test_a_rebuild_makes_views_where_there_are_none(given, stores):
    live = dump(given(a.flag_raised()))
    with stores.views_engine_write.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))  # an index goes with its parts
    views = Views(stores)
    certificate = views.rebuild()
    assert certificate.compared == ()
    assert dump(views) == live


def test_rebuilding_one_view_leaves_the_others(given, stores):
    views = given(a.flag_raised(), a.action_proposed())
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("UPDATE flag SET name = 'altered'"))
        connection.execute(text("UPDATE action SET issue = 'altered'"))

    certificate = views.rebuild(["flags"])

    assert certificate.rebuilt == ("flags",)
    assert [row[4] for row in dump(views)["flag"]] != ["altered"]
    assert [row[5] for row in dump(views)["action"]] == ["altered"]


def test_what_a_rebuild_finds_different_is_listed(given, stores):
    views = given(a.flag_raised(flag_id="flag-00000001"), a.action_proposed(action_id="action-00000001"))
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("UPDATE flag SET name = 'altered'"))
        connection.execute(text("DELETE FROM action"))
        connection.execute(
            text(
                "INSERT INTO person (person, basis, version, name, name_sort, email) VALUES"
                " ('person-nobody', '1', 1, 'Nobody', 'nobody', 'n@example.org')"
            )
        )

    certificate = views.rebuild()

    assert not certificate.equal
    assert certificate.differences == [
        ("flags", "flag", a.CODE, "flag-00000001", "different"),
        ("actions", "action", a.CODE, "action-00000001", "missing"),
        ("people", "person", "person-nobody", "", "extra"),
    ]
    assert views.rebuild().equal


def test_a_stream_that_moved_on_during_the_rebuild_is_not_called_different(given, record, views, monkeypatch):
    given(a.flag_raised())
    index = rebuilding.Rebuild._index

    def meanwhile(self, edition):
        record(registered(a.flag_raised(), a.flag_raised(indicator="PS01")), after=3)
        assert views.catch_up() == []
        index(self, edition)

    monkeypatch.setattr(rebuilding.Rebuild, "_index", meanwhile)
    certificate = views.rebuild()
    assert certificate.equal, certificate.differences
    assert len(dump(views)["flag"]) == 2, "what was recorded during the rebuild is in the rebuilt view"
    assert {position for position, _ in checkpoints(views).values()} == {4}


class Killed(BaseException):
    """As if the process had been killed: nothing in the code may catch it."""


@pytest.mark.parametrize("at", ["_fill", "_index", "_compare", "_swap"])
def test_a_killed_rebuild_leaves_the_live_views(given, monkeypatch, at):
    views = given(a.flag_raised(), a.action_proposed(), a.conversation_recorded())
    live = dump(views)

    def killed(*_arguments):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding.Rebuild, at, killed)
        with pytest.raises(Killed):
            views.rebuild()
    assert dump(views) == live
    assert views.catch_up() == []

    assert views.rebuild().equal
    assert dump(views) == live
    with views.reading() as reading:
        assert [name for name in inspect(reading).get_table_names() if "__" in name] == []


def test_a_rebuild_killed_while_it_swaps_leaves_the_live_views(given, monkeypatch):
    views = given(a.flag_raised())
    live = dump(views)

    def killed(*_arguments):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("projections.checkpoints.place", killed)
        with pytest.raises(Killed):
            views.rebuild()
    assert dump(views) == live
    assert views.catch_up() == []


def test_one_rebuild_runs_at_a_time(given, open_again, monkeypatch):
    views = given(a.flag_raised())
    other = Views(open_again())
    index = rebuilding.Rebuild._index

    def meanwhile(self, edition):
        with pytest.raises(rebuilding.RebuildRunning):
            other.rebuild()
        index(self, edition)

    monkeypatch.setattr(rebuilding.Rebuild, "_index", meanwhile)
    assert views.rebuild().equal


def test_an_unknown_view_is_refused_by_name(views):
    with pytest.raises(ValueError, match="there is no view nonsense"):
        views.rebuild(["nonsense"])


def test_views_of_another_shape_say_so_and_are_rebuilt(given, stores, monkeypatch):
    live = dump(given(a.flag_raised()))
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("UPDATE checkpoint SET shape = 'older' WHERE view = 'flags'"))
    views = Views(stores)
    with pytest.raises(ViewsOutdated, match=r"flags .*casebook rebuild"):
        views.catch_up()
    certificate = views.rebuild()
    assert "flags" not in certificate.compared
    assert views.catch_up() == []
    assert dump(views) == live


def test_init_again_makes_only_what_is_missing(given, stores):
    views = given(a.flag_raised())
    live = dump(views)
    views.make()
    assert dump(views) == live
    with stores.views_engine_write.begin() as connection:
        connection.execute(text("DELETE FROM checkpoint WHERE view = 'actions'"))
    views.make()
    assert views.catch_up() == []
    assert dump(views) == live


def test_words_of_the_greatest_length_survive_a_rebuild(given):
    longest = "صباح 📞 " * 2_857
    assert len(longest) == 19_999
    views = given(
        a.action_proposed(issue=Sealed("x" * 2_000), success_measure=Sealed("é" * 2_000)),
        a.intelligence_recorded(summary=Sealed(longest)),
        a.tier_decided(rationale=Sealed(longest)),
    )
    assert dump(views)["intelligence"][0][5] == longest
    assert views.rebuild().equal
    assert dump(views)["intelligence"][0][5] == longest
    assert dump(views)["decision"][0][-1] == longest


def test_progress_is_told(given):
    views = given(a.flag_raised(), a.action_proposed())
    told = []
    views.rebuild(progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (4, 4)

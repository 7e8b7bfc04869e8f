"""Histories that were just read: never short of a fact, never kept for long."""

import threading

import pytest

from application import at_hand
from application.at_hand import HistoriesAtHand, History, state_of
from domain.rules import Sealed
from tests.contracts.notebook import NoteCounted, recorded

STREAM = "notebook-1"


def facts(count, stream=STREAM):
    return [recorded(NoteCounted(count=one), stream, one) for one in range(1, count + 1)]


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved: `clock[0] += 30`."""
    now = [1_000.0]
    monkeypatch.setattr(at_hand.time, "monotonic", lambda: now[0])
    return now


def test_what_was_read_a_minute_ago_is_read_anew(clock):
    kept = HistoriesAtHand()
    first = History(facts(2))
    kept.keep(STREAM, first)
    clock[0] += 59
    assert kept.get(STREAM) is first
    kept.keep(STREAM, History(facts(3), first.read_at))
    clock[0] += 2
    assert kept.get(STREAM) is None, "facts that were added do not make the first of them young"


def test_whoever_was_not_asked_for_longest_makes_room(monkeypatch):
    monkeypatch.setattr(HistoriesAtHand, "MOST", 10)
    kept = HistoriesAtHand()
    for name in ("notebook-1", "notebook-2"):
        kept.keep(name, History(facts(5, name)))
    assert kept.get("notebook-1") is not None
    kept.keep("notebook-3", History(facts(5, "notebook-3")))
    assert [name for name in ("notebook-1", "notebook-2", "notebook-3") if kept.get(name)] == [
        "notebook-1", "notebook-3",
    ]  # fmt: skip


def test_a_history_larger_than_all_room_is_not_kept(monkeypatch):
    monkeypatch.setattr(HistoriesAtHand, "MOST", 10)
    kept = HistoriesAtHand()
    kept.keep(STREAM, History(facts(11)))
    assert kept.get(STREAM) is None


def test_a_state_is_worked_out_once_for_a_history_that_is_kept():
    asked = []

    def replay(history):
        asked.append(len(history))
        return Sealed("state")

    history = History(facts(3))
    assert state_of(history, replay) is state_of(history, replay)
    assert state_of(facts(2), replay) is not state_of(facts(2), replay)
    assert asked == [3, 2, 2]


def test_a_history_that_is_replayed_as_what_it_is_not_is_not_kept_so():
    history = History(facts(3))
    assert state_of(history, lambda facts: ["another kind", len(facts)]) == ["another kind", 3]
    assert state_of(history, len) == 3
    longer = history.with_later(facts(4)[3:])
    assert state_of(longer, len) == 4


def test_many_threads_that_keep_and_ask_leave_no_count_behind(monkeypatch):
    monkeypatch.setattr(HistoriesAtHand, "MOST", 20)
    kept = HistoriesAtHand()

    def work(number):
        for count in range(1, 40):
            name = f"notebook-{(number + count) % 7}"
            kept.keep(name, History(facts(count % 9, name)))
            kept.get(name)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept._facts == sum(map(len, kept._kept.values())) <= 20

"""Who tries to sign in too often waits; the waits grow, end by themselves, and are the same for everybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from application.lock_out import FREE_OF_ACCOUNT, FREE_OF_ADDRESS, LockOut
from application.tables import sign_in_tries

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ANNE, HERE = "anne@example.org", "192.0.2.1"


@pytest.fixture
def lock_out(stores):
    return LockOut(stores.record_engine, "s" * 32)


def fail(lock_out, times, at=NOW, email=ANNE, address=HERE):
    return [lock_out.count(email, address, at) for _ in range(times)]


def test_five_tries_are_free_and_the_next_waits(lock_out):
    tries = fail(lock_out, 5)
    assert [one.until for one in tries] == [None] * 4 + [NOW + timedelta(minutes=1)]
    assert all(one.looked_at for one in tries)
    early = lock_out.count(ANNE, HERE, NOW + timedelta(seconds=59))
    assert early == (NOW + timedelta(minutes=1), False)


def test_each_wait_is_longer_and_the_longest_is_a_quarter_of_an_hour(lock_out):
    fail(lock_out, 4)
    at, waits = NOW, []
    for _ in range(7):
        tried = lock_out.count(ANNE, "", at)
        assert tried.looked_at
        waits.append((tried.until - at).seconds // 60)
        at = tried.until
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_trying_while_one_waits_makes_it_no_longer(lock_out):
    fail(lock_out, 50)
    assert lock_out.count(ANNE, HERE, NOW + timedelta(minutes=1)).looked_at


def test_a_day_without_a_try_forgets_them(lock_out):
    fail(lock_out, 7)
    later = NOW + timedelta(days=1, minutes=5)
    assert [one.until for one in fail(lock_out, 4, at=later)] == [None] * 4


def test_who_signs_in_begins_again(lock_out):
    for _ in range(4):
        fail(lock_out, 4)
        lock_out.succeeded(ANNE, HERE)
    assert lock_out.held(NOW) == []


def test_an_address_that_tries_many_accounts_waits_and_others_do_not(lock_out):
    tries = [lock_out.count(f"{number}@example.org", HERE, NOW) for number in range(FREE_OF_ADDRESS + 3)]
    assert sum(one.looked_at for one in tries) == FREE_OF_ADDRESS
    assert lock_out.count(ANNE, "192.0.2.2", NOW).looked_at
    assert [held.address for held in lock_out.held(NOW)] == [HERE]


def test_one_good_account_does_not_make_an_address_free(lock_out):
    for number in range(FREE_OF_ADDRESS - 1):
        lock_out.count(f"{number}@example.org", HERE, NOW)
        lock_out.count(ANNE, HERE, NOW)
        lock_out.succeeded(ANNE, HERE)
    assert lock_out.count("last@example.org", HERE, NOW).until is not None


def test_what_was_typed_is_not_kept(lock_out, stores):
    fail(lock_out, 5, email="Somebody Else's secret")
    with stores.record_engine.connect() as connection:
        rows = repr(connection.execute(select(sign_in_tries)).all())
    assert "secret" not in rows
    assert lock_out.subject_of(ANNE) == lock_out.subject_of(" Anne@Example.org ")
    assert lock_out.subject_of(ANNE) != LockOut(stores.record_engine, "t" * 32).subject_of(ANNE)


def test_a_cleared_account_tries_again_at_once(lock_out):
    fail(lock_out, 5, address="")
    [held] = lock_out.held(NOW)
    assert (held.tries, held.address) == (5, None)
    assert lock_out.clear(held.subject)
    assert not lock_out.clear(held.subject)
    assert lock_out.count(ANNE, "", NOW).looked_at


def test_however_many_come_at_once_no_more_are_let_through(lock_out):
    with ThreadPoolExecutor(8) as together:
        tries = list(together.map(lambda _: lock_out.count(ANNE, HERE, NOW), range(40)))
    assert sum(one.looked_at for one in tries) == FREE_OF_ACCOUNT

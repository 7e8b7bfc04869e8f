"""The demonstration, filled and served from the command line."""

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import at, listed


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    casebook = at(tmp_path_factory.mktemp("demonstration") / "home")
    casebook.fine("init", "--stores-only")
    ran = casebook.fine("demo")
    assert re.fullmatch(r"The demonstration is told: \d+ practices\.\n", ran.out)
    return casebook


def test_it_fills_an_empty_store_and_every_check_holds(demonstration):
    assert demonstration.fine("doctor").status == 0


def test_what_is_recorded_of_the_framework_is_of_its_own_day(demonstration):
    told = demonstration.fine("framework", "versions", "--json").json
    (first,), (draft,) = told["versions"], told["drafts"]
    assert first["published_on"] < draft["drafted_on"] <= "2026-11-20"
    assert draft["drafted_by_called"] == "Ines Moor"
    demonstration.fine("init")
    assert demonstration.fine("framework", "versions", "--json").json == told


def test_a_store_with_anything_in_it_is_refused(demonstration):
    ran = demonstration("demo")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1


def test_if_empty_keeps_what_is_there(demonstration):
    before = (demonstration.home / "record.db").stat().st_size
    demonstration.fine("demo", "--if-empty")
    assert (demonstration.home / "record.db").stat().st_size == before


def test_a_store_with_real_practices_is_refused(casebook, register):
    casebook.fine("import", "register", register(listed("A81001")))
    assert casebook("demo").status == 1
    assert casebook("demo", "--if-empty").status == 0
    assert casebook.fine("show", "A81001").status == 0
    assert casebook("show", "X90017").status == 1


def test_one_that_was_cut_short_says_so(casebook, monkeypatch):
    from web.commands import setting_up

    def cut_short(stores, progress, observed):
        stores.set_mark("demonstration", "2026-11-20")
        raise KeyboardInterrupt

    monkeypatch.setattr(setting_up, "fill", cut_short)
    assert casebook("demo").status == 130
    ran = casebook("demo", "--if-empty")
    assert ran.status == 1
    assert "was cut short" in ran.err


def test_serve_says_where_it_is_and_who_to_sign_in_as(demonstration):
    server = subprocess.Popen(
        [Path(sys.executable).parent / "casebook", "serve", "--port", "0"],
        env={**os.environ, **demonstration.environ}, stdout=subprocess.PIPE, text=True,
        # A run in the background is started deaf to interrupts, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    assert server.stdout is not None
    try:
        found = re.fullmatch(r"Casebook is on http://127\.0\.0\.1:(\d+)\n", server.stdout.readline())
        said = "".join(server.stdout.readline() for _ in range(6))
        assert found is not None
        assert "Sign in with the password" in said
        for role in ("caseworker", "manager", "lead", "auditor", "administrator"):
            assert role in said
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
        connection.request("GET", "/sign-in")
        assert connection.getresponse().status == 200
        connection.close()
        taken = demonstration.process("serve", "--port", found[1])
        assert taken.status == 1
        assert taken.err == f"127.0.0.1:{found[1]} is in use: choose another with --port\n"
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        server.stdout.close()


def test_serve_without_views_says_what_to_run(casebook):
    (casebook.home / "views.db").unlink()
    ran = casebook("serve", "--port", "0")
    assert (ran.status, ran.out) == (1, "")
    assert "casebook rebuild" in ran.err

"""`casebook serve` killed while forms are being sent: each is recorded wholly and once, or not at all; never twice."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPException

import pytest

from application.doctor import examine
from domain.practice.events import ConversationRecorded
from tests.support import factories as a
from tests.web.test_served import Browser

PRACTICE = f"/practices/{a.CODE}"
FORM = f"{PRACTICE}/record-conversation"
AT_ONCE = 5

MOMENTS = {
    "as soon as they were sent": lambda recorded, answered: True,
    "as soon as the first is recorded, and not answered yet": lambda recorded, answered: recorded >= 1,
    "as soon as the first is answered": lambda recorded, answered: answered >= 1,
    "as soon as most of them are": lambda recorded, answered: answered >= 3,
}
"""When the server is killed, by how many of the forms are recorded and how many of those who sent them know it."""


@pytest.fixture
def serving(servers):
    """A server of an installation, in a process of its own, and its port. It is ended, however the test ends."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK_")}

    @contextmanager
    def served(settings):
        with servers.serving({**environ, "CASEBOOK_HOME": str(settings.home)}) as server:
            yield server, server.port

    return served


@pytest.fixture
def home(stores, settings):
    """The installation, living on its practice's own day: the test is the same whatever day it is run."""
    stores.set_mark("demonstration", "2026-11-21")
    return settings


def drawn(browser, said):
    """A form, opened and filled in: what is sent now, and again later."""
    page = browser.ask("GET", FORM).text.partition("<main")[2]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    day = {"occurred_on-day": "21", "occurred_on-month": "11", "occurred_on-year": "2026"}
    return {**hidden, **day, "channel": "phone", "attendees": "you", "said": said, "visibility": "both"}


def sent(port, cookie, form):
    """The answer's status, or None when the server was gone before it answered."""
    browser = Browser(port)
    browser.cookie = cookie
    try:
        return browser.ask("POST", FORM, form).status
    except (OSError, HTTPException):
        return None


def killed_while_taking(server, send, forms, recorded, moment):
    """Send the forms at once, kill the server at the moment, and say which were answered as recorded."""
    before = recorded()
    with ThreadPoolExecutor(AT_ONCE) as senders:
        sending = [senders.submit(send, form) for form in forms]
        until = time.monotonic() + 10
        while not moment(recorded() - before, sum(one.done() for one in sending)):
            assert time.monotonic() < until
            time.sleep(0.001)
        os.kill(server.pid, signal.SIGKILL)
        return {form["said"] for form, one in zip(forms, sending, strict=True) if one.result() == 303}


def test_a_server_killed_while_it_takes_a_form_records_it_once_or_not_at_all(home, stores, serving):
    cookie = ""
    told: set[str] = set()
    waiting: list[dict[str, str]] = []

    def recorded():
        history = stores.recorder.history(f"practice-{a.CODE}")
        assert [fact.version for fact in history] == list(range(1, len(history) + 1))
        return [fact.fact.said.words for fact in history if isinstance(fact.fact, ConversationRecorded)]

    for number, moment in enumerate([*MOMENTS.values(), None]):
        with serving(home) as (server, port):
            browser = Browser(port)
            browser.cookie = cookie
            there = recorded()
            assert told <= set(there), "what was answered as recorded is there"
            assert len(set(there)) == len(there)
            assert {sent(port, cookie, form) for form in waiting} <= {303}, "sent again, each is taken"
            told |= {form["said"] for form in waiting}
            assert sorted(recorded()) == sorted(told), "and is there once, whenever the kill came"
            if moment is None:
                page = browser.ask("GET", PRACTICE).text
                break
            if not cookie:
                assert browser.sign_in().status == 303
            waiting = [drawn(browser, f"Call {number} of {n}.") for n in range(AT_ONCE)]
            cookie = browser.cookie
            send = partial(sent, port, cookie)
            told |= killed_while_taking(server, send, waiting, stores.recorder.last_position, moment)
    assert len(told) == AT_ONCE * len(MOMENTS)
    assert [said for said in told if said not in page] == []
    assert [check for check in examine(home) if not check.ok] == []

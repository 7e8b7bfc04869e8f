"""`casebook serve` killed while a meeting on twelve practices is being recorded: sent again, each has one entry."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from domain.practice.events import ConversationRecorded
from tests.support import factories as a
from tests.web.conftest import tell
from tests.web.test_killed import home, serving
from tests.web.test_meetings import begun, say
from tests.web.test_served import Browser

CODES = tuple(f"X91{number:03d}" for number in range(12))
MOMENTS = {"as soon as it was sent": False, "as soon as anything is recorded": True}

__all__ = ["home", "serving"]


@pytest.fixture
def twelve(casebook):
    for code in CODES:
        tell(casebook, a.register_practice(code=code), code)


def entries(stores):
    found = {}
    for code in CODES:
        history = stores.recorder.history(f"practice-{code}")
        found[code] = [one.fact.said.words for one in history if isinstance(one.fact, ConversationRecorded)]
    return found


def form_of(browser, meeting):
    page = browser.ask("GET", meeting).text.partition('<div id="record">')[2]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition("</form>")[0]))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_meeting_killed_midway_is_recorded_once_on_each_practice_and_nothing_is_lost(
    home,
    stores,
    serving,
    people,
    twelve,
    moment,
):
    meeting = begun(people.caseworker, CODES)
    for code in CODES:
        say(people.caseworker, meeting, code)
    with serving(home) as (server, port), ThreadPoolExecutor(1) as sender:
        browser = Browser(port)
        assert browser.sign_in().status == 303
        form, before = form_of(browser, meeting), stores.recorder.last_position()
        sending = sender.submit(_send, port, browser.cookie, f"{meeting}/record", form)
        until = time.monotonic() + 10
        while MOMENTS[moment] and stores.recorder.last_position() == before and time.monotonic() < until:
            time.sleep(0.001)
        os.kill(server.pid, signal.SIGKILL)
        sending.result()
    for code, said in entries(stores).items():
        kept = f"Only of {code}." in people.caseworker.open(f"{meeting}/{code}").html
        assert kept or said, "what was typed is recorded, or there to be recorded"
    with serving(home) as (_, port):
        again = Browser(port)
        again.cookie = browser.cookie
        if again.ask("GET", meeting).text.partition('<div id="record">')[2]:
            assert again.ask("POST", f"{meeting}/record", form_of(again, meeting)).status == 303
    assert [len(said) for said in entries(stores).values()] == [1] * len(CODES)
    for code, (said,) in entries(stores).items():
        assert said.endswith(f"Only of {code}.")


def _send(port, cookie, path, form):
    browser = Browser(port)
    browser.cookie = cookie
    try:
        return browser.ask("POST", path, form).status
    except (OSError, HTTPException):
        return None

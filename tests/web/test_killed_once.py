"""`casebook serve` killed while it keeps a document, and while it hands everything of somebody over: sent again, each is
there once, whole.
"""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import pytest

from application.doctor import examine
from application.documents import Documents
from domain.practice.events import DocumentAttached, PracticeHandedOver
from tests.support import factories as a
from tests.web.conftest import PEOPLE, tell
from tests.web.test_killed import home, serving
from tests.web.test_served import Browser

AMIRA, JO = PEOPLE["caseworker"][0], PEOPLE["colleague"][0]
CODES = tuple(f"X91{number:03d}" for number in range(45))
"""More than two commits' worth: they are handed over twenty at a time."""

BOUNDARY = "cut-here"
LARGE = a.PDF + b"\n%" + b"a" * 4_000_000
MOMENTS = ("as soon as anything of it is on the disk", "as soon as it is recorded")

__all__ = ["home", "serving"]


def hidden(page):
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition("<main")[2]))


def posted(port, cookie, path, body, kind):
    """The answer's status, or None when the server was gone before it answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body, {"Cookie": cookie, "Content-Type": kind})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def parts(fields, content):
    """A form with a file in it, as a browser sends it."""
    lines = b""
    for name, value in fields.items():
        lines += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    lines += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="content"; filename="plan.pdf"\r\n'.encode()
    )
    return lines + b"Content-Type: application/pdf\r\n\r\n" + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def killed_at(server, sending, reached):
    """Kill the server when the moment is reached, or the answer has come."""
    until = time.monotonic() + 20
    while not reached() and not sending.done() and time.monotonic() < until:
        time.sleep(0.001)
    os.kill(server.pid, signal.SIGKILL)
    sending.result()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_document_killed_midway_is_attached_once_and_whole(home, stores, serving, casebook, moment):
    form = f"/practices/{a.CODE}/attach-document"
    kind = f"multipart/form-data; boundary={BOUNDARY}"

    def attached():
        history = stores.recorder.history(f"practice-{a.CODE}")
        return [one.fact for one in history if isinstance(one.fact, DocumentAttached)]

    documents = Documents(home.home)
    reached = {
        MOMENTS[0]: lambda: any(documents.names()),
        MOMENTS[1]: lambda: bool(attached()),
    }[moment]
    with serving(home) as (server, port), ThreadPoolExecutor(1) as sender:
        browser = Browser(port)
        assert browser.sign_in().status == 303
        fields = hidden(browser.ask("GET", form).text)
        fields |= {"title": "The plan", "visibility": "both"}
        fields |= {"occurred_on-day": "21", "occurred_on-month": "11", "occurred_on-year": "2026"}
        body = parts(fields, LARGE)
        sending = sender.submit(posted, port, browser.cookie, form, body, kind)
        killed_at(server, sending, reached)
    there = attached()
    assert all(documents.opened(f"practice-{a.CODE}", one) == LARGE for one in there), (
        "what is recorded is whole"
    )
    with serving(home) as (_, port):
        assert posted(port, browser.cookie, form, body, kind) == 303, "sent again, it is taken"
    (fact,) = attached()
    assert there in ([], [fact])
    assert documents.opened(f"practice-{a.CODE}", fact) == LARGE
    assert [check for check in examine(home) if not check.ok] == []


@pytest.mark.parametrize("commits", [1, 2])
def test_everything_of_somebody_handed_over_and_killed_midway_goes_on_and_is_handed_over_once(
    home, stores, serving, casebook, record, commits
):
    for code in CODES:
        tell(casebook, a.register_practice(code=code), code)
        record("manager", a.name_caseworker(caseworker=AMIRA), code)
    form = f"/cover/{AMIRA}/hand-over-all"
    kind = "application/x-www-form-urlencoded"

    def handed_over():
        found = {code: stores.recorder.history(f"practice-{code}") for code in CODES}
        return [code for code in CODES for one in found[code] if isinstance(one.fact, PracticeHandedOver)]

    with serving(home) as (server, port), ThreadPoolExecutor(1) as sender:
        browser = Browser(port)
        assert browser.sign_in("manager").status == 303
        fields = hidden(browser.ask("GET", form).text) | {"caseworker": JO, "note": "Ask the deputy."}
        before = stores.recorder.last_position()
        body = urlencode(fields)
        sending = sender.submit(posted, port, browser.cookie, form, body, kind)
        killed_at(server, sending, lambda: stores.recorder.last_position() >= before + 20 * commits)
    there = handed_over()
    assert len(there) in {0, 20, 40, 45}, "a commit is there wholly or not at all"
    assert len(there) >= 20 * commits
    with serving(home) as (_, port):
        assert posted(port, browser.cookie, form, body, kind) == 303, "sent again, it goes on"
    assert sorted(handed_over()) == sorted(CODES), "and each is handed over once"
    assert {casebook.practice(code).caseworker for code in CODES} == {JO}
    assert [check for check in examine(home) if not check.ok] == []

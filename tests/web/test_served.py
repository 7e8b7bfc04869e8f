"""The pages as `casebook serve` serves them: through the server itself, over a socket."""

import re
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

import pytest

from application.accounts import make_link
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.conftest import PASSWORD
from web import create_app
from web.commands.serving import listening


@contextmanager
def running(app):
    server = listening(app, "127.0.0.1", 0)

    def serve():
        with suppress(OSError):  # its socket is closed under it, below: that is how it ends
            server.run()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield server.effective_port
    with server.trigger.lock:  # else the loop, awake for the last answer, may close it before it is pulled
        server.trigger.thunks.append(server.close)
        server.trigger.pull_trigger()
    thread.join(10)


@pytest.fixture
def served(app):
    with running(app) as port:
        yield Browser(port)


@pytest.fixture
def demonstration(casebook, stores, settings):
    stores.set_mark("demonstration", "2026-11-20")
    with running(create_app(casebook, Views(stores), settings)) as port:
        yield Browser(port)


class Browser:
    """Asks over a socket, with whatever headers, and keeps its cookie."""

    def __init__(self, port):
        self.port = port
        self.cookie = ""

    def ask(self, method, path, form=None, **headers):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(connection):  # a server that is killed answers with nothing
            connection.request(method, path, urlencode(form) if form is not None else None, sent)
            answer = connection.getresponse()
            answer.text = answer.read().decode()
        if set_cookie := answer.getheader("Set-Cookie"):
            self.cookie = set_cookie.partition(";")[0]
        return answer

    def sign_in(self, who="caseworker", **headers):
        page = self.ask("GET", "/sign-in", **headers)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        form = {"csrf_token": token, "email": f"{who}@example.org", "password": PASSWORD}
        return self.ask("POST", "/sign-in", form, **headers)


THROUGH_A_PROXY = [
    {"X_Forwarded_For": "192.0.2.1"},
    {"X_Forwarded_Host": "casebook.example"},
    {"X_Forwarded_Proto": "https"},
    {"X_Forwarded_Port": "443"},
    {"Forwarded": "for=192.0.2.1"},
    {"Via": "1.1 proxy.example"},
    {"X_Real_IP": "192.0.2.1"},
    {"Host": "casebook.example"},
    {"Host": "192.0.2.1:5000"},
    {"Host": "localhost.casebook.example"},
    {"Host": "127.0.0.1.casebook.example:5000"},
    {"Host": "[::1"},
    {"Host": ""},
]


@pytest.mark.parametrize("headers", THROUGH_A_PROXY, ids=str)
def test_a_demonstration_is_closed_to_whoever_comes_through_a_proxy(demonstration, headers):
    refused = demonstration.sign_in(**headers)
    assert refused.status == 403
    assert "only at the machine" in refused.text
    assert demonstration.ask("GET", "/account").status == 303


def test_a_demonstration_session_is_of_no_use_through_a_proxy(demonstration):
    assert demonstration.sign_in().status == 303
    assert demonstration.ask("GET", "/account").status == 200
    assert {demonstration.ask("GET", "/account", **headers).status for headers in THROUGH_A_PROXY} == {403}


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost:5000", "localhost", "[::1]:5000", "[::1]"])
def test_a_demonstration_is_open_at_its_own_machine(demonstration, host):
    assert demonstration.sign_in(Host=host).status == 303


def test_a_demonstration_is_closed_to_a_proxy_that_says_nothing_of_itself(demonstration, monkeypatch):
    monkeypatch.setattr(HTTPConnection, "_http_vsn", 10)
    monkeypatch.setattr(HTTPConnection, "_http_vsn_str", "HTTP/1.0")
    assert demonstration.sign_in(Host="127.0.0.1").status == 403


def test_any_other_installation_works_behind_a_proxy(served):
    assert served.sign_in(X_Forwarded_For="192.0.2.1", Host="casebook.example").status == 303


FORMS = [
    "/sign-in",
    "/account/password",
    "/register-practice",
    f"/practices/{a.CODE}/record-conversation",
]


def test_asked_for_its_head_alone_a_form_answers_as_when_it_is_opened(served):
    assert served.sign_in("manager").status == 303
    for address in (*FORMS, "/account", "/practices", "/static/pages.css", "/nowhere", "/sign-out"):
        whole, head = served.ask("GET", address), served.ask("HEAD", address)
        assert (head.status, head.text) == (whole.status, ""), address
        for name in ("Content-Type", "Location", "Allow", "Content-Security-Policy"):
            assert head.getheader(name) == whole.getheader(name), (address, name)
        if address.startswith("/static"):
            assert head.getheader("Content-Length") == whole.getheader("Content-Length") != "0"


def test_the_head_of_a_one_time_link_leaves_it_as_it_was(served, stores, clock):
    token = make_link(stores, "person-colleague", at=clock(), lasts=timedelta(days=7))
    assert served.ask("HEAD", f"/first-password/{token}").status == 200
    assert served.ask("GET", f"/first-password/{token}").status == 200


@pytest.mark.parametrize("path", ["/people", "/people?a=1", "//people", "///evil.example/..//people"])
def test_nobody_is_sent_on_to_the_host_that_was_asked_for(served, path):
    assert served.sign_in("administrator").status == 303
    answer = served.ask("GET", path, Host="evil.example")
    location = answer.getheader("Location") or ""
    assert location == {"/people": "/people/", "/people?a=1": "/people/?a=1"}.get(path, location)
    assert not location or (location.startswith("/") and not location.startswith("//"))
    assert "://evil.example" not in answer.text
    assert answer.getheader("Content-Security-Policy")


def test_a_sign_in_link_leads_to_the_address_that_people_use(casebook, stores, settings):
    told = replace(settings, base_url="https://casebook.example")
    app = create_app(casebook, Views(stores), told)
    with running(app) as port:
        browser, path = Browser(port), "/people/person-colleague/make-sign-in-link"
        assert browser.sign_in("administrator").status == 303
        main = browser.ask("GET", path).text.partition("<main")[2]
        form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', main))
        page = browser.ask("POST", path, form, Host="evil.example")
    assert page.status == 200
    assert "https://casebook.example/first-password/" in page.text
    assert "evil.example" not in page.text


def test_a_sign_in_link_leads_to_where_the_server_listens_when_nobody_said_another_address(served):
    path = "/people/person-colleague/make-sign-in-link"
    assert served.sign_in("administrator").status == 303
    main = served.ask("GET", path).text.partition("<main")[2]
    page = served.ask(
        "POST", path, dict(re.findall(r'name="(\w+)" value="([^"]*)"', main)), Host="evil.example"
    )
    assert f"http://127.0.0.1:{served.port}/first-password/" in page.text
    assert "evil.example" not in page.text

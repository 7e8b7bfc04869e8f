"""Who is signed in. Every route needs it, but those listed here: a new route is closed until somebody opens it."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import RoleMixin, Security, SQLAlchemySessionUserDatastore, UserMixin, current_user
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]
from sqlalchemy import bindparam, select
from sqlalchemy.orm import scoped_session, sessionmaker
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from application.accounts import Account
from application.stores import Stores
from web.service import service

OPEN_TO_ALL = frozenset({"static", "health", "account.sign_in", "account.first_password"})
"""The only endpoints that answer somebody who is not signed in."""

OF_PROXIES = ("Forwarded", "Via", "X-Real-IP")
"""Headers that only a proxy adds, beside all that begin X-Forwarded-."""

WhenSignedOut = Callable[[], ResponseReturnValue]
"""What answers a form that is sent by somebody whose session has ended."""


class SignedIn(Account, UserMixin):  # type: ignore[misc]
    """An account as Flask-Security works with it."""


class NoRoles(RoleMixin):
    """Flask-Security asks for a class of roles. Ours are facts, so it has no members."""

    name = ""


OF_SESSION = select(SignedIn).where(SignedIn.fs_uniquifier == bindparam("fs_uniquifier"))
"""The account that a session names: every request asks for it, so it is written once."""


class Accounts(SQLAlchemySessionUserDatastore):
    """Accounts, as Flask-Security finds them."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Any:
        if wanted.keys() == {"fs_uniquifier"} and not case_insensitive:
            return self.db.session.scalar(OF_SESSION, wanted)
        return super().find_user(case_insensitive, **wanted)


csrf = CSRFProtect()


def store() -> Any:
    """Accounts, as Flask-Security keeps them."""
    return current_app.extensions["security"].datastore


def set_up_sign_in(app: Flask, stores: Stores, when_signed_out: WhenSignedOut) -> None:
    sessions = scoped_session(sessionmaker(bind=stores.record_engine))
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of a way to hash)
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_TRACKABLE=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        WTF_CSRF_TIME_LIMIT=None,
    )

    # Before the CSRF check, which would refuse a form whose session ended and lose what was typed.
    @app.before_request
    def sign_in_first() -> Any:
        return _sign_in_first(when_signed_out)

    csrf.init_app(app)
    Security(app, Accounts(sessions, SignedIn, NoRoles), register_blueprint=False)

    @app.teardown_appcontext
    def give_back_session(_problem: BaseException | None) -> None:
        sessions.remove()


def _sign_in_first(when_signed_out: WhenSignedOut) -> Any:
    if request.endpoint in OPEN_TO_ALL:
        return None
    if not current_user.is_authenticated:
        if request.endpoint is None:
            abort(404)
        kept = when_signed_out() if request.method == "POST" else None
        return kept or redirect(url_for("account.sign_in", next=_this_page()), 303)
    if not may_sign_in_from_here():
        abort(403, "A demonstration is open only to people at its own machine")
    g.person_id = current_user.person_id
    return None


def may_sign_in_from_here() -> bool:
    """Demonstration accounts have published passwords, so they work on the machine itself and nowhere else."""
    if service.demonstration is None:
        return True
    return not _came_through_a_proxy() and _loopback(request.remote_addr or "") and _asked_of_this_machine()


def _came_through_a_proxy() -> bool:
    """What a proxy adds. One that adds nothing is told by the old HTTP in which it asks, which no browser speaks."""
    forwarded = any(name.lower().startswith("x-forwarded-") for name in request.headers.keys())  # noqa: SIM118
    old = request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
    return forwarded or old or any(name in request.headers for name in OF_PROXIES)


def _asked_of_this_machine() -> bool:
    """The address in the browser: a name of elsewhere that leads here is a proxy's, or a trick's."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return False
    return host == "localhost" or _loopback(host)


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def came_from() -> str:
    """The network address that a request comes from; "" where a proxy hides it. Of IPv6, the network that one has.

    What a proxy says is believed of one at this machine or on a private network, and the last that it says: what
    stands before, whoever asks may have written.
    """
    address = _ip(request.remote_addr)
    if address is not None and _came_through_a_proxy() and (address.is_loopback or address.is_private):
        address = _ip(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    if address is None:
        return ""
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def _ip(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text or "")
    except ValueError:
        return None


def local_path(wanted: str | None) -> str | None:
    """The wanted page if it is one of ours: a path that opens a page, and nothing that a browser could read as another site."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    if "\\" in wanted or any(ord(character) < 33 or ord(character) == 127 for character in wanted):
        return None
    return wanted if _opens_a_page(wanted) else None


def _opens_a_page(address: str) -> bool:
    path = unquote(address.partition("?")[0].partition("#")[0])
    try:
        current_app.url_map.bind("localhost").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _this_page() -> str | None:
    if request.method != "GET":
        return None
    path = request.full_path.rstrip("?")
    return None if path == "/" else path

"""Sign in and out, choose the first password by a one-time link, change the password."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.utils import hash_password, login_user, logout_user
from flask_security.utils import verify_and_update_password as verify
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from application.accounts import OneTimeLink
from application.lock_out import LockOut
from domain.rules import Asked
from web.auth import SignedIn, came_from, local_path, may_sign_in_from_here, store
from web.forms.sending import keeper, tokens
from web.names import organisation_names
from web.notices import notify
from web.service import current_asked, now, service, today
from web.words import moment, plural

blueprint = Blueprint("account", __name__)

NOT_KNOWN = "Enter the e-mail address and password of your account"
ONLY_HERE = "This is a demonstration: its accounts sign in only at the machine it runs on"
SIGNED_OUT = "You are signed out, here and wherever else you were signed in"
SHORTEST, LONGEST = 12, 200


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    wanted = local_path(request.values.get("next"))
    kept = request.form.get("kept", "")
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(wanted or "/", 303)
        return _sign_in_page(wanted, kept)
    if not may_sign_in_from_here():
        return _sign_in_page(wanted, kept, ONLY_HERE, 403)
    email, address = request.form.get("email", ""), came_from()
    tried = lock_out().count(email, address, now())
    if not tried.looked_at:
        return _sign_in_page(wanted, kept, _too_often(tried.until), 429)
    account = _account_that_signs_in(email, request.form.get("password", ""))
    if account is None:
        _note_failure(email, address, waits=tried.until is not None)
        if tried.until is not None:
            return _sign_in_page(wanted, kept, _too_often(tried.until), 429)
        return _sign_in_page(wanted, kept, NOT_KNOWN, 422)
    lock_out().succeeded(email, address)
    _begin_session(account)
    service.casebook.log_access(current_asked(), "signed-in", "SignIn", subject=_subject(address))
    if kept and (opened := keeper().open(kept)) is not None:
        return _carry_on(account.person_id, *opened)
    return redirect(wanted or "/", 303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Ends every session of the account: a copy of the cookie, wherever it is, is of no use any more."""
    account = store().find_user(id=current_user.id)
    _end_sessions(account)
    store().commit()
    logout_user()
    session.clear()
    notify(SIGNED_OUT, heading="Signed out")
    return redirect(url_for("account.sign_in"), 303)


@blueprint.get("/account")
def mine() -> ResponseReturnValue:
    asked = current_asked()
    organisation = organisation_names([asked.organisation], today()).get(asked.organisation or "", "")
    return render_template(
        "account/mine.html",
        asked=asked,
        organisation=organisation,
        email=current_user.email,
        signed_in_now=_when_and_where(current_user.current_login_at, current_user.current_login_ip),
        signed_in_before=_when_and_where(current_user.last_login_at, current_user.last_login_ip)
        if current_user.login_count > 1
        else "",
    )


def _when_and_where(at: datetime | None, address: str | None) -> str:
    """20 November 2026, 4:05pm, from 192.0.2.1."""
    if at is None:
        return ""
    return f"{moment(at.replace(tzinfo=UTC))}, from {address or 'an address that a proxy hides'}"


@blueprint.route("/account/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    errors: dict[str, str] = {}
    if request.method == "POST":
        tried = lock_out().count(current_user.email, "", now())
        if not tried.looked_at:
            errors["now"] = _too_often(tried.until)
        elif not _is_password_of(request.form.get("now", ""), current_user):
            errors["now"] = "Enter the password you have now"
            _note_failure(current_user.email, came_from(), waits=tried.until is not None)
        else:
            lock_out().succeeded(current_user.email)
        errors |= _wrong_with_new_password()
        if not errors:
            account = store().find_user(id=current_user.id)
            _set_password(account, request.form["password"])
            _begin_session(account)
            service.casebook.log_access(current_asked(), "changed", "Password")
            notify("Your password is changed", heading="Done")
            return redirect(url_for("account.mine"), 303)
    page = render_template("account/change_password.html", page_errors=_listed(errors), errors=errors)
    return page, 422 if errors else 200


@blueprint.route("/first-password/<token>", methods=["GET", "POST"])
def first_password(token: str) -> ResponseReturnValue:
    """Whoever holds the link chooses a password with it, once."""
    link = _usable_link(token)
    if link is None:
        return render_template("account/link_over.html"), 410
    account = store().find_user(id=link.account_id)
    if account is None or not may_sign_in_from_here():
        abort(403)
    errors = _wrong_with_new_password() if request.method == "POST" else {}
    if request.method == "GET" or errors:
        page = render_template(
            "account/first_password.html", email=account.email, page_errors=_listed(errors), errors=errors
        )
        return page, 422 if errors else 200
    link.used_at = now().astimezone(UTC)
    lock_out().succeeded(account.email)
    _set_password(account, request.form["password"])
    _begin_session(account)
    service.casebook.log_access(service.casebook.asked_as(account.person_id, now()), "used", "SignInLink")
    notify("Your password is set", heading="Done")
    return redirect("/", 303)


def keep_what_was_typed() -> ResponseReturnValue:
    """The sign-in page, for somebody whose session ended before they sent a form: with the form, sealed, in it."""
    if request.endpoint == "account.sign_out":
        return _sign_in_page(None, "")
    kept = keeper().seal(request.full_path.rstrip("?"), request.form)
    return _sign_in_page(None, kept)


def offer_to_continue(path: str, posted: MultiDict[str, str]) -> ResponseReturnValue:
    """One button that takes a filled form back to its page, where it is shown and not sent."""
    unseen = {"csrf_token", "step", "kept"}
    items = [(name, value) for name, value in posted.items(multi=True) if name not in unseen]
    return render_template("account/continue.html", action=path, posted=items)


def _carry_on(person_id: str, path: str, posted: MultiDict[str, str]) -> ResponseReturnValue:
    wanted = local_path(path)
    if wanted is None or tokens().drawn_for(posted.get("token", "")) != person_id:
        notify("What was typed before you signed in was somebody else's, so it was left out", success=False)
        return redirect("/", 303)
    return offer_to_continue(wanted, posted)


def _account_that_signs_in(email: str, password: str) -> SignedIn | None:
    """The account, if the password is its own. A wrong address takes as long as a wrong password.

    A password longer than any can be is refused before anything is looked up: it tells of no address.
    """
    if len(password) > LONGEST:
        return None
    account = store().find_user(email=email.strip().lower()) if "\0" not in email else None
    if account is None or not account.password or not account.active:
        hash_password(password)
        return None
    return account if verify(password, account) else None


def _is_password_of(password: str, account: Any) -> bool:
    """Whether it is the account's password. What is longer than any can be is not looked at."""
    return len(password) <= LONGEST and bool(verify(password, account))


def lock_out() -> LockOut:
    """Who waits before they may try again, under a key of this installation."""
    return LockOut(service.casebook.stores.record_engine, current_app.config["SECRET_KEY"])


def _too_often(until: datetime | None) -> str:
    """The same for an account that nobody has."""
    minutes = 1 if until is None else max(1, -(-int((until - now()).total_seconds()) // 60))
    return (
        f"There were too many tries. Wait {plural(minutes, 'minute')} and try again, or ask an administrator"
    )


def _note_failure(email: str, address: str, *, waits: bool) -> None:
    """A line in the access log: whose account it was, or that it was nobody's. What was typed is not in it."""
    account = store().find_user(email=email.strip().lower()) if "\0" not in email else None
    who = Asked(person=account.person_id if account else "nobody", organisation=None, role="none", at=now())
    rule = "who-tries-too-often-waits" if waits else "the-password-is-the-accounts"
    service.casebook.log_access(who, "refused", "SignIn", subject=_subject(address), rule=rule)


def _subject(address: str) -> str | None:
    """Where a try came from, as the access log has it."""
    return f"from-{address.replace('/', '_')}" if address else None


def _begin_session(account: SignedIn) -> None:
    """A session of its own for whoever signs in: nothing of the one before is in it."""
    session.clear()
    login_user(account, remember=False)
    account.current_login_ip = came_from() or None
    session.permanent = True
    store().commit()
    g.person_id = account.person_id
    g.pop("asked", None)


def _set_password(account: Any, password: str) -> None:
    """A new password ends every session that was begun with the old one."""
    account.password = hash_password(password)
    _end_sessions(account)
    store().commit()


def _end_sessions(account: Any) -> None:
    """A session names its account by this word, so a new word ends every one."""
    account.fs_uniquifier = secrets.token_hex(32)
    store().put(account)


def _wrong_with_new_password() -> dict[str, str]:
    password, again = request.form.get("password", ""), request.form.get("again", "")
    if len(password) < SHORTEST:
        return {
            "password": f"Choose a password of {SHORTEST} characters or more. Three or four words do well"
        }
    if len(password) > LONGEST:
        return {"password": f"Choose a password of {LONGEST} characters or fewer"}
    if password != again:
        return {"again": "Enter the same password twice"}
    return {}


def _usable_link(token: str) -> OneTimeLink | None:
    wanted = sha256(token.encode()).hexdigest()
    link = store().db.session.scalar(select(OneTimeLink).where(OneTimeLink.token_sha256 == wanted))
    if link is None or link.used_at is not None:
        return None
    expires = link.expires_at if link.expires_at.tzinfo else link.expires_at.replace(tzinfo=UTC)
    return link if expires > now() else None


def _listed(errors: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": text, "href": f"#{name}"} for name, text in errors.items()]


def _sign_in_page(wanted: str | None, kept: str, problem: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in.html",
        wanted=wanted,
        kept=kept,
        email=request.form.get("email", "") if problem else "",
        page_errors=[{"text": problem, "href": "#email"}] if problem else [],
    )
    return page, status

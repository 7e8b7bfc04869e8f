"""HTTP in, HTML out: no rules, no SQL. A request is read, a command is sent down, and what came of it is shown."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from application.casebook import Casebook
from application.settings import Settings
from domain.rules import LONDON
from web.auth import set_up_sign_in
from web.errors import set_up_errors
from web.forms.keeping import Keeper
from web.forms.tokens import Tokens
from web.notices import notices
from web.security import set_up_headers
from web.service import Service, current_asked, may
from web.templating import Pages, set_up_templates

AREAS = (
    "web.account.routes",
    "web.mywork.routes",
    "web.caseload.routes",
    "web.practices.routes_read",
    "web.practices.record",
    "web.audit.routes",
    "web.people.routes",
)
"""Every module that answers requests. Each has a `blueprint`."""

LARGEST_FORM = 512 * 1024


def create_app(casebook: Casebook, views: Any, settings: Settings) -> Flask:
    """The application, around a casebook and its views."""
    app = Pages("web", static_url_path="/static")
    secret = settings.session_secret()
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="casebook",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=10),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    app.extensions["casebook"] = Service(casebook, views, settings)
    app.extensions["form-tokens"] = Tokens(secret)
    app.extensions["form-keeper"] = Keeper(secret)
    set_up_templates(app)
    set_up_headers(app)
    set_up_sign_in(app, casebook.stores, _keep_what_was_typed)
    set_up_errors(app)
    for area in AREAS:
        if _there(area):
            app.register_blueprint(import_module(area).blueprint)
    app.add_url_rule("/health", "health", _health)
    _set_up_layout(app, settings, casebook.stores.mark("demonstration"))
    return app


def _there(area: str) -> bool:
    return find_spec(area.rpartition(".")[0]) is not None and find_spec(area) is not None


def _keep_what_was_typed() -> Any:
    from web.account.routes import keep_what_was_typed

    return keep_what_was_typed()


def _health() -> Response:
    return Response("ok\n", mimetype="text/plain")


def _set_up_layout(app: Flask, settings: Settings, demonstration: str | None) -> None:
    """What the base template shows on every page."""
    version = _asset_version(Path(app.static_folder or ""))
    demonstration_today = date.fromisoformat(demonstration[:10]) if demonstration else None
    pages = {rule.rule for rule in app.url_map.iter_rules()}
    app.jinja_env.globals["notices"] = notices

    @app.context_processor
    def layout() -> dict[str, Any]:
        signed_in = _signed_in()
        return {
            "signed_in": signed_in,
            "navigation": _navigation(pages) if signed_in else [],
            "nhs_identity": settings.nhs_identity,
            "demonstration_today": demonstration_today,
            "asset_version": version,
            "london": LONDON,
        }


def _signed_in() -> dict[str, str] | None:
    person = g.get("person_id")
    if person is None:
        return None
    if "signed_in" not in g:
        from web.names import person_name

        g.signed_in = {"id": person, "name": person_name(person)}
    found: dict[str, str] = g.signed_in
    return found


def _navigation(pages: set[str]) -> list[dict[str, str]]:
    """The menu: what there is, and what this person may open."""
    reads = may("ReadPractice")
    items = [
        ("/", "My work", reads),
        ("/practices", "Practices", reads),
        ("/audit", "Audit", current_asked().role == "auditor"),
        ("/people/", "People", may("ReadPeople")),
    ]
    return [
        {"href": href, "text": text, "current": _current(href)} for href, text, shown in items if shown and href in pages
    ]


def _current(href: str) -> str:
    """`page` on the page itself, `true` on the pages beneath it."""
    if request.path == href:
        return "page"
    return "true" if href != "/" and request.path.startswith(href.rstrip("/") + "/") else ""


def _asset_version(static: Path) -> str:
    """Changes when a stylesheet does, so that nobody sees a new page with an old one."""
    digest = sha256()
    for sheet in sorted(static.rglob("*.css")):
        digest.update(sheet.read_bytes())
    return digest.hexdigest()[:12]



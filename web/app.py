"""The application: its settings, what it stands on, every area that answers requests, and what every page shows."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from application.casebook import Casebook
from application.settings import Settings
from domain.access.roles import SIDE_OF
from web.access_log.noting import set_up_noting
from web.access_log.routes import blueprint as access_log
from web.account.routes import blueprint as account
from web.account.routes import keep_what_was_typed
from web.audit.routes import blueprint as audit
from web.audit.sample import blueprint as sample
from web.auth import set_up_sign_in
from web.brief.routes import blueprint as brief
from web.caseload.compared import blueprint as compared_caseload
from web.caseload.routes import blueprint as caseload
from web.conversation_templates.routes import blueprint as conversation_templates
from web.cover.routes import blueprint as cover
from web.drafts.routes import blueprint as drafts
from web.errors import set_up_errors
from web.exports.found import blueprint as found
from web.exports.routes import blueprint as exports
from web.forms.keeping import Keeper
from web.forms.tokens import Tokens
from web.framework.routes import blueprint as framework
from web.indicators.flagged import blueprint as flagged
from web.indicators.routes import blueprint as indicators
from web.indicators.team import blueprint as flags
from web.insight.routes import blueprint as insight
from web.interests.routes import blueprint as interests
from web.key_indicators.routes import blueprint as key_indicators
from web.links.routes import blueprint as links
from web.meetings.agreeing import blueprint as agreeing
from web.meetings.choosing import blueprint as choosing
from web.meetings.routes import blueprint as meetings
from web.mywork.routes import blueprint as mywork
from web.mywork.team import blueprint as team
from web.names import person_name
from web.notices import notices
from web.organisation_address import blueprint as organisation_address
from web.past.clocks import blueprint as clocks
from web.past.looking_back import set_up_past
from web.people.locked_out import blueprint as locked_out
from web.people.routes import blueprint as people
from web.performers.routes import blueprint as performers
from web.practices.contacts_avoided import blueprint as avoided
from web.practices.contract_page import blueprint as contract_page
from web.practices.decisions import blueprint as decisions
from web.practices.documents import blueprint as documents
from web.practices.letters import blueprint as letters
from web.practices.looked_at_again import blueprint as looked_at_again
from web.practices.notice_letters import blueprint as notice_letters
from web.practices.notice_register import blueprint as notice_register
from web.practices.over_dispute import blueprint as disputes
from web.practices.overrides import blueprint as overrides
from web.practices.practice_copy import blueprint as practice_copy
from web.practices.recommendation import blueprint as recommendation
from web.practices.record import blueprint as record
from web.practices.routes_read import blueprint as practices
from web.providers.routes import blueprint as providers
from web.purposes.routes import blueprint as purposes
from web.purposes.stating import set_up_purposes
from web.releases.routes import blueprint as releases
from web.replay.compared import blueprint as replay
from web.search.routes import blueprint as search
from web.security import set_up_headers
from web.service import Service, current_asked, may
from web.templating import Pages, set_up_templates
from web.timelines.beside import blueprint as beside
from web.timelines.portfolio import blueprint as timeline
from web.uploads import set_up_uploads

BLUEPRINTS = (
    account,
    mywork,
    team,
    links,
    providers,
    caseload,
    compared_caseload,
    timeline,
    beside,
    practices,
    record,
    documents,
    disputes,
    overrides,
    looked_at_again,
    avoided,
    letters,
    notice_letters,
    contract_page,
    notice_register,
    decisions,
    replay,
    recommendation,
    practice_copy,
    brief,
    performers,
    indicators,
    flags,
    flagged,
    insight,
    choosing,
    meetings,
    agreeing,
    drafts,
    conversation_templates,
    organisation_address,
    audit,
    sample,
    search,
    people,
    locked_out,
    cover,
    interests,
    access_log,
    purposes,
    exports,
    found,
    key_indicators,
    framework,
    releases,
    clocks,
)
"""Every area that answers requests."""

LARGEST_FORM = 512 * 1024


def make_app(casebook: Casebook, views: Any, settings: Settings) -> Flask:
    """The application, around a casebook and its views."""
    app = Pages("web", static_url_path="/static")
    secret = settings.session_secret()
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="casebook",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=(settings.base_url or "").startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=10),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    marked = casebook.stores.mark("demonstration")
    demonstration = date.fromisoformat(marked[:10]) if marked else None
    app.extensions["casebook"] = Service(casebook, views, settings, demonstration)
    app.extensions["form-tokens"] = Tokens(secret)
    app.extensions["form-keeper"] = Keeper(secret)
    set_up_templates(app)
    set_up_uploads(app)
    set_up_headers(app)
    set_up_sign_in(app, casebook.stores, keep_what_was_typed)
    set_up_errors(app)
    set_up_noting(app)
    set_up_purposes(app)
    set_up_past(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/health", "health", _health)
    _set_up_layout(app, settings, demonstration)
    return app


def _health() -> Response:
    return Response("ok\n", mimetype="text/plain")


def _set_up_layout(app: Flask, settings: Settings, demonstration: date | None) -> None:
    """What the base template shows on every page."""
    version = _asset_version(Path(app.static_folder or ""))
    pages = {rule.rule for rule in app.url_map.iter_rules()}
    app.jinja_env.globals["notices"] = notices

    @app.context_processor
    def layout() -> dict[str, Any]:
        signed_in = _signed_in()
        return {
            "signed_in": signed_in,
            "navigation": _navigation(pages) if signed_in else [],
            "has_interests": signed_in is not None and may("ReadInterests"),
            "has_cover": signed_in is not None and may("ReadCover"),
            "may_search": signed_in is not None and may("Search"),
            "nhs_identity": settings.nhs_identity,
            "demonstration_today": demonstration,
            "asset_version": version,
        }


def _signed_in() -> dict[str, str] | None:
    person = g.get("person_id")
    if person is None:
        return None
    if "signed_in" not in g:
        g.signed_in = {"id": person, "name": person_name(person)}
    found: dict[str, str] = g.signed_in
    return found


def _navigation(pages: set[str]) -> list[dict[str, str]]:
    """The menu: what there is, and what this person may open."""
    reads = may("ReadPractice")
    items = [
        ("/", "My work" if current_asked().role in SIDE_OF else "Today", reads),
        ("/practices", "Practices", reads),
        ("/insight/", "Insight", may("ReadInsight")),
        ("/meetings", "Meetings", reads),
        ("/key-indicators", "Indicators", may("ReadIndicators")),
        ("/framework", "Framework", may("ReadFramework")),
        ("/audit", "Records", current_asked().role == "auditor"),
        ("/access-log", "Access log", may("ReadAccessLog")),
        ("/people/", "People", may("ReadPeople")),
    ]
    return [
        {"href": href, "text": text, "current": _current(href)}
        for href, text, shown in items
        if shown and href in pages
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

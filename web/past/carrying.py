"""Every link of a page of the past leads to the past, where there is one of it: so no page need know of it."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from web.past.address import LooksAt, at
from web.past.pages import LOOKED_BACK, practice_of

_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([/?][^"]*)(")')
_ASKING = re.compile(r"<form\b[^>]*>")
_ACTION = re.compile(r'\baction="([^"]*)"')

TODAY = "data-today"
"""Marks a link, or a form, that leads out of the past."""


def carried_on(page: str, asked_for: LooksAt) -> str:
    """The page with the clocks on each link, and in each form that asks for a page."""

    def link(found: re.Match[str]) -> str:
        before, address, after = found.groups()
        if TODAY in before:
            return found[0]
        return f"{before}{escape(led_on(unescape(address), asked_for))}{after}"

    def form(found: re.Match[str]) -> str:
        action = _ACTION.search(found[0])
        if 'method="post"' in found[0] or TODAY in found[0]:
            return found[0]
        carried = _carried(unescape(action[1]) if action else "", asked_for)
        return found[0] + "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in carried.asked.items()
        )

    return _ASKING.sub(form, _LINK.sub(link, page))


def led_on(address: str, asked_for: LooksAt) -> str:
    """An address of ours with the clocks, where there is a past of what it leads to."""
    carried = _carried(address, asked_for)
    return at(address, *carried) if carried else address


def _carried(address: str, asked_for: LooksAt) -> LooksAt:
    """What an address takes along: nothing where it has no past, and whose screen it is to pages of that practice alone."""
    parts = urlsplit(address)
    if parts.netloc:
        return LooksAt()
    if not parts.path:
        return asked_for
    try:
        routes = current_app.url_map.bind("localhost")
        rule, about = routes.match(parts.path, method="GET", return_rule=True)
    except (HTTPException, RequestRedirect):
        return LooksAt()
    if rule.endpoint not in LOOKED_BACK:
        return LooksAt()
    code = practice_of(rule, about)
    same = code and code == practice_of(request.url_rule, request.view_args)
    return asked_for if same else LooksAt(asked_for.moment)

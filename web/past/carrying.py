"""Every link of a page of the past leads to the past, where there is one of it: so no page need know of it."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from web.past.address import LooksAt, at
from web.past.pages import LOOKED_BACK

_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([/?][^"]*)(")')
_ASKING = re.compile(r"<form\b[^>]*>")
_ACTION = re.compile(r'\baction="([^"]*)"')

TODAY = "data-today"
"""Marks a link, or a form, that leads out of the past."""


def carried_on(page: str, asked_for: LooksAt) -> str:
    """The page with the clocks on each link, and in each form that asks for a page."""

    def link(found: re.Match[str]) -> str:
        before, address, after = found.groups()
        if TODAY in before or not _has_a_past(unescape(address)):
            return found[0]
        return f"{before}{escape(at(unescape(address), *asked_for))}{after}"

    def form(found: re.Match[str]) -> str:
        action = _ACTION.search(found[0])
        if 'method="post"' in found[0] or TODAY in found[0]:
            return found[0]
        if action and not _has_a_past(unescape(action[1])):
            return found[0]
        return found[0] + "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in asked_for.asked.items()
        )

    return _ASKING.sub(form, _LINK.sub(link, page))


def _has_a_past(address: str) -> bool:
    path = urlsplit(address).path
    if not path:
        return True
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint in LOOKED_BACK

"""What a person typed and has not recorded: theirs alone, and there again whenever they sign in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import MultiDict

from application.drafts import Draft, Drafts
from web.meetings.addresses import is_part
from web.service import current_asked, now, service

UNSEEN = frozenset({"csrf_token", "step"})
"""What a form sends that nobody typed. Its token is kept: sent again from a draft, it is the same sending."""

_NOT_ABOUT = frozenset({"template"})
"""What an address may say that a form is no other form for."""

_MOST_THINGS = 8
"""Things that an address is kept with: no form is about more, and a database finds no draft by a longer one."""

_THING = re.compile(r"[a-z]+-[a-z0-9]{8,40}|[0-9]{1,9}")


def drafts() -> Drafts:
    stores = service.casebook.stores
    return Drafts(stores.record_engine, stores.keys)


def address(path: str, asked: MultiDict[str, str] | None = None) -> str:
    """Where a form is gone on with: its page, and the things that it is about. Never anything that was typed."""
    given = [(name, value) for name, value in (asked or MultiDict()).items() if _THING.fullmatch(value)]
    about = [(name, value) for name, value in sorted(given) if name.isidentifier() and name not in _NOT_ABOUT]
    question = "&".join(f"{name}={value}" for name, value in about[:_MOST_THINGS])
    return f"{path}?{question}" if question else path


def here() -> str:
    """Where the form of this request is gone on with."""
    return address(request.path, request.args)


def keep(about: str, posted: MultiDict[str, str], names: Iterable[str] | None = None) -> None:
    """Keep what was sent, or those of its answers that have these names."""
    kept = None if names is None else set(names)
    typed = [
        (name, value.replace("\r\n", "\n"))
        for name, value in posted.items(multi=True)
        if (name not in UNSEEN if kept is None else name in kept)
    ]
    drafts().keep(current_asked().person, about, typed, now())


def kept(about: str) -> Draft | None:
    return drafts().one(current_asked().person, about)


def number() -> int:
    """How many drafts this person has, each meeting with its parts as one."""
    return sum(not is_part(about) for about in drafts().addresses(current_asked().person))


def discard(*abouts: str) -> None:
    drafts().discard(current_asked().person, abouts)


def posted(draft: Draft | None) -> MultiDict[str, str]:
    """What a draft holds, as it was sent."""
    return MultiDict(draft.typed if draft else [])

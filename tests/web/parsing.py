"""A page parsed strictly by html5lib, which reads each letter by itself: most of the time of the tests of pages went there.

A page is cut where html5lib would stand between two tokens: at each tag and each text. What a tag consists of is told by
html5lib's own tokenizer, once for each that is written the same, and given to html5lib's own parser as if it were read
anew. A page with anything that is not cut as plainly, and every page in which anything is wrong, is read whole by
html5lib alone: so what is refused, and how that is said, is html5lib's. (test_parsing.py asks that both agree.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import html5lib
from html5lib._inputstream import HTMLInputStream, invalid_unicode_re
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes

PIECE = re.compile(r'[^<]+|<(?:[^<>"]|"[^"]*")*>')
SPACE = re.compile(r"[ \t\n\f]*")


class NotPlainError(Exception):
    """The page is not cut as simply as that."""


def parsed(html: str) -> Any:
    """The tree of a page, or html5lib's ParseError."""
    try:
        return _Quick(strict=True, namespaceHTMLElements=False).parse(html)
    except Exception:  # noqa: BLE001 (whatever it is, html5lib says it)
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


class _Quick(html5lib.HTMLParser):  # type: ignore[misc]
    """html5lib's parser, given tokens in another way."""

    def _parse(self, stream: str, *_other: Any) -> None:
        self.innerHTMLMode, self.container, self.scripting = False, "div", False
        self.tokenizer = _Tokens(stream)
        self.reset()
        self.mainLoop()


class _Tokens:
    """The tokens of a page. The parser sets `state` where what follows a tag is read otherwise."""

    dataState, rcdataState, rawtextState, scriptDataState, plaintextState = range(5)  # noqa: N815 (html5lib's)

    def __init__(self, html: str) -> None:
        if "\0" in html or invalid_unicode_re.search(html):
            raise NotPlainError
        self.html = html.replace("\r\n", "\n").replace("\r", "\n")
        self.stream = HTMLInputStream("")
        self.state = self.dataState

    def __iter__(self) -> Iterator[dict[str, Any]]:
        at, within = 0, ""
        for piece in PIECE.finditer(self.html):
            text = piece[0]
            if piece.start() != at:
                raise NotPlainError
            at = piece.end()
            if within:  # a title or the like: a text, and the end of it
                self._is_plain_within(text, within)
            if text[0] != "<" and "&" not in text:
                yield from _of_text(text)
            else:
                for token in _of_piece(text):
                    yield _another(token)
            if within and text[0] == "<":
                within, self.state = "", self.dataState
            elif not within and self.state != self.dataState:
                within = f"</{token['name']}>"
        if at != len(self.html):
            raise NotPlainError

    def _is_plain_within(self, text: str, within: str) -> None:
        if text != within if text[0] == "<" else ("&" in text and self.state != self.rcdataState):
            raise NotPlainError


def _another(token: dict[str, Any]) -> dict[str, Any]:
    """The parser writes into what it is given."""
    data = token.get("data")
    return {**token, "data": dict(data)} if isinstance(data, dict) else dict(token)


def _of_text(text: str) -> Iterator[dict[str, Any]]:
    match = SPACE.match(text)
    after = match.end() if match else 0
    if after:
        yield {"type": tokenTypes["SpaceCharacters"], "data": text[:after]}
    if after < len(text):
        yield {"type": tokenTypes["Characters"], "data": text[after:]}


@lru_cache(maxsize=50_000)
def _of_piece(text: str) -> tuple[dict[str, Any], ...]:
    return tuple(HTMLTokenizer(text))

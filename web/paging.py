"""Lists that are shown a page at a time: what an address asks for, and the pages beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from domain.access.permissions import GRANTED
from domain.rules import Asked
from web.service import catch_up, current_asked, refuse


class More(NamedTuple):
    """A link to the page before or after."""

    text: str
    href: str


def reader_of_practices() -> Asked:
    """Who asks for a list of practices, or of what there is of them: somebody who may read any. The views are up to date."""
    asked = current_asked()
    if asked.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    return asked


def page_asked(args: Mapping[str, str]) -> int:
    """Which page an address asks for: the first where it asks for none that could be."""
    typed = args.get("page", "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def beside(page: int, pages: int, address: str) -> tuple[More | None, More | None]:
    """The pages before and after one, as links. `address` may have questions already."""
    return _page(page - 1, pages, address), _page(page + 1, pages, address)


def _page(number: int, pages: int, address: str) -> More | None:
    if not 1 <= number <= pages:
        return None
    return More(f"{number:,} of {pages:,}", f"{address}{'&' if '?' in address else '?'}page={number}")

"""A real Chromium, the system's own, for tests: `page`, `phone_page`, and `new_page()` for several people at once.

`seen(page, name)` is how a story looks at a page: it fits its width and, the first time in a run, axe reads it.
`axe(page)` lists what breaks WCAG 2.2 AA; `assert axe(page) == []` prints it readably.
"""

import contextlib
import functools
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.missing import skip_or_fail

WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # A page that needs anything from elsewhere is found out.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@pytest.fixture(scope="session")
def browser(shared: Path) -> Iterator[Browser]:
    _Read.by_axe = shared / "read-by-axe"
    _Read.by_axe.mkdir(exist_ok=True)
    chromium = chromium_path()
    if chromium is None:
        skip_or_fail(
            f"no browser: none of {', '.join(CHROMIUMS)} was found (Debian: apt-get install chromium)",
            "CASEBOOK_REQUIRE_BROWSER",
        )
    with launched_chromium(chromium) as running:
        yield running


@pytest.fixture(scope="session")
def left(browser: Browser) -> Iterator[dict[tuple[str, bool], list[Page]]]:
    """Pages that nobody sits at, by their width and whether they run scripts, each with cookies of its own."""
    pages: dict[tuple[str, bool], list[Page]] = defaultdict(list)
    yield pages
    for page in chain.from_iterable(pages.values()):
        page.context.close()


@pytest.fixture
def new_page(browser: Browser, left: dict[tuple[str, bool], list[Page]]) -> Iterator[Callable[..., Page]]:
    """Each page has cookies of its own, so two pages are two people.

    A page that a test is done with is the next one's, with nothing of before in it: a new one costs as much as five
    pages shown.
    """
    with contextlib.ExitStack() as stack:

        def new(width: str = "desktop", *, javascript: bool = True) -> Page:
            idle = left[width, javascript]
            page = idle.pop() if idle else _context(browser, width, javascript=javascript).new_page()
            stack.callback(_leave, page, idle)
            return page

        yield new


def _leave(page: Page, idle: list[Page]) -> None:
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.goto("about:blank")
    page.emulate_media(media="null")
    page.context.clear_cookies()
    idle.append(page)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page("desktop")


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    return new_page("phone")


def chromium_path() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@contextlib.contextmanager
def launched_chromium(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield running
        finally:
            running.close()


@contextlib.contextmanager
def page_of(browser: Browser, width: str = "desktop", *, javascript: bool = True) -> Iterator[Page]:
    context = _context(browser, width, javascript=javascript)
    try:
        yield context.new_page()
    finally:
        context.close()


def _context(browser: Browser, width: str, *, javascript: bool) -> BrowserContext:
    across, down = WIDTHS[width]
    return browser.new_context(
        viewport={"width": across, "height": down},
        has_touch=width == "phone",
        java_script_enabled=javascript,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )


class _Read:
    """The kinds of page that axe has read in this run, by address without its numbers and by title: a file for each,
    so that no worker has another's read again.
    """

    by_axe: Path

    @classmethod
    def first(cls, page: Page) -> bool:
        kind = re.sub(r"[^/]*\d[^/]*", "#", urlsplit(page.url).path), page.title()
        try:
            (cls.by_axe / sha256(repr(kind).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def seen(page: Page, name: str, *, javascript: bool = True) -> None:
    """The page fits its width and passes axe, which reads each kind of page once: most of a run was axe reading again.

    Both are scripts: without any the page is the same, and only how it works is tried. With CASEBOOK_PICTURES set, a
    picture of it is left in that folder.
    """
    width = page.viewport_size["width"] if page.viewport_size else 0
    if folder := os.environ.get("CASEBOOK_PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    if not javascript:
        return
    assert fits(page), name
    if _Read.first(page):
        assert axe(page) == [], name


def fits(page: Page) -> bool:
    """Whether nothing of the page stands outside its window's width, once there is a page: a click ends before it."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@functools.cache
def _axe() -> Axe:
    return Axe()


def axe(page: Page) -> list[str]:
    """One readable text for each rule of WCAG 2.2 AA that the page breaks; the page must allow scripts."""
    found = _axe().run(page, options={"runOnly": {"type": "tag", "values": list(WCAG_22_AA)}})
    return [_readable(violation) for violation in found.response["violations"]]


def _readable(violation: dict) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        where = " ".join(str(part) for part in node["target"])
        lines += [f"  at {where}: {node['html']}", *_reasons(node)]
    return "\n".join(lines)


def _reasons(node: dict) -> list[str]:
    return [f"    {line.strip()}" for line in (node.get("failureSummary") or "").splitlines()]

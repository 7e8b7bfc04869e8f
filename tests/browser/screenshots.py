"""Makes the pictures of docs/images from a demonstration of its own: `python -m tests.browser.screenshots`.

It starts Casebook in a temporary home on a free port, signs in as the caseworker, and ends what it started.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from application.demonstration.cast import PASSWORD, SIGN_IN_AS
from tests.support.browser import WIDTHS, chromium_path, launched_chromium, page_of

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
LARGEST = 300_000
"""Bytes that a picture may have: everybody who clones the project downloads it."""

CASEWORKER = SIGN_IN_AS[0].email
LONG_CASE = "/practices/X90017"


class Shot(NamedTuple):
    """A page, and how much of it: `height` is in CSS pixels from its top."""

    name: str
    address: str
    width: str
    height: int


SHOTS = (
    Shot("practice", LONG_CASE, "desktop", 1_350),
    Shot("my-work", "/", "desktop", 1_000),
    Shot("caseload", "/practices", "desktop", 1_200),
    Shot("practice-phone", LONG_CASE, "phone", 1_700),
)


@contextlib.contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that is served from a home of its own."""
    casebook = str(Path(sys.executable).parent / "casebook")
    with tempfile.TemporaryDirectory(prefix="casebook-pictures-") as home:
        # Nothing of the surroundings: a CASEBOOK_DATABASE_URL there would be somebody's record.
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK_")}
        env = {**surroundings, "CASEBOOK_HOME": home, "PYTHONUNBUFFERED": "1"}
        for command in ("init", "demo"):
            subprocess.run([casebook, command], env=env, check=True, stdout=subprocess.DEVNULL)
        with subprocess.Popen(
            [casebook, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True
        ) as serving:
            try:
                assert serving.stdout is not None
                found = re.search(r"http://\S+", serving.stdout.readline())
                if found is None:
                    raise SystemExit("casebook serve did not say where it serves")
                yield found.group()
            finally:
                serving.terminate()


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


def take(browser: Browser, address: str, shot: Shot) -> Path:
    """One picture, from a page of its own."""
    with page_of(browser, shot.width) as page:
        sign_in(page, address, CASEWORKER)
        response = page.goto(address + shot.address)
        if response is None or not response.ok:
            raise SystemExit(f"{shot.address} answered {response.status if response else 'nothing'}")
        across = WIDTHS[shot.width][0]
        down = min(shot.height, int(page.evaluate("document.documentElement.scrollHeight")))
        file = IMAGES / f"{shot.name}.png"
        clip = {"x": 0, "y": 0, "width": across, "height": down}
        page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
    return file


def main() -> None:
    chromium = chromium_path()
    if chromium is None:
        raise SystemExit("No Chromium was found (Debian: apt-get install chromium)")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, launched_chromium(chromium) as browser:
        files = [take(browser, address, shot) for shot in SHOTS]
    for file in files:
        size = file.stat().st_size
        sys.stdout.write(f"{file.relative_to(ROOT)}  {size:,} bytes\n")
        if size > LARGEST:
            raise SystemExit(f"{file.name} has more than {LARGEST:,} bytes: show less of the page")


if __name__ == "__main__":
    main()

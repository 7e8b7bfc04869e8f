"""The demonstration, served as `make run` serves it, for a browser to use."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from application.demonstration.cast import PASSWORD

CASEBOOK = Path(sys.executable).with_name("casebook")


def casebook(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CASEBOOK, *words], env=environment(home), check=True, capture_output=True, text=True, timeout=170
    )


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK_")}
    return {**kept, "CASEBOOK_HOME": str(home)}


@pytest.fixture(scope="session")
def filled(shared) -> Path:
    """A home with the demonstration in it, made once by whichever worker is first, to be copied."""
    home = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not home.exists():
            making = shared / "demonstration.making"
            casebook(making, "init")
            casebook(making, "demo")
            making.rename(home)
    return home


@pytest.fixture(scope="module")
def home(filled, tmp_path_factory) -> Path:
    """A home of this module's own with the demonstration in it."""
    return shutil.copytree(filled, tmp_path_factory.mktemp("served") / "home")


@pytest.fixture(scope="module")
def address(home, servers) -> Iterator[str]:
    """Where the demonstration is served."""
    with servers.serving(environment(home)) as server:
        yield server.address


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, bool], list[Any]]:
    """The cookies of whoever signed in before, with script and without."""
    return {}


@pytest.fixture
def sign_in(new_page, address, sessions) -> Callable[..., Page]:
    """A page of somebody's own browser, signed in: `sign_in("amira.khan")`. The test opens what it is about.

    Each signs in once in a run, as people do, with a password that is slow to check, and comes to My work, a long page.
    After that they have their cookie: every home is a copy of one, so what one server gave is good on the next.
    """

    def signed_in(who: str, width: str = "desktop", *, javascript: bool = True) -> Page:
        page = new_page(width, javascript=javascript)
        if kept := sessions.get((who, javascript)):
            page.context.add_cookies(kept)
            return page
        page.goto(f"{address}/sign-in")
        page.get_by_label("E-mail").fill(f"{who}@casebook.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        sessions[who, javascript] = page.context.cookies()
        return page

    return signed_in

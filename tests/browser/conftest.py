"""The demonstration, served as `make run` serves it, for a browser to use."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from application.demonstration.cast import PASSWORD

CASEBOOK = Path(sys.executable).with_name("casebook")


def casebook(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CASEBOOK, *words], env=environment(home), check=True, capture_output=True, text=True, timeout=120
    )


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK_")}
    return {**kept, "CASEBOOK_HOME": str(home)}


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A home with the demonstration in it, made once by whichever worker is first, to be copied."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
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
def address(home) -> Iterator[str]:
    """Where the demonstration is served."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    serving = subprocess.Popen(
        [CASEBOOK, "serve", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        serving.terminate()
        serving.wait(timeout=20)


def _answering(address: str) -> str:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return address
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer within 30 s")


@pytest.fixture
def sign_in(new_page, address) -> Callable[..., Page]:
    """A page of somebody's own browser, signed in: `sign_in("amira.khan")`."""

    def signed_in(who: str, width: str = "desktop", *, javascript: bool = True) -> Page:
        page = new_page(width, javascript=javascript)
        page.goto(f"{address}/sign-in")
        page.get_by_label("E-mail").fill(f"{who}@casebook.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return signed_in

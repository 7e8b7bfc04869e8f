"""Casebook served again and again without being loaded anew: one process has loaded it, and forks one for each server.

`servers` is that process; `servers.serving(environment)` serves an installation, and gives the server's process and port.
What runs in it is `casebook serve`, by the entry point of the installed command. That the installed command itself starts,
says so and stops is tried in tests/cli/test_demo.py: of forty servers of a run, each spent more on being loaded, and on
compiling its templates, than on the pages that were asked of it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]


class Server(NamedTuple):
    pid: int
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Servers:
    """The process that forks servers, from outside. It ends when its input does."""

    def __init__(self, templates: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(templates)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @contextmanager
    def serving(self, environment: dict[str, str]) -> Iterator[Server]:
        """An installation served until the block ends, unless it was killed before."""
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            port = listening.getsockname()[1]
        server = Server(self._ask({"serve": environment, "port": port}), port)
        try:
            _wait_for(server.address)
            yield server
        finally:
            self._ask({"end": server.pid})

    def _ask(self, what: dict[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(what)}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="session")
def servers(shared: Path) -> Iterator[Servers]:
    made = Servers(shared / "templates")
    yield made
    made.close()


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{address} did not answer within a minute")


# --- inside that process ---------------------------------------------------------------------------------------


def _fork_servers(templates: str) -> None:
    from jinja2 import FileSystemBytecodeCache

    import web.commands.serving
    import web.wsgi  # noqa: F401
    from web.templating import Pages

    Path(templates).mkdir(exist_ok=True)
    Pages.jinja_options["bytecode_cache"] = FileSystemBytecodeCache(templates)
    serving: set[int] = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "end" in asked:
            process = asked["end"]
            os.kill(process, signal.SIGTERM)  # one that was killed before is still there to be waited for
            os.waitpid(process, 0)
            serving.remove(process)
        elif (process := os.fork()) == 0:
            _serve(asked["serve"], asked["port"])
        else:
            serving.add(process)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
    for process in serving:  # whose tests were cut short
        os.kill(process, signal.SIGKILL)


def _serve(environment: dict[str, str], port: int) -> None:
    from web.cli import main

    try:
        os.environ.clear()
        os.environ.update(environment)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        main(["serve", "--port", str(port)])
    finally:
        os._exit(1)


if __name__ == "__main__":
    _fork_servers(sys.argv[1])

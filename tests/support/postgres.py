"""A real PostgreSQL for tests: the one CASEBOOK_TEST_POSTGRES_URL names, or a throw-away cluster of our own.

`postgres_url` is a server where databases may be made; `postgres_database` is a fresh, empty database of it.
Outside pytest (the benchmark), use `throw_away_cluster` and `fresh_database`.
"""

import contextlib
import ctypes
import functools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.support.missing import skip_or_fail

OWNER = "casebook"
# Fast, and safe to lose: nothing in a throw-away cluster outlives the tests. A benchmark asks for `durable=True`.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoPostgresError(Exception):
    """There is no server, and the machine has no binaries to start one with."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a server where this test run may make databases."""
    given = os.environ.get("CASEBOOK_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(throw_away_cluster())
        except NoPostgresError as missing:
            skip_or_fail(str(missing), "CASEBOOK_REQUIRE_POSTGRES")
        yield url


@pytest.fixture
def new_postgres_database(postgres_url: str) -> Iterator[Callable[..., str]]:
    """Makes as many databases as the test asks for: `new_postgres_database(template="…")` gives a URL."""
    with contextlib.ExitStack() as stack:

        def new(template: str = "template0") -> str:
            return stack.enter_context(fresh_database(postgres_url, template))

        yield new


@pytest.fixture
def postgres_database(new_postgres_database: Callable[..., str]) -> str:
    """The URL of an empty database, dropped after the test."""
    return new_postgres_database()


@contextlib.contextmanager
def fresh_database(server_url: str, template: str = "template0") -> Iterator[str]:
    name = f"casebook_test_{secrets.token_hex(6)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    try:
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def throw_away_cluster(*, durable: bool = False) -> Iterator[str]:
    """A cluster of our own on a free port of loopback, gone afterwards. As root, it runs as another user."""
    postgres_program("initdb"), postgres_program("postgres")
    user = _unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="casebook-postgres-"))
    try:
        password = secrets.token_urlsafe(16)
        _initialise(home, password, user)
        server, port = _start(home, user, {} if durable else CARELESS)
        try:
            yield f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # fast shutdown: whoever is still connected is cut off
            server.wait(timeout=60)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@functools.cache
def postgres_program(name: str) -> str:
    """The path of a PostgreSQL program; Debian keeps the server's out of PATH. The newest version wins."""

    def version(folder: Path) -> float:
        with contextlib.suppress(ValueError):
            return float(folder.parent.name)
        return 0.0

    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True):
        if (folder / name).exists() and (folder / "initdb").exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        raise NoPostgresError(
            f"no PostgreSQL: CASEBOOK_TEST_POSTGRES_URL is not set and the program {name} was not found"
            " (Debian: apt-get install postgresql)"
        )
    return found


def _unprivileged_user() -> str | None:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise NoPostgresError("no PostgreSQL: root may not run it, and there is no user postgres or nobody")


def _initialise(home: Path, password: str, user: str | None) -> None:
    secret = home / "password"
    secret.write_text(password)
    if user is not None:
        shutil.chown(home, user)
        shutil.chown(secret, user)
    command = [
        postgres_program("initdb"), "--pgdata", str(home / "data"), "--username", OWNER, "--pwfile", str(secret),
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, **_as(user))
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(home: Path, user: str | None, settings: dict[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    """Start, again on another port should somebody have taken ours meanwhile."""
    log = home / "log"
    for _ in range(3):
        port = _free_port()
        everything = settings | {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(home),
        }
        options = [word for name, value in everything.items() for word in ("-c", f"{name}={value}")]
        with log.open("ab") as output:
            server = subprocess.Popen(
                [postgres_program("postgres"), "-D", str(home / "data"), *options],
                cwd=home, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 (one system call, no locks)
                **_as(user),
            )  # fmt: skip
        if _answers(server, port):
            return server, port
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Whether it takes connections before giving up (a wrong password is an answer)."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(f"postgresql://{OWNER}:wrong@127.0.0.1:{port}/postgres", connect_timeout=5)
        except psycopg.OperationalError as answer:
            if "password authentication failed" in str(answer):
                return True
        time.sleep(0.05)
    if server.poll() is None:
        server.kill()
        server.wait()
    return False


def _as(user: str | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """A test run that is killed must not leave a server behind (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)

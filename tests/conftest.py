"""What every test has at hand."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.support")

pytest_plugins = ["tests.support.postgres", "tests.support.browser"]

MEMORY, ROOM = Path("/dev/shm"), 2 << 30

MARKED_BY_FIXTURE = {"postgres_url": "postgres", "browser": "browser"}


def pytest_configure():
    """Stores lie in memory where there is room, unless TMPDIR says where: on a disk tests mostly wait for it.

    No test can tell: processes are killed in some, and leave the same files; no test takes the power away.
    """
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """`-m postgres` and `-m browser` choose the tests that stand on those fixtures, however deep."""
    for item in items:
        for fixture, marker in MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.fixture(scope="session")
def data():
    """Where the published files are."""
    folder = os.environ.get("CASEBOOK_DATA")
    if not folder:
        pytest.skip("CASEBOOK_DATA does not name the folder of the published files")
    return Path(folder)

"""What every test has at hand."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.support")

pytest_plugins = ["tests.support.postgres", "tests.support.browser", "tests.support.serving"]

MEMORY, ROOM = Path("/dev/shm"), 2 << 30

HERE = Path(__file__).parent
# The benchmark's tests need nothing made before: they run while what the browser looks at is made.
FIRST = (
    "architecture",
    "browser",
    "cli",
    "web",
    "projections",
    "contracts",
    "application",
    "history",
    "domain",
)

MARKED_BY_FIXTURE = {"postgres_url": "postgres", "browser": "browser"}


def pytest_configure():
    """Stores lie in memory where there is room, unless TMPDIR says where: on a disk tests mostly wait for it.

    No test can tell: processes are killed in some, and leave the same files; no test takes the power away.
    """
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """`-m postgres` and `-m browser` choose the tests that stand on those fixtures, however deep.

    Folders of long tests come first: a run ends when its last file does, and a short one keeps no process waiting.
    """
    places = {folder: place for place, folder in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path.relative_to(HERE).parts[0], len(places)))
    for item in items:
        for fixture, marker in MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


def pytest_collection_finish():
    """What is there for the whole run, ten thousand tests and all that they import, is not gone through for garbage again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that every worker of the run has in common."""
    own: Path = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def data():
    """Where the published files are."""
    folder = os.environ.get("CASEBOOK_DATA")
    if not folder:
        pytest.skip("CASEBOOK_DATA does not name the folder of the published files")
    return Path(folder)

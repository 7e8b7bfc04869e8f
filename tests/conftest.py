"""What every test has at hand."""

import os
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.support")

pytest_plugins = ["tests.support.postgres", "tests.support.browser"]

MARKED_BY_FIXTURE = {"postgres_url": "postgres", "browser": "browser"}


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

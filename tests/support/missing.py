"""What to do when the machine lacks something: skip with a reason, or fail where it was required."""

import os
from typing import NoReturn

import pytest


def skip_or_fail(reason: str, required_by: str) -> NoReturn:
    """Skip, unless the setting `required_by` says that this must not be skipped here."""
    if os.environ.get(required_by, "") not in {"", "0"}:
        pytest.fail(f"{reason} ({required_by} is set)", pytrace=False)
    pytest.skip(reason)

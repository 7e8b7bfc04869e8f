"""What is said to be on the disk is on the disk, also when the power fails a moment later."""

from __future__ import annotations

import os
from pathlib import Path


def on_disk(folder: Path) -> None:
    """Wait until the names in a folder are on the disk: a file's own bytes do not bring its name there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

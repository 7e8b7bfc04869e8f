"""What something says as one text, whoever writes it: canonical JSON (RFC 8785), and the digest of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any


def canonical(told: Any) -> bytes:
    """Names are ASCII and numbers are whole wherever this is asked, and so Python's own writer, told to sort and to leave no
    spaces, gives that form.
    """
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return written.encode()


def digest(told: Any) -> str:
    """The SHA-256 of its canonical JSON, as hexadecimal digits."""
    return sha256(canonical(told)).hexdigest()

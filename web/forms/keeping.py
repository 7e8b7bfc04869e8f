"""Keeps what somebody typed when their session ended before they sent it: sealed in the sign-in page, never in a store."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib

from cryptography.fernet import Fernet, InvalidToken
from werkzeug.datastructures import MultiDict

KEPT_FOR = 24 * 60 * 60
"""Seconds that a sealed form may be opened for."""


class Keeper:
    """Seals a posted form so that the page it waits in shows nothing of it, to whoever comes to the screen next."""

    def __init__(self, secret: str) -> None:
        key = hashlib.sha256(b"casebook/v1\0kept-form\0" + secret.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, path: str, posted: MultiDict[str, str]) -> str:
        plain = json.dumps([path, list(posted.items(multi=True))]).encode()
        return self._fernet.encrypt(zlib.compress(plain)).decode()

    def open(self, sealed: str) -> tuple[str, MultiDict[str, str]] | None:
        """The page it was sent to and what was posted; None if it is not ours, or too old."""
        try:
            plain = zlib.decompress(self._fernet.decrypt(sealed.encode(), ttl=KEPT_FOR))
        except (InvalidToken, zlib.error):
            return None
        path, items = json.loads(plain)
        return path, MultiDict((name, value) for name, value in items)

"""What a command said, as a digest: enough to tell whether a form that is sent again says the same."""

from __future__ import annotations

import hmac

import msgspec

from domain.rules import Asked, Command, Sealed


def _words(value: object) -> object:
    if isinstance(value, Sealed):
        return value.words
    raise TypeError(f"a command cannot hold a {type(value).__name__}")


class Digests:
    """Digests under a key of the installation. A plain hash would let anyone with the record test guesses at words."""

    def __init__(self, key_encryption_key: bytes) -> None:
        self._key = hmac.digest(key_encryption_key, b"casebook/v1\0command-digest", "sha256")
        self._encoder = msgspec.json.Encoder(enc_hook=_words, order="deterministic")

    def of(self, stream: str, command: Command, asked: Asked) -> bytes:
        """The digest of a command to a stream by a person: another person's sending is another command."""
        said = self._encoder.encode([stream, type(command).__name__, asked.person, command])
        return hmac.digest(self._key, said, "sha256")

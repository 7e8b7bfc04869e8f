"""What an installation may be told. Only the composition roots read the environment; everything else is given Settings."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")
_YES = frozenset({"1", "y", "yes", "t", "true", "on"})
_NO = frozenset({"", "0", "n", "no", "f", "false", "off"})


LISTENS_AT = "http://127.0.0.1:5000"
"""Where `casebook serve` listens when it is told nothing else."""


class SettingWrong(Exception):
    """A setting cannot be used as given. Its text is one line that says which, and what it should be."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an installation may be told.

    `key` (the key-encryption key) and `secret` (which signs sessions) are None where they are to be read from the
    files of those names in `home`, which `casebook init` makes. `base_url` is None where nobody said at which address
    people reach the installation: then only the server knows where it listens.
    """

    home: Path
    database_url: str | None = None
    key: bytes | None = None
    secret: str | None = None
    base_url: str | None = None
    nhs_identity: bool = False

    @property
    def sqlalchemy_url(self) -> str | None:
        """The database's URL as SQLAlchemy takes it, which names the driver too."""
        if self.database_url is None:
            return None
        return "postgresql+psycopg://" + self.database_url.removeprefix("postgresql://")

    @property
    def key_file(self) -> Path:
        return self.home / "key"

    @property
    def secret_file(self) -> Path:
        return self.home / "secret"

    def session_secret(self) -> str:
        """The secret that signs sessions: as set, or from its file."""
        if self.secret is not None:
            return self.secret
        try:
            return self.secret_file.read_text("ascii").strip()
        except OSError:
            raise SettingWrong(
                f"There is no {self.secret_file}: run `casebook init`, or set CASEBOOK_SECRET"
            ) from None

    def key_encryption_key(self) -> bytes:
        """The key that wraps every data key: as set, or from its file."""
        if self.key is not None:
            return self.key
        try:
            text = self.key_file.read_text("ascii").strip()
        except OSError:
            raise SettingWrong(
                f"There is no {self.key_file}: run `casebook init`, or set CASEBOOK_KEY"
            ) from None
        return _key(text, str(self.key_file))


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings that an environment gives, or SettingWrong."""
    if "POSTGRES_ENABLE_DB_FUNCTIONS" in environ:
        # With it the library records in a function of the database, and readers that follow the record skip facts.
        raise SettingWrong("Unset POSTGRES_ENABLE_DB_FUNCTIONS: with it, views would miss facts for ever")
    key = environ.get("CASEBOOK_KEY") or None
    return Settings(
        home=Path(environ.get("CASEBOOK_HOME") or "var").expanduser(),
        database_url=_database_url(environ.get("CASEBOOK_DATABASE_URL") or None),
        key=_key(key, "CASEBOOK_KEY") if key else None,
        secret=_secret(environ.get("CASEBOOK_SECRET") or None),
        base_url=_base_url(environ.get("CASEBOOK_URL") or None),
        nhs_identity=_yes_or_no(environ, "CASEBOOK_NHS_IDENTITY"),
    )


def _database_url(url: str | None) -> str | None:
    if url is None:
        return None
    for start in _POSTGRES:
        if url.startswith(start):
            return "postgresql://" + url.removeprefix(start)
    # The URL is not shown: it may hold a password.
    raise SettingWrong(
        "CASEBOOK_DATABASE_URL must begin postgresql:// (leave it unset for SQLite files in CASEBOOK_HOME)"
    )


def _key(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise SettingWrong(f"{where} must be 32 bytes written in base64, which is 44 characters")
    return key


def _secret(secret: str | None) -> str | None:
    if secret is not None and len(secret) < 32:
        raise SettingWrong("CASEBOOK_SECRET must be 32 characters or longer")
    return secret


def _base_url(url: str | None) -> str | None:
    if url is None:
        return None
    if not url.startswith(("http://", "https://")):
        raise SettingWrong("CASEBOOK_URL must begin http:// or https://")
    return url.rstrip("/")


def _yes_or_no(environ: Mapping[str, str], name: str) -> bool:
    said = environ.get(name, "").strip().lower()
    if said not in _YES | _NO:
        raise SettingWrong(f"{name} must be yes or no")
    return said in _YES

"""What a form carries unseen: who drew it, about what, at which version, and the ids of what it will make.

It is signed, so that none of it can be altered or moved to another person's, practice's or command's form.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from itsdangerous import BadSignature, URLSafeSerializer


class TokenRefused(Exception):
    """The form was not drawn by Casebook for this person, about this, as it stands."""


@dataclass(frozen=True)
class Token:
    """`version` is that of the stream when the form was drawn; `ids` are those of new things, by field.

    `again` is set once its person was told that they recorded the same before: what comes next, they mean.
    """

    person: str
    about: str
    command: str
    version: int
    command_id: str
    ids: dict[str, str]
    again: bool = False

    def at(self, version: int) -> Token:
        """The same sending, on top of what others recorded meanwhile."""
        return replace(self, version=version)


class Tokens:
    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="casebook-form")

    def write(self, token: Token) -> str:
        written: str = self._serializer.dumps(asdict(token))
        return written

    def read(self, text: str, *, person: str, about: str, command: str) -> Token:
        """The token, if it was drawn for this person, about this, for this command; else TokenRefused."""
        token = self._token(text)
        if (token.person, token.about, token.command) != (person, about, command):
            raise TokenRefused
        return token

    def drawn_for(self, text: str) -> str | None:
        """Whose form it was, if Casebook drew it."""
        try:
            return self._token(text).person
        except TokenRefused:
            return None

    def _token(self, text: str) -> Token:
        try:
            return Token(**self._serializer.loads(text))
        except (BadSignature, TypeError):
            raise TokenRefused from None

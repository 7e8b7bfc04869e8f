"""How large a request may be, and where a file that is sent lies meanwhile: in memory, and never on a disk in the clear."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, request

from domain.practice.documents import LARGEST

TAKES_FILES = ("record.record", "attach-document")
"""The one form with which a file may be sent: its route, and the command of its address."""

MOST_SENT = 2 * LARGEST
"""A document that is a little too large is refused by its form, with the other answers kept."""


class Sent(Request):
    """A request whose files are kept in memory."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


def set_up_uploads(app: Flask) -> None:
    app.request_class = Sent

    # Asked before anything reads what was sent.
    @app.url_value_preprocessor
    def a_document_may_be_larger(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if (endpoint, (values or {}).get("verb")) == TAKES_FILES:
            request.max_content_length = MOST_SENT

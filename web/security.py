"""What keeps a page what it is: nothing of it from elsewhere, no script, no frame, no guessing, no name but ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, redirect, request
from werkzeug.routing import RequestRedirect

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def set_up_headers(app: Flask) -> None:
    app.wsgi_app = HeadAsGet(app.wsgi_app)  # type: ignore[method-assign]

    @app.before_request
    def nothing_is_called_by_nul() -> None:
        """No page and no question has this character in it, and PostgreSQL takes no text with it."""
        if any("\0" in said for said in (request.path, *request.args.keys(), *request.args.values())):
            abort(404)

    # The first to be told, so the last to be asked: the headers below are put on what it gives.
    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            # A page tells of practices: no proxy and no later user of this machine may find it kept.
            response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    @app.after_request
    def send_on_within(response: Response) -> Response:
        """An address without its slash is mended by a path: the host that was asked for may be anybody's."""
        problem: Any = request.routing_exception
        if not isinstance(problem, RequestRedirect) or response.headers.get("Location") != problem.new_url:
            return response
        wanted = urlsplit(problem.new_url)
        path = "/" + wanted.path.lstrip("/") + (f"?{wanted.query}" if wanted.query else "")
        return redirect(path, problem.code)  # type: ignore[return-value]


ASKED_AS_HEAD = "casebook.asked_as_head"
"""Says of a request that its page is shown to nobody: who asks so has opened nothing."""


class HeadAsGet:
    """Answers HEAD as GET without its body, so that no page takes it for a form that is sent."""

    def __init__(self, answers: Callable[..., Iterable[bytes]]) -> None:
        self._answers = answers

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self._answers(environ, start_response)
        answer = self._answers({**environ, "REQUEST_METHOD": "GET", ASKED_AS_HEAD: True}, start_response)
        if hasattr(answer, "close"):
            answer.close()
        return []

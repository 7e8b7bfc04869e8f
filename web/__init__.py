"""HTTP in, HTML out: no rules, no SQL. A request is read, a command is sent down, and what came of it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from application.casebook import Casebook
    from application.settings import Settings


def create_app(casebook: Casebook, views: Any, settings: Settings) -> Flask:
    """The application, around a casebook and its views."""
    # Imported here: the command line stands in this package too, and starts without any of it.
    from web.app import make_app

    return make_app(casebook, views, settings)

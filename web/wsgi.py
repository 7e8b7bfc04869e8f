"""The composition root of the pages: reads the environment, opens the stores, and puts the parts together.

`web.wsgi:app()` is what a WSGI server calls.
"""

from __future__ import annotations

import os
import secrets

from flask import Flask

from application.casebook import Casebook
from application.demonstration.clock import clock_of
from application.settings import settings_from
from application.stores import open_stores
from projections.catch_up import Views
from web import create_app


def app() -> Flask:
    """The application of the installation that the environment names."""
    settings = settings_from(os.environ)
    stores = open_stores(settings)
    casebook = Casebook(stores, clock=clock_of(stores), ids=new_id)
    return create_app(casebook, Views(stores), settings)


def new_id(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(8)}"

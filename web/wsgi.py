"""The composition root of the pages: reads the environment, opens the stores, and puts the parts together.

`web.wsgi:app()` is what a WSGI server calls.
"""

from __future__ import annotations

import gc
import os

from flask import Flask

from application.casebook import Casebook
from application.demonstration.clock import clock_of
from application.ids import new_id
from application.settings import settings_from
from application.stores import open_stores
from projections.catch_up import Views
from web import create_app


def app() -> Flask:
    """The application of the installation that the environment names."""
    settings = settings_from(os.environ)
    stores = open_stores(settings)
    casebook = Casebook(stores, clock=clock_of(stores), ids=new_id)
    return settled(create_app(casebook, Views(stores), settings))


def settled(app: Flask) -> Flask:
    """An application that is about to serve. What start-up made stays for as long as the process: to look through all of
    it for rubbish, now and then, holds a request up for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    return app

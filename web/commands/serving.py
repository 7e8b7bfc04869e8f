"""Serving the pages."""

from __future__ import annotations

import errno
from ipaddress import ip_address
from typing import Any

import click
from flask import Flask

from application.demonstration.cast import PASSWORD, SIGN_IN_AS
from application.demonstration.clock import DEMONSTRATION
from web.commands.opening import Opened, as_person, opened
from web.commands.refusals import Refused

THREADS = 8


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=5000, show_default=True, type=click.IntRange(0, 65_535), help="0 takes a free one."
)
@as_person
def serve_command(host: str, port: int, email: str | None) -> None:
    """Serve the pages until interrupted, and print where; for a demonstration, also who to sign in as.

    Links for new people lead to CASEBOOK_URL, the address that people type; where it is not set, to where this listens.
    """
    from web import create_app
    from web.wsgi import settled

    with opened(email) as casebook:
        casebook.may("Serve")
        casebook.views.catch_up()
        app = settled(create_app(casebook.casebook, casebook.views, casebook.settings))
        server = listening(app, host, port)
        click.echo(f"Casebook is on {app.config['LISTENS_AT']}")
        if casebook.settings.base_url is None and not _loopback(host):
            click.echo(
                "Set CASEBOOK_URL to the address that people type: links for them are made of it", err=True
            )
        _say_who_to_sign_in_as(casebook, host)
        server.run()


def listening(app: Flask, host: str, port: int) -> Any:
    """The server, about to run, and the application told where it listens.

    It leaves in a request what a proxy added: by that a demonstration knows one.
    """
    import waitress

    try:
        server = waitress.create_server(
            app, host=host, port=port, threads=THREADS, clear_untrusted_proxy_headers=False
        )
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise Refused(f"{host}:{port} is in use: choose another with --port") from None
        raise Refused(f"{host}:{port} cannot be listened on: {problem.strerror}") from None
    shown = f"[{server.effective_host}]" if ":" in server.effective_host else server.effective_host
    app.config["LISTENS_AT"] = f"http://{shown}:{server.effective_port}"
    return server


def _say_who_to_sign_in_as(casebook: Opened, host: str) -> None:
    if casebook.stores.mark(DEMONSTRATION) is None:
        return
    click.echo(f"This is the demonstration. Sign in with the password {PASSWORD} as:")
    for player in SIGN_IN_AS:
        click.echo(f"  {player.email:<32} {player.role}")
    if not _loopback(host):
        click.echo(
            "The demonstration's accounts work at this machine only, whatever it listens on.", err=True
        )


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

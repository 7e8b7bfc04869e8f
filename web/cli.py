"""The `casebook` command: which commands there are, and how a refusal is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from web.commands.refusals import BAD_USE, exit_status_of, in_one_line

COMMANDS = {
    "init": "web.commands.setting_up",
    "person": "web.commands.people",
    "demo": "web.commands.setting_up",
    "serve": "web.commands.serving",
    "do": "web.commands.doing",
    "import": "web.commands.importing",
    "release": "web.commands.releases",
    "releases": "web.commands.releases",
    "flags": "web.commands.flags",
    "show": "web.commands.showing",
    "history": "web.commands.showing",
    "replay": "web.commands.replaying",
    "decision": "web.commands.replaying",
    "compare": "web.commands.comparing",
    "caseload": "web.commands.caseload",
    "brief": "web.commands.briefing",
    "sample": "web.commands.sampling",
    "due": "web.commands.due",
    "search": "web.commands.searching",
    "indicators": "web.commands.indicators",
    "framework": "web.commands.framework",
    "rebuild": "web.commands.keeping",
    "backup": "web.commands.keeping",
    "restore": "web.commands.keeping",
    "doctor": "web.commands.keeping",
}
"""Each command and the module it stands in, which is loaded only when it is asked for."""


class Commands(click.Group):
    """Says every refusal in one line on stderr: exit status 2 for bad use, 1 for what was refused."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(COMMANDS[cmd_name]), f"{cmd_name}_command")
        return found

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        try:
            done = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as asked:
            asked.show()
            status = BAD_USE
        except BrokenPipeError:
            # Whoever read the output has enough. Nothing is left to say, and nowhere to say it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 1
        except click.Abort:
            click.echo("Stopped.", err=True)
            status = 130
        except Exception as problem:
            found = exit_status_of(problem)
            if found is None:
                raise
            click.echo(in_one_line(problem), err=True)
            status = found
        else:
            # click gives the status of ctx.exit() in place of what a command returned.
            status = done if isinstance(done, int) else 0
        if standalone_mode:
            sys.exit(status)
        return status


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casebook", message="%(prog)s %(version)s")
def main() -> None:
    """Case management for NHS primary care contracts: one conversation about every practice.

    Where it keeps its data is CASEBOOK_HOME (SQLite, by default var/) or CASEBOOK_DATABASE_URL (PostgreSQL).
    """

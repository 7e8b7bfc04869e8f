"""What commands print: JSON with dates as ISO, and progress where a person is watching."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec

from domain.rules import Sealed
from web.practices.fields import words_or_why

Progress = Callable[[int, int], None]


def plain(value: Any) -> Any:
    """Facts and their parts as JSON's own kinds; sealed words as words, or why there are none, as pages say it."""
    return msgspec.to_builtins(value, enc_hook=_words)


def print_json(value: Any) -> None:
    """Keys in the order given, so that the same facts give the same bytes."""
    click.echo(json.dumps(plain(value), indent=2, ensure_ascii=False).encode())


def many(number: int, what: str) -> str:
    """1 flag, 1,200 flags."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def without_noise(value: Any) -> Any:
    """Numbers without the last digits of a sum: 1.95 and not 1.9500000000000002. Twelve digits are left."""
    match value:
        case float():
            return float(f"{value:.12g}")
        case dict():
            return {key: without_noise(one) for key, one in value.items()}
        case list() | tuple():
            return [without_noise(one) for one in value]
        case _:
            return value


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A function to call with how much is done of how much. It draws on stderr, and only for a person."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _words(value: object) -> object:
    if isinstance(value, Sealed):
        return words_or_why(value)
    raise TypeError(f"a {type(value).__name__} is not printed")

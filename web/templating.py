"""How pages are written: Jinja, strict about names, escaping everything, with the NHS design system's macros at hand.

In a template, `nhsuk.button({"text": "Record"})` calls the macro of that name. The macros are written for
undefined names that chain, which would hide our own mistyped names: so they live in an environment of their own, and
our templates are strict in production as in tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from flask import Flask, g
from jinja2 import ChainableUndefined, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from web import words
from web.contractors import PRACTICE, said_of
from web.forms.drawing import Choice

_UPPER = re.compile(r"(?<!^)(?=[A-Z])")
_FOLDERS = {"table": "tables", "image": "images", "summaryListRow": "summary-list/row"}


class Pages(Flask):
    """Flask, with templates that are strict and escape everything whatever their file is called."""

    jinja_options = {  # noqa: RUF012 (Flask reads it as a class attribute)
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": PackageLoader("web"),
    }


class NhsMacros:
    """The macros of nhsuk-frontend-jinja by name: `button`, `dateInput`, `errorSummary`, `warningCallout`…"""

    def __init__(self) -> None:
        self._templates = Environment(
            autoescape=True, undefined=ChainableUndefined, loader=PackageLoader("nhsuk_frontend_jinja")
        )

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._macro(name)

    @cache  # noqa: B019 (one object for the life of the process)
    def _macro(self, name: str) -> Callable[..., Markup]:
        folder = _FOLDERS.get(name) or _UPPER.sub("-", name).lower()
        module = self._templates.get_template(f"nhsuk/components/{folder}/macro.jinja").module
        return getattr(module, name)


@cache
def _nhs_macros() -> NhsMacros:
    """The same ones for every application of a process: each costs a compilation."""
    return NhsMacros()


def set_up_templates(app: Flask) -> None:
    env = app.jinja_env
    env.globals["nhsuk"] = _nhs_macros()
    env.filters.update(
        groupby_in_order=groups,
        chosen_first=chosen_first,
        day=words.day,
        moment=words.moment,
        label=words.label,
        spaced=words.spaced,
        words=_words,
        said=_said,
    )
    env.globals.update(plural=words.plural, label=words.label)


class Group(NamedTuple):
    name: str
    choices: list[Choice]


def groups(choices: Iterable[Choice]) -> list[Group]:
    """Choices by group, each group where its first choice stands."""
    found: dict[str, list[Choice]] = {}
    for choice in choices:
        found.setdefault(choice.group, []).append(choice)
    return [Group(name, members) for name, members in found.items()]


def chosen_first(choices: Iterable[Choice], chosen: Iterable[str]) -> list[Choice]:
    """Choices in their order, but for those that are chosen: a long list is not gone through to find them."""
    found = set(chosen)
    return sorted(choices, key=lambda choice: choice.value not in found)


@pass_context
def _said(_context: Context, words: str) -> str:
    """Our own words about a practice, as they are said of the contractor that the page is about, if it is about one. It asks
    for the context, because Jinja works out once for all pages what a filter makes of words that stand in a template.
    """
    return said_of(words, g.get("contractor", PRACTICE))


def _words(value: Any) -> str:
    """The words of a sealed value, or of plain text; nothing for nothing."""
    return "" if value is None else str(getattr(value, "words", value))

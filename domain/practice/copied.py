"""A state of its own, made from another: what goes on from there leaves the first as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints


def copier(kind: Any) -> Callable[[Any], Any] | None:
    """A function that copies values of this type, sharing nothing that could be changed; None where nothing could be:
    facts, days, words, and tuples of them.
    """
    held = get_args(kind)
    match get_origin(kind) or kind:
        case type() as made if made in {list, set}:
            one = copier(held[0])
            return made if one is None else lambda found: made(map(one, found))
        case type() as made if made is dict:
            each = copier(held[1])
            return dict if each is None else lambda found: {key: each(value) for key, value in found.items()}
        case type() as made if is_dataclass(made) and not made.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            return _of_thing(made)
    of_arms = [one for arm in held if (one := copier(arm)) is not None]
    assert len(of_arms) <= 1, kind
    return (lambda value: None if value is None else of_arms[0](value)) if of_arms else None


def _of_thing(made: type) -> Callable[[Any], Any]:
    hints = get_type_hints(made)
    names = [field.name for field in fields(made)]
    values = attrgetter(*names)
    inside = [(number, one) for number, name in enumerate(names) if (one := copier(hints[name])) is not None]
    if not inside:
        return lambda thing: made(*values(thing))

    def copy(thing: Any) -> Any:
        copied = list(values(thing))
        for number, one in inside:
            copied[number] = one(copied[number])
        return made(*copied)

    return copy

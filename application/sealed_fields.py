"""Where in a fact its sealed values stand, found once for each kind of fact from the types of its fields.

Fields are known by name (`words`, `attendees/0/name`), not by the order of decoding: the record's bytes could be
altered to name the fields of a fact in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from domain.rules import Fact, Sealed

Found = list[tuple[str, Any]]
_Walk = Callable[[Any, str, Found], None]
_Get = Callable[[Any], Any]


class SealedFields(NamedTuple):
    """The fields of a kind of fact that are or hold sealed values."""

    plain: tuple[tuple[_Get, str], ...]
    """Most: the field itself is a sealed value, or absent. Whoever reads a thousand facts looks at these in his own loop."""
    deep: tuple[tuple[_Get, str, _Walk], ...]
    """Tuples and parts that hold sealed values further in."""
    all: tuple[tuple[_Get, str, _Walk], ...]
    """Both, in the order of the fields."""

    def inside(self, fact: Fact) -> Found:
        """The sealed values further in, by field."""
        return _found(fact, self.deep) if self.deep else []

    def of(self, fact: Fact) -> Found:
        """Every sealed value of a fact, by field, in the order in which an encoder comes to them."""
        return _found(fact, self.all)


def _found(fact: Fact, walks: Iterable[tuple[_Get, str, _Walk]]) -> Found:
    found: Found = []
    for get, field, walk in walks:
        held = get(fact)
        if held is not None:
            walk(held, field, found)
    return found


def sealed_fields(kind: type[Fact]) -> SealedFields | None:
    """The sealed fields of a kind of fact; None if it has none."""
    walks = tuple((attrgetter(name), name, walk) for name, walk in _walks(kind))
    if not walks:
        return None
    plain = tuple((get, name) for get, name, walk in walks if walk is _one)
    return SealedFields(plain, tuple(one for one in walks if one[2] is not _one), walks)


def _walks(kind: type) -> list[tuple[str, _Walk]]:
    hints = get_type_hints(kind)
    return [(field.name, walk) for field in fields(kind) if (walk := _walk(hints[field.name]))]


def _walk(hint: Any) -> _Walk | None:
    if hint is Sealed:
        return _one
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        parts = [walk for part in get_args(hint) if (walk := _walk(part))]
        return parts[0] if parts else None
    if origin is tuple:
        first, *others = get_args(hint)
        if others != [...] and any(_walk(part) for part in (first, *others)):
            raise TypeError("sealed values stand in tuples of any length only: tuple[Sealed, ...]")
        inner = _walk(first)
        return _each(inner) if inner else None
    if is_dataclass(hint) and isinstance(hint, type):
        walks = _walks(hint)
        return _inside(walks) if walks else None
    return None


def _one(value: Any, path: str, found: Found) -> None:
    if value is not None:
        found.append((path, value))


def _each(inner: _Walk) -> _Walk:
    def walk(value: Any, path: str, found: Found) -> None:
        for at, item in enumerate(value or ()):
            inner(item, f"{path}/{at}", found)

    return walk


def _inside(walks: list[tuple[str, _Walk]]) -> _Walk:
    def walk(value: Any, path: str, found: Found) -> None:
        if value is None:
            return
        for name, inner in walks:
            held = getattr(value, name)
            if inner is _one and held is not None:  # most are: a call saved for each
                found.append((f"{path}/{name}", held))
            elif held is not None:
                inner(held, f"{path}/{name}", found)

    return walk

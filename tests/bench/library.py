"""The same facts as the library's own JSON mapper stores them: the peer that decoding is measured against.

Each fact becomes a domain event of the library's form. Its JSON transcoder is given the transcodings that it needs to
give back equal values: days, instants, enums, tuples, the parts that facts are made of, and sealed words (left in plain
here: the library's side opens nothing).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from eventsourcing.persistence import DatetimeAsISO, JSONTranscoder, Mapper, StoredEvent, Transcoding

from application.facts import FACTS
from domain.rules import Fact, Recorded, Sealed

ENVELOPE = ("recorded_at", "person", "organisation", "role", "on_behalf_of", "command_id", "corrects")


class Tuple:
    """Stands for a tuple while it is written: the library writes a bare one as a list, and gives a list back."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = list(items)


def _event_class(kind: type[Fact]) -> type:
    made = type(kind.__name__, (), {"__annotations__": {"originator_id": "str"}, "__module__": __name__})
    setattr(sys.modules[__name__], kind.__name__, made)
    return made


EVENTS = {kind: _event_class(kind) for kind in FACTS.values()}


def _transcoding(of: type, name: str, write: Callable[[Any], Any], read: Callable[[Any], Any]) -> Transcoding:
    def encode(_self: Transcoding, obj: Any) -> Any:
        return write(obj)

    def decode(_self: Transcoding, data: Any) -> Any:
        return read(data)

    made = type(name, (Transcoding,), {"type": of, "name": name, "encode": encode, "decode": decode})
    transcoding: Transcoding = made()
    return transcoding


class LibraryMapper:
    """The library's mapper of our facts."""

    def __init__(self) -> None:
        self._transcoder = JSONTranscoder()
        self._stand_ins: dict[type, type] = {}
        self._mapper: Mapper[str] = Mapper(self._transcoder)
        self._transcoder.register(DatetimeAsISO())
        self._transcoder.register(_transcoding(date, "date", date.isoformat, date.fromisoformat))
        self._transcoder.register(_transcoding(Tuple, "tuple", lambda told: told.items, tuple))
        self._transcoder.register(_transcoding(Sealed, "sealed", lambda told: told.words, Sealed))

    def to_stored(self, recorded: Recorded) -> StoredEvent:
        fact = recorded.fact
        event: Any = object.__new__(EVENTS[type(fact)])
        event.originator_id, event.originator_version = recorded.stream, recorded.version
        for name in ENVELOPE:
            setattr(event, name, self._written(getattr(recorded, name)))
        for field in fields(fact):
            setattr(event, field.name, self._written(getattr(fact, field.name)))
        return self._mapper.to_stored_event(event)

    def to_event(self, stored: StoredEvent) -> Any:
        return self._mapper.to_domain_event(stored)

    # --- writing what the library would change -----------------------------------------------------------------

    def _written(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return Tuple(map(self._written, value))
        if isinstance(value, Sealed):
            return Sealed(value.words)
        if isinstance(value, Enum):
            return self._stand_in(type(value), value.value)
        if is_dataclass(value) and not isinstance(value, type):
            parts = {field.name: self._written(getattr(value, field.name)) for field in fields(value)}
            return self._stand_in(type(value), parts)
        return value

    def _stand_in(self, kind: type, written: Any) -> Any:
        """An object of a class of its own, which the transcoder writes as `written` and reads as `kind`."""
        if kind not in self._stand_ins:
            stands = type(f"Written{kind.__name__}", (), {})
            self._stand_ins[kind] = stands
            read = kind if issubclass(kind, Enum) else lambda parts: kind(**parts)
            self._transcoder.register(_transcoding(stands, kind.__name__, lambda told: told.written, read))
        stand_in = self._stand_ins[kind]()
        stand_in.written = written
        return stand_in


def same(recorded: Recorded, event: Any) -> bool:
    """Whether the library gives back what we do, value for value and type for type."""
    told = {name: getattr(recorded, name) for name in ENVELOPE}
    told |= {field.name: getattr(recorded.fact, field.name) for field in fields(recorded.fact)}
    told |= {"originator_id": recorded.stream, "originator_version": recorded.version}
    given = vars(event)
    return told == given and all(
        type(given[name]) is type(value) or isinstance(value, Sealed) for name, value in told.items()
    )

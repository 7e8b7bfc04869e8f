"""A stored sample of every fact: written once, never edited, and readable for ever.

    python -m tests.history.samples

writes a sample for each fact that has none, and never touches one that is there. Run it when a fact, or a new version of
one, is final; from its first release on, what it wrote is history.
"""

import json
from binascii import hexlify
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from application.codec import Codec
from application.facts import FACTS
from application.sealing import DataKey
from domain.rules import Fact, Recorded, Sealed

FOLDER = Path(__file__).parent / "samples"
STREAM, VERSION = "sample-X90001", 27


class SampleKeys:
    """Keys that any test can make again: key 3 is the byte 3, thirty-two times."""

    def __init__(self) -> None:
        self.drawn = 0

    def draw(self) -> DataKey:
        self.drawn += 1
        return DataKey(self.drawn, self.key(self.drawn))

    def of_subject(self, subject: str) -> DataKey:
        return DataKey(200, self.key(200))

    def fetch(self, ids: Iterable[int]) -> dict[int, bytes]:
        return {key_id: self.key(key_id) for key_id in ids}

    @staticmethod
    def key(key_id: int) -> bytes:
        return bytes([key_id]) * 32


def file_of(name: str, version: int) -> Path:
    return FOLDER / f"{name}.v{version}.json"


def made_up(kind: type[Fact]) -> Fact:
    """A fact with something in every field."""
    fact = _value(kind, "")
    assert isinstance(fact, Fact)
    return fact


def _value(hint: Any, field: str) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if hint is Sealed:
        return Sealed(f"Words of {field}: ½ ☂ 🦉\nand a second line")
    if origin in {Union, UnionType}:
        return _value(next(part for part in parts if part is not NoneType), field)
    if origin is tuple:
        return tuple(_value(part, field) for part in (parts[:1] if parts[-1] is ... else parts))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1]
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{one.name: _value(hints[one.name], one.name) for one in fields(hint)})
    plain = {str: f"{field}-1", int: 7, float: 0.25, bool: True, date: date(2013, 4, 30)}
    plain[datetime] = datetime(2013, 4, 30, 9, 15, 0, 250_000, UTC)
    return plain[hint]


def as_read(fact: Fact) -> Any:
    """A fact in plain JSON values, its words opened."""
    return json.loads(msgspec.json.encode(fact, enc_hook=lambda value: value.words))


def write_missing() -> list[Path]:
    """Write the samples that are not there, and say which."""
    FOLDER.mkdir(exist_ok=True)
    written = []
    for (name, version), kind in FACTS.items():
        if file_of(name, version).exists():
            continue
        fact = made_up(kind)
        envelope = Recorded(
            STREAM, VERSION, 0, datetime(2013, 5, 1, 8, 30, 0, 125_000, UTC), "person-0123abcd", "Q44", "caseworker",
            "person-4567cdef", f"command-{hexlify(name[:4].encode()).decode()}", getattr(fact, "corrects", None), fact,
        )  # fmt: skip
        topic, state = Codec(SampleKeys(), FACTS, {}).encode(envelope)
        sample = {
            "topic": topic,
            "stream": STREAM,
            "version": VERSION,
            "stored": state.decode(),
            "reads": as_read(fact),
        }
        file_of(name, version).write_text(json.dumps(sample, ensure_ascii=False, indent=2) + "\n", "utf-8")
        written.append(file_of(name, version))
    return written


if __name__ == "__main__":
    for file in write_missing():
        print(file.name)  # noqa: T201

"""Opens the sealed words of stored facts, for those who check them. The words themselves go nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from application.codec import Codec, Row
from application.sealed_fields import SealedFields, sealed_fields
from application.sealing import KeyMissing, KeyWrong, SealBroken
from domain.rules import Fact, Recorded


def what_does_not_open(
    codec: Codec, rows: Sequence[Row], facts: Sequence[Recorded] | None = None
) -> Iterator[tuple[Row, str]]:
    """Each of these facts, which all decode, that has words which do not open; and why."""
    for row, fact in zip(rows, codec.decode(rows, opened=True) if facts is None else facts, strict=True):
        try:
            _open(fact)
        except KeyWrong:
            # The keys of all were fetched together: whose it is shows when each is asked for alone.
            yield from _alone(codec, row)
        except (KeyMissing, SealBroken, UnicodeDecodeError) as problem:
            yield row, str(problem)


def _alone(codec: Codec, row: Row) -> Iterator[tuple[Row, str]]:
    try:
        for fact in codec.decode([row]):
            _open(fact)
    except (KeyWrong, KeyMissing, SealBroken, UnicodeDecodeError) as problem:
        yield row, str(problem)


_FIELDS: dict[type[Fact], SealedFields | None] = {}


def _fields(kind: type[Fact]) -> SealedFields | None:
    if kind not in _FIELDS:
        _FIELDS[kind] = sealed_fields(kind)
    return _FIELDS[kind]


def _open(recorded: Recorded) -> None:
    sealed = _fields(type(recorded.fact))
    for _, value in sealed.of(recorded.fact) if sealed is not None else ():
        _ = value.words

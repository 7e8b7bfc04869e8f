"""Opens the sealed words of stored facts, for those who check them. The words themselves go nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from application.codec import Codec, Row
from application.keys import KeyWrong
from application.sealing import KeyMissing, SealBroken, SealedValues, sealed_values
from domain.rules import Fact, Recorded


def what_does_not_open(
    codec: Codec, rows: Sequence[Row], facts: Sequence[Recorded] | None = None
) -> Iterator[tuple[Row, str]]:
    """Each of these facts, which all decode, that has words which do not open; and why."""
    for row, fact in zip(rows, codec.decode(rows) if facts is None else facts, strict=True):
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


_VALUES: dict[type[Fact], SealedValues | None] = {}


def _values(kind: type[Fact]) -> SealedValues | None:
    if kind not in _VALUES:
        _VALUES[kind] = sealed_values(kind)
    return _VALUES[kind]


def _open(recorded: Recorded) -> None:
    values = _values(type(recorded.fact))
    for _, value in values(recorded.fact) if values is not None else ():
        _ = value.words

"""Reading facts in bulk: for views, a rebuild and verification. Each is one plain SELECT, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from application.at_hand import HistoriesAtHand, History
from application.codec import Codec
from domain.rules import Recorded

TABLE = "stored_events"

Raw = tuple[int, str, int, str, bytes]

_STREAMS_AT_ONCE = 500


class BulkReading:
    """What a recorder of either database can read, given `_rows`, which asks for rows of its columns."""

    codec: Codec
    position_column: str
    mark: str
    """How the database's driver writes a parameter."""
    schema = ""
    """What stands before a table's name."""
    at_hand: HistoriesAtHand

    def _rows(
        self, ending: str, parameters: Sequence[Any], what: str | None = None, table: str = TABLE
    ) -> list[Any]:
        raise NotImplementedError

    def history(self, stream: str) -> History:
        """Every fact of a stream, in order. What is at hand of it is not read again."""
        known, m = self.at_hand.get(stream), self.mark
        where = f"WHERE originator_id = {m} AND originator_version > {m} ORDER BY originator_version"
        later = self._rows(where, [stream, known.version if known else 0])
        return known if known is not None and not later else self._kept(stream, known, later)

    def few_from(self, position: int, most: int) -> list[Raw] | None:
        """The facts from a position on, itself included, as they are stored; None when they are more than `most`."""
        p, m = self.position_column, self.mark
        rows = self._rows(f"WHERE {p} >= {m} ORDER BY {p} LIMIT {m}", [position, most + 1])
        return rows if len(rows) <= most else None

    def histories_with(self, found: Iterable[Raw], upto: int) -> list[list[Recorded]]:
        """The histories, up to a position, of the streams of which these facts were just read. They are added to what is
        at hand: what a command just recorded is read once.
        """
        later: dict[str, list[Raw]] = {}
        for row in found:
            later.setdefault(row[1], []).append(row)
        return [_upto(self._with_later(stream, rows), upto) for stream, rows in later.items()]

    def _with_later(self, stream: str, later: list[Raw]) -> list[Recorded]:
        """The history of a stream of which these facts were just read: they follow what is at hand, or it is all read."""
        known = self.at_hand.get(stream)
        _, _, version, *_ = later[0]
        if version != (known.version if known is not None else 0) + 1:
            return self.history(stream)
        return self._kept(stream, known, later)

    def _kept(self, stream: str, known: History | None, later: list[Raw]) -> History:
        """What was at hand of a stream with the facts that follow, at hand from now on: no younger than its first."""
        read = (History() if known is None else known).with_later(self.codec.decode(later))
        if read:
            self.at_hand.keep(stream, read)
        return read

    def raw_after(self, position: int, limit: int) -> list[Raw]:
        """Stored facts after a position as they are stored, for those who check them."""
        p, m = self.position_column, self.mark
        return self._rows(f"WHERE {p} > {m} ORDER BY {p} LIMIT {m}", [position, limit])

    def raw_of(self, stream: str, versions: Sequence[int]) -> list[Raw]:
        """Some facts of a stream as they are stored at this moment, whatever is at hand."""
        m = self.mark
        where = [f"originator_id = {m}", f"originator_version IN ({', '.join([m] * len(versions))})"]
        return self._rows(_ending(where, "ORDER BY originator_version"), [stream, *versions])

    def stored(self, stream: str) -> list[tuple[int, int, bytes]]:
        """The position, version and bytes of every fact of a stream, as they are stored at this moment."""
        rows = self._rows(f"WHERE originator_id = {self.mark} ORDER BY originator_version", [stream])
        return [(position, version, bytes(data)) for position, _, version, _, data in rows]

    def last_upto(self, position: int) -> Recorded | None:
        """The last fact of the record up to a position, itself included."""
        p, m = self.position_column, self.mark
        found = self.codec.decode(self._rows(f"WHERE {p} <= {m} ORDER BY {p} DESC LIMIT 1", [position]))
        return found[0] if found else None

    def facts_after(self, position: int, limit: int) -> list[Recorded]:
        """Facts after a position, by position."""
        return self.codec.decode(self.raw_after(position, limit))

    def facts_of(
        self, streams: Iterable[str], upto_position: int | None = None, *, and_later: Sequence[str] = ()
    ) -> list[Recorded]:
        """Every fact of some streams, stream by stream in the order of their names. After the position only those of the
        names `and_later`.
        """
        names = sorted(streams)
        rows: list[Raw] = []
        for at in range(0, len(names), _STREAMS_AT_ONCE):
            some = names[at : at + _STREAMS_AT_ONCE]
            where, parameters = [f"originator_id IN ({', '.join([self.mark] * len(some))})"], list[Any](some)
            if and_later:
                names_later = ", ".join([self.mark] * len(and_later))
                where.append(f"({self.position_column} <= {self.mark} OR topic IN ({names_later}))")
                parameters += [upto_position, *and_later]
            else:
                self._no_further(upto_position, where, parameters)
            rows += self._rows(_ending(where, "ORDER BY originator_id, originator_version"), parameters)
        return self.codec.decode(rows)

    def streams_in_order(
        self,
        after_stream: str = "",
        limit_facts: int = 1_000,
        upto_position: int | None = None,
        category: str | None = None,
        *,
        topics: Sequence[str] = (),
        opened: bool = False,
    ) -> list[Recorded]:
        """Whole streams that follow a stream by name: about `limit_facts` facts, and the last stream to its end.

        Nothing left gives an empty list. A caller walks the record in bounded memory by passing the last fact's stream
        as `after_stream`. `category` is what a stream's name begins with: `practice`. With `topics`, only facts of these
        names. `opened` is for who asks for most of the words: all are opened together, which is quicker.
        """
        m = self.mark
        where, parameters = [f"originator_id > {m}"], list[Any]([after_stream])
        if category is not None:
            where += [f"originator_id >= {m}", f"originator_id < {m}"]
            parameters += [f"{category}-", f"{category}."]  # "." is the character after "-"
        self._only(topics, where, parameters)
        self._no_further(upto_position, where, parameters)
        order = "ORDER BY originator_id, originator_version"
        rows: list[Raw] = self._rows(_ending(where, f"{order} LIMIT {m}"), [*parameters, limit_facts])
        if len(rows) == limit_facts:
            _, stream, version, *_ = rows[-1]
            where, parameters = [f"originator_id = {m}", f"originator_version > {m}"], [stream, version]
            self._only(topics, where, parameters)
            self._no_further(upto_position, where, parameters)
            rows += self._rows(_ending(where, order), parameters)
        return self.codec.decode(rows, opened=opened)

    def tally(self, category: str, topics: Sequence[str]) -> tuple[int, int]:
        """How many facts of these names the streams of a category hold, and the newest position among them."""
        where, parameters = self._named(category, topics)
        what = f"count(*), coalesce(max({self.position_column}), 0)"
        [(number, newest)] = self._rows(_ending(where, ""), parameters, what=what)
        return number, newest

    def facts_named(self, category: str, topics: Sequence[str]) -> list[Recorded]:
        """The facts of these names on the streams of a category, by position."""
        where, parameters = self._named(category, topics)
        return self.codec.decode(self._rows(_ending(where, f"ORDER BY {self.position_column}"), parameters))

    def _named(self, category: str, topics: Sequence[str]) -> tuple[list[str], list[Any]]:
        m = self.mark
        where = [
            f"originator_id >= {m}",
            f"originator_id < {m}",
            f"topic IN ({', '.join([m] * len(topics))})",
        ]
        return where, [f"{category}-", f"{category}.", *topics]

    def streams_touched(self, after: int, upto: int) -> set[str]:
        """The streams that have a fact after one position and not after another."""
        p, m = self.position_column, self.mark
        where = _ending([f"{p} > {m}", f"{p} <= {m}"], "")
        return {name for (name,) in self._rows(where, [after, upto], what="DISTINCT originator_id")}

    def last_position(self) -> int:
        """The position of the newest fact; 0 when there is none."""
        (last,) = self._rows("", [], what=f"max({self.position_column})")[0]
        return last or 0

    def count(self) -> int:
        """How many facts there are."""
        return int(self._rows("", [], what="count(*)")[0][0])

    def broken_streams(self) -> list[str]:
        """Streams whose versions are not 1, 2, 3 and so on: something was taken out of them."""
        ending = "GROUP BY originator_id HAVING count(*) <> max(originator_version) OR min(originator_version) <> 1"
        return [name for (name,) in self._rows(f"{ending} ORDER BY originator_id", [], what="originator_id")]

    def _only(self, topics: Sequence[str], where: list[str], parameters: list[Any]) -> None:
        if topics:
            where.append(f"topic IN ({', '.join([self.mark] * len(topics))})")
            parameters += topics

    def _no_further(self, position: int | None, where: list[str], parameters: list[Any]) -> None:
        if position is not None:
            where.append(f"{self.position_column} <= {self.mark}")
            parameters.append(position)


def _ending(where: list[str], rest: str) -> str:
    return f"WHERE {' AND '.join(where)} {rest}"


def _upto(history: list[Recorded], position: int) -> list[Recorded]:
    if history[-1].position <= position:
        return history
    return [fact for fact in history if fact.position <= position]

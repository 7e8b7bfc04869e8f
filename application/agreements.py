"""Whether what an organisation agreed to is still what is stored: an agreement names the digest of the stored text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256

from application.facts import topic_of
from application.reading import BulkReading
from domain.practice.events import EntryAgreed
from domain.practice.state import Practice


def stored_digest(stream: str, version: int, topic: str, state: bytes) -> str:
    """SHA-256, in hexadecimal, of a fact as it is stored: where it stands, its name and version, and its bytes.

    Each part is preceded by its length, so that no two facts give the same bytes to digest. Words are digested as they
    are sealed: erasing the key of a field leaves the digest as it was.
    """
    parts = (b"casebook/v1 stored fact", stream.encode(), str(version).encode(), topic.encode(), state)
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def digests_of(recorder: BulkReading, stream: str, versions: Iterable[int]) -> dict[int, str]:
    """The digests of some facts of a stream as they are stored at this moment, by version."""
    rows = recorder.raw_of(stream, sorted(set(versions)))
    return {version: stored_digest(stream, version, topic, state) for _, _, version, topic, state in rows}


def voided(recorder: BulkReading, practice: Practice, among: Collection[int] | None = None) -> set[int]:
    """The entries of a practice, or of those asked for, whose agreement is void: their text is no longer what was
    agreed to.
    """
    agreed = {
        record.entry: record
        for record in practice.records.values()
        if record.state == "agreed" and (among is None or record.entry in among)
    }
    if not agreed:
        return set()
    wanted = [record.text_version for record in agreed.values()]
    found = digests_of(recorder, f"practice-{practice.code}", wanted)
    return {entry for entry, record in agreed.items() if found.get(record.text_version) != record.digest}


def every_voided(recorder: BulkReading) -> tuple[int, list[str]]:
    """How many agreements the record holds, and those that are no longer to what is stored, as stream/version."""
    agreements = recorder.facts_named("practice", [topic_of(EntryAgreed)])
    void = []
    for one in agreements:
        fact = one.fact
        assert isinstance(fact, EntryAgreed)
        digests = digests_of(recorder, one.stream, [fact.text_version])
        if digests.get(fact.text_version) != fact.digest:
            void.append(f"{one.stream}/{one.version}")
    return len(agreements), void

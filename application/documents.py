"""The store of documents: their bytes, sealed, each in a file that is called by the digest of what lies in it. The files
of releases of published data lie there alike.

It is a folder of the home, on SQLite and PostgreSQL alike. A document has a key of its own (AES-256-GCM), which stands
sealed in its fact and nowhere else: whoever destroys that field's key has destroyed the document in every copy. The
bytes are bound to practice and document, so that one put in another's place does not open. A name is only ever a digest
that a fact holds: nothing that a person typed becomes part of a path.

The bytes are on disk before the fact is recorded. A process that is killed between the two leaves a file that no fact
names, which doctor tells of; sent again, the document is kept anew under another key.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.facts import topic_of
from application.on_disk import on_disk
from application.recording import DiskFull, Recorder
from domain.practice.commands import AttachDocument, Kept
from domain.practice.events import DocumentAttached
from domain.releases.events import KeptFile, ReleaseReceived
from domain.rules import Command, Sealed

FOLDER = "documents"
NONCE = 12
_NAME = re.compile(r"[0-9a-f]{64}\Z")
_TOPICS = [topic_of(DocumentAttached)]
_RECEIVED = [topic_of(ReleaseReceived)]


class DocumentLost(Exception):
    """The bytes of a document are not there, or are not what was attached."""


class Examined(NamedTuple):
    """What the store holds against what the record names: digests of files."""

    documents: int
    missing: list[str]
    altered: list[str]
    orphans: list[str]


class Documents:
    """The documents of one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def sealed(self, stream: str, command: Command) -> Command:
        """The command with its document sealed, ready to be kept. Nothing is written yet."""
        if not isinstance(command, AttachDocument):
            return command
        return replace(command, kept=self.boxed(stream, command.document_id, command.content))

    def boxed(self, stream: str, content_id: str, content: bytes) -> Kept:
        """Bytes sealed under a key of their own, bound to a stream and an id of theirs. Nothing is written yet."""
        key, nonce = AESGCM.generate_key(256), os.urandom(NONCE)
        box = nonce + AESGCM(key).encrypt(nonce, content, _binding(stream, content_id))
        return Kept(
            kept_as=sha256(box).hexdigest(), key=key.hex(), sha256=sha256(content).hexdigest(), sealed=box
        )

    def keep(self, command: Command) -> None:
        """Put a sealed document on the disk."""
        if isinstance(command, AttachDocument) and command.kept is not None:
            self.put(command.kept)

    def put(self, kept: Kept) -> None:
        """Put what was sealed on the disk, whole or not at all: what is there already is the same."""
        file = self._file(kept.kept_as)
        if file.exists():
            return
        file.parent.mkdir(mode=0o700, exist_ok=True)
        making = file.with_name(f"{file.name}.{os.getpid()}.making")
        try:
            descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(kept.sealed)
                out.flush()
                os.fsync(out.fileno())
            making.rename(file)
            on_disk(self.folder)
        except OSError as problem:
            making.unlink(missing_ok=True)
            if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise DiskFull from problem
            raise

    def opened(self, stream: str, fact: DocumentAttached) -> bytes:
        """A document's bytes, as they were attached."""
        return self._unboxed(stream, fact.document_id, fact.kept_as, fact.opens_with)

    def file(self, stream: str, file: KeptFile) -> bytes:
        """The bytes of a file of a release, as they were received."""
        return self._unboxed(stream, file.content_id, file.kept_as, file.opens_with)

    def _unboxed(self, stream: str, content_id: str, kept_as: str, opens_with: Sealed) -> bytes:
        try:
            box = self._file(kept_as).read_bytes()
            key = bytes.fromhex(opens_with.words)
            content = AESGCM(key).decrypt(box[:NONCE], box[NONCE:], _binding(stream, content_id))
        except (FileNotFoundError, InvalidTag, ValueError):
            raise DocumentLost(f"The document {kept_as} is not there, or was altered") from None
        return content

    def names(self) -> Iterator[str]:
        """Every file in the store, also one that is not called by a digest."""
        if self.folder.exists():
            yield from sorted(file.name for file in self.folder.iterdir())

    def kept(self) -> list[str]:
        """The documents that are whole on the disk, by digest."""
        return [name for name in self.names() if _NAME.match(name)]

    def examined(self, recorder: Recorder) -> Examined:
        """The store against the record. What is there is read and digested, a file at a time."""
        there = list(self.names())  # before the record is asked: what is attached meanwhile is no orphan
        named = named_in(recorder)
        files = set(self.kept())
        return Examined(
            len(named),
            sorted(named - files),
            [name for name in sorted(named & files) if self._digest(name) != name],
            [name for name in there if name not in named],
        )

    def _digest(self, name: str) -> str:
        with self._file(name).open("rb") as file:
            digest = sha256()
            while part := file.read(1 << 20):
                digest.update(part)
        return digest.hexdigest()

    def _file(self, name: str) -> Path:
        if not _NAME.match(name):
            raise ValueError("a document is kept under a digest")
        return self.folder / name


def named_in(recorder: Recorder) -> set[str]:
    """The digests of all documents that the record names, withdrawn or not, and of the files of all releases."""
    facts = recorder.facts_named("practice", _TOPICS)
    attached = {one.fact.kept_as for one in facts if isinstance(one.fact, DocumentAttached)}
    received = [one.fact for one in recorder.facts_named("release", _RECEIVED)]
    files = (part for one in received if isinstance(one, ReleaseReceived) for part in (one.file, one.mapping))
    return attached | {part.kept_as for part in files if part is not None}


def _binding(stream: str, document_id: str) -> bytes:
    return f"casebook/v1\0document\0{stream}\0{document_id}".encode()

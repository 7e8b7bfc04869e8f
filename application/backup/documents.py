"""The documents of a backup, in one file beside the record's."""

from __future__ import annotations

import os
import tarfile
from hashlib import sha256
from pathlib import Path

from application.backup.files import BackupRefused, made_whole, refused_unless
from application.documents import Documents
from application.on_disk import on_disk


def documents_beside(file: Path) -> Path:
    """Where the documents of a record's backup are."""
    return file.with_name(f"{file.name}.documents")


def copy_documents(documents: Documents, target: Path) -> None:
    """Every document, sealed as it lies, in one file; none where there is none."""
    names = list(documents.kept())
    if not names:
        return
    with made_whole(target) as making, tarfile.open(making, "w") as tar:
        for name in names:
            tar.add(documents.folder / name, arcname=name, recursive=False)


def take_documents(source: Path, folder: Path) -> None:
    """The documents of a backup, in a folder. Only what is called by a digest, and is it, is taken out."""
    missing = f"The record names documents, and there is no file {source}: put it beside the record's"
    refused_unless(source.is_file(), missing)
    folder.mkdir(mode=0o700)
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                box = content.read() if content else b""
                refused_unless(
                    sha256(box).hexdigest() == member.name, f"{source} is damaged: {member.name!r}"
                )
                with (folder / member.name).open("xb") as out:
                    out.write(box)
                    os.fchmod(out.fileno(), 0o600)
                    os.fsync(out.fileno())
    except (tarfile.TarError, EOFError) as problem:
        raise BackupRefused(f"{source} is not a backup of documents: {problem}") from None


def put_documents(staged: Path, folder: Path) -> None:
    """A name is the digest of what it holds: one that a killed restore left there is the same."""
    if not staged.exists():
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in staged.iterdir():
        file.rename(folder / file.name)
    on_disk(folder)

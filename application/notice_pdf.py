"""A notice's letter as a PDF: the same words as the page and the kept file, the same bytes each time, tagged to be read aloud.

Made by Typst, which comes with the extra `casebook[pdf]`. It holds to PDF/UA-1, so a letter with a character that its fonts
do not have is refused, and not drawn with a hole in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from application.notice_letter import Letter

NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
"""A file that names the instant at which it was made would differ each time: the letter has its own day in its words."""


class NotDrawn(Exception):
    """The letter has words that cannot be drawn: characters that no font at hand has."""


def installed() -> bool:
    """Whether the extra that makes PDF files is installed."""
    return find_spec("typst") is not None


def pdf_of(letter: Letter) -> bytes:
    """The letter as a file. Only where `installed` says so."""
    return drawn("notice_letter.typ", "letter", _words(letter))


def drawn(template: str, name: str, words: Mapping[str, object]) -> bytes:
    """Words as a file, by a template that finds them under a name. Raises NotDrawn."""
    import typst

    compiler = typst.Compiler(
        _template(template), ignore_system_fonts=True, sys_inputs={name: json.dumps(words)}
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=NO_DAY)
    except typst.TypstError as wrong:
        if "could not be displayed" in wrong.message:
            # Not from it: what it says repeats words of the letter, which belong in no log.
            raise NotDrawn from None
        raise
    assert isinstance(made, bytes)
    return made


def _words(letter: Letter) -> dict[str, object]:
    return {
        "sender": letter.sender,
        "address": letter.address,
        "to": letter.to,
        "on": letter.on,
        "title": letter.title,
        "about": letter.about,
        "parts": [{"heading": part.heading, "words": part.words} for part in letter.parts],
        "signatory": letter.signatory,
        "receipt": letter.receipt,
        "to_sign": letter.to_sign,
        "digest": letter.digest,
        "form": letter.form,
    }


@cache
def _template(name: str) -> bytes:
    return files("application").joinpath(name).read_bytes()

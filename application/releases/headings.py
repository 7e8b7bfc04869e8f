"""The heading of a published file: in which column everything stands, or what is wrong with it."""

from __future__ import annotations

from collections import Counter

from application.releases.found import FileRefused, Told
from application.releases.lines import Wrong, row_of
from application.releases.mapping import OWN, Layout

MAPPING = "a file with columns of its own is read by a mapping file (--mapping)"


def places_of(name: str, line: int, text: str, layout: Layout) -> dict[str, int]:
    """The columns by name, or FileRefused."""
    try:
        heading = [one.strip() for one in row_of(text)]
    except Wrong as wrong:
        raise FileRefused(name, [Told(line, 1, "", wrong.words)]) from None

    def refused(column: int, words: str) -> FileRefused:
        return FileRefused(name, [Told(line, column, "", words)])

    for other, called in (("\0", "NUL characters: it is no text, or not UTF-8"), ("\r", "no line feeds")):
        if other in text:
            where = text.index(other) + 1
            raise refused(where, f"the file has {called}: save it as CSV in UTF-8, with a line to each row")
    for other, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(heading) == 1 and other in text:
            raise refused(1, f"the columns are parted by {called}: save the file with commas between them")
    own = layout.indicator_column == "indicator" and layout.practice == "practice"
    written = heading
    if own and not set(layout.columns) <= set(heading):
        heading = [_own_name(one) for one in heading]
    if repeated := [one for one, number in Counter(heading).items() if number > 1]:
        raise refused(heading.index(repeated[0]) + 1, f"the column {repeated[0]!r} stands twice")
    places = {one: at for at, one in enumerate(heading)}
    if own and (strange := [at for at, one in enumerate(heading) if one not in OWN]):
        at = strange[0]
        words = f"{written[at][:40]!r} is no column of Casebook's own, which are {','.join(OWN)}: {MAPPING}"
        raise refused(at + 1, words)
    if own and not {"numerator", "denominator"} <= set(places) and "value" not in places:
        raise refused(len(heading), "the columns numerator and denominator, or value, are missing")
    optional = {"numerator", "denominator", "value"} if own else set()
    if missing := [one for one in layout.columns if one not in places and one not in optional]:
        more = "" if own else ": the mapping file names it"
        raise refused(len(heading), f"the column {missing[0]!r} is missing{more}")
    return places


def _own_name(heading: str) -> str:
    """Casebook's name of a column that is written otherwise: `Practice code` is `practice`."""
    return heading.lower().replace("_", " ").removesuffix(" code").strip()

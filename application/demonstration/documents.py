"""The documents of the demonstration: a letter from a practice, its log of calls, and a note that one side keeps."""

from __future__ import annotations

from datetime import date, timedelta

from application.demonstration.cast import TODAY
from application.demonstration.plan import workday
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import Visibility

LETTER = (
    "Larkfield Road Surgery",
    "",
    "To the area team",
    "",
    "We have met as partners and looked at the calls of the last eight weeks.",
    "From Monday two more people answer the telephone between eight and ten.",
    "We send the log of calls with this letter, and will send the next in a month.",
    "",
    "The practice manager",
)
LOG = (
    "Week,Calls,Answered,Longest wait (minutes)\n"
    "1,1412,1121,31\n2,1380,1147,27\n3,1405,1203,22\n4,1361,1225,19\n5,1398,1301,14\n6,1377,1309,12\n"
)
NOTE = "Before the next meeting: ask for the rota itself, not for the policy. Three people have asked since June.\n"


def attached(tale: Tale) -> None:
    """What was sent, and what was noted for ourselves."""
    _attach(
        tale,
        tale.caseworker,
        _ago(24),
        "Letter from the partners about the telephone",
        "Letter.pdf",
        pdf(LETTER),
    )
    _attach(tale, tale.caseworker, _ago(24), "Log of calls, six weeks", "Calls.txt", LOG.encode())
    _attach(
        tale, tale.caseworker, _ago(12), "What to ask at the next meeting", "Note.txt", NOTE.encode(), Visibility.INTERNAL
    )  # fmt: skip


def _attach(
    tale: Tale,
    who: str,
    on: date,
    title: str,
    file_name: str,
    content: bytes,
    visibility: Visibility = Visibility.BOTH,
) -> None:
    document = tale.new("document")
    tale.act(
        who,
        on,
        lambda: c.AttachDocument(
            document_id=document,
            title=title,
            file_name=file_name,
            content=content,
            visibility=visibility,
            occurred_on=on,
        ),
        document,
    )


def _ago(days: int) -> date:
    return workday(TODAY - timedelta(days=days))


def pdf(lines: tuple[str, ...]) -> bytes:
    """One page with some lines on it, as a PDF says it."""
    text = "".join(f"({line}) Tj T*\n" for line in lines)
    page = f"BT /F1 12 Tf 16 TL 72 770 Td\n{text}ET"
    fonts = "/Font << /F1 5 0 R >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {fonts} >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(f"{len(made):010} 00000 n \n")
        made += f"{number} 0 obj\n{one}\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{''.join(places)}"
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return (made + table + end).encode("ascii")

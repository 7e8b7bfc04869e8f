"""What may be attached, by its name and by its bytes; and who then sees it."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest

from domain.practice import events as e
from domain.practice.documents import LARGEST, SUFFIXES, kind_of, suffix_for
from domain.practice.kinds import DocumentKind, Side, Visibility
from domain.practice.practice import replay
from domain.practice.visible import as_seen_by
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, given

ENTRY = "entry-00000001"
PNG = b"\x89PNG\r\n\x1a\n...."
JPEG = b"\xff\xd8\xff\xe0...."


def archive(**parts: str) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return held.getvalue()


WORD = archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
EXCEL = archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
OPEN_TEXT = archive(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<office/>"})
REAL = {
    "a.pdf": (a.PDF, DocumentKind.PDF),
    "A LETTER.PDF": (a.PDF, DocumentKind.PDF),
    "a.b.docx": (WORD, DocumentKind.WORD),
    "a.xlsx": (EXCEL, DocumentKind.EXCEL),
    "a.odt": (OPEN_TEXT, DocumentKind.OPEN_TEXT),
    "a.jpg": (JPEG, DocumentKind.JPEG),
    "a.jpeg": (JPEG, DocumentKind.JPEG),
    "a.png": (PNG, DocumentKind.PNG),
    "a.txt": ("Ring 0300, they said.\r\n\tÉlan ½\n".encode(), DocumentKind.TEXT),
}


def refusal(name: str, content: bytes) -> str | None:
    try:
        kind_of(name, content)
    except RuleBroken as broken:
        return f"{broken.rule} of {broken.field}".removesuffix(" of content")
    return None


@pytest.mark.parametrize("name", REAL)
def test_a_document_of_each_kind_is_known_by_its_name_and_its_bytes(name) -> None:
    content, kind = REAL[name]
    assert kind_of(name, content) == kind


def test_every_kind_may_be_attached_and_has_its_own_ending() -> None:
    assert set(SUFFIXES.values()) == {kind for _, kind in REAL.values()} == set(DocumentKind)
    assert {kind: SUFFIXES[suffix_for(kind)] for kind in DocumentKind} == {
        kind: kind for kind in DocumentKind
    }


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("other", REAL)
def test_what_is_in_a_document_is_what_its_name_says(name, other) -> None:
    content, kind = REAL[other]
    told = refusal(name, content)
    assert (told is None) is (REAL[name][1] == kind)
    assert told in {None, "a-document-is-what-its-name-says"}


@pytest.mark.parametrize(
    "name",
    ["a.html", "pdf.", "a.svg", "a.exe", "a.docm", "a.xls", "a.doc", "a.zip", "a.pdf.html", "a", "", ".", "pdf", "a.pdf\x00.exe", "a.PDF "],
)  # fmt: skip
def test_only_kinds_of_the_list_are_taken(name) -> None:
    expected = None if name == "a.PDF " else "a-document-is-of-a-kind-that-is-taken"
    assert refusal(name, a.PDF) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>%PDF-1.7"),
        ("a.png", b"GIF89a"),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.txt", b"\xff\xfea\x00"),
        ("a.txt", b"a\x00b"),
        ("a.txt", b"\x1b[31mred"),
        ("a.docx", b"PK\x03\x04 cut off"),
        ("a.docx", archive(**{"word/document.xml": "x"})),
        ("a.docx", archive(**{"[Content_Types].xml": "x", "word/document.xml": "x", "word/vbaProject.bin": "x"})),
        ("a.odt", archive(mimetype="application/zip")),
        ("a.odt", archive(mimetype="application/vnd.oasis.opendocument.text" + " " * 1000)),
        ("a.odt", archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml": "x"})),
        ("a.odt", archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "Scripts/python/a.py": "x"})),
        ("a.docx", archive(**{f"{at}": "" for at in range(5_001)} | {"[Content_Types].xml": "", "word/document.xml": ""})),
    ],
)  # fmt: skip
def test_what_only_seems_to_be_a_document_is_refused(name, content) -> None:
    assert refusal(name, content) == "a-document-is-what-its-name-says"


def test_a_document_keeps_to_its_size_and_holds_something() -> None:
    assert refusal("a.pdf", a.PDF.ljust(LARGEST, b" ")) is None
    assert refusal("a.pdf", a.PDF.ljust(LARGEST + 1, b" ")) == "a-document-keeps-to-its-size"
    assert refusal("a.pdf", b"") == "a-document-holds-something"


def test_words_that_identify_a_patient_are_not_attached() -> None:
    assert refusal("a.txt", b"NHS number 943 476 5919") == "no-patient-is-identified"


def test_an_attached_document_says_what_it_is_and_how_it_is_kept() -> None:
    command = a.attach_document(content=a.PDF)
    given().when(command).then_a(
        e.DocumentAttached, kind=DocumentKind.PDF, size=len(a.PDF), kept_as="ab" * 32, occurred_on=a.TODAY
    )


def test_a_document_has_a_day_that_has_come() -> None:
    command = a.attach_document(occurred_on=a.TODAY + timedelta(days=1))
    given().when(command).then_refused("what-happened-is-not-in-the-future", "occurred_on")


@pytest.mark.parametrize("field", ["about_flags", "about_actions", "of_entry"])
def test_a_document_is_about_this_practices_record(field) -> None:
    wanted = "flag-00000009" if field == "of_entry" else ("flag-00000009",)
    given().when(a.attach_document(**{field: wanted})).then_refused(
        "what-it-is-about-is-of-this-practice", field
    )


def test_a_document_of_a_closed_entry_is_as_closed() -> None:
    closed = a.conversation_recorded(entry_id=ENTRY, visibility=Visibility.INTERNAL)
    given(closed).when(a.attach_document(of_entry=ENTRY)).then_refused(
        "what-follows-a-closed-entry-is-as-closed", "visibility"
    )
    attach = a.attach_document(of_entry=ENTRY, visibility=Visibility.INTERNAL)
    given(closed).when(attach).then_a(e.DocumentAttached, of_entry=ENTRY)


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2026, 11, 1)])
def test_a_closed_practice_takes_a_document_of_an_earlier_day(day) -> None:
    story = given(a.practice_closed(closed_on=date(2026, 10, 31))).when(a.attach_document(occurred_on=day))
    if day.month == 10:
        story.then_a(e.DocumentAttached, occurred_on=day)
    else:
        story.then_refused("a-closed-practice-takes-late-entries-only", "occurred_on")


@pytest.mark.parametrize(
    ("visibility", "seen"), [(Visibility.BOTH, 1), (Visibility.RESTRICTED, 0), (Visibility.INTERNAL, 0)]
)
def test_a_document_is_seen_by_whom_its_organisation_says(visibility, seen) -> None:
    practice = given(a.document_attached(visibility=visibility)).practice()
    history = as_seen_by(practice.history, practice.closed, LEAD, practice.let_in)
    assert len(replay(history).documents) == seen
    ours = as_seen_by(practice.history, practice.closed, CASEWORKER, practice.let_in)
    assert len(replay(ours).documents) == 1


def test_who_sees_a_document_is_changed_by_its_organisation() -> None:
    story = given(a.document_attached())
    version = story.practice().version
    story.when(a.change_visibility(version=version, visibility=Visibility.INTERNAL)).then_a(
        e.VisibilityChanged, version=version, after=Visibility.INTERNAL
    )


def test_an_action_is_completed_with_a_document_as_its_evidence() -> None:
    action = "action-00000001"
    story = given(
        a.action_proposed(action_id=action),
        a.action_agreed(action_id=action),
        a.action_agreed(action_id=action, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER),
        a.document_attached(),
    )
    cited = f"{a.CODE}/{story.practice().version}"
    story.when(a.complete_action(action_id=action, evidence=(cited,))).then_a(
        e.ActionCompleted, evidence=(cited,)
    )


def test_what_a_document_is_cannot_be_corrected_but_its_title_can() -> None:
    story = given(a.document_attached())
    version = story.practice().version
    for field in ("file_name", "kind", "size", "sha256", "kept_as", "opens_with", "of_entry", "visibility"):
        given(a.document_attached()).when(a.correct_fact(version=version, fields={field: "x"})).then_refused(
            "a-corrected-field-is-one-of-the-fact", field
        )
    story.when(a.correct_fact(version=version, fields={"title": "Letter of 3 November"})).then_a(
        e.FactCorrected, corrects=version
    )

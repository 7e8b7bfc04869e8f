"""The statutory letter of a notice: to be read, printed, and kept as a file whose digest the record holds."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from application.notice_letter import Letter, letter_of
from application.notice_pdf import NotDrawn, installed, pdf_of
from application.sealing import KeyMissing, SealBroken
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.events import NoticeIssued
from domain.practice.notice_giving import bar_to_issuing
from domain.rules import DoesNotOpen
from web.access_log.noting import note_entry
from web.practices.links import entry_link, practice_link
from web.practices.reading import Looked, look_up
from web.purposes.stating import of_export
from web.service import may, service, today

blueprint = Blueprint("notice_letters", __name__)


def letter_link(code: str, notice_id: str) -> str:
    return f"{practice_link(code)}/notices/{notice_id}/letter"


@blueprint.get("/practices/<code>/notices/<notice_id>/letter")
def letter(code: str, notice_id: str) -> ResponseReturnValue:
    """As it was issued; of a draft as far as it goes, with what is missing."""
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(letter_link(practice.code, notice_id), 301)
    try:
        notice, made = _made(looked, notice_id)
    except (SealBroken, KeyMissing) as problem:
        return _lost(problem)
    note_entry(notice.issued or notice.version)
    may_issue = not looked.offers.closed and looked.offers.may("IssueNotice")
    may_issue = may_issue and bar_to_issuing(practice, notice, looked.asked) is None
    return render_template(
        "practices/notice_letter.html",
        letter=made,
        notice=notice,
        draft=notice.status == NoticeStatus.DRAFT,
        same=_digest(looked, notice) == made.digest,
        recorded=_digest(looked, notice),
        back=entry_link(practice.code, notice.issued or notice.version),
        addresses=may("AddressOrganisation"),
        issue=f"{practice_link(practice.code)}/issue-notice?notice_id={notice_id}" if may_issue else "",
        file=f"{letter_link(practice.code, notice_id)}.txt",
        pdf=f"{letter_link(practice.code, notice_id)}.pdf" if installed() else "",
    )


@blueprint.get("/practices/<code>/notices/<notice_id>/letter.txt")
def file(code: str, notice_id: str) -> ResponseReturnValue:
    """The bytes that were digested. A draft has no file: nobody should send what is not complete."""
    looked = look_up(code)
    try:
        notice, made = _issued(looked, notice_id)
    except (SealBroken, KeyMissing) as problem:
        return _lost(problem)
    return _kept(looked, notice, made.content, "txt", "text/plain")


@blueprint.get("/practices/<code>/notices/<notice_id>/letter.pdf")
def pdf(code: str, notice_id: str) -> ResponseReturnValue:
    """The same letter to send or to keep, where PDF is installed; else it is said how to have one all the same."""
    looked = look_up(code)
    try:
        notice, made = _issued(looked, notice_id)
    except (SealBroken, KeyMissing) as problem:
        return _lost(problem)
    if not installed():
        return _printed_instead("PDF is not installed here"), 501
    try:
        content = pdf_of(made)
    except NotDrawn:
        return _printed_instead("This letter has characters that the fonts for PDF do not have"), 501
    return _kept(looked, notice, content, "pdf", "application/pdf")


def _kept(looked: Looked, notice: Notice, content: bytes, ending: str, kind: str) -> Response:
    """The letter as a file. That it was taken out is noted."""
    subject = f"practice-{looked.practice.code}/{notice.issued}"
    service.casebook.log_access(looked.asked, "exported", "NoticeLetter", subject=subject, **of_export())
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="notice-{looked.practice.code}-{notice.issued}.{ending}"'
    )
    return response


def _issued(looked: Looked, notice_id: str) -> tuple[Notice, Letter]:
    notice, made = _made(looked, notice_id)
    if notice.issued is None:
        raise NotFound
    return notice, made


def _made(looked: Looked, notice_id: str) -> tuple[Notice, Letter]:
    """One letter for all who may see the notice, and the same as its contractor has: made of the whole history."""
    notice = looked.practice.notices.get(notice_id)
    if notice is None:
        raise NotFound
    whole = service.casebook.practice(looked.practice.code)
    return notice, letter_of(whole, whole.notices[notice_id], service.casebook.letters_names(), today())


def _lost(problem: DoesNotOpen) -> ResponseReturnValue:
    """What was erased is gone, as it should be; what was altered is a fault."""
    page = render_template(
        "errors/error.html",
        heading="This letter cannot be made again",
        advice="Some of its words do not open: they were erased, or altered outside Casebook. What is left of them is in "
        "the practice’s record. Where the notice was issued, its entry has the SHA-256 of the letter, by which a copy "
        "that was kept can be known.",
    )
    return page, 410 if isinstance(problem, KeyMissing) else 500


def _printed_instead(heading: str) -> str:
    return render_template(
        "errors/error.html",
        heading=heading,
        advice="Go back to the letter and print it: your browser can save what it prints as a PDF file.",
    )


def _digest(looked: Looked, notice: Notice) -> str:
    entry = looked.practice.recorded(notice.issued) if notice.issued else None
    return entry.fact.letter_sha256 if entry and isinstance(entry.fact, NoticeIssued) else ""

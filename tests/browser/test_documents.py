"""A document in a real browser: attached on a telephone, taken out on a desktop; and a team's load."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.support.browser import seen

PRACTICE = "practices/X90017"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def test_a_document_is_attached_on_a_telephone_and_taken_out_as_a_file(sign_in, address) -> None:
    phone = sign_in("amira.khan", "phone")
    phone.goto(f"{address}/{PRACTICE}/attach-document")
    seen(phone, "attach")
    phone.get_by_label("Which file?").set_input_files(
        {"name": "Letter.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
    )
    phone.get_by_label("What is it?").fill("Answer of the partners")
    phone.get_by_role("button", name="Attach it").click()
    expect(phone.get_by_role("alert")).to_contain_text("What is in the file is not what its name says")
    expect(phone.get_by_label("What is it?")).to_have_value("Answer of the partners")
    seen(phone, "attach-refused")
    phone.get_by_label("Which file?").set_input_files(
        {"name": "Letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    phone.get_by_role("button", name="Attach it").click()
    expect(phone.get_by_text("Recorded just now.")).to_be_visible()

    lead = sign_in("priya.shah")
    lead.goto(f"{address}/{PRACTICE}?kind=documents")
    with lead.expect_download() as given:
        lead.get_by_role("link", name="Download Answer of the partners (PDF)").first.click()
    assert given.value.suggested_filename == "Answer of the partners.pdf"
    assert Path(given.value.path()).read_bytes() == PDF


def test_a_managers_team_fits_every_width(sign_in, address) -> None:
    for width in ("desktop", "phone"):
        page = sign_in("martin.lee", width)
        page.goto(f"{address}/")
        page.get_by_role("link", name="My team").click()
        expect(page.get_by_role("heading", name="My team")).to_be_visible()
        seen(page, f"team-{width}")

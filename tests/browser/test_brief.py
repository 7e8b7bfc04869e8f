"""The brief, the purpose for which one looks back, and the auditor's sample, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser import seen


def test_from_a_practice_to_its_brief_and_from_a_sentence_to_its_fact(sign_in, address) -> None:
    page = sign_in("ruth.bell", "desktop")
    page.goto(f"{address}/practices/X90017")
    page.get_by_role("link", name="The practice on one page").click()
    seen(page, "brief")
    page.get_by_role("link", name="Fact 1", exact=True).first.click()
    note = page.locator("#fact-1")
    expect(note).to_be_in_viewport()
    note.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/entries/" in page.url
    page.go_back()
    page.emulate_media(media="print")
    expect(page.get_by_text("Reading this is noted")).to_be_hidden()
    expect(page.get_by_text("SHA-256 of these words")).to_be_visible()


def test_a_purpose_is_stated_and_a_sample_drawn(sign_in, address) -> None:
    page = sign_in("ruth.bell", "phone")
    page.goto(f"{address}/audit")
    page.get_by_role("link", name="A sample that nobody chose").click()
    page.get_by_role("link", name="Say what it is for").click()
    page.get_by_label("Something else", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Say in a few words what it is for")).to_be_visible()
    seen(page, "purpose-wrong")
    page.get_by_label("An audit").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("for this purpose: An audit")).to_be_visible()
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_role("link", name="Enter a number from 1 to 500")).to_be_visible()
    page.get_by_label("How many").fill("5")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_role("heading", name="5 items of")).to_be_visible()
    seen(page, "sample")
    page.goto(f"{address}/access-log?purpose=audit")
    expect(page.get_by_text("Had a sample drawn: decisions")).to_be_visible()

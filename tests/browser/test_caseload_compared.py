"""The caseload compared between two days in a real browser: chosen by keyboard, followed to a practice of that day."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe, fits


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_what_changed_between_two_days_leads_to_the_practice_as_it_was(sign_in, address, width) -> None:
    page = sign_in("amira.khan", width)
    page.goto(f"{address}/practices")
    page.get_by_role("main").get_by_role("link", name="Compare two days").click()
    page.get_by_label("First day").fill("2026-05-31")
    page.get_by_label("Last day").fill("2025-11-20")
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The last day must be on or after 31 May 2026")
    assert axe(page) == []
    page.get_by_label("First day").fill("2025-11-20")
    page.get_by_label("Last day").fill("2026-05-31")
    page.get_by_role("button", name="Compare").press("Enter")
    page.get_by_role("main").get_by_role("link", name="To more concern").click()
    expect(page.locator("del .cb-tier").first).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_text("This is the past.")).to_be_visible()

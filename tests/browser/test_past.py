"""A page is set back to an earlier day by its sliders, with the keyboard, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import seen


@pytest.mark.parametrize(
    ("width", "javascript"),
    [("desktop", True), ("phone", False)],
    ids=["desktop, script", "phone, no script"],
)
def test_a_practice_is_set_back_to_an_earlier_day(sign_in, address, width, javascript) -> None:
    page = sign_in("ruth.bell", width, javascript=javascript)
    page.goto(f"{address}/practices")
    page.get_by_role("main").get_by_role("link", name="Larkfield Road Surgery").first.click()
    page.get_by_role("link", name="See this page as it was on an earlier day").click()
    past = page.get_by_role("region", name="The past")
    expect(past).to_contain_text("This is the past.")
    slider = page.get_by_role("slider").first
    today = slider.get_attribute("aria-valuetext")
    slider.focus()
    for _ in range(200):
        slider.press("ArrowLeft")
    if javascript:
        moved = slider.get_attribute("aria-valuetext")
        assert moved != today
        assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", moved)
    page.get_by_role("button", name="Show that moment").click()
    expect(past).to_contain_text("11:59pm")
    if javascript:
        expect(past).to_contain_text(f"As recorded by {moved}")
    seen(page, "past", javascript=javascript)
    expect(page.get_by_role("link", name="Record a conversation")).to_have_count(0)
    entry = page.get_by_role("main").locator("a[href*='/entries/']").first
    entry.click()
    expect(past).to_contain_text("11:59pm")
    page.get_by_role("link", name="Go back to today").click()
    expect(past).to_have_count(0)

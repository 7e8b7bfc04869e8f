"""Searching in a real browser: with the keyboard, on a desktop and a telephone, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe, fits


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_box_of_any_page_finds_what_was_told(sign_in, address, width) -> None:
    page = sign_in("amira.khan", width)
    page.goto(f"{address}/practices")
    box = page.get_by_role("banner").get_by_role("searchbox", name="Search")
    box.fill("appointments")
    box.press("Enter")
    page.wait_for_url("**/search?words=appointments")
    expect(page.locator("mark").first).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    first = page.get_by_role("main").get_by_role("link", name="Conversation,").first
    href = first.get_attribute("href")
    first.click()
    page.wait_for_url(f"**{href}")
    expect(page.locator(f"#{href.partition('#')[2]}")).to_be_in_viewport()


def test_a_mistyped_name_leads_to_the_practice_without_script(sign_in, address) -> None:
    page = sign_in("priya.shah", javascript=False)
    page.goto(f"{address}/search?words=larkfeild")
    expect(page.get_by_text("Did you mean")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="larkfield", exact=True).click()
    expect(page.get_by_role("link", name="Larkfield Road Surgery")).to_be_visible()


def test_every_state_of_the_page_passes_axe(sign_in, address) -> None:
    page = sign_in("ruth.bell")
    for words in (
        "",
        "of that",
        "zzzz",
        "larkfeild",
        "appointments&kind=conversation",
        "practice",
        "practice&kind=practice",
    ):
        page.goto(f"{address}/search?words={words}")
        assert axe(page) == [], words

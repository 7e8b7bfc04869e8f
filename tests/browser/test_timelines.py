"""Timelines of more than one practice in a real browser: a week reached, filtered, and practices put side by side."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import seen


@pytest.mark.parametrize(("who", "width"), [("ruth.bell", "desktop"), ("priya.shah", "phone")])
def test_a_week_is_reached_and_two_practices_of_it_are_put_side_by_side(sign_in, address, who, width) -> None:
    page = sign_in(who, width)
    page.goto(f"{address}/timeline?from=2026-13-40")
    expect(page.get_by_role("alert")).to_contain_text("The first day must be a real date")
    seen(page, f"timeline-mistyped-{width}")
    page.goto(f"{address}/practices")
    page.get_by_role("link", name="Timeline", exact=True).click()
    whose = page.get_by_label("Practices of")
    if whose.count():
        whose.select_option(label="Larkdale CCG")
        page.get_by_role("button", name="Show").click()
    assert page.locator("svg.insight:visible").count() == 1
    page.get_by_text("Go to a week").click()
    page.get_by_role("link", name="Week of 12 October 2026").click()
    expect(page.get_by_role("heading", level=2).nth(1)).to_contain_text("October 2026")
    seen(page, f"timeline-{width}")
    page.get_by_role("link", name="Put timelines side by side").click()
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("button", name="Put side by side").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least 2 practices: 1 is ticked")
    seen(page, f"beside-one-{width}")
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Put side by side").click()
    assert page.locator("svg.band:visible").count() == 2
    page.get_by_text("The same as a table, month by month").click()
    seen(page, f"beside-{width}")

"""Indicators in a real browser: from a flag to its chart, its explanation and the decision; on a desktop and a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe, seen

SETTLED, WAITING = "X90238", "X90246"
"""Where a flag led to a decision, and where one waits to be explained."""
WORDS = "A nursing home of ninety beds opened on our list in April; its admissions are counted with ours."
HELD = "The home’s own list of admissions agrees with it."
PAGES = {
    "indicators": f"/practices/{WAITING}/indicators",
    "open": f"/practices/{WAITING}/indicators/CQ09",
    "settled": f"/practices/{SETTLED}/indicators/PS01",
    "yearly": "/practices/X90239/indicators/OE02",
    "empty": f"/practices/{WAITING}/indicators/OE08",
    "flags": "/insight/flags",
    "releases": "/insight/flags-by-release?release=2025Q4",
}


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_each_page_is_seen_whole_and_breaks_no_rule_of_access(sign_in, address, width) -> None:
    page = sign_in("martin.lee", width)
    for name, path in PAGES.items():
        page.goto(f"{address}{path}")
        seen(page, name)
        charts = page.locator(
            "svg.chart[aria-labelledby^=through]:visible, svg.chart[aria-labelledby^=among]:visible"
        )
        assert charts.count() == (2 if name in {"open", "settled", "yearly"} else 0), name


def test_from_flag_to_explanation_to_decision(sign_in, address) -> None:
    caseworker = sign_in("amira.khan")
    caseworker.goto(f"{address}/practices/{WAITING}")
    caseworker.get_by_role("link", name=re.compile("^chart.*Emergency")).first.click()
    expect(caseworker.get_by_role("heading", level=1)).to_contain_text("Emergency admissions")
    caseworker.get_by_role("link", name=re.compile("^Explain")).first.click()
    caseworker.get_by_label("Genuine variation in care").check()
    caseworker.locator("#words").fill(WORDS)
    caseworker.locator("input[name=given_by][value=practice]").check()
    caseworker.get_by_role("button", name="Record the explanation").click()
    expect(caseworker.get_by_text(WORDS.rstrip(".")).first).to_be_visible()
    chart = f"{address}/practices/{WAITING}/indicators/CQ09"

    manager = sign_in("martin.lee")
    manager.goto(chart)
    manager.get_by_role("link", name="Explanation given").first.click()
    manager.get_by_role("link", name=re.compile("^Accept")).first.click()
    manager.locator("#reason").fill(HELD)
    manager.get_by_role("button", name="Accept the explanation").click()
    expect(manager.get_by_text(HELD.rstrip(".")).first).to_be_visible()

    manager.goto(chart)
    told = manager.get_by_role("region", name="From flag to decision").inner_text()
    for words in ("Flag raised", WORDS.rstrip("."), "Explanation accepted", HELD.rstrip(".")):
        assert words in told
    for mark in ("raised", "explained", "accepted"):
        assert manager.locator(f"svg.chart--wide .chart-mark-{mark}").count() >= 1
    assert axe(manager) == []

    manager.goto(f"{address}/practices/{SETTLED}/indicators/PS01")
    manager.get_by_role("link", name="Moved to room for improvement").click()
    expect(manager.get_by_text("Rests on")).to_be_visible()
    manager.get_by_role("main").get_by_role("link", name="Flag raised: Antibacterial").first.click()
    manager.get_by_role("link", name=re.compile("^Chart, and what came of it")).first.click()
    expect(manager.get_by_role("heading", name="From flag to decision")).to_be_visible()

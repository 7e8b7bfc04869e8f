"""Insight in a real browser: each picture and its table, on a desktop and a telephone."""

from __future__ import annotations

import pytest

from tests.support.browser import seen

PAGES = {
    "tiers": "/insight/",
    "mistyped": "/insight/?to=2030-01-01",
    "movement": "/insight/movement",
    "time": "/insight/time-in-tier",
    "overdue": "/insight/overdue?by=local_commissioner",
    "gap": "/insight/conversation-gap?since=2026-11-18",
}


@pytest.mark.parametrize(("who", "width"), [("martin.lee", "phone"), ("priya.shah", "desktop")])
def test_each_page_has_one_picture_that_is_seen_and_fits(sign_in, address, who, width) -> None:
    page = sign_in(who, width)
    for name, path in PAGES.items():
        page.goto(f"{address}{path}")
        assert page.locator("svg.insight:visible").count() == 1, name
        seen(page, f"{name}-{who}")

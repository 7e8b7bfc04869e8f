"""A meeting on twelve practices in a real browser: on a desktop and on a telephone, with and without script."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import expect

from tests.support.browser import seen

ALL = "The winter plan was gone through with everybody."


@pytest.mark.parametrize(
    ("width", "javascript"),
    [("desktop", True), ("phone", False)],
    ids=["desktop, script", "phone, no script"],
)
def test_a_meeting_on_twelve_practices(sign_in, address, width, javascript) -> None:
    page = sign_in("martin.lee", width, javascript=javascript)
    look = partial(seen, page, javascript=javascript)
    page.goto(f"{address}/meetings")
    look("meetings")
    page.get_by_role("link", name="Prepare a meeting").click()
    look("choose")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Choose at least one practice")).to_be_visible()
    look("choose-wrong")
    boxes = page.locator("input[name=practices]")
    for number in range(12):
        boxes.nth(number).check()
    page.get_by_role("button", name="Go on").click()
    look("all")
    page.get_by_label("What was said of every practice?").fill(ALL)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="12 practices")).to_be_visible()
    look("agenda")
    page.get_by_role("link", name="Write its part").first.click()
    look("part")
    for number in range(12):
        page.get_by_label("What was said about this practice?").fill(f"The part of number {number}.")
        if number < 11:
            page.get_by_role("button", name="Save, and go on to").click()
    page.get_by_role("button", name="Save").last.click()
    look("ready")
    page.get_by_role("button", name="Record it on every practice that is ready").click()
    expect(page.get_by_text("Recorded on 12 practices")).to_be_visible()
    expect(page.locator("ol.cb-entries > li")).to_have_count(12)
    look("held")
    page.locator("ol.cb-entries > li a").first.click()
    expect(page.get_by_text("One of a meeting on several practices").first).to_be_visible()
    told = page.locator("main").inner_text()
    assert ALL in told
    assert sum(f"The part of number {number}." in told for number in range(12)) == 1
    look("entry")


def test_a_draft_is_kept_and_gone_on_with(sign_in, address) -> None:
    page = sign_in("amira.khan", "phone")
    form = f"{address}/practices/X90017/record-conversation"
    page.goto(form)
    page.get_by_label("What was said?").fill("Half of what was said")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    seen(page, "drafts")
    page.goto(form)
    expect(page.get_by_label("What was said?")).to_have_value("Half of what was said")
    seen(page, "draft")
    page.get_by_role("button", name="Discard this draft").click()
    expect(page.get_by_text("You have no drafts")).to_be_visible()
    seen(page, "no-drafts")

"""A practice's record stepped through in a real browser, on a desktop by the keyboard and on a telephone; and compared."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.browser import seen

PRACTICE = "practices/X90017"


def step_of(page: Page) -> int:
    return int(page.get_by_role("heading", level=1).inner_text().split("Step ")[1].split(" of ")[0])


def test_a_decision_is_reached_stepped_from_and_slid_away_from_by_the_keyboard(sign_in, address) -> None:
    desk = sign_in("ruth.bell")
    desk.goto(f"{address}/{PRACTICE}/decisions/1")
    desk.get_by_role("link", name="The step that recorded it").click()
    expect(desk.get_by_role("heading", name="Which rules held")).to_be_visible()
    expect(desk.get_by_role("link", name="Moved to room for improvement")).to_be_visible()
    seen(desk, "step")
    here = step_of(desk)
    previous = desk.get_by_role("link", name="Previous step")
    at = int((previous.get_attribute("href") or "").rpartition("=")[2])
    previous.focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(f"{address}/{PRACTICE}/replay?entry={at}")
    slider = desk.get_by_role("slider", name="Slide to a step")
    slider.focus()
    desk.keyboard.press("ArrowRight")
    desk.get_by_role("button", name="Go to the step of the slider").press("Enter")
    expect(desk).to_have_url(re.compile(rf"/{PRACTICE}/replay\?entry=\d+$"))
    assert step_of(desk) == here


def test_a_record_is_stepped_through_and_compared_on_a_telephone(sign_in, address) -> None:
    phone = sign_in("amira.khan", "phone")
    phone.goto(f"{address}/{PRACTICE}/replay?step=none")
    expect(phone.get_by_role("alert")).to_contain_text("Enter a step from 1 to")
    seen(phone, "step-phone")
    phone.get_by_role("link", name="Next step").click()
    assert step_of(phone) == 2
    phone.get_by_role("link", name="Compare two moments of this practice").click()
    phone.get_by_label("First moment").fill("2026-05-03")
    phone.get_by_role("button", name="Compare").click()
    expect(phone.get_by_text("From the end of 3 May 2026 to now.")).to_be_visible()
    expect(phone.get_by_role("heading", name="What was added")).to_be_visible()
    seen(phone, "compared-phone")

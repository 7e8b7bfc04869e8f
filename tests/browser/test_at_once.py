"""Two people at once in a real browser: both answers side by side on a desktop, with the keyboard and on a telephone.

The caseworker and her manager move the same action; the manager is first. Then an indicator is flagged by one while the
other writes of another: both are recorded, and nobody is asked.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe, seen

MINE = "The practice manager asked for two more weeks, and the locum list is with her."
THEIRS = "Both lines are installed in the week before."

ON = [
    pytest.param("desktop", False, "X90224", id="desktop, no script"),
    pytest.param("phone", True, "X90244", id="phone, script"),
]


@pytest.mark.parametrize(("width", "javascript", "code"), ON)
def test_two_people_move_one_action(sign_in, address, width, javascript, code) -> None:
    caseworker, manager = (sign_in(who, width, javascript=javascript) for who in ("amira.khan", "martin.lee"))
    proposed(caseworker, f"{address}/practices/{code}/propose-action")
    for page in (caseworker, manager):
        page.goto(f"{address}/practices/{code}")
        page.get_by_role("main").get_by_role(
            "link", name=re.compile("^Move.*second telephone line")
        ).first.click()
    moved(caseworker, "14", MINE, press=False)
    moved(manager, "7", THEIRS)
    expect(manager.get_by_text(THEIRS).first).to_be_visible()
    record(caseworker)
    panel = caseworker.get_by_role("alert")
    expect(panel).to_contain_text("by Martin Lee")
    rows = panel.get_by_role("row").filter(has_text=MINE)
    expect(rows).to_contain_text(THEIRS)
    expect(rows).to_contain_text("Different")
    expect(caseworker.locator("#reason")).to_have_value(MINE)
    seen(caseworker, "at-once", javascript=javascript)
    if javascript:
        assert axe(caseworker) == []
    caseworker.get_by_role("button", name="Record mine all the same").click()
    expect(caseworker.get_by_text(MINE).first).to_be_visible()


def proposed(page, form) -> None:
    page.goto(form)
    page.get_by_label("Improvement").check()
    page.locator("#issue").fill("A second telephone line is to be open in the mornings.")
    page.locator("input[name=owner][value=practice]").check()
    day(page, "30", "11")
    page.locator("#success_measure").fill("Nobody waits longer than five minutes.")
    record(page)


def moved(page, on, why, *, press=True) -> None:
    day(page, on, "12")
    page.locator("#reason").fill(why)
    if press:
        record(page)


def day(page, on, month) -> None:
    for part, value in (("day", on), ("month", month), ("year", "2026")):
        page.locator(f"#due_on-{part}").fill(value)


def record(page) -> None:
    page.locator("#form button[type=submit]:not([name]):not([aria-hidden])").click()

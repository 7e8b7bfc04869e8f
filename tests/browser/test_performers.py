"""References to performers' cases in a real browser: recorded by an adviser, told to nobody else but who is let in."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe

ON = [
    pytest.param("desktop", True, "X90225", id="desktop, script"),
    pytest.param("phone", False, "X90233", id="phone, no script"),
    pytest.param("phone", True, "X90243", id="phone, script"),
    pytest.param("desktop", False, "X90244", id="desktop, no script"),
]
NUMBER, SENTENCE = "NM/PL/2026/099", "With the performers team since October; ask them first."


def seen(page, name, javascript) -> None:
    if folder := os.environ.get("CASEBOOK_PICTURES"):
        page.screenshot(path=f"{folder}/performers-{name}-{page.viewport_size['width']}.png", full_page=True)
    if javascript:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "javascript", "code"), ON)
def test_a_reference_is_recorded_closed_and_known_to_those_who_may(
    sign_in, address, width, javascript, code
) -> None:
    practice = f"{address}/practices/{code}"

    def at(who):
        page = sign_in(who, width, javascript=javascript)
        page.goto(practice)
        return page

    def told(page):
        page.goto(practice)
        return page.get_by_role("main").inner_text()

    adviser, manager, auditor, lead = map(at, ("ines.moor", "martin.lee", "ruth.bell", "priya.shah"))
    before = {page: told(page) for page in (auditor, lead)}  # opened a second time: nothing is new any more
    adviser.get_by_role("link", name="References to performers’ cases").click()
    seen(adviser, "none", javascript)
    adviser.get_by_role("link", name="Record a reference").click()
    adviser.get_by_role("button", name="Record the reference").click()
    expect(adviser.get_by_role("alert")).to_contain_text("Enter the case’s number")
    seen(adviser, "wrong", javascript)
    adviser.get_by_label("What is the case’s number?").fill(NUMBER)
    adviser.get_by_label("In one sentence").fill(SENTENCE)
    adviser.get_by_role("button", name="Record the reference").click()
    expect(adviser.get_by_text(SENTENCE)).to_be_visible()
    seen(adviser, "recorded", javascript)

    manager.get_by_role("link", name="References to performers’ cases").click()
    expect(manager.get_by_text("There is a reference to a case")).to_be_visible()
    expect(manager.get_by_text(NUMBER)).to_have_count(0)
    for page in (auditor, lead):
        assert page.goto(f"{practice}/performers").status == 404
        assert told(page) == before[page]

    manager.get_by_role("link", name="Let an auditor read").click()
    manager.get_by_label("Who?").select_option("Ruth Bell")
    manager.get_by_label("Why do they need to read them?").fill("For the audit of how cases are referred.")
    for part, value in (("day", "18"), ("month", "12"), ("year", "2026")):
        manager.locator(f"#until_on-{part}").fill(value)
    seen(manager, "letting-in", javascript)
    manager.get_by_role("button", name="Let them read").click()
    seen(manager, "let-in", javascript)
    auditor.goto(f"{practice}/performers")
    expect(auditor.get_by_text(SENTENCE)).to_be_visible()
    seen(auditor, "read", javascript)
    assert lead.goto(f"{practice}/performers").status == 404

    adviser.get_by_role("link", name="Close this reference").click()
    adviser.get_by_label("Why is it closed?").fill("Its case ended.")
    adviser.get_by_role("button", name="Close the reference").click()
    expect(adviser.get_by_text("Closed", exact=True)).to_be_visible()
    manager.goto(f"{practice}/performers")
    expect(manager.get_by_text("There is no open reference.")).to_be_visible()

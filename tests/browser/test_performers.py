"""References to performers' cases in a real browser: recorded by an adviser, told to nobody else but who is let in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import seen

ON = [
    pytest.param("desktop", True, "X90225", id="desktop, script"),
    pytest.param("phone", False, "X90233", id="phone, no script"),
]
NUMBER = "NM/PL/2026/099"


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
    seen(adviser, "performers-none", javascript=javascript)
    adviser.get_by_role("link", name="Record a reference").click()
    adviser.get_by_role("button", name="Record the reference").click()
    expect(adviser.get_by_role("alert")).to_contain_text("Enter the case’s number")
    seen(adviser, "performers-wrong", javascript=javascript)
    adviser.get_by_label("What is the case’s number?").fill(NUMBER)
    adviser.get_by_role("button", name="Record the reference").click()
    expect(adviser.get_by_text(NUMBER).first).to_be_visible()
    seen(adviser, "performers-recorded", javascript=javascript)

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
    seen(manager, "performers-letting-in", javascript=javascript)
    manager.get_by_role("button", name="Let them read").click()
    seen(manager, "performers-let-in", javascript=javascript)
    auditor.goto(f"{practice}/performers")
    expect(auditor.get_by_text(NUMBER).first).to_be_visible()
    seen(auditor, "performers-read", javascript=javascript)
    assert lead.goto(f"{practice}/performers").status == 404

    adviser.get_by_role("link", name="Close this reference").click()
    adviser.get_by_label("Why is it closed?").fill("Its case ended.")
    adviser.get_by_role("button", name="Close the reference").click()
    expect(adviser.get_by_text("Closed", exact=True)).to_be_visible()
    manager.goto(f"{practice}/performers")
    expect(manager.get_by_text("There is no open reference.")).to_be_visible()

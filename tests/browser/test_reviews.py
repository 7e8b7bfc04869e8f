"""A decision that is to be looked at again, in a real browser: from my work to the answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import seen


@pytest.mark.parametrize(
    ("width", "practice"), [("phone", "Ropewalk Surgery"), ("desktop", "Long Acre Health Centre")]
)
def test_a_decision_is_looked_at_again_and_re_affirmed(sign_in, address, width, practice) -> None:
    page = sign_in("martin.lee", width)
    page.goto(address)
    row = page.locator("li, tr").filter(has_text="Decision of 21 September 2026").filter(has_text=practice)
    row.get_by_role("link", name="Look again").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Look again at the decision")
    seen(page, "review-asked")
    page.get_by_role("link", name="Re-affirm").first.click()
    expect(page.get_by_role("main")).to_contain_text("What was found")
    seen(page, "review-form")
    page.get_by_role("button", name="Re-affirm the decision").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Enter why the decision stands")
    seen(page, "review-form-error")
    page.get_by_label("Why does the decision stand?").fill("What was begun had changed nothing by then.")
    page.get_by_role("button", name="Re-affirm the decision").click()
    page.get_by_role("link", name="The decision on one page").click()
    again = page.locator("section", has=page.get_by_role("heading", name="Looked at again"))
    expect(again).to_contain_text("Re-affirmed by Martin Lee on 20 November 2026")
    expect(again).to_contain_text("What was begun had changed nothing by then.")
    expect(again.get_by_role("link", name="Revise")).to_have_count(0)
    seen(page, "review-answered")

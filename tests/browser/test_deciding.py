"""A tier decided against the recommendation, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.test_threads import seen

PRACTICE = "practices/X90242"
"""Nobody has had a reason to look at it: the rules recommend assurance based."""


def test_a_tier_is_decided_against_the_recommendation_with_all_that_it_owes(sign_in, address) -> None:
    page = sign_in("martin.lee")
    page.goto(f"{address}/{PRACTICE}/decide-tier")
    ways = page.locator(".cb-ways")
    expect(ways.locator("li", has_text="Assurance based")).to_contain_text("Recommended by the rules")
    expect(ways.locator("li", has_text="Cause for concern")).to_contain_text("none is recorded")

    # A conversation is recorded on the way, and what was typed is there again.
    page.get_by_label("Why?", exact=True).fill("Phones were not answered on three mornings.")
    ways.locator("li", has_text="Room for improvement").get_by_role("button").click()
    page.get_by_label("Phone", exact=True).check()
    page.get_by_label("Practice manager").first.check()
    page.get_by_label("What was said?").fill("The lines were down, and nobody called back.")
    page.get_by_role("button", name="Record").click()
    page.goto(f"{address}/{PRACTICE}/decide-tier")
    expect(page.get_by_label("Why?", exact=True)).to_have_value("Phones were not answered on three mornings.")
    expect(ways.locator("li", has_text="Room for improvement")).to_contain_text("May be decided")

    # What the tier owes is asked for, and told at the first send.
    page.get_by_label("Room for improvement").check()
    page.get_by_role("button", name="Show what this tier needs").click()
    expect(page.locator("details.cb-part")).to_have_count(2)
    page.get_by_role("group", name="Which facts does it rest on?").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Continue").last.click()
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_contain_text("Enter why you differ: the rules recommend assurance based")
    expect(summary).to_contain_text("Enter what is asked of the practice")
    seen(page, "deciding-owed")

    answers = {
        "If you decide otherwise than is recommended: why?": "No indicator counts calls that nobody answers.",
        "Validating the data with the practice: what came of it": "There is no number to validate.",
        "A conversation with the practice: what came of it": "It did not know that the lines were down.",
        "What is asked of the practice?": "A second line by December.",
        "Why do you decide without the other organisation’s view?": "It was asked on Monday.",
        "What would lead to a lower tier?": "A month in which every call is answered.",
    }
    for label, words in answers.items():
        page.get_by_label(label).fill(words)
    page.locator("input[name=was_validation][value=not_tried]").check()
    page.locator("input[name=was_conversation][value=tried]").check()
    page.get_by_label("Steady").check()
    page.get_by_role("button", name="Continue").last.click()
    page.get_by_role("button", name="Record the decision").click()
    page.goto(f"{address}/{PRACTICE}/decisions/1")
    expect(page.get_by_role("main")).to_contain_text("It differs from the recommendation: assurance based.")
    expect(page.get_by_role("main")).to_contain_text("No indicator counts calls that nobody answers.")

"""What was asked for by a day, in a real browser: silence, a clock that stands, and an answer that is recorded late."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser import seen

PRACTICE = "practices/X90101"


def due(page):
    return page.locator("#due-heading + .cb-card")


def test_silence_is_told_and_an_answer_in_time_that_is_recorded_late_turns_it_around(
    sign_in, address
) -> None:
    page = sign_in("amira.khan", "phone")
    page.goto(f"{address}/{PRACTICE}")
    expect(due(page)).to_contain_text("No answer: The recall list of October")
    seen(page, "due-silence")
    due(page).locator("li", has_text="The recall list of October").get_by_role(
        "link", name="Record what came"
    ).click()
    page.get_by_label("Replied").check()
    page.get_by_label("Or in what words?").fill("218 of 240 were reached.")
    page.get_by_role("group", name="When did it come?").get_by_label("Day").fill("9")
    page.get_by_role("button", name="Record what came").click()
    page.goto(f"{address}/{PRACTICE}")
    expect(due(page)).to_contain_text(
        "replied on 9 November 2026, in time for 10 November 2026, recorded late on 20 November 2026"
    )
    seen(page, "due-recorded-late")


def test_a_clock_is_stopped_and_restarted_by_the_side_that_asked_and_by_nobody_else(sign_in, address) -> None:
    page = sign_in("amira.khan")
    page.goto(f"{address}/{PRACTICE}/set-expectation")
    page.get_by_label("A reply").check()
    page.get_by_label("Practice", exact=True).check()
    page.get_by_label("What exactly?").fill("How the branch is staffed over Christmas.")
    page.get_by_label("Within how many working days?").fill("25")
    page.get_by_role("button", name="Record it").click()
    page.goto(f"{address}/{PRACTICE}")
    expect(due(page)).to_contain_text(
        "without weekends and the bank holidays of 25 December 2026 and 28 December 2026"
    )
    one = due(page).locator("li", has_text="How the branch is staffed")
    stop = one.get_by_role("link", name="Stop the clock").get_attribute("href")

    other = sign_in("priya.shah")
    other.goto(f"{address}/{PRACTICE}")
    theirs = due(other).locator("li", has_text="How the branch is staffed")
    expect(theirs.get_by_role("link", name="Stop the clock")).to_have_count(0)
    other.goto(f"{address}{stop}")
    other.get_by_label("Why does the clock stand?").fill("We would rather wait.")
    other.get_by_role("button", name="Stop the clock").click()
    expect(other.locator(".nhsuk-error-summary")).to_contain_text("The other organisation asked for this")
    seen(other, "due-refused")

    one.get_by_role("link", name="Stop the clock").click()
    page.get_by_label("Why does the clock stand?").fill("The practice manager is ill.")
    page.get_by_role("button", name="Stop the clock").click()
    page.goto(f"{address}/{PRACTICE}")
    expect(due(page)).to_contain_text("the clock stands since 20 November 2026, with 25 working days left")
    seen(page, "due-stopped")

"""A remedial notice from breach to satisfied in a real browser, with the wrong turns refused."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import seen


def send(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def on(page: Page, name: str, day: str) -> None:
    for part, value in zip(("day", "month", "year"), day.split("-"), strict=True):
        page.locator(f"[name={name}-{part}]").fill(value)


def test_a_remedial_notice_goes_from_breach_to_satisfied(sign_in, address) -> None:
    code = "X90235"
    helen, martin = sign_in("helen.ford", "phone"), sign_in("martin.lee")
    contract = f"{address}/practices/{code}/contract"
    helen.goto(contract)
    seen(helen, "contract-empty")
    helen.get_by_role("link", name="Record a breach").click()
    helen.get_by_label("Which term was not kept?").fill("Schedule 3, paragraph 20")
    helen.get_by_label("What happened?").fill("The practice was closed on three weekday afternoons.")
    on(helen, "breached_on", "7-9-2026")
    helen.get_by_label("Why can it, or can it not, be put right?").fill("It can open again.")
    on(helen, "occurred_on", "10-9-2026")
    send(helen, "Record the breach")
    helen.goto(contract)
    expect(helen.get_by_text("it can be put right, so a remedial notice is first")).to_be_visible()
    seen(helen, "contract-breach")

    helen.get_by_role("link", name="Draft a notice").click()
    helen.locator("[name=breaches]").first.check()
    helen.get_by_label("What must be done?").fill("Open on every weekday from 8am to 6.30pm.")
    helen.get_by_label("Within how many days?").fill("27")
    helen.get_by_label("Why is a formal step proportionate?").fill("Two conversations changed nothing.")
    on(helen, "occurred_on", "14-9-2026")
    send(helen, "Put it forward to be issued")
    expect(helen.get_by_role("link", name=re.compile("Give at least 28 days"))).to_be_visible()
    seen(helen, "ladder-too-short")
    helen.get_by_label("Within how many days?").fill("28")
    send(helen, "Put it forward to be issued")

    helen.goto(contract)
    expect(helen.get_by_text("you drafted it: another manager issues it")).to_be_visible()
    expect(helen.get_by_role("link", name="Issue it")).to_have_count(0)
    martin.goto(contract)
    martin.get_by_role("link", name="The letter").first.click()
    expect(martin.get_by_text("Before it can be issued, the letter needs:")).to_be_visible()
    seen(martin, "notice-letter-draft")
    martin.get_by_role("link", name="Issue it").click()
    on(martin, "consulted_on", "15-9-2026")
    martin.get_by_label("At which address?").fill("1 Appeal Street")
    martin.get_by_label("Why do you find the notice proportionate?").fill("Patients go without care.")
    on(martin, "occurred_on", "16-9-2026")
    send(martin, "Continue")
    # All that it lacks is said at once, before its answers are checked.
    expect(martin.get_by_role("link", name=re.compile("Say what the contractor answered"))).to_be_visible()
    seen(martin, "ladder-not-heard")
    martin.get_by_label("What did the contractor answer?").fill("It cannot find a locum.")
    send(martin, "Continue")
    send(martin, "Issue the notice")
    martin.goto(contract)
    martin.get_by_role("link", name="The letter").first.click()
    expect(
        martin.get_by_text("It is the letter that was recorded when the notice was issued.")
    ).to_be_visible()
    seen(martin, "notice-letter")
    martin.emulate_media(media="print")
    expect(martin.get_by_text("Print this page")).to_be_hidden()
    seen(martin, "notice-letter-print")
    martin.emulate_media(media="screen")

    helen.goto(contract)
    expect(helen.get_by_text("it is served first: its period runs from then")).to_be_visible()
    helen.get_by_role("link", name="How it was served").click()
    on(helen, "occurred_on", "2-11-2026")
    helen.get_by_label("By hand").check()
    helen.get_by_label("To which address?").fill("1 Larkfield Road")
    on(helen, "deemed_on", "2-11-2026")
    helen.get_by_role("main").get_by_role("button").first.click()
    helen.goto(contract)
    expect(helen.get_by_text("its period has not passed: from 1 December 2026")).to_be_visible()
    seen(helen, "contract-served")
    helen.get_by_role("link", name="Satisfied").click()
    helen.get_by_label("Why is it satisfied?").fill("It was open on every weekday.")
    send(helen, "Find it satisfied")
    helen.goto(contract)
    expect(helen.get_by_text(re.compile("Satisfied on"))).to_be_visible()
    seen(helen, "contract-satisfied")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_register_of_notices_is_narrowed_and_leads_to_a_contract(sign_in, address, width) -> None:
    page = sign_in("martin.lee", width)
    page.goto(f"{address}/notices")
    expect(page.get_by_role("link", name="Notice of a sanction").first).to_be_visible()
    seen(page, "notices")
    page.get_by_label("Notice", exact=True).select_option(label="Notice of a sanction")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Remedial notice")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Kestrel House Surgery").first.click()
    page.get_by_role("link", name="Breaches and notices").click()
    expect(
        page.get_by_text("A remedial notice was found not satisfied: they may rest on it.")
    ).to_be_visible()
    seen(page, "contract-long")
    page.goto(f"{address}/notices?from=2026-02-30")
    expect(page.get_by_text("must be a real date")).to_be_visible()
    seen(page, "notices-wrong")

"""The practice's side in a real browser: a plan that waits for the CCG, a challenge upheld, and the copy that is printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import seen

PLANNED = "/practices/X90105"
"""Has a plan that the area team has agreed, and the CCG has not."""


def plans(page: Page):
    return page.locator(".cb-practice__todo")


def test_a_plan_waits_for_the_ccg_until_its_lead_agrees_it(sign_in, address) -> None:
    manager = sign_in("martin.lee", "desktop")
    manager.goto(address + PLANNED)
    expect(plans(manager)).to_contain_text("Waits for Larkdale CCG to agree")
    expect(plans(manager)).to_contain_text("The practice: agreed")
    expect(plans(manager).get_by_role("link", name=re.compile("^Agree the plan"))).to_have_count(0)
    lead = sign_in("priya.shah", "phone")
    lead.goto(address + PLANNED)
    lead.get_by_role("link", name=re.compile("^Agree the plan")).click()
    seen(lead, "plan-agree")
    for box in lead.get_by_role("checkbox").all():
        box.uncheck()
    lead.get_by_role("button", name="Agree these actions").click()
    expect(lead.get_by_role("link", name="Choose at least one action")).to_be_visible()
    seen(lead, "plan-wrong")
    for box in lead.get_by_role("checkbox").all():
        box.check()
    lead.get_by_role("button", name="Agree these actions").click()
    expect(plans(lead)).not_to_contain_text("Waits for")
    manager.goto(address + PLANNED)
    expect(plans(manager)).to_contain_text(
        "Agreed by both organisations on 20 November 2026: 0 of 2 actions done"
    )
    seen(manager, "plan-agreed")


def test_a_challenge_is_upheld_by_another_manager_and_the_entry_put_right(sign_in, address) -> None:
    page = sign_in("amira.khan", "desktop")
    page.goto(f"{address}{PLANNED}/raise-flag")
    page.get_by_label("Which indicator?").select_option("PE03")
    page.get_by_label("Changed from its own past").check()
    page.get_by_label("Alert", exact=True).check()
    page.get_by_label("Note").fill("Two lines were open in October.")
    page.get_by_role("button", name="Raise the flag").click()
    page.goto(f"{address}{PLANNED}/make-factual-challenge")
    page.get_by_role("button", name="Record the challenge").click()
    expect(page.get_by_role("link", name="Choose the entry that it says is wrong")).to_be_visible()
    seen(page, "challenge-wrong")
    flag = page.locator("#about option", has_text="20 November 2026").filter(has_text="Flag raised").first
    page.locator("#about").select_option(flag.get_attribute("value"))
    page.get_by_label("What does it say is wrong?").fill("We had three lines open.")
    page.get_by_label("What does it say is right?").fill("Three.")
    page.get_by_role("button", name="Record the challenge").click()
    expect(page.get_by_role("link", name=re.compile("^Decide.*Practice challenges"))).to_have_count(0)
    manager = sign_in("martin.lee", "phone")
    manager.goto(address + PLANNED)
    manager.get_by_role("link", name=re.compile("^Decide.*Practice challenges")).first.click()
    expect(manager.get_by_text("Two lines were open in October.")).to_be_visible()
    expect(manager.get_by_text("We had three lines open.")).to_be_visible()
    seen(manager, "challenge-decide")
    manager.get_by_label("Upheld", exact=True).check()
    manager.locator("#reason").fill("The supplier's log shows three.")
    manager.get_by_role("button", name="Decide the challenge").click()
    expect(plans(manager)).to_contain_text("Put right: Flag raised")
    page.goto(address + PLANNED)
    page.locator(".cb-practice__todo").get_by_role("link", name=re.compile("^Correct.*Put right")).click()
    page.get_by_label("Note").fill("Three lines were open in October.")
    page.locator("#correction_reason").fill("The practice's challenge was upheld.")
    page.get_by_role("button", name="Record the correction").click()
    page.goto(address + PLANNED)
    expect(plans(page)).not_to_contain_text("Put right")
    expect(page.locator(".cb-practice__rest")).to_contain_text("upheld, 20 November 2026")
    seen(page, "challenge-upheld")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_practice_copy_is_printed_alone_and_that_it_was_given_is_recorded(
    sign_in, address, width
) -> None:
    page = sign_in("amira.khan", width)
    page.goto(f"{address}/practices/X90102/practice-copy")
    expect(page.get_by_role("heading", name="What is recorded of Fernbank Surgery")).to_be_visible()
    seen(page, "copy")
    page.emulate_media(media="print")
    expect(page.get_by_text("Print this page")).to_be_hidden()
    expect(page.get_by_text("You said that you have nothing to say")).to_be_visible()
    seen(page, "copy-print")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Record that the practice was given this copy").click()
    page.get_by_label("Who was told?").fill("Practice manager")
    page.get_by_label("Letter or e-mail").check()
    seen(page, "copy-given")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("A copy of its record").first).to_be_visible()

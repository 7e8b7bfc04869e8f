"""Letters, templates and reminders in a real browser: on a desktop and on a telephone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser import seen


def test_a_letter_is_written_with_a_mistake_mended_and_printed(sign_in, address) -> None:
    page = sign_in("amira.khan", "phone")
    page.goto(f"{address}/practices/X90017/write-letter")
    seen(page, "letter-form")
    page.get_by_role("button", name="Write the letter").click()
    expect(page.get_by_role("link", name="Enter the letter")).to_be_visible()
    seen(page, "letter-wrong")
    page.get_by_label("Subject").fill("Your rota")
    page.locator("#text").fill("Thank you for the new rota.\n\nWe look at it again in March.")
    page.get_by_role("button", name="Write the letter").click()
    page.get_by_role("link", name="The letter as it is printed").first.click()
    expect(page.get_by_role("heading", name="Your rota")).to_be_visible()
    seen(page, "letter")
    page.emulate_media(media="print")
    expect(page.get_by_text("Print this page")).to_be_hidden()
    expect(page.get_by_text("Thank you for the new rota.")).to_be_visible()
    seen(page, "letter-print")


def test_a_template_is_written_and_fills_a_form(sign_in, address) -> None:
    manager = sign_in("martin.lee", "phone")
    manager.goto(f"{address}/conversation-templates")
    seen(manager, "templates")
    manager.get_by_role("link", name="Write a template").click()
    manager.get_by_label("What is it for?").fill("A review on a telephone")
    manager.get_by_label("Its headings").fill("What went well:\n\nWhat is agreed:")
    manager.get_by_role("button", name="Write the template").click()
    expect(manager.get_by_role("heading", name="A review on a telephone")).to_be_visible()
    page = sign_in("amira.khan", "phone")
    page.goto(f"{address}/practices/X90017/record-conversation")
    page.get_by_label("What was said?").fill("We met.")
    page.get_by_text("Start from a template").click()
    page.get_by_label("Which conversation is it?").select_option(label="A review on a telephone")
    seen(page, "template-open")
    page.get_by_role("button", name="Add its headings").click()
    expect(page.get_by_label("What was said?")).to_have_value("We met.\n\nWhat went well:\n\nWhat is agreed:")


def test_a_reminder_is_sent_to_three_practices(sign_in, address) -> None:
    page = sign_in("martin.lee", "phone")
    page.goto(f"{address}/meetings/new-reminder")
    seen(page, "reminder-choose")
    for number in range(3):
        page.locator("input[name=practices]").nth(number).check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Title").fill("Actions that are overdue")
    page.get_by_label("What does it say?").fill("Please tell us where your actions stand.")
    page.get_by_role("button", name="Save").click()
    seen(page, "reminder")
    page.get_by_role("button", name="Record it on every practice that is ready").click()
    expect(page.get_by_text("Recorded on 3 practices")).to_be_visible()
    seen(page, "reminder-held")

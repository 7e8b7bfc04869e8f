"""Two conversations on one concern in a real browser: joined on a telephone, parted on a desktop."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser import seen

PRACTICE = "practices/X90017"


def avoided(page, address) -> int:
    """How many contacts were avoided, as the page tells it."""
    page.goto(f"{address}/contacts-avoided")
    told = page.locator("p.cb-count strong")
    return int(told.inner_text().split()[0].replace(",", "")) if told.count() else 0


def test_a_second_conversation_is_joined_on_a_telephone_counted_and_parted(sign_in, address) -> None:
    page = sign_in("amira.khan")
    page.goto(f"{address}/{PRACTICE}/record-conversation")
    page.get_by_label("What was said?").fill("The practice told us of its new rota.")
    page.locator("input[name=about_flags]").first.check()
    page.get_by_role("button", name="Record", exact=True).click()

    phone = sign_in("priya.shah", "phone")
    before = avoided(phone, address)
    phone.goto(f"{address}/{PRACTICE}/record-conversation")
    expect(phone.get_by_role("heading", name="They have spoken about it already")).to_be_visible()
    seen(phone, "offered")
    phone.get_by_role("link", name="Join their conversation").first.click()
    seen(phone, "joining")
    phone.get_by_label("We will not contact the practice separately").check()
    phone.get_by_label("What do you want to add?").fill("You have the practice’s ear.")
    phone.get_by_role("button", name="Join their conversation").click()
    expect(phone.get_by_role("heading", name="Joined on 20 November 2026")).to_be_visible()
    seen(phone, "joined")
    assert avoided(phone, address) == before + 1
    seen(phone, "avoided")

    page.goto(f"{address}/{PRACTICE}")
    page.locator("section[aria-labelledby=threads-heading]").get_by_role(
        "link", name="Part again"
    ).first.click()
    page.get_by_label("Why are they parted?").fill("It is another matter.")
    page.get_by_role("button", name="Part them again").click()
    expect(page.get_by_role("heading", name="Joined on 20 November 2026")).to_have_count(0)
    seen(page, "parted")

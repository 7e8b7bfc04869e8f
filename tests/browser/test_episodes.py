"""A hand-over, cover and an episode in a real browser: handed over on a telephone, blockers and closing on a desktop."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser import seen

BLOCKED = "practices/X90017"
NOTHING_LEFT = "practices/X90217"


def test_a_practice_is_handed_over_on_a_telephone_and_is_the_others_then(sign_in, address) -> None:
    phone = sign_in("tom.ashby", "phone")
    phone.goto(f"{address}/practices/X90107")
    phone.get_by_role("link", name="Hand over").click()
    seen(phone, "hand-over")
    phone.get_by_role("button", name="Hand it over").click()
    expect(phone.get_by_role("alert")).to_contain_text("Choose to whom you hand it over")
    seen(phone, "hand-over-wrong")
    phone.get_by_label("To whom?").select_option("Jo Park")
    phone.get_by_label("What do they need to know?").fill("The log is promised for Friday. Ask the deputy.")
    phone.get_by_role("button", name="Hand it over").click()
    expect(phone.get_by_role("heading", name="Handed over to Jo Park").first).to_be_visible()
    expect(phone.get_by_text("Caseworker Jo Park, for whom Amira Khan covers")).to_be_visible()
    expect(phone.get_by_role("link", name="Hand over")).to_have_count(0)
    seen(phone, "handed-over")

    page = sign_in("amira.khan")
    page.goto(address)
    seen(page, "my-work-covering")
    page.goto(f"{address}/practices/X90107")
    expect(page.get_by_role("link", name="Hand over")).to_be_visible()


def test_every_blocker_is_a_link_and_where_none_is_left_the_episode_is_closed_and_reopened(
    sign_in, address
) -> None:
    page = sign_in("amira.khan")
    page.goto(f"{address}/{BLOCKED}")
    seen(page, "episode-open")
    page.get_by_role("link", name="Close the episode").click()
    expect(page.get_by_role("heading", name="The episode cannot be closed yet")).to_be_visible()
    seen(page, "blocked")
    blockers = page.locator("ol.cb-blockers a")
    assert blockers.count() > 2
    blockers.first.click()
    assert "/entries/" in page.url

    phone = sign_in("amira.khan", "phone")
    phone.goto(f"{address}/{BLOCKED}/close-episode")
    seen(phone, "blocked-phone")
    phone.goto(f"{address}/{NOTHING_LEFT}")
    expect(phone.get_by_text("Nothing stands in the way of closing it.")).to_be_visible()
    seen(phone, "episode-phone")
    phone.get_by_role("link", name="Close the episode").click()
    phone.get_by_role("button", name="Close the episode").click()
    seen(phone, "closing-wrong")
    phone.get_by_label("Why is it closed?").fill("Two clean releases, and the plan is done.")
    phone.get_by_role("button", name="Close the episode").click()
    expect(phone.get_by_text("No episode is open")).to_be_visible()
    seen(phone, "closed-phone")
    phone.locator("a[href*=reopen-episode]").first.click()
    phone.get_by_label("Why is it open again?").fill("The waits are back.")
    phone.get_by_role("button", name="Reopen the episode").click()
    expect(phone.get_by_text("Nothing stands in the way of closing it.")).to_be_visible()


def test_a_manager_hands_over_everything_of_somebody_who_leaves(sign_in, address) -> None:
    page = sign_in("martin.lee")
    page.goto(f"{address}/cover")
    seen(page, "cover")
    phone = sign_in("martin.lee", "phone")
    phone.goto(f"{address}/cover")
    seen(phone, "cover-phone")
    page.locator("section", has_text="Tom Ashby").get_by_role("link", name="Arrange cover").click()
    page.get_by_role("button", name="Arrange cover").click()
    seen(page, "arrange-cover-wrong")
    page.goto(f"{address}/cover")
    page.locator("section", has_text="Tom Ashby").get_by_role("link", name="Hand over all").click()
    seen(page, "hand-over-all")
    page.get_by_label("To whom?").select_option("Amira Khan")
    page.get_by_label("What do they need to know?").fill(
        "Tom left on Friday. His notes are on each practice."
    )
    page.get_by_role("button", name="Hand them over").click()
    expect(page.get_by_text("practices handed over to Amira Khan")).to_be_visible()
    expect(page.locator("section", has_text="Tom Ashby").get_by_role("link", name="Hand over")).to_have_count(
        0
    )
    seen(page, "handed-over-all")

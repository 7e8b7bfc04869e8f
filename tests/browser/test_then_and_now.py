"""From a tier on the caseload to the one entry that mattered, in four clicks; and the same link opened by another auditor."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from application.demonstration.cast import PASSWORD
from tests.browser.conftest import casebook
from tests.support.browser import seen

PRACTICE, NAME = "X90235", "Kiln Lane Practice"
VISIT = {
    "channel": "visit",
    "occurred_on": "2026-09-14",
    "attendees": [
        {"side": "contract_holder", "role": "caseworker"},
        {"side": "practice", "role": "practice_manager"},
    ],
    "said": "A visit that nobody had written down: the second nurse had left in August.",
}


def test_from_a_tier_to_the_entry_that_mattered_and_the_same_link_for_another_auditor(
    sign_in, new_page, address, home, tmp_path
) -> None:
    told = tmp_path / "visit.json"
    told.write_text(json.dumps(VISIT))
    casebook(
        home, "do", "RecordConversation", PRACTICE, "--as", "amira.khan@casebook.example", "--json", str(told)
    )
    page = sign_in("ruth.bell")
    page.goto(f"{address}/practices")
    page.get_by_role("main").get_by_role("link", name="Cause for concern").first.click()
    page.get_by_role("main").get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="The decision on one page").click()
    decision = page.url
    rows = page.get_by_role("table", name="What differs today")
    late = rows.get_by_role("row", name="the second nurse had left in August")
    expect(late).to_contain_text("not yet recorded")
    expect(late).to_contain_text("happened before, recorded after")
    digests = page.locator(".cb-lens__side code").all_inner_texts()
    assert [len(one) for one in digests] == [64, 64]
    seen(page, "then-and-now")
    page.locator(".cb-hangs-on a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"of {NAME}")

    added = ("--name", "Otto Vane", "--role", "auditor")
    link = casebook(home, "person", "add", "otto.vane@casebook.example", *added).stdout.split()[-1]
    other = new_page("phone")
    other.goto(address + link[link.index("/first-password/") :])
    other.get_by_label("New password").fill(PASSWORD)
    other.get_by_label("The same password again").fill(PASSWORD)
    other.get_by_role("button", name="Set the password").click()
    other.wait_for_url(lambda url: "/first-password/" not in url)
    other.goto(f"{address}/sign-in")
    if other.get_by_label("E-mail").count():
        other.get_by_label("E-mail").fill("otto.vane@casebook.example")
        other.get_by_label("Password").fill(PASSWORD)
        other.get_by_role("main").get_by_role("button").click()
        other.wait_for_url(lambda url: "/sign-in" not in url)
    other.goto(decision)
    assert other.locator(".cb-lens__side code").all_inner_texts() == digests
    expect(other.get_by_role("row", name="the second nurse had left in August")).to_contain_text(
        "not yet recorded"
    )
    seen(other, "then-and-now-phone")

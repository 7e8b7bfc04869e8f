"""The tier framework in a real browser: an adviser proposes a rule set, and a manager sees who would move and publishes it."""

from __future__ import annotations

import pytest

from tests.support.browser import seen

DRAFT = "/framework/drafts/draft-demonstration1"


def test_a_rule_set_is_proposed_tried_and_published(sign_in, address) -> None:
    adviser = sign_in("ines.moor")
    adviser.goto(f"{address}/key-indicators")
    adviser.get_by_role("link", name="The tier framework").click()
    adviser.get_by_role("link", name="Propose a rule set").click()
    adviser.get_by_label("R1, alarms in patient safety").fill("0")
    adviser.get_by_label("Why should it change?").fill("One alarm is one finding.")
    adviser.get_by_role("button", name="Continue").click()
    assert "enter a whole number from 1 to 100" in adviser.get_by_role("alert").inner_text()
    seen(adviser, "framework-drafting")
    adviser.get_by_label("R1, alarms in patient safety").fill("2")
    adviser.get_by_role("button", name="Continue").click()
    adviser.get_by_role("button", name="Propose it").click()
    assert adviser.get_by_text("The rule set is proposed").is_visible()
    assert adviser.get_by_role("link", name="Publish it").count() == 0

    manager = sign_in("martin.lee")
    manager.goto(adviser.url)
    manager.get_by_role("link", name="Which practices would move").click()
    assert manager.get_by_role("heading", name="Which practices would move").is_visible()
    seen(manager, "framework-publishing")
    manager.get_by_role("link", name="The draft").click()
    manager.get_by_role("link", name="Publish it").click()
    manager.get_by_label("Why do you approve it?").fill("Agreed by the assurance group.")
    manager.get_by_role("button", name="Continue").click()
    manager.get_by_role("button", name="Publish it").click()
    assert manager.get_by_text("Version 2 of the rules is published").is_visible()
    assert manager.get_by_role("heading", name="Version 2, from 20 November 2026").is_visible()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_its_pages_can_be_used_by_everybody_at_any_width(sign_in, address, width) -> None:
    page = sign_in("martin.lee", width)
    for path in ("/framework", "/framework/versions/1", DRAFT, f"{DRAFT}/dry-run", f"{DRAFT}/decline"):
        page.goto(f"{address}{path}")
        seen(page, path.replace("/", "-"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

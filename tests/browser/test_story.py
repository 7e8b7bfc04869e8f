"""In a real browser: recorded by the caseworker, agreed by both, decided by the manager, read by the auditor."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe

CODE = "X90243"
SAID = "The rota is in place and calls are answered within six minutes. They will send the November log."
ISSUE = "Nobody answers the phone between one and two o'clock."
HEARD = "It sees the problem, and has agreed to the plan."
DECIDED = "A plan is agreed by both, so a light but regular contact is proportionate."
WHY = "Phone access is the one open matter, and the practice has a plan for it."


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_one_conversation_from_the_call_to_the_decision(sign_in, address, home, javascript) -> None:
    code = CODE if javascript else "X90244"
    caseworker = sign_in("amira.khan", javascript=javascript)
    caseworker.goto(f"{address}/practices/{code}")
    expect(caseworker.get_by_text("not yet reviewed").first).to_be_visible()
    record_a_conversation(caseworker)
    propose_an_action(caseworker, address, code)
    propose_a_tier(caseworker, address, code)

    lead = sign_in("priya.shah", javascript=javascript)
    agree_the_action(lead, address, code)
    manager = sign_in("martin.lee", javascript=javascript)
    agree_the_action(manager, address, code)
    decide_the_tier(manager, address, code)

    manager.goto(f"{address}/practices/{code}")
    words = manager.get_by_role("main").inner_text()
    for told in ("Room for improvement", SAID, ISSUE.rstrip("."), "Martin Lee", "Priya Shah", "Amira Khan"):
        assert told in words
    band = manager.locator("svg[role=img]").first
    expect(band).to_be_visible()
    if javascript:  # axe is itself a script
        assert axe(manager) == []

    the_auditor_reads_and_cannot_write(sign_in("ruth.bell", javascript=javascript), address, code)


def record_a_conversation(page) -> None:
    page.get_by_role("link", name="Record a conversation").first.click()
    page.get_by_label("Practice manager").check()
    page.get_by_text("Someone else", exact=True).click()
    page.get_by_label("Their role").select_option(label="Another role, from elsewhere")
    page.get_by_label("If “Another role”, which?").first.fill("Interpreter")
    page.get_by_label("What was said?").fill(SAID)
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text(SAID).first).to_be_visible()
    expect(page.get_by_text("with the practice manager and interpreter").first).to_be_visible()


def send(page) -> None:
    """Press the form's own button: neither the one that keeps a draft nor the unseen one that the Enter key presses."""
    page.locator("#form button[type=submit]:not([name]):not([aria-hidden])").click()


def propose_an_action(page, address, code) -> None:
    page.goto(f"{address}/practices/{code}/propose-action")
    page.get_by_label("Improvement").check()
    page.locator("#issue").fill(ISSUE)
    page.locator("input[name=owner][value=practice]").check()
    for part, value in (("day", "18"), ("month", "12"), ("year", "2026")):
        page.locator(f"#due_on-{part}").fill(value)
    page.locator("#success_measure").fill(
        "Someone answers from eight until half past six, every working day."
    )
    send(page)
    expect(page.get_by_text(ISSUE.rstrip(".")).first).to_be_visible()


def propose_a_tier(page, address, code) -> None:
    page.goto(f"{address}/practices/{code}/propose-tier")
    page.get_by_label("Room for improvement").check()
    page.locator("input[name=inputs]").first.check()
    page.locator("#rationale").fill(WHY)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    page.get_by_role("button", name="Send the proposal").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_have_count(0)
    expect(page.get_by_text(WHY.rstrip(".")).first).to_be_visible()


def agree_the_action(page, address, code) -> None:
    page.goto(f"{address}/practices/{code}")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Agree")).first.click()
    send(page)
    expect(page.get_by_role("heading", name="The conversation")).to_be_visible()


def decide_the_tier(page, address, code) -> None:
    page.goto(f"{address}/practices/{code}")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Decide")).first.click()
    page.locator("#rationale").fill(DECIDED)
    page.locator("input[name=direction][value=steady]").check()
    for owed in (
        "differs_because",
        "on_validation",
        "on_conversation",
        "asked_for",
        "de_escalation",
        "no_view_because",
    ):
        page.locator(f"#{owed}").fill(HEARD)
    for step in ("validation", "conversation"):
        page.locator(f"input[name=was_{step}][value=tried]").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Check your answers")).to_have_count(0)


def the_auditor_reads_and_cannot_write(page, address, code) -> None:
    page.goto(f"{address}/practices/{code}/record")
    facts = page.get_by_role("main").inner_text()
    for told in (SAID, ISSUE, WHY, DECIDED, "practice.tier-decided", "practice.action-agreed"):
        assert told in facts
    page.goto(f"{address}/practices/{code}")
    expect(page.get_by_role("link", name="Record a conversation")).to_have_count(0)
    answer = page.goto(f"{address}/practices/{code}/record-conversation")
    assert answer.status == 403


PAGES = {
    "amira.khan": (
        "/",
        "/practices",
        "/practices?tier=cause_for_concern",
        "/practices?q=nothing-is-called-this",
        "/practices/X90017",
        "/practices/X90017/record",
        "/practices/X90017/entries/5",
        "/practices/X90238",
        "/practices/X90017/record-conversation",
        "/practices/X90017/record-intelligence",
        "/practices/X90017/raise-flag",
        "/practices/X90017/propose-action",
        "/practices/X90017/propose-tier",
        "/practices/X90017/change-details",
        "/practices/X90017/name-caseworker",
        "/practices/X90017/sign-contract",
        "/practices/X90017/vary-contract",
        "/practices/X99999",
        "/account",
        "/account/password",
    ),
    "martin.lee": (
        "/",
        "/register-practice",
        "/practices/X90017/decide-tier",
        "/practices/X90017/close-practice",
    ),
    "priya.shah": ("/", "/practices", "/practices/X90017"),
    "ruth.bell": ("/", "/audit", "/practices/X90017/record"),
    "sam.okoro": ("/people/", "/people/add-person", "/people/person-amirakhan", "/practices"),
}


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_passes_axe_and_fits_its_width(sign_in, address, who, width) -> None:
    """Axe reads each page once, at desktop width: what it looks for does not differ at a phone's, what fits does."""
    page = sign_in(who, width)
    found = {path: problems(page, address + path) for path in PAGES[who]}
    page.context.clear_cookies()
    found["/sign-in"] = problems(page, f"{address}/sign-in")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def problems(page, url) -> list[str]:
    page.goto(url)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = axe(page) if page.viewport_size["width"] > 1000 else []
    return found + ([f"{wide} px wider than the window"] if wide > 0 else [])


def test_a_form_sent_empty_says_what_is_missing_and_passes_axe(sign_in, address) -> None:
    page = sign_in("amira.khan", "phone")
    page.goto(f"{address}/practices/X90017/record-conversation")
    page.locator("#subject").fill("Kept")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("#subject").input_value() == "Kept"
    assert axe(page) == []

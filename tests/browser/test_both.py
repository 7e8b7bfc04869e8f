"""What the two organisations do together in a real browser: a desktop and a telephone, with and without script.

A conversation that the CCG proposes becomes the agreed record; a plan is agreed by both; an emergency access is seen by
the other side; the practice is handed over. (A meeting on twelve practices is tried in test_meetings.py.)
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import seen

SAID = "The group rang about the waits. The practice says that a second line opens on Monday."
AMENDED = "The group rang about the waits. The practice says that a second line opens by Friday."
ISSUE = "Callers wait twenty minutes in the morning."
HEARD = "A nurse fears that the vaccine fridge stood open over the weekend."
WHY = "The practice vaccinates this afternoon, and nobody at the group answers."

ON = [
    pytest.param("desktop", True, "X90224", id="desktop, script"),
    pytest.param("phone", False, "X90244", id="phone, no script"),
]


class Seat:
    """Somebody at their browser, on the page of one practice."""

    def __init__(self, page, address, code, *, javascript):
        self.page, self.at, self.looks = page, f"{address}/practices/{code}", javascript
        self.main = page.get_by_role("main")

    def open(self, where=""):
        self.page.goto(self.at + where)
        return self

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, link):
        self.main.get_by_role("link", name=link).first.click()

    def sees(self, words):
        expect(self.main.get_by_text(words).first).to_be_visible()

    def send(self):
        """The form's own button: neither the one that keeps a draft nor the unseen one that the Enter key presses."""
        self.page.locator("#form button[type=submit]:not([name]):not([aria-hidden])").click()
        expect(self.page.locator("#form")).to_have_count(0)

    def looked_at(self, name):
        """The page fits its width and, where script runs, which axe itself is, passes it."""
        seen(self.page, name, javascript=self.looks)


@pytest.mark.parametrize(("width", "javascript", "code"), ON)
def test_two_organisations_work_on_one_practice(sign_in, address, width, javascript, code) -> None:
    def seat(who):
        page = sign_in(who, width, javascript=javascript)
        return Seat(page, address, code, javascript=javascript)

    caseworker, lead, manager = seat("amira.khan"), seat("priya.shah"), seat("martin.lee")
    a_conversation_becomes_the_agreed_record(lead, caseworker)
    a_plan_is_agreed_by_both(caseworker, lead, manager)
    an_emergency_access_is_seen_by_the_other_side(lead, caseworker, manager)
    the_practice_is_handed_over(caseworker)


def a_conversation_becomes_the_agreed_record(lead, caseworker) -> None:
    lead.open("/record-conversation")
    lead.page.get_by_label("Practice manager").check()
    lead.page.get_by_label("What was said?").fill(SAID)
    lead.send()
    lead.sees("by Larkdale CCG, not yet answered by North Moor area team")
    caseworker.open().sees(SAID)
    caseworker.follow("Amend")
    caseworker.page.get_by_label("What was said?").fill(AMENDED)
    caseworker.page.get_by_label("Why do you change it?").fill("They said Friday.")
    caseworker.looked_at("amend")
    caseworker.send()
    caseworker.sees("waits for Larkdale CCG")
    lead.open().sees(AMENDED)
    lead.follow("Agree")
    lead.sees(AMENDED)
    lead.looked_at("agree")
    lead.send()
    lead.sees("Agreed by both")
    caseworker.open().sees("Agreed by both")
    caseworker.sees(AMENDED)
    caseworker.looked_at("agreed")


def a_plan_is_agreed_by_both(caseworker, lead, manager) -> None:
    caseworker.open("/propose-action")
    caseworker.page.get_by_label("Improvement").check()
    caseworker.page.locator("#issue").fill(ISSUE)
    caseworker.page.locator("input[name=owner][value=practice]").check()
    for part, value in (("day", "18"), ("month", "12"), ("year", "2026")):
        caseworker.page.locator(f"#due_on-{part}").fill(value)
    caseworker.page.locator("#success_measure").fill("Nobody waits longer than five minutes.")
    caseworker.send()
    for person in (lead, manager):
        person.open().follow("Agree")
        person.sees(ISSUE.rstrip("."))
        person.send()
    manager.open().sees("agreed by both 20 November 2026")
    manager.looked_at("plan")


def an_emergency_access_is_seen_by_the_other_side(lead, caseworker, manager) -> None:
    lead.open("/record-intelligence")
    lead.page.locator("input[name=source]").first.check()
    lead.page.get_by_label("What did you hear?").fill(HEARD)
    lead.page.locator("input[name=visibility][value=restricted]").check()
    lead.send()
    caseworker.open()
    expect(caseworker.main.get_by_text(HEARD)).to_have_count(0)
    caseworker.follow("Emergency access")
    caseworker.page.get_by_label("What is the emergency?").fill(WHY)
    caseworker.looked_at("emergency")
    caseworker.send()
    caseworker.open().sees(HEARD)
    lead.open().sees(WHY)
    lead.sees("Amira Khan")
    lead.looked_at("emergency-seen")
    manager.open().follow(re.compile("^Review(?! of the tier)"))
    manager.page.get_by_label("Yes", exact=True).check()
    manager.page.locator("#reason").fill("Children were to be vaccinated within the hour.")
    manager.send()
    lead.open().sees("Children were to be vaccinated within the hour.")


def the_practice_is_handed_over(caseworker) -> None:
    caseworker.open().follow("Hand over")
    caseworker.page.get_by_label("To whom?").select_option("Tom Ashby")
    caseworker.page.get_by_label("What do they need to know?").fill("The second line is promised for Friday.")
    caseworker.looked_at("hand-over")
    caseworker.press("Hand it over")
    caseworker.sees("Handed over to Tom Ashby")
    expect(caseworker.page.get_by_role("link", name="Hand over")).to_have_count(0)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_practices_that_belong_together_are_seen_together(sign_in, address, width) -> None:
    lead = Seat(sign_in("priya.shah", width), address, "X90017", javascript=True).open()
    lead.follow("The provider’s practices")
    expect(lead.main.get_by_role("rowheader")).to_have_count(2)  # one is of another CCG
    lead.looked_at("provider")
    lead.open("/links").sees("Summerhill Practice")
    lead.looked_at("links")
    caseworker = Seat(sign_in("amira.khan", width), address, "X90017", javascript=True).open("/provider")
    expect(caseworker.main.get_by_role("rowheader")).to_have_count(3)
    caseworker.open("/name-provider").press("Record the provider")
    caseworker.sees("Enter what the provider is called")
    caseworker.looked_at("provider-wrong")
    Seat(caseworker.page, address, "X90238", javascript=True).open("/provider").looked_at("provider-none")
    Seat(caseworker.page, address, "X90103", javascript=True).open().looked_at("provider-on-practice")

"""Whoever signs a decision on the tier has opened what it cites; who else had is told beside it."""

import pytest

from domain.practice import events as e
from tests.support import factories as a
from tests.web.person import words_of
from tests.web.sent import SAID_OF_A_TIER

PRACTICE = f"/practices/{a.CODE}"
FORM = f"{PRACTICE}/decide-tier"
SAID = "Phone call, 21 November 2026"


@pytest.fixture
def said(record):
    """Two conversations, of which a manager opened neither; and what the manager would answer."""
    record("caseworker", a.record_conversation(said="The lines were down for a week."))
    record("caseworker", a.record_conversation(said="A second line was ordered."))
    inputs = [f"{a.CODE}/3", f"{a.CODE}/4"]
    return {
        "tier": "room_for_improvement",
        "rationale": "It asked for help.",
        "inputs": inputs,
        **SAID_OF_A_TIER,
    }


def test_a_decision_that_cites_what_its_signer_has_not_opened_is_not_signed(people, said, history):
    page = people.manager.open(FORM).form("Continue").send(**said)
    assert page.status == 422
    assert page.errors["#inputs"] == (
        f"You have not opened “{SAID}: The lines were down for a week” and "
        f"“{SAID}: A second line was ordered”: open each before you sign"
    )
    (summary,) = page.all("div", **{"data-module": "nhsuk-error-summary"})
    leads = {one.get("value"): one for one in summary.iter("button")}
    assert words_of(leads["open-4"]) == f"Open {SAID}: A second line was ordered"
    assert leads["open-4"].get("form") == "form"
    assert "2 entries that you have not opened" in page.text
    entry = people.manager.follow(page.form("Continue").send(step="open-4"))
    assert "A second line was ordered." in entry.text
    assert "Opened by" in entry.text
    form = people.manager.open(entry.links["Go on with your draft"])
    assert "It asked for help." in form.html
    page = form.form("Continue").send()
    assert page.errors == {
        "#inputs": f"You have not opened “{SAID}: The lines were down for a week”: open it before you sign"
    }
    people.manager.open(f"{PRACTICE}/entries/3")
    checked = page.form("Continue").send()
    assert checked.heading.endswith("Check your answers")
    assert checked.form("Record the decision").send().status == 303
    assert isinstance(history()[-1], e.TierDecided)


def test_what_the_practices_page_showed_whole_was_opened(people, said):
    people.manager.open(PRACTICE)
    assert "not opened" not in people.manager.open(FORM).text
    assert people.manager.open(FORM).form("Continue").send(**said).heading.endswith("Check your answers")


def test_what_was_corrected_since_it_was_opened_is_opened_again(people, said, record):
    people.manager.open(PRACTICE)
    record("caseworker", a.correct_fact(version=3, fields={"said": "The lines were down for a day."}))
    page = people.manager.open(FORM).form("Continue").send(**said)
    assert f"You have not opened “{SAID}: The lines were down for a day”:" in page.errors["#inputs"]
    people.manager.open(f"{PRACTICE}/entries/3")
    assert page.form("Continue").send().heading.endswith("Check your answers")


def test_what_a_decision_cites_by_itself_is_opened_too(people, said, record):
    people.manager.open(PRACTICE)
    record("lead", a.state_tier_view(tier="assurance_based"))
    said.pop("no_view_because")
    page = people.manager.open(FORM).form("Continue").send(**said)
    assert "You have not opened “" in page.errors["#inputs"]
    assert "An entry that you have not opened" in page.text


def test_it_is_marked_in_the_list_before_anything_is_chosen(people, said):
    page = people.manager.open(FORM)
    assert page.text.count("Not opened by you yet. Open it") >= 2
    assert "that you have not opened" not in page.text, "nothing is chosen yet"

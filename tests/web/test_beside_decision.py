"""What stands beside a decision: what an appeal would ask, what the recommendation hangs on, and like cases."""

import pytest

from tests.support import factories as a
from tests.web.conftest import tell
from tests.web.sent import SAID_OF_A_TIER

PRACTICE = f"/practices/{a.CODE}"
TWIN, FAR = "X90077", "X90078"


@pytest.fixture
def flagged(record):
    record("caseworker", a.raise_flag(indicator="PS01", level="alarm"))
    record("caseworker", a.record_conversation())


def checked(person, **said):
    person.open(PRACTICE)
    form = person.open(f"{PRACTICE}/decide-tier").form("Continue")
    given = {"tier": "room_for_improvement", "rationale": "Why.", "inputs": [f"{a.CODE}/3", f"{a.CODE}/5"]}
    return form.send(**{**given, **SAID_OF_A_TIER, **said})


def test_what_an_appeal_would_ask_is_shown_before_signing_and_stops_nothing(people, flagged):
    page = checked(people.manager)
    assert page.heading.endswith("Check your answers")
    text = page.text
    for asks in (
        "What an appeal would ask",
        "When is it looked at again? No review date is set.",
        "The other organisation was never asked for its view. Why not?",
        "What was the practice told, and when?",
    ):
        assert asks in text
    assert "rests on an override" not in text
    assert page.form("Record the decision").send().status == 303


def test_a_decisions_page_says_on_which_entries_the_recommendation_hung(people, flagged, record):
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3", f"{a.CODE}/5")))
    record("caseworker", a.raise_flag(indicator="PS02", level="alarm"))
    page = people.lead.open(f"{PRACTICE}/decisions/1")
    assert "Without this entry the rules would recommend assurance based:" in page.text
    assert "No other entry does so." in page.text
    assert f"{PRACTICE}/entries/3" in page.links.values()


def test_like_cases_at_another_tier_are_named_with_what_differs(people, flagged, record, casebook):
    for code in (TWIN, FAR):
        tell(casebook, a.register_practice(code=code, name=f"Surgery {code}"), code)
    record("caseworker", a.raise_flag(indicator="PS01", level="alarm"), TWIN)
    text = checked(people.manager).text
    assert (
        f"Surgery {TWIN} ({TWIN}): Assurance based (starting tier, not yet reviewed). Nothing that counts differs."
        in text
    )
    assert "4 points apart: rule R1 holds here, and does not hold there" in text
    assert text.index(TWIN) < text.index(FAR)


def test_only_practices_that_one_may_read_are_named(people, flagged, casebook):
    tell(
        casebook, a.register_practice(code=TWIN, name="Elsewhere", contract_holder="Q88", region="Y88"), TWIN
    )
    assert TWIN not in checked(people.manager).text


def test_what_is_recommended_today_is_explained_on_a_page_of_its_own(people, flagged):
    page = people.lead.open(people.lead.open(PRACTICE).links["What it hangs on"])
    assert page.heading.endswith("What the rules recommend")
    assert "The rules recommend room for improvement. A person decides." in page.text
    assert "Without this entry the rules would recommend assurance based:" in page.text
    assert people.stranger.open(f"{PRACTICE}/recommendation").status == 404


def test_nothing_is_recommended_of_a_closed_practice(people, record):
    record("manager", a.close_practice())
    assert people.manager.open(f"{PRACTICE}/recommendation").status == 404

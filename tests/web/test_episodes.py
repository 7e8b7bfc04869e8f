"""What somebody sees of an episode: since when, why, what blocks its close; closing, reopening, visits and hand-overs."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import ActionKind, Visibility
from tests.support import factories as a
from tests.web.conftest import PEOPLE

PRACTICE = f"/practices/{a.CODE}"
FLAG, ACTION, HEARD = "flag-0000aaaa", "action-0000aaaa", "intelligence-0000aaaa"
CLOSING = "closing-0000aaaa"


@pytest.fixture
def named(record):
    record("manager", a.name_caseworker(caseworker=PEOPLE["caseworker"][0]))


@pytest.fixture
def raised(record, named):
    """A flag: entry 4."""
    record("colleague", a.raise_flag(flag_id=FLAG))


@pytest.fixture
def settled(record, raised):
    record("colleague", a.clear_flag(flag_id=FLAG))


def card(page):
    rest = next(one for one in page.all("div") if "cb-practice__rest" in (one.get("class") or ""))
    words = " ".join("".join(rest.itertext()).split())
    return words.partition("Flags Patient safety")[0]


def test_a_practice_tells_since_when_and_why_its_episode_is_open_and_who_may_close_it(people, raised):
    for who in ("caseworker", "manager", "lead", "auditor"):
        told = card(getattr(people, who).open(PRACTICE))
        assert (
            "Open since 21 November 2026 · 0 days because of Easy to get through by phone (different from other practices)"
            in told
        )
        assert (
            "1 thing stands in the way of closing it Open flag: Easy to get through by phone (different from other practices)"
            in told
        )
        assert "Caseworker Amira Khan" in told
        assert ("Close the episode" in told) is (who == "caseworker")
        assert ("Hand over" in told) is (who == "caseworker")


def test_where_nothing_is_open_it_says_so(people, named):
    told = card(people.caseworker.open(PRACTICE))
    assert "No episode is open" in told
    assert "Close the episode" not in told


def test_closing_is_refused_with_every_blocker_listed_in_order_each_with_where_it_stands(
    people, record, raised
):
    record("caseworker", a.propose_action(action_id=ACTION, issue="Publish the rota"))
    record("colleague", a.record_intelligence(intelligence_id=HEARD))
    page = people.caseworker.open(f"{PRACTICE}/close-episode")
    assert page.heading.endswith("The episode cannot be closed yet")
    listed = [
        (link.text_content() if hasattr(link, "text_content") else "".join(link.itertext()), link.get("href"))
        for one in page.all("ol")
        for link in one.iter("a")
        if "cb-blockers" in (one.get("class") or "")
    ]
    assert listed == [
        ("Open action: Publish the rota", f"{PRACTICE}/entries/5"),
        ("Soft intelligence of 21 November 2026 to be verified", f"{PRACTICE}/entries/6"),
        ("Open flag: Easy to get through by phone (different from other practices)", f"{PRACTICE}/entries/4"),
    ]
    to_do = people.caseworker.open(PRACTICE).text
    assert to_do.index("Publish the rota") < to_do.index("Verify soft intelligence")
    assert to_do.index("Verify soft intelligence") < to_do.index("Ask about: Easy to get through")


def test_what_became_open_while_the_form_was_filled_in_is_named_and_what_was_typed_is_kept(
    people, record, settled, history
):
    form = people.caseworker.open(f"{PRACTICE}/close-episode").form("Close the episode")
    record("colleague", a.reopen_flag(flag_id=FLAG))
    page = form.send(reason="It is back inside its limits.")
    assert page.status == 422
    assert page.errors == {
        f"{PRACTICE}/entries/4": "Open flag: Easy to get through by phone (different from other practices)"
    }
    assert page.form("Close the episode").fields["reason"] == "It is back inside its limits."
    assert not isinstance(history()[-1], e.EpisodeClosed)


def test_it_is_closed_and_reopened_with_reasons_that_stand_on_the_page(people, settled, history):
    form = people.caseworker.open(f"{PRACTICE}/close-episode").form("Close the episode")
    page = people.caseworker.follow(form.send(reason="It is back inside its limits."))
    assert "Episode closed" in page.text
    assert "Earlier: 21 November 2026 to 21 November 2026" in card(page)
    closed = history()[-1]
    link = f"{PRACTICE}/reopen-episode?closing_id={closed.closing_id}"
    assert link in page.links.values()
    form = people.manager.open(link).form("Reopen the episode")
    page = people.manager.follow(form.send(reason="Calls are abandoned again."))
    assert "Episode reopened" in page.text
    assert "Open since 21 November 2026" in card(page)
    assert people.manager.open(link).status == 404


def test_nobody_else_closes_it_whatever_they_send_and_no_form_is_offered(people, record, settled, history):
    only = "Only its caseworker, Amira Khan, or whoever covers for them, can close it."
    for who in ("colleague", "manager"):
        page = getattr(people, who).open(f"{PRACTICE}/close-episode")
        assert only in page.text
        assert list(page.by_id("maincontent").iter("form")) == []
        assert only in card(getattr(people, who).open(PRACTICE))
    assert only not in card(people.caseworker.open(PRACTICE))
    form = people.caseworker.open(f"{PRACTICE}/close-episode").form("Close the episode")
    record("manager", a.name_caseworker(caseworker=PEOPLE["colleague"][0]))
    page = form.send(reason="It is back.")
    assert "Only the named caseworker, or whoever covers for them, can close this" in page.text
    assert people.lead.open(f"{PRACTICE}/close-episode").status == 403
    assert not isinstance(history()[-1], e.EpisodeClosed)


def test_where_no_episode_is_open_there_is_no_form_to_close_one(people, settled, history):
    people.caseworker.open(f"{PRACTICE}/close-episode").form().send(reason="It is back inside its limits.")
    page = people.caseworker.open(f"{PRACTICE}/close-episode")
    assert "No episode is open for this practice, so there is nothing to close." in page.text
    assert list(page.by_id("maincontent").iter("form")) == []


def test_whoever_covers_closes_and_hands_over_and_the_page_says_that_they_cover(
    people, record, settled, history
):
    jo = PEOPLE["colleague"][0]
    cover = a.arrange_cover(person_id=jo, absent=PEOPLE["caseworker"][0])
    record("caseworker", cover, jo)
    told = card(people.colleague.open(PRACTICE))
    assert "Caseworker Amira Khan, for whom Jo Park covers" in told
    form = people.colleague.open(f"{PRACTICE}/close-episode").form("Close the episode")
    people.colleague.follow(form.send(reason="It is back inside its limits."))
    assert history()[-1].caseworker == PEOPLE["caseworker"][0]
    form = people.colleague.open(f"{PRACTICE}/hand-over-practice").form("Hand it over")
    assert form.send(caseworker=jo, note="Mine from now on.").status == 303


def test_a_practice_is_handed_over_with_a_note_and_is_the_others_then(people, raised, history):
    page = people.caseworker.open(f"{PRACTICE}/hand-over-practice")
    form = page.form("Hand it over")
    assert form.send(note="").errors.keys() == {"#caseworker", "#note"}
    page = people.caseworker.follow(
        form.send(caseworker=PEOPLE["colleague"][0], note="The log is promised for Friday.")
    )
    assert "Handed over to Jo Park" in page.text
    assert "The log is promised for Friday." in page.text
    assert "Caseworker Jo Park" in card(page)
    assert "Hand over" not in card(page)
    assert "Hand over" in card(people.colleague.open(PRACTICE))
    fact = history()[-1]
    assert (fact.before, fact.hand_over_id) == (PEOPLE["caseworker"][0], None)


def test_the_other_organisation_is_told_nothing_of_an_episode_about_what_it_does_not_see(
    people, record, named
):
    record("caseworker", a.record_intelligence(intelligence_id=HEARD, visibility=Visibility.INTERNAL))
    assert "Open since" in card(people.caseworker.open(PRACTICE))
    record("colleague", a.discount_intelligence(intelligence_id=HEARD))
    assert "No episode is open" in card(people.lead.open(PRACTICE))
    record("caseworker", a.close_episode(closing_id=CLOSING))
    page = people.lead.open(PRACTICE)
    assert "No episode is open" in card(page)
    assert "Earlier" not in card(page)
    assert "Episode closed" not in page.text
    assert "Episode closed" in people.caseworker.open(PRACTICE).text


def test_a_visit_offers_its_next_stage_and_is_completed_after_the_last(people, record, named, history):
    record("caseworker", a.propose_action(action_id=ACTION, kind=ActionKind.VISIT, issue="Visit the branch"))
    record("manager", a.agree_action(action_id=ACTION))
    record("lead", a.agree_action(action_id=ACTION))
    for button, stage, words in (
        ("Visit offered", "offered", "Visit offered: Visit the branch"),
        ("Visit accepted", "accepted", "Visit accepted: Visit the branch"),
        ("Visit held", "held", "Visit held: Visit the branch"),
        ("Report sent", "report_sent", "Report of the visit sent: Visit the branch"),
    ):
        page = people.caseworker.open(PRACTICE)
        link = f"{PRACTICE}/record-visit-stage?action_id={ACTION}&stage={stage}"
        assert link in page.links.values(), button
        complete = people.caseworker.open(f"{PRACTICE}/complete-action?action_id={ACTION}").form()
        refused = complete.send(evidence_document="Report 7")
        assert "Record first that this visit was:" in refused.text
        page = people.caseworker.follow(people.caseworker.open(link).form("Record it").send(stage=stage))
        assert words in page.text
        assert history()[-1].stage == stage
    assert "held 21 November 2026 · its report sent 21 November 2026" in people.caseworker.open(PRACTICE).text
    complete = people.caseworker.open(f"{PRACTICE}/complete-action?action_id={ACTION}").form()
    assert complete.send(evidence_document="Report 7").status == 303


def test_the_day_of_a_visit_is_carried_on_and_it_is_not_held_before(people, record, history):
    record("caseworker", a.propose_action(action_id=ACTION, kind=ActionKind.VISIT, issue="Visit the branch"))
    record("manager", a.agree_action(action_id=ACTION))
    record("lead", a.agree_action(action_id=ACTION))
    link = f"{PRACTICE}/record-visit-stage?action_id={ACTION}&stage="
    people.caseworker.open(f"{link}offered").form("Record it").send(stage="offered", visit_on=(3, 12, 2026))
    people.caseworker.open(f"{link}accepted").form("Record it").send(stage="accepted")
    assert history()[-1].visit_on == date(2026, 12, 3)
    refused = people.caseworker.open(f"{link}held").form("Record it").send(stage="held")
    assert list(refused.errors) == ["#occurred_on-day"]
    assert "The visit is arranged for 3 December 2026" in refused.text

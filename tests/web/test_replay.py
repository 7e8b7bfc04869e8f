"""The pages on which a practice's record is stepped through, and two moments of it are compared."""

from datetime import timedelta

import pytest

from domain.practice import commands as c
from domain.practice.kinds import Level, Visibility
from tests.support import factories as a
from tests.web.conftest import NOW

PRACTICE = f"/practices/{a.CODE}"
REPLAY, COMPARED = f"{PRACTICE}/replay", f"{PRACTICE}/compared"


@pytest.fixture
def ask(casebook):
    def asked(command, who="person-caseworker"):
        sent = casebook.asked_as(who)
        return casebook.handle(a.CODE, command, sent, command_id=a.new_id("command")).recorded

    return asked


@pytest.fixture
def alarmed(ask):
    """Two alarms, by which a rule of the framework holds that held before neither."""
    first = ask(a.raise_flag(indicator="PE03", level=Level.ALARM, occurred_on=None))
    second = ask(a.raise_flag(indicator="CQ04", level=Level.ALARM, occurred_on=None))
    return first[0].version, second[0].version


def entries(page):
    """The entries that a page leads to, as often as it does."""
    found = (one.get("href") or "" for one in page.all("a"))
    return [one for one in found if one.startswith(f"{PRACTICE}/entries/")]


def rows(page):
    """What the table of lines says: heading, before, after."""
    table = next((one for one in page.all("table") if "cb-stood" in (one.get("class") or "")), None)
    found = (
        [] if table is None else [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")][1:]
    )
    return {words[0].strip(): (words[1].strip(), words[2].strip()) for words in found}


def test_a_step_tells_what_was_recorded_what_it_changed_and_which_rules_it_made_hold(people, alarmed):
    first, second = alarmed
    page = people.caseworker.open(f"{REPLAY}?entry={second}")
    assert "by Amira Khan, caseworker, North Moor area team" in page.text
    changed = rows(page)
    [flag] = [one for one in changed if one.startswith("Flag:")]
    assert flag.endswith(f"Entry {second}")
    assert "New" in flag
    assert changed[flag][0] == "Before: not there"
    assert "Alarm" in changed[flag][1]
    assert "1 line changed and 1 line is new." in page.text
    assert "Newly holds" in page.text
    assert (
        "The rules recommended assurance based before this action, and room for improvement after it."
        in page.text
    )
    assert {f"{PRACTICE}/entries/{one}" for one in alarmed} <= set(entries(page))
    assert "Newly holds" not in people.caseworker.open(f"{REPLAY}?entry={first}").text


def test_steps_are_gone_through_by_links_and_the_ends_have_none_beyond(people, alarmed):
    page = people.auditor.open(REPLAY)
    last = int(page.heading.rpartition(" ")[2])
    assert "Previous step" not in page.links
    for number in range(2, last + 1):
        page = people.auditor.open(page.links["Next step"])
        assert page.heading.endswith(f"Step {number} of {last}")
    assert "Next step" not in page.links
    assert people.auditor.open(page.links["Previous step"]).heading.endswith(f"Step {last - 1} of {last}")
    assert people.auditor.open(page.links["First step"]).heading.endswith(f"Step 1 of {last}")


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("step=0", "Enter a step from 1 to"),
        ("step=many", "Enter a step from 1 to"),
        ("on=2016-02-30", "The day must be a real date"),
        ("entry=999", "There is no such entry"),
        ("decision=1", "There is no such decision"),
    ],
)
def test_a_step_that_is_not_there_is_said(people, asked, problem):
    page = people.auditor.open(f"{REPLAY}?{asked}")
    assert problem in next(iter(page.errors.values()))


def test_a_day_leads_to_its_first_step(people, clock, ask):
    clock.at = NOW + timedelta(days=9)
    [said] = ask(a.record_conversation(occurred_on=NOW.date()))
    there = people.auditor.open(f"{REPLAY}?on={clock.at.date()}").location
    assert there == f"{REPLAY}?entry={said.version}"


def test_a_day_outside_the_record_shows_the_nearest_step_and_says_so(people, clock, ask):
    clock.at = NOW + timedelta(days=9)
    ask(a.record_conversation(occurred_on=NOW.date()))
    before = people.auditor.open(f"{REPLAY}?on=2024-01-01")
    assert "Step 1 of" in before.heading
    [said] = before.errors.values()
    assert said.startswith("The record begins on ")
    assert said.endswith(": its first step is shown, as 1 January 2024 is before it")
    after = people.auditor.open(f"{REPLAY}?on=2026-12-24")
    number, last = after.heading.rpartition("Step ")[2].split(" of ")
    assert number == last
    [said] = after.errors.values()
    assert said.startswith("Nothing was recorded on 24 December 2026 or later: the last step is shown, of ")


def test_what_is_kept_from_somebody_is_no_step_of_theirs(people, ask):
    [said] = ask(a.record_conversation(occurred_on=NOW.date(), visibility=Visibility.INTERNAL))
    assert "There is no such entry" not in people.caseworker.open(f"{REPLAY}?entry={said.version}").text
    page = people.lead.open(f"{REPLAY}?entry={said.version}")
    assert "There is no such entry" in page.text
    assert int(page.heading.rpartition(" ")[2]) < int(
        people.caseworker.open(REPLAY).heading.rpartition(" ")[2]
    )
    compared = f"{COMPARED}?from=1"
    assert f"{PRACTICE}/entries/{said.version}" in entries(people.caseworker.open(compared))
    assert f"{PRACTICE}/entries/{said.version}" not in entries(people.lead.open(compared))


def test_a_withheld_action_tells_whose_it_is_and_neither_who_recorded_it_nor_when(people, clock, ask):
    clock.at = NOW + timedelta(days=4)
    said = {"said": "The partner is unwell.", "visibility": Visibility.RESTRICTED}
    [entry] = ask(a.record_conversation(occurred_on=NOW.date(), **said))
    for who, known in (("caseworker", True), ("lead", False)):
        person = getattr(people, who)
        page = person.open(f"{REPLAY}?entry={entry.version}")
        main = page.text[page.text.index("What was recorded") : page.text.index("How the practice stood")]
        assert "North Moor area team" in main
        for words in ("The partner is unwell.", "Amira Khan", "25 November 2026"):
            assert (words in main) is known


def test_two_moments_are_compared_with_what_was_added_corrected_and_withdrawn(casebook, people, alarmed, ask):
    first, second = alarmed
    between = casebook.recorder.last_position()
    ask(c.CorrectFact(version=first, fields={"level": "alert"}, reason="It was an alert."))
    ask(c.WithdrawFact(version=second, reason="Raised on the wrong practice."))
    [said] = ask(a.record_conversation(occurred_on=NOW.date()))
    page = people.auditor.open(f"{COMPARED}?from={between}")
    assert "2 earlier entries were corrected or withdrawn" in page.text
    assert "Withdrawn as entered in error" in page.text
    assert "Raised on the wrong practice." in page.text
    assert "It was an alert." in page.text
    [corrected] = [one for one in rows(page) if "Flag:" in one and "Changed" in one]
    assert [words.split(" ")[2] for words in rows(page)[corrected]] == ["Alarm,", "Alert,"]
    added = people.auditor.open(f"{COMPARED}?from=1")
    struck = [one for one in added.all("del") if any(link.tag == "a" for link in one)]
    assert [one.find("a").get("href") for one in struck][-1:] == [f"{PRACTICE}/entries/{second}"]
    [gone] = [one for one in rows(page) if "Gone" in one]
    assert rows(page)[gone][1].endswith("not there")
    assert f"{PRACTICE}/entries/{said.version}" in entries(page)
    same = people.auditor.open(f"{COMPARED}?from={between}&to={between}")
    assert "Nothing about how the practice stood changed. 0 entries were added." in same.text


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("from=soon", "The first moment must be a date, a time with its zone, or a position of the record"),
        ("from=2026-05-03T16:00:00", "The first moment must be a date, a time with its zone"),
        ("from=1&to=2099-01-01", "The second moment must not be still to come"),
        ("from=99999&to=1", "The first moment must be a position of the record"),
        ("from=2013-01-02&to=2013-01-01", "The second moment must not be before the first"),
        ("from=2013-01-01&to=2013-01-02", "Nothing was recorded of this practice by the second moment"),
    ],
)
def test_a_moment_that_cannot_be_compared_is_said_and_what_was_typed_is_kept(people, asked, problem):
    page = people.auditor.open(f"{COMPARED}?{asked}")
    [(where, said)] = page.errors.items()
    assert problem in said
    assert page.by_id(where[1:]).get("value") in asked


def test_long_lists_are_told_a_page_at_a_time(people, ask):
    for _ in range(30):
        ask(a.record_conversation(occurred_on=NOW.date()))
    page = people.auditor.open(f"{COMPARED}?from=1")
    assert len(entries(page)) == 25
    following = next(one for one in page.links.values() if one and "page=2" in one)
    assert "2 of 2" in page.text
    assert people.auditor.open(following.partition("#")[0]).status == 200


def test_steps_and_comparisons_are_of_a_practice_that_one_may_read(people):
    for address in (REPLAY, f"{COMPARED}?from=1"):
        assert people.stranger.open(address).status == 404
        assert people.administrator.open(address).status == 404
        assert people.lead.open(address).status == 200


def test_what_the_past_did_not_know_is_no_step_of_it(casebook, people, alarmed, ask):
    before = casebook.recorder.last_position()
    last = int(people.auditor.open(REPLAY).heading.rpartition(" ")[2])
    ask(a.record_conversation(occurred_on=NOW.date()))
    assert people.auditor.open(REPLAY).heading.endswith(f"of {last + 1}")
    past = people.auditor.open(f"{REPLAY}?as-recorded-by={before}")
    assert past.heading.endswith(f"of {last}")
    assert f"as-recorded-by={before}" in past.links["Next step"]


def test_the_address_of_a_step_shows_everybody_the_same_action_or_says_that_it_is_not_theirs(people, ask):
    [hidden] = ask(a.record_conversation(visibility=Visibility.INTERNAL))
    [seen] = ask(a.record_conversation(said="The rota was short."))
    last = int(people.caseworker.open(REPLAY).heading.rpartition(" ")[2])
    address = people.caseworker.open(f"{REPLAY}?step={last}").location
    assert address == f"{REPLAY}?entry={seen.version}"
    pages = [person.open(address) for person in (people.caseworker, people.lead)]
    assert all("The rota was short." in page.text for page in pages)
    assert len({page.heading for page in pages}) == len(pages)
    previous = pages[0].links["Previous step"]
    assert previous.endswith(f"?entry={hidden.version}")
    assert "There is no such entry in what you may see" in people.lead.open(previous).text


def test_what_the_operator_recorded_is_said_to_be_the_operators(people):
    page = people.auditor.open(f"{REPLAY}?entry=1")
    assert " by the operator" in page.text

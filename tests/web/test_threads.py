"""What somebody sees of two conversations on one concern: the offer to join, one thread, and contacts avoided."""

from datetime import timedelta

import pytest

from domain.practice import events as e
from domain.practice.kinds import Visibility
from tests.support import factories as a

PRACTICE = f"/practices/{a.CODE}"
FLAG, JOIN = "flag-0000aaaa", "join-0000aaaa"
ALREADY = "They have spoken about it already"
ADDED = "You have the practice’s ear."


@pytest.fixture
def talk(record):
    """A flag, and what the area team said about it: entry 4."""
    record("colleague", a.raise_flag(flag_id=FLAG))
    record("caseworker", a.record_conversation(about_flags=(FLAG,), said="They have a rota."))


@pytest.fixture
def joined(record, talk):
    record("lead", a.join_threads(join_id=JOIN, concern=FLAG, avoided_contact=True, reason=ADDED))


def section(page):
    found = next(
        (one for one in page.all("section") if one.get("aria-labelledby") == "threads-heading"), None
    )
    return "" if found is None else " ".join("".join(found.itertext()).split())


def test_whoever_is_about_to_record_a_second_conversation_is_offered_to_join_the_first(people, talk, history):
    page = people.lead.open(f"{PRACTICE}/record-conversation?about_flags={FLAG}")
    assert ALREADY in page.text
    assert f"{PRACTICE}/entries/4" in page.links.values()
    assert f"{PRACTICE}/join-threads?concern={FLAG}" in page.links.values()
    form = people.lead.open(f"{PRACTICE}/join-threads?concern={FLAG}")
    assert form.heading.endswith("Join the conversation of North Moor area team")
    assert "They have a rota." in form.text
    page = people.lead.follow(form.form("Join their conversation").send(avoided_contact="yes", reason=ADDED))
    joined = history()[-1]
    assert isinstance(joined, e.ThreadsJoined)
    assert (joined.avoided_contact, joined.entries) == (True, (4,))
    assert "Reply to their conversation" in page.text
    said = section(page)
    assert "Joined on 21 November 2026 by Priya Shah, Larkdale CCG" in said
    assert "will not contact the practice separately" in said
    assert ADDED in said
    assert "Part again" in said


def test_it_is_offered_to_nobody_else(people, talk, record, clock):
    for who in ("caseworker", "manager", "adviser"):
        assert ALREADY not in getattr(people, who).open(f"{PRACTICE}/record-conversation").text
    assert ALREADY in people.lead.open(f"{PRACTICE}/record-conversation").text
    entry = f"{PRACTICE}/record-conversation?reply_to=nothing"
    assert people.lead.open(entry).status == 404
    clock.at += timedelta(days=120)
    assert ALREADY not in people.lead.open(f"{PRACTICE}/record-conversation").text


@pytest.mark.parametrize("closed", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_what_the_other_may_not_read_is_offered_and_named_nowhere(people, record, closed):
    record("colleague", a.raise_flag(flag_id=FLAG))
    record("caseworker", a.record_conversation(about_flags=(FLAG,), visibility=closed))
    page = people.lead.open(f"{PRACTICE}/record-conversation?about_flags={FLAG}")
    assert ALREADY not in page.text
    assert people.lead.open(f"{PRACTICE}/join-threads?concern={FLAG}").status == 404
    record("lead", a.record_conversation(about_flags=(FLAG,)))
    for who in ("lead", "caseworker", "auditor"):
        assert section(getattr(people, who).open(PRACTICE)) == ""


def test_a_second_conversation_that_was_recorded_all_the_same_is_offered_to_be_joined(people, talk):
    form = people.lead.open(f"{PRACTICE}/record-conversation?about_flags={FLAG}").form("Record")
    page = people.lead.follow(form.send(said="We heard so too.", about_flags=[FLAG]))
    assert page.links.get("Join the conversation of North Moor area team") == (
        f"{PRACTICE}/join-threads?concern={FLAG}"
    )
    assert "Join their conversation" in section(page)
    assert "Join their conversation" in section(people.caseworker.open(PRACTICE))
    assert "Join" not in section(people.auditor.open(PRACTICE))


def test_once_joined_no_reader_sees_two_open_threads_and_parted_they_are_two_again(
    people, joined, record, history
):
    record("lead", a.record_conversation(about_flags=(FLAG,), said="And a locum."))
    before = history()
    for who in ("lead", "caseworker", "manager", "auditor"):
        said = section(getattr(people, who).open(PRACTICE))
        assert said.count("Joined on") == 1
        assert "Join their conversation" not in said
        assert ALREADY not in getattr(people, who).open(f"{PRACTICE}/record-conversation").text
    assert people.caseworker.open(f"{PRACTICE}/join-threads?concern={FLAG}").status == 404
    form = people.caseworker.open(f"{PRACTICE}/part-threads?join_id={JOIN}").form("Part them again")
    assert form.send().errors == {"#reason": "Enter why they are parted"}
    page = people.caseworker.follow(form.send(reason="It is another matter."))
    assert "Joined on" not in section(page)
    assert "Join their conversation" in section(page)
    assert history()[: len(before)] == before
    assert people.caseworker.open(f"{PRACTICE}/part-threads?join_id=join-9999aaaa").status == 404


def test_contacts_avoided_are_counted_and_listed_for_whoever_may_read_the_practice(people, joined, record):
    for who in ("caseworker", "manager", "adviser", "lead", "auditor"):
        page = getattr(people, who).open("/contacts-avoided")
        assert "1 contact avoided from 22 November 2025 to 21 November 2026" in page.text
        assert "Priya Shah, Larkdale CCG" in page.text
        assert f"{PRACTICE}/entries/5" in page.links.values()
    assert "/contacts-avoided" in people.manager.open("/practices").links.values()
    assert "0 contacts avoided" in people.lead.open("/contacts-avoided?from=2026-01-01&to=2026-11-20").text
    stranger = people.stranger.open("/contacts-avoided")
    assert "No contact was avoided in this time" in stranger.text
    assert people.administrator.open("/contacts-avoided").status == 403
    record("caseworker", a.part_threads(join_id=JOIN))
    assert "0 contacts avoided" in people.lead.open("/contacts-avoided").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("from=yesterday", "The first day must be a real date"),
        ("from=2026-05-01&to=2026-04-01", "The last day must be on or after 1 May 2026"),
        ("to=0001-01-01", "0 contacts avoided"),
        ("from=9999-12-31", "0 contacts avoided"),
        ("to=2024-02-28", "from 1 March 2023 to 28 February 2024"),
        ("page=77", "1 contact avoided"),
    ],
)
def test_a_period_may_be_mistyped(people, joined, typed, says):
    page = people.lead.open(f"/contacts-avoided?{typed}")
    assert page.status == 200
    assert says in page.text


def test_a_joining_of_very_much_folds_what_it_joins(people, record, talk):
    for number in range(10):
        record("caseworker", a.record_conversation(about_flags=(FLAG,), said=f"They rang on day {number}."))
    record("lead", a.join_threads(join_id=JOIN, concern=FLAG, avoided_contact=True, reason=ADDED))
    page = people.lead.open(f"{PRACTICE}/entries/15")
    folded = [one for one in page.all("details") if "and 11 more" in "".join(one.itertext())]
    assert [len(list(one.iter("a"))) for one in folded] == [11]

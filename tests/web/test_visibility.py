"""Who sees what on the pages: an entry of one organisation is not there for the other, or is there and says nothing."""

import difflib
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from application.casebook import Casebook
from application.settings import Settings
from application.stores import open_stores
from application.tables import access_log
from domain.practice import commands as c
from domain.practice.kinds import ParticipantRole, Side, Visibility
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.conftest import PEOPLE, Clock
from tests.web.person import Person, words_of
from web import create_app

PRACTICE = f"/practices/{a.CODE}"
ENTRY, HEARD, FLAG, ACTION = "entry-0000aaaa", "intelligence-0000aaaa", "flag-0000aaaa", "action-0000aaaa"
ACCESS = "access-0000aaaa"
SECRET = "Zanzibar"
CCG = (c.Attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.QUALITY_LEAD),)
DAY = date(2026, 10, 13)
NEXT = date(2026, 11, 23)

TALK = a.record_conversation(
    entry_id=ENTRY,
    said=f"{SECRET} was named.",
    subject=f"About {SECRET}",
    occurred_on=DAY,
    next_contact_on=NEXT,
)
HEARSAY = a.record_intelligence(
    intelligence_id=HEARD, summary=f"{SECRET} was heard of.", received_from=SECRET, occurred_on=DAY
)


def closed(command, visibility=Visibility.INTERNAL):
    return replace(command, visibility=visibility)


class World:
    """An installation of its own, in which people record things and open pages."""

    def __init__(self, made_once, home):
        shutil.copytree(made_once, home)
        self.stores = open_stores(Settings(home=home))
        self.casebook = Casebook(self.stores, clock=Clock(), ids=a.new_id, patience=0.5)
        self.app = create_app(self.casebook, Views(self.stores), self.stores.settings)

    def person(self, who):
        person = Person(self.app, who)
        with person.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = f"uniquifier-{who}", True
        return person

    def record(self, who, command):
        asked = self.casebook.asked_as(PEOPLE[who][0])
        return self.casebook.handle(a.CODE, command, asked, command_id=a.new_id("command"))

    def versions_seen(self, who):
        asked = self.casebook.asked_as(PEOPLE[who][0])
        return [entry.version for entry in self.casebook.seen(a.CODE, asked).history]


@pytest.fixture
def worlds(made_once, tmp_path):
    made = [World(made_once, tmp_path / name) for name in ("with", "without")]
    yield made
    for world in made:
        world.stores.close()


def begun(world):
    """What both organisations see."""
    world.record("colleague", a.name_caseworker(caseworker="person-caseworker"))
    world.record("colleague", a.raise_flag(flag_id=FLAG))
    world.record("lead", a.record_conversation(entry_id="entry-0000bbbb", next_contact_on=date(2026, 12, 1)))
    world.record("colleague", a.record_intelligence(intelligence_id="intelligence-0000bbbb"))


# --- for the other organisation it is not there ---------------------------------------------------------------


def pages_of(person, versions):
    """Every page that this person can reach, by address, with an entry's page for each of these versions."""
    form = [
        "record-conversation", "record-conversation?reply_to=entry-0000bbbb", "record-intelligence", "propose-action",
        f"explain-flag?flag_id={FLAG}", f"agree-action?action_id={ACTION}", f"complete-action?action_id={ACTION}",
        "corroborate-intelligence?intelligence_id=intelligence-0000bbbb",
        "discount-intelligence?intelligence_id=intelligence-0000bbbb",
        "correct-fact?version=5", "withdraw-fact?version=5", "request-correction?version=4", "change-visibility?version=5",
    ]  # fmt: skip
    read = [
        "/", "/practices", "/practices?sort=spoke", "/practices?sort=due", "/practices?overdue=yes", "/audit",
        PRACTICE, f"{PRACTICE}?kind=said", f"{PRACTICE}?kind=record", f"{PRACTICE}?band=all", f"{PRACTICE}?organisation={a.HOLDER}",
        f"{PRACTICE}?from=2026-10-01&to=2026-10-31", f"{PRACTICE}/record", "/account",
        *(f"/search?words={words}" for words in ("named", "heard", "larkfield", "conversation", "again", "correction", a.CODE)),
        "/search?words=named&kind=conversation", "/practices.csv?sort=due", "/my-work.csv", "/records.csv", "/interests",
        "/contacts-avoided", "/decided-over-dispute", "/insight/", "/insight/movement?from=2026-01-01", "/insight/time-in-tier",
        "/insight/overdue?by=caseworker", "/insight/conversation-gap", "/insight/tiers.csv", "/insight/moved.csv",
        "/insight/overdue.csv", "/timeline", "/timeline.csv", f"/timelines?practice={a.CODE}&practice={a.CODE}", "/overrides", "/decisions-looked-at-again", "/insight/against", "/insight/validation", "/insight/validation.csv", "/?again",
    ]  # fmt: skip
    addresses = [
        *read,
        *(f"{PRACTICE}/{one}" for one in form),
        *(f"{PRACTICE}/entries/{one}" for one in versions),
    ]
    pages = {address: person.open(address) for address in addresses}
    for address in form[:4]:
        pages[f"sent {address}"] = pages[f"{PRACTICE}/{address}"].form().send()
    return pages


def as_told(page, numbers):
    """The words of a page without what every page has of its own: its tokens, instants, ids and positions.

    `numbers` gives each version its place among those that are seen.
    """
    html = re.sub(r'name="(csrf_token|token)" value="[^"]*"', "", page.html)
    html = re.sub(r"command-[\w-]+", "command", html)
    html = re.sub(r"(Position in the record</dt> <dd><bdi>)[\d,]+", r"\1", html)
    html = re.sub(r'(<li [^>]*id="fact-\d+") value="\d+"', r"\1", html)
    html = html.replace(". Some facts are not shown to you.", "")
    html = re.sub(
        rf"(entr(?:y|ies)[-/ =]|Entry |fact[-=]|fact |{a.CODE}/|name=\"version\" value=\"|version=|number\">)(\d+)\b",
        lambda found: f"{found[1]}#{numbers.get(int(found[2]), found[2])}",
        html,
    )
    return page.status, html


def told_to(world, who):
    """Each page of this person as told, by an address in which each version has its place."""
    versions = world.versions_seen(who)
    numbers = {version: place for place, version in enumerate(versions, 1)}
    return {
        re.sub(
            r"(entries/|version=)(\d+)", lambda found: f"{found[1]}#{numbers[int(found[2])]}", address
        ): as_told(page, numbers)
        for address, page in pages_of(world.person(who), versions).items()
    }


def differences(these, those):
    """By address, the lines that only one of two sets of pages has."""
    assert set(these) == set(those)
    found = {}
    for address, (status, page) in these.items():
        other_status, other = those[address]
        lines = [line for line in difflib.ndiff(other.splitlines(), page.splitlines()) if line[0] in "+-"]
        if status != other_status or lines:
            found[address] = (status, other_status, lines)
    return found


def what_follows(kept):
    """Facts about an internal entry: they are as closed as it is."""
    words = "said" if kept is TALK else "summary"
    yield "colleague", a.correct_fact(version=7, fields={words: f"{SECRET}."})
    yield "caseworker", a.request_correction(version=7, fields={words: f"Not {SECRET}."})
    if kept is HEARSAY:
        yield "manager", a.corroborate_intelligence(intelligence_id=HEARD, reason=f"{SECRET} is so.")
    else:
        yield "colleague", closed(a.record_conversation(reply_to=ENTRY, said=f"{SECRET} again."))


@pytest.mark.parametrize("kept", [TALK, HEARSAY], ids=["conversation", "intelligence"])
def test_an_internal_entry_leaves_nothing_on_any_page_of_the_other_organisation(worlds, kept):
    with_it, without_it = worlds
    for world in worlds:
        begun(world)
    with_it.record("colleague", closed(kept))
    for who, command in what_follows(kept):
        with_it.record(who, command)
    for world, cited in ((with_it, (f"{a.CODE}/7", f"{a.CODE}/4")), (without_it, (f"{a.CODE}/4",))):
        world.record("colleague", a.propose_action(action_id=ACTION))
        world.record("caseworker", a.propose_tier(proposal_id="proposal-0000aaaa", inputs=cited))
    pages = [world.person("caseworker").open(PRACTICE).html for world in worlds]
    assert [SECRET in page for page in pages] == [True, False]
    told = told_to(with_it, "lead")
    assert len(told) > 30
    assert {status for status, _ in told.values()} == {200, 422}
    found = differences(told, told_to(without_it, "lead"))
    assert found == {}, "\n".join(f"{x}: {y}" for x, y in found.items())
    assert not [address for address, (_, page) in told.items() if SECRET in page]
    for version in (7, 8, 9, 99):
        page = with_it.person("lead").open(f"{PRACTICE}/entries/{version}")
        assert (page.status, SECRET in page.html) == (404, False)


def test_what_is_internal_is_not_a_conflict_for_a_form_of_the_other_organisation(people, record, casebook):
    record("colleague", a.raise_flag(flag_id=FLAG))
    form = people.lead.open(f"{PRACTICE}/record-conversation").form()
    record("colleague", closed(replace(TALK, about_flags=(FLAG,))))
    sent = form.send(said="We agree.")
    assert sent.status == 303
    assert sent.location.endswith("#entry-5")


def test_a_page_says_that_some_facts_are_not_shown_when_their_numbers_tell(people, record):
    record("colleague", closed(TALK))
    assert "Some facts are not shown to you" not in people.lead.open(PRACTICE).text
    record("colleague", a.raise_flag())
    for address in (PRACTICE, f"{PRACTICE}/record"):
        assert "Some facts are not shown to you." in people.lead.open(address).text
        assert "Some facts are not shown to you" not in people.colleague.open(address).text
        assert "Some facts are not shown to you" not in people.auditor.open(address).text


def test_the_record_of_one_side_keeps_its_numbers_and_goes_to_the_nearest(people, record):
    record("colleague", closed(TALK))
    record("colleague", a.raise_flag())
    page = people.lead.open(f"{PRACTICE}/record?fact=3")
    assert [one.get("value") for one in page.all("li") if (one.get("id") or "").startswith("fact-")] == [
        "1",
        "2",
        "4",
    ]
    assert "3 facts" in page.text
    for _ in range(60):
        record("colleague", a.record_conversation())
    assert page.person.open(f"{PRACTICE}/record?fact=3").by_id("fact-4") is not None
    assert page.person.open(f"{PRACTICE}/record?fact=53").by_id("fact-53") is not None
    assert page.person.open(f"{PRACTICE}/record?fact=9999").by_id("fact-64") is not None
    assert "facts 52 to 64" in page.person.open(f"{PRACTICE}/record").text


def test_only_who_sees_all_facts_is_told_how_many_there_are(people, record):
    record("colleague", closed(TALK))
    for who, counted in (("lead", False), ("caseworker", False), ("manager", False), ("auditor", True)):
        headings = [words_of(one) for one in getattr(people, who).open("/audit").all("th")]
        assert ("Facts" in headings) is counted
    assert [words_of(one) for one in people.auditor.open("/audit").all("td", class_="cb-numeric")] == ["3"]


# --- a restricted entry is there and says nothing -------------------------------------------------------------


def test_a_restricted_entry_is_told_by_its_day_its_number_and_whose_it_is(people, record):
    record("colleague", closed(TALK, Visibility.RESTRICTED))
    record("colleague", a.correct_fact(version=3, fields={"said": f"{SECRET} was said."}, reason=SECRET))
    page = people.lead.open(PRACTICE)
    card = page.by_id("entry-3")
    assert words_of(card).startswith("Restricted entry of North Moor area team Restricted 13 October 2026")
    for address in (
        PRACTICE,
        f"{PRACTICE}?band=all",
        f"{PRACTICE}/record",
        *(f"{PRACTICE}/entries/{one}" for one in (3, 4)),
    ):
        page = people.lead.open(address)
        assert page.status == 200
        for kept in (
            SECRET,
            "Jo Park",
            "person-colleague",
            "conversation-recorded",
            "fact-corrected",
            "practice manager",
        ):
            assert kept not in page.html, (address, kept)
    whole = words_of(people.lead.open(f"{PRACTICE}/record").by_id("fact-3"))
    assert whole == "3 Restricted entry of North Moor area team Of North Moor area team Cited as X90001/3 Date (occurred_on) 13 October 2026"  # fmt: skip


def test_what_kind_of_entry_is_restricted_is_not_told(people, record):
    pages = []
    for kept in (TALK, HEARSAY):
        record("colleague", closed(kept, Visibility.RESTRICTED))
        record("colleague", a.propose_action(about_intelligence=(HEARD,) if kept is HEARSAY else ()))
    for version in (3, 5):
        page = people.lead.open(f"{PRACTICE}/entries/{version}")
        pages.append(re.sub(rf"\b{version}\b", "#", words_of(page.by_id("maincontent"))))
    assert pages[0] == pages[1]
    for page in (people.lead.open(PRACTICE), people.lead.open(f"{PRACTICE}/entries/6")):
        assert "intelligence" not in re.sub("Soft intelligence</a></li>", "", page.html).lower().replace(
            "recordintelligence", ""
        ).replace("record-intelligence", "")


def test_whose_entry_it_is_sees_who_else_does(people, record):
    record("colleague", closed(TALK))
    record("colleague", closed(replace(HEARSAY), Visibility.RESTRICTED))
    for address in (PRACTICE, f"{PRACTICE}/record", f"{PRACTICE}/entries/3"):
        assert "Only North Moor area team sees this" in people.manager.open(address).text
    assert (
        "Restricted: only North Moor area team reads this"
        in people.manager.open(f"{PRACTICE}/entries/4").text
    )


# --- saying who sees it ---------------------------------------------------------------------------------------


def test_who_can_see_it_is_asked_and_is_both_unless_somebody_says_otherwise(people, history):
    for verb in ("record-conversation", "record-intelligence"):
        page = people.caseworker.open(f"{PRACTICE}/{verb}")
        assert "Who can see this?" in page.text
        assert "Only North Moor area team" in page.text
        assert page.form().fields["visibility"] == "both"
    wrong = people.caseworker.open(f"{PRACTICE}/record-conversation").form().send(visibility="internal")
    assert (wrong.status, wrong.form().fields["visibility"]) == (422, "internal")
    assert wrong.form().send(said="Between us.").status == 303
    assert history()[-1].visibility == Visibility.INTERNAL


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_a_reply_is_as_closed_as_what_it_answers_unless_it_is_made_more_so(
    people, record, history, visibility
):
    record("colleague", closed(TALK, visibility))
    form = people.caseworker.open(f"{PRACTICE}/record-conversation?reply_to={ENTRY}").form()
    assert form.fields["visibility"] == visibility
    refused = form.send(said="To that.", visibility="both")
    assert "What it is about is" in refused.errors["#visibility"]
    assert refused.form().send(visibility=visibility.value).status == 303
    assert history()[-1].visibility == visibility


def test_who_sees_an_entry_is_changed_from_the_entry_by_its_own_organisation(people, record):
    record("colleague", TALK)
    entry = f"{PRACTICE}/entries/3"
    link = "Change who sees it: About Zanzibar, 13 October 2026"
    assert link not in people.lead.open(entry).links
    page = people.caseworker.open(people.caseworker.open(entry).links[link])
    assert "Both organisations see this" in page.text
    page.form().send(visibility="internal", reason="Told in confidence.")
    assert people.lead.open(entry).status == 404
    changed = people.caseworker.open(f"{PRACTICE}/entries/4").text
    assert "Both organisations see this" in changed
    assert "Only North Moor area team sees this" in changed


# --- asking to read it, and reading it in an emergency --------------------------------------------------------


def logged(stores):
    with stores.record_engine.connect() as connection:
        rows = connection.execute(select(access_log).where(access_log.c.name == "RestrictedEntry"))
        return [(row.person, row.what, row.subject, row.rule) for row in rows]


def test_a_restricted_entry_is_asked_for_granted_and_read_and_the_reading_is_noted(
    people, record, stores, clock
):
    record("colleague", closed(TALK, Visibility.RESTRICTED))
    entry, named = f"{PRACTICE}/entries/3", "Restricted entry of North Moor area team, 13 October 2026"
    form = people.lead.open(people.lead.open(entry).links[f"Ask to read it: {named}"]).form()
    assert form.send(reason="We meet on Monday.").status == 303
    assert f"Ask to read it: {named}" not in people.lead.open(entry).links
    waiting = people.manager.open("/")
    assert "Requests to read restricted entries" in waiting.text
    assert "Asked for by Priya Shah on 21 November 2026: We meet on Monday" in waiting.text
    asked = people.manager.open(f"{PRACTICE}/entries/4")
    grant = next(href for text, href in asked.links.items() if text.startswith("Let them read it"))
    people.manager.open(grant).form().send(until_on=(23, 11, 2026))
    assert "Requests to read" not in people.manager.open("/").text
    assert logged(stores) == []
    read = people.lead.open(entry)
    assert SECRET in read.text
    assert "you may until the end of 23 November 2026" in read.text
    assert logged(stores) == [("person-lead0001", "read", f"practice-{a.CODE}/3", None)]
    people.lead.open(f"{PRACTICE}?kind=flags")
    people.caseworker.open(entry)
    people.auditor.open(entry)
    assert len(logged(stores)) == 1
    people.lead.open(PRACTICE)
    people.lead.open(f"{PRACTICE}/record")
    assert len(logged(stores)) == 3
    clock.at += timedelta(days=3)
    assert SECRET not in people.lead.open(entry).html


def test_emergency_access_is_warned_of_seen_by_both_and_reviewed_by_another_manager(people, record, clock):
    record("lead", closed(replace(TALK, attendees=CCG), Visibility.RESTRICTED))
    entry, named = f"{PRACTICE}/entries/3", "Restricted entry of Larkdale CCG, 13 October 2026"
    page = people.manager.open(people.manager.open(entry).links[f"Emergency access: {named}"])
    assert "Both organisations see at once that you did it" in page.text
    assert page.form().send(reason="A patient may be harmed.").status == 303
    assert SECRET in people.manager.open(entry).text
    for who in ("lead", "caseworker"):
        assert "Read in an emergency" in getattr(people, who).open(f"{PRACTICE}/entries/4").text
    assert "Emergency access to review" not in people.manager.open("/").text
    assert "Emergency access to review" not in people.lead.open("/").text
    work = people.other_manager.open("/")
    assert "Taken by Martin Lee on 21 November 2026: A patient may be harmed" in work.text
    clock.at += timedelta(days=4)
    work = people.other_manager.open("/")
    assert re.search(
        r"Late, or running out today: your own \(1\) Overdue 1 day Emergency access to review", work.text
    )
    review = next(href for text, href in work.links.items() if text.startswith("Review: Emergency access"))
    people.other_manager.open(review).form().send(justified="yes", reason="It was.")
    assert "Emergency access to review" not in people.other_manager.open("/").text
    assert "Justified" in people.lead.open(f"{PRACTICE}/entries/5").text


def test_the_next_contact_of_an_internal_conversation_is_on_its_own_sides_work_list_alone(people, record):
    record("colleague", a.name_caseworker(caseworker="person-caseworker"))
    record("colleague", closed(TALK))
    assert "Next conversation" in people.caseworker.open("/").text
    assert "Next conversation" not in people.lead.open("/").text

"""Pages of the past: what both clocks of an address show, the same for everybody and for ever, and nothing to record."""

from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from application.recording import Sent
from domain.practice import commands as c
from domain.practice.kinds import Visibility
from tests.projections.histories import random_history
from tests.support import factories as a
from tests.web.conftest import NOW
from web.past.pages import LOOKED_BACK

PRACTICE = f"/practices/{a.CODE}"
SCREENS: tuple[tuple[str, dict[str, str]], ...] = (
    ("auditor", {}),
    ("lead", {}),
    ("auditor", {"as-seen-by": a.COMMISSIONER}),
)


def main_of(page):
    """What the page says, without its head: whose session it is stands there."""
    return page.html[page.html.index("<main") : page.html.index("</main>")]


def set_clocks(page, **changed):
    """Where the form of both clocks leads when it is sent."""
    form = page._form(page.by_id("clocks"))
    sent = {**form.fields.to_dict(), **{name.replace("_", "-"): value for name, value in changed.items()}}
    return page.person.open(f"{form.action}?{urlencode(sent)}").location


def then(path, position, day="", **through):
    asked = {"as-recorded-by": position, "as-happened-on": day, **through}
    return f"{path}{'&' if '?' in path else '?'}{'&'.join(f'{name}={value}' for name, value in asked.items() if value)}"


def captured(people, code, position, day):
    found = {}
    for who, through in SCREENS:
        pages = [f"/practices/{code}", f"/practices/{code}/record"]
        for path in pages if through else [*pages, "/audit" if who == "auditor" else "/notices"]:
            page = getattr(people, who).open(then(path, position, day, **through))
            found[who, path, *through] = page.status, main_of(page)
    return found


@settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)
@given(seed=some.integers(1000, 9999))
def test_what_a_page_showed_after_each_command_it_shows_of_that_moment_ever_after(seed, casebook, people):
    code, before = f"X9{seed}", {}
    acts = groupby(random_history(seed, code, 40), attrgetter("command_id"))
    for number, (command, act) in enumerate(acts):
        facts = list(act)
        last = casebook.recorder.append(facts, [Sent(command, b"digest", len(facts))])[-1]
        if number % 7 == 0:
            moment = last.position, last.recorded_on.isoformat()
            before[moment] = captured(people, code, *moment)
    assert len({page for pages in before.values() for page in pages.values()}) > 15
    for moment, pages in before.items():
        assert captured(people, code, *moment) == pages


@pytest.fixture
def said(people):
    """Three conversations on one practice; the last as the lead's own. Gives the position after each."""
    form = f"{PRACTICE}/record-conversation"
    for who, words in (("caseworker", "The rota is short."), ("lead", "We rang the partners.")):
        landed = getattr(people, who).open(form).form().send(said=words)
        assert landed.status == 303, landed.text


@pytest.fixture
def last(casebook):
    return casebook.recorder.last_position


def test_a_page_of_the_past_says_so_offers_nothing_to_record_and_leads_back(people, said, last):
    position = last()
    people.caseworker.open(f"{PRACTICE}/record-conversation").form().send(said="Words of later.")
    page = people.caseworker.open(then(PRACTICE, position))
    assert "This is the past." in page.text
    assert "We rang the partners." in page.text
    assert "Words of later." not in page.text
    assert [one for one in page.tree.find("body").iter("form") if one.get("method") == "post"] == [
        page.tree.find(".//form[@method='post']")
    ]
    assert page.links["Go back to today"] == PRACTICE
    assert not [one for one in page.links.values() if one and one.startswith(f"{PRACTICE}/record-conv")]
    entry = next(one for one in page.links.values() if one and one.startswith(f"{PRACTICE}/entries/"))
    assert f"as-recorded-by={position}" in entry
    assert "This is the past." in people.caseworker.open(entry).text


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("as-recorded-by=yesterday", "must be a date such as"),
        ("as-recorded-by=2026-05-03T16:00:00", "must be a date such as"),
        ("as-recorded-by=2099-01-01T00:00:00Z", "must not be still to come"),
        ("as-recorded-by=99999999", "must be a position of the record"),
        ("as-recorded-by=0", "must be a position of the record"),
        ("as-happened-on=31/12/2025", "must be a date"),
        ("as-happened-on=2099-01-01", "must not be still to come"),
        ("as-seen-by=Q88", "must be an organisation that answered for the practice"),
    ],
)
def test_a_clock_that_cannot_be_read_is_said_and_what_was_typed_is_kept(people, asked, problem):
    page = people.auditor.open(f"{PRACTICE}?{asked}")
    assert page.status == 400
    [(where, said)] = page.errors.items()
    assert problem in said
    assert page.by_id(where[1:]).get("value") == asked.partition("=")[2]
    assert page.links["Go to the page as it is today"] == PRACTICE


def test_my_work_of_the_past_has_no_buttons_and_no_cover_of_later(people, casebook, record, last, clock):
    record("manager", a.name_caseworker(caseworker="person-caseworker"))
    record("colleague", a.propose_action(due_on=NOW.date()))
    position = last()
    clock.at = NOW + timedelta(days=2)
    cover = a.arrange_cover(person_id="person-caseworker", absent="person-colleague", from_on=clock.at.date())
    casebook.handle(
        "person-caseworker", cover, casebook.asked_as("person-manager01"), command_id=a.new_id("command")
    )
    today = people.caseworker.open("/")
    assert "You cover for" in today.text
    page = people.caseworker.open(then("/", position))
    assert "You cover for" not in page.text
    doing = [[one.get("href") for one in shown.all("a", class_="cb-button")] for shown in (page, today)]
    assert [[f"{PRACTICE}/entries/" in href for href in some] for some in doing] == [[True], [False]]


def test_a_form_has_no_past(people, last):
    page = people.caseworker.open(then(f"{PRACTICE}/record-conversation", last()))
    assert page.status == 404
    assert "This page is of today only" in page.text


def test_the_sliders_lead_to_the_end_of_a_day(people, said, clock):
    clock.at = NOW + timedelta(days=3)
    begun = people.auditor.open(f"/as-it-was/begin?page={PRACTICE}").location
    page = people.auditor.open(begun)
    assert [page.by_id(name).get("value") for name in ("recorded-day", "happened-day")] == ["0", "3"]
    there = set_clocks(page, recorded_day="1")
    # The day follows what was known, unless it was set too.
    assert there == f"{PRACTICE}?as-recorded-by=2026-11-22T23:59:59.999999Z&as-happened-on=2026-11-22"
    both = set_clocks(page, recorded_day="1", happened_day="2")
    assert both.endswith("as-happened-on=2026-11-23")
    # What was typed counts, whatever the slider was moved to.
    there = set_clocks(people.auditor.open(there), recorded_day="2", as_recorded_by="2026-11-21")
    assert "as-recorded-by=2026-11-21T23:59:59.999999Z" in there
    assert set_clocks(page, as_recorded_by="2026-11-24").startswith(f"{PRACTICE}?as-recorded-by=58&")


def test_the_same_link_shows_another_person_the_same(people, said, last):
    page = then(f"{PRACTICE}/record", last(), "2026-11-21")
    assert main_of(people.caseworker.open(page)) == main_of(people.colleague.open(page))


def test_looking_back_opens_nothing_for_anybody(casebook, people, said, last):
    before = casebook.recorder.last_position()
    people.manager.open(then(PRACTICE, last()))
    assert casebook.recorder.last_position() == before


def test_an_entry_restricted_since_is_shown_of_the_days_between_to_whoever_may_read_it_and_to_nobody_else(
    casebook, people, last
):
    lead, form = people.lead, f"{PRACTICE}/record-conversation"
    people.caseworker.open(form).form().send(said="Both know of it.")
    visible = last()
    version = len(casebook.history(f"practice-{a.CODE}"))
    casebook.handle(
        a.CODE,
        c.ChangeVisibility(version=version, visibility=Visibility.RESTRICTED, reason="A complaint is open."),
        casebook.asked_as("person-caseworker"),
        command_id=a.new_id("command"),
    )
    restricted = last()
    screen = {"as-seen-by": a.COMMISSIONER}
    assert "Both know of it." not in people.auditor.open(then(PRACTICE, visible - 1, **screen)).text
    assert "Both know of it." in people.auditor.open(then(PRACTICE, visible, **screen)).text
    assert "Both know of it." in people.manager.open(then(PRACTICE, visible, **screen)).text
    assert "Both know of it." not in people.auditor.open(then(PRACTICE, restricted, **screen)).text
    assert "Both know of it." in people.auditor.open(then(PRACTICE, restricted)).text
    assert "Both know of it." not in lead.open(then(PRACTICE, visible)).text
    assert "Both know of it." not in lead.open(then(PRACTICE, visible, **{"as-seen-by": a.HOLDER})).text


def test_nobody_sees_of_the_past_what_is_not_theirs_today(people, said, last):
    assert people.stranger.open(then(PRACTICE, last())).status == 404
    assert people.administrator.open(then(PRACTICE, last())).status == 404


def test_every_page_of_the_past_can_be_opened(people, said, last):
    addresses = {
        rule.endpoint: rule.rule.replace("<code>", a.CODE)
        for rule in people.auditor.client.application.url_map.iter_rules()
        if rule.endpoint in LOOKED_BACK
        and set(rule.arguments) <= {"code"}
        and rule.endpoint != "key_indicators.one"
        and "pdf" not in rule.endpoint
    }
    assert len(addresses) > 35
    statuses = {
        endpoint: people.auditor.open(then(address, last())).status for endpoint, address in addresses.items()
    }
    # An auditor has no team and records no conversation, and nothing is looked for.
    refused = {name: status for name, status in statuses.items() if status != 200}
    theirs = dict.fromkeys(("team.mine", "team.file", "conversation_templates.listed"), 403)
    assert refused == {**theirs, "found.search": 404}

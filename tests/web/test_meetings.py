"""One meeting on many practices: what was said of all, what was said of each, one entry on each, and nothing lost."""

import pytest

from application.casebook import Casebook
from domain.practice.events import ConversationRecorded
from domain.practice.kinds import ActionKind, Channel, Side
from tests.support import factories as a
from tests.web.conftest import PEOPLE, tell
from tests.web.person import Person
from web.meetings.gathering import Meeting

CODES = (a.CODE, "X90002", "X90003")
NAMES = {"X90002": "Millbrook Surgery", "X90003": "Quayside Practice"}
ALL, OWN = "The new flu plan was gone through.", "Only of "


@pytest.fixture(autouse=True)
def three_practices(casebook):
    for code, name in NAMES.items():
        tell(casebook, a.register_practice(code=code, name=name), code)


@pytest.fixture
def entries(casebook):
    """The conversations of each practice, by code."""

    def found():
        return {
            code: [
                one
                for one in casebook.history(f"practice-{code}")
                if isinstance(one.fact, ConversationRecorded)
            ]
            for code in CODES
        }

    return found


def begun(person, codes=CODES, kind="new-meeting"):
    """The address of a meeting on these practices, with what holds of all of them said."""
    page = person.open(f"/meetings/{kind}").form("Go on").send(practices=list(codes))
    more = {"subject": "Overdue actions"} if kind == "new-reminder" else {}
    answered = person.follow(page).form("Save").send(said=ALL, **more)
    assert answered.status == 303
    return answered.location


def say(person, meeting, code, **answers):
    return person.open(f"{meeting}/{code}").form().send(**{"said": f"{OWN}{code}.", **answers})


def press_record(person, meeting):
    return person.open(meeting).form("Record it on every practice that is ready").send()


def test_each_practice_has_one_entry_with_what_was_said_of_all_and_of_it(people, entries):
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    page = people.caseworker.follow(press_record(people.caseworker, meeting))
    assert "Recorded on 3 practices" in page.text
    for code, (entry,) in entries().items():
        fact = entry.fact
        assert fact.said.words == f"{ALL}\n\n{OWN}{code}."
        assert (f"/meetings/{fact.meeting}", fact.channel) == (meeting, Channel.MEETING)
        assert [one.person for one in fact.participants] == [PEOPLE["caseworker"][0]]


def test_a_practice_takes_at_most_two_posts(people, entries):
    posts = []
    person = people.caseworker

    def post(address, data, **options):
        posts.append(address)
        return Person.post(person, address, data, **options)

    person.post = post
    meeting = begun(person)
    for code in CODES:
        say(person, meeting, code)
    press_record(person, meeting)
    assert all(len(found) == 1 for found in entries().values())
    assert len(posts) <= 2 * len(CODES)


def test_saving_goes_on_to_the_next_practice_of_the_agenda(people):
    meeting = begun(people.caseworker)
    order = people.caseworker.open(meeting)
    first, second = _order(order)[:2]
    page = people.caseworker.open(f"{meeting}/{first}")
    form = page.form()
    assert form.buttons[0][2].startswith("Save, and go on to")
    assert form.send(said="First.").location == f"{meeting}/{second}"


def _order(page):
    return [
        one.get("id").removeprefix("practice-")
        for one in page.all("li")
        if (one.get("id") or "").startswith("practice-")
    ]


def test_no_practices_page_or_record_shows_anothers_part(people, entries):
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    press_record(people.caseworker, meeting)
    for who in ("caseworker", "lead", "auditor"):
        for code in CODES:
            version = entries()[code][0].version
            for end in ("", f"/entries/{version}", "/record"):
                html = getattr(people, who).open(f"/practices/{code}{end}").html
                assert f"{OWN}{code}." in html, (who, code, end)
                for other in set(CODES) - {code}:
                    assert other not in html, (who, code, end)
                    assert NAMES.get(other, "Larkfield") not in html, (who, code, end)


def test_what_is_saved_survives_signing_out(app, people, sign_in, entries):
    meeting = begun(people.caseworker)
    say(people.caseworker, meeting, CODES[1])
    again = sign_in("caseworker")
    assert meeting in again.open("/meetings").html
    assert f"{OWN}{CODES[1]}." in again.open(f"{meeting}/{CODES[1]}").html
    assert f"{OWN}{CODES[1]}." in again.open(meeting).html
    assert not any(entries().values())


def test_nobody_else_sees_what_is_prepared(people):
    meeting = begun(people.caseworker)
    say(people.caseworker, meeting, a.CODE)
    for who in ("colleague", "manager", "lead", "auditor"):
        person = getattr(people, who)
        assert meeting not in person.open("/meetings").html
        for address in (meeting, f"{meeting}/{a.CODE}", f"{meeting}/all"):
            assert person.open(address).status in {403, 404}, (who, address)


def test_what_is_wrong_is_kept_as_it_was_typed_and_said(people):
    meeting = begun(people.caseworker)
    page = say(people.caseworker, meeting, a.CODE, said="Patient 943 476 5919 called.")
    assert page.status == 422
    assert "#said" in page.errors
    assert "943 476 5919" in people.caseworker.open(f"{meeting}/{a.CODE}").html


# --- killed midway


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("survived", [0, 1, 2])
def test_killed_midway_it_is_sent_again_and_each_practice_has_one_entry(
    people, entries, monkeypatch, casebook, survived
):
    """Somebody else was in the way, so that the practices are recorded one by one; and the server dies among them."""
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    handled = []

    def one_by_one(self, commands, asked):
        found = []
        for number, one in enumerate(commands):
            if number == survived:
                raise Killed
            handled.append(one)
            found.append(self._handle_one(*one, asked))
        return found

    with monkeypatch.context() as dying:
        dying.setattr(Casebook, "handle_many", one_by_one)
        with pytest.raises(Killed):
            press_record(people.caseworker, meeting)
    assert sum(map(len, entries().values())) == survived
    for code in CODES:
        assert f"{OWN}{code}." in people.caseworker.open(f"{meeting}/{code}").html
    assert press_record(people.caseworker, meeting).status == 303
    assert [len(found) for found in entries().values()] == [1, 1, 1]
    assert meeting not in str(_prepared(people.caseworker))


def _prepared(person):
    text = person.open("/meetings").text
    return text[text.index("Not recorded yet") : text.index("Recorded", text.index("Not recorded yet") + 10)]


def test_killed_after_it_was_recorded_and_before_the_drafts_were_gone_nothing_is_doubled(
    people, entries, monkeypatch
):
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    with monkeypatch.context() as dying:

        def die(*_given):
            raise Killed

        dying.setattr("web.meetings.recording.discard", die)
        with pytest.raises(Killed):
            press_record(people.caseworker, meeting)
    assert [len(found) for found in entries().values()] == [1, 1, 1]
    page = people.caseworker.open(meeting)
    assert page.text.count("The entry") == 3
    assert press_record(people.caseworker, meeting).status == 303
    assert [len(found) for found in entries().values()] == [1, 1, 1]


def test_a_part_that_was_changed_after_it_was_recorded_is_neither_recorded_again_nor_lost(
    people, entries, monkeypatch
):
    meeting = begun(people.caseworker)
    say(people.caseworker, meeting, a.CODE)
    press_record(people.caseworker, meeting)
    say(people.caseworker, meeting, a.CODE, said="Otherwise.")
    page = press_record(people.caseworker, meeting)
    assert page.status == 422
    assert "#practice-" + a.CODE in page.errors
    assert "Otherwise." in page.html
    assert len(entries()[a.CODE]) == 1


# --- what is left out, and refused


def test_a_practice_with_nothing_typed_is_not_recorded_and_stays(people, entries):
    meeting = begun(people.caseworker)
    say(people.caseworker, meeting, a.CODE)
    page = people.caseworker.follow(press_record(people.caseworker, meeting))
    assert "Recorded on 1 practice. Nothing is typed yet of 2 practices" in page.text
    assert [len(found) for found in entries().values()] == [1, 0, 0]
    assert "Nothing typed yet" in page.text
    say(people.caseworker, meeting, CODES[1])
    press_record(people.caseworker, meeting)
    assert [len(found) for found in entries().values()] == [1, 1, 0]


def test_a_practice_of_which_nothing_more_was_said_has_what_was_said_of_all(people, entries):
    meeting = begun(people.caseworker)
    say(people.caseworker, meeting, a.CODE, said="", nothing_more="yes")
    press_record(people.caseworker, meeting)
    ((entry,), *others) = entries().values()
    assert entry.fact.said.words == ALL
    assert others == [[], []]


def test_a_refusal_on_one_practice_leaves_its_text_and_records_the_others(people, entries, casebook):
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    tell(casebook, a.close_practice(closed_on=a.TODAY.replace(day=1)), CODES[1])
    page = press_record(people.caseworker, meeting)
    assert page.status == 422
    assert list(page.errors) == [f"#practice-{CODES[1]}"]
    assert [len(found) for found in entries().values()] == [1, 0, 1]
    assert f"{OWN}{CODES[1]}." in people.caseworker.open(f"{meeting}/{CODES[1]}").html


def test_a_practice_that_somebody_is_recused_from_is_neither_shown_nor_recorded(people, entries, record):
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    person = PEOPLE["caseworker"][0]
    record("caseworker", a.recuse_person(person_id=person, practice=CODES[1]), person)
    page = people.caseworker.open(meeting)
    assert CODES[1] not in page.html
    assert NAMES[CODES[1]] not in page.html
    assert people.caseworker.open(f"{meeting}/{CODES[1]}").status == 404
    press_record(people.caseworker, meeting)
    assert [len(found) for found in entries().values()] == [1, 0, 1]


def test_only_practices_that_are_ones_own_may_be_chosen(people, casebook):
    tell(
        casebook,
        a.register_practice(code="X90009", contract_holder="Q50", local_commissioner="50A"),
        "X90009",
    )
    page = people.caseworker.open("/meetings/new-meeting")
    assert "X90009" not in page.html
    form = page.form("Go on")
    assert form.send(practices=["X90009"]).status == 422
    assert form.send(practices=[]).status == 422


def test_a_choice_that_is_sent_twice_begins_one_meeting(people):
    form = people.caseworker.open("/meetings/new-meeting").form("Go on")
    assert form.send(practices=[a.CODE]).location == form.send(practices=[a.CODE]).location


# --- the agenda, and what stands afterwards


def test_the_agenda_is_what_is_open_overdue_or_due_for_review(people, record):
    record("caseworker", a.raise_flag())
    record(
        "colleague",
        a.propose_action(
            issue="Publish the rota", due_on=a.TODAY.replace(day=20), occurred_on=a.TODAY.replace(day=1)
        ),
    )
    page = people.caseworker.open("/meetings/new-meeting")
    assert "1 action overdue, 1 open flag" in page.text
    meeting = begun(people.caseworker)
    agenda = people.caseworker.open(f"{meeting}/{a.CODE}").by_id("agenda-heading")
    assert agenda is not None
    text = people.caseworker.open(f"{meeting}/{a.CODE}").text
    assert "Overdue action: Publish the rota, overdue 1 day" in text
    assert "Open flag: " in text
    assert "Nothing is open, overdue or due for review" in people.caseworker.open(meeting).text


def test_a_visit_that_is_arranged_is_on_the_agenda(people, record):
    visit = "action-0000aaaa"
    record("caseworker", a.propose_action(action_id=visit, kind=ActionKind.VISIT, issue="See the branch"))
    record("manager", a.agree_action(action_id=visit))
    record("lead", a.agree_action(action_id=visit))
    record("caseworker", a.record_visit_stage(action_id=visit, visit_on=a.TODAY.replace(day=25)))
    assert "visit arranged for 25 November 2026" in people.caseworker.open("/meetings/new-meeting").text
    text = people.caseworker.open(f"{begun(people.caseworker)}/{a.CODE}").text
    assert "Visit: See the branch, arranged for 25 November 2026" in text


def test_the_meeting_leads_each_reader_to_the_practices_that_are_theirs(people, casebook):
    tell(casebook, a.assign_responsibility(local_commissioner="88A", from_on=a.TODAY), CODES[2])
    meeting = begun(people.caseworker)
    for code in CODES:
        say(people.caseworker, meeting, code)
    press_record(people.caseworker, meeting)
    for code in CODES:
        entry = people.caseworker.open(f"/practices/{code}").links
        assert entry["One of a meeting on several practices"] == meeting
    own = people.caseworker.open(meeting)
    assert all(f"/practices/{code}/entries/" in own.html for code in CODES)
    lead = people.lead.open(meeting)
    assert f"/practices/{CODES[1]}/agree-entry" in lead.html
    assert CODES[2] not in lead.html
    assert NAMES[CODES[2]] not in lead.html
    assert "2 practices" in people.lead.open("/meetings").text
    assert people.stranger.open(meeting).status in {403, 404}


# --- reminders


def test_a_reminder_leaves_an_entry_with_each_practice_about_its_overdue_actions(people, entries, record):
    record(
        "colleague",
        a.propose_action(
            action_id="action-0000aaaa", due_on=a.TODAY.replace(day=20), occurred_on=a.TODAY.replace(day=1)
        ),
    )
    theirs = {"owner": Side.LOCAL_COMMISSIONER, "due_on": a.TODAY.replace(day=20)}
    record(
        "colleague",
        a.propose_action(action_id="action-0000cccc", occurred_on=a.TODAY.replace(day=1), **theirs),
    )
    record("colleague", a.propose_action(action_id="action-0000bbbb", due_on=a.TODAY.replace(day=30)))
    reminder = begun(people.caseworker, kind="new-reminder")
    assert reminder.startswith("/meetings/reminder-")
    press_record(people.caseworker, reminder)
    shared = {found[0].fact.meeting for found in entries().values()}
    assert shared == {reminder.rpartition("/")[2]}
    for code, (entry,) in entries().items():
        fact = entry.fact
        assert fact.said.words == ALL
        assert fact.subject.words == "Overdue actions"
        assert fact.channel == Channel.LETTER_OR_EMAIL
        assert fact.sides == {Side.CONTRACT_HOLDER, Side.PRACTICE}
        assert fact.about_actions == (("action-0000aaaa",) if code == a.CODE else ())
        assert not fact.with_practice


def test_a_reminder_may_say_more_to_one_practice(people, entries):
    reminder = begun(people.caseworker, kind="new-reminder")
    say(people.caseworker, reminder, CODES[1], there=["gp_partner"])
    press_record(people.caseworker, reminder)
    assert [found[0].fact.said.words for found in entries().values()] == [
        ALL,
        f"{ALL}\n\n{OWN}{CODES[1]}.",
        ALL,
    ]


def test_ids_follow_from_the_meeting_and_the_practice():
    one, other = Meeting("meeting-0000aaaa", {}), Meeting("meeting-0000bbbb", {})
    assert one.command_id(a.CODE) == Meeting("meeting-0000aaaa", {}).command_id(a.CODE)
    assert len({one.command_id(a.CODE), one.command_id("X90002"), other.command_id(a.CODE)}) == 3

"""Drafts: what somebody keeps of a form is there again whenever they sign in, for them alone, until it is recorded."""

import pytest

from domain.practice.events import ConversationRecorded
from tests.support import factories as a
from tests.web.conftest import PEOPLE

PAGE = f"/practices/{a.CODE}/record-conversation"
WORDS = "The rota has run for three weeks.\nAbandoned calls fell."


def keep(person, address=PAGE, **answers):
    return person.open(address).form("Keep as a draft").send("Keep as a draft", **{"said": WORDS, **answers})


def test_a_draft_is_there_again_for_whoever_signed_out(people, sign_in, history):
    kept = keep(people.caseworker, channel="visit", occurred_on=("3", "11", "2026"))
    assert kept.location == "/drafts"
    people.caseworker.open("/account")
    again = sign_in("caseworker").open(PAGE)
    assert "This is the draft that you kept on 21 November 2026" in again.text
    fields = again.form("Record").fields
    assert (fields["said"], fields["channel"], fields["occurred_on-day"]) == (WORDS, "visit", "3")
    assert not any(isinstance(fact, ConversationRecorded) for fact in history())


def test_what_is_recorded_from_a_draft_is_recorded_once_and_the_draft_is_gone(people, history):
    keep(people.caseworker)
    first, second = people.caseworker.open(PAGE).form("Record"), people.caseworker.open(PAGE).form("Record")
    assert first.send().status == 303
    assert second.send().status == 303
    assert [fact.said.words for fact in history()] == [WORDS]
    assert people.caseworker.open(PAGE).form("Record").fields["said"].strip() == ""
    assert WORDS.split("\n", maxsplit=1)[0] not in people.caseworker.open("/drafts").html


def test_nobody_else_sees_it_or_can_discard_it(people):
    keep(people.caseworker)
    for who in ("colleague", "manager", "lead", "auditor", "administrator"):
        person = getattr(people, who)
        assert "three weeks" not in person.open("/drafts").html
        token = person.open("/account").form_of_header()
        person.post("/drafts/discard", {"csrf_token": token, "about": PAGE})
    assert "three weeks" not in people.manager.open(PAGE).html
    assert "three weeks" in people.caseworker.open("/drafts").html


def test_my_work_says_how_many_there_are(people):
    assert "draft" not in people.caseworker.open("/").text
    keep(people.caseworker)
    assert people.caseworker.open("/").links["1 draft that you kept"] == "/drafts"


def test_it_is_discarded_for_good(people):
    keep(people.caseworker)
    page = people.caseworker.open("/drafts")
    page.form().send()
    assert "You have no drafts" in people.caseworker.open("/drafts").text
    assert "three weeks" not in people.caseworker.open(PAGE).html


def test_forms_about_other_things_have_drafts_of_their_own(people, record):
    record("caseworker", a.raise_flag(flag_id="flag-0000aaaa"))
    keep(people.caseworker, f"{PAGE}?about_flags=flag-0000aaaa&said=Typed+in+the+address")
    assert "three weeks" not in people.caseworker.open(PAGE).html
    page = people.caseworker.open("/drafts")
    assert f"{PAGE}?about_flags=flag-0000aaaa" in page.links.values()
    assert "Typed+in" not in page.html
    assert "three weeks" in people.caseworker.open(f"{PAGE}?about_flags=flag-0000aaaa").html


def test_of_a_practice_that_is_no_longer_theirs_only_their_own_words_are_shown(people, record):
    keep(people.caseworker)
    person = PEOPLE["caseworker"][0]
    record("caseworker", a.recuse_person(person_id=person, practice=a.CODE), person)
    page = people.caseworker.open("/drafts")
    assert "three weeks" in page.html
    assert "Larkfield" not in page.html
    assert PAGE not in page.links.values()


def test_what_somebody_else_recorded_meanwhile_is_told_when_a_draft_is_sent(people, record):
    record("caseworker", a.raise_flag(flag_id="flag-0000aaaa"))
    address = f"/practices/{a.CODE}/clear-flag?flag_id=flag-0000aaaa"
    form = people.caseworker.open(address).form("Keep as a draft")
    form.send("Keep as a draft", because="resolved", reason="Back inside.")
    record("colleague", a.explain_flag(flag_id="flag-0000aaaa"))
    page = people.caseworker.open(address).form("Keep as a draft").send()
    assert page.status == 409
    assert "Back inside." in page.html


@pytest.mark.parametrize("verb", ["agree-action", "name-caseworker"])
def test_a_form_of_a_few_ticks_keeps_no_draft(people, record, verb):
    record("colleague", a.propose_action(action_id="action-0000aaaa"))
    page = people.manager.open(f"/practices/{a.CODE}/{verb}?action_id=action-0000aaaa")
    assert ("Keep as a draft" in page.html) == (verb == "name-caseworker")


def test_an_address_says_of_what_a_draft_is_and_no_more(people):
    many = "&".join(f"a{number}=flag-0000aaaa" for number in range(300))
    assert keep(people.caseworker, f"{PAGE}?{many}").location == "/drafts"
    (line,) = people.caseworker.open("/drafts").all("input", name="about")
    assert len(line.get("value")) < 300
    assert people.caseworker.open(f"{PAGE}?{many}").form("Record").fields["said"] == WORDS

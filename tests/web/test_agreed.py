"""What somebody sees of the agreed record: cards, buttons, forms, positions, and decisions over a dispute."""

import pytest
from sqlalchemy import text

from domain.practice import events as e
from domain.practice.kinds import Visibility
from tests.support import factories as a
from tests.web.sent import SAID_OF_A_TIER

PRACTICE = f"/practices/{a.CODE}"
ENTRY, FLAG = "entry-0000aaaa", "flag-0000aaaa"
SAID = "The rota has run for three weeks."


@pytest.fixture
def talk(record):
    """A conversation that the contract holder recorded: entry 3."""
    record("caseworker", a.record_conversation(entry_id=ENTRY, said=SAID))


def card(page, version=3):
    return " ".join("".join(page.by_id(f"entry-{version}").itertext()).split())


def state_of(page, version=3):
    """What the card says of its agreement, and the buttons."""
    found = page.by_id(f"entry-{version}")
    boxes = [one for one in found.iter("div") if "cb-agreed" in (one.get("class") or "").split()]
    words = [" ".join("".join(one.itertext()).split()) for one in boxes]
    buttons = [
        "".join(link.itertext()).partition(":")[0]
        for link in found.iter("a")
        if "cb-button" in (link.get("class") or "")
    ]
    return words, buttons


def test_a_card_says_who_proposed_its_text_and_who_has_not_answered(people, talk):
    words, buttons = state_of(people.caseworker.open(PRACTICE))
    assert words == ["Proposed by North Moor area team, not yet answered by Larkdale CCG"]
    assert buttons == ["Reply"]
    assert state_of(people.lead.open(PRACTICE))[1] == ["Agree", "Amend", "Dispute", "Reply"]
    assert state_of(people.auditor.open(PRACTICE))[1] == []
    assert state_of(people.lead.open(f"{PRACTICE}/entries/3"))[1][:4] == [
        "Agree",
        "Amend",
        "Dispute",
        "Reply",
    ]


def test_the_other_side_agrees_to_the_text_that_it_is_shown(people, talk, history, stores):
    form = people.lead.open(f"{PRACTICE}/agree-entry?version=3")
    assert SAID in form.text
    back = people.lead.follow(form.form("Agree to this text").send())
    (words,), buttons = state_of(back)
    assert words.startswith("Agreed by both ")
    assert buttons == ["Reply"]
    assert isinstance(history()[-1], e.EntryAgreed)
    assert len(history()[-1].digest) == 64
    assert "Dispute it after all" in card(back)
    assert "Dispute it after all" not in card(people.caseworker.open(PRACTICE))


def test_an_amendment_starts_from_the_text_and_waits_for_the_first_side(people, talk, history):
    form = people.lead.open(f"{PRACTICE}/amend-entry?version=3").form("Send the amendment")
    assert form.fields["said"].strip() == SAID
    back = people.lead.follow(form.send(said="For two weeks.", reason="The rota began on the 7th."))
    (words,), buttons = state_of(back)
    assert words.startswith("Amended by ")
    assert "waits for" in words
    assert buttons == ["Reply"]
    page = people.colleague.open(PRACTICE)
    assert state_of(page)[1] == ["Agree", "Amend", "Dispute", "Reply"]
    shown = card(page)
    assert shown.index("For two weeks.") < shown.index("The text before") < shown.index(SAID)
    agree = people.colleague.open(f"{PRACTICE}/agree-entry?version=3")
    assert "For two weeks." in agree.text
    (words,), _ = state_of(people.colleague.follow(agree.form("Agree to this text").send()))
    assert words.startswith("Agreed by both ")
    assert history()[-1].text_version == 4


def test_a_dispute_says_what_is_wrong(people, talk):
    form = people.lead.open(f"{PRACTICE}/dispute-entry?version=3")
    assert SAID in form.text
    refused = form.form("Dispute this text").send()
    assert (refused.status, refused.errors) == (422, {"#reason": "Enter what is wrong with it"})
    back = people.lead.follow(refused.form("Dispute this text").send(reason="Nobody promised it."))
    (words,), buttons = state_of(back)
    assert words.startswith("Disputed by ")
    assert "Nobody promised it." in words
    assert buttons == ["Agree", "Amend", "Reply"]


def test_two_people_who_answer_at_once_are_told_of_each_other(people, talk, record):
    form = people.lead.open(f"{PRACTICE}/amend-entry?version=3").form("Send the amendment")
    record("lead", a.dispute_entry(version=3))
    page = form.send(said="For two weeks.")
    assert page.status == 409
    assert "For two weeks." in page.html


def test_a_text_that_was_corrected_meanwhile_is_not_agreed_to_unseen(people, talk, record, history):
    form = people.lead.open(f"{PRACTICE}/agree-entry?version=3").form("Agree to this text")
    record("caseworker", a.correct_fact(version=3, fields={"said": "For a fortnight."}))
    page = form.send()
    assert page.status == 409
    assert "For a fortnight." in page.text
    assert not any(isinstance(fact, e.EntryAgreed) for fact in history())


def test_a_stored_text_that_was_altered_voids_the_agreement_on_the_page(
    people, talk, record, casebook, stores
):
    record("lead", a.agree_entry(version=3))
    (row,) = casebook.recorder.raw_of(f"practice-{a.CODE}", [3])
    state = row[4].replace(b'"phone"', b'"visit"')
    assert state != row[4]
    with stores.record_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER stored_events_no_update"))
        changed = connection.execute(
            text(
                "UPDATE stored_events SET state = :state WHERE originator_id = :stream AND originator_version = 3"
            ),
            {"state": state, "stream": f"practice-{a.CODE}"},
        )
        assert changed.rowcount == 1
    for address in (PRACTICE, f"{PRACTICE}/entries/3"):
        (words,), _ = state_of(people.lead.open(address))
        assert words.startswith("Agreement void The stored text has changed since it was agreed")


@pytest.mark.parametrize("verb", ["agree-entry", "amend-entry", "dispute-entry"])
def test_what_is_not_there_to_be_answered_has_no_form(people, talk, record, verb):
    record("caseworker", a.raise_flag(flag_id=FLAG))
    record("caseworker", a.record_conversation(visibility=Visibility.INTERNAL))
    for version in ("4", "5", "99", "x", "-3", "3.0", ""):
        assert people.lead.open(f"{PRACTICE}/{verb}?version={version}").status == 404
    assert people.lead.open(f"{PRACTICE}/{verb}").status == 404
    assert people.auditor.open(f"{PRACTICE}/{verb}?version=3").status == 403
    wrong = people.colleague.open(f"{PRACTICE}/{verb}?version=3").form()
    page = wrong.send(said="Otherwise.", reason="No.") if verb != "agree-entry" else wrong.send()
    assert page.status == 422


@pytest.mark.parametrize(
    ("said", "message"),
    [("", "Enter what was said"), ("x" * 20_001, "20,000"), ("943 476 5919 rang.", "NHS number")],
)
def test_an_amendment_keeps_to_what_may_be_typed(people, talk, said, message):
    page = people.lead.open(f"{PRACTICE}/amend-entry?version=3").form("Send the amendment").send(said=said)
    assert page.status == 422
    assert message in page.errors["#said"]
    assert said in page.html


def test_a_reply_and_what_it_answers_lead_to_each_other_also_after_closure(people, talk, record):
    record("manager", a.close_practice(closed_on=a.TODAY))
    reply = next(
        href for words, href in people.caseworker.open(PRACTICE).links.items() if words.startswith("Reply:")
    )
    form = people.caseworker.open(reply).form("Record")
    page = people.caseworker.follow(form.send(said="We saw it too.", occurred_on=(21, 11, 2026)))
    assert "Reply: Phone call" in card(page)
    assert "in reply to Phone call" in card(page, 5)


# --- positions


def test_both_positions_on_an_open_concern_stand_side_by_side(people, record):
    record("colleague", a.raise_flag(flag_id=FLAG))
    assert "Positions" not in people.lead.open(PRACTICE).text
    form = people.lead.open(f"{PRACTICE}/state-position?concern={FLAG}").form("State this position")
    page = people.lead.follow(form.send(position="Close it: the hub has solved it."))
    stands = [one for one in page.all("div") if "cb-stand__one" in (one.get("class") or "").split()]
    words = [" ".join("".join(one.itertext()).split()) for one in stands]
    assert len(words) == 2
    assert words[0].endswith("Has not stated a position.")
    assert "Close it: the hub has solved it." in words[1]
    record("manager", a.state_position(concern=FLAG, position="Leave it open until spring."))
    page = people.auditor.open(PRACTICE)
    assert "Leave it open until spring." in page.text
    assert "Has not stated a position" not in page.text
    again = people.lead.open(f"{PRACTICE}/state-position?concern={FLAG}").form("State this position")
    assert again.fields["position"].strip() == "Close it: the hub has solved it."
    record("colleague", a.clear_flag(flag_id=FLAG))
    assert "Leave it open" not in people.auditor.open(f"{PRACTICE}?kind=flags").text


def test_a_position_is_stated_on_what_both_see_by_whoever_may(people, record):
    record("colleague", a.raise_flag(flag_id=FLAG))
    record(
        "caseworker",
        a.record_intelligence(intelligence_id="intelligence-00000001", visibility=Visibility.INTERNAL),
    )
    for concern in ("", "flag-99999999", "intelligence-00000001", "%00"):
        assert people.lead.open(f"{PRACTICE}/state-position?concern={concern}").status == 404
    assert people.manager.open(f"{PRACTICE}/state-position?concern=intelligence-00000001").status == 404
    assert people.caseworker.open(f"{PRACTICE}/state-position?concern={FLAG}").status == 403
    form = people.manager.open(f"{PRACTICE}/state-position?concern={FLAG}").form("State this position")
    assert form.send().errors == {"#position": "Enter where you stand on this"}


# --- decided over dispute


@pytest.fixture
def disputed(talk, record):
    record("lead", a.dispute_entry(version=3, reason="Nobody promised it."))


def decision(people, **answers):
    people.manager.open(PRACTICE)
    form = people.manager.open(f"{PRACTICE}/decide-tier").form("Continue")
    return form.send(
        tier="room_for_improvement",
        rationale="It is proportionate.",
        inputs=[f"{a.CODE}/3"],
        **(SAID_OF_A_TIER | answers),
    )


def test_a_decision_over_a_dispute_asks_why_and_is_listed(people, disputed, history):
    page = decision(people)
    assert page.status == 422
    assert "although this is disputed" in page.errors["#over_dispute"]
    assert "It is proportionate." in page.html
    page = page.form("Continue").send(over_dispute="The call log settles it.")
    assert page.heading.endswith("Check your answers")
    assert "The call log settles it." in page.text
    people.manager.follow(page.form("Record the decision").send())
    assert history()[-1].over_dispute.words == "The call log settles it."
    for who in ("manager", "auditor", "lead", "caseworker"):
        listed = getattr(people, who).open("/decided-over-dispute")
        assert "The call log settles it." in listed.text
        assert f"{PRACTICE}/entries/3" in listed.links.values()
    assert "No decision was taken over a dispute" in people.stranger.open("/decided-over-dispute").text
    assert people.administrator.open("/decided-over-dispute").status == 403


def test_the_question_is_put_only_where_something_is_disputed(people, talk, record):
    assert "although it is disputed" not in people.manager.open(f"{PRACTICE}/decide-tier").text
    record("caseworker", a.record_conversation(said="Another."))
    record("lead", a.dispute_entry(version=4))
    page = decision(people, over_dispute="For no reason.")
    assert page.status == 422
    assert "Nothing that you chose is disputed" in page.errors["#over_dispute"]
    assert decision(people).heading.endswith("Check your answers")


def test_nobody_has_decided_over_a_dispute_yet(people):
    page = people.manager.open("/decided-over-dispute")
    assert "No decision was taken over a dispute" in page.text
    assert "/decided-over-dispute" in people.manager.open("/practices").links.values()


# --- my work


def test_my_work_lists_what_waits_for_my_organisations_answer(people, talk, record):
    page = people.lead.open("/")
    assert "Conversations to agree" in page.text
    assert f"{PRACTICE}/entries/3" in page.links.values()
    assert "Conversations to agree" not in people.caseworker.open("/").text
    record("manager", a.name_caseworker(caseworker="person-caseworker"))
    record("lead", a.amend_entry(version=3))
    assert "Conversations to agree" not in people.lead.open("/").text
    assert "Conversations to agree" in people.caseworker.open("/").text
    assert "Conversations to agree" not in people.colleague.open("/").text
    record("colleague", a.agree_entry(version=3))
    assert "Conversations to agree" not in people.caseworker.open("/").text


def test_my_work_tells_of_no_text_that_is_not_for_both(people, record):
    for closed in (Visibility.INTERNAL, Visibility.RESTRICTED):
        record("caseworker", a.record_conversation(visibility=closed))
    assert "Conversations to agree" not in people.lead.open("/").text

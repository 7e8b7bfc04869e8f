"""The practice copy: what a practice may see of its own record, and never a word that is the organisations' own."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date

from application.practice_copy import as_of
from domain.practice.events import StepWeighed
from domain.practice.kinds import LesserStep, ParticipantRole, Side, Travel, Visibility
from domain.practice.practice import replay
from domain.rules import Sealed
from tests.domain.everything import everything
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, by, given
from web.practices.copied import digest, reasons_not_told, sections
from web.practices.told import Names

COPY = f"/practices/{a.CODE}/practice-copy"
THEIRS = (
    a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),
    a.attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
)
WITH_US = (
    a.attendee(side=Side.CONTRACT_HOLDER),
    a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),
)

MAY_SEE = {
    "ActionProposed.issue",
    "ActionProposed.plan_id",
    "ActionProposed.success_measure",
    "BreachIdentified.what",
    "BreachNoticeDrafted.provision",
    "BreachNoticeDrafted.reasons",
    "ContractSigned.reference",
    "ConversationRecorded.said",
    "ConversationRecorded.subject",
    "DetailsChanged.address",
    "DetailsChanged.name",
    "DetailsChanged.telephone",
    "DocumentAttached.title",
    "EntryAmended.said",
    "FactualChallengeDecided.reason",
    "FactualChallengeMade.instead",
    "FactualChallengeMade.wrong",
    "FlagExplained.words",
    "LetterWritten.signed_as",
    "LetterWritten.subject",
    "LetterWritten.text",
    "PracticeResponseReceived.responded_by",
    "PracticeResponseReceived.words",
    "PracticeTold.told",
    "PracticeTold.told_to",
    "RemedialNoticeDrafted.provision",
    "RemedialNoticeDrafted.reasons",
    "RemedialNoticeDrafted.steps",
    "SanctionProposed.effect",
    "SanctionProposed.provision",
    "SanctionProposed.reasons",
    "TerminationNoticeDrafted.patients",
    "TerminationNoticeDrafted.provision",
    "TerminationNoticeDrafted.reasons",
}
"""The words of facts that a practice may read, typed by hand: everything else is the organisations' own."""


def text_of(practice):
    made = sections(practice, Names())
    return "\n".join(
        text
        for section in made
        for item in section.items
        for text in (item.heading, *item.notes, *(part for pair in item.words for part in pair))
    )


def copied(*facts):
    practice = given(*facts).practice()
    return text_of(as_of(practice, practice.version))


def marked(value, name):
    """A fact in which every typed text says of which fact and field it is."""
    if isinstance(value, Sealed):
        return Sealed(f"«{name}»")
    if isinstance(value, tuple):
        return tuple(marked(one, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        kind = name or type(value).__name__
        return replace(
            value,
            **{
                field.name: marked(getattr(value, field.name), f"{kind.partition('.')[0]}.{field.name}")
                for field in fields(value)
            },
        )
    return value


def test_the_copy_holds_no_word_but_those_that_a_practice_may_see():
    history = [entry._replace(fact=marked(entry.fact, "")) for entry in everything()]
    practice = replay(history)
    found = set(re.findall("«(.*?)»", text_of(as_of(practice, practice.version))))
    assert found <= MAY_SEE
    # Whatever the list is for is there: the test would not see a copy that is empty.
    assert {
        "ConversationRecorded.subject",
        "EntryAmended.said",
        "PracticeTold.told",
        "ActionProposed.issue",
    } <= found


def test_a_conversation_without_the_practice_is_not_in_its_copy():
    between = a.conversation_recorded(participants=WITH_US, said=Sealed("We doubt the rota."))
    talk = a.conversation_recorded(said=Sealed("The rota has begun."))
    text = copied(between, talk)
    assert "The rota has begun." in text
    assert "We doubt the rota." not in text


def test_what_an_organisation_keeps_to_itself_is_in_no_copy_whoever_prints_it():
    for closed in (Visibility.INTERNAL, Visibility.RESTRICTED):
        talk = a.conversation_recorded(said=Sealed("They are short of a partner."), visibility=closed)
        for told in (talk, by(LEAD, talk)):
            assert "short of a partner" not in copied(told)


def test_the_copy_and_its_digest_are_the_same_for_both_organisations_and_the_auditor(people, record):
    record("caseworker", a.record_conversation(visibility=Visibility.INTERNAL, said="Ours alone."))
    record(
        "lead",
        a.record_conversation(visibility=Visibility.RESTRICTED, said="Theirs alone.", attendees=THEIRS),
    )
    record("caseworker", a.record_conversation(said="The rota has begun."))
    found = set()
    for who in ("caseworker", "manager", "lead", "auditor"):
        page = getattr(people, who).open(f"{COPY}?version=5")
        assert page.status == 200
        (article,) = page.all("article")
        text = "".join(article.itertext())
        assert "The rota has begun." in text
        assert "alone" not in text
        found.add(re.search("[0-9a-f]{64}", text)[0])
    assert len(found) == 1


def test_reasons_of_a_decision_are_in_the_copy_once_the_practice_was_told_of_it():
    decided = by(MANAGER, a.tier_decided(rationale=Sealed("Calls go unanswered.")))
    practice = given(decided).practice()
    assert [one.version for one in reasons_not_told(practice)] == [3]
    assert "Calls go unanswered." not in text_of(practice)
    told = given(decided, a.practice_told(about=(f"{a.CODE}/3",))).practice()
    assert reasons_not_told(told) == []
    assert "Calls go unanswered." in text_of(told)


def test_from_the_copy_one_comes_to_record_that_the_practice_was_told_of_a_decision(people, record, history):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    page = people.caseworker.open(COPY)
    (link,) = (one.get("href") for one in page.all("a") if "about=" in (one.get("href") or ""))
    form = people.caseworker.open(link).form("Record it")
    assert form.fields.getlist("about") == [f"{a.CODE}/4"]
    assert form.send(told="Why.", told_to="Practice manager", channel="phone").status == 303
    assert history()[-1].about == (f"{a.CODE}/4",)
    assert "about=" not in people.caseworker.open(COPY).html
    assert "about=" not in people.auditor.open(COPY).html


def test_a_proposal_is_the_organisations_own_until_both_agree_or_the_practice_answers():
    proposed = a.action_proposed(action_id="action-0000aaaa", issue=Sealed("Open a second line."))
    assert "second line" not in copied(proposed)
    assert "second line" in copied(proposed, a.action_answered(action_id="action-0000aaaa"))
    both = (
        by(MANAGER, a.action_agreed(action_id="action-0000aaaa")),
        by(
            LEAD,
            a.action_agreed(
                action_id="action-0000aaaa", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
            ),
        ),
    )
    assert "second line" not in copied(proposed, both[0])
    assert "second line" in copied(proposed, *both)


def test_what_was_withdrawn_is_in_no_later_copy_and_stays_in_the_one_that_was_given():
    history = given(a.conversation_recorded(said=Sealed("Of another.")), a.fact_withdrawn(corrects=3))
    practice = history.practice()
    assert "Of another." in text_of(as_of(practice, 3))
    assert "Of another." not in text_of(as_of(practice, 4))


NOTICE, BREACH = "notice-0000aaaa", "breach-0000aaaa"
CONTRACT = {"contract_id": "contract-0000aaaa"}


def issued():
    return (
        a.contract_signed(**CONTRACT),
        a.breach_identified(breach_id=BREACH, what=Sealed("Closed on Fridays."), **CONTRACT),
        a.remedial_notice_drafted(
            notice_id=NOTICE, breaches=(BREACH,), steps=Sealed("Open on Fridays."), **CONTRACT
        ),
        a.notice_issued(notice_id=NOTICE, occurred_on=date(2026, 11, 19)),
    )


def test_a_notice_says_what_the_breach_was_and_what_must_be_done():
    told = copied(*issued())
    assert "Closed on Fridays." in told
    assert "Open on Fridays." in told


def test_a_notice_withdrawn_before_it_counted_as_given_never_counted():
    served = a.notice_served(notice_id=NOTICE, occurred_on=date(2026, 11, 19), deemed_on=date(2026, 11, 22))
    assert "Counts as given on 22 November 2026" in copied(*issued(), served)
    withdrawn = a.notice_withdrawn(notice_id=NOTICE, occurred_on=date(2026, 11, 20))
    told = copied(*issued(), served, withdrawn)
    assert "Withdrawn on 20 November 2026, before it counted as given" in told
    assert "22 November 2026" not in told


def test_the_digest_is_of_every_word():
    one, other = (
        sections(given(a.conversation_recorded(said=Sealed(said))).practice(), Names())
        for said in ("The rota has begun.", "The rota has begun!")
    )
    again = sections(given(a.conversation_recorded(said=Sealed("The rota has begun."))).practice(), Names())
    assert digest(one) == digest(again)
    assert digest(one) != digest(other)


def test_that_the_practice_was_given_a_copy_is_recorded_with_its_digest_and_proved_by_it(people, history):
    page = people.caseworker.open(COPY)
    form = people.caseworker.open(page.links["Record that the practice was given this copy"]).form(
        "Record it"
    )
    assert form.send(told_to="Practice manager", channel="letter_or_email").status == 303
    (fact,) = history()
    assert fact.copy_to == 2
    assert fact.told.words == "A copy of its record."
    assert fact.copy_sha256 in page.text
    again = people.lead.open(f"{COPY}?version=2")
    assert "Its digest is the one that was recorded then." in again.text
    assert "The practice was given this copy on" not in people.lead.open(COPY).text


def test_there_is_a_copy_up_to_what_was_recorded_and_no_further(people):
    for version in ("0", "3", "x", "-1", "²"):
        assert people.caseworker.open(f"{COPY}?version={version}").status == 404
    assert people.caseworker.open(f"/practices/{a.CODE.lower()}/practice-copy").status == 301
    assert people.stranger.open(COPY).status in {403, 404}


def test_of_a_decision_that_it_was_told_of_the_practice_reads_what_is_meant_for_it():
    named = (
        "asked_for", "de_escalation", "outcome", "consulted", "no_view_because", "answered", "not_waited_because",
        "differs_because", "immediate_safety", "over_dispute",
    )  # fmt: skip
    decided = a.tier_decided(
        rationale=Sealed("«rationale»"),
        direction=Travel.WORSENING,
        steps=(StepWeighed(step=LesserStep.VISIT, taken=False, words=Sealed("«step»")),),
        **{name: Sealed(f"«{name}»") for name in named},
    )
    assert "orsening" not in copied(by(MANAGER, decided))
    text = copied(by(MANAGER, decided), a.practice_told(about=(f"{a.CODE}/3",)))
    assert set(re.findall("«(.*?)»", text)) == {"rationale", "asked_for", "de_escalation"}
    assert "As we see it, you are worsening" in text

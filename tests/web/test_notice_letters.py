"""The statutory letter of a notice: whole or not issued, the same bytes each time, with its digest in the record."""

import json
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from types import SimpleNamespace

import pytest

from application import notice_letter
from application.notice_letter import letter_of, with_letter
from application.sealing import SealBroken
from domain.access.commands import AddPerson, NameOrganisation, SucceedOrganisation
from domain.practice.events import NoticeIssued, Participant
from domain.practice.kinds import ParticipantRole, Side
from domain.rules import RuleBroken, Sealed, operator
from tests.support import factories as a
from tests.support.given import given as told_of
from tests.web.sent import BREACH, CONTRACT, ENDING, LATER, NOTICE, drafted, notice_issued
from tests.web.test_erased import keys_of
from web.practices import notice_letters

LETTER = f"/practices/{a.CODE}/notices/{NOTICE}/letter"


@pytest.fixture
def given(record):
    def give(told):
        for who, command in told:
            record(who, command)

    return give


NAMED = notice_letter.Named(lambda code, on, by: "North Moor area team", lambda person, by: "Helen Ford")
OURS = (Participant(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),)
MANAGER = SimpleNamespace(person="person-manager01", role="manager")


def draft_of(drafted, *before, contract=None, **with_it):
    """A practice with a draft of this kind, after its contract, a breach and what is given."""
    more = {"contract_id": CONTRACT, "notice_id": NOTICE}
    of_notices = drafted in {a.sanction_proposed, a.termination_notice_drafted}
    about = {"rests_on": ()} if of_notices else {"breaches": (BREACH,)}
    return told_of(
        a.contract_signed(contract_id=CONTRACT, **(contract or {})),
        a.breach_identified(breach_id=BREACH, contract_id=CONTRACT),
        *before,
        drafted(**{**more, **about, **with_it}),
    ).practice()


def text_of(practice, form=3):
    fact = a.notice_issued(notice_id=NOTICE, occurred_on=date(2026, 11, 12))
    by = notice_letter.By(MANAGER.person, MANAGER.role)
    return notice_letter._made(practice, practice.notices[NOTICE], fact, None, NAMED, by, form).text


def article(page):
    (found,) = page.all("article")
    return "".join(found.itertext())


def issued(casebook):
    facts = [entry.fact for entry in casebook.history(f"practice-{a.CODE}")]
    return next(fact for fact in facts if isinstance(fact, NoticeIssued))


def test_a_draft_that_changed_while_its_issuer_read_it_is_shown_again_before_it_is_issued(
    people, given, record, casebook
):
    given(drafted())
    checked = people.manager.open(f"/practices/{a.CODE}/issue-notice?notice_id={NOTICE}").form()
    checked = checked.send(
        answered="It opened on Friday.",
        not_consulted_because="None.",
        appeal_rights="R.",
        appeal_body="B.",
        appeal_address="A.",
        proportionality="P.",
    ).form()
    (version,) = (
        one.version
        for one in casebook.history(f"practice-{a.CODE}")
        if type(one.fact).__name__ == "RemedialNoticeDrafted"
    )
    record("colleague", a.correct_fact(version=version, fields={"steps": "Close."}))
    page = checked.send()
    assert page.status == 409
    assert "Corrected: Remedial notice drafted" in page.text
    assert page.form().fields["answered"] == "It opened on Friday."
    assert not any(isinstance(one.fact, NoticeIssued) for one in casebook.history(f"practice-{a.CODE}"))
    assert page.form().send().form().send().status == 303


def checked(people):
    """The form of issuing, filled in and checked."""
    form = people.manager.open(f"/practices/{a.CODE}/issue-notice?notice_id={NOTICE}").form()
    return form.send(
        answered="It opened on Friday.",
        not_consulted_because="None.",
        appeal_rights="R.",
        appeal_body="B.",
        appeal_address="A.",
        proportionality="P.",
    )


def test_an_address_that_changed_while_the_issuer_read_the_draft_is_shown_before_it_is_issued(
    people, given, record, casebook
):
    given(drafted())
    record("manager", a.address_organisation(address="Fell House", from_on=date(2026, 9, 1)), a.HOLDER)
    page = checked(people)
    assert "Fell House" in page.text
    record("other_manager", a.address_organisation(address="Moor House", from_on=date(2026, 9, 1)), a.HOLDER)
    refused = page.form().send()
    assert refused.status == 422
    assert "The letter reads otherwise than when you opened this form" in refused.text
    assert "Moor House" in refused.text
    assert refused.form().fields["answered"] == "It opened on Friday."
    assert not any(isinstance(one.fact, NoticeIssued) for one in casebook.history(f"practice-{a.CODE}"))
    assert refused.form().send().form().send().status == 303
    assert "Moor House" in article(people.lead.open(LETTER))


def test_the_letter_of_a_draft_has_the_address_of_today_and_what_is_issued_has_that_of_its_own_day(
    people, given, record
):
    given(drafted())
    for address, from_on in (("Fell House", date(2026, 9, 1)), ("Moor House", date(2027, 1, 4))):
        record("manager", a.address_organisation(address=address, from_on=from_on), a.HOLDER)
    page = checked(people)
    for shown in (article(people.manager.open(LETTER)), page.text):
        assert "Fell House" in shown
        assert "Moor House" not in shown
    assert page.form().send().status == 303
    assert "Fell House" in article(people.lead.open(LETTER))


def test_a_draft_has_its_letter_as_far_as_it_goes_and_says_what_is_missing(people, given):
    given(drafted())
    page = people.manager.open(LETTER)
    assert "Draft: not issued" in article(page)
    assert "Before it can be issued, the letter needs:" in page.text
    assert "Nobody issued it, and the contractor has not had it." in page.text
    assert "Draft, not issued" in people.caseworker.open(f"/practices/{a.CODE}").text
    assert "a draft, not issued" in people.caseworker.open(f"/practices/{a.CODE}/contract").text
    assert "how it may be disputed" in page.text
    assert "Issue it" in page.links
    assert people.manager.open(f"{LETTER}.txt").status == 404
    assert "Issue it" not in people.caseworker.open(LETTER).links


def test_a_draft_is_not_there_for_the_other_organisation(people, given):
    given(drafted())
    assert people.lead.open(LETTER).status == 404
    for address in ("", "/contract", "?kind=contract"):
        assert "draft" not in people.lead.open(f"/practices/{a.CODE}{address}").text.lower()


def test_what_is_issued_is_no_draft_any_more(people, given):
    given(notice_issued())
    assert "Draft, not issued" not in people.lead.open(f"/practices/{a.CODE}").text


def test_what_is_issued_holds_the_digest_of_its_letter_whatever_was_said_it_was(people, given, casebook):
    given(notice_issued())
    fact = issued(casebook)
    file = people.lead.open(f"{LETTER}.txt")
    assert sha256(file.html.encode()).hexdigest() == fact.letter_sha256
    assert fact.letter_sha256 != a.issue_notice(notice_id=NOTICE).letter_sha256
    told = article(people.lead.open(LETTER))
    for words in (
        fact.appeal_rights.words,
        fact.appeal_body.words,
        fact.appeal_address.words,
        "within 3 days",
        "local medical committee",
        "North Moor area team",
    ):
        assert words in told
    assert fact.letter_sha256 not in told
    assert fact.letter_sha256 in people.lead.open(LETTER).text
    assert "not the letter that was recorded" not in people.lead.open(LETTER).text


def test_a_letter_has_the_address_that_it_comes_from_of_its_own_day(people, given, record, casebook):
    given(drafted())
    draft = people.other_manager.open(LETTER)
    assert "It has not the address of North Moor area team either" in draft.text
    form = people.other_manager.open(draft.links["Record the address"]).form()
    assert form.send(address="Fell House\nLarkdale LK1 1AA", from_on=(1, 9, 2026)).status == 303
    assert "nobody has recorded" not in people.other_manager.open(LETTER).text
    given(notice_issued()[len(drafted()) :])
    before = people.lead.open(f"{LETTER}.txt").html
    assert before.startswith("North Moor area team\nFell House\nLarkdale LK1 1AA\n\n")
    assert "Form of letter 5" in before
    record("manager", a.address_organisation(address="Moor House", from_on=date(2026, 9, 1)), a.HOLDER)
    assert people.lead.open(f"{LETTER}.txt").html == before
    assert "Fell House" in article(people.lead.open(LETTER))


def test_a_letter_keeps_the_address_that_it_came_from_when_its_sender_is_succeeded_later(
    people, given, record, casebook
):
    given(drafted())
    record("manager", a.address_organisation(address="Fell House", from_on=date(2026, 9, 1)), a.HOLDER)
    given(notice_issued()[len(drafted()) :])
    before = people.lead.open(f"{LETTER}.txt").html
    succeeded(casebook, from_on=date(2026, 9, 1))
    assert people.lead.open(f"{LETTER}.txt").html == before
    assert "not the letter that was recorded" not in people.lead.open(LETTER).text


def test_after_a_succession_the_letter_comes_from_where_the_successor_is(people, given, casebook):
    given(drafted())
    by = succeeded(casebook, from_on=date(2026, 9, 1))
    casebook.handle(a.CODE, a.issue_notice(notice_id=NOTICE), by, command_id=a.new_id("command"))
    text = people.lead.open(f"{LETTER}.txt").html
    assert text.startswith("North Moor area team\nNew House\nNew Moor NM1 1AA\n\n")
    assert sha256(text.encode()).hexdigest() == issued(casebook).letter_sha256


def succeeded(casebook, from_on):
    """The holder's successor, which has an address of its own. Gives its manager, asking."""
    manager = "person-newmanag"
    for command in (
        AddPerson(
            person_id=manager, name="Nia Hale", email="nia@example.org", role="manager", organisation="Q77"
        ),
        NameOrganisation(
            code="Q77",
            name="New Moor team",
            kind="area_team",
            label="area team",
            part_of="Y99",
            from_on=from_on,
        ),
        SucceedOrganisation(code="Q77", predecessor=a.HOLDER, from_on=from_on),
        a.address_organisation(code="Q77", address="New House\nNew Moor NM1 1AA", from_on=from_on),
    ):
        key = manager if isinstance(command, AddPerson) else "Q77"
        casebook.handle(key, command, operator(casebook.clock()), command_id=a.new_id("command"))
    return casebook.asked_as(manager)


@pytest.mark.parametrize("hours", [1, -1], ids=["the clock went on", "the clock was set back"])
def test_the_letter_stays_as_it_was_issued_whatever_is_recorded_later(people, given, record, casebook, hours):
    given(notice_issued())
    before = people.lead.open(f"{LETTER}.txt").html
    record("caseworker", a.change_details(name="Otherwise Surgery"))
    renamed = NameOrganisation(
        code=a.HOLDER, name="Another area team", kind="area_team", label="area team", part_of="Y99",
        from_on=date(2013, 4, 1),
    )  # fmt: skip
    casebook.clock.at += timedelta(hours=hours)
    casebook.handle(a.HOLDER, renamed, operator(casebook.clock()), command_id=a.new_id("command"))
    assert people.lead.open(f"{LETTER}.txt").html == before
    page = people.lead.open(LETTER)
    assert "Otherwise Surgery" not in article(page)
    assert "not the letter that was recorded" not in page.text


def test_both_organisations_are_shown_the_one_letter_that_was_issued(people, given, record, casebook):
    """What it rests on may be closed later: the letter was sent all the same."""
    given(notice_issued())
    record("caseworker", a.record_conversation(entry_id="entry-evidence1"))
    version = casebook.history(f"practice-{a.CODE}")[-1].version
    ends = {"notice_id": LATER, "termination_id": ENDING, "contract_id": CONTRACT, "rests_on": ()}
    record(
        "caseworker",
        a.draft_termination_notice(
            **ends,
            entitlement="serious_risk",
            evidence=(f"{a.CODE}/{version}",),
            effective_on=date(2027, 1, 31),
        ),
    )
    record("manager", a.issue_notice(notice_id=LATER))
    record("caseworker", a.change_visibility(version=version, visibility="internal"))
    letter = f"/practices/{a.CODE}/notices/{LATER}/letter"
    page = people.lead.open(letter)
    assert f"{a.CODE}/{version}" in article(page)
    assert "not the letter that was recorded" not in page.text
    assert people.lead.open(f"{letter}.txt").html == people.manager.open(f"{letter}.txt").html


def made_up_of(form):
    """The letter of a practice whose partners have changed, as it was issued in this form."""
    changed = a.contractor_composition_changed(
        contract_id=CONTRACT,
        left=(Sealed("Dr old"),),
        joined=(Sealed("Dr New, GMC 1234567"),),
        effective_on=date(2026, 9, 2),
    )
    facts = (
        a.contract_signed(contract_id=CONTRACT, parties=(Sealed("Dr Old"), Sealed("Dr Stays"))),
        changed,
        replace(changed, left=(), joined=(Sealed("Dr Later"),), effective_on=date(2026, 9, 4)),
        a.breach_identified(breach_id=BREACH, contract_id=CONTRACT),
        a.remedial_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,)),
    )
    before = told_of(*facts).practice()
    fact = a.notice_issued(notice_id=NOTICE, occurred_on=date(2026, 9, 3))
    made = notice_letter._made(before, before.notices[NOTICE], fact, None, NAMED, None, form)
    after = told_of(*facts, replace(fact, letter_sha256=made.digest)).practice()
    return letter_of(after, after.notices[NOTICE], NAMED), made


def test_a_letter_is_addressed_to_those_who_the_contractor_is_made_of_on_its_day():
    letter, made = made_up_of(2)
    assert letter == made
    assert letter.to[:2] == ("Dr Stays", "Dr New")


def test_a_letter_issued_in_the_first_form_stays_addressed_to_who_signed():
    letter, made = made_up_of(1)
    assert letter == made
    assert letter.to[:2] == ("Dr Old", "Dr Stays")
    assert "Form of letter 1" in letter.text


@pytest.mark.parametrize(
    ("drafted", "first", "second"),
    [
        (a.remedial_notice_drafted, "f9a6a9fad75fff80", "c3b0baa82568866f"),
        (a.breach_notice_drafted, "84fd883966aa90e3", "70324350a66909b7"),
        (a.sanction_proposed, "3e59a533dec7a266", "c82d0fd2988395d9"),
        (a.termination_notice_drafted, "d58432a4abc07a52", "425b3275c48d8d1a"),
    ],
)
def test_letters_of_earlier_forms_are_the_bytes_that_were_issued(drafted, first, second):
    """The digests were taken when those forms were the newest."""
    more: dict[str, object] = {}
    if drafted in {a.sanction_proposed, a.termination_notice_drafted}:
        more["evidence"] = (f"{a.CODE}/1",)
    if drafted is a.sanction_proposed:
        more["obligations"] = Sealed("Friday clinic")
    practice = draft_of(drafted, **more)
    made = [sha256(text_of(practice, form).encode()).hexdigest()[:16] for form in (1, 2)]
    assert made == [first, second]


def test_the_letter_has_the_postcode_and_is_signed_by_who_issued_it_with_lines_to_sign(people, given):
    given(
        (("caseworker", a.change_details(address="4 Larkfield Road", postcode="LS12 9ZZ")), *notice_issued())
    )
    told = people.lead.open(f"{LETTER}.txt").html
    assert "4 Larkfield Road\nLS12 9ZZ" in told.partition("REMEDIAL NOTICE")[0]
    signed, _, receipt = told.partition("RECEIPT")
    assert "Signature: ____" in signed
    assert "Martin Lee\nManager, North Moor area team" in signed
    for line in ("Signature: ____", "Name: ____", "Date: ____"):
        assert line in receipt


def test_an_address_for_notices_elsewhere_takes_no_postcode_of_the_practice():
    elsewhere = {"notice_address": Sealed("1 Solicitors Row\nLeeds LS1 1ZZ")}
    moved = a.details_changed(address=Sealed("4 Larkfield Road"), postcode="LS12 9ZZ", changes=())
    letter = text_of(draft_of(a.remedial_notice_drafted, moved, contract=elsewhere))
    assert "Solicitors Row" in letter
    assert "LS12 9ZZ" not in letter


def test_the_evidence_is_told_in_the_words_that_the_contractor_may_read():
    with_it = a.conversation_recorded(subject=Sealed("Closed on Fridays"))
    among_us = a.conversation_recorded(participants=OURS, subject=Sealed("Between ourselves"))
    practice = draft_of(
        a.termination_notice_drafted,
        with_it,
        among_us,
        a.intelligence_recorded(),
        evidence=tuple(f"{a.CODE}/{version}" for version in (4, 5, 6, 7)),
    )
    letter = text_of(practice)
    breach = practice.standing[4].fact
    assert f"Entry {a.CODE}/4 of our record of you: a breach identified, " in letter
    assert breach.what.words.rstrip(".") in letter
    assert f"Entry {a.CODE}/5 of our record of you: a conversation with you by telephone, " in letter
    assert ": Closed on Fridays." in letter
    assert f"Entry {a.CODE}/6 of our record of you: a conversation about you, " in letter
    assert "Between ourselves" not in letter
    assert f"Entry {a.CODE}/7 of our record of you: information that we received, " in letter
    assert practice.standing[7].fact.summary.words not in letter


def test_a_sanction_of_money_says_no_services_and_one_of_services_no_sum():
    typed = {
        "services": ("enhanced",),
        "obligations": Sealed("Friday clinic"),
        "sum_withheld": Sealed("£1,200"),
    }
    withheld = text_of(draft_of(a.sanction_proposed, **typed))
    assert "£1,200" in withheld
    assert "Friday clinic" not in withheld
    assert "Services:" not in withheld
    ended = text_of(draft_of(a.sanction_proposed, kind="end_obligations", effect=Sealed("E"), **typed))
    assert "Friday clinic" in ended
    assert "£1,200" not in ended


def test_an_entry_in_the_list_is_not_called_a_contract():
    listed = {"contract_type": "pharmaceutical_list", "reference": Sealed("FA123-L")}
    letter = text_of(draft_of(a.termination_notice_drafted, contract=listed))
    assert "Entry in the pharmaceutical list FA123-L." in letter
    assert "NOTICE OF REMOVAL FROM THE PHARMACEUTICAL LIST" in letter
    assert "Contract FA123-L" not in letter


def test_a_letter_that_does_not_say_who_gives_it_is_not_issued():
    practice = draft_of(a.remedial_notice_drafted)
    practice.responsibilities.clear()
    with pytest.raises(RuleBroken) as refused:
        with_letter([a.notice_issued(notice_id=NOTICE)], practice, NAMED, MANAGER)
    assert refused.value.rule == "a-notice-is-issued-with-its-whole-letter"
    assert "who gives it" in str(refused.value)


@pytest.mark.parametrize(
    ("drafted", "says"),
    [
        (a.remedial_notice_drafted, "You must do this within 28 days."),
        (a.breach_notice_drafted, "You must not repeat this breach."),
        (
            a.sanction_proposed,
            "Money payable under the contract is withheld or deducted from 12 November 2026.",
        ),
        (a.termination_notice_drafted, "The contract ends on 12 November 2026."),
    ],
)
def test_each_kind_of_notice_says_what_it_asks_and_why(drafted, says):
    practice = draft_of(drafted)
    fact = practice.standing[practice.notices[NOTICE].version].fact
    (issued,) = with_letter([a.notice_issued(notice_id=NOTICE)], practice, NAMED, MANAGER)
    letter = letter_of(practice, practice.notices[NOTICE], NAMED)
    assert says in letter.text
    assert fact.reasons.words in letter.text
    assert fact.provision.words in letter.text
    assert len(issued.letter_sha256) == 64
    assert with_letter([a.notice_issued(notice_id=NOTICE)], practice, NAMED, MANAGER) == [issued]


def test_there_is_a_letter_of_a_notice_of_this_practice_only(people, given):
    given(drafted())
    assert people.manager.open(f"/practices/{a.CODE}/notices/notice-of-another/letter").status == 404
    assert people.manager.open(f"/practices/{a.CODE.lower()}/notices/{NOTICE}/letter").status == 301
    assert people.stranger.open(LETTER).status in {403, 404}


def test_a_letter_whose_words_do_not_open_says_so(people, given, monkeypatch):
    given(notice_issued())

    def altered(*_):
        raise SealBroken

    monkeypatch.setattr(notice_letters, "letter_of", altered)
    for address in (LETTER, f"{LETTER}.txt"):
        page = people.lead.open(address)
        assert page.status == 500
        assert "This letter cannot be made again" in page.text


@pytest.fixture
def erase(casebook):
    """Destroy the keys of all words of an organisation or a practice, as an erasure would."""

    def erased(stream):
        gone = {key for _, _, state in casebook.recorder.stored(stream) for key in keys_of(json.loads(state))}
        assert gone
        casebook.stores.keys.destroy(gone)
        casebook.recorder.at_hand._kept.clear()

    return erased


def test_an_address_that_was_erased_is_said_to_be_and_is_recorded_again_before_a_notice_is_issued(
    people, given, record, erase
):
    given(drafted())
    record("manager", a.address_organisation(address="Fell House", from_on=date(2026, 9, 1)), a.HOLDER)
    erase(f"organisation-{a.HOLDER}")
    draft = people.other_manager.open(LETTER)
    assert draft.status == 200
    assert "The address of North Moor area team does not open any more" in draft.text
    with pytest.raises(RuleBroken, match="Record where it is, then issue the notice"):
        given(notice_issued()[len(drafted()) :])
    page = people.other_manager.open(draft.links["Record the address"])
    assert (page.status, "does not open any more" in page.text) == (200, True)
    assert page.form().fields["address"] == ""
    assert page.form().send(address="Moor House", from_on=(1, 9, 2026)).status == 303
    assert "does not open" not in people.other_manager.open(LETTER).text
    given(notice_issued()[len(drafted()) :])
    assert "Moor House" in article(people.lead.open(LETTER))


@pytest.mark.parametrize("stream", [f"organisation-{a.HOLDER}", f"practice-{a.CODE}"])
def test_a_letter_of_which_words_were_erased_is_said_to_be_gone(people, given, record, erase, stream):
    given(drafted())
    record("manager", a.address_organisation(address="Fell House", from_on=date(2026, 9, 1)), a.HOLDER)
    given(notice_issued()[len(drafted()) :])
    erase(stream)
    for address in (LETTER, f"{LETTER}.txt", f"{LETTER}.pdf"):
        page = people.lead.open(address)
        assert (page.status, page.heading) == (410, "This letter cannot be made again")


def test_a_draft_that_was_withdrawn_is_not_offered_to_be_issued_and_its_form_is_barred(people, given):
    given(drafted())
    given([("manager", a.withdraw_notice(notice_id=NOTICE))])
    page = people.manager.open(LETTER)
    assert "This draft was withdrawn on" in page.text
    assert "Issue it" not in page.text
    barred = people.manager.open(f"/practices/{a.CODE}/issue-notice?notice_id={NOTICE}")
    assert (barred.status, "This notice was withdrawn: draft another." in barred.text) == (409, True)

"""The pages that are read: every kind of fact, empty and too much, whose they are, and what may be done on them.

Every page that is opened here is parsed strictly and looked over (see `person.Page`).
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from application.recording import Sent
from application.tables import access_log
from domain.practice import events as e
from domain.practice.kinds import Side, Visibility
from domain.rules import Recorded, Sealed
from tests.domain.everything_of_the_ladder import ladder
from tests.support import factories as a
from tests.support.given import By
from tests.web.person import words_of

PRACTICE = f"/practices/{a.CODE}"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

WHO = {
    "caseworker": ("person-caseworker", a.HOLDER),
    "manager": ("person-manager01", a.HOLDER),
    "lead": ("person-lead0001", a.COMMISSIONER),
    "operator": ("operator", None),
}


@pytest.fixture
def tell(casebook):
    """Facts straight into the practice's record, each by the caseworker unless it comes as (role, fact)."""

    def told(*facts, code=a.CODE):
        stream = f"practice-{code}"
        version = len(casebook.history(stream))
        recorded = []
        for number, one in enumerate(facts, start=version + 1):
            role, fact = one if isinstance(one, tuple) else ("caseworker", one)
            person, organisation = WHO[role]
            recorded.append(
                Recorded(
                    stream=stream,
                    version=number,
                    position=0,
                    recorded_at=NOW + timedelta(seconds=number),
                    person=person,
                    organisation=organisation,
                    role=role,
                    on_behalf_of=None,
                    command_id=a.new_id("command"),
                    corrects=getattr(fact, "corrects", None),
                    fact=fact,
                )
            )
        casebook.recorder.append(recorded, [Sent(one.command_id, b"digest", 1) for one in recorded])
        return [one.version for one in recorded]

    return told


FLAG, ACTION, HEARD = "flag-0000000a", "action-0000000a", "intelligence-0000000a"
PROPOSAL, REQUEST, CONTRACT = "proposal-0000000a", "request-0000000a", "contract-0000000a"

ACCESS, EMERGENCY = "access-0000000a", "access-0000000b"

_LADDER = {
    type(told.fact if isinstance(told, By) else told): ("manager", told.fact)
    if isinstance(told, By)
    else told
    for told in ladder(CONTRACT)
}
"""The last fact of each kind of the ladder."""

EVERY_KIND = (
    a.details_changed(),
    a.responsibility_assigned(
        before_contract_holder=a.HOLDER, local_commissioner=a.COMMISSIONER, occurred_on=date(2026, 3, 1)
    ),
    a.caseworker_named(caseworker="person-caseworker"),
    a.contract_signed(contract_id=CONTRACT),
    a.contract_varied(contract_id=CONTRACT),
    a.flag_raised(flag_id=FLAG, note=Sealed("Outside its limits.")),
    a.flag_explained(flag_id=FLAG),
    a.flag_cleared(flag_id=FLAG),
    a.flag_reopened(flag_id=FLAG),
    a.flag_withdrawn(flag_id=FLAG),
    a.conversation_recorded(entry_id="entry-0000000a", about_flags=(FLAG,), about_actions=(ACTION,)),
    ("lead", a.conversation_recorded(reply_to="entry-0000000a", occurred_on=date(2026, 11, 12))),
    a.intelligence_recorded(intelligence_id=HEARD, received_from=Sealed("advice service")),
    ("lead", a.intelligence_corroborated(intelligence_id=HEARD, evidence=(f"{a.CODE}/8",))),
    a.intelligence_discounted(intelligence_id=HEARD),
    a.action_proposed(action_id=ACTION, about_flags=(FLAG,)),
    ("manager", a.action_agreed(action_id=ACTION)),
    ("lead", a.action_agreed(action_id=ACTION, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER)),
    a.action_answered(action_id=ACTION),
    a.action_progressed(action_id=ACTION),
    a.action_rescheduled(action_id=ACTION),
    a.action_completed(action_id=ACTION, evidence=(f"{a.CODE}/13",)),
    ("lead", a.action_sent_back(action_id=ACTION)),
    a.action_completed(action_id=ACTION),
    ("lead", a.action_evidence_accepted(action_id=ACTION)),
    a.action_reopened(action_id=ACTION),
    a.action_cancelled(action_id=ACTION),
    a.tier_proposed(proposal_id=PROPOSAL),
    ("manager", a.tier_proposal_declined(proposal_id=PROPOSAL)),
    ("manager", a.tier_decided(inputs=(f"{a.CODE}/8", f"{a.CODE}/13"))),
    ("lead", a.correction_requested(request_id=REQUEST, version=13)),
    ("manager", a.correction_declined(request_id=REQUEST)),
    a.fact_corrected(
        corrects=13,
        fields=(e.CorrectedField(field="channel", before=Sealed('"phone"'), after=Sealed('"visit"')),),
    ),
    ("lead", a.fact_withdrawn(corrects=14)),
    a.practice_closed(closed_on=a.TODAY, occurred_on=a.TODAY),
    a.practice_reopened(),
    a.conversation_recorded(visibility=Visibility.RESTRICTED),
    a.visibility_changed(version=39, before=Visibility.INTERNAL, after=Visibility.RESTRICTED),
    ("lead", a.access_requested(access_id=ACCESS, version=39)),
    ("manager", a.access_granted(access_id=ACCESS, version=39, person="person-lead0001")),
    ("manager", a.access_declined(access_id=ACCESS, version=39, person="person-lead0001")),
    ("lead", a.emergency_access_taken(access_id=EMERGENCY, version=39)),
    ("manager", a.emergency_access_reviewed(access_id=EMERGENCY, version=39, person="person-lead0001")),
    ("lead", a.entry_disputed(version=13, text_version=35)),
    ("lead", a.entry_amended(version=13, text_version=35)),
    a.entry_agreed(version=13, text_version=47, side=Side.CONTRACT_HOLDER, organisation=a.HOLDER),
    ("lead", a.position_stated(concern=FLAG)),
    (
        "lead",
        a.threads_joined(join_id="join-0000aaaa", concern=FLAG, entries=(13,), reason=Sealed("Theirs.")),
    ),
    ("lead", a.threads_parted(join_id="join-0000aaaa", concern=FLAG)),
    a.document_attached(about_flags=(FLAG,)),
    a.letter_written(),
    a.practice_told(told_id="told-0000aaaa", about=(f"{a.CODE}/8",)),
    (
        "lead",
        a.practice_response_received(
            told_id="told-0000aaaa",
            points=(e.AnsweredPoint(about=f"{a.CODE}/8", words=Sealed("Three lines were open.")),),
        ),
    ),
    a.factual_challenge_made(
        challenge_id="challenge-0000aaaa", about=f"{a.CODE}/8", instead=Sealed("Three.")
    ),
    ("manager", a.factual_challenge_decided(challenge_id="challenge-0000aaaa")),
    ("manager", a.quality_surveillance_group_referred(evidence=(f"{a.CODE}/8",))),
    a.visit_stage_reached(action_id=ACTION, visit_on=date(2026, 12, 1), words=Sealed("They chose the day.")),
    a.practice_handed_over(caseworker="person-colleague"),
    a.episode_closed(closing_id="closing-0000aaaa", concerns=(FLAG, HEARD)),
    a.episode_reopened(closing_id="closing-0000aaaa"),
    a.provider_named(),
    a.inspection_reported(inspection_id="inspection-0000aaaa", words=Sealed("Vaccine storage.")),
    a.regulatory_action_recorded(regulatory_id="regulatory-0000aaaa", inspection_id="inspection-0000aaaa"),
    a.regulatory_action_ended(regulatory_id="regulatory-0000aaaa"),
    a.expectation_set(expectation_id="expectation-0000aaaa", about=("X90001/3",)),
    a.expectation_moved(expectation_id="expectation-0000aaaa"),
    a.clock_stopped(expectation_id="expectation-0000aaaa"),
    a.clock_restarted(expectation_id="expectation-0000aaaa"),
    a.expectation_answered(expectation_id="expectation-0000aaaa", entry="X90001/3"),
    a.expectation_withdrawn(expectation_id="expectation-0000aaaa"),
    a.declaration_asked_for(),
    a.declaration_submitted(exceptions=Sealed("No hearing loop.")),
    a.declaration_amended(),
    *_LADDER.values(),
    a.list_closure_applied_for(application_id="application-0000aaaa"),
    ("manager", a.list_closure_approved(application_id="application-0000aaaa")),
    ("manager", a.list_closure_extended(application_id="application-0000aaaa")),
    ("manager", a.list_reopened(application_id="application-0000aaaa")),
    ("manager", a.list_closure_refused(application_id="application-0000aaaa")),
    ("manager", a.merger_approved(merger_id="merger-0000aaaa")),
    ("manager", a.practices_merged(merger_id="merger-0000aaaa", open_actions=(ACTION,))),
    a.branch_closure_applied_for(branch_id="branch-0000aaaa"),
    ("manager", a.branch_closure_approved(branch_id="branch-0000aaaa")),
    ("manager", a.branch_closure_refused(branch_id="branch-0000aaaa")),
    a.contractor_composition_changed(contract_id=CONTRACT),
    a.practice_boundary_changed(contract_id=CONTRACT),
    a.contract_review_held(about_flags=(FLAG,)),
    a.flag_explained(flag_id=FLAG, explanation_id="explanation-0000aaaa"),
    ("manager", a.explanation_accepted(flag_id=FLAG, explanation_id="explanation-0000aaaa")),
    ("manager", a.explanation_not_accepted(flag_id=FLAG, explanation_id="explanation-0000aaaa")),
    a.tier_recommended(
        satisfied=(e.SatisfiedRule(rule="R1", tier="room_for_improvement", facts=(f"{a.CODE}/8",)),)
    ),
    ("lead", a.tier_view_stated()),
    ("manager", a.override_given()),
    ("lead", a.dissent_recorded()),
    ("manager", a.decision_review_asked(asking_id="asking-0000aaaa")),
    ("manager", a.decision_checked()),
    ("manager", a.decision_reaffirmed(asking_id="asking-0000aaaa")),
    ("manager", a.decision_revised(asking_id="asking-0000aaaa")),
)


def test_every_kind_of_fact_is_among_them():
    kinds = {type(one[1] if isinstance(one, tuple) else one) for one in EVERY_KIND}
    assert kinds == set(e.FACTS) - {e.PracticeRegistered}


DRAFTS = (e.RemedialNoticeDrafted, e.BreachNoticeDrafted, e.SanctionProposed, e.TerminationNoticeDrafted)
"""Nobody issued these, so that they are not there for the other organisation."""


@pytest.mark.parametrize("who", ["caseworker", "manager", "lead", "auditor"])
def test_every_kind_of_fact_can_be_read_on_every_page(people, tell, who):
    versions = [1, 2, *tell(*EVERY_KIND)]
    facts = [one[1] if isinstance(one, tuple) else one for one in EVERY_KIND]
    drafts = [version for version, fact in zip(versions[2:], facts, strict=True) if isinstance(fact, DRAFTS)]
    not_there = drafts if who == "lead" else []
    person = getattr(people, who)
    page = person.open(PRACTICE)
    assert page.status == 200
    assert person.open(f"{PRACTICE}?page=2").status == 200
    assert person.open(f"{PRACTICE}?band=all").status == 200
    for version in versions:
        entry = person.open(f"{PRACTICE}/entries/{version}")
        assert entry.status == (404 if version in not_there else 200)
        assert version in not_there or f"Entry {version} of " in entry.heading
    record = person.open(f"{PRACTICE}/record")
    assert f"Facts 1 to 50 of {len(versions) - len(not_there)}" in record.text
    whole = "".join(
        person.open(f"{PRACTICE}/record?fact={one}").html for one in [*versions[::50], versions[-1]]
    )
    missing = {kind for kind in e.FACTS if kind.NAME not in whole}
    assert missing == (set(DRAFTS) if who == "lead" else set())


def test_nothing_typed_is_shown_with_its_seal(people, tell):
    tell(*EVERY_KIND)
    for address in (PRACTICE, f"{PRACTICE}/record", f"{PRACTICE}/entries/13"):
        assert "Sealed(" not in people.caseworker.open(address).html


# --- the practice -------------------------------------------------------------------------------------------


def test_a_practice_nobody_looked_at_says_so_and_what_would_be_here(people):
    page = people.caseworker.open(PRACTICE)
    assert page.heading == "Larkfield Road Surgery"
    assert "Assurance based starting tier, not yet reviewed" in page.text
    assert "Nobody has reviewed it yet." in page.text
    assert "Nothing waits." in page.text
    assert "No conversation with this practice is recorded yet." in page.text
    assert "No contract is recorded yet." in page.text
    assert page.links["Record a conversation"] == f"{PRACTICE}/record-conversation"
    assert page.links["Record the first conversation"] == f"{PRACTICE}/record-conversation"


def test_a_tier_says_who_decided_when_and_why(people, record):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(rationale="Calls go unanswered.", inputs=(f"{a.CODE}/3",)))
    text = people.lead.open(PRACTICE).text
    assert "Room for improvement since 21 November 2026" in text
    assert "Moved from assurance based by Martin Lee on 21 November 2026: Calls go unanswered." in text


def test_the_picture_has_words_and_the_same_marks_as_links(people, tell):
    talk, flag = tell(a.conversation_recorded(), a.flag_raised())
    page = people.caseworker.open(PRACTICE)
    pictures = [one for one in page.by_id("maincontent").iter() if str(one.tag).endswith("svg")]
    assert [one.get("role") for one in pictures] == ["img", "img"]
    table = next(one for one in page.all("table") if "cb-list-table" in one.get("class"))
    links = {words_of(one): one.get("href") for one in table.iter("a")}
    assert links == {
        "Phone call, area team with the practice": f"{PRACTICE}/entries/{talk}",
        "Easy to get through by phone (different from other practices): alert raised": f"{PRACTICE}/entries/{flag}",
    }


def test_buttons_name_their_entry_and_are_only_for_those_who_may(people, tell):
    tell(a.flag_raised(flag_id=FLAG), a.action_proposed(action_id=ACTION))
    explain = f"{PRACTICE}/explain-flag?flag_id={FLAG}"
    agree = f"{PRACTICE}/agree-action?action_id={ACTION}"
    for who, offered in (
        ("caseworker", {explain}),
        ("manager", {explain, agree}),
        ("lead", {explain, agree}),
    ):
        hrefs = {one.get("href") for one in getattr(people, who).open(PRACTICE).all("a")}
        assert {explain, agree} & hrefs == offered
    page = people.manager.open(PRACTICE)
    [button] = [one for one in page.all("a", href=agree) if "Action proposed" in words_of(one)]
    assert (
        words_of(button) == "Agree: Action proposed: Calls go unanswered on Monday mornings, 1 September 2026"
    )


def test_the_auditor_reads_everything_and_is_offered_nothing(people, tell):
    tell(*EVERY_KIND)
    for address in (PRACTICE, f"{PRACTICE}/entries/8", f"{PRACTICE}/record"):
        page = people.auditor.open(address)
        assert page.status == 200
        verbs = {
            path
            for one in page.all("a")
            if "-" in (path := re.split("[?#]", one.get("href") or "")[0]).rpartition("/")[2]
        }
        assert verbs <= {"/access-log", "/key-indicators", f"{PRACTICE}/practice-copy"}, (
            "a page with a hyphen in its address records something"
        )
        assert "Record a conversation" not in page.text


def test_late_corrected_and_withdrawn_entries_are_marked_in_words(people, tell):
    tell(
        a.conversation_recorded(occurred_on=date(2026, 11, 16)),
        a.conversation_recorded(subject=Sealed("Rota")),
        a.fact_corrected(
            corrects=3,
            fields=(e.CorrectedField(field="channel", before=Sealed('"phone"'), after=Sealed('"visit"')),),
        ),
        a.fact_withdrawn(corrects=4),
    )
    page = people.caseworker.open(PRACTICE)
    assert "recorded 5 days later" in page.text
    corrected = words_of(page.by_id("entry-3"))
    assert "Corrected 21 November 2026 by Amira Khan: The date was a slip." in corrected
    assert "Channel before: Phone → after: Visit" in corrected
    withdrawn = words_of(page.by_id("entry-4"))
    assert "Withdrawn as entered in error 21 November 2026 by Amira Khan" in withdrawn
    assert "What was recorded in Rota, 21 November 2026" in withdrawn


def test_a_closed_practice_stays_readable(people, tell):
    tell(a.conversation_recorded(), a.practice_closed())
    page = people.caseworker.open(PRACTICE)
    assert "This practice closed at the end of 31 October 2026" in page.text
    assert "Propose a tier" not in page.text


def test_the_conversation_is_chosen_by_kind_organisation_and_day(people, tell):
    tell(
        a.conversation_recorded(subject=Sealed("Ours"), occurred_on=date(2026, 10, 1)),
        ("lead", a.conversation_recorded(subject=Sealed("Theirs"), occurred_on=date(2026, 10, 2))),
        a.flag_raised(occurred_on=date(2026, 10, 3)),
    )

    def titles(question):
        page = people.caseworker.open(f"{PRACTICE}?{question}")
        return [words_of(one) for one in page.all("h3", class_="cb-entry__title")]

    assert titles("kind=said") == ["Theirs", "Ours"]
    assert titles("kind=flags") == [
        "Flag raised: Easy to get through by phone (different from other practices)"
    ]
    assert titles(f"organisation={a.COMMISSIONER}") == ["Theirs"]
    assert titles("from=2026-10-02&to=2026-10-02") == ["Theirs"]
    assert titles("kind=said&from=2026-10-01&to=2026-10-01") == ["Ours"]
    page = people.caseworker.open(f"{PRACTICE}?kind=decided")
    assert "No entry matches what you chose." in page.text
    page = people.caseworker.open(f"{PRACTICE}?from=2026-02-31&kind=said")
    assert "The first day must be a real date" in page.text
    assert page.by_id("from").get("aria-describedby") == "from-error"


def test_a_thousand_entries_are_paged(people, tell):
    tell(*(a.conversation_recorded(subject=Sealed(f"Number {number}")) for number in range(1000)))
    page = people.caseworker.open(PRACTICE)
    assert "Entries 1 to 25 of 1,001, newest first" in page.text
    assert len(page.all("article")) == 25
    last = people.caseworker.open(f"{PRACTICE}?page=999999")
    assert "Entries 1,001 to 1,001 of 1,001" in last.text
    assert [one.get("rel") for one in last.all("a") if one.get("rel")] == ["prev"]
    found = people.caseworker.open(f"{PRACTICE}?entry=13")
    assert found.by_id("entry-13") is not None
    record = people.caseworker.open(f"{PRACTICE}/record?fact=1000")
    assert record.by_id("fact-1000") is not None
    assert "of 1,002" in record.text


def test_what_is_typed_is_shown_as_typed(people, tell):
    arabic = "تم تسجيل المكالمة \u202eabc\u202c"
    name = "<script>alert(1)</script> \u202bعيادة\u202c"
    tell(
        a.details_changed(
            name=Sealed(name), changes=(e.Change(field="name", before=Sealed("Old"), after=Sealed(name)),)
        ),
        a.conversation_recorded(said=Sealed(f"{arabic}\n<b>bold</b> 🩺 & done"), subject=Sealed("<i>x</i>")),
        a.action_proposed(issue=Sealed("<img src=x>\nand more")),
    )
    for address in (PRACTICE, f"{PRACTICE}/entries/4", f"{PRACTICE}/record", "/practices"):
        page = people.caseworker.open(address)
        assert "<script>" not in page.html
        assert "<b>bold" not in page.html
        assert "<img" not in page.html
    assert people.caseworker.open(PRACTICE).heading == " ".join(name.split())
    said = "".join(people.caseworker.open(f"{PRACTICE}/entries/4").tree.itertext())
    assert f"{arabic}\n<b>bold</b> 🩺 & done" in said


# --- whose it is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [PRACTICE, f"{PRACTICE}/entries/1", f"{PRACTICE}/record"])
@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_practice_outside_ones_scope_is_not_there_and_the_asking_is_noted(people, stores, address, who):
    page = getattr(people, who).open(address)
    assert page.status == 404
    assert "Larkfield" not in page.html
    with stores.record_engine.connect() as connection:
        noted = connection.execute(select(access_log)).all()
    [line] = [one for one in noted if one.what == "refused"]
    assert (line.person, line.subject, line.rule) == (
        {"stranger": "person-stranger", "administrator": "person-admin001"}[who],
        f"practice-{a.CODE}",
        "a-practice-is-read-by-those-responsible-for-it",
    )


@pytest.mark.parametrize(
    "address",
    [
        "/practices/X99999",
        f"{PRACTICE}/entries/99",
        f"{PRACTICE}/entries/0",
        f"{PRACTICE}/entries/x",
        "/practices/%00",
    ],
)
def test_what_is_not_there_is_not_found(people, address):
    assert people.caseworker.open(address).status == 404


def test_a_code_in_small_letters_leads_to_the_practice(people):
    page = people.caseworker.open("/practices/x90001")
    assert (page.status, page.location) == (301, PRACTICE)


# --- entry and record ---------------------------------------------------------------------------------------


def test_an_entry_says_how_it_was_recorded_and_what_followed(people, tell):
    talk, decision, _ = tell(
        a.conversation_recorded(entry_id="entry-0000000a"),
        ("manager", a.tier_decided(inputs=(f"{a.CODE}/3",))),
        a.conversation_recorded(reply_to="entry-0000000a", subject=Sealed("An answer")),
    )
    page = people.lead.open(f"{PRACTICE}/entries/{talk}")
    assert "Recorded 21 November 2026, 9:00am GMT" in page.text
    assert (
        "By Amira Khan For North Moor area team As caseworker On behalf of nobody else Cited as X90001/3"
        in page.text
    )
    assert page.links["Moved to room for improvement"] == f"{PRACTICE}/entries/{decision}"
    assert "An answer" in page.links


def test_a_corrected_entry_shows_what_was_first_recorded(people, tell):
    tell(
        a.conversation_recorded(),
        a.fact_corrected(
            corrects=3,
            fields=(e.CorrectedField(field="said", before=Sealed('"x"'), after=Sealed('"Better words"')),),
        ),
    )
    page = people.caseworker.open(f"{PRACTICE}/entries/3")
    assert "Better words" in page.text
    assert "As first recorded" in page.text
    assert "The hub rota has run for three weeks." in page.text


def test_the_record_is_of_the_facts_and_needs_no_view(people, tell, settings, stores, casebook):
    tell(a.conversation_recorded(), a.fact_withdrawn(corrects=3))
    page = people.auditor.open(f"{PRACTICE}/record")
    fact = words_of(page.by_id("fact-3"))
    assert "Withdrawn by fact 4" in fact
    assert "practice.conversation-recorded version 1" in fact
    assert "Who took part (participants) area team, caseworker; practice, practice manager" in fact
    assert "Corrects entry 3" in words_of(page.by_id("fact-4"))


def test_the_auditor_finds_records_by_name(people):
    page = people.auditor.open("/audit?words=lark")
    assert page.links["Larkfield Road Surgery"] == f"{PRACTICE}/record"
    assert "No practice has a name or code" in people.auditor.open("/audit?words=zebra").text


# --- caseload and my work -----------------------------------------------------------------------------------


def test_the_caseload_tells_where_to_look(people, tell):
    tell(
        a.flag_raised(),
        a.action_proposed(action_id=ACTION, due_on=date(2026, 11, 15)),
        a.conversation_recorded(occurred_on=date(2026, 9, 24)),
    )
    page = people.caseworker.open("/practices")
    assert page.heading == "Practices North Moor area team"
    [row] = list(page.all("tbody")[0].iter("tr"))
    assert words_of(row).startswith("Larkfield Road Surgery X90001")
    assert "1 alert" in words_of(row)
    assert "58 days" in words_of(row)
    assert page.links["Overdue actions 1 in 1 practice"] == "/practices?overdue=yes"
    sorted_by = [one.get("aria-sort") for one in page.all("th") if one.get("aria-sort")]
    assert sorted_by == ["none"] * 5
    turned = people.caseworker.open("/practices?sort=name")
    assert turned.all("th")[0].get("aria-sort") == "ascending"


def test_the_caseload_has_only_what_is_ones_own(people):
    assert "No practice is here yet." in people.stranger.open("/practices").text
    assert people.administrator.open("/practices").status == 403
    assert "All practices" in people.auditor.open("/practices").heading


@pytest.mark.parametrize(
    "question",
    [
        "words=lark",
        "words=X90001",
        "tier=assurance_based",
        "tier=nonsense",
        "sort=flags&order=descending",
        "page=99",
        "caseworker=none",
        "closed=yes&not_reviewed=yes",
    ],
)
def test_the_caseload_takes_any_address(people, question):
    page = people.caseworker.open(f"/practices?{question}")
    assert page.status == 200
    assert "Larkfield Road Surgery" in page.text


def test_a_filter_that_nothing_passes_says_how_to_go_back(people):
    page = people.caseworker.open("/practices?words=zebra%20<b>")
    assert "No practice matches." in page.text
    assert page.by_id("words").get("value") == "zebra <b>"


def test_my_work_begins_with_the_day_and_what_is_late(people, tell):
    tell(
        a.caseworker_named(caseworker="person-caseworker"),
        a.action_proposed(action_id=ACTION, due_on=date(2026, 11, 15)),
        ("manager", a.action_agreed(action_id=ACTION, occurred_on=a.TODAY)),
        (
            "lead",
            a.action_agreed(
                action_id=ACTION,
                side=Side.LOCAL_COMMISSIONER,
                organisation=a.COMMISSIONER,
                occurred_on=a.TODAY,
            ),
        ),
    )
    page = people.caseworker.open("/")
    assert page.heading == "My work Saturday 21 November 2026"
    assert "Amira Khan, North Moor area team · 1 practice of yours" in page.text
    assert (
        "Overdue 6 days Calls go unanswered on Monday mornings, Larkfield Road Surgery Owner practice"
        in page.text
    )
    [button] = [one for one in page.all("a") if words_of(one).startswith("Record what happened")]
    assert button.get("href") == f"{PRACTICE}/complete-action?action_id={ACTION}"
    assert words_of(button) == (
        "Record what happened: Calls go unanswered on Monday mornings, Larkfield Road Surgery"
    )


def test_no_work_says_what_would_be_here(people):
    page = people.caseworker.open("/")
    assert "Nothing waits for you" in page.text
    assert "You are not named as the caseworker of any practice yet." in page.text


def test_the_auditor_and_the_administrator_begin_where_they_can(people):
    page = people.auditor.open("/")
    assert page.links["Practices"] == "/practices"
    assert page.links["Records"] == "/audit"
    assert people.administrator.open("/").location == "/people/"


# --- after recording ----------------------------------------------------------------------------------------


def test_after_recording_the_new_entry_says_so_on_whatever_page_it_is(people, tell):
    tell(*(a.conversation_recorded(subject=Sealed(f"Number {number}")) for number in range(40)))
    form = people.caseworker.open(f"{PRACTICE}/record-conversation").form("Record")
    sent = form.send(
        occurred_on=(3, 11, 2026),
        channel="phone",
        attendees=["you"],
        said="Asked about the rota.",
    )
    page = people.caseworker.follow(sent)
    entry = words_of(page.by_id("entry-43"))
    assert entry.startswith("Recorded just now. Correct it")
    assert "recorded 18 days later" in entry
    again = people.caseworker.open(PRACTICE)
    assert "Recorded just now" not in again.text


def test_an_action_that_was_late_and_then_moved_says_so_in_the_table_and_on_its_card(people, tell):
    tell(
        a.responsibility_assigned(),
        a.action_proposed(action_id=ACTION, due_on=date(2026, 10, 7), occurred_on=date(2026, 9, 1)),
        ("manager", a.action_agreed(action_id=ACTION, occurred_on=date(2026, 9, 3))),
        ("lead", a.action_agreed(
            action_id=ACTION, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER,
            occurred_on=date(2026, 9, 4),
        )),
        a.action_rescheduled(
            action_id=ACTION, due_on=date(2026, 12, 15), before_due_on=date(2026, 10, 7),
            first_due_on=date(2026, 10, 7), occurred_on=date(2026, 11, 20),
        ),
    )  # fmt: skip
    page = people.manager.open(PRACTICE).text
    moved = "moved on 20 November 2026 from 7 October to 15 December 2026"
    assert "begins, due 7 October 2026" in page
    assert f": {moved}" in page
    assert "agreed by both 4 September 2026" in page
    assert f"date {moved}, after it was agreed" in page


def test_whose_agreement_an_action_waits_for_is_said_by_name(people, tell):
    ccg_agreed = ("lead", a.action_agreed(
        action_id=ACTION, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER, occurred_on=a.TODAY,
    ))  # fmt: skip
    tell(a.action_proposed(action_id=ACTION))
    assert "waiting for North Moor area team and Larkdale CCG to agree" in people.manager.open(PRACTICE).text
    tell(ccg_agreed)
    assert "waiting for North Moor area team to agree" in people.manager.open(PRACTICE).text
    tell(a.responsibility_assigned(local_commissioner="99B", from_on=a.TODAY))
    assert (
        "waiting for North Moor area team and the local commissioner 99B to agree"
        in people.manager.open(PRACTICE).text
    )


def test_my_work_never_says_nothing_is_late_while_something_in_the_area_is(people, tell):
    tell(
        a.caseworker_named(caseworker="person-caseworker"),
        a.action_proposed(action_id=ACTION, due_on=date(2026, 11, 15), owner=Side.PRACTICE),
    )
    for who, area, link in (
        ("manager", "practice of your area", f"/practices?contract_holder={a.HOLDER}&overdue=yes"),
        ("adviser", "practice of your area", f"/practices?contract_holder={a.HOLDER}&overdue=yes"),
        ("lead", "member practice", f"/practices?local_commissioner={a.COMMISSIONER}&overdue=yes"),
    ):
        page = getattr(people, who).open("/")
        assert "Nothing is late" not in page.text
        assert "Nothing of your own is late." in page.text
        assert f"Late in {area.replace('practice', 'practices')}: others follow these up (1)" in page.text
        assert f"1 overdue action in 1 {area}." in page.text
        assert page.links["All practices with overdue actions"] == link
        assert ("Actions to agree" in page.text) == (who != "adviser")
        assert "1 in 1 practice" in getattr(people, who).open(link).text.replace("Overdue actions", "")

"""Who sees an entry: both organisations, one of them, or the other only that it is there; and who was let in."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.kinds import ParticipantRole, Side, Visibility
from domain.practice.practice import replay
from domain.practice.visibility import second_working_day_after
from domain.practice.visible import Withheld, as_seen_by
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import (
    AUDITOR,
    CASEWORKER,
    LEAD,
    MANAGER,
    NOW,
    OPERATOR,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    by,
    given,
    recorded,
)

INTERNAL, RESTRICTED, BOTH = Visibility.INTERNAL, Visibility.RESTRICTED, Visibility.BOTH
LATER = replace(LEAD, at=NOW + timedelta(days=2))
CCG = c.Attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.QUALITY_LEAD)


def seen(asked, *facts):
    """The facts after the first two that this person sees."""
    history = given(*facts).history
    practice = replay(history)
    return [
        (entry.version, entry.fact) for entry in as_seen_by(history, practice.closed, asked, practice.let_in)
    ][2:]


def versions(asked, *facts):
    return [version for version, _ in seen(asked, *facts)]


# --- who sees what --------------------------------------------------------------------------------------------


def test_what_is_internal_to_one_organisation_is_not_there_for_the_other() -> None:
    facts = (a.conversation_recorded(visibility=INTERNAL), a.flag_raised())
    assert versions(LEAD, *facts) == [4]
    for asked in (CASEWORKER, MANAGER, OTHER_CASEWORKER, AUDITOR, OPERATOR):
        assert versions(asked, *facts) == [3, 4]


def test_what_is_restricted_is_there_and_says_nothing_to_the_other() -> None:
    talk = a.conversation_recorded(visibility=RESTRICTED, occurred_on=date(2026, 11, 3))
    assert seen(LEAD, talk) == [(3, Withheld(entry=3, organisation=a.HOLDER, occurred_on=date(2026, 11, 3)))]
    assert seen(CASEWORKER, talk) == [(3, talk)]


def test_whatever_follows_a_closed_entry_is_closed_with_it() -> None:
    heard = a.intelligence_recorded(visibility=INTERNAL)
    later = (
        by(MANAGER, a.intelligence_corroborated(intelligence_id=heard.intelligence_id)),
        a.fact_corrected(corrects=3),
        by(MANAGER, a.correction_requested(request_id="request-00000009", version=4)),
        by(MANAGER, a.correction_declined(request_id="request-00000009")),
        a.fact_withdrawn(corrects=3),
        a.visibility_changed(version=3, before=INTERNAL, after=INTERNAL),
    )
    assert versions(LEAD, heard, *later, a.flag_raised()) == [10]


def test_a_draft_of_a_notice_is_not_there_for_the_other_organisation_until_it_is_issued() -> None:
    """Nor is that it was corrected, or withdrawn before anybody issued it; once it is issued both see all of it."""
    drafts = (
        a.remedial_notice_drafted(),
        a.breach_notice_drafted(),
        a.sanction_proposed(),
        a.termination_notice_drafted(),
    )
    for draft in drafts:
        facts = (a.breach_identified(), draft, a.fact_corrected(corrects=4))
        withdrawn = by(MANAGER, a.notice_withdrawn(notice_id=draft.notice_id))
        issued = by(MANAGER, a.notice_issued(notice_id=draft.notice_id))
        assert versions(LEAD, *facts) == versions(LEAD, *facts, withdrawn) == [3]
        assert versions(LEAD, *facts, issued) == versions(OTHER_CASEWORKER, *facts, issued) == [3, 4, 5, 6]
        assert versions(OTHER_CASEWORKER, *facts, withdrawn) == [3, 4, 5, 6]


def test_opened_again_an_entry_is_whole_for_both() -> None:
    facts = (
        a.conversation_recorded(visibility=INTERNAL),
        a.visibility_changed(version=3, before=INTERNAL, after=BOTH),
    )
    assert versions(LEAD, *facts) == [3, 4]


def test_an_organisation_sees_what_those_it_succeeded_kept_to_themselves() -> None:
    talk = by(LEAD, a.conversation_recorded(visibility=INTERNAL))
    successor = replace(LEAD, organisation="QHM", predecessors=frozenset({a.COMMISSIONER}))
    stranger = replace(LEAD, organisation="QHM")
    assert (versions(successor, talk), versions(stranger, talk)) == ([3], [])


def test_what_both_see_no_longer_names_what_one_of_them_sees() -> None:
    heard = a.intelligence_recorded(visibility=INTERNAL)
    talk = a.conversation_recorded(entry_id="entry-00000001", visibility=INTERNAL)
    decided = a.tier_decided(inputs=("X90001/3", "X90001/5"))
    reply = by(
        LEAD, a.conversation_recorded(reply_to="entry-00000001", about_intelligence=(heard.intelligence_id,))
    )
    corrected = a.fact_corrected(
        corrects=6,
        fields=(
            e.CorrectedField(
                field="inputs", before=Sealed('["X90001/3"]'), after=Sealed('["X90001/3", "X90001/5"]')
            ),
        ),
    )
    flag = a.flag_raised()
    told = dict(seen(LEAD, heard, talk, flag, decided, reply, corrected))
    assert list(told) == [5, 6, 7, 8]
    assert told[6].inputs == ("X90001/5",)
    assert (told[7].reply_to, told[7].about_intelligence) == (None, ())
    assert told[8].fields == (
        e.CorrectedField(field="inputs", before=Sealed("[]"), after=Sealed('["X90001/5"]')),
    )
    assert dict(seen(CASEWORKER, heard, talk, flag, decided, reply, corrected))[6] == decided


@pytest.mark.parametrize("corrects", [e.FactCorrected, e.CorrectionRequested])
def test_a_correction_that_adds_only_what_one_side_sees_names_no_field_to_the_other(corrects: type) -> None:
    heard = a.intelligence_recorded(visibility=INTERNAL)
    issue = e.CorrectedField(field="issue", before=Sealed('"Rota"'), after=Sealed('"The rota"'))
    hidden = e.CorrectedField(
        field="about_intelligence", before=Sealed("[]"), after=Sealed(f'["{heard.intelligence_id}"]')
    )
    change = (
        a.fact_corrected(corrects=4, fields=(issue, hidden))
        if corrects is e.FactCorrected
        else a.correction_requested(version=4, fields=(issue, hidden))
    )
    history = heard, a.action_proposed(), change
    assert dict(seen(LEAD, *history))[5].fields == (issue,)
    assert dict(seen(CASEWORKER, *history))[5].fields == (issue, hidden)


def test_the_state_that_one_side_reads_is_made_of_what_it_sees() -> None:
    history = given(
        a.conversation_recorded(visibility=INTERNAL, occurred_on=date(2026, 11, 20)),
        a.intelligence_recorded(visibility=INTERNAL),
    ).history
    whole = replay(history)
    for asked, last, heard in ((CASEWORKER, date(2026, 11, 20), 1), (LEAD, None, 0)):
        practice = replay(as_seen_by(history, whole.closed, asked, whole.let_in))
        assert (practice.last_contact_on, len(practice.intelligence)) == (last, heard)


# --- saying who sees it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", Visibility)
def test_an_entry_is_recorded_for_those_whom_its_recorder_names(visibility: Visibility) -> None:
    given().when(a.record_conversation(visibility=visibility)).then_a(
        e.ConversationRecorded, visibility=visibility
    )
    given().when(a.record_intelligence(visibility=visibility)).then_a(
        e.IntelligenceRecorded, visibility=visibility
    )


@pytest.mark.parametrize("visibility", [INTERNAL, RESTRICTED])
def test_what_both_organisations_took_part_in_is_kept_from_neither(visibility: Visibility) -> None:
    talk = a.record_conversation(attendees=(a.attendee(), CCG), visibility=visibility)
    given().when(talk).then_refused("what-both-took-part-in-both-see", "visibility")
    shared = a.conversation_recorded(
        participants=(
            e.Participant(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),
            e.Participant(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.QUALITY_LEAD),
        )
    )
    given(shared).when(a.change_visibility(version=3, visibility=visibility)).then_refused(
        "what-both-took-part-in-both-see"
    )


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [
        (INTERNAL, BOTH, False), (INTERNAL, RESTRICTED, False), (INTERNAL, INTERNAL, True),
        (RESTRICTED, BOTH, False), (RESTRICTED, RESTRICTED, True), (BOTH, INTERNAL, True),
    ],
)  # fmt: skip
def test_what_follows_a_closed_entry_is_as_closed(before: Visibility, after: Visibility, taken: bool) -> None:
    heard = a.intelligence_recorded(visibility=before)
    talk = a.conversation_recorded(entry_id="entry-00000001", visibility=before)
    for command in (
        a.record_conversation(about_intelligence=(heard.intelligence_id,), visibility=after),
        a.record_conversation(reply_to="entry-00000001", visibility=after),
    ):
        story = given(heard, talk).when(command)
        if taken:
            story.then_a(e.ConversationRecorded, visibility=after)
        else:
            story.then_refused("what-follows-a-closed-entry-is-as-closed", "visibility")


@pytest.mark.parametrize(("before", "taken"), [(INTERNAL, False), (RESTRICTED, False), (BOTH, True)])
def test_a_correction_makes_a_conversation_about_nothing_more_closed(before: Visibility, taken: bool) -> None:
    heard = a.intelligence_recorded(visibility=before)
    correction = a.correct_fact(version=4, fields={"about_intelligence": [heard.intelligence_id]})
    story = given(heard, a.conversation_recorded()).when(correction)
    if taken:
        story.then_a(e.FactCorrected, corrects=4)
    else:
        story.then_refused("what-follows-a-closed-entry-is-as-closed", "about_intelligence")
    closed = a.conversation_recorded(visibility=before)
    given(heard, closed).when(correction).then_a(e.FactCorrected, corrects=4)


def test_a_change_of_visibility_says_why() -> None:
    given(a.conversation_recorded()).when(a.change_visibility(version=3, reason="In confidence.")).then(
        e.VisibilityChanged(
            version=3, before=BOTH, after=INTERNAL, reason=Sealed("In confidence."), occurred_on=a.TODAY
        )
    )
    closed = (a.conversation_recorded(), a.visibility_changed(version=3))
    given(*closed).when(a.change_visibility(version=3, visibility=BOTH)).then_a(
        e.VisibilityChanged, before=INTERNAL, after=BOTH
    )
    given(*closed).when(a.change_visibility(version=3)).then_nothing()


def test_only_its_own_organisation_closes_an_entry() -> None:
    given(by(LEAD, a.conversation_recorded())).when(a.change_visibility(version=3)).then_refused(
        "its-own-organisation-closes-an-entry"
    )


def test_only_an_entry_of_the_conversation_has_a_visibility() -> None:
    for version in (1, 3, 4, 9):
        given(a.flag_raised()).when(a.change_visibility(version=version)).then_refused(
            "an-entry-of-the-conversation-has-a-visibility"
        )


# --- what somebody may not see, they cannot ask about ---------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        a.change_visibility(version=3),
        a.request_access(version=3),
        a.take_emergency_access(version=3),
        a.request_correction(version=3, fields={"said": "Other words."}),
        a.correct_fact(version=3, fields={"said": "Other words."}),
        a.withdraw_fact(version=3),
        a.record_conversation(reply_to="entry-00000001", attendees=(CCG,)),
    ],
    ids=lambda command: type(command).__name__,
)
def test_a_hidden_entry_is_refused_as_one_that_is_not_there(command) -> None:
    hidden = given(
        a.conversation_recorded(entry_id="entry-00000001", visibility=INTERNAL), a.flag_raised()
    ).when(command, LEAD)
    # The registration of the practice stands at 1 in both; 3 is nowhere in the second.
    absent = given(a.flag_raised(), a.flag_raised(indicator="PS02"))
    absent.history[2:3] = []
    missing = absent.when(command, LEAD)
    assert hidden.broken is not None
    assert missing.broken is not None
    assert (hidden.broken.rule, hidden.broken.message, hidden.broken.field) == (
        missing.broken.rule, missing.broken.message, missing.broken.field,
    )  # fmt: skip


def test_a_hidden_entry_cannot_be_cited() -> None:
    heard = a.intelligence_recorded()
    for cited in ("X90001/4", "X90001/77"):
        story = given(heard, a.conversation_recorded(visibility=INTERNAL), a.flag_raised()).when(
            a.corroborate_intelligence(intelligence_id=heard.intelligence_id, evidence=(cited,)), LEAD
        )
        assert story.broken is not None
        assert story.broken.rule in {"what-is-cited-is-of-this-practice", "what-is-cited-is-recorded"}


# --- asking to read a restricted entry ------------------------------------------------------------------------

TALK = a.conversation_recorded(visibility=RESTRICTED)
ASKED = by(LEAD, a.access_requested(access_id="access-00000001", version=3))
GRANTED = by(
    MANAGER,
    a.access_granted(access_id="access-00000001", version=3, person=LEAD.person, until_on=date(2026, 11, 22)),
)


def test_who_may_not_read_a_restricted_entry_asks_to() -> None:
    given(TALK).when(a.request_access(access_id="access-00000001", version=3, reason="Why."), LEAD).then(
        e.AccessRequested(access_id="access-00000001", version=3, reason=Sealed("Why."), occurred_on=a.TODAY)
    )
    given(TALK, ASKED).when(a.request_access(version=3), LEAD).then_refused("access-is-asked-for-once")
    given(TALK).when(a.request_access(version=3), CASEWORKER).then_refused(
        "only-what-is-withheld-is-asked-for"
    )
    given(a.conversation_recorded()).when(a.request_access(version=3), LEAD).then_refused(
        "only-what-is-withheld-is-asked-for"
    )


def test_access_is_granted_by_its_own_organisation_and_for_a_time() -> None:
    grant = a.grant_access(access_id="access-00000001", until_on=date(2026, 11, 30))
    given(TALK, ASKED).when(grant, MANAGER).then(
        e.AccessGranted(
            access_id="access-00000001", version=3, person=LEAD.person, until_on=date(2026, 11, 30), reason=None,
            occurred_on=a.TODAY,
        )
    )  # fmt: skip
    given(TALK, ASKED).when(grant, LEAD).then_refused("its-own-organisation-gives-access")
    given(TALK, ASKED).when(grant, CASEWORKER).then_refused("the-role-may-do-this")
    given(TALK, ASKED, GRANTED).when(grant, MANAGER).then_refused("access-is-answered-once")
    for until_on, rule in (
        (date(2026, 11, 20), "an-end-is-not-before-its-start"),
        (date(2027, 2, 22), "access-is-granted-for-a-time"),
    ):
        given(TALK, ASKED).when(replace(grant, until_on=until_on), MANAGER).then_refused(rule, "until_on")


def test_access_lasts_to_the_end_of_its_last_day_and_is_of_one_person() -> None:
    colleague = replace(LEAD, person="person-lead0002")
    last_minute = replace(LEAD, at=datetime.fromisoformat("2026-11-22T23:59:00+00:00"))
    for asked, whole in ((LEAD, True), (last_minute, True), (LATER, False), (colleague, False)):
        _, fact = seen(asked, TALK, ASKED, GRANTED)[0]
        assert (fact == TALK) is whole, asked


def test_access_is_declined_with_a_reason() -> None:
    given(TALK, ASKED).when(a.decline_access(access_id="access-00000001", reason="No."), MANAGER).then(
        e.AccessDeclined(
            access_id="access-00000001",
            version=3,
            person=LEAD.person,
            reason=Sealed("No."),
            occurred_on=a.TODAY,
        )
    )
    declined = by(MANAGER, a.access_declined(access_id="access-00000001", version=3, person=LEAD.person))
    assert isinstance(seen(LEAD, TALK, ASKED, declined)[0][1], Withheld)
    given(TALK, ASKED, declined).when(a.request_access(version=3), LEAD).then_a(e.AccessRequested, version=3)


def test_that_access_was_asked_for_and_given_is_seen_by_both() -> None:
    for asked in (CASEWORKER, LEAD, LATER):
        assert [type(fact) for _, fact in seen(asked, TALK, ASKED, GRANTED)][1:] == [
            e.AccessRequested,
            e.AccessGranted,
        ]


# --- emergency access -----------------------------------------------------------------------------------------

TAKEN = by(LEAD, a.emergency_access_taken(access_id="access-00000002", version=3))


def test_emergency_access_is_taken_at_once_and_reviewed_by_the_second_working_day() -> None:
    given(TALK).when(a.take_emergency_access(access_id="access-00000002", version=3, reason="Now."), LEAD).then(
        e.EmergencyAccessTaken(
            access_id="access-00000002", version=3, until_on=date(2026, 11, 22), review_by=date(2026, 11, 24),
            reason=Sealed("Now."), occurred_on=a.TODAY,
        )
    )  # fmt: skip
    assert seen(LEAD, TALK, TAKEN)[0] == (3, TALK)
    assert isinstance(seen(LATER, TALK, TAKEN)[0][1], Withheld)
    assert isinstance(seen(CASEWORKER, TALK, TAKEN)[1][1], e.EmergencyAccessTaken)


def test_what_was_read_in_an_emergency_is_not_made_to_vanish() -> None:
    hide = a.change_visibility(version=3, visibility=INTERNAL)
    given(TALK, TAKEN).when(hide).then_refused("what-was-read-in-an-emergency-stays-known", "visibility")
    given(TALK, TAKEN).when(replace(hide, visibility=BOTH)).then_a(e.VisibilityChanged, after=BOTH)
    given(TALK, ASKED).when(hide).then_a(e.VisibilityChanged, after=INTERNAL)


def test_emergency_access_is_reviewed_once_by_a_manager_who_did_not_use_it() -> None:
    review = a.review_emergency_access(access_id="access-00000002", justified=False, reason="It could wait.")
    given(TALK, TAKEN).when(review, MANAGER).then(
        e.EmergencyAccessReviewed(
            access_id="access-00000002", version=3, person=LEAD.person, justified=False,
            reason=Sealed("It could wait."), occurred_on=a.TODAY,
        )
    )  # fmt: skip
    reviewed = by(
        MANAGER, a.emergency_access_reviewed(access_id="access-00000002", version=3, person=LEAD.person)
    )
    given(TALK, TAKEN, reviewed).when(review, MANAGER).then_refused("emergency-access-is-reviewed-once")
    given(TALK, TAKEN).when(review, LEAD).then_refused("the-role-may-do-this")
    own = by(MANAGER, a.emergency_access_taken(access_id="access-00000002", version=3))
    theirs = by(LEAD, a.conversation_recorded(visibility=RESTRICTED, participants=(
        e.Participant(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.QUALITY_LEAD),)))  # fmt: skip
    given(theirs, own).when(review, MANAGER).then_refused("another-person-reviews-emergency-access")
    given(theirs, own).when(review, OTHER_MANAGER).then_a(e.EmergencyAccessReviewed, person=MANAGER.person)
    given(TALK, ASKED).when(replace(review, access_id="access-00000001"), MANAGER).then_refused(
        "emergency-access-is-of-this-practice"
    )


@pytest.mark.parametrize(
    ("day", "second"),
    [
        (date(2026, 11, 16), date(2026, 11, 18)),  # Monday, Wednesday
        (date(2026, 11, 19), date(2026, 11, 23)),  # Thursday, Monday
        (date(2026, 11, 20), date(2026, 11, 24)),  # Friday, Tuesday
        (date(2026, 11, 21), date(2026, 11, 24)),  # Saturday
        (date(2026, 11, 22), date(2026, 11, 24)),  # Sunday
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas, a weekend, Boxing Day kept on Monday
        (date(2031, 4, 10), date(2031, 4, 14)),  # a year whose bank holidays are not known: Thursday, Monday
    ],
)
def test_days_that_are_not_worked_on_are_not_counted(day: date, second: date) -> None:
    assert second_working_day_after(day) == second


def test_nothing_is_hidden_where_nothing_is_closed() -> None:
    history = recorded(a.practice_registered(), a.conversation_recorded(), a.flag_raised())
    practice = replay(history)
    assert practice.closed == {}
    assert as_seen_by(history, practice.closed, LEAD, {}) is history

"""A correction is asked for, and a manager authorises it or declines."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import CorrectionKind
from domain.rules import Sealed
from tests.domain.correcting import AS_WITHDRAWN, AUTHORISE, REQUEST, SLIP, SLIPPED, SPOKEN, corrected
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, by, given


@pytest.mark.parametrize("asked", [CASEWORKER, OTHER_CASEWORKER, LEAD, MANAGER])
def test_anybody_who_records_may_ask_for_a_correction(asked) -> None:
    command = a.request_correction(version=3, fields=SLIP)
    given(SPOKEN).when(command, asked).then(
        a.correction_requested(
            request_id=command.request_id,
            version=3,
            kind=CorrectionKind.CORRECT,
            fields=SLIPPED,
            reason=Sealed("The date was a slip."),
        )
    )


ASKED = by(
    LEAD,
    a.correction_requested(
        request_id=REQUEST,
        version=3,
        kind=CorrectionKind.CORRECT,
        fields=SLIPPED,
        reason=Sealed("The date was a slip."),
    ),
)
ASKED_TO_WITHDRAW = by(LEAD, a.correction_requested(request_id=REQUEST, version=3, kind=AS_WITHDRAWN))


def test_a_request_changes_nothing_until_a_manager_authorises_it() -> None:
    story = given(SPOKEN, ASKED)
    assert story.practice().standing[3].fact == SPOKEN
    story.when(AUTHORISE, MANAGER).then(
        a.fact_corrected(corrects=3, fields=SLIPPED, request_id=REQUEST, requested_by=LEAD.person)
    )


def test_a_manager_authorises_a_withdrawal() -> None:
    given(SPOKEN, ASKED_TO_WITHDRAW).when(AUTHORISE, MANAGER).then(
        a.fact_withdrawn(corrects=3, request_id=REQUEST, requested_by=LEAD.person)
    )


def test_nobody_but_a_manager_authorises_or_declines() -> None:
    for command in (AUTHORISE, a.decline_correction(request_id=REQUEST)):
        for asked in (CASEWORKER, LEAD):
            given(SPOKEN, ASKED).when(command, asked).then_refused("the-role-may-do-this")


def test_a_manager_does_not_authorise_what_they_asked_for() -> None:
    given(SPOKEN, by(MANAGER, ASKED.fact)).when(AUTHORISE, MANAGER).then_refused(
        "another-person-authorises-a-correction"
    )
    given(SPOKEN, by(MANAGER, ASKED.fact)).when(AUTHORISE, OTHER_MANAGER).then_a(e.FactCorrected, corrects=3)


def test_a_manager_declines_with_reasons() -> None:
    given(SPOKEN, ASKED).when(a.decline_correction(request_id=REQUEST), MANAGER).then(
        a.correction_declined(request_id=REQUEST)
    )


@pytest.mark.parametrize(
    "answer",
    [
        a.correction_declined(request_id=REQUEST),
        a.fact_corrected(corrects=3, fields=SLIPPED, request_id=REQUEST, requested_by=LEAD.person),
    ],
    ids=["declined", "authorised"],
)
def test_a_request_is_answered_once(answer) -> None:
    for command in (AUTHORISE, a.decline_correction(request_id=REQUEST)):
        given(SPOKEN, ASKED, by(MANAGER, answer)).when(command, OTHER_MANAGER).then_refused(
            "a-request-is-answered-once"
        )


def test_one_request_about_an_entry_waits_at_a_time() -> None:
    given(SPOKEN, ASKED).when(a.request_correction(version=3, fields=SLIP)).then_refused("one-request-a-fact")


def test_a_request_is_not_answered_before_it_was_made() -> None:
    for command in (a.authorise_correction, a.decline_correction):
        given(SPOKEN, ASKED).when(
            command(request_id=REQUEST, occurred_on=date(2026, 11, 20)), MANAGER
        ).then_refused("an-end-is-not-before-its-start", "occurred_on")


def test_a_request_of_another_practice_is_unknown_here() -> None:
    given().when(AUTHORISE, MANAGER).then_refused("a-request-is-of-this-practice", "request_id")


def test_what_was_withdrawn_after_it_was_asked_for_is_not_corrected_and_the_request_can_be_declined() -> None:
    for asked_for in (ASKED, ASKED_TO_WITHDRAW):
        story = given(SPOKEN, asked_for, a.fact_withdrawn(corrects=3))
        story.when(AUTHORISE, MANAGER).then_refused("what-is-corrected-stands")
        given(SPOKEN, asked_for, a.fact_withdrawn(corrects=3)).when(
            a.decline_correction(request_id=REQUEST), MANAGER
        ).then_a(e.CorrectionDeclined)


def test_a_manager_authorises_the_change_that_was_asked_for_and_no_other() -> None:
    """The recorder corrected the same field meanwhile: from what to what was not what the manager saw."""
    meanwhile = corrected(3, a.changed("occurred_on", '"2026-11-03"', '"2026-11-01"'))
    given(SPOKEN, ASKED, meanwhile).when(AUTHORISE, MANAGER).then_refused(
        "a-request-is-about-the-entry-as-it-stands"
    )
    elsewhere = corrected(3, a.changed("channel", '"phone"', '"visit"'))
    given(SPOKEN, ASKED, elsewhere).when(AUTHORISE, MANAGER).then_a(e.FactCorrected, fields=SLIPPED)

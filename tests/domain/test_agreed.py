"""The agreed record: proposed by one side, and agreed, disputed or amended by the other; never one-sided."""

from domain.practice import events as e
from domain.practice.kinds import Side, Visibility
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, by, given

TALK = a.conversation_recorded(said=Sealed("The rota has run for three weeks."))
AGREED = by(LEAD, a.entry_agreed(version=3, text_version=3))
DISPUTED = by(LEAD, a.entry_disputed(version=3, text_version=3))
AMENDED = by(LEAD, a.entry_amended(version=3, text_version=3, said=Sealed("For two weeks.")))
ACCEPTED = by(
    MANAGER, a.entry_agreed(version=3, text_version=4, side=Side.CONTRACT_HOLDER, organisation=a.HOLDER)
)


def record(*facts):
    return given(*facts).practice().records[3]


def test_an_entry_is_proposed_until_the_other_side_answers() -> None:
    assert (record(TALK).state, record(TALK).text_by) == ("proposed", Side.CONTRACT_HOLDER)
    assert record(by(LEAD, TALK)).text_by == Side.LOCAL_COMMISSIONER


def test_the_other_side_agrees_to_the_text_as_it_is_stored() -> None:
    given(TALK).when(a.agree_entry(version=3, digest="cd" * 32), LEAD).then(
        e.EntryAgreed(
            version=3, text_version=3, digest="cd" * 32, side=Side.LOCAL_COMMISSIONER,
            organisation=a.COMMISSIONER, occurred_on=a.TODAY,
        )
    )  # fmt: skip
    assert record(TALK, AGREED).state == "agreed"
    given(TALK, AGREED).when(a.agree_entry(version=3), LEAD).then_refused("a-text-is-agreed-once")


def test_a_text_that_was_changed_since_it_was_read_is_not_agreed_to() -> None:
    amended = by(LEAD, a.entry_amended(version=3, text_version=3))
    ours = {"side": Side.CONTRACT_HOLDER, "organisation": a.HOLDER}
    again = given(TALK, amended, by(CASEWORKER, a.entry_amended(version=3, text_version=4, **ours)))
    again.when(a.agree_entry(version=3, text_version=3), LEAD).then_refused(
        "a-text-is-agreed-to-as-it-was-read"
    )
    again.when(a.agree_entry(version=3, text_version=5), LEAD).then_a(e.EntryAgreed, text_version=5)


def test_nobody_agrees_to_their_own_sides_text() -> None:
    for asked in (CASEWORKER, MANAGER, OTHER_CASEWORKER):
        for command in (a.agree_entry(version=3), a.dispute_entry(version=3), a.amend_entry(version=3)):
            given(TALK).when(command, asked).then_refused("nobody-agrees-to-their-own-text")
    given(TALK).when(a.agree_entry(version=3), AUDITOR).then_refused("the-role-may-do-this")


def test_an_amendment_is_agreed_only_when_the_first_side_accepts_it_and_both_texts_are_kept() -> None:
    given(TALK).when(a.amend_entry(version=3, said="For two weeks.", reason="The rota began on the 7th."), LEAD).then(
        e.EntryAmended(
            version=3, text_version=3, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER,
            said=Sealed("For two weeks."), reason=Sealed("The rota began on the 7th."), occurred_on=a.TODAY,
        )
    )  # fmt: skip
    amended = record(TALK, AMENDED)
    assert (amended.state, amended.text_version, amended.text.words) == ("amended", 4, "For two weeks.")
    given(TALK, AMENDED).when(a.agree_entry(version=3), LEAD).then_refused("nobody-agrees-to-their-own-text")
    given(TALK, AMENDED).when(a.agree_entry(version=3), MANAGER).then_a(
        e.EntryAgreed, text_version=4, side=Side.CONTRACT_HOLDER
    )
    assert record(TALK, AMENDED, ACCEPTED).state == "agreed"
    # An agreement to the first text is not one to the second.
    assert record(TALK, AMENDED, by(LEAD, a.entry_agreed(version=3, text_version=3))).state == "amended"


def test_the_same_text_is_no_amendment() -> None:
    given(TALK).when(a.amend_entry(version=3, said="The rota has run for three weeks."), LEAD).then_nothing()


def test_an_amendment_is_amended_or_disputed_in_its_turn() -> None:
    given(TALK, AMENDED).when(a.amend_entry(version=3, said="For 17 days."), CASEWORKER).then_a(
        e.EntryAmended, text_version=4, side=Side.CONTRACT_HOLDER
    )
    given(TALK, AMENDED).when(a.dispute_entry(version=3), CASEWORKER).then_a(e.EntryDisputed, text_version=4)


def test_what_was_agreed_may_be_disputed_and_what_was_disputed_agreed() -> None:
    given(TALK, AGREED).when(a.dispute_entry(version=3, reason="No."), LEAD).then_a(
        e.EntryDisputed, reason=Sealed("No.")
    )
    assert record(TALK, AGREED, DISPUTED).state == "disputed"
    given(TALK, DISPUTED).when(a.agree_entry(version=3), LEAD).then_a(e.EntryAgreed)
    assert record(TALK, DISPUTED, AGREED).state == "agreed"


def test_a_correction_of_an_agreed_text_is_another_text_which_nobody_else_agreed_to() -> None:
    corrected = a.fact_corrected(corrects=3, fields=(a.changed("said", '"Before"', '"For a fortnight."'),))
    after = record(TALK, AGREED, corrected)
    assert (after.state, after.text_version, after.text_by) == ("amended", 5, Side.CONTRACT_HOLDER)
    assert after.text.words == "For a fortnight."
    given(TALK, AGREED, corrected).when(a.agree_entry(version=3), LEAD).then_a(e.EntryAgreed, text_version=5)


def test_an_answered_entry_is_neither_withdrawn_nor_closed_by_its_author() -> None:
    for answer in (AGREED, DISPUTED, AMENDED):
        given(TALK, answer).when(a.withdraw_fact(version=3)).then_refused(
            "what-others-rest-on-is-not-withdrawn"
        )
        given(TALK, answer).when(a.change_visibility(version=3)).then_refused(
            "an-answered-entry-stays-with-both"
        )
    given(TALK).when(a.withdraw_fact(version=3)).then_a(e.FactWithdrawn)


def test_only_what_both_see_is_agreed() -> None:
    restricted = a.conversation_recorded(visibility=Visibility.RESTRICTED)
    for fact, version in ((restricted, 3), (a.flag_raised(), 3), (TALK, 9)):
        given(fact).when(a.agree_entry(version=version), LEAD).then_refused(
            "an-agreed-record-is-of-a-conversation"
        )


def test_a_decision_over_a_dispute_says_why() -> None:
    decide = a.decide_tier(inputs=("X90001/3",), occurred_on=a.TODAY)
    given(TALK, DISPUTED).when(decide, MANAGER).then_refused(
        "a-decision-over-a-dispute-says-why", "over_dispute"
    )
    story = given(TALK, DISPUTED).when(
        a.decide_tier(inputs=("X90001/3",), over_dispute="The call log settles it."), MANAGER
    )
    assert story.decided().over_dispute == Sealed("The call log settles it.")
    for settled in (AGREED, AMENDED):
        given(TALK, settled).when(decide, MANAGER).then_a(e.TierDecided, over_dispute=None)


def test_each_organisation_has_its_position_on_a_concern() -> None:
    flag, heard = a.flag_raised(), a.intelligence_recorded()
    for concern in (flag.flag_id, heard.intelligence_id):
        given(flag, heard).when(a.state_position(concern=concern, position="Close it."), LEAD).then(
            e.PositionStated(
                concern=concern, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER,
                position=Sealed("Close it."), occurred_on=a.TODAY,
            )
        )  # fmt: skip
    ours = by(
        MANAGER, a.position_stated(concern=flag.flag_id, side=Side.CONTRACT_HOLDER, organisation=a.HOLDER)
    )
    theirs = by(LEAD, a.position_stated(concern=flag.flag_id, position=Sealed("Close it.")))
    practice = given(flag, ours, theirs).practice()
    assert {side: one.version for side, one in practice.positions[flag.flag_id].items()} == {
        Side.CONTRACT_HOLDER: 4, Side.LOCAL_COMMISSIONER: 5,
    }  # fmt: skip
    given(flag, theirs).when(
        a.state_position(concern=flag.flag_id, position="Close it."), LEAD
    ).then_nothing()
    given(flag).when(a.state_position(concern="flag-99999999"), LEAD).then_refused(
        "a-concern-is-of-this-practice"
    )
    given(flag).when(a.state_position(concern=flag.flag_id), CASEWORKER).then_refused("the-role-may-do-this")
    internal = by(
        LEAD, a.intelligence_recorded(intelligence_id="intelligence-00009999", visibility=Visibility.INTERNAL)
    )
    given(internal).when(a.state_position(concern="intelligence-00009999"), LEAD).then_refused(
        "a-position-is-on-what-both-see"
    )


def test_a_position_is_as_closed_as_the_intelligence_that_it_is_on() -> None:
    heard = a.intelligence_recorded(intelligence_id="intelligence-00000001")
    theirs = by(LEAD, a.position_stated(concern="intelligence-00000001"))
    given(heard, theirs).when(a.change_visibility(version=3)).then_refused(
        "an-answered-entry-stays-with-both", "visibility"
    )
    ours = by(
        MANAGER,
        a.position_stated(concern="intelligence-00000001", side=Side.CONTRACT_HOLDER, organisation=a.HOLDER),
    )
    given(heard, ours).when(a.change_visibility(version=3)).then_a(e.VisibilityChanged)
    closed = given(heard, ours, a.visibility_changed(version=3))
    assert set(closed.practice().closed) == {3, 4, 5}


def test_an_author_who_corrects_what_nobody_answered_still_only_proposes_it() -> None:
    corrected = a.fact_corrected(corrects=3, fields=(a.changed("said", '"Before"', '"For a fortnight."'),))
    assert (record(TALK, corrected).state, record(TALK, corrected).text_version) == ("proposed", 4)

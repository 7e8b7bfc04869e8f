"""Which decisions a correction, a withdrawal or a late entry bears on, checked again by the rules of their own day."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given as over
from hypothesis import strategies as st

from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.affected import Rules, affected
from domain.practice.kinds import GivenBecause, IndicatorDomain, Level, RestsOn, Tier
from domain.practice.practice import replay
from domain.practice.reviews import asked_or_checked
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, OPERATOR, by, recorded

V1 = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)
RULES = Rules(lambda number: V1 if number == 1 else None, None)
ALARM = {"domain": IndicatorDomain.PATIENT_SAFETY, "level": Level.ALARM}


def on(day, told):
    """Something that happened on a day of October, and was recorded on it."""
    return day, day, told


def late(happened, day, told):
    return happened, day, told


def history(*told):
    """A history in which each fact is of its day: registered first, at versions 1 and 2."""
    begun = [by(OPERATOR, a.practice_registered()), by(OPERATOR, a.responsibility_assigned())]
    facts = recorded(*begun, *(one for _, _, one in told))
    days = [1, 1, *(day for _, day, _ in told)]
    happened = [None, None, *(on for on, _, _ in told)]
    return [
        entry._replace(
            recorded_at=datetime(2026, 10, day, 9, entry.version, tzinfo=UTC),
            fact=entry.fact if of is None else _of_day(entry.fact, of),
        )
        for entry, day, of in zip(facts, days, happened, strict=True)
    ]


def _of_day(fact, day):
    return replace(fact, occurred_on=date(2026, 10, day))


def decided(number, *inputs, **more):
    return by(
        MANAGER,
        a.tier_decided(
            decision_id=f"decision-0000000{number}",
            inputs=tuple(f"{a.CODE}/{one}" for one in inputs),
            framework_version=1,
            **more,
        ),
    )


def found(told, *then):
    """What is checked again when these facts are recorded in one go."""
    before, after = replay(history(*told)), replay(history(*told, *then))
    return list(affected(before, after, RULES, replay))


def facts_of(told, *then, gone=False):
    after = replay(history(*told, *then))
    return [asked_or_checked(after, one, gone=gone, asked=MANAGER) for one in found(told, *then)]


SEVEN = (
    on(2, a.conversation_recorded()),  # 3
    on(2, a.conversation_recorded()),  # 4
    *(on(2 + number, decided(number, 3 if number in {2, 3, 6} else 4)) for number in range(1, 8)),
)
SAID = a.changed("said", '"The phones are answered."', '"Nobody answers the phones."')


def test_of_seven_decisions_three_that_rest_on_what_is_corrected_are_to_be_looked_at_again() -> None:
    asked = facts_of(SEVEN, on(20, a.fact_corrected(corrects=3, fields=(SAID,))))
    assert [type(one) for one in asked] == [e.DecisionReviewAsked] * 3
    assert [one.decision_id[-1] for one in asked] == ["2", "3", "6"]
    assert {one.given_to for one in asked} == {MANAGER.person}
    assert {one.rests for one in asked} == {(RestsOn.INPUT,)}
    assert {one.arrived for one in asked} == {(f"{a.CODE}/12",)}
    assert {one.replaced for one in asked} == {(f"{a.CODE}/3",)}
    assert len({one.asking_id for one in asked}) == 3


def test_the_same_is_asked_for_the_same() -> None:
    then = on(20, a.fact_corrected(corrects=3, fields=(SAID,)))
    assert facts_of(SEVEN, then) == facts_of(SEVEN, then)


@over(
    st.sampled_from(["The phones are answered.", "The rota is published"]),
    st.sampled_from([str.upper, str.lower, lambda said: f"  {said} ", lambda said: said.replace(" ", "\n"),
                     lambda said: said.rstrip(".") + "."]),
    st.sampled_from([3, 4]),
)  # fmt: skip
def test_a_correction_that_changes_nothing_that_counts_asks_for_no_review(said, otherwise, version) -> None:
    field = a.changed("said", *(f'"{one}"'.replace("\n", "\\n") for one in (said, otherwise(said))))
    talk = on(2, a.conversation_recorded(said=Sealed(said)))
    checked = facts_of((talk, talk, *SEVEN[2:]), on(20, a.fact_corrected(corrects=version, fields=(field,))))
    assert {type(one) for one in checked} == {e.DecisionChecked}


def test_a_note_beside_a_cited_flag_has_no_effect() -> None:
    told = (on(2, a.flag_raised()), on(5, decided(1, 3)))
    note = a.changed("note", "null", '"Counted anew."')
    (checked,) = facts_of(told, on(9, a.fact_corrected(corrects=3, fields=(note,))))
    assert isinstance(checked, e.DecisionChecked)
    assert RestsOn.INPUT in checked.rests


def test_what_no_decision_rests_on_and_no_rule_reads_is_corrected_without_a_checking() -> None:
    told = (*SEVEN, on(10, a.conversation_recorded()))
    assert found(told, on(20, a.fact_corrected(corrects=12, fields=(SAID,)))) == []


def test_what_is_withdrawn_is_looked_at_again_wherever_it_was_cited() -> None:
    (asked,) = facts_of(
        (on(2, a.conversation_recorded()), on(3, decided(1, 3))), on(9, a.fact_withdrawn(corrects=3))
    )
    assert isinstance(asked, e.DecisionReviewAsked)


# --- the rules of the day ---------------------------------------------------------------------------------------

FLAG = a.flag_raised(flag_id="flag-00000001", **ALARM)
TALK = on(2, a.conversation_recorded())


def test_a_flag_that_had_been_raised_before_and_is_recorded_late_asks_where_the_rules_would_have_said_otherwise() -> (
    None
):
    (asked,) = facts_of((TALK, on(5, decided(1, 3))), late(4, 9, FLAG))
    assert isinstance(asked, e.DecisionReviewAsked)
    assert (asked.before, asked.after) == (Tier.ASSURANCE_BASED, Tier.ROOM_FOR_IMPROVEMENT)
    assert asked.rests == (RestsOn.RULES,)
    assert asked.replaced == ()
    assert asked.facts == (f"{a.CODE}/5",)


def test_what_happened_on_the_day_of_a_decision_or_later_is_not_late() -> None:
    assert found((TALK, on(5, decided(1, 3))), late(5, 9, FLAG)) == []
    assert found((TALK, on(5, decided(1, 3))), late(9, 9, FLAG)) == []


def test_what_is_late_and_changes_nothing_that_was_recommended_is_marked_as_checked() -> None:
    again = a.flag_raised(flag_id="flag-00000002", level=Level.ALERT)
    told = (TALK, on(3, FLAG), on(5, decided(1, 3)))
    (checked,) = facts_of(told, late(4, 9, again))
    assert isinstance(checked, e.DecisionChecked)
    assert checked.recommended == Tier.ROOM_FOR_IMPROVEMENT
    assert checked.rests == ()


def test_a_flag_moved_past_a_decision_asks_of_that_decision_alone() -> None:
    told = (TALK, on(3, FLAG), on(5, decided(1, 3)), on(12, decided(2, 3)))
    moved = a.changed("occurred_on", '"2026-10-03"', '"2026-10-08"')
    asked, checked = facts_of(told, on(20, a.fact_corrected(corrects=4, fields=(moved,))))
    assert isinstance(asked, e.DecisionReviewAsked)
    assert (asked.before, asked.after) == (Tier.ROOM_FOR_IMPROVEMENT, Tier.ASSURANCE_BASED)
    assert isinstance(checked, e.DecisionChecked)
    assert checked.decision_id == "decision-00000002"


def test_a_flag_that_should_not_have_been_raised_is_taken_out_of_the_day_of_each_decision() -> None:
    told = (TALK, on(3, FLAG), on(5, decided(1, 3)), on(12, decided(2, 4)))
    first, second = facts_of(told, on(20, a.flag_withdrawn(flag_id="flag-00000001")))
    assert first.rests == (RestsOn.RULES,)
    assert second.rests == (RestsOn.INPUT, RestsOn.RULES)
    assert {first.after, second.after} == {Tier.ASSURANCE_BASED}


def test_another_meaning_counts_by_a_sign_alone() -> None:
    for said, otherwise in (("by -12%", "by +12%"), ("< 14 days", "> 14 days"), ("No, harmed", "No harmed")):
        field = a.changed("said", f'"{said}"', f'"{otherwise}"')
        talk = on(2, a.conversation_recorded(said=Sealed(said)))
        (asked,) = facts_of(
            (talk, on(5, decided(1, 3))), on(9, a.fact_corrected(corrects=3, fields=(field,)))
        )
        assert isinstance(asked, e.DecisionReviewAsked)


WAITS = (TALK, on(5, decided(1, 3)), late(4, 9, FLAG), on(9, a.decision_review_asked(
    asking_id="asking-00000001", decision_id="decision-00000001", arrived=(f"{a.CODE}/5",),
    before=Tier.ASSURANCE_BASED, after=Tier.ROOM_FOR_IMPROVEMENT,
)))  # fmt: skip


def test_a_second_late_entry_asks_once_for_both_in_place_of_the_first_review() -> None:
    then = late(4, 10, a.flag_raised(flag_id="flag-00000002", level=Level.ALERT))
    (asked,) = facts_of(WAITS, then)
    assert isinstance(asked, e.DecisionReviewAsked)
    assert asked.arrived == (f"{a.CODE}/5", f"{a.CODE}/7")
    reviews = replay(history(*WAITS, then, on(10, asked))).reviews
    assert [one.status for one in reviews.values()] == ["overtaken", "open"]


def test_a_review_lapses_when_all_is_again_as_the_decider_knew_it() -> None:
    moved = a.changed("occurred_on", '"2026-10-04"', '"2026-10-08"')
    then = on(10, a.fact_corrected(corrects=5, fields=(moved,)))
    (checked,) = facts_of(WAITS, then)
    assert isinstance(checked, e.DecisionChecked)
    assert checked.arrived == (f"{a.CODE}/5", f"{a.CODE}/7")
    (review,) = replay(history(*WAITS, then, on(10, checked))).reviews.values()
    assert review.status == "lapsed"


def test_what_was_answered_is_asked_no_more() -> None:
    answer = a.decision_reaffirmed(asking_id="asking-00000001", decision_id="decision-00000001")
    told = (*WAITS, on(10, by(MANAGER, answer)))
    other = a.flag_raised(flag_id="flag-00000002", level=Level.ALERT)
    (checked,) = facts_of(told, late(4, 11, other))
    assert isinstance(checked, e.DecisionChecked)
    assert checked.arrived == (f"{a.CODE}/8",)


def test_an_older_checking_ends_no_review_that_it_was_not_of() -> None:
    older = a.decision_checked(decision_id="decision-00000001", arrived=(f"{a.CODE}/7",))
    (review,) = replay(history(*WAITS, on(10, older))).reviews.values()
    assert review.status == "open"


# --- whose it is ------------------------------------------------------------------------------------------------


def test_whoever_decides_no_more_or_recorded_what_arrived_is_not_given_it() -> None:
    told = (TALK, on(5, decided(1, 3)))
    correction = a.fact_corrected(corrects=3, fields=(SAID,))
    (gone,) = facts_of(told, on(9, correction), gone=True)
    assert (gone.given_to, gone.given_because) == (None, GivenBecause.DECIDER_GONE)
    (own,) = facts_of(told, on(9, by(MANAGER, correction)))
    assert (own.given_to, own.given_because) == (None, GivenBecause.DECIDER_CORRECTED)
    asked_for = a.fact_corrected(corrects=3, fields=(SAID,), requested_by=CASEWORKER.person)
    (given,) = facts_of(told, on(9, by(MANAGER, asked_for)))
    assert (given.given_to, given.given_because) == (MANAGER.person, GivenBecause.DECIDED_IT)


# --- the answer -------------------------------------------------------------------------------------------------


def asked_of(*more):
    return (
        TALK,
        on(5, decided(1, 3)),
        on(9, a.fact_corrected(corrects=3, fields=(SAID,))),
        on(9, a.decision_review_asked(
            asking_id="asking-00000001", decision_id="decision-00000001", arrived=(f"{a.CODE}/5",))),
        *more,
    )  # fmt: skip


def test_a_review_is_answered_once_and_waits_again_when_its_answer_is_withdrawn() -> None:
    answer = on(10, by(MANAGER, a.decision_reaffirmed(asking_id="asking-00000001")))
    assert replay(history(*asked_of())).reviews["asking-00000001"].status == "open"
    assert replay(history(*asked_of(answer))).reviews["asking-00000001"].status == "reaffirmed"
    withdrawn = on(11, a.fact_withdrawn(corrects=7))
    assert replay(history(*asked_of(answer, withdrawn))).reviews["asking-00000001"].status == "open"


def test_a_review_lapses_where_what_it_was_asked_for_was_entered_in_error() -> None:
    told = (
        TALK,
        on(5, decided(1, 3)),
        late(4, 9, FLAG),
        on(9, a.decision_review_asked(asking_id="asking-00000001", arrived=(f"{a.CODE}/5",))),
        on(10, a.fact_withdrawn(corrects=5, reason=Sealed("Another practice’s."))),
    )
    assert replay(history(*told)).reviews["asking-00000001"].status == "lapsed"

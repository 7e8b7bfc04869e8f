"""Deciding a tier while a framework is in force: what moves it, what must be said, and what the record then has."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.afterwards import conversation_is_owed, stands_as_override
from domain.practice.concerns import concerns_of
from domain.practice.guards import data_is_validated, leads_out_since
from domain.practice.kinds import IndicatorDomain, LesserStep, Level, RecommendedBecause, Side, Tier, Travel
from domain.practice.practice import replay
from domain.practice.recommended import changed_by_facts, recommended_for
from domain.practice.visible import as_seen_by
from domain.practice.weighing import STEPS
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import (
    ADVISER,
    CASEWORKER,
    LEAD,
    MANAGER,
    OPERATOR,
    OTHER_MANAGER,
    by,
    given,
    recorded,
)

V1 = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)
ROOM, CONCERN, ASSURANCE = Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN, Tier.ASSURANCE_BASED
TODAY = a.TODAY
FLAG, HEARD = "flag-deciding1", "intelligence-deciding1"
BOTH = (
    e.Participant(side=Side.CONTRACT_HOLDER, role="caseworker", described=None, person=None, name=None),
    e.Participant(
        side=Side.LOCAL_COMMISSIONER, role="primary_care_lead", described=None, person=None, name=None
    ),
)
SAID = {
    "direction": Travel.WORSENING,
    "differs_because": "The plan lapsed twice.",
    "tried": (LesserStep.CONVERSATION,),
    **{f"on_{step.value}": "It changed nothing." for step in LesserStep},
    "asked_for": "A rota for each week.",
    "de_escalation": "Two quarters within the limits.",
    "no_view_because": "It was asked, and has not answered.",
    "answered": "Two posts are vacant.",
}


def ago(days):
    return TODAY - timedelta(days=days)


def flag(**given_):
    return a.flag_raised(
        **{
            "flag_id": FLAG,
            "occurred_on": ago(60),
            "domain": IndicatorDomain.PATIENT_SAFETY,
            "level": Level.ALARM,
        }
        | given_
    )


def heard(days=50):
    return a.intelligence_recorded(intelligence_id=HEARD, occurred_on=ago(days))


def corroborated():
    return by(LEAD, a.intelligence_corroborated(intelligence_id=HEARD, occurred_on=ago(40)))


def talked(days, **about):
    return a.conversation_recorded(
        **{"participants": BOTH, "occurred_on": ago(days), "about_flags": (FLAG,), "about_intelligence": ()}
        | about
    )


def cite(*versions):
    return tuple(f"{a.CODE}/{version}" for version in versions)


def decide(tier=CONCERN, *versions, **said):
    return a.decide_tier(tier=tier, inputs=cite(*versions), **(SAID | said))


# --- into cause for concern ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("talk", "safety", "override"), list(product((True, False), repeat=3)))
def test_cause_for_concern_needs_a_shared_conversation_or_safety_or_an_override(
    talk, safety, override
) -> None:
    facts = [flag(), heard(), corroborated()]
    facts += [talked(20)] if talk else []
    facts += [by(ADVISER, a.override_given(occurred_on=ago(3)))] if override else []
    ground = "A child was not seen in time." if safety else None
    story = given(*facts).under(V1).when(decide(CONCERN, 3, 4, immediate_safety=ground), MANAGER)
    if not (talk or safety or override):
        story.then_refused("a-concern-is-talked-about-before-it-moves-the-tier")
        return
    decided = story.facts[0]
    assert isinstance(decided, e.TierDecided)
    rests = cite(len(facts) + 2)[0] if override and not talk and not safety else None
    assert decided.override == rests


@pytest.mark.parametrize(
    ("days", "about", "allowed"),
    [
        (90, {}, True),
        (91, {}, False),
        (61, {}, False),
        (20, {"about_flags": ()}, False),
        (20, {"about_flags": (), "about_intelligence": (HEARD,)}, True),
        (20, {"participants": BOTH[:1]}, False),
    ],
)
def test_the_conversation_is_about_a_cited_concern_since_it_arose_and_within_90_days(
    days, about, allowed
) -> None:
    raised = flag(occurred_on=ago(100 if days >= 90 else 60))
    story = given(raised, heard(), corroborated(), talked(days, **about)).under(V1)
    story.when(decide(CONCERN, 3, 4), MANAGER)
    if allowed:
        assert isinstance(story.facts[0], e.TierDecided)
    else:
        story.then_refused("a-concern-is-talked-about-before-it-moves-the-tier")


def test_an_inspection_is_talked_about_where_the_conversation_is_cited_beside_it() -> None:
    facts = (a.inspection_reported(occurred_on=ago(30), safe="inadequate"), talked(20, about_flags=()))
    given(*facts).under(V1).when(decide(CONCERN, 3), MANAGER).then_refused(
        "a-concern-is-talked-about-before-it-moves-the-tier"
    )
    assert given(*facts).under(V1).when(decide(CONCERN, 3, 4), MANAGER).facts


def test_a_conversation_is_no_concern_and_is_about_those_that_it_names() -> None:
    assert given(flag(), talked(20)).under(V1).when(decide(CONCERN, 4), MANAGER).facts
    small_talk, alone = talked(20, about_flags=()), talked(10, about_flags=(), participants=BOTH[:1])
    for cited in ((4,), (3, 4), (3, 4, 5)):
        given(flag(), small_talk, alone).under(V1).when(decide(CONCERN, *cited), MANAGER).then_refused(
            "a-concern-is-talked-about-before-it-moves-the-tier"
        )


@pytest.mark.parametrize(
    "beside",
    [
        a.contract_signed(),
        a.inspection_reported(occurred_on=ago(30)),  # rated good
        a.declaration_asked_for(occurred_on=ago(30), due_on=TODAY + timedelta(days=2)),
        a.practice_told(occurred_on=ago(30)),
        a.action_proposed(occurred_on=ago(30), about_flags=(FLAG,)),
        a.list_closure_applied_for(occurred_on=ago(30)),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_what_tells_of_no_concern_is_none_and_no_evidence(beside) -> None:
    facts = (flag(), beside, talked(20, about_flags=()))
    given(*facts).under(V1).when(decide(CONCERN, 3, 4, 5), MANAGER).then_refused(
        "a-concern-is-talked-about-before-it-moves-the-tier"
    )
    given(*facts).under(V1).when(decide(CONCERN, 3, 4, immediate_safety="A child."), MANAGER).then_refused(
        "indicator-flags-alone-raise-no-cause-for-concern"
    )


def test_an_action_is_evidence_once_both_agreed_it_and_while_it_is_owed_or_where_it_failed() -> None:
    proposed = a.action_proposed(action_id="action-deciding1", occurred_on=ago(30), about_flags=(FLAG,))
    agreed = [
        by(
            who,
            a.action_agreed(action_id="action-deciding1", side=side, organisation=of, occurred_on=ago(25)),
        )
        for who, side, of in (
            (MANAGER, Side.CONTRACT_HOLDER, a.HOLDER),
            (LEAD, Side.LOCAL_COMMISSIONER, a.COMMISSIONER),
        )
    ]
    done = [a.action_completed(action_id="action-deciding1", occurred_on=ago(5))]
    failed = [a.action_cancelled(action_id="action-deciding1", not_done=True, occurred_on=ago(5))]
    rule = "indicator-flags-alone-raise-no-cause-for-concern"
    for later, allowed in (([], False), (agreed, True), (agreed + done, False), (failed, True)):
        story = given(flag(), proposed, *later, talked(2)).under(V1).when(decide(CONCERN, 3, 4), MANAGER)
        assert (story.broken is None) is allowed
        assert allowed or story.broken.rule == rule


@pytest.mark.parametrize(
    "ended",
    [
        a.flag_withdrawn(flag_id=FLAG, occurred_on=ago(5)),
        a.flag_cleared(flag_id=FLAG, occurred_on=ago(5)),
        by(LEAD, a.intelligence_discounted(intelligence_id=HEARD, occurred_on=ago(5))),
        (
            a.flag_explained(
                flag_id=FLAG,
                explanation_id="explanation-deciding1",
                category="data_error",
                occurred_on=ago(10),
            ),
            by(
                LEAD,
                a.explanation_accepted(
                    explanation_id="explanation-deciding1", flag_id=FLAG, occurred_on=ago(5)
                ),
            ),
        ),
    ],
    ids=lambda one: type(getattr(one, "fact", one)).__name__,
)
def test_what_stands_no_more_is_no_concern_that_was_talked_about(ended) -> None:
    about = {"about_flags": (FLAG,), "about_intelligence": ()}
    if "Discounted" in type(getattr(ended, "fact", ended)).__name__:
        about = {"about_flags": (), "about_intelligence": (HEARD,)}
    facts = (flag(), heard(), talked(20, **about))
    assert given(*facts).under(V1).when(decide(CONCERN, 3, 4, 5), MANAGER).facts
    ended = ended if type(ended) is tuple else (ended,)
    given(*facts, *ended).under(V1).when(decide(CONCERN, 3, 4, 5), MANAGER).then_refused(
        "a-concern-is-talked-about-before-it-moves-the-tier"
    )


def test_a_disputed_conversation_counts_only_where_it_is_cited_and_the_decision_says_why() -> None:
    disputed = by(LEAD, a.entry_disputed(version=6, text_version=6, occurred_on=TODAY))
    facts = (flag(), heard(), corroborated(), talked(20), disputed)
    given(*facts).under(V1).when(decide(CONCERN, 3, 4), MANAGER).then_refused(
        "a-concern-is-talked-about-before-it-moves-the-tier"
    )
    given(*facts).under(V1).when(decide(CONCERN, 3, 4, 6), MANAGER).then_refused(
        "a-decision-over-a-dispute-says-why"
    )
    touched = a.fact_corrected(corrects=6, fields=(a.changed("channel", '"phone"', '"visit"'),))
    for cited, rule in (
        ((3, 4), "a-concern-is-talked-about-before-it-moves-the-tier"),
        ((3, 4, 6), "a-decision-over-a-dispute-says-why"),
    ):
        given(*facts, touched).under(V1).when(decide(CONCERN, *cited), MANAGER).then_refused(rule)
    over = decide(CONCERN, 3, 4, 6, over_dispute="The minutes of both say it was held.")
    assert given(*facts).under(V1).when(over, MANAGER).facts


@pytest.mark.parametrize(
    "words", ["No", "no.", "None", "N/A", "n/a", "-", "Yes", "Not applicable", "No risk."]
)
def test_no_is_no_ground_of_immediate_safety(words) -> None:
    facts = (flag(), heard(), corroborated())
    given(*facts).under(V1).when(decide(CONCERN, 3, 4, immediate_safety=words), MANAGER).then_refused(
        "an-immediate-risk-is-described", "immediate_safety"
    )
    risk = decide(CONCERN, 3, 4, immediate_safety="No doctor is on duty today.")
    assert given(*facts).under(V1).when(risk, MANAGER).facts


def test_the_conversation_that_safety_put_off_is_about_what_the_decision_cites() -> None:
    decided = by(
        MANAGER,
        a.tier_decided(
            tier=CONCERN,
            inputs=cite(3),
            occurred_on=ago(28),
            effective_on=ago(28),
            immediate_safety=Sealed("Now."),
        ),
    )
    for about, stands in (((), True), ((FLAG,), False)):
        practice = given(flag(), decided, talked(1, about_flags=about)).practice()
        (decision,) = practice.decisions
        assert stands_as_override(practice, decision, TODAY + timedelta(days=1)) is stands
        assert conversation_is_owed(practice, decision) is stands


def test_indicator_flags_alone_raise_no_cause_for_concern() -> None:
    given(flag(), talked(20)).under(V1).when(decide(CONCERN, 3), MANAGER).then_refused(
        "indicator-flags-alone-raise-no-cause-for-concern", "inputs"
    )
    given(flag(), heard(), talked(20)).under(V1).when(decide(CONCERN, 3, 4), MANAGER).then_refused(
        "indicator-flags-alone-raise-no-cause-for-concern"
    )
    assert given(flag(), talked(20)).under(V1).when(decide(CONCERN, 3, 4), MANAGER).facts


def test_an_override_holds_for_one_decision_and_28_days() -> None:
    at_room = by(MANAGER, a.tier_decided(occurred_on=ago(50), effective_on=ago(50)))
    old = by(ADVISER, a.override_given(occurred_on=ago(29)))
    given(flag(), heard(), corroborated(), old).under(V1).when(decide(CONCERN, 3, 4), MANAGER).then_refused(
        "a-concern-is-talked-about-before-it-moves-the-tier"
    )
    used = by(
        MANAGER,
        a.tier_decided(
            tier=CONCERN, before=ROOM, occurred_on=ago(5), effective_on=ago(5), override="X90001/6"
        ),
    )
    down = by(MANAGER, a.tier_decided(tier=ROOM, before=CONCERN, occurred_on=ago(4), effective_on=ago(4)))
    new = by(ADVISER, a.override_given(occurred_on=ago(6)))
    given(flag(), heard(), corroborated(), new, at_room, used, down).under(V1).when(
        decide(CONCERN, 3, 4), MANAGER
    ).then_refused("a-concern-is-talked-about-before-it-moves-the-tier")


def test_nobody_decides_by_their_own_override_in_whichever_role() -> None:
    facts = (flag(), heard(), corroborated(), by(ADVISER, a.override_given(occurred_on=ago(3))))
    same = replace(MANAGER, person=ADVISER.person)
    given(*facts).under(V1).when(decide(CONCERN, 3, 4), same).then_refused(
        "another-person-decides-by-an-override"
    )
    assert given(*facts).under(V1).when(decide(CONCERN, 3, 4), MANAGER).facts


def test_only_the_medical_or_quality_lead_overrides_and_once_at_a_time() -> None:
    given().when(a.give_override(), MANAGER).then_refused("the-role-may-do-this")
    given().when(a.give_override(), LEAD).then_refused("the-role-may-do-this")
    given().when(a.give_override(), ADVISER).then_a(e.OverrideGiven)
    given(by(ADVISER, a.override_given())).when(a.give_override(), ADVISER).then_refused(
        "one-override-at-a-time"
    )


def test_a_decision_for_safety_stands_as_an_override_when_nobody_talked_about_it_in_28_days() -> None:
    decided = by(
        MANAGER,
        a.tier_decided(
            tier=CONCERN, occurred_on=ago(28), effective_on=ago(28), immediate_safety=Sealed("Now.")
        ),
    )
    alone, followed = given(decided).practice(), given(decided, talked(1)).practice()
    (decision,) = alone.decisions
    assert not stands_as_override(alone, decision, TODAY)
    assert stands_as_override(alone, decision, TODAY + timedelta(days=1))
    assert not stands_as_override(followed, followed.decisions[0], TODAY + timedelta(days=1))


# --- out of it, and room for improvement ----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "allowed"), [(90, True), (91, False)])
def test_cause_for_concern_is_left_after_a_shared_conversation_always(days, allowed) -> None:
    decided = by(MANAGER, a.tier_decided(tier=CONCERN, occurred_on=ago(120), effective_on=ago(120)))
    override = by(ADVISER, a.override_given(occurred_on=ago(3)))
    story = given(talked(days, about_flags=()), decided, override).under(V1).when(decide(ROOM, 3), MANAGER)
    if allowed:
        assert isinstance(story.facts[0], e.TierDecided)
    else:
        story.then_refused("cause-for-concern-is-left-after-a-shared-conversation")


def test_what_was_said_before_the_practice_came_to_cause_for_concern_does_not_lead_out_of_it() -> None:
    decided = by(MANAGER, a.tier_decided(tier=CONCERN, occurred_on=ago(20), effective_on=ago(20)))
    for days, allowed in ((21, False), (20, True), (3, True)):
        story = given(talked(days, about_flags=()), decided).under(V1).when(decide(ROOM, 3), MANAGER)
        assert (story.broken is None) is allowed
        if not allowed:
            story.then_refused("cause-for-concern-is-left-after-a-shared-conversation")


def test_a_decision_of_an_earlier_day_is_judged_by_the_tier_that_it_replaces() -> None:
    into = by(MANAGER, a.tier_decided(tier=CONCERN, occurred_on=ago(40), effective_on=ago(30)))
    early = [talked(60, about_flags=())]
    story = given(*early, into).under(V1)
    story.when(decide(ROOM, 1, occurred_on=ago(35), effective_on=ago(30)), MANAGER).then_refused(
        "decisions-are-taken-in-order", "occurred_on"
    )
    story.when(decide(ROOM, 1, effective_on=TODAY), MANAGER).then_refused(
        "cause-for-concern-is-left-after-a-shared-conversation"
    )
    out = by(
        MANAGER, a.tier_decided(tier=ASSURANCE, before=CONCERN, occurred_on=ago(10), effective_on=ago(10))
    )
    again = decide(CONCERN, 1, occurred_on=ago(20), effective_on=ago(10))
    given(*early, into, out).under(V1).when(again, MANAGER).then_refused("decisions-are-taken-in-order")


def test_a_decision_is_of_no_earlier_day_than_one_that_waits_and_was_recorded_before_it() -> None:
    waits = by(
        MANAGER,
        a.tier_decided(tier=CONCERN, occurred_on=ago(5), effective_on=TODAY + timedelta(days=20)),
    )
    earlier = decide(ROOM, 1, occurred_on=ago(8), effective_on=TODAY)
    story = given(talked(9, about_flags=()), waits).under(V1)
    story.when(earlier, MANAGER).then_refused("decisions-are-taken-in-order", "occurred_on")


def test_discounted_intelligence_validates_no_flag() -> None:
    discounted = by(LEAD, a.intelligence_discounted(intelligence_id=HEARD, occurred_on=ago(40)))
    given(flag(), heard(), discounted).under(V1).when(decide(ROOM, 3, 4), MANAGER).then_refused(
        "data-is-validated-before-it-moves-the-tier"
    )


def test_data_is_validated_before_room_for_improvement_rests_on_it_alone() -> None:
    given(flag()).under(V1).when(decide(ROOM, 3), MANAGER).then_refused(
        "data-is-validated-before-it-moves-the-tier", "inputs"
    )
    explained = a.flag_explained(flag_id=FLAG, occurred_on=ago(30))
    assert given(flag(), explained).under(V1).when(decide(ROOM, 3), MANAGER).facts
    assert given(flag(), heard()).under(V1).when(decide(ROOM, 3, 4), MANAGER).facts


def test_what_was_validated_after_the_day_of_a_decision_did_not_validate_it() -> None:
    practice = given(flag(), a.flag_explained(flag_id=FLAG, occurred_on=ago(3))).practice()
    cited = [practice.standing[3]]
    assert not data_is_validated(practice, cited, ago(4))
    assert data_is_validated(practice, cited, ago(3))


def test_a_decision_that_was_replaced_before_its_day_was_never_in_effect() -> None:
    into = by(MANAGER, a.tier_decided(tier=CONCERN, occurred_on=ago(60), effective_on=ago(60)))
    replaced = by(MANAGER, a.tier_decided(tier=ROOM, occurred_on=ago(40), effective_on=ago(10)))
    kept = by(MANAGER, a.tier_decided(tier=CONCERN, occurred_on=ago(35), effective_on=ago(20)))
    practice = given(into, replaced, kept).practice()
    assert [one.effective_on for one in practice.decisions_in_effect(TODAY)] == [ago(60), ago(20)]
    assert leads_out_since(practice, TODAY) == ago(60)
    assert given(into, replaced).practice().tier_on(TODAY) == ROOM


# --- what stands as a concern -----------------------------------------------------------------------------------------


def stand(*facts, day=TODAY):
    """The kinds of what stands as a concern on a day, of all that these facts tell."""
    practice = given(*facts).practice()
    everything = [*practice.standing.values()]
    kinds = {one.version: type(one.fact).__name__ for one in everything}
    return {kinds[one.version] for one in concerns_of(practice, everything, day)}


def test_a_flag_that_was_reopened_is_a_concern_again_in_spite_of_the_explanation_before() -> None:
    of_it = {"flag_id": FLAG, "explanation_id": "explanation-deciding1"}
    explained = (
        a.flag_explained(category="data_error", occurred_on=ago(30), **of_it),
        by(LEAD, a.explanation_accepted(occurred_on=ago(29), **of_it)),
        a.flag_cleared(flag_id=FLAG, occurred_on=ago(28)),
    )
    assert stand(flag(), *explained) == set()
    assert "FlagRaised" in stand(flag(), *explained, a.flag_reopened(flag_id=FLAG, occurred_on=ago(5)))


def test_a_sanction_or_suspension_is_a_concern_until_its_last_day() -> None:
    last = ago(2)
    suspended = a.contractor_suspended(until_on=last, occurred_on=ago(60))
    of_it = {"notice_id": "notice-deciding1", "sanction_id": "sanction-deciding1"}
    sanction = (
        a.sanction_proposed(**of_it, until_on=last),
        a.sanction_imposed(**of_it, occurred_on=ago(9)),
    )
    assert stand(suspended, *sanction, day=last) == {"ContractorSuspended", "SanctionImposed"}
    assert stand(suspended, *sanction, day=ago(1)) == set()


@pytest.mark.parametrize(("outcome", "left"), [("for_holder", True), ("for_contractor", False)])
def test_what_was_determined_for_the_contractor_is_no_concern(outcome, left) -> None:
    breach = a.breach_identified(breach_id="breach-deciding1")
    notice = (
        a.breach_notice_drafted(notice_id="notice-deciding1", breaches=("breach-deciding1",)),
        by(MANAGER, a.notice_issued(notice_id="notice-deciding1", occurred_on=date(2026, 9, 3))),
    )
    of_it = {"notice_id": "notice-deciding2", "sanction_id": "sanction-deciding1"}
    sanction = (a.sanction_proposed(**of_it), a.sanction_imposed(**of_it))
    of = {"dispute_id": "dispute-deciding1"}
    for facts, subject, name in (
        ((breach,), cite(3)[0], "BreachIdentified"),
        ((breach, *notice), "notice-deciding1", "NoticeIssued"),
        (sanction, "notice-deciding2", "SanctionImposed"),
    ):
        dispute = (a.dispute_referred(subject=subject, **of), a.dispute_determined(outcome=outcome, **of))
        assert (name in stand(*facts, *dispute)) is left


def test_of_two_inspections_published_on_one_day_the_one_recorded_last_counts() -> None:
    poor = a.inspection_reported(occurred_on=ago(30), rating="inadequate")
    good = a.inspection_reported(occurred_on=ago(30))
    assert stand(poor, good) == set()
    assert stand(good, poor) == {"InspectionReported"}


# --- what is said ----------------------------------------------------------------------------------------------------

ALLOWED = (flag(), heard(), corroborated(), talked(20))


@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ("direction", "a-decision-says-which-way-it-goes"),
        ("de_escalation", "the-way-down-is-said-in-advance"),
        ("differs_because", "a-decision-that-differs-says-why"),
        ("asked_for", "a-raised-tier-asks-for-something"),
        ("answered", "the-practice-is-heard-or-waiting-was-unsafe"),
        ("no_view_because", "the-other-organisation-is-asked-its-view"),
        *((f"on_{step.value}", "each-lesser-step-is-weighed") for step in LesserStep),
    ],
)
def test_what_a_move_to_cause_for_concern_must_say_is_asked_for_by_name(missing, rule) -> None:
    command = replace(decide(CONCERN, 3, 4), **{missing: None})
    given(*ALLOWED).under(V1).when(command, MANAGER).then_refused(rule, missing)


def test_a_decision_keeps_all_that_was_said_and_what_was_recommended() -> None:
    answered = a.practice_response_received(occurred_on=ago(10))
    story = given(*ALLOWED, answered).under(V1).when(decide(CONCERN, 3, 4, answers=cite(7)), MANAGER)
    decided, recommended = story.facts
    assert recommended.tier == ROOM
    assert [(one.rule, one.facts) for one in recommended.satisfied] == [("R1", cite(3)), ("R7", cite(4, 5))]
    assert recommended.because == RecommendedBecause.DECISION_OPENED
    assert (decided.recommended, decided.framework_version, decided.tier) == (ROOM, 1, CONCERN)
    assert {one.step: one.taken for one in decided.steps} == {
        step: step == LesserStep.CONVERSATION for step in LesserStep
    }
    assert decided.answers == cite(7)
    assert decided.differs_because is not None


def test_what_the_practice_answered_it_said_itself() -> None:
    told = a.practice_told(occurred_on=ago(10))
    for version in (1, 3, 6, 7):
        said = decide(CONCERN, 3, 4, answered=None, answers=cite(version))
        given(*ALLOWED, told).under(V1).when(said, MANAGER).then_refused(
            "what-the-practice-answered-it-said-itself", "answers"
        )
    theirs = a.flag_explained(flag_id=FLAG, given_by=Side.PRACTICE, occurred_on=ago(10))
    said = decide(CONCERN, 3, 4, answered=None, answers=cite(7))
    assert given(*ALLOWED, theirs).under(V1).when(said, MANAGER).facts


def test_a_former_local_commissioner_has_no_view_that_counts() -> None:
    view = by(LEAD, a.tier_view_stated(occurred_on=ago(5)))
    moved = a.responsibility_assigned(local_commissioner="11Z", from_on=ago(3))
    command = decide(CONCERN, 3, 4, no_view_because=None)
    assert given(*ALLOWED, view).under(V1).when(command, MANAGER).facts
    given(*ALLOWED, view, by(OPERATOR, moved)).under(V1).when(command, MANAGER).then_refused(
        "the-other-organisation-is-asked-its-view"
    )


def test_why_it_differs_is_kept_only_where_it_differs() -> None:
    decided = given(*ALLOWED).under(V1).when(decide(ROOM, 3, 4), MANAGER).facts[0]
    assert decided.differs_because is None


def test_a_review_that_keeps_a_tier_weighs_no_lesser_step() -> None:
    at_room = by(MANAGER, a.tier_decided(occurred_on=ago(10), effective_on=ago(10)))
    command = a.decide_tier(
        tier=ROOM, inputs=cite(3), direction=Travel.STEADY, de_escalation="Two quarters within the limits."
    )
    assert given(flag(), at_room).under(V1).when(command, MANAGER).facts[0].before == ROOM
    assert set(STEPS) == {ROOM, CONCERN}


def test_the_local_commissioners_view_since_the_last_decision_is_cited() -> None:
    view = by(LEAD, a.tier_view_stated(occurred_on=ago(2)))
    decided = (
        given(*ALLOWED, view).under(V1).when(decide(CONCERN, 3, 4, no_view_because=None), MANAGER).facts[0]
    )
    assert decided.view == cite(7)[0]
    older = by(MANAGER, a.tier_decided(occurred_on=ago(1), effective_on=ago(1)))
    given(*ALLOWED, view, older).under(V1).when(
        decide(CONCERN, 3, 4, no_view_because=None), MANAGER
    ).then_refused("the-other-organisation-is-asked-its-view")


def test_each_organisation_dissents_once_and_the_decision_stands() -> None:
    decided = a.tier_decided(decision_id="decision-deciding1")
    command = a.record_dissent(decision_id="decision-deciding1")
    given(by(MANAGER, decided)).when(command, LEAD).then_a(
        e.DissentRecorded, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
    )
    theirs = by(LEAD, a.dissent_recorded(decision_id="decision-deciding1"))
    story = given(by(MANAGER, decided), theirs)
    story.when(command, LEAD).then_refused("an-organisation-dissents-once")
    story.when(command, MANAGER).then_refused("nobody-dissents-from-their-own-decision")
    story.when(command, OTHER_MANAGER).then_a(e.DissentRecorded, side=Side.CONTRACT_HOLDER)
    assert story.practice().tier_on(TODAY) == ROOM
    given().when(command, LEAD).then_refused("dissent-is-from-a-decision-of-this-practice")


# --- recommended ---------------------------------------------------------------------------------------------------


def test_a_decision_that_is_opened_records_what_is_recommended_once() -> None:
    story = given(flag()).under(V1).when(a.open_tier_decision(), MANAGER)
    story.then_a(e.TierRecommended, tier=ROOM, framework_version=1, occurred_on=TODAY)
    given(flag(), by(MANAGER, story.facts[0])).under(V1).when(a.open_tier_decision(), MANAGER).then_nothing()
    given(flag()).under(V1).when(a.open_tier_decision(), CASEWORKER).then_refused("the-role-may-do-this")
    given(flag()).when(a.open_tier_decision(), MANAGER).then_refused("rules-are-in-force-first")


def under_rules(*facts):
    registered = (a.practice_registered(), a.responsibility_assigned())
    return replace(replay(recorded(*registered, *facts)), framework=V1)


def test_what_a_command_changes_of_the_recommendation_follows_from_its_facts() -> None:
    (fact,) = changed_by_facts(under_rules(), under_rules(flag()), CASEWORKER)
    assert (fact.tier, fact.because) == (ROOM, RecommendedBecause.FACTS_CHANGED)
    assert changed_by_facts(under_rules(flag()), under_rules(flag(), heard()), CASEWORKER) == []
    second = flag(flag_id="flag-deciding2", indicator="PS02", domain=IndicatorDomain.PATIENT_SAFETY)
    (more,) = changed_by_facts(under_rules(flag()), under_rules(flag(), second), CASEWORKER)
    assert [one.rule for one in more.satisfied] == ["R1", "R2"]
    cleared = a.flag_cleared(flag_id=FLAG, occurred_on=TODAY)
    (less,) = changed_by_facts(under_rules(flag()), under_rules(flag(), cleared), CASEWORKER)
    assert (less.tier, less.satisfied) == (ASSURANCE, ())


def test_another_version_of_the_rules_moves_no_tier_and_is_recorded_when_a_decision_is_opened() -> None:
    rules = tuple(replace(one, counted=one.rule != "R1") for one in VERSION_ONE.rules)
    v2 = Framework(version=2, effective_from=date(2026, 11, 1), rule_set=replace(VERSION_ONE, rules=rules))
    first = given(flag()).under(V1).when(a.open_tier_decision(), MANAGER).facts[0]
    decided = by(MANAGER, a.tier_decided(occurred_on=ago(10), effective_on=ago(10)))
    story = given(flag(), by(MANAGER, first), decided).under(v2)
    assert story.practice().tier_on(TODAY) == ROOM
    before = replace(story.practice(), framework=v2)
    assert changed_by_facts(before, before, CASEWORKER) == []
    story.when(a.open_tier_decision(), MANAGER).then_a(e.TierRecommended, framework_version=2)


def test_what_was_recommended_is_neither_corrected_nor_withdrawn() -> None:
    facts = (flag(), by(MANAGER, a.tier_recommended()))
    given(*facts).when(a.withdraw_fact(version=4), MANAGER).then_refused("what-the-rules-recommended-stands")
    given(*facts).when(a.correct_fact(version=4, fields={"tier": "assurance_based"}), MANAGER).then_refused(
        "what-the-rules-recommended-stands"
    )


def test_what_one_organisation_keeps_is_not_told_by_what_it_leads_to() -> None:
    kept = a.intelligence_recorded(intelligence_id=HEARD, occurred_on=ago(50), visibility="internal")
    told = a.tier_recommended(satisfied=(e.SatisfiedRule(rule="R7", tier=ROOM, facts=cite(3)),))
    story = given(kept, by(MANAGER, told))
    whole = replay(story.history)
    assert [one.version for one in as_seen_by(story.history, whole.closed, LEAD, {})] == [1, 2]
    assert len(as_seen_by(story.history, whole.closed, MANAGER, {})) == 4


@pytest.mark.parametrize(
    "beside",
    [by(ADVISER, a.override_given(occurred_on=ago(3))), a.letter_written(occurred_on=ago(3)), a.details_changed(occurred_on=ago(3))],
    ids=lambda one: type(getattr(one, "fact", one)).__name__,
)  # fmt: skip
def test_what_the_record_says_of_itself_is_no_evidence_beside_flags(beside) -> None:
    given(flag(), talked(20), beside).under(V1).when(decide(CONCERN, 3, 5), MANAGER).then_refused(
        "indicator-flags-alone-raise-no-cause-for-concern", "inputs"
    )


def test_the_same_view_again_records_nothing() -> None:
    view = by(LEAD, a.tier_view_stated())
    given(view).when(a.state_tier_view(), LEAD).then_nothing()
    given(view).when(a.state_tier_view(tier=ASSURANCE), LEAD).then_a(e.TierViewStated)
    later = by(MANAGER, a.tier_decided())
    given(view, later).when(a.state_tier_view(), LEAD).then_a(e.TierViewStated)


def test_what_followed_from_a_decision_was_not_recommended_for_it() -> None:
    opened = a.tier_recommended(because=RecommendedBecause.DECISION_OPENED)
    followed = a.tier_recommended(satisfied=())
    practice = given(by(MANAGER, opened), by(MANAGER, a.tier_decided())).practice()
    assert recommended_for(practice, practice.decisions[0]) == opened
    story = given(by(MANAGER, a.tier_decided()), by(MANAGER, opened), by(MANAGER, followed))
    together = [one._replace(command_id="command-together") for one in story.history]
    practice = replay(together)
    assert recommended_for(practice, practice.decisions[0]) == opened
    apart = story.practice()
    assert recommended_for(apart, apart.decisions[0]) is None

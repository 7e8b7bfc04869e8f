"""Deciding a tier while a framework is in force: what moves it, what must be said, and what the record then has."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from domain.practice import events as e
from domain.practice.afterwards import conversation_is_owed, stands_as_override
from domain.practice.guards import data_is_validated, leads_out_since
from domain.practice.kinds import Side
from domain.rules import Sealed
from tests.domain.deciding import (
    ASSURANCE,
    BOTH,
    CONCERN,
    FLAG,
    HEARD,
    ROOM,
    TODAY,
    V1,
    ago,
    cite,
    corroborated,
    decide,
    flag,
    heard,
    talked,
)
from tests.support import factories as a
from tests.support.given import ADVISER, LEAD, MANAGER, by, given

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

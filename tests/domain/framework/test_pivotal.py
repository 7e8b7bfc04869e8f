"""What a recommendation hangs on: the smallest set of facts equals an exhaustive search, and many facts take no longer."""

import random
from collections import Counter
from itertools import combinations
from math import comb
from typing import Any

import pytest

from domain.framework.pivotal import Pivotal, pivotal
from domain.framework.read import what_is_read
from domain.framework.recommending import recommend
from domain.practice import events as e
from domain.practice.kinds import (
    Direction,
    ExplanationCategory,
    FlagKind,
    IndicatorDomain,
    Level,
    Rating,
    RegulatoryActionKind,
    ShorterBecause,
    Tier,
)
from domain.practice.practice import replay
from tests.domain.framework.test_recommending import (
    EXPERIENCE,
    ON,
    SAFETY,
    TWO_QUARTERS,
    V1,
    ago,
    agreed_action,
    at,
    flag,
    heard,
    history,
    publications,
)
from tests.projections.histories import random_history
from tests.support import factories as a
from tests.support.given import MANAGER, By, by

NOTHING = publications()
PUBLISHED = publications(*TWO_QUARTERS)
FLAGGED = tuple(f"flag-0000000{number}" for number in range(4))


def found(*facts, published=NOTHING):
    return pivotal(history(*facts), V1, ON, published)


def exhaustive(told, published=NOTHING, on=ON):
    """Every set of the facts that are read, the smallest first, removed together."""
    read = what_is_read(told)

    def tier(kept):
        practice = replay(what_is_read(kept))
        practice.published = published
        return recommend(practice, V1, on).tier

    now = tier(read)
    versions = [entry.version for entry in read if not isinstance(entry.fact, e.PracticeRegistered)]
    for size in range(1, len(versions) + 1):
        sets = {}
        for gone in combinations(versions, size):
            without = tier([entry for entry in read if entry.version not in gone])
            if without != now:
                sets[gone] = without
        if sets:
            return sets
    return {}


def agree(answer, sets):
    if not sets:
        return answer == Pivotal()
    return (
        answer.looked_up_to is None
        and sets.get(answer.facts) == answer.tier
        and answer.others == len(sets) - 1
    )


# --- random streams -------------------------------------------------------------------------------------------------


def flagged(chance):
    raised = flag(
        chance.choice(("PE03", "PS01", "PS02", "OE05")),
        chance.choice((SAFETY, EXPERIENCE, IndicatorDomain.ORGANISATIONAL_EFFECTIVENESS)),
        chance.choice((Level.ALARM, Level.ALERT)),
        flag_id=chance.choice(FLAGGED),
        kind=chance.choice((FlagKind.OUTLYING, FlagKind.SHIFTING)),
        direction=chance.choice((Direction.ADVERSE,) * 4 + (Direction.FAVOURABLE,)),
        period=chance.choice((None, "2026Q1", "2026Q2")),
        source=chance.choice(("by_hand", "release")),
        occurred_on=ago(chance.choice((20, 60, 100, 200))),
    )
    return [raised]


def answered(chance):
    one, name = chance.choice(FLAGGED), f"explanation-0000000{chance.randrange(3)}"
    said = a.flag_explained(
        flag_id=one,
        explanation_id=name,
        category=chance.choice(tuple(ExplanationCategory)),
        occurred_on=ago(15),
    )
    accepted = by(MANAGER, a.explanation_accepted(flag_id=one, explanation_id=name, occurred_on=ago(14)))
    return chance.choice(
        (
            [said, accepted],
            [a.flag_cleared(flag_id=one, occurred_on=ago(10))],
            [a.flag_withdrawn(flag_id=one, occurred_on=ago(10))],
            [
                a.flag_cleared(flag_id=one, occurred_on=ago(10)),
                a.flag_reopened(flag_id=one, occurred_on=ago(5)),
            ],
        )
    )


def talked(chance):
    number = chance.randrange(1, 3)
    said = heard(number, safety=chance.random() < 0.4)
    closed = a.episode_closed(closing_id=f"closing-000000{number:02}", occurred_on=ago(9))
    reopened = a.episode_reopened(closing_id=f"closing-000000{number:02}", occurred_on=ago(3))
    return chance.choice((said, said, [*said, closed], [*said, closed, reopened]))


def planned(chance):
    name = f"action-0000000{chance.randrange(3)}"
    about = (f"intelligence-0000000{chance.randrange(1, 3)}",) if chance.random() < 0.5 else ()
    due = ago(chance.choice((5, 30, 70)))
    proposed = agreed_action(name, chance.choice((None, "plan-1", "plan-2")), due, about_intelligence=about)
    ends: Any = (
        [],
        [],
        [a.action_cancelled(action_id=name, not_done=chance.random() < 0.6, occurred_on=ago(4))],
        [a.action_completed(action_id=name, occurred_on=ago(4))],
    )
    return [*proposed[: chance.choice((2, 3, 3))], *chance.choice(ends)]


def laddered(chance):
    name = f"notice-0000000{chance.randrange(2)}"
    drafted = a.remedial_notice_drafted(
        notice_id=name,
        period_days=14,
        shorter_because=chance.choice((None, ShorterBecause.PATIENT_SAFETY)),
        occurred_on=ago(90),
    )
    issued = a.notice_issued(notice_id=name, occurred_on=ago(chance.choice((80, 400))))
    ends: Any = ([], [a.notice_satisfied(notice_id=name, occurred_on=ago(9))],
            [a.notice_not_satisfied(notice_id=name, occurred_on=ago(9))],
            [a.notice_withdrawn(notice_id=name, occurred_on=ago(9))])  # fmt: skip
    return [drafted, issued, *chance.choice(ends)]


def sanctioned(chance):
    given = [
        a.sanction_proposed(
            notice_id="notice-00000009", sanction_id="sanction-00000009", occurred_on=ago(30)
        ),
        a.notice_issued(notice_id="notice-00000009", occurred_on=ago(29)),
        a.sanction_imposed(notice_id="notice-00000009", sanction_id="sanction-00000009", occurred_on=ago(20)),
        a.sanction_lifted(sanction_id="sanction-00000009", occurred_on=ago(2)),
    ]
    return given[: chance.choice((3, 4))]


def regulated(chance):
    name = f"regulatory-0000000{chance.randrange(2)}"
    action = a.regulatory_action_recorded(
        regulatory_id=name,
        kind=chance.choice(tuple(RegulatoryActionKind)),
        from_on=ago(40),
        occurred_on=ago(40),
    )
    return chance.choice(
        (
            [a.inspection_reported(rating=chance.choice(tuple(Rating)), inspected_on=ago(90),
                                   occurred_on=ago(chance.choice((20, 60))))],
            [action],
            [action, a.regulatory_action_ended(regulatory_id=name, occurred_on=ago(6))],
            [a.declaration_asked_for(due_on=ago(chance.choice((10, 40))), occurred_on=ago(90))],
            [a.declaration_submitted(occurred_on=ago(5))],
        )
    )  # fmt: skip


def decided(chance):
    return [at(chance.choice(tuple(Tier)), ago(chance.choice((10, 60, 120, 200))))]


def handed(chance):
    return [a.responsibility_assigned(from_on=ago(chance.choice((1, 500))), local_commissioner=None)]


MOVES = (flagged, flagged, flagged, flagged, answered, answered, talked, planned, planned, laddered, sanctioned,
         regulated, regulated, decided, decided, handed)  # fmt: skip


def small_stream(seed):
    """At most 12 facts that rules read beside the practice's registration, some corrected or withdrawn."""
    chance = random.Random(seed)
    facts: list[Any] = []
    most = chance.randrange(2, 11)
    while len(facts) < most:
        facts += chance.choice(MOVES)(chance)
    facts = facts[: most + 1]
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        version = chance.randrange(3, len(facts) + 3)
        fact = facts[version - 3].fact if isinstance(facts[version - 3], By) else facts[version - 3]
        if not isinstance(fact, e.FactWithdrawn) and len(facts) < 12:
            facts.append(a.fact_withdrawn(corrects=version, occurred_on=ago(1)))
    return history(*facts)


def test_on_two_hundred_random_streams_the_answer_equals_an_exhaustive_search():
    sizes: Counter[int] = Counter()
    for seed in range(200):
        told = small_stream(seed)
        published = PUBLISHED if seed % 3 == 0 else NOTHING
        sets = exhaustive(told, published)
        answer = pivotal(told, V1, ON, published)
        assert agree(answer, sets), (seed, answer, sets)
        sizes[len(answer.facts)] += 1
    assert min(sizes[number] for number in (0, 1, 2, 3)) > 1, sizes


# --- by hand ----------------------------------------------------------------------------------------------------


def test_without_the_one_alarm_assurance_based_is_recommended():
    answer = found(flag("PS01", SAFETY, Level.ALARM))
    assert answer == Pivotal(facts=(3,), tier=Tier.ASSURANCE_BASED, others=0)


def test_nothing_that_is_recorded_makes_a_difference():
    assert found() == Pivotal()
    assert found(flag(direction=Direction.FAVOURABLE), a.conversation_recorded()) == Pivotal()


def test_what_took_a_flag_out_of_the_count_is_what_it_hangs_on():
    facts = [
        flag("PS01", SAFETY, Level.ALARM, flag_id=FLAGGED[0]),
        a.flag_explained(flag_id=FLAGGED[0], explanation_id="explanation-00000000", occurred_on=ago(9)),
        by(MANAGER, a.explanation_accepted(flag_id=FLAGGED[0], explanation_id="explanation-00000000", occurred_on=ago(8))),
    ]  # fmt: skip
    answer = found(*facts)
    assert answer == Pivotal(facts=(5,), tier=Tier.ROOM_FOR_IMPROVEMENT, others=1)


def test_of_things_that_are_alike_as_many_go_as_must_and_all_ways_are_counted():
    """Two alarms satisfy R2: of six, five must go, whichever is left."""
    facts = [flag(f"CQ{number:02}", EXPERIENCE, Level.ALARM) for number in range(6)]
    answer = found(*facts)
    assert answer == Pivotal(facts=tuple(range(4, 9)), tier=Tier.ASSURANCE_BASED, others=comb(6, 5) - 1)


def test_a_decision_may_be_what_it_hangs_on():
    """At cause for concern for less than 90 days: without the decision, nothing keeps it there."""
    answer = found(at(Tier.CAUSE_FOR_CONCERN, ago(20)), a.conversation_recorded())
    assert answer == Pivotal(facts=(3,), tier=Tier.ASSURANCE_BASED)


def test_random_histories_of_every_kind_of_fact_agree_with_an_exhaustive_search():
    for seed in range(6):
        told = random_history(seed, "X90001", 40)
        on = told[-1].recorded_on
        answer = pivotal(told, V1, on)
        if len(answer.facts) == 1:
            assert agree(answer, exhaustive(told, on=on)), seed


# --- many facts -----------------------------------------------------------------------------------------------------


def many(alarms=3, *, heard_too=True, decision=Tier.CAUSE_FOR_CONCERN):
    """About 2,000 facts, of which the rules read most: old flags raised and cleared, actions done, what was heard."""
    facts = [at(decision, ago(300))] if decision else []
    for number in range(320):
        name, old = f"flag-1{number:07}", ago(900 - number)
        facts += [
            flag(f"PE{number % 40:02}", EXPERIENCE, (Level.ALERT, Level.ALARM)[number % 2], flag_id=name, occurred_on=old),
            a.flag_explained(flag_id=name, explanation_id=f"explanation-1{number:07}", occurred_on=old),
            a.flag_cleared(flag_id=name, occurred_on=ago(400)),
        ]  # fmt: skip
    for number in range(120):
        name = f"action-1{number:07}"
        facts += [
            *agreed_action(name, f"plan-{number}" if number < 8 else None, ago(200)),
            a.action_completed(action_id=name, occurred_on=ago(210)),
            a.action_evidence_accepted(action_id=name, occurred_on=ago(200)),
        ]
    facts += heard(1) if heard_too else []
    facts += [
        flag(f"CQ{number:02}", (SAFETY, EXPERIENCE)[number % 2], (Level.ALARM, Level.ALERT)[number % 3 == 2])
        for number in range(alarms)
    ]
    facts += [a.conversation_recorded() for _ in range(2_000 - len(facts) - 2)]
    return history(*facts)


@pytest.mark.parametrize(
    "told",
    [many(), many(0, decision=None), many(0, heard_too=False, decision=None), many(1, heard_too=False)],
)
def test_two_thousand_facts_take_few_tries(told, monkeypatch):
    """Each way that is tried is a practice judged. Replaying one for each fact would be 2,000 of them."""
    assert len(told) == 2_000
    monkeypatch.setattr("domain.framework.pivotal.TRIES", 1_000)
    answer = pivotal(told, V1, ON)
    assert answer.looked_up_to is None
    assert answer.facts
    gone = [entry for entry in told if entry.version not in answer.facts]
    without = [recommend(replay(what_is_read(some)), V1, ON).tier for some in (told, gone)]
    assert without[0] != without[1] == answer.tier


def test_where_very_many_would_have_to_go_it_is_said_how_many_were_looked_for():
    answer = pivotal(many(30, heard_too=False, decision=None), V1, ON)
    assert answer.facts == ()
    assert answer.looked_up_to is not None
    assert answer.looked_up_to >= 3


def test_what_would_take_too_long_is_said_to_be_not_looked_for(monkeypatch):
    monkeypatch.setattr("domain.framework.pivotal.TRIES", 3)
    answer = found(*(flag(f"CQ{number:02}", EXPERIENCE, Level.ALARM) for number in range(6)))
    assert answer.facts == ()
    assert answer.looked_up_to in range(1, 4)

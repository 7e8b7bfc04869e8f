"""Rule set version 1, row by row: each rule satisfied alone, one short of it, and expired."""

from datetime import date, timedelta

import pytest

from domain.framework.catalogue import FIRST_EFFECTIVE, RULES, VERSION_ONE
from domain.framework.evidence import Evidence
from domain.framework.parts import Framework
from domain.framework.recommending import CONDITIONS, recommend
from domain.practice.contract_state import (
    Declaration,
    Inspection,
    Notice,
    NoticeStatus,
    RegulatoryAction,
    Sanction,
    Termination,
)
from domain.practice.kinds import (
    ExplanationCategory,
    FlagKind,
    IndicatorDomain,
    Level,
    NoticeKind,
    Rating,
    RegulatoryActionKind,
    SanctionKind,
    ShorterBecause,
    Side,
    Tier,
)
from domain.practice.practice import replay
from domain.releases.events import Covered, ReleasePublished, ReleaseValidated, ReleaseWithdrawn
from domain.releases.publications import Publications
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, OPERATOR, by, recorded

ON = date(2026, 11, 21)
V1 = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)
ASSURANCE, ROOM, CONCERN = Tier.ASSURANCE_BASED, Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN
SAFETY, EXPERIENCE, CLINICAL = (
    IndicatorDomain.PATIENT_SAFETY,
    IndicatorDomain.PATIENT_EXPERIENCE,
    IndicatorDomain.CLINICAL_QUALITY,
)


def ago(days):
    return ON - timedelta(days=days)


def history(*facts):
    return recorded(by(OPERATOR, a.practice_registered()), by(OPERATOR, a.responsibility_assigned()), *facts)


def practice(*facts, published=(), **state):
    """A practice of these facts, with what is handed in; contract state is put in by hand, as its rules would."""
    found = replay(history(*facts))
    found.published = publications(*published)
    for name, things in state.items():
        setattr(found, name, dict(enumerate(things)))
    return found


def release(name, on, **periods):
    covers = tuple(
        Covered(indicator=indicator, version=1, periods=(period,), observations=1)
        for indicator, period in periods.items()
    )
    return [
        ReleaseValidated(release=name, edition=1, rows=1, observations=1, practices=1, reported=(), left_out=(),
                         covers=covers, occurred_on=on),
        ReleasePublished(release=name, edition=1, indicators=(), rule_set_version=1, occurred_on=on),
    ]  # fmt: skip


def publications(*facts):
    return Publications(recorded(*facts))


def rules(found, on=ON, framework=V1):
    return recommend(found, framework, on).rules


def flag(indicator="PE03", domain=EXPERIENCE, level=Level.ALERT, **fields):
    return a.flag_raised(
        indicator=indicator, indicator_name=indicator, domain=domain, level=level, **{"occurred_on": ago(60), **fields}
    )  # fmt: skip


def notice(kind=NoticeKind.REMEDIAL, status=NoticeStatus.SERVED, issued_on=None, **fields):
    given = {
        "notice_id": "notice-1",
        "contract_id": "contract-1",
        "breaches": (),
        "drafted_by": "p",
        "version": 3,
    }
    on = issued_on or ago(30)
    return Notice(kind=kind, status=status, drafted_on=on, issued_on=on, issued=4, **{**given, **fields})


def at(tier, since, version_of="decision"):
    return by(MANAGER, a.tier_decided(before=ASSURANCE, tier=tier, effective_on=since, occurred_on=since))


def agreed_action(action_id, plan="plan-1", due_on=None, **fields):
    due = due_on or ago(10)
    return [
        a.action_proposed(action_id=action_id, plan_id=plan and Sealed(plan), due_on=due, occurred_on=ago(300), **fields),
        by(MANAGER, a.action_agreed(action_id=action_id)),
        by(LEAD, a.action_agreed(action_id=action_id, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER)),
    ]  # fmt: skip


def heard(number=1, *, safety=False):
    name = f"intelligence-0000000{number}"
    return [
        a.intelligence_recorded(intelligence_id=name, immediate_safety_risk=safety, occurred_on=ago(40)),
        by(LEAD, a.intelligence_corroborated(intelligence_id=name, occurred_on=ago(30))),
    ]


def test_every_rule_of_version_one_has_its_condition():
    assert {one.condition for one in RULES.values()} == set(CONDITIONS)


def test_a_practice_about_which_nothing_is_known_is_assurance_based():
    found = recommend(practice(), V1, ON)
    assert (found.tier, found.satisfied, found.framework_version) == (ASSURANCE, (), 1)


@pytest.mark.parametrize(
    ("kind", "ended", "expected"),
    [
        (RegulatoryActionKind.SPECIAL_MEASURES, None, ("C1",)),
        (RegulatoryActionKind.NOTICE_OF_PROPOSAL, None, ("C1",)),
        (RegulatoryActionKind.CANCELLATION, None, ("C1",)),
        (RegulatoryActionKind.SPECIAL_MEASURES, ago(1), ()),
        (RegulatoryActionKind.WARNING_NOTICE, None, ()),
        (RegulatoryActionKind.REQUIREMENT_NOTICE, None, ()),
    ],
)
def test_c1_an_action_on_the_registration_while_it_stands(kind, ended, expected):
    action = RegulatoryAction("regulatory-1", kind, ago(20), 3, ended)
    found = recommend(practice(regulatory_actions=[action]), V1, ON)
    assert found.rules == expected
    assert found.facts == ((3,) if expected else ())


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([Rating.INADEQUATE], ("C1",)),
        ([Rating.REQUIRES_IMPROVEMENT], ("R4",)),
        ([Rating.GOOD], ()),
        ([Rating.INADEQUATE, Rating.GOOD], ()),
        ([Rating.REQUIRES_IMPROVEMENT, Rating.OUTSTANDING], ()),
        ([Rating.GOOD, Rating.INADEQUATE], ("C1",)),
    ],
)
def test_c1_and_r4_the_rating_of_the_last_inspection(ratings, expected):
    inspections = [
        Inspection(f"inspection-{at}", ago(200 - at), ago(100 - at), rating, 3 + at)
        for at, rating in enumerate(ratings)
    ]
    found = recommend(practice(inspections=inspections), V1, ON)
    assert found.rules == expected
    assert found.facts == ((2 + len(ratings),) if expected else ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (notice(shorter_because=ShorterBecause.PATIENT_SAFETY), ("C2", "R5")),
        (notice(shorter_because=ShorterBecause.FINANCIAL_LOSS), ("R5",)),
        (notice(shorter_because=ShorterBecause.PATIENT_SAFETY, status=NoticeStatus.SATISFIED), ()),
        (notice(status=NoticeStatus.NOT_SATISFIED, assessed=5, assessed_on=ago(1)), ("C2",)),
        (notice(status=NoticeStatus.NOT_SATISFIED, assessed=5, assessed_on=date(2025, 11, 22)), ("C2",)),
        (notice(status=NoticeStatus.NOT_SATISFIED, assessed=5, assessed_on=date(2025, 11, 21)), ()),
        (notice(status=NoticeStatus.WITHDRAWN), ()),
        (notice(), ("R5",)),
    ],
)
def test_c2_and_r5_remedial_notices(given, expected):
    assert rules(practice(notices=[given])) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (notice(NoticeKind.BREACH), ("C3", "R5")),
        (notice(NoticeKind.BREACH, issued_on=date(2025, 11, 22)), ("C3", "R5")),
        (notice(NoticeKind.BREACH, issued_on=date(2025, 11, 21)), ()),
        (notice(NoticeKind.BREACH, status=NoticeStatus.WITHDRAWN), ()),
        (notice(NoticeKind.SANCTION), ()),
    ],
)
def test_c3_two_notices_within_twelve_months(second, expected):
    first = notice(status=NoticeStatus.SATISFIED)
    assert rules(practice(notices=[first, second])) == expected


def test_r5_a_breach_notice_for_twelve_months():
    assert rules(practice(notices=[notice(NoticeKind.BREACH, issued_on=date(2025, 11, 22))])) == ("R5",)
    assert rules(practice(notices=[notice(NoticeKind.BREACH, issued_on=date(2025, 11, 21))])) == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"imposed": 5, "imposed_on": ago(10)}, ("C4",)),
        ({}, ()),
        ({"imposed": 5, "imposed_on": ago(10), "lifted": 6, "lifted_on": ago(1)}, ()),
        ({"imposed": 5, "imposed_on": ago(10), "until_on": ON}, ("C4",)),
        ({"imposed": 5, "imposed_on": ago(10), "until_on": ago(1)}, ()),
    ],
)
def test_c4_a_sanction_while_it_runs(fields, expected):
    made = Sanction("sanction-1", "notice-1", SanctionKind.WITHHOLD_MONEY, ago(10), version=4,
                    **{"until_on": None, **fields})  # fmt: skip
    assert rules(practice(sanctions=[made])) == expected


def test_c4_a_notice_of_termination_by_the_holder():
    assert rules(practice(notices=[notice(NoticeKind.TERMINATION)])) == ("C4",)
    assert rules(practice(notices=[notice(NoticeKind.TERMINATION, status=NoticeStatus.WITHDRAWN)])) == ()
    own = Termination("termination-1", "contract-1", True, ON, 3, notice_given_on=ago(30))
    assert rules(practice(terminations=[own])) == ()


def persisting(indicator, domain, **fields):
    """An indicator's alarm in 2026Q1, cleared by the next release, which raised it anew for 2026Q2."""
    first, second = f"flag-{indicator.lower()}0001", f"flag-{indicator.lower()}0002"
    of = {"indicator": indicator, "domain": domain, "level": Level.ALARM, "source": "release", **fields}
    return [
        flag(**of, flag_id=first, period="2026Q1", occurred_on=ago(150)),
        a.flag_cleared(flag_id=first, occurred_on=ago(60)),
        flag(**of, flag_id=second, period="2026Q2", occurred_on=ago(60)),
    ]


THREE = (("PS01", SAFETY), ("PE03", EXPERIENCE), ("PE04", EXPERIENCE))
TWO_QUARTERS = [
    *release("2026Q1", ago(150), **{name: "2026Q1" for name, _ in THREE}),
    *release("2026Q2", ago(60), **{name: "2026Q2" for name, _ in THREE}),
]


def alarms(three=THREE):
    return [fact for name, domain in three for fact in persisting(name, domain)]


def test_c5_three_alarms_that_persist_and_corroborated_intelligence():
    found = practice(*alarms(), *heard(), published=TWO_QUARTERS)
    assert rules(found)[0] == "C5"
    satisfied = recommend(found, V1, ON).satisfied[0]
    assert satisfied.facts == (3, 5, 6, 8, 9, 11, 12, 13)


def test_c5_three_alarms_that_persist_and_a_failed_plan():
    late = agreed_action("action-00000001", due_on=ago(57))
    assert rules(practice(*alarms(), *late, published=TWO_QUARTERS))[0] == "C5"
    not_late = agreed_action("action-00000001", due_on=ago(56))
    assert "C5" not in rules(practice(*alarms(), *not_late, published=TWO_QUARTERS))
    cancelled = [
        *agreed_action("action-00000001", due_on=ago(1)),
        a.action_cancelled(action_id="action-00000001", not_done=True, occurred_on=ago(1)),
    ]
    assert rules(practice(*alarms(), *cancelled, published=TWO_QUARTERS))[0] == "C5"


@pytest.mark.parametrize(
    "facts",
    [
        alarms(),
        [*alarms(THREE[:2]), *heard()],
        [*alarms([(name, EXPERIENCE) for name, _ in THREE]), *heard()],
        [*alarms(THREE[:2]), flag("PE04", level=Level.ALARM, period="2026Q2", source="release"), *heard()],
        [*alarms(), a.intelligence_recorded(occurred_on=ago(9))],
    ],
    ids=["nothing beside", "two alarms", "one domain", "one for the first time", "not corroborated"],
)
def test_c5_one_short(facts):
    assert "C5" not in rules(practice(*facts, published=TWO_QUARTERS))


def test_c5_has_expired_when_a_later_period_is_published_without_the_alarms():
    later = [*TWO_QUARTERS, *release("2026Q3", ago(5), **{name: "2026Q3" for name, _ in THREE})]
    assert rules(practice(*alarms(), *heard(), published=later)) == ("R7",)


def test_c6_an_immediate_safety_risk_that_was_corroborated():
    found = recommend(practice(*heard(safety=True)), V1, ON)
    assert found.rules == ("C6", "R7")
    assert found.satisfied[0].facts == (3, 4)
    assert rules(practice(a.intelligence_recorded(immediate_safety_risk=True, occurred_on=ago(9)))) == ()


def test_c6_and_r7_end_with_the_episode():
    closing = a.episode_closed(occurred_on=ago(2))
    assert rules(practice(*heard(safety=True), closing)) == ()


@pytest.mark.parametrize(
    ("due", "tier", "plans", "expected"),
    [
        (57, ROOM, ("plan-1", "plan-1"), ("C7", "H1")),
        (56, ROOM, ("plan-1", "plan-1"), ("H1",)),
        (57, ROOM, ("Access plan", "access  plan"), ("C7", "H1")),
        (57, ROOM, ("plan-1", "plan-2"), ("H1",)),
        (57, ROOM, (None, None), ()),
        (57, ASSURANCE, ("plan-1", "plan-1"), ()),
    ],
)
def test_c7_two_actions_of_a_plan_overdue_after_escalation(due, tier, plans, expected):
    actions = [
        fact
        for number, plan in enumerate(plans)
        for fact in agreed_action(f"action-0000000{number}", plan, due_on=ago(due))
    ]
    assert rules(practice(*actions, at(tier, ago(200)))) == expected


def test_c7_one_action_is_too_few():
    one = agreed_action("action-00000001", due_on=ago(90))
    assert rules(practice(*one, at(ROOM, ago(200)))) == ("H1",)


def test_r1_an_alarm_in_patient_safety():
    found = recommend(practice(flag("PS01", SAFETY, Level.ALARM)), V1, ON)
    assert (found.tier, found.rules, found.facts) == (ROOM, ("R1",), (3,))
    assert rules(practice(flag("PS01", SAFETY, Level.ALERT))) == ()
    assert rules(practice(flag("PE03", EXPERIENCE, Level.ALARM))) == ()


def test_r2_two_alarms_or_four_alerts_in_two_domains():
    two = [flag("PE03", level=Level.ALARM), flag("PE04", level=Level.ALARM)]
    assert rules(practice(*two)) == ("R2",)
    assert rules(practice(two[0])) == ()
    four = [flag(name) for name in ("PE01", "PE02", "PE03")] + [flag("CQ01", CLINICAL)]
    assert rules(practice(*four)) == ("R2",)
    assert rules(practice(*four[:3])) == ()
    assert rules(practice(*four[:3], flag("PE04"))) == ()
    assert rules(practice(*four[1:], flag("PE01", level=Level.ALARM))) == ("R2",)


def test_r3_a_shifting_flag_over_two_periods():
    shifting = persisting("PE03", EXPERIENCE, level=Level.ALERT, kind=FlagKind.SHIFTING)
    assert rules(practice(*shifting, published=TWO_QUARTERS)) == ("R3",)
    assert rules(practice(shifting[2], published=TWO_QUARTERS)) == ()
    outlying = persisting("PE03", EXPERIENCE, level=Level.ALERT)
    assert rules(practice(*outlying, published=TWO_QUARTERS)) == ()


def test_r3_a_period_between_breaks_the_run():
    shifting = persisting("PE03", EXPERIENCE, level=Level.ALERT, kind=FlagKind.SHIFTING)
    gone = [*release("2026Q1", ago(150), PE03="2026Q1"), *release("a", ago(149), PE03="2026Q2"),
            *release("b", ago(60), PE03="2026Q3")]  # fmt: skip
    shifting[2] = flag("PE03", kind=FlagKind.SHIFTING, period="2026Q3", source="release")
    assert rules(practice(*shifting, published=gone)) == ()


def test_r3_a_flag_raised_by_hand_stands_until_somebody_ends_it():
    by_hand = flag("PE03", kind=FlagKind.SHIFTING, period="2026Q1", occurred_on=ago(100))
    assert rules(practice(by_hand, published=TWO_QUARTERS)) == ("R3",)
    assert rules(practice(by_hand, published=TWO_QUARTERS[:2])) == ()


@pytest.mark.parametrize("period", ["2099Q1", "2026", "2026Q3"])
def test_r3_what_was_raised_by_hand_in_error_and_cleared_breaks_no_run(period):
    shifting = persisting("PE03", EXPERIENCE, level=Level.ALERT, kind=FlagKind.SHIFTING)
    mistyped = a.flag_raised(
        indicator="PE03", kind=FlagKind.SHIFTING, period=period, occurred_on=ago(300), flag_id="flag-00000009"
    )
    cleared = a.flag_cleared(flag_id="flag-00000009", occurred_on=ago(290))
    assert rules(practice(mistyped, cleared, *shifting, published=TWO_QUARTERS)) == ("R3",)


def test_r6_a_declaration_more_than_four_weeks_overdue():
    def overdue(days, **fields):
        return practice(declarations=[Declaration("2026", ago(days), 3, **fields)])

    assert rules(overdue(29)) == ("R6",)
    assert rules(overdue(28)) == ()
    assert rules(overdue(29, submitted_on=ago(1), submitted=4)) == ()


def test_r7_corroborated_intelligence_about_which_nothing_was_agreed():
    assert rules(practice(*heard())) == ("R7",)
    answered = agreed_action("action-00000001", about_intelligence=("intelligence-00000001",))
    assert rules(practice(*heard(), *answered)) == ()
    cancelled = a.action_cancelled(action_id="action-00000001")
    assert rules(practice(*heard(), *answered, cancelled)) == ("R7",)
    proposed_only = answered[:1]
    assert rules(practice(*heard(), *proposed_only)) == ("R7",)
    assert rules(practice(a.intelligence_recorded(occurred_on=ago(40)))) == ()


# --- as facts tell it: the same, by the facts that a practice's record really holds ------------------------------------


def test_notices_as_their_facts_tell_them():
    remedial = a.remedial_notice_drafted(
        notice_id="notice-00000001",
        shorter_because=ShorterBecause.PATIENT_SAFETY,
        period_days=14,
        occurred_on=ago(40),
    )
    issued = by(MANAGER, a.notice_issued(notice_id="notice-00000001", occurred_on=ago(40)))
    served = a.notice_served(notice_id="notice-00000001", occurred_on=ago(40), deemed_on=ago(38))
    found = recommend(practice(remedial, issued, served), V1, ON)
    assert (found.rules, found.facts) == (("C2", "R5"), (4,))
    assert rules(practice(remedial)) == ()
    unmet = by(MANAGER, a.notice_not_satisfied(notice_id="notice-00000001", occurred_on=ago(10)))
    found = recommend(practice(remedial, issued, served, unmet), V1, ON)
    assert (found.rules, found.facts) == (("C2",), (4, 6))
    met = by(MANAGER, a.notice_satisfied(notice_id="notice-00000001", occurred_on=ago(10)))
    assert rules(practice(remedial, issued, served, met)) == ()


def test_a_notice_of_termination_as_its_facts_tell_it():
    drafted = a.termination_notice_drafted(
        notice_id="notice-00000001", termination_id="termination-00000001", occurred_on=ago(40)
    )
    issued = by(MANAGER, a.notice_issued(notice_id="notice-00000001", occurred_on=ago(40)))
    withdrawn = by(MANAGER, a.notice_withdrawn(notice_id="notice-00000001", occurred_on=ago(5)))
    assert rules(practice(drafted)) == ()
    found = recommend(practice(drafted, issued), V1, ON)
    assert (found.rules, found.facts) == (("C4",), (4,))
    assert rules(practice(drafted, issued, withdrawn)) == ()


def test_the_regulator_and_the_declaration_as_their_facts_tell_them():
    inadequate = a.inspection_reported(rating=Rating.INADEQUATE, inspected_on=ago(60), occurred_on=ago(30))
    assert rules(practice(inadequate)) == ("C1",)
    measures = a.regulatory_action_recorded(
        regulatory_id="regulatory-00000001",
        kind=RegulatoryActionKind.SPECIAL_MEASURES,
        from_on=ago(30),
        occurred_on=ago(30),
    )
    ended = a.regulatory_action_ended(regulatory_id="regulatory-00000001", occurred_on=ago(3))
    assert rules(practice(measures)) == ("C1",)
    assert rules(practice(measures, ended)) == ()
    asked_for = a.declaration_asked_for(declaration_year="2025-26", due_on=ago(29), occurred_on=ago(80))
    assert rules(practice(asked_for)) == ("R6",)
    late = a.declaration_submitted(declaration_year="2025-26", occurred_on=ago(2))
    assert rules(practice(asked_for, late)) == ()


# --- what counts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", list(ExplanationCategory))
def test_only_some_explanations_take_a_flag_out_of_the_count(category):
    alarm = flag("PS01", SAFETY, Level.ALARM, flag_id="flag-00000001")
    said = a.flag_explained(flag_id="flag-00000001", explanation_id="explanation-00000001", category=category)
    accepted = by(
        MANAGER, a.explanation_accepted(flag_id="flag-00000001", explanation_id="explanation-00000001")
    )
    stays_in = {ExplanationCategory.GENUINE, ExplanationCategory.UNKNOWN}
    assert rules(practice(alarm, said)) == ("R1",)
    assert rules(practice(alarm, said, accepted)) == (("R1",) if category in stays_in else ())


def test_an_explanation_that_proved_wrong_takes_out_nothing_once_its_flag_is_reopened():
    alarm = flag("PS01", SAFETY, Level.ALARM, flag_id="flag-00000001")
    of_it = {"flag_id": "flag-00000001", "explanation_id": "explanation-00000001"}
    said = a.flag_explained(category=ExplanationCategory.CODING, **of_it)
    accepted = by(MANAGER, a.explanation_accepted(**of_it))
    ended = a.flag_cleared(flag_id="flag-00000001")
    reopened = a.flag_reopened(flag_id="flag-00000001")
    assert rules(practice(alarm, said, accepted, ended, reopened)) == ("R1",)
    again = {**of_it, "explanation_id": "explanation-00000002"}
    said_again = a.flag_explained(category=ExplanationCategory.MERGER, **again)
    accepted_again = by(MANAGER, a.explanation_accepted(**again))
    assert rules(practice(alarm, said, accepted, ended, reopened, said_again, accepted_again)) == ()


def test_favourable_cleared_and_withdrawn_flags_do_not_count():
    alarm = flag("PS01", SAFETY, Level.ALARM, flag_id="flag-00000001")
    favourable = flag("PS01", SAFETY, Level.ALARM, direction="favourable")
    assert rules(practice(favourable)) == ()
    assert rules(practice(alarm, a.flag_cleared(flag_id="flag-00000001"))) == ()
    assert rules(practice(alarm, a.flag_withdrawn(flag_id="flag-00000001"))) == ()


def test_a_withdrawn_release_published_no_period():
    gone = ReleaseWithdrawn(release="2026Q2", edition=1, reason=Sealed("Wrong."), occurred_on=ago(2))
    known = publications(*TWO_QUARTERS, gone)
    assert [one.period for one in known.of("PE03", ago(3))] == ["2026Q1", "2026Q2"]
    assert [one.period for one in known.of("PE03", ago(2))] == ["2026Q1"]
    assert known.of("PE03", ago(151)) == ()


# --- staying ----------------------------------------------------------------------------------------------------


def test_h1_room_for_improvement_ends_after_two_clean_periods():
    cleared = [
        flag("PS01", SAFETY, Level.ALARM, flag_id="flag-00000001", period="2026Q1", source="release", occurred_on=ago(150)),
        at(ROOM, ago(140)),
        a.flag_cleared(flag_id="flag-00000001", occurred_on=ago(60)),
    ]  # fmt: skip
    assert rules(practice(*cleared, published=TWO_QUARTERS)) == ("H1",)
    assert recommend(practice(*cleared, published=TWO_QUARTERS), V1, ON).facts == (3, 4)
    third = [*TWO_QUARTERS, *release("2026Q3", ago(3), PS01="2026Q3")]
    assert recommend(practice(*cleared, published=third), V1, ON).tier == ASSURANCE


def test_h1_room_for_improvement_stays_until_its_plans_are_closed():
    one = agreed_action("action-00000001")
    assert rules(practice(*one, at(ROOM, ago(200)))) == ("H1",)
    done = [
        a.action_completed(action_id="action-00000001"),
        a.action_evidence_accepted(action_id="action-00000001"),
    ]
    assert rules(practice(*one, done[0], at(ROOM, ago(200)))) == ("H1",)
    assert rules(practice(*one, *done, at(ROOM, ago(200)))) == ()


def test_h1_a_contractor_without_indicators_counts_as_clean():
    assert recommend(practice(at(ROOM, ago(1))), V1, ON).tier == ASSURANCE


def test_h2_cause_for_concern_lasts_ninety_days_and_room_for_improvement_is_next():
    assert rules(practice(at(CONCERN, ago(89)))) == ("H1", "H2")
    assert recommend(practice(at(CONCERN, ago(89))), V1, ON).tier == CONCERN
    later = recommend(practice(at(CONCERN, ago(90))), V1, ON)
    assert (later.tier, later.rules) == (ROOM, ("H1",))


def test_h2_counts_from_the_day_it_came_to_the_class():
    reviewed = practice(at(CONCERN, ago(100)), at(CONCERN, ago(20)))
    assert rules(reviewed) == ("H1",)


def test_no_rule_moves_a_tier():
    found = practice(*heard(safety=True))
    recommend(found, V1, ON)
    assert found.tier_on(ON) == ASSURANCE


def test_a_decision_that_was_replaced_before_its_day_begins_no_class_anew():
    into = at(CONCERN, ago(60))
    replaced = by(
        MANAGER, a.tier_decided(before=CONCERN, tier=ROOM, effective_on=ago(10), occurred_on=ago(40))
    )
    kept = by(
        MANAGER, a.tier_decided(before=CONCERN, tier=CONCERN, effective_on=ago(20), occurred_on=ago(35))
    )
    since = Evidence(practice(into, replaced, kept), ON).in_class
    assert since is not None
    assert since[0] == ago(60)

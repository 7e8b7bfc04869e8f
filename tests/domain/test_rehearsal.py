"""Appeal rehearsal: each planted defect is found by its name, and nothing is found in decisions that leave nothing open."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.kinds import (
    ActionKind,
    ChallengeOutcome,
    Direction,
    ExpectationKind,
    ExplanationCategory,
    IndicatorDomain,
    LesserStep,
    Level,
    Side,
    Tier,
    Travel,
)
from domain.practice.practice import replay
from domain.practice.rehearsal import rehearse
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import ADVISER, CASEWORKER, LEAD, MANAGER, OPERATOR, by, recorded

V1 = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)
ASSURANCE, ROOM, CONCERN = Tier.ASSURANCE_BASED, Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN
DAY = MANAGER.on
FLAG, HEARD, NOTICE = "flag-rehearsed1", "intelligence-rehearsed1", "notice-rehearsed1"
EVERYONE = tuple(
    e.Participant(side=side, role=role, described=None, person=None, name=None)
    for side, role in (
        (Side.CONTRACT_HOLDER, "caseworker"),
        (Side.LOCAL_COMMISSIONER, "primary_care_lead"),
        (Side.PRACTICE, "practice_manager"),
    )
)


def ago(days):
    return DAY - timedelta(days=days)


def action(name, kind=ActionKind.IMPROVEMENT, plan=None, due=20):
    name = f"action-{name}"
    return a.action_proposed(
        action_id=name, kind=kind, plan_id=plan and Sealed(plan), due_on=ago(due), about_flags=(FLAG,), occurred_on=ago(55)
    )  # fmt: skip


def agreed(name):
    holder = by(MANAGER, a.action_agreed(action_id=f"action-{name}", occurred_on=ago(54)))
    lead = a.action_agreed(
        action_id=f"action-{name}",
        side=Side.LOCAL_COMMISSIONER,
        organisation=a.COMMISSIONER,
        occurred_on=ago(54),
    )
    return {f"{name}-holder": holder, f"{name}-lead": by(LEAD, lead)}


class Scene:
    """A practice's facts by name, in order, and the decision that is about to be taken: whole, as it stands here."""

    def __init__(self, tier=CONCERN, *, later=0, rules=V1):
        self.rules = rules
        self.unread = set()
        self.proposal = None
        self.facts = {
            "registered": by(OPERATOR, a.practice_registered()),
            "responsible": by(OPERATOR, a.responsibility_assigned()),
            "flag": a.flag_raised(flag_id=FLAG, domain=IndicatorDomain.PATIENT_SAFETY, level=Level.ALARM, occurred_on=ago(60 + later)),
            "explained": a.flag_explained(flag_id=FLAG, explanation_id="explanation-rehearsed1",
                                          category=ExplanationCategory.GENUINE, occurred_on=ago(45)),
            "accepted": by(MANAGER, a.explanation_accepted(flag_id=FLAG, explanation_id="explanation-rehearsed1", occurred_on=ago(44))),
            "heard": a.intelligence_recorded(intelligence_id=HEARD, occurred_on=ago(50)),
            "corroborated": by(LEAD, a.intelligence_corroborated(intelligence_id=HEARD, occurred_on=ago(40))),
            "support": action("support", ActionKind.SUPPORT_OFFER),
            "plan": action("plan", plan="plan-1"),
            **agreed("plan"),
            "visit": action("visit", ActionKind.VISIT),
            "talk": a.conversation_recorded(participants=EVERYONE, about_flags=(FLAG,), occurred_on=ago(20 + later)),
            "told": a.practice_told(occurred_on=ago(18)),
            "response": a.practice_response_received(occurred_on=ago(10)),
            "asked": a.expectation_set(kind=ExpectationKind.VIEW, expected_of=Side.LOCAL_COMMISSIONER,
                                       expectation_id="expectation-rehearsed1", due_on=ago(4), occurred_on=ago(19)),
            "view": by(LEAD, a.tier_view_stated(tier=tier, occurred_on=ago(5))),
        }  # fmt: skip
        self.cites = ["flag", "explained", "heard", "support", "plan", "visit", "talk"]
        self.said = {
            "direction": None if tier == ASSURANCE else Travel.WORSENING,
            "rationale": "Three things point the same way, and the practice agrees.",
            "tried": tuple(LesserStep),
            **{f"on_{step.value}": "It changed nothing for a quarter." for step in LesserStep},
            "asked_for": "A rota for each week.",
            "de_escalation": "Two quarters within the limits.",
            "consulted": "The quality lead and the committee.",
            "differs_because": "What was heard weighs more than one alarm does.",
            "no_view_because": None,
            "answered": "Two posts are vacant.",
            "review_on": None if tier == ASSURANCE else DAY + timedelta(days=28),
            "effective_on": DAY,
        }
        self.tier = tier

    def version(self, name):
        return [*self.facts].index(name) + 1

    def cite(self, name):
        return f"{a.CODE}/{self.version(name)}"

    def before(self, name, **facts):
        """Facts that are recorded before another one."""
        at = [*self.facts].index(name)
        items = [*self.facts.items()]
        self.facts = dict([*items[:at], *facts.items(), *items[at:]])

    def changed(self, name, **fields):
        self.facts[name] = replace(self.facts[name], **fields)

    def without(self, *names):
        for name in names:
            self.facts.pop(name, None)
        self.cites = [one for one in self.cites if one not in names]

    def found(self):
        practice = replay(recorded(*(fact() if callable(fact) else fact for fact in self.facts.values())))
        practice = replace(practice, framework=self.rules)
        answers = (self.cite("response"),) if "response" in self.facts and self.said.get("answered") else ()
        command = a.decide_tier(
            tier=self.tier,
            proposal_id=self.proposal,
            inputs=tuple(self.cite(name) for name in self.cites),
            **{"answers": answers} | self.said,
        )
        opened = frozenset(self.version(name) for name in self.facts if name not in self.unread)
        return rehearse(practice, command, MANAGER, opened)


DEFECTS: dict[str, Any] = {}


def plants(rule):
    def planted(make):
        DEFECTS[f"{rule}-{make.__name__}"] = rule, make
        return make

    return planted


@plants("lesser-step-untried")
def no_visit(scene):
    scene.said["tried"] = tuple(one for one in LesserStep if one != LesserStep.VISIT)


@plants("step-not-in-the-record")
def visit_nobody_recorded(scene):
    scene.without("visit")


@plants("step-not-in-the-record")
def support_nobody_recorded(scene):
    scene.without("support")


@plants("step-not-cited")
def plan_not_cited(scene):
    scene.cites.remove("plan")


@plants("step-not-cited")
def validation_not_cited(scene):
    scene.cites.remove("explained")


@plants("plan-still-runs")
def plan_has_time(scene):
    scene.facts["plan"] = action("plan", plan="plan-1", due=-10)


@plants("immediate-safety-waited")
def safety_known_for_weeks(scene):
    scene.said["immediate_safety"] = "A child was not seen in time."


@plants("no-review-date")
def no_review(scene):
    scene.said["review_on"] = None


@plants("review-later-than-the-framework")
def review_in_half_a_year(scene):
    scene.said["review_on"] = DAY + timedelta(days=180)


@plants("contradiction-unexplained")
def differs_and_says_nothing(scene):
    scene.said["differs_because"] = None


@plants("contradiction-unexplained")
def differs_in_two_words(scene):
    scene.said["differs_because"] = "We differ."


@plants("recommendation-not-cited")
def follows_without_citing(scene):
    scene.__init__(ROOM)
    scene.cites.remove("flag")
    scene.changed("heard", occurred_on=ago(59))
    scene.facts["answered-heard"] = by(
        MANAGER, a.action_proposed(action_id="action-heard", about_intelligence=(HEARD,), occurred_on=ago(39))
    )
    scene.facts |= agreed("heard")


@plants("reasons-of-last-time")
def same_words_as_before(scene):
    scene.before(
        "flag",
        earlier=by(
            MANAGER,
            a.tier_decided(
                tier=ROOM,
                rationale=Sealed(scene.said["rationale"]),
                occurred_on=ago(200),
                effective_on=ago(200),
            ),
        ),
    )


@plants("reasons-of-the-proposal")
def same_words_as_the_proposal(scene):
    scene.facts["proposed"] = by(
        CASEWORKER,
        a.tier_proposed(
            proposal_id="proposal-rehearsed1", rationale=Sealed(scene.said["rationale"]), occurred_on=ago(2)
        ),
    )
    scene.proposal = "proposal-rehearsed1"


@plants("cited-entry-not-opened")
def talk_not_opened(scene):
    scene.unread.add("talk")


@plants("cited-entry-withdrawn")
def visit_withdrawn(scene):
    scene.before("visit", second=action("second", ActionKind.VISIT))
    scene.cites.append("second")
    scene.facts["gone"] = a.fact_withdrawn(corrects=scene.version("visit"))


@plants("cited-entry-corrected")
def talk_corrected(scene):
    scene.facts["corrected"] = a.fact_corrected(corrects=scene.version("talk"))


@plants("cited-entry-correction-waits")
def correction_asked(scene):
    scene.facts["asked-to-correct"] = a.correction_requested(version=scene.version("talk"))


@plants("cited-entry-disputed")
def talk_disputed(scene):
    at = scene.version("talk")
    scene.facts["disputed"] = by(LEAD, a.entry_disputed(version=at, text_version=at))


@plants("cited-entry-challenged")
def talk_challenged(scene):
    scene.facts["challenged"] = a.factual_challenge_made(
        challenge_id="challenge-rehearsed1", about=scene.cite("talk")
    )


@plants("challenge-upheld-and-not-corrected")
def challenge_upheld(scene):
    talk_challenged(scene)
    scene.facts["upheld"] = by(
        MANAGER,
        a.factual_challenge_decided(
            challenge_id="challenge-rehearsed1", outcome=ChallengeOutcome.UPHELD_IN_PART
        ),
    )


@plants("cited-flag-ended")
def flag_cleared(scene):
    scene.facts["cleared"] = a.flag_cleared(flag_id=FLAG, occurred_on=ago(3))


@plants("explanation-pending")
def explanation_not_answered(scene):
    scene.without("accepted")


@plants("explanation-takes-the-flag-out")
def explained_by_coding(scene):
    scene.changed("explained", category=ExplanationCategory.CODING)


@plants("cited-flag-favourable")
def flag_of_good_news(scene):
    scene.changed("flag", direction=Direction.FAVOURABLE)


@plants("flags-alone")
def nothing_but_a_flag(scene):
    scene.__init__(ROOM)
    scene.cites = ["flag"]
    scene.said["tried"] = ()


@plants("cited-intelligence-unverified")
def heard_and_not_corroborated(scene):
    scene.without("corroborated")


@plants("cited-intelligence-discounted")
def heard_and_discounted(scene):
    scene.facts["corroborated"] = by(
        LEAD, a.intelligence_discounted(intelligence_id=HEARD, occurred_on=ago(40))
    )


@plants("conversation-stale")
def talk_of_spring(scene):
    scene.changed("talk", occurred_on=ago(100))
    scene.changed("flag", occurred_on=ago(120))
    scene.changed("heard", occurred_on=ago(110))


@plants("evidence-is-old")
def all_of_last_year(scene):
    for name, days in (
        ("flag", 460),
        ("heard", 450),
        ("explained", 445),
        ("support", 440),
        ("plan", 430),
        ("visit", 420),
        ("talk", 400),
    ):
        scene.changed(name, occurred_on=ago(days))


@plants("cited-notice-disputed")
def notice_disputed(scene):
    scene.facts["notice"] = a.breach_notice_drafted(notice_id=NOTICE, occurred_on=ago(30))
    scene.facts["issued"] = by(MANAGER, a.notice_issued(notice_id=NOTICE, occurred_on=ago(29)))
    scene.facts["dispute"] = a.dispute_referred(subject=NOTICE, occurred_on=ago(15))
    scene.cites.append("issued")


@plants("view-differs")
def the_other_would_choose_less(scene):
    scene.facts["view"] = by(LEAD, a.tier_view_stated(tier=ROOM, occurred_on=ago(5)))


@plants("view-before-the-evidence")
def view_from_before(scene):
    scene.facts["view"] = by(LEAD, a.tier_view_stated(tier=CONCERN, occurred_on=ago(55)))


@plants("view-missing")
def view_never_came(scene):
    scene.without("view")


@plants("view-never-asked")
def view_not_asked(scene):
    scene.without("view", "asked")


@plants("view-asked-late")
def view_asked_yesterday(scene):
    scene.without("view")
    scene.changed("asked", due_on=DAY + timedelta(days=12), occurred_on=ago(1))


@plants("nobody-consulted")
def nobody(scene):
    scene.said["consulted"] = None


@plants("rests-on-an-override")
def override_instead(scene):
    scene.changed("talk", participants=(EVERYONE[0], EVERYONE[2]))
    scene.facts["override"] = by(ADVISER, a.override_given(occurred_on=ago(2)))


@plants("not-spoken-with-since")
def talk_before_what_was_heard(scene):
    scene.changed("heard", occurred_on=ago(12))
    scene.changed("talk", occurred_on=ago(30))


@plants("practice-not-told")
def nobody_told_it(scene):
    scene.without("told")


@plants("reply-not-awaited")
def reply_has_time(scene):
    scene.facts["reply"] = a.expectation_set(
        expectation_id="expectation-rehearsed2", due_on=DAY + timedelta(days=3), occurred_on=ago(9)
    )


@plants("answer-not-cited")
def answer_left_out(scene):
    scene.said["answers"] = ()


@plants("unsafe-without-a-risk")
def unsafe_and_no_risk(scene):
    scene.said["not_waited_because"] = "It could not wait."


def test_there_are_thirty_defects_at_least():
    assert len(DEFECTS) >= 30


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found_and_no_other(name):
    rule, plant = DEFECTS[name]
    scene = Scene()
    plant(scene)
    attacks = scene.found()
    assert [one.rule for one in attacks] == [rule]
    assert attacks[0].asks.endswith((".", "?"))


@pytest.mark.parametrize(
    ("tier", "later", "rules"), [*product((ASSURANCE, ROOM, CONCERN), range(0, 25, 5), (V1, None))]
)
def test_nothing_is_found_in_a_clean_decision(tier, later, rules):
    assert Scene(tier, later=later, rules=rules).found() == []


def test_nothing_is_said_of_what_was_opened_where_that_is_not_known():
    scene = Scene()
    scene.unread = set(scene.facts)
    assert [one.rule for one in scene.found()] == ["cited-entry-not-opened"]


def rules_of(scene):
    return {one.rule for one in scene.found()}


def test_only_a_decision_without_safety_and_without_a_talk_about_its_concerns_rests_on_an_override():
    scene = Scene()
    override_instead(scene)
    scene.said["immediate_safety"] = "A child was not seen in time."
    assert "rests-on-an-override" not in rules_of(scene)
    elsewhere = Scene()
    elsewhere.changed("talk", about_flags=())
    elsewhere.facts["override"] = by(ADVISER, a.override_given(occurred_on=ago(2)))
    assert "rests-on-an-override" in rules_of(elsewhere)


def test_of_rules_that_hold_those_that_lead_to_the_tier_are_named_where_none_of_their_entries_is_cited():
    scene = Scene()
    scene.before(
        "flag", earlier=by(MANAGER, a.tier_decided(tier=CONCERN, occurred_on=ago(30), effective_on=ago(30)))
    )
    (asked,) = [one.asks for one in scene.found() if one.rule == "recommendation-not-cited"]
    assert asked == (
        "Of the rules that hold, H2 alone leads to this tier, and you cite no entry by which it holds. "
        "On what does the decision rest?"
    )


def test_the_view_of_a_former_local_commissioner_is_none():
    scene = Scene()
    moved = a.responsibility_assigned(local_commissioner="C0999", from_on=ago(2))
    scene.facts["moved"] = by(OPERATOR, moved)
    assert "view-missing" in rules_of(scene)


def test_a_disputed_entry_is_in_dispute_also_after_its_writer_corrects_it():
    scene = Scene()
    talk_disputed(scene)
    talk_corrected(scene)
    assert {"cited-entry-disputed", "cited-entry-corrected"} == rules_of(scene)


def test_a_notice_is_under_dispute_where_a_finding_on_it_is():
    scene = Scene()
    notice_disputed(scene)
    scene.before("dispute", found=a.notice_not_satisfied(notice_id=NOTICE, occurred_on=ago(20)))
    scene.facts["dispute"] = a.dispute_referred(subject=scene.cite("found"), occurred_on=ago(15))
    assert "cited-notice-disputed" in rules_of(scene)


def test_an_explanation_of_a_flag_that_was_reopened_since_takes_out_nothing():
    scene = Scene()
    explained_by_coding(scene)
    scene.facts["cleared"] = a.flag_cleared(flag_id=FLAG, occurred_on=ago(3))
    scene.facts["reopened"] = a.flag_reopened(flag_id=FLAG, occurred_on=ago(2))
    assert "explanation-takes-the-flag-out" not in rules_of(scene)

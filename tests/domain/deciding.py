"""What tests of decisions on the tier are given."""

from datetime import timedelta

from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.kinds import IndicatorDomain, LesserStep, Level, Side, Tier, Travel
from tests.support import factories as a
from tests.support.given import LEAD, by

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

"""Which rules there are: what each looks at, which numbers it has and what these may be, and its sentence.

Rule set version 1 is the proposal of the domain reference (6.6): our own, not NHS England's, whose trigger arithmetic was
never published. Each number is a threshold that another version may change. What is left out of the proposal and had to
be chosen (how long a notice that was not satisfied counts) is chosen here, and is a number too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.framework.parts import Response, Rule, RuleSet
from domain.practice.kinds import Tier

CONCERN, ROOM, ASSURANCE = Tier.CAUSE_FOR_CONCERN, Tier.ROOM_FOR_IMPROVEMENT, Tier.ASSURANCE_BASED
FIRST_EFFECTIVE = date(2013, 4, 1)
"""From when version 1 is in force: the day on which the single operating model began."""


@dataclass(frozen=True, slots=True)
class Number:
    """A threshold: its number in version 1, the least and the most that it may be, and what it is called on a form."""

    first: int
    called: str
    least: int = 1
    most: int = 3_650


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule as every version has it. `sentence` is told with its numbers: `{alarms:alarm}`."""

    tier: Tier
    condition: str
    sentence: str
    numbers: dict[str, Number] = field(default_factory=dict)


def _few(first: int, called: str, most: int = 100) -> Number:
    return Number(first, called, most=most)


def _days(first: int, called: str, least: int = 0) -> Number:
    return Number(first, called, least=least)


_PERIODS = "Consecutive periods of the indicator"
_DOMAINS = Number(2, "Domains that they are in", most=4)

RULES: dict[str, RuleKind] = {
    "C1": RuleKind(
        CONCERN,
        "inadequate_or_action",
        "The regulator rated it Inadequate when it last inspected, has it in special measures, or acts on its registration "
        "(a proposal, a decision, conditions, suspension or cancellation that stands)",
    ),
    "C2": RuleKind(
        CONCERN,
        "remedial_notice_for_safety_or_not_satisfied",
        "A remedial notice shortened for patient safety is open, or one was not satisfied in the last {months:month}",
        {"months": _few(12, "Months for which a notice that was not satisfied counts", 120)},
    ),
    "C3": RuleKind(
        CONCERN,
        "notices_within_months",
        "At least {notices:remedial or breach notice} issued in the last {months:month} and not withdrawn",
        {"notices": _few(2, "Remedial or breach notices"), "months": _few(12, "Months in which", 120)},
    ),
    "C4": RuleKind(
        CONCERN,
        "sanction_or_termination",
        "A contract sanction is imposed, or the contract’s holder gave notice of termination",
    ),
    "C5": RuleKind(
        CONCERN,
        "persisting_alarms_with_more",
        "At least {alarms:alarm} in at least {domains:domain}, each over {periods:consecutive period} of its indicator, "
        "and beside them at least {intelligence:piece} of corroborated soft intelligence, or {plans:failed action plan} "
        "(an action cancelled as not done, or more than {days:day} late)",
        {
            "alarms": _few(3, "Alarms"),
            "domains": _DOMAINS,
            "periods": _few(2, _PERIODS, 40),
            "intelligence": _few(1, "Pieces of corroborated soft intelligence"),
            "plans": _few(1, "Failed action plans"),
            "days": _days(56, "Days late after which an action’s plan has failed"),
        },
    ),
    "C6": RuleKind(
        CONCERN,
        "immediate_safety_risk",
        "Corroborated soft intelligence tells of an immediate risk to patients’ safety",
    ),
    "C7": RuleKind(
        CONCERN,
        "plan_overdue_after_escalation",
        "After its tier was raised, at least {actions:action} of one action plan are more than {days:day} overdue",
        {
            "actions": _few(2, "Actions of one plan"),
            "days": _days(56, "Days past the day an action is due"),
        },
    ),
    "R1": RuleKind(
        ROOM,
        "alarms_of_patient_safety",
        "At least {alarms:alarm} in patient safety",
        {"alarms": _few(1, "Alarms in patient safety")},
    ),
    "R2": RuleKind(
        ROOM,
        "alarms_or_alerts",
        "At least {alarms:alarm}; or at least {alerts:flag} beyond the alert limits in at least {domains:domain}",
        {
            "alarms": _few(2, "Alarms"),
            "alerts": _few(4, "Flags beyond the alert limits, alarms among them"),
            "domains": _DOMAINS,
        },
    ),
    "R3": RuleKind(
        ROOM,
        "shifting_flags_that_persist",
        "A shifting flag of concern over {periods:consecutive period} of its indicator",
        {"periods": _few(2, _PERIODS, 40)},
    ),
    "R4": RuleKind(
        ROOM, "requires_improvement", "The regulator rated it Requires improvement when it last inspected"
    ),
    "R5": RuleKind(
        ROOM,
        "remedial_notice_open_or_breach_notice",
        "A remedial notice is open, or a breach notice was issued in the last {months:month} and not withdrawn",
        {"months": _few(12, "Months for which a breach notice counts", 120)},
    ),
    "R6": RuleKind(
        ROOM,
        "declaration_overdue",
        "The annual electronic declaration is more than {days:day} overdue",
        {"days": _days(28, "Days past the day the declaration was due")},
    ),
    "R7": RuleKind(
        ROOM,
        "intelligence_without_plan",
        "At least {intelligence:piece} of corroborated soft intelligence, open and with no action agreed about it",
        {"intelligence": _few(1, "Pieces of corroborated soft intelligence")},
    ),
    "H1": RuleKind(
        ROOM,
        "not_clean_for_long_enough",
        "It stays above assurance based until {periods:consecutive period} of each indicator are clean and its action "
        "plans are closed; from cause for concern it comes to room for improvement first",
        {"periods": _few(2, _PERIODS, 40)},
    ),
    "H2": RuleKind(
        CONCERN,
        "not_long_in_class",
        "It stays at cause for concern for at least {days:day}",
        {"days": _days(90, "Days at cause for concern")},
    ),
}
"""By id, in the order in which they are told. C recommends cause for concern, R room for improvement, H keeps it there."""


@dataclass(frozen=True, slots=True)
class ResponseKind:
    """What is expected at a tier."""

    sentence: str
    times: dict[str, Number]


RESPONSES: dict[Tier, ResponseKind] = {
    ASSURANCE: ResponseKind(
        "Nothing beyond reviews {review_months:month} apart",
        {"review_months": _few(12, "Months until the next review", 60)},
    ),
    ROOM: ResponseKind(
        "A conversation with the practice within {conversation_days:day}, an action plan within {plan_days:day}, and "
        "reviews {review_months:month} apart",
        {
            "conversation_days": _days(28, "Days until a conversation with the practice", 1),
            "plan_days": _days(56, "Days until an action plan", 1),
            "review_months": _few(3, "Months until the next review", 60),
        },
    ),
    CONCERN: ResponseKind(
        "A shared conversation within {shared_conversation_days:day} (for patients’ safety within "
        "{safety_working_days:working day}), a visit within {visit_days:day}, and reviews {review_months:month} apart",
        {
            "shared_conversation_days": _days(7, "Days until a shared conversation", 1),
            "safety_working_days": _days(1, "Working days until one where patients are at risk", 1),
            "visit_days": _days(28, "Days until a visit", 1),
            "review_months": _few(1, "Months until the next review", 60),
        },
    ),
}


def rule_of(name: str, numbers: dict[str, int] | None = None, *, counted: bool = True) -> Rule:
    """A rule with these numbers, and version 1's where none is given."""
    kind = RULES[name]
    given = {one: (numbers or {}).get(one, number.first) for one, number in kind.numbers.items()}
    return Rule(
        rule=name,
        tier=kind.tier,
        condition=kind.condition,
        counted=counted,
        thresholds=tuple(given.items()),
        words=told(kind.sentence, given),
    )


def response_of(tier: Tier, times: dict[str, int] | None = None) -> Response:
    kind = RESPONSES[tier]
    given = {one: (times or {}).get(one, number.first) for one, number in kind.times.items()}
    return Response(tier=tier, times=tuple(given.items()), words=told(kind.sentence, given))


def told(sentence: str, numbers: dict[str, int]) -> str:
    """A sentence with its numbers: `{alarms:alarm}` is told as `1 alarm`, or `2 alarms`."""
    return sentence.format(**{name: _Counted(number) for name, number in numbers.items()})


class _Counted(int):
    """A number that is told with what it counts."""

    def __format__(self, what: str) -> str:
        return f"{int(self)} {what}" if self == 1 or not what else f"{int(self)} {what}s"


VERSION_ONE = RuleSet(
    rules=tuple(rule_of(name) for name in RULES), responses=tuple(response_of(tier) for tier in RESPONSES)
)

"""What judging an indicator gives, and by which rules. Plain values: nothing here computes, and numpy is not needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.practice.kinds import Direction, FlagKind, Level

Z_ALERT = 1.959963984540054
"""95 % of a normal distribution lie within."""
Z_ALARM = 3.090232306167813
"""99.8 % lie within."""


class Scale(StrEnum):
    """On which scale values are compared: one on which chance varies them alike, whatever they are."""

    LOG_RATIO = "log_ratio"
    ROOT_RATIO = "root_ratio"
    ARCSINE = "arcsine"
    RATIO_OF_COUNTS = "ratio_of_counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """How indicators are judged. A version never changes: other thresholds are another version.

    `run`, `trend`: how many points on one side of the mean, or rising or falling one after another, signal. A point
    signals by two of three only if it is near the limit itself. `screening` leaves the largest moving ranges out of
    the limits. A minimum is of cases (binomial) or of expected events (Poisson), where the definition names none: a
    practice below it counts among its peers and is never flagged.
    """

    version: int
    z_alert: float = Z_ALERT
    z_alarm: float = Z_ALARM
    winsorised: float = 0.1
    persistence: int = 2
    xmr_points: int = 12
    xmr_window: int = 24
    run: int = 7
    trend: int = 7
    screening: bool = False
    minimum_cases: float = 10
    minimum_expected: float = 5
    peers: int = 10


RULE_SETS: dict[int, RuleSet] = {1: RuleSet(version=1)}
LATEST = RULE_SETS[max(RULE_SETS)]
LOOKED_AT = LATEST.xmr_window + LATEST.persistence
"""Periods that are looked at: the points of a chart, and those in which a signal must persist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one practice's value lies: beside what it is compared with, and between which limits."""

    value: float
    comparator: float
    z: float
    lower_alert: float
    upper_alert: float
    lower_alarm: float
    upper_alarm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Variation for enquiry of one practice on one indicator: exactly what the fact `practice.flag-raised` holds.

    Of an XmR chart, the alarm limits are the process limits, the alert limits where "near the limit" begins, and the
    baseline's points stand in `parameters`.
    """

    code: str
    kind: FlagKind
    direction: Direction
    level: Level
    period: str
    numerator: float | None
    denominator: float | None
    value: float
    comparator: float
    lower_alert: float
    upper_alert: float
    lower_alarm: float
    upper_alarm: float
    z: float
    phi: float | None
    tau2: float | None
    method: str
    method_version: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """How many practices lie beyond a pair of limits, before and after the spread among practices is allowed for.

    `by_chance` is how many adverse ones chance alone would give: half of 5 %, or of 0.2 %, of the practices.
    """

    unadjusted: int = 0
    adjusted: int = 0
    adverse_unadjusted: int = 0
    adverse_adjusted: int = 0
    by_chance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One indicator in one period. Comparator, spread and counts are of the comparison among peers (outlying).

    `comparator`, `phi` and `tau2` are None where practices are not compared: a measure without cases has no known
    variation by chance, and is judged against its own past alone.

    `signals` become flags, of both kinds: adverse only, an alert only if it persists. What would have been one and is not: `explained`
    beforehand (a merger), `small` (below the minimum), `passing` (an alert for the first time). `favourable` counts
    favourable variation, which is shown and never flagged; of an indicator for which neither way is better nothing is
    adverse or favourable.
    """

    practices: int
    comparator: float | None = None
    phi: float | None = None
    tau2: float | None = None
    beyond_alert: Beyond = field(default_factory=Beyond)
    beyond_alarm: Beyond = field(default_factory=Beyond)
    method: str | None = None
    method_version: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    rule_set_version: int
    signals: tuple[Signal, ...] = ()
    explained: tuple[Signal, ...] = ()
    small: int = 0
    passing: int = 0
    favourable: int = 0

"""The two shares by team that Insight shows: what each counts, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.rules import Asked
from projections.fairness import SOON
from projections.insight import By
from web.insight.shares import Shares, against, soon


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """`case` is one of what is counted, `cases` their heading; `said` ends the sentence, `counted` heads its column."""

    name: str
    title: str
    find: Callable[[Asked, By, date, date], Shares]
    case: str
    cases: str
    said: str
    counted: str
    caption: str
    from_called: str
    to_called: str
    explains: str
    empty: str
    days: bool = False


AGAINST = Fair(
    name="against",
    title="Against the recommendation",
    find=against,
    case="decision",
    cases="Decisions",
    said="went against the recommendation",
    counted="Against the recommendation",
    caption="Decisions on tiers, most first",
    from_called="Decided from",
    to_called="Decided until",
    explains=(
        "A decision is counted where the tier that was decided is another than the rules recommended then. To differ is no "
        "mistake: the reasons stand with each decision."
    ),
    empty="No tier was decided in these days while rules were in force, in the practices that are yours to read.",
)
VALIDATION = Fair(
    name="validation",
    title="From flag to validation",
    find=soon,
    case="flag",
    cases="Flags",
    said=f"validated within {SOON} days",
    counted=f"Validated within {SOON} days",
    caption="Flags for the worse, most first",
    from_called="Raised from",
    to_called="Raised until",
    explains=(
        f"A flag is validated when it was explained, talked about with the practice, or its data validated by an action. "
        f"Counted are flags that were raised at least {SOON} days ago, as of newer ones nobody knows yet; not those "
        f"that ended by themselves before. The table says how many days half of those validated took."
    ),
    empty=f"No flag for the worse was raised in these days, at least {SOON} days ago, in the practices that are yours to read.",
    days=True,
)

"""Decisions of the demonstration that a correction asked to be looked at again, and that were: one stands, one was revised."""

from __future__ import annotations

from collections.abc import Callable

from application.demonstration.arcs import ROOM, ago
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.reviews import asking_id_of


def reaffirmed(tale: Tale) -> None:
    asking = _corrected(
        tale, "There were two callers in a hundred who waited, not twelve. I had read the wrong column."
    )
    tale.act(
        tale.manager,
        ago(9),
        lambda: c.ReaffirmDecision(
            asking_id=asking(),
            reason="With two in a hundred the flag is still open and the practice still asks for help. I would decide the same.",
            occurred_on=ago(9),
        ),
        after=("corrected",),
    )


def revised(tale: Tale) -> None:
    asking = _corrected(
        tale, "The practice did not agree to the plan, as I had written: it wants to see the figures first."
    )
    tale.decide(ago(8), ROOM, tale.rests_on, after=("corrected",), asking=asking)


def _corrected(tale: Tale, said: str) -> Callable[[], str]:
    """The conversation that a decision rests on is corrected by who recorded it. Gives the id of what is asked then."""
    talk = tale.rests_on[1]
    decided = next(act.label for act in reversed(tale.acts) if (act.label or "").startswith("decision"))
    assert decided is not None
    reason = "I had it from memory; the minutes have it otherwise."
    tale.act(
        tale.caseworker,
        ago(12),
        lambda: c.CorrectFact(
            version=tale.version(talk), fields={"said": said}, reason=reason, occurred_on=ago(12)
        ),
        "corrected",
        after=(talk, decided),
    )
    return lambda: asking_id_of(tale.cites["corrected"], tale.version(decided))


SETTLED: dict[str, Callable[[Tale], None]] = {
    "Gorse Hill Surgery": reaffirmed,
    "Plover Lane Practice": revised,
}
"""What happened there, after all else."""

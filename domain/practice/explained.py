"""Whether the question of a flag is answered: what became of its explanations. One that was not accepted answers nothing."""

from __future__ import annotations

from typing import Literal

from domain.practice.state import Explanation, Practice

Answer = Literal["none", "waiting", "accepted", "not accepted"]
"""Nobody explained the flag; an explanation waits for another person; one was accepted; none that was given was."""


def answer_of(practice: Practice, flag_id: str) -> Answer:
    """How a flag's explanations stand. An accepted one outweighs one that waits, and that one those not accepted."""
    found = {one.status for one in explanations_of(practice, flag_id)}
    if "accepted" in found:
        return "accepted"
    if "waiting" in found:
        return "waiting"
    return "not accepted" if found else "none"


def explanations_of(practice: Practice, flag_id: str) -> list[Explanation]:
    """The explanations of a flag, in the order in which they were given."""
    return [one for one in practice.explanations.values() if one.flag_id == flag_id]


def waiting_of(practice: Practice, flag_id: str) -> list[Explanation]:
    """Those that no other person has answered yet."""
    return [one for one in explanations_of(practice, flag_id) if one.status == "waiting"]

"""What stands beside a decision on the tier while its answers are checked: what an appeal would ask, and like cases."""

from __future__ import annotations

from typing import Any

from domain.practice.commands import DecideTier
from web.forms.drawing import Drawing
from web.practices.alike import most_alike
from web.practices.deciding import known
from web.practices.had_opened import before_signing
from web.practices.rehearsed import rehearsed


def beside_decision(drawing: Drawing, command: DecideTier) -> dict[str, Any]:
    practice = known(drawing)
    framework = practice.framework
    return {
        "code": practice.code,
        "rehearsal": rehearsed(drawing, command),
        "had_opened": before_signing(drawing, command),
        "alike": most_alike(practice, framework, drawing.today, command.tier, drawing.asked)
        if framework
        else None,
        "alike_as": "All are as they stand today.",
    }

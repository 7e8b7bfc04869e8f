"""Change from one period to the next, for measures that grow of themselves: list sizes above all.

An XmR chart of list sizes themselves signals for three practices in four, because each period's list is the last one's
and a little more. Their quarterly log change signals for one in fifteen.
"""

from __future__ import annotations

import numpy as np

from domain.indicators.arrays import Given, Numbers, numbers


def log_change(values: Given) -> Numbers:
    """ln(this period / the one before), over series by points; NaN for the first, beside a gap, and of nothing."""
    every = np.atleast_2d(numbers(values))
    logs = np.log(every, out=np.full(every.shape, np.nan), where=every > 0)
    changes = np.full(every.shape, np.nan)
    changes[:, 1:] = logs[:, 1:] - logs[:, :-1]
    return changes

"""The kinds of arrays that statistics are computed on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.int8]
"""1 above or rising, -1 below or falling, 0 neither."""
Given = npt.ArrayLike


def numbers(given: Given) -> Numbers:
    return np.asarray(given, dtype=np.float64)

"""Views of every practice as they were, kept for a while: the next page of the same moment finds them made."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock, Thread
from typing import NamedTuple

from application.facts import topic_of
from application.past import CasebookThen
from domain.practice import events as e
from domain.rules import Asked
from projections.past import ViewsThen

SECONDS, MOST = 600.0, 4
"""For how long views are kept, and of how many moments: they hold words in clear."""

QUICKLY = 30_000
"""Of so many facts views are made while the page waits; of more, beside it."""

FEW = 1_000
"""Facts since that are looked through: after more, the views are made anew."""

CLOSES = frozenset(
    map(
        topic_of,
        (
            e.ConversationRecorded,
            e.IntelligenceRecorded,
            e.DocumentAttached,
            e.VisibilityChanged,
            e.AccessGranted,
            e.EmergencyAccessTaken,
            e.EmergencyAccessReviewed,
            e.ResponsibilityAssigned,
            e.TierRecommended,
            e.FactCorrected,
            e.FactWithdrawn,
        ),
    )
)
"""Facts after which something of the past may be kept from somebody, or be theirs, that was not before."""


class _Kept(NamedTuple):
    views: ViewsThen
    kept_at: float
    position: int
    """Where the record stood when they were begun."""


class Keeping:
    """The views that are at hand, by the moment and by who looks through whom."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def views(self, casebook: CasebookThen) -> ViewsThen:
        """Of all practices: those that are kept, or new ones, which are begun beside the page where there is much."""
        looking, upto = casebook.then.looking, casebook.then.upto
        key = (looking.moment, upto, _who(looking.asked), _who(looking.through))
        with self._lock:
            self._drop_old()
            kept = self._kept.get(key)
            if kept is None or self._otherwise_since(casebook, kept):
                last = casebook.present.recorder.last_position()
                kept = self._kept[key] = _Kept(ViewsThen(casebook, None), time.monotonic(), last)
                if upto > QUICKLY:
                    Thread(target=kept.views.make, daemon=True).start()
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return kept.views

    def _drop_old(self) -> None:
        for key in [key for key, one in self._kept.items() if one.kept_at < time.monotonic() - SECONDS]:
            del self._kept[key]

    def _otherwise_since(self, casebook: CasebookThen, kept: _Kept) -> bool:
        later = casebook.present.recorder.raw_after(kept.position, FEW)
        return len(later) == FEW or any(topic in CLOSES for _, _, _, topic, _ in later)


def _who(asked: Asked) -> Hashable:
    """Who asks, at whatever instant of the day: what they may know does not differ within it."""
    return asked.person, asked.role, asked.own, asked.regions, asked.recused, asked.on

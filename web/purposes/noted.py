"""Where the clocks stood, as the access log has it."""

from __future__ import annotations

from web.past.address import LooksAt


def as_noted(looked: LooksAt) -> str:
    """recorded-by 1234 happened-on 2026-05-03; nothing for a replay of all there is."""
    return " ".join(f"{name.removeprefix('as-')} {value}" for name, value in looked.asked.items())

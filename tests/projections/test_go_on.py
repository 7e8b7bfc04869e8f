"""A practice that goes on from how it stood is the practice that its whole history tells."""

from dataclasses import fields
from typing import Any

import pytest

from domain.practice.copied import copier
from domain.practice.practice import go_on, replay
from domain.practice.state import Practice
from tests.projections.histories import random_history
from tests.support import factories as a

copied: Any = copier(Practice)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_follows_it_is_what_replay_gives(seed):
    history = random_history(seed, a.CODE, 45)
    for end in range(1, len(history) + 1):
        for begin in {max(0, end - 1), max(0, end - 3), end // 2}:
            assert go_on(replay(history[:begin]), history[:end]) == replay(history[:end])


@pytest.mark.parametrize("seed", range(8))
def test_the_practice_that_it_goes_on_from_is_left_as_it_was(seed):
    history = random_history(seed, a.CODE, 45)
    practice = replay([])
    for end in range(1, len(history) + 1):
        following = go_on(practice, history[:end])
        assert practice == replay(history[: end - 1])
        practice = following


def test_a_copy_shares_nothing_that_could_be_changed():
    practice = replay(random_history(5, a.CODE, 60))
    copy = copied(practice)
    assert copy == practice
    for field in fields(Practice):
        value, other = getattr(practice, field.name), getattr(copy, field.name)
        if isinstance(value, list | dict | set):
            assert value is not other, field.name
            if field.name in {
                "history",
                "standing",
                "closed",
                "documents",
                "entries",
                "explanations",
                "let_in",
            }:
                continue
            things = (
                zip(value.values(), other.values(), strict=True)
                if isinstance(value, dict)
                else zip(value, other, strict=True)
            )
            assert all(one is not copied_one for one, copied_one in things), field.name

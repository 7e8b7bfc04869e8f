"""Whoever signs a decision on the tier has opened what it cites, as it stands."""

from dataclasses import replace

import pytest

from domain.practice.opened import not_opened
from domain.practice.practice import decide
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, by, given

CITED = (f"{a.CODE}/3", f"{a.CODE}/4")
FACTS = (a.flag_raised(), by(MANAGER, a.conversation_recorded()))


def to_be_signed(*facts, opened=()):
    return replace(given(*facts).practice(), opened=frozenset(opened))


def test_who_has_not_opened_what_they_cite_does_not_sign():
    command = a.decide_tier(inputs=CITED)
    with pytest.raises(RuleBroken) as refused:
        decide(to_be_signed(*FACTS), command, MANAGER)
    assert refused.value.rule == "what-is-cited-was-opened-by-the-signer"
    assert f"You have not opened {a.CODE}/3:" in refused.value.message, (
        "what they recorded themselves they know"
    )
    assert decide(to_be_signed(*FACTS, opened={3}), command, MANAGER)
    assert decide(replace(to_be_signed(*FACTS), opened=None), command, MANAGER), "where it is not known"


def test_an_entry_is_opened_as_it_stands():
    corrected = (*FACTS, a.fact_corrected(corrects=3))
    assert not_opened(to_be_signed(*corrected, opened={3}), CITED, MANAGER) == [3]
    assert not_opened(to_be_signed(*corrected, opened={3, 5}), CITED, MANAGER) == []
    assert not_opened(to_be_signed(*corrected, opened=()), CITED, CASEWORKER) == [4], (
        "who corrected it knows it"
    )


def test_an_amended_entry_is_opened_with_the_text_that_was_put_in_its_place():
    amended = (*FACTS, a.entry_amended(version=3, text_version=3))
    assert not_opened(to_be_signed(*amended, opened={3}), CITED, MANAGER) == [3]
    assert not_opened(to_be_signed(*amended, opened={3, 5}), CITED, MANAGER) == []

"""Stepping through a practice's record: whichever step is asked for, in whatever order."""

from contextlib import closing
from datetime import timedelta
from itertools import groupby, pairwise
from operator import attrgetter

import pytest

from application.casebook import Casebook
from application.first_rules import record_first_rules
from application.init import init
from application.recording import Sent
from application.settings import Settings
from application.stepping import EVERY, Steps
from domain.practice.moment import Moment
from domain.practice.visible import Withheld
from tests.projections.histories import BEGINS, random_history
from tests.support import factories as a
from tests.support.given import AUDITOR, LEAD, MANAGER


@pytest.fixture
def casebook(tmp_path):
    with closing(init(Settings(home=tmp_path / "home"))) as stores:
        made = Casebook(stores, clock=lambda: BEGINS + timedelta(days=900), ids=a.new_id)
        record_first_rules(made)
        yield made


def told(casebook, seed, length):
    for _, facts in groupby(random_history(seed, a.CODE, length), attrgetter("command_id")):
        of_it = list(facts)
        casebook.recorder.append(of_it, [Sent(of_it[0].command_id, b"", len(of_it))])


@pytest.mark.parametrize("seed", [2, 5])
def test_each_step_is_what_was_shown_when_its_facts_were_recorded(casebook, seed):
    told(casebook, seed, 70)
    for asked in (MANAGER, LEAD, AUDITOR):
        steps = list(Steps(casebook, a.CODE, asked))
        shown = Steps(casebook, a.CODE, asked)
        for step in reversed(steps):
            assert shown.step(step.number) == step
            last = step.facts[-1]
            if not isinstance(last.fact, Withheld):
                assert step.after == casebook.seen_at(a.CODE, asked, Moment(last.position))
                assert step.on == last.recorded_on
        for earlier, later in pairwise(steps):
            assert later.before == earlier.after
        assert steps[-1].after == casebook.seen(a.CODE, asked)


def test_facts_of_one_command_are_one_step_and_each_fact_has_its_step(casebook):
    told(casebook, 5, 70)
    steps = Steps(casebook, a.CODE, MANAGER)
    found = [steps.facts(number) for number in range(1, len(steps) + 1)]
    assert max(map(len, found)) > 1
    for number, facts in enumerate(found, start=1):
        assert len({one.command_id for one in facts}) == 1
        assert {steps.number_of(one.version) for one in facts} == {number}
    assert steps.number_of(10_000) is None


def test_a_day_leads_to_the_first_action_recorded_on_it_or_later(casebook):
    told(casebook, 5, 70)
    steps = Steps(casebook, a.CODE, AUDITOR)
    days = [steps.step(number).on for number in range(1, len(steps) + 1)]
    day = days[len(days) // 2]
    found = steps.number_on(day)
    assert days[found - 1] == day
    assert all(one < day for one in days[: found - 1])
    assert steps.number_on(days[-1] + timedelta(days=1)) == len(steps)


def test_a_long_record_is_gone_on_with_from_what_is_kept_of_it(casebook):
    history = [a.conversation_recorded(entry_id=a.new_id("entry")) for _ in range(EVERY + 30)]
    facts = random_history(5, a.CODE, 2)[:1]
    facts += [
        facts[0]._replace(version=number, command_id=f"command-{number}", fact=fact)
        for number, fact in enumerate(history, start=2)
    ]
    casebook.recorder.append(facts, [Sent(one.command_id, b"", 1) for one in facts])
    steps = Steps(casebook, a.CODE, AUDITOR)
    last = steps.step(len(steps))
    assert last.after == casebook.seen(a.CODE, AUDITOR)
    assert EVERY in steps.known.along
    assert steps.step(EVERY + 1).before is steps.known.along[EVERY]


def test_rules_that_an_action_made_hold_are_told_apart_from_those_that_held_before(casebook):
    told(casebook, 5, 70)
    newly = [
        set(step.recommended.rules) - set(step.recommended_before.rules)
        for step in Steps(casebook, a.CODE, AUDITOR)
        if step.recommended and step.recommended_before
    ]
    assert any(newly)
    assert not all(newly)

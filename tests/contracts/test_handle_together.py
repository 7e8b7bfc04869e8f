"""Commands that stand only together, such as a merger's, are recorded in one commit on both streams, or not at all."""

import pytest

from domain.rules import RuleBroken
from tests.contracts.notebook import ANNE
from tests.contracts.test_handle import Faulty, write

BOTH = (("1", write(), "command-1"), ("2", write("other", "note-2"), "command-2"))


def test_both_are_recorded_and_each_outcome_is_of_its_own_stream(casebook):
    first, second = casebook.handle_together(BOTH, ANNE)
    assert (first.stream, second.stream) == ("notebook-1", "notebook-2")
    assert list(first.recorded) == casebook.history("notebook-1")
    assert list(second.recorded) == casebook.history("notebook-2")
    assert [one.command_id for one in (*first.recorded, *second.recorded)] == ["command-1", "command-2"]


@pytest.mark.parametrize("faults", [["before"], ["after"], ["before", "before", "after"]])
def test_a_lost_acknowledgement_is_applied_once_on_both(stores, casebook_on, faults):
    casebook = casebook_on(stores, recorder=Faulty(stores.recorder, *faults))
    outcomes = casebook.handle_together(BOTH, ANNE)
    assert [one.repeated for one in outcomes] == [faults[-1] == "after"] * 2
    assert [len(casebook.history(f"notebook-{n}")) for n in (1, 2)] == [1, 1]


def test_where_one_is_refused_neither_is_recorded_and_its_reason_is_given(casebook):
    with pytest.raises(RuleBroken) as refused:
        casebook.handle_together((BOTH[0], ("2", write(""), "command-2")), ANNE)
    assert refused.value.rule == "a-note-has-words"
    assert casebook.history("notebook-1") == casebook.history("notebook-2") == []
    assert casebook.recorder.remembered("command-1") is None


def test_sent_twice_they_are_recorded_once(casebook):
    casebook.handle_together(BOTH, ANNE)
    again = casebook.handle_together(BOTH, ANNE)
    assert [one.repeated for one in again] == [True, True]
    assert len(casebook.history("notebook-1")) == len(casebook.history("notebook-2")) == 1

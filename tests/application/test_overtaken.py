"""Which of the facts since a form was drawn a refusal is put down to: the first that the rule refuses it for."""

from application.overtaken import Overtaken, overtaken
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import recorded

BROKEN = RuleBroken("a-rule", "It does not hold", "field")
HISTORY = recorded(*(a.conversation_recorded() for _ in range(5)))


def after(version):
    """Refused from some version of the history on."""
    return lambda upto: BROKEN if upto and upto[-1].version >= version else None


def test_a_refusal_is_put_down_to_the_first_fact_without_which_it_would_not_be_one():
    found = overtaken(BROKEN, HISTORY, 2, after(4))
    assert isinstance(found, Overtaken)
    assert [one.version for one in found.facts] == [4]
    assert (found.rule, found.message, found.field) == ("a-rule", "It does not hold", "field")


def test_all_that_one_command_recorded_is_named_together():
    history = [*HISTORY[:3], HISTORY[3]._replace(command_id=HISTORY[4].command_id), HISTORY[4]]
    found = overtaken(BROKEN, history, 2, after(4))
    assert isinstance(found, Overtaken)
    assert [one.version for one in found.facts] == [4, 5]


def test_what_would_have_been_refused_anyway_is_put_down_to_nobody():
    assert overtaken(BROKEN, HISTORY, 2, after(1)) is BROKEN
    assert overtaken(BROKEN, HISTORY, 5, after(1)) is BROKEN


def test_a_refusal_for_another_reason_than_the_record_is_put_down_to_nobody():
    assert overtaken(BROKEN, HISTORY, 2, lambda _upto: None) is BROKEN

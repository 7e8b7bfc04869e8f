"""Templates: written by an organisation's own people, offered from a day on, until they are ended."""

from datetime import date

import pytest

from domain.access.organisations import decide, replay
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, recorded

ID = "template-0000aaaa"
WRITTEN = a.template_written(template_id=ID)
ENDED = a.template_ended(template_id=ID)


def decided(command, *facts, asked=MANAGER):
    return decide(replay(recorded(*facts)), command, asked)


def refused(command, *facts, asked=MANAGER):
    with pytest.raises(RuleBroken) as broken:
        decided(command, *facts, asked=asked)
    return broken.value.rule


def test_a_manager_writes_one_that_is_offered_from_a_day_on() -> None:
    later = date(2026, 12, 1)
    assert decided(a.write_template(template_id=ID, from_on=later)) == [
        a.template_written(template_id=ID, from_on=later)
    ]
    template = replay(recorded(a.template_written(template_id=ID, from_on=later))).templates[ID]
    assert [template.in_use(day) for day in (date(2026, 11, 30), later)] == [False, True]


def test_it_is_offered_until_it_is_ended_and_ended_once() -> None:
    assert decided(a.end_template(template_id=ID), WRITTEN) == [ENDED]
    template = replay(recorded(WRITTEN, ENDED)).templates[ID]
    assert not template.in_use(a.TODAY)
    assert decided(a.end_template(template_id=ID), WRITTEN, ENDED) == []


def test_an_organisations_templates_are_its_own_peoples_to_write_and_end() -> None:
    rule = "an-organisation-writes-its-own-templates"
    assert refused(a.write_template(), asked=LEAD) == rule
    assert refused(a.end_template(template_id=ID), WRITTEN, asked=LEAD) == rule
    own = a.write_template(code=a.COMMISSIONER, template_id=ID)
    assert decided(own, asked=LEAD) == [a.template_written(code=a.COMMISSIONER, template_id=ID)]


def test_its_id_is_used_once_and_only_what_is_there_is_ended() -> None:
    assert refused(a.write_template(template_id=ID), WRITTEN) == "ids-are-used-once"
    assert refused(a.end_template()) == "a-template-is-of-its-organisation"


def test_why_it_was_ended_is_kept() -> None:
    (fact,) = decided(a.end_template(template_id=ID, reason="Outdated."), WRITTEN)
    assert fact.reason == Sealed("Outdated.")

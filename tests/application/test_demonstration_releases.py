"""The published numbers of the demonstration: the same every time, and such as a publisher could issue."""

import csv
import io
from collections import defaultdict

import pytest

from application.demonstration.fill import tales
from application.demonstration.releases import FOLLOWED, OTHERWISE, PUBLICATIONS, content
from domain.indicators.catalogue import INDICATORS
from domain.periods import period_of
from domain.practice.kinds import IndicatorModel

NAMES = [f"{one.on} {one.name}" for one in PUBLICATIONS]


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=NAMES)
def test_a_file_is_the_same_every_time_and_every_number_in_it_could_be(publication):
    told = content(publication, tales())
    assert told == content(publication, tales(published=True))
    for row in csv.DictReader(io.StringIO(told.decode())):
        definition, period = INDICATORS[row["indicator"]], period_of(row["period"])
        assert period is not None
        assert period.length == definition.period
        assert period.ends_on < publication.on
        if row["value"]:
            assert definition.model == IndicatorModel.CONTINUOUS
        else:
            assert int(row["numerator"]) >= 0
            assert int(row["denominator"]) > 0
        if definition.model == IndicatorModel.BINOMIAL:
            assert int(row["numerator"]) <= int(row["denominator"])


def test_a_restated_release_was_published_before_and_every_other_name_is_once():
    published = defaultdict(list)
    for one in PUBLICATIONS:
        published[one.name].append(one)
    for some in published.values():
        assert some[0].reason is None
        assert all(one.reason for one in some[1:])
    assert [one.on for one in PUBLICATIONS] == sorted(one.on for one in PUBLICATIONS)


def test_a_quarter_has_more_than_twelve_before_the_last():
    quarters = {period for one in PUBLICATIONS for period in one.periods if "Q" in period}
    assert len(quarters) > 12


def test_what_something_comes_of_is_a_practice_of_the_demonstration():
    names = {tale.name for tale in tales()}
    assert set(FOLLOWED) <= names
    assert {name for name, _ in OTHERWISE} <= names

"""The published numbers of the demonstration: the same every time, and such as a publisher could issue."""

import csv
import io
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest

from application.demonstration.fill import tales
from application.demonstration.numbers import QUARTERS
from application.demonstration.releases import FOLLOWED, OTHERWISE, PUBLICATIONS, content
from domain.indicators.catalogue import INDICATORS
from domain.indicators.flagging import Cells, judge
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
        assert int(row["numerator"]) >= 0
        assert int(row["denominator"]) > 0
        if definition.model == IndicatorModel.BINOMIAL:
            assert int(row["numerator"]) <= int(row["denominator"])


@pytest.fixture(scope="module")
def published():
    """Each number as it stands in the end, by indicator, practice and period."""
    found = {}
    told = tales()
    for publication in PUBLICATIONS:
        for row in csv.DictReader(io.StringIO(content(publication, told).decode())):
            at = row["indicator"], row["practice"], row["period"]
            found[at] = int(row["numerator"]), int(row["denominator"])
    return found


def test_what_is_counted_fits_the_list_that_the_practice_has(published):
    last = QUARTERS[-1]
    for tale in tales():
        assert published["OE04", tale.code, last][0] == tale.list_size
        assert published["CQ09", tale.code, last][1] == tale.list_size
        assert published["OE02", tale.code, "2025/26"][1] < published["CQ09", tale.code, "2026Q1"][1]
        for before, quarter in pairwise(QUARTERS):
            assert published["OE04", tale.code, quarter][1] == published["OE04", tale.code, before][0]
            assert published["PS02", tale.code, quarter][1] == published["PS01", tale.code, quarter][0]


def test_practices_differ_by_about_as_much_as_chance_and_a_few_vary(published):
    flagged: Counter[str] = Counter()
    spread: list[float] = []
    for indicator in ("PS01", "PS02", "CQ09"):
        judged = judge(cells(published, indicator))
        spread.append(judged.phi or 0.0)
        flagged.update(signal.code for signal in judged.signals)
    assert all(0.6 < phi < 1.6 for phi in spread)
    assert 1 <= len(flagged) <= 5


def test_one_quarter_says_nothing_of_the_next(published):
    """No saw-tooth: a rise is followed by another as often as chance has it, one time in three."""
    rose = follows = 0
    for code in {code for _, code, _ in published}:
        values = [over / of for over, of in (published["CQ09", code, quarter] for quarter in QUARTERS)]
        ups = [after > before for before, after in pairwise(values)]
        rose += sum(ups[:-1])
        follows += sum(first and second for first, second in pairwise(ups))
    assert 0.2 < follows / rose < 0.5


def cells(published, indicator):
    codes = tuple(sorted({code for _, code, _ in published}))
    rows = [[published[indicator, code, quarter] for quarter in QUARTERS] for code in codes]
    both = np.array(rows, dtype=float)
    return Cells(
        definition=INDICATORS[indicator],
        periods=QUARTERS,
        codes=codes,
        numerator=both[..., 0],
        denominator=both[..., 1],
        value=both[..., 0] / both[..., 1],
    )


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

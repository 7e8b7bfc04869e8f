"""Which numbers of an indicator are its newest, and on which indicators a change of a release has a bearing."""

import pytest

from domain.releases.events import Covered
from domain.releases.newest import Newest, bearing_on, newest_of, periods_of


def covers(version=1, **periods):
    return tuple(
        Covered(indicator=indicator, version=version, periods=tuple(some), observations=1)
        for indicator, some in periods.items()
    )


def test_the_newest_period_of_an_indicator_is_the_newest_of_all_releases_that_stand():
    stand = [covers(A=["2020/21"]), covers(A=["2021/22"], version=2), covers(A=["2019/20"])]
    assert newest_of(stand) == {"A": Newest("2021/22", 2, ["2019/20", "2020/21", "2021/22"])}
    assert periods_of(stand[:1]) == {"A": ["2020/21"]}


def test_of_two_releases_that_have_it_the_later_says_by_which_definition():
    assert newest_of([covers(A=["2021"], version=1), covers(A=["2021"], version=2)])["A"].version == 2


def test_what_is_older_than_the_rest_of_its_release_is_history():
    old = covers(A=["2019/20"], B=["2019/20", "2020/21"])
    assert set(newest_of([old])) == {"B"}
    assert set(newest_of([covers(A=["2019/20"]), old])) == {"B"}
    assert set(newest_of([old, covers(A=["2019/20"])])) == {"A", "B"}


def test_a_year_is_not_older_than_a_quarter():
    assert set(newest_of([covers(A=["2020/21"], B=["2021Q4"], C=["2021"])])) == {"A", "B", "C"}


def test_what_is_gone_has_a_bearing_on_what_was_judged_beside_it():
    newest = newest_of([covers(A=["2021/22"])])
    assert bearing_on(newest, {"A": ["2020/21"]}, 2) == newest
    assert bearing_on(newest, {"A": ["2019/20"]}, 2) == {}


@pytest.mark.parametrize(
    ("changed", "bears"),
    [
        ({"A": ["2021/22"]}, True),
        ({"A": ["2020/21"]}, True),
        ({"A": ["2018/19", "2020/21"]}, True),
        ({"A": ["2019/20"]}, False),
        ({"A": ["2031/32"]}, True),
        ({"B": ["2021/22"]}, False),
    ],
)
def test_what_changes_has_a_bearing_where_it_is_looked_at_or_was_newer(changed, bears):
    newest = newest_of([covers(A=["2018/19", "2019/20", "2020/21", "2021/22"])])
    assert bearing_on(newest, changed, 2) == (newest if bears else {})

"""Insight's shares by team: a funnel that shows no chance as difference, its numbers, and what its files keep back."""

import pytest

from domain.practice.kinds import Tier
from tests.support import factories as a
from tests.web.test_export import file_of
from tests.web.test_insight import rows_of
from web.charts.funnel import Limits
from web.insight.shares import Share, Shares, in_a_file, limits_at, picture, said, table

WIDE = Limits(10, 0.0, 0.0, 1.0, 1.0)


def share(name="A", of=10, number=5, limits=WIDE, **more):
    return Share(
        **{"name": name, "of": of, "number": number, "limits": limits, "days": None, "own": False} | more
    )


def test_limits_are_exact_and_narrow_with_the_number_of_cases():
    few, many = limits_at(0.2, [5, 500])
    assert few.lower_alert == 0
    assert few.upper_alert > 0.5
    assert 0.15 < many.lower_alert < 0.2 < many.upper_alert < 0.25
    assert many.lower_alarm < many.lower_alert
    assert many.upper_alarm > many.upper_alert


@pytest.mark.parametrize(
    ("of", "number", "reads"),
    [
        (4, 4, "Too few to tell"),
        (50, 10, "Chance alone explains it"),
        (50, 17, "Chance alone seldom gives this"),
        (50, 30, "Higher than chance explains"),
        (500, 40, "Lower than chance explains"),
    ],
)
def test_a_share_reads_by_its_limits(of, number, reads):
    (here,) = limits_at(0.2, [of])
    assert share(of=of, number=number, limits=here).reads == reads


def test_one_team_alone_has_no_funnel_and_the_sentence_says_why():
    alone = Shares(10, 5, [share()])
    assert picture(alone, "x", "X", "Cases") is None
    assert "There is only one to count by" in said(alone, "decision", "went against the recommendation")


def test_one_team_alone_is_not_read_as_chance_beside_itself():
    for made in (table, in_a_file):
        (row,) = made(Shares(10, 5, [share()]), "X", "Cases", "Counted").rows
        assert row[4:] == ("", "None to compare it with")
        both = made(Shares(20, 10, [share("A"), share("B")]), "X", "Cases", "Counted").rows
        assert [one[4:] for one in both] == [("0.0% to 100.0%", "Chance alone explains it")] * 2


def test_the_sentence_names_whom_chance_does_not_explain_and_nobody_else():
    (narrow,) = limits_at(0.2, [500])
    found = Shares(1000, 340, [share("A", 500, 240, narrow), share("B", 500, 100, narrow)])
    told = said(found, "decision", "went against the recommendation")
    assert told == (
        "All together: 340 of 1,000 decisions went against the recommendation (34.0%). "
        "More than chance explains, A differs from all together."
    )
    none = said(Shares(20, 10, [share("A"), share("B")]), "decision", "went against the recommendation")
    assert none.endswith("None of them differs from all together by more than chance explains.")


def test_a_file_keeps_small_counts_back_and_what_they_follow_from():
    teams = [share("A", 40, 20), share("B", 40, 3), share("C", 40, 38), share("D", 4, 0, days=3)]
    teams += [share("E", 40, 20, days=9, with_days=4), share("F", 40, 20, days=9, with_days=5)]
    rows = in_a_file(Shares(204, 101, teams), "X", "Cases", "Counted", days=True).rows
    assert [row[1:4] for row in rows] == [
        (40, 20, "50.0%"),
        (40, "fewer than 5", "kept back"),
        (40, "all but fewer than 5", "kept back"),
        ("fewer than 5", "fewer than 5", "kept back"),
        (40, 20, "50.0%"),
        (40, 20, "50.0%"),
    ]
    assert rows[3][4:] == ("", "Too few to tell", "kept back")
    assert [row[-1] for row in rows[4:]] == ["kept back", 9]


@pytest.fixture
def decided(record):
    said_ = record("caseworker", a.record_conversation())
    cited = (f"{a.CODE}/{said_.recorded[0].version}",)
    record("manager", a.decide_tier(tier=Tier.ROOM_FOR_IMPROVEMENT, inputs=cited))


@pytest.mark.parametrize("who", ["manager", "lead", "auditor"])
def test_what_was_decided_against_the_recommendation_is_counted(people, decided, who):
    page = getattr(people, who).open("/insight/against")
    assert "All together: 1 of 1 decision went against the recommendation (100.0%)." in page.text
    assert "Beside what chance alone would give" not in page.text
    assert "A decision is counted where" in page.text
    (row,) = rows_of(page, "Decisions on tiers, most first")
    assert row[:4] == ["North Moor area team", "1", "1", "100.0%"]
    assert row[-1] == "None to compare it with"
    assert "/insight/against" in page.links.values()


def test_numbers_are_of_the_practices_that_one_may_read(people, decided):
    assert people.caseworker.open("/insight/against").status == 403
    assert people.stranger.open("/insight/against").status == 403
    empty = people.manager.open("/insight/against?to=2026-11-20")
    assert "No tier was decided in these days" in empty.text


def test_a_flag_that_was_talked_about_in_time_is_counted_as_validated(people, record, clock):
    record("caseworker", a.raise_flag(flag_id="flag-0000aaaa"))
    record("caseworker", a.record_conversation(about_flags=("flag-0000aaaa",)))
    assert "No flag for the worse" in people.manager.open("/insight/validation").text
    clock.at = clock.at.replace(year=2027, month=1)
    page = people.manager.open("/insight/validation")
    assert "All together: 1 of 1 flag validated within 28 days (100.0%)." in page.text
    assert rows_of(page, "Flags for the worse, most first")[0][-1] == "0"
    assert file_of(people.manager, "/insight/validation.csv")[2][0][1] == "fewer than 5"


def test_a_mistyped_day_is_told_and_nothing_is_lost(people, decided):
    page = people.manager.open("/insight/against?from=2026-13-40")
    assert page.errors
    assert "All together" in page.text


def test_what_chance_often_gives_is_not_told_as_a_difference():
    # All of ten, where 84% is usual, comes of chance in one case of six.
    (here,) = limits_at(0.837, [10])
    assert share(of=10, number=10, limits=here).reads == "Chance alone explains it"

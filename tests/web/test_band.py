"""The story band's geometry: expected places are worked out by hand.

The frame used here is 130 wide with 10 at each side, and the picture is of 110 days: a day is one across.
"""

from dataclasses import replace
from datetime import date, timedelta

from domain.practice.kinds import Tier
from web.band import draw, lanes, months_before
from web.band_marks import (
    NARROW,
    WIDE,
    ActionMark,
    ContractMark,
    FlagMark,
    Frame,
    MoveMark,
    Shape,
    Story,
    TalkMark,
    TierMark,
)
from web.band_steps import small

START = date(2026, 8, 3)
TODAY = date(2026, 11, 21)
FRAME = Frame(width=130, left=10, right=10)


def on(days: int) -> date:
    return START + timedelta(days=days)


def shapes(story: Story, *kinds: str, frame: Frame = FRAME) -> list[tuple[str, float, float, float]]:
    band = draw(story, TODAY, START, frame)
    return [(one.kind, one.x, one.y, one.x2) for one in band.shapes if not kinds or one.kind in kinds]


STARTING = TierMark(on(0), Tier.ASSURANCE_BASED, reviewed=False)


def test_the_picture_ends_today_and_a_day_is_as_wide_as_any_other():
    band = draw(
        Story(begins_on=START, talks=[TalkMark(on(0), "board"), TalkMark(on(110), "ccg")]),
        TODAY,
        START,
        FRAME,
    )
    assert (band.left, band.right, band.start, band.end) == (10, 120, START, TODAY)
    assert [(one.kind, one.x) for one in band.shapes] == [("board", 10), ("ccg", 120)]


def test_the_tier_steps_between_three_levels_and_is_dashed_until_first_reviewed():
    tiers = [
        STARTING,
        TierMark(on(20), Tier.ASSURANCE_BASED),
        TierMark(on(50), Tier.ROOM_FOR_IMPROVEMENT),
        TierMark(on(90), Tier.CAUSE_FOR_CONCERN),
    ]
    band = draw(Story(begins_on=START, tiers=tiers), TODAY, START, FRAME)
    assert [(row.name, row.y) for row in band.levels] == [
        (Tier.CAUSE_FOR_CONCERN, 10),
        (Tier.ROOM_FOR_IMPROVEMENT, 28),
        (Tier.ASSURANCE_BASED, 46),
    ]
    assert [tuple(step) for step in band.steps] == [
        ("M10 46V46H30H30", False),
        ("M30 46V46H60V28H100V10H120", True),
    ]
    assert band.area == "M10 55V46V46H30V46H60V28H100V10H120V55Z"
    assert [(one.x, one.y) for one in band.shapes if one.kind == "decided"] == [(30, 46), (60, 28), (100, 10)]


def test_a_tier_decided_before_the_picture_runs_in_from_its_edge():
    story = Story(
        begins_on=on(-400),
        tiers=[TierMark(on(-400), Tier.ASSURANCE_BASED, False), TierMark(on(-30), Tier.CAUSE_FOR_CONCERN)],
    )
    band = draw(story, TODAY, START, FRAME)
    assert [step.path for step in band.steps] == ["M10 10V10H120"]
    assert [one for one in band.shapes if one.kind == "decided"] == []


def test_a_decision_that_takes_effect_later_is_not_drawn_yet():
    story = Story(
        begins_on=START, tiers=[STARTING, TierMark(TODAY + timedelta(days=9), Tier.CAUSE_FOR_CONCERN)]
    )
    band = draw(story, TODAY, START, FRAME)
    assert [tuple(step) for step in band.steps] == [("M10 46V46H120", False)]


def test_the_line_of_a_closed_practice_ends_on_its_last_day():
    band = draw(Story(begins_on=START, ends_on=on(60), tiers=[STARTING]), TODAY, START, FRAME)
    assert [step.path for step in band.steps] == ["M10 46V46H70"]


def test_a_practice_registered_late_begins_where_its_record_begins():
    band = draw(
        Story(begins_on=on(100), tiers=[TierMark(on(100), Tier.ASSURANCE_BASED, False)]), TODAY, START, FRAME
    )
    assert [step.path for step in band.steps] == ["M110 46V46H120"]


def test_a_flag_is_a_triangle_where_raised_a_line_while_open_and_an_end_mark():
    story = Story(
        begins_on=START,
        flags=[FlagMark(on(10), alarm=True, ended_on=on(40), ended="cleared", explained_on=(on(25),))],
    )
    assert shapes(story) == [
        ("open", 20, 75, 50),
        ("alarm", 20, 75, 0),
        ("explained", 35, 75, 0),
        ("cleared", 50, 75, 0),
    ]


def test_an_open_flag_reaches_today_and_has_no_end_mark():
    assert shapes(Story(begins_on=START, flags=[FlagMark(on(10))])) == [
        ("open", 20, 75, 120),
        ("alert", 20, 75, 0),
    ]


def test_a_flag_raised_before_the_picture_has_a_line_and_no_triangle():
    story = Story(begins_on=START, flags=[FlagMark(on(-10), ended_on=on(40), ended="withdrawn")])
    assert shapes(story) == [("open", 10, 75, 50), ("withdrawn", 50, 75, 0)]


def test_a_flag_that_ended_before_the_picture_is_left_out():
    assert shapes(Story(begins_on=START, flags=[FlagMark(on(-10), ended_on=on(-1), ended="cleared")])) == []


def test_flags_at_the_same_time_stand_in_lanes_and_a_lane_is_used_again():
    flags = [
        FlagMark(on(0), ended_on=on(30), ended="cleared"),
        FlagMark(on(10), ended_on=on(50), ended="cleared"),
        FlagMark(on(60), ended_on=on(80), ended="cleared"),
    ]
    assert [(x, y) for _, x, y, _ in shapes(Story(begins_on=START, flags=flags), "open")] == [
        (10, 75),
        (20, 88),
        (70, 75),
    ]


def test_conversation_marks_are_told_by_shape_and_stand_apart():
    talks = [
        TalkMark(on(10), "board"),
        TalkMark(on(11), "ccg", with_practice=True),
        TalkMark(on(50), "both"),
    ]
    assert shapes(Story(begins_on=START, talks=talks)) == [
        ("board", 20, 97, 0),
        ("ccg", 21, 115, 0),
        ("with_practice", 21, 115, 0),
        ("both", 60, 97, 0),
    ]


def test_an_action_is_grey_to_its_date_and_striped_after_it():
    story = Story(
        begins_on=START, actions=[ActionMark(on(10), due_on=on(40), ended_on=on(60), ended="completed")]
    )
    assert shapes(story) == [("due", 20, 119, 50), ("overdue", 50, 119, 70), ("completed", 70, 119, 0)]


def test_an_action_done_in_time_has_no_stripes():
    story = Story(
        begins_on=START, actions=[ActionMark(on(10), due_on=on(40), ended_on=on(30), ended="completed")]
    )
    assert shapes(story) == [("due", 20, 119, 40), ("completed", 40, 119, 0)]


def test_an_open_action_reaches_today_and_no_further():
    story = Story(begins_on=START, actions=[ActionMark(on(10), due_on=TODAY + timedelta(days=30))])
    assert shapes(story) == [("due", 20, 119, 120)]


def test_an_action_due_today_is_not_late():
    assert shapes(Story(begins_on=START, actions=[ActionMark(on(10), due_on=TODAY)]), "overdue") == []


def test_an_overdue_action_that_was_moved_keeps_its_stripes_up_to_the_day_it_was_moved():
    action = ActionMark(on(10), due_on=TODAY + timedelta(days=25), moves=(MoveMark(on(84), before=on(40)),))
    assert shapes(Story(begins_on=START, actions=[action])) == [
        ("due", 20, 119, 50),
        ("overdue", 50, 119, 94),
        ("due", 94, 119, 120),
    ]


def test_an_action_moved_in_time_is_one_grey_bar():
    action = ActionMark(on(10), due_on=on(60), moves=(MoveMark(on(30), before=on(40)),))
    assert shapes(Story(begins_on=START, actions=[action])) == [
        ("due", 20, 119, 70),
        ("overdue", 70, 119, 120),
    ]


def test_an_action_moved_twice_after_its_date_and_completed_late_has_three_stripes():
    action = ActionMark(
        on(0), due_on=on(70), ended_on=on(80), ended="completed",
        moves=(MoveMark(on(20), before=on(10)), MoveMark(on(50), before=on(30))),
    )  # fmt: skip
    assert shapes(Story(begins_on=START, actions=[action])) == [
        ("due", 10, 119, 20), ("overdue", 20, 119, 30),
        ("due", 30, 119, 40), ("overdue", 40, 119, 60),
        ("due", 60, 119, 80), ("overdue", 80, 119, 90),
        ("completed", 90, 119, 0),
    ]  # fmt: skip


def test_an_action_moved_to_a_day_already_past_stays_late():
    action = ActionMark(on(10), due_on=on(50), moves=(MoveMark(on(60), before=on(40)),))
    assert shapes(Story(begins_on=START, actions=[action])) == [
        ("due", 20, 119, 50),
        ("overdue", 50, 119, 120),
    ]


def test_an_action_is_blank_between_the_end_of_its_work_and_its_reopening():
    moves = (MoveMark(on(80), before=on(40), stopped_on=on(50)),)
    action = ActionMark(on(10), due_on=TODAY, moves=moves)
    assert shapes(Story(begins_on=START, actions=[action])) == [
        ("due", 20, 119, 50),
        ("overdue", 50, 119, 60),
        ("due", 90, 119, 120),
    ]


def test_lateness_before_the_picture_is_not_drawn_at_its_edge():
    action = ActionMark(on(-50), due_on=on(60), moves=(MoveMark(on(-10), before=on(-30)),))
    assert shapes(Story(begins_on=on(-50), actions=[action])) == [
        ("due", 10, 119, 70),
        ("overdue", 70, 119, 120),
    ]


def test_an_action_proposed_today_can_be_seen():
    story = Story(begins_on=START, actions=[ActionMark(TODAY, due_on=TODAY + timedelta(days=30))])
    assert shapes(story) == [("due", 120, 119, 122)]


def test_the_contract_has_diamonds():
    story = Story(begins_on=START, contract=[ContractMark(on(5)), ContractMark(on(90))])
    assert shapes(story) == [("contract", 15, 139, 0), ("contract", 100, 139, 0)]


def test_what_finds_no_room_is_counted():
    flags = [FlagMark(on(days)) for days in range(20)]
    band = draw(Story(begins_on=START, flags=flags), TODAY, START, FRAME)
    assert band.left_out == {"Flags": 14}
    assert len([one for one in band.shapes if one.kind == "open"]) == 6


def test_lanes_keep_the_order_of_time_and_their_distance():
    placed, left_out = lanes([(5, 9), (0, 4), (4, 6)], lambda mark: mark, most=2, gap=1)
    assert placed == [(0, (0, 4)), (1, (4, 6)), (0, (5, 9))]
    assert left_out == 0


def test_an_empty_story_still_has_its_rows_and_axis():
    band = draw(Story(begins_on=START), TODAY, START, FRAME)
    assert [row.name for row in band.rows] == ["Flags", "Conversation", "Actions", "Contract"]
    assert all(row.line is not None for row in band.rows)
    assert (band.steps, band.area, band.shapes) == ([], "", [])


def test_two_years_have_a_label_each_quarter_and_none_under_today():
    band = draw(Story(begins_on=START), TODAY, months_before(TODAY, 24), WIDE)
    assert [one.words for one in band.months] == [
        "Jan 2025", "Apr 2025", "Jul 2025", "Oct 2025", "Jan 2026", "Apr 2026", "Jul 2026",
    ]  # fmt: skip
    assert all(WIDE.left <= one.x <= band.right - 62 for one in band.months)


def test_ten_years_have_a_label_each_second_year():
    band = draw(Story(begins_on=START), TODAY, date(2016, 11, 21), WIDE)
    assert [one.words for one in band.months] == ["Jan 2018", "Jan 2020", "Jan 2022", "Jan 2024", "Jan 2026"]


def test_the_narrow_picture_puts_names_above_their_rows():
    story = Story(begins_on=START, flags=[FlagMark(TODAY - timedelta(days=9))])
    band = draw(story, TODAY, months_before(TODAY, 6), NARROW)
    flags = next(row for row in band.rows if row.name == "Flags")
    mark = next(one for one in band.shapes if one.kind == "alert")
    assert flags.y < mark.y
    assert flags.y == 103
    assert mark.y == 115


def test_marks_of_a_row_never_touch():
    talks = [TalkMark(on(days // 2), "board") for days in range(200)]
    placed = [
        one
        for one in draw(Story(begins_on=START, talks=talks), TODAY, START, FRAME).shapes
        if one.kind == "board"
    ]
    for one in placed:
        for other in placed:
            if one is not other and one.y == other.y:
                assert abs(one.x - other.x) >= 12


def test_a_picture_of_one_day_can_be_drawn():
    band = draw(Story(begins_on=TODAY, tiers=[replace_day(STARTING, TODAY)]), TODAY, TODAY, FRAME)
    assert [step.path for step in band.steps] == ["M120 46V46H120"]


def replace_day(mark: TierMark, day: date) -> TierMark:
    return mark._replace(on=day)


def test_the_small_line_is_the_tier_alone():
    tiers = [
        TierMark(date(2024, 11, 21), Tier.ASSURANCE_BASED, False),
        TierMark(date(2025, 11, 21), Tier.CAUSE_FOR_CONCERN),
    ]
    steps, area = small(tiers, TODAY, date(2024, 11, 21))
    assert [tuple(step) for step in steps] == [("M1 20V20H60H60", False), ("M60 20V4H119", True)]
    assert area == "M1 25V20V20H60V4H119V25Z"


def test_months_before_keeps_to_the_calendar():
    assert months_before(date(2026, 11, 21), 24) == date(2024, 11, 21)
    assert months_before(date(2024, 2, 29), 24) == date(2022, 2, 28)
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)


def test_frames_leave_room_on_both_sides():
    for frame in (WIDE, NARROW, replace(WIDE, width=500)):
        band = draw(Story(begins_on=START), TODAY, START, frame)
        assert 0 < band.left < band.right < frame.width


def test_words_go_with_each_mark():
    band = draw(
        Story(begins_on=START, talks=[TalkMark(on(3), "board", words="3 November 2026: phone")]),
        TODAY,
        START,
        FRAME,
    )
    assert band.shapes == [Shape("board", 13, 97, words="3 November 2026: phone")]

"""Charts of numbers made by hand: what stands where, and what is told beside colour."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from web.charts import funnel, small, svg, xmr
from web.charts.funnel import Dot, Peers
from web.charts.shapes import NARROW, PERCENT, WIDE, Unit, apart, around, through, ticks
from web.charts.xmr import Limits, Mark, Point, Through

MONTH = [date(2026, month, 1) for month in range(1, 13)]


def points(*values, signals=()):
    return [
        Point(f"2026-{at:02d}", MONTH[at - 1], MONTH[at], value, signals[at - 1] if signals else "none")
        for at, value in enumerate(values, start=1)
    ]


def told(**more):
    given = {"points": points(0.30, 0.32, 0.31), "unit": PERCENT, "limits": Limits(0.31, 0.25, 0.37)} | more
    return Through(**given)


def of(drawn, kind):
    return [line for line in drawn.lines if line.kind == kind]


def shape_of(d):
    """Which of the shapes a path is, by its strokes."""
    return "".join(one for one in d if one.isalpha())


def test_a_chart_has_its_mean_its_limits_and_its_target_each_named_with_its_number():
    drawn = xmr.draw(told(target=0.35), WIDE)
    named = {words.text for words in drawn.words if words.kind == "level"}
    assert named == {"Upper limit 37.0%", "Mean 31.0%", "Lower limit 25.0%", "Target 35.0%"}
    assert [len(of(drawn, kind)) for kind in ("limit", "mean", "target")] == [2, 1, 1]


def test_a_signal_differs_from_other_points_by_shape_and_not_by_colour_alone():
    drawn = xmr.draw(
        told(points=points(0.3, 0.3, 0.3, 0.3, signals=("none", "concern", "better", "neutral"))), WIDE
    )
    shapes = {
        kind: shape_of(of(drawn, f"point-{kind}")[0].d) for kind in ("none", "concern", "better", "neutral")
    }
    assert len(set(shapes.values())) == 4


def test_a_concern_points_the_way_that_is_worse():
    def height(rising):
        drawn = xmr.draw(told(points=points(0.3, signals=("concern",)), rising_is_worse=rising), WIDE)
        d = of(drawn, "point-concern")[0].d
        foot, tip = float(d.split("h")[0].split()[1]), float(d.split("L")[1].rstrip("z").split()[1])
        return foot - tip

    assert height(True) > 0 > height(False)


def test_a_period_without_a_value_breaks_the_line_and_has_no_point():
    drawn = xmr.draw(told(points=points(0.30, None, 0.31, 0.33)), WIDE)
    (line,) = of(drawn, "line")
    assert line.d.count("M") == 2
    assert len(of(drawn, "point-none")) == 3


def test_what_was_explained_and_decided_stands_on_the_days_it_was_done():
    marks = [
        Mark(date(2026, 2, 10), "raised", "Flag raised"),
        Mark(date(2026, 3, 1), "explained", "Explained: coding"),
        Mark(date(2026, 6, 1), "decided", "Moved to room for improvement"),
    ]
    drawn = xmr.draw(told(marks=marks), WIDE)
    places = [float(of(drawn, f"mark-{mark.what}")[0].d[1:].split()[0]) for mark in marks]
    assert places == sorted(places)
    assert [of(drawn, f"mark-{mark.what}")[0].words for mark in marks] == [mark.words for mark in marks]
    assert {words.text for words in drawn.words if words.kind == "lane"} == {"Flag", "Explained", "Decided"}
    assert of(drawn, "when")[0].d.startswith(f"M{places[2]:g} ")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_marks_of_one_day_stand_beside_each_other_and_an_answer_looks_like_no_other(width):
    on = date(2026, 3, 1)
    marks = [Mark(on, what, what) for what in ("explained", "refused", "accepted")]
    drawn = xmr.draw(told(marks=marks), width)
    shapes = {mark.what: of(drawn, f"mark-{mark.what}")[0].d for mark in marks}
    across = sorted(float(d[1:].split()[0]) for d in shapes.values())
    assert all(right - left >= 8 for left, right in pairwise(across))
    assert "a5.5" in shapes["refused"]
    assert "a5.5" not in shapes["accepted"] + shapes["explained"]


def test_marks_of_one_kind_stand_on_their_days_however_many():
    marks = [Mark(date(2026, 1, 1) + timedelta(days=at), "spoke", str(at)) for at in range(40)]
    across = [float(line.d[1:].split()[0]) for line in of(xmr.draw(told(marks=marks), WIDE), "mark-spoke")]
    steps = {round(right - left, 1) for left, right in pairwise(across)}
    assert max(steps) - min(steps) <= 0.2


def test_two_of_a_kind_on_one_day_are_one_mark_that_says_both():
    on = date(2026, 2, 10)
    drawn = xmr.draw(told(marks=[Mark(on, "raised", "One"), Mark(on, "raised", "Other")]), WIDE)
    assert [line.words for line in of(drawn, "mark-raised")] == ["One; Other"]


def test_what_was_done_before_the_first_period_is_not_drawn_elsewhere():
    drawn = xmr.draw(told(marks=[Mark(date(2020, 1, 1), "decided", "Long ago")]), WIDE)
    assert not of(drawn, "mark-decided")


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("count", [1, 2, 12])
def test_names_of_periods_do_not_run_into_each_other(width, count):
    many = [Point(f"2026 Q{at}", date(2020 + at, 1, 1), date(2020 + at, 3, 31), 1.0) for at in range(count)]
    drawn = xmr.draw(told(points=many, unit=Unit()), width)
    across = [words.x for words in drawn.words if words.kind == "date"]
    assert across
    assert all(one - other >= 8 * len("2026 Q1") for one, other in pairwise(across))


def test_practices_that_are_all_alike_still_make_a_chart():
    drawn = xmr.draw(told(points=points(0.3, 0.3), limits=Limits(0.3, 0.3, 0.3)), WIDE)
    assert all("nan" not in line.d and "inf" not in line.d for line in drawn.lines)


PEERS = Peers([100.0, 200.0, 300.0], [0.9, 0.8, 0.85])
EDGES = [funnel.Limits(of, 0.5, 0.6, 0.95, 0.99) for of in (50, 150, 350)]
WIDER = [funnel.Limits(of, 0.4, 0.55, 0.97, 1.0) for of in (50, 150, 350)]


def a_funnel(**more):
    given = {
        "peers": PEERS, "mine": Dot(150, 0.58), "mine_called": "Larkfield Road Surgery", "comparator": 0.84,
        "limits": EDGES, "adjusted": WIDER, "unit": PERCENT, "of_what": "Children",
    } | more  # fmt: skip
    return funnel.Funnel(**given)


def test_a_funnel_picks_one_practice_out_and_tells_nothing_of_the_others():
    drawn = funnel.draw(a_funnel(), WIDE)
    (mine,) = of(drawn, "mine")
    assert mine.words == "Larkfield Road Surgery: 58.0% of 150"
    (peers,) = of(drawn, "peers")
    assert peers.words == ""
    assert peers.d.count("M") == 3


def test_limits_by_chance_alone_and_adjusted_ones_are_drawn_otherwise():
    ink = {
        kind: svg._INK[kind] for kind in ("plain-alert", "plain-alarm", "adjusted-alert", "adjusted-alarm")
    }
    without_colour = {
        kind: [part for part in words.split() if "#" not in part] for kind, words in ink.items()
    }
    assert len({tuple(words) for words in without_colour.values()}) == 4
    drawn = funnel.draw(a_funnel(), WIDE)
    assert [len(of(drawn, kind)) for kind in ink] == [2, 2, 2, 2]


def test_a_funnel_without_adjustment_and_without_this_practice_is_drawn_all_the_same():
    drawn = funnel.draw(a_funnel(adjusted=(), mine=None), NARROW)
    assert not of(drawn, "mine")
    assert len(of(drawn, "plain-alarm")) == 2


def places_along(d):
    """Every place that the runs of a path of dots cover, a grid's step apart."""
    return {
        (int(across), int(down) + further)
        for across, down, run in re.findall(r"M(\d+) (\d+)v(\d+)", d)
        for further in range(0, int(run) + 1, funnel.GRID)
    }


def test_eight_thousand_practices_are_one_path_with_a_dot_for_each_place():
    spread = Peers([50 + at / 8 for at in range(8_000)], [0.5 + (at % 89) / 200 for at in range(8_000)])
    drawn = funnel.draw(a_funnel(peers=spread), WIDE)
    (peers,) = of(drawn, "peers")
    (one,) = of(funnel.draw(a_funnel(peers=Peers([300.0], [0.61])), WIDE), "peers")
    assert re.fullmatch(r"M\d+ \d+v0", one.d)
    assert 1_000 < len(places_along(peers.d)) <= 8_000
    assert len(drawn.lines) < 40


def test_of_many_practices_each_has_a_dot_within_a_step_of_its_place():
    sizes = [500.0 + 3 * at for at in range(600)]
    values = [0.5 + (at * 37 % 101) / 300 for at in range(600)]
    on, up = funnel.Scale(0, 2_500, 54, 700), funnel.Scale(0.4, 0.9, 294, 14)
    drawn = places_along(funnel._dots(Peers(sizes, values), on, up))
    for size, value in zip(sizes, values, strict=True):
        assert any(abs(on(size) - x) <= 2 and abs(up(value) - y) <= 2 for x, y in drawn)


def test_a_small_chart_ends_in_the_shape_of_its_last_value():
    drawn = small.draw(small.Small(values=[1.0, None, 1.2, 0.7], limits=Limits(1, 0.8, 1.3), last="concern"))
    assert len(of(drawn, "point-concern")) == 1
    assert small.draw(small.Small(values=[None, None])).lines


def whole_charts():
    yield "xmr", xmr.draw(told(marks=[Mark(date(2026, 2, 1), what, "x") for what in xmr._SHAPES]), WIDE)
    yield "narrow", xmr.draw(told(target=0.2, comparator=0.3), NARROW)
    yield "funnel", funnel.draw(a_funnel(), WIDE)
    yield "small", small.draw(small.Small(values=[1.0, 2.0], last="better"))


@pytest.mark.parametrize(("name", "drawn"), list(whole_charts()))
def test_a_chart_is_well_formed_named_and_needs_no_sheet(name, drawn):
    text = svg.svg(drawn, name, "A <title> & more", 'What "it" shows')
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    assert set(root.get("aria-labelledby").split()) == ids == {f"{name}-title", f"{name}-desc"}
    assert root[0].text == "A <title> & more"
    assert all(one.get("fill") for one in root.iter() if one.tag in {"path", "text"})
    assert "style" not in text
    assert "script" not in text
    assert "nan" not in text


def test_every_kind_of_line_that_is_drawn_has_a_key():
    for kind in svg._INK:
        ET.fromstring(svg.key(kind))


def test_one_of_two_sizes_is_seen_without_a_sheet():
    found = svg.both(xmr.draw(told(), WIDE), xmr.draw(told(), NARROW), "chart", "Title", "What it shows")
    assert found.count('display="none"') == 1
    assert 'id="chart-title"' in found
    assert 'id="chart-narrow-title"' in found


def test_numbers_of_an_axis_are_round_and_few():
    found, step = ticks(0.253, 0.347)
    assert [PERCENT.mark(value, step) for value in found] == ["26%", "28%", "30%", "32%", "34%"]
    assert ticks(-0.013, 0.02)[1] == 0.01


def test_words_at_the_ends_of_lines_keep_apart_and_keep_their_order():
    found = apart([100, 102, 50, 101], 15)
    assert found[2] == 50
    assert found[0] < found[3] < found[1]
    assert max(found) - sorted(found)[1] == 30


def test_a_scale_has_room_above_and_below():
    scale = around([1, 3], 100, 0)
    assert 100 > scale(1) > scale(3) > 0
    assert through([(1, 2), None, (3, 4), (5, 6)]) == "M1 2M3 4L5 6"

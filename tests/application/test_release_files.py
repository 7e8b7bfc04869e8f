"""A file of published numbers is read whole or refused with line and column; what cannot be taken in is reported."""

import gzip
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from application.releases import naming
from application.releases.file import File
from application.releases.found import CLOSED, NOT_ACTIVE, UNKNOWN, UNKNOWN_INDICATOR, FileRefused
from application.releases.mapping import OWN_LAYOUT, named_once, read_mapping
from application.releases.reading import read
from application.source_file import SourceUnreadable
from domain.indicators.catalogue import INDICATORS
from domain.practice.kinds import PeriodLength

HEADING = "practice,indicator,period,numerator,denominator,value"
MAPPINGS = Path(__file__).parents[2] / "docs" / "mappings"


def everybody(_code):
    return None


def taken(*rows, heading=HEADING, verdict=everybody, name="numbers.csv", forms=None):
    content = "\n".join([heading, *rows]).encode()
    return read(name, content, OWN_LAYOUT, INDICATORS, verdict, forms)


def refused(*rows, heading=HEADING, name="numbers.csv"):
    with pytest.raises(FileRefused) as found:
        taken(*rows, heading=heading, name=name)
    return [str(one) for one in found.value.mistakes]


def test_a_row_is_a_number_of_a_practice_in_a_period():
    found = taken("X90001,PS02,2016Q1,12,40,", "X90002,PS02,2016 q1,8,32,")

    block = found.blocks["PS02"]["2016Q1"]
    assert block.codes == ["X90001", "X90002"]
    assert list(block.numerators) == [12, 8]
    assert list(block.denominators) == [40, 32]
    assert list(block.values) == [0.3, 0.25]
    assert (found.rows, found.observations, found.practices) == (2, 2, 2)


def test_columns_may_be_called_what_they_hold_and_a_byte_order_mark_and_crlf_are_no_mistake():
    heading = "\ufeffPractice code,Indicator code,Period,Numerator,Denominator"
    content = f"{heading}\r\nX90001,PS02,2016Q1,12,40\r\n\r\n".encode()

    assert read("n.csv", content, OWN_LAYOUT, INDICATORS, everybody).observations == 1


def test_a_compressed_file_reads_as_the_file():
    content = gzip.compress(f"{HEADING}\nX90001,PS02,2016Q1,12,40,\n".encode())

    assert read("n.csv.gz", content, OWN_LAYOUT, INDICATORS, everybody).observations == 1


def test_a_change_of_two_counts_is_their_logarithm_unless_it_is_published_with_them():
    found = taken("X90001,OE04,2016Q1,16454,16300,", "X90002,OE04,2016Q1,16454,16300,0.01")

    assert list(found.blocks["OE04"]["2016Q1"].values) == [pytest.approx(0.0094035, abs=1e-7), 0.01]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("X90001,PS02,2016Q1,twelve,40,", "line 2, column 4 (numerator): 'twelve' is not a number"),
        ("X90001,PS02,2016Q1,12,NaN,", "line 2, column 5 (denominator): 'NaN' is not a number"),
        ("X90001,PS02,2016Q1,inf,40,", "line 2, column 4 (numerator): 'inf' is not a number"),
        ("X90001,PS02,2016Q1,12,-Infinity,", "line 2, column 5 (denominator): '-Infinity' is not a number"),
        ("X90001,PS02,2016Q1,12,1e400,", "line 2, column 5 (denominator): '1e400' is a larger number"),
        ("X90001,PS02,2016Q1,1_2,40,", "line 2, column 4 (numerator): '1_2' is not a number"),
        ("X90001,PS02,2016Q1,١٢,40,", "line 2, column 4 (numerator): '١٢' is not a number"),
        ("X90001,PS02,2016Q1,0x10,40,", "line 2, column 4 (numerator): '0x10' is not a number"),
        ('X90001,PS02,2016Q1,"12,5",40,', "line 2, column 4 (numerator): '12,5' has a comma"),
        ("X90001,PS02,2016Q1,12,5,40,", "line 2, column 6: this line has 7 columns, not 6"),
        ("X90001,PS02,2016Q1,12", "line 2, column 4: this line has 4 columns, not 6"),
        ("X90001,PS02,2016Q1,-1,40,", "line 2, column 4 (numerator): -1 is negative"),
        ("X90001,PS02,2016Q1,12,-40,", "line 2, column 5 (denominator): -40 is not a denominator"),
        ("X90001,PS02,2016Q1,0,0,", "line 2, column 5 (denominator): 0 is not a denominator"),
        ("X90001,PS02,2016Q1,41,40,", "line 2, column 4 (numerator): 41 is more than the denominator, 40"),
        (
            "X90001,PS02,2016Q1,12,,",
            "line 2, column 5 (denominator): there is a numerator and no denominator",
        ),
        ("X90001,PS02,2016Q1,,,0.3", "line 2, column 6 (value): PS02 is published with numerator and"),
        ("X90001,OE06,2016,,,0.5", "line 2, column 6 (value): 0.5 is not a status"),
        ("X90001,PS01,2016Q1,5,1e-300,", "line 2, column 5 (denominator): 1e-300 is too small"),
        ("X90001,PS02,2016Q5,12,40,", "line 2, column 3 (period): '2016Q5' is not a month"),
        ("X90001,PS02,,12,40,", "line 2, column 3 (period): the period is missing"),
        (",PS02,2016Q1,12,40,", "line 2, column 1 (practice): the practice's code is missing"),
        ("A 81,PS02,2016Q1,12,40,", "line 2, column 1 (practice): 'A 81' is not a practice's code"),
        ("X90001,,2016Q1,12,40,", "line 2, column 2 (indicator): the indicator's code is missing"),
        ('X90001,PS02,2016Q1,"12,40,', "line 2, column 1: this line is not CSV"),
        ("x" * 20_001, "line 2, column 20001: this line is longer than 20,000 characters"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(row, says):
    assert refused(row)[0].startswith(says)


def test_every_mistake_is_told_and_nothing_is_taken():
    told = refused("X90001,PS02,2016Q1,12,40,", "X90002,PS02,2016Q1,n/a,40,", "X90003,PS02,2016Q1,12,0,")

    assert [one.partition(":")[0] for one in told] == [
        "line 3, column 4 (numerator)",
        "line 4, column 5 (denominator)",
    ]


def test_periods_of_one_indicator_are_of_one_length_also_with_those_before():
    [told] = refused("X90001,PS02,2016Q1,12,40,", "X90002,PS02,2016-01,12,40,")
    assert told.startswith("line 3, column 3 (period): 2016-01 is mixed with periods of another length")

    with pytest.raises(FileRefused, match="2021/22 is mixed"):
        taken("X90001,PS02,2021/22,12,40,", forms={"PS02": "quarter"})


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        (
            "practice,indicator,period,numerator",
            "the columns numerator and denominator, or value, are missing",
        ),
        ("practice,indicator,numerator,denominator", "the column 'period' is missing"),
        ("practice,indicator,period,value,value", "the column 'value' stands twice"),
        ("practice,indicator,period,value,nhs_number", "'nhs_number' is no column of Casebook's own"),
        ("year,ods_code,age,item,numerator,denominator", "'year' is no column of Casebook's own"),
        ("ods_code,indicator,period,value", "'ods_code' is no column of Casebook's own"),
        ("practice;indicator;period;value", "the columns are parted by semicolons"),
        ("practice\tindicator\tperiod\tvalue", "the columns are parted by tabs"),
    ],
)
def test_wrong_columns_are_refused(heading, says):
    [told] = refused("X90001,PS02,2016Q1,1,2", heading=heading)

    assert told.startswith("line 1, column ")
    assert says in told


def test_a_file_with_columns_of_its_own_is_told_of_the_mapping_that_it_needs():
    [told] = refused("A81001,1", heading="ods_code,2016_01-03")

    assert "by a mapping file (--mapping)" in told


def test_mistakes_are_told_in_the_order_of_their_lines_and_the_refusal_names_the_first():
    rows = ("X90001,PS02,2016Q1,12,0,", "X90002,PS02,2016Q1,twelve,40,", "X90003,PS02,2016Q1,1,2,3,4")
    with pytest.raises(FileRefused) as found:
        taken(*rows)

    assert [one.line for one in found.value.mistakes] == [2, 3, 4]
    assert str(found.value).startswith(
        "numbers.csv is refused, and nothing of it is published: the first of 3 mistakes is in line 2, column 5"
    )


def test_an_indicators_code_may_be_written_in_small_letters():
    found = taken("X90001,ps02,2016Q1,12,40,")

    assert list(found.blocks) == ["PS02"]
    assert not found.counts


def test_an_indicator_that_was_left_out_when_a_file_was_published_is_left_out_again():
    content = f"{HEADING}\nX90001,ps02,2016Q1,12,40,\nX90001,PS04,2016Q1,12,40,".encode()
    found = read("n.csv", content, OWN_LAYOUT, INDICATORS, everybody, left_out=["ps02"])

    assert list(found.blocks) == ["PS04"]


@pytest.mark.parametrize(
    ("period", "ends"),
    [
        ("2031", "31 December 2031"),
        ("2016Q2", "30 June 2016"),
        ("2015/16", "31 March 2016"),
        ("2016-05", "31 May 2016"),
    ],
)
def test_a_period_that_has_not_ended_by_the_day_of_publishing_is_refused(period, ends):
    content = f"{HEADING}\nX90001,PS02,{period},12,40,".encode()

    def on(today):
        definitions = {"PS02": replace(INDICATORS["PS02"], period=PeriodLength.EVENT)}
        return read("n.csv", content, OWN_LAYOUT, definitions, everybody, today=today)

    with pytest.raises(FileRefused) as refused_then:
        on(date(2016, 3, 30))
    assert [str(one) for one in refused_then.value.mistakes] == [
        f"line 2, column 3 (period): {period} has not ended: it ends on {ends}"
    ]
    assert on(date(2031, 12, 31)).observations == 1


def test_a_column_of_a_period_that_has_not_ended_is_refused_at_the_heading():
    with pytest.raises(FileRefused, match=r"line 1, column 5 \(c\): 2016Q2 has not ended"):
        wide("X90001,Q45,1000,1100,", today=date(2016, 6, 29))


def test_an_empty_file_and_one_with_a_heading_alone_are_refused():
    for content in (b"\n\n", HEADING.encode()):
        with pytest.raises(FileRefused, match="line 1"):
            read("n.csv", content, OWN_LAYOUT, INDICATORS, everybody)


def test_text_that_is_not_utf_8_is_refused_where_it_stands():
    content = f"{HEADING}\nX90001,PS02,2016Q1,12,40,\nX9000".encode() + b"\xff,PS02,2016Q1,1,4,\n"

    with pytest.raises(FileRefused, match="line 3, column 6"):
        read("n.csv", content, OWN_LAYOUT, INDICATORS, everybody)


def test_a_zip_bomb_is_refused_and_never_held(monkeypatch):
    monkeypatch.setattr("application.releases.lines.LARGEST", 1_000_000)
    row = b"X90001,PS02,2016Q1,12,40,\n"
    for content, says in (
        (gzip.compress(HEADING.encode() + b"\n" + row * 100_000), "the file goes on after 1 MB"),
        (gzip.compress(bytes(50_000_000)), "line 1, column 20001: this line is longer"),
    ):
        with pytest.raises(FileRefused, match=says):
            read("n.csv.gz", content, OWN_LAYOUT, INDICATORS, everybody)


def test_a_damaged_gzip_file_is_refused():
    content = gzip.compress(f"{HEADING}\nX90001,PS02,2016Q1,12,40,\n".encode() * 500)

    with pytest.raises(FileRefused, match="damaged gzip file"):
        read("n.csv.gz", content[:-20], OWN_LAYOUT, INDICATORS, everybody)
    with pytest.raises(SourceUnreadable, match="not a gzip file"):
        read("n.csv.gz", b"practice", OWN_LAYOUT, INDICATORS, everybody)


def test_a_number_that_stands_twice_alike_counts_once_with_a_warning():
    found = taken("X90001,PS02,2016Q1,12,40,", "X90001,PS02,2016Q1,12.0,40,")

    assert found.observations == 1
    assert [str(one) for one in found.told["repeated"]] == [
        "line 3, column 1 (practice): X90001 stands with the same numbers for PS02 in 2016Q1 on line 2"
    ]


def test_a_number_that_stands_twice_with_another_is_refused_with_both_lines():
    [told] = refused("X90001,PS02,2016Q1,12,40,", "X90002,PS02,2016Q1,1,40,", "X90001,PS02,2016Q1,13,40,")

    assert told == "line 4, column 1 (practice): X90001 has other numbers for PS02 in 2016Q1 than on line 2"


def test_a_number_within_a_millionth_of_a_whole_one_is_taken_as_it_with_a_warning():
    found = taken("X90001,PS02,2016Q1,88.0000000000001,94,", "X90002,PS02,2016Q1,88.5,94,")

    assert list(found.blocks["PS02"]["2016Q1"].numerators) == [88, 88.5]
    assert [one.line for one in found.told["taken_as_whole"]] == [2]


def test_small_numbers_that_are_kept_back_and_practices_without_counts_are_reported():
    found = taken("X90001,PS02,2016Q1,*,40,", "X90002,PS02,2016Q1,,,", "X90003,PS02,2016Q1,,0,")

    assert found.observations == 0
    assert found.counts == {"suppressed": 1, "without_counts": 2}
    assert str(found.told["without_counts"][0]).startswith(
        "line 3, column 4 (numerator): X90002 has no count"
    )


def test_codes_that_nobody_knows_are_reported_once_each_and_the_rest_is_taken():
    def verdict(code):
        return {"A00001": (UNKNOWN, None), "A00002": (NOT_ACTIVE, None)}.get(code)

    found = taken(
        "A00001,PS02,2016Q1,12,40,",
        "A00001,PS04,2016Q1,12,40,",
        "A00002,PS02,2016Q1,12,40,",
        "X90001,PS02,2016Q1,12,40,",
        "X90001,ZZ99,2016Q1,12,40,",
        verdict=verdict,
    )

    assert found.observations == 1
    assert found.counts == {UNKNOWN: 1, NOT_ACTIVE: 1, "unknown_indicator": 1}
    assert str(found.told[UNKNOWN][0]) == "line 2, column 1 (practice): A00001 is not in the register"


def test_a_practice_that_closed_before_the_period_is_reported_and_its_earlier_numbers_are_taken():
    def verdict(_code):
        return CLOSED, date(2016, 1, 1)

    found = taken("X90001,PS02,2015Q4,12,40,", "X90001,PS02,2016Q1,12,40,", verdict=verdict)

    assert list(found.blocks["PS02"]) == ["2015Q4"]
    assert str(found.told[CLOSED][0]).startswith("line 3, column 3 (period): X90001 closed on")


def wide(*rows, today=None):
    layout = read_mapping(
        "m.toml",
        b'layout = "wide"\npractice = "code"\nindicator = "OE04"\nchange = "log"\nno_count = ["0"]\n'
        b'[periods]\n"a" = "2015Q4"\n"b" = "2016Q1"\n"c" = "2016Q2"\n',
        date(2026, 11, 20),
    )
    content = "\n".join(["code,team,a,b,c", *rows]).encode()
    return read("n.csv", content, layout, INDICATORS, everybody, today=today)


def test_a_wide_file_has_both_counts_and_the_change_from_one_to_the_next():
    found = wide("X90001,Q45,1000,1100,", "X90002,Q45,0,500,600")

    blocks = found.blocks["OE04"]
    assert list(blocks["2016Q1"].numerators) == [1100, 500]
    assert blocks["2016Q1"].denominators[0] == 1000
    assert blocks["2016Q1"].values[0] == pytest.approx(0.0953102)
    assert blocks["2016Q1"].values[1] != blocks["2016Q1"].values[1]
    assert blocks["2016Q2"].values[0] == pytest.approx(0.1823216)
    assert found.counts["without_counts"] == 2


def test_a_wide_file_names_the_column_of_a_mistake():
    with pytest.raises(FileRefused, match=r"line 2, column 4 \(b\): -5 is negative"):
        wide("X90001,Q45,1000,-5,")


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("practice = ", "is not TOML"),
        ("", "practice must name the column"),
        ('practice = "p"\nnonsense = 1', "there is no key 'nonsense'"),
        ('practice = "p"\nperiod = "y"\nindicator = "PS02"', "name the columns of numerator and denominator"),
        ('practice = "p"\nperiod = "y"\nvalue = "v"', "indicator must be an indicator's code"),
        ('layout = "tall"\npractice = "p"', "layout is long or wide"),
        ('layout = "wide"\npractice = "p"\nindicator = "OE04"', "[periods] must name"),
        (
            'layout = "wide"\npractice = "p"\nindicator = "OE04"\n[periods]\n"a" = "2016Q2"\n"b" = "2016Q1"',
            "the earliest first",
        ),
        (
            'practice = "p"\nperiod = "y"\nvalue = "v"\nindicator = "PS02"\n[define.PS06-A]\nname = "A"',
            "[define.PS06-A]",
        ),
    ],
)
def test_a_mapping_that_is_wrong_says_wherein(mapping, says):
    with pytest.raises(SourceUnreadable) as found:
        read_mapping("m.toml", mapping.encode(), date(2026, 11, 20))

    assert says in str(found.value)


def test_the_mappings_that_come_with_casebook_read():
    for file in MAPPINGS.glob("*.toml"):
        layout = read_mapping(file.name, file.read_bytes(), date(2026, 11, 20))

        assert set(layout.codes.values()) == {one.code for one in layout.definitions}
        assert all(one.part_of == "PS06" for one in layout.definitions)


# --- what is refused of a file that was never published; one that was is read again as it was then


TODAY = date(2026, 11, 20)


def first_read(*rows, heading=HEADING, layout=OWN_LAYOUT, verdict=everybody):
    content = "\n".join([heading, *rows]).encode()
    return read("numbers.csv", content, layout, INDICATORS, verdict, today=TODAY)


def mistakes(*rows, **given):
    with pytest.raises(FileRefused) as found:
        first_read(*rows, **given)
    return [str(one) for one in found.value.mistakes]


def nobody_knows(_code):
    return UNKNOWN, None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "X90001,CQ05,1021/22,12,40,",
            "column 3 (period): 1021/22 is before 1980: no numbers of practices are published of it",
        ),
        (
            "X90001,PS04,2021/22,12,40,",
            "column 3 (period): PS04 is counted by quarter, and 2021/22 is not one",
        ),
        ("X90001,CQ05,2021,,-5,", "column 5 (denominator): -5 is negative: a count is not"),
        ("X90001,XX99,2021,abc,-9,", "column 4 (numerator): 'abc' is not a number"),
        ("X90001,XX99,2021,1,-9,", "column 5 (denominator): -9 is negative: a count is not"),
        ("X90001,OE06,2021/22,3,10,", "column 4 (numerator): 3 is not a status: it is 1 (yes) or 0 (no)"),
        ("X90001,OE06,2021/22,1,10,", "column 5 (denominator): 10 is not the 1 that a status is of"),
        ("X90001,CQ05,2021/22,3,10,77", "column 6 (value): 77 is not what 3 of 10 come to"),
    ],
)
def test_what_could_not_have_been_published_is_refused_with_line_and_column(row, says):
    assert mistakes(row) == [f"line 2, {says}"]


def test_a_file_that_was_published_once_is_read_again_though_it_would_be_refused_now():
    found = taken("X90001,CQ05,1021/22,3,10,77", "X90002,PS04,2021/22,12,40,", "X90003,XX99,2021,abc,-9,")
    assert found.observations == 2


@pytest.mark.parametrize("value", ["0.3", "30", "30.0", "300", ""])
def test_a_value_beside_its_counts_is_a_share_or_of_so_many(value):
    assert first_read(f"X90001,CQ05,2021/22,3,10,{value}").observations == 1


def test_numbers_of_a_practice_that_nobody_knows_are_numbers_too():
    assert mistakes("ZZ9999,CQ05,2021/22,500,-100,", verdict=nobody_knows) == [
        "line 2, column 5 (denominator): -100 is negative: a count is not"
    ]


def test_a_wide_file_of_statuses_has_nought_and_one():
    mapping = b'layout="wide"\npractice="practice"\nindicator="OE06"\n[periods]\ny="2021/22"\n'
    layout = read_mapping("m.toml", mapping, TODAY)
    wide = {"heading": "practice,y", "layout": layout}
    assert mistakes("X90001,165", "X90002,0.5", "X90003,1", **wide) == [
        "line 2, column 2 (y): 165 is not a status: it is 1 (yes) or 0 (no)",
        "line 3, column 2 (y): 0.5 is not a status: it is 1 (yes) or 0 (no)",
    ]


def test_codes_that_nobody_knows_are_kept_by_kind_and_long_ones_shortened():
    long, other = "L" * 19_000 + "1", "L" * 19_000 + "2"
    rows = [f"X90001,{one},2021/22,1,2," for one in (long, other, long, "X90001")]
    found = first_read(*rows, "X90001,CQ05,2021/22,1,2,", verdict=nobody_knows)
    assert found.counts == {UNKNOWN_INDICATOR: 3, UNKNOWN: 1}
    assert (UNKNOWN_INDICATOR, "X90001") in found.left_out
    assert (UNKNOWN, "X90001") in found.left_out
    assert max(len(code) for _, code in found.left_out) < 130


def test_a_file_with_more_unknown_codes_than_there_can_be_is_refused(monkeypatch):
    monkeypatch.setattr(naming, "MOST_UNKNOWN", 3)
    monkeypatch.setattr(naming, "MOST_INDICATORS", 3)
    codes = [f"ZZ{number:04},CQ05,2021/22,1,2," for number in range(4)]
    indicators = [f"X90001,ZZ{number:02},2021/22,1,2," for number in range(4)]
    assert first_read(*codes[:3], verdict=nobody_knows).counts[UNKNOWN] == 3
    [told] = mistakes(*codes, verdict=nobody_knows)
    assert told.endswith(
        "this is one of more than 3 practices that nobody knows, which no published file has"
    )
    assert first_read(*indicators[:3]).counts[UNKNOWN_INDICATOR] == 3
    assert "more than 3 indicators" in mistakes(*indicators)[0]


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        (HEADING + "\rX90001,CQ05,2021,1,2,", "has no line feeds"),
        ("practice\0,indicator", "has NUL characters"),
    ],
)
def test_a_file_that_is_no_lines_of_text_is_told_so(heading, says):
    [told] = refused(heading=heading)
    assert says in told
    assert told.startswith("line 1, column ")


@pytest.mark.parametrize(
    "mapping",
    ["a=" + "[\n" * 5000 + "]\n" * 5000, "a=" + "[" * 400 + "]" * 400, "a." * 2000 + "a=1"],
)
def test_a_mapping_without_end_is_refused(mapping):
    with pytest.raises(SourceUnreadable):
        read_mapping("m.toml", mapping.encode(), TODAY)


def test_a_mapping_that_names_one_column_for_two_things_is_refused():
    mapping = b'practice="a"\nindicator="CQ05"\nperiod="b"\nnumerator="c"\ndenominator="c"\n'
    with pytest.raises(SourceUnreadable, match="numerator and denominator are one column, 'c'"):
        named_once("m.toml", read_mapping("m.toml", mapping, TODAY))


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "numbers.csv")
    with pytest.raises(SourceUnreadable, match=r"numbers\.csv is not a file, but a pipe"):
        File.taken(tmp_path / "numbers.csv")
    with pytest.raises(SourceUnreadable, match="but a device"):
        File.taken(Path("/dev/zero"))


def test_a_name_of_a_file_that_is_no_text_is_taken_as_well_as_can_be(tmp_path):
    name = os.fsdecode(b"\xff\xfe.csv")
    (tmp_path / name).write_text("a")
    assert File.taken(tmp_path / name).name == "??.csv"

"""What is shown of a practice's indicators: charts, the flags on them, and what came of those; and of many at once."""

import re
import shutil
from datetime import date
from urllib.parse import urlencode

import pytest

from application.access_log import Wanted, lines
from application.casebook import Casebook
from application.releases.publishing import publish, withdraw
from application.settings import Settings
from application.stores import open_stores
from domain.practice.kinds import Direction, ExplanationCategory, ParticipantRole, Side, Tier, Visibility
from domain.rules import operator
from projections.catch_up import Views
from projections.observations_judged import Observations
from tests.support import factories as a
from tests.web.conftest import NOW
from tests.web.person import words_of
from tests.web.test_export import file_of

QUARTERS = [f"{year}Q{quarter}" for year in (2023, 2024, 2025, 2026) for quarter in (1, 2, 3, 4)][:14]
YEARS = ("2023/24", "2024/25", "2025/26")
OURS, ELSEWHERE = [f"X92{at:03}" for at in range(8)], [f"X93{at:03}" for at in range(8)]
FAR = ELSEWHERE[3]
"""A practice of another region that lies far from all others: nobody of ours may know which it is."""

WORDS = "Six locums were new to the formulary."
HERE = f"/practices/{a.CODE}/indicators"


def rows():
    """PS01 (lower is better) by quarter: ours doubles at the end. OE02 (higher is better) by year. CQ09: few cases."""
    yield "practice,indicator,period,numerator,denominator,value"
    for number, code in enumerate([a.CODE, *OURS, *ELSEWHERE]):
        for at, quarter in enumerate(QUARTERS):
            items = 270 + (number * 7 + at * 11) % 13 + (-6 if at % 2 else 6)
            last = at == len(QUARTERS) - 1
            times = 2 if code in {a.CODE, FAR} and last else 0.5 if code == OURS[1] and last else 1
            yield f"{code},PS01,{quarter},{items * times:.0f},1000,"
        for at, year in enumerate(YEARS):
            yield f"{code},OE02,{year},{930 - (number * 5 + at * 3) % 17},1000,"
        yield f"{code},CQ09,{QUARTERS[-1]},{3 if number == 0 else 9},2000,"


@pytest.fixture(scope="module")
def published_once(made_once, tmp_path_factory):
    """The installation of the other tests, with more practices and a release."""
    home = tmp_path_factory.mktemp("published") / "home"
    shutil.copytree(made_once, home)
    stores = open_stores(Settings(home=home))
    casebook = Casebook(stores, clock=lambda: NOW, ids=a.new_id)
    for codes, holder, commissioner, region in (
        (OURS, a.HOLDER, a.COMMISSIONER, "Y99"),
        (ELSEWHERE, "Q50", "50A", "Y50"),
    ):
        for code in codes:
            told = a.register_practice(
                code=code,
                name=f"Surgery {code}",
                contract_holder=holder,
                local_commissioner=commissioner,
                region=region,
                opened_on=date(2001, 4, 1),
            )
            casebook.handle(code, told, operator(NOW), command_id=a.new_id("command"))
    file = tmp_path_factory.mktemp("file") / "numbers.csv"
    file.write_text("\n".join(rows()) + "\n")
    publish(casebook, Observations(casebook), "2026Q2", file, operator(NOW))
    Views(stores).catch_up()
    stores.close()
    return home


@pytest.fixture
def settings(published_once, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(published_once, home)
    return Settings(home=home)


@pytest.fixture
def flags(casebook):
    """The flags that the release raised on our practice, by kind."""
    return {flag.kind.value: flag for flag in casebook.practice(a.CODE).flags.values()}


def tables(page, caption):
    headings = [*page.all("h2"), *page.all("h3")]
    heading = next(one.get("id") for one in headings if words_of(one) == caption)
    table = page.all("table", aria_labelledby=heading)[0]
    return [[words_of(cell) for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")][1:]


def marks(page):
    """What stands on the time axis of the chart for a desktop, kind by kind."""
    drawn = page.html.partition('aria-labelledby="through-title')[2].partition("</svg>")[0]
    return set(re.findall(r"chart-mark-(\w+)", drawn))


def story(page):
    section = next(one for one in page.all("section", aria_labelledby="story-heading"))
    return [words_of(item) for item in section.iter("li")]


def talk(flag, **more):
    return a.record_conversation(about_flags=(flag.flag_id,), **more)


# --- all indicators of a practice --------------------------------------------------------------------------------


def test_open_flags_come_first_and_each_leads_to_its_chart(people):
    page = people.caseworker.open(HERE)
    headings = [words_of(one) for one in page.all("h2")]
    assert headings[0] == "Open flags"
    assert headings.index("Patient safety") < headings.index("Organisational effectiveness")
    assert page.links["Antibacterial items per STAR-PU"] == f"{HERE}/PS01"
    assert "Alarm: different from other practices" in page.text


def test_each_domain_has_a_small_chart_of_each_indicator_and_its_numbers_as_a_table(people):
    page = people.caseworker.open(HERE)
    assert page.html.count("chart--small") == 3
    (row,) = tables(page, "Patient safety, the latest numbers")
    assert row[:4] == ["Antibacterial items per STAR-PU", "2026 Q2", "0.528", "528 of 1,000"]
    assert row[7] == "Changed for the worse: outside its limits"
    (yearly,) = tables(page, "Organisational effectiveness, the latest numbers")
    assert yearly[7:] == ["Once a year: judged by how it changed since the year before", "none"]


def test_a_flag_is_variation_for_enquiry_and_no_page_judges(people):
    for who, address in (
        ("caseworker", HERE),
        ("caseworker", f"{HERE}/PS01"),
        ("manager", "/insight/flags"),
        ("manager", "/insight/flags-by-release"),
    ):
        text = getattr(people, who).open(address).text.lower()
        assert "variation for enquiry" in text, address
        assert not re.search(r"\bfail|\bpoor\b|\bbad\b|\brisk\b|underperform", text), address


def test_where_nothing_was_published_that_is_said(people, casebook):
    told = a.register_practice(code="X94000", name="Empty Surgery", opened_on=date(2001, 4, 1))
    casebook.handle("X94000", told, operator(NOW), command_id=a.new_id("command"))
    page = people.caseworker.open("/practices/X94000/indicators")
    assert "Nothing has been published of this practice yet" in page.text
    one = people.caseworker.open("/practices/X94000/indicators/PS01")
    assert "Nothing has been published of this practice on this indicator" in one.text
    assert "Nothing was published of this practice for 2026\N{NO-BREAK SPACE}Q2" in one.html


def test_an_indicator_that_nobody_defined_has_no_page(people):
    assert people.caseworker.open(f"{HERE}/ZZ99").status == 404
    assert people.caseworker.open(f"{HERE}/ZZ99.csv").status == 404


# --- one indicator -----------------------------------------------------------------------------------------------


def test_the_chart_through_time_has_its_numbers_as_a_table(people):
    page = people.caseworker.open(f"{HERE}/PS01")
    told = tables(page, "The same as a table")
    assert len(told) == len(QUARTERS)
    assert told[0] == ["2026 Q2", "0.528", "528 of 1,000", "worse: outside its limits", "2026Q2"]
    for row in told:
        assert f"{row[0].replace(' ', chr(160))}: {row[1]}" in page.html
    assert "Mean 0.2" in page.text


def test_an_indicator_of_years_has_no_limits_of_its_own_and_says_why(people):
    page = people.caseworker.open(f"{HERE}/OE02")
    assert "It comes once a year, and so has no limits of its own" in page.text
    assert "chart-limit" not in page.html
    assert "All practices together: 9" in page.text


def test_the_funnel_tells_limits_by_chance_from_adjusted_ones_and_what_chance_would_give(people):
    page = people.caseworker.open(f"{HERE}/PS01")
    limits = {row[0]: row[1] for row in tables(page, "Limits at this practice’s size")}
    assert limits["99.8%, chance alone"] == "above"
    chance = {row[0]: row[1:] for row in tables(page, "Practices beyond the limits, for the worse")}
    assert chance["99.8%"][0] == "2"
    assert chance["99.8%"][2] == "0.02"


def test_a_practice_that_may_not_be_read_is_a_dot_without_a_name(people):
    page = people.caseworker.open(f"{HERE}/PS01")
    named = tables(page, "Practices that you may read, beyond the adjusted 95% limits")
    assert {row[1]: (row[0], row[4]) for row in named} == {
        OURS[1]: (f"Surgery {OURS[1]}", "better: not flagged"),
        a.CODE: ("This practice", "worse"),
    }
    assert page.links[f"Surgery {OURS[1]}"] == f"/practices/{OURS[1]}/indicators/PS01"
    assert not any(code in page.html for code in ELSEWHERE)
    everything = people.auditor.open(f"{HERE}/PS01")
    told = tables(everything, "Practices that you may read, beyond the adjusted 95% limits")
    assert {row[1] for row in told} == {OURS[1], FAR, a.CODE}


def test_another_period_of_the_funnel_is_no_way_around_what_may_be_read(people):
    assert FAR not in people.caseworker.open(f"{HERE}/PS01?period={QUARTERS[0]}").html
    assert people.stranger.open(f"{HERE}/PS01").status == 404
    assert people.caseworker.open(f"/practices/{FAR}/indicators/PS01").status == 404


def test_favourable_variation_is_shown_and_never_flagged(people, casebook):
    assert not casebook.practice(OURS[1]).flags
    page = people.caseworker.open(f"/practices/{OURS[1]}/indicators/PS01")
    assert "Changed for the better: outside its limits" in page.text
    assert "chart-point-better" in page.html
    assert "2 signals are for the better, by either kind of comparison: shown, not flagged" in page.text


# --- from flag to explanation to decision ------------------------------------------------------------------------


def test_from_flag_to_explanation_to_conversation_to_decision(people, record, flags):
    flag = flags["outlying"]
    page = people.caseworker.open(f"/practices/{a.CODE}")
    chart = page.links["chart: Antibacterial items per STAR-PU (different from other practices), alarm"]
    assert chart == f"{HERE}/PS01"
    explained = a.explain_flag(flag_id=flag.flag_id, words=WORDS)
    record("caseworker", explained)
    record("manager", a.accept_explanation(explanation_id=explained.explanation_id))
    said = record("caseworker", talk(flag)).recorded[0]
    cites = (f"{a.CODE}/{flag.version}", f"{a.CODE}/{said.version}")
    decided = record("manager", a.decide_tier(tier=Tier.ROOM_FOR_IMPROVEMENT, inputs=cites)).recorded[0]
    page = people.caseworker.open(chart)
    assert marks(page) == {"raised", "explained", "accepted", "spoke", "decided"}
    told = story(page)
    order = [next(at for at, step in enumerate(told) if words in step) for words in (
        "Flag raised", "Explanation given", "Explanation accepted", "Phone call", "Moved to room for improvement"
    )]  # fmt: skip
    assert order == sorted(order)
    assert WORDS.rstrip(".") in told[order[1]]
    assert f"/practices/{a.CODE}/entries/{decided.version}" in page.links.values()
    entry = people.caseworker.open(f"/practices/{a.CODE}/entries/{flag.version}")
    assert chart in entry.links.values()


def test_a_change_with_its_two_counts_is_shown_as_it_was_judged_and_not_as_one_over_the_other(
    people, casebook, tmp_path
):
    file = tmp_path / "lists.csv"
    file.write_text(
        "practice,indicator,period,numerator,denominator,value\n"
        f"{a.CODE},OE04,2026Q1,16300,16288,0.00073647\n{a.CODE},OE04,2026Q2,16454,16300,0.00940350\n"
    )
    publish(casebook, Observations(casebook), "lists", file, operator(NOW))

    page = people.caseworker.open(f"{HERE}/OE04")
    assert "0.009 (log ratio) in 2026 Q2" in page.text
    assert "16,454 after 16,300" in page.text
    assert "1.009" not in page.html
    _, columns, rows = file_of(people.caseworker, f"{HERE}/OE04.csv")
    assert [row[columns.index("Value")] for row in rows] == ["0.00073647", "0.0094035"]


def test_the_entry_of_a_flag_says_its_numbers_as_the_chart_does(people, flags):
    entry = people.caseworker.open(f"/practices/{a.CODE}/entries/{flags['outlying'].version}").text
    assert "Value 0.528 (ratio), 528 of 1,000" in entry
    assert "All practices together 0.2" in entry
    assert "99.8% limits 0." in entry
    assert re.search(r"z \+\d+\.\d\d standard deviations", entry)
    shifting = people.caseworker.open(f"/practices/{a.CODE}/entries/{flags['shifting'].version}").text
    assert "Its own mean 0.2" in shifting
    assert "Its own limits 0." in shifting
    assert not re.search(r"\d\.\d{5}", entry + shifting)


def test_a_flag_offers_what_a_person_may_do_about_it(people, flags):
    assert any("/explain-flag?" in href for href in people.caseworker.open(f"{HERE}/PS01").links.values())
    assert not any("/explain-flag" in href for href in people.auditor.open(f"{HERE}/PS01").links.values())


def test_what_the_other_organisation_keeps_is_neither_in_the_story_nor_on_the_axis(people, record, flags):
    kept = talk(
        flags["outlying"],
        said="Nobody but us is to know this",
        visibility=Visibility.INTERNAL,
        attendees=(a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),),
    )
    record("lead", kept)
    assert "spoke" in marks(people.lead.open(f"{HERE}/PS01"))
    page = people.caseworker.open(f"{HERE}/PS01")
    assert "spoke" not in marks(page)
    assert "Nobody but us" not in page.html


def test_a_flag_that_was_raised_by_hand_stands_with_the_others(people, record):
    record("caseworker", a.raise_flag(indicator="CQ06", direction=Direction.FAVOURABLE))
    page = people.caseworker.open(f"{HERE}/CQ06")
    assert "raised by hand: no release flagged it" in page.text
    assert "Favourable alert: different from other practices" in page.text
    everything = people.caseworker.open(HERE)
    assert "raised by hand: nothing is published for it" in everything.text


def test_a_withdrawn_release_takes_its_numbers_from_the_charts_and_its_flags_stay_in_the_story(
    people, casebook
):
    withdraw(casebook, Observations(casebook), "2026Q2", "The file was another year's", operator(NOW))
    page = people.caseworker.open(f"{HERE}/PS01")
    assert "Nothing has been published of this practice on this indicator" in page.text
    assert any("Flag withdrawn" in step for step in story(page))
    by_release = people.manager.open("/insight/flags-by-release")
    assert "Withdrawn: its numbers stand no more" in by_release.text


def test_numbers_that_stood_then_are_in_the_charts_of_then_also_when_their_release_was_withdrawn_since(
    people, casebook
):
    position = casebook.recorder.last_position()
    paths = (f"{HERE}/PS01", HERE, "/releases/2026Q2")
    clock = {"as-recorded-by": position, "as-happened-on": str(a.TODAY)}
    live = [people.caseworker.open(path) for path in paths]
    withdraw(casebook, Observations(casebook), "2026Q2", "The file was another year's", operator(NOW))
    for path, was in zip(paths, live, strict=True):
        page = people.caseworker.open(f"{path}?{urlencode(clock)}")
        assert page.all("table"), path
        now, then = ([words_of(cell) for cell in one.all("td")] for one in (page, was))
        assert now == then, path


def test_reading_and_taking_out_are_noted(people, stores):
    people.caseworker.open(f"{HERE}/PS01")
    file_of(people.caseworker, f"{HERE}/PS01.csv")
    noted = [(line.what, line.name, line.subject) for line in lines(stores.record_engine, Wanted(), 10)]
    subject = f"practice-{a.CODE}"
    assert {("read", "Indicators", subject), ("exported", "Indicators", subject)} <= set(noted)


def test_a_chart_begins_with_a_merger_that_somebody_accepted_as_the_explanation(people, record):
    address = f"/practices/{OURS[0]}/indicators/PS01"
    raised = a.raise_flag(indicator="PS01", period=QUARTERS[0])
    record("caseworker", raised, OURS[0])
    explained = a.explain_flag(flag_id=raised.flag_id, category=ExplanationCategory.MERGER)
    record("caseworker", explained, OURS[0])
    assert len(tables(people.caseworker.open(address), "The same as a table")) == len(QUARTERS)
    record("manager", a.accept_explanation(explanation_id=explained.explanation_id), OURS[0])
    told = [row[0] for row in tables(people.caseworker.open(address), "The same as a table")]
    assert told[0] == "2026 Q2"
    assert "2023 Q1" not in told


# --- files -------------------------------------------------------------------------------------------------------


def test_a_file_has_every_period_and_keeps_small_counts_back(people):
    first, columns, told = file_of(people.caseworker, f"{HERE}.csv")
    assert f"Indicators of practice {a.CODE}, Larkfield Road Surgery" in first
    assert len(told) == len(QUARTERS) + len(YEARS) + 1
    at = {name: place for place, name in enumerate(columns)}
    few = next(row for row in told if row[at["Indicator"]] == "CQ09")
    assert [few[at[name]] for name in ("Counted", "Of", "Value")] == [
        "fewer than 5",
        "2000",
        "kept back",
    ]
    assert not any("0.0015" in one or one == "3.0" for one in few)
    only = file_of(people.caseworker, f"{HERE}/OE02.csv")[2]
    assert {row[at["Indicator"]] for row in only} == {"OE02"}
    assert "counts under 5" in people.caseworker.open(HERE).text


# --- of many practices --------------------------------------------------------------------------------------------


def test_practices_with_open_flags_are_listed_by_domain_and_only_those_that_are_theirs(people):
    page = people.manager.open("/insight/flags")
    (row,) = tables(page, "Practices with open flags, most alarms first")
    assert row[:3] == ["Larkfield Road Surgery", a.CODE, "2 alarms"]
    assert "1 of 9 practices has open flags" in page.text
    assert FAR not in page.html
    assert FAR in people.auditor.open("/insight/flags").html
    assert file_of(people.manager, "/insight/flags.csv")[2][0][:2] == ["Larkfield Road Surgery", a.CODE]


def test_a_release_is_told_with_what_chance_alone_would_give_beside_what_was_found(people):
    page = people.manager.open("/insight/flags-by-release?release=2026Q2")
    caption = "Practices beyond the limits for the worse, beside how many chance alone would give"
    told = {row[0]: row for row in tables(page, caption)}
    columns = file_of(people.manager, "/insight/flags-by-release.csv")[1]
    ps01 = dict(zip(columns, told["PS01"], strict=True))
    assert ps01["Practices"] == "17"
    assert ps01["Beyond 99.8%, chance alone"] == "2"
    assert ps01["Expected by chance, 95%"] == "0.43"
    assert ps01["For the better"] == "2"
    assert ps01["Flags raised by this edition"] == "2"
    auditor = {row[0]: row for row in tables(people.auditor.open("/insight/flags-by-release"), caption)}
    assert dict(zip(columns, auditor["PS01"], strict=True))["Flags raised by this edition"] == "4"


def test_from_an_indicator_and_from_a_count_of_flags_to_the_practices(people):
    page = people.caseworker.open("/key-indicators")
    listed = people.caseworker.open("/key-indicators/flags?indicator=PS01")
    assert "/key-indicators/flags?indicator=PS01" in page.links.values()
    assert "2 open flags on 1 practice" in listed.text
    assert listed.links["Larkfield Road Surgery"] == f"{HERE}/PS01"
    assert FAR not in listed.html
    assert FAR in people.auditor.open("/key-indicators/flags").html
    table = people.manager.open("/insight/flags-by-release?release=2026Q2")
    assert "/key-indicators/flags?release=2026Q2&indicator=PS01" in table.links.values()
    assert "/key-indicators/flags" in people.adviser.open("/practices").links.values()


def test_flags_are_narrowed_by_domain_kind_and_whether_they_ended(people, record, flags):
    address = "/key-indicators/flags"
    assert "No open flag of a practice that you may read matches" in (
        people.lead.open(f"{address}?domain=patient_experience").text
    )
    assert "1 open flag on 1 practice" in people.lead.open(f"{address}?kind=shifting").text
    record("caseworker", a.clear_flag(flag_id=flags["shifting"].flag_id))
    assert "No open flag" in people.lead.open(f"{address}?kind=shifting").text
    page = people.lead.open(f"{address}?kind=shifting&ended=yes")
    assert "cleared 21 November 2026" in page.text
    columns, told = file_of(people.lead, f"{address}.csv?ended=yes")[1:]
    assert len(told) == 2
    kinds = {row[columns.index("Kind")] for row in told}
    assert kinds == {"different from other practices", "changed from its own past"}


@pytest.mark.parametrize("who", ["caseworker", "adviser", "administrator"])
def test_nobody_else_is_offered_the_flags_of_a_team(people, who):
    for end in ("flags", "flags.csv", "flags-by-release", "flags-by-release.csv"):
        assert getattr(people, who).open(f"/insight/{end}").status == 403

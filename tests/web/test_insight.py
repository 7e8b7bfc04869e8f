"""What managers, leads and auditors see of many practices at once, and what of it is in the files."""

from datetime import date

import pytest

from application.access_log import Wanted, lines
from domain.access.commands import NameOrganisation
from domain.practice.kinds import ParticipantRole, Side, Tier, Visibility
from domain.rules import operator
from projections.caseload_row import TierStep
from projections.insight import Through
from tests.support import factories as a
from tests.web.conftest import NOW, PEOPLE, tell
from tests.web.person import words_of
from tests.web.test_export import file_of
from web.insight.counting import movement, over_time, points, spell, stays
from web.insight.pictures import NARROW, WIDE, flows, tiers_over_time

SECOND, OF_REGION, ELSEWHERE = "X90002", "X90003", "X90004"
BOTH = (
    a.attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER),
    a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),
)


def rows_of(page, caption):
    """The table of that name, row by row."""
    heading = next(one.get("id") for one in page.all("h2") if words_of(one) == caption)
    table = page.all("table", aria_labelledby=heading)[0]
    return [[words_of(cell) for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")][1:]


@pytest.fixture
def several(casebook, record):
    """The practice of everybody here, one more of theirs, one of their region only, and one of another region."""
    for code, holder, commissioner, region in (
        (SECOND, a.HOLDER, a.COMMISSIONER, "Y99"),
        (OF_REGION, "Q88", "88A", "Y99"),
        (ELSEWHERE, "Q50", "50A", "Y50"),
    ):
        told = a.register_practice(
            code=code,
            name=f"Surgery {code}",
            contract_holder=holder,
            local_commissioner=commissioner,
            region=region,
            opened_on=date(2001, 4, 1),
        )
        casebook.handle(code, told, operator(NOW), command_id=a.new_id("command"))


@pytest.fixture
def concern(record, several, clock):
    """Cause for concern at one practice since 21 November, after a shared conversation in October. It is 10 January."""
    flag = record("colleague", a.raise_flag(flag_id="flag-0000c0ce", occurred_on=date(2026, 10, 1)))
    spoken = a.record_conversation(
        attendees=BOTH, occurred_on=date(2026, 10, 21), about_flags=(flag.recorded[0].fact.flag_id,)
    )
    said = record("colleague", spoken)
    decided = a.decide_tier(
        tier=Tier.CAUSE_FOR_CONCERN,
        inputs=(f"{a.CODE}/{said.recorded[0].version}",),
        effective_on=a.TODAY,
    )
    record("manager", decided)
    clock.at = clock.at.replace(year=2027, month=1, day=10)


@pytest.mark.parametrize(("who", "practices"), [("manager", 3), ("lead", 2), ("auditor", 4)])
def test_each_counts_the_practices_that_they_may_read_and_no_others(people, several, who, practices):
    page = getattr(people, who).open("/insight/")
    assert f"of {practices} practices on 21 November 2026" in page.text
    assert page.links["Insight"] == "/insight/"
    moved = getattr(people, who).open("/insight/movement?from=2026-01-01")
    listed = {row[1] for row in rows_of(moved, "Practices that moved")}
    assert len(listed) == practices
    assert (ELSEWHERE in listed, OF_REGION in listed) == (who == "auditor", who != "lead")


@pytest.mark.parametrize("who", ["caseworker", "adviser", "administrator"])
def test_nobody_else_is_offered_insight(people, who):
    assert getattr(people, who).open("/insight/").status == 403
    assert "Insight" not in getattr(people, who).open("/account").links


def test_a_practice_from_which_somebody_is_recused_is_in_none_of_their_numbers(people, several, record):
    interest = a.declare_interest(
        person_id=PEOPLE["manager"][0], interest_id="interest-00000000", practice=SECOND, takes_no_part=True
    )
    record("manager", interest, PEOPLE["manager"][0])
    assert "of 2 practices" in people.manager.open("/insight/").text
    assert SECOND not in people.manager.open("/insight/movement?from=2026-01-01").html
    assert "of 3 practices" in people.other_manager.open("/insight/").text


def test_tiers_are_counted_from_the_day_they_took_effect(people, concern):
    page = people.manager.open("/insight/?from=2026-11-20&to=2026-12-01")
    counted = {row[0]: row[1:] for row in rows_of(page, "Practices in each tier, the latest day first")}
    assert counted == {
        "20 November 2026": ["0", "0", "0", "0", "0"],
        "1 December 2026": ["1", "0", "2", "2", "3"],
    }
    assert "1 with cause for concern" in page.text
    assert page.html.count('<svg class="insight ') == 2


def test_numbers_of_the_past_are_of_what_was_known_then_and_of_whoever_answered_that_day(
    people, concern, casebook
):
    position = casebook.recorder.last_position()
    assert "as is known today" in people.manager.open("/insight/").text
    for path, said in (
        (
            "/insight/",
            "as was known then. Practices are counted with whoever answered for them on 21 November 2026",
        ),
        ("/insight/overdue", "in 0 practices on 21 November 2026"),
    ):
        page = people.manager.open(f"{path}?as-recorded-by={position}")
        assert said in page.text
        assert "answers for them today" not in page.text
    happened = people.manager.open("/insight/?as-happened-on=2026-11-21").text
    assert "as is known today. Practices are counted with whoever answered for them on" in happened


def test_who_moved_between_two_days_is_counted_and_listed(people, concern):
    page = people.lead.open("/insight/movement?from=2026-11-20&to=2026-11-21")
    counted = {
        row[0]: row[1:]
        for row in rows_of(page, "Practices by tier on the first day (rows) and on the second (columns)")
    }
    assert counted["Not on the record yet"] == ["1", "0", "1", "0", "2"]
    listed = rows_of(page, "Practices that moved")
    assert listed[0] == ["Larkfield Road Surgery", a.CODE, "Not on the record yet", "Cause for concern"]
    assert page.links["Larkfield Road Surgery"] == f"/practices/{a.CODE}"


def test_time_in_tier_is_counted_as_it_stood_on_a_day(people, concern):
    page = people.manager.open("/insight/time-in-tier?on=2026-12-01")
    counted = {row[0]: row[1:] for row in rows_of(page, "Practices by tier and time in it")}
    assert counted["Up to 3 months"][0] == "1"
    assert counted["The longest"][0] == "10 days"
    assert (
        "No practice of yours was on the record"
        in people.manager.open("/insight/time-in-tier?on=2020-01-01").text
    )


def test_overdue_actions_are_counted_by_who_answers_for_the_practice(people, several, record, clock):
    record("colleague", a.propose_action(due_on=date(2026, 11, 25), owner=Side.PRACTICE))
    record("colleague", a.propose_action(due_on=date(2026, 12, 20), owner=Side.PRACTICE))
    clock.at = clock.at.replace(month=12, day=10)
    page = people.manager.open("/insight/overdue")
    assert "1 action overdue in 1 practice today, 10 December 2026" in page.text
    assert rows_of(page, "Overdue actions, most first") == [
        ["North Moor area team", "1", "1", "2", "15 days"],
        ["South Moor area team", "0", "0", "1", ""],
    ]
    by_ccg = people.manager.open("/insight/overdue?by=local_commissioner")
    assert rows_of(by_ccg, "Overdue actions, most first")[0][0] == "Larkdale CCG"
    assert "Nothing is overdue" in people.manager.open("/insight/overdue?from=2026-11-26").text
    assert "1 action overdue" in people.manager.open("/insight/overdue?from=2026-11-25&to=2026-11-25").text


def test_organisations_of_another_kind_are_called_as_they_are_from_their_day(
    people, casebook, concern, clock
):
    """What kinds of organisation there are is dated: no page knows of any."""
    for code, name, kind, label in (
        (a.HOLDER, "Moorland board", "board", "board"),
        (a.COMMISSIONER, "Larkdale partnership", "partnership", "health partnership"),
    ):
        tell(
            casebook,
            NameOrganisation(code=code, name=name, kind=kind, label=label, from_on=clock.at.date()),
            code,
        )
    page = people.manager.open("/insight/overdue")
    assert "counted with the board that holds the contract today" in page.text
    by_other = people.manager.open("/insight/overdue?by=local_commissioner")
    assert "counted with the health partnership of the practice today" in by_other.text
    assert "Health partnership" in by_other.text
    gap = people.manager.open("/insight/conversation-gap").text
    assert "Board" in gap
    assert "area team" not in gap.lower()


def test_a_conversation_gap_is_thirty_days_without_a_conversation_of_both(people, concern, record, clock):
    address = "/insight/conversation-gap"
    assert "1 of 1 practice with cause for concern" in people.manager.open(address).text
    assert "0 of 1 practice" in people.manager.open(f"{address}?since=2026-10-21").text
    today = clock.at.date()
    record("lead", a.record_conversation(attendees=(BOTH[1],), occurred_on=today))
    kept = a.record_conversation(attendees=(BOTH[1],), visibility=Visibility.INTERNAL, occurred_on=today)
    record("lead", kept)
    for who in ("manager", "lead", "auditor"):
        page = getattr(people, who).open(address)
        assert rows_of(page, "Practices without a shared conversation, the longest first") == [
            ["Larkfield Road Surgery", a.CODE, "North Moor area team", "Larkdale CCG", "21 November 2026", "21 October 2026", "81"]
        ]  # fmt: skip
    record("lead", a.record_conversation(attendees=BOTH, occurred_on=today))
    assert "0 of 1 practice" in people.lead.open(address).text


FILES = {
    "/insight/": "/insight/tiers.csv",
    "/insight/movement": "/insight/movement.csv",
    "/insight/time-in-tier": "/insight/time-in-tier.csv",
    "/insight/overdue": "/insight/overdue.csv",
    "/insight/conversation-gap": "/insight/conversation-gap.csv",
}


@pytest.mark.parametrize("address", FILES)
def test_each_table_is_taken_out_as_a_file_and_that_is_noted(people, concern, record, stores, address):
    page = people.manager.open(f"{address}?since=2026-12-20")
    offered = [one for text, one in page.links.items() if text.startswith("Take out as a file")]
    assert offered[0].partition("?")[0] == FILES[address]
    heading = next(one for one in page.all("h2") if one.get("id") != "picture-heading")
    shown = rows_of(page, words_of(heading))
    _, _, rows = file_of(people.manager, offered[0])
    assert len(rows) == len(shown) > 0
    assert [row[-1] for row in rows] == [row[-1].removeprefix("–none") for row in shown]
    noted = lines(stores.record_engine, Wanted(what="exported"), 10)
    assert [(one.name[:7], one.number) for one in noted] == [("Insight", len(rows))]
    assert people.lead.open(offered[0]).status == 200
    assert people.caseworker.open(offered[0]).status == 403


@pytest.mark.parametrize(
    ("address", "errors"),
    [
        ("/insight/?from=yesterday", {"#from": "The first day must be a real date, such as 3 November 2026"}),
        ("/insight/movement?to=2030-01-01", {"#to": "The last day must be 10 January 2027 or earlier"}),
        ("/insight/?from=2027-12-01", {"#from": "The first day must be 10 January 2027 or earlier"}),
        ("/insight/time-in-tier?on=2026-02-30", {"#on": "The day must be a real date, such as 3 November 2026"}),
        ("/insight/conversation-gap?since=2027-12-01", {"#since": "The day must be 10 January 2027 or earlier"}),
        ("/insight/?from=0001-01-01", {}),
        ("/insight/movement?to=0001-01-01", {}),
        ("/insight/overdue?by=wrong", {}),
    ],
)  # fmt: skip
def test_a_day_may_be_mistyped(people, concern, address, errors):
    page = people.manager.open(address)
    assert (page.status, page.errors) == (200, errors)


# --- counting ---------------------------------------------------------------------------------------------

A, R, C = Tier.ASSURANCE_BASED, Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN


def practice(*steps, closed_on=None, code="X90001"):
    return Through(code, "Q99", "99A", tuple(TierStep(*step) for step in steps), closed_on)


def test_a_practice_is_counted_from_its_first_day_until_it_closes():
    one = practice((date(2020, 1, 1), A, False), (date(2020, 3, 1), R, True), closed_on=date(2020, 5, 1))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2020, 3, 1), date(2020, 4, 30), date(2020, 5, 1)]  # fmt: skip
    counts = over_time([one], days)
    assert [(count.tiers[A], count.tiers[R], count.not_reviewed) for count in counts] == [
        (0, 0, 0), (1, 0, 1), (1, 0, 1), (0, 1, 0), (0, 1, 0), (0, 0, 0),
    ]  # fmt: skip


def test_a_decision_that_leaves_the_tier_begins_no_new_time_in_it():
    one = practice((date(2020, 1, 1), R, True), (date(2020, 6, 1), R, True), (date(2021, 1, 1), C, True))
    assert one.since(date(2020, 12, 31)) == date(2020, 1, 1)
    assert one.since(date(2021, 2, 1)) == date(2021, 1, 1)
    (stay,) = [found for found in stays([one], date(2020, 12, 31)) if found.practices]
    assert (stay.tier, stay.longest, stay.bands) == (R, 365, (0, 0, 1, 0, 0, 0))


def test_movement_counts_every_practice_once():
    first, last = date(2020, 1, 1), date(2021, 1, 1)
    found = movement(
        [
            practice((first, A, True), (date(2020, 2, 1), C, True)),
            practice((first, A, True)),
            practice((date(2020, 6, 1), A, False)),
            practice((first, R, True), closed_on=date(2020, 7, 1)),
            practice((date(2022, 1, 1), A, True)),
        ],
        first,
        last,
    )
    assert found.counts == {(A, C): 1, (A, A): 1, (None, A): 1, (R, None): 1}
    assert [one[1:] for one in found.moved] == [(A, C), (None, A), (R, None)]
    for width in (WIDE, NARROW):
        drawn = flows(found, first, last, width)
        assert sorted(line.kind for line in drawn.lines) == [
            "flow-other",
            "flow-other",
            "flow-stay",
            "flow-up",
        ]


def test_points_are_months_then_quarters_then_years_with_both_ends():
    assert points(date(2026, 1, 15), date(2026, 3, 1)) == [
        date(2026, 1, 15),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
    assert len(points(date(2016, 1, 1), date(2026, 1, 1))) == 41
    assert len(points(date(1996, 1, 1), date(2026, 1, 1))) == 31
    assert points(date(2026, 1, 1), date(2026, 1, 1)) == [date(2026, 1, 1)]


def test_a_picture_keeps_within_its_width_whatever_is_counted():
    counts = over_time([practice((date(2020, 1, 1), A, False))], points(date(2019, 1, 1), date(2021, 1, 1)))
    for width in (WIDE, NARROW):
        drawn = tiers_over_time(counts, width)
        assert all(0 <= one.x <= width and 0 <= one.y <= drawn.height for one in drawn.words)


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, ""), (0, "0 days"), (1, "1 day"), (60, "60 days"), (61, "2 months"), (91, "3 months"), (364, "1 year"), (366, "1 year"), (830, "2 years 3 months")],
)  # fmt: skip
def test_a_length_of_time_is_said_in_words(days, words):
    assert spell(days) == words

"""The caseload and my work, row by row."""

from datetime import date

from domain.practice.kinds import IndicatorDomain, Side, Tier
from projections.caseload_found import Caseload, Counts, Filters
from projections.caseload_row import CaseloadRow, DomainFlags, TierStep
from projections.mywork.items import Item
from tests.support import factories as a
from tests.support.given import CASEWORKER
from tests.web.reading import NAMES
from web.caseload import presenters as caseload
from web.caseload.asked import Asked
from web.caseload.quiet import folded
from web.mywork import rows as mywork
from web.practices.timing import Tag


def found(*rows, pages=1):
    tiers = {tier: sum(one.tier == tier for one in rows) for tier in Tier}
    return Caseload(list(rows), Counts(len(rows), tiers, 0, 0, 0), 1, pages, len(rows))


def row(code="X90001", **fields):
    values = dict.fromkeys(CaseloadRow._fields)
    values |= dict.fromkeys(("version", "alarms", "alerts", "open_flags", "open_actions", "overdue"), 0)
    values |= dict.fromkeys(("proposals", "to_agree", "to_accept", "requests", "unverified"), 0)
    values |= {
        "code": code,
        "name": "Larkfield Road Surgery",
        "tier": Tier.ASSURANCE_BASED,
        "tier_since": date(2024, 11, 21),
        "reviewed": False,
        "tiers": (TierStep(date(2024, 11, 21), Tier.ASSURANCE_BASED, False),),
        "domains": dict.fromkeys(IndicatorDomain, DomainFlags(0, 0)),
    }
    return CaseloadRow(**values | fields)


def test_what_comes_next_is_what_waits_then_the_next_day():
    today = a.TODAY
    assert caseload.what_is_next(row(), today) == ""
    assert caseload.what_is_next(row(proposals=1, to_agree=2), today) == "Tier proposed, to be decided"
    assert caseload.what_is_next(row(to_agree=2), today) == "2 actions to agree"
    assert caseload.what_is_next(row(review_on=date(2026, 12, 14)), today) == "Review 14 December 2026"
    late = date(2026, 10, 30)
    assert caseload.what_is_next(row(review_on=late, to_accept=1), today) == "Review overdue 22 days"
    assert caseload.what_is_next(row(review_on=late, proposals=1), today) == "Tier proposed, to be decided"
    assert (
        caseload.what_is_next(row(first_due_on=date(2026, 11, 26), review_on=date(2027, 1, 9)), today)
        == "Action due in 5 days"
    )
    visit = row(to_agree=2, visit_on=date(2026, 11, 25), first_due_on=date(2026, 11, 22))
    assert caseload.what_is_next(visit, today) == "Visit in 4 days"
    assert caseload.what_is_next(row(visit_on=date(2026, 12, 30)), today) == "Visit 30 December 2026"


def test_the_tier_line_reads_aloud():
    steps = (
        TierStep(date(2024, 1, 1), Tier.ASSURANCE_BASED, False),
        TierStep(date(2026, 5, 3), Tier.ROOM_FOR_IMPROVEMENT, True),
        TierStep(date(2026, 7, 4), Tier.CAUSE_FOR_CONCERN, True),
    )
    assert caseload.line_in_words(row(tiers=steps), a.TODAY, date(2024, 11, 21)) == (
        "Assurance based, then room for improvement from 3 May 2026, then cause for concern from 4 July 2026"
    )
    assert caseload.line_in_words(row(tiers=steps), a.TODAY, date(2026, 6, 1)) == (
        "Room for improvement, then cause for concern from 4 July 2026"
    )


def test_the_quiet_ones_are_folded():
    rows = [
        row("X90001", tier=Tier.CAUSE_FOR_CONCERN),
        row("X90002", tier=Tier.ROOM_FOR_IMPROVEMENT, overdue=1),
        row("X90003", tier=Tier.ROOM_FOR_IMPROVEMENT),
        row("X90004"),
        row("X90005", review_on=date(2026, 12, 1)),
        row("X90006", review_on=date(2026, 8, 1)),
    ]
    shown, quiet = folded(found(*rows), Asked(filters=Filters()), a.TODAY)
    assert [one.code for one in shown] == ["X90001", "X90002", "X90006"]
    assert [(one.text, one.href) for one in quiet] == [
        ("1 more with room for improvement", "/practices?tier=room_for_improvement"),
        ("2 more assurance based, 1 of them with something due", "/practices?tier=assurance_based"),
    ]


def test_nothing_is_folded_when_all_would_be_or_somebody_looks_for_something():
    rows = [row("X90001"), row("X90002")]
    assert folded(found(*rows), Asked(filters=Filters()), a.TODAY) == (rows, [])
    loud = [row("X90001", tier=Tier.CAUSE_FOR_CONCERN), row("X90002")]
    for asked in (
        Asked(filters=Filters(words="lark")),
        Asked(filters=Filters(), sort="name"),
    ):
        assert folded(found(*loud), asked, a.TODAY) == (loud, [])


def test_an_address_sorts_and_turns_round():
    asked = Asked.read({"sort": "contact", "tier": "cause_for_concern", "page": "x", "caseworker": "none"})
    assert (asked.sort, asked.page, asked.filters.tier, asked.filters.caseworker) == (
        "contact",
        1,
        Tier.CAUSE_FOR_CONCERN,
        "",
    )
    spoke = next(one for one in caseload.columns(asked) if one.text == "Last spoke")
    assert spoke.sorted == "ascending"
    assert spoke.href == "/practices?tier=cause_for_concern&caseworker=none&sort=contact&order=descending"
    assert Asked.read({"sort": "'; drop", "tier": "bad"}) == Asked(filters=Filters())


def item(what, **fields):
    values = {
        "code": "X90001",
        "practice": "Larkfield Road Surgery",
        "practice_tier": Tier.ROOM_FOR_IMPROVEMENT,
        "title": "Infection control re-audit.",
        "due_on": date(2026, 11, 15),
        "days": -6,
        "version": 7,
        "thing_id": "action-00000001",
        "command": "CompleteAction",
    }
    return Item(what=what, **values | fields)


def work_row(one, *may_do):
    return mywork.row(one, NAMES, a.TODAY, frozenset(may_do))


def test_a_late_action_has_the_button_that_settles_it():
    late = work_row(
        item("action_due", owner=Side.PRACTICE, moved=1, first_due_on=date(2026, 10, 1)), "CompleteAction"
    )
    assert late.tag == Tag("Overdue 6 days", late=True)
    assert (late.title, late.href) == ("Infection control re-audit", "/practices/X90001/entries/7")
    assert late.line == "owner practice, moved once, from 1 October 2026"
    assert (late.button, late.button_href) == (
        "Record what happened",
        "/practices/X90001/complete-action?action_id=action-00000001",
    )


def test_what_a_person_may_not_settle_they_may_read():
    late = work_row(item("action_due", command="AgreeAction", owner=Side.PRACTICE))
    assert (late.button, late.button_href, late.line) == (
        "Read",
        "/practices/X90001/entries/7",
        "not agreed yet, owner practice",
    )


def test_what_waits_says_since_when_and_from_whom():
    waiting = work_row(
        item(
            "tier_to_decide",
            due_on=None,
            days=None,
            command="DecideTier",
            thing_id="proposal-00000001",
            by=CASEWORKER.person,
            since=date(2026, 11, 18),
            tier=Tier.CAUSE_FOR_CONCERN,
        ),
        "DecideTier",
    )
    assert waiting.tag.text == "Waiting 3 days"
    assert waiting.title == "Tier proposed: cause for concern"
    assert waiting.line == "proposed by Amira Khan on 18 November 2026"
    assert waiting.button_href == "/practices/X90001/decide-tier?proposal_id=proposal-00000001"

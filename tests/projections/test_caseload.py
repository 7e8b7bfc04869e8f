"""The caseload: given facts, then rows; in order of consequence, within what a person may read."""

from datetime import date, timedelta

import pytest

from domain.access.permissions import Scope
from domain.practice.events import CaseworkerNamed, Participant
from domain.practice.kinds import Direction, IndicatorDomain, Level, ParticipantRole, Side, Tier
from domain.rules import Sealed
from projections import caseload_found
from projections.caseload_found import Filters
from projections.caseload_order import SORTS, WHY_THIS_ORDER
from projections.caseload_row import CaseloadRow, DomainFlags, TierStep
from tests.projections.conftest import registered
from tests.support import factories as a
from tests.support.given import recorded

EVERYTHING = Scope(everything=True)
DAY = timedelta(days=1)
BOTH = (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)


@pytest.fixture
def row(views):
    """A practice's row on a day."""

    def on(today=a.TODAY, code=a.CODE) -> CaseloadRow:
        with views.reading() as reading:
            found = caseload_found.one(reading, code, today)
        assert found is not None
        return found

    return on


@pytest.fixture
def find(views):
    def found(scope=EVERYTHING, filters=Filters(), today=a.TODAY, **more):  # noqa: B008
        with views.reading() as reading:
            return caseload_found.find(reading, scope, today, filters, **more)

    return found


@pytest.fixture
def practices(record, views):
    """Several practices, by code, each with facts after its registration."""

    def registered_with(**facts_of):
        record(*(registered(*facts, code=code, name=f"Practice {code}") for code, facts in facts_of.items()))
        assert views.catch_up() == []

    return registered_with


def codes(found):
    return [row.code for row in found.rows]


def talk(*sides, on):
    participants = tuple(
        Participant(side=side, role=ParticipantRole.OTHER, described=Sealed("someone")) for side in sides
    )
    return a.conversation_recorded(participants=participants, occurred_on=on)


# --- rows ---------------------------------------------------------------------------------------------------------


def test_a_new_practice_stands_at_the_starting_tier_not_yet_reviewed(given, row):
    given()
    found = row()
    assert (found.name, found.version) == ("Larkfield Road Surgery", 2)
    assert (found.contract_holder, found.local_commissioner, found.region) == (
        a.HOLDER,
        a.COMMISSIONER,
        "Y99",
    )
    assert (found.tier, found.reviewed, found.tier_since) == (Tier.ASSURANCE_BASED, False, date(2024, 11, 21))
    assert found.tiers == (TierStep(date(2024, 11, 21), Tier.ASSURANCE_BASED, False),)
    assert (found.overdue, found.open_flags, found.last_contact_on, found.caseworker) == (0, 0, None, None)


def test_no_row_is_there_before_a_practice_is_registered(given, views):
    given()
    with views.reading() as reading:
        assert caseload_found.one(reading, "X90002", a.TODAY) is None


def test_a_decision_takes_effect_on_its_day_and_the_page_knows_it_coming(given, row):
    given(
        a.tier_decided(
            tier=Tier.ROOM_FOR_IMPROVEMENT, effective_on=date(2026, 5, 12), review_on=date(2026, 8, 12)
        ),
        a.tier_decided(
            before=Tier.ROOM_FOR_IMPROVEMENT, tier=Tier.CAUSE_FOR_CONCERN, effective_on=a.TODAY + 10 * DAY
        ),
    )
    today, then = row(), row(a.TODAY + 10 * DAY)
    assert (today.tier, today.reviewed, today.tier_since) == (
        Tier.ROOM_FOR_IMPROVEMENT,
        True,
        date(2026, 5, 12),
    )
    assert (today.review_on, today.decision_version, today.decided_by) == (
        date(2026, 8, 12),
        3,
        "person-caseworker",
    )
    assert (today.next_tier, today.next_tier_from) == (Tier.CAUSE_FOR_CONCERN, a.TODAY + 10 * DAY)
    assert (then.tier, then.tier_since, then.next_tier) == (Tier.CAUSE_FOR_CONCERN, a.TODAY + 10 * DAY, None)
    assert [step.tier for step in today.tiers] == list(Tier)


def test_the_day_before_a_decision_takes_effect_the_tier_is_as_it_was(given, row):
    given(a.tier_decided(effective_on=a.TODAY + DAY))
    assert row(a.TODAY).reviewed is False
    assert row(a.TODAY + DAY).reviewed is True


def test_a_review_that_keeps_the_tier_keeps_its_since(given, row):
    given(
        a.tier_decided(tier=Tier.ROOM_FOR_IMPROVEMENT, effective_on=date(2026, 3, 1)),
        a.tier_decided(
            before=Tier.ROOM_FOR_IMPROVEMENT, tier=Tier.ROOM_FOR_IMPROVEMENT, effective_on=date(2026, 9, 1)
        ),
    )
    assert (row().tier_since, row().decision_version) == (date(2026, 3, 1), 4)


def test_a_responsibility_moves_on_its_day(given, row, find):
    given(
        a.responsibility_assigned(
            contract_holder="Q88", local_commissioner="88A", region="Y88", from_on=a.TODAY + DAY
        )
    )
    assert (row().contract_holder, row(a.TODAY + DAY).contract_holder) == (a.HOLDER, "Q88")
    assert codes(find(Scope(contract_holders=frozenset({"Q88"})))) == []
    assert codes(find(Scope(contract_holders=frozenset({"Q88"})), today=a.TODAY + DAY)) == [a.CODE]
    assert codes(find(Scope(contract_holders=frozenset({a.HOLDER})), today=a.TODAY + DAY)) == []


def test_flags_are_counted_by_domain_and_level_while_open_and_adverse(given, row):
    given(
        a.flag_raised(level=Level.ALARM),
        a.flag_raised(flag_id="flag-00000002", indicator="PE01"),
        a.flag_raised(domain=IndicatorDomain.PATIENT_SAFETY, indicator="PS01"),
        a.flag_raised(direction=Direction.FAVOURABLE, indicator="PE02"),
        a.flag_cleared(flag_id="flag-00000002"),
    )
    found = row()
    assert (found.alarms, found.alerts, found.open_flags) == (1, 1, 3)
    assert found.domains[IndicatorDomain.PATIENT_EXPERIENCE] == DomainFlags(alarms=1, alerts=0)
    assert found.domains[IndicatorDomain.PATIENT_SAFETY] == DomainFlags(alarms=0, alerts=1)
    assert found.domains[IndicatorDomain.CLINICAL_QUALITY] == DomainFlags(0, 0)


def test_an_action_is_overdue_from_the_day_after_it_was_due_and_only_while_open(given, row):
    given(
        a.action_proposed(due_on=a.TODAY),
        a.action_proposed(due_on=a.TODAY + DAY),
        a.action_proposed(action_id="action-00000003", due_on=date(2026, 9, 2)),
        a.action_cancelled(action_id="action-00000003"),
    )
    assert [row(a.TODAY + days * DAY).overdue for days in (0, 1, 2, 900)] == [0, 1, 2, 2]
    assert (row().open_actions, row().first_due_on) == (2, a.TODAY)


def test_when_we_last_spoke(given, row):
    given(
        talk(Side.CONTRACT_HOLDER, Side.PRACTICE, on=date(2026, 10, 1)),
        talk(*BOTH, on=date(2026, 9, 1)),
        talk(*BOTH, on=date(2026, 8, 1)),
    )
    assert row().last_contact_on == date(2026, 10, 1)
    assert row().last_shared_on == date(2026, 9, 1)


def test_a_withdrawn_conversation_was_never_had(given, row):
    given(talk(Side.CONTRACT_HOLDER, Side.PRACTICE, on=date(2026, 10, 1)), a.fact_withdrawn(corrects=3))
    assert row().last_contact_on is None


def test_what_waits_is_counted(given, row):
    given(
        a.tier_proposed(),
        a.action_proposed(),
        a.action_proposed(action_id="action-00000002"),
        a.action_completed(action_id="action-00000002"),
        a.correction_requested(version=4),
        a.intelligence_recorded(),
    )
    found = row()
    assert (found.proposals, found.to_agree, found.to_accept, found.requests, found.unverified) == (
        1,
        1,
        1,
        1,
        1,
    )


# --- queries ------------------------------------------------------------------------------------------------------


def test_practices_are_in_order_of_consequence(practices, find):
    concern = a.tier_decided(tier=Tier.CAUSE_FOR_CONCERN)
    late = a.action_proposed(due_on=date(2026, 10, 1))
    practices(
        X90001=(),
        X90002=(talk(Side.CONTRACT_HOLDER, Side.PRACTICE, on=date(2026, 10, 2)),),
        X90003=(talk(Side.CONTRACT_HOLDER, Side.PRACTICE, on=date(2026, 10, 1)),),
        X90004=(a.flag_raised(level=Level.ALERT),),
        X90005=(a.flag_raised(level=Level.ALARM),),
        X90006=(late,),
        X90007=(late, a.action_proposed(due_on=date(2026, 10, 2))),
        X90008=(concern,),
        X90009=(a.tier_decided(tier=Tier.ROOM_FOR_IMPROVEMENT),),
        X90010=(a.tier_decided(tier=Tier.ASSURANCE_BASED, review_on=date(2026, 10, 1)),),
    )
    assert codes(find()) == [
        "X90008", "X90009", "X90007", "X90006", "X90010", "X90005", "X90004", "X90001", "X90003", "X90002"
    ]  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_gives_every_practice_once(practices, find, sort, descending):
    practices(X90001=(a.flag_raised(),), X90002=(a.action_proposed(due_on=date(2026, 10, 1)),), X90003=())
    assert sorted(codes(find(sort=sort, descending=descending))) == ["X90001", "X90002", "X90003"]


def test_orders_that_links_ask_for(practices, find):
    practices(
        X90001=(a.tier_decided(review_on=date(2027, 1, 1)),),
        X90002=(a.tier_decided(review_on=date(2026, 12, 1)), a.action_proposed(due_on=date(2026, 12, 2))),
        X90003=(a.action_proposed(due_on=date(2026, 12, 1)),),
    )
    assert codes(find(sort="name", descending=True)) == ["X90003", "X90002", "X90001"]
    assert codes(find(sort="code")) == ["X90001", "X90002", "X90003"]
    assert codes(find(sort="review")) == ["X90002", "X90001", "X90003"]
    assert codes(find(sort="due")) == ["X90003", "X90002", "X90001"]


def test_names_are_in_order_whatever_their_case(record, views, find):
    for code, name in (
        ("X90001", "beta Surgery"),
        ("X90002", "Alpha"),
        ("X90003", "Gamma"),
        ("X90004", "Éclair"),
    ):
        record(registered(code=code, name=name))
    views.catch_up()
    assert [row.name for row in find(sort="name").rows] == ["Alpha", "beta Surgery", "Gamma", "Éclair"]


def test_counts_are_of_all_tiers_and_the_list_is_of_the_one_chosen(practices, find):
    late = a.action_proposed(due_on=date(2026, 10, 1))
    practices(
        X90001=(a.tier_decided(tier=Tier.CAUSE_FOR_CONCERN), late, late),
        X90002=(a.tier_decided(tier=Tier.ASSURANCE_BASED),),
        X90003=(late,),
    )
    found = find()
    assert found.counts.practices == found.total == 3
    assert found.counts.tiers == {
        Tier.ASSURANCE_BASED: 2, Tier.ROOM_FOR_IMPROVEMENT: 0, Tier.CAUSE_FOR_CONCERN: 1
    }  # fmt: skip
    assert found.counts.not_reviewed == 1
    assert found.counts.overdue_practices == 2
    chosen = find(filters=Filters(tier=Tier.ASSURANCE_BASED))
    assert codes(chosen) == ["X90003", "X90002"]
    assert chosen.counts.tiers == found.counts.tiers
    assert (chosen.counts.not_reviewed, chosen.counts.overdue_practices, chosen.total) == (1, 1, 2)


def test_a_scope_shows_its_own_practices_only(record, views, find):
    for code, holder, region, commissioner in (
        ("X90001", "Q99", "Y99", "99A"), ("X90002", "Q98", "Y99", "98A"), ("X90003", "Q88", "Y88", "99A")
    ):  # fmt: skip
        assigned = a.responsibility_assigned(
            contract_holder=holder, region=region, local_commissioner=commissioner
        )
        record(recorded(a.practice_registered(code=code), assigned, code=code))
    views.catch_up()
    assert codes(find(Scope())) == []
    assert find(Scope()).counts.practices == 0
    assert codes(find(Scope(contract_holders=frozenset({"Q99"})))) == ["X90001"]
    assert codes(find(Scope(contract_holders=frozenset({"Q99"}), regions=frozenset({"Y99"})))) == [
        "X90001",
        "X90002",
    ]
    assert codes(find(Scope(local_commissioners=frozenset({"99A"})))) == ["X90001", "X90003"]
    assert codes(find()) == ["X90001", "X90002", "X90003"]
    with views.reading() as reading:
        assert caseload_found.choices(reading, Scope(local_commissioners=frozenset({"99A"})), a.TODAY) == (
            ["Q88", "Q99"],
            ["99A"],
            [],
        )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lark", ["X90001"]),
        ("LARKFIELD surgery", ["X90001"]),
        ("surgery lark", ["X90001"]),
        ("field", []),
        ("X9000", ["X90001", "X90002"]),
        ("x90002", ["X90002"]),
        ("st johns", ["X90002"]),
        ("st john's", ["X90002"]),
        ("ls1 4ab", ["X90002"]),
        ("ls14ab", ["X90002"]),
        ("100%", []),
        ("_", ["X90001", "X90002"]),
        ("   ", ["X90001", "X90002"]),
    ],
)
def test_practices_are_found_by_words_of_their_name_code_and_postcode(record, views, find, words, found):
    record(registered(code="X90001"))
    johns = a.practice_registered(code="X90002", name=Sealed("St John's Practice"), postcode="LS1 4AB")
    record(recorded(johns, a.responsibility_assigned(), code="X90002"))
    views.catch_up()
    assert codes(find(filters=Filters(words=words), sort="code")) == found


def test_filters(practices, find):
    named = CaseworkerNamed(
        caseworker="person-1", before=None, from_on=a.TODAY, note=None, occurred_on=a.TODAY
    )
    practices(
        X90001=(named,),
        X90002=(a.action_proposed(due_on=date(2026, 10, 1)),),
        X90003=(a.tier_decided(),),
        X90004=(a.practice_closed(),),
    )
    assert codes(find(filters=Filters(caseworker="person-1"))) == ["X90001"]
    assert codes(find(filters=Filters(caseworker=""), sort="code")) == ["X90002", "X90003"]
    assert codes(find(filters=Filters(overdue=True))) == ["X90002"]
    assert codes(find(filters=Filters(not_reviewed=True), sort="code")) == ["X90001", "X90002"]
    assert codes(find(filters=Filters(closed=True), sort="code")) == ["X90001", "X90002", "X90003", "X90004"]
    assert codes(find(filters=Filters(contract_holder="Q88"))) == []
    assert codes(find(filters=Filters(local_commissioner=a.COMMISSIONER), sort="code")) == [
        "X90001",
        "X90002",
        "X90003",
    ]


def test_pages_hold_fifty_and_a_page_past_the_end_is_the_last(record, views, find):
    record(*(registered(code=f"X9{number:04d}") for number in range(120)))
    views.catch_up()
    first, last = find(), find(page=99)
    assert (len(first.rows), first.page, first.pages, first.total) == (50, 1, 3, 120)
    assert (len(last.rows), last.page) == (20, 3)
    seen = codes(first) + codes(find(page=2)) + codes(last)
    assert seen == sorted(seen) == [f"X9{number:04d}" for number in range(120)]
    assert find(page=0).page == 1


def test_the_order_is_told_in_words():
    for word in ("cause for concern", "overdue", "alarms", "alerts", "spoken"):
        assert word in WHY_THIS_ORDER

"""The rules of permission answer as the one table does that is typed by hand: tests/support/permissions.py."""

from dataclasses import replace
from typing import Any

import pytest

from domain import links
from domain.access import commands as access
from domain.access.permissions import GRANTED, Scope, check, check_caseworker, may, may_read, scope_of
from domain.framework import commands as framework
from domain.indicators import commands as indicators
from domain.performers import commands as performers
from domain.practice import commands as c
from domain.releases import commands as releases
from domain.rules import Asked, RuleBroken
from tests.support import factories as a
from tests.support.given import (
    ADMINISTRATOR,
    AUDITOR,
    CASEWORKER,
    LEAD,
    MANAGER,
    NOW,
    OPERATOR,
    Story,
    given,
    given_nothing,
    recorded,
)
from tests.support.permissions import MAY, about_practice
from tests.support.permissions import ROLES as HAVE_ANSWERS

ROLES = {
    "caseworker": CASEWORKER,
    "manager": MANAGER,
    "adviser": replace(CASEWORKER, person="person-adviser1", role="adviser"),
    "lead": LEAD,
    "auditor": AUDITOR,
    "administrator": ADMINISTRATOR,
    "operator": OPERATOR,
    "none": Asked(person="person-nobody01", organisation=None, role="none", at=NOW),
}

ASKED = [what for what in MAY if "." not in what and what[0].isupper()]
EVERY = [(what, role, MAY[what][role] != "-") for what in ASKED for role in ROLES]


def _command(what: str):
    """The command with whatever ids: permission is judged before anything else."""
    kinds = {
        "flag_id": "flag-00000000", "intelligence_id": "intelligence-00000000", "action_id": "action-00000000",
        "proposal_id": "proposal-00000000", "request_id": "request-00000000", "contract_id": "contract-00000000",
        "person_id": "person-00000000", "version": 3, "access_id": "access-00000000",
        "concern": "flag-00000000", "join_id": "join-00000000", "closing_id": "closing-00000000",
        "explanation_id": "explanation-00000000", "absent": "person-00000001", "cover_id": "cover-00000000", "link_id": "link-00000000",
        "breach_id": "breach-00000000", "notice_id": "notice-00000000", "sanction_id": "sanction-00000000",
        "suspension_id": "suspension-00000000", "termination_id": "termination-00000000", "dispute_id": "dispute-00000000",
        "challenge_id": "challenge-00000000",
    }  # fmt: skip
    name = "".join("_" + letter.lower() if letter.isupper() else letter for letter in what)[1:]
    every = {
        **c.COMMANDS,
        **c.FOLLOWS,
        **access.COMMANDS,
        **performers.COMMANDS,
        **links.COMMANDS,
        **indicators.COMMANDS,
        **releases.COMMANDS,
        **framework.COMMANDS,
    }
    known = every[what].__dataclass_fields__
    return getattr(a, name)(**{field: value for field, value in kinds.items() if field in known})


def _refusal(asked: Asked, what: str, story: Story) -> str | None:
    try:
        check(asked, _command(what), story.practice())
    except RuleBroken as broken:
        return broken.rule
    return None


def test_every_command_and_every_reading_has_a_row() -> None:
    reads = {
        "ReadPractice",
        "ReadTeam",
        "ReadRecord",
        "ReadPeople",
        "ReadInterests",
        "ReadCover",
        "ReadAccessLog",
        "ReadSample",
        "ReadInsight",
        "ReadIndicators",
        "ReadReleases",
        "ReadFramework",
        "ReadDryRun",
        "ReadPerformers",
        "ClearLockOut",
        "Search",
    }
    commands = {
        *c.COMMANDS,
        *c.FOLLOWS,
        *access.COMMANDS,
        *performers.COMMANDS,
        *links.COMMANDS,
        *indicators.COMMANDS,
        *releases.COMMANDS,
        *framework.COMMANDS,
    }
    assert set(ASKED) == commands | reads
    assert set(GRANTED) == set(ASKED)
    assert tuple(ROLES) == HAVE_ANSWERS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_framework_gives_it_and_nothing_else(role) -> None:
    asked, story = ROLES[role], given()
    for what, granted in ((what, granted) for what, whose, granted in EVERY if whose == role):
        assert may(asked, what) is granted, what
        if not what.startswith("Read") and what not in {"ClearLockOut", "Search"}:
            assert _refusal(asked, what, story) == (None if granted else "the-role-may-do-this"), what


ABOUT_A_PRACTICE = [what for what in MAY if what in c.COMMANDS and what != "RegisterPractice"]
SPEAKS = ["caseworker", "manager", "adviser", "lead"]

PLACES = {
    "own": a.responsibility_assigned(),
    "heir": a.responsibility_assigned(contract_holder="Q97", region="Y97", local_commissioner="97A"),
    "region": a.responsibility_assigned(contract_holder="Q98", local_commissioner="98A"),
    "elsewhere": a.responsibility_assigned(contract_holder="Q50", region="Y50", local_commissioner="50A"),
    "recused": a.responsibility_assigned(),
}
"""Where a practice is, for somebody of Q99 or 99A, which succeeded Q97 and 97A."""


def _standing(role: str, place: str) -> Asked:
    return replace(
        ROLES[role],
        predecessors=frozenset({"97A"} if role == "lead" else {"Q97"} if role in SPEAKS else ()),
        recused=frozenset({a.CODE} if place == "recused" and role != "operator" else ()),
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", PLACES)
def test_each_command_is_answered_practice_by_practice(role, place) -> None:
    story, asked = given(PLACES[place]), _standing(role, place)
    for what in ABOUT_A_PRACTICE:
        expected = about_practice(what, role, place)
        rule = None if expected else "the-organisation-is-responsible-for-the-practice"
        if MAY[what][role] == "-":
            rule = "the-role-may-do-this"
        elif place == "recused" and not expected:
            rule = "who-is-recused-takes-no-part"
        assert _refusal(asked, what, story) == rule, what
        assert may(asked, what, story.practice()) is expected, what


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", PLACES)
def test_each_reading_is_answered_practice_by_practice(role, place) -> None:
    practice, asked = given(PLACES[place]).practice(), _standing(role, place)
    for what in ("ReadPractice", "ReadRecord"):
        assert may_read(asked, practice, what) is about_practice(what, role, place), what


@pytest.mark.parametrize("role", SPEAKS)
@pytest.mark.parametrize("organisation", ["Q98", "99B", "Q99", "99A", None])
def test_only_the_responsible_organisation_acts_on_its_own_side(role, organisation) -> None:
    """A board's person of another area team, a CCG's of another CCG, and the code of the other side are all foreign."""
    own = "99A" if role == "lead" else "Q99"
    asked, story = replace(ROLES[role], organisation=organisation), given()
    for what in ABOUT_A_PRACTICE:
        allowed = MAY[what][role] != "-"
        expected = "the-role-may-do-this" if not allowed else None
        if allowed and organisation != own:
            expected = "the-organisation-is-responsible-for-the-practice"
        assert _refusal(asked, what, story) == expected, what
        assert may(asked, what, story.practice()) is (expected is None), what


def test_a_practice_is_registered_by_its_contract_holder() -> None:
    given_nothing().when(a.register_practice(), replace(MANAGER, organisation="Q98")).then_refused(
        "a-practice-is-registered-by-its-contract-holder", "contract_holder"
    )
    assert given_nothing().when(a.register_practice(contract_holder="Q50"), OPERATOR).broken is None


@pytest.mark.parametrize("asked", [AUDITOR, ADMINISTRATOR, ROLES["none"]], ids=lambda asked: asked.role)
@pytest.mark.parametrize("organisation", [None, "Q99", "99A"])
def test_auditor_and_administrator_ask_for_nothing_about_a_practice(asked, organisation) -> None:
    for what in sorted(c.COMMANDS):
        given().when(_command(what), replace(asked, organisation=organisation)).then_refused(
            "the-role-may-do-this"
        )


def test_what_is_not_in_the_table_is_granted_to_nobody() -> None:
    assert not any(may(asked, "DeleteEverything") for asked in ROLES.values())


# --- scopes: (contract holder, region, local commissioner) of a practice, and who reads it

OWN, SAME_REGION, ELSEWHERE = ("Q99", "Y99", "99A"), ("Q98", "Y99", "99B"), ("Q50", "Y50", "50A")
NO_REGION, NO_COMMISSIONER = ("Q98", None, "99A"), ("Q99", None, None)


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        ("caseworker", {OWN, NO_COMMISSIONER}),
        ("manager", {OWN, SAME_REGION, NO_COMMISSIONER}),
        ("adviser", {OWN, NO_COMMISSIONER}),
        ("lead", {OWN, NO_REGION}),
        ("auditor", {OWN, SAME_REGION, ELSEWHERE, NO_REGION, NO_COMMISSIONER}),
        ("administrator", set()),
        ("operator", {OWN, SAME_REGION, ELSEWHERE, NO_REGION, NO_COMMISSIONER}),
        ("none", set()),
    ],
)
def test_who_reads_which_practices(role, reads) -> None:
    everywhere = [OWN, SAME_REGION, ELSEWHERE, NO_REGION, NO_COMMISSIONER]
    asked = ROLES[role]
    assert {where for where in everywhere if scope_of(asked).covers(*where)} == reads
    for holder, region, commissioner in everywhere:
        assigned = a.responsibility_assigned(
            contract_holder=holder, region=region, local_commissioner=commissioner
        )
        practice = Story(recorded(a.practice_registered(), assigned)).practice()
        for what in ("ReadPractice", "ReadRecord"):
            assert may_read(asked, practice, what) is ((holder, region, commissioner) in reads)


def test_a_manager_reads_the_region_and_acts_in_the_own_area_only() -> None:
    story = given(a.responsibility_assigned(contract_holder="Q98"))
    assert may_read(MANAGER, story.practice())
    story.when(a.decide_tier(), MANAGER).then_refused("the-organisation-is-responsible-for-the-practice")


def test_nobody_without_an_organisation_reads_what_has_none() -> None:
    for role in SPEAKS:
        lost = replace(ROLES[role], organisation=None, region=None)
        assert not scope_of(lost).covers("Q99", None, None)
        assert not scope_of(lost).covers("Q99", "Y99", "99A")
    assert Scope().covers("Q99", None, None) is False


def test_an_auditor_reads_a_practice_for_which_nobody_answers_yet() -> None:
    practice = Story(recorded(a.practice_registered())).practice()
    assert may_read(AUDITOR, practice)
    assert not may_read(MANAGER, practice)
    assert not may_read(ADMINISTRATOR, practice)


@pytest.mark.parametrize(
    "command",
    [
        a.change_details(source="ods-epraccur"),
        a.change_details(source_sha256="0" * 64),
        a.close_practice(source="ods-epraccur"),
    ],
)
def test_what_a_person_typed_came_from_a_form(command) -> None:
    given().when(command, MANAGER).then_refused("what-a-person-typed-came-from-a-form")


def _named(role: str, organisation: str | None, **more: Any) -> Asked:
    return Asked(person="person-00000007", organisation=organisation, role=role, at=NOW, **more)


@pytest.mark.parametrize(
    ("named", "taken"),
    [
        (_named("caseworker", a.HOLDER), True),
        (_named("manager", a.HOLDER), True),
        (_named("caseworker", "Q01", predecessors=frozenset({a.HOLDER})), True),
        (_named("caseworker", "Q98"), False),
        (_named("lead", a.COMMISSIONER), False),
        (_named("auditor", None), False),
        (_named("none", a.HOLDER), False),
        (_named("caseworker", a.HOLDER, recused=frozenset({a.CODE})), False),
    ],
)
def test_a_named_caseworker_works_for_the_contract_holder(named, taken) -> None:
    practice = given().practice()
    if taken:
        check_caseworker(named, practice)
    else:
        with pytest.raises(RuleBroken, match="holds the contract"):
            check_caseworker(named, practice)

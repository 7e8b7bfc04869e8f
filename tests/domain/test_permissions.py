"""Who may do what: typed by hand from the framework's division of work, never read from the code's own table.

Columns: caseworker, manager, lead, auditor, administrator, operator, and somebody who has no role.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.access import commands as access
from domain.access.people import Grant, Person
from domain.access.permissions import GRANTED, Scope, check, check_caseworker, may, may_read, scope_of
from domain.access.roles import Role
from domain.practice import commands as c
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

ROLES = {
    "caseworker": CASEWORKER,
    "manager": MANAGER,
    "lead": LEAD,
    "auditor": AUDITOR,
    "administrator": ADMINISTRATOR,
    "operator": OPERATOR,
    "none": Asked(person="person-nobody01", organisation=None, role="none", at=NOW),
}

#                             caseworker manager lead auditor administrator operator none
MAY = {
    "ReadPractice":            (1, 1, 1, 1, 0, 1, 0),
    "ReadRecord":              (1, 1, 1, 1, 0, 1, 0),
    "ReadPeople":              (0, 0, 0, 0, 1, 1, 0),
    # What the register is imported as; a manager may do it by hand.
    "RegisterPractice":        (0, 1, 0, 0, 0, 1, 0),
    "ChangeDetails":           (1, 1, 0, 0, 0, 1, 0),
    "AssignResponsibility":    (0, 0, 0, 0, 0, 1, 0),
    "ClosePractice":           (0, 1, 0, 0, 0, 1, 0),
    "ReopenPractice":          (0, 1, 0, 0, 0, 1, 0),
    "NameCaseworker":          (1, 1, 0, 0, 0, 0, 0),
    # Only the board records contract facts.
    "SignContract":            (1, 1, 0, 0, 0, 0, 0),
    "VaryContract":            (1, 1, 0, 0, 0, 0, 0),
    # Flags are the board's; the CCG proposes explanations.
    "RaiseFlag":               (1, 1, 0, 0, 0, 0, 0),
    "ExplainFlag":             (1, 1, 1, 0, 0, 0, 0),
    "ClearFlag":               (1, 1, 0, 0, 0, 0, 0),
    "WithdrawFlag":            (1, 1, 0, 0, 0, 0, 0),
    "ReopenFlag":              (1, 1, 0, 0, 0, 0, 0),
    # Conversation, actions and intelligence: both sides.
    "RecordConversation":      (1, 1, 1, 0, 0, 0, 0),
    "RecordIntelligence":      (1, 1, 1, 0, 0, 0, 0),
    "CorroborateIntelligence": (1, 1, 1, 0, 0, 0, 0),
    "DiscountIntelligence":    (1, 1, 1, 0, 0, 0, 0),
    "ProposeAction":           (1, 1, 1, 0, 0, 0, 0),
    "AnswerAction":            (1, 1, 1, 0, 0, 0, 0),
    "ProgressAction":          (1, 1, 1, 0, 0, 0, 0),
    "RescheduleAction":        (1, 1, 1, 0, 0, 0, 0),
    "CompleteAction":          (1, 1, 1, 0, 0, 0, 0),
    "AcceptEvidence":          (1, 1, 1, 0, 0, 0, 0),
    "SendBackAction":          (1, 1, 1, 0, 0, 0, 0),
    "CancelAction":            (1, 1, 1, 0, 0, 0, 0),
    "ReopenAction":            (1, 1, 1, 0, 0, 0, 0),
    # The manager agrees for the board, the lead for the CCG.
    "AgreeAction":             (0, 1, 1, 0, 0, 0, 0),
    # The caseworker proposes, the manager decides.
    "ProposeTier":             (1, 0, 0, 0, 0, 0, 0),
    "DeclineTierProposal":     (0, 1, 0, 0, 0, 0, 0),
    "DecideTier":              (0, 1, 0, 0, 0, 0, 0),
    # Own entries directly, others' by request; a manager authorises.
    "CorrectFact":             (1, 1, 1, 0, 0, 0, 0),
    "WithdrawFact":            (1, 1, 1, 0, 0, 0, 0),
    "RequestCorrection":       (1, 1, 1, 0, 0, 0, 0),
    "AuthoriseCorrection":     (0, 1, 0, 0, 0, 0, 0),
    "DeclineCorrection":       (0, 1, 0, 0, 0, 0, 0),
    # People, and no content.
    "AddPerson":               (0, 0, 0, 0, 1, 1, 0),
    "GrantRole":               (0, 0, 0, 0, 1, 1, 0),
    "EndRole":                 (0, 0, 0, 0, 1, 1, 0),
    "MakeSignInLink":          (0, 0, 0, 0, 1, 1, 0),
    "NameOrganisation":        (0, 0, 0, 0, 0, 1, 0),
}  # fmt: skip

EVERY = [(what, role, bool(may)) for what, row in MAY.items() for role, may in zip(ROLES, row, strict=True)]


def _command(what: str):
    """The command with whatever ids: permission is judged before anything else."""
    kinds = {
        "flag_id": "flag-00000000", "intelligence_id": "intelligence-00000000", "action_id": "action-00000000",
        "proposal_id": "proposal-00000000", "request_id": "request-00000000", "contract_id": "contract-00000000",
        "person_id": "person-00000000", "version": 3,
    }  # fmt: skip
    name = "".join("_" + letter.lower() if letter.isupper() else letter for letter in what)[1:]
    known = {**c.COMMANDS, **access.COMMANDS}[what].__dataclass_fields__
    return getattr(a, name)(**{field: value for field, value in kinds.items() if field in known})


def _refusal(asked: Asked, what: str, story: Story) -> str | None:
    try:
        check(asked, _command(what), story.practice())
    except RuleBroken as broken:
        return broken.rule
    return None


def test_every_command_and_every_reading_has_a_row() -> None:
    assert set(MAY) == {*c.COMMANDS, *access.COMMANDS, "ReadPractice", "ReadRecord", "ReadPeople"}
    assert set(GRANTED) == set(MAY)


@pytest.mark.parametrize(("what", "role", "granted"), EVERY)
def test_a_role_may_do_what_the_framework_gives_it_and_nothing_else(what, role, granted) -> None:
    asked = ROLES[role]
    assert may(asked, what) is granted
    if not what.startswith("Read"):
        assert _refusal(asked, what, given()) == (None if granted else "the-role-may-do-this")


ABOUT_A_PRACTICE = [what for what in MAY if what in c.COMMANDS and what != "RegisterPractice"]


@pytest.mark.parametrize("what", ABOUT_A_PRACTICE)
@pytest.mark.parametrize("role", ["caseworker", "manager", "lead"])
@pytest.mark.parametrize("organisation", ["Q98", "99B", "Q99", "99A", None])
def test_only_the_responsible_organisation_acts_on_its_own_side(what, role, organisation) -> None:
    """A board's person of another area team, a CCG's of another CCG, and the code of the other side are all foreign."""
    own = {"caseworker": "Q99", "manager": "Q99", "lead": "99A"}[role]
    asked = replace(ROLES[role], organisation=organisation)
    allowed = bool(MAY[what][list(ROLES).index(role)])
    expected = "the-role-may-do-this" if not allowed else None
    if allowed and organisation != own:
        expected = "the-organisation-is-responsible-for-the-practice"
    assert _refusal(asked, what, given()) == expected
    assert may(asked, what, given().practice()) is (expected is None)


def test_a_practice_is_registered_by_its_contract_holder() -> None:
    given_nothing().when(a.register_practice(), replace(MANAGER, organisation="Q98")).then_refused(
        "a-practice-is-registered-by-its-contract-holder", "contract_holder"
    )
    assert given_nothing().when(a.register_practice(contract_holder="Q50"), OPERATOR).broken is None


@pytest.mark.parametrize("asked", [AUDITOR, ADMINISTRATOR, ROLES["none"]], ids=lambda asked: asked.role)
@pytest.mark.parametrize("what", sorted(c.COMMANDS))
def test_auditor_and_administrator_ask_for_nothing_about_a_practice(asked, what) -> None:
    for organisation in (None, "Q99", "99A"):
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
    for role in ("caseworker", "manager", "lead"):
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


def _person(role: str, organisation: str | None) -> Person:
    return Person("person-00000007", grants=[Grant(Role(role), organisation, date(2024, 1, 1), None)])


@pytest.mark.parametrize(
    ("person", "taken"),
    [
        (_person("caseworker", a.HOLDER), True),
        (_person("manager", a.HOLDER), True),
        (_person("caseworker", "Q98"), False),
        (_person("lead", a.COMMISSIONER), False),
        (_person("auditor", None), False),
        (Person(), False),
    ],
)
def test_a_named_caseworker_works_for_the_contract_holder(person, taken) -> None:
    practice = given().practice()
    if taken:
        check_caseworker(person, practice, a.TODAY)
    else:
        with pytest.raises(RuleBroken, match="holds the contract"):
            check_caseworker(person, practice, a.TODAY)

"""Who may do what: one literal table, used by pages and the command line alike. What it does not grant is refused.

From the framework's division of work (domain reference 6.7): only the contract holder records contract facts and
decides; the local commissioner records, agrees for itself, and never touches the contract; auditors read everything
and record nothing; administrators keep people and see no content.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.access.commands import AccessCommand
from domain.access.people import Person
from domain.access.roles import SIDE_OF, Role
from domain.practice.commands import RegisterPractice
from domain.practice.kinds import IntelligenceSource, Side
from domain.practice.state import Practice
from domain.rules import Asked, Command, RuleBroken

_TABLE = """
                          caseworker  manager  lead  auditor  administrator  operator
ReadPractice              yes         yes      yes   yes      -              yes
ReadRecord                yes         yes      yes   yes      -              yes

RegisterPractice          -           yes      -     -        -              yes
ChangeDetails             yes         yes      -     -        -              yes
AssignResponsibility      -           -        -     -        -              yes
NameCaseworker            yes         yes      -     -        -              -
ClosePractice             -           yes      -     -        -              yes
ReopenPractice            -           yes      -     -        -              yes

SignContract              yes         yes      -     -        -              -
VaryContract              yes         yes      -     -        -              -

RaiseFlag                 yes         yes      -     -        -              -
ExplainFlag               yes         yes      yes   -        -              -
ClearFlag                 yes         yes      -     -        -              -
WithdrawFlag              yes         yes      -     -        -              -
ReopenFlag                yes         yes      -     -        -              -

RecordConversation        yes         yes      yes   -        -              -
RecordIntelligence        yes         yes      yes   -        -              -
CorroborateIntelligence   yes         yes      yes   -        -              -
DiscountIntelligence      yes         yes      yes   -        -              -

ProposeAction             yes         yes      yes   -        -              -
AgreeAction               -           yes      yes   -        -              -
AnswerAction              yes         yes      yes   -        -              -
ProgressAction            yes         yes      yes   -        -              -
RescheduleAction          yes         yes      yes   -        -              -
CompleteAction            yes         yes      yes   -        -              -
AcceptEvidence            yes         yes      yes   -        -              -
SendBackAction            yes         yes      yes   -        -              -
CancelAction              yes         yes      yes   -        -              -
ReopenAction              yes         yes      yes   -        -              -

ProposeTier               yes         -        -     -        -              -
DeclineTierProposal       -           yes      -     -        -              -
DecideTier                -           yes      -     -        -              -

CorrectFact               yes         yes      yes   -        -              -
WithdrawFact              yes         yes      yes   -        -              -
RequestCorrection         yes         yes      yes   -        -              -
AuthoriseCorrection       -           yes      -     -        -              -
DeclineCorrection         -           yes      -     -        -              -

ReadPeople                -           -        -     -        yes            yes
AddPerson                 -           -        -     -        yes            yes
GrantRole                 -           -        -     -        yes            yes
EndRole                   -           -        -     -        yes            yes
MakeSignInLink            -           -        -     -        yes            yes
NameOrganisation          -           -        -     -        -              yes
"""


def _read_table(table: str) -> dict[str, frozenset[str]]:
    heading, *rows = (line.split() for line in table.strip().splitlines() if line.strip())
    return {
        what: frozenset(role for role, said in zip(heading, says, strict=True) if said == "yes")
        for what, *says in rows
    }


GRANTED: dict[str, frozenset[str]] = _read_table(_TABLE)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which practices a person may read: everything, or those of these organisations; nothing when all are None.

    A manager reads the whole region of their organisation, a caseworker their area, a lead the member practices.
    """

    everything: bool = False
    contract_holder: str | None = None
    region: str | None = None
    local_commissioner: str | None = None

    def covers(self, contract_holder: str | None, region: str | None, local_commissioner: str | None) -> bool:
        return (
            self.everything
            or (self.contract_holder is not None and contract_holder == self.contract_holder)
            or (self.region is not None and region == self.region)
            or (self.local_commissioner is not None and local_commissioner == self.local_commissioner)
        )


def scope_of(asked: Asked) -> Scope:
    """The practices that this person may read."""
    if asked.role in {Role.AUDITOR, "operator"}:
        return Scope(everything=True)
    if asked.role == Role.CASEWORKER:
        return Scope(contract_holder=asked.organisation)
    if asked.role == Role.MANAGER:
        return Scope(contract_holder=asked.organisation, region=asked.region)
    if asked.role == Role.LEAD:
        return Scope(local_commissioner=asked.organisation)
    return Scope()


def may_read(asked: Asked, practice: Practice, what: str = "ReadPractice") -> bool:
    """Whether this person may read this practice's page (`ReadPractice`) or whole record (`ReadRecord`)."""
    if asked.role not in GRANTED[what]:
        return False
    scope, responsible = scope_of(asked), practice.responsible_on(asked.on)
    if responsible is None:
        return scope.everything
    return scope.covers(responsible.contract_holder, responsible.region, responsible.local_commissioner)


def may(asked: Asked, what: str, practice: Practice | None = None) -> bool:
    """Whether this person may ask for `what`, a command's name, about this practice (None: about any)."""
    if asked.role not in GRANTED.get(what, frozenset()):
        return False
    return practice is None or asked.role == "operator" or _responsible(asked, practice)


_TYPED_SOURCES = frozenset({"form", *IntelligenceSource})
"""What a person may give as a source: a form, or where soft intelligence came from."""


def check(asked: Asked, command: Command, practice: Practice | None = None) -> None:
    """Refuse a command that the table does not grant to this person for this practice."""
    what = type(command).__name__
    if asked.role not in GRANTED.get(what, frozenset()):
        raise RuleBroken("the-role-may-do-this", "Your role does not allow this")
    if isinstance(command, AccessCommand) or asked.role == "operator":
        return
    if getattr(command, "source_sha256", None) or getattr(command, "source", "form") not in _TYPED_SOURCES:
        raise RuleBroken(
            "what-a-person-typed-came-from-a-form", "Only an import names a register as its source"
        )
    if isinstance(command, RegisterPractice):
        if command.contract_holder != asked.organisation:
            raise RuleBroken(
                "a-practice-is-registered-by-its-contract-holder",
                "You can register practices of your own organisation only",
                "contract_holder",
            )
    elif practice is not None and practice.registered and not _responsible(asked, practice):
        raise RuleBroken(
            "the-organisation-is-responsible-for-the-practice",
            "Your organisation is not responsible for this practice",
        )


def check_caseworker(person: Person, practice: Practice, day: date) -> None:
    """Refuse a named caseworker who does not work for the practice's contract holder on the day."""
    grant, responsible = person.grant_on(day), practice.responsible_on(day)
    if (
        grant is None
        or responsible is None
        or SIDE_OF.get(grant.role) != Side.CONTRACT_HOLDER
        or grant.organisation != responsible.contract_holder
    ):
        raise RuleBroken(
            "a-caseworker-works-for-the-contract-holder",
            "Choose somebody who works for the organisation that holds the contract",
            "caseworker",
        )


def check_who_took_part(unknown: Iterable[str]) -> None:
    """Refuse people by id whom nobody knows."""
    if any(unknown):
        raise RuleBroken(
            "who-took-part-is-known", "Choose a person who signs in to Casebook, or only a role", "attendees"
        )


def _responsible(asked: Asked, practice: Practice) -> bool:
    responsible = practice.responsible_on(asked.on)
    if responsible is None or asked.organisation is None:
        return False
    side = SIDE_OF.get(asked.role)
    holder = side == Side.CONTRACT_HOLDER and responsible.contract_holder == asked.organisation
    commissioner = side == Side.LOCAL_COMMISSIONER and responsible.local_commissioner == asked.organisation
    return holder or commissioner

"""Who may do what: one literal table, used by pages and the command line alike. What it does not grant is refused.

From the framework's division of work (domain reference 6.7): only the contract holder records contract facts and
decides, and its medical and quality leads advise; the local commissioner records, agrees for itself, and never touches
the contract; auditors read everything and record nothing; administrators keep people and see no content. Whoever is
recused from a practice neither sees it nor acts in it, whatever their role.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.access.commands import AccessCommand, ArrangeCover, CoverCommand, EndRecusal, InterestCommand
from domain.access.roles import SIDE_OF, Role
from domain.indicators.commands import IndicatorCommand
from domain.practice.commands import RegisterPractice
from domain.practice.kinds import IntelligenceSource, Side
from domain.practice.state import Practice
from domain.rules import Asked, Command, RuleBroken

_TABLE = """
                          caseworker  manager  adviser  lead  auditor  administrator  operator
ReadPractice              yes         yes      yes      yes   yes      -              yes
ReadRecord                yes         yes      yes      yes   yes      -              yes
ReadTeam                  -           yes      -        yes   -        -              -
Search                    yes         yes      yes      yes   yes      -              yes
ReadInsight               -           yes      -        yes   yes      -              -

RegisterPractice          -           yes      -        -     -        -              yes
ChangeDetails             yes         yes      -        -     -        -              yes
AssignResponsibility      -           -        -        -     -        -              yes
NameCaseworker            yes         yes      -        -     -        -              -
HandOverPractice          yes         yes      -        -     -        -              -
ClosePractice             -           yes      -        -     -        -              yes
ReopenPractice            -           yes      -        -     -        -              yes

SignContract              yes         yes      -        -     -        -              -
VaryContract              yes         yes      -        -     -        -              -
NameProvider              yes         yes      -        -     -        -              -

RecordInspection          yes         yes      -        -     -        -              -
RecordRegulatoryAction    yes         yes      -        -     -        -              -
EndRegulatoryAction       yes         yes      -        -     -        -              -
AskForDeclaration         yes         yes      -        -     -        -              -
RecordDeclaration         yes         yes      -        -     -        -              -
AmendDeclaration          yes         yes      -        -     -        -              -

IdentifyBreach            yes         yes      -        -     -        -              -
HandleBreachInformally    yes         yes      -        -     -        -              -
AttemptLocalResolution    yes         yes      -        -     -        -              -
DraftRemedialNotice       yes         yes      -        -     -        -              -
DraftBreachNotice         yes         yes      -        -     -        -              -
ProposeSanction           yes         yes      -        -     -        -              -
DraftTerminationNotice    yes         yes      -        -     -        -              -
IssueNotice               -           yes      -        -     -        -              -
ServeNotice               yes         yes      -        -     -        -              -
RecordNoticeReceipt       yes         yes      -        -     -        -              -
FindNoticeSatisfied       -           yes      -        -     -        -              -
FindNoticeNotSatisfied    -           yes      -        -     -        -              -
WithdrawNotice            -           yes      -        -     -        -              -
ImposeSanction            -           yes      -        -     -        -              -
LiftSanction              -           yes      -        -     -        -              -
SuspendContractor         yes         yes      -        -     -        -              -
EndSuspension             yes         yes      -        -     -        -              -
RecordContractorNotice    yes         yes      -        -     -        -              -
WithdrawContractorNotice  yes         yes      -        -     -        -              -
TerminateContract         -           yes      -        -     -        -              -
ReferDispute              yes         yes      -        -     -        -              -
DetermineDispute          yes         yes      -        -     -        -              -
WithdrawDispute           yes         yes      -        -     -        -              -

ApplyForListClosure       yes         yes      -        -     -        -              -
ApproveListClosure        -           yes      -        -     -        -              -
RefuseListClosure         -           yes      -        -     -        -              -
ExtendListClosure         -           yes      -        -     -        -              -
ReopenList                -           yes      -        -     -        -              -
ApplyForBranchClosure     yes         yes      -        -     -        -              -
ApproveBranchClosure      -           yes      -        -     -        -              -
RefuseBranchClosure       -           yes      -        -     -        -              -
ApproveMerger             -           yes      -        -     -        -              -
MergePractices            -           yes      -        -     -        -              -
ChangeContractorComposition yes       yes      -        -     -        -              -
ChangePracticeBoundary    yes         yes      -        -     -        -              -
HoldContractReview        yes         yes      -        -     -        -              -

RaiseFlag                 yes         yes      -        -     -        -              -
ExplainFlag               yes         yes      yes      yes   -        -              -
AcceptExplanation         yes         yes      yes      -     -        -              -
DeclineExplanation        yes         yes      yes      -     -        -              -
ClearFlag                 yes         yes      -        -     -        -              -
WithdrawFlag              yes         yes      -        -     -        -              -
ReopenFlag                yes         yes      -        -     -        -              -
SettleFlags               -           -        -        -     -        -              yes

RecordConversation        yes         yes      yes      yes   -        -              -
AttachDocument            yes         yes      yes      yes   -        -              -
WriteLetter               yes         yes      yes      yes   -        -              -
RecordIntelligence        yes         yes      yes      yes   -        -              -
CorroborateIntelligence   yes         yes      yes      yes   -        -              -
DiscountIntelligence      yes         yes      yes      yes   -        -              -

ProposeAction             yes         yes      yes      yes   -        -              -
AgreeAction               -           yes      -        yes   -        -              -
AnswerAction              yes         yes      yes      yes   -        -              -
ProgressAction            yes         yes      yes      yes   -        -              -
RescheduleAction          yes         yes      yes      yes   -        -              -
CompleteAction            yes         yes      yes      yes   -        -              -
AcceptEvidence            yes         yes      yes      yes   -        -              -
SendBackAction            yes         yes      yes      yes   -        -              -
CancelAction              yes         yes      yes      yes   -        -              -
ReopenAction              yes         yes      yes      yes   -        -              -
RecordVisitStage          yes         yes      yes      yes   -        -              -

CloseEpisode              yes         yes      -        -     -        -              -
ReopenEpisode             yes         yes      -        -     -        -              -

ProposeTier               yes         -        -        -     -        -              -
DeclineTierProposal       -           yes      -        -     -        -              -
OpenTierDecision          -           yes      -        -     -        -              -
StateTierView             -           -        -        yes   -        -              -
GiveOverride              -           -        yes      -     -        -              -
DecideTier                -           yes      -        -     -        -              -
RecordDissent             -           yes      -        yes   -        -              -
ReaffirmDecision          -           yes      -        -     -        -              -

CorrectFact               yes         yes      yes      yes   -        -              -
WithdrawFact              yes         yes      yes      yes   -        -              -
RequestCorrection         yes         yes      -        yes   -        -              -
AuthoriseCorrection       -           yes      -        -     -        -              -
DeclineCorrection         -           yes      -        -     -        -              -

AgreeEntry                yes         yes      -        yes   -        -              -
DisputeEntry              yes         yes      -        yes   -        -              -
AmendEntry                yes         yes      -        yes   -        -              -
SetExpectation            yes         yes      yes      yes   -        -              -
AnswerExpectation         yes         yes      yes      yes   -        -              -
MoveExpectation           yes         yes      yes      yes   -        -              -
WithdrawExpectation       yes         yes      yes      yes   -        -              -
StopClock                 yes         yes      yes      yes   -        -              -
RestartClock              yes         yes      yes      yes   -        -              -

StatePosition             -           yes      -        yes   -        -              -
JoinThreads               yes         yes      yes      yes   -        -              -
PartThreads               yes         yes      yes      yes   -        -              -

TellPractice              yes         yes      yes      yes   -        -              -
ReceivePracticeResponse   yes         yes      yes      yes   -        -              -
MakeFactualChallenge      yes         yes      yes      yes   -        -              -
DecideFactualChallenge    -           yes      -        -     -        -              -
ReferToQualitySurveillanceGroup  -    yes      yes      yes   -        -              -
AgreePlan                 -           yes      -        yes   -        -              -
AnswerPlan                yes         yes      yes      yes   -        -              -

ChangeVisibility          yes         yes      yes      yes   -        -              -
RequestAccess             yes         yes      yes      yes   -        -              -
GrantAccess               -           yes      -        yes   -        -              -
DeclineAccess             -           yes      -        yes   -        -              -
TakeEmergencyAccess       yes         yes      yes      yes   -        -              -
ReviewEmergencyAccess     -           yes      -        -     -        -              -

LinkPractices             yes         yes      yes      yes   -        -              -
UnlinkPractices           yes         yes      yes      yes   -        -              -

ReadPerformers            -           yes      yes      -     -        -              -
RecordPerformerReference  -           -        yes      -     -        -              -
ClosePerformerReference   -           -        yes      -     -        -              -
GrantPerformerAccess      -           yes      -        -     -        -              -
EndPerformerAccess        -           yes      -        -     -        -              -

ReadIndicators            yes         yes      yes      yes   yes      -              yes
DefineIndicator           -           yes      -        -     -        -              yes
RetireIndicator           -           yes      -        -     -        -              yes

ReadReleases              yes         yes      yes      yes   yes      -              yes
PublishRelease            -           yes      -        -     -        -              yes
RestateRelease            -           yes      -        -     -        -              yes
WithdrawRelease           -           yes      -        -     -        -              yes
CompleteFlags             -           -        -        -     -        -              yes

ReadFramework             yes         yes      yes      yes   yes      -              yes
ReadDryRun                -           yes      yes      -     yes      -              yes
DraftRuleSet              -           -        yes      -     -        -              yes
PublishRuleSet            -           yes      -        -     -        -              yes
DeclineRuleSet            -           yes      yes      -     -        -              -
WithdrawRuleSet           -           yes      -        -     -        -              -

ReadInterests             yes         yes      yes      yes   yes      -              -
DeclareInterest           yes         yes      yes      yes   -        -              -
EndInterest               yes         yes      yes      yes   -        -              -
RecusePerson              yes         yes      yes      yes   -        -              -
EndRecusal                -           yes      -        -     -        -              -

ReadCover                 yes         yes      -        -     yes      -              -
ArrangeCover              yes         yes      -        -     -        -              -
EndCover                  yes         yes      -        -     -        -              -

ReadAccessLog             -           -        -        -     yes      -              yes
ReadSample                -           -        -        -     yes      -              yes

ReadPeople                -           -        -        -     yes      yes            yes
AddPerson                 -           -        -        -     -        yes            yes
GrantRole                 -           -        -        -     -        yes            yes
EndRole                   -           -        -        -     -        yes            yes
MakeSignInLink            -           -        -        -     -        yes            yes
ClearLockOut              -           -        -        -     -        yes            yes
NameOrganisation          -           -        -        -     -        -              yes
SucceedOrganisation       -           -        -        -     -        yes            yes
AddressOrganisation       -           yes      -        -     -        -              yes
WriteTemplate             -           yes      -        yes   -        -              -
EndTemplate               -           yes      -        yes   -        -              -
"""


def _read_table(table: str) -> dict[str, frozenset[str]]:
    heading, *rows = (line.split() for line in table.strip().splitlines() if line.strip())
    return {
        what: frozenset(role for role, said in zip(heading, says, strict=True) if said == "yes")
        for what, *says in rows
    }


GRANTED: dict[str, frozenset[str]] = _read_table(_TABLE)

COVERING = frozenset({Role.CASEWORKER.value, Role.MANAGER.value})
"""Who covers, and is covered for: those who may be a practice's caseworker and close its episodes."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which practices a person may read: everything, or those of these organisations; and of these, none of `recused`.

    A manager reads the whole region of their organisation, a caseworker or adviser their area, a lead the member
    practices: each also what the organisations had that theirs succeeded.
    """

    everything: bool = False
    contract_holders: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    local_commissioners: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()

    def covers(self, contract_holder: str | None, region: str | None, local_commissioner: str | None) -> bool:
        return (
            self.everything
            or contract_holder in self.contract_holders
            or region in self.regions
            or local_commissioner in self.local_commissioners
        )


def scope_of(asked: Asked) -> Scope:
    """The practices that this person may read."""
    if asked.role in {Role.AUDITOR, "operator"}:
        return Scope(everything=True, recused=asked.recused)
    if asked.role in {Role.CASEWORKER, Role.ADVISER}:
        return Scope(contract_holders=asked.own, recused=asked.recused)
    if asked.role == Role.MANAGER:
        return Scope(contract_holders=asked.own, regions=asked.regions, recused=asked.recused)
    if asked.role == Role.LEAD:
        return Scope(local_commissioners=asked.own, recused=asked.recused)
    return Scope()


def may_read(asked: Asked, practice: Practice, what: str = "ReadPractice") -> bool:
    """Whether this person may read this practice's page (`ReadPractice`) or whole record (`ReadRecord`)."""
    if asked.role not in GRANTED[what] or practice.code in asked.recused:
        return False
    scope, responsible = scope_of(asked), practice.responsible_on(asked.on)
    if responsible is None:
        return scope.everything
    return scope.covers(responsible.contract_holder, responsible.region, responsible.local_commissioner)


def only_reads(what: str) -> bool:
    """Whether a permission is to read, and to record nothing."""
    return what == "Search" or what.startswith("Read")


def rule_against_reading(asked: Asked, practice: Practice) -> str:
    """The rule by which somebody may not read a practice: what the access log keeps. The person is told neither."""
    if practice.code in asked.recused:
        return RuleBroken("who-is-recused-takes-no-part", "You take no part in this practice").rule
    return RuleBroken(
        "a-practice-is-read-by-those-responsible-for-it", "This is not a practice that you may read"
    ).rule


def may(asked: Asked, what: str, practice: Practice | None = None) -> bool:
    """Whether this person may ask for `what`, a command's name, about this practice (None: about any)."""
    if asked.role not in GRANTED.get(what, frozenset()):
        return False
    if practice is None or asked.role == "operator":
        return True
    return practice.code not in asked.recused and _responsible(asked, practice)


_TYPED_SOURCES = frozenset({"form", *IntelligenceSource})
"""What a person may give as a source: a form, or where soft intelligence came from."""


def check(asked: Asked, command: Command, practice: Practice | None = None) -> None:
    """Refuse a command that the table does not grant to this person for this practice."""
    what = type(command).__name__
    if asked.role not in GRANTED.get(what, frozenset()):
        raise RuleBroken("the-role-may-do-this", "Your role does not allow this")
    if isinstance(command, AccessCommand | IndicatorCommand) or asked.role == "operator":
        return
    code = command.code if isinstance(command, RegisterPractice) else practice.code if practice else ""
    if code in asked.recused:
        raise RuleBroken("who-is-recused-takes-no-part", "You take no part in this practice")
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


def check_role(asked: Asked, command: Command, _whatever_there_is: object) -> None:
    """The role is judged first, and of every code alike: what there is under it is judged elsewhere, and told to nobody."""
    check(asked, command)


def check_caseworker(named: Asked, practice: Practice) -> None:
    """Refuse a named caseworker who does not work for the practice's contract holder on the day, or takes no part.

    That somebody is recused is not told: nobody else's interests are the sender's to know.
    """
    side = SIDE_OF.get(named.role)
    if side != Side.CONTRACT_HOLDER or practice.code in named.recused or not _responsible(named, practice):
        raise RuleBroken(
            "a-caseworker-works-for-the-contract-holder",
            "Choose somebody who works for the organisation that holds the contract",
            "caseworker",
        )


def may_of(asked: Asked, what: str, named: Asked, practice: Practice | None = None) -> bool:
    """Whether this person may ask for `what` about another's interests: their own, and a manager those of their staff.

    A manager of the contract holder also lifts the recusal of a local commissioner's person, who has no manager here.
    Whoever is recused from a practice says nothing about others' part in it.
    """
    if asked.role not in GRANTED[what]:
        return False
    if asked.person == named.person:
        return True
    if asked.role != Role.MANAGER or (practice is not None and practice.code in asked.recused):
        return False
    return named.organisation in asked.own or (
        what == EndRecusal.__name__
        and practice is not None
        and SIDE_OF.get(named.role) == Side.LOCAL_COMMISSIONER
        and _responsible(asked, practice)
    )


def check_interests(asked: Asked, command: InterestCommand, named: Asked, practice: Practice | None) -> None:
    """Refuse whoever says something about the interests of a person who is neither themselves nor of their staff.

    `named` is whom the command is about, as they ask today; `practice` the one that it names.
    """
    if not may_of(asked, type(command).__name__, named, practice):
        raise not_ones_own()
    if practice is not None and not isinstance(command, EndRecusal):
        # Whose practice it is not, is not told whether it is there.
        unhindered = replace(named, recused=frozenset())
        if not practice.registered or not may_read(unhindered, practice):
            raise RuleBroken(
                "an-interest-is-in-a-practice-that-they-may-read",
                "No practice of this code is theirs to read. Check the code, or choose an organisation and say it in words",
                "practice",
            )


def not_ones_own() -> RuleBroken:
    """Why somebody has no say in another's interests: what a command is refused with, and the access log keeps."""
    return RuleBroken(
        "interests-are-ones-own-or-ones-staffs",
        "You can record interests of your own, or of people of your organisation",
    )


def check_cover(asked: Asked, command: CoverCommand, absent: Asked, covers: Asked) -> None:
    """Refuse whoever arranges cover for a person who is neither themselves nor of their staff, and cover by a stranger.

    `absent` is who is away, and `covers` who stands in, as they ask today.
    """
    if not may_of(asked, type(command).__name__, absent):
        raise not_ones_to_cover()
    fits = covers.role in COVERING and absent.role in COVERING and covers.organisation == absent.organisation
    if isinstance(command, ArrangeCover) and not fits:
        raise RuleBroken(
            "a-colleague-covers",
            "Choose a caseworker or manager of the same organisation",
            "person_id",
        )


def not_ones_to_cover() -> RuleBroken:
    """Why somebody has no say in another's cover: what a command is refused with, and the access log keeps."""
    return RuleBroken(
        "cover-is-ones-own-or-ones-staffs",
        "You can arrange cover for yourself, or for people of your organisation",
    )


def may_know_interests(asked: Asked, named: Asked) -> bool:
    """Whether this person may read another's interests: their own, those of a manager's staff, and an auditor all."""
    if asked.role not in GRANTED["ReadInterests"]:
        return False
    return (
        asked.person == named.person
        or asked.role == Role.AUDITOR
        or (asked.role == Role.MANAGER and named.organisation in asked.own)
    )


def check_who_took_part(unknown: Iterable[str]) -> None:
    """Refuse people by id whom nobody knows."""
    if any(unknown):
        raise RuleBroken(
            "who-took-part-is-known", "Choose a person who signs in to Casebook, or only a role", "attendees"
        )


def _responsible(asked: Asked, practice: Practice) -> bool:
    responsible = practice.responsible_on(asked.on)
    if responsible is None:
        return False
    side = SIDE_OF.get(asked.role)
    holder = side == Side.CONTRACT_HOLDER and responsible.contract_holder in asked.own
    commissioner = side == Side.LOCAL_COMMISSIONER and responsible.local_commissioner in asked.own
    return holder or commissioner

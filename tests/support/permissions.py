"""Who may do what: typed by hand from the framework's division of work, never read from the code's own table.

One table for every command, every reading and every route. Its answers:

own      about the practices of the own organisation, on the own side; also of those it succeeded
region   those, and the others of the own region
all      about every practice
self     about oneself
staff    about oneself, and the people of the own organisation
others   about the people of the own organisation, but oneself
yes      about no practice and no person in particular
-        never

About a practice that somebody is recused from, the answer is never, but for the operator, who is nobody.
"""

from __future__ import annotations

ANSWERS = frozenset({"own", "region", "all", "self", "staff", "others", "yes", "-"})

TABLE = """
                         caseworker manager adviser lead  auditor administrator operator none

ReadPractice             own        region  own     own   all     -             all      -
ReadRecord               own        region  own     own   all     -             all      -
# What each caseworker of the own practices has: whoever answers for all of them.
ReadTeam                 -          own     -       own   -       -             -        -
# What is found is what may be read.
Search                   own        region  own     own   all     -             all      -
# Pictures of many practices: managers of their region, leads of their CCG, auditors.
ReadInsight              -          region  -       own   all     -             -        -

# What the register is imported as; a manager may do it by hand.
RegisterPractice         -          own     -       -     -       -             all      -
ChangeDetails            own        own     -       -     -       -             all      -
AssignResponsibility     -          -       -       -     -       -             all      -
ClosePractice            -          own     -       -     -       -             all      -
ReopenPractice           -          own     -       -     -       -             all      -
NameCaseworker           own        own     -       -     -       -             -        -
# Handing over, closing and reopening are the contract holder's; of these, the rules let whose it is and who covers.
HandOverPractice         own        own     -       -     -       -             -        -
CloseEpisode             own        own     -       -     -       -             -        -
ReopenEpisode            own        own     -       -     -       -             -        -
# Only the contract holder records contract facts; its advisers advise.
SignContract             own        own     -       -     -       -             -        -
VaryContract             own        own     -       -     -       -             -        -
NameProvider             own        own     -       -     -       -             -        -
# Whoever records what is said records what was asked for, and what came; only the side that asked moves it or stops its clock.
SetExpectation           own        own     own     own   -       -             -        -
AnswerExpectation        own        own     own     own   -       -             -        -
MoveExpectation          own        own     own     own   -       -             -        -
WithdrawExpectation      own        own     own     own   -       -             -        -
StopClock                own        own     own     own   -       -             -        -
RestartClock             own        own     own     own   -       -             -        -
# What the regulator did and what the practice declared is recorded by the contract holder.
RecordInspection         own        own     -       -     -       -             -        -
RecordRegulatoryAction   own        own     -       -     -       -             -        -
EndRegulatoryAction      own        own     -       -     -       -             -        -
AskForDeclaration        own        own     -       -     -       -             -        -
RecordDeclaration        own        own     -       -     -       -             -        -
AmendDeclaration         own        own     -       -     -       -             -        -
# The ladder (6.7): a caseworker drafts and records what happened, a manager issues, assesses, imposes and ends.
IdentifyBreach           own        own     -       -     -       -             -        -
HandleBreachInformally   own        own     -       -     -       -             -        -
AttemptLocalResolution   own        own     -       -     -       -             -        -
DraftRemedialNotice      own        own     -       -     -       -             -        -
DraftBreachNotice        own        own     -       -     -       -             -        -
ProposeSanction          own        own     -       -     -       -             -        -
DraftTerminationNotice   own        own     -       -     -       -             -        -
IssueNotice              -          own     -       -     -       -             -        -
ServeNotice              own        own     -       -     -       -             -        -
RecordNoticeReceipt      own        own     -       -     -       -             -        -
FindNoticeSatisfied      -          own     -       -     -       -             -        -
FindNoticeNotSatisfied   -          own     -       -     -       -             -        -
WithdrawNotice           -          own     -       -     -       -             -        -
ImposeSanction           -          own     -       -     -       -             -        -
LiftSanction             -          own     -       -     -       -             -        -
SuspendContractor        own        own     -       -     -       -             -        -
EndSuspension            own        own     -       -     -       -             -        -
RecordContractorNotice   own        own     -       -     -       -             -        -
WithdrawContractorNotice own        own     -       -     -       -             -        -
TerminateContract        -          own     -       -     -       -             -        -
ReferDispute             own        own     -       -     -       -             -        -
DetermineDispute         own        own     -       -     -       -             -        -
WithdrawDispute          own        own     -       -     -       -             -        -
# What the contractor asks for is recorded; a manager decides. What changes the contract is recorded as a variation is.
ApplyForListClosure      own        own     -       -     -       -             -        -
ApproveListClosure       -          own     -       -     -       -             -        -
RefuseListClosure        -          own     -       -     -       -             -        -
ExtendListClosure        -          own     -       -     -       -             -        -
ReopenList               -          own     -       -     -       -             -        -
ApplyForBranchClosure    own        own     -       -     -       -             -        -
ApproveBranchClosure     -          own     -       -     -       -             -        -
RefuseBranchClosure      -          own     -       -     -       -             -        -
ApproveMerger            -          own     -       -     -       -             -        -
MergePractices           -          own     -       -     -       -             -        -
ChangeContractorComposition own     own     -       -     -       -             -        -
ChangePracticeBoundary   own        own     -       -     -       -             -        -
HoldContractReview       own        own     -       -     -       -             -        -
# Flags are the contract holder's; advisers explain them, the commissioner proposes explanations.
RaiseFlag                own        own     -       -     -       -             -        -
ExplainFlag              own        own     own     own   -       -             -        -
# Whoever explains in their own right says of another's explanation whether it holds; the commissioner only proposes.
AcceptExplanation        own        own     own     -     -       -             -        -
DeclineExplanation       own        own     own     -     -       -             -        -
ClearFlag                own        own     -       -     -       -             -        -
WithdrawFlag             own        own     -       -     -       -             -        -
ReopenFlag               own        own     -       -     -       -             -        -
# What follows from a release of data, and from nobody's judgement.
SettleFlags              -          -       -       -     -       -             all      -
# Conversations, actions and intelligence: both sides.
RecordConversation       own        own     own     own   -       -             -        -
WriteLetter              own        own     own     own   -       -             -        -
RecordIntelligence       own        own     own     own   -       -             -        -
CorroborateIntelligence  own        own     own     own   -       -             -        -
DiscountIntelligence     own        own     own     own   -       -             -        -
AttachDocument           own        own     own     own   -       -             -        -
ProposeAction            own        own     own     own   -       -             -        -
AnswerAction             own        own     own     own   -       -             -        -
ProgressAction           own        own     own     own   -       -             -        -
RescheduleAction         own        own     own     own   -       -             -        -
CompleteAction           own        own     own     own   -       -             -        -
AcceptEvidence           own        own     own     own   -       -             -        -
SendBackAction           own        own     own     own   -       -             -        -
CancelAction             own        own     own     own   -       -             -        -
ReopenAction             own        own     own     own   -       -             -        -
RecordVisitStage         own        own     own     own   -       -             -        -
# A manager agrees for the contract holder, a lead for the commissioner; an adviser never.
AgreeAction              -          own     -       own   -       -             -        -
AgreePlan                -          own     -       own   -       -             -        -
AnswerPlan               own        own     own     own   -       -             -        -
# What the practice was told and what it says, whoever was told or heard it records; only a manager decides on it.
TellPractice             own        own     own     own   -       -             -        -
ReceivePracticeResponse  own        own     own     own   -       -             -        -
MakeFactualChallenge     own        own     own     own   -       -             -        -
DecideFactualChallenge   -          own     -       -     -       -             -        -
# Both organisations sit in a Quality Surveillance Group; a caseworker does not.
ReferToQualitySurveillanceGroup  -  own     own     own   -       -             -        -
# A caseworker proposes, a manager decides.
ProposeTier              own        -       -       -     -       -             -        -
DeclineTierProposal      -          own     -       -     -       -             -        -
# Whoever decides opens a decision; the local commissioner says what it would choose, the medical or quality lead overrides.
OpenTierDecision         -          own     -       -     -       -             -        -
StateTierView            -          -       -       own   -       -             -        -
GiveOverride             -          -       own     -     -       -             -        -
DecideTier               -          own     -       -     -       -             -        -
RecordDissent            -          own     -       own   -       -             -        -
# A decision is looked at again by who decided it, or another manager of the contract holder.
ReaffirmDecision         -          own     -       -     -       -             -        -
# Own entries directly, others' by request; a manager authorises. An adviser corrects own entries only.
CorrectFact              own        own     own     own   -       -             -        -
WithdrawFact             own        own     own     own   -       -             -        -
RequestCorrection        own        own     -       own   -       -             -        -
AuthoriseCorrection      -          own     -       -     -       -             -        -
DeclineCorrection        -          own     -       -     -       -             -        -

# A conversation is agreed, disputed or amended by the other side; a manager or lead states a position.
AgreeEntry               own        own     -       own   -       -             -        -
DisputeEntry             own        own     -       own   -       -             -        -
AmendEntry               own        own     -       own   -       -             -        -
StatePosition            -          own     -       own   -       -             -        -
# Whoever records a conversation joins the other side's, and either side parts them again.
JoinThreads              own        own     own     own   -       -             -        -
PartThreads              own        own     own     own   -       -             -        -
# Who sees an entry is its organisation's to say; who is let in, its managers' and leads'.
ChangeVisibility         own        own     own     own   -       -             -        -
RequestAccess            own        own     own     own   -       -             -        -
GrantAccess              -          own     -       own   -       -             -        -
DeclineAccess            -          own     -       own   -       -             -        -
TakeEmergencyAccess      own        own     own     own   -       -             -        -
ReviewEmergencyAccess    -          own     -       -     -       -             -        -

# What belongs together is recorded like a conversation, by whoever may read both.
LinkPractices            own        own     own     own   -       -             -        -
UnlinkPractices          own        own     own     own   -       -             -        -

# A reference to a performer's case: a medical or quality lead records and reads it, a manager learns whether there is
# one and lets an auditor read it; a lead never knows (domain reference 6.7).
ReadPerformers           -          own     own     -     -       -             -        -
RecordPerformerReference -          -       own     -     -       -             -        -
ClosePerformerReference  -          -       own     -     -       -             -        -
GrantPerformerAccess     -          own     -       -     -       -             -        -
EndPerformerAccess       -          own     -       -     -       -             -        -

# What the key indicators are, anybody who works with practices reads, but no administrator, who sees no content. A
# manager approves what is published of them and the operator loads it; advisers propose to a manager (6.7).
ReadIndicators           yes        yes     yes     yes   yes     -             yes      -
DefineIndicator          -          yes     -       -     -       -             yes      -
RetireIndicator          -          yes     -       -     -       -             yes      -

# Published numbers are about no practice of one's own: who may read content may read what was published.
ReadReleases             yes        yes     yes     yes   yes     -             yes      -
# A manager says that the numbers are wrong; the machine's operator takes them in.
PublishRelease           -          yes     -       -     -       -             yes      -
RestateRelease           -          yes     -       -     -       -             yes      -
WithdrawRelease          -          yes     -       -     -       -             yes      -
CompleteFlags            -          -       -       -     -       -             yes      -

# The tier framework: an adviser proposes a rule set and a manager approves it; the operator loads the first; the
# commissioner is consulted, and the auditor reads (6.7). What a candidate would change is told of practices that one reads.
ReadFramework            yes        yes     yes     yes   yes     -             yes      -
ReadDryRun               -          yes     yes     -     yes     -             yes      -
DraftRuleSet             -          -       yes     -     -       -             yes      -
PublishRuleSet           -          yes     -       -     -       -             yes      -
DeclineRuleSet           -          yes     yes     -     -       -             -        -
WithdrawRuleSet          -          yes     -       -     -       -             -        -

# Interests: one's own, and a manager those of the own people. Nobody lifts their own recusal.
ReadInterests            self       staff   self    self  all     -             -        -
DeclareInterest          self       staff   self    self  -       -             -        -
EndInterest              self       staff   self    self  -       -             -        -
RecusePerson             self       staff   self    self  -       -             -        -
EndRecusal               -          others  -       -     -       -             -        -
# Cover is arranged by whoever is away, or a manager of theirs.
ReadCover                self       staff   -       -     all     -             -        -
ArrangeCover             self       staff   -       -     -       -             -        -
EndCover                 self       staff   -       -     -       -             -        -

# Who read, looked for, took out or was refused what: an auditor. It tells of practices, so no administrator.
ReadAccessLog            -          -       -       -     all     -             all      -
# What an auditor looks into is drawn for them, and not chosen.
ReadSample               -          -       -       -     all     -             all      -

# People and organisations, and no content. An auditor reads who had which role.
ReadPeople               -          -       -       -     yes     yes           yes      -
AddPerson                -          -       -       -     -       yes           yes      -
GrantRole                -          -       -       -     -       yes           yes      -
EndRole                  -          -       -       -     -       yes           yes      -
MakeSignInLink           -          -       -       -     -       yes           yes      -
ClearLockOut             -          -       -       -     -       yes           yes      -
NameOrganisation         -          -       -       -     -       -             yes      -
SucceedOrganisation      -          -       -       -     -       yes           yes      -
# A manager says from which address the letters of the own organisation come: it issues notices.
AddressOrganisation      -          yes     -       -     -       -             yes      -
# A manager or a lead writes the templates of the own organisation.
WriteTemplate            -          yes     -       yes   -       -             -        -
EndTemplate              -          yes     -       yes   -       -             -        -

# Routes that are no command's. Nobody is the operator in a browser.
static                   yes        yes     yes     yes   yes     yes           -        yes
health                   yes        yes     yes     yes   yes     yes           -        yes
account.sign_in          yes        yes     yes     yes   yes     yes           -        yes
account.first_password   yes        yes     yes     yes   yes     yes           -        yes
account.sign_out         yes        yes     yes     yes   yes     yes           -        yes
account.mine             yes        yes     yes     yes   yes     yes           -        yes
account.change_password  yes        yes     yes     yes   yes     yes           -        yes
purposes.state           yes        yes     yes     yes   yes     yes           -        yes
drafts.mine              yes        yes     yes     yes   yes     yes           -        yes
drafts.throw_away        yes        yes     yes     yes   yes     yes           -        yes
# Everything of somebody who leaves: a manager hands over the practices of the own organisation.
cover.hand_over_all_of   -          yes     -       -     -       -             -        -
mywork.mine              yes        yes     yes     yes   yes     -             -        yes
caseload.practices       yes        yes     yes     yes   yes     -             -        -
timeline.page            yes        yes     yes     yes   yes     -             -        -
timeline.file            yes        yes     yes     yes   yes     -             -        -
beside.page              yes        yes     yes     yes   yes     -             -        -
caseload_compared.page   yes        yes     yes     yes   yes     -             -        -
caseload_compared.file   yes        yes     yes     yes   yes     -             -        -
# Who is flagged on an indicator or by a release, of the practices that one may read.
flagged.practices        yes        yes     yes     yes   yes     -             -        -
flagged.file             yes        yes     yes     yes   yes     -             -        -
audit.practices          yes        yes     yes     yes   yes     -             -        -
disputes.decided_over_dispute  yes  yes     yes     yes   yes     -             -        -
# Every override of the practices that one may read, and each decision that stands as one.
# Whoever may open a page may look back from it; of a page of today only there is no past.
clocks.set_clocks        yes        yes     yes     yes   yes     yes           -        yes
clocks.begin             yes        yes     yes     yes   yes     yes           -        yes
overrides.every          yes        yes     yes     yes   yes     -             -        -
overrides.file           yes        yes     yes     yes   yes     -             -        -
looked_at_again.every    yes        yes     yes     yes   yes     -             -        -
looked_at_again.file     yes        yes     yes     yes   yes     -             -        -
notices.register         yes        yes     yes     yes   yes     -             -        -
notices.file             yes        yes     yes     yes   yes     -             -        -
avoided.contacts_avoided  yes       yes     yes     yes   yes     -             -        -
meetings.meetings        yes        yes     yes     yes   yes     -             -        -
exports.practices        yes        yes     yes     yes   yes     -             -        -
exports.work             yes        yes     yes     yes   yes     -             -        -
found.over_a_dispute     yes        yes     yes     yes   yes     -             -        -
found.avoided            yes        yes     yes     yes   yes     -             -        -
found.fresh              yes        yes     yes     yes   yes     -             -        -
exports.records          yes        yes     yes     yes   yes     -             -        -
"""

OPEN_TO_ALL = frozenset({"static", "health", "account.sign_in", "account.first_password"})
"""Routes that answer whoever is not signed in."""

ROUTES = {
    "practices.practice": "ReadPractice",
    "practices.entry": "ReadPractice",
    "links.page": "ReadPractice",
    "links.link": "LinkPractices",
    "links.unlink": "UnlinkPractices",
    "providers.page": "ReadPractice",
    "providers.file": "ReadPractice",
    "documents.document": "ReadPractice",
    "letters.letter": "ReadPractice",
    "notice_letters.letter": "ReadPractice",
    "notice_letters.file": "ReadPractice",
    "notice_letters.pdf": "ReadPractice",
    "contract.page": "ReadPractice",
    "practice_copy.copy": "ReadPractice",
    "brief.page": "ReadPractice",
    "brief.as_html": "ReadPractice",
    "brief.as_pdf": "ReadPractice",
    "decisions.decision": "ReadPractice",
    "decisions.every": "ReadPractice",
    "recommendation.page": "ReadPractice",
    "search.search": "Search",
    "found.search": "Search",
    "performers.page": "ReadPerformers",
    "performers.record": "RecordPerformerReference",
    "performers.close": "ClosePerformerReference",
    "performers.grant": "GrantPerformerAccess",
    "performers.end": "EndPerformerAccess",
    "indicators.every": "ReadPractice",
    "indicators.one": "ReadPractice",
    "indicators.every_file": "ReadPractice",
    "indicators.one_file": "ReadPractice",
    "flags.by_domain": "ReadInsight",
    "flags.by_release": "ReadInsight",
    "flags.by_domain_file": "ReadInsight",
    "flags.by_release_file": "ReadInsight",
    "insight.tiers": "ReadInsight",
    "insight.movement": "ReadInsight",
    "insight.time_in_tier": "ReadInsight",
    "insight.overdue": "ReadInsight",
    "insight.gap": "ReadInsight",
    "insight.tiers_file": "ReadInsight",
    "insight.movement_file": "ReadInsight",
    "insight.moved_file": "ReadInsight",
    "insight.time_in_tier_file": "ReadInsight",
    "insight.overdue_file": "ReadInsight",
    "insight.gap_file": "ReadInsight",
    "insight.against": "ReadInsight",
    "insight.validation": "ReadInsight",
    "insight.against_file": "ReadInsight",
    "insight.validation_file": "ReadInsight",
    "audit.record": "ReadRecord",
    "replay.step": "ReadRecord",
    "replay.compared": "ReadRecord",
    "team.mine": "ReadTeam",
    "team.file": "ReadTeam",
    "record.register_practice": "RegisterPractice",
    "record.record": "the command of its address",
    "choosing.begin": "RecordConversation",
    "meetings.meeting": "ReadPractice",
    "choosing.practices": "RecordConversation",
    "meetings.of_all": "RecordConversation",
    "agreeing.agree_all": "AgreeEntry",
    "meetings.of_one": "RecordConversation",
    "meetings.record": "RecordConversation",
    "meetings.throw_away": "RecordConversation",
    "releases.every": "ReadReleases",
    "releases.one": "ReadReleases",
    "framework.rules": "ReadFramework",
    "framework.version": "ReadFramework",
    "framework.draft": "ReadFramework",
    "framework.tried": "ReadDryRun",
    "framework.draft_rule_set": "DraftRuleSet",
    "framework.publish": "PublishRuleSet",
    "framework.decline": "DeclineRuleSet",
    "key_indicators.every": "ReadIndicators",
    "framework.withdraw": "WithdrawRuleSet",
    "key_indicators.one": "ReadIndicators",
    "key_indicators.define": "DefineIndicator",
    "key_indicators.define_anew": "DefineIndicator",
    "key_indicators.retire": "RetireIndicator",
    "conversation_templates.listed": "RecordConversation",
    "organisation_address.address": "AddressOrganisation",
    "conversation_templates.write_template": "WriteTemplate",
    "conversation_templates.end_template": "EndTemplate",
    "locked_out.waiting": "ClearLockOut",
    "locked_out.clear": "ClearLockOut",
    "access_log.lines": "ReadAccessLog",
    "sample.page": "ReadSample",
    "exports.log": "ReadAccessLog",
    "exports.everyone": "ReadPeople",
    "people.everyone": "ReadPeople",
    "people.person": "ReadPeople",
    "people.add_person": "AddPerson",
    "people.grant_role": "GrantRole",
    "people.end_role": "EndRole",
    "people.make_sign_in_link": "MakeSignInLink",
    "cover.mine": "ReadCover",
    "cover.arrange_cover": "ArrangeCover",
    "cover.end_cover": "EndCover",
    "interests.mine": "ReadInterests",
    "interests.declare_interest": "DeclareInterest",
    "interests.end_interest": "EndInterest",
    "interests.recuse_person": "RecusePerson",
    "interests.end_recusal": "EndRecusal",
}
"""The row of the table that answers for a route which has none of its own name."""


def _read() -> dict[str, dict[str, str]]:
    lines = [line for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]
    roles = lines[0].split()
    found: dict[str, dict[str, str]] = {}
    for line in lines[1:]:
        what, *answers = line.split()
        assert what not in found, what
        assert set(answers) <= ANSWERS, line
        found[what] = dict(zip(roles, answers, strict=True))
    return found


MAY = _read()
ROLES = tuple(next(iter(MAY.values())))


def about_practice(what: str, role: str, place: str) -> bool:
    """The answer about a practice: own, heir's (by succession), region's, elsewhere, recused or missing."""
    answer = MAY[what][role]
    if place == "missing":
        return False
    if place == "recused":
        return answer == "all" and role == "operator"
    return (
        answer == "all"
        or (answer == "own" and place in {"own", "heir"})
        or (answer == "region" and place in {"own", "heir", "region"})
    )


def about_person(what: str, role: str, whose: str) -> bool:
    """The answer about a person: oneself, a colleague of the own organisation, or a stranger."""
    answer = MAY[what][role]
    return {
        "oneself": answer in {"self", "staff", "all", "yes"},
        "colleague": answer in {"staff", "others", "all", "yes"},
        "stranger": answer in {"all", "yes"},
    }[whose]

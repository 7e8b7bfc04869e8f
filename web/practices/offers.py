"""What may be done next from an entry, an action, a flag: a button for each, only where it would be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.actions import bar_to_agreeing
from domain.practice.challenges import bar_to_deciding
from domain.practice.changes_state import Asked as Was
from domain.practice.correctable import TYPED_WITH
from domain.practice.corrections import needs_a_manager
from domain.practice.episodes import open_episode
from domain.practice.explained import answer_of
from domain.practice.handing_over import looks_after, may_name_anew
from domain.practice.kinds import ActionKind, ContractorKind, Tier, Visibility, VisitStage
from domain.practice.reviews import may_answer
from domain.practice.state import Action, Flag, Practice
from domain.practice.threads import is_open, standing_join, there_to_be_joined
from domain.practice.visible import BEGINS_AN_ENTRY, SIDES, Withheld, visibility_of
from domain.practice.visits import missing
from domain.rules import Asked, Recorded
from web.contractors import called, said_of
from web.practices.ladder_offers import on_the_ladder, to_begin

May = Callable[[str], bool]

OF_GENERAL_PRACTICES = frozenset({"RecordInspection", "RecordRegulatoryAction", "ApplyForBranchClosure"})
"""What is not offered about a pharmacy or an optician: another regulator inspects them, and each has one site."""

_STAGE = {
    VisitStage.OFFERED: "Visit offered",
    VisitStage.ACCEPTED: "Visit accepted",
    VisitStage.HELD: "Visit held",
    VisitStage.REPORT_SENT: "Report sent",
}


_NOT_ANSWERED = frozenset({"none", "not accepted"})
"""How the explanations of a flag stand whose question is still to be asked."""


class Offer(NamedTuple):
    """A button: its words, the command behind it, and what the form is told: `{"flag_id": "flag-1"}`."""

    text: str
    command: str
    given: dict[str, str | int]
    main: bool = False


class Offers:
    """What this person may do about this practice today."""

    def __init__(self, practice: Practice, asked: Asked, may: May) -> None:
        self.practice = practice
        self.asked = asked
        self._may = may
        self._known: dict[str, bool] = {}
        self.closed = practice.closed_on is not None
        self._asked_about = {one.version for one in practice.requests.values() if one.status == "open"}

    def may(self, command: str) -> bool:
        if command not in self._known:
            self._known[command] = self._may(command)
        return self._known[command]

    def on_entry(self, entry: Recorded) -> list[Offer]:
        """The buttons of an entry, the one that settles it first."""
        fact: Any = entry.fact
        match fact:
            case e.FlagRaised():
                return self.on_flag(fact.flag_id)
            case e.FlagExplained():
                return self.on_explanation(fact.explanation_id)
            case e.ActionProposed():
                return self.on_action(fact.action_id)
            case e.ConversationRecorded():
                return self.on_conversation(entry.version, fact.entry_id)
            case e.IntelligenceRecorded():
                return self.on_intelligence(fact.intelligence_id)
            case e.TierProposed():
                return self.on_proposal(fact.proposal_id)
            case e.TierDecided():
                return self.on_decision(fact.decision_id)
            case e.DecisionReviewAsked():
                return self.on_review(fact.asking_id)
            case e.PracticeTold():
                return self.on_told(fact.told_id)
            case e.FactualChallengeMade():
                return self.on_challenge(fact.challenge_id)
            case e.CorrectionRequested():
                return self.on_request(fact.request_id)
            case Withheld():
                return self.on_withheld(entry.version, fact)
            case e.AccessRequested() | e.EmergencyAccessTaken():
                return self.on_access(fact.access_id)
            case e.ThreadsJoined():
                return self.on_join(fact.join_id)
            case e.ExpectationSet():
                return self.on_expectation(fact.expectation_id)
            case e.RegulatoryActionRecorded():
                return self.on_regulatory_action(fact.regulatory_id)
            case e.DeclarationAskedFor():
                return self.on_declaration(fact.declaration_year)
            case e.ListClosureAppliedFor():
                return self.on_list_closure(fact.application_id)
            case e.BranchClosureAppliedFor():
                return self.on_branch_closure(fact.branch_id)
            case e.MergerApproved():
                return self.on_merger(fact.merger_id)
            case _ if (found := on_the_ladder(self.practice, fact, self.asked)) and not self.closed:
                return list(self._allowed(*(Offer(*one) for one in found)))
        return []

    def on_conversation(self, version: int, entry_id: str) -> list[Offer]:
        """To answer the other side's text, where this side's answer is awaited; and to reply, also after closure."""
        record, given = self.practice.records.get(version), dict[str, str | int](version=version)
        offers = [Offer("Reply", "RecordConversation", {"reply_to": entry_id})]
        ours = record is not None and record.text_by != SIDE_OF.get(self.asked.role)
        both = visibility_of(self.practice.closed, version) == Visibility.BOTH
        if record is not None and ours and both and record.state != "agreed":
            answers = [Offer("Agree", "AgreeEntry", given, main=True), Offer("Amend", "AmendEntry", given)]
            if record.state != "disputed":
                answers.append(Offer("Dispute", "DisputeEntry", given))
            offers = [*answers, *offers]
        return list(self._allowed(*offers))

    def after_agreeing(self, entry: Recorded) -> list[Offer]:
        """What a side agreed to, it may dispute still."""
        record = self.practice.records.get(entry.version)
        if record is None or record.state != "agreed" or record.answered_by != SIDE_OF.get(self.asked.role):
            return []
        return list(self._allowed(Offer("Dispute it after all", "DisputeEntry", {"version": entry.version})))

    def on_concern(self, concern: str, version: int) -> list[Offer]:
        """To say where one's own organisation stands on what both see."""
        if visibility_of(self.practice.closed, version) != Visibility.BOTH:
            return []
        return list(self._allowed(Offer("State our position", "StatePosition", {"concern": concern})))

    def to_join(self, concern: str) -> list[Offer]:
        """To join what the other organisation says about an open concern."""
        side = SIDE_OF.get(self.asked.role)
        joined = standing_join(self.practice, concern) is not None
        if side is None or self.closed or joined or not is_open(self.practice, concern):
            return []
        if not there_to_be_joined(self.practice, concern, side):
            return []
        return list(self._allowed(Offer("Join their conversation", "JoinThreads", {"concern": concern})))

    def on_join(self, join_id: str) -> list[Offer]:
        """To undo a joining that stands."""
        join = self.practice.joins.get(join_id)
        if join is None or not join.stands:
            return []
        return list(self._allowed(Offer("Part again", "PartThreads", {"join_id": join_id})))

    def to_talk(self) -> list[Offer]:
        return list(self._allowed(Offer("Record a conversation", "RecordConversation", {}, main=True)))

    def on_expectation(self, expectation_id: str) -> list[Offer]:
        """To say what came; and, for the side that asked, to move it, let its clock stand or run, or withdraw it."""
        one = self.practice.expectations.get(expectation_id)
        if one is None or not one.open:
            return []
        given: dict[str, str | int] = {"expectation_id": expectation_id}
        offers = [Offer("Record what came", "AnswerExpectation", given, main=True)]
        ours = one.set_by == SIDE_OF.get(self.asked.role)
        if ours and not self.closed and one.stopped_on is not None:
            offers.append(Offer("Restart the clock", "RestartClock", given))
        elif ours and not self.closed and one.due_on >= self.asked.on:
            offers += [Offer("Move", "MoveExpectation", given), Offer("Stop the clock", "StopClock", given)]
        if ours:
            offers.append(Offer("No longer expected", "WithdrawExpectation", given))
        return list(self._allowed(*offers))

    def on_regulatory_action(self, regulatory_id: str) -> list[Offer]:
        """To say that it ended."""
        action = self.practice.regulatory_actions.get(regulatory_id)
        if action is None or self.closed or action.ended is not None:
            return []
        return list(self._allowed(Offer("It ended", "EndRegulatoryAction", {"regulatory_id": regulatory_id})))

    def on_list_closure(self, application_id: str) -> list[Offer]:
        """To decide an application; and to extend a closure that runs, or end it early."""
        closure = self.practice.list_closures.get(application_id)
        if closure is None or self.closed:
            return []
        given: dict[str, str | int] = {"application_id": application_id}
        if closure.status == Was.WAITING:
            approve = Offer("Approve", "ApproveListClosure", given, main=True)
            return list(self._allowed(approve, Offer("Refuse", "RefuseListClosure", given)))
        if closure.opens_on is None or closure.opens_on <= self.asked.on or closure.reopened_on:
            return []
        offers = [Offer("Extend", "ExtendListClosure", given)]
        if closure.closed(self.asked.on):
            offers.append(Offer("Opened early", "ReopenList", given))
        return list(self._allowed(*offers))

    def on_branch_closure(self, branch_id: str) -> list[Offer]:
        """To decide an application."""
        branch = self.practice.branch_closures.get(branch_id)
        if branch is None or self.closed or branch.status != Was.WAITING:
            return []
        given: dict[str, str | int] = {"branch_id": branch_id}
        approve = Offer("Approve", "ApproveBranchClosure", given, main=True)
        return list(self._allowed(approve, Offer("Refuse", "RefuseBranchClosure", given)))

    def on_merger(self, merger_id: str) -> list[Offer]:
        """To say that it has taken effect, once it may have."""
        merger = self.practice.mergers.get(merger_id)
        if merger is None or merger.merged is not None or merger.effective_on > self.asked.on:
            return []
        return list(
            self._allowed(Offer("They merged", "MergePractices", {"merger_id": merger_id}, main=True))
        )

    def on_declaration(self, year: str) -> list[Offer]:
        """To say that it was submitted, and what was changed in it later."""
        declaration = self.practice.declarations.get(year)
        if declaration is None or self.closed:
            return []
        given: dict[str, str | int] = {"declaration_year": year}
        if declaration.submitted is None:
            return list(self._allowed(Offer("Submitted", "RecordDeclaration", given, main=True)))
        return list(self._allowed(Offer("Amended", "AmendDeclaration", given)))

    def on_flag(self, flag_id: str) -> list[Offer]:
        flag = self.practice.flags.get(flag_id)
        if flag is None or self.closed:
            return []
        given: dict[str, str | int] = {"flag_id": flag_id}
        if not flag.open:
            return list(self._allowed(Offer("Reopen", "ReopenFlag", given)))
        return list(
            self._allowed(
                Offer(
                    "Explain", "ExplainFlag", given, main=answer_of(self.practice, flag_id) in _NOT_ANSWERED
                ),
                *self._validation(flag),
                Offer("Clear", "ClearFlag", given),
                Offer("Withdraw", "WithdrawFlag", given),
            )
        ) + self.on_concern(flag_id, flag.version)

    def _validation(self, flag: Flag) -> list[Offer]:
        """To validate the data with the practice, which is what a flag is first followed by: once, and again after an
        explanation was not accepted.
        """
        answer = answer_of(self.practice, flag.flag_id)
        of_it = (
            one
            for one in self.practice.actions.values()
            if one.kind == ActionKind.DATA_VALIDATION and flag.flag_id in one.about_flags
        )
        if answer not in _NOT_ANSWERED or any(answer == "none" or not one.ended for one in of_it):
            return []
        given: dict[str, str | int] = {"kind": "data_validation", "about_flags": flag.flag_id}
        return [Offer("Validate the data", "ProposeAction", given)]

    def on_explanation(self, explanation_id: str) -> list[Offer]:
        """To say of another person's explanation whether it holds, while its flag is open."""
        one = self.practice.explanations.get(explanation_id)
        flag = self.practice.flags.get(one.flag_id) if one else None
        if one is None or flag is None or not flag.open or self.closed:
            return []
        if one.status != "waiting" or one.explained_by == self.asked.person:
            return []
        given: dict[str, str | int] = {"explanation_id": explanation_id}
        return list(
            self._allowed(
                Offer("Accept", "AcceptExplanation", given, main=True),
                Offer("Do not accept", "DeclineExplanation", given),
            )
        )

    def on_action(self, action_id: str) -> list[Offer]:
        action = self.practice.actions.get(action_id)
        if action is None or self.closed:
            return []
        given: dict[str, str | int] = {"action_id": action_id}
        offers: list[Offer] = []
        if action.status == "proposed":
            if bar_to_agreeing(self.practice, action, self.asked, self.asked.on) is None:
                offers.append(Offer("Agree", "AgreeAction", given, main=True))
            if action.answer is None:
                offers.append(Offer("Practice’s answer", "AnswerAction", given))
            offers.append(Offer("Move", "RescheduleAction", given))
        elif action.status == "agreed":
            offers += [
                *self._visit(action),
                Offer("Complete", "CompleteAction", given, main=not missing(action)),
                Offer("Progress", "ProgressAction", given),
                Offer("Move", "RescheduleAction", given),
            ]
        elif action.status == "completed" and action.completed_by != self.asked.person:
            offers += [
                Offer("Accept", "AcceptEvidence", given, main=True),
                Offer("Send back", "SendBackAction", given),
            ]
        offers.append(
            Offer("Reopen", "ReopenAction", given) if action.ended else Offer("Cancel", "CancelAction", given)
        )
        return list(self._allowed(*offers))

    def _visit(self, action: Action) -> list[Offer]:
        """The next stage of a visit."""
        return [
            Offer(
                _STAGE[stage],
                "RecordVisitStage",
                {"action_id": action.action_id, "stage": stage.value},
                main=True,
            )
            for stage in missing(action)[:1]
        ]

    def on_episode(self) -> list[Offer]:
        """To close the episode that is open and hand over what is one's own, or to reopen the last that was closed."""
        last = self.practice.episodes[-1] if self.practice.episodes else None
        if self.closed:
            return []
        if open_episode(self.practice) is None:
            offers = []
            if last and last.closing_id:
                offers = [Offer("Reopen", "ReopenEpisode", {"closing_id": last.closing_id})]
        else:
            offers = [Offer("Close the episode", "CloseEpisode", {})]
        if not looks_after(self.practice, self.asked):
            offers = [offer for offer in offers if offer.command != "CloseEpisode"]
        else:
            offers.append(Offer("Hand over", "HandOverPractice", {}))
        return list(self._allowed(*offers))

    def on_intelligence(self, intelligence_id: str) -> list[Offer]:
        heard = self.practice.intelligence.get(intelligence_id)
        if heard is None or self.closed or heard.status == "discounted":
            return []
        position = self.on_concern(intelligence_id, heard.version)
        if heard.status != "unverified" or heard.recorded_by == self.asked.person:
            return position
        given: dict[str, str | int] = {"intelligence_id": intelligence_id}
        verify = self._allowed(
            Offer("Corroborate", "CorroborateIntelligence", given, main=True),
            Offer("Discount", "DiscountIntelligence", given),
        )
        return [*verify, *position]

    def on_proposal(self, proposal_id: str) -> list[Offer]:
        proposal = self.practice.proposals.get(proposal_id)
        if proposal is None or self.closed or proposal.status != "open":
            return []
        if proposal.proposed_by == self.asked.person:
            return []  # another person answers it
        given: dict[str, str | int] = {"proposal_id": proposal_id}
        decide = Offer("Decide", "DecideTier", given, main=True)
        return list(self._allowed(decide, Offer("Decline", "DeclineTierProposal", given)))

    def on_decision(self, decision_id: str) -> list[Offer]:
        """An organisation that does not agree says so, once, and by somebody else than whoever decided."""
        said = any(
            one.decision_id == decision_id and one.side == SIDE_OF.get(self.asked.role)
            for one in self.practice.dissents.values()
        )
        own = any(
            one.decision_id == decision_id and one.decided_by == self.asked.person
            for one in self.practice.decisions
        )
        if self.closed or said or own:
            return []
        return list(self._allowed(Offer("Record dissent", "RecordDissent", {"decision_id": decision_id})))

    def on_review(self, asking_id: str) -> list[Offer]:
        """To re-affirm a decision, or to revise it by deciding anew: for whoever did not record what it is asked for."""
        review = self.practice.reviews.get(asking_id)
        if review is None or not may_answer(review, self.asked):
            return []
        given: dict[str, str | int] = {"asking_id": asking_id}
        offers = [Offer("Re-affirm", "ReaffirmDecision", given, main=True)]
        if not self.closed:
            offers.append(Offer("Revise", "DecideTier", given))
        return list(self._allowed(*offers))

    def on_told(self, told_id: str) -> list[Offer]:
        """To record what the practice answered to what it was told."""
        if told_id not in self.practice.told:
            return []
        unanswered = all(one.told_id != told_id for one in self.practice.responses.values())
        given: dict[str, str | int] = {"told_id": told_id}
        return list(
            self._allowed(
                Offer(
                    "Practice’s response",
                    "ReceivePracticeResponse",
                    given,
                    main=unanswered and not self.closed,
                )
            )
        )

    def on_challenge(self, challenge_id: str) -> list[Offer]:
        """To decide what the practice says is wrong, for whoever recorded neither it nor what it is about."""
        challenge = self.practice.challenges.get(challenge_id)
        if challenge is None or not challenge.open:
            return []
        if bar_to_deciding(self.practice, challenge, self.asked) is not None:
            return []
        given: dict[str, str | int] = {"challenge_id": challenge_id}
        return list(self._allowed(Offer("Decide", "DecideFactualChallenge", given, main=True)))

    def on_plan(self, actions: Sequence[Action]) -> list[Offer]:
        """To agree in one go what waits for one's own organisation, and to record the practice's one answer."""
        if self.closed or not actions:
            return []
        given: dict[str, str | int] = {"action_id": actions[0].action_id}
        waits = any(
            one.status == "proposed"
            and bar_to_agreeing(self.practice, one, self.asked, self.asked.on) is None
            for one in actions
        )
        unanswered = any(one.open and one.answer is None for one in actions)
        agree = [Offer("Agree the plan", "AgreePlan", given, main=True)] if waits else []
        answer = [Offer("Practice’s answer", "AnswerPlan", given)] if unanswered else []
        return list(self._allowed(*agree, *answer))

    def on_request(self, request_id: str) -> list[Offer]:
        request = self.practice.requests.get(request_id)
        if request is None or request.status != "open":
            return []
        given: dict[str, str | int] = {"request_id": request_id}
        authorise = Offer("Authorise", "AuthoriseCorrection", given, main=True)
        decline = Offer("Decline", "DeclineCorrection", given)
        return list(
            self._allowed(
                *((decline,) if request.requested_by == self.asked.person else (authorise, decline))
            )
        )

    def correction(self, entry: Recorded) -> list[Offer]:
        """How this person may have an entry put right: themselves, or by asking a manager."""
        if entry.version not in self.practice.standing or type(entry.fact) not in TYPED_WITH:
            return []
        given: dict[str, str | int] = {"version": entry.version}
        if not needs_a_manager(entry, self.asked):
            return list(
                self._allowed(
                    Offer("Correct", "CorrectFact", given), Offer("Entered in error", "WithdrawFact", given)
                )
            )
        if entry.version in self._asked_about:
            return []
        return list(self._allowed(Offer("Ask for a correction", "RequestCorrection", given)))

    def on_withheld(self, version: int, fact: Withheld) -> list[Offer]:
        """How somebody may come to read a restricted entry."""
        if version != fact.entry:
            return []
        given: dict[str, str | int] = {"version": version}
        waits = any(
            one.entry == version and one.person == self.asked.person and one.status == "asked"
            for one in self.practice.access.values()
        )
        ask = [] if waits else [Offer("Ask to read it", "RequestAccess", given)]
        return list(self._allowed(*ask, Offer("Emergency access", "TakeEmergencyAccess", given)))

    def on_access(self, access_id: str) -> list[Offer]:
        access = self.practice.access.get(access_id)
        if access is None:
            return []
        given: dict[str, str | int] = {"access_id": access_id}
        if access.status == "emergency" and access.person != self.asked.person:
            return list(self._allowed(Offer("Review", "ReviewEmergencyAccess", given, main=True)))
        closure = self.practice.closed.get(access.entry)
        if access.status == "asked" and closure and closure.organisation in self.asked.own:
            grant = Offer("Let them read it", "GrantAccess", given, main=True)
            return list(self._allowed(grant, Offer("Decline", "DeclineAccess", given)))
        return []

    def visibility(self, entry: Recorded) -> list[Offer]:
        """To say who sees an entry of one's own organisation. What both took part in, both see."""
        fact = entry.fact
        if not isinstance(fact, BEGINS_AN_ENTRY) or entry.organisation not in self.asked.own:
            return []
        others = SIDES - {SIDE_OF.get(self.asked.role)}
        together = isinstance(fact, e.ConversationRecorded) and fact.sides & others
        if together and visibility_of(self.practice.closed, entry.version) == Visibility.BOTH:
            return []
        return list(
            self._allowed(Offer("Change who sees it", "ChangeVisibility", {"version": entry.version}))
        )

    def documents(self, entry: Recorded) -> list[Offer]:
        """To attach a document to a conversation."""
        if not isinstance(entry.fact, e.ConversationRecorded):
            return []
        return list(
            self._allowed(Offer("Attach a document", "AttachDocument", {"of_entry": entry.fact.entry_id}))
        )

    def menu(self) -> list[Offer]:
        """What else may be recorded about the practice."""
        if self.closed:
            return list(
                self._allowed(
                    Offer("Soft intelligence about an earlier day", "RecordIntelligence", {}),
                    Offer("A document of an earlier day", "AttachDocument", {}),
                    Offer("What the practice was told on an earlier day", "TellPractice", {}),
                    Offer("The practice’s response", "ReceivePracticeResponse", {}),
                    Offer("That the practice says an entry is wrong", "MakeFactualChallenge", {}),
                    Offer("That the practice is open again", "ReopenPractice", {}),
                )
            )
        offers = [
            Offer("Soft intelligence", "RecordIntelligence", {}),
            Offer("A letter", "WriteLetter", {}),
            Offer("What the practice was told", "TellPractice", {}),
            Offer("The practice’s response", "ReceivePracticeResponse", {}),
            Offer("That the practice says an entry is wrong", "MakeFactualChallenge", {}),
            Offer("A referral to the Quality Surveillance Group", "ReferToQualitySurveillanceGroup", {}),
            Offer("A document", "AttachDocument", {}),
            Offer("An action", "ProposeAction", {}),
            Offer("Something asked for by a day", "SetExpectation", {}),
            Offer("A flag", "RaiseFlag", {}),
            Offer("A proposal for the tier", "ProposeTier", {}),
            Offer("A decision on the tier", "DecideTier", {}),
            Offer("Your organisation’s view on the tier", "StateTierView", {}),
            Offer("The caseworker’s name", "NameCaseworker", {}),
            Offer("Changed details", "ChangeDetails", {}),
            Offer("A contract", "SignContract", {}),
            Offer("The provider", "NameProvider", {}),
            Offer("A CQC inspection", "RecordInspection", {}),
            Offer("Something else that CQC did", "RecordRegulatoryAction", {}),
            Offer("An annual declaration asked for", "AskForDeclaration", {}),
            Offer("A review of the contract", "HoldContractReview", {}),
            Offer("An application to close a branch", "ApplyForBranchClosure", {}),
            Offer("A merger with another practice", "ApproveMerger", {}),
            Offer("That it closed", "ClosePractice", {}),
        ]
        if self.practice.contracts:
            offers.insert(-1, Offer("A variation of the contract", "VaryContract", {}))
            offers[-1:-1] = [Offer(text, command, {}) for text, command in to_begin(self.practice)]
            offers.insert(-1, Offer("A change of who the contractor is", "ChangeContractorComposition", {}))
        if self.practice.kind == ContractorKind.GENERAL_PRACTICE:
            offers.insert(-1, Offer("An application to close the list", "ApplyForListClosure", {}))
            if self.practice.contracts:
                offers.insert(-1, Offer("A change of the practice area", "ChangePracticeBoundary", {}))
        else:
            offers = [offer for offer in offers if offer.command not in OF_GENERAL_PRACTICES]
        if self.practice.tier_on(self.asked.on) != Tier.CAUSE_FOR_CONCERN:
            offers.insert(-1, Offer("An override, before a shared conversation", "GiveOverride", {}))
        if any(one.status == "open" for one in self.practice.proposals.values()):
            offers = [offer for offer in offers if offer.command not in {"ProposeTier", "DecideTier"}]
        if not may_name_anew(self.practice, self.asked):
            offers = [offer for offer in offers if offer.command != "NameCaseworker"]
        return list(self._allowed(*offers))

    def _allowed(self, *offers: Offer) -> Iterator[Offer]:
        contractor = called(self.practice.kind, self.asked.on)
        return (
            offer._replace(text=said_of(offer.text, contractor))
            for offer in offers
            if self.may(offer.command)
        )

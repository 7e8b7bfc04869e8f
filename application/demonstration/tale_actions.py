"""Actions of a tale."""

from __future__ import annotations

from datetime import date

from application.demonstration.plan import Plan
from application.demonstration.words import ROLES
from domain.practice import commands as c
from domain.practice.kinds import ActionKind, PracticeAnswer, Side


class ActionsOf(Plan):
    def propose(
        self,
        on: date,
        due: date,
        kind: ActionKind = ActionKind.IMPROVEMENT,
        owner: Side = Side.PRACTICE,
        flags: tuple[str, ...] = (),
        plan: str | None = None,
        by_lead: bool = False,
    ) -> str:
        action = self.new("action")
        issue, success, evidence = self.words.issue(self.theme, on)
        self._documents[action] = evidence
        self.act(
            self.lead if by_lead else self.caseworker,
            on,
            lambda: c.ProposeAction(
                action_id=action,
                kind=kind,
                issue=issue,
                owner=owner,
                due_on=due,
                success_measure=success,
                about_flags=flags,
                plan_id=plan,
                occurred_on=on,
            ),
            action,
        )
        return action

    def agree(self, action: str, on: date, board: bool = True, commissioner: bool = True) -> None:
        if commissioner:
            self.act(self.lead, on, lambda: c.AgreeAction(action_id=action, occurred_on=on))
        if board:
            self.act(self.manager, on, lambda: c.AgreeAction(action_id=action, occurred_on=on))

    def answer(self, action: str, on: date, said: PracticeAnswer = PracticeAnswer.AGREED) -> None:
        role = self.rng.choice(ROLES)
        words = (
            None
            if said == PracticeAnswer.AGREED
            else self.words.fill(
                "Not before {month}: {k} posts are vacant, and {n} hours a month unfilled.", self.theme, on
            )
        )
        self.act(
            self.caseworker,
            on,
            lambda: c.AnswerAction(
                action_id=action, answer=said, answered_by=role, words=words, occurred_on=on
            ),
        )

    def progress(self, action: str, on: date, by_lead: bool = False) -> None:
        words = self.words.one(self.theme.progress, self.theme, on)
        self.act(
            self.lead if by_lead else self.caseworker,
            on,
            lambda: c.ProgressAction(action_id=action, words=words, occurred_on=on),
        )

    def reschedule(self, action: str, on: date, due: date) -> None:
        reason = self.words.fill(
            "The {role} asks for more time: {k} people are away in {month}.", self.theme, on
        )
        self.act(
            self.caseworker,
            on,
            lambda: c.RescheduleAction(action_id=action, due_on=due, reason=reason, occurred_on=on),
        )

    def complete(self, action: str, on: date, entry: str | None = None) -> None:
        words = self.words.fill("Seen on the {day} visit; {n} records bear it out.", self.theme, on)
        document = None if entry else self._documents[action]
        self.act(
            self.caseworker,
            on,
            lambda: c.CompleteAction(
                action_id=action,
                words=words,
                evidence=(self.cites[entry],) if entry else (),
                evidence_document=document,
                occurred_on=on,
            ),
            f"{action}-completed",
            after=(action, entry),
        )

    def accept(self, action: str, on: date) -> None:
        self.act(
            self.lead,
            on,
            lambda: c.AcceptEvidence(action_id=action, occurred_on=on),
            f"{action}-accepted",
            after=(f"{action}-completed",),
        )

    def send_back(self, action: str, on: date) -> None:
        reason = self.words.fill(
            "It covers {month} only, and {k} of the {n} records have no date.", self.theme, on
        )
        self.act(
            self.manager,
            on,
            lambda: c.SendBackAction(action_id=action, reason=reason, occurred_on=on),
            after=(f"{action}-completed",),
        )

    def cancel(self, action: str, on: date, not_done: bool = False) -> None:
        reason = self.words.fill(
            "Not done by {month}, and overtaken by the {day} clinic."
            if not_done
            else "Overtaken in {month}: {topic} is at {a}% and the step is not needed.",
            self.theme,
            on,
        )
        self.act(
            self.manager,
            on,
            lambda: c.CancelAction(action_id=action, reason=reason, not_done=not_done, occurred_on=on),
        )

    def reopen_action(self, action: str, on: date, due: date) -> None:
        reason = self.words.fill("It lapsed again on {k} {day}s in {month}.", self.theme, on)
        self.act(
            self.caseworker,
            on,
            lambda: c.ReopenAction(action_id=action, reason=reason, due_on=due, occurred_on=on),
            after=(f"{action}-accepted",),
        )

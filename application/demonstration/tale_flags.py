"""Flags of a tale, and what explained them."""

from __future__ import annotations

from datetime import date, timedelta

from application.demonstration.cast import INES
from application.demonstration.plan import Plan
from application.demonstration.words import ACCEPTED, CLEARED, FLAG_NOTES, NOT_ACCEPTED
from domain.practice import commands as c
from domain.practice.kinds import ClearedBecause, FlagKind, Level, Side


class FlagsOf(Plan):
    def flag(
        self,
        on: date,
        level: Level = Level.ALERT,
        kind: FlagKind = FlagKind.OUTLYING,
        indicator: str | None = None,
    ) -> str:
        flag = self.new("flag")
        note = self.words.one(FLAG_NOTES, self.theme, on)
        self.act(
            self.caseworker,
            on,
            lambda: c.RaiseFlag(
                flag_id=flag,
                indicator=indicator or self.theme.indicator,
                kind=kind,
                level=level,
                period=f"{on - timedelta(days=60):%Y} Q{(on - timedelta(days=60)).month // 4 + 1}",
                note=note,
                occurred_on=on,
            ),
            flag,
        )
        return flag

    def explain(self, flag: str, on: date, by_lead: bool = False) -> str:
        category, words = self.words.explanation(self.theme, on)
        explanation = self.new("explanation")
        self.act(
            self.lead if by_lead else self.caseworker,
            on,
            lambda: c.ExplainFlag(
                flag_id=flag,
                explanation_id=explanation,
                category=category,
                words=words,
                given_by=Side.PRACTICE,
                occurred_on=on,
            ),
            explanation,
        )
        return explanation

    def accept_explanation(self, explanation: str, on: date) -> None:
        """The adviser, who gave it not, looked at what the practice sent."""
        reason = self.words.one(ACCEPTED, self.theme, on)
        self.act(
            INES,
            on,
            lambda: c.AcceptExplanation(
                explanation_id=explanation,
                reason=reason,
                occurred_on=on,
            ),
            after=(explanation,),
        )

    def decline_explanation(self, explanation: str, on: date) -> None:
        """Another explanation is wanted: the data says otherwise."""
        reason = self.words.one(NOT_ACCEPTED, self.theme, on)
        self.act(
            INES,
            on,
            lambda: c.DeclineExplanation(
                explanation_id=explanation,
                reason=reason,
                occurred_on=on,
            ),
            after=(explanation,),
        )

    def clear(self, flag: str, on: date, because: ClearedBecause = ClearedBecause.INSIDE_LIMITS) -> None:
        reason = self.words.one(CLEARED, self.theme, on)
        self.act(
            self.caseworker,
            on,
            lambda: c.ClearFlag(flag_id=flag, because=because, reason=reason, occurred_on=on),
            flag,
        )

    def withdraw_flag(self, flag: str, on: date) -> None:
        reason = self.words.fill(
            "The {month} figure belonged to {k} practices with like names; ours was not among them.",
            self.theme,
            on,
        )
        self.act(self.caseworker, on, lambda: c.WithdrawFlag(flag_id=flag, reason=reason, occurred_on=on))

    def reopen_flag(self, flag: str, on: date) -> None:
        reason = self.words.fill(
            "The {month} figure that cleared it was restated, from {a} to {b}.", self.theme, on
        )
        self.act(self.caseworker, on, lambda: c.ReopenFlag(flag_id=flag, reason=reason, occurred_on=on))

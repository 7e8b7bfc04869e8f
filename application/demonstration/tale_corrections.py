"""What of a tale is put right."""

from __future__ import annotations

from datetime import date

from application.demonstration.cast import HELEN
from application.demonstration.plan import Plan
from domain.practice import commands as c
from domain.practice.kinds import CorrectionKind


class CorrectionsOf(Plan):
    def correct(self, label: str, on: date, who: str, **fields: object) -> None:
        """The person who recorded it corrects it."""
        reason = self.words.fill("A slip: my notes of the {day} have it right.", self.theme, on)
        self.act(
            who,
            on,
            lambda: c.CorrectFact(version=self.version(label), fields=fields, reason=reason, occurred_on=on),
            after=(label,),
        )

    def withdraw(self, label: str, on: date, who: str) -> None:
        reason = self.words.fill("Entered here by mistake: it belongs to the {day} meeting.", self.theme, on)
        self.act(
            who,
            on,
            lambda: c.WithdrawFact(version=self.version(label), reason=reason, occurred_on=on),
            after=(label,),
        )

    def request(self, label: str, on: date, who: str, **fields: object) -> str:
        request = self.new("request")
        reason = self.words.fill(
            "The {role} says the minutes of {month} have it otherwise, on page {k}.", self.theme, on
        )
        self.act(
            who,
            on,
            lambda: c.RequestCorrection(
                request_id=request,
                version=self.version(label),
                kind=CorrectionKind.CORRECT,
                fields=fields,
                reason=reason,
                occurred_on=on,
            ),
            request,
            after=(label,),
        )
        return request

    def authorise(self, request: str, on: date) -> None:
        self.act(
            HELEN, on, lambda: c.AuthoriseCorrection(request_id=request, occurred_on=on), after=(request,)
        )

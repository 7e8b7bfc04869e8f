"""The tier of a tale: proposed, decided, reviewed, and what others say of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from application.demonstration.cast import TODAY
from application.demonstration.plan import workday
from application.demonstration.tale_talk import TalkOf
from application.demonstration.weighing import DISSENT, VIEW, weighed
from domain.practice import commands as c
from domain.practice.kinds import Tier


class TierOf(TalkOf):
    def propose_tier(
        self, on: date, tier: Tier, rests_on: tuple[str, ...], review: date | None = None
    ) -> str:
        proposal = self.new("proposal")
        rationale = self.words.rationale(self.tier, tier, self.theme, on)
        self.act(
            self.caseworker,
            on,
            lambda: c.ProposeTier(
                proposal_id=proposal,
                tier=tier,
                rationale=rationale,
                inputs=self._cited(rests_on),
                effective_on=on,
                review_on=review,
                occurred_on=on,
            ),
            proposal,
            after=rests_on,
        )
        return proposal

    def decide(
        self,
        on: date,
        tier: Tier,
        rests_on: tuple[str, ...],
        proposal: str | None = None,
        days_of_effect: int = 1,
        over_dispute: str | None = None,
        for_safety: str | None = None,
        after: tuple[str, ...] = (),
        asking: Callable[[], str] | None = None,
    ) -> None:
        decision = self.new("decision")
        rationale = self.words.rationale(self.tier, tier, self.theme, on)
        said = weighed(self.tier, tier, lambda sentence: self.words.fill(sentence, self.theme, on))
        days = {Tier.CAUSE_FOR_CONCERN: 30, Tier.ROOM_FOR_IMPROVEMENT: 91, Tier.ASSURANCE_BASED: 365}[tier]
        self.tier, self.rests_on = tier, rests_on
        self.review_on = on + timedelta(days=days)
        self.act(
            self.manager,
            on,
            lambda: c.DecideTier(
                decision_id=decision,
                proposal_id=proposal,
                tier=tier,
                rationale=rationale,
                inputs=self._cited(rests_on),
                effective_on=on + timedelta(days=days_of_effect),
                review_on=on + timedelta(days=days),
                occurred_on=on,
                over_dispute=over_dispute,
                immediate_safety=for_safety,
                asking_id=asking() if asking else None,
                **said,
            ),
            decision,
            after=(*rests_on, proposal, *after),
        )
        self._dissent(decision, on, tier)

    def view(self, on: date, tier: Tier) -> None:
        """The lead says which tier the local commissioner would choose, before the manager decides."""
        view, words = self.new("view"), self.words.fill(VIEW, self.theme, on)
        self.act(
            self.lead, on, lambda: c.StateTierView(view_id=view, tier=tier, words=words, occurred_on=on), view
        )

    def _dissent(self, decision: str, on: date, tier: Tier) -> None:
        """Where a practice was moved to cause for concern, its local commissioner would have waited."""
        if tier != Tier.CAUSE_FOR_CONCERN or self.rng.random() < 0.5:
            return
        dissent, words = self.new("dissent"), self.words.fill(DISSENT, self.theme, on)
        day = workday(on + timedelta(days=2))
        self.act(
            self.lead,
            day,
            lambda: c.RecordDissent(dissent_id=dissent, decision_id=decision, words=words, occurred_on=day),
            dissent,
            after=(decision,),
        )

    def keep_reviewed(self, until: date = TODAY) -> None:
        """Each review that fell due by a day was held when it was due: a conversation, and the same tier again."""
        while self.review_on is not None and self.review_on < until:
            on = workday(self.review_on - timedelta(days=3))
            talk = self.together(on) if self.tier == Tier.CAUSE_FOR_CONCERN else self.talk(on)
            self.decide(workday(self.review_on - timedelta(days=1)), self.tier, (*self.rests_on[:2], talk))

    def decline(self, proposal: str, on: date) -> None:
        reason = self.words.fill(
            "The {role} has not been asked about the {month} figures yet.", self.theme, on
        )
        self.act(
            self.manager,
            on,
            lambda: c.DeclineTierProposal(proposal_id=proposal, reason=reason, occurred_on=on),
            after=(proposal,),
        )

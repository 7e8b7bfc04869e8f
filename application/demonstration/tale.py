"""One practice's tale: what was done, on which day, by whom. Planned first, then told in the order of the clock."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from application.demonstration.cast import AMIRA, AREA_TEAM, BEGINS, HELEN, INES, LEADS, MARTIN, REGION, TODAY
from application.demonstration.themes import Theme
from application.demonstration.weighing import DISSENT, VIEW, weighed
from application.demonstration.words import ACCEPTED, CLEARED, FLAG_NOTES, NOT_ACCEPTED, ROLES, Words
from domain.practice import commands as c
from domain.practice.kinds import (
    ActionKind,
    Channel,
    ClearedBecause,
    ContractType,
    CorrectionKind,
    FlagKind,
    IntelligenceSource,
    Level,
    ParticipantRole,
    PracticeAnswer,
    Side,
    Tier,
)
from domain.rules import LONDON, Command

_CHANNELS = (
    Channel.PHONE,
    Channel.PHONE,
    Channel.VIDEO,
    Channel.MEETING,
    Channel.VISIT,
    Channel.LETTER_OR_EMAIL,
)
_AT_THE_PRACTICE = (
    ParticipantRole.PRACTICE_MANAGER,
    ParticipantRole.GP_PARTNER,
    ParticipantRole.DEPUTY_PRACTICE_MANAGER,
    ParticipantRole.PRACTICE_NURSE,
    ParticipantRole.RECEPTIONIST,
    ParticipantRole.SALARIED_GP,
    ParticipantRole.OTHER,
    ParticipantRole.PHARMACIST,
)
"""With whom the story's people speak."""


def workday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


@dataclass(order=True)
class Act:
    """One command of a tale. It is made when its turn comes, because it may cite what was recorded before."""

    at: datetime
    code: str
    number: int
    who: str = field(compare=False)
    make: Callable[[], Command] = field(compare=False)
    label: str | None = field(compare=False, default=None)


@dataclass
class Tale:
    """`cites` maps a label to the fact it became, filled in as the tale is told."""

    code: str
    name: str
    commissioner: str
    theme: Theme
    rng: random.Random
    caseworker: str = AMIRA
    manager: str = MARTIN
    acts: list[Act] = field(default_factory=list)
    cites: dict[str, str] = field(default_factory=dict)
    tier: Tier = Tier.ASSURANCE_BASED
    _count: int = 0
    _documents: dict[str, str] = field(default_factory=dict)
    registered_with: str | None = None
    review_on: date | None = None
    rests_on: tuple[str, ...] = ()
    list_size: int = 7_120
    _planned: dict[str | None, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = Words(self.rng)
        self.lead = LEADS[self.commissioner]

    # --- planning ----------------------------------------------------------------------------------------------

    def new(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}-{self.code.lower()}{self._count:04d}"

    def act(
        self,
        who: str,
        on: date,
        make: Callable[[], Command],
        label: str | None = None,
        late: int = 0,
        after: tuple[str | None, ...] = (),
    ) -> None:
        """Plan a command for the working hours of a day, or `late` days after it; never after today.

        What it rests on, named by label in `after`, is told before it.
        """
        day = min(on + timedelta(days=late), TODAY)
        moment = time(9 + self.rng.randint(0, 6), self.rng.randint(0, 59), self.rng.randint(0, 59))
        rests_on = [self._planned[one] + timedelta(minutes=2) for one in after if one in self._planned]
        at = max([datetime.combine(day, moment, LONDON), self._not_before(day), *rests_on])
        self.acts.append(Act(at, self.code, len(self.acts), who, make, label))
        if label is not None:
            self._planned.setdefault(label, at)

    def _not_before(self, day: date) -> datetime:
        """After what was planned before it for the same day: a tale's acts follow each other."""
        same_day = [act.at for act in self.acts if act.at.date() == day]
        return max(same_day, default=datetime.combine(day, time(9), LONDON)) + timedelta(minutes=1)

    # --- the things that happen -----------------------------------------------------------------------------------

    def begin(self, on: date = BEGINS, list_size: int | None = None) -> None:
        size = self.list_size = list_size or self.rng.randint(2_100, 14_600)
        opened = date(self.rng.randint(1962, 2012), self.rng.randint(1, 12), 1)
        self.act(
            "operator",
            on,
            lambda: c.RegisterPractice(
                code=self.code,
                name=self.name,
                contract_holder=AREA_TEAM,
                local_commissioner=self.registered_with or self.commissioner,
                region=REGION,
                opened_on=opened,
                list_size=size,
                address=f"{self.rng.randint(2, 98)} {self.name.split()[0]} Lane\nNorth Moor",
                postcode=f"ZZ{self.rng.randint(1, 9)} {self.rng.randint(1, 9)}XX",
            ),
            "registered",
        )
        kind = self.rng.choice((ContractType.GMS, ContractType.GMS, ContractType.PMS, ContractType.APMS))
        contract = self.new("contract")
        self.contract = contract
        self.act(
            self.caseworker,
            on,
            lambda: c.SignContract(
                contract_id=contract,
                reference=f"{kind}-{self.code}",
                contract_type=kind,
                parties=(f"{self.name} partnership",),
                starts_on=max(opened, date(2013, 4, 1)),
                ends_on=date(2029, 3, 31) if kind == ContractType.APMS else None,
                occurred_on=on,
            ),
            "contract",
        )
        self.act(self.manager, on, lambda: c.NameCaseworker(caseworker=self.caseworker, occurred_on=on))

    def vary(self, on: date) -> None:
        wording = self.words.fill(
            "The core hours on {day}s begin at eight, and {n} patients of the branch move to the main site.",
            self.theme,
            on,
        )
        self.act(
            self.caseworker,
            on,
            lambda: c.VaryContract(
                contract_id=self.contract,
                variation=f"{self.code} V{on:%y%m}",
                clauses="Schedule of hours",
                wording=wording,
                signed_by_holder_on=on - timedelta(days=9),
                signed_by_contractor_on=on - timedelta(days=4),
                effective_on=on + timedelta(days=28),
                occurred_on=on,
            ),
        )

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

    def talk(
        self,
        on: date,
        who: str = "",
        sides: tuple[Side, ...] = (Side.CONTRACT_HOLDER, Side.PRACTICE),
        flags: tuple[str, ...] = (),
        actions: tuple[str, ...] = (),
        late: int = 0,
        channel: Channel | None = None,
    ) -> str:
        entry = self.new("entry")
        shared = {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER} <= set(sides)
        said = self.words.said(self.theme, on, together=shared)
        chosen = channel or (Channel.MEETING if shared else self.rng.choice(_CHANNELS))
        attendees = tuple(self._attendee(side) for side in sides)
        default = self.caseworker if Side.CONTRACT_HOLDER in sides else self.lead
        self.act(
            who or default,
            on,
            lambda: c.RecordConversation(
                entry_id=entry,
                occurred_on=on,
                channel=chosen,
                attendees=attendees,
                said=said,
                about_flags=flags,
                about_actions=actions,
            ),
            entry,
            late,
        )
        return entry

    def _attendee(self, side: Side) -> c.Attendee:
        if side == Side.CONTRACT_HOLDER:
            return c.Attendee(side=side, role=ParticipantRole.CASEWORKER, person=self.caseworker)
        if side == Side.LOCAL_COMMISSIONER:
            return c.Attendee(side=side, role=ParticipantRole.QUALITY_LEAD, person=self.lead)
        role = self.rng.choice(_AT_THE_PRACTICE)
        described = "assistant manager" if role == ParticipantRole.OTHER else None
        return c.Attendee(side=side, role=role, described=described)

    def together(self, on: date, **more: object) -> str:
        """One shared conversation: both organisations, with the practice."""
        return self.talk(on, sides=(Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER, Side.PRACTICE), **more)  # type: ignore[arg-type]

    def hear(self, on: date, flags: tuple[str, ...] = (), by_lead: bool = True) -> str:
        heard = self.new("intelligence")
        source = self.rng.choice(tuple(IntelligenceSource))
        summary = self.words.one(self.theme.heard, self.theme, on)
        self.act(
            self.lead if by_lead else self.caseworker,
            on,
            lambda: c.RecordIntelligence(
                intelligence_id=heard, source=source, summary=summary, about_flags=flags, occurred_on=on
            ),
            heard,
        )
        return heard

    def verify(self, heard: str, on: date, evidence: tuple[str, ...] = (), borne_out: bool = True) -> None:
        """Somebody of the area team corroborates or discounts what the lead heard."""
        reason = self.words.fill(
            "Borne out by {n} records of {month} that the {role} showed us."
            if borne_out
            else "The {month} log shows {k} such cases in a year, no more than elsewhere.",
            self.theme,
            on,
        )
        command = c.CorroborateIntelligence if borne_out else c.DiscountIntelligence
        self.act(
            self.caseworker,
            on,
            lambda: command(
                intelligence_id=heard,
                reason=reason,
                evidence=tuple(self.cites[label] for label in evidence),
                occurred_on=on,
            ),
            f"{heard}-verified",
            after=(heard, *evidence),
        )

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

    def _cited(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.cites[label] for label in labels if label in self.cites))

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

    def reopen_flag(self, flag: str, on: date) -> None:
        reason = self.words.fill(
            "The {month} figure that cleared it was restated, from {a} to {b}.", self.theme, on
        )
        self.act(self.caseworker, on, lambda: c.ReopenFlag(flag_id=flag, reason=reason, occurred_on=on))

    def reopen_action(self, action: str, on: date, due: date) -> None:
        reason = self.words.fill("It lapsed again on {k} {day}s in {month}.", self.theme, on)
        self.act(
            self.caseworker,
            on,
            lambda: c.ReopenAction(action_id=action, reason=reason, due_on=due, occurred_on=on),
            after=(f"{action}-accepted",),
        )

    def rename(self, name: str, on: date) -> None:
        self.act(
            self.caseworker, on, lambda: c.ChangeDetails(name=name, list_size=self.list_size, occurred_on=on)
        )

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

    def version(self, label: str) -> int:
        """The version of the fact that a label became."""
        return int(self.cites[label].partition("/")[2])

"""Several officers of both organisations, and of others, ask for whatever they like in whatever order."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.access.permissions import GRANTED, check
from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.correctable import correctable_fields
from domain.practice.kinds import (
    ROLES_OF,
    ActionKind,
    Channel,
    ClearedBecause,
    CorrectionKind,
    ExplanationCategory,
    FlagKind,
    IntelligenceSource,
    Level,
    PracticeAnswer,
    Side,
    Tier,
    WithdrawnBecause,
)
from domain.practice.practice import decide, replay
from domain.practice.state import Practice
from domain.rules import Asked, Recorded, RuleBroken
from tests.support import factories as a
from tests.support.given import (
    ADMINISTRATOR,
    AUDITOR,
    CASEWORKER,
    LEAD,
    MANAGER,
    NOW,
    OPERATOR,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
)

OFFICERS = [
    CASEWORKER,
    OTHER_CASEWORKER,
    MANAGER,
    OTHER_MANAGER,
    LEAD,
    replace(LEAD, person="person-lead0002"),
    replace(LEAD, person="person-newlead1", organisation="99B"),
    replace(MANAGER, person=LEAD.person),
    replace(CASEWORKER, person="person-elsewhere", organisation="Q98"),
    OPERATOR,
    AUDITOR,
    ADMINISTRATOR,
]
ONE_OPEN = (ActionKind.VISIT, ActionKind.CONTRACT_REVIEW, ActionKind.DECLARATION_REMINDER)
LUCK = st.randoms(use_true_random=True)
"""One number decides all the choices of one step, so that a story of forty steps is short to tell and to shrink."""
_count = itertools.count(1)


def new(prefix: str) -> str:
    return f"{prefix}-{next(_count):012d}"


NEXT: dict[str, list[type[c.PracticeCommand]]] = {
    "proposed": [
        c.AgreeAction,
        c.AgreeAction,
        c.AgreeAction,
        c.AnswerAction,
        c.RescheduleAction,
        c.CancelAction,
    ],
    "agreed": [c.CompleteAction, c.CompleteAction, c.ProgressAction, c.RescheduleAction, c.CancelAction],
    "completed": [c.AcceptEvidence, c.AcceptEvidence, c.SendBackAction, c.CancelAction],
    "accepted": [c.ReopenAction],
    "cancelled": [c.ReopenAction],
}
"""What usually comes next for an action."""
ANSWERS = sorted({kind for kinds in NEXT.values() for kind in kinds}, key=lambda kind: kind.__name__)
ODD: list[Any] = [None, "", "W", 0, -1, 1.5, 10**400, True, [], {}, [None], ["X90001/1"], "x" * 20_001, "2026-02-31",
                  [{"side": "practice"}], [{"side": "contract_holder", "role": "R"}]]  # fmt: skip
ODD += [member.value for kind in (FlagKind, ActionKind, Tier, Side, Level) for member in kind]


class Luck:
    """Choices, usually sensible ones."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def one(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def usually(self, usual: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        return usual() if self.random.random() < 0.85 else otherwise()

    def day(self, around: date) -> date:
        return around + timedelta(days=self.random.randint(-6, 4))

    def known(self, things: Any, prefix: str) -> str:
        return self.usually(
            lambda: self.one(*list(things)[-3:]) if things else "", lambda: f"{prefix}-elsewhere1"
        )

    def some(self, things: Any) -> tuple[str, ...]:
        return tuple(self.one(*things) for _ in range(self.random.randint(0, 2))) if things else ()

    def officer(self, asked_for: type[c.PracticeCommand]) -> Asked:
        """Usually one whose role may ask for it."""
        may = [one for one in OFFICERS if one.role in GRANTED[asked_for.__name__]]
        return self.usually(lambda: self.one(*may[:4]), lambda: self.one(*OFFICERS))


class Officers(RuleBasedStateMachine):
    """Each rule asks for something about what the practice now holds; what is decided is recorded."""

    @initialize()
    def the_practice_is_registered(self) -> None:
        self.at = NOW
        self.known: Practice | None = None
        self.history: list[Recorded] = []
        self.handle(c.RegisterPractice(code=a.CODE, name="Larkfield Road Surgery", contract_holder="Q99",
                                       local_commissioner="99A", region="Y99",
                                       responsible_from=date(2026, 1, 1)), OPERATOR)  # fmt: skip
        assert len(self.history) == 2

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def now(self) -> Practice:
        """Where the practice stands: replayed afresh whenever something was recorded."""
        if self.known is None or self.known.version != len(self.history):
            self.known = replay(self.history[:])
        return self.known

    def handle(self, command: c.PracticeCommand, asked: Asked) -> None:
        asked, practice = replace(asked, at=self.at), self.now
        try:
            check(asked, command, practice)
            facts = decide(practice, command, asked)
        except RuleBroken:
            facts = []
        assert practice == replay(self.history[:]), "a rule changed what it looked at"
        for fact in facts:
            version = len(self.history) + 1
            self.history.append(
                Recorded(f"practice-{a.CODE}", version, version, self.at, asked.person, asked.organisation, asked.role,
                         None, f"command-{version}", getattr(fact, "corrects", None), fact)
            )  # fmt: skip

    def ask(self, luck: Luck, asked_for: type[c.PracticeCommand], /, **given: Any) -> None:
        given.setdefault("occurred_on", luck.usually(lambda: None, lambda: luck.day(self.today)))
        self.handle(asked_for(**given), luck.officer(asked_for))

    def cites(self, luck: Luck) -> tuple[str, ...]:
        def one() -> int:
            return luck.usually(lambda: luck.one(*self.now.standing), lambda: luck.random.randint(0, 60))

        return tuple(f"{a.CODE}/{one()}" for _ in range(luck.random.randint(0, 2)))

    @rule(days=st.integers(0, 3))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days, minutes=1)

    @rule(random=LUCK)
    def register(self, random: Random) -> None:
        luck = Luck(random)
        match luck.random.randint(0, 5):
            case 0:
                self.ask(luck, c.ChangeDetails, name=luck.one("A", "B"), list_size=luck.one(None, 1, -1))
            case 1:
                self.ask(luck, c.AssignResponsibility, contract_holder=luck.one("Q99", "Q99", "Q99", "Q98"),
                         local_commissioner=luck.one("99A", "99A", "99B", None), from_on=luck.day(self.today))  # fmt: skip
            case 2:
                self.ask(luck, c.NameCaseworker, caseworker=luck.one(None, CASEWORKER.person, "Amira"))
            case 3 if luck.random.random() < 0.2:
                self.ask(luck, c.ClosePractice, closed_on=luck.day(self.today))
            case _ if self.now.closed_on is not None:
                self.ask(luck, c.ReopenPractice, reason=luck.one(None, "R"))
            case _:
                self.ask(luck, c.NameCaseworker, caseworker=luck.one(MANAGER.person, CASEWORKER.person))

    @rule(random=LUCK)
    def contract(self, random: Random) -> None:
        luck = Luck(random)
        if not self.now.contracts or luck.random.random() < 0.3:
            self.ask(luck, c.SignContract, contract_id=new("contract"), reference=luck.one("G1", "G2"),
                     contract_type="GMS", parties=luck.one(("P",), ("P",), ()), starts_on=luck.day(self.today),
                     ends_on=luck.one(None, luck.day(self.today)))  # fmt: skip
        else:
            past = luck.day(self.today - timedelta(days=12))
            self.ask(luck, c.VaryContract, contract_id=luck.known(self.now.contracts, "contract"), variation="V",
                     wording="W", unilateral=luck.one(False, True), legal_basis=luck.one("Law", None),
                     notice_given_on=luck.one(past, None), signed_by_holder_on=luck.one(past, past, None),
                     signed_by_contractor_on=luck.one(past, past, luck.day(self.today)),
                     effective_on=luck.day(self.today + timedelta(days=4)))  # fmt: skip

    @rule(random=LUCK)
    def raise_flag(self, random: Random) -> None:
        luck = Luck(random)
        self.ask(luck, c.RaiseFlag, kind=luck.one(*FlagKind), level=luck.one(*Level),
                 flag_id=luck.usually(lambda: new("flag"), lambda: luck.known(self.now.flags, "flag")),
                 indicator=luck.one("PE03", "PE03", "PS01", "XX99"))  # fmt: skip

    @rule(random=LUCK)
    def answer_flag(self, random: Random) -> None:
        luck = Luck(random)
        flag = luck.known(self.now.flags, "flag")
        match luck.random.randint(0, 4):
            case 0:
                self.ask(luck, c.ExplainFlag, flag_id=flag, explanation_id=new("explanation"), words="W", given_by="practice",
                         category=luck.one(*ExplanationCategory))  # fmt: skip
            case 1:
                self.ask(luck, c.ClearFlag, flag_id=flag, because=luck.one(*ClearedBecause), reason="R")
            case 2:
                self.ask(luck, c.WithdrawFlag, flag_id=flag, because=luck.one(*WithdrawnBecause), reason="R")
            case _:
                self.ask(luck, c.ReopenFlag, flag_id=flag, reason="R")

    @rule(random=LUCK)
    def talk(self, random: Random) -> None:
        luck, now = Luck(random), self.now
        attendees = tuple(
            c.Attendee(side=side, role=luck.one(*ROLES_OF[side][:2]))
            for side in (luck.one(*Side) for _ in range(luck.random.randint(0, 4)))
        )
        self.ask(luck, c.RecordConversation, entry_id=new("entry"), channel=luck.one(*Channel), attendees=attendees,
                 said="S", about_flags=luck.some(now.flags), about_actions=luck.some(now.actions),
                 about_intelligence=luck.some(now.intelligence), next_contact_on=luck.one(None, luck.day(self.today)),
                 reply_to=luck.one(None, luck.known(now.entries, "entry")), occurred_on=luck.day(self.today))  # fmt: skip

    @rule(random=LUCK)
    def hear(self, random: Random) -> None:
        luck, now = Luck(random), self.now
        if not now.intelligence or luck.random.random() < 0.4:
            self.ask(luck, c.RecordIntelligence, intelligence_id=new("intelligence"), summary="S",
                     source=luck.one(*IntelligenceSource), about_flags=luck.some(now.flags))  # fmt: skip
        else:
            self.ask(luck, luck.one(c.CorroborateIntelligence, c.DiscountIntelligence), reason="R",
                     intelligence_id=luck.known(now.intelligence, "intelligence"), evidence=self.cites(luck))  # fmt: skip

    @rule(random=LUCK)
    def propose_action(self, random: Random) -> None:
        luck = Luck(random)
        self.ask(luck, c.ProposeAction, action_id=new("action"), kind=luck.one(*ActionKind, ActionKind.VISIT),
                 issue="I", owner=luck.one(*Side), due_on=luck.day(self.today + timedelta(days=6)),
                 success_measure="S", about_flags=luck.some(self.now.flags))  # fmt: skip

    @rule(random=LUCK, times=st.integers(1, 6))
    def work_on_action(self, random: Random, times: int) -> None:
        luck = Luck(random)
        thing = luck.known(self.now.actions, "action")
        for _ in range(times):
            action = self.now.actions.get(thing)
            usual = NEXT[action.status] if action else ANSWERS
            self.next_for(luck, luck.one(*luck.usually(lambda: usual, lambda: ANSWERS)), thing)  # noqa: B023

    def next_for(self, luck: Luck, what: type[c.PracticeCommand], thing: str) -> None:
        more: dict[str, Any] = {
            "answer": luck.one(*PracticeAnswer),
            "answered_by": "W",
            "words": "W",
            "reason": "R",
            "due_on": luck.day(self.today + timedelta(days=6)),
            "evidence": self.cites(luck),
            "evidence_document": luck.one("D", "D", None),
            "not_done": luck.one(True, False),
        }
        known = what.__dataclass_fields__
        self.ask(
            luck, what, action_id=thing, **{name: value for name, value in more.items() if name in known}
        )

    @rule(random=LUCK)
    def tier(self, random: Random) -> None:
        luck, proposals = Luck(random), self.now.proposals
        waiting = [one.proposal_id for one in proposals.values() if one.status == "open"] or proposals
        decided: dict[str, Any] = {
            "tier": luck.one(*Tier),
            "rationale": "R",
            "inputs": self.cites(luck),
            "effective_on": luck.usually(
                lambda: self.today + timedelta(days=luck.random.randint(0, 4)), lambda: luck.day(self.today)
            ),
            "review_on": luck.usually(lambda: None, lambda: luck.day(self.today)),
        }
        match luck.random.randint(0, 4):
            case 0 | 1:
                self.ask(luck, c.ProposeTier, proposal_id=new("proposal"), **decided)
            case 2:
                self.ask(luck, c.DeclineTierProposal, proposal_id=luck.known(waiting, "proposal"), reason="R")
            case _:
                self.ask(luck, c.DecideTier, decision_id=new("decision"), **decided,
                         proposal_id=luck.one(None, luck.known(waiting, "proposal")))  # fmt: skip

    # --- corrections

    def changes(self, luck: Luck, version: int) -> dict[str, Any]:
        """A change of one field, sometimes to what could stand there, and sometimes not."""
        entry = self.now.standing.get(version)
        fields = correctable_fields(entry.fact) if entry else {}
        if not fields:
            return {"occurred_on": "2026-11-01"}
        days = [name for name in fields if name.endswith("_on")]
        name = luck.one(*fields, *days * 3)
        day = luck.day(self.today).isoformat()
        return {
            name: luck.usually(lambda: day, lambda: luck.one(*ODD)) if name in days else luck.one(day, *ODD)
        }

    @rule(random=LUCK)
    def correct(self, random: Random) -> None:
        luck = Luck(random)
        version = luck.usually(lambda: luck.one(*self.now.standing), lambda: luck.random.randint(0, 60))
        entry, asked = self.now.standing.get(version), luck.officer(c.CorrectFact)
        if entry is not None:
            own = next((one for one in OFFICERS if one.person == entry.person), asked)
            asked = luck.usually(lambda: own, lambda: asked)
        if luck.one(True, False):
            self.handle(c.WithdrawFact(version=version, reason="R"), asked)
        else:
            self.handle(c.CorrectFact(version=version, fields=self.changes(luck, version), reason="R"), asked)

    @rule(random=LUCK, answered=st.booleans())
    def request(self, random: Random, answered: bool) -> None:
        luck = Luck(random)
        version = luck.one(*self.now.standing)
        self.ask(luck, c.RequestCorrection, request_id=new("request"), version=version,
                 kind=luck.one(*CorrectionKind), fields=self.changes(luck, version), reason="R")  # fmt: skip
        if answered:
            self.answer_request(random)

    @rule(random=LUCK)
    def answer_request(self, random: Random) -> None:
        luck = Luck(random)
        requests = self.now.requests
        waiting = [one.request_id for one in requests.values() if one.status == "open"] or requests
        which = luck.known(waiting, "request")
        if luck.random.random() < 0.2:
            self.ask(luck, c.DeclineCorrection, request_id=which, reason="R")
        else:
            self.ask(luck, c.AuthoriseCorrection, request_id=which)

    # --- what is always true

    @invariant()
    def versions_are_gapless(self) -> None:
        assert [entry.version for entry in self.history] == list(range(1, len(self.history) + 1))

    @invariant()
    def an_indicator_has_one_open_flag_of_a_kind(self) -> None:
        found = [(flag.indicator, flag.kind) for flag in self.now.flags.values() if flag.open]
        assert len(found) == len(set(found))

    @invariant()
    def a_visit_a_review_and_a_reminder_are_open_once(self) -> None:
        found = [one.kind for one in self.now.actions.values() if one.kind in ONE_OPEN and not one.ended]
        assert len(found) == len(set(found))

    @invariant()
    def nobody_agreed_for_both_nor_for_an_organisation_not_their_own(self) -> None:
        for action in self.now.actions.values():
            assert len(set(action.agreed_by.values())) == len(action.agreed_by)
        for entry in self.history:
            if isinstance(entry.fact, e.ActionAgreed):
                assert entry.fact.organisation == entry.organisation
                assert (entry.fact.side == Side.LOCAL_COMMISSIONER) is (entry.role == "lead")

    @invariant()
    def there_is_exactly_one_tier_on_any_day_and_only_a_decision_that_stands_gives_another(self) -> None:
        now = self.now
        for day in range(-12, 12):
            tier = now.tier_on(self.today + timedelta(days=day))
            assert tier in Tier
            assert tier == Tier.ASSURANCE_BASED or tier in {one.tier for one in now.decisions}
        assert all(one.version in now.standing for one in now.decisions)
        assert all(one.decided_on <= one.effective_on for one in now.decisions)

    @invariant()
    def one_proposal_waits_at_a_time(self) -> None:
        assert sum(one.status == "open" for one in self.now.proposals.values()) <= 1

    @invariant()
    def what_was_withdrawn_stands_no_more_and_everything_else_does(self) -> None:
        withdrawn = {entry.fact.corrects for entry in self.history if isinstance(entry.fact, e.FactWithdrawn)}
        assert set(self.now.standing) == {entry.version for entry in self.history} - withdrawn

    @invariant()
    def nothing_ends_before_it_began(self) -> None:
        now = self.now
        for flag in now.flags.values():
            assert flag.ended_on is None or flag.raised_on <= flag.ended_on
        for action in now.actions.values():
            assert action.proposed_on <= action.due_on
            assert action.completed_on is None or action.proposed_on <= action.completed_on
            assert action.ended_on is None or (action.completed_on or action.proposed_on) <= action.ended_on
        for contract in now.contracts.values():
            assert contract.ends_on is None or contract.starts_on <= contract.ends_on
            assert contract.varied_on is None or contract.starts_on <= contract.varied_on

    @invariant()
    def an_ended_or_waiting_action_was_agreed_or_cancelled(self) -> None:
        for action in self.now.actions.values():
            if action.status in {"completed", "accepted"}:
                assert Side.CONTRACT_HOLDER in action.agreed_by

    @invariant()
    def somebody_answers_for_the_practice(self) -> None:
        assert self.now.responsible_on(self.today) is not None

    @invariant()
    def an_id_is_used_once(self) -> None:
        for name, begins in (("flag_id", e.FlagRaised), ("action_id", e.ActionProposed), ("decision_id", e.TierDecided),
                             ("entry_id", e.ConversationRecorded), ("contract_id", e.ContractSigned)):  # fmt: skip
            found = [getattr(entry.fact, name) for entry in self.history if isinstance(entry.fact, begins)]
            assert len(found) == len(set(found))

    @invariant()
    def every_fact_has_happened_when_it_is_recorded(self) -> None:
        for entry in self.history:
            assert entry.fact.occurred_on <= entry.recorded_on  # type: ignore[attr-defined]


Officers.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSeveralOfficers = Officers.TestCase

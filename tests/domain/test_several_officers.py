"""Several officers of both organisations, and of others, ask for whatever they like in whatever order."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.access.permissions import check
from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.correctable import correctable_fields
from domain.practice.kinds import (
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
BUSY = st.sampled_from([*OFFICERS[:5], *OFFICERS[:5], *OFFICERS])
ONE_OPEN = (ActionKind.VISIT, ActionKind.CONTRACT_REVIEW, ActionKind.DECLARATION_REMINDER)
_count = itertools.count(1)


def days(around: date) -> st.SearchStrategy[date]:
    return st.integers(-6, 4).map(lambda days: around + timedelta(days=days))


def new(prefix: str) -> st.SearchStrategy[str]:
    return st.builds(lambda: f"{prefix}-{next(_count):012d}")


def one_of(known: Any, prefix: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*known, f"{prefix}-elsewhere1"])


def some_of(known: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([*known]), max_size=2).map(tuple) if known else st.just(())


class Officers(RuleBasedStateMachine):
    """Each rule draws a command about what the practice now holds; `handle` asks for it and keeps what is decided."""

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

    def handle(self, command: c.PracticeCommand, asked: Asked) -> None:
        asked = replace(asked, at=self.at)
        practice = self.now
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

    def ask(self, data: st.DataObject, asked_for: type[c.PracticeCommand], /, **drawn: st.SearchStrategy) -> None:
        drawn.setdefault("occurred_on", st.none() | days(self.today))
        command = asked_for(**{name: data.draw(strategy, name) for name, strategy in drawn.items()})
        self.handle(command, data.draw(BUSY, "asked"))

    @property
    def now(self) -> Practice:
        """Where the practice stands: replayed afresh whenever something was recorded."""
        if self.known is None or self.known.version != len(self.history):
            self.known = replay(self.history)
        return self.known

    def cites(self) -> st.SearchStrategy[tuple[str, ...]]:
        one = st.integers(0, len(self.history) + 1).map(lambda version: f"{a.CODE}/{version}")
        return st.lists(one, max_size=2).map(tuple)

    @rule(days=st.integers(0, 3))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days, minutes=1)

    # --- register and contract

    @rule(data=st.data())
    def register(self, data: st.DataObject) -> None:
        day = st.none() | days(self.today)
        which = data.draw(st.integers(0, 5))
        if which == 0:
            self.ask(
                data,
                c.ChangeDetails,
                name=st.sampled_from(["A", "B"]),
                list_size=st.sampled_from([None, 1, -1]),
            )
        elif which == 1:
            self.ask(data, c.AssignResponsibility, contract_holder=st.sampled_from(["Q99", "Q99", "Q98"]),
                     local_commissioner=st.sampled_from(["99A", "99B", None]), from_on=days(self.today))  # fmt: skip
        elif which == 2:
            self.ask(
                data,
                c.NameCaseworker,
                caseworker=st.sampled_from([None, CASEWORKER.person, "Amira"]),
                from_on=day,
            )
        elif which == 3 and data.draw(st.booleans()):
            self.ask(data, c.ClosePractice, closed_on=days(self.today))
        elif which == 4:
            self.ask(data, c.SignContract, contract_id=new("contract"), reference=st.sampled_from(["G1", "G2"]),
                     contract_type=st.just("GMS"), parties=st.just(("P",)), starts_on=days(self.today),
                     ends_on=day)  # fmt: skip
        else:
            self.ask(data, c.VaryContract, contract_id=one_of(self.now.contracts, "contract"), variation=st.just("V"),
                     wording=st.just("W"), unilateral=st.booleans(), legal_basis=st.sampled_from([None, "Law"]),
                     notice_given_on=day, signed_by_holder_on=day, signed_by_contractor_on=day,
                     effective_on=days(self.today))  # fmt: skip

    @rule(data=st.data())
    def reopen_practice(self, data: st.DataObject) -> None:
        if self.now.closed_on is not None:
            self.ask(data, c.ReopenPractice, reason=st.sampled_from([None, "R"]))

    # --- flags

    @rule(data=st.data())
    def raise_flag(self, data: st.DataObject) -> None:
        self.ask(data, c.RaiseFlag, flag_id=new("flag") | one_of(self.now.flags, "flag"),
                 indicator=st.sampled_from(["PE03", "PE03", "PS01", "XX99"]), kind=st.sampled_from(FlagKind),
                 level=st.sampled_from(Level))  # fmt: skip

    @rule(data=st.data())
    def answer_flag(self, data: st.DataObject) -> None:
        flag = {"flag_id": one_of(self.now.flags, "flag")}
        which = data.draw(st.integers(0, 3))
        if which == 0:
            self.ask(data, c.ExplainFlag, **flag, explanation_id=new("explanation"),
                     category=st.sampled_from(ExplanationCategory), words=st.just("W"))  # fmt: skip
        elif which == 1:
            self.ask(data, c.ClearFlag, **flag, because=st.sampled_from(ClearedBecause), reason=st.just("R"))
        elif which == 2:
            self.ask(
                data, c.WithdrawFlag, **flag, because=st.sampled_from(WithdrawnBecause), reason=st.just("R")
            )
        else:
            self.ask(data, c.ReopenFlag, **flag, reason=st.just("R"))

    # --- conversation and intelligence

    @rule(data=st.data())
    def talk(self, data: st.DataObject) -> None:
        now = self.now
        attendee = st.builds(c.Attendee, side=st.sampled_from(Side), role=st.just("R"))
        self.ask(data, c.RecordConversation, entry_id=new("entry"), channel=st.sampled_from(Channel),
                 attendees=st.lists(attendee, max_size=3).map(tuple), said=st.just("S"), about_flags=some_of(now.flags),
                 about_actions=some_of(now.actions), about_intelligence=some_of(now.intelligence),
                 next_contact_on=st.none() | days(self.today),
                 reply_to=st.none() | one_of(now.entries, "entry"))  # fmt: skip

    @rule(data=st.data())
    def hear(self, data: st.DataObject) -> None:
        which, known = data.draw(st.integers(0, 2)), self.now.intelligence
        if which == 0:
            self.ask(data, c.RecordIntelligence, intelligence_id=new("intelligence"),
                     source=st.sampled_from(IntelligenceSource), summary=st.just("S"),
                     about_flags=some_of(self.now.flags))  # fmt: skip
        else:
            self.ask(data, c.CorroborateIntelligence if which == 1 else c.DiscountIntelligence,
                     intelligence_id=one_of(known, "intelligence"), reason=st.just("R"), evidence=self.cites())  # fmt: skip

    # --- actions

    @rule(data=st.data())
    def propose_action(self, data: st.DataObject) -> None:
        self.ask(data, c.ProposeAction, action_id=new("action"), kind=st.sampled_from([*ActionKind, ActionKind.VISIT]),
                 issue=st.just("I"), owner=st.sampled_from(Side), due_on=days(self.today), success_measure=st.just("S"),
                 about_flags=some_of(self.now.flags))  # fmt: skip

    @rule(data=st.data(), times=st.integers(1, 2))
    def agree_action(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            self.ask(data, c.AgreeAction, action_id=one_of(self.now.actions, "action"))

    @rule(data=st.data())
    def work_on_action(self, data: st.DataObject) -> None:
        action = {"action_id": one_of(self.now.actions, "action")}
        which, reason = data.draw(st.integers(0, 7)), st.just("R")
        if which == 0:
            self.ask(
                data, c.AnswerAction, **action, answer=st.sampled_from(PracticeAnswer), answered_by=reason
            )
        elif which == 1:
            self.ask(data, c.ProgressAction, **action, words=reason)
        elif which == 2:
            self.ask(data, c.RescheduleAction, **action, due_on=days(self.today), reason=reason)
        elif which == 3:
            self.ask(data, c.CompleteAction, **action, evidence=self.cites(),
                     evidence_document=st.sampled_from([None, "D"]))  # fmt: skip
        elif which == 4:
            self.ask(data, c.AcceptEvidence, **action)
        elif which == 5:
            self.ask(data, c.SendBackAction, **action, reason=reason)
        elif which == 6:
            self.ask(data, c.CancelAction, **action, reason=reason, not_done=st.booleans())
        else:
            self.ask(data, c.ReopenAction, **action, reason=reason, due_on=days(self.today))

    # --- tier

    @rule(data=st.data())
    def tier(self, data: st.DataObject) -> None:
        which, proposals = data.draw(st.integers(0, 2)), self.now.proposals
        words = {"tier": st.sampled_from(Tier), "rationale": st.just("R"), "inputs": self.cites()}
        when = {"effective_on": days(self.today), "review_on": st.none() | days(self.today)}
        if which == 0:
            self.ask(data, c.ProposeTier, proposal_id=new("proposal"), **words, **when)
        elif which == 1:
            self.ask(
                data, c.DeclineTierProposal, proposal_id=one_of(proposals, "proposal"), reason=st.just("R")
            )
        else:
            self.ask(data, c.DecideTier, decision_id=new("decision"), **words, **when,
                     proposal_id=st.none() | one_of(proposals, "proposal"))  # fmt: skip

    # --- corrections

    def changes(self, data: st.DataObject, version: int) -> dict[str, Any]:
        """A random change of a random field, sometimes of the right kind, and sometimes not."""
        entry = self.now.standing.get(version)
        known = correctable_fields(entry.fact) if entry else {}
        if not known:
            return {"occurred_on": "2026-11-01"}
        name = data.draw(st.sampled_from(sorted(known)), "field")
        day = days(self.today).map(date.isoformat)
        kinds = [member.value for kind in (FlagKind, ActionKind, Tier, Side, Level) for member in kind]
        others = st.sampled_from(
            [None, "", "W", 0, -1, 1.5, 10**400, True, [], {}, ["X90001/1"], "x" * 20_001, *kinds]
        )
        return {name: data.draw(day if name.endswith("_on") else others | day, "value")}

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        version = data.draw(st.integers(0, len(self.history) + 1), "version")
        fields, entry = self.changes(data, version), self.now.standing.get(version)
        asked = data.draw(BUSY, "asked")
        if entry is not None and data.draw(st.booleans(), "own"):
            asked = next((one for one in OFFICERS if one.person == entry.person), asked)
        if data.draw(st.booleans(), "withdraw"):
            self.handle(c.WithdrawFact(version=version, reason="R"), asked)
        else:
            self.handle(c.CorrectFact(version=version, fields=fields, reason="R"), asked)

    @rule(data=st.data())
    def request(self, data: st.DataObject) -> None:
        version = data.draw(st.integers(1, len(self.history)), "version")
        fields = self.changes(data, version)
        self.ask(data, c.RequestCorrection, request_id=new("request"), version=st.just(version),
                 kind=st.sampled_from(CorrectionKind), fields=st.just(fields), reason=st.just("R"))  # fmt: skip

    @rule(data=st.data(), declined=st.booleans())
    def answer_request(self, data: st.DataObject, declined: bool) -> None:
        which = one_of(self.now.requests, "request")
        if declined and data.draw(st.booleans()):
            self.ask(data, c.DeclineCorrection, request_id=which, reason=st.just("R"))
        else:
            self.ask(data, c.AuthoriseCorrection, request_id=which)

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
    max_examples=15, phases=[Phase.generate],
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestSeveralOfficers = Officers.TestCase

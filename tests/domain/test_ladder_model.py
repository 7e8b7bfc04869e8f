"""Any steps in any order, on any days: the rules let through what a few lines of ladder say, and nothing else.

The model knows the ladder (domain reference 2.4) in its own words; it shares nothing with the rules but their names.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.practice.contract_kinds import DisputeOutcome, Entitlement, TerminatedBecause
from domain.practice.kinds import ShorterBecause
from domain.practice.practice import decide, replay
from domain.rules import Asked, Recorded, RuleBroken
from tests.support import factories as a
from tests.support.given import MANAGER, OTHER_MANAGER, recorded

CONTRACT = "contract-model001"
WEEKS = timedelta(days=28)
NEVER = date(2199, 1, 1)
"""Not served yet, or with no day of its own."""


@dataclass
class Paper:
    """A notice in the model. `rests` are the notices that it rests on; `first` the day it says that it takes effect."""

    id: str
    kind: str
    drafter: str
    breach: int = -1
    days: int = 28
    status: str = "draft"
    served: date = NEVER
    rests: list[int] = field(default_factory=list)
    first: date = NEVER
    thing: str = ""
    done: bool = False


@dataclass
class Quarrel:
    id: str
    about: int
    in_time: bool
    status: str = "pending"


class Ladder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.today = date(2026, 1, 5)
        self.history: list[Recorded] = recorded(
            a.practice_registered(occurred_on=date(2024, 1, 1)),
            a.responsibility_assigned(from_on=date(2024, 1, 1), occurred_on=date(2024, 1, 1)),
            a.contract_signed(contract_id=CONTRACT, occurred_on=date(2024, 3, 1)),
        )
        self.history = [one._replace(recorded_at=datetime(2024, 3, 1, 9, tzinfo=UTC)) for one in self.history]
        self.breaches: list[tuple[str, bool]] = []
        self.breached: list[date] = []
        self.papers: list[Paper] = []
        self.quarrels: list[Quarrel] = []
        self.ended = False

    def asked(self, person: Asked) -> Asked:
        return replace(person, at=datetime.combine(self.today, time(10), tzinfo=UTC))

    def send(self, command: Any, allowed: bool, person: Asked = MANAGER) -> bool:
        """Ask for it, and hold that it is taken exactly where the model says so."""
        asked, last = self.asked(person), self.history[-1]
        facts, broken = [], None
        try:
            facts = decide(replay(self.history), command, asked)
        except RuleBroken as refused:
            broken = refused.rule
        assert (broken is None) is allowed, f"{type(command).__name__}: {broken or 'let through'}"
        for number, fact in enumerate(facts, start=1):
            self.history.append(
                last._replace(
                    version=last.version + number, person=asked.person, recorded_at=asked.at, fact=fact
                )
            )
        return allowed

    def one_of(self, at: int, *statuses: str) -> int:
        """A notice: three times in four one of these statuses, so that most runs go somewhere."""
        wanted = [number for number, paper in enumerate(self.papers) if paper.status in statuses]
        return wanted[at % len(wanted)] if wanted and at % 4 else at % len(self.papers)

    @initialize(far=some.integers(0, 3))
    def begin(self, far: int) -> None:
        """Some runs begin where a remedial notice was not satisfied, some where a sanction and the end wait their notice."""
        if far == 0:
            return
        for at, remediable in enumerate((True, False)):
            self.identify(remediable)
            self.draft(at, remediable, 28, False, True)
            self.issue(1, True, True)
            self.serve(1)
        self.wait(29)
        self.assess(2, False)
        for end in (False, True) if far > 1 else ():
            self.propose(2, 2, False, end, 28)
            self.issue(1, True, True)
            self.serve(1)
        if far == 3:
            self.wait(28)

    # --- the ladder in the model's words

    def given(self, at: int) -> bool:
        return self.papers[at].status in {"issued", "served", "met", "unmet"}

    def was_served(self, at: int) -> bool:
        return self.papers[at].status in {"served", "met", "unmet"}

    def lost(self, at: int) -> bool:
        return any(one.about == at and one.status == "lost" for one in self.quarrels)

    def repeated(self, rests: list[int]) -> bool:
        """Whether the breach of one of two notices came after the other was served."""
        papers = [self.papers[at] for at in rests if self.was_served(at) and self.papers[at].breach >= 0]
        return len(rests) == 2 and any(
            self.breached[later.breach] > earlier.served for later in papers for earlier in papers
        )

    def rested_on(self, at: int) -> bool:
        return any(at in other.rests and other.status != "withdrawn" for other in self.papers)

    def free_of_disputes(self, at: int, *, urgent: bool) -> bool:
        about = [one for one in self.quarrels if one.about in {at, *self.papers[at].rests}]
        if any(one.status == "lost" for one in about):
            return False
        stayed = any(one.status == "pending" and one.in_time for one in about)
        return stayed == urgent

    def ready(self, at: int) -> bool:
        paper = self.papers[at]
        return (
            paper.status == "served"
            and not paper.done
            and not self.ended
            and self.today >= paper.first
            and self.today >= paper.served + WEEKS
        )

    # --- steps

    @rule(days=some.sampled_from([1, 14, 28, 40]))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(remediable=some.booleans())
    def identify(self, remediable: bool) -> None:
        command = a.identify_breach(
            contract_id=CONTRACT, remediable=remediable, breached_on=self.today - timedelta(days=7)
        )
        if self.send(command, not self.ended):
            self.breaches.append((command.breach_id, remediable))
            self.breached.append(command.breached_on)

    @precondition(lambda self: self.breaches)
    @rule(
        at=some.integers(0, 99),
        remedial=some.booleans(),
        days=some.sampled_from([7, 27, 28, 40]),
        urgent=some.booleans(),
        first=some.booleans(),
    )
    def draft(self, at: int, remedial: bool, days: int, urgent: bool, first: bool) -> None:
        at %= len(self.breaches)
        breach, remediable = self.breaches[at]
        ground = {"shorter_because": ShorterBecause.PATIENT_SAFETY, "shorter_words": "Vaccines."}
        command = (
            a.draft_remedial_notice(breaches=(breach,), period_days=days, **(ground if urgent else {}))
            if remedial
            else a.draft_breach_notice(breaches=(breach,))
        )
        busy = any(one.breach == at and one.status not in {"withdrawn", "unmet"} for one in self.papers)
        allowed = remedial == remediable and not busy and not self.ended
        if remedial:
            allowed = allowed and (days < 28) == urgent
        who = MANAGER if first else OTHER_MANAGER
        if self.send(command, allowed, who):
            kind = "remedial" if remedial else "breach"
            self.papers.append(Paper(command.notice_id, kind, who.person, breach=at, days=days))

    @precondition(lambda self: self.papers)
    @rule(
        one=some.integers(0, 99),
        two=some.integers(0, 99),
        repeats=some.booleans(),
        end=some.booleans(),
        in_days=some.sampled_from([10, 28, 60, 60]),
    )
    def propose(self, one: int, two: int, repeats: bool, end: bool, in_days: int) -> None:
        rests = sorted({self.one_of(one, "unmet", "served"), self.one_of(two, "unmet", "served")})
        first = self.today + timedelta(days=in_days)
        given = {
            "contract_id": CONTRACT,
            "rests_on": tuple(self.papers[at].id for at in rests),
            "entitlement": Entitlement.REPEATED if repeats else Entitlement.NOT_SATISFIED,
            "cumulative_effect": "Patients cannot rely on it.",
        }
        command = (
            a.draft_termination_notice(**given, effective_on=first)
            if end
            else a.propose_sanction(**given, from_on=first)
        )
        stand = all(
            self.was_served(at) and not self.lost(at) and self.papers[at].kind in {"remedial", "breach"}
            for at in rests
        )
        enough = self.repeated(rests) if repeats else any(self.papers[at].status == "unmet" for at in rests)
        another = end and any(one.kind == "end" and one.status != "withdrawn" for one in self.papers)
        if self.send(command, stand and enough and in_days >= 28 and not another and not self.ended):
            self.papers.append(
                Paper(
                    command.notice_id,
                    "end" if end else "sanction",
                    MANAGER.person,
                    rests=rests,
                    first=first,
                    thing="" if end else command.sanction_id,
                )
            )

    @precondition(lambda self: self.papers)
    @rule(
        at=some.integers(0, 99), another=some.sampled_from([True, True, True, False]), first=some.booleans()
    )
    def issue(self, at: int, another: bool, first: bool) -> None:
        paper = self.papers[self.one_of(at, "draft")]
        who = MANAGER if first else OTHER_MANAGER
        if another:
            who = OTHER_MANAGER if paper.drafter == MANAGER.person else MANAGER
        in_time = paper.first >= self.today + WEEKS
        # Of what a draft rests on, none can have been withdrawn meanwhile: the model holds that too, below.
        allowed = paper.status == "draft" and who.person != paper.drafter and in_time and not self.ended
        allowed = allowed and not any(self.lost(one) for one in paper.rests)
        if self.send(a.issue_notice(notice_id=paper.id, consulted_on=self.today), allowed, who):
            paper.status = "issued"

    @precondition(lambda self: self.papers)
    @rule(at=some.integers(0, 99))
    def serve(self, at: int) -> None:
        paper = self.papers[self.one_of(at, "issued")]
        allowed = paper.status == "issued" and not self.ended
        if self.send(a.serve_notice(notice_id=paper.id, deemed_on=self.today), allowed):
            paper.status, paper.served = "served", self.today

    @precondition(lambda self: self.papers)
    @rule(at=some.integers(0, 99), met=some.booleans())
    def assess(self, at: int, met: bool) -> None:
        at = self.one_of(at, "served")
        paper = self.papers[at]
        allowed = paper.kind == "remedial" and paper.status == "served" and not self.ended
        if not met:
            allowed = allowed and self.today > paper.served + timedelta(days=paper.days) and not self.lost(at)
        command = a.find_notice_satisfied if met else a.find_notice_not_satisfied
        if self.send(command(notice_id=paper.id), allowed):
            paper.status = "met" if met else "unmet"

    @precondition(lambda self: self.papers)
    @rule(at=some.integers(0, 99))
    def withdraw(self, at: int) -> None:
        at %= 2 * len(self.papers)
        if at >= len(self.papers):
            return  # half as often as the other steps: what is withdrawn leads nowhere
        paper = self.papers[at]
        allowed = (
            paper.status in {"draft", "issued", "served"}
            and not paper.done
            and not self.rested_on(at)
            and not self.ended
        )
        if self.send(a.withdraw_notice(notice_id=paper.id), allowed):
            paper.status = "withdrawn"

    @precondition(lambda self: any(one.kind == "sanction" for one in self.papers))
    @rule(at=some.integers(0, 99), urgent=some.booleans())
    def impose(self, at: int, urgent: bool) -> None:
        sanctions = [number for number, one in enumerate(self.papers) if one.kind == "sanction"]
        at = sanctions[at % len(sanctions)]
        despite = {"despite": ShorterBecause.PATIENT_SAFETY, "despite_words": "Vaccines."} if urgent else {}
        allowed = self.ready(at) and self.free_of_disputes(at, urgent=urgent)
        if self.send(a.impose_sanction(sanction_id=self.papers[at].thing, **despite), allowed):
            self.papers[at].done = True

    @precondition(lambda self: any(one.kind == "end" for one in self.papers))
    @rule(urgent=some.booleans())
    def end(self, urgent: bool) -> None:
        ends = [n for n, one in enumerate(self.papers) if one.kind == "end" and one.status != "withdrawn"]
        despite = {"despite": ShorterBecause.PATIENT_SAFETY, "despite_words": "Vaccines."} if urgent else {}
        command = a.terminate_contract(
            contract_id=CONTRACT, because=TerminatedBecause.HOLDER_NOTICE, **despite
        )
        allowed = bool(ends) and self.ready(ends[0]) and self.free_of_disputes(ends[0], urgent=urgent)
        if self.send(command, allowed):
            self.ended = True

    @precondition(lambda self: self.papers)
    @rule(at=some.integers(0, 99))
    def dispute(self, at: int) -> None:
        at = self.one_of(at, "served", "issued")
        paper = self.papers[at]
        pending = any(one.about == at and one.status == "pending" for one in self.quarrels)
        command = a.refer_dispute(subject=paper.id)
        was_issued = paper.status != "draft" and (paper.status != "withdrawn" or self.was_issued(paper))
        if self.send(command, was_issued and not pending):
            in_time = self.today <= paper.served + WEEKS
            self.quarrels.append(Quarrel(command.dispute_id, at, in_time))

    def was_issued(self, paper: Paper) -> bool:
        return replay(self.history).notices[paper.id].issued is not None

    @precondition(lambda self: self.quarrels)
    @rule(at=some.integers(0, 99), won=some.booleans())
    def determine(self, at: int, won: bool) -> None:
        quarrel = self.quarrels[at % len(self.quarrels)]
        outcome = DisputeOutcome.FOR_CONTRACTOR if won else DisputeOutcome.FOR_HOLDER
        if self.send(
            a.determine_dispute(dispute_id=quarrel.id, outcome=outcome), quarrel.status == "pending"
        ):
            quarrel.status = "lost" if won else "kept"

    @invariant()
    def what_a_step_rests_on_stands(self) -> None:
        for paper in self.papers:
            if paper.status != "withdrawn":
                assert all(self.given(at) for at in paper.rests)


def test_any_steps_in_any_order_are_taken_or_refused_as_the_ladder_says() -> None:
    run_state_machine_as_test(
        Ladder,
        settings=settings(
            max_examples=120,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Lists and branches of the demonstration that close, stay open, or open again before their day."""

from __future__ import annotations

from datetime import date

from application.demonstration.cast import MARTIN
from application.demonstration.meetings import ago
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.commands.base import PracticeCommand


def list_closed(tale: Tale) -> None:
    application, asked, decided = tale.new("application"), date(2026, 7, 6), date(2026, 7, 27)
    tale.act(
        tale.caseworker,
        asked,
        lambda: c.ApplyForListClosure(
            application_id=application,
            options="A second nurse for new patients, and registrations on two days a week only. Neither was enough.",
            patients="The patient group met twice: it would rather wait less than grow.",
            neighbours="Brookmead and Applegarth say that they can take new patients this year.",
            months=6,
            support="Help with finding a partner.",
            plans="A partner is sought, and two rooms are built by December.",
            occurred_on=asked,
        ),
        late=1,
    )
    _decided(
        tale,
        c.ApproveListClosure(
            application_id=application,
            closes_on=date(2026, 8, 3),
            reopens_on=date(2027, 2, 3),
            reason="The list grew by an eighth in a year, and two neighbours have room.",
            reference="LC 2026/3",
            committee_told_on=date(2026, 7, 24),
            occurred_on=decided,
        ),
    )


def list_not_closed(tale: Tale) -> None:
    application = _asked_to_close(
        tale, date(2026, 1, 12), "Elm Bank's only neighbour takes no new patients either."
    )
    decided = date(2026, 2, 2)
    _decided(
        tale,
        c.RefuseListClosure(
            application_id=application,
            reason="New patients would have nowhere within four miles to go. We help to find a second nurse instead.",
            committee_told_on=decided,
            occurred_on=decided,
        ),
    )


def list_opened_early(tale: Tale) -> None:
    application = _asked_to_close(tale, date(2025, 9, 1), "Ivy Bridge takes new patients until spring.")
    approved, extended, opened = date(2025, 9, 22), date(2026, 1, 26), date(2026, 5, 11)
    _decided(
        tale,
        c.ApproveListClosure(
            application_id=application,
            closes_on=date(2025, 10, 1),
            reopens_on=date(2026, 4, 1),
            reason="Two of four partners left in summer.",
            committee_told_on=approved,
            occurred_on=approved,
        ),
    )
    _decided(
        tale,
        c.ExtendListClosure(
            application_id=application,
            asked_on=date(2026, 1, 12),
            reopens_on=date(2026, 7, 1),
            reason="One partner is found, and begins in May.",
            occurred_on=extended,
        ),
    )
    _decided(
        tale,
        c.ReopenList(
            application_id=application,
            reason="The partner has begun, and the practice asks to open.",
            occurred_on=opened,
        ),
    )


def _decided(tale: Tale, command: PracticeCommand) -> None:
    """The manager decides, and records it on the same day."""
    assert command.occurred_on is not None
    tale.act(MARTIN, command.occurred_on, lambda: command)


def _asked_to_close(tale: Tale, on: date, neighbours: str) -> str:
    application = tale.new("application")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ApplyForListClosure(
            application_id=application,
            options="Locums on three days, and telephone consultations for minor illness. The wait grew all the same.",
            patients="A notice in the waiting room for a month, and a meeting of the patient group.",
            neighbours=neighbours,
            months=6,
            plans="A partner is sought.",
            occurred_on=on,
        ),
    )
    return application


def branch_closes(tale: Tale) -> None:
    branch = _asked_to_close_branch(
        tale, date(2026, 2, 9), "Steps Foot branch", "Nobody has booked there since the bridge closed."
    )
    on = date(2026, 4, 13)
    _decided(
        tale,
        c.ApproveBranchClosure(
            branch_id=branch,
            public_involvement="Letters to 410 patients, two evenings in the hall. 31 answered, 24 of them for it.",
            reason="The main site is ten minutes away by bus, and has a lift.",
            closes_on=date(2026, 6, 30),
            occurred_on=on,
        ),
    )


def branch_stays(tale: Tale) -> None:
    branch = _asked_to_close_branch(
        tale, date(2026, 6, 8), "Cote Lane branch", "Two sites cost more than they bring."
    )
    on = date(2026, 7, 20)
    _decided(
        tale,
        c.RefuseBranchClosure(
            branch_id=branch,
            reason="A third of its patients are over 75, and no bus goes to the main site.",
            occurred_on=on,
        ),
    )


def _asked_to_close_branch(tale: Tale, on: date, name: str, why: str) -> str:
    branch = tale.new("branch")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ApplyForBranchClosure(branch_id=branch, site_name=name, reason=why, occurred_on=on),
    )
    return branch


def branch_to_close(tale: Tale) -> None:
    branch, asked = tale.new("branch"), ago(16)
    tale.act(
        tale.caseworker,
        asked,
        lambda: c.ApplyForBranchClosure(
            branch_id=branch,
            site_name="Quarry Foot branch",
            reason="The lease ends in May, and the stairs cannot be made safe.",
            closes_on=date(2027, 4, 30),
            occurred_on=asked,
        ),
    )

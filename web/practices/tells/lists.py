"""Lists and branches that are closed, in plain words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.fields import in_words
from web.practices.told import About, Changed, Told, listed, typed
from web.words import day, plural

if TYPE_CHECKING:
    from web.practices.telling import Telling

TAG = "Contract"
COMMITTEE = "Copy to the local committee"


def list_closure_applied_for(_t: Telling, fact: e.ListClosureAppliedFor) -> Told:
    return Told(
        title="Closure of the list applied for",
        group="contract",
        how=f"for {plural(fact.months, 'month')}",
        words=typed(
            ("What else was considered", fact.options),
            ("What was said with patients", fact.patients),
            ("What was said with neighbouring practices", fact.neighbours),
            ("Support sought", fact.support),
            ("How it means to open again", fact.plans),
            ("What has changed since it was refused", fact.changed_circumstances),
        ),
        tag=TAG,
    )


def list_closure_approved(t: Telling, fact: e.ListClosureApproved) -> Told:
    return Told(
        title="List closed to new patients",
        group="contract",
        how=f"closed from {day(fact.closes_on)}, open again from {day(fact.reopens_on)}",
        words=typed(("", fact.reason)),
        rows=listed(("Closure notice", fact.reference), (COMMITTEE, _or_not(fact.committee_told_on))),
        about=_application(t, fact.application_id),
        tag=TAG,
    )


def list_closure_refused(t: Telling, fact: e.ListClosureRefused) -> Told:
    return Told(
        title="Closure of the list refused",
        group="contract",
        how=f"not asked for again up to {day(fact.barred_until)}, unless circumstances change",
        words=typed(("", fact.reason)),
        rows=listed((COMMITTEE, _or_not(fact.committee_told_on))),
        about=_application(t, fact.application_id),
        tag=TAG,
    )


def list_closure_extended(t: Telling, fact: e.ListClosureExtended) -> Told:
    return Told(
        title="Closure of the list extended",
        group="contract",
        how=f"asked for on {day(fact.asked_on)}",
        words=typed(("", fact.reason)),
        changes=(Changed("Open again from", day(fact.before), day(fact.reopens_on)),),
        about=_application(t, fact.application_id),
        tag=TAG,
    )


def list_reopened(t: Telling, fact: e.ListReopened) -> Told:
    return Told(
        title="List opened again early",
        group="contract",
        how="as both agreed",
        words=typed(("", fact.reason)),
        about=_application(t, fact.application_id),
        tag=TAG,
    )


def branch_closure_applied_for(_t: Telling, fact: e.BranchClosureAppliedFor) -> Told:
    code = f" ({fact.site_code})" if fact.site_code else ""
    return Told(
        title=f"Closure of a branch applied for: {in_words(fact.site_name)}{code}",
        group="contract",
        how=f"asked for {day(fact.closes_on)}" if fact.closes_on else "",
        words=typed(("", fact.reason), ("How the public was involved", fact.public_involvement)),
        tag=TAG,
    )


def branch_closure_approved(t: Telling, fact: e.BranchClosureApproved) -> Told:
    return Told(
        title=f"Closure of a branch approved: {_site(t, fact.branch_id)}",
        group="contract",
        how=f"it closes on {day(fact.closes_on)}",
        words=typed(("", fact.reason), ("How the public was involved", fact.public_involvement)),
        about=_branch(t, fact.branch_id),
        tag=TAG,
    )


def branch_closure_refused(t: Telling, fact: e.BranchClosureRefused) -> Told:
    return Told(
        title=f"Closure of a branch refused: {_site(t, fact.branch_id)}",
        group="contract",
        words=typed(("", fact.reason)),
        about=_branch(t, fact.branch_id),
        tag=TAG,
    )


def _or_not(told_on: date | None) -> str:
    return day(told_on) or "not recorded"


def _application(t: Telling, application_id: str) -> tuple[About, ...]:
    closure = t.practice.list_closures.get(application_id)
    return (About(f"the application of {day(closure.asked_on)}", closure.version),) if closure else ()


def _site(t: Telling, branch_id: str) -> str:
    branch = t.practice.branch_closures.get(branch_id)
    return in_words(branch.site_name) if branch else "a branch that was withdrawn"


def _branch(t: Telling, branch_id: str) -> tuple[About, ...]:
    branch = t.practice.branch_closures.get(branch_id)
    return (About(f"the application of {day(branch.asked_on)}", branch.version),) if branch else ()

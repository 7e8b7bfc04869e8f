"""What is asked before a service is recorded by which the day that a letter names comes too early."""

from __future__ import annotations

from datetime import date

from domain.practice.commands import ServeNotice
from domain.practice.contract_kinds import AFTER_NOTICES
from domain.practice.contract_state import Notice
from domain.practice.entitled import after_its_notice
from domain.practice.events import TerminationNoticeDrafted
from domain.practice.sanctions import sanction_by
from domain.practice.state import Practice
from domain.rules import Command, RuleBroken
from web.words import day


def too_early(practice: Practice, command: Command) -> str:
    """The question to ask; nothing where the letter's day leaves the law's time, or names no day."""
    notice = practice.notices.get(command.notice_id) if isinstance(command, ServeNotice) else None
    if notice is None or not isinstance(command, ServeNotice):
        return ""
    name, says = _says(practice, notice)
    if says is None:
        return ""
    try:
        first = after_its_notice(practice, name, command.deemed_on, notice.shorter_because)
    except RuleBroken:
        return ""
    if first <= says:
        return ""
    return (
        f"The letter says {day(says)}. Where it counts as given on {day(command.deemed_on)}, that is too early: it can "
        f"have effect from {day(first)}. Send it again to record this service; or withdraw the notice and draft another"
    )


def _says(practice: Practice, notice: Notice) -> tuple[str, date | None]:
    """By which rule a step waits for its notice, and the day that its letter names."""
    if sanction := sanction_by(practice, notice):
        return "sanction-notice", sanction.from_on
    entry = practice.standing.get(notice.version)
    fact = entry.fact if entry else None
    if isinstance(fact, TerminationNoticeDrafted) and fact.entitlement in AFTER_NOTICES:
        return "termination-notice", fact.effective_on
    return "", None

"""Reading a practice from its facts: where it stands, and its whole history."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import click

from domain.access.permissions import may_read, rule_against_reading
from domain.practice.documents import NEVER_SHOWN
from domain.practice.explained import answer_of
from domain.practice.moment import Moment
from domain.practice.state import Practice
from domain.practice.visible import Withheld, read_by_leave
from domain.reading import OpenEntries
from domain.rules import Recorded
from web.commands.moments import past_or_refuse, went_back, with_clocks, with_eyes
from web.commands.opening import OPERATOR, Opened, as_person, opened
from web.commands.printing import plain, print_json
from web.commands.purposes import for_purpose, looked_back
from web.commands.refusals import Refused, out_of_scope
from web.commands.reviews import to_look_at_again
from web.practices.flags import EXPLAINED
from web.practices.timing import due
from web.replay.standing import standing
from web.words import spaced


@click.command("show")
@click.argument("code", metavar="CODE")
@with_clocks
@with_eyes
@for_purpose
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def show_command(
    code: str, moment: Moment, through: str, purpose: str | None, as_json: bool, email: str | None
) -> None:
    """Show where a practice stands, replayed from its facts: now, or with either clock set to the past."""
    code = code.strip().upper()
    with opened(email) as casebook:
        past_or_refuse(casebook, moment)
        may_read_or_refuse(casebook, code, "ReadPractice", **looked_back(casebook, purpose, moment, through))
        then = went_back(casebook, moment, through, code)
        practice = then.casebook.seen(code, then.asked)
        if not practice.registered:
            raise Refused(f"Nothing was recorded of {code} by {_said(moment.recorded_by)}")
        stands = standing(practice, then.asked.on)
        decided_by = casebook.called(stands["decided_by"]) if stands["decided_by"] else ""
        reviews = [f"{one['title']}: {one['sum']}" for one in to_look_at_again(then, practice)]
    if as_json:
        print_json(stands)
    else:
        _print_standing(code, practice, stands, decided_by, reviews, then.asked.on)


@click.command("history")
@click.argument("code", metavar="CODE")
@click.option(
    "--entry",
    "wanted",
    type=click.IntRange(min=1),
    multiple=True,
    help="Only this entry, with its corrections; may be given again.",
)
@with_clocks
@with_eyes
@for_purpose
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def history_command(
    code: str,
    wanted: tuple[int, ...],
    moment: Moment,
    through: str,
    purpose: str | None,
    as_json: bool,
    email: str | None,
) -> None:
    """List every fact of a practice in the order recorded, with who recorded it and when; as JSON each whole.

    What a person is given whole they have opened, as on its page.
    """
    code = code.strip().upper()
    with opened(email) as casebook:
        past_or_refuse(casebook, moment)
        may_read_or_refuse(casebook, code, "ReadRecord", **looked_back(casebook, purpose, moment, through))
        then = went_back(casebook, moment, through, code)
        practice = then.casebook.seen(code, then.asked)
        entries = _entries(code, practice.history, wanted, "" if then is casebook else " by then")
        told = [entry_told(entry) for entry in entries]
        if as_json and then is casebook:
            _note_opened(casebook, code, entries)
        for version in read_by_leave(practice, then.asked):
            casebook.casebook.log_access(
                casebook.asked, "read", "RestrictedEntry", subject=f"practice-{code}/{version}"
            )
        people = {one for entry in told if (one := entry.get("person"))} if not as_json else set()
        called = {one: casebook.called(one) for one in people}
    if as_json:
        print_json(told)
        return
    for entry in told:
        who = ", ".join(
            filter(None, (called.get(entry.get("person", "")), entry.get("role"), entry.get("organisation")))
        )
        parts = (
            f"{code}/{entry['version']}",
            entry["occurred_on"],
            entry["name"],
            who,
            entry.get("recorded_at"),
        )
        click.echo("  ".join(filter(None, parts)))


def _entries(code: str, history: list[Recorded], wanted: tuple[int, ...], by_then: str) -> list[Recorded]:
    """All of them, or those that are wanted with their corrections. Of one that is not there nothing is printed: a script
    would take it for an entry without corrections.
    """
    if missing := {*wanted} - {entry.version for entry in history}:
        raise Refused(f"There is no entry {min(missing)} of {code}{by_then}")
    return [entry for entry in history if not wanted or {entry.version, entry.corrects} & {*wanted}]


def _note_opened(casebook: Opened, code: str, entries: list[Recorded]) -> None:
    """Whoever may sign a decision by these entries was shown them whole."""
    whole = tuple(entry.version for entry in entries if not isinstance(entry.fact, Withheld))
    if whole and casebook.asked.role != OPERATOR:
        ids = casebook.casebook.ids
        command = OpenEntries(code=code, versions=whole)
        casebook.casebook.handle(code, command, casebook.asked, command_id=ids("command"))


def _said(instant: datetime | int | None) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}" if isinstance(instant, datetime) else f"position {instant}"


def may_read_or_refuse(casebook: Opened, code: str, what: str, name: str = "", **noted: Any) -> None:
    """Refuse an unknown code, and a practice that is not this person's to read. That it was read is noted.

    `name` is what is read, as its page is called in the access log; without it, what they must be allowed to read.
    Somebody outside a practice's scope is told what is said of a code that nobody registered, as on its page.
    """
    practice = casebook.casebook.seen(code, casebook.asked)
    subject = f"practice-{code}"
    if casebook.asked.role != OPERATOR and not may_read(casebook.asked, practice, what):
        if practice.registered:
            casebook.casebook.log_access(
                casebook.asked,
                "refused",
                what,
                subject=subject,
                rule=rule_against_reading(casebook.asked, practice),
            )
        raise out_of_scope(code)
    if not practice.registered:
        raise Refused(f"No practice is registered under {code}")
    casebook.casebook.log_access(casebook.asked, "read", name or what, subject=subject, **noted)


def entry_told(entry: Recorded) -> dict[str, Any]:
    """A fact with its envelope. Of what is withheld it is whose it is and of which day."""
    if isinstance(entry.fact, Withheld):
        return {"version": entry.version, "name": entry.fact.NAME, **plain(entry.fact)}
    data = {name: value for name, value in plain(entry.fact).items() if name not in NEVER_SHOWN}
    return {
        "position": entry.position,
        "version": entry.version,
        "name": entry.fact.NAME,
        "fact_version": entry.fact.VERSION,
        "occurred_on": data.get("occurred_on"),
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "person": entry.person,
        "organisation": entry.organisation,
        "role": entry.role,
        "on_behalf_of": entry.on_behalf_of,
        "command_id": entry.command_id,
        "corrects": entry.corrects,
        "data": data,
    }


def _print_standing(
    code: str, practice: Practice, stands: dict[str, Any], decided_by: str, reviews: list[str], today: date
) -> None:
    assert practice.details is not None
    told = plain(stands)
    closed = f"  closed on {practice.closed_on}" if practice.closed_on else ""
    click.echo(f"{code}  {practice.details.name.words}{closed}")
    reviewed = "" if told["reviewed"] else " (starting tier, not yet reviewed)"
    click.echo(f"tier          {told['tier'].replace('_', ' ')} since {told['since']}{reviewed}")
    if told["reviewed"]:
        click.echo(f"decided by    {decided_by}")
        click.echo(f"why           {told['why']}")
    for flag in told["flags"]:
        answered = EXPLAINED[answer_of(practice, flag["flag_id"])]
        explained = f", {answered}" if answered else ""
        click.echo(
            f"flag          {flag['indicator']} {flag['name']}: {flag['kind']}, {flag['level']}{explained}"
        )
    for action in told["actions"]:
        agreed = practice.actions[action["action_id"]]
        late = agreed.open and agreed.due_on < today
        overdue = f", {due(agreed.due_on, today).text.lower()}" if late else ""
        click.echo(
            f"action        {action['issue'].rstrip('.')}: {action['status']}, due {action['due_on']}{overdue},"
            f" {spaced(action['owner']).lower()}"
        )
    for one in reviews:
        click.echo(f"waits         {one}")
    click.echo(f"last contact  {told['last_contact'] or 'none recorded'}")
    click.echo(f"version       {told['version']}")

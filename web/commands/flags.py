"""Flags of a release from the command line: what it was found to say of each indicator, which it raised, and recomputed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click
from sqlalchemy import Connection

from application.past import CasebookThen
from application.releases.as_they_stand import as_they_stand
from application.releases.raised import Edition, FlagOf, editions_of, flags_of
from application.releases.standing import releases
from domain.access.permissions import scope_of
from domain.indicators.definitions import Definition
from domain.indicators.signals import RULE_SETS
from domain.indicators.unjudged import flags_nothing, why_not_judged
from domain.practice.events import FlagRaised
from domain.practice.moment import NOW, Moment
from domain.practice.settling import RELEASE
from domain.releases.events import IndicatorJudged
from web.commands.moments import list_then, of_then
from web.commands.opening import OPERATOR, Opened, as_person, opened
from web.commands.printing import many, print_json, progress, without_noise
from web.commands.refusals import REFUSED, Refused, cited
from web.commands.releases import listed

SHOWN = 20
"""Flagged practices of an indicator that are listed one by one: as JSON all are."""


@click.group("flags", invoke_without_command=True)
@click.option("--release", "name", metavar="NAME", help="Of this release; the newest when left out.")
@click.option("--edition", type=click.IntRange(1), metavar="N", help="As the release said in this edition.")
@of_then
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
@click.pass_context
def flags_command(
    ctx: click.Context,
    name: str | None,
    edition: int | None,
    moment: Moment,
    purpose: str | None,
    as_json: bool,
    email: str | None,
) -> None:
    """What a release was found to say of each indicator, and which practices it flagged; or recompute every flag.

    Practices, those beyond the limits, phi and tau2 are as stored when the release was published; flags are counted from
    the practices' own facts. An edition that was restated or withdrawn is told as it stood until then. With a clock set,
    all of it is as it was at that moment.
    """
    if ctx.invoked_subcommand is not None:
        if moment != NOW:
            raise click.UsageError("recompute is of the whole record: leave the clocks out")
        return
    with opened(email) as present:
        present.may("ReadReleases")
        casebook = list_then(present, "Flags", moment, purpose)
        name, editions = _editions(casebook, name)
        of = _chosen(name, editions, edition)
        until = None if edition is None else of
        flags = flags_of(casebook.casebook, name, editions, until, moment.happened_on)
        found = _told(casebook, name, len(editions), of, flags)
    if as_json:
        print_json(found)
    else:
        _print(found)


def _editions(casebook: Opened, name: str | None) -> tuple[str, list[Edition]]:
    """A release's editions; of the newest where none is named."""
    book = casebook.casebook
    if name is None:
        known = {one: release for one, release in releases(book.recorder).items() if release.after}
        if not known:
            raise Refused("No release is published yet")
        name = max(known, key=lambda one: (known[one].stands, known[one].position))
    editions = editions_of(book.history(f"release-{name}"))
    if not editions:
        raise Refused(f"There is no release {name}")
    return name, editions


def _chosen(name: str, editions: Sequence[Edition], edition: int | None) -> Edition:
    if edition is not None and edition > len(editions):
        raise Refused(f"The release {name} has {many(len(editions), 'edition')}")
    return editions[-1] if edition is None else editions[edition - 1]


@flags_command.command("recompute")
@click.option("--release", "name", metavar="NAME", help="Only flags of this release.")
@as_person
def recompute_command(name: str | None, email: str | None) -> None:
    """Derive each flag that a release raised from its own fact alone, and look at it beside what its release published.
    It is of the whole record, and takes no clocks.

    Exit status 1 if any differs; each is named.
    """
    with opened(email) as casebook:
        casebook.may("ReadReleases")
        checked, differing = _recomputed(casebook, name)
    for line in differing:
        click.echo(line)
    click.echo(f"{checked} flags recomputed, {len(differing)} differ")
    if differing:
        raise click.exceptions.Exit(REFUSED)


def _recomputed(casebook: Opened, name: str | None) -> tuple[int, list[str]]:
    """How many flags were derived again, and a line for each that differs."""
    from application.releases.beside import Beside

    flags = [
        (entry, entry.fact)
        for entry in as_they_stand(casebook.casebook.recorder, FlagRaised)
        if isinstance(entry.fact, FlagRaised) and (entry.fact.source == RELEASE or entry.fact.method)
    ]
    beside = Beside(casebook.casebook, [entry for entry, _ in flags])
    flags = [(entry, fact) for entry, fact in flags if name is None or fact.release == name]
    differing = []
    with progress("Recomputing flags") as show:
        for number, (entry, fact) in enumerate(flags):
            if found := beside.differences(entry):
                where = cited(entry.stream, entry.version)
                differing.append(f"{where} {fact.indicator} {fact.period}: {'; '.join(found)}")
            if not number % 100:
                show(number, len(flags))
    return len(flags), differing


# --- what is told -------------------------------------------------------------------------------------------


def _told(casebook: Opened, name: str, editions: int, of: Edition, flags: Sequence[FlagOf]) -> dict[str, Any]:
    """Everything that the command tells; as JSON it is this."""
    published = of.release.published
    assert published is not None
    mine = _readable(casebook)
    of_indicator: dict[str, list[FlagOf]] = {}
    for flag in flags:
        of_indicator.setdefault(flag.fact.indicator, []).append(flag)
    ended = of.ended
    reason = getattr(ended.fact, "reason", None) if ended is not None else None
    periods = _periods(casebook, of)
    return without_noise(
        {
            **{key: value for key, value in listed(name, of.release).items() if key != "indicators"},
            "edition": of.number,
            "editions": editions,
            "state": of.state,
            "published_on": of.published.recorded_on,
            "ended_on": None if ended is None else ended.recorded_on,
            "reason": reason,
            "rule_set_version": published.rule_set_version,
            **_counted(flags, of),
            "indicators": [
                _of_indicator(
                    casebook, one, of, of_indicator.get(one.indicator, []), mine, periods.get(one.indicator)
                )
                for one in published.indicators
            ],
        }
    )


def _of_indicator(
    casebook: Opened,
    one: IndicatorJudged,
    of: Edition,
    flags: Sequence[FlagOf],
    mine: Collection[str] | None,
    periods: int | None,
) -> dict[str, Any]:
    definition = casebook.casebook.key_set()[one.indicator].versions[one.version - 1]
    return {
        **asdict(one),
        "name": definition.name,
        "parameters": dict(one.parameters),
        **_why_not(definition, one, of, periods),
        **_counted(flags, of),
        "flagged": [
            {
                "practice": flag.code,
                "flag_id": flag.fact.flag_id,
                "kind": flag.fact.kind,
                "level": flag.fact.level,
                "value": flag.fact.value,
                "comparator": flag.fact.comparator,
                "z": flag.fact.z,
                "raised_by_edition": flag.edition,
                "open": flag.open,
            }
            for flag in flags
            if mine is None or flag.code in mine
        ],
    }


def _counted(flags: Sequence[FlagOf], of: Edition) -> dict[str, int]:
    by_this = sum(flag.edition == of.number for flag in flags)
    is_open = [flag for flag in flags if flag.open]
    return {
        "flags_raised": len(flags),
        "flags_raised_by_edition": by_this,
        "flags_kept": sum(flag.edition < of.number for flag in is_open),
        "flags_open": len(is_open),
    }


def _periods(casebook: Opened, of: Edition) -> dict[str, int]:
    """Of each indicator that was not compared, how many periods a practice has at most. Of an edition that stands no more it
    is not known: its numbers are gone.
    """
    published = of.release.published
    assert published is not None
    wanted = [one for one in published.indicators if one.method is None and of.ended is None]
    if not wanted:
        return {}
    from projections.observations import most_values

    with _numbers(casebook) as reading:
        return {one.indicator: most_values(reading, one.indicator, one.period) for one in wanted}


@contextmanager
def _numbers(casebook: Opened) -> Iterator[Connection]:
    """Where the published numbers are; of the past, those that stood then, from the files that are kept."""
    if not isinstance(casebook.casebook, CasebookThen):
        with casebook.stores.views_engine_read.connect() as reading:
            yield reading
        return
    from projections.past import ViewsThen

    then = ViewsThen(casebook.casebook)
    then.with_numbers()
    with then.reading() as reading:
        yield reading


def _why_not(
    definition: Definition, one: IndicatorJudged, of: Edition, periods: int | None
) -> dict[str, Any]:
    """Why nothing is judged, and why nothing is flagged."""
    flags = flags_nothing(definition) if one.newest else "flags nothing: newer numbers were published before"
    published = of.release.published
    assert published is not None
    if periods is None:
        return {"not_judged": None, "flags_nothing": flags}
    rules = RULE_SETS[published.rule_set_version]
    judged = why_not_judged(definition, one.practices, periods, rules)
    return {"not_judged": judged, "flags_nothing": flags}


def _readable(casebook: Opened) -> Collection[str] | None:
    """The practices that whoever asks may read; None for all."""
    scope = scope_of(casebook.asked) if casebook.asked.role != OPERATOR else None
    if scope is None or (scope.everything and not scope.recused):
        return None
    from projections.flagged import readable

    with casebook.views.reading() as reading:
        return readable(reading, scope, casebook.asked.on)


# --- in words -----------------------------------------------------------------------------------------------


def _print(found: dict[str, Any]) -> None:
    name, state = found["release"], found["state"]
    stands = {
        "withdrawn": "withdrawn since: nothing of it stands",
        "replaced": "restated since, and replaced",
    }
    click.echo(
        f"{name}  {stands.get(state, state)}, edition {found['edition']} of {found['editions']}:"
        f" {_flags_in_words(found)}"
    )
    for one in found["indicators"]:
        click.echo(
            f"{one['indicator']}  {one['period']}: {many(one['practices'], 'practice')}, {_finding(one)}"
        )
        for flag in one["flagged"][:SHOWN]:
            still = "open" if flag["open"] else "ended"
            click.echo(f"  {flag['practice']}  {flag['kind']}, {flag['level']}, {still}")
        if (more := len(one["flagged"]) - SHOWN) > 0:
            click.echo(f"  and {more:,} more: --json has all")


def _finding(one: dict[str, Any]) -> str:
    if one["not_judged"]:
        return "; ".join(filter(None, (one["not_judged"], one["flags_nothing"])))
    told = ["not compared with each other"]
    if one["method"] is not None:
        alert, alarm = one["beyond_alert"], one["beyond_alarm"]
        told = [
            f"phi {one['phi']:.4f}",
            f"beyond alert {_beyond(alert)}",
            f"beyond alarm {_beyond(alarm)}",
        ]
    return "; ".join([*told, one["flags_nothing"] or _flags_in_words(one)])


def _beyond(limits: dict[str, Any]) -> str:
    """On both sides, and of them those for the worse, which alone the release's page counts. Where neither way is better there
    are none, and none by chance.
    """
    both = f"either way {limits['unadjusted']}, adjusted {limits['adjusted']}"
    if not limits["by_chance"]:
        return both
    return f"{both} (for the worse {limits['adverse_unadjusted']}, adjusted {limits['adverse_adjusted']})"


def _flags_in_words(of: dict[str, Any]) -> str:
    """By this edition, and by all where there were others."""
    said = f"{many(of['flags_raised_by_edition'], 'flag')} raised"
    if of["flags_kept"]:
        said += f", {of['flags_kept']} kept from before"
    if of["flags_raised"] != of["flags_raised_by_edition"]:
        said += f" ({of['flags_raised']} by all editions)"
    return f"{said}, {of['flags_open']} open"

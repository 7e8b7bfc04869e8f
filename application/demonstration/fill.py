"""Tells every tale of the demonstration into an empty store, through `handle()`, the same every time."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from application.accounts import Account
from application.casebook import Casebook
from application.demonstration import (
    agreed,
    beside,
    documents,
    episodes,
    heard,
    kept,
    ladder,
    ladder_long,
    meetings,
    referred,
    releases,
)
from application.demonstration import (
    asked as asked_for,
)
from application.demonstration.arcs import (
    Arc,
    assured,
    closed,
    corrected,
    improving,
    longest,
    quiet,
    second_thoughts,
    troubled,
    watched,
    working,
)
from application.demonstration.cast import (
    ADDRESSES,
    AMIRA,
    BEGINS,
    FERNSHIRE,
    JO,
    LARKDALE,
    MARTIN,
    ORGANISATIONS,
    PASSWORD,
    PLAYERS,
    STONEBECK,
    TODAY,
    TOM,
)
from application.demonstration.clock import DEMONSTRATION
from application.demonstration.contractors import contractors
from application.demonstration.framework import proposed
from application.demonstration.indicators import anew
from application.demonstration.looked_at_again import SETTLED
from application.demonstration.opened import open_before
from application.demonstration.overridden import MOVED
from application.demonstration.plan import Act
from application.demonstration.tale import Tale
from application.demonstration.themes import THEMES
from application.demonstration.together import REGISTERED_WITH, belongs, came_after, takes_no_part
from application.first_rules import record_first_rules
from application.key_set import record_key_set
from application.releases.saying import Observed
from application.stores import Stores
from domain.access.commands import AddPerson, AddressOrganisation, NameOrganisation
from domain.framework.framework import KEY
from domain.practice.commands import DecideTier
from domain.rules import LONDON, Asked, operator

PRACTICES: tuple[tuple[str, str, Arc], ...] = (
    ("Larkfield Road Surgery", LARKDALE, longest),
    ("Summerhill Practice", LARKDALE, troubled),
    ("Fernbank Surgery", FERNSHIRE, troubled),
    ("Castle View Medical Centre", LARKDALE, troubled),
    ("Quarry Lane Practice", STONEBECK, troubled),
    ("Bellingham Green Surgery", LARKDALE, working),
    ("Ashdown Medical Centre", LARKDALE, working),
    ("Millrace Surgery", FERNSHIRE, working),
    ("Thornfield Health Centre", FERNSHIRE, working),
    ("Beckside Practice", STONEBECK, working),
    ("Hazel Court Surgery", STONEBECK, working),
    ("Old Dairy Medical Practice", LARKDALE, working),
    ("Kestrel House Surgery", FERNSHIRE, working),
    ("Marsh House Practice", LARKDALE, improving),
    ("Copperfield Surgery", LARKDALE, improving),
    ("Harbour Steps Practice", FERNSHIRE, improving),
    ("Ninefields Medical Centre", FERNSHIRE, improving),
    ("Priory Gate Surgery", STONEBECK, improving),
    ("Tollbar Practice", STONEBECK, improving),
    ("Ropewalk Surgery", LARKDALE, corrected),
    ("Long Acre Health Centre", FERNSHIRE, corrected),
    ("Saltmarsh Surgery", STONEBECK, closed),
    ("Gorse Hill Surgery", LARKDALE, second_thoughts),
    ("Plover Lane Practice", FERNSHIRE, second_thoughts),
    ("Weavers Row Practice", LARKDALE, watched),
    ("Brookmead Surgery", LARKDALE, watched),
    ("Applegarth Practice", LARKDALE, watched),
    ("Cloister Street Surgery", FERNSHIRE, watched),
    ("Dovecote Medical Centre", FERNSHIRE, watched),
    ("Elm Bank Practice", STONEBECK, watched),
    ("Foxglove Surgery", STONEBECK, watched),
    ("Granary Wharf Practice", LARKDALE, watched),
    ("Heron Quay Surgery", FERNSHIRE, assured),
    ("Ivy Bridge Practice", LARKDALE, assured),
    ("Juniper Hill Surgery", STONEBECK, assured),
    ("Kiln Lane Practice", LARKDALE, assured),
    ("Linden Square Surgery", FERNSHIRE, assured),
    ("Meadowsweet Practice", STONEBECK, assured),
    ("Nightingale Yard Surgery", LARKDALE, quiet),
    ("Orchard End Practice", LARKDALE, quiet),
    ("Packhorse Surgery", FERNSHIRE, quiet),
    ("Quince Tree Practice", FERNSHIRE, quiet),
    ("Rowan Side Surgery", STONEBECK, quiet),
    ("Sandpiper Practice", LARKDALE, quiet),
    ("Teasel Park Surgery", LARKDALE, quiet),
    ("Underhill Practice", FERNSHIRE, quiet),
    ("Violet Bank Surgery", STONEBECK, quiet),
    ("Wharfinger's Practice", LARKDALE, quiet),
)


KEPT: dict[str, Arc] = {"Larkfield Road Surgery": kept.longest, "Summerhill Practice": kept.troubled}
"""Where an organisation keeps something to itself."""


class ScriptedClock:
    """Says what time it is in the tale."""

    def __init__(self) -> None:
        self.at = datetime.combine(BEGINS - timedelta(days=7), datetime.min.time(), LONDON)

    def __call__(self) -> datetime:
        return self.at.astimezone(UTC)


def tales(*, published: bool = False) -> list[Tale]:
    """Every practice's tale, planned. Each has its own seeded chance, so that one may change without the others.

    `published` is for who also publishes releases: some of what is done follows from their flags.
    """
    told = []
    for number, (name, commissioner, arc) in enumerate(PRACTICES):
        code = f"X9{17 if number == 0 else number + (100 if number < 17 else 200):04d}"
        tale = Tale(
            code=code,
            name=name,
            commissioner=commissioner,
            theme=THEMES[number % len(THEMES)],
            rng=random.Random(code),  # noqa: S311 (the same every time, on purpose)
            caseworker=(AMIRA, AMIRA, JO, TOM)[number % 4],
            registered_with=REGISTERED_WITH.get(name),
        )
        arc(tale)
        if moves := MOVED.get(name):
            moves(tale)
        if settles := SETTLED.get(name):
            settles(tale)
        if published and (follows := releases.FOLLOWED.get(name)):
            follows(tale)
        if arc is not closed and number % 9:  # now and then a review is late, as it is in life
            tale.keep_reviewed()
        if arc is not corrected:
            agreed.answers(tale)
        agreed.disputes(tale)
        agreed.positions(tale)
        agreed.joins(tale)
        if keeps := KEPT.get(name):
            keeps(tale)
        episodes.ends(tale)
        referred.references(tale)
        if arc is longest:
            documents.attached(tale)
        meetings.spoken_of(tale)
        belongs(tale)
        asked_for.asks(tale)
        heard.practices_side(tale)
        beside.beside(tale)
        ladder.notices(tale)
        ladder_long.climbed(tale)
        told.append(tale)
    return told


def fill(
    stores: Stores,
    progress: Callable[[int, int], None] | None = None,
    observed: Callable[[Casebook], Observed] | None = None,
) -> int:
    """Fill an empty store with the demonstration; the number of practices told. The caller has made sure it is empty.

    `observed` is where published numbers are kept: without it, there are none.
    """
    clock = ScriptedClock()
    book = Casebook(stores, clock=clock, ids=_no_ids)
    stores.set_mark(DEMONSTRATION, TODAY.isoformat())
    _bring_in_the_cast(stores, book, clock)
    told = tales(published=observed is not None)
    publisher = releases.Publisher(stores, clock, observed, told) if observed is not None else None
    everybody = [*told, *contractors()]
    by_code = {tale.code: tale for tale in everybody}
    acts = sorted(act for tale in everybody for act in tale.acts)
    for number, act in enumerate(acts):
        if publisher is not None:
            publisher.publish_until(act.at)
        clock.at = act.at
        _tell(book, by_code[act.code], act, f"demonstration-{number:05d}")
        if progress is not None:
            progress(number + 1, len(acts))
    template = meetings.TEMPLATE
    book.handle(template.code, template, asked(book, MARTIN), command_id="demonstration-template")
    who, arranged = episodes.cover()
    book.handle(arranged.person_id, arranged, asked(book, who), command_id="demonstration-cover")
    who, defined = anew()
    book.handle(defined.code, defined, asked(book, who), command_id="demonstration-indicator")
    who, drafted = proposed()
    book.handle(KEY, drafted, asked(book, who), command_id="demonstration-rule-set")
    who, declared = takes_no_part()
    book.handle(declared.person_id, declared, asked(book, who), command_id="demonstration-interest")
    return len(told)


def _bring_in_the_cast(stores: Stores, book: Casebook, clock: ScriptedClock) -> None:
    for code, name, kind, label, part_of in ORGANISATIONS:
        command = NameOrganisation(
            code=code,
            name=name,
            kind=kind,
            label=label,
            part_of=part_of,
            from_on=BEGINS - timedelta(days=365),
            source="demonstration",
        )
        book.handle(code, command, operator(clock()), command_id=f"demonstration-organisation-{code}")
    for code, address in ADDRESSES.items():
        addressed = AddressOrganisation(code=code, address=address, from_on=BEGINS)
        book.handle(code, addressed, operator(clock()), command_id=f"demonstration-address-{code}")
    for number, after in enumerate(came_after()):
        book.handle(after.code, after, operator(clock()), command_id=f"demonstration-after-{number}")
    hasher = PasswordHasher()
    with stores.session() as session:
        for player in PLAYERS:
            person = AddPerson(
                person_id=player.person_id,
                name=player.name,
                email=player.email,
                role=player.role,
                organisation=player.organisation,
            )
            key = player.person_id.removeprefix("person-")
            book.handle(key, person, operator(clock()), command_id=f"demonstration-{player.person_id}")
            session.add(
                Account(
                    email=player.email,
                    password=hasher.hash(PASSWORD),
                    fs_uniquifier=player.person_id,
                    person_id=player.person_id,
                )
            )
        session.commit()
    record_key_set(book)
    record_first_rules(book)


def _tell(book: Casebook, tale: Tale, act: Act, command_id: str) -> None:
    command = act.make()
    if isinstance(command, DecideTier):
        open_before(book, tale, act, command_id)
    outcome = book.handle(act.code, command, asked(book, act.who), command_id=command_id)
    if act.label is not None and outcome.recorded:
        tale.cites.setdefault(act.label, f"{act.code}/{outcome.recorded[0].version}")


def asked(book: Casebook, who: str) -> Asked:
    now = book.clock()
    return operator(now) if who == "operator" else book.asked_as(who, now)


def _no_ids(prefix: str) -> str:
    raise AssertionError(f"the demonstration brings its own ids, {prefix} too")


__all__ = ["asked", "fill", "tales"]

"""The first page: what a person has to do today, by consequence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from application.asking import NOBODY
from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.clocks.responses import responses
from domain.practice.kinds import Side
from domain.rules import Asked
from projections import mywork, news, organisations, people
from projections.mine import Mine
from projections.mine import mine as mine_of
from projections.mywork.items import FIRST, ON_ONE_PAGE, Expected, Limits, Work
from web.drafts import number
from web.mywork.presenters import EVERYTHING, fresh_rows, sections, whose
from web.names import people_names, sides_called
from web.practices.fields import words_or_why
from web.practices.told import Names, joined
from web.service import catch_up, current_asked, looking_back, service
from web.words import label

blueprint = Blueprint("mywork", __name__)


class Proposed(NamedTuple):
    """A rule set of the tier framework that waits for an answer."""

    draft_id: str
    by: str
    on: date


@blueprint.route("/")
def mine() -> ResponseReturnValue:
    asked = current_asked()
    if asked.role == Role.ADMINISTRATOR:
        return redirect("/people/", 303)
    catch_up()
    whole = request.args.get("all") == "yes"
    limits = ON_ONE_PAGE if whole else FIRST
    # Of a past day there is nothing to do, only to read.
    may = frozenset() if looking_back() else granted(asked.role)
    with service.views.reading() as reading:
        practices = mine_of(reading, asked, asked.on) if asked.role in SIDE_OF else {}
        work, names = look(reading, asked, limits, practices)
        expecting = len(mywork.where_rules_expect(asked, practices))
        fresh = news.of_the_other_side(reading, asked, asked.on, practices)
    return render_template(
        "mywork/mywork.html",
        today=asked.on,
        weekday=f"{asked.on:%A}",
        person=names.person(asked.person),
        organisation=names.organisation(asked.organisation),
        role=label(asked.role, "Role").lower() if asked.role != NOBODY else "",
        works=asked.role in SIDE_OF,
        reads="ReadPractice" in granted(asked.role),
        caseworker=asked.role == Role.CASEWORKER,
        has_team="ReadTeam" in granted(asked.role),
        practices=work.practices,
        covers=joined(sorted(names.person(one) for one in asked.covers)) if asked.covers else "",
        sections=sections(work, names, asked.on, may, whose(asked), whole=whole),
        proposed=(proposed := _rule_sets_that_wait(asked)),
        expecting=expecting,
        expected_of=limits.most,
        nothing=not (work.late or work.week or work.waiting or work.area or fresh or proposed),
        news=fresh_rows(fresh if whole else fresh[: news.MOST]),
        all_news=f"{EVERYTHING}#news" if len(fresh) > news.MOST and not whole else "",
        number_of_news=len(fresh),
        whole=whole,
        drafts=number() if asked.role != NOBODY else 0,
    )


def look(
    reading: Connection,
    asked: Asked,
    limits: Limits = FIRST,
    practices: dict[str, Mine] | None = None,
) -> tuple[Work, Names]:
    """A person's work, and what everybody and everything in it is called."""
    if practices is None and asked.role in SIDE_OF:
        practices = mine_of(reading, asked, asked.on)
    # To read a record takes a millisecond or two: of thousands, only the first are read for a page, which says so.
    expected = what_rules_expect(asked, mywork.where_rules_expect(asked, practices or {})[: limits.most])
    work = mywork.find(reading, asked, asked.on, limits, practices, expected)
    others = work.area.others if work.area else []
    items = (*work.late, *work.week, *work.waiting, *others)
    people_in_it = {item.by for item in items} | asked.covers | {asked.person}
    called = people.names(reading, people_in_it)
    organised = organisations.everything(reading, asked.on)
    return work, Names(
        called, {code: row.name for code, row in organised.items()}, _sides(asked, practices or {}, organised)
    )


def what_rules_expect(asked: Asked, codes: list[str]) -> list[Expected]:
    """What follows from a move of the tier in some practices: told from their records, because which times hold is for the
    rules of the day to say.
    """
    framework = service.casebook.framework().on(asked.on) if codes else None
    if framework is None:
        return []
    found = []
    for code in codes:
        practice = replace(service.casebook.seen(code, asked), framework=framework)
        assert practice.details is not None
        name = words_or_why(practice.details.name)
        found += [Expected(code, name, one) for one in responses(practice, asked.on)]
    return found


def _rule_sets_that_wait(asked: Asked) -> list[Proposed]:
    """The drafts of the tier framework that this person may publish: those of others."""
    if "PublishRuleSet" not in granted(asked.role):
        return []
    waiting = [one for one in service.casebook.framework().open if one.entry.person != asked.person]
    called = people_names({one.entry.person for one in waiting})
    return [
        Proposed(one.fact.draft_id, called.get(one.entry.person, "the operator"), one.fact.occurred_on)
        for one in waiting
    ]


def granted(role: str) -> frozenset[str]:
    return frozenset(what for what, roles in GRANTED.items() if role in roles)


def _sides(
    asked: Asked, practices: Mapping[str, Mine], organised: Mapping[str, organisations.OrganisationRow]
) -> dict[str, str]:
    """What the two sides are called: one's own as one's organisation is, the other as most of those that one works with."""
    if asked.role not in SIDE_OF:
        return {}
    own, others = [asked.organisation or ""], [one.other for one in practices.values() if one.other]
    if SIDE_OF[asked.role] == Side.CONTRACT_HOLDER:
        return sides_called(own, others, organised)
    return sides_called(others, own, organised)

"""The pages of a practice that are read: how it stands, and each entry by its permanent address."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from projections import people as people_view
from projections import practice as standing_view
from projections import timeline as timeline_view
from projections.readers import reader
from web.labels import SIDE_LABELS
from web.notices import notices
from web.practices import presenters, side
from web.practices.beside_contract import lines, may_open
from web.practices.chosen import Chosen
from web.practices.decisions import number_of
from web.practices.due import what_is_due
from web.practices.entries import FACETS_OF, PAGE, Page
from web.practices.envelope import envelope, followed
from web.practices.episode import episode_box
from web.practices.links import entry_link, practice_link, record_link
from web.practices.menu import grouped
from web.practices.not_yet import no_entry_by_then
from web.practices.offers import Offer
from web.practices.offers.menu import menu
from web.practices.opening import new_to, note_opened, opened_by, versions_in
from web.practices.others_say import others_say
from web.practices.picture import picture
from web.practices.positions import concerns
from web.practices.provider import provider_line
from web.practices.reading import Looked, look_up, note_reading
from web.practices.recommended import recommended_box
from web.practices.threads import LATEST, on_concerns
from web.practices.tier_box import tier_box
from web.practices.to_do import to_do
from web.practices.told import GROUPS
from web.service import service
from web.words import day

blueprint = Blueprint("practices", __name__)
blueprint.add_app_template_global(entry_link, "entry_link")
blueprint.add_app_template_global(record_link, "record_link")

CONVERSATION = Offer("Record a conversation", "RecordConversation", {})


class Choice(NamedTuple):
    """A link that chooses what is shown."""

    text: str
    href: str
    current: bool = False


@blueprint.route("/practices/<code>")
def practice(code: str) -> ResponseReturnValue:
    """How it stands, why, and what happens next; and the conversation."""
    looked = look_up(code)
    if code != looked.practice.code:
        return redirect(practice_link(looked.practice.code), 301)
    today, names = looked.asked.on, looked.names
    chosen = Chosen.read(request.args)
    with service.views.reading() as reading:
        by = reader(looked.asked)
        standing = standing_view.standing(reading, code, by, today)
        if standing is None:
            raise NotFound
        wanted = _wanted(looked)
        number = chosen.page
        if wanted and not chosen.any:
            number = timeline_view.page_of(reading, code, by, wanted, PAGE)
        timeline = timeline_view.find(reading, code, by, chosen.filters(), page=number, page_size=PAGE)
        covering = people_view.covering(reading, looked.practice.caseworker, today)
    entries = looked.teller.page(timeline)
    todo = to_do(standing, looked.teller.telling, looked.offers, today)
    recommended = recommended_box(looked.practice, looked.asked, looked.teller.telling)
    note_reading(looked.practice, looked.asked, looked.teller.telling)
    new = new_to(looked.practice, looked.asked)
    note_opened(looked.practice, looked.asked, versions_in(entries.entries), new)
    return render_template(
        "practices/practice.html",
        **_how_it_stands(looked, standing, today),
        **_conversation(code, chosen, looked, timeline, entries),
        new=new,
        today=today,
        recommended=recommended,
        todo=[*side.challenges_to_do(looked.teller.telling, looked.offers), *todo],
        episode=episode_box(looked.teller.telling, looked.offers, covering),
        latest=LATEST,
        menu=grouped(menu(looked.offers)),
        record_conversation=CONVERSATION if looked.offers.may("RecordConversation") else None,
        gaps=looked.gaps,
        new_entry=wanted,
        said_now=notices(),
        sides={side: names.side(side) for side in SIDE_LABELS},
    )


def _how_it_stands(looked: Looked, standing: standing_view.Standing, today: date) -> dict[str, Any]:
    """What a practice's page tells of the practice itself, before the conversation."""
    practice, telling, names = looked.practice, looked.teller.telling, looked.names
    beside = lines(practice, today)
    return {
        "heading": presenters.heading(standing, practice, names),
        "commissioner": _commissioner(looked),
        "registered_later": on if (on := standing.details.registered_on) > today else None,
        "tier": tier_box(standing, names, today),
        "others_say": others_say(practice, telling, today),
        "decision_number": number_of(practice, standing.decision.version) if standing.decision else None,
        "bearings": presenters.bearings(standing, practice, today),
        "band": picture(standing, names, practice, today, all_of_it=request.args.get("band") == "all"),
        "plans": side.plan_boxes(telling, looked.offers, today),
        "heard": side.heard(telling),
        "due": what_is_due(practice, telling, looked.offers, today),
        "concerns": concerns(practice, telling, looked.offers),
        "threads": on_concerns(practice, telling, looked.offers),
        "flags": presenters.flags_by_domain(standing, practice),
        "contracts": presenters.contracts(standing, practice),
        "provider": provider_line(practice, today),
        "beside_contract": beside,
        "others_to_open": {one.other for one in beside if one.other and may_open(one.other, looked.asked)},
    }


def _conversation(
    code: str, chosen: Chosen, looked: Looked, timeline: timeline_view.Timeline, entries: Page
) -> dict[str, Any]:
    """What it tells of the conversation: the entries that were chosen, and what else may be."""
    return {
        "entries": entries,
        "kinds": _kinds(code, chosen, timeline.facets),
        "organisations": _organisations(looked, timeline.organisations),
        "chips": _chips(code, chosen, looked.names.organisation),
        "chosen": chosen,
        "previous_page": _page(code, chosen, entries.number - 1, entries.last),
        "next_page": _page(code, chosen, entries.number + 1, entries.last),
        "nothing_said": not timeline.facets.get("conversation"),
    }


@blueprint.route("/practices/<code>/entries/<int:version>")
def entry(code: str, version: int) -> ResponseReturnValue:
    """One entry, whole, with how it was recorded."""
    looked = look_up(code)
    if code != looked.practice.code:
        return redirect(entry_link(looked.practice.code, version), 301)
    recorded = looked.practice.recorded(version)
    if recorded is None:
        return no_entry_by_then(looked.practice.code, version)
    told = looked.teller.entry(recorded)
    corrected = looked.teller.standing(recorded) is not recorded
    with service.views.reading() as reading:
        details = standing_view.details(reading, code)
    if details is None:
        raise NotFound
    original = looked.teller.as_recorded(recorded) if corrected else None
    cited_by = followed(looked.teller, recorded)
    note_reading(looked.practice, looked.asked, looked.teller.telling)
    note_opened(looked.practice, looked.asked, versions_in([told]), new_to(looked.practice, looked.asked))
    return render_template(
        "practices/entry.html",
        opened_by=opened_by(recorded, looked.practice, looked.asked.on),
        heading=details,
        entry=told,
        original=original,
        envelope=envelope(recorded, looked.names),
        cited_by=cited_by,
        decision_number=number_of(looked.practice, version),
        in_record=f"{practice_link(code)}/record?fact={version}#fact-{version}",
        in_conversation=f"{practice_link(code)}?entry={version}#entry-{version}",
    )


def _wanted(looked: Looked) -> int | None:
    """The entry to show whatever page it is on: as the address says, or what this person has just recorded."""
    typed = request.args.get("entry", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    if not any(notice["success"] for notice in notices()):
        return None
    history = looked.practice.history
    last = next((one for one in reversed(history) if one.person == looked.asked.person), None)
    return next((one.version for one in history if last and one.command_id == last.command_id), None)


def _commissioner(looked: Looked) -> Choice | None:
    responsible = looked.practice.responsible_on(looked.asked.on)
    if responsible is None or not responsible.local_commissioner:
        return None
    code = looked.names.living.get(responsible.local_commissioner, responsible.local_commissioner)
    return Choice(looked.names.organisation(code), f"/practices?local_commissioner={code}")


def _kinds(code: str, chosen: Chosen, facets: dict[str, int]) -> list[Choice]:
    """Everything, and each kind that there is any of."""
    there = [kind for kind in GROUPS if any(facets.get(facet) for facet in FACETS_OF[kind])]
    return [
        Choice(
            GROUPS[kind].lower() if kind else "everything",
            _address(code, chosen.address(kind=kind)),
            current=kind == chosen.kind,
        )
        for kind in ("", *there)
    ]


def _chips(code: str, chosen: Chosen, organisation: object) -> list[Choice]:
    """What is chosen, each with a link that takes it away."""
    chips = []
    if chosen.kind:
        chips.append(Choice(GROUPS[chosen.kind], _address(code, chosen.address(kind=""))))
    if chosen.organisation:
        name = organisation(chosen.organisation)  # type: ignore[operator]
        chips.append(Choice(f"Recorded by {name}", _address(code, chosen.address(organisation=""))))
    if chosen.from_on:
        chips.append(Choice(f"From {day(chosen.from_on)}", _address(code, chosen.address(**{"from": ""}))))
    if chosen.to_on:
        chips.append(Choice(f"To {day(chosen.to_on)}", _address(code, chosen.address(to=""))))
    return chips


def _organisations(looked: Looked, counted: dict[str, int]) -> list[dict[str, str]]:
    named = ((code, looked.names.organisation(code)) for code in counted)
    return [{"code": code, "name": name} for code, name in sorted(named, key=lambda one: one[1].casefold())]


def _page(code: str, chosen: Chosen, number: int, last: int) -> Choice | None:
    if not 1 <= number <= last:
        return None
    return Choice(f"{number} of {last}", _address(code, chosen.address(page=number)))


def _address(code: str, question: str) -> str:
    return f"{practice_link(code)}{'?' if question else ''}{question}#conversation-heading"

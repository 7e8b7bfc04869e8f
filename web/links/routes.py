"""The practices that one is linked with, and why; linking another, and ending a link."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.links import Link, LinkPractices, Links, UnlinkPractices
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from projections import links as links_view
from projections.links import LinkRow
from web.forms.drawing import Drawing
from web.forms.fields import Hidden, Text, TextArea
from web.forms.form import Form
from web.forms.sending import Asking, landing, respond
from web.names import people_names
from web.practices.links import practice_link
from web.practices.reading import look_up
from web.service import catch_up, may, refuse, service

blueprint = Blueprint("links", __name__, url_prefix="/practices/<code>/links")

CODE = Hidden(name="code", label="Practice")

LINK = Form(
    command=LinkPractices,
    title="Link another practice",
    intro="Both practices then show the link, to people who may read both.",
    fields=(
        CODE,
        Text(
            name="other",
            label="Which practice?",
            hint="Its code, such as A81001.",
            missing="Enter the other practice’s code",
            width="10",
            spelled=False,
        ),
        TextArea(
            name="reason",
            label="Why do they belong together?",
            hint="Such as: the same provider, the same building, or partners who work in both.",
            missing="Enter why they belong together",
            rows=3,
        ),
    ),
    button="Link them",
)

UNLINK = Form(
    command=UnlinkPractices,
    title="End a link",
    intro="The link stays recorded, and is shown as ended.",
    fields=(
        CODE,
        Hidden(name="link_id", label="Link"),
        TextArea(
            name="reason",
            label="Why do they belong together no more?",
            missing="Enter why they belong together no more",
            rows=3,
        ),
    ),
    button="End the link",
)

DONE = {"LinkPractices": "The practices are linked", "UnlinkPractices": "The link is ended"}


class Line(NamedTuple):
    """A link in words."""

    name: str
    code: str
    href: str
    tier: Tier
    closed_on: date | None
    on: date
    by: str
    reason: str
    ended_on: date | None
    ended_because: str
    end_href: str


@blueprint.get("")
def page(code: str) -> ResponseReturnValue:
    looked = look_up(code)
    catch_up()
    practice = looked.practice
    with service.views.reading() as reading:
        found = links_view.of_practice(reading, practice.code, scope_of(looked.asked), looked.asked.on)
    told = [(one, _link(one)) for one in found]
    names = people_names({link.recorded.person for _, link in told})
    return render_template(
        "links/links.html",
        practice=practice,
        lines=[_line(one, link, names, practice) for one, link in told],
        may_link=may("LinkPractices", practice),
    )


@blueprint.route("/link", methods=["GET", "POST"])
def link(code: str) -> ResponseReturnValue:
    return _form(code, LINK)


@blueprint.route("/unlink", methods=["GET", "POST"])
def unlink(code: str) -> ResponseReturnValue:
    return _form(code, UNLINK)


def _of(code: str) -> Links:
    found: Links = service.casebook.aggregate("link", code)
    return found


def _link(one: LinkRow) -> Link:
    return _of(one.code).by_id[one.link_id]


def _line(one: LinkRow, link: Link, names: dict[str, str], practice: Practice) -> Line:
    # Said of the other one, it is ended there, by whoever answers for that.
    ends = one.ended_on is None and one.code == practice.code and may("UnlinkPractices", practice)
    return Line(
        name=one.name,
        code=one.with_code,
        href=practice_link(one.with_code),
        tier=one.tier,
        closed_on=one.closed_on,
        on=one.linked_on,
        by=names.get(link.recorded.person, ""),
        reason=link.fact.reason.words,
        ended_on=one.ended_on,
        ended_because=link.ended.fact.reason.words if link.ended else "",  # type: ignore[attr-defined]
        end_href=url_for("links.unlink", code=one.code, link_id=one.link_id) if ends else "",
    )


def _form(code: str, form: Form) -> ResponseReturnValue:
    looked = look_up(code)
    practice, name = looked.practice, form.name
    if not may(name, practice):
        refuse(name, f"practice-{practice.code}")
    given = {"code": practice.code}
    if form is UNLINK:
        given["link_id"] = request.values.get("link_id", "")
        known = _of(practice.code).by_id.get(given["link_id"])
        if request.method == "GET" and (known is None or known.ended is not None):
            abort(404)
    back = url_for("links.page", code=practice.code)

    assert practice.details is not None
    return respond(
        Asking(
            form=form,
            drawing=Drawing(asked=looked.asked, practice=practice, given=given),
            about=f"link-{practice.code}",
            version=len(service.casebook.history(f"link-{practice.code}")),
            landed=landing(DONE[name], back),
            context={
                "caption": practice.details.name.words,
                "back": {"href": back, "text": "Linked practices"},
            },
        )
    )

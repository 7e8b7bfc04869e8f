"""Pages of the tier framework: the rules in force, each version, each draft with what it would change, and the forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from application.framework.dry_run import DryRun, dry_run
from application.outcomes import Outcome
from domain.access.permissions import scope_of
from domain.framework.commands import DeclineRuleSet, DraftRuleSet, FrameworkCommand
from domain.framework.events import RuleSetDrafted, RuleSetPublished, RuleSetWithdrawn
from domain.framework.framework import KEY, Draft, Versions, bar_to_withdrawing, decide
from domain.framework.making import rule_set_of
from domain.framework.parts import Framework
from domain.rules import Command, Recorded, RuleBroken
from projections import caseload_found, flagged
from web.forms.drawing import Drawing
from web.forms.form import Form
from web.forms.meanwhile import Meanwhile, values_of
from web.forms.sending import Asking, respond
from web.framework import shown
from web.framework.forms import DECLINE, PUBLISH, WITHDRAW, draft_form
from web.names import names_for, people_names
from web.notices import notify
from web.practices.telling import Telling
from web.service import catch_up, current_asked, looking_back, may, refuse, service, today

blueprint = Blueprint("framework", __name__, url_prefix="/framework")

MOST_MOVERS = 200
"""Practices that are named one by one; how many more there are is said."""


@blueprint.get("")
def rules() -> ResponseReturnValue:
    _may("ReadFramework")
    known = service.casebook.framework()
    called = _called(known)
    now = known.on(today())
    return render_template(
        "framework/rules.html",
        now=now,
        groups=shown.groups(now.rule_set) if now else [],
        versions=[
            shown.version(known, one, called, _of_version(one.framework.version), today())
            for one in reversed(known.published)
        ],
        drafts=[shown.draft(known, one, called, _of_draft(one)) for one in known.open],
        drafts_one=may("DraftRuleSet"),
    )


@blueprint.get("/versions/<int:number>")
def version(number: int) -> ResponseReturnValue:
    _may("ReadFramework")
    known = service.casebook.framework()
    found = known.version(number) or abort(404)
    return render_template(
        "framework/version.html",
        told=shown.version(known, found, _called(known), "", today()),
        rule_set=found.framework.rule_set,
        groups=shown.groups(found.framework.rule_set),
        digest=found.digest,
        number=number,
        withdraws=may("WithdrawRuleSet") and bar_to_withdrawing(known, number, today()) is None,
    )


@blueprint.get("/drafts/<draft_id>")
def draft(draft_id: str) -> ResponseReturnValue:
    _may("ReadFramework")
    known, found = _draft(draft_id)
    return render_template(
        "framework/draft.html",
        told=shown.draft(known, found, _called(known), ""),
        draft_id=draft_id,
        open=found.status == "open",
        rule_set=found.fact.rule_set,
        groups=shown.groups(found.fact.rule_set),
        publishes=may("PublishRuleSet") and found.entry.person != current_asked().person,
        declines=may("DeclineRuleSet"),
        tries=may("ReadDryRun") and not looking_back(),
    )


@blueprint.get("/drafts/<draft_id>/dry-run")
def tried(draft_id: str) -> ResponseReturnValue:
    _may("ReadDryRun")
    known, found = _draft(draft_id)
    if known.on(today()) is None:
        abort(404)
    catch_up()
    candidate = Framework(version=0, effective_from=today(), rule_set=found.fact.rule_set)
    asked = current_asked()
    with service.views.reading() as reading:
        codes = flagged.readable(reading, scope_of(asked), today())
    ran = dry_run(service.casebook, candidate, asked, today(), codes=codes)
    few = ran.movers[:MOST_MOVERS]
    with service.views.reading() as reading:
        names = caseload_found.names(reading, [one.practice for one in few])
    return render_template(
        "framework/dry_run.html",
        told=shown.draft(known, found, _called(known), ""),
        draft_id=draft_id,
        ran=ran,
        movers=shown.moved(few, names, _titles(ran)),
        more=len(ran.movers) - len(few),
    )


@blueprint.route("/draft-rule-set", methods=["GET", "POST"])
def draft_rule_set() -> ResponseReturnValue:
    _may("DraftRuleSet")
    known = service.casebook.framework()
    latest = known.latest or abort(404)
    back = {"href": url_for("framework.rules"), "text": "The tier framework"}
    return _form(known, draft_form(latest.framework), {}, back, template="framework/propose.html")


@blueprint.route("/drafts/<draft_id>/publish", methods=["GET", "POST"])
def publish(draft_id: str) -> ResponseReturnValue:
    return _about(draft_id, PUBLISH)


@blueprint.route("/drafts/<draft_id>/decline", methods=["GET", "POST"])
def decline(draft_id: str) -> ResponseReturnValue:
    return _about(draft_id, DECLINE)


@blueprint.route("/versions/<int:number>/withdraw", methods=["GET", "POST"])
def withdraw(number: int) -> ResponseReturnValue:
    _may(WITHDRAW.name)
    known = service.casebook.framework()
    if known.version(number) is None:
        abort(404)
    back = {"href": _of_version(number), "text": f"Version {number}"}
    bar = bar_to_withdrawing(known, number, today())
    if bar is not None and request.method == "GET":
        # Said before anything is typed: it would be refused.
        return render_template(
            "forms/barred.html",
            title=WITHDRAW.title,
            caption=f"The tier framework, version {number}",
            about="",
            bar={"why": f"{bar.message}.", "others": ""},
            back=back,
            instead=[],
        )
    return _form(known, WITHDRAW, {"version": str(number)}, back)


def _about(draft_id: str, form: Form) -> ResponseReturnValue:
    _may(form.name)
    known, _ = _draft(draft_id)
    back = {"href": url_for("framework.draft", draft_id=draft_id), "text": "The draft"}
    return _form(known, form, {"draft_id": draft_id}, back)


def _form(
    known: Versions,
    form: Form,
    given: dict[str, str],
    back: dict[str, str],
    template: str = "forms/form.html",
) -> ResponseReturnValue:
    return respond(
        Asking(
            form=form,
            template=template,
            owed=lambda command: _owed(known, command),
            beside=lambda command: _beside(known, command),
            drawing=Drawing(asked=current_asked(), given=given),
            about=f"framework-{KEY}",
            version=known.last,
            landed=_landed,
            meanwhile=_meanwhile,
            context={"back": back},
        )
    )


def _owed(known: Versions, command: Command) -> list[RuleBroken]:
    """What would be refused, told before the answers are checked."""
    assert isinstance(command, FrameworkCommand)
    try:
        decide(known, command, current_asked())
    except RuleBroken as broken:
        return [broken]
    return []


def _beside(known: Versions, command: Command) -> dict[str, Any]:
    """What a rule set that is proposed changes, above all that it says."""
    if not isinstance(command, DraftRuleSet) or known.latest is None:
        return {}
    latest = known.latest.framework
    made = rule_set_of(command.rules, command.responses)
    return {"changes": shown.changes(latest.rule_set, made), "latest": latest.version}


def _landed(command: Command, outcome: Outcome) -> ResponseReturnValue:
    if not outcome.recorded:
        notify("Nothing was changed, so nothing was recorded", success=False)
        return redirect(url_for("framework.rules"), 303)
    fact: Any = outcome.recorded[0].fact
    if isinstance(fact, RuleSetWithdrawn):
        notify(f"Version {fact.version} is withdrawn: it will not be in force")
        return redirect(_of_version(fact.version), 303)
    if isinstance(fact, RuleSetPublished):
        notify(f"Version {fact.version} of the rules is published")
        return redirect(_of_version(fact.version), 303)
    notify("The draft is declined" if isinstance(command, DeclineRuleSet) else "The rule set is proposed")
    return redirect(url_for("framework.draft", draft_id=fact.draft_id), 303)


def _meanwhile(facts: Sequence[Recorded]) -> list[Meanwhile]:
    called = people_names({entry.person for entry in facts})
    told = {
        RuleSetDrafted: "A rule set was proposed",
        RuleSetPublished: "A version was published",
        RuleSetWithdrawn: "A version was withdrawn",
    }
    return [
        Meanwhile(
            told.get(type(entry.fact), "A draft was declined"),
            shown.who(entry, called),
            entry.recorded_at,
            values=values_of(entry.fact),
        )
        for entry in facts
    ]


def _titles(ran: DryRun) -> dict[tuple[str, int], str]:
    """What the entries because of which practices would move are called, as their pages call them."""
    found = {}
    for one in ran.movers[:MOST_MOVERS]:
        if one.because is not None:
            practice = service.casebook.seen(one.practice, current_asked())
            telling = Telling(practice, names_for(practice, today()))
            found[one.practice, one.because.version] = telling.title(one.because.fact)
    return found


def _called(known: Versions) -> dict[str, str]:
    catch_up()
    return people_names(shown.people_in(known))


def _draft(draft_id: str) -> tuple[Versions, Draft]:
    known = service.casebook.framework()
    return known, known.drafts.get(draft_id) or abort(404)


def _of_version(number: int) -> str:
    return url_for("framework.version", number=number)


def _of_draft(one: Draft) -> str:
    return url_for("framework.draft", draft_id=one.fact.draft_id)


def _may(what: str) -> None:
    if not may(what):
        refuse(what)

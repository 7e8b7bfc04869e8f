"""Forms about breaches: what was not kept, and what is done without a formal step."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.kinds import ContractorKind
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, Text, TextArea, Tick
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, reason, telling
from web.practices.forms.ladder import (
    CONTRACT,
    EVIDENCE,
    PROVISION_WORDS,
    breaches,
)

BREACH = Hidden(name="breach_id", label="Breach")


def about_breach(drawing: Drawing) -> str:
    found = drawing.thing(drawing.practice.breaches, "breach_id")
    return telling(drawing).entry(found.version).text if found else ""


def _as_cited(drawing: Drawing) -> str:
    """An example of the law of this kind of contractor."""
    if drawing.practice.kind == ContractorKind.GENERAL_PRACTICE:
        return "As it is cited, such as Schedule 3, paragraph 20, or clause 8.1."
    return "As it is cited: a paragraph of the terms of service, a regulation or a clause."


FORMS = (
    Form(
        command=c.IdentifyBreach,
        title="Record a breach",
        fields=(
            CONTRACT,
            Text(
                name="provision",
                label="Which term was not kept?",
                hint=_as_cited,
                missing="Enter the term that was not kept",
            ),
            PROVISION_WORDS,
            TextArea(name="what", label="What happened?", hint=NO_PATIENTS, missing="Enter what happened"),
            Day(name="breached_on", label="When was the breach?", hint="Its first day.", called="The date of the breach", past=True),
            EVIDENCE,
            Tick(name="remediable", label="It can be put right", preset=lambda _drawing: True),
            TextArea(
                name="remediable_because",
                label="Why can it, or can it not, be put right?",
                missing="Enter why it can or cannot be put right",
                rows=3,
            ),
            Chosen(
                name="repeats",
                label="Does it repeat an earlier breach?",
                choices=breaches,
                nothing="No: it repeats no breach that is recorded",
                required=False,
                when=lambda drawing: bool(drawing.practice.breaches),
            ),
            WHEN,
        ),
        button="Record the breach",
    ),
    Form(
        command=c.HandleBreachInformally,
        title="Handle a breach without a formal step",
        about=about_breach,
        intro="Formal steps stay possible later: what was tried first is what makes them proportionate.",
        fields=(
            BREACH,
            reason("Why is a formal step not proportionate?", "Enter why a formal step is not proportionate"),
            TextArea(name="instead", label="What is done instead?", missing="Enter what is done instead", rows=3),
            WHEN,
        ),
    ),
    Form(
        command=c.AttemptLocalResolution,
        title="Record an attempt to settle a breach",
        about=about_breach,
        fields=(
            BREACH,
            Text(name="took_part", label="Who took part?", hint="By role.", missing="Enter who took part"),
            Tick(name="committee_invited", label="The committee of the profession was invited"),
            Chosen(name="outcome", label="What came of it?", missing="Choose what came of it"),
            TextArea(name="words", label="What was said?", hint=NO_PATIENTS, missing="Enter what was said"),
            WHEN,
        ),
    ),
)  # fmt: skip

"""Forms about who the contractor is, its practice area, and reviews of its contract."""

from __future__ import annotations

from domain.practice import commands as c
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Lines, Select, Text, TextArea, Tick
from web.forms.form import Form
from web.practices.forms.attendees import Attendees
from web.practices.forms.common import ABOUT_ACTIONS, ABOUT_FLAGS, NO_PATIENTS, WHEN
from web.practices.forms.contract import contracts, the_only_contract

CONTRACT = Chosen(
    name="contract_id",
    label="Which contract?",
    choices=contracts,
    preset=the_only_contract,
    missing="Choose a contract",
)


def area_now(drawing: Drawing) -> object:
    """The practice area as it stands, where there is one contract."""
    contract = drawing.practice.contracts.get(the_only_contract(drawing) or "")
    return contract.area if contract else None


FORMS = (
    Form(
        command=c.ChangeContractorComposition,
        title="Record a change of who the contractor is",
        intro="Partners or directors who joined or left, or a contractor that became an individual, a partnership or a company.",
        fields=(
            CONTRACT,
            Lines(name="joined", label="Who joined?", hint="One on each line, with their professional number."),
            Lines(name="left", label="Who left?", hint="One on each line, with their professional number."),
            Select(name="form_before", label="What was the contractor?", none="It stays what it is"),
            Select(name="form_after", label="What is it now?", none="It stays what it is"),
            Day(
                name="notice_given_on",
                label="When did the contractor give notice?",
                hint="At least 28 days before, where it becomes something else.",
                called="The date notice was given",
                past=True,
            ),
            Tick(name="after_death", label="A partner has died, and one partner carries on"),
            Day(name="effective_on", label="From when?", called="The date it takes effect"),
            TextArea(
                name="review",
                label="If partners have split, what was considered?",
                hint="Whether what remains is likely to have a serious adverse impact on the services.",
                rows=3,
            ),
            WHEN,
        ),
        button="Record the change",
    ),
    Form(
        command=c.ChangePracticeBoundary,
        title="Record a change of the practice area",
        intro="The contract is varied to say it: record that variation too.",
        fields=(
            CONTRACT,
            TextArea(
                name="area", label="What is the practice area now?", preset=area_now, missing="Enter the practice area",
                rows=4,
            ),
            Text(name="map_reference", label="Where is the map?", spelled=False),
            TextArea(
                name="consultation", label="Who was consulted, and what did they say?",
                missing="Enter who was consulted", rows=4,
            ),
            Text(name="variation", label="What is the variation called?", width="20", spelled=False),
            Day(name="effective_on", label="From when?", called="The date it takes effect"),
            WHEN,
        ),
        button="Record the change",
    ),
    Form(
        command=c.HoldContractReview,
        title="Record a review of the contract",
        intro="Both organisations see this. Record what was agreed as actions, and a breach as a breach.",
        fields=(
            Day(name="occurred_on", label="When was it?", called="The date", past=True,
                preset=lambda drawing: drawing.today, required=True),
            Chosen(name="kind", label="How?", missing="Choose how it was reviewed"),
            Attendees(name="attendees", label="Who took part?"),
            TextArea(name="scope", label="What was looked at?", missing="Enter what was looked at", rows=3),
            TextArea(name="evidence_seen", label="What was seen?", hint=NO_PATIENTS,
                     missing="Enter what was seen", rows=4),
            TextArea(name="findings", label="What was found?", hint=NO_PATIENTS,
                     missing="Enter what was found", rows=7),
            ABOUT_ACTIONS,
            ABOUT_FLAGS,
        ),
        button="Record the review",
    ),
)  # fmt: skip

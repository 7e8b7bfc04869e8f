"""Forms about the contract."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.contractor import TYPES_OF
from domain.practice.kinds import ContractType
from domain.practice.standing_contract import terminated_on
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Lines, Text, TextArea, Tick
from web.forms.form import Form
from web.practices.fields import words_or_why
from web.practices.forms.common import WHEN, on_day
from web.words import contract_called, day, first_upper, label

EXAMPLE = "For example, 27 3 2027"


def contracts(drawing: Drawing) -> list[Choice]:
    return [
        Choice(
            one.contract_id,
            first_upper(
                f"{contract_called(one.contract_type)} {words_or_why(one.reference)}, from {day(one.starts_on)}"
            ),
        )
        for one in drawing.practice.contracts.values()
    ]


def standing_contracts(drawing: Drawing) -> list[Choice]:
    """Contracts that take a new step. A correction is also of a step on one that ended since."""
    practice = drawing.practice
    return [
        one
        for one in contracts(drawing)
        if "version" in drawing.given or terminated_on(practice, one.value) is None
    ]


def contract_types(drawing: Drawing) -> list[Choice]:
    """Those that a contractor of this kind can have."""
    has = TYPES_OF[drawing.practice.kind]
    return [Choice(one.value, label(one)) for one in ContractType if one in has]


def the_only_contract(drawing: Drawing) -> str | None:
    ids = [one.value for one in standing_contracts(drawing)]
    return ids[0] if len(ids) == 1 else None


FORMS = (
    Form(
        command=c.SignContract,
        title="Record a contract",
        fields=(
            Chosen(
                name="contract_type",
                label="Which kind of contract?",
                choices=contract_types,
                missing="Choose the kind of contract",
            ),
            Text(name="reference", label="Contract reference", width="20", spelled=False),
            Lines(
                name="parties",
                label="Who are the contractors?",
                hint="One on each line.",
                missing="Enter who the contractors are",
                required=True,
            ),
            TextArea(name="notice_address", label="Address for notices", rows=4),
            Day(name="starts_on", label="When does it start?", hint=EXAMPLE, called="The start date"),
            Day(
                name="ends_on",
                label="When does it end?",
                hint="Leave it empty if no end is set.",
                called="The end date",
            ),
            Lines(name="services", label="Services", hint="One on each line."),
            TextArea(name="practice_area", label="Practice area", rows=3),
            Tick(name="nhs_contract", label="It is an NHS contract", preset=lambda _drawing: True),
            on_day("When was it signed?", "The date it was signed"),
        ),
        button="Record the contract",
    ),
    Form(
        command=c.VaryContract,
        title="Record a variation of the contract",
        fields=(
            Chosen(
                name="contract_id",
                label="Which contract?",
                choices=contracts,
                preset=the_only_contract,
                missing="Choose a contract",
            ),
            Text(
                name="variation",
                label="What is the variation called?",
                missing="Enter what the variation is called",
            ),
            Text(name="clauses", label="Which clauses does it change?"),
            TextArea(name="wording", label="The new wording", missing="Enter the new wording", rows=8),
            Day(name="effective_on", label="From when?", hint=EXAMPLE, called="The date it takes effect"),
            Day(name="signed_by_holder_on", label="When did we sign it?", called="The date we signed"),
            Day(
                name="signed_by_contractor_on",
                label="When did the contractor sign it?",
                called="The date the contractor signed",
            ),
            Tick(
                name="unilateral",
                label="We vary it alone, to comply with the law",
                hint="If so, say which law and when notice was given: at least 14 days before.",
            ),
            TextArea(name="legal_basis", label="Which Act, regulation or direction?", rows=3),
            Day(name="notice_given_on", label="When was notice given?", called="The date notice was given"),
            WHEN,
        ),
        button="Record the variation",
    ),
    Form(
        command=c.NameProvider,
        title="Record the provider",
        intro=(
            "The organisation or partnership that the contract is with. One provider may have several: practices with the "
            "same code or, without a code, with the same name are shown together to people who may read them."
        ),
        fields=(
            Text(
                name="provider_name",
                label="What is the provider called?",
                missing="Enter what the provider is called",
            ),
            Text(
                name="provider_code",
                label="Its code",
                hint="The organisation’s ODS code. Leave it empty if it has none.",
                width="10",
                spelled=False,
            ),
            Day(
                name="from_on",
                label="From when is the contract with it?",
                hint=EXAMPLE,
                called="The date it begins",
            ),
        ),
        button="Record the provider",
    ),
)

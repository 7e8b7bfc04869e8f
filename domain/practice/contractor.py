"""Who the contractor is made of, where its practice area is, and reviews of its contract."""

from __future__ import annotations

from domain.clocks import periods
from domain.practice.commands import ChangeContractorComposition, ChangePracticeBoundary, HoldContractReview
from domain.practice.contract_kinds import ContractorForm
from domain.practice.conversation import participant, someone_took_part
from domain.practice.dates import day_of, in_full, in_order, not_in_the_future
from domain.practice.events import ContractorCompositionChanged, ContractReviewHeld, PracticeBoundaryChanged
from domain.practice.kinds import ContractorKind, ContractType
from domain.practice.state import Contract, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

TYPES_OF: dict[ContractorKind, frozenset[ContractType]] = {
    ContractorKind.GENERAL_PRACTICE: frozenset({ContractType.GMS, ContractType.PMS, ContractType.APMS}),
    ContractorKind.PHARMACY: frozenset(
        {ContractType.PHARMACEUTICAL_LIST, ContractType.LOCAL_PHARMACEUTICAL_SERVICES}
    ),
    ContractorKind.OPHTHALMIC: frozenset(
        {ContractType.OPHTHALMIC_MANDATORY, ContractType.OPHTHALMIC_ADDITIONAL}
    ),
}
"""Which contracts each kind of contractor has."""


def a_contract_is_of_the_contractors_kind(practice: Practice, contract_type: ContractType) -> None:
    refuse_unless(
        contract_type in TYPES_OF[practice.kind],
        "a-contract-is-of-its-contractors-kind",
        "Choose a kind of contract that this kind of contractor can have",
        "contract_type",
    )


def change_contractor_composition(
    practice: Practice, command: ChangeContractorComposition, asked: Asked
) -> list[Fact]:
    """Somebody joins or leaves, or the contractor becomes something else after 28 days' notice."""
    contract = _contract(practice, command.contract_id)
    day = day_of(command, asked)
    in_order(contract.starts_on, command.effective_on, "effective_on")
    if command.notice_given_on is not None:
        not_in_the_future(command.notice_given_on, asked, "notice_given_on")
    a_composition_changes_lawfully(practice, command)
    return [
        ContractorCompositionChanged(
            contract_id=command.contract_id,
            joined=tuple(Sealed(one) for one in command.joined),
            left=tuple(Sealed(one) for one in command.left),
            form_before=command.form_before,
            form_after=command.form_after,
            notice_given_on=command.notice_given_on,
            after_death=command.after_death,
            review=sealed(command.review),
            effective_on=command.effective_on,
            occurred_on=day,
        )
    ]


def a_composition_changes_lawfully(
    practice: Practice, told: ChangeContractorComposition | ContractorCompositionChanged
) -> None:
    """Something changes; and what changes the contractor's form waits for 28 days, unless a partner died."""
    if (told.form_before is None) != (told.form_after is None):
        missing = "form_before" if told.form_before is None else "form_after"
        raise RuleBroken(
            "a-change-of-form-says-from-what-to-what",
            "Enter what the contractor was, and what it is",
            missing,
        )
    becomes = told.form_before != told.form_after
    refuse_unless(
        bool(told.joined or told.left or becomes),
        "a-change-of-composition-changes-something",
        "Enter who joined or left, or what the contractor became",
        "joined",
    )
    alone_after_death = told.after_death and told.form_after == ContractorForm.INDIVIDUAL
    if not becomes or alone_after_death:
        return
    if told.notice_given_on is None:
        raise RuleBroken(
            "a-change-of-form-has-28-days-notice",
            "Enter the day on which the contractor gave notice that it becomes something else",
            "notice_given_on",
        )
    rule = periods.rule("composition-change", on=told.notice_given_on, kind=practice.kind)
    earliest = rule.after(told.notice_given_on)
    if told.effective_on < earliest:
        raise RuleBroken(
            "a-change-of-form-has-28-days-notice",
            f"It can have effect from {in_full(earliest)}, 28 days after notice was given",
            "effective_on",
        )


def change_practice_boundary(practice: Practice, command: ChangePracticeBoundary, asked: Asked) -> list[Fact]:
    """The area is a general practice's, and one that differs; who was consulted is said."""
    refuse_unless(
        practice.kind == ContractorKind.GENERAL_PRACTICE,
        "a-practice-area-is-a-general-practices",
        "Only a general practice has a practice area",
    )
    contract = _contract(practice, command.contract_id)
    in_order(contract.starts_on, command.effective_on, "effective_on")
    area = Sealed(command.area)
    if area == contract.area:
        return []
    return [
        PracticeBoundaryChanged(
            contract_id=command.contract_id,
            before=contract.area,
            area=area,
            map_reference=sealed(command.map_reference),
            consultation=Sealed(command.consultation),
            variation=sealed(command.variation),
            effective_on=command.effective_on,
            occurred_on=day_of(command, asked),
        )
    ]


def hold_contract_review(practice: Practice, command: HoldContractReview, asked: Asked) -> list[Fact]:
    """A review is held by somebody, and is about flags and actions of this practice."""
    someone_took_part(command.attendees)
    for field, wanted, known in (
        ("about_flags", command.about_flags, practice.flags),
        ("about_actions", command.about_actions, practice.actions),
    ):
        if not all(thing in known for thing in wanted):
            raise RuleBroken(
                "what-it-is-about-is-of-this-practice", "Choose from this practice's record", field
            )
    return [
        ContractReviewHeld(
            review_id=command.review_id,
            kind=command.kind,
            participants=tuple(participant(attendee) for attendee in command.attendees),
            scope=Sealed(command.scope),
            evidence_seen=Sealed(command.evidence_seen),
            findings=Sealed(command.findings),
            about_flags=command.about_flags,
            about_actions=command.about_actions,
            occurred_on=day_of(command, asked),
        )
    ]


def _contract(practice: Practice, contract_id: str) -> Contract:
    contract = practice.contracts.get(contract_id)
    if contract is None:
        raise RuleBroken(
            "what-changes-is-a-contract-of-this-practice", "Choose a contract of this practice", "contract_id"
        )
    return contract


def practice_boundary_changed(practice: Practice, fact: PracticeBoundaryChanged, entry: Recorded) -> None:
    if contract := practice.contracts.get(fact.contract_id):
        contract.area = fact.area

"""Forms about sanctions, suspensions, the end of a contract, and disputes."""

from __future__ import annotations

from dataclasses import replace

from domain.practice import commands as c
from domain.practice.cites import cite
from domain.practice.contract_kinds import Services
from domain.practice.contract_state import NoticeStatus
from domain.practice.contractors import CONTRACTORS
from domain.practice.disputes import DECIDED
from domain.practice.kinds import DisputeRoute, NoticeKind, SanctionKind
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Text, TextArea, Tick, Ticks
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, facts, on_day, reason
from web.practices.forms.contract import contracts
from web.practices.forms.ladder import (
    CONTRACT,
    EVIDENCE,
    REASONS,
    SOONER,
    cannot_wait,
    notices_given,
    provision,
)
from web.words import day, label

SANCTION = Hidden(name="sanction_id", label="Sanction")
TERMINATION = Hidden(name="termination_id", label="Notice")
SUSPENSION = Hidden(name="suspension_id", label="Suspension")
DISPUTE = Hidden(name="dispute_id", label="Dispute")
ENTITLED = (
    Chosen(
        name="entitlement",
        label="By what are you entitled to end the contract?",
        missing="Choose by what you are entitled",
    ),
    Ticks(
        name="rests_on",
        label="On which notices does it rest?",
        choices=notices_given,
        when=lambda drawing: bool(notices_given(drawing)),
    ),
    TextArea(
        name="cumulative_effect",
        label="What is the cumulative effect of the breaches?",
        hint="Needed where breaches were repeated: why it would be prejudicial to let the contract continue.",
        rows=4,
        either=True,
    ),
)
"""By what the holder may end the contract, which a sanction and a termination both say."""
DESPITE_A_DISPUTE = (
    Chosen(
        name="despite",
        label="On what ground does it not wait for a dispute?",
        hint="Only where a dispute referred in time is pending.",
        nothing="None: no dispute that was referred in time is pending",
        required=False,
    ),
    cannot_wait("despite_words"),
)
PATIENTS = TextArea(
    name="patients", label="What is done for patients?", missing="Enter what is done for patients", rows=4
)
WHY = TextArea(name="reason", label="Why?", hint=NO_PATIENTS, rows=3)
"""Asked of what the contractor did: nobody needs to know it."""


def about_sanction(drawing: Drawing) -> str:
    found = drawing.thing(drawing.practice.sanctions, "sanction_id")
    if found is None:
        return ""
    return f"{label(found.kind, SanctionKind)}, from {day(found.from_on)}"


def about_suspension(drawing: Drawing) -> str:
    found = drawing.thing(drawing.practice.suspensions, "suspension_id")
    return f"The suspension from {day(found.from_on)}" if found else ""


def about_contractors_notice(drawing: Drawing) -> str:
    found = drawing.thing(drawing.practice.terminations, "termination_id")
    return f"The contractor’s notice to end the contract on {day(found.effective_on)}" if found else ""


def about_dispute(drawing: Drawing) -> str:
    found = drawing.thing(drawing.practice.disputes, "dispute_id")
    if found is None:
        return ""
    return f"{label(found.route, DisputeRoute)}, referred on {day(found.referred_on)}"


def _disputable(drawing: Drawing) -> list[Choice]:
    """Notices that were issued and stand, first; and other decisions of the holder's."""
    practice = drawing.practice
    notices = [
        Choice(
            one.notice_id, f"{label(one.kind, NoticeKind)}, issued on {day(one.issued_on)}", group="Notices"
        )
        for one in practice.notices.values()
        if one.given and one.status != NoticeStatus.WITHDRAWN
    ]
    decided = {
        cite(practice.code, entry.version)
        for entry in practice.standing.values()
        if isinstance(entry.fact, DECIDED)
    }
    return [*notices, *(one for one in facts(drawing) if one.value in decided)]


def _services(drawing: Drawing) -> list[Choice]:
    """Services that a sanction may take away."""
    protected = CONTRACTORS[drawing.practice.kind].protected
    return [Choice(one.value, label(one)) for one in Services if one not in protected]


def _protected(drawing: Drawing) -> str:
    names = (label(one) for one in sorted(CONTRACTORS[drawing.practice.kind].protected))
    return f"{' and '.join(names)} are never ended or suspended by a sanction."


FORMS = (
    Form(
        command=c.ProposeSanction,
        title="Propose a contract sanction",
        intro="You draft its notice with it; another person issues that.",
        fields=(
            CONTRACT,
            Chosen(name="kind", label="Which sanction?", missing="Choose the sanction"),
            *ENTITLED,
            *provision(NoticeKind.SANCTION),
            Ticks(
                name="services",
                label="Which services does it end or suspend?",
                hint=_protected,
                choices=_services,
            ),
            TextArea(
                name="obligations",
                label="Which obligations?",
                hint="Needed where obligations are ended or suspended.",
                rows=3,
                either=True,
            ),
            Text(
                name="sum_withheld",
                label="How much is withheld or deducted?",
                hint="Needed where money is withheld or deducted.",
                either=True,
            ),
            TextArea(
                name="effect",
                label="What is its effect?",
                hint="The notice explains it.",
                missing="Enter its effect",
                rows=3,
            ),
            EVIDENCE,
            Day(name="from_on", label="From when?", called="The first day"),
            Day(
                name="until_on",
                label="Until when?",
                hint="A suspension needs a last day, within six months. Otherwise leave it empty where there is none.",
                called="The last day",
                either=True,
            ),
            *SOONER,
            REASONS,
            WHEN,
        ),
        button="Put it forward to be issued",
    ),
    Form(
        command=c.DraftTerminationNotice,
        title="Draft a termination notice",
        intro="Another person issues it. Until then it is not sent.",
        fields=(
            CONTRACT,
            *ENTITLED,
            *provision(NoticeKind.TERMINATION),
            Text(name="clause", label="Which clause of the contract?"),
            EVIDENCE,
            Day(name="effective_on", label="When does the contract end?", called="The day it ends"),
            *SOONER,
            PATIENTS,
            REASONS,
            WHEN,
        ),
        button="Put it forward to be issued",
    ),
    Form(
        command=c.ImposeSanction,
        title="Impose a sanction",
        about=about_sanction,
        fields=(SANCTION, *DESPITE_A_DISPUTE, WHEN),
        button="Impose the sanction",
    ),
    Form(
        command=c.LiftSanction,
        title="Lift a sanction",
        about=about_sanction,
        fields=(SANCTION, reason(), WHEN),
        button="Lift the sanction",
    ),
    Form(
        command=c.SuspendContractor,
        title="Record a suspension that touches the contract",
        intro="Dates and cover only. Do not say who is suspended, or why.",
        fields=(
            replace(CONTRACT, choices=contracts),
            on_day("From when?", "The first day"),
            Day(
                name="until_on",
                label="Until when is it expected?",
                hint="Leave it empty if that is not known.",
                called="The last day",
            ),
            TextArea(
                name="cover",
                label="Who covers?",
                hint="By role, such as a locum of the practice. Name no performer: both organisations read this.",
                missing="Enter who covers",
                rows=3,
            ),
        ),
    ),
    Form(
        command=c.EndSuspension,
        title="Record the end of a suspension",
        about=about_suspension,
        fields=(SUSPENSION, WHEN),
    ),
    Form(
        command=c.RecordContractorNotice,
        title="Record the contractor’s notice",
        fields=(
            CONTRACT,
            Chosen(
                name="contractor_form",
                label="What is the contractor?",
                missing="Choose what the contractor is",
            ),
            Tick(name="late_payment", label="It ends the contract because of late payment"),
            WHY,
            on_day("When was the notice given?", "The date of the notice"),
            Day(name="effective_on", label="When does the contract end?", called="The day it ends"),
        ),
    ),
    Form(
        command=c.WithdrawContractorNotice,
        title="Record that the contractor took its notice back",
        about=about_contractors_notice,
        fields=(TERMINATION, WHY, WHEN),
    ),
    Form(
        command=c.TerminateContract,
        title="Record the end of a contract",
        check=True,
        fields=(
            # Sent twice, the answer is what was recorded: a contract that ended by it may still be named.
            replace(CONTRACT, choices=contracts),
            Chosen(name="because", label="How did it end?", missing="Choose how it ended"),
            TextArea(
                name="reason",
                label="What was agreed, or how did it come to its end?",
                hint="Needed where it ended without a notice.",
                rows=3,
                either=True,
            ),
            PATIENTS,
            *DESPITE_A_DISPUTE,
            on_day("On which day did it end?", "The day it ended"),
        ),
        button="Record the end",
    ),
    Form(
        command=c.ReferDispute,
        title="Record a dispute",
        fields=(
            Chosen(
                name="subject",
                label="What is disputed?",
                choices=_disputable,
                missing="Choose what is disputed",
                preset=lambda drawing: drawing.given.get("notice_id"),
            ),
            Chosen(
                name="route",
                label="By which route?",
                missing="Choose the route",
                preset=lambda drawing: CONTRACTORS[drawing.practice.kind].appeal,
            ),
            Text(name="reference", label="Reference", width="20", spelled=False),
            TextArea(
                name="words",
                label="What does the contractor say?",
                hint=NO_PATIENTS,
                missing="Enter what the contractor says",
                rows=4,
            ),
            on_day("When was it referred?", "The date of the referral"),
        ),
    ),
    Form(
        command=c.DetermineDispute,
        title="Record how a dispute was determined",
        about=about_dispute,
        fields=(
            DISPUTE,
            Chosen(name="outcome", label="For whom?", missing="Choose for whom it was determined"),
            TextArea(
                name="words",
                label="What was determined, and why?",
                missing="Enter what was determined",
                rows=4,
            ),
            WHEN,
        ),
    ),
    Form(
        command=c.WithdrawDispute,
        title="Record that a dispute was withdrawn",
        about=about_dispute,
        fields=(DISPUTE, WHY, WHEN),
    ),
)

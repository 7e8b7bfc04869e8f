"""What the forms of the contract's ladder ask alike: under which provision, on what ground, on which breaches and notices."""

from __future__ import annotations

from datetime import date

from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.entitled import may_rest_on
from domain.practice.kinds import ContractType, NoticeKind
from domain.practice.provisions import Provision, provisions, usual
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Text, TextArea, Ticks
from web.practices.forms.common import NO_PATIENTS, facts, telling
from web.practices.forms.contract import standing_contracts, the_only_contract
from web.practices.told import happened_on, lower_first
from web.words import day, label, spaced


def provision(notice: NoticeKind) -> tuple[Text, TextArea]:
    """Under which paragraph a notice is given, and what that says."""
    return _under(notice), PROVISION_WORDS


def _under(notice: NoticeKind) -> Text:
    """Under which paragraph a notice is given: begun with the one that such a notice under such a contract is given under,
    where one is known whatever its ground is.
    """

    def begins(drawing: Drawing) -> str | None:
        found = usual(drawing.practice.kind, _contract_type(drawing), notice, drawing.today)
        return found.code if found else None

    def hint(drawing: Drawing) -> str:
        known = provisions(drawing.practice.kind, _contract_type(drawing), notice, drawing.today)
        cited = "; ".join(_named(one) for one in known)
        look = f" Look in: {cited}." if known and begins(drawing) is None else ""
        return f"As it is cited. Check that it is the one that applies.{look}"

    return Text(
        name="provision",
        label="Under which paragraph, regulation or clause?",
        hint=hint,
        missing="Enter the paragraph, regulation or clause",
        preset=begins,
    )


def _named(one: Provision) -> str:
    """A provision to choose from, with what it is about, and that it is not checked where it is not."""
    unchecked = "" if one.checked else ", not checked here"
    return f"{one.code} ({lower_first(one.words)}{unchecked})"


def _contract_type(drawing: Drawing) -> ContractType | None:
    """The type of the contract that it is about: of the breach that the address names, else the only one that stands."""
    practice = drawing.practice
    breach = drawing.thing(practice.breaches, "breach_id")
    found = practice.contracts.get(breach.contract_id if breach else the_only_contract(drawing) or "")
    return found.contract_type if found else None


PROVISION_WORDS = TextArea(name="provision_words", label="What does it say?", rows=3)
CONTRACT = Chosen(
    name="contract_id",
    label="Which contract?",
    choices=standing_contracts,
    preset=the_only_contract,
    missing="Choose a contract",
)
_GROUND = Chosen(
    name="shorter_because",
    label="On what ground is it sooner?",
    hint="Only where it is sooner than the law’s period.",
    nothing="None: it gives the whole of the law’s period",
    required=False,
)


def cannot_wait(name: str) -> TextArea:
    """Why a step does not wait, which goes with the ground that is chosen for it."""
    return TextArea(
        name=name,
        label="Why can it not wait?",
        hint=f"Needed with a ground. {NO_PATIENTS}",
        rows=3,
        either=True,
    )


SOONER = (_GROUND, cannot_wait("shorter_words"))
"""On what ground a step is sooner than the law's period, and why."""
EVIDENCE = Ticks(name="evidence", label="Which entries show it?", choices=facts)
REASONS = TextArea(
    name="reasons",
    label="Why is a formal step proportionate?",
    hint=f"What less formal steps were tried, and what came of them. {NO_PATIENTS}",
    missing="Enter why a formal step is proportionate",
    rows=6,
)


_ANSWERS = (
    e.ConversationRecorded,
    e.PracticeResponseReceived,
    e.DocumentAttached,
    e.LocalResolutionAttempted,
    e.ExpectationAnswered,
)
"""What a contractor's answer may stand in."""


def may_hold_the_answer(drawing: Drawing) -> list[Choice]:
    """Of the entries that may be cited those in which the contractor may have answered, since the first of the breaches."""
    practice = drawing.practice
    notice = drawing.thing(practice.notices, "notice_id")
    of = (
        [practice.breaches[one].breached_on for one in notice.breaches if one in practice.breaches]
        if notice
        else []
    )
    since = min(of, default=date.min)
    holds = {
        cite(practice.code, entry.version)
        for entry in practice.standing.values()
        if isinstance(entry.fact, _ANSWERS) and happened_on(entry.fact) >= since
    }
    return [one for one in facts(drawing) if one.value in holds]


def breaches(drawing: Drawing) -> list[Choice]:
    told = telling(drawing)
    return [
        Choice(
            one.breach_id,
            told.entry(one.version).text,
            f"Of {day(one.breached_on)}; it {'can' if one.remediable else 'cannot'} be put right",
        )
        for one in drawing.practice.breaches.values()
    ]


def notices_given(drawing: Drawing) -> list[Choice]:
    """Remedial and breach notices that were served and stand: what a sanction or a termination may rest on."""
    return [
        Choice(
            one.notice_id,
            f"{label(one.kind, NoticeKind)}, issued on {day(one.issued_on)}",
            spaced(one.status.value) if one.assessed_on else "",
        )
        for one in drawing.practice.notices.values()
        if may_rest_on(drawing.practice, one, one.contract_id, drawing.today)
    ]

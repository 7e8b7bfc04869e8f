"""What the forms of the contract's ladder ask alike: under which provision, on what ground, on which breaches and notices."""

from __future__ import annotations

from domain.practice.entitled import may_rest_on
from domain.practice.kinds import NoticeKind
from domain.practice.provisions import provisions
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Text, TextArea, Ticks
from web.practices.forms.common import NO_PATIENTS, facts, telling
from web.practices.forms.contract import standing_contracts, the_only_contract
from web.words import day, label, spaced


def under(notice: NoticeKind) -> Text:
    """Under which paragraph a notice is given: begun with the one that such a notice is mostly under."""

    def usual(drawing: Drawing) -> str | None:
        found = provisions(drawing.practice.kind, notice, drawing.today)
        return found[0].code if found else None

    return Text(
        name="provision",
        label="Under which paragraph, regulation or clause?",
        hint="As it is cited. Check that it is the one that applies.",
        missing="Enter the paragraph, regulation or clause",
        preset=usual,
    )


PROVISION_WORDS = TextArea(name="provision_words", label="What does it say?", rows=3)
CONTRACT = Chosen(
    name="contract_id",
    label="Which contract?",
    choices=standing_contracts,
    preset=the_only_contract,
    missing="Choose a contract",
)
GROUND = Chosen(
    name="shorter_because",
    label="On what ground is it sooner?",
    hint="Only where it is sooner than the law’s period.",
    nothing="None: it gives the whole of the law’s period",
    required=False,
)
NEEDED_WITH_A_GROUND = f"Needed with a ground. {NO_PATIENTS}"
GROUND_WORDS = TextArea(
    name="shorter_words", label="Why can it not wait?", hint=NEEDED_WITH_A_GROUND, rows=3, either=True
)
EVIDENCE = Ticks(name="evidence", label="Which entries show it?", choices=facts)
REASONS = TextArea(
    name="reasons",
    label="Why is a formal step proportionate?",
    hint=f"What less formal steps were tried, and what came of them. {NO_PATIENTS}",
    missing="Enter why a formal step is proportionate",
    rows=6,
)


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

"""What the organisations of the demonstration keep to themselves, ask of each other, and open in an emergency."""

from __future__ import annotations

from datetime import date, timedelta

from application.demonstration.cast import HELEN, JO, MARTIN, TODAY
from application.demonstration.plan import workday
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import Channel, IntelligenceSource, ParticipantRole, Side, Visibility

INTERNAL, RESTRICTED = Visibility.INTERNAL, Visibility.RESTRICTED


def ago(days: int) -> date:
    """A working day about so many days before today."""
    return workday(TODAY - timedelta(days=days))


def longest(tale: Tale) -> None:
    """A talk among ourselves, a confidence that the other organisation was let into, and an emergency."""
    _said(
        tale, tale.caseworker, ago(41), INTERNAL, "Who goes to see them",
        "Among ourselves before the visit: Martin leads it, and nobody promises a date for the contract review.",
        (Side.CONTRACT_HOLDER, ParticipantRole.CASEWORKER), (Side.CONTRACT_HOLDER, ParticipantRole.MANAGER),
    )  # fmt: skip
    told = _said(
        tale, MARTIN, ago(36), RESTRICTED, "A partner's health",
        "The senior partner spoke of their own health, and asked that it goes no further until the partners have met.",
        (Side.CONTRACT_HOLDER, ParticipantRole.MANAGER), (Side.PRACTICE, ParticipantRole.GP_PARTNER),
    )  # fmt: skip
    asked = _ask(tale, tale.lead, told, ago(34), "We plan cover for the winter with this practice next week.")
    until = ago(33) + timedelta(days=60)
    tale.act(
        MARTIN, ago(33), lambda: c.GrantAccess(access_id=asked, until_on=until, reason="Agreed with the partner."),
        "let in", after=(asked,),
    )  # fmt: skip
    heard = _heard(
        tale,
        ago(20),
        "A nurse says that the vaccine fridge stood open over a weekend, and fears to be named.",
    )
    emergency = tale.new("access")
    tale.act(
        tale.caseworker, ago(18),
        lambda: c.TakeEmergencyAccess(
            access_id=emergency, version=tale.version(heard),
            reason="The practice vaccinates this afternoon, and nobody at the group answers.",
        ),
        emergency, after=(heard,),
    )  # fmt: skip
    tale.act(
        HELEN, ago(17),
        lambda: c.ReviewEmergencyAccess(
            access_id=emergency, justified=True, reason="Children were to be vaccinated within the hour. I would have done the same."
        ),
        after=(emergency,),
    )  # fmt: skip


def troubled(tale: Tale) -> None:
    """An entry that was closed afterwards, a request that was declined, and one that waits."""
    note = _said(
        tale, tale.caseworker, ago(27), Visibility.BOTH, "Before the panel",
        "Read through the panel's papers with Helen: two of our own figures were out of date, and are put right.",
        (Side.CONTRACT_HOLDER, ParticipantRole.CASEWORKER), (Side.CONTRACT_HOLDER, ParticipantRole.MANAGER),
    )  # fmt: skip
    tale.act(
        tale.caseworker, ago(26),
        lambda: c.ChangeVisibility(
            version=tale.version(note), visibility=INTERNAL, reason="Notes for our own panel, recorded for both by mistake."
        ),
        after=(note,),
    )  # fmt: skip
    heard = _heard(
        tale, ago(15), "A receptionist speaks of shouting behind the desk; she asked that only we know of it."
    )
    declined = _ask(tale, JO, heard, ago(14), "It may bear on the action about the front desk.")
    tale.act(
        tale.lead, ago(13),
        lambda: c.DeclineAccess(access_id=declined, reason="She would be known by it. We tell you what bears on the action."),
        after=(declined,),
    )  # fmt: skip
    kept = _said(
        tale, MARTIN, ago(6), RESTRICTED, "Advice on the contract",
        "Counsel's advice on a remedial notice came today: it is for us alone until the partners have answered.",
        (Side.CONTRACT_HOLDER, ParticipantRole.MANAGER), (Side.CONTRACT_HOLDER, ParticipantRole.CONTRACT_MANAGER),
    )  # fmt: skip
    _ask(
        tale, tale.lead, kept, ago(2), "Our board meets on Thursday and will ask whether a notice is coming."
    )


def _said(
    tale: Tale,
    who: str,
    on: date,
    visibility: Visibility,
    subject: str,
    said: str,
    *present: tuple[Side, ParticipantRole],
) -> str:
    entry = tale.new("entry")
    command = c.RecordConversation(
        entry_id=entry,
        occurred_on=on,
        channel=Channel.MEETING,
        attendees=tuple(c.Attendee(side=side, role=role) for side, role in present),
        subject=subject,
        said=said,
        visibility=visibility,
    )
    tale.act(who, on, lambda: command, entry)
    return entry


def _heard(tale: Tale, on: date, summary: str) -> str:
    """What the local commissioner heard and restricts."""
    heard = tale.new("intelligence")
    command = c.RecordIntelligence(
        intelligence_id=heard,
        source=IntelligenceSource.WHISTLEBLOWING,
        summary=summary,
        occurred_on=on,
        visibility=RESTRICTED,
    )
    tale.act(tale.lead, on, lambda: command, heard)
    return heard


def _ask(tale: Tale, who: str, label: str, on: date, why: str) -> str:
    access = tale.new("access")
    tale.act(
        who,
        on,
        lambda: c.RequestAccess(access_id=access, version=tale.version(label), reason=why),
        access,
        after=(label,),
    )
    return access

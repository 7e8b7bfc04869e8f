"""Conversations of a tale, and what was heard."""

from __future__ import annotations

from datetime import date

from application.demonstration.plan import Plan
from domain.practice import commands as c
from domain.practice.kinds import Channel, IntelligenceSource, ParticipantRole, Side

_CHANNELS = (
    Channel.PHONE,
    Channel.PHONE,
    Channel.VIDEO,
    Channel.MEETING,
    Channel.VISIT,
    Channel.LETTER_OR_EMAIL,
)
_AT_THE_PRACTICE = (
    ParticipantRole.PRACTICE_MANAGER,
    ParticipantRole.GP_PARTNER,
    ParticipantRole.DEPUTY_PRACTICE_MANAGER,
    ParticipantRole.PRACTICE_NURSE,
    ParticipantRole.RECEPTIONIST,
    ParticipantRole.SALARIED_GP,
    ParticipantRole.OTHER,
    ParticipantRole.PHARMACIST,
)
"""With whom the story's people speak."""


class TalkOf(Plan):
    def talk(
        self,
        on: date,
        who: str = "",
        sides: tuple[Side, ...] = (Side.CONTRACT_HOLDER, Side.PRACTICE),
        flags: tuple[str, ...] = (),
        actions: tuple[str, ...] = (),
        late: int = 0,
        channel: Channel | None = None,
    ) -> str:
        entry = self.new("entry")
        shared = {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER} <= set(sides)
        said = self.words.said(self.theme, on, together=shared)
        chosen = channel or (Channel.MEETING if shared else self.rng.choice(_CHANNELS))
        attendees = tuple(self._attendee(side) for side in sides)
        default = self.caseworker if Side.CONTRACT_HOLDER in sides else self.lead
        self.act(
            who or default,
            on,
            lambda: c.RecordConversation(
                entry_id=entry,
                occurred_on=on,
                channel=chosen,
                attendees=attendees,
                said=said,
                about_flags=flags,
                about_actions=actions,
            ),
            entry,
            late,
        )
        return entry

    def _attendee(self, side: Side) -> c.Attendee:
        if side == Side.CONTRACT_HOLDER:
            return c.Attendee(side=side, role=ParticipantRole.CASEWORKER, person=self.caseworker)
        if side == Side.LOCAL_COMMISSIONER:
            return c.Attendee(side=side, role=ParticipantRole.QUALITY_LEAD, person=self.lead)
        role = self.rng.choice(_AT_THE_PRACTICE)
        described = "assistant manager" if role == ParticipantRole.OTHER else None
        return c.Attendee(side=side, role=role, described=described)

    def together(self, on: date, **more: object) -> str:
        """One shared conversation: both organisations, with the practice."""
        return self.talk(on, sides=(Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER, Side.PRACTICE), **more)  # type: ignore[arg-type]

    def hear(self, on: date, flags: tuple[str, ...] = (), by_lead: bool = True) -> str:
        heard = self.new("intelligence")
        source = self.rng.choice(tuple(IntelligenceSource))
        summary = self.words.one(self.theme.heard, self.theme, on)
        self.act(
            self.lead if by_lead else self.caseworker,
            on,
            lambda: c.RecordIntelligence(
                intelligence_id=heard, source=source, summary=summary, about_flags=flags, occurred_on=on
            ),
            heard,
        )
        return heard

    def verify(self, heard: str, on: date, evidence: tuple[str, ...] = (), borne_out: bool = True) -> None:
        """Somebody of the area team corroborates or discounts what the lead heard."""
        reason = self.words.fill(
            "Borne out by {n} records of {month} that the {role} showed us."
            if borne_out
            else "The {month} log shows {k} such cases in a year, no more than elsewhere.",
            self.theme,
            on,
        )
        command = c.CorroborateIntelligence if borne_out else c.DiscountIntelligence
        self.act(
            self.caseworker,
            on,
            lambda: command(
                intelligence_id=heard,
                reason=reason,
                evidence=tuple(self.cites[label] for label in evidence),
                occurred_on=on,
            ),
            f"{heard}-verified",
            after=(heard, *evidence),
        )

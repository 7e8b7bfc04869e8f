"""What others say to a decision on the tier: the local commissioner's view, an override, and dissent."""

from __future__ import annotations

from domain.access.roles import SIDE_OF
from domain.practice.cites import cite
from domain.practice.commands import GiveOverride, RecordDissent, StateTierView
from domain.practice.dates import day_of, day_since
from domain.practice.events import DissentRecorded, OverrideGiven, TierDecided, TierViewStated
from domain.practice.guards import override_that_holds
from domain.practice.kinds import Side, Tier
from domain.practice.state import Dissent, Override, Practice, View
from domain.practice.weighing import latest_view
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless


def state_tier_view(practice: Practice, command: StateTierView, asked: Asked) -> list[Fact]:
    """The local commissioner says which tier it would choose. The same again, with the same words, records nothing."""
    said, organisation = latest_view(practice), _organisation(practice, asked)
    if (
        said is not None
        and said.organisation == organisation
        and said.tier == command.tier
        and _words(practice, said) == command.words
    ):
        return []
    return [
        TierViewStated(
            view_id=command.view_id,
            organisation=organisation,
            tier=command.tier,
            words=Sealed(command.words),
            occurred_on=day_of(command, asked),
        )
    ]


def give_override(practice: Practice, command: GiveOverride, asked: Asked) -> list[Fact]:
    """One override waits for a decision at a time, and only where there is something to override."""
    day = day_of(command, asked)
    refuse_unless(
        practice.tier_on(day) != Tier.CAUSE_FOR_CONCERN,
        "an-override-is-for-a-move-to-cause-for-concern",
        "This practice is at cause for concern: it leaves it only after a shared conversation",
    )
    refuse_unless(
        override_that_holds(practice, day) is None,
        "one-override-at-a-time",
        "An override was given in the last 28 days, and no decision rests on it yet",
    )
    return [OverrideGiven(override_id=command.override_id, reason=Sealed(command.reason), occurred_on=day)]


def record_dissent(practice: Practice, command: RecordDissent, asked: Asked) -> list[Fact]:
    """An organisation says once that it does not agree with a decision. The decision stands."""
    decision = next((one for one in practice.decisions if one.decision_id == command.decision_id), None)
    side = SIDE_OF.get(asked.role)
    if decision is None or side is None:
        raise RuleBroken(
            "dissent-is-from-a-decision-of-this-practice", "Choose a decision of this practice", "decision_id"
        )
    refuse_unless(
        decision.decided_by != asked.person,
        "nobody-dissents-from-their-own-decision",
        "You decided this: decide the tier anew, or another person of your organisation says that it does not agree",
    )
    refuse_unless(
        not any(
            one.decision_id == decision.decision_id and one.side == side for one in practice.dissents.values()
        ),
        "an-organisation-dissents-once",
        "Your organisation’s dissent from this decision is already recorded",
    )
    return [
        DissentRecorded(
            dissent_id=command.dissent_id,
            decision_id=decision.decision_id,
            side=side,
            organisation=_organisation(practice, asked),
            words=Sealed(command.words),
            occurred_on=day_since(decision.decided_on, command, asked),
        )
    ]


def _words(practice: Practice, view: View) -> str:
    stated = practice.standing[view.version].fact
    assert isinstance(stated, TierViewStated)
    return stated.words.words


def _organisation(practice: Practice, asked: Asked) -> str:
    """As whose it counts: the organisation responsible on the day, of whose side the person is."""
    responsible, side = practice.responsible_on(asked.on), SIDE_OF.get(asked.role, Side.CONTRACT_HOLDER)
    found: str | None = getattr(responsible, side.value, None) if responsible else None
    return found or asked.organisation or ""


def tier_view_stated(practice: Practice, fact: TierViewStated, entry: Recorded) -> None:
    practice.views.append(View(fact.organisation, fact.tier, fact.occurred_on, entry.version))


def override_given(practice: Practice, fact: OverrideGiven, entry: Recorded) -> None:
    practice.overrides[fact.override_id] = Override(
        fact.override_id, entry.person, fact.occurred_on, entry.version
    )


def dissent_recorded(practice: Practice, fact: DissentRecorded, entry: Recorded) -> None:
    practice.dissents[fact.dissent_id] = Dissent(
        fact.decision_id, fact.side, fact.organisation, entry.version
    )


def used(practice: Practice, fact: TierDecided, entry: Recorded) -> Override | None:
    """The override that a decision rests on, which is used by that."""
    for one in practice.overrides.values():
        if fact.override == cite(practice.code, one.version):
            one.used = entry.version
            return one
    return None

"""How people of a random history settle all that is open, which chance alone hardly ever does: the episode is closed."""

from dataclasses import replace
from datetime import timedelta

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.episodes import blockers, open_episode
from domain.practice.threads import offered_to_join
from domain.practice.visits import missing
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_MANAGER

WHO = (CASEWORKER, MANAGER, OTHER_MANAGER, LEAD)


def wound_up(ask, practice, at):
    """Settle one thing after another, close the episode, and reopen it. `ask` gives the practice after a command."""
    day = at.date()
    for concern in offered_to_join(practice, SIDE_OF[LEAD.role], day):
        practice = _asked(ask, practice, a.join_threads(concern=concern), at)
    for join in list(practice.joins):
        practice = _asked(ask, practice, a.part_threads(join_id=join), at)
    for action in list(practice.actions.values()):
        for stage in missing(action)[:1]:
            practice = _asked(
                ask, practice, a.record_visit_stage(action_id=action.action_id, stage=stage), at
            )
    practice = _asked(ask, practice, a.name_caseworker(caseworker=CASEWORKER.person), at)
    for _ in range(60):
        left = blockers(practice, day)
        if not left:
            break
        for command in _settling(practice, left[0]):
            practice = _asked(ask, practice, command, at)
    if open_episode(practice):
        practice = _asked(ask, practice, a.close_episode(), at)
    for closing in list(practice.closings)[-1:]:
        practice = _asked(ask, practice, a.reopen_episode(closing_id=closing), at)
    for provider, begins in (("A", 20), ("B", -40), ("C", 20)):
        from_on = day + timedelta(days=begins)
        named = a.name_provider(provider_name=f"Provider {provider}", provider_code=None, from_on=from_on)
        practice = _asked(ask, practice, named, at)
    return practice


def _asked(ask, practice, command, at):
    """As asked by the first who may."""
    for who in WHO:
        following = ask(practice, command, replace(who, at=at))
        if following.version > practice.version:
            return following
    return practice


def _settling(practice, blocker):
    """The commands that settle what stands in the way."""
    fact = practice.standing[blocker.version].fact
    match fact:
        case e.FlagRaised():
            return [a.clear_flag(flag_id=fact.flag_id)]
        case e.ActionProposed():
            return [a.cancel_action(action_id=fact.action_id)]
        case e.IntelligenceRecorded():
            return [a.discount_intelligence(intelligence_id=fact.intelligence_id)]
        case e.TierProposed():
            return [a.decline_tier_proposal(proposal_id=fact.proposal_id)]
        case e.CorrectionRequested():
            return [a.decline_correction(request_id=fact.request_id)]
    return [a.amend_entry(version=blocker.version)]

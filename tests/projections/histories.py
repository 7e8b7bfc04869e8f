"""Random histories: people of both organisations ask for whatever comes to mind, and what is not refused is recorded."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.access.permissions import check
from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import commands as c
from domain.practice.affected import Rules, affected
from domain.practice.commands import GiveOverride, OpenTierDecision
from domain.practice.kinds import (
    ROLES_OF,
    ActionKind,
    Channel,
    CorrectionKind,
    ExpectationKind,
    FlagKind,
    IntelligenceSource,
    Level,
    Side,
    Tier,
    Visibility,
    VisitStage,
)
from domain.practice.plans import plans
from domain.practice.practice import decide, replay
from domain.practice.reviews import asked_or_checked
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Recorded, RuleBroken
from tests.projections.climbing import CLIMBING
from tests.projections.of_the_contract import contract_changed
from tests.projections.winding_up import wound_up
from tests.support import factories as a
from tests.support.given import (
    ADVISER,
    CASEWORKER,
    LEAD,
    MANAGER,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    told_elsewhere,
)

BEGINS = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PEOPLE = (CASEWORKER, OTHER_CASEWORKER, MANAGER, OTHER_MANAGER, LEAD)
RULES = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)
INDICATORS = ("PE03", "PS01", "CQ04", "OE05")
WORDS = (
    "The rota is drafted.",
    "Ο πίνακας είναι έτοιμος.",
    "مواعيد الصباح ممتلئة",
    "Two of three 📞 lines are open.\nThe third follows.",
)


def random_history(seed, code, length):
    """A history of about so many facts of one practice; the same for the same seed."""
    chance = random.Random(f"{seed} {code}")
    history: list[Recorded] = []
    at = BEGINS
    practice, wound = register(history, code, at), False
    for _ in range(length * 20):
        if len(history) >= length:
            break
        at += timedelta(hours=chance.choice((0, 0, 1, 30, 200)))
        asked = chance.choice(PEOPLE)
        asked = Asked(
            person=asked.person, organisation=asked.organisation, role=asked.role, at=at, region=asked.region
        )
        command = chance.choice(COMMANDS)(chance, practice, at.date())
        if isinstance(command, GiveOverride):
            asked = replace(ADVISER, at=at)
        if command is not None:
            practice = tried(history, practice, command, asked, chance)
        if len(history) > length * 0.6 and not wound:
            wound = True
            for what in (wound_up, contract_changed) if seed % 4 == 0 else (wound_up,):
                practice = what(
                    lambda practice, command, asked: tried(history, practice, command, asked, chance),
                    practice,
                    at,
                )
    return history


def seen_otherwise(seed, code, length):
    """A random history, and after it entries that each organisation closes and opens again, with what is made of them:
    chance alone hardly ever opens what it closed.
    """
    history = random_history(seed, code, length)
    chance, practice = random.Random(f"{seed} {code} closed"), replay(list(history))
    at, most = history[-1].recorded_at, len(history) + length // 2
    for _ in range(length * 2):
        at += timedelta(hours=chance.choice((0, 1, 30)))
        asked = replace(chance.choice((CASEWORKER, LEAD)), at=at)
        command = chance.choice((closed_talk, opened_or_closed, opened_or_closed, correct, decided))
        practice = tried(history, practice, command(chance, practice, asked.on), asked, chance)
        if len(history) >= most:
            break
    return history


def closed_talk(chance, practice, today):
    side = chance.choice((Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER))
    return a.record_conversation(
        occurred_on=today - timedelta(days=chance.randrange(60)),
        attendees=tuple(a.attendee(side=one, role=ROLES_OF[one][0]) for one in (side, Side.PRACTICE)),
        said=chance.choice(WORDS),
        visibility=chance.choice(list(Visibility)),
    )


def opened_or_closed(chance, practice, today):
    entries = [*practice.entries.values(), *(one.version for one in practice.intelligence.values())]
    return a.change_visibility(
        version=one_of(chance, entries or [1]), visibility=chance.choice(list(Visibility))
    )


def register(history, code, at):
    asked = Asked(person="operator", organisation=None, role="operator", at=at)
    command = a.register_practice(code=code, name=f"Practice {code}", occurred_on=at.date())
    return tried(history, replay([]), command, asked, random.Random(code), code)


def tried(history, practice, command, asked, chance, code=None):
    try:
        shown = as_seen_by(history, practice.closed, asked, practice.let_in)
        seen = practice if shown == history else replay(shown)
        check(asked, command, seen)
        known = told_elsewhere(seen, command)
        if isinstance(command, OpenTierDecision):
            known = replace(known, framework=RULES)
        facts = decide(known, command, asked)
    except RuleBroken:
        return practice
    command_id = f"command-{len(history):06d}-{chance.randrange(10**6)}"
    recorded(history, facts, asked, command_id, code or practice.code)
    after = replay(list(history))
    rules = Rules(lambda _: RULES, None)
    checked = [
        asked_or_checked(after, one, gone=False, asked=asked)
        for one in affected(practice, after, rules, replay)
    ]
    recorded(history, checked, asked, command_id, after.code)
    return replay(list(history)) if checked else after


def recorded(history, facts, asked, command_id, code):
    for fact in facts:
        history.append(
            Recorded(
                stream=f"practice-{code}",
                version=len(history) + 1,
                position=0,
                recorded_at=asked.at,
                person=asked.person,
                organisation=asked.organisation,
                role=asked.role,
                on_behalf_of=None,
                command_id=command_id,
                corrects=getattr(fact, "corrects", None),
                fact=fact,
            )
        )


# --- what people ask for ----------------------------------------------------------------------------------------


def of_expectation(make):
    """A command about something that was asked for."""
    return lambda chance, practice, today: make(expectation_id=one_of(chance, practice.expectations))


def one_of(chance, things):
    return chance.choice(list(things)) if things else "nothing-0000"


def some_of(chance, things):
    return tuple(thing for thing in things if chance.random() < 0.3)


def day(chance, today):
    return today - timedelta(days=chance.choice((0, 0, 1, 5, 40)))


def cites(chance, practice):
    return tuple(
        f"{practice.code}/{one_of(chance, practice.standing)}" for _ in range(chance.randrange(1, 4))
    )


def talk(chance, practice, today):
    sides = [side for side in Side if chance.random() < 0.6]
    return a.record_conversation(
        occurred_on=day(chance, today),
        channel=chance.choice(list(Channel)),
        attendees=tuple(a.attendee(side=side, role=ROLES_OF[side][0]) for side in sides),
        said=chance.choice(WORDS),
        about_flags=some_of(chance, practice.flags),
        about_actions=some_of(chance, practice.actions),
        reply_to=one_of(chance, practice.entries) if chance.random() < 0.2 and practice.entries else None,
        next_contact_on=today + timedelta(days=9) if chance.random() < 0.3 else None,
        visibility=who_sees(chance),
    )


def who_sees(chance):
    """Mostly both."""
    return chance.choice(list(Visibility)) if chance.random() < 0.4 else Visibility.BOTH


def restricted(chance, practice):
    """An entry that is restricted, where there is any: few would be met by chance."""
    found = [
        version
        for version, closure in practice.closed.items()
        if version == closure.entry and closure.visibility == Visibility.RESTRICTED
    ]
    return one_of(chance, found or practice.standing)


def of_access(make, status, **more):
    """About a request or emergency access that waits."""

    def about(chance, practice, today):
        waiting = [access.access_id for access in practice.access.values() if access.status == status]
        return make(access_id=one_of(chance, waiting), **more)

    return about


def let_in(chance, practice, today):
    return of_access(a.grant_access, "asked", until_on=today + timedelta(days=chance.randrange(30)))(
        chance, practice, today
    )


def propose(chance, practice, today):
    return a.propose_action(
        kind=chance.choice([*ActionKind, ActionKind.VISIT, ActionKind.VISIT, ActionKind.VISIT]),
        issue=chance.choice(WORDS),
        owner=chance.choice((Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)),
        due_on=today + timedelta(days=chance.randrange(60)),
        about_flags=some_of(chance, practice.flags),
        plan_id=chance.choice((None, "Winter plan")),
    )


def visited(chance, practice, today):
    """A stage of a visit that is agreed: mostly the one that comes next."""
    visits = [
        action
        for action in practice.actions.values()
        if (action.kind, action.status) == (ActionKind.VISIT, "agreed")
    ]
    one = chance.choice(visits) if visits else None
    stages = list(VisitStage)
    following = stages[min(len(one.stages), len(stages) - 1)] if one else stages[0]
    return a.record_visit_stage(
        action_id=one.action_id if one else one_of(chance, practice.actions),
        stage=following if chance.random() < 0.8 else chance.choice(stages),
    )


def correction(chance, practice):
    version = one_of(chance, practice.standing)
    fact = practice.standing[version].fact
    wanted = {"occurred_on": "2026-01-06", "said": chance.choice(WORDS), "level": "alarm"}
    for name in ("issue", "summary", "rationale", "reason", "words", "name", "reference"):
        wanted[name] = f"{chance.choice(WORDS[:3])} ({chance.randrange(99)})"
    fields = {name: value for name, value in wanted.items() if hasattr(fact, name)}
    if hasattr(fact, "effective_on"):
        fields["effective_on"] = (date(2026, 1, 6) + timedelta(days=chance.randrange(400))).isoformat()
    return version, fields


def correct(chance, practice, today):
    version, fields = correction(chance, practice)
    return a.correct_fact(version=version, fields=fields)


def answer(make):
    """To a conversation's text: the newest is the one that somebody would answer."""

    def about(chance, practice, today):
        return make(version=one_of(chance, list(practice.records)[-3:]))

    return about


def ask_correction(chance, practice, today):
    version, fields = correction(chance, practice)
    return a.request_correction(version=version, kind=chance.choice(list(CorrectionKind)), fields=fields)


def decided(chance, practice, today):
    waiting = [proposal.proposal_id for proposal in practice.proposals.values() if proposal.status == "open"]
    asked = [one.asking_id for one in practice.reviews.values() if one.status == "open"]
    return a.decide_tier(
        proposal_id=waiting[0] if waiting and chance.random() < 0.8 else None,
        tier=chance.choice(list(Tier)),
        inputs=cites(chance, practice),
        effective_on=today + timedelta(days=chance.choice((0, 0, 20))),
        review_on=today + timedelta(days=90),
        over_dispute=chance.choice((None, "The call log settles it.")),
        asking_id=chance.choice(asked) if asked else None,
    )


def of_action(make, status=None):
    """About an action that has the status: what comes late in an action's life would hardly ever meet one by chance."""

    def about(chance, practice, today):
        fitting = [
            action.action_id for action in practice.actions.values() if status in {None, action.status}
        ]
        return make(action_id=one_of(chance, fitting))

    return about


def of_explanation(make):
    """About an explanation that nobody has answered yet."""

    def about(chance, practice, today):
        waiting = [name for name, one in practice.explanations.items() if one.status == "waiting"]
        return make(explanation_id=one_of(chance, waiting))

    return about


def answered(chance, practice, today):
    """A response to what the practice was told, or to nothing; sometimes it has nothing to say."""
    nothing = chance.random() < 0.2
    return a.receive_practice_response(
        told_id=one_of(chance, practice.told) if practice.told and chance.random() < 0.7 else None,
        nothing_to_say=nothing,
        points=()
        if nothing
        else tuple(c.ResponsePoint(words=chance.choice(WORDS), about=one) for one in cites(chance, practice)),
    )


def seldom(make):
    """What is hardly ever refused, one time in five: else a history would hold little else."""
    return lambda chance, *told: make(chance, *told) if chance.random() < 0.2 else None


def planned(chance, practice):
    """The actions of a plan, where there is one."""
    found = list(plans(practice).values())
    return tuple(one.action_id for one in chance.choice(found).actions if one.open) if found else ()


def beside_a_decision(chance, practice, today):
    """What is said to a decision, before it and after: seldom, as there are few decisions."""
    decided = [one.decision_id for one in practice.decisions] or ["decision-none0001"]
    asked = list(practice.reviews) or ["asking-none0001"]
    return chance.choice(
        (
            a.open_tier_decision(),
            a.state_tier_view(tier=chance.choice(list(Tier)), words=chance.choice(WORDS)),
            a.give_override(reason=chance.choice(WORDS)),
            a.record_dissent(decision_id=chance.choice(decided)),
            a.reaffirm_decision(asking_id=chance.choice(asked)),
        )
    )


COMMANDS = (
    beside_a_decision,
    talk,
    talk,
    propose,
    propose,
    lambda chance, practice, today: a.raise_flag(
        indicator=chance.choice(INDICATORS),
        kind=chance.choice(list(FlagKind)),
        level=chance.choice(list(Level)),
    ),
    lambda chance, practice, today: a.explain_flag(flag_id=one_of(chance, practice.flags)),
    lambda chance, *told: of_explanation(chance.choice((a.accept_explanation, a.decline_explanation)))(
        chance, *told
    ),
    lambda chance, practice, today: a.clear_flag(flag_id=one_of(chance, practice.flags)),
    lambda chance, practice, today: a.withdraw_flag(flag_id=one_of(chance, practice.flags)),
    lambda chance, practice, today: a.reopen_flag(flag_id=one_of(chance, practice.flags)),
    lambda chance, practice, today: a.record_intelligence(
        source=chance.choice(list(IntelligenceSource)),
        occurred_on=day(chance, today),
        visibility=who_sees(chance),
    ),
    lambda chance, practice, today: a.write_letter(
        subject=chance.choice(WORDS)[:60].replace("\n", " "),
        text=chance.choice(WORDS),
        occurred_on=day(chance, today),
    ),
    lambda chance, practice, today: a.attach_document(
        title=chance.choice(WORDS)[:60].replace("\n", " "),
        occurred_on=day(chance, today),
        of_entry=chance.choice((None, *practice.entries)),
        visibility=who_sees(chance),
    ),
    lambda chance, practice, today: a.corroborate_intelligence(
        intelligence_id=one_of(chance, practice.intelligence), evidence=cites(chance, practice)
    ),
    lambda chance, practice, today: a.discount_intelligence(
        intelligence_id=one_of(chance, practice.intelligence)
    ),
    of_action(a.agree_action, "proposed"),
    of_action(a.agree_action, "proposed"),
    of_action(a.answer_action),
    of_action(a.progress_action, "agreed"),
    lambda chance, practice, today: a.reschedule_action(
        action_id=one_of(chance, practice.actions), due_on=today + timedelta(days=chance.randrange(90))
    ),
    of_action(a.complete_action, "agreed"),
    of_action(a.complete_action, "agreed"),
    of_action(a.accept_evidence, "completed"),
    of_action(a.accept_evidence, "completed"),
    of_action(a.send_back_action, "completed"),
    of_action(a.send_back_action, "completed"),
    of_action(a.cancel_action),
    lambda chance, practice, today: a.reopen_action(
        action_id=one_of(chance, practice.actions), due_on=today + timedelta(days=30)
    ),
    lambda chance, practice, today: a.propose_tier(
        tier=chance.choice(list(Tier)), inputs=cites(chance, practice), effective_on=today + timedelta(days=3)
    ),
    lambda chance, practice, today: a.decline_tier_proposal(proposal_id=one_of(chance, practice.proposals)),
    decided,
    decided,
    lambda chance, practice, today: a.sign_contract(),
    lambda chance, practice, today: a.vary_contract(contract_id=one_of(chance, practice.contracts)),
    lambda chance, practice, today: a.change_details(
        name=f"Practice {chance.randrange(9)}", postcode=chance.choice((None, "LS1 4AB"))
    ),
    lambda chance, practice, today: a.name_caseworker(
        caseworker=chance.choice((None, "person-caseworker", "person-colleague"))
    ),
    correct,
    correct,
    correct,
    lambda chance, practice, today: a.withdraw_fact(version=one_of(chance, practice.standing)),
    ask_correction,
    lambda chance, practice, today: a.authorise_correction(request_id=one_of(chance, practice.requests)),
    lambda chance, practice, today: a.decline_correction(request_id=one_of(chance, practice.requests)),
    answer(a.agree_entry),
    answer(a.agree_entry),
    answer(a.dispute_entry),
    answer(lambda version: a.amend_entry(version=version, said=f"Otherwise than in {version}.")),
    lambda chance, practice, today: a.state_position(
        concern=one_of(chance, [*practice.flags, *practice.intelligence]), position=chance.choice(WORDS)
    ),
    lambda chance, practice, today: a.join_threads(
        concern=one_of(chance, [*practice.flags, *practice.intelligence]),
        avoided_contact=chance.random() < 0.7,
        reason=chance.choice((None, *WORDS)),
    ),
    lambda chance, practice, today: a.set_expectation(
        expected_of=chance.choice((Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)),
        kind=chance.choice(list(ExpectationKind)),
        due_on=chance.choice((None, today + timedelta(days=chance.randrange(60)))),
        words=chance.choice(WORDS),
    ),
    of_expectation(a.answer_expectation),
    of_expectation(a.withdraw_expectation),
    of_expectation(a.stop_clock),
    of_expectation(a.restart_clock),
    lambda chance, practice, today: a.move_expectation(
        expectation_id=one_of(chance, practice.expectations),
        due_on=today + timedelta(days=chance.randrange(90)),
    ),
    lambda chance, practice, today: a.part_threads(join_id=one_of(chance, practice.joins)),
    lambda chance, practice, today: a.hand_over_practice(
        caseworker=chance.choice((CASEWORKER.person, OTHER_CASEWORKER.person))
    ),
    lambda chance, practice, today: a.close_episode(),
    lambda chance, practice, today: a.reopen_episode(closing_id=one_of(chance, practice.closings)),
    visited,
    seldom(
        lambda chance, practice, today: a.tell_practice(
            told=chance.choice(WORDS), about=cites(chance, practice), occurred_on=day(chance, today)
        )
    ),
    seldom(answered),
    seldom(
        lambda chance, practice, today: a.make_factual_challenge(
            about=cites(chance, practice)[0], wrong=chance.choice(WORDS)
        )
    ),
    lambda chance, practice, today: a.decide_factual_challenge(
        challenge_id=one_of(chance, [one.challenge_id for one in practice.challenges.values() if one.open])
    ),
    seldom(
        lambda chance, practice, today: a.refer_to_quality_surveillance_group(
            evidence=cites(chance, practice), reason=chance.choice(WORDS)
        )
    ),
    lambda chance, practice, today: a.agree_plan(action_ids=planned(chance, practice)),
    lambda chance, practice, today: a.answer_plan(action_ids=planned(chance, practice)),
    lambda chance, practice, today: a.change_visibility(
        version=one_of(chance, [*practice.entries.values(), 1]), visibility=who_sees(chance)
    ),
    lambda chance, practice, today: a.request_access(version=restricted(chance, practice)),
    lambda chance, practice, today: a.take_emergency_access(version=restricted(chance, practice)),
    let_in,
    of_access(a.decline_access, "asked"),
    of_access(a.review_emergency_access, "emergency"),
    lambda chance, practice, today: a.close_practice(closed_on=today) if chance.random() < 0.1 else None,
    lambda chance, practice, today: a.reopen_practice(),
    lambda chance, practice, today: a.reopen_practice(),
    *CLIMBING,
)

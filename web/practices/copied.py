"""What a practice may see of its own record, in words: the whole list is here, and what is not in it is not shown.

Written for the practice: it is told of itself as "you". A kind of fact that comes later is left out until somebody puts
it here. Of what was decided, the reasons are given where the practice was told of the decision: until then they are the
organisations' own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import Side, Travel
from domain.practice.state import Decision, Practice
from web.practices import copied_contract, copied_said
from web.practices.copied_items import Item, Section, facts, notes, words_of
from web.practices.told import Names, lower_first
from web.words import day, label


def sections(practice: Practice, names: Names) -> list[Section]:
    """The copy: of a practice as both organisations see it, and of nothing else."""
    return [
        Section("Your practice", [_yourself(practice, names)]),
        Section("How we work with you", list(_decisions(practice))),
        Section("What your published numbers raised", list(_flags(practice, names))),
        Section(
            "What you were told", _in_order([*copied_said.told(practice), *copied_said.letters(practice)])
        ),
        Section("What was said with you", _in_order(list(copied_said.conversations(practice, names)))),
        Section("What you answered", _in_order(list(copied_said.responses(practice)))),
        Section("What you say is wrong", _in_order(list(copied_said.challenges(practice)))),
        Section("What is agreed with you", list(_actions(practice, names))),
        Section(
            "Your contract",
            _in_order([*copied_contract.contracts(practice), *copied_contract.notices(practice)]),
        ),
        Section("What the regulator published", _in_order(list(copied_contract.regulator(practice)))),
    ]


def digest(made: list[Section]) -> str:
    """SHA-256, in hexadecimal, of every word of a copy, in order. Each has its length before it."""
    found = sha256()
    for section in made:
        for text in (section.heading, *(text for item in section.items for text in _texts(item))):
            encoded = text.encode()
            found.update(len(encoded).to_bytes(8, "big") + encoded)
    return found.hexdigest()


def reasons_not_told(practice: Practice) -> list[Decision]:
    """The decisions of which the practice has not been told: their reasons are not in its copy."""
    told = _told_of(practice)
    return [one for one in practice.decisions if cite(practice.code, one.version) not in told]


def _texts(item: Item) -> Iterator[str]:
    yield item.heading
    yield item.on.isoformat() if item.on else ""
    yield str(item.entry or "")
    yield from item.notes
    for heading, words in item.words:
        yield from (heading, words)


def _in_order(items: list[Item]) -> list[Item]:
    """The newest first."""
    return sorted(items, key=lambda item: item.on or date.min, reverse=True)


# --- the practice itself --------------------------------------------------------------------------------------


def _yourself(practice: Practice, names: Names) -> Item:
    details = practice.details
    assert details is not None
    address = ", ".join(
        part
        for part in (*(details.address.words if details.address else "").splitlines(), details.postcode)
        if part
    )
    now = practice.responsibilities[-1] if practice.responsibilities else None
    return Item(
        details.name.words,
        None,
        notes(
            f"{label(practice.kind)}, code {practice.code}",
            address,
            details.telephone.words if details.telephone else "",
            f"{details.list_size:,} patients" if details.list_size is not None else "",
            f"Contract held by {names.organisation(now.contract_holder)}" if now else "",
            f"Local commissioner: {names.organisation(now.local_commissioner)}"
            if now and now.local_commissioner
            else "",
            f"Closed on {day(practice.closed_on)}" if practice.closed_on else "",
        ),
    )


def _told_of(practice: Practice) -> set[str]:
    return {about for told in practice.told.values() for about in told.about}


def _decisions(practice: Practice) -> Iterator[Item]:
    told = _told_of(practice)
    for one in reversed(practice.decisions):
        fact = practice.standing[one.version].fact
        assert isinstance(fact, e.TierDecided)
        is_told = cite(practice.code, one.version) in told
        yield Item(
            label(one.tier),
            one.decided_on,
            notes(
                f"From {day(one.effective_on)}",
                f"To be looked at again by {day(one.review_on)}" if one.review_on else "",
                _direction(fact) if is_told else "",
            ),
            _reasons(fact) if is_told else (),
            one.version,
        )


def _direction(fact: e.TierDecided) -> str:
    return f"As we see it, you are {lower_first(label(fact.direction, Travel))}" if fact.direction else ""


def _reasons(fact: e.TierDecided) -> tuple[tuple[str, str], ...]:
    """What was decided to be said to the practice; what the organisations weighed among themselves is theirs."""
    return words_of(
        ("Why", fact.rationale),
        ("What we ask of you", fact.asked_for),
        ("What would lead to a lighter relationship", fact.de_escalation),
    )


# --- numbers --------------------------------------------------------------------------------------------------


def _flags(practice: Practice, names: Names) -> Iterator[Item]:
    """What was published, and what the practice itself said of it. A flag asks a question and is no judgement."""
    for entry, fact in facts(practice, e.FlagRaised):
        flag = practice.flags[fact.flag_id]
        given = [one for one in practice.explanations.values() if one.flag_id == fact.flag_id]
        own = [
            ("Your explanation", told.words)
            for _, told in facts(practice, e.FlagExplained)
            if told.flag_id == fact.flag_id and told.given_by == Side.PRACTICE
        ]
        yield Item(
            fact.indicator_name,
            fact.occurred_on,
            notes(
                f"{label(fact.level)}, {lower_first(label(fact.kind))}, {flag.status}",
                f"Period {fact.period}" if fact.period else "",
                f"Your value {fact.value}, beside {fact.comparator}"
                if fact.value is not None and fact.comparator is not None
                else "",
                *(
                    f"{label(one.category)}, given by the {names.side(one.given_by)} on {day(one.explained_on)}: "
                    f"{'not answered yet' if one.status == 'waiting' else one.status}"
                    for one in given
                ),
            ),
            words_of(*own),
            entry.version,
        )


# --- what is agreed -------------------------------------------------------------------------------------------


def _actions(practice: Practice, names: Names) -> Iterator[Item]:
    """Those that both organisations agreed, or that were put to the practice. Proposals are theirs until then."""
    for entry, fact in facts(practice, e.ActionProposed):
        action = practice.actions[fact.action_id]
        if action.status in {"agreed", "completed", "accepted"} or action.answer is not None:
            yield Item(
                fact.issue.words,
                fact.occurred_on,
                notes(
                    f"To be done by: {'you' if action.owner == Side.PRACTICE else 'the ' + names.side(action.owner)}",
                    f"Due {day(action.due_on)}",
                    f"Plan: {action.plan_id.words}" if action.plan_id else "",
                    _standing(action.status),
                    f"Your answer: {label(action.answer).lower()}" if action.answer else "",
                ),
                words_of(("Success will be known by", fact.success_measure)),
                entry.version,
            )


def _standing(status: str) -> str:
    return {
        "proposed": "Not agreed by both organisations yet",
        "agreed": "Agreed",
        "completed": "Done, and to be looked at",
        "accepted": "Done",
        "cancelled": "Will not be done",
    }[status]

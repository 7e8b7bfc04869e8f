"""Contract sanctions: proposed with their notice, imposed when it has run, lifted; and suspensions that touch a contract."""

from __future__ import annotations

from datetime import date

from domain.clocks.periods import rule
from domain.practice.cites import standing_cites
from domain.practice.commands import (
    EndSuspension,
    ImposeSanction,
    LiftSanction,
    ProposeSanction,
    SuspendContractor,
)
from domain.practice.contract_state import Notice, NoticeStatus, Sanction, Suspension
from domain.practice.contractors import CONTRACTORS
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.entitled import after_its_notice, entitled, has_its_notice, nothing_stays, stated
from domain.practice.events import (
    ContractorSuspended,
    SanctionImposed,
    SanctionLifted,
    SanctionProposed,
    SuspensionEnded,
)
from domain.practice.kinds import ContractorKind, NoticeKind, SanctionKind
from domain.practice.notices import as_drafted
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.practice.suspended_services import suspends_no_longer_in_all
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed
from domain.text import holds_registration_number


def propose_sanction(practice: Practice, command: ProposeSanction, asked: Asked) -> list[Fact]:
    """A sanction is for who could end the contract, leaves protected services alone, and waits its notice."""
    standing_contract(practice, command.contract_id)
    day = day_of(command, asked)
    evidence = standing_cites(practice, command.evidence, "evidence")
    entitled(practice, command, day)
    sanction_is_lawful(practice.kind, command, day)
    suspends_no_longer_in_all(practice, command, day)
    has_its_notice(
        practice, "sanction-notice", day, command.from_on, command.shorter_because, command.shorter_words, "from_on"
    )  # fmt: skip
    # What was typed before another sanction was chosen is no part of this one: its notice would say it.
    of_money = command.kind == SanctionKind.WITHHOLD_MONEY
    return [
        SanctionProposed(
            **stated(command, evidence),
            sanction_id=command.sanction_id,
            kind=command.kind,
            services=() if of_money else tuple(dict.fromkeys(command.services)),
            obligations=None if of_money else sealed(command.obligations),
            sum_withheld=sealed(command.sum_withheld) if of_money else None,
            effect=Sealed(command.effect),
            from_on=command.from_on,
            until_on=command.until_on,
            occurred_on=day,
        )
    ]


def _typed(words: str | Sealed | None) -> str:
    return words.words if isinstance(words, Sealed) else words or ""


def sanction_is_lawful(kind: ContractorKind, sanction: ProposeSanction | SanctionProposed, day: date) -> None:
    """It says what it takes away, takes away nothing protected, and suspends for six months at most."""
    if sanction.kind == SanctionKind.WITHHOLD_MONEY:
        refuse_unless(
            bool(sanction.sum_withheld),
            "a-sanction-says-what-it-takes",
            "Enter how much is withheld or deducted",
            "sum_withheld",
        )
        refuse_unless(
            any(one.isdigit() for one in _typed(sanction.sum_withheld)),
            "a-sum-has-a-figure",
            "Enter how much in figures, such as £1,200 a month or 5% of a payment",
            "sum_withheld",
        )
    else:
        refuse_unless(
            bool(sanction.services and sanction.obligations),
            "a-sanction-says-what-it-takes",
            "Choose the services, and say which obligations are ended or suspended",
            "obligations" if sanction.services else "services",
        )
    refuse_unless(
        not CONTRACTORS[kind].protected.intersection(sanction.services),
        "protected-services-are-not-sanctioned",
        "Essential or mandatory services are never ended or suspended by a sanction: choose others, or withhold money",
        "services",
    )
    in_order(sanction.from_on, sanction.until_on, "until_on")
    if sanction.kind == SanctionKind.SUSPEND_OBLIGATIONS:
        last = rule("sanction-suspension", on=day, kind=kind).after(sanction.from_on)
        refuse_unless(
            sanction.until_on is not None and sanction.until_on <= last,
            "a-suspension-lasts-six-months-at-most",
            f"Enter the last day of the suspension: {in_full(last)} at the latest, six months after it begins",
            "until_on",
        )


def may_be_issued(practice: Practice, notice: Notice, day: date) -> None:
    """What entitled the holder when it was drafted still does, and the notice that is left is long enough."""
    fact = _proposed(practice, notice)
    entitled(practice, fact, day)
    suspends_no_longer_in_all(practice, fact, day)
    has_its_notice(
        practice, "sanction-notice", day, fact.from_on, fact.shorter_because, fact.shorter_words, "notice_id"
    )  # fmt: skip


def _proposed(practice: Practice, notice: Notice) -> SanctionProposed:
    fact = practice.standing[notice.version].fact
    assert isinstance(fact, SanctionProposed)
    return fact


def impose_sanction(practice: Practice, command: ImposeSanction, asked: Asked) -> list[Fact]:
    """A sanction is imposed from its day, once its notice has run, and no dispute referred in time is pending."""
    sanction = sanction_of(practice, command.sanction_id)
    refuse_unless(sanction.imposed is None, "a-sanction-is-imposed-once", "This sanction is imposed already")
    standing_contract(practice, practice.notices[sanction.notice_id].contract_id)
    notice = practice.notices[sanction.notice_id]
    refuse_unless(
        notice.status == NoticeStatus.SERVED,
        "a-sanction-follows-its-notice",
        "The notice of a sanction is issued and served first",
        "sanction_id",
    )
    day = day_of(command, asked)
    assert notice.served_on is not None
    refuse_unless(
        day >= sanction.from_on,
        "a-step-waits-for-its-day",
        f"Its notice says that it has effect from {in_full(sanction.from_on)}",
        "occurred_on",
    )
    refuse_unless(
        not over(sanction, day),
        "a-sanction-is-imposed-before-it-is-over",
        f"Its notice says that its last day is {in_full(sanction.until_on or day)}: withdraw the notice, and propose another",
        "occurred_on",
    )
    in_order(notice.served_on, day, "occurred_on")
    has_its_notice(
        practice, "sanction-notice", notice.served_on, day, notice.shorter_because, True, "occurred_on"
    )
    nothing_stays(practice, notice, command.despite, command.despite_words, day)
    entitled(practice, _proposed(practice, notice), day)
    return [
        SanctionImposed(
            sanction_id=sanction.sanction_id,
            notice_id=notice.notice_id,
            despite=command.despite,
            despite_words=sealed(command.despite_words),
            occurred_on=day,
        )
    ]


def lift_sanction(practice: Practice, command: LiftSanction, asked: Asked) -> list[Fact]:
    """What is imposed is lifted, once, and with a reason."""
    sanction = sanction_of(practice, command.sanction_id)
    refuse_unless(
        sanction.imposed is not None,
        "only-an-imposed-sanction-is-lifted",
        "This sanction is not imposed: withdraw its notice instead",
    )
    refuse_unless(sanction.lifted is None, "a-sanction-is-lifted-once", "This sanction is lifted already")
    standing_contract(practice, practice.notices[sanction.notice_id].contract_id)
    return [
        SanctionLifted(
            sanction_id=sanction.sanction_id,
            reason=Sealed(command.reason),
            occurred_on=day_since(sanction.imposed_on, command, asked),
        )
    ]


def sanction_of(practice: Practice, sanction_id: str) -> Sanction:
    sanction = practice.sanctions.get(sanction_id)
    if sanction is None:
        raise RuleBroken(
            "a-sanction-is-of-this-practice", "Choose a sanction of this practice", "sanction_id"
        )
    return sanction


def over(imposed: Sanction | Suspension, day: date) -> bool:
    """Whether the last day of a sanction or a suspension has passed."""
    return imposed.until_on is not None and day > imposed.until_on


def sanction_by(practice: Practice, notice: Notice) -> Sanction | None:
    """The sanction that a notice is of, if it is of one."""
    return next((one for one in practice.sanctions.values() if one.notice_id == notice.notice_id), None)


def imposed_from(practice: Practice, sanction: Sanction, notice: Notice) -> date | None:
    """The first day on which a sanction may be imposed: that of its notice, once that has run. None before it is served."""
    if notice.served_on is None:
        return None
    has_run = after_its_notice(practice, "sanction-notice", notice.served_on, notice.shorter_because)
    return max(sanction.from_on, has_run)


def suspend_contractor(practice: Practice, command: SuspendContractor, asked: Asked) -> list[Fact]:
    """Only the dates and the cover of a suspension are a matter of the contract."""
    day = day_of(command, asked)
    contract = standing_contract(practice, command.contract_id, day)
    in_order(contract.starts_on, day, "occurred_on")
    in_order(day, command.until_on, "until_on")
    says_who_covers_by_role(command)
    return [
        ContractorSuspended(
            suspension_id=command.suspension_id,
            contract_id=command.contract_id,
            cover=Sealed(command.cover),
            until_on=command.until_on,
            occurred_on=day,
        )
    ]


def says_who_covers_by_role(suspended: SuspendContractor | ContractorSuspended) -> None:
    """Both organisations read who covers: nobody is known from it."""
    words = suspended.cover.words if isinstance(suspended.cover, Sealed) else suspended.cover
    refuse_unless(
        not holds_registration_number(words),
        "no-performer-is-identified",
        "This has the number of a professional’s registration in it. Say by role who covers, and not who is suspended or why",
        "cover",
    )


def end_suspension(practice: Practice, command: EndSuspension, asked: Asked) -> list[Fact]:
    """A suspension ends once."""
    suspension = practice.suspensions.get(command.suspension_id)
    if suspension is None:
        raise RuleBroken(
            "a-suspension-is-of-this-practice", "Choose a suspension of this practice", "suspension_id"
        )
    refuse_unless(
        suspension.ended_on is None, "a-suspension-ends-once", "The end of this suspension is recorded"
    )
    day = day_since(suspension.from_on, command, asked)
    standing_contract(practice, suspension.contract_id, day)
    return [SuspensionEnded(suspension_id=suspension.suspension_id, occurred_on=day)]


# --- how facts change state -------------------------------------------------------------------------------------


def sanction_proposed(practice: Practice, fact: SanctionProposed, entry: Recorded) -> None:
    as_drafted(
        practice, fact, entry, NoticeKind.SANCTION,
        rests_on=fact.rests_on, shorter_because=fact.shorter_because,
    )  # fmt: skip
    practice.sanctions[fact.sanction_id] = Sanction(
        sanction_id=fact.sanction_id,
        notice_id=fact.notice_id,
        kind=fact.kind,
        from_on=fact.from_on,
        until_on=fact.until_on,
        version=entry.version,
    )


def sanction_imposed(practice: Practice, fact: SanctionImposed, entry: Recorded) -> None:
    if sanction := practice.sanctions.get(fact.sanction_id):
        sanction.imposed_on, sanction.imposed = fact.occurred_on, entry.version


def sanction_lifted(practice: Practice, fact: SanctionLifted, entry: Recorded) -> None:
    if sanction := practice.sanctions.get(fact.sanction_id):
        sanction.lifted_on, sanction.lifted = fact.occurred_on, entry.version


def contractor_suspended(practice: Practice, fact: ContractorSuspended, entry: Recorded) -> None:
    practice.suspensions[fact.suspension_id] = Suspension(
        suspension_id=fact.suspension_id,
        contract_id=fact.contract_id,
        from_on=fact.occurred_on,
        until_on=fact.until_on,
        version=entry.version,
    )


def suspension_ended(practice: Practice, fact: SuspensionEnded, entry: Recorded) -> None:
    if suspension := practice.suspensions.get(fact.suspension_id):
        suspension.ended_on, suspension.ended = fact.occurred_on, entry.version

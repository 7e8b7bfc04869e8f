"""How a fact was recorded, in plain words, and what followed from it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from domain.practice import events as e
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.practices.entries import Teller
from web.practices.told import Names
from web.words import label, moment


class Followed(NamedTuple):
    """A later entry that answers, cites, corrects or carries on an earlier one."""

    title: str
    version: int
    on: date


_BEGINS = (
    e.FlagRaised,
    e.IntelligenceRecorded,
    e.ActionProposed,
    e.ContractSigned,
    e.TierProposed,
    e.CorrectionRequested,
    e.BreachIdentified,
    e.RemedialNoticeDrafted,
    e.BreachNoticeDrafted,
    e.SanctionProposed,
    e.TerminationNoticeDrafted,
    e.ContractorSuspended,
    e.ContractorNoticeGiven,
    e.DisputeReferred,
)
"""Facts that begin a thing: all of its later story follows from them."""

_THING_IDS = ("flag_id", "action_id", "intelligence_id", "proposal_id", "request_id", "contract_id",
              "breach_id", "notice_id", "sanction_id", "suspension_id", "termination_id", "dispute_id")  # fmt: skip


def envelope(recorded: Recorded, names: Names) -> list[tuple[str, str]]:
    """Everything around a fact, named plainly. Of what is withheld it is whose it is, and no more."""
    if isinstance(recorded.fact, Withheld):
        return [
            ("Of", names.organisation(recorded.fact.organisation)),
            ("Cited as", f"{recorded.stream.partition('-')[2]}/{recorded.version}"),
        ]
    return [
        ("Recorded", moment(recorded.recorded_at)),
        ("By", names.person(recorded.person)),
        ("For", names.organisation(recorded.organisation) or "no organisation"),
        ("As", label(recorded.role, "Role").lower()),
        ("On behalf of", names.person(recorded.on_behalf_of) or "nobody else"),
        ("Cited as", f"{recorded.stream.partition('-')[2]}/{recorded.version}"),
        ("Position in the record", f"{recorded.position:,}"),
        ("Command", recorded.command_id),
        *([("Corrects", f"entry {recorded.corrects}")] if recorded.corrects else []),
    ]


def followed(teller: Teller, recorded: Recorded) -> list[Followed]:
    """Later entries that follow from this one, in order."""
    practice = teller.practice
    cite = f"{practice.code}/{recorded.version}"
    own = _ids(recorded.fact) if isinstance(recorded.fact, _BEGINS) else set()
    entry_id = getattr(recorded.fact, "entry_id", None)
    found = []
    for later in practice.history:
        if later.version <= recorded.version:
            continue
        fact: Any = later.fact
        if (
            cite in getattr(fact, "inputs", ())
            or cite in getattr(fact, "evidence", ())
            or cite in getattr(fact, "arrived", ())
            or later.corrects == recorded.version
            or getattr(fact, "version", None) == recorded.version
            or own & (_ids(fact) | _about(fact))
            or (entry_id and getattr(fact, "reply_to", None) == entry_id)
        ):
            told = teller.telling.tell(teller.standing(later).fact)
            found.append(Followed(told.title, later.version, fact.occurred_on))
    return found


def _ids(fact: Any) -> set[str]:
    return {value for name in _THING_IDS if (value := getattr(fact, name, None))}


def _about(fact: Any) -> set[str]:
    return {
        one
        for name in ("about_flags", "about_actions", "about_intelligence")
        for one in getattr(fact, name, ())
    }

"""Every fact of a practice in plain words: what it is called, what was said, what changed, and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from domain.practice import events as e
from domain.practice.kinds import ActionKind, Channel, FlagKind, IntelligenceSource, Side, Tier
from domain.practice.state import Practice
from domain.rules import Fact, Recorded, Sealed
from web.practices.fields import field_label, in_words, stored_in_words
from web.words import SIDE_LABELS, day, label

GROUPS = {
    "said": "What was said",
    "actions": "Actions",
    "flags": "Flags",
    "decided": "Tier decisions",
    "contract": "Contract",
    "record": "Details and corrections",
}
"""The kinds of entry that a reader may choose among."""


class About(NamedTuple):
    """Something an entry is about: what it is called, and the entry that began it."""

    text: str
    version: int | None


class Changed(NamedTuple):
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    title: str
    group: str
    how: str = ""
    words: tuple[tuple[str, str], ...] = ()
    """What a person typed, each with what it answers; the first may have no heading."""
    rows: tuple[tuple[str, str], ...] = ()
    changes: tuple[Changed, ...] = ()
    about: tuple[About, ...] = ()
    about_as: str = "About"
    answers: About | None = None
    """The proposal that a decision answers."""
    tag: str = ""
    tier: Tier | None = None
    """The tier that a decision gave: shown as a tag."""


@dataclass(slots=True)
class Names:
    """What people, organisations and sides are called. An unknown id is shown as it is stored."""

    people: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)

    def person(self, person: str | None) -> str:
        return self.people.get(person, person) if person else ""

    def organisation(self, code: str | None) -> str:
        return self.organisations.get(code, code) if code else ""

    def side(self, side: Side | str) -> str:
        return self.sides.get(str(side)) or SIDE_LABELS.get(str(side), str(side))


class Telling:
    """Tells the facts of one practice."""

    def __init__(self, practice: Practice, names: Names) -> None:
        self.practice = practice
        self.names = names
        self._citing = 0
        self._amended: dict[int, list[Recorded]] = {}
        for entry in practice.history:
            if isinstance(entry.fact, e.FactCorrected | e.FactWithdrawn):
                self._amended.setdefault(entry.fact.corrects, []).append(entry)

    def tell(self, fact: Fact, version: int = 0) -> Told:
        """`version` is the fact's own, where it says how what it rests on was amended since."""
        before, self._citing = self._citing, version
        try:
            return TELLS[type(fact)](self, fact)
        finally:
            self._citing = before

    # --- what things are called --------------------------------------------------------------------------------

    def flag(self, flag_id: str) -> About:
        flag = self.practice.flags.get(flag_id)
        return About(flag.name, flag.version) if flag else About("a flag that was withdrawn", None)

    def action(self, action_id: str) -> About:
        action = self.practice.actions.get(action_id)
        if action is None:
            return About("an action that was withdrawn", None)
        return About(short(action.issue.words), action.version)

    def intelligence(self, intelligence_id: str) -> About:
        heard = self.practice.intelligence.get(intelligence_id)
        if heard is None:
            return About("soft intelligence that was withdrawn", None)
        return About(f"soft intelligence of {day(heard.recorded_on)}", heard.version)

    def cited(self, cite: str) -> About:
        """A cite such as X90001/27: what the entry is called, its day and first words, and what became of it since."""
        version = int(cite.partition("/")[2])
        since = self._since(version)
        entry = self.practice.standing.get(version)
        if entry is None and 0 < version <= len(self.practice.history):
            entry = self.practice.history[version - 1]
        if entry is None:
            return About(f"entry {version}", version)
        told = self.tell(entry.fact)
        text = f"{told.title}, {day(happened_on(entry.fact))}"
        if told.words and since != "withdrawn since":
            text += f": {short(told.words[0][1])}"
        return About(f"{text} ({since})" if since else text, version)

    def _since(self, version: int) -> str:
        """What became of an entry after the one that is being told: withdrawn, corrected, or nothing."""
        if version not in self.practice.standing and version <= len(self.practice.history):
            return "withdrawn since"
        later = (one for one in self._amended.get(version, ()) if one.version > self._citing > 0)
        return "corrected since" if any(later) else ""

    def proposal(self, proposal_id: str | None) -> About | None:
        """The proposal that a decision answers, by who made it."""
        proposal = self.practice.proposals.get(proposal_id) if proposal_id else None
        if proposal is None:
            return None
        by = self.names.person(proposal.proposed_by)
        return About(f"the proposal by {by}, entry {proposal.version}", proposal.version)

    def entry(self, version: int) -> About:
        entry = self.practice.standing.get(version)
        if entry is None and 0 < version <= len(self.practice.history):
            entry = self.practice.history[version - 1]
        return About(self.title(entry.fact) if entry else f"entry {version}", version)

    def title(self, fact: Fact) -> str:
        return self.tell(fact).title

    def about(self, fact: Any) -> tuple[About, ...]:
        """The flags, actions and intelligence that a fact says it is about."""
        return (
            *map(self.flag, getattr(fact, "about_flags", ())),
            *map(self.action, getattr(fact, "about_actions", ())),
            *map(self.intelligence, getattr(fact, "about_intelligence", ())),
        )

    def who(self, participants: Iterable[e.Participant]) -> str:
        """Area team and CCG with the practice manager: our side by organisation, the practice's people by role."""
        participants = tuple(participants)
        ours = [
            self.names.side(side)
            for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
            if any(participant.side == side for participant in participants)
        ]
        theirs = [
            f"the {lower_first(participant.role.words)}"
            for participant in participants
            if participant.side == Side.PRACTICE
        ]
        others = [
            lower_first(participant.role.words)
            for participant in participants
            if participant.side == Side.OTHER
        ]
        return f"{joined(ours)} with {joined([*theirs, *others])}" if theirs or others else joined(ours)


def short(words: str, most: int = 80) -> str:
    """The first line of some words, cut at a word's end."""
    line = words.strip().partition("\n")[0].rstrip(" .")
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0] or line[:most]}…"


def joined(words: Iterable[str]) -> str:
    """One, two and three."""
    *first, last = list(dict.fromkeys(words)) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def lower_first(words: str) -> str:
    """A role inside a sentence: Practice manager becomes practice manager, GP partner stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _itself(called: str, about: About) -> About:
    """A thing that the title already names: only where it began."""
    return about._replace(text=f"the {called}, entry {about.version}") if about.version else about


def _words(*pairs: tuple[str, Sealed | str | None]) -> tuple[tuple[str, str], ...]:
    found = ((heading, value.words if isinstance(value, Sealed) else value) for heading, value in pairs)
    return tuple((heading, words) for heading, words in found if words)


def _rows(*pairs: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    found = ((heading, in_words(value)) for heading, value in pairs)
    return tuple((heading, words) for heading, words in found if words)


# --- registration and details -------------------------------------------------------------------------------


def _registered(_t: Telling, fact: e.PracticeRegistered) -> Told:
    return Told(
        title="Practice registered",
        group="record",
        how="record begins",
        rows=_rows(
            ("Name", fact.name),
            ("Address", fact.address),
            ("Postcode", fact.postcode),
            ("Telephone", fact.telephone),
            ("Opened", fact.opened_on),
            ("Patients", fact.list_size),
            ("From", "" if fact.source == "form" else fact.source),
        ),
    )


def _details_changed(_t: Telling, fact: e.DetailsChanged) -> Told:
    changes = tuple(
        Changed(
            field_label(change.field), in_words(change.before) or "none", in_words(change.after) or "none"
        )
        for change in fact.changes
    )
    what = joined(lower_first(change.label) for change in changes)
    return Told(
        title=f"Details changed: {what}" if what else "Details changed",
        group="record",
        how="" if fact.source == "form" else f"from {fact.source}",
        changes=changes,
    )


def _responsibility_assigned(t: Telling, fact: e.ResponsibilityAssigned) -> Told:
    names = t.names.organisation
    pairs = (
        (t.names.side(Side.CONTRACT_HOLDER), fact.before_contract_holder, fact.contract_holder),
        (t.names.side(Side.LOCAL_COMMISSIONER), fact.before_local_commissioner, fact.local_commissioner),
        ("region", fact.before_region, fact.region),
    )
    first = fact.before_contract_holder is None
    return Told(
        title="Responsibility begins" if first else "Responsibility changed",
        group="record",
        how=f"from {day(fact.from_on)}",
        words=_words(("", fact.reason)),
        rows=_rows(*((name[:1].upper() + name[1:], names(after)) for name, _, after in pairs))
        if first
        else (),
        changes=()
        if first
        else tuple(
            Changed(name[:1].upper() + name[1:], names(before) or "none", names(after) or "none")
            for name, before, after in pairs
            if before != after
        ),
    )


def _caseworker_named(t: Telling, fact: e.CaseworkerNamed) -> Told:
    now, before = t.names.person(fact.caseworker), t.names.person(fact.before)
    return Told(
        title=f"Caseworker: {now}" if now else "No caseworker named",
        group="record",
        how=f"from {day(fact.from_on)}",
        words=_words(("", fact.note)),
        changes=(Changed("Caseworker", before, now or "nobody"),) if before else (),
    )


def _closed(_t: Telling, fact: e.PracticeClosed) -> Told:
    return Told(
        title="Practice closed",
        group="record",
        how=f"at the end of {day(fact.closed_on)}",
        words=_words(("", fact.reason)),
        rows=_rows(("Successor", fact.successor), ("From", "" if fact.source == "form" else fact.source)),
    )


def _reopened(_t: Telling, fact: e.PracticeReopened) -> Told:
    return Told(
        title="Practice open again",
        group="record",
        words=_words(("", fact.reason)),
        rows=_rows(("From", "" if fact.source == "form" else fact.source)),
    )


# --- contract -----------------------------------------------------------------------------------------------


def _contract_signed(_t: Telling, fact: e.ContractSigned) -> Told:
    return Told(
        title=f"{fact.contract_type} contract signed",
        group="contract",
        how=f"in effect from {day(fact.starts_on)}" + (f" to {day(fact.ends_on)}" if fact.ends_on else ""),
        rows=_rows(
            ("Reference", fact.reference),
            ("Parties", fact.parties),
            ("Address for notices", fact.notice_address),
            ("Services", "; ".join(filter(None, (in_words(service) for service in fact.services)))),
            ("Practice area", fact.practice_area),
            ("NHS contract", fact.nhs_contract),
        ),
        tag="Contract",
    )


def _contract_varied(_t: Telling, fact: e.ContractVaried) -> Told:
    return Told(
        title=f"Contract varied: {in_words(fact.variation)}",
        group="contract",
        how=f"in effect from {day(fact.effective_on)}",
        words=_words(("", fact.wording), ("Legal basis", fact.legal_basis)),
        rows=_rows(
            ("Clauses", fact.clauses),
            ("Made by", "the contract holder alone" if fact.unilateral else "both parties"),
            ("Notice given", fact.notice_given_on),
            ("Signed by the contract holder", fact.signed_by_holder_on),
            ("Signed by the contractor", fact.signed_by_contractor_on),
        ),
        tag="Contract",
    )


# --- flags --------------------------------------------------------------------------------------------------


def _flag_raised(t: Telling, fact: e.FlagRaised) -> Told:
    better = " (favourable)" if fact.direction == "favourable" else ""
    return Told(
        title=f"Flag raised: {fact.indicator_name}",
        group="flags",
        how=f"{lower_first(label(fact.kind, FlagKind))}{better} · {lower_first(label(fact.domain))}",
        words=_words(("", fact.note)),
        rows=_rows(
            ("Period", fact.period),
            ("Value", fact.value),
            ("Comparator", fact.comparator),
            ("Release", fact.release),
        ),
        tag=_flag_state(t, fact),
    )


def _flag_state(t: Telling, fact: e.FlagRaised) -> str:
    """Alarm, explained: how far it went, and where the flag stands now."""
    flag = t.practice.flags.get(fact.flag_id)
    if flag is None:
        return label(fact.level)
    return f"{label(fact.level)}, {'explained' if flag.open and flag.explanations else flag.status}"


def _flag_explained(t: Telling, fact: e.FlagExplained) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Explanation {'proposed' if fact.proposed else 'given'}: {flag.text}",
        group="flags",
        how=f"{lower_first(label(fact.category))} · given by the {t.names.side(fact.given_by)} · the flag stays open",
        words=_words(("", fact.words)),
        about=(_itself("flag", flag),),
    )


def _flag_cleared(t: Telling, fact: e.FlagCleared) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Flag cleared: {flag.text}",
        group="flags",
        how=lower_first(label(fact.because)),
        words=_words(("", fact.reason)),
        about=(_itself("flag", flag),),
    )


def _flag_withdrawn(t: Telling, fact: e.FlagWithdrawn) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Flag withdrawn: {flag.text}",
        group="flags",
        how=lower_first(label(fact.because)),
        words=_words(("", fact.reason)),
        about=(_itself("flag", flag),),
    )


def _flag_reopened(t: Telling, fact: e.FlagReopened) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Flag reopened: {flag.text}",
        group="flags",
        words=_words(("", fact.reason)),
        about=(_itself("flag", flag),),
    )


# --- conversation and intelligence --------------------------------------------------------------------------


def conversation_called(channel: Channel) -> str:
    """What a conversation is called that was given no subject: Phone call, Visit."""
    return "Phone call" if channel == Channel.PHONE else label(channel, Channel)


def _conversation(t: Telling, fact: e.ConversationRecorded) -> Told:
    channel = conversation_called(fact.channel)
    who = t.who(fact.participants)
    title = (
        fact.subject.words
        if fact.subject
        else f"{'Shared ' + lower_first(channel) if fact.shared else channel}"
    )
    reply = t.practice.entries.get(fact.reply_to) if fact.reply_to else None
    return Told(
        title=title,
        group="said",
        how=f"{lower_first(channel)}, {who}",
        words=_words(("", fact.said)),
        rows=_rows(
            ("Next contact", fact.next_contact_on),
            ("Also named", joined(p.name.words for p in fact.participants if p.name)),
        ),
        about=(*_in_reply(t, reply), *t.about(fact)),
        tag=", ".join(
            filter(None, ("shared" if fact.shared else "", "with the practice" if fact.with_practice else ""))
        ).capitalize(),
    )


def _in_reply(t: Telling, version: int | None) -> tuple[About, ...]:
    return (About(f"in reply to {t.entry(version).text}", version),) if version else ()


def _intelligence(t: Telling, fact: e.IntelligenceRecorded) -> Told:
    heard = t.practice.intelligence.get(fact.intelligence_id)
    status = heard.status if heard else "unverified"
    return Told(
        title="Soft intelligence",
        group="said",
        how=lower_first(label(fact.source, IntelligenceSource)),
        words=_words(("", fact.summary)),
        rows=_rows(
            ("Received from", fact.received_from),
            ("Immediate risk to safety", "yes" if fact.immediate_safety_risk else ""),
        ),
        about=t.about(fact),
        tag=status.capitalize(),
    )


def _intelligence_answered(t: Telling, fact: e.IntelligenceCorroborated | e.IntelligenceDiscounted) -> Told:
    borne_out = isinstance(fact, e.IntelligenceCorroborated)
    return Told(
        title=f"Soft intelligence {'corroborated' if borne_out else 'discounted'}",
        group="said",
        how="borne out" if borne_out else "not borne out",
        words=_words(("", fact.reason)),
        about=(t.intelligence(fact.intelligence_id), *map(t.cited, fact.evidence)),
    )


# --- actions ------------------------------------------------------------------------------------------------


def _action_proposed(t: Telling, fact: e.ActionProposed) -> Told:
    return Told(
        title=f"Action proposed: {short(fact.issue.words)}",
        group="actions",
        how=f"{lower_first(label(fact.kind, ActionKind))} · owner {t.names.side(fact.owner)} · due {day(fact.due_on)}",
        words=_words(
            ("", fact.issue if len(fact.issue.words) > 80 or "\n" in fact.issue.words else None),
            ("Success will be known by", fact.success_measure),
        ),
        rows=_rows(("Plan", fact.plan_id)),
        about=t.about(fact),
        tag=action.status.capitalize() if (action := t.practice.actions.get(fact.action_id)) else "",
    )


def _action(
    t: Telling,
    fact: Any,
    what: str,
    how: str = "",
    words: tuple[tuple[str, str], ...] = (),
    rows: tuple[tuple[str, str], ...] = (),
    changes: tuple[Changed, ...] = (),
    about: tuple[About, ...] = (),
) -> Told:
    action = t.action(fact.action_id)
    return Told(
        title=f"{what}: {action.text}",
        group="actions",
        how=how,
        words=words,
        rows=rows,
        changes=changes,
        about=(_itself("action", action), *about),
    )


def _action_agreed(t: Telling, fact: e.ActionAgreed) -> Told:
    return _action(
        t,
        fact,
        "Action agreed",
        f"for the {t.names.side(fact.side)}, {t.names.organisation(fact.organisation)}",
    )


def _action_answered(t: Telling, fact: e.ActionAnswered) -> Told:
    return _action(
        t,
        fact,
        "Practice answered",
        f"{lower_first(label(fact.answer))} · {lower_first(in_words(fact.answered_by))}",
        _words(("", fact.words)),
    )


def _action_progressed(t: Telling, fact: e.ActionProgressed) -> Told:
    return _action(t, fact, "Progress", words=_words(("", fact.words)))


def _action_rescheduled(t: Telling, fact: e.ActionRescheduled) -> Told:
    first = f"first due {day(fact.first_due_on)}" if fact.first_due_on != fact.before_due_on else ""
    return _action(
        t,
        fact,
        "Action moved",
        first,
        _words(("", fact.reason)),
        changes=(Changed("Due", day(fact.before_due_on), day(fact.due_on)),),
    )


def _action_completed(t: Telling, fact: e.ActionCompleted) -> Told:
    return _action(
        t,
        fact,
        "Action completed",
        "",
        _words(("", fact.words)),
        _rows(("Document", fact.evidence_document)),
        about=tuple(map(t.cited, fact.evidence)),
    )


def _action_accepted(t: Telling, fact: e.ActionEvidenceAccepted) -> Told:
    return _action(t, fact, "Evidence accepted", words=_words(("", fact.words)))


def _action_sent_back(t: Telling, fact: e.ActionSentBack) -> Told:
    return _action(t, fact, "Evidence sent back", "the action is open again", _words(("", fact.reason)))


def _action_cancelled(t: Telling, fact: e.ActionCancelled) -> Told:
    return _action(
        t,
        fact,
        "Action cancelled",
        "it ought to have been done, and was not" if fact.not_done else "",
        _words(("", fact.reason)),
    )


def _action_reopened(t: Telling, fact: e.ActionReopened) -> Told:
    return _action(t, fact, "Action reopened", f"due {day(fact.due_on)}", _words(("", fact.reason)))


# --- tier ---------------------------------------------------------------------------------------------------


def _tier_proposed(t: Telling, fact: e.TierProposed) -> Told:
    proposal = t.practice.proposals.get(fact.proposal_id)
    status = (
        {"open": "Waiting for a decision"}.get(proposal.status, proposal.status.capitalize())
        if proposal
        else ""
    )
    return Told(
        title=f"Tier proposed: {lower_first(label(fact.tier, Tier))}",
        group="decided",
        how=f"to take effect {day(fact.effective_on)}",
        words=_words(("", fact.rationale)),
        rows=_rows(
            ("Would move from", label(fact.before, Tier) if fact.before != fact.tier else ""),
            ("Review", fact.review_on),
        ),
        about=tuple(map(t.cited, fact.inputs)),
        about_as="Rests on",
        tag=status,
    )


def _tier_proposal_declined(t: Telling, fact: e.TierProposalDeclined) -> Told:
    return Told(
        title="Proposed tier declined",
        group="decided",
        how="the tier stays as it was",
        words=_words(("", fact.reason)),
        answers=t.proposal(fact.proposal_id),
    )


def _tier_decided(t: Telling, fact: e.TierDecided) -> Told:
    stays = fact.before == fact.tier
    return Told(
        title=f"{'Reviewed: stays' if stays else 'Moved to'} {lower_first(label(fact.tier, Tier))}",
        group="decided",
        how=f"effective {day(fact.effective_on)}",
        words=_words(
            ("", fact.rationale),
            ("Why it is proportionate", fact.proportionality),
            ("View of the " + t.names.side(Side.LOCAL_COMMISSIONER), fact.commissioner_view),
            ("What would lead down from here", fact.de_escalation),
        ),
        rows=_rows(("Next review", fact.review_on)),
        changes=() if stays else (Changed("Tier", label(fact.before, Tier), label(fact.tier, Tier)),),
        about=tuple(map(t.cited, fact.inputs)),
        about_as="Rests on",
        answers=t.proposal(fact.proposal_id),
        tag="Decision",
        tier=fact.tier,
    )


# --- corrections --------------------------------------------------------------------------------------------


def _fields(fields: Iterable[e.CorrectedField]) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            field_label(one.field),
            stored_in_words(one.field, one.before.words) or "none",
            stored_in_words(one.field, one.after.words) or "none",
        )
        for one in fields
    )


def _correction_requested(t: Telling, fact: e.CorrectionRequested) -> Told:
    about = t.entry(fact.version)
    request = t.practice.requests.get(fact.request_id)
    what = "Withdrawal" if fact.kind == "withdraw" else "Correction"
    return Told(
        title=f"{what} asked for: {about.text}",
        group="record",
        words=_words(("", fact.reason)),
        changes=_fields(fact.fields),
        about=(about,),
        tag={"open": "Waiting for a manager"}.get(request.status, request.status.capitalize())
        if request
        else "",
    )


def _correction_declined(t: Telling, fact: e.CorrectionDeclined) -> Told:
    request = t.practice.requests.get(fact.request_id)
    about = t.entry(request.version) if request else None
    return Told(
        title=f"Correction declined: {about.text}" if about else "Correction declined",
        group="record",
        words=_words(("", fact.reason)),
        about=(about,) if about else (),
    )


def _fact_corrected(t: Telling, fact: e.FactCorrected) -> Told:
    about = t.entry(fact.corrects)
    return Told(
        title=f"Corrected: {about.text}",
        group="record",
        how=f"asked for by {t.names.person(fact.requested_by)}" if fact.requested_by else "",
        words=_words(("", fact.reason)),
        changes=_fields(fact.fields),
        about=(about,),
    )


def _fact_withdrawn(t: Telling, fact: e.FactWithdrawn) -> Told:
    about = t.entry(fact.corrects)
    return Told(
        title=f"Withdrawn as entered in error: {about.text}",
        group="record",
        how=f"asked for by {t.names.person(fact.requested_by)}" if fact.requested_by else "",
        words=_words(("", fact.reason)),
        about=(about,),
    )


TELLS: dict[type[Fact], Callable[[Telling, Any], Told]] = {
    e.PracticeRegistered: _registered,
    e.DetailsChanged: _details_changed,
    e.ResponsibilityAssigned: _responsibility_assigned,
    e.CaseworkerNamed: _caseworker_named,
    e.PracticeClosed: _closed,
    e.PracticeReopened: _reopened,
    e.ContractSigned: _contract_signed,
    e.ContractVaried: _contract_varied,
    e.FlagRaised: _flag_raised,
    e.FlagExplained: _flag_explained,
    e.FlagCleared: _flag_cleared,
    e.FlagWithdrawn: _flag_withdrawn,
    e.FlagReopened: _flag_reopened,
    e.ConversationRecorded: _conversation,
    e.IntelligenceRecorded: _intelligence,
    e.IntelligenceCorroborated: _intelligence_answered,
    e.IntelligenceDiscounted: _intelligence_answered,
    e.ActionProposed: _action_proposed,
    e.ActionAgreed: _action_agreed,
    e.ActionAnswered: _action_answered,
    e.ActionProgressed: _action_progressed,
    e.ActionRescheduled: _action_rescheduled,
    e.ActionCompleted: _action_completed,
    e.ActionEvidenceAccepted: _action_accepted,
    e.ActionSentBack: _action_sent_back,
    e.ActionCancelled: _action_cancelled,
    e.ActionReopened: _action_reopened,
    e.TierProposed: _tier_proposed,
    e.TierProposalDeclined: _tier_proposal_declined,
    e.TierDecided: _tier_decided,
    e.CorrectionRequested: _correction_requested,
    e.CorrectionDeclined: _correction_declined,
    e.FactCorrected: _fact_corrected,
    e.FactWithdrawn: _fact_withdrawn,
}


def happened_on(fact: Any) -> date:
    """The day a fact is about."""
    found: date = fact.occurred_on
    return found

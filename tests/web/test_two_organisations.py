"""Two organisations, one conversation: no sequence of what people do shows one side the other's internal words.

Everything that is typed holds a mark that stands nowhere else. The model knows of each mark whose entry it is in and who
may see that entry; after each step every page, and the command line's reading, is searched for marks that must not be
there, and, so that the search cannot be empty, for those that must.
"""

import itertools
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from application.casebook import Casebook
from application.settings import Settings
from application.stores import open_stores
from domain.practice import commands as c
from domain.practice.kinds import CorrectionKind, IntelligenceSource, ParticipantRole, Side, Tier, Visibility
from domain.rules import RuleBroken
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.conftest import PEOPLE, Clock
from tests.web.person import Person
from web import create_app
from web.commands.showing import entry_told

PAGE = f"/practices/{a.CODE}"
FLAG = "flag-0000aaaa"
LISTS = (
    "/",
    "/practices",
    "/audit",
    "/contacts-avoided",
    "/insight/conversation-gap",
    "/insight/against",
    "/insight/validation",
    "/timeline",
    "/overrides",
    "/decisions-looked-at-again",
    "/practices.csv",
    "/my-work.csv",
    "/records.csv",
)
"""What tells of many practices: my work with its news, and each list as a file."""

BOARD, CCG = ("caseworker", "manager"), ("lead",)
SIDES = {"caseworker": Side.CONTRACT_HOLDER, "manager": Side.CONTRACT_HOLDER, "lead": Side.LOCAL_COMMISSIONER}
ROLE = {
    Side.CONTRACT_HOLDER: ParticipantRole.CASEWORKER,
    Side.LOCAL_COMMISSIONER: ParticipantRole.PRIMARY_CARE_LEAD,
}
people = some.sampled_from([*BOARD, *CCG])
visibilities = some.sampled_from(list(Visibility))


@dataclass
class Entry:
    """An entry as the model knows it: its marks are shown to its own side, and to those its visibility names."""

    version: int
    by: str
    thing: str
    visibility: Visibility
    marks: list[str] = field(default_factory=list)
    let_in: set[str] = field(default_factory=set)
    withdrawn: bool = False

    @property
    def side(self):
        return SIDES[self.by]

    def shown_to(self, who):
        if SIDES.get(who, self.side) == self.side or self.visibility == Visibility.BOTH:
            return True
        return self.visibility == Visibility.RESTRICTED and who in self.let_in


class TwoOrganisations(RuleBasedStateMachine):
    home: Path
    """Made once, copied for each example."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        home = shutil.copytree(self.home, Path(self.folder.name) / "home")
        found = Settings(home=home)
        self.stores = open_stores(found)
        self.book = Casebook(self.stores, clock=Clock(), ids=a.new_id, patience=0.5)
        self.app = create_app(self.book, Views(self.stores), found)
        self.app.config["TESTING"] = True
        self.entries: list[Entry] = []
        self.numbers = itertools.count(1)
        self.open_marks: list[str] = []
        self.joins: list[str] = []
        self.looked_at: dict[str, object] = {}
        self.begin_concerns()
        self.readers = {who: self.signed_in(who) for who in (*BOARD, *CCG, "auditor")}

    def begin_concerns(self):
        """A flag on which both have spoken, and something heard of which only one has: joining is never far."""
        heard = a.record_intelligence(summary=self.mark(), source=IntelligenceSource.EXTERNAL)
        self.send("colleague", a.raise_flag(flag_id=FLAG))
        self.send("colleague", a.name_provider())
        (recorded,) = self.send("caseworker", heard)
        mark = heard.summary
        self.entries.append(
            Entry(recorded.version, "caseworker", heard.intelligence_id, Visibility.BOTH, [mark])
        )
        for who, about in (
            ("caseworker", {"about_flags": (FLAG,)}),
            ("lead", {"about_flags": (FLAG,)}),
            ("lead", {"about_intelligence": (heard.intelligence_id,)}),
        ):
            present = (c.Attendee(side=SIDES[who], role=ROLE[SIDES[who]]),)
            assert self.send(who, a.record_conversation(attendees=present, **about))

    def signed_in(self, who):
        person = Person(self.app, who)
        with person.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = f"uniquifier-{who}", True
        return person

    def teardown(self):
        if hasattr(self, "stores"):
            self.stores.close()
            self.folder.cleanup()

    # --- what people do ---------------------------------------------------------------------------------------

    def mark(self):
        return f"mark{next(self.numbers):04d}zq"

    def send(self, who, command):
        """What was recorded; None when it was refused."""
        with suppress(RuleBroken):
            sent = self.book.handle(
                a.CODE, command, self.book.asked_as(PEOPLE[who][0]), command_id=a.new_id("command")
            )
            return sent.recorded
        return None

    def some_entry(self, at):
        return self.entries[at % len(self.entries)] if self.entries else None

    def about(self, entry, who, mark, command):
        """Something about an entry, which holds a mark: seen by whoever sees the entry."""
        if entry is not None and self.send(who, command(entry)):
            entry.marks.append(mark)

    @rule(who=people, visibility=visibilities, answers=some.integers(0, 9) | some.none())
    def talk(self, who, visibility, answers):
        mark, about = self.mark(), self.some_entry(answers) if answers is not None else None
        told = a.record_conversation(
            said=mark,
            visibility=visibility,
            attendees=(c.Attendee(side=SIDES[who], role=ROLE[SIDES[who]]), c.Attendee(side=Side.PRACTICE, role=ParticipantRole.GP_PARTNER)),
            reply_to=about.thing if about and about.thing.startswith("entry") else None,
        )  # fmt: skip
        if recorded := self.send(who, told):
            self.entries.append(Entry(recorded[0].version, who, told.entry_id, visibility, [mark]))

    @rule(who=people, at=some.integers(0, 9) | some.none(), visibility=visibilities)
    def talk_about_a_concern(self, who, at, visibility):
        """A conversation about the flag, or about what was heard: there may be something to join after it."""
        mark, about = self.mark(), self.some_entry(at) if at is not None else None
        heard = (about.thing,) if about and about.thing.startswith("intelligence") else ()
        told = a.record_conversation(
            said=mark,
            visibility=visibility,
            attendees=(c.Attendee(side=SIDES[who], role=ROLE[SIDES[who]]),),
            about_flags=() if heard else (FLAG,),
            about_intelligence=heard,
        )
        if recorded := self.send(who, told):
            self.entries.append(Entry(recorded[0].version, who, told.entry_id, visibility, [mark]))

    @rule(who=people, at=some.integers(0, 9) | some.none(), avoids=some.booleans())
    def join(self, who, at, avoids):
        """What was said about an entry's concern follows the entry; what was said about the flag, both see."""
        mark, about = self.mark(), self.some_entry(at) if at is not None else None
        heard = about is not None and about.thing.startswith("intelligence")
        told = a.join_threads(
            join_id=a.new_id("join"),
            concern=about.thing if heard else FLAG,
            avoided_contact=avoids,
            reason=mark,
        )
        if recorded := self.send(who, told):
            self.joins.append(told.join_id)
            if heard:
                about.marks.append(mark)
            else:
                self.entries.append(Entry(recorded[0].version, who, told.join_id, Visibility.BOTH, [mark]))

    @rule(who=people, at=some.integers(0, 9))
    def part(self, who, at):
        if not self.joins:
            return
        join, mark = self.joins[at % len(self.joins)], self.mark()
        if recorded := self.send(who, a.part_threads(join_id=join, reason=mark)):
            concern = recorded[0].fact.concern
            about = next((entry for entry in self.entries if entry.thing == concern), None)
            if about is not None:
                about.marks.append(mark)
            else:
                self.entries.append(Entry(recorded[0].version, who, join, Visibility.BOTH, [mark]))

    @rule(who=people, visibility=visibilities)
    def hear(self, who, visibility):
        mark = self.mark()
        told = a.record_intelligence(summary=mark, visibility=visibility, source=IntelligenceSource.EXTERNAL)
        if recorded := self.send(who, told):
            self.entries.append(Entry(recorded[0].version, who, told.intelligence_id, visibility, [mark]))

    @rule(who=people, at=some.integers(0, 9), visibility=visibilities)
    def close_or_open(self, who, at, visibility):
        mark, entry = self.mark(), self.some_entry(at)
        if entry and self.send(
            who, a.change_visibility(version=entry.version, visibility=visibility, reason=mark)
        ):
            entry.visibility = visibility
            entry.marks.append(mark)

    @rule(who=people, at=some.integers(0, 9))
    def corroborate(self, who, at):
        mark = self.mark()
        self.about(self.some_entry(at), who, mark, lambda entry: a.corroborate_intelligence(intelligence_id=entry.thing, reason=mark))  # fmt: skip

    @rule(who=people, at=some.integers(0, 9))
    def correct(self, who, at):
        mark = self.mark()
        self.about(self.some_entry(at), who, mark, lambda entry: a.correct_fact(
            version=entry.version, reason=mark,
            fields={"said" if entry.thing.startswith("entry") else "summary": f"Other words, {mark}"}))  # fmt: skip

    @rule(who=people, at=some.integers(0, 9))
    def ask_for_a_correction(self, who, at):
        mark = self.mark()
        self.about(self.some_entry(at), who, mark, lambda entry: a.request_correction(
            version=entry.version, kind=CorrectionKind.WITHDRAW, fields={}, reason=mark))  # fmt: skip

    @rule(who=people, at=some.integers(0, 9))
    def withdraw(self, who, at):
        mark = self.mark()
        self.about(
            self.some_entry(at), who, mark, lambda entry: a.withdraw_fact(version=entry.version, reason=mark)
        )

    @rule(who=people, at=some.integers(0, 9), how=some.sampled_from(["agree", "dispute", "amend"]))
    def answer(self, who, at, how):
        mark = self.mark()
        made = {
            "agree": lambda entry: a.agree_entry(version=entry.version),
            "dispute": lambda entry: a.dispute_entry(version=entry.version, reason=mark),
            "amend": lambda entry: a.amend_entry(version=entry.version, said=mark),
        }[how]
        if how == "agree":
            entry = self.some_entry(at)
            if entry is not None:
                self.send(who, made(entry))
        else:
            self.about(self.some_entry(at), who, mark, made)

    @rule(who=people, at=some.integers(0, 9), emergency=some.booleans())
    def ask_to_read(self, who, at, emergency):
        mark, entry = self.mark(), self.some_entry(at)
        if entry is None:
            return
        if emergency:
            if self.send(who, a.take_emergency_access(version=entry.version, reason=mark)):
                entry.let_in.add(who)
        elif asked := self.send(who, a.request_access(version=entry.version, reason=mark)):
            access_id = asked[0].fact.access_id
            granter = "manager" if entry.side == Side.CONTRACT_HOLDER else "lead"
            if self.send(granter, a.grant_access(access_id=access_id, until_on=a.TODAY)):
                entry.let_in.add(who)

    @rule(who=some.sampled_from(["caseworker", "manager"]), at=some.integers(0, 9))
    def rest_a_tier_on_it(self, who, at):
        mark, entry = self.mark(), self.some_entry(at)
        if entry is None:
            return
        told = {
            "tier": Tier.ROOM_FOR_IMPROVEMENT,
            "rationale": mark,
            "inputs": (f"{a.CODE}/{entry.version}",),
        }
        decide = a.decide_tier(**told, effective_on=a.TODAY, over_dispute="Settled.")
        if self.send(who, a.propose_tier(**told) if who == "caseworker" else decide):
            self.open_marks.append(mark)

    # --- what people see --------------------------------------------------------------------------------------

    def everything_shown_to(self, who):
        """Every page about the practice, and its lists, as this person gets them; and what `show` and `history` tell."""
        reader = self.readers[who]
        addresses = [
            *LISTS,
            PAGE,
            f"{PAGE}/record",
            f"{PAGE}/provider",
            f"{PAGE}/provider.csv",
            f"{PAGE}/join-threads?concern={FLAG}",
            f"{PAGE}/propose-tier",
            f"{PAGE}/record-conversation",
        ]
        addresses += [f"{PAGE}/entries/{entry.version}" for entry in self.entries]
        shown = []
        for address in addresses:
            answer = reader.client.get(address, follow_redirects=False)
            assert answer.status_code in {200, 403, 404}, (address, answer.status_code)
            shown.append(answer.get_data(as_text=True))
        practice = self.book.seen(a.CODE, self.book.asked_as(PEOPLE[who][0]))
        shown += [str(entry_told(entry)) for entry in practice.history]
        return "\n".join(shown)

    def is_new(self, what, told):
        """Whether this is otherwise than when it was last looked at: what was refused has changed no page."""
        if not hasattr(self, "stores") or self.looked_at.get(what) == told:
            return False
        self.looked_at[what] = told
        return True

    @invariant()
    def nobody_sees_what_is_kept_from_them(self):
        if not hasattr(self, "book") or not self.is_new(
            "pages", len(self.book.history(f"practice-{a.CODE}"))
        ):
            return
        for who in ("lead", "manager"):
            shown = self.everything_shown_to(who)
            for entry in self.entries:
                for mark in entry.marks:
                    if not entry.shown_to(who):
                        assert mark not in shown, (
                            f"{who} sees {mark} of entry {entry.version}, {entry.visibility}"
                        )
                    else:
                        assert mark in shown, f"{who} does not see {mark} of entry {entry.version}"

    @invariant()
    def nobody_finds_what_is_kept_from_them(self):
        """By the last word of each entry: what is found has a link, to the entry or to the practice."""
        for entry in getattr(self, "entries", []):
            told = (len(entry.marks), entry.visibility, len(entry.let_in))
            for who in ("lead", "manager") if self.is_new(f"entry {entry.version}", told) else ():
                answer = self.readers[who].client.get(f"/search?words={entry.marks[-1]}")
                found = f'href="{PAGE}' in answer.get_data(as_text=True)
                if not entry.shown_to(who):
                    assert not found, f"{who} finds {entry.marks[-1]} of entry {entry.version}"
                elif (
                    len(entry.marks) == 1
                    and entry.visibility == Visibility.BOTH
                    and entry.thing not in self.joins
                ):
                    assert found, f"{who} does not find {entry.marks[-1]} of entry {entry.version}"

    @invariant()
    def what_is_internal_is_not_there_by_any_number(self):
        """The other side's page of an internal entry is that of an entry which never was."""
        for entry in getattr(self, "entries", []):
            for who in ("lead", "manager"):
                if entry.visibility == Visibility.INTERNAL and SIDES[who] != entry.side:
                    answer = self.readers[who].client.get(f"{PAGE}/entries/{entry.version}")
                    missing = self.readers[who].client.get(f"{PAGE}/entries/99999")
                    assert answer.status_code == missing.status_code == 404
                    assert _without_tokens(answer) == _without_tokens(missing)


def _without_tokens(answer):
    return re.sub(r'(csrf_token"[^>]*value=)"[^"]*"', r"\1", answer.get_data(as_text=True))


@pytest.fixture
def machine(made_once):
    return type("TwoOrganisationsHere", (TwoOrganisations,), {"home": made_once})


def test_no_sequence_shows_one_side_the_others_internal_words(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

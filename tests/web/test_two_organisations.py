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
BOARD, CCG = ("caseworker", "manager"), ("lead",)
SIDES = {"caseworker": Side.CONTRACT_HOLDER, "manager": Side.CONTRACT_HOLDER, "lead": Side.LOCAL_COMMISSIONER}
ROLE = {
    Side.CONTRACT_HOLDER: ParticipantRole.CASEWORKER,
    Side.LOCAL_COMMISSIONER: ParticipantRole.PRIMARY_CARE_LEAD,
}
FIRST_WORDS = {"entry": "said", "intelligence": "summary", "document": "title"}
"""The field of each kind of entry that holds its first mark."""

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
        self.readers = {who: self.signed_in(who) for who in (*BOARD, *CCG, "auditor")}

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

    @rule(who=people, visibility=visibilities)
    def hear(self, who, visibility):
        mark = self.mark()
        told = a.record_intelligence(summary=mark, visibility=visibility, source=IntelligenceSource.EXTERNAL)
        if recorded := self.send(who, told):
            self.entries.append(Entry(recorded[0].version, who, told.intelligence_id, visibility, [mark]))

    @rule(who=people, visibility=visibilities, of=some.integers(0, 9) | some.none())
    def attach(self, who, visibility, of):
        mark, about = self.mark(), self.some_entry(of) if of is not None else None
        told = a.attach_document(
            title=mark,
            file_name="Note.txt",
            content=f"In it {mark}.".encode(),
            kept=None,
            visibility=visibility,
            of_entry=about.thing if about and about.thing.startswith("entry") else None,
        )
        if recorded := self.send(who, told):
            self.entries.append(Entry(recorded[0].version, who, told.document_id, visibility, [mark]))

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
            fields={FIRST_WORDS[entry.thing.partition("-")[0]]: f"Other words, {mark}"}))  # fmt: skip

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
            PAGE,
            f"{PAGE}/record",
            "/",
            "/practices",
            "/audit",
            f"{PAGE}/propose-tier",
            f"{PAGE}/record-conversation",
            f"{PAGE}?kind=documents",
            "/search?words=mark",
            "/search.csv?words=mark",
            "/news.csv",
            "/my-team",
        ]
        addresses += [f"{PAGE}/documents/{entry.version}" for entry in self.entries]
        addresses += [f"{PAGE}/entries/{entry.version}" for entry in self.entries]
        shown = []
        for address in addresses:
            answer = reader.client.get(address, follow_redirects=False)
            assert answer.status_code in {200, 403, 404}, (address, answer.status_code)
            shown.append(answer.get_data(as_text=True))
        practice = self.book.seen(a.CODE, self.book.asked_as(PEOPLE[who][0]))
        shown += [str(entry_told(entry)) for entry in practice.history]
        return "\n".join(shown)

    @invariant()
    def nobody_sees_what_is_kept_from_them(self):
        if not hasattr(self, "stores") or not self.entries:
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
            max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

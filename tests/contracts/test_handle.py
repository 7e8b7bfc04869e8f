"""A command takes effect once, whatever happens on its way."""

import threading
import time

import pytest
from eventsourcing.persistence import OperationalError
from sqlalchemy import select

from application.outcomes import Busy, Outcome, Stale
from application.recording import Recorder
from application.tables import access_log
from domain.rules import Asked, RuleBroken
from tests.contracts.notebook import ANNE, NoteWritten, WriteNote

BOB = Asked(person="person-bob00001", organisation="Q44", role="caseworker", at=ANNE.at)
AUDITOR = Asked(person="person-audit001", organisation=None, role="auditor", at=ANNE.at)


def write(words: str = "words", note_id: str = "note-1", **more) -> WriteNote:
    return WriteNote(note_id=note_id, words=words, **more)


def test_a_command_records_its_facts_under_its_envelope(casebook):
    outcome = casebook.handle("1", write(also_count=2), ANNE, command_id="command-1")
    assert outcome.stream == "notebook-1"
    assert not outcome.repeated
    assert list(outcome.recorded) == casebook.history("notebook-1")
    assert [fact.version for fact in outcome.recorded] == [1, 2, 3]
    first = outcome.recorded[0]
    assert (first.person, first.organisation, first.role, first.command_id) == (
        ANNE.person, "Q44", "caseworker", "command-1",
    )  # fmt: skip


def test_a_form_sent_twice_records_once_and_answers_the_same(casebook):
    first = casebook.handle("1", write(also_count=1), ANNE, command_id="command-1")
    again = casebook.handle("1", write(also_count=1), ANNE, command_id="command-1")
    assert again == first._replace(repeated=True)
    assert len(casebook.history("notebook-1")) == 2


@pytest.mark.parametrize(
    ("code", "command", "asked"), [("1", write("other"), ANNE), ("2", write(), ANNE), ("1", write(), BOB)]
)
def test_a_form_is_sent_once(casebook, code, command, asked):
    casebook.handle("1", write(), ANNE, command_id="command-1")
    with pytest.raises(RuleBroken) as refused:
        casebook.handle(code, command, asked, command_id="command-1")
    assert refused.value.rule == "a-form-is-sent-once"


def test_an_unchanged_form_records_nothing(casebook):
    casebook.handle("1", write(), ANNE, command_id="command-1")
    assert casebook.handle("1", write(), ANNE, command_id="command-2") == Outcome("notebook-1", ())
    assert casebook.recorder.remembered("command-2") is None


def refusals(casebook) -> list[tuple]:
    with casebook.stores.record_engine.connect() as connection:
        columns = access_log.c
        query = select(
            columns.person, columns.role, columns.what, columns.name, columns.subject, columns.rule
        )
        return [tuple(row) for row in connection.execute(query)]


def test_a_refusal_records_no_fact_and_leaves_a_line_without_words(casebook):
    for command, asked in [(write(""), ANNE), (write("secret"), AUDITOR)]:
        with pytest.raises(RuleBroken):
            casebook.handle("1", command, asked, command_id="command-1")
    assert casebook.history("notebook-1") == []
    assert refusals(casebook) == [
        (ANNE.person, "caseworker", "refused", "WriteNote", "notebook-1", "a-note-has-words"),
        (AUDITOR.person, "auditor", "refused", "WriteNote", "notebook-1", "auditors-only-read"),
    ]


def test_a_refused_operator_is_not_logged_as_a_person(casebook):
    operator = Asked(person="operator", organisation=None, role="operator", at=ANNE.at)
    with pytest.raises(RuleBroken):
        casebook.handle("1", write(""), operator, command_id="command-1")
    assert refusals(casebook) == []


def test_a_later_fact_about_the_same_thing_makes_a_form_stale(casebook):
    casebook.handle("1", write(note_id="note-0"), ANNE, command_id="command-0")
    casebook.handle("1", write(note_id="note-1"), BOB, command_id="command-1")
    with pytest.raises(Stale) as stale:
        casebook.handle(
            "1", write("mine", note_id="note-1"), ANNE, command_id="command-2", expected_version=1
        )
    assert [fact.version for fact in stale.value.facts] == [2]
    assert casebook.handle(
        "1", write(note_id="note-2"), ANNE, command_id="command-3", expected_version=1
    ).recorded


class Faulty:
    """A recorder that loses what it is told to lose: before the commit, or its acknowledgement."""

    def __init__(self, recorder: Recorder, *faults: str) -> None:
        self.recorder = recorder
        self.faults = list(faults)

    def __getattr__(self, name):
        return getattr(self.recorder, name)

    def append(self, facts, sent):
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "before":
            raise OperationalError("lost before")
        recorded = self.recorder.append(facts, sent)
        if fault == "after":
            raise OperationalError("lost acknowledgement")
        return recorded


@pytest.mark.parametrize("faults", [["before"], ["after"], ["before", "before", "after"]])
def test_a_lost_acknowledgement_is_applied_once(stores, casebook_on, faults):
    casebook = casebook_on(stores, recorder=Faulty(stores.recorder, *faults))
    outcome = casebook.handle("1", write(also_count=1), ANNE, command_id="command-1")
    assert outcome.repeated == (faults[-1] == "after")
    assert list(outcome.recorded) == casebook.history("notebook-1")
    assert len(outcome.recorded) == 2


def test_a_record_that_stays_busy_says_so_and_nothing_is_recorded(stores, casebook_on):
    casebook = casebook_on(stores, recorder=Faulty(stores.recorder, *["before"] * 1_000), patience=0.2)
    began = time.monotonic()
    with pytest.raises(Busy):
        casebook.handle("1", write(), ANNE, command_id="command-1")
    assert time.monotonic() - began < 2
    assert casebook.history("notebook-1") == []


def test_many_commands_are_recorded_in_one_commit_and_refusals_stand_beside_them(casebook):
    asked_for = [
        (str(n % 50), write(note_id=f"note-{n}", words="w" * (n != 7)), f"command-{n}") for n in range(100)
    ]
    outcomes = casebook.handle_many(asked_for, ANNE)
    assert isinstance(outcomes[7], RuleBroken)
    assert sum(len(one.recorded) for one in outcomes if isinstance(one, Outcome)) == 99
    assert [fact.version for fact in casebook.history("notebook-3")] == [1, 2]
    again = casebook.handle_many(asked_for, ANNE)
    assert all(one.repeated for one in again if isinstance(one, Outcome))
    assert casebook.recorder.facts_after(0, 1_000) == [
        fact for one in outcomes if isinstance(one, Outcome) for fact in one.recorded
    ]


def test_many_commands_that_conflict_are_handled_one_by_one(stores, casebook_on):
    casebook = casebook_on(stores, recorder=Faulty(stores.recorder, "after"))
    outcomes = casebook.handle_many(
        [("1", write(note_id=f"note-{n}"), f"command-{n}") for n in range(5)], ANNE
    )
    assert all(one.repeated for one in outcomes)
    assert len(casebook.history("notebook-1")) == 5


def test_two_people_on_one_stream_both_succeed(casebook):
    outcomes: list[Outcome] = []

    def send(person: int) -> None:
        for n in range(10):
            command = write(note_id=f"note-{person}-{n}")
            outcomes.append(casebook.handle("1", command, ANNE, command_id=f"command-{person}-{n}"))

    threads = [threading.Thread(target=send, args=(person,)) for person in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 40
    assert len([f for f in casebook.history("notebook-1") if isinstance(f.fact, NoteWritten)]) == 40

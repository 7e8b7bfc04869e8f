"""What both databases promise of the record."""

import contextlib
import subprocess
import threading
from datetime import timedelta

import pytest
import sqlalchemy
from sqlalchemy import text

from application.keys import KeyStore, KeyWrong
from application.recording import Sent, Taken
from application.sealing import SealBroken
from domain.rules import Sealed
from tests.contracts.notebook import ANNE, Colour, NoteCounted, NoteWritten, OwnerNamed, WriteNote, recorded
from tests.support.postgres import postgres_program

SENTENCE = "The partners' weekly rota has nobody on Thursdays"


def note(words: str, note_id: str = "note-1") -> NoteWritten:
    return NoteWritten(note_id=note_id, on=ANNE.on, colour=Colour.RED, words=Sealed(words))


def append(recorder, stream: str, *counts: int, first: int = 1, command_id: str | None = None):
    command_id = command_id or f"command-{stream}-{first}"
    facts = [
        recorded(NoteCounted(count=count), stream, version, command_id)
        for version, count in enumerate(counts, start=first)
    ]
    return recorder.append(facts, [Sent(command_id, b"digest", len(facts))])


def counts(facts) -> list[tuple[str, int]]:
    return [(fact.stream, fact.fact.count) for fact in facts]


def test_what_is_recorded_is_read_back_equal(recorder):
    fact = note("Ringing back on Friday\nafter five 🦉")
    (given,) = recorder.append([recorded(fact)], [Sent("command-1", b"d", 1)])
    assert given.position > 0
    assert recorder.history("notebook-1") == [given]
    assert recorder.facts_after(0, 10) == [given]
    assert given == recorded(fact)._replace(position=given.position)


def test_what_another_process_recorded_is_read_though_the_history_is_at_hand(stores, open_again):
    append(stores.recorder, "notebook-1", 1)
    assert counts(stores.recorder.history("notebook-1")) == [("notebook-1", 1)]
    append(open_again().recorder, "notebook-1", 2, 3, first=2)
    assert counts(stores.recorder.history("notebook-1")) == [
        ("notebook-1", 1),
        ("notebook-1", 2),
        ("notebook-1", 3),
    ]
    assert stores.recorder.history("notebook-1") is stores.recorder.history("notebook-1")


def test_two_writers_cannot_take_one_version(recorder):
    append(recorder, "notebook-1", 1, 2)
    with pytest.raises(Taken):
        append(recorder, "notebook-1", 3, first=2, command_id="command-other")
    assert counts(recorder.history("notebook-1")) == [("notebook-1", 1), ("notebook-1", 2)]
    assert recorder.remembered("command-other") is None, "the whole commit is refused"


def test_a_command_id_is_taken_once_in_the_whole_record(recorder):
    append(recorder, "notebook-1", 1, command_id="command-1")
    with pytest.raises(Taken):
        append(recorder, "notebook-2", 1, command_id="command-1")
    assert recorder.history("notebook-2") == []


def test_one_commit_holds_the_facts_of_many_streams_and_commands(recorder):
    facts = [recorded(NoteCounted(count=n), f"notebook-{n}", 1, f"command-{n}") for n in range(300)]
    given = recorder.append(facts, [Sent(f"command-{n}", b"d", 1) for n in range(300)])
    assert [fact.position for fact in given] == sorted({fact.position for fact in given})
    found = recorder.remembered("command-250")
    assert recorder.facts_between(found.first_position, found.last_position) == [given[250]]
    assert recorder.remembered_among(["command-0", "command-299", "command-300"]) == {
        "command-0",
        "command-299",
    }


def test_facts_are_read_by_position_and_by_stream(recorder):
    for stream in ("notebook-1", "person-b", "notebook-10", "notebook-2"):
        append(recorder, stream, 1, 2)
    append(recorder, "notebook-1", 3, 4, first=3)
    facts = recorder.facts_after(0, 100)
    assert recorder.last_position() == facts[-1].position
    assert recorder.facts_after(facts[2].position, 2) == facts[3:5]
    assert counts(recorder.facts_of(["notebook-1", "person-b", "notebook-none"], facts[-2].position)) == [
        ("notebook-1", 1), ("notebook-1", 2), ("notebook-1", 3), ("person-b", 1), ("person-b", 2),
    ]  # fmt: skip
    assert recorder.streams_touched(facts[5].position, facts[7].position) == {"notebook-2"}
    assert recorder.streams_touched(facts[-1].position, facts[-1].position) == set()


def test_streams_are_walked_whole_and_in_order_in_small_steps(recorder):
    for stream in ("person-b", "notebook-10", "notebook-2", "notebook-1", "notebooks-1"):
        append(recorder, stream, 1, 2, 3)
    upto = recorder.last_position()
    append(recorder, "notebook-1", 4, first=4)
    walked, after = [], ""
    while step := recorder.streams_in_order(after, limit_facts=2, upto_position=upto, category="notebook"):
        assert {fact.stream for fact in step} == {step[0].stream}
        after = step[-1].stream
        walked += counts(step)
    assert walked == [(f"notebook-{n}", count) for n in ("1", "10", "2") for count in (1, 2, 3)]
    everything = recorder.streams_in_order(limit_facts=100)
    assert [fact.stream for fact in everything[-6:]] == ["notebooks-1"] * 3 + ["person-b"] * 3


def test_an_empty_record_is_read_as_empty(recorder):
    assert recorder.last_position() == 0
    assert recorder.history("notebook-1") == recorder.facts_after(0, 10) == recorder.streams_in_order() == []
    assert recorder.facts_of([]) == []


STATEMENTS = [
    "UPDATE stored_events SET state = '' WHERE originator_version = 1",
    "DELETE FROM stored_events",
    "UPDATE command SET last_position = 9",
    "DELETE FROM command",
    "UPDATE access_log SET rule = 'x'",
    "DELETE FROM access_log",
]
REPLACES = [
    "INSERT OR REPLACE INTO stored_events (originator_id, originator_version, topic, state) VALUES ('notebook-1',1,'x','')",
    "INSERT OR REPLACE INTO stored_events VALUES (1,'notebook-9',1,'x','')",
    "REPLACE INTO command VALUES ('command-notebook-1-1','',1,1)",
    "INSERT OR REPLACE INTO access_log (id, at, person, what, name) VALUES (1,'','','','')",
]


def test_the_database_refuses_to_change_what_was_recorded(stores, casebook):
    append(stores.recorder, "notebook-1", 1)
    casebook.log_access(ANNE, "refused", "WriteNote", subject="notebook-1", rule="a-rule")
    truncates = [f"TRUNCATE {table} CASCADE" for table in ("stored_events", "command", "access_log")]
    for statement in [*STATEMENTS, *(REPLACES if stores.kind == "sqlite" else truncates)]:
        with (
            pytest.raises(sqlalchemy.exc.IntegrityError, match="append-only"),
            stores.record_engine.begin() as c,
        ):
            c.execute(text(statement))
    assert counts(stores.recorder.history("notebook-1")) == [("notebook-1", 1)]


def test_positions_are_never_given_twice(recorder):
    first = append(recorder, "notebook-1", 1)[-1].position
    with contextlib.suppress(Taken):
        append(recorder, "notebook-1", 1, command_id="command-2")
    assert append(recorder, "notebook-2", 1)[-1].position > first


def test_many_threads_leave_no_gap_in_versions_and_readers_pass_over_nothing(casebook, recorder):
    """Writers on one stream; a reader that follows by position sees each fact once and in order."""
    writers, each = 6, 15
    followed: list[int] = []
    done = threading.Event()

    def follow() -> None:
        at = 0
        while True:
            last_round = done.is_set()
            found = recorder.facts_after(at, 7)
            followed.extend(fact.position for fact in found)
            at = found[-1].position if found else at
            if last_round and not found:
                return

    def write(writer: int) -> None:
        for number in range(each):
            command = WriteNote(note_id=f"note-{writer}-{number}", words="words", also_count=1)
            casebook.handle(str(number % 2), command, ANNE, command_id=f"command-{writer}-{number}")

    reader = threading.Thread(target=follow)
    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    reader.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    facts = recorder.facts_after(0, 1_000)
    assert len(facts) == writers * each * 2
    assert followed == [fact.position for fact in facts]
    for stream in ("notebook-0", "notebook-1"):
        history = recorder.history(stream)
        assert [fact.version for fact in history] == list(range(1, len(history) + 1))


def test_no_typed_sentence_stands_in_the_record(settings, stores, casebook):
    casebook.handle("1", WriteNote(note_id="note-1", words=SENTENCE), ANNE, command_id="command-1")
    named = OwnerNamed(owner="person-1", name=Sealed(SENTENCE), email=Sealed("a.weekly@example.org"))
    stores.recorder.append([recorded(named, "person-1", 1, "command-2")], [Sent("command-2", b"d", 1)])
    if settings.database_url is None:
        bytes_of = b"".join(file.read_bytes() for file in settings.home.glob("record.db*"))
    else:
        dump = [postgres_program("pg_dump"), "--schema", "record", settings.database_url]
        bytes_of = subprocess.run(dump, capture_output=True, check=True).stdout
    assert b"notebook.note-written" in bytes_of
    for words in (SENTENCE, "weekly"):
        assert words.encode() not in bytes_of
    assert stores.recorder.history("person-1")[0].fact.name.words == SENTENCE


def test_ciphertext_swapped_between_rows_is_refused(stores):
    recorder = stores.recorder
    for n in (1, 2):
        recorder.append(
            [recorded(note(f"words {n}"), f"notebook-{n}", 1, f"c-{n}")], [Sent(f"c-{n}", b"d", 1)]
        )
    (_, _, _, topic, state), _ = recorder.raw_after(0, 2)
    (moved,) = stores.codec.decode([(2, "notebook-2", 1, topic, state)])
    with pytest.raises(SealBroken):
        _ = moved.fact.words.words


def test_keys_are_drawn_in_growing_batches_and_belong_to_one_process(stores):
    ours, theirs = stores.keys, KeyStore(stores.keys_engine, stores.settings.key_encryption_key())
    drawn = [store.draw().id for _ in range(40) for store in (ours, theirs)]
    assert len(set(drawn)) == 80
    with stores.keys_engine.connect() as connection:
        slots = connection.execute(text("SELECT slots FROM key_page")).scalars()
        assert sorted(map(len, slots)) == [16, 16, 32, 32]
    key = ours.draw()
    found = theirs.fetch([key.id, 10**6])
    assert found[key.id] == key.key
    with pytest.raises(KeyError):
        _ = found[10**6]


def test_a_subject_has_one_key_whoever_asks_first(stores):
    other = KeyStore(stores.keys_engine, stores.settings.key_encryption_key())
    ours, theirs = stores.keys.of_subject("person-1"), other.of_subject("person-1")
    assert ours.id == theirs.id != other.of_subject("person-2").id
    assert theirs.key == ours.key


def test_keys_are_stored_wrapped_and_another_wrapping_key_is_told_apart(stores):
    key = stores.keys.draw()
    with stores.keys_engine.connect() as connection:
        wrapped = connection.execute(text("SELECT wrapped FROM key_page")).scalar_one()
    assert all(key.key[at : at + 4] not in wrapped for at in range(28))
    with pytest.raises(KeyWrong):
        KeyStore(stores.keys_engine, b"x" * 32).check()


def test_recorded_at_never_goes_back_within_a_stream(stores, casebook_on):
    ticks = iter([ANNE.at, ANNE.at - timedelta(hours=1), ANNE.at + timedelta(hours=1)])
    casebook = casebook_on(stores, clock=lambda: next(ticks))
    for n in range(3):
        casebook.handle("1", WriteNote(note_id=f"note-{n}", words="words"), ANNE, command_id=f"command-{n}")
    at = [fact.recorded_at for fact in casebook.history("notebook-1")]
    assert at == [ANNE.at, ANNE.at, ANNE.at + timedelta(hours=1)]

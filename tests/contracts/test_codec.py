"""Facts are read back as they were recorded; sealed words open only where they were sealed."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest

from application.codec import Codec, Unreadable
from application.facts import UnknownFact, table
from application.sealing import DataKey, KeyMissing, SealBroken
from application.upcasts import to_present
from domain.rules import Fact, Sealed
from tests.contracts.notebook import FACTS, Colour, NoteCounted, NoteWritten, OwnerNamed, Witness, recorded


class KeysInMemory:
    """Keys without a store, which count how often they were asked for."""

    def __init__(self) -> None:
        self.made: dict[int, bytes] = {}
        self.subjects: dict[str, DataKey] = {}
        self.fetched: list[set[int]] = []

    def draw(self) -> DataKey:
        key = DataKey(len(self.made) + 1, bytes([len(self.made)] * 32))
        self.made[key.id] = key.key
        return key

    def of_subject(self, subject: str) -> DataKey:
        return self.subjects.setdefault(subject, self.draw())

    def fetch(self, ids: Iterable[int]) -> dict[int, bytes]:
        self.fetched.append(set(ids))
        return {key_id: self.made[key_id] for key_id in ids if key_id in self.made}


FULL = NoteWritten(
    note_id="note-1",
    on=date(2013, 2, 28),
    colour=Colour.GREEN,
    words=Sealed("Zażółć 🦉 \u202eright to left\nand a line"),
    title=None,
    pages=(Sealed("one"), Sealed("two")),
    witnesses=(Witness(name=Sealed("Anne"), role="partner"), Witness(name=None, role="nurse")),
    score=0.1 + 0.2,
)


@pytest.fixture
def keys() -> KeysInMemory:
    return KeysInMemory()


@pytest.fixture
def codec(keys) -> Codec:
    return Codec(keys, FACTS, {})


def stored(codec: Codec, fact: Fact, stream: str = "notebook-1", version: int = 1):
    return (1, stream, version, *codec.encode(recorded(fact, stream, version)))


def test_a_fact_is_read_back_equal(codec):
    (back,) = codec.decode([stored(codec, FULL)])
    assert back == recorded(FULL)._replace(position=1)
    assert isinstance(back.fact.colour, Colour)


def test_no_words_stand_in_the_stored_bytes(codec):
    _, _, _, topic, state = stored(codec, FULL)
    assert topic == "notebook.note-written:1"
    for word in ("right to left", "one", "Anne"):
        assert word.encode() not in state


def test_keys_of_a_batch_are_fetched_once_and_only_when_words_are_asked_for(codec, keys):
    rows = [stored(codec, FULL, version=version) for version in (1, 2, 3)]
    facts = codec.decode(rows)
    assert keys.fetched == []
    assert [fact.fact.pages[1].words for fact in facts] == ["two"] * 3
    assert len(keys.fetched) == 1


def test_each_sealed_field_has_a_key_of_its_own_and_a_person_has_one(codec):
    assert len(codec.key_ids(*stored(codec, FULL)[3:])) == 4
    owner = OwnerNamed(owner="person-1", name=Sealed("Anne"), email=Sealed("anne@example.org"))
    again = OwnerNamed(owner="person-1", name=Sealed("Ann"), email=Sealed("ann@example.org"))
    assert len({*codec.key_ids(*stored(codec, owner)[3:]), *codec.key_ids(*stored(codec, again)[3:])}) == 1


def tampered(row, change):
    said = json.loads(row[4])
    change(said[-1])
    return (*row[:4], json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode())


def flip_a_bit(sealed, which: int) -> None:
    box = bytearray(base64.b64decode(sealed[which]))
    box[-1] ^= 1
    sealed[which] = base64.b64encode(bytes(box)).decode()


def test_sealed_words_do_not_open_in_another_row_stream_field_or_fact(codec):
    row = stored(codec, FULL)
    swapped = tampered(row, lambda fact: fact["pages"].reverse())
    renamed = tampered(row, lambda fact: fact.update(title=fact["words"]))
    for moved, read in [
        ((1, "notebook-2", *row[2:]), lambda fact: fact.words),
        ((1, "notebook-1", 2, *row[3:]), lambda fact: fact.words),
        (swapped, lambda fact: fact.pages[0]),
        (renamed, lambda fact: fact.title),
    ]:
        (back,) = codec.decode([moved])
        with pytest.raises(SealBroken, match="altered or moved"):
            _ = read(back.fact).words


def test_fields_named_in_another_order_still_open_only_under_their_own_name(codec):
    def exchange(fact):
        words, page = fact.pop("words"), fact["pages"].pop()
        fact["pages"].append(words)
        fact["words"] = page

    (back,) = codec.decode([tampered(stored(codec, FULL), exchange)])
    for value in (back.fact.words, back.fact.pages[1]):
        with pytest.raises(SealBroken):
            _ = value.words


def test_altered_ciphertext_and_altered_commitment_do_not_open(codec):
    row = stored(codec, FULL)
    for which in (1, 2):
        (back,) = codec.decode([tampered(row, lambda fact, which=which: flip_a_bit(fact["words"], which))])
        with pytest.raises(SealBroken):
            _ = back.fact.words.words


def test_a_destroyed_key_is_said_to_be_missing(codec, keys):
    row = stored(codec, FULL)
    del keys.made[1]
    (back,) = codec.decode([row])
    assert back.fact.pages[0].words == "one"
    with pytest.raises(KeyMissing, match="words in notebook-1/1"):
        _ = back.fact.words.words


def test_words_that_are_all_wanted_are_opened_together(codec, keys):
    rows = [stored(codec, FULL, version=version) for version in (1, 2, 3)]
    facts = codec.decode(rows, opened=True)
    assert len(keys.fetched) == 1
    keys.made.clear()
    assert [fact.fact for fact in facts] == [FULL] * 3, "nothing is left to open"
    assert [fact.fact for fact in codec.decode(rows[:0], opened=True)] == []


def test_what_does_not_open_among_all_that_is_wanted_says_so_when_it_is_asked_for(codec, keys):
    altered = tampered(stored(codec, FULL), lambda fact: flip_a_bit(fact["words"], 1))
    (broken,) = codec.decode([altered], opened=True)
    with pytest.raises(SealBroken, match="words in notebook-1/1"):
        _ = broken.fact.words.words
    assert broken.fact.witnesses[0].name.words == "Anne"
    del keys.made[1]
    (missing,) = codec.decode([altered], opened=True)
    with pytest.raises(KeyMissing):
        _ = missing.fact.words.words
    assert missing.fact.pages[1].words == "two"


@pytest.mark.parametrize("box", ["", "A", "not base64!", "AAAA", "é" * 40, 7, None, ["AAAA"]])
@pytest.mark.parametrize("opened", [False, True])
def test_a_box_that_holds_no_ciphertext_breaks_its_own_words_only(codec, box, opened):
    altered = tampered(stored(codec, FULL), lambda fact: fact["words"].__setitem__(1, box))
    (back,) = codec.decode([altered], opened=opened)
    with pytest.raises(SealBroken, match="words in notebook-1/1"):
        _ = back.fact.words.words
    assert back.fact.pages[0].words == "one"


@pytest.mark.parametrize(
    "stands",
    ["words", 7, [], [1, "AAAA"], [1, "AAAA", "AAAA", 1], ["1", "A", "A"], [True, "A", "A"], {"a": 1}],
)
def test_what_is_not_of_the_form_of_a_sealed_value_does_not_read(codec, stands):
    with pytest.raises(Unreadable):
        codec.decode([tampered(stored(codec, FULL), lambda fact: fact.update(words=stands))])


def test_no_words_are_shown_of_a_fact_that_is_open(codec):
    (back,) = codec.decode([stored(codec, FULL)], opened=True)
    assert back.fact.words.words not in repr(back)
    assert "Anne" not in repr(back)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesFirst(Fact):
    NAME: ClassVar[str] = "notebook.pages-first"
    pages: tuple[Sealed, ...]
    witness: Witness
    words: Sealed
    title: Sealed | None


def test_words_are_sealed_in_the_order_of_the_fields_wherever_they_stand(keys):
    codec = Codec(keys, table((PagesFirst,)), {})
    pages, name = (Sealed("one"), Sealed("two")), Sealed("Anne")
    fact = PagesFirst(
        pages=pages, witness=Witness(name=name, role="nurse"), words=Sealed("words"), title=None
    )
    (back,) = codec.decode([stored(codec, fact)])
    assert back.fact == fact


def test_words_read_from_one_fact_are_sealed_afresh_in_another(codec):
    (first,) = codec.decode([stored(codec, FULL)])
    copied = stored(codec, first.fact, version=2)
    assert codec.key_ids(*copied[3:]).isdisjoint(codec.key_ids(*stored(codec, FULL)[3:]))
    (second,) = codec.decode([copied])
    assert second.fact == FULL


def test_the_same_sealed_value_in_two_fields_is_sealed_for_each(codec):
    words = Sealed("before and after")
    twice = NoteWritten(note_id="n", on=date(2013, 1, 1), colour=Colour.RED, words=words, title=words)
    (back,) = codec.decode([stored(codec, twice)])
    assert (back.fact.words.words, back.fact.title.words) == ("before and after",) * 2


def test_stored_bytes_round_trip_and_what_nobody_reads_is_noticed(codec):
    row = stored(codec, FULL)
    assert codec.round_trips(row[3], row[4])
    assert not codec.round_trips(row[3], tampered(row, lambda fact: fact.update(extra=1))[4])
    assert not codec.round_trips(row[3], tampered(row, lambda fact: fact.pop("title"))[4])
    assert not codec.round_trips(row[3], row[4][:-1])
    assert not codec.round_trips(row[3], row[4][:-1] + b",1]")


def test_an_unknown_name_or_a_newer_version_is_an_error(codec):
    row = stored(codec, FULL)
    for topic in ("notebook.note-burnt:1", "notebook.note-written:2", "os.system", "os:system", ":1"):
        with pytest.raises(UnknownFact):
            codec.decode([(*row[:3], topic, row[4])])


def test_a_value_that_could_not_be_read_back_is_not_recorded(codec):
    for wrong in (NoteCounted(count="many"), NoteCounted(count=1.5)):  # type: ignore[arg-type]
        with pytest.raises(Unreadable):
            codec.encode(recorded(wrong))
    with pytest.raises(Unreadable):
        codec.encode(
            recorded(
                NoteWritten(note_id="n", on=date(2013, 1, 1), colour=Colour.RED, words=Sealed("x"), score=1)
            )
        )


def test_two_facts_of_one_name_and_version_are_refused():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Impostor(Fact):
        NAME: ClassVar[str] = NoteCounted.NAME

    with pytest.raises(ValueError, match=r"notebook\.note-counted:1"):
        table((NoteCounted,), (Impostor,))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCountedTwo(Fact):
    NAME: ClassVar[str] = "notebook.note-counted"
    VERSION: ClassVar[int] = 2
    count: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCountedThree(Fact):
    NAME: ClassVar[str] = "notebook.note-counted"
    VERSION: ClassVar[int] = 3
    number: int
    unit: str


def test_an_old_version_is_brought_to_the_present_step_by_step(keys):
    facts = table((NoteCounted, NoteCountedTwo, NoteCountedThree))
    upcasts = {
        ("notebook.note-counted", 1): lambda old: NoteCountedTwo(count=old.count, unit="notes"),
        ("notebook.note-counted", 2): lambda old: NoteCountedThree(number=old.count, unit=old.unit),
    }
    codec = Codec(keys, facts, upcasts)
    row = stored(codec, NoteCounted(count=3))
    assert codec.decode([row])[0].fact == NoteCountedThree(number=3, unit="notes")
    assert codec.round_trips(*row[3:]), "what is stored stays as it was stored"


def test_an_upcast_that_does_not_lead_forward_is_an_error():
    with pytest.raises(ValueError, match="later version"):
        to_present(NoteCounted(count=1), {("notebook.note-counted", 1): lambda old: old})

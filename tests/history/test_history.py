"""Every fact that was ever released still reads, and is stored byte for byte as it was.

A fact without a sample fails here. When it is final, `python -m tests.history.samples` writes its sample, and never
touches one that is there. A sample that fails is not to be written again: the code has forgotten how to read history.
"""

import json
from typing import Any

import pytest

from application.codec import Codec
from application.facts import FACTS, UnknownFact, name_and_version
from tests.history.samples import FOLDER, SampleKeys, as_read, file_of, made_up

SAMPLES = sorted(FOLDER.glob("*.json"))


def sample(file) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def row(found: dict[str, Any]) -> tuple[int, str, int, str, bytes]:
    return 1, found["stream"], found["version"], found["topic"], found["stored"].encode()


@pytest.mark.parametrize(("name", "version"), FACTS)
def test_every_fact_has_a_sample(name, version):
    assert file_of(name, version).exists(), "python -m tests.history.samples writes it, once"


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_stored_sample_reads_as_it_did_and_encodes_to_equal_bytes(file):
    found = sample(file)
    codec = Codec(SampleKeys(), FACTS, {})
    (read,) = codec.decode([row(found)])
    assert file == file_of(read.fact.NAME, read.fact.VERSION)
    assert as_read(read.fact) == found["reads"]
    assert codec.round_trips(found["topic"], found["stored"].encode())


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_stored_sample_is_brought_to_the_present(file):
    found = sample(file)
    (read,) = Codec(SampleKeys()).decode([row(found)])
    latest = max(version for name, version in FACTS if name == read.fact.NAME)
    assert (name_and_version(found["topic"])[0], latest) == (read.fact.NAME, read.fact.VERSION)


def test_every_fact_can_hold_something_in_every_field():
    for kind in FACTS.values():
        assert as_read(made_up(kind))


def test_no_sample_is_of_a_fact_that_was_forgotten():
    for file in SAMPLES:
        name, _, version = file.stem.rpartition(".v")
        try:
            assert FACTS[name, int(version)]
        except KeyError:
            raise UnknownFact(f"{file.name} is history, and nothing reads it any more") from None

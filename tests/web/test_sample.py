"""An auditor's sample: the same for everybody, by a seed made of every fact of the days before, and on record."""

from datetime import datetime, time, timedelta
from hashlib import sha256

import pytest

from application.access_log import Wanted, lines
from application.sampling import FIRST, Request, Seeds, draw, requested, seed_of
from domain.rules import LONDON, RuleBroken
from tests.support import factories as a
from tests.web.conftest import tell
from tests.web.person import words_of

PAGE = "/audit/sample"


@pytest.fixture
def told(record, clock):
    """Entries of yesterday, and one of today; gives today."""
    for _ in range(12):
        record("caseworker", a.record_conversation())
    clock.at += timedelta(days=1)
    record("caseworker", a.record_conversation(said="Recorded on the day of the request."))
    return clock.at.astimezone(LONDON).date()


def items(page):
    return [words_of(row.find("th")) for row in page.all("tr")[1:]]


def test_the_seed_is_the_digest_of_the_digests_of_what_was_stored_by_the_end_of_the_day_before(
    casebook, told
):
    midnight, digests = datetime.combine(told, time(), LONDON), b""
    recorder = casebook.recorder
    for fact, row in zip(recorder.facts_after(0, 9_999), recorder.raw_after(0, 9_999), strict=True):
        if fact.recorded_at < midnight:
            digests += sha256(row[4]).digest()
    seed = seed_of(recorder, told)
    assert seed.sha256 == sha256(digests).hexdigest()
    assert seed.facts == len(digests) // 32 == recorder.count() - 1


def test_what_is_recorded_on_the_day_itself_changes_neither_seed_nor_sample(casebook, record, told):
    recorder, request = casebook.recorder, Request("entries", 5, told)
    before = draw(recorder, request, seed_of(recorder, told))
    record("caseworker", a.record_conversation())
    assert draw(recorder, request, seed_of(recorder, told)) == before
    assert seed_of(recorder, told + timedelta(days=1)).sha256 != before.seed.sha256


def test_a_smaller_sample_is_the_beginning_of_a_larger_and_the_ranking_is_as_published(casebook, told):
    recorder, seed = casebook.recorder, seed_of(casebook.recorder, told)
    whole = draw(recorder, Request("entries", 500, told), seed)
    assert whole.of == len(whole.items) == len(casebook.history(f"practice-{a.CODE}")) - 1
    assert draw(recorder, Request("entries", 4, told), seed).items == whole.items[:4]
    ranked = sorted(whole.items, key=lambda item: sha256(f"{seed.sha256}{item}".encode()).hexdigest())
    assert list(whole.items) == ranked != sorted(whole.items)


def test_a_kept_seed_holds_until_something_of_before_its_day_comes_to_the_record(
    casebook, record, clock, told
):
    seeds, recorder = Seeds(), casebook.recorder
    kept = seeds.of(recorder, "this", told)
    record("caseworker", a.record_conversation())
    assert seeds.of(recorder, "this", told) is kept
    clock.at -= timedelta(days=1)
    tell(casebook, a.register_practice(code="X90002"), "X90002")
    again = seeds.of(recorder, "this", told)
    assert again == seed_of(recorder, told) != kept


def test_two_auditors_have_the_same_sample_and_each_request_is_on_record(people, stores, told):
    drawn = items(people.auditor.open(f"{PAGE}?of=entries&size=3"))
    assert len(drawn) == 3
    longer = people.auditor.open(f"{PAGE}?of=entries&size=6&on={told.isoformat()}")
    assert items(longer)[:3] == drawn
    yesterday = told - timedelta(days=1)
    people.auditor.open(f"{PAGE}?of=practices&size=1&on={yesterday.isoformat()}")
    noted = lines(stores.record_engine, Wanted(what="sampled"), 9)
    assert [(one.name, one.subject, one.number) for one in noted] == [
        ("SamplePractices", f"sample-{yesterday}", 0),
        ("SampleEntries", f"sample-{told}", 6),
        ("SampleEntries", f"sample-{told}", 3),
    ]
    assert "Ruth Bell" in words_of(people.auditor.open(PAGE).all("li")[-1])


@pytest.mark.parametrize(
    ("of", "size", "days", "field"),
    [
        ("people", "3", 0, "of"),
        ("decisions", "", 0, "size"),
        ("decisions", "501", 0, "size"),
        ("decisions", "3", 1, "on"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_notes_nothing(people, stores, told, of, size, days, field):
    on = told + timedelta(days=days)
    page = people.auditor.open(f"{PAGE}?of={of}&size={size}&on={on.isoformat()}")
    assert page.status == 422
    assert list(page.errors) == [f"#{field}"]
    assert lines(stores.record_engine, Wanted(what="sampled"), 9) == []


def test_a_day_before_there_was_an_nhs_is_none():
    with pytest.raises(RuleBroken):
        requested("entries", "1", "0001-01-01", FIRST)


def test_only_an_auditor_has_a_sample_drawn(people):
    for who in ("caseworker", "manager", "lead", "administrator"):
        assert people.__getattr__(who).open(PAGE).status == 403


def test_a_drawn_decision_is_called_by_its_number_day_and_tier_and_leads_to_its_page(
    people, record, clock, told
):
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",), occurred_on=told, effective_on=told))
    decided = clock.at.astimezone(LONDON).date()
    clock.at += timedelta(days=1)
    page = people.auditor.open(f"{PAGE}?of=decisions&size=3")
    (link,) = [one for one in page.links if one.startswith("Decision 1")]
    assert page.links[link] == f"/practices/{a.CODE}/decisions/1"
    assert str(decided.year) in link
    assert "You asked for 3: there is only 1." in page.text
    assert "Decision" in words_of(page.all("tr")[0])

"""What was withdrawn, corrected and cited is shown for ever: also when the keys of its words were destroyed."""

import json

import pytest

from application.recording import Sent
from domain.practice import events as e
from domain.practice.events.past import TierDecided1
from domain.practice.kinds import Tier, Visibility
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a

PRACTICE = f"/practices/{a.CODE}"


def keys_of(stored):
    """The ids of the keys of a stored fact's sealed words: each stands as a key's id, a box and a commitment."""
    if isinstance(stored, list):
        if len(stored) == 3 and type(stored[0]) is int and isinstance(stored[1], str):
            return {stored[0]}
        return set().union(*map(keys_of, stored))
    return set().union(*map(keys_of, stored.values())) if isinstance(stored, dict) else set()


@pytest.fixture
def erase(casebook):
    """Destroy the keys of all words of some entries, as an erasure would."""

    def erased(versions):
        rows = casebook.recorder.stored(f"practice-{a.CODE}")
        gone = {
            key for _, version, state in rows if version in versions for key in keys_of(json.loads(state))
        }
        assert gone
        casebook.stores.keys.destroy(gone)
        casebook.recorder.at_hand._kept.clear()

    return erased


@pytest.fixture
def story(record, casebook):
    """A conversation that a decision rests on and that is corrected, one that is withdrawn, and a review that is answered."""
    record("caseworker", a.record_conversation(said="The rota holds."))
    record("caseworker", a.record_conversation(said="Another practice’s."))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    record(
        "caseworker",
        a.correct_fact(version=3, fields={"said": "The rota fails.", "next_contact_on": "2026-12-01"}),
    )
    record("caseworker", a.withdraw_fact(version=4))
    asked = next(
        one.fact
        for one in casebook.history(f"practice-{a.CODE}")
        if isinstance(one.fact, e.DecisionReviewAsked)
    )
    record("manager", a.reaffirm_decision(asking_id=asked.asking_id))


def test_what_is_withdrawn_corrected_and_cited_is_shown_when_its_words_are_erased(
    people, casebook, story, erase
):
    versions = [entry.version for entry in casebook.history(f"practice-{a.CODE}")]
    erase(versions[2:])
    for who in (people.caseworker, people.manager, people.auditor):
        for address in (
            PRACTICE,
            f"{PRACTICE}/record",
            f"{PRACTICE}/decisions/1",
            f"{PRACTICE}/contract",
            "/",
            "/practices",
            *(f"{PRACTICE}/entries/{one}" for one in versions),
        ):
            assert who.open(address).status == 200, (who.name, address)


def test_whoever_an_entry_is_kept_from_reads_the_rest_when_its_corrections_are_erased(
    people, casebook, record, story, erase
):
    record("caseworker", a.record_conversation(said="Kept.", visibility=Visibility.INTERNAL))
    position = casebook.recorder.last_position()
    erase([entry.version for entry in casebook.history(f"practice-{a.CODE}")][2:])
    then = f"?as-recorded-by={position}"
    for path in ("", "/record", "/brief", "/decisions/1", "/replay?entry=5"):
        assert people.lead.open(f"{PRACTICE}{path}").status == 200, path
        assert (
            people.lead.open(f"{PRACTICE}{path}{then.replace('?', '&') if '?' in path else then}").status
            == 200
        ), path


def test_what_needs_words_that_were_erased_is_refused_and_its_forms_are_shown(
    people, casebook, record, erase
):
    record("caseworker", a.record_conversation(said="The rota holds."))
    record("colleague", a.request_correction(version=3, fields={"said": "The rota fails."}))
    request = casebook.history(f"practice-{a.CODE}")[-1].fact.request_id
    erase([3, 4])
    before = casebook.recorder.last_position()
    for who, command in (
        ("caseworker", a.correct_fact(version=3, fields={"said": "The rota fails."})),
        ("manager", a.authorise_correction(request_id=request)),
    ):
        with pytest.raises(RuleBroken, match="were erased") as refused:
            record(who, command)
        assert refused.value.rule == "what-is-worked-with-was-not-erased"
    for address in ("correct-fact?version=3", f"authorise-correction?request_id={request}"):
        page = people.manager.open(f"{PRACTICE}/{address}")
        assert page.status in {200, 410}, address
        assert page.status == 200 or "words here were erased" in page.text
    assert casebook.recorder.last_position() == before


def test_a_decision_of_an_older_schema_is_looked_at_again_as_any_other(people, casebook, record, erase):
    """Nothing of a framework stands in it: what it cites was corrected, and that counts."""
    record("caseworker", a.record_conversation(said="The rota holds."))
    (said,) = casebook.history(f"practice-{a.CODE}")[2:]
    old = TierDecided1(
        decision_id="decision-0000old1", proposal_id=None, before=Tier.ASSURANCE_BASED, tier=Tier.ROOM_FOR_IMPROVEMENT,
        rationale=Sealed("As was usual then."), inputs=(f"{a.CODE}/3",), effective_on=a.TODAY, review_on=None,
        occurred_on=a.TODAY,
    )  # fmt: skip
    decided = said._replace(
        version=4, person="person-manager01", role="manager", command_id="command-of-old", fact=old
    )
    casebook.recorder.append([decided], [Sent("command-of-old", b"", 1)])
    casebook.recorder.at_hand._kept.clear()
    record("caseworker", a.correct_fact(version=3, fields={"said": "The rota fails."}))
    asked = casebook.history(f"practice-{a.CODE}")[-1].fact
    assert isinstance(asked, e.DecisionReviewAsked)
    assert (asked.before, asked.after, asked.framework_version) == (None, None, None)
    people.manager.open(PRACTICE)
    erase([3, 5])
    for address in (PRACTICE, f"{PRACTICE}/decisions/1", f"{PRACTICE}/entries/6", f"{PRACTICE}/record"):
        page = people.manager.open(address)
        assert page.status == 200
        assert "The rota" not in page.text
    assert "No rules were in force" in people.manager.open(f"{PRACTICE}/decisions/1").text

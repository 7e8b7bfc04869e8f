"""Flags in words: of which kind, how they are explained, and the numbers of a release as their chart says them."""

import re

import pytest

from domain.practice.kinds import FlagKind
from tests.support import factories as a
from tests.support.factories import CODE

PRACTICE = f"/practices/{CODE}"
OUTLYING, SHIFTING, EXPLANATION = "flag-0000aaaa", "flag-0000bbbb", "explanation-0000aaaa"
NAME = "Easy to get through by phone"


@pytest.fixture
def both(record):
    """Two flags on one indicator, of two kinds."""
    record("caseworker", a.raise_flag(flag_id=OUTLYING))
    record("caseworker", a.raise_flag(flag_id=SHIFTING, kind=FlagKind.SHIFTING))


@pytest.fixture
def refused(record, both):
    record("caseworker", a.explain_flag(flag_id=OUTLYING, explanation_id=EXPLANATION))
    record("manager", a.decline_explanation(explanation_id=EXPLANATION, reason="April is as low."))


def test_two_flags_on_one_indicator_are_told_apart_in_what_is_to_do_in_forms_and_in_messages(people, both):
    page = people.caseworker.open(PRACTICE)
    for kind in ("different from other practices", "changed from its own past"):
        assert f"Ask about: {NAME} ({kind})" in page.text
    for address in ("explain-flag", "clear-flag", "withdraw-flag"):
        form = people.caseworker.open(f"{PRACTICE}/{address}?flag_id={SHIFTING}")
        assert f"{NAME} (changed from its own past)" in form.text, address
        assert f"{NAME} (different" not in form.text, address
    ticks = people.caseworker.open(f"{PRACTICE}/propose-action").text
    assert f"{NAME} (different from other practices)" in ticks
    assert f"{NAME} (changed from its own past)" in ticks
    form = people.caseworker.open(f"{PRACTICE}/explain-flag?flag_id={SHIFTING}").form()
    sent = form.fill(category="coding", words="The template.", given_by="practice").send()
    landed = people.caseworker.open(sent.location.partition("#")[0])
    assert f"Explanation given: {NAME} (changed from its own past)" in landed.text


def test_a_flag_whose_explanation_was_not_accepted_is_asked_about_again(people, refused):
    page = people.caseworker.open(PRACTICE)
    assert "1 open flag whose explanation was not accepted" in page.text
    assert "1 open flag not yet explained" in page.text
    assert "with an explanation" not in page.text
    assert f"Ask about again: {NAME} (different from other practices)" in page.text
    again = [link for link in page.links.values() if f"about_flags={OUTLYING}" in link]
    assert any("kind=data_validation" in link for link in again)


def test_after_a_refusal_the_flag_is_validated_again_though_it_was_validated_before(people, record, both):
    action = a.propose_action(kind="data_validation", about_flags=(OUTLYING,))
    record("caseworker", action)
    record("caseworker", a.explain_flag(flag_id=OUTLYING, explanation_id=EXPLANATION))
    record("caseworker", a.cancel_action(action_id=action.action_id))
    record("manager", a.decline_explanation(explanation_id=EXPLANATION))
    links = " ".join(people.caseworker.open(PRACTICE).links.values())
    assert f"kind=data_validation&about_flags={OUTLYING}" in links


def test_an_explanation_that_waits_is_another_persons_to_do(people, record, both):
    record("caseworker", a.explain_flag(flag_id=OUTLYING, explanation_id=EXPLANATION))
    page = people.manager.open(PRACTICE)
    assert f"Answer the explanation of: {NAME} (different from other practices)" in page.text
    assert "1 open flag whose explanation waits for an answer" in page.text
    assert f"Ask about: {NAME} (different" not in page.text


def test_what_was_raised_by_hand_says_that_no_release_flagged_it_and_not_that_nothing_is_published(
    people, both
):
    version = re.search(r"/entries/(\d+)", " ".join(people.caseworker.open(PRACTICE).links.values()))[1]
    for page in (f"{PRACTICE}/entries/{version}", f"{PRACTICE}/brief"):
        text = people.caseworker.open(page).text
        assert "raised by hand; no release flagged it" in text
        assert "published" not in text

"""What one meeting left on many practices is agreed in one step by the other organisation, each entry for its own text."""

import pytest

from domain.practice import events as e
from domain.practice.kinds import Visibility
from tests.support import factories as a
from tests.web.conftest import tell

MEETING = "meeting-0000aaaa"
PAGE = f"/meetings/{MEETING}"
AGREE = f"{PAGE}/agree"
BUTTON = "Agree to these texts"
CODES = (a.CODE, "X90002", "X90003")
FAR = "X90004"
"""A practice of the meeting that is not the lead's to read."""


@pytest.fixture(autouse=True)
def held(casebook, record):
    for code, name, commissioner in (
        ("X90002", "Millbrook Surgery", a.COMMISSIONER),
        ("X90003", "Quayside Practice", a.COMMISSIONER),
        (FAR, "Far Away Surgery", "97A"),
    ):
        tell(casebook, a.register_practice(code=code, name=name, local_commissioner=commissioner), code)
    for code in (*CODES, FAR):
        record("caseworker", a.record_conversation(meeting=MEETING, said=f"The plan of {code}."), code)


@pytest.fixture
def agreed(casebook):
    """The agreements of each practice."""

    def found():
        return {
            code: [
                one.fact
                for one in casebook.history(f"practice-{code}")
                if isinstance(one.fact, e.EntryAgreed)
            ]
            for code in (*CODES, FAR)
        }

    return found


def how_many(agreed):
    return [len(facts) for facts in agreed().values()]


def texts(*codes):
    return [f"{code}/3/3" for code in codes]


def test_all_of_a_meeting_is_read_and_agreed_in_one_step(people, agreed, casebook):
    page = people.lead.open(PAGE)
    assert page.links["Read and agree to all 3"] == AGREE
    form = people.lead.open(AGREE)
    for code in CODES:
        assert f"The plan of {code}." in form.text
    assert FAR not in form.html
    assert "Far Away" not in form.html
    after = people.lead.follow(form.form(BUTTON).send())
    assert "Agreed on 3 practices" in after.text
    assert how_many(agreed) == [1, 1, 1, 0]
    for code in CODES:
        (fact,) = agreed()[code]
        assert (fact.version, fact.text_version, len(fact.digest)) == (3, 3, 64)
        assert casebook.practice(code).records[3].state == "agreed"
    assert len({agreed()[code][0].digest for code in CODES}) == 3


def test_what_is_left_out_is_not_agreed(people, agreed):
    people.lead.open(AGREE).form(BUTTON).send(texts=texts("X90002"))
    assert how_many(agreed) == [0, 1, 0, 0]
    page = people.lead.open(AGREE).form(BUTTON).send(texts=[])
    assert page.errors == {"#texts": "Choose at least one"}


def test_sent_twice_it_is_agreed_once(people, agreed):
    form = people.lead.open(AGREE).form(BUTTON)
    assert [form.send().status, form.send().status] == [303, 303]
    assert how_many(agreed) == [1, 1, 1, 0]
    assert "Nothing of it waits for you to agree" in people.lead.follow(people.lead.open(AGREE)).text


def test_a_text_that_changed_since_it_was_read_is_not_agreed_and_the_others_are(people, agreed, record):
    form = people.lead.open(AGREE).form(BUTTON)
    record("caseworker", a.correct_fact(version=3, fields={"said": "Another plan."}), "X90002")
    page = people.lead.follow(form.send())
    assert "Agreed on 2 practices" in page.text
    assert "Millbrook Surgery: The text was changed since you read it. Read it again" in page.text
    assert how_many(agreed) == [1, 0, 1, 0]
    assert "Another plan." in people.lead.open(AGREE).text


def test_nobody_agrees_for_another_side_or_on_what_they_may_not_read(people, agreed):
    form = people.lead.open(AGREE).form(BUTTON)
    assert form.send(texts=texts(FAR)).status == 422
    assert form.send(texts=["X90002/1/1", "X90002", "X90002/3/x", "//"]).status == 422
    assert people.caseworker.open(AGREE).status == 303  # their own text: nothing waits for them
    for who, status in (("adviser", 403), ("auditor", 403), ("administrator", 403), ("stranger", 404)):
        assert getattr(people, who).open(AGREE).status == status, who
    assert people.lead.open("/meetings/meeting-0000zzzz/agree").status == 404
    assert people.lead.open("/meetings/nothing/agree").status == 404
    assert how_many(agreed) == [0, 0, 0, 0]


def test_what_the_other_side_keeps_to_itself_is_no_part_of_it(people, record, casebook):
    before = people.lead.open(AGREE).text
    tell(casebook, a.register_practice(code="X90005", name="Kept Surgery"), "X90005")
    kept = a.record_conversation(meeting=MEETING, said="Kept among us.", visibility=Visibility.INTERNAL)
    record("caseworker", kept, "X90005")
    assert people.lead.open(AGREE).text == before
    assert "Kept" not in people.lead.open(PAGE).text
    assert people.lead.open(AGREE).form(BUTTON).send(texts=texts("X90005")).status == 422

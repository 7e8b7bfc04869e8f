"""A decision's page by what was known then, beside what is known today; and who had opened what it cites."""

from datetime import date, timedelta

import pytest

from application.lens import lens
from domain.practice.kinds import FlagKind, Level, Tier
from tests.support import factories as a
from tests.web.conftest import opens_all
from tests.web.person import words_of

PRACTICE = f"/practices/{a.CODE}"
PAGE = f"{PRACTICE}/decisions/1"
FLAG = "flag-0000aaaa"


@pytest.fixture
def decided(record):
    """A flag and two conversations; the decision, entry 6, cites the flag and the first."""
    record("caseworker", a.raise_flag(flag_id=FLAG, kind=FlagKind.OUTLYING))
    record("caseworker", a.record_conversation(said="The lines were down for a week."))
    record("caseworker", a.record_conversation(said="A rota was put up."))
    return record("manager", a.decide_tier(inputs=(f"{a.CODE}/3", f"{a.CODE}/4")))


def rows(page, called):
    """The rows of one of the page's tables: which entry, what was known then, what is known today."""
    tables = [one for one in page.all("table") if one.get("aria-label", "").startswith(called)]
    cells = [[words_of(cell) for cell in row.iter("td")] for table in tables for row in table.iter("tr")]
    return {int(number.split()[-1]): (then, today) for number, then, today in filter(None, cells)}


def told_once(page, fold):
    """What stands on both sides alike, or on the right alone: each entry as it is told, by its number."""
    (found,) = [one for one in page.all("details") if one.get("id") == fold]
    lines = [words_of(one) for one in found.iter("li")]
    return {int(line.split()[1]): line for line in lines}


def test_a_late_visit_is_on_the_right_alone_and_the_left_has_the_same_digest_on_day_10_and_day_400(
    people, record, decided, casebook, asked, clock
):
    clock.at += timedelta(days=10)
    seen = lens(casebook, a.CODE, 1, asked("lead"))
    assert seen.known.digest in people.lead.open(PAGE).text
    assert seen.today.digest in people.lead.open(PAGE).text
    record("caseworker", a.record_conversation(occurred_on=date(2026, 11, 1), said="Two posts are vacant."))
    clock.at += timedelta(days=390)
    page = people.lead.open(PAGE)
    assert seen.known.digest in page.text
    assert seen.today.digest not in page.text
    ((then, today),) = rows(page, "What differs").values()
    assert "not yet recorded" in then
    assert "Two posts are vacant" in today
    assert "happened before, recorded after" in today


def test_what_happened_afterwards_is_not_said_to_be_late(people, record, decided, clock):
    clock.at += timedelta(days=3)
    record("caseworker", a.record_conversation(occurred_on=clock.at.date(), said="The line is there."))
    page = people.lead.open(PAGE)
    assert "recorded after" not in page.text
    assert rows(page, "What differs") == {}
    assert "1 entry recorded since" in page.text
    (told,) = told_once(page, "since").values()
    assert "The line is there" in told


def test_a_correction_stands_above_what_it_corrects_and_a_withdrawn_flag_is_marked(people, record, decided):
    record("caseworker", a.correct_fact(version=4, fields={"said": "The lines were down for a day."}))
    record("caseworker", a.withdraw_flag(flag_id=FLAG))
    page = people.auditor.open(PAGE)
    cited = rows(page, "What differs")
    assert "The lines were down for a week" in cited[4][0]
    assert "The lines were down for a day." in cited[4][1]
    assert "for a week" not in cited[4][1]
    assert "corrected since" in cited[4][1]
    assert "flag withdrawn since" in cited[3][1]
    assert page.all("del") == []


def test_what_was_put_right_twice_has_its_whole_words_of_then_on_one_side_and_its_last_on_the_other(
    people, record
):
    whole = " ".join(f"Caller {number} waited." for number in range(1, 40))
    record("caseworker", a.record_conversation(said=whole))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    for said in ("The lines were down for a day.", "The lines were down for an hour."):
        record("caseworker", a.correct_fact(version=3, fields={"said": said}))
    ((then, today),) = rows(people.lead.open(PAGE), "What differs").values()
    assert f"What was said: {whole}" in then
    assert "Caller" not in today
    assert "for a day" not in then + today
    assert "The lines were down for an hour." in today


def test_what_is_the_same_on_both_sides_is_told_once_and_what_differs_stands_first(people, record, decided):
    before = people.lead.open(PAGE)
    assert rows(before, "What differs") == {}
    assert "2 entries that it rested on are the same today as then" in before.text
    record("caseworker", a.correct_fact(version=4, fields={"said": "The lines were down for a day."}))
    page = people.lead.open(PAGE)
    assert [*rows(page, "What differs")] == [4]
    assert [*told_once(page, "rested")] == [3]
    assert told_once(page, "rested")[3].endswith("(cited)")
    assert "1 entry that it rested on is the same today as then" in page.text
    assert 5 in told_once(page, "same")


def test_an_amended_entry_is_not_said_to_be_the_same(people, record, decided):
    record("lead", a.amend_entry(version=4, said="The lines were down for a fortnight."))
    ((then, today),) = rows(people.manager.open(PAGE), "What differs").values()
    assert "The lines were down for a week" in then
    assert "As Larkdale CCG would have it: The lines were down for a fortnight." in today
    assert today.endswith("fortnight. amended since")


def test_a_withdrawn_entry_is_struck_through_and_said_to_be(people, record, decided):
    record("caseworker", a.withdraw_fact(version=5))
    ((then, today),) = rows(people.lead.open(PAGE), "What differs").values()
    assert "A rota was put up" in then
    assert "withdrawn since" in today


def test_what_was_open_then_and_is_kept_today_is_said_and_not_shown(people, record, casebook, asked):
    record("caseworker", a.record_conversation())
    heard = record("caseworker", a.record_intelligence(intelligence_id="intelligence-0000aaaa"))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    whole = people.lead.open(PAGE)
    assert "kept from you" not in whole.text
    digest = lens(casebook, a.CODE, 1, asked("lead")).known.digest
    record("caseworker", a.change_visibility(version=heard.recorded[0].version, visibility="internal"))
    page = people.lead.open(PAGE)
    assert "1 entry that was open to you then is kept from you today, and not shown here." in page.text
    assert digest in page.text, "of what was known then"
    assert "Soft intelligence" not in page.text
    assert "Soft intelligence" in people.manager.open(PAGE).text


def test_who_had_opened_what_is_as_it_was_when_it_was_signed(people, record, casebook, asked):
    record("caseworker", a.record_conversation())
    people.lead.open(f"{PRACTICE}/entries/3")
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3", f"{a.CODE}/4")))

    def told():
        (section,) = people.auditor.open(PAGE).all("section", **{"aria-labelledby": "had-opened"})
        return words_of(section)

    before = told()
    assert "Martin Lee, who signed it, had opened both" in before
    assert "Amira Khan had opened both" in before
    assert "Priya Shah had opened 1 of the 2, and not:" in before
    opens_all(casebook, a.CODE, asked("lead"))
    opens_all(casebook, a.CODE, asked("colleague"))
    assert told() == before


def test_hundreds_of_entries_are_paged(people, record, decided):
    for number in range(60):
        record("caseworker", a.record_conversation(said=f"Call {number}."))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/4",)))
    page = people.lead.open(f"{PRACTICE}/decisions/2")
    assert len(told_once(page, "same")) == 50
    assert page.links["Next page"] == f"{PRACTICE}/decisions/2?same=2#same"
    last = people.lead.open(f"{PRACTICE}/decisions/2?same=2")
    assert 0 < len(told_once(last, "same")) < 50
    assert not {*told_once(last, "same")} & {*told_once(page, "same")}


def test_a_decisions_page_of_the_past_has_the_same_left_side(people, record, decided, casebook, asked, clock):
    """Also for a reader from whom something is kept: of what is kept there is a gap in the numbers."""
    record("caseworker", a.record_intelligence(visibility="internal"))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/5",)))
    digest = lens(casebook, a.CODE, 2, asked("lead")).known.digest
    at = casebook.history(f"practice-{a.CODE}")[-1].position
    clock.at += timedelta(days=30)
    record("caseworker", a.record_conversation(occurred_on=date(2026, 11, 1), said="A nurse had left."))
    for person in (people.lead, people.auditor):
        page = person.open(f"{PRACTICE}/decisions/2?as-recorded-by={at}")
        assert "A nurse had left" not in page.text
        assert "A nurse had left" in person.open(f"{PRACTICE}/decisions/2").text
    assert digest in people.lead.open(f"{PRACTICE}/decisions/2?as-recorded-by={at}").text


def test_what_is_cited_is_in_the_words_of_then_and_leads_to_its_correction(people, record, decided):
    fixed = record("caseworker", a.correct_fact(version=4, fields={"said": "The lines were down for a day."}))
    page = people.auditor.open(PAGE)
    informed = page.text[page.text.index("It rests on 2 entries") : page.text.index("Heard")]
    assert "The lines were down for a week" in informed
    assert "The lines were down for a day" not in informed
    assert "corrected since" in informed
    (section,) = page.all("section", **{"aria-labelledby": "had-opened"})
    assert "lines were down for a day" not in words_of(section)
    links = [one.get("href") for one in page.all("a") if "corrected since" in words_of(one)]
    assert f"{PRACTICE}/entries/{fixed.recorded[0].version}" in links


def test_nobody_is_said_not_to_have_opened_what_was_kept_from_them(people, record):
    record("caseworker", a.record_conversation())
    record("caseworker", a.record_intelligence(visibility="internal"))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3", f"{a.CODE}/4")))
    record("lead", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3", f"{a.CODE}/4")))

    def told(person):
        (section,) = person.open(f"{PRACTICE}/decisions/2").all(
            "section", **{"aria-labelledby": "had-opened"}
        )
        return words_of(section)

    assert "Priya Shah (1 of the 2 was theirs to see) had not opened it" in told(people.manager)
    assert "of 1 entry cited" in told(people.lead), "of what is kept from her she is told nothing"
    assert "theirs to see" not in told(people.lead)


def test_what_somebody_agreed_to_they_had_opened(people, record):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    record("lead", a.agree_entry(version=3))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))

    def told(number):
        (section,) = people.manager.open(f"{PRACTICE}/decisions/{number}").all(
            "section", **{"aria-labelledby": "had-opened"}
        )
        return words_of(section)

    assert "Priya Shah" not in told(1)
    assert "Priya Shah had opened it" in told(2)


def test_of_the_past_the_right_side_is_as_of_that_day_and_says_so(people, record, decided, casebook, clock):
    at = casebook.history(f"practice-{a.CODE}")[-1].position
    clock.at += timedelta(days=30)
    record("caseworker", a.record_conversation())
    (section,) = people.lead.open(f"{PAGE}?as-recorded-by={at}").all("section", **{"aria-labelledby": "lens"})
    told = words_of(section)
    assert "Known then, known on 21 November 2026" in told
    assert "by the rules of 21 November 2026" in told
    assert "today" not in told
    assert "Known then, known today" in people.lead.open(PAGE).text


def test_whether_one_would_decide_the_same_today_is_one_sentence(people, record, clock):
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    same = "Today the rules recommend what they did when it was decided: assurance based."
    assert same in people.lead.open(PAGE).text
    heard = "intelligence-0000aaaa"
    known = record("caseworker", a.record_intelligence(intelligence_id=heard, immediate_safety_risk=True))
    record("colleague", a.corroborate_intelligence(intelligence_id=heard))
    page = people.lead.open(PAGE)
    assert (
        "Today the rules recommend cause for concern; when it was decided they recommended assurance based."
        in page.text
    )
    assert f"R7 holds, and did not then: R7, entry {known.recorded[0].version}" in page.text
    assert "Time alone" not in page.text


def test_where_time_alone_made_the_difference_that_is_said(people, record, clock):
    record("caseworker", a.record_conversation())
    record("caseworker", a.ask_for_declaration(due_on=date(2026, 12, 4)))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/3",)))
    assert "No rule held then, and none does." in people.lead.open(PAGE).text
    clock.at += timedelta(days=100)
    page = people.lead.open(PAGE)
    assert "Time alone made the difference: nothing recorded since did." in page.text
    assert "R6 holds, and did not then" in page.text


def test_a_decision_that_the_rules_follow_only_because_it_was_taken_is_not_said_to_be_borne_out(
    people, record
):
    record("caseworker", a.record_conversation())
    taken = record(
        "manager",
        a.decide_tier(
            tier=Tier.CAUSE_FOR_CONCERN, inputs=(f"{a.CODE}/3",), immediate_safety="A child was not seen."
        ),
    )
    (entry,) = [one.version for one in taken.recorded if type(one.fact).__name__ == "TierDecided"]
    page = people.lead.open(PAGE)
    assert "This decision itself made the difference: nothing recorded since did." in page.text
    assert "Time alone" not in page.text
    assert f"H2 holds, and did not then: H2, entry {entry} (this decision itself)" in page.text
    told = (
        "Had this decision not been taken, they would recommend assurance based. H1 and H2 hold by this decision itself: "
        "they keep a practice where it was decided to be."
    )
    assert told in page.text


def test_a_later_decision_that_keeps_the_tier_does_not_bear_out_the_one_before_it(people, record, clock):
    record("caseworker", a.record_conversation())
    told = {"tier": Tier.CAUSE_FOR_CONCERN, "inputs": (f"{a.CODE}/3",)}
    record("manager", a.decide_tier(**told, immediate_safety="A child was not seen in time."))
    clock.at += timedelta(days=1)
    record("manager", a.decide_tier(**told, effective_on=clock.at.date()))
    page = people.lead.open(PAGE)
    assert (
        "Had neither this decision nor one since been taken, they would recommend assurance based."
        in page.text
    )
    assert (
        "H1 and H2 hold by this decision itself: they keep a practice where it was decided to be."
        in page.text
    )


def test_what_the_rules_would_recommend_without_the_decision_is_not_told_where_it_is_the_same(people, record):
    record(
        "caseworker",
        a.record_intelligence(intelligence_id="intelligence-0000aaaa", immediate_safety_risk=True),
    )
    record("colleague", a.corroborate_intelligence(intelligence_id="intelligence-0000aaaa"))
    record("caseworker", a.record_conversation())
    record(
        "manager",
        a.decide_tier(
            tier=Tier.CAUSE_FOR_CONCERN, inputs=(f"{a.CODE}/3",), immediate_safety="A child was not seen."
        ),
    )
    text = people.lead.open(PAGE).text
    assert "Today the rules recommend what they did when it was decided: cause for concern." in text
    assert "Had this decision not been taken" not in text


def test_an_entry_by_which_several_rules_held_is_told_once_and_then_by_its_number(people, record):
    for number in (1, 2):
        flag = {"indicator": f"PS0{number}", "flag_id": f"flag-0000000{number}"}
        record("caseworker", a.raise_flag(**flag, level=Level.ALARM))
    record("caseworker", a.record_conversation(about_flags=("flag-00000001", "flag-00000002")))
    record("manager", a.decide_tier(inputs=(f"{a.CODE}/5",)))
    page = people.lead.open(PAGE)
    reasoned = page.text[page.text.index("Rule R1 held") : page.text.index("Informed It rests on")]
    first, second = reasoned.split("Rule R2 held")
    assert "Flag raised" in first
    assert "Flag raised" not in second
    assert "Entry 3Entry 5" in second

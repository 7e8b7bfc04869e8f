"""One indicator whole: its change since the year before, how its explanations are answered, and what its file keeps back."""

import shutil
from datetime import date

import pytest

from application.casebook import Casebook
from application.releases.publishing import publish
from application.settings import Settings
from application.stores import open_stores
from domain.practice.kinds import FlagKind
from domain.rules import operator
from projections.catch_up import Views
from projections.observations_judged import Observations
from tests.support import factories as a
from tests.web.conftest import NOW
from tests.web.test_export import file_of
from tests.web.test_indicators import marks, tables

OTHERS = [f"X92{at:03}" for at in range(16)]
HERE = f"/practices/{a.CODE}/indicators"
WAITS, REFUSED = "explanation-0000aaaa", "explanation-0000bbbb"


def rows():
    """OE02 (higher is better) by year: ours falls. PE01: nearly all of ours. CQ06: one practice's count is small."""
    yield "practice,indicator,period,numerator,denominator,value"
    for number, code in enumerate([a.CODE, *OTHERS]):
        for at, year in enumerate(("2023/24", "2024/25", "2025/26")):
            fell = 180 if number == 0 and at == 2 else 0
            yield f"{code},OE02,{year},{930 - (number * 5 + at * 3) % 17 - fell},1000,"
        yield f"{code},PE01,2025/26,{79 if number == 0 else 70},80,"
        yield f"{code},CQ06,2025/26,{3 if number == 1 else 60 + number},100,"


@pytest.fixture(scope="module")
def published_once(made_once, tmp_path_factory):
    home = tmp_path_factory.mktemp("yearly") / "home"
    shutil.copytree(made_once, home)
    stores = open_stores(Settings(home=home))
    casebook = Casebook(stores, clock=lambda: NOW, ids=a.new_id)
    for code in OTHERS:
        told = a.register_practice(code=code, name=f"Surgery {code}", opened_on=date(2001, 4, 1))
        casebook.handle(code, told, operator(NOW), command_id=a.new_id("command"))
    file = tmp_path_factory.mktemp("file") / "years.csv"
    file.write_text("\n".join(rows()) + "\n")
    publish(casebook, Observations(casebook), "2025-26", file, operator(NOW))
    Views(stores).catch_up()
    stores.close()
    return home


@pytest.fixture
def settings(published_once, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(published_once, home)
    return Settings(home=home)


def raised(casebook, indicator, kind):
    practice = casebook.practice(a.CODE)
    flag = next(one for one in practice.flags.values() if (one.indicator, one.kind) == (indicator, kind))
    return practice.standing[flag.version].fact


def test_a_yearly_flag_finds_its_evidence_on_its_page(people, casebook):
    fact = raised(casebook, "OE02", FlagKind.SHIFTING)
    page = people.caseworker.open(f"{HERE}/OE02")
    told = {row[0]: row[1:] for row in tables(page, "Since the year before")}
    assert told["This practice"] == ["92.7%", "74.4%"]
    assert told["Expected: as all practices changed"][1] == f"{fact.comparator:.1%}"
    assert told["99.8% limits of that"][1] == f"{fact.lower_alarm:.1%} to {fact.upper_alarm:.1%}"
    assert told["Distance, z"][1] == f"{fact.z:+.2f}"
    assert "lower than the 99.8% limits of the change among 17 practices" in page.text


def test_of_one_year_there_is_no_change(people):
    page = people.caseworker.open(f"{HERE}/PE01")
    assert "Since the year before" not in page.text
    assert "Once a year: judged by how it changed since the year before" in page.text


def test_a_period_that_no_release_has_is_not_found(people):
    assert people.caseworker.open(f"{HERE}/OE02?period=1999").status == 404
    assert people.caseworker.open(f"{HERE}/OE02?period=2025/26").status == 200


def test_on_the_chart_another_person_accepts_an_explanation_and_nobody_their_own(people, casebook, record):
    flag = raised(casebook, "OE02", FlagKind.SHIFTING)
    record("caseworker", a.explain_flag(flag_id=flag.flag_id, explanation_id=WAITS))
    answers = [f"/{verb}?explanation_id={WAITS}" for verb in ("accept-explanation", "decline-explanation")]
    page = people.manager.open(f"{HERE}/OE02")
    assert "Open, explanation waits for an answer" in page.text
    for answer in answers:
        assert any(link.endswith(answer) for link in page.links.values())
    own = people.caseworker.open(f"{HERE}/OE02")
    assert not any(WAITS in link for link in own.links.values())
    assert "Another person says whether it is accepted" in own.text


def test_who_explains_or_answers_has_the_numbers_and_what_often_explains_them_at_hand(
    people, casebook, record
):
    fact = raised(casebook, "OE02", FlagKind.OUTLYING)
    form = people.caseworker.open(f"/practices/{a.CODE}/explain-flag?flag_id={fact.flag_id}")
    said = "Value: 74.4%, 744 of 1,000; All practices together: 9"
    assert said in form.text
    assert "Often explained by" in form.text
    assert "how it is coded, a merger or a change of list" in form.text
    sent = form.form().fill(category="coding", words="A template was lost.", given_by="practice").send()
    assert people.caseworker.open(sent.location.partition("#")[0]).links["Its chart"] == f"{HERE}/OE02"
    explanation = next(iter(casebook.practice(a.CODE).explanations))
    answer = people.manager.open(f"/practices/{a.CODE}/accept-explanation?explanation_id={explanation}")
    assert said in answer.text
    assert "A template was lost." in answer.text


def test_what_was_not_accepted_explains_nothing_on_the_chart_and_has_a_mark_of_its_own(
    people, casebook, record
):
    flag = raised(casebook, "OE02", FlagKind.OUTLYING)
    record("caseworker", a.explain_flag(flag_id=flag.flag_id, explanation_id=REFUSED))
    record("manager", a.decline_explanation(explanation_id=REFUSED))
    page = people.caseworker.open(f"{HERE}/OE02")
    assert "Open, explanation not accepted" in page.text
    assert marks(page) == {"raised", "explained", "refused"}
    assert any("/explain-flag?" in link for link in page.links.values())
    assert any("kind=data_validation" in link for link in page.links.values())
    everything = people.caseworker.open(HERE).text
    assert "Alarm: different from other practices, explanation not accepted" in everything


def test_of_many_steps_the_last_stand_open_and_the_others_are_folded(people, casebook, record):
    flag = raised(casebook, "OE02", FlagKind.OUTLYING)
    for number in range(12):
        record("caseworker", a.record_conversation(about_flags=(flag.flag_id,), said=f"Word {number}."))
    page = people.caseworker.open(f"{HERE}/OE02")
    assert "4 earlier steps" in page.text
    assert page.html.index('id="among-heading"') < page.html.index('id="story-heading"')


def values(person, indicator):
    _, columns, told = file_of(person, f"{HERE}/{indicator}.csv")
    return [dict(zip(columns, row, strict=True)) for row in told]


def test_a_file_says_whose_it_is_and_has_values_in_their_unit_with_all_practices(people):
    row = values(people.caseworker, "OE02")[-1]
    assert (row["Practice"], row["Code"]) == ("Larkfield Road Surgery", a.CODE)
    assert (row["Counted"], row["Of"], row["Value"], row["Unit"]) == ("744", "1000", "74.4", "%")
    assert row["All practices"].startswith("91.")


def test_of_a_share_the_rest_is_a_small_number_too(people):
    row = values(people.caseworker, "PE01")[-1]
    assert (row["Counted"], row["Of"], row["Value"]) == ("all but fewer than 5", "80", "kept back")
    assert row["All practices"] == ""


def test_a_total_less_all_the_others_tells_no_small_number(people):
    """One practice's count is kept back. Whoever has the file of every other must not have the total."""
    row = values(people.caseworker, "CQ06")[-1]
    assert row["Counted"] == "60"
    assert row["All practices"] == ""

"""Cover is arranged and ended; and everything of somebody who leaves is handed over in one form, also if it breaks off."""

import pytest

from application import hand_over
from application.casebook import Casebook
from domain.access.commands import EndRole
from domain.practice import events as e
from tests.support import factories as a
from tests.web.conftest import PEOPLE, tell

AMIRA, JO, MARTIN = (PEOPLE[who][0] for who in ("caseworker", "colleague", "manager"))
OTHERS = ("X90002", "X90003", "X90004")


@pytest.fixture
def practices(casebook, record):
    """Four practices of Amira's, and one of Jo's."""
    for code in (*OTHERS, "X90005"):
        tell(casebook, a.register_practice(code=code, name=f"Practice {code}"), code)
        record("manager", a.name_caseworker(caseworker=JO if code == "X90005" else AMIRA), code)
    record("manager", a.name_caseworker(caseworker=AMIRA))
    return (a.CODE, *OTHERS)


def arrange(people, who, absent, **answers):
    form = getattr(people, who).open(f"/cover/{absent}/arrange-cover").form("Arrange cover")
    days = {"to_on-day": "4", "to_on-month": "12", "to_on-year": "2026"}
    return form.send(**{"person_id": JO, **days, **answers})


def handed_over(casebook, codes):
    found = [entry.fact for code in codes for entry in casebook.history(f"practice-{code}")]
    return [fact for fact in found if isinstance(fact, e.PracticeHandedOver)]


def test_a_caseworker_arranges_cover_and_their_work_stands_under_the_others_marked(people, record, practices):
    record("caseworker", a.propose_action(due_on=a.TODAY, issue="Publish the rota"))
    assert "Publish the rota" not in people.colleague.open("/").text
    page = people.caseworker.follow(arrange(people, "caseworker", AMIRA, note="The log comes on Friday."))
    assert "Jo Park covers for Amira Khan from 21 November 2026 to 4 December 2026" in page.text
    assert "Covered by Jo Park, from 21 November 2026 to 4 December 2026" in page.text
    work = people.colleague.open("/")
    assert "Publish the rota" in work.text
    assert "Covering for Amira Khan: " in work.text
    assert "You cover for Amira Khan" in work.text
    assert "The log comes on Friday." in people.colleague.open("/cover").text
    assert "Covering for" not in people.caseworker.open("/").text


def test_cover_is_ended_from_today(people, practices):
    arrange(people, "caseworker", AMIRA)
    page = people.caseworker.open("/cover")
    [link] = [href for text, href in page.links.items() if text.startswith("End it today")]
    page = people.caseworker.follow(people.caseworker.open(link).form("End it today").send())
    assert "No cover is arranged." in page.text
    assert "You cover" not in people.colleague.open("/").text
    assert people.caseworker.open(link).status == 404


def test_nobody_who_is_away_covers_and_a_second_cover_is_told_of_the_first(people, practices, casebook):
    arrange(people, "colleague", JO, person_id=AMIRA)
    page = people.caseworker.open(f"/cover/{AMIRA}/arrange-cover")
    assert "Jo Park (away 21 November 2026 to 4 December 2026)" in page.text
    refused = arrange(people, "caseworker", AMIRA)
    assert list(refused.errors) == ["#person_id"]
    assert "They are away themselves on some of these days" in refused.text
    page = people.colleague.open(f"/cover/{JO}/arrange-cover")
    assert "Covered already by Amira Khan from 21 November 2026 to 4 December 2026." in page.text
    page = people.colleague.follow(arrange(people, "colleague", JO, person_id=MARTIN))
    assert "On some of these days Amira Khan covers too" in page.text


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(people):
    page = arrange(people, "caseworker", AMIRA, person_id="", note="Kept.", **{"to_on-year": "2020"})
    assert page.errors == {"#person_id": "Choose who covers"}
    assert page.form("Arrange cover").fields["note"] == "Kept."
    page = arrange(people, "caseworker", AMIRA, **{"to_on-year": "2020"})
    assert page.errors == {"#to_on-day": "Enter a date on or after the first day"}


def test_a_manager_arranges_cover_for_their_people_and_nobody_for_others(people, practices):
    assert arrange(people, "manager", AMIRA).status == 303
    assert "Covered by Jo Park" in people.manager.open("/cover").text
    assert "Amira Khan" in people.manager.open("/cover").text
    for who, absent in (("colleague", AMIRA), ("stranger", AMIRA), ("manager", PEOPLE["stranger"][0])):
        assert getattr(people, who).open(f"/cover/{absent}/arrange-cover").status == 404
    [link] = [
        href for text, href in people.manager.open("/cover").links.items() if text.startswith("End it today")
    ]
    for who in ("colleague", "stranger"):
        assert getattr(people, who).open(link).status == 404
    for who in ("lead", "adviser", "administrator"):
        assert getattr(people, who).open("/cover").status == 403
        assert getattr(people, who).open(f"/cover/{AMIRA}/arrange-cover").status == 403
    assert "Jo Park covers for Amira Khan" in people.auditor.open("/cover").text
    assert people.auditor.open(f"/cover/{AMIRA}/arrange-cover").status == 403


@pytest.mark.parametrize("thing", ["practice", "organisation", "reading", "performer"])
def test_what_is_nobody_is_nobodys_to_cover_and_is_read_as_no_person(people, casebook, practices, thing):
    casebook.recorder.at_hand._kept.clear()
    assert people.caseworker.open(f"/cover/{thing}-{a.CODE}/arrange-cover").status == 404
    assert people.manager.open(f"/cover/{thing}-{a.CODE}/hand-over-all").status == 404
    assert people.caseworker.open(f"/practices/{a.CODE}").status == 200


def test_all_practices_of_somebody_who_leaves_are_handed_over_with_one_id(people, casebook, practices):
    page = people.manager.open("/cover")
    assert page.links["Hand over all 4 practices of Amira Khan"] == f"/cover/{AMIRA}/hand-over-all"
    page = people.manager.open(f"/cover/{AMIRA}/hand-over-all")
    assert "Practice X90003 (X90003)" in page.text
    assert "X90005" not in page.text
    page = people.manager.follow(page.form("Hand them over").send(caseworker=JO, note="Amira left us."))
    assert "4 practices handed over to Jo Park" in page.text
    facts = handed_over(casebook, practices)
    assert [fact.before for fact in facts] == [AMIRA] * 4
    assert len({fact.hand_over_id for fact in facts}) == 1
    assert {fact.note.words for fact in facts} == {"Amira left us."}
    assert handed_over(casebook, ["X90005"]) == []
    assert people.manager.open(f"/cover/{AMIRA}/hand-over-all").status == 404


def test_a_form_that_is_sent_twice_hands_over_once(people, casebook, practices):
    form = people.manager.open(f"/cover/{AMIRA}/hand-over-all").form("Hand them over")
    form.send(caseworker=JO, note="Amira left us.")
    page = people.manager.follow(form.send(caseworker=JO, note="Amira left us."))
    assert "Nothing was left to hand over" in page.text
    assert len(handed_over(casebook, practices)) == 4


def test_what_another_manager_gave_to_somebody_else_meanwhile_is_theirs_and_both_answers_are_said(
    people, casebook, record, practices
):
    form = people.manager.open(f"/cover/{AMIRA}/hand-over-all").form("Hand them over")
    record("other_manager", a.name_caseworker(caseworker=MARTIN), "X90003")
    page = people.manager.follow(form.send(caseworker=JO, note="Amira left us."))
    assert "3 practices handed over to Jo Park" in page.text
    other = people.other_manager.open("/account").text
    said = "Practice X90003 was not handed over to Jo Park: "
    assert said in page.text
    assert " named Martin Lee as its caseworker on 21 November 2026, 10:00am GMT" in page.text
    assert page.text.partition(said)[2].partition(" named ")[0] in other
    assert len(handed_over(casebook, practices)) == 3


def test_a_practice_that_the_form_did_not_list_is_not_handed_over_unseen(people, casebook, record, practices):
    form = people.manager.open(f"/cover/{AMIRA}/hand-over-all").form("Hand them over")
    record("manager", a.name_caseworker(caseworker=AMIRA), "X90005")
    form.send(caseworker=JO, note="Amira left us.")
    assert handed_over(casebook, ["X90005"]) == []
    assert "Hand over their practice of Amira Khan" in people.manager.open("/cover").links


def test_as_many_practices_as_there_may_be_are_handed_over_by_the_form_that_lists_them(
    people, casebook, practices
):
    form = people.manager.open(f"/cover/{AMIRA}/hand-over-all").form("Hand them over")
    as_many = [f"Y{number:05}" for number in range(8_000)]
    listed = " ".join([*practices, *as_many])
    people.manager.follow(form.send(caseworker=JO, note="Amira left us.", listed=listed))
    assert len(handed_over(casebook, practices)) == 4


def test_what_breaks_off_midway_loses_nothing_and_sent_again_goes_on(
    people, casebook, practices, monkeypatch
):
    monkeypatch.setattr(hand_over, "AT_ONCE", 2)
    whole, calls = Casebook.handle_many, []

    def breaks_off(self, commands, asked):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt  # as when the process is killed
        return whole(self, commands, asked)

    form = people.manager.open(f"/cover/{AMIRA}/hand-over-all").form("Hand them over")
    monkeypatch.setattr(Casebook, "handle_many", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        form.send(caseworker=JO, note="Amira left us.")
    assert len(handed_over(casebook, practices)) == 2
    page = people.manager.follow(form.send(caseworker=JO, note="Amira left us."))
    assert "2 practices handed over to Jo Park" in page.text
    facts = handed_over(casebook, practices)
    assert len(facts) == 4
    assert len({fact.hand_over_id for fact in facts}) == 1


def test_what_cannot_be_handed_over_is_named_and_the_rest_is(people, casebook, record, practices):
    record("colleague", a.recuse_person(person_id=JO, practice="X90003"), JO)
    page = people.manager.open(f"/cover/{AMIRA}/hand-over-all")
    page = people.manager.follow(page.form("Hand them over").send(caseworker=JO, note="Amira left us."))
    assert "3 practices handed over to Jo Park" in page.text
    assert "Practice X90003 was not handed over: Choose somebody who works" in page.text
    assert page.links["Hand over their practice of Amira Khan"] == f"/cover/{AMIRA}/hand-over-all"
    assert len(handed_over(casebook, practices)) == 3


def test_whoever_has_no_role_any_more_is_still_listed_with_what_they_left(people, casebook, practices):
    tell(casebook, EndRole(person_id=AMIRA, reason="Left."), AMIRA)
    page = people.manager.open("/cover")
    assert "Amira Khan No role here today, 4 practices" in page.text
    page = people.manager.open(f"/cover/{AMIRA}/hand-over-all")
    assert page.form("Hand them over").send(caseworker=JO, note="Amira left us.").status == 303
    assert len(handed_over(casebook, practices)) == 4


def test_only_a_manager_of_the_organisation_hands_over_all(people, practices):
    address = f"/cover/{AMIRA}/hand-over-all"
    for who in ("caseworker", "colleague", "adviser", "lead", "auditor", "administrator"):
        assert getattr(people, who).open(address).status == 403
    assert people.manager.open(f"/cover/{PEOPLE['stranger'][0]}/hand-over-all").status == 404

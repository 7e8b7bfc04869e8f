"""A day typed as day, month and year: what is taken, and which part of what is not taken is named."""

from datetime import date

import pytest

from tests.support import factories as a
from web.forms.days import NotADay, as_typed, day_typed

CONVERSATION = f"/practices/{a.CODE}/record-conversation"


def typed(text):
    return dict(zip(("day", "month", "year"), text.split("/"), strict=True))


@pytest.mark.parametrize(
    ("text", "day"),
    [("3/11/2026", date(2026, 11, 3)), ("03/November/2026", date(2026, 11, 3)), ("3/nov/2026", date(2026, 11, 3)),
     (" 29 / 2 / 2024 ", date(2024, 2, 29)), ("//", None), (" / / ", None)],
)  # fmt: skip
def test_a_day_is_read(text, day):
    assert day_typed(typed(text), "The date") == day


@pytest.mark.parametrize(
    ("text", "message", "parts"),
    [
        ("31/2/2026", "The date must be a real date: February 2026 has 28 days", ("day",)),
        ("29/2/2026", "The date must be a real date: February 2026 has 28 days", ("day",)),
        ("3//2026", "The date must include a month", ("month",)),
        ("3//", "The date must include a month and a year", ("month", "year")),
        ("//2026", "The date must include a day and a month", ("day", "month")),
        ("3/11/26", "The date must have a year of 4 numbers, such as 2026", ("year",)),
        ("3/11/20266", "The date must have a year of 4 numbers, such as 2026", ("year",)),
        ("3/11/0026", "The date must have a year of 4 numbers, such as 2026", ("year",)),
        ("3/13/2026", "The date must have a month from 1 to 12, or its name", ("month",)),
        ("3/Brumaire/2026", "The date must have a month from 1 to 12, or its name", ("month",)),
        ("0/11/2026", "The date must have a day from 1 to 31", ("day",)),
        ("32/11/2026", "The date must have a day from 1 to 31", ("day",)),
        ("-3/11/2026", "The date must have a day from 1 to 31", ("day",)),
        ("٣/11/2026", "The date must have a day from 1 to 31", ("day",)),
    ],
)
def test_what_is_not_a_day_is_said_by_its_part(text, message, parts):
    with pytest.raises(NotADay) as refused:
        day_typed(typed(text), "The date")
    assert (refused.value.message, refused.value.parts) == (message, parts)


def test_a_day_is_typed_again_as_it_was():
    assert day_typed(as_typed(date(2026, 11, 3)), "The date") == date(2026, 11, 3)
    assert day_typed(as_typed(None), "The date") is None


@pytest.mark.parametrize(
    ("typed", "where", "message"),
    [
        ((31, 2, 2026), "#occurred_on-day", "The date must be a real date: February 2026 has 28 days"),
        ((3, "", 2026), "#occurred_on-month", "The date must include a month"),
        ((3, 11, 26), "#occurred_on-year", "The date must have a year of 4 numbers, such as 2026"),
        ((22, 11, 2026), "#occurred_on-day", "The date must be today or in the past"),
        (("", "", ""), "#occurred_on-day", "Enter the date"),
    ],
)
def test_an_error_leads_to_the_box_to_mend_and_keeps_what_was_typed(people, history, typed, where, message):
    page = people.caseworker.open(CONVERSATION).form().send(said="Said.", occurred_on=typed)
    assert page.status == 422
    assert page.errors == {where: message}
    kept = page.form().fields
    assert tuple(kept[f"occurred_on-{part}"] for part in ("day", "month", "year")) == tuple(map(str, typed))
    assert history() == []


def test_an_end_before_its_start_is_refused_at_its_field(people, history):
    page = (
        people.caseworker.open(f"/practices/{a.CODE}/sign-contract")
        .form()
        .send(
            contract_type="GMS",
            reference="GMS 1",
            parties="Dr One",
            starts_on=(1, 4, 2024),
            ends_on=(31, 3, 2024),
        )
    )
    assert page.errors == {"#ends_on-day": "Enter a date on or after 1 April 2024"}
    assert history() == []


def test_today_stands_in_the_form_and_is_that_of_london(people, clock):
    clock.at = clock.at.replace(year=2027, month=7, day=1, hour=23, minute=30)
    fields = people.caseworker.open(CONVERSATION).form().fields
    assert [fields[f"occurred_on-{part}"] for part in ("day", "month", "year")] == ["2", "7", "2027"]

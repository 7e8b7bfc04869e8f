"""Searching from the command line: by the same rules as the page."""

from tests.cli.test_show import CASEWORKER


def test_a_practice_is_found_by_name_code_and_by_what_was_mistyped(practice):
    found = practice.fine("search", "A81001", "--json").json
    assert [one["code"] for one in found["practices"]] == ["A81001"]
    assert (found["total"], found["counts"]["practice"], found["meant"]) == (1, 1, None)
    name = found["practices"][0]["name"].split()[0]
    assert "A81001" in practice.fine("search", name.lower(), "--as", CASEWORKER).out
    assert practice.fine("search", "zzzz").out == ""


def test_practices_listed_for_a_mistyped_name_are_said_to_be_called_like_that_though_nothing_is_found(
    practice,
):
    ran = practice.fine("search", "surgrey")
    assert [line[:6] for line in ran.out.splitlines()] == ["A81001", "A81002"]
    assert ran.err == "Did you mean: surgery\n0 found; listed: 2 practices called like that\n"
    assert practice.fine("search", "zzzz").err == "0 found\n"
    assert practice.fine("search", "surgery").err == "2 found\n"


def test_what_was_told_is_found_with_its_entry(practice):
    said = {
        "channel": "phone", "occurred_on": "2014-05-01", "said": "The telephone rota was mended.",
        "attendees": [{"side": "contract_holder", "role": "caseworker"}],
    }  # fmt: skip
    assert practice.do("RecordConversation", "A81001", CASEWORKER, **said).status == 0
    ran = practice.fine("search", "telephones", "rot", "--as", CASEWORKER)
    assert ran.out == "A81001/3  2014-05-01  conversation  The telephone rota was mended.\n"
    [entry] = practice.fine("search", '"telephone rota"', "--kind", "conversation", "--json").json["entries"]
    assert [piece["text"] for piece in entry["passage"] if piece["marked"]] == ["telephone rota"]


def test_who_may_not_read_practices_may_not_search(practice):
    practice.fine("person", "add", "clerk@example.org", "--name", "Clerk", "--role", "administrator")
    ran = practice("search", "telephone", "--as", "clerk@example.org")
    assert (ran.status, ran.out) == (1, "")
    assert "the-role-may-do-this" in ran.err
    assert practice("search").status == 2

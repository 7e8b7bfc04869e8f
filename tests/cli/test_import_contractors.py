"""The registers of pharmacies and of opticians, taken in as that of GP practices is."""

import pytest

from tests.cli.conftest import listed
from tests.cli.test_import_register import counts


def pharmacy(code, name="THE PHARMACY", *, sub_type="1", **more):
    """A row of edispensary: column 14 is the sub-type, column 15 the headquarters, and column 26 says nothing."""
    row = listed(code, name, setting="", ccg="P0C1X", **more)
    row[13] = sub_type
    return row


def optician(code, name="THE OPTICIAN", **more):
    """A row of eoptsite: column 15 is the headquarters."""
    return listed(code, name, setting="", ccg="TP1", **more)


ROWS = {"pharmacy": ("FX901", pharmacy, "edispensary"), "ophthalmic": ("TX901", optician, "eoptsite")}


def take_in(casebook, file, kind):
    return casebook.fine("import", "register", "--kind", kind, file).counts


@pytest.mark.parametrize("kind", ROWS)
def test_a_contractor_is_registered_as_what_it_is_with_who_answers_for_it(casebook, register, kind):
    code, row, source = ROWS[kind]
    file = register(row(code), name=f"{source}.csv")
    assert take_in(casebook, file, kind) == counts(registered=1)
    registered, assigned = casebook.fine("history", code, "--json").json
    assert registered["data"]["kind"] == kind
    assert registered["data"]["source"] == source
    assert registered["data"]["address"] == "1 HIGH STREET, TOWN"
    assert assigned["data"]["contract_holder"] == "Q74"
    assert assigned["data"]["local_commissioner"] is None  # column 15 is its headquarters
    assert assigned["data"]["from_on"] == registered["data"]["occurred_on"]


@pytest.mark.parametrize("kind", ROWS)
def test_taken_in_again_it_changes_nothing_and_a_change_is_recorded(casebook, register, kind):
    code, row, _ = ROWS[kind]
    take_in(casebook, register(row(code), name="one.csv"), kind)
    assert take_in(casebook, register(row(code), name="two.csv"), kind) == counts(unchanged=1)
    renamed = register(row(code, "ANOTHER NAME"), name="three.csv")
    assert take_in(casebook, renamed, kind) == counts(changed=1)


@pytest.mark.parametrize("kind", ROWS)
def test_it_closes_and_opens_again_as_the_register_says(casebook, register, kind):
    code, row, source = ROWS[kind]
    take_in(casebook, register(row(code), name="one.csv"), kind)
    closed = register(row(code, status="C", closed="20200331"), name="two.csv")
    assert take_in(casebook, closed, kind) == counts(closed=1)
    assert casebook.fine("history", code, "--json").json[-1]["data"]["source"] == source
    assert take_in(casebook, register(row(code), name="three.csv"), kind) == counts(reopened=1)


def test_appliance_contractors_and_headquarters_are_passed_over(casebook, register):
    rows = [pharmacy("FX901"), pharmacy("FX902", sub_type="2"), pharmacy("P0C1X")]
    assert take_in(casebook, register(*rows), "pharmacy") == counts(registered=1, skipped=2)
    sites = [optician("TX901"), optician("TP1")]
    assert take_in(casebook, register(*sites, name="sites.csv"), "ophthalmic") == counts(
        registered=1, skipped=1
    )


def test_one_register_says_nothing_of_what_another_lists(casebook, register):
    take_in(casebook, register(listed("A81001")), "practice")
    take_in(casebook, register(pharmacy("FX901"), pharmacy("FX902"), name="pharmacies.csv"), "pharmacy")
    fewer = register(pharmacy("FX901"), name="fewer.csv")
    assert take_in(casebook, fewer, "pharmacy") == counts(unchanged=1, vanished=1)
    assert take_in(casebook, register(listed("A81001"), name="again.csv"), "practice") == counts(unchanged=1)


def test_a_row_that_cannot_be_read_is_rejected_with_its_line(casebook, register):
    ran = casebook(
        "import", "register", "--kind", "pharmacy", register(pharmacy("FX901"), pharmacy("FX902", team=""))
    )
    assert "line 2: column 4, the area team, is empty" in ran.err
    assert ran.counts == counts(registered=1, rejected=1)


def test_another_kind_is_no_register(casebook, register):
    assert casebook("import", "register", "--kind", "dentist", register(listed("A81001"))).status == 2


def test_the_file_of_another_register_is_refused_and_said_to_be_one(casebook, register):
    of_practices = register(listed("A81001"), listed("A81002"), name="epraccur.csv")
    ran = casebook("import", "register", "--kind", "pharmacy", of_practices)
    assert ran.status == 1
    assert ran.err == (
        "Nothing in epraccur.csv is of --kind pharmacy, so nothing was taken in: it looks like the file for --kind practice\n"
    )
    assert casebook("show", "A81001").status == 1

"""The national register, taken in from the command line: what each kind of row comes to, and what bad ones do."""

import csv
import gzip
import io
import itertools

import pytest

from tests.cli.conftest import listed

NOTHING = dict.fromkeys(
    (
        "registered",
        "changed",
        "closed",
        "reopened",
        "unchanged",
        "skipped",
        "dormant",
        "vanished",
        "rejected",
    ),
    0,
)


def counts(**some):
    return NOTHING | some


def take_in(casebook, file):
    ran = casebook.fine("import", "register", file)
    return ran.counts


@pytest.fixture
def two(register):
    return register(listed("A81001", "ONE SURGERY"), listed("A81002", "TWO SURGERY"), name="two.csv")


def last(casebook, code):
    return casebook.fine("history", code, "--json").json[-1]


def names(casebook, code):
    return [fact["name"] for fact in casebook.fine("history", code, "--json").json]


def test_active_gp_practices_are_registered_with_what_the_register_says(casebook, register):
    file = register(listed("A81001", "ONE SURGERY"), name="epraccur.csv.gz")
    assert take_in(casebook, file) == counts(registered=1)
    registered, assigned = casebook.fine("history", "A81001", "--json").json
    assert registered["name"] == "practice.registered"
    assert registered["data"]["name"] == "ONE SURGERY"
    assert registered["data"]["address"] == "1 HIGH STREET, TOWN"
    assert registered["data"]["postcode"] == "TS1 1AA"
    assert registered["data"]["telephone"] == "01642 374788"
    assert registered["data"]["opened_on"] == "1974-04-01"
    assert registered["data"]["source"] == "epraccur"
    assert (registered["person"], registered["role"]) == ("operator", "operator")
    assert assigned["data"]["contract_holder"] == "Q74"
    assert assigned["data"]["local_commissioner"] == "00M"
    assert assigned["data"]["region"] == "Y54"
    assert assigned["data"]["from_on"] == "2013-04-01"


def test_the_counts_are_printed_one_a_line_in_their_order(casebook, two):
    lines = casebook.fine("import", "register", two).out.splitlines()
    assert lines == [
        "registered 2", "changed 0", "closed 0", "reopened 0", "unchanged 0", "skipped 0", "dormant 0",
        "vanished 0", "rejected 0",
    ]  # fmt: skip


def test_taken_in_again_it_changes_nothing(casebook, two):
    take_in(casebook, two)
    before = casebook.fine("history", "A81001", "--json").out
    assert take_in(casebook, two) == counts(unchanged=2)
    assert casebook.fine("history", "A81001", "--json").out == before


def test_a_new_name_and_a_new_commissioner_in_one_row_are_one_change(casebook, register, two):
    take_in(casebook, two)
    changed = register(listed("A81001", "NEW NAME", ccg="00K"), listed("A81002", "TWO SURGERY"))
    assert take_in(casebook, changed) == counts(changed=1, unchanged=1)
    assert names(casebook, "A81001")[2:] == ["practice.details-changed", "practice.responsibility-assigned"]


@pytest.mark.parametrize(
    ("told", "field", "value"),
    [
        ({"name": "NEW"}, "name", "NEW"),
        ({"lines": ("2 NEW ROAD", "", "", "", "")}, "address", "2 NEW ROAD"),
        ({"postcode": "TS2 2BB"}, "postcode", "TS2 2BB"),
        ({"telephone": "01642 000001"}, "telephone", "01642 000001"),
        ({"team": "Q75"}, "contract_holder", "Q75"),
        ({"ccg": "00K"}, "local_commissioner", "00K"),
        ({"region": "Y55"}, "region", "Y55"),
    ],
)
def test_each_detail_that_changes_is_recorded(casebook, register, told, field, value):
    take_in(casebook, register(listed("A81001")))
    assert take_in(casebook, register(listed("A81001", **told))) == counts(changed=1)
    assert last(casebook, "A81001")["data"][field] == value


def test_the_list_size_that_a_person_recorded_stays(practice, register):
    practice.do(
        "ChangeDetails", "A81001", "caseworker@example.org", name="ONE SURGERY", list_size=4000
    )  # fmt: skip
    take_in(practice, register(listed("A81001", "NEW"), listed("A81002", "TWO SURGERY")))
    assert last(practice, "A81001")["data"]["list_size"] == 4000


def test_a_closure_is_recorded_on_its_date_and_a_reopening_when_it_is_listed_again(casebook, register, two):
    take_in(casebook, two)
    closed = register(
        listed("A81001", "ONE SURGERY", status="C", closed="20140630"), listed("A81002", "TWO SURGERY")
    )
    assert take_in(casebook, closed) == counts(closed=1, unchanged=1)
    assert last(casebook, "A81001")["data"]["closed_on"] == "2014-06-30"
    assert take_in(casebook, closed) == counts(unchanged=2)
    assert take_in(casebook, two) == counts(reopened=1, unchanged=1)
    assert last(casebook, "A81001")["name"] == "practice.reopened"
    assert take_in(casebook, two) == counts(unchanged=2)


def test_a_reopening_with_new_details_is_counted_once(casebook, register, two):
    take_in(casebook, two)
    take_in(casebook, register(listed("A81001", "ONE SURGERY", status="C", closed="20140630")))
    assert take_in(casebook, register(listed("A81001", "NEW"), listed("A81002", "TWO SURGERY"))) == counts(
        reopened=1, unchanged=1
    )
    assert names(casebook, "A81001")[-2:] == ["practice.reopened", "practice.details-changed"]


def test_the_register_does_not_reopen_what_a_person_closed(practice, two):
    assert practice.do("ClosePractice", "A81001", "manager@example.org", closed_on="2014-06-30").status == 0
    assert take_in(practice, two) == counts(unchanged=1, skipped=1)
    assert last(practice, "A81001")["name"] == "practice.closed"


def test_dormant_proposed_and_missing_rows_change_nothing(casebook, register):
    codes = [f"A8100{number}" for number in range(1, 5)]
    take_in(casebook, register(*(listed(code) for code in codes)))
    dormant = listed(codes[0], status="D")
    proposed = listed(codes[1], status="P")
    assert take_in(casebook, register(dormant, proposed, listed(codes[2]))) == counts(
        dormant=1, skipped=1, unchanged=1, vanished=1
    )
    assert take_in(casebook, register(*(listed(code) for code in codes))) == counts(unchanged=4)


def test_dormant_closed_and_proposed_rows_of_practices_that_are_not_registered_are_skipped(
    casebook, register
):
    file = register(
        listed("A81001", status="D"),
        listed("A81002", status="P"),
        listed("A81003", status="C", closed="20140101"),
    )
    assert take_in(casebook, file) == counts(skipped=3)
    assert casebook("show", "A81001").status == 1


def test_other_settings_are_skipped_whatever_their_dates_and_codes_look_like(casebook, register):
    assert take_in(
        casebook, register(listed("ALD700", setting="0", joined="x"), listed("Y00001", setting=""))
    ) == counts(skipped=2)


def test_a_demonstration_or_hand_made_practice_does_not_vanish(practice, register):
    told = {"name": "INVENTED", "contract_holder": "Q74", "local_commissioner": "00M"}
    assert practice.do("RegisterPractice", "X90001", "manager@example.org", **told).status == 0
    file = register(listed("A81001", "ONE SURGERY"), listed("A81002", "TWO SURGERY"))
    assert take_in(practice, file) == counts(unchanged=2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (listed("A81009")[:26], "this line has 26 columns, not 27"),
        ([*listed("A81009"), "x"], "this line has 28 columns, not 27"),
        (listed("A8100"), "A8100, code: Enter its ODS code"),
        (listed(""), "column 1 must be an ODS code, not empty"),
        (listed("a81009"), "column 1 must be an ODS code, not 'a81009'"),
        (listed("V81999"), "V81999, code: Enter its ODS code"),
        (listed("A81009", joined="20140231"), "column 16 must be a date as yyyymmdd, not '20140231'"),
        (listed("A81009", opened="1 May 2014"), "column 11 must be a date as yyyymmdd, not '1 May 2014'"),
        (listed("A81009", opened="21990101"), "A81009, opened on: Enter today's date or a date in the past"),
        (listed("A81009", ""), "column 2, the name, is empty"),
        (listed("A81009", team=""), "column 4, the area team, is empty"),
        (listed("A81009", status="X"), "column 13 must be A, C, D or P, not 'X'"),
        (listed("A81009", setting="four"), "column 26 must be a number, not 'four'"),
        (listed("A81009", "N" * 201), "A81009, name: This is 201 characters long"),
        (listed("A81009", "BELL\a"), "A81009, name: Remove the character U+0007"),
        (listed("A81001", status="C"), "column 12, the close date, is empty"),
        (listed("A81001", status="C", closed="21990101"), "closed on: Enter today's date or a date in the past"),
        (listed("A81001", status="C", closed="19730101"), "column 12, the close date, is before"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_with_its_reason_and_never_stops_the_rest(casebook, register, row, reason):
    take_in(casebook, register(listed("A81001")))
    ran = casebook("import", "register", register(listed("A81002"), row, listed("A81003")))
    assert ran.status == 1
    assert ran.err.startswith("line 2: "), ran.err
    assert reason in ran.err
    assert ran.err.endswith(
        "\n1 row was rejected, and the others were taken in. Mend the file and import it again\n"
    )
    assert ran.err.count("\n") == 2
    assert ran.counts["rejected"] == 1
    assert ran.counts["registered"] == 2


def test_of_two_rows_with_one_code_the_second_is_rejected(casebook, register):
    ran = casebook("import", "register", register(listed("A81001", "FIRST"), listed("A81001", "SECOND")))
    assert ran.err.startswith(
        "line 2: A81001 is on line 1 already\n1 row was rejected, and the others were taken in."
    )
    assert ran.counts == counts(registered=1, rejected=1)
    assert "FIRST" in casebook.fine("show", "A81001").out


def test_a_quote_left_open_spoils_its_own_line_only(casebook, register, tmp_path):
    file = register(listed("A81001"), listed("A81002"), listed("A81003"))
    file.write_text(file.read_text().replace('"A81002"', '"A81002'))
    ran = casebook("import", "register", file)
    assert ran.err.startswith("line 2: this line is not CSV")
    assert ran.counts == counts(registered=2, rejected=1)


def test_where_every_line_is_rejected_the_command_is_refused(casebook, register):
    ran = casebook("import", "register", register(["code", "name"], ["A81001", "ONE"]))
    assert ran.status == 1
    assert ran.err.endswith("\nNo row was taken in: every one was rejected\n")
    assert ran.counts == counts(rejected=2)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("r.csv", b"", "r.csv has no rows"),
        ("r.csv", b"\n \n", "r.csv has no rows"),
        ("r.csv", '"A81001","CAFÉ"\n'.encode("latin-1"), "r.csv is not UTF-8 text: line 1 has a byte that cannot be read"),
        ("r.csv", '"A81001"\n'.encode("utf-16-le"), "r.csv is not UTF-8 text: it has null characters"),
        ("r.csv.gz", b"A81001", "r.csv.gz is not a gzip file, though its name ends in .gz"),
        ("r.csv.gz", gzip.compress(b"A81001" * 99, mtime=0)[:20], "r.csv.gz is a damaged gzip file: copy it again"),
        ("r.csv.gz", gzip.compress(b"", mtime=0), "r.csv.gz has no rows"),
    ],
    ids=["empty", "blank", "latin-1", "utf-16", "not gzip", "half a gzip", "empty gzip"],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused_whole(casebook, tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    ran = casebook("import", "register", tmp_path / name)
    assert (ran.status, ran.out, ran.err) == (1, "", message + "\n")


def test_a_file_that_is_not_there_is_bad_use(casebook, tmp_path):
    ran = casebook("import", "register", tmp_path / "none.csv")
    assert ran.status == 2
    assert ran.err.count("\n") == 1


def test_people_do_not_take_in_the_register(practice, two):
    for role in ("caseworker", "manager", "lead", "auditor", "administrator"):
        ran = practice("import", "register", two, "--as", f"{role}@example.org")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith("the-role-may-do-this: ")


def test_a_telephone_number_that_is_also_a_valid_nhs_number_is_no_patients(casebook, register):
    file = register(listed("A81001", telephone="01697 72551"))
    assert take_in(casebook, file) == counts(registered=1)
    assert casebook.fine("history", "A81001", "--json").json[0]["data"]["telephone"] == "01697 72551"
    assert take_in(casebook, file) == counts(unchanged=1)


def imports(casebook):
    from application.settings import settings_from
    from application.stores import open_stores

    stores = open_stores(settings_from(casebook.environ))
    try:
        return [entry.fact for entry in stores.recorder.history("register-epraccur")]
    finally:
        stores.close()


def test_that_the_register_was_taken_in_is_recorded_when_it_changed_something(casebook, register, two):
    take_in(casebook, two)
    take_in(casebook, two)
    assert [(fact.rows, dict(fact.counts)["registered"], fact.file.words) for fact in imports(casebook)] == [
        (2, 2, "two.csv")
    ]
    take_in(
        casebook, register(listed("A81001", "NEW", status="A"), listed("A81002", "TWO SURGERY"), name="b.csv")
    )
    take_in(casebook, two)
    assert [dict(fact.counts)["changed"] for fact in imports(casebook)] == [0, 1, 1]


def test_a_run_that_was_killed_is_simply_run_again(casebook, register, monkeypatch):
    import application.register as taking_in

    file = register(*(listed(f"A81{number:03}") for number in range(20)))
    monkeypatch.setattr(taking_in, "BATCH", 5)
    recorded = itertools.count()
    real = taking_in._take_in

    def killed(*words):
        if next(recorded) == 2:
            raise KeyboardInterrupt
        return real(*words)

    monkeypatch.setattr(taking_in, "_take_in", killed)
    assert casebook("import", "register", file).status == 130
    monkeypatch.setattr(taking_in, "_take_in", real)
    assert take_in(casebook, file) == counts(registered=10, unchanged=10)
    assert take_in(casebook, file) == counts(unchanged=20)


def test_a_run_killed_before_it_said_so_is_said_by_the_next(casebook, two, monkeypatch):
    import application.register as taking_in

    def killed(*_words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(taking_in, "_record_import", killed)
        assert casebook("import", "register", two).status == 130
    assert imports(casebook) == []
    assert take_in(casebook, two) == counts(unchanged=2)
    assert [fact.rows for fact in imports(casebook)] == [2]
    take_in(casebook, two)
    assert len(imports(casebook)) == 1


def test_code_setting_and_status_of_every_row_are_kept(casebook, register):
    from sqlalchemy import select

    from application.settings import settings_from
    from application.stores import open_stores
    from application.tables import register_row

    shortened = listed("A81009")[:9]
    casebook(
        "import",
        "register",
        register(listed("A81001"), listed("Y00001", setting="10", status="D"), shortened),
    )
    take_in(casebook, register(listed("A81001", status="C", closed="20150101"), name="b.csv"))
    stores = open_stores(settings_from(casebook.environ))
    with stores.record_engine.connect() as connection:
        rows = connection.execute(select(register_row).order_by(register_row.c.code)).all()
    stores.close()
    assert [(row.code, row.setting, row.status) for row in rows] == [
        ("A81001", "4", "C"),
        ("Y00001", "10", "D"),
    ]
    assert len({row.import_sha256 for row in rows}) == 2


@pytest.fixture
def copy_of_2015(data, tmp_path):
    """A copy of the published file with one name, one commissioner, one closure, one row gone and one dormant."""
    with gzip.open(data / "epraccur_2015.csv.gz", "rt", encoding="utf-8", newline="") as published:
        rows = list(csv.reader(published))
    active = [at for at, row in enumerate(rows) if (row[25], row[12]) == ("4", "A")]
    name, ccg, closure, gone, dormant = (rows[active[number]] for number in (0, 100, 2000, 4000, 7000))
    name[1] = "A NEW NAME"
    ccg[14] = "00C" if ccg[14] != "00C" else "00D"
    closure[12], closure[11] = "C", "20150630"
    dormant[12] = "D"
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(row for row in rows if row is not gone)
    file = tmp_path / "copy.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


def test_the_published_register_of_2015(casebook, data, copy_of_2015):
    published = data / "epraccur_2015.csv.gz"
    assert take_in(casebook, published) == counts(registered=7851, skipped=4854)
    assert take_in(casebook, published) == counts(unchanged=7851, skipped=4854)
    assert take_in(casebook, copy_of_2015) == counts(
        changed=2, closed=1, vanished=1, dormant=1, unchanged=7846, skipped=4854
    )
    assert take_in(casebook, published) == counts(reopened=1, changed=2, unchanged=7848, skipped=4854)

"""Published data from the command line: taken in, restated, withdrawn, killed and run again, and its flags recomputed."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import at, listed, write_register
from tests.support import published as p

ROOT = Path(__file__).parents[2]
CLOSED = "X90099"


@pytest.fixture(scope="session")
def registered(tmp_path_factory, staffed):
    """A home where thirty practices are registered and one is listed as closed, to be copied."""
    folder = tmp_path_factory.mktemp("registered")
    casebook = at(shutil.copytree(staffed, folder / "home"))
    rows = [listed(code, f"SURGERY {code}") for code in p.CODES]
    closed = listed(CLOSED, "CLOSED SURGERY", status="C", closed="20150101")
    casebook.fine("import", "register", write_register(folder / "register.csv", *rows, closed))
    return casebook.home


@pytest.fixture
def casebook(home, registered):
    return at(shutil.copytree(registered, home))


@pytest.fixture
def file(tmp_path):
    """Writes rows as a file of published numbers."""

    def write(*rows, name="numbers.csv", heading=p.HEADING):
        return p.write(tmp_path / name, *rows, heading=heading)

    return write


def counted(ran, what):
    return int(next(line.split()[1] for line in ran.out.splitlines() if line.split()[0] == what))


def events(casebook, code=p.FAR):
    lines = casebook.fine("history", code).out.splitlines()
    return [line.split()[2] for line in lines if "practice.flag-" in line]


def test_a_release_is_taken_in_and_reports_by_kind_what_it_left_out(casebook, file):
    ran = casebook.fine(
        "import",
        "observations",
        file(*p.numbers("2016Q1"), "A99999,PS02,2016Q1,1,9", f"{CLOSED},PS02,2016Q1,1,9"),
        "--release",
        "2016Q1",
    )

    assert {what: counted(ran, what) for what in ("rows", "practices", "flags_raised")} == {
        "rows": 32,
        "practices": 30,
        "flags_raised": 1,
    }
    assert (counted(ran, "unknown_practice"), counted(ran, "not_active_practice")) == (1, 1)
    assert "line 32, column 1 (practice): A99999 is not in the register" in ran.err
    assert f"line 33, column 1 (practice): {CLOSED} is not an active GP practice" in ran.err
    assert events(casebook) == ["practice.flag-raised"]


def test_what_a_release_was_found_to_say_is_given_as_json_and_its_flags_are_counted_from_practices(
    casebook, file
):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")

    told = casebook.fine("flags", "--release", "2016Q1", "--json").json
    [one] = told["indicators"]
    assert (told["release"], told["state"], told["flags_raised"], told["flags_open"]) == (
        "2016Q1",
        "published",
        1,
        1,
    )
    assert (one["indicator"], one["practices"], one["flags_raised"]) == ("PS02", 30, 1)
    assert one["beyond_alarm"]["unadjusted"] >= one["beyond_alarm"]["adjusted"] >= 1
    assert one["beyond_alert"].keys() >= {"unadjusted", "adjusted"}
    assert one["phi"] > 0
    assert one["tau2"] >= 0
    [listed_release] = casebook.fine("releases", "--json").json["releases"]
    assert listed_release["reported"] == {}
    assert "30 practices, 1 indicator; 1 flag raised\n" in casebook.fine("releases").out


def test_those_beyond_the_limits_are_counted_either_way_and_said_to_be_with_those_for_the_worse_beside(
    casebook, file
):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    [one] = casebook.fine("flags", "--json").json["indicators"]
    alarm = one["beyond_alarm"]
    told = casebook.fine("flags").out
    assert (
        f"beyond alarm either way {alarm['unadjusted']}, adjusted {alarm['adjusted']}"
        f" (for the worse {alarm['adverse_unadjusted']}, adjusted {alarm['adverse_adjusted']})"
    ) in told
    assert "beyond alert either way " in told


def test_a_flag_that_a_newer_release_cleared_is_told_in_the_list(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    ran = casebook.fine("import", "observations", file(*p.numbers("2016Q2", far=4)), "--release", "2016Q2")
    assert counted(ran, "flags_cleared") == 1
    assert "; 0 flags raised, 1 cleared\n" in casebook.fine("releases").out


def test_the_practices_that_a_release_flagged_are_listed(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")

    [one] = casebook.fine("flags", "--json").json["indicators"]
    [flag] = one["flagged"]
    assert {
        key: flag[key] for key in ("practice", "kind", "level", "value", "raised_by_edition", "open")
    } == {
        "practice": p.FAR,
        "kind": "outlying",
        "level": "alarm",
        "value": 0.9,
        "raised_by_edition": 1,
        "open": True,
    }
    assert flag["flag_id"] in casebook.fine("history", p.FAR, "--json").out
    assert f"\n  {p.FAR}  outlying, alarm, open\n" in casebook.fine("flags").out


def test_a_practice_that_somebody_may_not_read_is_counted_and_not_named(casebook, file, tmp_path):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    elsewhere = listed(p.FAR, "FAR SURGERY", ccg="50A", team="Q50", region="Y50")
    casebook.fine("import", "register", write_register(tmp_path / "moved.csv", elsewhere))

    told = casebook.fine("flags", "--as", "manager@example.org", "--json").json
    assert (told["flags_open"], told["indicators"][0]["flags_open"]) == (1, 1)
    assert told["indicators"][0]["flagged"] == []
    assert p.FAR not in casebook.fine("flags", "--as", "manager@example.org").out
    assert p.FAR in casebook.fine("flags", "--as", "auditor@example.org").out


def test_flags_are_of_the_newest_release_unless_one_is_named(casebook, file):
    assert "No release is published yet" in casebook("flags").err
    casebook.fine("import", "observations", file(*p.numbers("2016Q1"), name="1.csv"), "--release", "2016Q1")
    casebook.fine("import", "observations", file(*p.numbers("2016Q2"), name="2.csv"), "--release", "2016Q2")

    assert casebook.fine("flags", "--json").json["release"] == "2016Q2"
    assert casebook.fine("flags", "--release", "2016Q1", "--json").json["release"] == "2016Q1"
    assert casebook("flags", "--release", "2015Q1").err == "There is no release 2015Q1\n"


def test_what_an_edition_said_is_told_after_it_was_restated_and_withdrawn(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    first = casebook.fine("flags", "--json").json
    restated = file(*p.numbers("2016Q1", far=80), name="restated.csv")
    casebook.fine("release", "restate", "2016Q1", restated, "--reason", "A wrong count.")
    casebook.fine("release", "withdraw", "2016Q1", "--reason", "All of it is wrong.")

    def edition(number):
        return casebook.fine("flags", "--release", "2016Q1", "--edition", number, "--json").json

    said = edition("1")
    assert said["indicators"] == first["indicators"]
    assert (said["state"], said["reason"], said["editions"]) == ("replaced", "A wrong count.", 2)
    assert (said["flags_raised"], said["flags_open"]) == (1, 1)
    second = edition("2")
    assert (second["state"], second["reason"]) == ("withdrawn", "All of it is wrong.")
    counts = ("flags_raised", "flags_raised_by_edition", "flags_kept", "flags_open")
    assert [second[one] for one in counts] == [2, 1, 0, 1]
    assert [flag["value"] for flag in second["indicators"][0]["flagged"]] == [0.9, 0.8]
    now = casebook.fine("flags", "--release", "2016Q1", "--json").json
    assert (now["state"], now["edition"], now["flags_open"]) == ("withdrawn", 2, 0)
    assert "2016Q1  withdrawn since: nothing of it stands, edition 2 of 2" in casebook.fine("flags").out
    assert casebook("flags", "--edition", "3").err == "The release 2016Q1 has 2 editions\n"


def test_a_flag_that_stood_through_a_restatement_is_told_as_kept(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    changed = [
        row.replace(",46,", ",47,") if row.startswith(p.CODES[0]) else row for row in p.numbers("2016Q1")
    ]
    ran = casebook.fine(
        "release", "restate", "2016Q1", file(*changed, name="again.csv"), "--reason", "A wrong count."
    )

    assert (counted(ran, "flags_kept"), counted(ran, "flags_raised"), counted(ran, "flags_withdrawn")) == (
        1,
        0,
        0,
    )
    told = casebook.fine("flags", "--json").json
    counts = ("flags_raised", "flags_raised_by_edition", "flags_kept", "flags_open")
    assert [told[one] for one in counts] == [1, 0, 1, 1]
    assert "0 flags raised, 1 kept from before (1 by all editions), 1 open" in casebook.fine("flags").out
    assert "0 flags raised, 1 kept\n" in casebook.fine("releases").out


def test_where_nothing_could_be_judged_it_is_said_instead_of_noughts(casebook, tmp_path):
    quarters = [f"{year}Q{quarter}" for year in (2013, 2014, 2015) for quarter in range(1, 5)]
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'layout = "wide"\npractice = "code"\nindicator = "OE04"\nchange = "log"\n[periods]\n'
        + "\n".join(f'"{one}" = "{one}"' for one in quarters)
    )
    rows = [f"{code}," + ",".join(str(5000 + 7 * at) for at in range(12)) for code in p.CODES]
    lists = p.write(tmp_path / "lists.csv", *rows, heading="code," + ",".join(quarters))
    casebook.fine("import", "observations", lists, "--mapping", mapping, "--release", "lists")

    [one] = casebook.fine("flags", "--json").json["indicators"]
    assert one["not_judged"] == "not judged: 11 of 12 periods needed"
    assert one["flags_nothing"] == "flags nothing: neither way is better"
    assert (
        "OE04  2015Q4: 30 practices, not judged: 11 of 12 periods needed; flags nothing: neither way is better\n"
        in casebook.fine("flags").out
    )


def test_numbers_are_told_without_the_noise_of_their_last_digits(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")

    assert '"by_chance": 0.75\n' in casebook.fine("flags", "--json").out


def test_a_flag_is_found_by_its_indicators_code_and_by_its_name(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")

    for words in ("PS02", "cephalosporins", "quinolone"):
        [entry] = casebook.fine("search", words, "--kind", "flag", "--json").json["entries"]
        assert (entry["code"], entry["kind"]) == (p.FAR, "flag")


def test_every_flag_is_derived_again_from_its_own_fact(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")

    assert casebook.fine("flags", "recompute").out == "1 flags recomputed, 0 differ\n"


def test_a_flag_that_its_own_evidence_does_not_give_is_named(casebook, file, monkeypatch):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    from domain.indicators import flagging

    real = flagging.recompute

    def otherwise(flag):
        from dataclasses import replace

        return replace(real(flag), z=99.0)

    monkeypatch.setattr("application.releases.recomputing.recompute", otherwise)
    ran = casebook("flags", "recompute")

    assert ran.status == 1
    assert ran.out.startswith(f"{p.FAR}/")
    assert "and 99.0 by its evidence" in ran.out


def test_restated_and_withdrawn_the_flags_follow_and_the_past_is_shown_as_it_was_known(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    assert "flag          PS02" in casebook.fine("show", p.FAR).out
    time.sleep(1.1)
    then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    time.sleep(1.1)

    restated = file(*p.numbers("2016Q1", far=80), name="restated.csv")
    ran = casebook.fine("release", "restate", "2016Q1", restated, "--reason", "A wrong count.")
    assert (counted(ran, "flags_raised"), counted(ran, "flags_withdrawn")) == (1, 1)
    ran = casebook.fine("release", "withdraw", "2016Q1", "--reason", "All of it is wrong.")
    assert counted(ran, "flags_withdrawn") == 1

    assert events(casebook) == [
        "practice.flag-raised",
        "practice.flag-withdrawn",
        "practice.flag-raised",
        "practice.flag-withdrawn",
    ]
    assert "flag          PS02" not in casebook.fine("show", p.FAR).out
    assert "flag          PS02" in casebook.fine("show", p.FAR, "--as-recorded-by", then).out
    assert casebook.fine("flags", "--release", "2016Q1", "--json").json["flags_open"] == 0
    assert casebook("import", "observations", restated, "--release", "2016Q1").status == 1


def test_a_manager_restates_and_nobody_else_but_the_operator(casebook, file):
    first = file(*p.numbers("2016Q1"))
    manager = ("--as", "manager@example.org")
    casebook.fine("import", "observations", first, "--release", "2016Q1", *manager)
    restated = file(*p.numbers("2016Q1", far=None), name="restated.csv")
    words = ("release", "restate", "2016Q1", restated, "--reason", "A wrong count.", "--as")

    for role in ("caseworker", "lead", "auditor", "administrator"):
        ran = casebook(*words, f"{role}@example.org")
        assert (ran.status, ran.err) == (1, "the-role-may-do-this: Your role does not allow this\n")
    assert counted(casebook.fine(*words, "manager@example.org"), "flags_withdrawn") == 1
    assert casebook("releases", "--as", "administrator@example.org").status == 1
    assert casebook.fine("releases", "--as", "auditor@example.org").out.startswith("2016Q1  restated")
    told = casebook.fine("releases", "--json").json["releases"][0]["history"]
    assert [one["fact"] for one in told] == [
        *("release.received", "release.validated", "release.published", "release.flagged"),
        *(
            "release.restated",
            "release.received",
            "release.validated",
            "release.published",
            "release.flagged",
        ),
    ]
    assert (told[4]["role"], told[4]["reason"]) == ("manager", "A wrong count.")
    assert (told[8]["role"], told[8]["on_behalf_of"]) == ("operator", told[4]["person"])
    assert told[0]["sha256"] != told[5]["sha256"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "line 1, column 1: the file is empty"),
        (
            b"practice,indicator,period\nX90001,PS02,2016Q1\n",
            "numerator and denominator, or value, are missing",
        ),
        (f"{p.HEADING}\nX90001,PS02,2016Q1,1e400,5\n".encode(), "line 2, column 4 (numerator)"),
        (gzip.compress(bytes(30_000_000)), "line 1, column 20001"),
        (b"x" * 5_000_000, "line 1, column 20001"),
        (f"{p.HEADING}\nA99999,PS02,2016Q1,1,5\n".encode(), "no number that can be taken in"),
    ],
)
def test_a_malformed_file_ends_in_a_line_and_nothing_is_published(casebook, tmp_path, content, says):
    bad = tmp_path / ("bad.csv.gz" if content.startswith(b"\x1f") else "bad.csv")
    bad.write_bytes(content)

    ran = casebook("import", "observations", bad, "--release", "2016Q1")

    assert ran.status == 1
    assert says in ran.err.splitlines()[-1]
    assert casebook.fine("releases", "--json").json == {"releases": []}
    assert casebook.fine("doctor").status == 0


def test_all_mistakes_of_a_file_are_told_in_the_order_of_its_lines(casebook, file, tmp_path):
    bad = file("X90001,PS02,2016Q1,1,0", "X90002,PS02,2016Q1,7,5", "X90003,PS02,2016Q1,1,5")
    report = tmp_path / "report.csv"
    ran = casebook("import", "observations", bad, "--release", "2016Q1", "--report", report)

    assert [line.partition(":")[0] for line in ran.err.splitlines()] == [
        "line 2, column 5 (denominator)",
        "line 3, column 4 (numerator)",
        "numbers.csv is refused, and nothing of it is published",
    ]
    assert "the first of 2 mistakes is in line 2, column 5" in ran.err.splitlines()[-1]
    assert report.read_text().splitlines()[2].startswith("mistake,3,4,numerator,")


def test_a_dry_run_tells_what_publishing_would_and_records_nothing(casebook, file):
    numbers = file(*p.numbers("2016Q1"), "A99999,PS02,2016Q1,1,9")
    tried = casebook.fine("import", "observations", numbers, "--release", "2016Q1", "--dry-run")

    assert (counted(tried, "rows"), counted(tried, "observations"), counted(tried, "unknown_practice")) == (
        31,
        30,
        1,
    )
    assert "A99999 is not in the register" in tried.err
    assert tried.out.splitlines()[-1] == "nothing published: a dry run"
    assert casebook.fine("releases", "--json").json == {"releases": []}
    assert events(casebook) == []

    done = casebook.fine("import", "observations", numbers, "--release", "2016Q1")
    assert done.out.startswith(tried.out.rpartition("nothing published")[0])
    bad = file("X90001,PS02,2016Q1,1,0", name="bad.csv")
    words = ("release", "restate", "2016Q1", bad, "--reason", "Wrong.", "--dry-run")
    assert casebook(*words).status == 1
    assert "line 2, column 5" in casebook(*words).err


def test_numbers_of_a_period_that_has_not_ended_are_refused(casebook, file):
    ran = casebook(
        "import", "observations", file("X90001,PS02,2999Q1,1,5"), "--release", "2999Q1", "--dry-run"
    )

    assert ran.status == 1
    assert "line 2, column 3 (period): 2999Q1 has not ended: it ends on 31 March 2999" in ran.err


def test_counts_by_kind_come_first_then_twenty_of_a_kind_and_a_report_has_all(casebook, file, tmp_path):
    unknown = [f"A{number:05},PS02,2016Q1,1,9" for number in range(600)]
    numbers, report = file(*p.numbers("2016Q1"), *unknown), tmp_path / "report.csv"
    ran = casebook.fine(
        "import", "observations", numbers, "--release", "2016Q1", "--report", report, "--dry-run"
    )

    lines = ran.err.splitlines()
    assert lines[0] == "600 unknown_practice: practices that are not in the register"
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == "unknown_practice: and 580 more; --report FILE writes all"
    told = report.read_text().splitlines()
    assert told[0] == "kind,line,column,name,words"
    assert len(told) == 601
    assert told[-1] == "unknown_practice,631,1,practice,A00599 is not in the register"


def test_a_release_withdrawn_again_for_another_reason_is_refused_and_for_the_same_unchanged(casebook, file):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    words = ("release", "withdraw", "2016Q1", "--reason")
    casebook.fine(*words, "All of it is wrong.")

    assert casebook.fine(*words, "All of it is wrong.").out == "unchanged\n"
    ran = casebook(*words, "Another reason.")
    assert ran.status == 1
    assert "withdrawn already, for another reason: that one stands" in ran.err


def test_finer_indicators_of_a_mapping_are_recorded_first(casebook, tmp_path):
    mapping = ROOT / "docs" / "mappings" / "childhood_immunisations.toml"
    rows = [f"2021/22,{code},5 years,MMR2,{95 + number % 4},100" for number, code in enumerate(p.CODES)]
    file = p.write(tmp_path / "c.csv", *rows, heading="year,ods_code,age,item,numerator,denominator")

    ran = casebook.fine("import", "observations", file, "--mapping", mapping, "--release", "2021-22")

    assert counted(ran, "indicators_defined") == 15
    assert "PS06-5Y-MMR2  version 1" in casebook.fine("indicators").out


def test_views_are_rebuilt_from_the_kept_files_and_a_backup_has_them(casebook, file, tmp_path):
    casebook.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    assert "observations  30 rows" in casebook.fine("rebuild").out
    for left in casebook.home.glob("views.db*"):
        left.unlink()
    assert casebook("doctor").status == 1
    casebook.fine("rebuild")
    assert "ok       observations" in casebook.fine("doctor").out

    casebook.fine("backup", tmp_path / "b", "--keys", tmp_path / "k")
    other = at(tmp_path / "other")
    other.fine("restore", tmp_path / "b", "--keys", tmp_path / "k")
    other.fine("rebuild")
    assert "ok       observations" in other.fine("doctor").out
    again = other.fine("import", "observations", file(*p.numbers("2016Q1")), "--release", "2016Q1")
    assert again.out == "unchanged\n"


KILLED = """
import os, signal, sys
from application.casebook import Casebook
from application.releases import editions, flags, publishing
from projections import observations_loaded
from web.cli import main

where = sys.argv.pop(1)
flags.BATCH = 1
kill = lambda *_given, **_named: os.kill(os.getpid(), signal.SIGKILL)
if where == "judged":
    editions.command = kill
elif where == "published":
    publishing.finish = kill
elif where == "loading":
    observations_loaded._write = kill
elif where == "flagging":
    real, done = Casebook.handle_many, []
    def some(self, commands, asked):
        commands = list(commands)
        if commands and type(commands[0][1]).__name__ == "SettleFlags":
            done.append(1)
            if len(done) > 1:
                kill()
        return real(self, commands, asked)
    Casebook.handle_many = some
elif where == "flagged":
    publishing._complete = kill
main()
"""


@pytest.mark.parametrize("where", ["judged", "published", "loading", "flagging", "flagged"])
def test_a_run_that_is_killed_is_run_again_and_ends_the_same(casebook, file, registered, tmp_path, where):
    another = [
        row.replace(p.FAR, "swap").replace(p.NEAR, p.FAR).replace("swap", p.NEAR)
        for row in p.numbers("2015/16", indicator="OE05")
    ]
    numbers = file(*p.numbers("2016Q1"), *another)
    words = ["import", "observations", str(numbers), "--release", "2016Q1"]

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, where, *words],
        env={**os.environ, **casebook.environ},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    casebook.fine(*words)

    whole = at(shutil.copytree(registered, tmp_path / "whole"))
    whole.fine(*words)
    for code in (p.FAR, p.NEAR):
        assert events(casebook, code) == events(whole, code)
    told, expected = (one.fine("flags", "--release", "2016Q1", "--json").json for one in (casebook, whole))
    assert told == expected
    assert told["flags"]["raised"] == 2
    assert "ok       releases" in casebook.fine("doctor").out
    assert casebook.fine(*words).out == "unchanged\n"

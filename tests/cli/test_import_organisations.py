"""Names of organisations, taken in from the command line."""

import pytest

OURS = "code,name,kind,label,part_of,from_on\n"
TEAMS = "area_team_code,area_team_name,region_code,region_name,practices_ge1000,patients,ccgs\n"
CCGS = "ccg_code5,ccg_code3,ccg_name,area_team_code,practices_ge1000,patients\n"


@pytest.fixture
def take_in(casebook, tmp_path):
    def take_in(text, *words):
        file = tmp_path / "names.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return casebook("import", "organisations", file, *words)

    return take_in


def named(casebook, code):
    from application.settings import settings_from
    from application.stores import open_stores

    stores = open_stores(settings_from(casebook.environ))
    try:
        return [entry.fact for entry in stores.recorder.history(f"organisation-{code}")]
    finally:
        stores.close()


def test_our_own_layout(casebook, take_in):
    text = (
        OURS + 'Q74,"Cumbria, and the North",area_team,area team,Y54,2015-04-01\n00M,South Tees,ccg,CCG,,\n'
    )
    ran = take_in(text)
    assert ran.counts == {"named": 2, "unchanged": 0, "rejected": 0}
    (team,) = named(casebook, "Q74")
    assert (team.name, team.kind, team.label, team.part_of) == (
        "Cumbria, and the North", "area_team", "area team", "Y54",
    )  # fmt: skip
    assert str(team.from_on) == "2015-04-01"
    (group,) = named(casebook, "00M")
    assert (str(group.from_on), group.part_of) == ("2013-04-01", None)
    assert take_in(text).counts == {"named": 0, "unchanged": 2, "rejected": 0}


def test_a_later_name_is_dated(casebook, take_in):
    take_in(OURS + "Q74,Old,area_team,area team,,\n")
    assert take_in(OURS + "Q74,New,area_team,area team,,\n", "--from", "2015-04-01").counts["named"] == 1
    assert [(fact.name, str(fact.from_on)) for fact in named(casebook, "Q74")] == [
        ("Old", "2013-04-01"), ("New", "2015-04-01"),
    ]  # fmt: skip


def test_the_published_list_of_area_teams_names_regions_too(casebook, take_in):
    text = TEAMS + "Q57,ESSEX  AREA TEAM,Y55,MIDLANDS AND EAST OF ENGLAND,272,1803010,7\n"
    assert take_in(text).counts == {"named": 1, "unchanged": 0, "rejected": 0}
    (team,), (region,) = named(casebook, "Q57"), named(casebook, "Y55")
    assert (team.name, team.kind, team.label, team.part_of) == (
        "ESSEX AREA TEAM",
        "area_team",
        "area team",
        "Y55",
    )
    assert (region.name, region.kind, region.part_of) == ("MIDLANDS AND EAST OF ENGLAND", "region", None)
    assert take_in(text).counts["unchanged"] == 1


def test_the_published_list_of_ccgs(casebook, take_in):
    text = (
        CCGS
        + "00C00,00C,DARLINGTON CCG,Q45,11,105876\nRY600,RY6,LEEDS COMMUNITY HEALTHCARE NHS TRUST,Q52,1,1121\n"
    )
    assert take_in(text).counts["named"] == 2
    (group,), (trust,) = named(casebook, "00C"), named(casebook, "RY6")
    assert (group.kind, group.label, group.part_of) == ("ccg", "CCG", "Q45")
    assert (trust.kind, trust.label) == ("trust", "NHS trust")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Q74,North", "this line has 2 columns, not 6"),
        ("q74,North,area_team,area team,,", "the code must be capital letters and digits, not 'q74'"),
        (",North,area_team,area team,,", "the code must be capital letters and digits, not ''"),
        ("Q74,,area_team,area team,,", "Q74: the name is empty"),
        ("Q74,North,,area team,,", "Q74: the kind is empty"),
        (
            "Q74,North,area_team,area team,,2013-02-31",
            "from_on must be a date as YYYY-MM-DD, not '2013-02-31'",
        ),
        (f"Q74,{'N' * 201},area_team,area team,,", "Q74, name: This is 201 characters long"),
        ('Q74,"North,area_team,area team,,', "this line is not CSV"),
        ("00M,Again,ccg,CCG,,", "00M is on line 2 already"),
    ],
)
def test_a_bad_line_is_named_and_never_stops_the_rest_and_the_command_says_that_there_was_one(
    take_in, line, reason
):
    ran = take_in(f"{OURS}00M,South Tees,ccg,CCG,,\n{line}\n00K,Hartlepool,ccg,CCG,,\n")
    assert ran.status == 1
    assert ran.counts == {"named": 2, "unchanged": 0, "rejected": 1}
    assert (
        "\n1 row was rejected, and the others were taken in. Mend the file and import it again\n" in ran.err
    )
    assert ran.err.startswith("line 3: ")
    assert reason in ran.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names.csv has no rows"),
        (OURS, "names.csv has a heading and no rows"),
        ("a,b\n1,2\n", "The first line of names.csv must be one of these headings: code,name,kind"),
        (f"{OURS}Q74,Caf\xe9,k,l,,\n".encode("latin-1"), "names.csv is not UTF-8 text: line 2"),
    ],
    ids=["empty", "heading only", "another heading", "latin-1"],
)
def test_a_file_without_names_is_refused_whole(take_in, text, message):
    ran = take_in(text)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(message)
    assert ran.err.count("\n") == 1


def test_the_published_lists(casebook, data):
    assert casebook.fine("import", "organisations", data / "area_teams_2013q2.csv").counts["named"] == 27
    assert casebook.fine("import", "organisations", data / "ccgs_2013q2.csv").counts["named"] == 213
    for name in ("area_teams_2013q2.csv", "ccgs_2013q2.csv"):
        counts = casebook.fine("import", "organisations", data / name).counts
        assert (counts["named"], counts["rejected"]) == (0, 0)

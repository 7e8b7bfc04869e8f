"""The caseload beside what was last recommended: where a tier is another, whoever reads it."""

from tests.support import factories as a
from tests.web.test_export_found import file_of


def test_the_caseload_finds_the_practices_whose_tier_is_not_what_was_last_recommended(people, record):
    assert "No practice matches" in people.manager.open("/practices?differs=yes").text
    record("caseworker", a.raise_flag(indicator="PS01", level="alarm"))
    page = people.manager.open("/practices?differs=yes")
    assert "1 practice that matches" in page.text
    assert "last recommended: room for improvement" in page.text
    _, columns, (row,) = file_of(people.manager, "/practices.csv?differs=yes")
    assert row[columns.index("Last recommended")] == "Room for improvement"


def test_what_the_caseload_says_was_recommended_is_what_both_may_know(people, record):
    heard = a.record_intelligence(
        intelligence_id="intelligence-0000aaaa", visibility="internal", immediate_safety_risk=True
    )
    record("caseworker", heard)
    record("colleague", a.corroborate_intelligence(intelligence_id="intelligence-0000aaaa"))
    for who in (people.manager, people.lead):
        assert "last recommended:" not in who.open("/practices").text

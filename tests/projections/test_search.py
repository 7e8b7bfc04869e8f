"""What is found, by whom, in which order: on both databases alike."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from domain.practice import events as e
from domain.practice.kinds import Visibility
from domain.rules import Sealed
from projections import searching
from projections.searching import NEWEST
from projections.typed import typed
from tests.projections.conftest import dump
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OPERATOR, by, recorded

THEIRS = {"contract_holder": "Q50", "region": "Y50", "local_commissioner": "50A"}


def told(code, name, *facts, postcode=None, **responsible):
    """A practice, with facts from version 3 on."""
    registered = a.practice_registered(code=code, name=Sealed(name), postcode=postcode)
    return recorded(
        by(OPERATOR, registered), by(OPERATOR, a.responsibility_assigned(**responsible)), *facts, code=code
    )


def said(words, subject=None, on=date(2026, 11, 3), **more):
    return a.conversation_recorded(
        entry_id=a.new_id("entry"),
        said=Sealed(words),
        subject=subject and Sealed(subject),
        occurred_on=on,
        **more,
    )


def made_set():
    """A made set of practices, and what was told of them."""
    return [
        told(
            "X90001",
            "Larkfield Road Surgery",
            said("The appointment system was changed on Monday.", "Appointments"),
            said("Two receptionists left; the telephones are not answered before nine."),
            a.action_proposed(
                action_id="action-0000aaaa",
                issue=Sealed("Publish a rota for the reception desk"),
                success_measure=Sealed("A rota stands on the noticeboard"),
            ),
            a.action_progressed(
                action_id="action-0000aaaa", words=Sealed("First draft circulated to partners")
            ),
            postcode="LS1 4AB",
        ),
        told(
            "X90002",
            "Sedgewick Health Centre",
            a.flag_raised(flag_id="flag-0000bbbb", note=Sealed("Cervical screening fell sharply")),
            a.flag_explained(
                flag_id="flag-0000bbbb", words=Sealed("Samples were coded twice after the merger")
            ),
            a.tier_proposed(
                proposal_id="proposal-0000cc", rationale=Sealed("Safeguarding policies are overdue")
            ),
            a.tier_decided(
                decision_id="decision-0000cc", rationale=Sealed("Improvement notice considered, declined")
            ),
            postcode="BD7 1HR",
        ),
        told(
            "X90003",
            "St Bríd’s Practice",
            said("The partners met at the café about premises and parking."),
            a.intelligence_recorded(
                intelligence_id="intelligence-0000dd",
                summary=Sealed("Vaccine fridge temperatures were not kept"),
            ),
            postcode="LS14 9ZZ",
        ),
        told("X90004", "The Larches", said("The system of appointments was praised.", on=date(2026, 11, 10))),
        told("X90050", "Larkfield Grange", said("The appointment system failed badly."), **THEIRS),
    ]


EXPECTED = {
    "X90001": "X90001",
    "x90002": "X90002",
    "LS1 4AB": "X90001",
    "ls14ab": "X90001",
    "bd7": "X90002",
    "larkfield": "X90001",
    "Larkfield surgeries": "X90001",
    "brid's": "X90003",
    "Sedgwick": "X90002",
    "larkfeild": "X90001",
    "the larches": "X90004",
    '"appointment system"': "X90001/3",
    "appointments system": "X90001/3",
    "receptionist": "X90001/4",
    "telephone answered": "X90001/4",
    "rotas": "X90001/5",
    "draft circul": "X90001/6",
    "cervical screen": "X90002/3",
    "merged": "X90002/4",
    "safeguarding policy": "X90002/5",
    "“improvement notice”": "X90002/6",
    "cafe premises": "X90003/3",
    "vaccines fridge": "X90003/4",
}
"""What somebody of Q99 types, and the first thing they find: a practice or an entry."""


@pytest.fixture
def views_of_set(record, views):
    record(*made_set())
    assert views.catch_up() == []
    return views


def find(views, words, by=CASEWORKER, only=None, page=1):
    with views.reading() as reading:
        return searching.find(reading, by, words, only, page)


def first(found):
    return next(iter(places(found)), None)


def places(found):
    return [one.code for one in found.practices] + [f"{hit.code}/{hit.version}" for hit in found.hits]


def test_what_is_looked_for_is_found_first(views_of_set):
    assert {words: first(find(views_of_set, words)) for words in EXPECTED} == EXPECTED


def test_what_was_told_of_other_practices_is_not_found(views_of_set):
    found = find(views_of_set, "appointment system", by=LEAD)
    assert places(found) == ["X90001/3", "X90004/3"]
    assert found.counts["conversation"] == 2
    assert places(find(views_of_set, "X90050")) == []
    assert places(find(views_of_set, "grange")) == []
    assert find(views_of_set, "grnage").meant is None
    everything = find(views_of_set, "appointment system", by=AUDITOR)
    assert everything.counts["conversation"] == 3
    nobody = replace(CASEWORKER, organisation="Q88", region="Y88")
    assert [find(views_of_set, words, by=nobody).total for words in EXPECTED] == [0] * len(EXPECTED)


def test_a_step_of_the_contract_is_found_by_its_words_by_whoever_may_read_it(record, views):
    breach, notice = "breach-search01", "notice-search01"
    record(
        told(
            "X90001",
            "Larkfield Road Surgery",
            a.contract_signed(contract_id="contract-search"),
            a.breach_identified(
                breach_id=breach,
                contract_id="contract-search",
                provision=Sealed("Schedule 3, paragraph 20"),
                what=Sealed("The vaccine refrigerator stood at eleven degrees"),
            ),
            a.remedial_notice_drafted(
                notice_id=notice,
                contract_id="contract-search",
                breaches=(breach,),
                steps=Sealed("Write the temperature down each morning"),
            ),
            by(MANAGER, a.notice_issued(notice_id=notice, answered=Sealed("A thermometer is ordered"))),
        )
    )
    assert views.catch_up() == []
    looked_for = {
        "refrigerator degrees": "X90001/4",
        '"paragraph 20"': "X90001/4",
        "temperatures morning": "X90001/5",
        "thermometers ordered": "X90001/6",
    }
    for person in (CASEWORKER, LEAD, AUDITOR):
        for words, place in looked_for.items():
            assert places(find(views, words, by=person, only="contract")) == [place]
            assert find(views, words, by=person).counts["contract"] == 1
    nobody = replace(CASEWORKER, organisation="Q88", region="Y88")
    recused = replace(CASEWORKER, recused=frozenset({"X90001"}))
    for person in (nobody, recused):
        assert [find(views, words, by=person).total for words in looked_for] == [0] * len(looked_for)


def test_who_is_recused_finds_nothing_of_the_practice(views_of_set):
    for person in (CASEWORKER, LEAD, MANAGER):
        recused = replace(person, recused=frozenset({"X90001"}))
        for words in ("appointment system", "larkfield", "X90001", "rotas", "larkfeild"):
            found = find(views_of_set, words, by=recused)
            assert not [place for place in places(found) if place.startswith("X90001")]
            assert found.meant is None


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_what_one_organisation_keeps_to_itself_nothing_tells_the_other(record, views, open_again, visibility):
    """The other finds what it would find if the entry had never been recorded."""
    record(told("X90001", "Larkfield Road Surgery", said("The telephone rota was kept.")))
    views.catch_up()
    words = (
        "rota",
        "telephone rota",
        "whistleblower",
        '"the whistleblower"',
        "whistlebl",
        "wistleblower",
        "told",
    )
    before = {asked: find(views, asked, by=LEAD) for asked in words}
    kept = told(
        "X90001",
        "Larkfield Road Surgery",
        said("The telephone rota was kept."),
        said("The whistleblower told us of the telephone rota.", "Rota", visibility=visibility),
        a.intelligence_recorded(summary=Sealed("Whistleblower telephone rota"), visibility=visibility),
    )
    record(kept, after=3)
    assert views.catch_up() == []

    assert {asked: find(views, asked, by=LEAD) for asked in words} == before
    assert find(views, "whistleblower").total == 2
    assert find(views, "whistleblower", by=MANAGER).total == 2
    assert find(views, "whistleblower", by=AUDITOR).total == 2
    theirs = replace(LEAD, organisation="Q99x", predecessors=frozenset({a.COMMISSIONER}))
    assert find(views, "whistleblower", by=theirs).total == 0


def test_who_was_let_in_reads_the_entry_and_does_not_find_it(record, views):
    record(
        told(
            "X90001",
            "Larkfield Road Surgery",
            said("The whistleblower rang.", visibility=Visibility.RESTRICTED),
            by(LEAD, a.access_requested(access_id="access-0000aaaa", version=3)),
            by(MANAGER, a.access_granted(access_id="access-0000aaaa", version=3, person=LEAD.person)),
        )
    )
    assert views.catch_up() == []
    assert find(views, "whistleblower", by=LEAD).total == 0


def joined_and_parted(*after):
    """Something heard, on which the other organisation joined and they parted: each says why."""
    heard = "intelligence-0000aaaa"
    join = {"join_id": "join-0000aaaa", "concern": heard}
    return told(
        "X90001",
        "Larkfield Road Surgery",
        a.intelligence_recorded(intelligence_id=heard, summary=Sealed("The fridge stood open.")),
        by(LEAD, a.threads_joined(**join, entries=(3,), reason=Sealed("They have the manager's ear."))),
        by(MANAGER, a.threads_parted(**join, reason=Sealed("It was another refrigerator."))),
        by(LEAD, a.threads_joined(join_id="join-0000bbbb", concern=heard, entries=(3,), reason=None)),
        *after,
    )


def test_why_conversations_were_joined_and_parted_is_found(record, views):
    record(joined_and_parted())
    assert views.catch_up() == []
    for words, version, called in (("ear", 4, "joining"), ("refrigerator", 5, "parting")):
        for who in (CASEWORKER, LEAD):
            (hit,) = find(views, words, by=who).hits
            assert (hit.version, hit.kind, hit.called) == (version, "conversation", called)


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_why_they_were_joined_on_what_one_organisation_closed_since_the_other_does_not_find(
    record, views, visibility
):
    record(joined_and_parted(a.visibility_changed(version=3, before=Visibility.BOTH, after=visibility)))
    assert views.catch_up() == []
    for words in ("ear", "refrigerator"):
        assert (find(views, words, by=LEAD).total, find(views, words).total) == (0, 1)


def test_what_becomes_internal_later_is_found_no_more_and_again_when_it_is_opened(record, views):
    history = told(
        "X90001",
        "Larkfield Road Surgery",
        said("Premises were discussed."),
        a.visibility_changed(version=3, before=Visibility.BOTH, after=Visibility.INTERNAL),
        a.visibility_changed(version=3, before=Visibility.INTERNAL, after=Visibility.BOTH),
    )
    found = []
    for upto in (3, 4, 5):
        record(history[:upto], after=upto - 1 if upto > 3 else 0)
        views.catch_up()
        found.append((find(views, "premises", by=LEAD).total, find(views, "premises").total))
    assert found == [(1, 1), (0, 1), (1, 1)]


def test_what_was_corrected_is_found_as_corrected_and_what_was_withdrawn_not_at_all(record, views):
    record(
        told(
            "X90001",
            "Larkfield Road Surgery",
            said("The plumbing was mended."),
            said("Parking was discussed."),
            a.fact_corrected(
                corrects=3, fields=(a.changed("said", '"plumbing"', '"The wiring was mended."'),)
            ),
            a.fact_withdrawn(corrects=4),
            a.entry_amended(version=3, text_version=5, said=Sealed("The heating was mended.")),
        )
    )
    views.catch_up()
    assert places(find(views, "plumbing")) == []
    assert places(find(views, "wiring")) == ["X90001/3"]
    assert places(find(views, "parking")) == []
    assert places(find(views, "heating")) == ["X90001/7"]


def test_what_others_say_to_a_decision_and_all_its_reasons_are_found(record, views):
    record(
        told(
            "X90001",
            "Larkfield Road Surgery",
            a.tier_decided(
                decision_id="decision-0000cc", differs_because=Sealed("The locum returned in spring")
            ),
            a.tier_view_stated(words=Sealed("The neighbourhood thinks otherwise")),
            a.override_given(reason=Sealed("Oxygen cylinders were empty")),
            a.dissent_recorded(decision_id="decision-0000cc", words=Sealed("Refurbishment explains it")),
        )
    )
    assert views.catch_up() == []
    looked_for = ("locum", "neighbourhood", "oxygen", "refurbishment")
    assert [find(views, words, only="tier").total for words in looked_for] == [1, 1, 1, 1]


def test_each_point_of_what_a_practice_answered_is_found(record, views):
    points = tuple(
        e.AnsweredPoint(about=None, words=Sealed(words))
        for words in ("The boiler broke.", "We ask for leeway.")
    )
    answered = a.practice_response_received(points=points)
    nothing = a.practice_response_received(nothing_to_say=True, points=())
    record(told("X90001", "Larkfield Road Surgery", answered, nothing))
    views.catch_up()
    for words in ("boiler", "leeway"):
        assert places(find(views, words)) == ["X90001/3"]


def test_words_next_to_each_other_come_first_then_the_newest(record, views):
    record(
        told(
            "X90001",
            "Larkfield Road Surgery",
            said("The fridge: its vaccines were cold.", on=date(2026, 11, 1)),
            said("A fridge without vaccines.", on=date(2026, 11, 9)),
            said("The vaccine fridge was cold.", on=date(2026, 10, 1)),
        )
    )
    views.catch_up()
    assert places(find(views, "vaccine fridge")) == ["X90001/5", "X90001/4", "X90001/3"]


def test_one_kind_only_by_pages(record, views):
    many = [said(f"Rota number {number}.", on=date(2026, 1, 1)) for number in range(NEWEST + 45)]
    flag = a.flag_raised(note=Sealed("Rota of the nurses"))
    record(told("X90001", "Rota Street Surgery", *many, flag))
    views.catch_up()
    found = find(views, "rota", only="conversation")
    assert (found.counts["practice"], found.counts["flag"], found.counts["conversation"]) == (
        1,
        1,
        NEWEST + 45,
    )
    assert (found.practices, found.pages) == ([], 8)
    seen = [
        place for page in range(1, 9) for place in places(find(views, "rota", only="conversation", page=page))
    ]
    assert seen == [f"X90001/{version}" for version in range(NEWEST + 47, 2, -1)]
    assert places(find(views, "rota", only="flag")) == [f"X90001/{NEWEST + 48}"]
    assert places(find(views, "rota", only="practice")) == ["X90001"]
    assert find(views, "rota", only="flag", page=900).page == 1
    assert places(find(views, "rota", only="practice", page=900)) == ["X90001"]


def test_what_was_found_is_marked(views_of_set):
    [hit] = find(views_of_set, "receptionists").hits
    assert [piece.text for piece in hit.passage if piece.marked] == ["receptionists"]
    [hit] = find(views_of_set, "cafe").hits
    assert [piece.text for piece in hit.passage if piece.marked] == ["café"]
    hit = find(views_of_set, '"appointment system"').hits[0]
    assert [piece.text for piece in hit.passage if piece.marked] == ["appointment system"]


ODD = (
    "", " ", '"', '""', '"""', '"half', 'half"', "a AND", "OR", "NOT x", "NEAR(a b)", "rota*", "*", "^rota", "words:rota",
    "-rota", "(rota", "rota)", "a:*", "'; DROP TABLE search", "%", "_", "\\", "the", '"the"', "of the and", "📞", "📞 rota",
    "x" * 500, "rota " * 100, "\x00", "\x02rota\x03", "\ud800", "rota\nrota\trota", "ﬁre", "é", "Ⅷ", "²", "صباح", "क़िला",
    "<script>", "&amp;", "rota & | ! <-> rota", "1e5", "3.5", "27th", "o'brien", "O’Brien", "-1", "a" * 200 + "*", "''", "'",
)  # fmt: skip


def test_whatever_is_typed_is_looked_for_and_nothing_more(views_of_set):
    for words in ODD:
        for only in (None, "practice", "conversation"):
            find(views_of_set, words, only=only)
    assert places(find(views_of_set, "📞 rotas")) == ["X90001/5"]
    assert places(find(views_of_set, '"rota')) == ["X90001/5"]
    assert places(find(views_of_set, "the")) == ["X90004"]


def test_words_that_stand_in_every_entry_are_looked_for_in_quotes_only():
    assert typed("the rota and the desk").phrases == (("rota",), ("desk",))
    assert typed('"on the desk"').phrases == (("on", "the", "desk"),)
    assert typed("of the").phrases == ()
    assert typed('rota "the desk').phrases == (("rota",), ("desk",))


def test_words_of_many_scripts_and_signs_are_told_apart_alike(record, views):
    record(
        told(
            "X90001",
            "A",
            said("café–bar, re-use; 27th/28th of May 'quoted' e-mail a.b@c.org £3.50 x_y naïve\u0301 Über"),
        )
    )
    views.catch_up()
    asked = (
        "cafe",
        "bar",
        "reuse",
        "use",
        "28th",
        "quoted",
        "mail",
        "org",
        "50",
        "x",
        "y",
        "naive",
        "uber",
        "a.b@c.org",
        "e-mail",
    )
    found = {words: find(views, words, only="conversation").counts["conversation"] for words in asked}
    assert found == {words: int(words != "reuse") for words in asked}


# --- kept up, rebuilt, and gone -----------------------------------------------------------------------------------


def indexed(views):
    """What the index holds, word by word."""
    with views.stores.views_engine_write.begin() as connection:
        if views.stores.kind == "postgresql":
            rows = connection.execute(text("SELECT code, version, found::text FROM search ORDER BY 1, 2"))
            return [tuple(row) for row in rows]
        connection.execute(
            text("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_words, instance)")
        )
        rows = connection.execute(text("SELECT term, doc, offset FROM temp.words ORDER BY 1, 2, 3"))
        found = [tuple(row) for row in rows]
        connection.execute(text("DROP TABLE temp.words"))
        return found


def test_the_index_kept_up_is_the_index_made_again(record, views, stores):
    history = told(
        "X90001",
        "Larkfield Road Surgery",
        said("The plumbing was mended."),
        said("Parking was discussed."),
        a.fact_corrected(corrects=3, fields=(a.changed("said", '"plumbing"', '"The wiring was mended."'),)),
        a.fact_withdrawn(corrects=4),
        said("The plumbing again."),
        a.visibility_changed(version=7, before=Visibility.BOTH, after=Visibility.INTERNAL),
    )
    record(told("X90000", "Another", said("The plumbing elsewhere.")), history[:2])
    for upto in range(3, 9):
        record(history[:upto], after=upto - 1)
        assert views.catch_up() == []
    kept_up, rows = indexed(views), dump(views)
    certificate = views.rebuild()
    assert certificate.equal, certificate.differences
    assert (indexed(views), dump(views)) == (kept_up, rows)
    assert views.rebuild(["flags"]).equal
    assert views.rebuild(["search"]).equal
    record([*history, *told("X90001", "", *[said("The plumbing thrice.")] * 7)[8:9]], after=8)
    assert views.catch_up() == []
    assert places(find(views, "plumbing thrice")) == ["X90001/9"]


def test_what_a_killed_rebuild_left_is_cleared_away(given, monkeypatch):
    views = given(said("The plumbing was mended."))
    with monkeypatch.context() as patch:
        patch.setattr("projections.rebuild.Rebuild._compare", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            views.rebuild()
    assert places(find(views, "plumbing")) == ["X90001/3"]
    assert views.rebuild().equal
    assert places(find(views, "plumbing")) == ["X90001/3"]


def test_after_a_rebuild_without_a_word_no_byte_of_it_is_left(given, stores, monkeypatch):
    notes = (Sealed(f"The zyxwvutsr was mended {number} times.") for number in range(40))
    views = given(*(a.flag_raised(flag_id=a.new_id("flag"), note=note) for note in notes))
    if stores.kind != "sqlite":
        pytest.skip("PostgreSQL removes the files of a table that is dropped")
    assert b"zyxwvutsr" in bytes_of(stores)
    monkeypatch.setattr("projections.search._values", without_words)
    assert views.rebuild().rebuilt
    assert not re.search(rb"z?yxwvutsr", bytes_of(stores))
    assert find(views, "zyxwvutsr").total == 0


def without_words(story, version, fact, first):
    from projections.search import number_of

    return {
        "number": number_of(story.code, version), "kind": 0, "called": "conversation",
        "happened_on": "2026-11-03", "internal_to": None, "restricted_to": None, "words": "",
    }  # fmt: skip


def bytes_of(stores):
    """Every byte of the views, and of their log."""
    return b"".join(file.read_bytes() for file in sorted(stores.settings.home.glob("views.db*")))

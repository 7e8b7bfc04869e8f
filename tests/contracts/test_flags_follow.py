"""What flags follow from: facts as they stand, the newest numbers of all releases, and work that was left unfinished."""

import itertools
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from application.casebook import Casebook
from application.init import init
from application.key_set import record_key_set
from application.releases import publishing
from application.releases.as_they_stand import as_they_stand
from application.releases.beside import Beside
from application.releases.merged import Mergers
from application.releases.open_flags import OpenFlags
from application.releases.publishing import publish, withdraw
from application.schema import NotReady
from application.settings import Settings
from domain.practice.commands import (
    AcceptExplanation,
    AuthoriseCorrection,
    ClosePractice,
    CorrectFact,
    ExplainFlag,
    ReopenPractice,
    RequestCorrection,
    WithdrawFact,
)
from domain.practice.events import ExplanationAccepted, FlagExplained, FlagRaised
from domain.practice.kinds import CorrectionKind, ExplanationCategory, Side
from domain.rules import Asked, RuleBroken, operator
from projections import observations_judged, observations_loaded
from projections.catch_up import Views
from projections.observations_judged import Observations
from tests.support import published as p

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EXPLANATION = "explanation-0123abcd"


class Releasing:
    """An installation with a key set and thirty practices, to publish releases in."""

    def __init__(self, stores, folder):
        seconds, number = itertools.count(), itertools.count()
        self.folder = folder
        self.casebook = Casebook(
            stores,
            clock=lambda: NOW + timedelta(seconds=next(seconds)),
            ids=lambda prefix: f"{prefix}-{next(number):012x}",
        )
        record_key_set(self.casebook)
        p.register(self.casebook, *p.CODES)

    def publish(self, name, *rows, reason=None):
        file = p.write(self.folder / f"{name}.csv", *rows)
        asked = operator(self.casebook.clock())
        return publish(self.casebook, Observations(self.casebook), name, file, asked, reason=reason)

    def withdraw(self, name):
        asked = operator(self.casebook.clock())
        return withdraw(self.casebook, Observations(self.casebook), name, "All wrong.", asked)

    def send(self, code, command, person="person-1", role="manager"):
        asked = Asked(person=person, organisation="Q74", role=role, at=self.casebook.clock())
        if person == "operator":
            asked = operator(self.casebook.clock())
        return self.casebook.handle(code, command, asked, command_id=self.casebook.ids("command"))

    def entries(self, code, kind):
        return [one for one in self.casebook.history(f"practice-{code}") if isinstance(one.fact, kind)]

    def flags(self):
        found = OpenFlags.read(self.casebook).by_id.values()
        return {(code, fact.indicator, fact.kind.value, fact.period, fact.release) for code, fact in found}


@pytest.fixture
def book(settings, tmp_path):
    stores = init(settings, lambda made: Views(made).make())
    yield Releasing(stores, tmp_path)
    stores.close()


# --- facts as they stand


def merger_accepted(book):
    book.publish("2016Q1", *p.numbers("2016Q1"))
    [flag] = book.entries(p.FAR, FlagRaised)
    explain = ExplainFlag(
        flag_id=flag.fact.flag_id,
        explanation_id=EXPLANATION,
        category=ExplanationCategory.MERGER,
        words="Two lists became one.",
        given_by=Side.PRACTICE,
    )
    book.send(p.FAR, explain)
    book.send(p.FAR, AcceptExplanation(explanation_id=EXPLANATION, reason="It says so."), "person-2")
    assert set(Mergers.read(book.casebook).explained) == {"PS02"}


def flagged_in_the_next(book):
    book.publish("2016Q2", *p.numbers("2016Q2"))
    return p.FAR in {one[0] for one in book.flags()}


def test_a_merger_whose_acceptance_was_withdrawn_explains_nothing(book):
    merger_accepted(book)
    [accepted] = book.entries(p.FAR, ExplanationAccepted)
    book.send(p.FAR, WithdrawFact(version=accepted.version, reason="In error."), "person-2")
    assert flagged_in_the_next(book)


def test_a_merger_that_was_corrected_to_something_else_explains_nothing(book):
    merger_accepted(book)
    [accepted] = book.entries(p.FAR, ExplanationAccepted)
    [explained] = book.entries(p.FAR, FlagExplained)
    book.send(p.FAR, WithdrawFact(version=accepted.version, reason="In error."), "person-2")
    coding = CorrectFact(version=explained.version, fields={"category": "coding"}, reason="No merger.")
    book.send(p.FAR, coding)
    again = AcceptExplanation(explanation_id=EXPLANATION, reason="A coding matter.")
    book.send(p.FAR, again, "person-2")
    assert flagged_in_the_next(book)


def test_a_practice_that_closed_in_error_and_opened_again_did_not_become_another(book):
    closed = ClosePractice(closed_on=date(2016, 2, 1), successor=p.FAR, source="epraccur")
    book.send(p.NEAR, closed, "operator")
    assert Mergers.read(book.casebook).succeeded == {(p.FAR, date(2016, 2, 1))}
    book.send(p.NEAR, ReopenPractice(reason="Closed in error.", source="epraccur"), "operator")
    assert Mergers.read(book.casebook).succeeded == set()


def test_a_flag_that_was_withdrawn_as_entered_in_error_is_not_open_and_one_whose_clearing_was_is(book):
    book.publish("2016Q1", *p.numbers("2016Q1"))
    [flag] = book.entries(p.FAR, FlagRaised)
    ask = {"version": flag.version, "fields": {}, "reason": "Of another practice."}
    asked = RequestCorrection(request_id="request-0123abcd", kind=CorrectionKind.WITHDRAW, **ask)
    book.send(p.FAR, asked)
    assert book.flags()
    book.send(p.FAR, AuthoriseCorrection(request_id="request-0123abcd"), "person-2")
    assert not book.flags()


def test_what_a_release_left_out_by_one_kind_of_code_is_no_code_of_another_kind(book):
    book.publish("2016Q1", *p.numbers("2016Q1"), f"{p.NEAR},{p.FAR},2016Q1,1,2")
    assert observations_loaded.load_again(book.casebook) == (len(p.CODES), [])


# --- the newest numbers of all releases


def yearly(year, low=()):
    """A number of each practice about 80 of 100; of those that are `low`, 40."""
    return [
        f"{code},CQ05,{year},{40 if number in low else 76 + (number * 5) % 9},100"
        for number, code in enumerate(p.CODES)
    ]


BEFORE, NOW_OTHER = yearly("2020/21", {1, 2, 3}), yearly("2021/22", {3, 4, 5})


def in_order(book, *releases):
    """What stands after these releases, one after another, in an installation of their own."""
    for name, rows in releases:
        book.publish(name, *rows)
    return book.flags()


@pytest.fixture
def other(tmp_path):
    """Another installation, to compare with."""
    folder = tmp_path / "other"
    folder.mkdir()
    made = Settings(home=folder / "home", key=bytes(range(32)), secret="-" * 64)
    stores = init(made, lambda views: Views(views).make())
    yield Releasing(stores, folder)
    stores.close()


@pytest.fixture
def killed(monkeypatch):
    """Publishes a release and is killed before any flag is recorded."""

    def run(book, name, *rows, reason=None):
        with monkeypatch.context() as patch:
            patch.setattr(publishing, "settle", _dies)
            with pytest.raises(KeyboardInterrupt):
                book.publish(name, *rows, reason=reason)

    return run


def _dies(*_given, **_named):
    raise KeyboardInterrupt


def test_a_release_that_was_left_unfinished_is_finished_before_a_newer_one(book, other, killed):
    killed(book, "R21", *BEFORE)
    book.publish("R22", *NOW_OTHER)
    assert book.flags() == in_order(other, ("R21", BEFORE), ("R22", NOW_OTHER))
    assert {one[4] for one in book.flags()} == {"R22"}
    raised = [one.fact.release for one in book.entries(p.CODES[1], FlagRaised)]
    assert raised == ["R21"]
    assert book.publish("R21", *BEFORE).unchanged


def test_a_release_that_is_finished_after_a_newer_one_was_published_leaves_the_newer_ones_flags(
    book, killed, monkeypatch
):
    killed(book, "R21", *BEFORE)
    monkeypatch.setattr(publishing, "_finish_others", lambda *_given: None)
    book.publish("R22", *NOW_OTHER)
    before = book.flags()
    assert before

    book.publish("R21", *BEFORE)

    assert book.flags() == before


def test_a_release_restated_with_its_right_period_flags_as_if_it_had_been_so_from_the_start(book, other):
    book.publish("R21", *BEFORE)
    book.publish("R22", *yearly("2024/25", {3, 4, 5}))
    book.publish("R22", *NOW_OTHER, reason="The period was mistyped.")
    expected = in_order(other, ("R21", BEFORE), ("R22", NOW_OTHER))
    assert expected
    assert book.flags() == expected


RESTATED = yearly("2020/21", {7, 8})


def test_what_is_newest_is_judged_again_when_its_past_is_restated(book, other):
    book.publish("R21", *BEFORE)
    book.publish("R22", *NOW_OTHER)
    before = book.flags()

    book.publish("R21", *RESTATED, reason="Counts were wrong.")

    assert book.flags() != before
    assert book.flags() == in_order(other, ("R21", RESTATED), ("R22", NOW_OTHER))


def test_what_is_newest_is_judged_again_when_its_past_is_published_late_or_withdrawn(book, other):
    book.publish("R22", *NOW_OTHER)
    alone = book.flags()

    late = book.publish("R21", *BEFORE)
    assert [one.newest for one in late.indicators] == [False]
    assert book.flags() == in_order(other, ("R21", BEFORE), ("R22", NOW_OTHER))
    assert book.flags() != alone

    book.withdraw("R21")
    assert book.flags() == alone


def test_numbers_of_long_ago_change_no_flag_and_nothing_is_judged_again(book):
    book.publish("R22", *NOW_OTHER)
    before = book.casebook.recorder.last_position()
    book.publish("R90", *yearly("1990/91", {9}))
    facts = book.casebook.recorder.facts_between(before + 1, book.casebook.recorder.last_position())
    assert {entry.stream for entry in facts} == {"release-R90"}


def test_an_item_that_is_counted_no_more_is_not_flagged_when_a_newer_release_is_withdrawn(book):
    ended = [row.replace("CQ05", "CQ06") for row in yearly("2019/20", {1})]
    book.publish("R21", *BEFORE, *ended)
    flags = book.flags()
    assert {one[1] for one in flags} == {"CQ05"}
    book.publish("R22", *NOW_OTHER)
    book.withdraw("R22")
    assert {one[:4] for one in book.flags()} == {one[:4] for one in flags}


def test_a_flag_names_the_release_that_its_number_is_of(book):
    book.publish("whole", *p.numbers("2016Q1"))
    few = [code for code in p.CODES if code != p.FAR]
    book.publish("part", *p.numbers("2016Q1", codes=tuple(few[:20])))
    assert {(one[0], one[4]) for one in book.flags()} == {(p.FAR, "whole")}


# --- a flag beside what its release published


@pytest.fixture
def raised(other):
    """The flags of two releases, each as it stands in the record."""
    other.publish("R21", *BEFORE)
    other.publish("R22", *NOW_OTHER)
    return other, as_they_stand(other.casebook.recorder, FlagRaised)


def differing(installation, entries):
    beside = Beside(installation.casebook, entries)
    return {entry.position: found for entry in entries if (found := beside.differences(entry))}


def test_what_releases_raised_is_as_they_published_it(raised):
    installation, entries = raised
    installation.publish("R21", *RESTATED, reason="Counts were wrong.")
    installation.withdraw("R22")
    entries = as_they_stand(installation.casebook.recorder, FlagRaised)
    assert {entry.fact.release for entry in entries} == {"R21", "R22"}
    assert differing(installation, entries) == {}


def _settings(fact, **given):
    return tuple((name, given.get(name, value)) for name, value in fact.parameters)


@pytest.mark.parametrize("kind", ["outlying", "shifting"])
@pytest.mark.parametrize(
    "altered",
    [
        lambda fact: {"phi": 9.9},
        lambda fact: {"tau2": 0.5},
        lambda fact: {"release": "R99"},
        lambda fact: {"release": "R21"},
        lambda fact: {"release": None},
        lambda fact: {"indicator": "CQ06"},
        lambda fact: {"indicator_version": 7},
        lambda fact: {"indicator_name": "Something else"},
        lambda fact: {"period": "2020/21"},
        lambda fact: {"rule_set_version": 9},
        lambda fact: {"flag_id": "flag-0000000000000000"},
        lambda fact: {"parameters": _settings(fact, practices="12")},
        lambda fact: {"parameters": _settings(fact, persistence="1")},
        lambda fact: {"parameters": _settings(fact, z_alarm="1.0")},
    ],
)
def test_a_flag_that_is_otherwise_than_its_release_published_is_named(raised, kind, altered):
    installation, entries = raised
    [one, *_] = [one for one in entries if one.fact.release == "R22" and one.fact.kind == kind]
    other = one._replace(fact=replace(one.fact, **altered(one.fact)))
    told = differing(installation, [other if entry is one else entry for entry in entries])
    assert set(told) >= {one.position}


def test_a_flag_on_another_practice_than_its_release_raised_it_on_is_named(raised):
    installation, entries = raised
    moved = [entries[0]._replace(stream=f"practice-{p.CODES[20]}"), *entries[1:]]
    assert set(differing(installation, moved)) == {entries[0].position}


# --- what is refused, or has no room


def test_what_is_refused_leaves_the_record_as_it_was(book):
    mapping = book.folder / "mapping.toml"
    mapping.write_text(DECLARING)
    file = p.write(book.folder / "a\x01b.csv", *p.numbers("2016Q1", indicator="PS06-A"))
    before = book.casebook.recorder.last_position()
    with pytest.raises(RuleBroken) as refused:
        publish(
            book.casebook,
            Observations(book.casebook),
            "2016Q1",
            file,
            operator(book.casebook.clock()),
            mapping=mapping,
        )
    assert refused.value.field == "file_name"
    assert book.casebook.recorder.last_position() == before
    kept = book.casebook.documents.examined(book.casebook.recorder)
    assert (kept.documents, kept.orphans) == (0, [])


DECLARING = """
practice = "practice"
indicator = "indicator"
period = "period"
numerator = "numerator"
denominator = "denominator"
[define.PS06-A]
name = "A finer one"
domain = "patient_safety"
numerator = "n"
denominator = "d"
unit = "%"
better = "high"
model = "binomial"
source = "A file"
period = "quarter"
part_of = "PS06"
"""


def test_a_full_disk_is_told_and_the_rest_is_done_when_there_is_room(book, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(observations_judged, "catch_up", _full)
        with pytest.raises(NotReady, match="The disk is full"):
            book.publish("2016Q1", *p.numbers("2016Q1"))
    assert not book.flags()
    book.publish("2016Q1", *p.numbers("2016Q1"))
    assert book.flags()


def _full(casebook, parsed=None, *_given):
    if parsed:
        raise sqlite3.OperationalError("database or disk is full")


def test_a_release_is_changed_by_the_organisation_that_published_it_or_the_operator(book):
    def by(organisation, role="manager", predecessors=frozenset()):
        return Asked(
            person="person-1",
            organisation=organisation,
            role=role,
            at=book.casebook.clock(),
            predecessors=predecessors,
        )

    def change(asked, name="2016Q1", rows=()):
        if not rows:
            return withdraw(book.casebook, Observations(book.casebook), name, "Wrong.", asked)
        file = p.write(book.folder / "restated.csv", *rows)
        return publish(book.casebook, Observations(book.casebook), name, file, asked, reason="Wrong.")

    def refused(*given, **named):
        with pytest.raises(RuleBroken) as broken:
            change(*given, **named)
        assert broken.value.rule == "a-release-is-changed-by-who-published-it"

    file = p.write(book.folder / "first.csv", *p.numbers("2016Q1"))
    publish(book.casebook, Observations(book.casebook), "2016Q1", file, by("Q74"))
    before = book.casebook.recorder.last_position()
    refused(by("Q75"))
    refused(by("Q75"), rows=p.numbers("2016Q1", far=None))
    assert book.casebook.recorder.last_position() == before
    assert change(by("Q74"), rows=p.numbers("2016Q1", far=80)).flagged
    assert change(by("Q99", predecessors=frozenset({"Q74"})), rows=p.numbers("2016Q1", far=85)).flagged
    refused(by("Q75"))
    assert change(operator(book.casebook.clock())).flagged

    book.publish("2016Q2", *p.numbers("2016Q2"))
    refused(by("Q74"), "2016Q2")

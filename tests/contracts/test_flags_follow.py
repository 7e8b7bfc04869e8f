"""What flags follow from: facts as they stand, the newest numbers of all releases, and work that was left unfinished."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from application.casebook import Casebook
from application.init import init
from application.key_set import record_key_set
from application.releases.flags import Mergers, OpenFlags
from application.releases.publishing import publish, withdraw
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
from domain.rules import Asked, operator
from projections.catch_up import Views
from projections.observations import Observations
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

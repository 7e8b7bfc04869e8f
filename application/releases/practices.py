"""What is known of practices when a release is read: which are registered, which closed and when, which the register lists."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from application.at_hand import state_of
from application.casebook import Casebook
from application.facts import topic_of
from application.releases.found import CLOSED, NOT_ACTIVE, UNKNOWN
from application.tables import register_row
from domain.practice.events import PracticeClosed, PracticeRegistered
from domain.practice.practice import replay


class Practices:
    """The practices of an installation, as they are known when it is made."""

    def __init__(self, casebook: Casebook) -> None:
        recorder = casebook.recorder
        registered = recorder.facts_named("practice", [topic_of(PracticeRegistered)])
        self.registered = {entry.stream.removeprefix("practice-") for entry in registered}
        closings = recorder.facts_named("practice", [topic_of(PracticeClosed)])
        self.closed: dict[str, date] = {}
        for stream in {entry.stream for entry in closings}:
            practice = state_of(recorder.history(stream), replay)
            if practice.closed_on is not None:
                self.closed[stream.removeprefix("practice-")] = practice.closed_on
        with casebook.stores.record_engine.connect() as connection:
            self.listed = set(connection.scalars(select(register_row.c.code)))

    def verdict(self, code: str) -> tuple[str, date | None] | None:
        """Why a practice's numbers are not taken in, and from which day on, where it closed; None where they are."""
        if code in self.registered:
            closed_on = self.closed.get(code)
            return None if closed_on is None else (CLOSED, closed_on + timedelta(days=1))
        return (NOT_ACTIVE if code in self.listed else UNKNOWN, None)

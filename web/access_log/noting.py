"""Which pages leave a line in the access log when they are read. Of what is looked for, never the words."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, Response, g, make_response, request
from sqlalchemy.exc import OperationalError

from web.errors import busy
from web.purposes.stating import looks_back, purpose_noted
from web.service import current_asked, service


class Note(NamedTuple):
    """The name of what was read, and which part of the address says what it is about."""

    name: str
    about: str = ""


NOTED: dict[str, Note] = {
    "practices.practice": Note("Practice", "code"),
    "practices.entry": Note("Entry", "code"),
    "decisions.decision": Note("Decision", "code"),
    "recommendation.page": Note("Recommendation", "code"),
    "links.page": Note("Links", "code"),
    "providers.page": Note("Provider", "code"),
    "audit.record": Note("Record", "code"),
    "replay.step": Note("Replay", "code"),
    "replay.compared": Note("Compared", "code"),
    "people.person": Note("Person", "person_id"),
    "caseload.practices": Note("Practices"),
    "caseload_compared.page": Note("CaseloadCompared"),
    "timeline.page": Note("Timeline"),
    "audit.practices": Note("Records"),
    "people.everyone": Note("People"),
    "team.mine": Note("Team"),
    "performers.page": Note("Performers", "performer"),
    "disputes.decided_over_dispute": Note("OverDispute"),
    "overrides.every": Note("Overrides"),
    "indicators.every": Note("Indicators", "code"),
    "indicators.one": Note("Indicators", "code"),
    "flags.by_domain": Note("FlagsByDomain"),
    "flagged.practices": Note("Flags"),
    "insight.movement": Note("InsightMoved"),
    "insight.gap": Note("InsightGap"),
    "framework.tried": Note("DryRun"),
    "locked_out.waiting": Note("LockOut"),
    "letters.letter": Note("Letter", "code"),
    "notice_letters.letter": Note("NoticeLetter", "code"),
    "contract.page": Note("Contract", "code"),
    "notices.register": Note("Notices"),
    "practice_copy.copy": Note("PracticeCopy", "code"),
    "brief.page": Note("Brief", "code"),
    "meetings.meetings": Note("Meetings"),
    "meetings.meeting": Note("Meeting", "meeting"),
    "agreeing.agree_all": Note("Meeting", "meeting"),
    "meetings.of_one": Note("Practice", "code"),
}
"""Pages that tell of practices or people. A person's own work and account tell them of nobody else's reading."""

SEARCHES = ("words", "q")
"""Questions of an address by which somebody looks for words."""


def set_up_noting(app: Flask) -> None:
    @app.after_request
    def note(response: Response) -> Response:
        """A page whose reading cannot be noted is not shown."""
        noted = NOTED.get(request.endpoint or "") or _of_the_past(response)
        if noted is None or request.method != "GET" or response.status_code != 200 or not g.get("person_id"):
            return response
        what = "searched" if any(request.args.get(name) for name in SEARCHES) else "read"
        try:
            subject = _about(noted)
            service.casebook.log_access(current_asked(), what, noted.name, subject=subject, **purpose_noted())
        except OperationalError as problem:
            return make_response(busy(problem))
        return response


def _of_the_past(response: Response) -> Note | None:
    """Whatever is looked at as it was leaves a line, if it leaves none as it is. A file says itself that it was taken out."""
    return Note("Past") if looks_back() and response.mimetype == "text/html" else None


def _about(noted: Note) -> str | None:
    values = request.view_args or {}
    if noted.about == "code":
        version = f"/{values['version']}" if "version" in values else ""
        return f"practice-{values['code'].upper()}{version}"
    if noted.about == "performer":
        return f"performer-{values['code'].upper()}"
    return values.get(noted.about) if noted.about else None

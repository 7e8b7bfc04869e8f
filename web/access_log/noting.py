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
    "decisions.every": Note("Decisions", "code"),
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
    "looked_at_again.every": Note("LookedAtAgain"),
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

NOTED_OF_THE_PAST: dict[str, Note] = {
    "mywork.mine": Note("MyWork"),
    "avoided.contacts_avoided": Note("ContactsAvoided"),
    "insight.tiers": Note("InsightTiers"),
    "insight.time_in_tier": Note("InsightTimeInTier"),
    "insight.overdue": Note("InsightOverdue"),
    "insight.against": Note("InsightAgainst"),
    "insight.validation": Note("InsightValidation"),
    "flags.by_release": Note("FlagsByRelease"),
    "framework.rules": Note("Framework"),
    "framework.version": Note("FrameworkVersion", "number"),
    "framework.draft": Note("FrameworkDraft", "draft_id"),
    "key_indicators.every": Note("KeyIndicators"),
    "key_indicators.one": Note("KeyIndicator", "key"),
    "releases.every": Note("Releases"),
    "releases.one": Note("Release", "name"),
    "interests.mine": Note("ReadInterests"),
    "cover.mine": Note("ReadCover"),
    "conversation_templates.listed": Note("ConversationTemplates"),
}
"""Pages that leave a line only where they are looked at as they were."""

SAYS_ITSELF = frozenset({"search.search", "beside.page", "sample.page"})
"""Pages that leave a line of their own, where they tell of anybody: a second would count one reading twice."""

SEARCHES = ("words", "q")
"""Questions of an address by which somebody looks for words."""


def set_up_noting(app: Flask) -> None:
    @app.after_request
    def note(response: Response) -> Response:
        """A page whose reading cannot be noted is not shown."""
        endpoint = request.endpoint or ""
        noted = NOTED.get(endpoint) or _of_the_past(endpoint, response)
        if noted is None or request.method != "GET" or response.status_code != 200 or not g.get("person_id"):
            return response
        what = "searched" if any(request.args.get(name) for name in SEARCHES) else "read"
        try:
            subject = _about(noted)
            service.casebook.log_access(current_asked(), what, noted.name, subject=subject, **purpose_noted())
        except OperationalError as problem:
            return make_response(busy(problem))
        return response


def _of_the_past(endpoint: str, response: Response) -> Note | None:
    """Whatever is looked at as it was leaves a line, if it leaves none as it is. A file says itself that it was taken out."""
    if not looks_back() or response.mimetype != "text/html" or endpoint in SAYS_ITSELF:
        return None
    return NOTED_OF_THE_PAST.get(endpoint) or Note("Past")


def note_entry(version: int) -> None:
    """Which entry a page shows that its address does not name."""
    g.entry_noted = version


def _about(noted: Note) -> str | None:
    values = request.view_args or {}
    if noted.about == "code":
        entry = values.get("version", g.get("entry_noted"))
        version = f"/{entry}" if entry is not None else ""
        return f"practice-{values['code'].upper()}{version}"
    if noted.about == "performer":
        return f"performer-{values['code'].upper()}"
    if noted.about == "key":
        return str(values["code"]).upper()
    return str(values[noted.about]) if noted.about in values else None

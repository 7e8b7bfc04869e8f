"""Which pages can be looked at as they were, and what each needs of the views of then."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto
from typing import Any

from werkzeug.routing import Rule


class Needs(Flag):
    """What a page reads beside the facts that it asks for itself."""

    NOTHING = 0
    PRACTICE = auto()
    """What the views tell of the one practice in its address."""
    EVERY = auto()
    """What the views tell of every practice."""
    NUMBERS = auto()
    """Published numbers."""


_ONE, _EVERY, _NUMBERS = Needs.PRACTICE, Needs.EVERY, Needs.NUMBERS

LOOKED_BACK: dict[str, Needs] = {
    "practices.practice": _ONE,
    "practices.entry": _ONE,
    "decisions.decision": _ONE,
    "decisions.every": _ONE,
    "recommendation.page": _ONE,
    "contract.page": _ONE,
    "practice_copy.copy": _ONE,
    "brief.page": Needs.NOTHING,
    "brief.as_html": Needs.NOTHING,
    "brief.as_pdf": Needs.NOTHING,
    "documents.document": _ONE,
    "letters.letter": _ONE,
    "notice_letters.letter": _ONE,
    "notice_letters.file": _ONE,
    "notice_letters.pdf": _ONE,
    "audit.record": _ONE,
    "replay.step": _ONE,
    "replay.compared": _ONE,
    "links.page": _EVERY,
    "providers.page": _EVERY,
    "providers.file": _EVERY,
    "indicators.every": _ONE | _NUMBERS,
    "indicators.one": _ONE | _NUMBERS,
    "indicators.every_file": _ONE | _NUMBERS,
    "indicators.one_file": _ONE | _NUMBERS,
    "caseload.practices": Needs.NOTHING,
    "timeline.page": _EVERY,
    "beside.page": _EVERY,
    "audit.practices": _EVERY,
    "mywork.mine": _EVERY,
    "team.mine": _EVERY,
    "search.search": _EVERY,
    "notices.register": _EVERY,
    "overrides.every": _EVERY,
    "looked_at_again.every": _EVERY,
    "disputes.decided_over_dispute": _EVERY,
    "avoided.contacts_avoided": _EVERY,
    "meetings.meetings": _EVERY,
    "meetings.meeting": _EVERY,
    "insight.tiers": _EVERY,
    "insight.movement": _EVERY,
    "insight.time_in_tier": _EVERY,
    "insight.overdue": _EVERY,
    "insight.gap": _EVERY,
    "insight.against": _EVERY,
    "insight.validation": _EVERY,
    "flags.by_domain": _EVERY,
    "flags.by_release": _EVERY | _NUMBERS,
    "flagged.practices": _EVERY,
    "team.file": _EVERY,
    "overrides.file": _EVERY,
    "looked_at_again.file": _EVERY,
    "notices.file": _EVERY,
    "flags.by_domain_file": _EVERY,
    "flags.by_release_file": _EVERY | _NUMBERS,
    "flagged.file": _EVERY,
    "insight.tiers_file": _EVERY,
    "insight.movement_file": _EVERY,
    "insight.moved_file": _EVERY,
    "insight.time_in_tier_file": _EVERY,
    "insight.overdue_file": _EVERY,
    "insight.gap_file": _EVERY,
    "insight.against_file": _EVERY,
    "insight.validation_file": _EVERY,
    "timeline.file": _EVERY,
    "exports.practices": Needs.NOTHING,
    "exports.work": _EVERY,
    "exports.records": _EVERY,
    "found.search": _EVERY,
    "found.over_a_dispute": _EVERY,
    "found.avoided": _EVERY,
    "framework.rules": Needs.NOTHING,
    "framework.version": Needs.NOTHING,
    "framework.draft": Needs.NOTHING,
    "key_indicators.every": _EVERY,
    "key_indicators.one": _EVERY,
    "releases.every": Needs.NOTHING,
    "releases.one": _EVERY | _NUMBERS,
    "people.everyone": Needs.NOTHING,
    "people.person": Needs.NOTHING,
    "exports.everyone": Needs.NOTHING,
    "interests.mine": Needs.NOTHING,
    "cover.mine": _EVERY,
    "conversation_templates.listed": Needs.NOTHING,
    "found.fresh": _EVERY,
}

_DAYS_OF_ITS_OWN = "It has days of its own: choose them on the page."
TODAY_ONLY: dict[str, str] = {
    "account.mine": "It is about your account as it is.",
    "access_log.lines": _DAYS_OF_ITS_OWN,
    "exports.log": _DAYS_OF_ITS_OWN,
    "caseload_compared.page": _DAYS_OF_ITS_OWN,
    "caseload_compared.file": _DAYS_OF_ITS_OWN,
    "sample.page": _DAYS_OF_ITS_OWN,
    "drafts.mine": "A draft is not in the record: nothing says what it was.",
    "framework.tried": "Which practices a draft would move is worked out as of today.",
    "locked_out.waiting": "Who waits to sign in again is not in the record.",
    "performers.page": "Who may read it is judged as of today. Each reference says when it was recorded.",
}
"""Pages that are read and have no past, and why. In a form, nothing can be recorded of the past."""


def practice_of(rule: Rule | None, about: Mapping[str, Any] | None) -> str:
    """The code of the practice that a page is about; "" where it is about none, or about all."""
    found = rule is not None and rule.rule.startswith("/practices/<code>") and about
    return str(about["code"]).upper() if found and about else ""

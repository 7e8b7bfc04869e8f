"""What the demonstration's people open before a decision: its signer the whole record, the other organisation's lead what is
older than a few days. The rest is what the lead had not opened when it was decided.
"""

from __future__ import annotations

from datetime import timedelta

from application.casebook import Casebook
from application.demonstration.plan import Act
from application.demonstration.tale import Tale
from domain.access.permissions import may_read
from domain.practice.visible import Withheld
from domain.reading import OpenEntries

LEAD_IS_BEHIND = timedelta(days=10)


def open_before(book: Casebook, tale: Tale, act: Act, command_id: str) -> None:
    for number, (who, behind) in enumerate(((act.who, timedelta()), (tale.lead, LEAD_IS_BEHIND)), start=1):
        person = book.asked_as(who, book.clock())
        practice = book.seen(act.code, person)
        shown = tuple(
            one.version
            for one in practice.history
            if one.recorded_at <= act.at - behind and not isinstance(one.fact, Withheld)
        )
        if shown and may_read(person, practice):
            opens = OpenEntries(code=act.code, versions=shown)
            book.handle(act.code, opens, person, command_id=f"{command_id}-opened-{number}")

"""Who waits before they may try to sign in again, for an administrator, who can let them try at once."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from projections import people
from web.account.routes import lock_out
from web.notices import notify
from web.service import catch_up, current_asked, may, now, refuse, service, today

blueprint = Blueprint("locked_out", __name__, url_prefix="/people/locked-out")


class Waiting(NamedTuple):
    """An account or a network address that waits. `person` is empty where the account is nobody's."""

    subject: str
    person: str
    name: str
    address: str
    tries: int
    until: datetime


@blueprint.get("")
def waiting() -> ResponseReturnValue:
    _allowed()
    return render_template("people/locked_out.html", waiting=_waiting())


@blueprint.post("/clear")
def clear() -> ResponseReturnValue:
    """Let one try again at once. That it was done is noted, with whose account it is."""
    _allowed()
    found = next((one for one in _waiting() if one.subject == request.form.get("subject")), None)
    if found is None or not lock_out().clear(found.subject):
        notify("They wait no longer, so nothing was changed", success=False)
    else:
        subject = found.person or (f"from-{found.address}" if found.address else "nobody")
        service.casebook.log_access(current_asked(), "cleared", "LockOut", subject=subject.replace("/", "_"))
        notify(f"{found.name or found.address or 'The account'} can try to sign in again")
    return redirect(url_for("locked_out.waiting"), 303)


def _allowed() -> None:
    if not may("ClearLockOut"):
        refuse("ClearLockOut")
    catch_up()


def _waiting() -> list[Waiting]:
    held = lock_out().held(now())
    with service.views.reading() as reading:
        known = (
            {lock_out().subject_of(one.email): one for one in people.everyone(reading, today())}
            if held
            else {}
        )
    found = []
    for one in held:
        person = known.get(one.subject)
        whose = (person.person, person.name) if person else ("", "")
        found.append(Waiting(one.subject, *whose, one.address or "", one.tries, one.until))
    return found

"""What there may be to do: the rows of other views that my work is gathered from."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, not_, or_, select, tuple_

from domain.clocks.what import WAITS
from domain.practice.kinds import Side
from projections import (
    access,
    actions,
    agreements,
    caseload,
    clocks,
    contacts,
    decisions,
    flags,
    intelligence,
    reviews,
)
from projections.listing import Listing
from projections.questions import among, asked
from projections.readers import seen, told
from projections.whose import standing_on

C = caseload.TABLE.c
A = actions.TABLE.c
X = access.TABLE.c
K = contacts.TABLE.c
G = agreements.TABLE.c
D = clocks.TABLE.c
P = decisions.PROPOSAL.c
R = decisions.REQUEST.c
V = reviews.TABLE.c
H = intelligence.TABLE.c
F = flags.TABLE.c

THEIRS = contacts.TABLE.alias("theirs")
LATER = contacts.TABLE.alias("later")


def _days(column: Column[Any]) -> ColumnElement[bool]:
    """After one day, and no later than another."""
    return and_(column > asked("after", column), column <= asked("until", column))


def _not_by_me(column: Column[Any]) -> ColumnElement[bool]:
    return column != asked("person")


def _seen(table: Any) -> ColumnElement[bool]:
    return and_(seen(table.internal_to), seen(table.restricted_to))


OPEN_ACTIONS = Listing(
    actions.TABLE,
    A.due_on,
    *(or_(A.status == "proposed", A.status == "agreed"), _days(A.due_on)),
    also=A.owner,
)
VISITS = Listing(actions.TABLE, A.visit_on, A.status == "agreed", _days(A.visit_on), also=A.owner)
"""Visits that are arranged for a day and were not held yet."""

AGREED_FOR = {
    Side.CONTRACT_HOLDER: A.agreed_by_holder_for,
    Side.LOCAL_COMMISSIONER: A.agreed_by_commissioner_for,
}
"""For which organisation of a side an action was agreed."""
TO_AGREE = {
    side: Listing(actions.TABLE, A.proposed_on, A.status == "proposed", also=agreed_for)
    for side, agreed_for in AGREED_FOR.items()
}
TO_ACCEPT = Listing(actions.TABLE, A.completed_on, A.status == "completed", _not_by_me(A.completed_by))
TO_DECIDE = Listing(decisions.PROPOSAL, P.proposed_on, P.status == "open", _not_by_me(P.proposed_by))
TO_LOOK_AT_AGAIN = Listing(
    reviews.TABLE,
    V.asked_on,
    *(V.status == "open", _not_by_me(V.corrector), told(V.told_to, V.untold_to)),
    also=V.given_to,
)
"""Decisions that something was corrected of or became known late, for another person than who recorded that."""
TO_AUTHORISE = Listing(
    decisions.REQUEST, R.requested_on, R.status == "open", _not_by_me(R.requested_by), _seen(R)
)
TO_CORROBORATE = Listing(
    intelligence.TABLE, H.recorded_on, H.status == "unverified", _not_by_me(H.recorded_by), _seen(H)
)
TO_SAY_WHETHER_IT_HOLDS = Listing(
    flags.TABLE, F.waiting_on, F.waiting_on > date.min, F.status == "open", _not_by_me(F.waiting_by)
)
"""Flags of which an explanation waits for another person than who gave it."""
TO_ANSWER = Listing(
    agreements.TABLE, G.text_on, G.waits_for == asked("side"), G.text_on > asked("since", G.text_on)
)
TO_LET_IN = Listing(access.TABLE, X.asked_on, X.status == "asked", among(X.answered_by, "own"))
EMERGENCIES = Listing(
    access.TABLE,
    X.review_by,
    *(X.status == "emergency", _not_by_me(X.asked_by), seen(X.internal_to), _days(X.review_by)),
)
OWN_CONTACTS = Listing(
    contacts.TABLE,
    K.next_contact_on,
    *(among(K.organisation, "own"), _days(K.next_contact_on)),
    not_(
        select(LATER.c.version)
        .where(
            *(LATER.c.code == K.code, among(LATER.c.organisation, "own")),
            tuple_(LATER.c.said_on, LATER.c.version) > tuple_(K.said_on, K.version),
        )
        .exists()
    ),
)
"""Next contacts that follow from a conversation which the other organisation does not read."""

CLOCKS = Listing(clocks.TABLE, D.due_on, _days(D.due_on), also=D.whose)
"""Days that something is due on."""
WAITING = Listing(
    clocks.TABLE,
    D.due_on,
    *(or_(*(D.clock == one.value for one in sorted(WAITS))), _not_by_me(D.began_by)),
    also=D.whose,
)
"""What waits with no last day, for another person than who began it."""

STANDING = standing_on(asked("today", C.from_on))
REVIEWS = Listing(caseload.TABLE, C.review_on, STANDING, _days(C.review_on))
CONTACTS = Listing(
    caseload.TABLE,
    C.next_contact_on,
    *(STANDING, _days(C.next_contact_on)),
    not_(
        select(THEIRS.c.version).where(THEIRS.c.code == C.code, among(THEIRS.c.organisation, "own")).exists()
    ),
)

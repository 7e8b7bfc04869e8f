"""What tests of how pages read are given."""

from domain.access.permissions import may
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, given
from web.practices.entries import Teller
from web.practices.offers import Offers
from web.practices.telling import Telling
from web.practices.told import Names

NAMES = Names(
    people={CASEWORKER.person: "Amira Khan", MANAGER.person: "Martin Lee", LEAD.person: "Priya Shah"},
    organisations={a.HOLDER: "North Moor area team", a.COMMISSIONER: "Larkdale CCG"},
    sides={"contract_holder": "area team", "local_commissioner": "CCG"},
)


def telling(*facts):
    return Telling(given(*facts).practice(), NAMES)


def teller(practice, asked=CASEWORKER):
    return Teller(practice, NAMES, Offers(practice, asked, lambda command: may(asked, command, practice)))


def entries(*facts, asked=CASEWORKER):
    practice = given(*facts).practice()
    found = teller(practice, asked)
    return [found.entry(one) for one in practice.history[2:]]


def flagged(**fields):
    return a.flag_raised(flag_id="flag-00000001", **fields)


def acted(**fields):
    return a.action_proposed(action_id="action-00000001", **fields)


HEARD = a.intelligence_recorded(intelligence_id="intelligence-00000001")
PROPOSED = a.tier_proposed(proposal_id="proposal-00000001")

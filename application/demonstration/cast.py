"""Who plays in the demonstration. Every name is invented; no organisation, practice or person is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.access.roles import Role

TODAY = date(2026, 11, 20)
"""The demonstration's own day, a Friday."""

BEGINS = date(2024, 11, 18)

PASSWORD = "larkfield-road-tea"  # noqa: S105 (published on purpose: these accounts work on the machine itself only)

REGION, AREA_TEAM = "X9R", "X9T"
LARKDALE, FERNSHIRE, STONEBECK = "X9A", "X9B", "X9C"

ORGANISATIONS = (
    (REGION, "Northern Fells region", "region", "region", None),
    (AREA_TEAM, "North Moor area team", "area_team", "area team", REGION),
    (LARKDALE, "Larkdale CCG", "ccg", "CCG", AREA_TEAM),
    (FERNSHIRE, "Fernshire CCG", "ccg", "CCG", AREA_TEAM),
    (STONEBECK, "Stonebeck CCG", "ccg", "CCG", AREA_TEAM),
)
"""Code, name, kind, label, and what it is part of."""

ADDRESSES = {AREA_TEAM: "Moor House\n14 Fell Road\nNorth Moor\nNM1 2QX"}
"""From where an organisation writes."""


@dataclass(frozen=True)
class Player:
    person_id: str
    name: str
    email: str
    role: Role
    organisation: str | None


PLAYERS = (
    Player("person-amirakhan", "Amira Khan", "amira.khan@casebook.example", Role.CASEWORKER, AREA_TEAM),
    Player("person-jopark01", "Jo Park", "jo.park@casebook.example", Role.CASEWORKER, AREA_TEAM),
    Player("person-tomashby", "Tom Ashby", "tom.ashby@casebook.example", Role.CASEWORKER, AREA_TEAM),
    Player("person-martinlee", "Martin Lee", "martin.lee@casebook.example", Role.MANAGER, AREA_TEAM),
    Player("person-helenford", "Helen Ford", "helen.ford@casebook.example", Role.MANAGER, AREA_TEAM),
    Player("person-priyashah", "Priya Shah", "priya.shah@casebook.example", Role.LEAD, LARKDALE),
    Player("person-owenrees", "Owen Rees", "owen.rees@casebook.example", Role.LEAD, FERNSHIRE),
    Player("person-gracemoyo", "Grace Moyo", "grace.moyo@casebook.example", Role.LEAD, STONEBECK),
    Player("person-ruthbell", "Ruth Bell", "ruth.bell@casebook.example", Role.AUDITOR, None),
    Player("person-samokoro", "Sam Okoro", "sam.okoro@casebook.example", Role.ADMINISTRATOR, None),
    Player("person-inesmoor", "Ines Moor", "ines.moor@casebook.example", Role.ADVISER, AREA_TEAM),
)

AMIRA, JO, TOM, MARTIN, HELEN, PRIYA, OWEN, GRACE = (player.person_id for player in PLAYERS[:8])
RUTH, INES = PLAYERS[8].person_id, PLAYERS[10].person_id

LEADS = {LARKDALE: PRIYA, FERNSHIRE: OWEN, STONEBECK: GRACE}

SIGN_IN_AS = PLAYERS[0], PLAYERS[3], PLAYERS[5], PLAYERS[8], PLAYERS[9], PLAYERS[10]
"""One of each role: whom a newcomer is told to sign in as."""

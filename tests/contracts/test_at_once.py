"""Two people who press the button at the same moment, each on a Casebook of their own: one serial order, or one comes back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from application.casebook import Casebook
from application.codec import Codec
from application.key_set import record_key_set
from application.outcomes import Stale
from domain.reading import OpenEntries
from tests.contracts.notebook import scripted_clock, seeded_ids
from tests.projections.at_once import Sent, send
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OPERATOR

ACTION, FLAG = "action-atonce01", "flag-atonce01"
STREAM = f"practice-{a.CODE}"

BOTH = [
    ((a.record_conversation(), CASEWORKER), (a.record_conversation(), LEAD)),
    ((a.agree_action(action_id=ACTION), MANAGER), (a.agree_action(action_id=ACTION), LEAD)),
    ((a.explain_flag(flag_id=FLAG), CASEWORKER), (a.answer_action(action_id=ACTION), MANAGER)),
]
ONE = [
    ((a.cancel_action(action_id=ACTION), LEAD), (a.agree_action(action_id=ACTION), MANAGER)),
    ((a.clear_flag(flag_id=FLAG), CASEWORKER), (a.withdraw_flag(flag_id=FLAG), MANAGER)),
    ((a.propose_tier(inputs=("X90001/3",)), CASEWORKER), (a.decide_tier(inputs=("X90001/3",)), MANAGER)),
]


@pytest.fixture
def seats(open_again):
    """The Casebooks of two people, on stores of their own, as two processes have them; a practice with work in hand."""
    found = []
    for stores in (open_again(), open_again()):
        stores.codec = Codec(stores.keys)
        found.append(Casebook(stores, clock=scripted_clock(), ids=seeded_ids()))
    record_key_set(found[0])
    given = [
        (a.register_practice(local_commissioner=a.COMMISSIONER), OPERATOR),
        (a.raise_flag(flag_id=FLAG), CASEWORKER),
        (a.propose_action(action_id=ACTION), CASEWORKER),
        (OpenEntries(code=a.CODE, versions=(3,)), MANAGER),
    ]
    for number, (command, asked) in enumerate(given):
        found[0].handle(a.CODE, command, asked, command_id=f"command-given{number:03d}")
    return found


def sent_at_once(seats, pair):
    """What each recorded, or what came back; sent from forms that were drawn at one version, at one moment."""
    version, ready = len(seats[0].history(STREAM)), Barrier(2)

    def press(number):
        command, asked = pair[number]
        ready.wait(timeout=10)
        try:
            return seats[number].handle(
                a.CODE, command, asked, command_id=f"command-atonce{number}", expected_version=version
            )
        except Stale as stale:
            return stale

    with ThreadPoolExecutor(2) as two:
        return list(two.map(press, (0, 1)))


def serial(history, pair):
    """The facts that the two give one after the other."""
    facts: list = []
    after = history
    for number, (command, asked) in enumerate(pair, start=1):
        became = send(after, len(history), Sent(command, replace(asked), [], 1_000 * number))
        facts, after = [*facts, *became.facts], became.history
    return facts


@pytest.mark.parametrize(
    "pair", [*BOTH, *ONE], ids=lambda pair: "-".join(type(one).__name__ for one, _ in pair)
)
@pytest.mark.usefixtures("stores")
def test_two_at_once_give_one_of_the_two_serial_orders_or_one_comes_back(seats, pair):
    history = seats[0].history(STREAM)
    outcomes = sent_at_once(seats, pair)
    recorded = [one.fact for one in seats[0].history(STREAM)[len(history) :]]
    assert recorded in [serial(history, pair), serial(history, pair[::-1])]
    came_back = [one for one in outcomes if isinstance(one, Stale)]
    assert len(came_back) == (1 if pair in ONE else 0)
    for stale in came_back:
        assert [one.fact for one in stale.facts] == recorded

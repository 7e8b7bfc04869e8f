"""Episodes: from the first open concern to a close that names every blocker at once, and reopened with a reason."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.episodes import blockers, open_episode
from domain.practice.kinds import FlagKind, Level, Side, Visibility
from domain.practice.practice import replay
from domain.practice.visible import as_seen_by
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, by, given

FLAG, OTHER, HEARD = "flag-0000aaaa", "flag-0000bbbb", "intelligence-0000aaaa"
MINE = by(MANAGER, a.caseworker_named(caseworker=CASEWORKER.person))
RAISED = a.flag_raised(flag_id=FLAG, occurred_on=date(2026, 9, 1))
CLEARED = a.flag_cleared(flag_id=FLAG, occurred_on=date(2026, 10, 20))
COVERS = replace(OTHER_CASEWORKER, covers=frozenset({CASEWORKER.person}))


def heard(**fields):
    return a.intelligence_recorded(intelligence_id=HEARD, **{"occurred_on": date(2026, 9, 5), **fields})


def seen(story, asked):
    whole = replay(story.history)
    return replay(as_seen_by(story.history, whole.closed, asked, whole.let_in))


def closed(*concerns, **fields):
    return a.episode_closed(closing_id="closing-0000aaaa", concerns=concerns or (FLAG,), **fields)


REOPENED = a.episode_reopened(closing_id="closing-0000aaaa")

# --- when it is open


def test_an_episode_begins_with_the_first_open_concern_whichever_was_recorded_first() -> None:
    assert open_episode(given().practice()) is None
    practice = given(RAISED, heard(occurred_on=date(2026, 8, 20))).practice()
    episode = open_episode(practice)
    assert (episode.opened_on, episode.first) == (date(2026, 8, 20), HEARD)
    assert list(episode.concerns) == [FLAG, HEARD]


def test_an_episode_goes_on_when_its_concerns_are_settled_until_it_is_closed() -> None:
    assert open_episode(given(RAISED, CLEARED).practice()).opened_on == date(2026, 9, 1)
    assert open_episode(given(RAISED, CLEARED, closed()).practice()) is None


def test_a_concern_after_the_close_begins_another_and_none_begins_before_the_one_before_it_was_closed() -> (
    None
):
    after = closed(occurred_on=date(2026, 11, 1))
    late = heard(occurred_on=date(2026, 9, 2))
    first, second = given(RAISED, CLEARED, after, late).practice().episodes
    assert (first.opened_on, first.closed_on) == (date(2026, 9, 1), date(2026, 11, 1))
    assert (second.opened_on, second.closed_on) == (date(2026, 11, 1), None)
    reopened = a.flag_reopened(flag_id=FLAG, occurred_on=date(2026, 11, 5))
    assert open_episode(given(RAISED, CLEARED, after, reopened).practice()).opened_on == date(2026, 11, 5)


def test_what_was_recorded_in_error_opened_nothing() -> None:
    story = given(RAISED, heard(), a.fact_withdrawn(corrects=3))
    assert open_episode(story.practice()).opened_on == date(2026, 9, 5)


def test_a_practice_that_closed_has_no_open_episode_and_it_goes_on_when_it_reopens() -> None:
    shut = a.practice_closed(closed_on=date(2026, 10, 31))
    assert open_episode(given(RAISED, shut).practice()) is None
    again = given(RAISED, shut, a.practice_reopened(occurred_on=date(2026, 11, 2))).practice()
    assert open_episode(again).opened_on == date(2026, 9, 1)


def test_a_clearing_that_is_withdrawn_after_the_close_leaves_no_concern_without_an_episode() -> None:
    story = given(RAISED, CLEARED, closed(occurred_on=date(2026, 11, 1)), a.fact_withdrawn(corrects=4))
    assert open_episode(story.practice()).opened_on == date(2026, 11, 1)


# --- closing


def test_it_is_closed_by_its_caseworker_when_nothing_in_it_is_open() -> None:
    command = a.close_episode()
    given(MINE, RAISED, CLEARED).when(command).then(
        a.episode_closed(closing_id=command.closing_id, concerns=(FLAG,), caseworker=CASEWORKER.person)
    )


def test_whoever_covers_for_the_caseworker_closes_it_in_their_place() -> None:
    given(MINE, RAISED, CLEARED).when(a.close_episode(), COVERS).then_a(
        e.EpisodeClosed, caseworker=CASEWORKER.person
    )


@pytest.mark.parametrize("asked", [OTHER_CASEWORKER, MANAGER], ids=lambda one: one.person)
def test_nobody_else_closes_it(asked) -> None:
    given(MINE, RAISED, CLEARED).when(a.close_episode(), asked).then_refused(
        "an-episode-is-closed-by-its-caseworker"
    )


def test_where_nobody_is_named_nobody_closes_it() -> None:
    given(RAISED, CLEARED).when(a.close_episode()).then_refused("an-episode-is-closed-by-its-caseworker")


def test_closing_names_every_blocker_at_once_in_the_order_of_the_page() -> None:
    story = given(
        MINE,  # 3
        RAISED,
        a.flag_raised(flag_id=OTHER, kind=FlagKind.SHIFTING, level=Level.ALARM),  # 5
        heard(),
        a.conversation_recorded(occurred_on=date(2026, 10, 1)),  # 7
        by(LEAD, a.entry_disputed(version=7, text_version=7)),
        a.action_proposed(action_id="action-0000aaaa", due_on=date(2026, 12, 1)),  # 9
        a.action_proposed(action_id="action-0000bbbb", due_on=date(2026, 11, 1)),
        a.action_proposed(action_id="action-0000cccc"),  # 11
        by(MANAGER, a.action_agreed(action_id="action-0000cccc")),
        by(LEAD, a.action_agreed(action_id="action-0000cccc", side=Side.LOCAL_COMMISSIONER, organisation="99A")),
        a.action_completed(action_id="action-0000cccc"),
        a.tier_proposed(),  # 15
        a.correction_requested(version=7),
    )  # fmt: skip
    found = blockers(story.practice(), a.TODAY)
    assert [(one.what, one.version) for one in found] == [
        ("action", 10),
        ("proposal", 15),
        ("request", 16),
        ("action", 9),
        ("evidence", 11),
        ("intelligence", 6),
        ("flag", 5),
        ("flag", 4),
        ("dispute", 7),
    ]
    story.when(a.close_episode()).then_refused("an-episode-closes-when-nothing-in-it-is-open")
    named = [int(part.split(")")[0]) for part in story.broken.message.split("(entry ")[1:]]
    assert named == [one.version for one in found]


@pytest.mark.parametrize(
    "settled",
    [
        (a.flag_raised(flag_id=OTHER), a.flag_withdrawn(flag_id=OTHER)),
        (heard(), by(LEAD, a.intelligence_corroborated(intelligence_id=HEARD))),
        (heard(), by(LEAD, a.intelligence_discounted(intelligence_id=HEARD))),
        (
            a.action_proposed(action_id="action-0000aaaa"),
            a.action_cancelled(action_id="action-0000aaaa"),
        ),
        (
            a.tier_proposed(proposal_id="proposal-0000aaaa"),
            by(MANAGER, a.tier_proposal_declined(proposal_id="proposal-0000aaaa")),
        ),
        (
            a.conversation_recorded(occurred_on=date(2026, 10, 1)),
            by(LEAD, a.entry_disputed(version=6, text_version=6)),
            by(LEAD, a.entry_amended(version=6, text_version=6)),
        ),
        (
            a.conversation_recorded(occurred_on=date(2026, 8, 1)),
            by(LEAD, a.entry_disputed(version=6, text_version=6)),
        ),
    ],
    ids=["flag", "borne-out", "not-borne-out", "action", "proposal", "dispute", "dispute-of-before"],
)
def test_what_is_settled_or_of_an_earlier_time_stands_in_nobodys_way(settled) -> None:
    given(MINE, RAISED, CLEARED, *settled).when(a.close_episode()).then_a(e.EpisodeClosed)


def test_it_is_not_closed_before_the_last_thing_in_it_ended_nor_in_the_future_nor_twice() -> None:
    story = given(MINE, RAISED, CLEARED)
    story.when(a.close_episode(occurred_on=date(2026, 10, 19))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )
    given(MINE, RAISED, CLEARED).when(a.close_episode(occurred_on=date(2026, 11, 22))).then_refused(
        "what-happened-is-not-in-the-future"
    )
    given(MINE, RAISED, CLEARED).when(a.close_episode(occurred_on=date(2026, 10, 20))).then_a(e.EpisodeClosed)
    given(MINE, RAISED, CLEARED, closed()).when(a.close_episode()).then_refused(
        "only-an-open-episode-is-closed"
    )
    given(MINE).when(a.close_episode()).then_refused("only-an-open-episode-is-closed")


# --- reopening


def test_the_last_closing_is_undone_with_a_reason_and_the_episode_goes_on_since_it_opened() -> None:
    story = given(MINE, RAISED, CLEARED, closed())
    story.when(a.reopen_episode(closing_id="closing-0000aaaa"), MANAGER).then(REOPENED)
    again = given(MINE, RAISED, CLEARED, closed(), REOPENED)
    assert open_episode(again.practice()).opened_on == date(2026, 9, 1)
    again.when(a.close_episode()).then_a(e.EpisodeClosed, concerns=(FLAG,))
    given(closed()).when(a.reopen_episode(closing_id="closing-0000aaaa", reason=" ")).then_refused(
        "what-is-asked-for-is-given", "reason"
    )


def test_an_earlier_episode_is_not_reopened_while_another_has_begun() -> None:
    given(RAISED, CLEARED, closed(), a.flag_raised()).when(
        a.reopen_episode(closing_id="closing-0000aaaa")
    ).then_refused("only-the-latest-episode-is-reopened")
    given(RAISED).when(a.reopen_episode(closing_id="closing-0000aaaa")).then_refused(
        "a-closing-is-of-this-practice"
    )
    given(RAISED, CLEARED, closed(), REOPENED).when(
        a.reopen_episode(closing_id="closing-0000aaaa")
    ).then_refused("a-closing-is-of-this-practice")


# --- what somebody does not see


INTERNAL = by(LEAD, heard(visibility=Visibility.INTERNAL))


def test_what_the_closer_may_not_see_blocks_nothing_and_is_told_by_nothing() -> None:
    story = given(MINE, RAISED, CLEARED, INTERNAL)
    fact = story.when(a.close_episode()).decided()
    assert fact.concerns == (FLAG,)
    after = given(MINE, RAISED, CLEARED, INTERNAL, fact)
    assert open_episode(seen(after, CASEWORKER)) is None
    assert open_episode(seen(after, LEAD)).first == HEARD


@pytest.mark.parametrize(
    ("visibility", "sees"), [(Visibility.INTERNAL, []), (Visibility.RESTRICTED, ["Withheld", "Withheld"])]
)
def test_the_close_of_what_only_one_organisation_sees_is_seen_as_little(visibility, sees) -> None:
    told = heard(visibility=visibility)
    borne_out = a.intelligence_corroborated(intelligence_id=HEARD)
    story = given(MINE, told, by(OTHER_CASEWORKER, borne_out))
    fact = story.when(a.close_episode()).decided()
    assert fact.concern == HEARD
    story = given(MINE, told, fact, a.episode_reopened(closing_id=fact.closing_id, concern=fact.concern))
    found = [type(entry.fact).__name__ for entry in seen(story, LEAD).history[3:]]
    assert found == [*sees, *sees[:1]]
    assert seen(story, LEAD).episodes == []


def test_the_ids_of_what_is_kept_from_a_reader_are_not_among_the_concerns_that_were_closed() -> None:
    kept = heard(visibility=Visibility.INTERNAL)
    borne_out = by(OTHER_CASEWORKER, a.intelligence_corroborated(intelligence_id=HEARD))
    fact = given(MINE, RAISED, CLEARED, kept, borne_out).when(a.close_episode()).decided()
    assert (fact.concerns, fact.concern) == ((FLAG, HEARD), None)
    told = seen(given(MINE, RAISED, CLEARED, kept, borne_out, fact), LEAD)
    assert told.history[-1].fact.concerns == (FLAG,)


# --- corrections


def test_a_close_is_corrected_and_withdrawn_as_any_other_fact() -> None:
    story = given(MINE, RAISED, CLEARED, closed(occurred_on=date(2026, 11, 1)))
    story.when(a.correct_fact(version=6, fields={"occurred_on": "2026-08-01"})).then_refused(
        "an-end-is-not-before-its-start"
    )
    story = given(MINE, RAISED, CLEARED, closed(), a.fact_withdrawn(corrects=6))
    assert open_episode(story.practice()).opened_on == date(2026, 9, 1)
    assert isinstance(closed().reason, Sealed)

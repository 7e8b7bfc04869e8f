"""What holds of every command and of every fact."""

import re
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

import pytest

from domain import links
from domain.access import commands as access
from domain.access.permissions import GRANTED
from domain.indicators import commands as indicators
from domain.performers import commands as performers
from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.correctable import correctable_fields
from domain.practice.practice import DECIDES, EVOLVES, TAKEN_AFTER_CLOSURE, decide, replay
from domain.releases import commands as releases
from domain.rules import Fact, RuleBroken, Sealed
from domain.text import check_command, new_ids, word_fields
from tests.domain.everything import everything
from tests.support import factories as a
from tests.support.given import MANAGER, given, told_elsewhere

ELSEWHERE = {
    **c.FOLLOWS,
    **access.COMMANDS,
    **performers.COMMANDS,
    **links.COMMANDS,
    **indicators.COMMANDS,
    **releases.COMMANDS,
}
COMMANDS = {**c.COMMANDS, **ELSEWHERE}
CHANGES_NO_STATE = {
    e.ActionProgressed: "says what was done so far, which no rule asks",
    e.LetterWritten: "is what was written, which no rule asks",
    e.ContractorCompositionChanged: "says who the contractor is, which no rule asks",
    e.ContractReviewHeld: "says what was found, which no rule asks",
    e.VisibilityChanged: "says who sees an entry, which is worked out from the whole history at once",
}


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def ids_of(command: type) -> dict[str, Any]:
    """Whatever a factory leaves to be given by hand."""
    wanted = {
        "flag_id": "flag-00000000",
        "intelligence_id": "intelligence-00000000",
        "action_id": "action-00000000",
        "proposal_id": "proposal-00000000",
        "request_id": "request-00000000",
        "contract_id": "contract-00000000",
        "person_id": "person-00000000",
        "person": "person-00000000",
        "access_id": "access-00000000",
        "join_id": "join-00000000",
        "link_id": "link-00000000",
        "closing_id": "closing-00000000",
        "explanation_id": "explanation-00000000",
        "breach_id": "breach-00000000",
        "notice_id": "notice-00000000",
        "sanction_id": "sanction-00000000",
        "suspension_id": "suspension-00000000",
        "termination_id": "termination-00000000",
        "dispute_id": "dispute-00000000",
        "challenge_id": "challenge-00000000",
        "cover_id": "cover-00000000",
        "absent": "person-00000001",
        "concern": "flag-00000000",
        "version": 1,
        "text_version": 1,
        "corrects": 1,
    }
    return {field.name: wanted[field.name] for field in fields(command) if field.name in wanted}


def made(command: type, **given_fields: Any) -> Any:
    return getattr(a, snake(command.__name__))(**{**ids_of(command), **given_fields})


# --- the literal tables are whole


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_has_a_rule_a_permission_and_a_factory(command) -> None:
    assert command in DECIDES or command.__name__ in ELSEWHERE
    assert command.__name__ in GRANTED
    assert type(made(command)) is command


def test_every_rule_answers_a_command_and_is_called_as_it_is() -> None:
    every = {**c.COMMANDS, **c.FOLLOWS}
    assert set(DECIDES) == set(every.values())
    assert {rule.__name__ for rule in DECIDES.values()} == {snake(name) for name in every}
    assert set(TAKEN_AFTER_CLOSURE) <= set(DECIDES)


@pytest.mark.parametrize("fact", e.FACTS, ids=lambda fact: fact.__name__)
def test_every_fact_changes_state_or_has_a_reason_not_to_and_has_a_factory(fact) -> None:
    assert (fact in EVOLVES) is not (fact in CHANGES_NO_STATE)
    assert isinstance(made(fact), fact)


def test_every_fact_that_changes_state_is_a_fact_of_the_practice() -> None:
    assert set(EVOLVES) | set(CHANGES_NO_STATE) == set(e.FACTS)
    evolve = {
        name.__name__ for fact, name in EVOLVES.items() if fact not in {e.FactCorrected, e.FactWithdrawn}
    }
    assert evolve == {
        snake(fact.__name__) for fact in EVOLVES if fact not in {e.FactCorrected, e.FactWithdrawn}
    }


@pytest.mark.parametrize("fact", e.FACTS, ids=lambda fact: fact.__name__)
def test_every_stored_name_is_of_a_practice_in_kebab_and_used_once(fact) -> None:
    assert re.fullmatch(r"practice\.[a-z]+(-[a-z]+)*", fact.NAME)
    assert [other for other in e.FACTS if (other.NAME, other.VERSION) == (fact.NAME, fact.VERSION)] == [fact]
    assert fact.__doc__
    assert fact.__doc__ is not Fact.__doc__


@pytest.mark.parametrize("fact", e.FACTS, ids=lambda fact: fact.__name__)
def test_every_fact_says_on_which_day_it_happened(fact) -> None:
    assert "occurred_on" in {field.name for field in fields(fact)}


def test_everything_has_happened_in_the_practice_to_which_everything_happened() -> None:
    happened = {type(entry.fact) for entry in everything()}
    assert set(e.FACTS) - happened == {e.FactCorrected, e.FactWithdrawn}


# --- words

WORDS = [
    (command, name, *field)
    for command in COMMANDS.values()
    for name, field in word_fields(command).items()
    if field[0].form is None
]
IDS = [f"{command.__name__}.{name}" for command, name, *_ in WORDS]


def _many(command: type, name: str) -> bool:
    hint = get_type_hints(command, include_extras=True)[name]
    return "tuple" in str(hint) and bool(get_args(hint))


def _typed(command: type, name: str, words: str) -> Any:
    return made(command, **{name: (words,) if _many(command, name) else words})


def _refusal(command: Any) -> tuple[str, str | None] | None:
    try:
        check_command(command)
    except RuleBroken as broken:
        return broken.rule, broken.field
    return None


@pytest.mark.parametrize(("command", "name", "words", "optional"), WORDS, ids=IDS)
def test_every_text_field_takes_its_limit_and_not_one_character_more(command, name, words, optional) -> None:
    for letter in ("x", "\u05d0", "\U0001fa7a"):
        assert _refusal(_typed(command, name, letter * words.limit)) is None
        assert _refusal(_typed(command, name, letter * (words.limit + 1))) == (
            "words-keep-to-their-limit",
            name,
        )


@pytest.mark.parametrize(("command", "name", "words", "optional"), WORDS, ids=IDS)
def test_every_required_text_field_is_given_and_names_itself_when_it_is_not(
    command, name, words, optional
) -> None:
    for blank in ("", " ", "   "):
        expected = None if optional else ("what-is-asked-for-is-given", name)
        assert _refusal(_typed(command, name, blank)) == expected


@pytest.mark.parametrize(("command", "name", "words", "optional"), WORDS, ids=IDS)
def test_every_text_field_refuses_control_characters_surrogates_and_nhs_numbers(
    command, name, words, optional
) -> None:
    for character in ("\x00", "\t", "\r", "\x1f", "\x7f", "\x85", "\ud800"):
        assert _refusal(_typed(command, name, f"a{character}b")) == ("words-can-be-shown-as-typed", name)
    assert (_refusal(_typed(command, name, "a\nb")) is None) is words.lines
    looked_for = name not in {"telephone", "source_sha256", "digest"}
    patient = ("no-patient-is-identified", name) if looked_for else None
    assert _refusal(_typed(command, name, "943 476 5919")) == patient


NEW = [
    (command, name, new.prefix)
    for command in COMMANDS.values()
    for name, (new, _) in new_ids(command).items()
]


@pytest.mark.parametrize(("command", "name", "prefix"), NEW, ids=lambda part: getattr(part, "__name__", part))
def test_every_new_id_is_minted_by_casebook(command, name, prefix) -> None:
    assert _refusal(made(command, **{name: f"{prefix}-0123abcd"})) is None
    for odd in ("", prefix, f"{prefix}-", f"{prefix}-0123abc", f"{prefix}-0123ABCD", f"x{prefix}-0123abcd",
                f"{prefix}-0123abcd\n", f"{prefix}-" + "0" * 41, "other-0123abcd", "943 476 5919"):  # fmt: skip
        assert _refusal(made(command, **{name: odd})) == ("ids-are-minted-by-casebook", name)


# --- editing A never nulls B

DETAILS = {
    "name": "Larkfield Road Surgery",
    "address": "1 Larkfield Road",
    "postcode": "LK1 1AA",
    "telephone": "01234 567890",
    "list_size": 6_191,
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Larkfield Surgery"),
        ("address", "2 Larkfield Road"),
        ("address", None),
        ("postcode", "LK1 1AB"),
        ("postcode", None),
        ("telephone", "01234 567891"),
        ("telephone", None),
        ("list_size", 6_200),
        ("list_size", 0),
        ("list_size", None),
    ],
)
def test_editing_one_detail_never_nulls_another(field, value) -> None:
    story = given(a.details_changed(**_sealed(DETAILS)))
    story.when(a.change_details(**{**DETAILS, field: value}))
    fact = story.decided()
    assert _plain(fact) == {**DETAILS, field: value}
    assert [change.field for change in fact.changes] == [field]


def _sealed(details: dict[str, Any]) -> dict[str, Any]:
    return {name: Sealed(v) if name in {"name", "address", "telephone"} else v for name, v in details.items()}


def _plain(fact: e.DetailsChanged) -> dict[str, Any]:
    return {name: value for name, value in correctable_fields(fact).items() if name in DETAILS}


FILLED = {
    e.DetailsChanged: a.change_details(**DETAILS),
    e.CaseworkerNamed: a.name_caseworker(note="Amira knows the practice.", from_on=a.TODAY),
    e.ContractSigned: a.sign_contract(
        notice_address="1 Larkfield Road", ends_on=a.TODAY, services=("essential",), practice_area="North"
    ),
    e.FlagRaised: a.raise_flag(period="2026 Q2", note="Ask about the rota."),
    e.ConversationRecorded: a.record_conversation(subject="Phone access", next_contact_on=a.TODAY),
    e.IntelligenceRecorded: a.record_intelligence(
        received_from="The advice service", immediate_safety_risk=True
    ),
    e.ActionProposed: a.propose_action(plan_id="plan-1"),
    e.PracticeClosed: a.close_practice(reason="Retired.", successor="X90002"),
}


@pytest.mark.parametrize("fact", FILLED, ids=lambda fact: fact.__name__)
def test_leaving_out_one_optional_field_of_a_command_leaves_the_others(fact) -> None:
    """All but the caseworker: a caseworker left out is nobody named, which is what stands."""
    command = FILLED[fact]
    whole = _fact_of(command)
    for field in fields(command):
        optional = field.name in word_fields(type(command)) and word_fields(type(command))[field.name][1]
        if (
            not optional
            or getattr(command, field.name) in (None, ())
            or field.name in {"parties", "caseworker"}
        ):
            continue
        empty: Any = () if isinstance(getattr(command, field.name), tuple) else None
        without = _fact_of(replace(command, **{field.name: empty}))
        different = {
            one.name for one in fields(whole) if getattr(whole, one.name) != getattr(without, one.name)
        }
        assert different - {"changes"} == {field.name}


def _fact_of(command: Any) -> Any:
    (fact,) = decide(told_elsewhere(given().practice(), command), command, MANAGER)
    return fact


# --- refusals and history


@pytest.mark.parametrize("command", c.COMMANDS.values(), ids=c.COMMANDS)
def test_no_rule_changes_what_it_looks_at(command) -> None:
    """Whether it is answered or refused, the practice is as it was and replays to the same."""
    history = everything()
    practice = replay(history)
    with suppress(RuleBroken):
        decide(practice, made(command), MANAGER)
    assert practice == replay(everything())
    assert history == everything()


@pytest.mark.parametrize("version", range(1, len(everything()) + 1))
def test_history_replays_from_any_point(version) -> None:
    practice = replay(everything()[:version])
    assert practice.version == version
    assert [entry.version for entry in practice.standing.values()] == list(range(1, version + 1))


CODES = [
    (command, name, field[0])
    for command in COMMANDS.values()
    for name, field in word_fields(command).items()
    if field[0].form is not None
]


@pytest.mark.parametrize(
    ("command", "name", "words"), CODES, ids=lambda part: getattr(part, "__name__", part)
)
def test_a_code_has_its_form_and_holds_no_sentence(command, name, words) -> None:
    """Codes are stored as they are, so no typed sentence may pass for one."""
    for sentence in ("Dr Grey is ill", "said by the nurse", "q74", "A81001; DROP", "943 476 5919"):
        refusal = _refusal(_typed(command, name, sentence[: words.limit]))
        assert refusal == ("a-code-has-its-form", name), sentence


@pytest.mark.parametrize("period", ["2026", "2026 Q3", "2025-26", "2025/26", "2026-09", "March 2026"])
def test_a_period_is_a_year_quarter_or_month(period) -> None:
    assert _refusal(a.raise_flag(period=period)) is None

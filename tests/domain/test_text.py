"""Words that people type: their limits, their characters, and never a patient's number."""

import pytest

from domain.practice.commands import COMMANDS
from domain.rules import RuleBroken, Sealed, sealed
from domain.text import Words, check_words, holds_nhs_number, is_nhs_number, word_fields
from tests.support import factories as a
from tests.support.given import given

NARRATIVE = Words(20_000)
LINE = Words(200, lines=False)


def refusal(text: str, words: Words = NARRATIVE) -> str | None:
    try:
        check_words(text, words, "said")
    except RuleBroken as broken:
        return broken.rule if broken.field == "said" else None
    return None


@pytest.mark.parametrize(
    "words", [NARRATIVE, LINE, Words(2_000), Words(60, lines=False)], ids=lambda w: str(w.limit)
)
@pytest.mark.parametrize("character", ["x", "\u00e9", "\u05d0", "\U0001fa7a"])
def test_words_keep_to_their_limit_counted_in_characters(words, character) -> None:
    assert refusal(character * words.limit, words) is None
    assert refusal(character * (words.limit + 1), words) == "words-keep-to-their-limit"


CONTROL = [chr(n) for n in (*range(0x20), *range(0x7F, 0xA0)) if n != 0x0A]


@pytest.mark.parametrize("character", CONTROL, ids=lambda c: f"U+{ord(c):04X}")
def test_control_characters_are_refused_tab_and_nul_among_them(character) -> None:
    assert refusal(f"a{character}b") == "words-can-be-shown-as-typed"
    assert refusal(character) == "words-can-be-shown-as-typed"


@pytest.mark.parametrize("text", ["\ud800", "a\udc80b", "\ud83e\udd7a"])
def test_lone_surrogates_are_refused(text) -> None:
    assert refusal(text) == "words-can-be-shown-as-typed"


def test_a_line_break_stands_in_a_narrative_and_not_in_a_line() -> None:
    assert refusal("one\ntwo") is None
    assert refusal("one\ntwo", LINE) == "words-can-be-shown-as-typed"


@pytest.mark.parametrize(
    "text",
    [
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0645\u0631\u062d\u0628\u0627 \u202eabc\u202c",
        "\U0001fa7a\U0001f468\u200d\u2695\ufe0f",
        "e\u0301 and \u00e9",
        "\u2028 and \u2029",
        " leading and trailing ",
        "<script>&amp;'\"\\",
        "a\ufeffb",
        "\U0010ffff",
    ],
)
def test_right_to_left_and_four_byte_characters_are_kept_exactly(text) -> None:
    story = given().when(a.record_conversation(said=text))
    assert story.decided().said == Sealed(text)


def test_the_message_names_the_character_to_remove() -> None:
    with pytest.raises(RuleBroken, match="U\\+0009"):
        check_words("a\tb", NARRATIVE, "said")


# 943 476 5919 is the example number of the NHS Data Dictionary; 401 023 2137 and 000 000 0000 also pass the check.
VALID = [
    "9434765919",
    "943 476 5919",
    "943-476-5919",
    "943\u00a0476\u00a05919",
    "943\u2011476\u20115919",
    "943\u2013476\u20135919",
    "943\u2009476\u20095919",
    "943\u202f476\u202f5919",
    "943  476  5919",
    "9 4 3 4 7 6 5 9 1 9",
    "94 34 76 59 19",
    "943476 5919",
    "943 4765919",
    "943.476.5919",
    "943/476/5919",
    "943\n476\n5919",
    "943\u200b476\u200b5919",
    "943\u00ad476\u00ad5919",
    "\ufeff943\ufeff476\ufeff5919",
    "4010232137",
    "\u0669\u0664\u0663\u0664\u0667\u0666\u0665\u0669\u0661\u0669",
    "\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19",
]


@pytest.mark.parametrize("number", VALID, ids=ascii)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "Patient {} rang.",
        "NHS no.{}.",
        "({})",
        "id{}x",
        "call 3 about {} at 10",
        "\u05d0{}\u05d0",
        "{}\n{}",
    ],
)
def test_a_valid_nhs_number_is_refused_however_it_is_spaced_and_wherever_it_stands(number, around) -> None:
    assert refusal(around.replace("{}", number)) == "no-patient-is-identified"


@pytest.mark.parametrize(
    "before",
    ["1234567 ", "123 ", "12 ", "1 ", "2026-11-21 ", "12:30 ", "01234567890 ", "1234567890 ", "9999999999 "],
)
def test_other_digits_before_a_number_do_not_hide_it(before) -> None:
    assert refusal(before + "943 476 5919") == "no-patient-is-identified"
    assert refusal(before + "9434765919") == "no-patient-is-identified"


def test_a_number_at_the_end_of_a_long_narrative_is_found() -> None:
    assert refusal("word " * 3_990 + "943 476 5919") == "no-patient-is-identified"


@pytest.mark.parametrize(
    "text",
    [
        "01234567890",
        "01234 567890",
        "020 7946 0018",
        "0113 496 0000",
        "07700 900123",
        "+44 7700 900123",
        "9434765918",
        "943 476 5918",
        "943 476 591",
        "94347659190",
        "19434765919",
        "4010232136",
        "1234567890",
        "31% to 12%, 28.5 and 19",
        "1,234,567,890 items",
    ],
)
def test_telephone_numbers_and_numbers_that_fail_the_check_are_taken(text) -> None:
    assert refusal(text) is None


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("9434765919", True),
        ("4010232137", True),
        ("9434765910", False),
        ("4505577104", True),
        ("1000000010", False),  # its check digit would be 10
        ("0000000000", True),
    ],
)
def test_the_check_is_modulus_11_and_ten_is_no_check_digit(digits, valid) -> None:
    assert is_nhs_number(digits) is valid
    assert holds_nhs_number(digits) is valid


def test_words_left_empty_are_absent() -> None:
    assert sealed(None) is sealed("") is sealed("  \n ") is None
    assert sealed(" a ") == Sealed(" a ")


def test_a_sealed_value_never_shows_its_words() -> None:
    assert repr(Sealed("943 476 5919")) == "Sealed(\u2026)"
    assert "secret" not in repr(a.record_conversation(said="x")) + repr(
        a.conversation_recorded(said=Sealed("secret"))
    )


def test_optional_words_of_nothing_but_tabs_are_refused_like_any_tab() -> None:
    given().when(a.raise_flag(note="\t")).then_refused("words-can-be-shown-as-typed", "note")


def test_every_typed_field_of_every_command_has_a_limit_and_nothing_else_is_typed() -> None:
    """Fields of text without a limit are ids, cites and codes of things that a rule compares with what is known."""
    known = {
        "contract_id", "flag_id", "intelligence_id", "action_id", "proposal_id", "request_id", "access_id", "entry_id", "concern", "join_id",
        "closing_id", "hand_over_id", "whose", "meeting",
        "explanation_id", "decision_id", "reply_to", "about_flags", "about_actions", "about_intelligence", "evidence",
        "about", "by", "document", "told_id", "response_id", "points", "referral_id", "challenge_id", "action_ids",
        "inspection_id", "regulatory_id", "expectation_id", "entry", "application_id", "branch_id", "merger_id",
        "review_id", "breach_id", "repeats", "resolution_id", "notice_id", "breaches", "sanction_id", "rests_on",
        "termination_id", "answers", "suspension_id", "dispute_id", "subject", "override_id", "dissent_id", "view_id", "asking_id",
        "inputs", "attendees", "document_id", "letter_id", "of_entry", "kept_as", "key", "sha256",
    }  # fmt: skip
    unlimited = {
        name
        for command in COMMANDS.values()
        for name, annotation in command.__annotations__.items()
        if "str" in str(annotation) and name not in word_fields(command) and "ClassVar" not in str(annotation)
    } - {"fields"}
    assert unlimited <= known

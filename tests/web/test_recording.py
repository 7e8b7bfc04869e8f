"""Each thing that can be recorded has a form that records it once, and keeps what was typed when it cannot."""

import json

import pytest
from markupsafe import escape

from domain.practice import events as e
from domain.practice.commands import COMMANDS
from domain.practice.correctable import plain
from domain.text import word_fields
from tests.support import factories as a
from tests.web.sent import SENT, Sent
from web.practices.forms import ADDRESSES, FORMS, kebab

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'>&amp;"
ODD = "\n first line \n\n  \u200fעברית\u200e العربية 👩🏽‍⚕️ 𝒳 Zoë’s “note”; 2 < 3 & 4 > 3\nlast "

each_form = pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.verb)


def of_lines(sent):
    """The fields of a form that take words of several lines."""
    if sent.verb in {"correct-fact", "request-correction"}:
        return []
    fields = word_fields(COMMANDS[FORMS[sent.verb].name])
    return [name for name in sent.typed if fields[name][0].lines]


@pytest.fixture
def history(casebook):
    """What people recorded of the practice. What the rules then recommend follows by itself, and is tried elsewhere."""

    def recorded():
        facts = [entry.fact for entry in casebook.history(f"practice-{a.CODE}")[2:]]
        return [fact for fact in facts if not isinstance(fact, e.TierRecommended)]

    return recorded


@pytest.fixture
def opened(record, people):
    """The page of a form, with what it needs recorded before."""

    def open_form(sent: Sent):
        for who, command in sent.given:
            record(who, command)
        page = getattr(people, sent.by).open(sent.address)
        assert page.status == 200, page.text
        return page

    return open_form


def send(page, sent, **other):
    """Fill in and send; where answers are checked once more, send them on."""
    found = page.form().fill(**{**sent.answers, **other}).send()
    return (
        found.form().send() if found.status == 200 and found.title.startswith("Check your answers") else found
    )


def test_every_command_has_a_form_and_every_form_is_tried():
    tried = {sent.verb for sent in SENT} | {"register-practice", "assign-responsibility"}
    assert tried == set(ADDRESSES) == {kebab(name) for name in COMMANDS} - {"open-tier-decision"}


@each_form
def test_a_valid_form_records_one_fact_and_returns_to_it(opened, history, casebook, sent):
    page = opened(sent)
    before = history()
    landed = send(page, sent)
    assert landed.status == 303, (landed.errors, landed.text)
    after = history()
    assert after[: len(before)] == before
    assert [type(fact) for fact in after[len(before) :]] == [sent.fact]
    fact = after[-1]
    versions = [one.version for one in casebook.history(f"practice-{a.CODE}") if one.fact == fact]
    assert landed.location == f"/practices/{a.CODE}#entry-{versions[-1]}"
    assert {name: getattr(fact, name) for name in sent.tells} == sent.tells
    notices = [page.person.open("/account").text.count("Recorded") for _ in range(2)]
    assert notices == [1, 0]


@each_form
def test_a_form_sent_twice_records_once_and_lands_on_the_same_entry(opened, history, sent):
    page = opened(sent)
    first, again = send(page, sent), send(page, sent)
    recorded = len(history())
    assert first.location == again.location
    assert send(page, sent).location == first.location
    assert len(history()) == recorded


@pytest.mark.parametrize(
    ("sent", "name"),
    [pytest.param(sent, name, id=f"{sent.verb}-{name}") for sent in SENT for name in sent.needs],
)
def test_an_answer_that_is_needed_and_left_out_is_asked_for_and_the_rest_is_kept(opened, history, sent, name):
    page = opened(sent)
    before = history()
    blank = {
        name: ("", "", "")
        if f"{name}-day" in page.form().fields
        else []
        if name in {"inputs", "evidence"}
        else ""
    }
    refused = page.form().fill(**{**sent.answers, **sent.also, **blank}).send()
    assert refused.status == 422, refused.text
    assert refused.title.startswith("Error: ")
    [(where, _)] = refused.errors.items()
    assert refused.by_id(where.removeprefix("#")) is not None
    assert where.startswith(f"#{name}")
    assert history() == before
    kept = refused.form().fields
    for other, answer in {**sent.answers, **sent.also}.items():
        if other != name and isinstance(answer, str):
            assert kept[other] == answer


@pytest.mark.parametrize("sent", [one for one in SENT if one.typed], ids=lambda sent: sent.verb)
def test_words_that_cannot_be_recorded_are_refused_kept_and_shown_as_words(opened, history, sent):
    """The same limit, characters and patients' numbers as the command's; a script is words like any other."""
    page = opened(sent)
    before = history()
    limits = {name: limit_of(sent, name) for name in sent.typed}
    for typed, said in (
        ("a\x07b", "U+0007"),
        ("About 943 476 5919.", "without saying who the patient is"),
        ("{too long}", "{limit}"),
        (SCRIPT + "\0", "U+0000"),
    ):
        words = {
            name: "x" * (limit + 1) if typed == "{too long}" else typed for name, limit in limits.items()
        }
        refused = page.form().fill(**{**sent.answers, **words}).send()
        assert refused.status == 422, typed
        for name, limit in limits.items():
            assert said.format(limit=f"{limit:,}") in refused.errors[f"#{name}"]
            assert kept_in(refused, words[name])
        assert "<script>alert" not in refused.html
    assert history() == before
    longest = {name: SCRIPT + "x" * (limit - len(SCRIPT)) for name, limit in limits.items()}
    landed = send(page, sent, **longest)
    assert landed.status == 303, landed.errors
    assert all(words_in(history()[-1], words) for words in longest.values())
    assert "<script>alert" not in page.person.open("/account").html


@pytest.mark.parametrize("sent", [one for one in SENT if of_lines(one)], ids=lambda sent: sent.verb)
def test_what_was_typed_is_recorded_exactly(opened, history, sent):
    odd = {name: f"{ODD}{name}" for name in of_lines(sent)}
    landed = send(opened(sent), sent, **odd)
    assert landed.status == 303, landed.errors
    assert all(words_in(history()[-1], words) for words in odd.values())


@each_form
def test_a_field_that_the_form_does_not_ask_for_is_refused(opened, history, sent):
    page = opened(sent)
    before = history()
    refused = page.form().fill(**sent.answers, recorded_at="1999-01-01").send()
    assert refused.status == 422
    assert "does not ask for" in refused.errors["#form"]
    assert history() == before


def kept_in(page, typed):
    """Whether the page still holds what was typed; a browser leaves NUL out, so that it is not looked for."""
    return str(escape(typed.replace("\0", ""))) in page.html.replace("\0", "")


def limit_of(sent, name):
    if sent.verb in {"correct-fact", "request-correction"}:
        return 20_000 if name == "said" else 2_000
    return word_fields(COMMANDS[FORMS[sent.verb].name])[name][0].limit


def words_in(told, wanted):
    """Whether a fact holds these words anywhere."""

    def search(value):
        if isinstance(value, dict):
            return any(search(one) for one in value.values())
        if isinstance(value, list):
            return any(search(one) for one in value)
        return isinstance(value, str) and (value == wanted or _json(wanted) in value)

    return search(plain(told))


def _json(words):
    return json.dumps(words, ensure_ascii=False)


def test_a_practice_is_registered(people, casebook):
    page = people.manager.open("/register-practice")
    answers = {"code": "X90002", "name": "Mill Lane Surgery", "local_commissioner": a.COMMISSIONER}
    landed = page.form().fill(**answers).send()
    assert landed.location == "/practices/X90002#entry-1", landed.errors
    assert casebook.practice("X90002").details.name.words == "Mill Lane Surgery"
    again = people.manager.open("/register-practice").form().fill(**answers).send()
    assert again.status == 422
    assert "already registered" in again.text


def test_a_form_can_be_opened_by_code_in_small_letters(people):
    assert people.caseworker.open(f"/practices/{a.CODE.lower()}/record-conversation").status == 200


@pytest.mark.parametrize("code", ["X99999", "nothing", "%00"])
def test_there_is_no_form_for_an_unknown_practice(people, code):
    assert people.caseworker.open(f"/practices/{code}/record-conversation").status == 404


@pytest.mark.parametrize(
    "about",
    ["explain-flag", "explain-flag?flag_id=flag-1", "agree-action?action_id=x", "correct-fact", "correct-fact?version=1000",
     "correct-fact?version=x", "correct-fact?version=-1", "decline-correction?request_id=", "withdraw-fact?version=99999999999"],
)  # fmt: skip
def test_a_form_about_something_that_is_not_there_is_not_found(people, about):
    who = (
        people.manager
        if about.startswith("decline")
        else people.lead
        if about.startswith("agree")
        else people.caseworker
    )
    assert who.open(f"/practices/{a.CODE}/{about}").status == 404


def test_nothing_changed_is_said_and_nothing_recorded(opened, history, people):
    sent = next(sent for sent in SENT if sent.verb == "change-details")
    page = opened(sent)
    landed = page.form().send()
    assert landed.location == f"/practices/{a.CODE}"
    assert history() == []
    assert "Nothing was changed, so nothing was recorded" in people.caseworker.open("/account").text


def test_changing_one_detail_never_empties_another(opened, history, people):
    """What the form shows is what stands, so an answer left alone stays as it was."""
    sent = next(sent for sent in SENT if sent.verb == "change-details")
    opened(sent).form().fill(telephone="01632 960001", address="1 Lark Road\nLarkdale").send()
    people.caseworker.open(sent.address).form().fill(name="Another name").send()
    fact = history()[-1]
    assert (fact.telephone.words, fact.address.words, fact.list_size) == (
        "01632 960001",
        "1 Lark Road\nLarkdale",
        8412,
    )
    assert [change.field for change in fact.changes] == ["name"]

"""What a form carries unseen, two people at once, a busy record, and a session that ended meanwhile."""

from datetime import timedelta

import pytest
from eventsourcing.persistence import OperationalError
from werkzeug.datastructures import MultiDict

from application.casebook import Casebook
from application.outcomes import Busy
from tests.support import factories as a
from tests.web.conftest import PASSWORD
from tests.web.sent import ACTION, FLAG, agreed_action, flag
from web.forms.keeping import KEPT_FOR, Keeper
from web.forms.tokens import Token, TokenRefused, Tokens

CONVERSATION = f"/practices/{a.CODE}/record-conversation"
WORDS = "Kept: <b>whole</b>\n\n  and as typed."


@pytest.fixture
def form(people):
    return people.caseworker.open(CONVERSATION).form().fill(said=WORDS)


def token_of(form):
    return form.fields["token"]


# --- the token binds person, practice, command and version --------------------------------------------------


def refused_and_kept(page, history):
    assert page.status == 400
    assert "Nothing was recorded" in page.errors["#form"]
    assert page.form().fields["said"] == WORDS
    assert history() == []
    return page


def test_a_form_drawn_for_another_person_is_refused(people, form, history):
    form.person = people.colleague
    form.fields["csrf_token"] = people.colleague.open(CONVERSATION).form().fields["csrf_token"]
    again = refused_and_kept(form.send(), history)
    assert again.form().send().status == 303


def test_a_form_drawn_for_another_practice_is_refused(people, casebook, form, history, asked):
    casebook.handle(
        "X90002", a.register_practice(code="X90002"), asked("manager"), command_id=a.new_id("command")
    )
    other = people.caseworker.open("/practices/X90002/record-conversation").form()
    refused_and_kept(form.fill(token=token_of(other)).send(), history)


def test_a_form_drawn_for_another_command_is_refused(people, form, history):
    other = people.caseworker.open(f"/practices/{a.CODE}/record-intelligence").form()
    refused_and_kept(form.fill(token=token_of(other)).send(), history)


def test_a_form_whose_version_was_altered_is_refused(app, form, history):
    written = token_of(form)
    payload, _, signature = written.rpartition(".")
    with app.app_context():
        tokens = app.extensions["form-tokens"]
        token = tokens._token(written)
        newer, _, _ = tokens.write(token.at(99)).rpartition(".")
    assert newer != payload
    refused_and_kept(form.fill(token=f"{newer}.{signature}").send(), history)


@pytest.mark.parametrize("token", ["", "x", "e30.x", "null.x"])
def test_a_form_without_its_token_is_refused(form, history, token):
    refused_and_kept(form.fill(token=token).send(), history)


def test_a_token_of_another_installation_is_refused():
    token = Token("person-1", "practice-X90001", "RaiseFlag", 3, "command-1", {})
    with pytest.raises(TokenRefused):
        Tokens("another" * 8).read(
            Tokens("secret" * 8).write(token), person="person-1", about="practice-X90001", command="RaiseFlag"
        )


# --- sent twice, in other words ------------------------------------------------------------------------------


def test_a_form_sent_again_with_other_words_says_so_and_keeps_them(form, history):
    assert form.send().status == 303
    again = form.send(said="Other words.")
    assert again.status == 409
    assert "already sent this form with other words" in again.errors["#form"]
    assert again.form().fields["said"] == "Other words."
    assert len(history()) == 1
    assert again.form().send().status == 303
    assert [fact.said.words for fact in history()] == [WORDS, "Other words."]


# --- two people at once ---------------------------------------------------------------------------------------


def test_who_records_the_same_text_again_within_minutes_is_asked_first(people, history, clock):
    page = people.caseworker.open(CONVERSATION)
    sent = {"channel": "phone", "said": "The rota was gone through."}
    assert page.form().send(**sent).status == 303
    clock.at += timedelta(minutes=2)
    asked = people.caseworker.open(CONVERSATION).form().send(**sent)
    assert asked.status == 409
    assert "You recorded the same text 2 minutes ago: it is entry 3." in asked.text
    assert len(history()) == 1
    assert asked.form().send().status == 303
    assert len(history()) == 2


def test_other_words_or_the_same_words_much_later_or_of_somebody_else_are_no_question(people, history, clock):
    def say(who, said):
        form = getattr(people, who).open(CONVERSATION).form()
        return form.send(channel="phone", said=said).status

    assert say("caseworker", "The rota was gone through.") == 303
    assert say("caseworker", "The rota was gone through again.") == 303
    assert say("colleague", "The rota was gone through.") == 303
    clock.at += timedelta(minutes=16)
    assert say("caseworker", "The rota was gone through.") == 303
    assert len(history()) == 4


def test_two_people_who_each_record_a_conversation_are_both_recorded(people, history):
    forms = [who.open(CONVERSATION).form().fill(said=who.name) for who in (people.caseworker, people.lead)]
    assert [form.send().status for form in forms] == [303, 303]
    assert {fact.said.words for fact in history()} == {"caseworker", "lead"}


AT_ONCE = [
    ("flag", (flag(),), "caseworker", f"clear-flag?flag_id={FLAG}", {"because": "resolved", "reason": WORDS},
     ("colleague", a.explain_flag(flag_id=FLAG)), "Explanation given"),
    ("action", agreed_action(), "caseworker", f"progress-action?action_id={ACTION}", {"words": WORDS},
     ("manager", a.reschedule_action(action_id=ACTION)), "Action moved"),
    ("tier", (("colleague", a.record_conversation()),), "caseworker", "propose-tier",
     {"tier": "room_for_improvement", "rationale": WORDS, "inputs": [f"{a.CODE}/3"]},
     ("manager", a.decide_tier(inputs=(f"{a.CODE}/3",))), "Moved to"),
    ("contract", (), "caseworker", "sign-contract",
     {"contract_type": "GMS", "reference": "GMS 7", "parties": "Dr One", "starts_on": (1, 4, 2024), "practice_area": WORDS},
     ("colleague", a.sign_contract()), "contract signed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "who", "verb", "answers", "meanwhile", "told"),
    [case[1:] for case in AT_ONCE],
    ids=[case[0] for case in AT_ONCE],
)
def test_the_second_of_two_sees_what_the_first_recorded_and_may_send_anyway(
    people, record, history, given, who, verb, answers, meanwhile, told
):
    for recorder, command in given:
        record(recorder, command)
    form = getattr(people, who).open(f"/practices/{a.CODE}/{verb}").form().fill(**answers)
    record(*meanwhile)
    before = len(history())
    page = form.send()
    if page.title.startswith("Check your answers"):
        page = page.form().send()
    assert page.status == 409
    assert "Somebody else has recorded something about this" in page.text
    assert told in page.text
    assert {"colleague": "Jo Park", "manager": "Martin Lee"}[meanwhile[0]] in page.text
    assert "21 November 2026, 10:00am GMT" in page.text
    assert len(history()) == before
    assert WORDS in page.form().fields.values()
    landed = page.form().send()
    if landed.title.startswith("Check your answers") if landed.tree is not None else False:
        landed = landed.form().send()
    assert landed.status == 303, (landed.errors, landed.text)
    assert len(history()) == before + 1


def test_an_answer_to_another_flag_is_no_conflict(people, record):
    record(*flag())
    form = people.caseworker.open(f"/practices/{a.CODE}/clear-flag?flag_id={FLAG}").form()
    record("colleague", a.raise_flag(indicator="PS01"))
    assert form.send(because="resolved", reason=WORDS).status == 303


def test_a_form_about_something_that_was_withdrawn_meanwhile_keeps_the_text(people, record, history):
    record(*flag())
    form = people.caseworker.open(f"/practices/{a.CODE}/explain-flag?flag_id={FLAG}").form()
    record("colleague", a.withdraw_fact(version=3))
    page = form.send(category="coding", words=WORDS)
    assert page.status in {409, 422}
    assert page.form().fields["words"] == WORDS
    assert page.form().send().status == 422
    assert len(history()) == 2


def test_a_practice_that_closed_meanwhile_keeps_the_text(people, record, history):
    form = people.caseworker.open(f"/practices/{a.CODE}/raise-flag").form()
    record("manager", a.close_practice())
    page = form.send(indicator="PE03", kind="outlying", level="alert", note=WORDS)
    assert page.status == 422
    assert "This practice closed on 21 November 2026" in page.text
    assert page.form().fields["note"] == WORDS
    assert len(history()) == 1


# --- a record that is busy ------------------------------------------------------------------------------------


def test_a_busy_record_keeps_the_text_and_takes_the_same_form_later(form, history, monkeypatch):
    def busy(*_args, **_kwargs):
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr(Casebook, "handle", busy)
        page = form.send()
    assert page.status == 503
    assert "busy" in page.errors["#form"]
    assert page.form().fields["said"] == WORDS
    assert token_of(page.form()) == token_of(form)
    assert page.form().send().status == 303
    assert len(history()) == 1


def test_a_full_disk_says_whom_to_tell_keeps_the_text_and_takes_the_same_form_later(
    form, stores, history, monkeypatch
):
    """As SQLite says it: through the recorder, which knows it from a record that is busy."""

    def full(*_args, **_kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(type(stores.recorder), "insert", full)
        page = form.send()
    assert page.status == 507
    said = page.errors["#form"]
    assert "disk is full" in said
    assert "Nothing was recorded" in said
    assert "Tell an administrator" in said
    assert page.form().fields["said"] == WORDS
    assert token_of(page.form()) == token_of(form)
    assert history() == []
    assert page.form().send().status == 303
    assert len(history()) == 1


# --- a session that ended meanwhile ---------------------------------------------------------------------------


def sign_in_again(page, who="caseworker"):
    assert page.heading == "Sign in"
    assert "What you typed is kept" in page.text
    assert "whole" not in page.html
    return page.form("Sign in").send(email=f"{who}@example.org", password=PASSWORD)


def test_what_was_typed_before_the_session_ended_is_there_after_signing_in_again(form, history):
    form.person.client.delete_cookie("casebook")
    again = sign_in_again(form.send())
    assert again.heading == "You are signed in again"
    assert history() == []
    filled = again.form("Go back to your form").send()
    assert "Nothing has been recorded yet" in filled.text
    assert filled.form().fields["said"] == WORDS
    assert history() == []
    assert filled.form().send().status == 303
    assert [fact.said.words for fact in history()] == [WORDS]


def test_a_form_that_was_recorded_before_the_session_ended_is_not_recorded_twice(form, history):
    assert form.send().status == 303
    form.person.client.delete_cookie("casebook")
    filled = sign_in_again(form.send()).form("Go back to your form").send()
    assert filled.form().send().status == 303
    assert len(history()) == 1


def test_somebody_else_who_signs_in_next_does_not_see_it(form, history):
    form.person.client.delete_cookie("casebook")
    page = sign_in_again(form.send(), "lead")
    assert page.location == "/"
    account = form.person.open("/account")
    assert "somebody else’s" in account.text.replace("'", "’")
    assert "whole" not in account.html
    assert history() == []


def test_a_wrong_password_in_between_loses_nothing(form):
    form.person.client.delete_cookie("casebook")
    page = form.send().form("Sign in").send(email="caseworker@example.org", password="wrong wrong wrong")
    assert page.status == 422
    assert sign_in_again_quietly(page).form("Go back to your form").fields["said"] == WORDS


def sign_in_again_quietly(page):
    return page.form("Sign in").send(email="caseworker@example.org", password=PASSWORD)


def test_a_form_from_before_a_new_session_is_offered_again(form, people, history):
    """Signed in again in another tab: the old page's CSRF token is another session's."""
    with form.person.client.session_transaction() as session:
        session["csrf_token"] = "0" * 40
    page = form.send()
    assert page.form("Go back to your form").fields["said"] == WORDS
    assert history() == []
    assert page.form("Go back to your form").send().form().fields["said"] == WORDS


def test_a_form_of_another_site_is_refused(people, history):
    page = people.caseworker.post(CONVERSATION, MultiDict({"said": "x", "csrf_token": "x", "token": "x"}))
    assert page.status == 400
    assert history() == []


def test_a_kept_form_opens_for_a_day_and_only_here(monkeypatch):
    keeper = Keeper("secret" * 8)
    sealed = keeper.seal("/practices/X90001/raise-flag", MultiDict([("a", "1"), ("a", "2")]))
    assert keeper.open(sealed) == ("/practices/X90001/raise-flag", MultiDict([("a", "1"), ("a", "2")]))
    assert Keeper("another" * 8).open(sealed) is None
    assert keeper.open(sealed[:-4] + "AAA=") is None
    assert keeper.open("") is None
    assert KEPT_FOR == 86_400

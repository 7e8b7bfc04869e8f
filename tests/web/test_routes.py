"""Every route, and who may use it. A new route fails here until somebody says who."""

import pytest
from sqlalchemy import select

from application.tables import access_log
from domain.practice.commands import COMMANDS
from tests.support import factories as a
from tests.web.conftest import PEOPLE
from tests.web.person import Person
from web.practices.forms import kebab

ALL = frozenset(PEOPLE)
ROLES = frozenset({"caseworker", "colleague", "manager", "other_manager", "lead", "auditor", "administrator"})
HOLDER = frozenset({"caseworker", "colleague", "manager", "other_manager"})
MANAGERS = frozenset({"manager", "other_manager"})
CASEWORKERS = frozenset({"caseworker", "colleague"})
READERS = HOLDER | {"lead", "auditor"}
RECORDERS = HOLDER | {"lead"}
NOBODY: frozenset[str] = frozenset()

WHO = {
    "static": "everybody",
    "health": "everybody",
    "account.sign_in": "everybody",
    "account.first_password": "everybody",
    "account.sign_out": ALL,
    "account.mine": ALL,
    "account.change_password": ALL,
    "mywork.mine": READERS | {"stranger"},
    "caseload.practices": READERS | {"stranger"},
    "practices.practice": READERS,
    "practices.entry": READERS,
    "audit.practices": READERS | {"stranger"},
    "audit.record": READERS,
    "people.everyone": {"administrator"},
    "people.person": {"administrator"},
    "people.add_person": {"administrator"},
    "people.grant_role": {"administrator"},
    "people.end_role": {"administrator"},
    "people.make_sign_in_link": {"administrator"},
    "record.register_practice": MANAGERS,
    "record.record": "by its command, below",
}
"""Who may use each route: `everybody` needs no sign-in; `stranger` works for an organisation that answers for nothing."""

MAY_RECORD = {
    "ChangeDetails": HOLDER,
    "AssignResponsibility": NOBODY,
    "NameCaseworker": HOLDER,
    "ClosePractice": MANAGERS,
    "ReopenPractice": MANAGERS,
    "SignContract": HOLDER,
    "VaryContract": HOLDER,
    "RaiseFlag": HOLDER,
    "ExplainFlag": RECORDERS,
    "ClearFlag": HOLDER,
    "WithdrawFlag": HOLDER,
    "ReopenFlag": HOLDER,
    "RecordConversation": RECORDERS,
    "RecordIntelligence": RECORDERS,
    "CorroborateIntelligence": RECORDERS,
    "DiscountIntelligence": RECORDERS,
    "ProposeAction": RECORDERS,
    "AgreeAction": MANAGERS | {"lead"},
    "AnswerAction": RECORDERS,
    "ProgressAction": RECORDERS,
    "RescheduleAction": RECORDERS,
    "CompleteAction": RECORDERS,
    "AcceptEvidence": RECORDERS,
    "SendBackAction": RECORDERS,
    "CancelAction": RECORDERS,
    "ReopenAction": RECORDERS,
    "ProposeTier": CASEWORKERS,
    "DeclineTierProposal": MANAGERS,
    "DecideTier": MANAGERS,
    "CorrectFact": RECORDERS,
    "WithdrawFact": RECORDERS,
    "RequestCorrection": RECORDERS,
    "AuthoriseCorrection": MANAGERS,
    "DeclineCorrection": MANAGERS,
}
"""Who may record what, about a practice that their own organisation answers for (domain reference 6.7)."""

SENT_ON = {("administrator", "mywork.mine")}
"""An administrator has no work on practices: theirs is people."""

NOT_TOLD_OF = frozenset({"practices.practice", "practices.entry", "audit.record"})
"""Whoever may not read a practice is not told that it is there; that they asked is noted."""

FLAG, ACTION, INTELLIGENCE = "flag-0000aaaa", "action-0000aaaa", "intelligence-0000aaaa"
PROPOSAL, REQUEST = "proposal-0000aaaa", "request-0000aaaa"
ABOUT = f"flag_id={FLAG}&action_id={ACTION}&intelligence_id={INTELLIGENCE}&proposal_id={PROPOSAL}&request_id={REQUEST}&version=3"

PLACES = {
    "code": a.CODE,
    "version": 3,
    "person_id": "person-colleague",
    "token": "guess",
    "filename": "pages.css",
}


@pytest.fixture
def busy_practice(record):
    """One practice in which every form has something to be about."""
    record("colleague", a.record_conversation(entry_id="entry-0000aaaa"))
    record("colleague", a.raise_flag(flag_id=FLAG))
    record("colleague", a.propose_action(action_id=ACTION))
    record("colleague", a.record_intelligence(intelligence_id=INTELLIGENCE))
    record("colleague", a.propose_tier(proposal_id=PROPOSAL, inputs=(f"{a.CODE}/3",)))
    record("caseworker", a.request_correction(request_id=REQUEST, version=3, fields={"said": "Otherwise."}))


def addresses(app):
    found = {}
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if rule.endpoint != "record.record":
                values = {name: PLACES[name] for name in rule.arguments}
                found[rule.endpoint] = (adapter.build(rule.endpoint, values), rule.methods)
    return found


def test_every_route_has_an_answer(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(WHO)
    assert {command for command in COMMANDS if command != "RegisterPractice"} == set(MAY_RECORD)


def test_who_is_not_signed_in_is_sent_to_sign_in(app):
    for endpoint, (address, methods) in addresses(app).items():
        page = Person(app).open(address) if "GET" in methods else Person(app).post(address, {})
        if WHO[endpoint] == "everybody":
            assert page.status in {200, 410}, endpoint
        elif "GET" in methods:
            assert page.status == 303, endpoint
            assert page.location.startswith("/sign-in"), endpoint
        else:
            assert page.heading == "Sign in"


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_role_opens_what_is_its_own_and_is_refused_the_rest(app, people, stores, busy_practice, who):
    person = getattr(people, who)
    wrong = {}
    for endpoint, (address, methods) in addresses(app).items():
        if endpoint not in {"account.sign_out", "account.sign_in"} and "GET" in methods:
            expected = 410 if endpoint == "account.first_password" else 200
            if WHO[endpoint] != "everybody" and who not in WHO[endpoint]:
                expected = 404 if endpoint in NOT_TOLD_OF else 403
            if (who, endpoint) in SENT_ON:
                expected = 303
            status = person.open(address).status
            if status != expected:
                wrong[endpoint] = status
    assert wrong == {}


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_role_records_what_is_its_own_and_is_refused_the_rest(
    people, stores, history, busy_practice, who
):
    person, before, wrong = getattr(people, who), history(), {}
    refusal = 403 if who in READERS else 404
    csrf = person.open("/account").form_of_header()
    for command, may in MAY_RECORD.items():
        address = f"/practices/{a.CODE}/{kebab(command)}?{ABOUT}"
        drawn, sent = person.open(address).status, person.post(address, {"csrf_token": csrf}).status
        if (drawn, sent) != ((200, 400) if who in may else (refusal, refusal)):
            wrong[command] = drawn, sent
    assert wrong == {}
    assert history() == before
    refused = [command for command, may in MAY_RECORD.items() if who not in may]
    assert len([row for row in logged(stores) if row.person == PEOPLE[who][0]]) >= 2 * len(refused)


def test_a_refusal_leaves_a_line_that_says_what_and_no_words(people, stores):
    people.auditor.open(f"/practices/{a.CODE}/raise-flag?note=Words")
    [row] = logged(stores)
    assert (row.person, row.role, row.what, row.name, row.subject, row.rule) == (
        "person-auditor1", "auditor", "refused", "RaiseFlag", f"practice-{a.CODE}", "the-role-may-do-this",
    )  # fmt: skip
    assert "Words" not in repr(row)


def logged(stores):
    with stores.record_engine.connect() as connection:
        return list(connection.execute(select(access_log).where(access_log.c.what == "refused")))

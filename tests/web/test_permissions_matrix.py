"""Every route and every command, by each role, about each object: as the table answers that is typed by hand.

The table is tests/support/permissions.py. A new route or command fails here until somebody says who may use it.
"""

import shutil
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import select

from application.casebook import Casebook
from application.first_rules import FIRST as DRAFT
from application.recording import Sent
from application.settings import Settings
from application.stores import open_stores
from application.tables import access_log
from domain.access.commands import EndRole, NameOrganisation, SucceedOrganisation
from domain.practice.commands import COMMANDS
from domain.practice.kinds import ParticipantRole, Side, Visibility
from projections.catch_up import Views
from tests.support import factories as a
from tests.support.permissions import MAY, OPEN_TO_ALL, ROUTES, about_person, about_practice
from tests.web.conftest import PEOPLE, Clock, opens_all, tell
from tests.web.person import Person
from web.practices.forms import kebab

WHO = {
    "caseworker": "caseworker",
    "manager": "manager",
    "adviser": "adviser",
    "lead": "lead",
    "auditor": "auditor",
    "administrator": "administrator",
    "none": "stranger",
}
"""Who has each role here. The stranger's is ended."""

PLACES = {
    "own": a.CODE,
    "heir": "X90002",
    "region": "X90003",
    "elsewhere": "X90004",
    "recused": "X90005",
    "missing": "X90006",
}
OTHERS = [place for place in PLACES if place != "own"]

FLAG, ACTION, INTELLIGENCE = "flag-0000aaaa", "action-0000aaaa", "intelligence-0000aaaa"
PROPOSAL, REQUEST, ENTRY = "proposal-0000aaaa", "request-0000aaaa", "entry-0000aaaa"
OF_ADVISER = "entry-0000bbbb"
"""An adviser corrects own entries only, and asks for no other correction."""

ACCESS, JOIN, CLOSING = "access-0000aaaa", "join-0000aaaa", "closing-0000aaaa"
EXPLANATION, CHALLENGE = "explanation-0000aaaa", "challenge-0000aaaa"
EXPECTATION = "expectation-0000aaaa"
ABOUT = (
    f"flag_id={FLAG}&action_id={ACTION}&intelligence_id={INTELLIGENCE}"
    f"&proposal_id={PROPOSAL}&request_id={REQUEST}&access_id={ACCESS}&concern={FLAG}&join_id={JOIN}"
    f"&closing_id={CLOSING}&explanation_id={EXPLANATION}&challenge_id={CHALLENGE}&expectation_id={EXPECTATION}"
    "&breach_id=breach-0000aaaa&notice_id=notice-0000aaaa&sanction_id=sanction-0000aaaa&dispute_id=dispute-0000aaaa"
    "&suspension_id=suspension-0000aaaa&termination_id=termination-0000aaaa&regulatory_id=regulatory-0000aaaa"
    "&declaration_year=2026-27&application_id=application-0000aaaa&branch_id=branch-0000aaaa&merger_id=merger-0000aaaa"
    "&decision_id=decision-0000aaaa"
)
FORMS = [command for command in COMMANDS if command not in {"RegisterPractice", "OpenTierDecision"}]
"""What has a form about a practice. A decision is opened by keeping or checking the form that decides it."""


@pytest.fixture(scope="module")
def made_once(made_once, tmp_path_factory):
    """That home, with the practices of the matrix in it."""
    home = tmp_path_factory.mktemp("matrix") / "home"
    shutil.copytree(made_once, home)
    with closing(open_stores(Settings(home=home))) as stores:
        make_matrix(Casebook(stores, clock=Clock(), ids=a.new_id))
        Views(stores).catch_up()
    return home


def make_matrix(casebook):
    """Each practice with something in it for every form to be about, and everybody recused from one of them."""

    def record(who, command, key):
        asked = casebook.asked_as(PEOPLE[who][0])
        return casebook.handle(key, command, asked, command_id=a.new_id("command"))

    for place, holder, commissioner, region in (
        ("heir", "Q97", "97A", "Y97"),
        ("region", "Q88", "88A", "Y99"),
        ("elsewhere", "Q50", "50A", "Y50"),
        ("recused", a.HOLDER, a.COMMISSIONER, "Y99"),
    ):
        code = PLACES[place]
        tell(
            casebook,
            a.register_practice(code=code, contract_holder=holder, local_commissioner=commissioner),
            code,
        )
        assigned = a.assign_responsibility(
            contract_holder=holder, local_commissioner=commissioner, region=region, from_on=a.TODAY
        )
        tell(casebook, assigned, code)
    for code, before in ((a.HOLDER, "Q97"), (a.COMMISSIONER, "97A")):
        tell(casebook, SucceedOrganisation(code=code, predecessor=before, from_on=a.TODAY), code)
    tell(
        casebook,
        NameOrganisation(code="Y88", name="Y88", kind="region", label="region", from_on=a.TODAY),
        "Y88",
    )
    for code in (a.CODE, "X90002", "X90005"):
        _an_episode_is_closed(record, code)
        record("caseworker", a.record_conversation(entry_id=ENTRY), code)
        record("adviser", a.record_conversation(entry_id=OF_ADVISER), code)
        record("colleague", a.raise_flag(flag_id=FLAG), code)
        record("colleague", a.explain_flag(flag_id=FLAG, explanation_id=EXPLANATION), code)
        record(
            "colleague", a.propose_action(action_id=ACTION, owner=Side.PRACTICE, plan_id="Winter plan"), code
        )
        record("colleague", a.record_intelligence(intelligence_id=INTELLIGENCE), code)
        version = casebook.practice(code).entries[ENTRY]
        about = {"about_flags": (FLAG,), "about_intelligence": (INTELLIGENCE,)}
        record("caseworker", a.record_conversation(**about), code)
        record("lead", a.record_conversation(about_flags=(FLAG,)), code)
        record("colleague", a.set_expectation(expectation_id=EXPECTATION), code)
        challenge = a.make_factual_challenge(challenge_id=CHALLENGE, about=f"{code}/{version}")
        record("colleague", challenge, code)
        record("lead", a.join_threads(join_id=JOIN, concern=INTELLIGENCE), code)
        opens_all(casebook, code, casebook.asked_as(PEOPLE["manager"][0]))
        record("manager", a.decide_tier(decision_id="decision-0000aaaa", inputs=(f"{code}/{version}",)), code)
        record("caseworker", a.correct_fact(version=version, fields={"channel": "visit"}), code)
        record("colleague", a.propose_tier(proposal_id=PROPOSAL, inputs=(f"{code}/{version}",)), code)
        asked_for = a.request_correction(request_id=REQUEST, version=version, fields={"said": "Otherwise."})
        record("colleague", asked_for, code)
        kept = a.record_conversation(
            entry_id="entry-0000cccc",
            visibility=Visibility.RESTRICTED,
            attendees=(
                a.attendee(side=Side.LOCAL_COMMISSIONER, role=ParticipantRole.PRIMARY_CARE_LEAD),
                a.attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
            ),
        )
        (restricted,) = record("lead", kept, code).recorded
        record("caseworker", a.request_access(access_id=ACCESS, version=restricted.version), code)
        _of_its_contract(record, code)
    record("manager", a.approve_merger(merger_id="merger-0000aaaa", other="X90002"), a.CODE)
    for who in ("caseworker", "manager", "adviser", "lead"):
        person = PEOPLE[who][0]
        interest = a.declare_interest(
            person_id=person, interest_id="interest-00000000", practice="X90005", takes_no_part=True
        )
        record(who, interest, person)
    for who in ("auditor", "administrator"):
        # They declare nothing, but may have been recused in a role that they had before.
        _recused_before(casebook, PEOPLE[who][0])
    tell(casebook, EndRole(person_id=PEOPLE["stranger"][0], reason="Left."), PEOPLE["stranger"][0])


def _of_its_contract(record, code):
    """A breach, a notice, a sanction and whatever else a form about the contract may be about."""
    contract, breach, notice = "contract-0000aaaa", "breach-0000aaaa", "notice-0000aaaa"
    for who, command in (
        ("colleague", a.sign_contract(contract_id=contract)),
        ("colleague", a.identify_breach(breach_id=breach, contract_id=contract)),
        ("colleague", a.draft_remedial_notice(notice_id=notice, breaches=(breach,))),
        ("manager", a.issue_notice(notice_id=notice)),
        ("colleague", a.refer_dispute(dispute_id="dispute-0000aaaa", subject=notice)),
        (
            "colleague",
            a.propose_sanction(
                notice_id="notice-0000bbbb",
                sanction_id="sanction-0000aaaa",
                contract_id=contract,
                entitlement="serious_risk",
                rests_on=(),
                evidence=(f"{code}/1",),
                from_on=date(2027, 1, 31),
            ),
        ),
        # A draft is not there for the other organisation.
        ("manager", a.issue_notice(notice_id="notice-0000bbbb")),
        ("colleague", a.suspend_contractor(suspension_id="suspension-0000aaaa", contract_id=contract)),
        (
            "colleague",
            a.record_contractor_notice(
                termination_id="termination-0000aaaa", contract_id=contract, effective_on=date(2027, 7, 31)
            ),
        ),
        ("colleague", a.record_regulatory_action(regulatory_id="regulatory-0000aaaa")),
        ("colleague", a.ask_for_declaration()),
        ("colleague", a.record_declaration()),
        ("colleague", a.apply_for_list_closure(application_id="application-0000aaaa")),
        ("colleague", a.apply_for_branch_closure(branch_id="branch-0000aaaa")),
    ):
        record(who, command, code)


def _an_episode_is_closed(record, code):
    record("manager", a.name_caseworker(caseworker=PEOPLE["caseworker"][0]), code)
    record("colleague", a.raise_flag(flag_id="flag-0000cccc", indicator="PS01"), code)
    record("colleague", a.clear_flag(flag_id="flag-0000cccc"), code)
    record("caseworker", a.close_episode(closing_id=CLOSING), code)


def _recused_before(casebook, person):
    history = casebook.recorder.history(person)
    fact = a.person_recused(person_id=person, practice="X90005")
    recorded = history[-1]._replace(
        version=history[-1].version + 1, fact=fact, command_id=a.new_id("command")
    )
    casebook.recorder.append([recorded], [Sent(recorded.command_id, b"", 1)])


def logged(stores):
    with stores.record_engine.connect() as connection:
        return list(connection.execute(select(access_log).where(access_log.c.what == "refused")))


def version_in(casebook, code, role="caseworker"):
    return casebook.practice(code).entries.get(OF_ADVISER if role == "adviser" else ENTRY, 1)


def test_every_route_and_every_command_has_an_answer(app):
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {one for one in routes if one not in ROUTES} == {one for one in MAY if one.islower()}
    assert set(ROUTES) <= routes
    assert set(ROUTES.values()) - set(MAY) == {"the command of its address"}
    assert set(COMMANDS) <= set(MAY)


# --- routes


@pytest.mark.parametrize("role", WHO)
def test_each_role_opens_the_routes_that_are_no_practices_and_is_refused_the_rest(people, role):
    person, wrong = getattr(people, WHO[role]), {}
    whose = {"people.person": "person-colleague", "people.grant_role": "person-colleague"}
    addresses = {
        "health": "/health",
        "static": "/static/pages.css",
        "account.mine": "/account",
        "account.change_password": "/account/password",
        "account.first_password": "/first-password/guess",
        "mywork.mine": "/",
        "caseload.practices": "/practices",
        "timeline.page": "/timeline",
        "timeline.file": "/timeline.csv",
        "beside.page": "/timelines",
        "caseload_compared.page": "/practices/compared",
        "caseload_compared.file": "/practices/compared.csv",
        "disputes.decided_over_dispute": "/decided-over-dispute",
        "clocks.set_clocks": "/as-it-was?page=/practices",
        "clocks.begin": "/as-it-was/begin?page=/practices",
        "overrides.every": "/overrides",
        "looked_at_again.every": "/decisions-looked-at-again",
        "avoided.contacts_avoided": "/contacts-avoided",
        "drafts.mine": "/drafts",
        "team.mine": "/my-team",
        "team.file": "/my-team.csv",
        "releases.every": "/releases",
        "framework.rules": "/framework",
        "framework.version": "/framework/versions/1",
        "framework.draft": f"/framework/drafts/{DRAFT}",
        "framework.tried": f"/framework/drafts/{DRAFT}/dry-run",
        "framework.draft_rule_set": "/framework/draft-rule-set",
        "framework.publish": f"/framework/drafts/{DRAFT}/publish",
        "framework.decline": f"/framework/drafts/{DRAFT}/decline",
        "framework.withdraw": "/framework/versions/1/withdraw",
        "key_indicators.every": "/key-indicators",
        "key_indicators.one": "/key-indicators/PE03",
        "key_indicators.define": "/key-indicators/define-indicator",
        "key_indicators.define_anew": "/key-indicators/PE03/define-anew",
        "key_indicators.retire": "/key-indicators/PE03/retire",
        "conversation_templates.listed": "/conversation-templates",
        "organisation_address.address": "/organisation-address",
        "conversation_templates.write_template": "/conversation-templates/write-template",
        "meetings.meetings": "/meetings",
        "choosing.begin": "/meetings/new-meeting",
        "search.search": "/search?words=surgery",
        "found.search": "/search.csv?words=surgery",
        "found.over_a_dispute": "/decided-over-dispute.csv",
        "overrides.file": "/overrides.csv",
        "looked_at_again.file": "/decisions-looked-at-again.csv",
        "notices.register": "/notices",
        "notices.file": "/notices.csv",
        "found.avoided": "/contacts-avoided.csv",
        "found.fresh": "/news.csv",
        "flagged.practices": "/key-indicators/flags",
        "flagged.file": "/key-indicators/flags.csv",
        "flags.by_domain": "/insight/flags",
        "flags.by_release": "/insight/flags-by-release",
        "flags.by_domain_file": "/insight/flags.csv",
        "flags.by_release_file": "/insight/flags-by-release.csv",
        "insight.tiers": "/insight/",
        "insight.movement": "/insight/movement",
        "insight.time_in_tier": "/insight/time-in-tier",
        "insight.overdue": "/insight/overdue",
        "insight.gap": "/insight/conversation-gap",
        "insight.tiers_file": "/insight/tiers.csv",
        "insight.movement_file": "/insight/movement.csv",
        "insight.moved_file": "/insight/moved.csv",
        "insight.time_in_tier_file": "/insight/time-in-tier.csv",
        "insight.overdue_file": "/insight/overdue.csv",
        "insight.gap_file": "/insight/conversation-gap.csv",
        "insight.against": "/insight/against",
        "insight.validation": "/insight/validation",
        "insight.against_file": "/insight/against.csv",
        "insight.validation_file": "/insight/validation.csv",
        "audit.practices": "/audit",
        "people.everyone": "/people/",
        "people.person": f"/people/{whose['people.person']}",
        "people.add_person": "/people/add-person",
        "people.grant_role": "/people/person-colleague/grant-role",
        "people.end_role": "/people/person-colleague/end-role",
        "people.make_sign_in_link": "/people/person-colleague/make-sign-in-link",
        "record.register_practice": "/register-practice",
        "cover.mine": "/cover",
        "interests.mine": "/interests",
    }
    for endpoint, address in addresses.items():
        granted = MAY[ROUTES.get(endpoint, endpoint)][role] != "-"
        expected = 410 if endpoint == "account.first_password" else 200 if granted else 403
        if endpoint.startswith("clocks."):
            expected = 303  # on to the page
        if (role, endpoint) == ("administrator", "mywork.mine"):
            expected = 303  # theirs is people
        status = person.open(address).status
        if status != expected:
            wrong[endpoint] = status
    assert wrong == {}


def test_whoever_is_not_signed_in_is_sent_to_sign_in(app):
    places = {
        "code": a.CODE,
        "version": 3,
        "person_id": "person-colleague",
        "token": "guess",
        "filename": "pages.css",
        "verb": "raise-flag",
        "meeting": "meeting-0000aaaa",
        "kind": "new-meeting",
        "name": "2016Q1",
        "indicator": "PS01",
        "number": 1,
        "draft_id": "draft-0000aaaa",
        "notice_id": "notice-0000aaaa",
    }
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        found = {
            rule.endpoint: (
                adapter.build(rule.endpoint, {name: places[name] for name in rule.arguments}),
                rule.methods,
            )
            for rule in app.url_map.iter_rules()
        }
    for endpoint, (address, methods) in found.items():
        page = Person(app).open(address) if "GET" in methods else Person(app).post(address, {})
        if endpoint in OPEN_TO_ALL:
            assert page.status in {200, 410}, endpoint
        elif "GET" in methods:
            assert page.status == 303, endpoint
            assert page.location.startswith("/sign-in"), endpoint
        else:
            assert page.heading == "Sign in"


@pytest.mark.parametrize("role", WHO)
def test_a_practice_is_read_by_whom_it_is_theirs_to_read(people, casebook, role):
    person, wrong = getattr(people, WHO[role]), {}
    for place, code in PLACES.items():
        indicators = ["/indicators", "/indicators/PS01", "/indicators.csv", "/indicators/PS01.csv"]
        read = ["", f"/entries/{version_in(casebook, code)}", "/provider", "/provider.csv", *indicators]
        pages = {"ReadPractice": read, "ReadRecord": ["/record"]}
        for what, ends in pages.items():
            for end in ends:
                expected = 200 if about_practice(what, role, place) else 404
                status = person.open(f"/practices/{code}{end}").status
                if status != expected:
                    wrong[place, end] = status
    assert wrong == {}


@pytest.mark.parametrize("role", WHO)
def test_no_list_count_or_choice_tells_of_a_practice_that_is_not_theirs_to_read(people, role):
    person = getattr(people, WHO[role])
    lists = ("/", "/practices?closed=yes", "/audit", "/interests", "/people/person-lead0001")
    moved = "/insight/movement?from=2026-01-01"
    flags = ("/insight/flags", "/key-indicators/flags?ended=yes")
    for address in (*lists, moved, *flags, "/search?words=surgery", "/search?words=practice"):
        page = person.open(address)
        html = "" if page.status != 200 else page.html
        told = {place for place, code in PLACES.items() if f"/practices/{code}" in html}
        assert told <= {place for place in PLACES if about_practice("ReadPractice", role, place)}, address
    if MAY["caseload.practices"][role] == "yes":
        found = {
            place
            for place, code in PLACES.items()
            if f"/practices/{code}" in person.open(f"/practices?words={code}").html
        }
        assert found == {place for place in PLACES if about_practice("ReadPractice", role, place)}
        searched = {
            place
            for place, code in PLACES.items()
            if f"/practices/{code}" in person.open(f"/search?words={code}").html
        }
        assert searched == {place for place in PLACES if about_practice("Search", role, place)}


# --- commands


@pytest.mark.parametrize("role", WHO)
def test_each_role_records_about_its_own_practice_what_is_its_own(people, casebook, stores, role):
    assert wrong_answers(people, casebook, role, "own", drawn=True) == {}


@pytest.mark.parametrize("place", OTHERS)
@pytest.mark.parametrize("role", WHO)
def test_each_command_is_answered_for_the_practice_that_it_is_about(people, casebook, role, place):
    assert wrong_answers(people, casebook, role, place) == {}


def wrong_answers(people, casebook, role, place, *, drawn=False):
    """The forms that answer otherwise than the table does. Taken is what is refused only for its missing token."""
    person, code, wrong = getattr(people, WHO[role]), PLACES[place], {}
    csrf = person.open("/account").form_of_header()
    before = len(casebook.history(f"practice-{code}"))
    # Nothing of all this is recorded, so that these are the same throughout.
    asking = "".join(casebook.practice(code).reviews)
    version = version_in(casebook, code, role)
    refusal = 403 if about_practice("ReadPractice", role, place) else 404
    for command in FORMS:
        granted = about_practice(command, role, place)
        address = f"/practices/{code}/{kebab(command)}?{ABOUT}&asking_id={asking}&version={version}"
        found = [person.post(address, {"csrf_token": csrf}).status]
        expected = [400 if granted else refusal]
        if drawn:
            found.append(person.open(address).status)
            expected.append(200 if granted else refusal)
        if found != expected:
            wrong[command] = found
    assert len(casebook.history(f"practice-{code}")) == before
    return wrong


@pytest.mark.parametrize(
    ("who", "code", "verb", "rule"),
    [
        ("auditor", PLACES["own"], "raise-flag", "the-role-may-do-this"),
        ("caseworker", PLACES["elsewhere"], "raise-flag", "a-practice-is-read-by-those-responsible-for-it"),
        ("caseworker", PLACES["recused"], "raise-flag", "who-is-recused-takes-no-part"),
        ("lead", PLACES["recused"], "", "who-is-recused-takes-no-part"),
    ],
)
def test_a_refusal_leaves_a_line_that_says_what_and_why_and_no_words(people, stores, who, code, verb, rule):
    people_before = len(logged(stores))
    getattr(people, who).open(f"/practices/{code}/{verb}".rstrip("/") + "?note=Words")
    row = logged(stores)[people_before:][-1]
    assert (row.person, row.what, row.subject, row.rule) == (
        PEOPLE[who][0], "refused", f"practice-{code}", rule,
    )  # fmt: skip
    assert "Words" not in repr(row)


# --- interests


@pytest.mark.parametrize("whose", ["oneself", "colleague", "stranger"])
@pytest.mark.parametrize("role", WHO)
def test_interests_are_ones_own_and_a_manager_has_those_of_the_own_people(
    people, casebook, record, role, whose
):
    person = getattr(people, WHO[role])
    about = {
        "oneself": PEOPLE[WHO[role]][0],
        "colleague": PEOPLE["colleague"][0],
        "stranger": PEOPLE["stranger"][0],
    }[whose]
    if whose == "colleague":
        record(
            "colleague",
            a.declare_interest(person_id=about, interest_id="interest-00000000", practice=a.CODE),
            about,
        )
        record("manager", a.recuse_person(person_id=about), about)
    wrong = {}
    for command in ("DeclareInterest", "EndInterest", "RecusePerson", "EndRecusal"):
        granted = about_person(command, role, whose)
        practice = a.CODE if whose == "colleague" else "X90005"
        status = person.open(
            f"/interests/{about}/{kebab(command)}?interest_id=interest-00000000&practice={practice}"
        ).status
        # Whose role asks nothing of the kind is refused; of others' interests there is no such page.
        refusal = 403 if MAY[command][role] == "-" or whose == "oneself" else 404
        if status != (200 if granted else refusal):
            wrong[command] = status
    assert wrong == {}

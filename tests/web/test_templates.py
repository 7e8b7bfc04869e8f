"""Templates for common conversations: written by managers and leads, filled in by everybody, replacing nothing."""

from tests.support import factories as a

PAGE = f"/practices/{a.CODE}/record-conversation"
HERE = "/conversation-templates"


def write(person, **answers):
    form = person.open(f"{HERE}/write-template").form("Write the template")
    return form.send(**{"name": "Annual review", "text": "What went well:\n\nWhat is agreed:", **answers})


def option(page, name):
    return next(one.get("value") for one in page.all("option") if "".join(one.itertext()) == name)


def choose(person, name, **typed):
    page = person.open(PAGE)
    return page.form("Add its headings").send("Add its headings", template=option(page, name), **typed)


def test_a_manager_writes_one_and_a_caseworker_fills_it_in(people, history):
    assert write(people.manager).status == 303
    page = choose(people.caseworker, "Annual review")
    assert page.form("Record").fields["said"] == "What went well:\n\nWhat is agreed:"
    page.form("Record").send(said="What went well:\nThe rota.")
    assert [fact.said.words for fact in history()] == ["What went well:\nThe rota."]


def test_what_was_typed_stays_and_the_headings_follow_it(people):
    write(people.manager)
    typed = {
        "said": "We spoke of the rota.",
        "channel": "visit",
        "subject": "Rota",
        "occurred_on": (3, 11, 2026),
    }
    fields = choose(people.caseworker, "Annual review", **typed).form("Record").fields
    assert fields["said"] == "We spoke of the rota.\n\nWhat went well:\n\nWhat is agreed:"
    assert (fields["channel"], fields["subject"], fields["occurred_on-day"]) == ("visit", "Rota", "3")


def test_chosen_twice_it_stands_there_once(people):
    write(people.manager)
    page = choose(people.caseworker, "Annual review")
    again = page.form("Add its headings").send("Add its headings", template=option(page, "Annual review"))
    assert again.form("Record").fields["said"].count("What went well:") == 1


def test_everybody_has_a_few(people):
    for who in ("caseworker", "manager", "adviser", "lead"):
        assert option(getattr(people, who).open(PAGE), "A visit")


def test_an_organisations_templates_are_offered_to_its_own_people_alone(people):
    write(people.manager)
    assert "Annual review" in people.adviser.open(PAGE).html
    assert "Annual review" not in people.lead.open(PAGE).html
    assert "Annual review" not in people.lead.open(HERE).html
    write(people.lead, name="Practice meeting")
    assert "Practice meeting" in people.lead.open(PAGE).html
    assert "Practice meeting" not in people.manager.open(HERE).html


def test_one_that_begins_later_is_not_offered_yet(people, clock):
    write(people.manager, from_on=(1, 12, 2026))
    assert "Annual review" not in people.caseworker.open(PAGE).html


def test_one_that_was_ended_is_offered_no_longer(people):
    write(people.manager)
    page = people.manager.open(HERE)
    ending = next(href for text, href in page.links.items() if text.startswith("Offer it no longer"))
    assert people.caseworker.open(ending).status == 403
    assert people.lead.open(ending).status == 404
    assert people.manager.open(ending).form("Offer it no longer").send(reason="Outdated.").status == 303
    assert "Annual review" not in people.caseworker.open(PAGE).html
    assert "Annual review" not in people.manager.open(HERE).html


def test_a_template_that_nobody_offers_changes_nothing(people):
    page = people.caseworker.open(PAGE)
    sent = page.form("Add its headings").send("Add its headings", template="template-0000ffff", said="Typed.")
    assert (sent.status, sent.form("Record").fields["said"]) == (200, "Typed.")


def test_mistakes_in_a_template_are_said_and_what_was_typed_is_kept(people):
    page = write(people.manager, name=" ")
    assert page.status == 422
    assert "#name" in page.errors
    assert "What went well:" in page.html

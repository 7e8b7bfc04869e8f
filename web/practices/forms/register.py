"""Forms about the practice itself: registration, details, who answers for it, closure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.practice import commands as c
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Number, Select, Text, TextArea
from web.forms.form import Form
from web.forms.shapes import shapes
from web.practices.forms.common import WHEN, reason


def now(name: str) -> Callable[[Drawing], Any]:
    """The detail as it stands."""
    return lambda drawing: getattr(drawing.practice.details, name, None)


def responsible(name: str) -> Callable[[Drawing], Any]:
    return lambda drawing: getattr(drawing.practice.responsible_on(drawing.today), name, None)


def caseworkers(drawing: Drawing) -> list[Choice]:
    return [Choice(person, name) for person, name in drawing.people.items()]


def known_commissioners(drawing: Drawing) -> list[Choice]:
    return [Choice(code, f"{name} ({code})") for code, name in drawing.organisations.items()]


def _registered(_drawing: Drawing, given: dict[str, Any]) -> c.RegisterPractice:
    """A code that was typed goes before one that was chosen."""
    other = given.pop(OTHER_COMMISSIONER, None)
    return c.RegisterPractice(**{**given, "local_commissioner": other or given.get("local_commissioner")})


OTHER_COMMISSIONER = "other_commissioner"

NAME = Text(name="name", label="Name", preset=now("name"), missing="Enter its name")
ADDRESS = TextArea(name="address", label="Address", preset=now("address"), rows=4)
POSTCODE = Text(name="postcode", label="Postcode", preset=now("postcode"), width="10", spelled=False)
TELEPHONE = Text(name="telephone", label="Telephone", preset=now("telephone"), width="20", spelled=False)
LIST_SIZE = Number(name="list_size", label="Patients on its list", preset=now("list_size"))

FORMS = (
    Form(
        command=c.RegisterPractice,
        title="Register a practice, pharmacy or optician",
        fields=(
            Text(
                name="code",
                label="ODS code",
                hint="A81001 is a practice’s, FA123 a pharmacy’s and TP1A2 an optician’s.",
                missing="Enter the ODS code",
                width="10",
                spelled=False,
            ),
            Chosen(name="kind", label="What is it?", preset=lambda _drawing: "general_practice"),
            NAME,
            Text(
                name="contract_holder",
                label="Code of the organisation that holds its contract",
                hint="You can register practices of your own organisation only.",
                preset=lambda drawing: drawing.asked.organisation,
                missing="Enter the code of the organisation that holds its contract",
                width="10",
                spelled=False,
            ),
            Select(
                name="local_commissioner",
                label="Its local commissioner",
                choices=known_commissioners,
                none="None",
            ),
            Text(
                name=OTHER_COMMISSIONER,
                label="Another code for its local commissioner",
                hint="Only if it is not in the list above.",
                width="10",
                spelled=False,
            ),
            Text(
                name="region",
                label="Code of the region",
                preset=lambda drawing: drawing.asked.region,
                width="10",
                spelled=False,
            ),
            Day(
                name="responsible_from",
                label="From when do they answer for it?",
                hint="Leave it empty for the day of registration.",
                called="The date",
            ),
            ADDRESS,
            POSTCODE,
            TELEPHONE,
            Day(name="opened_on", label="When did it open?", called="The opening date", past=True),
            LIST_SIZE,
            WHEN,
        ),
        extra={OTHER_COMMISSIONER: shapes(c.RegisterPractice)["local_commissioner"]},
        build=_registered,
        button="Register the practice",
    ),
    Form(
        command=c.ChangeDetails,
        title="Change details",
        intro="Give the details as they should stand. What you leave as it is stays as it is.",
        fields=(NAME, ADDRESS, POSTCODE, TELEPHONE, LIST_SIZE, WHEN),
        stands=frozenset({"name", "address", "postcode", "telephone", "list_size"}),
        button="Record the change",
    ),
    Form(
        command=c.AssignResponsibility,
        title="Change who answers for the practice",
        fields=(
            Text(
                name="contract_holder",
                label="Code of the organisation that holds its contract",
                preset=responsible("contract_holder"),
                missing="Enter the code of the organisation that holds its contract",
                width="10",
                spelled=False,
            ),
            Text(
                name="local_commissioner",
                label="Code of its local commissioner",
                preset=responsible("local_commissioner"),
                width="10",
                spelled=False,
            ),
            Text(
                name="region",
                label="Code of the region",
                preset=responsible("region"),
                width="10",
                spelled=False,
            ),
            Day(
                name="from_on", label="From when?", hint="For example, 1 4 2027", called="The date it begins"
            ),
            TextArea(name="reason", label="Why?", rows=3),
            WHEN,
        ),
        stands=frozenset({"contract_holder", "local_commissioner", "region"}),
        button="Record the change",
    ),
    Form(
        command=c.NameCaseworker,
        title="Name the caseworker",
        fields=(
            Select(
                name="caseworker",
                label="Who is the caseworker?",
                choices=caseworkers,
                none="Nobody",
                preset=lambda drawing: drawing.practice.caseworker,
            ),
            Day(
                name="from_on",
                label="From when?",
                called="The date it begins",
                preset=lambda drawing: drawing.today,
            ),
            TextArea(name="note", label="Note", rows=3),
        ),
        stands=frozenset({"caseworker"}),
        button="Name the caseworker",
    ),
    Form(
        command=c.ClosePractice,
        title="Record that the practice closed",
        intro="Its record stays readable, and still takes late entries and corrections.",
        fields=(
            Day(name="closed_on", label="What was its last day?", called="The closing date", past=True),
            TextArea(name="reason", label="Why did it close?", rows=3),
            Text(
                name="successor",
                label="Code of the practice that follows it",
                hint="Leave it empty if there is none.",
                width="10",
                spelled=False,
            ),
        ),
        button="Record the closure",
    ),
    Form(
        command=c.ReopenPractice,
        title="Record that the practice is open again",
        fields=(reason("Why is it open again?", "Enter why the practice is open again"), WHEN),
        button="Record that it is open",
    ),
)

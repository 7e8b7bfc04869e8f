"""Forms about people."""

from __future__ import annotations

from domain.access import commands as a
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Select, Text, TextArea
from web.forms.form import Form


def organisations(drawing: Drawing) -> list[Choice]:
    return [
        Choice(code, name if name == code else f"{name} ({code})")
        for code, name in sorted(drawing.organisations.items(), key=lambda one: one[1].casefold())
    ]


ROLE = Chosen(name="role", label="Which role?", missing="Choose a role")
ORGANISATION = Select(
    name="organisation",
    label="For which organisation?",
    hint="Auditors and administrators need none.",
    choices=organisations,
)
PERSON = Hidden(name="person_id", label="Person")

ADD_PERSON = Form(
    command=a.AddPerson,
    title="Add a person",
    intro="You are then given a link for them, with which they choose a password. It works once.",
    fields=(
        Text(
            name="name", label="Name", hint="As colleagues know them.", missing="Enter their name", width="20"
        ),
        Text(
            name="email",
            label="E-mail address",
            missing="Enter their e-mail address",
            width="20",
            spelled=False,
        ),
        ROLE,
        ORGANISATION,
    ),
    button="Add the person",
)

GRANT_ROLE = Form(
    command=a.GrantRole,
    title="Give a role",
    intro="A role that they have now ends when this one begins.",
    fields=(
        PERSON,
        ROLE,
        ORGANISATION,
        Day(name="from_on", label="From when?", called="The first day", preset=lambda drawing: drawing.today),
        Day(
            name="to_on", label="Until when?", hint="Leave it empty if no end is set.", called="The last day"
        ),
        TextArea(name="reason", label="Why?", rows=3),
    ),
    button="Give the role",
)

END_ROLE = Form(
    command=a.EndRole,
    title="End a role",
    intro="From today they see and record nothing. What they recorded stays, under their name.",
    fields=(PERSON, TextArea(name="reason", label="Why does it end?", missing="Enter why it ends", rows=3)),
    button="End the role",
)

MAKE_LINK = Form(
    command=a.MakeSignInLink,
    title="Make a new link",
    intro="With it the person chooses a new password. It works once, for 7 days. That it was made is recorded.",
    fields=(PERSON,),
    button="Make the link",
)

"""Forms about agreed actions."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.kinds import Side
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, Text, TextArea, Tick, Ticks
from web.forms.form import Form
from web.practices.forms.common import (
    NO_PATIENTS,
    WHEN,
    about_action,
    facts_about_the_action,
    intelligence,
    open_flags,
    own_side,
    reason,
    side,
    sides,
)
from web.words import day

ACTION = Hidden(name="action_id", label="Action")


def due_now(drawing: Drawing) -> str:
    action = drawing.thing(drawing.practice.actions, "action_id")
    if action is None:
        return "For example, 27 3 2027"
    first = f", first agreed for {day(action.first_due_on)}" if action.first_due_on != action.due_on else ""
    return f"It is due {day(action.due_on)}{first}."


def agreeing_as(drawing: Drawing) -> str:
    ours = own_side(drawing)
    if ours is None:
        return ""
    return f"You agree for the {side(drawing, ours).lower() if ours != Side.LOCAL_COMMISSIONER else side(drawing, ours)} only. The other organisation agrees for itself."


FORMS = (
    Form(
        command=c.ProposeAction,
        title="Propose an action",
        intro="Each organisation then agrees the action for itself.",
        fields=(
            Chosen(name="kind", label="What kind of action is it?", missing="Choose the kind of action"),
            TextArea(
                name="issue",
                label="What is to be done, and why?",
                hint=f"The first line is what the action is called. {NO_PATIENTS}",
                missing="Enter what is to be done",
                rows=4,
            ),
            Chosen(
                name="owner",
                label="Who will do it?",
                choices=sides(Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER),
                missing="Choose who will do it",
            ),
            Day(name="due_on", label="When is it due?", hint="For example, 27 3 2027", called="The due date"),
            TextArea(
                name="success_measure",
                label="How will you know that it worked?",
                hint="For example, abandoned calls under 10% for three weeks.",
                missing="Enter how you will know that it worked",
                rows=3,
            ),
            Text(
                name="plan_id",
                label="Plan",
                hint="The reference of the plan it belongs to, if any.",
                width="20",
            ),
            Ticks(
                name="about_flags",
                label="Which flags does it answer?",
                choices=open_flags,
                when=lambda d: bool(open_flags(d)),
            ),
            Ticks(
                name="about_intelligence",
                label="Which soft intelligence does it answer?",
                choices=intelligence,
                when=lambda drawing: bool(intelligence(drawing)),
            ),
            WHEN,
        ),
        button="Propose the action",
    ),
    Form(
        command=c.AgreeAction,
        title="Agree an action",
        about=about_action,
        intro=agreeing_as,
        fields=(ACTION, WHEN),
        button="Agree the action",
    ),
    Form(
        command=c.AnswerAction,
        title="Record the practice’s answer",
        about=about_action,
        fields=(
            ACTION,
            Chosen(
                name="answer",
                label="What did the practice answer?",
                missing="Choose what the practice answered",
            ),
            Text(
                name="answered_by",
                label="Who answered?",
                hint="Their role, such as practice manager. Not their name.",
                missing="Enter the role of the person who answered",
                width="20",
            ),
            TextArea(name="words", label="In what words?", hint=NO_PATIENTS, rows=4),
            WHEN,
        ),
        button="Record the answer",
    ),
    Form(
        command=c.ProgressAction,
        title="Record progress",
        about=about_action,
        fields=(
            ACTION,
            TextArea(
                name="words",
                label="What has been done so far?",
                hint=NO_PATIENTS,
                missing="Enter what has been done",
            ),
            WHEN,
        ),
        button="Record progress",
    ),
    Form(
        command=c.RescheduleAction,
        title="Move an action to another date",
        about=about_action,
        intro="The date first agreed is kept beside the new one.",
        fields=(
            ACTION,
            Day(name="due_on", label="When is it due now?", hint=due_now, called="The new due date"),
            reason("Why is it moved?", "Enter why it is moved"),
            WHEN,
        ),
        button="Move the action",
    ),
    Form(
        command=c.CompleteAction,
        title="Complete an action",
        about=about_action,
        intro="Another person then accepts the evidence, or sends it back.",
        fields=(
            ACTION,
            TextArea(name="words", label="What was done?", hint=NO_PATIENTS, rows=4),
            Ticks(
                name="evidence",
                label="Which entries show it?",
                hint="One of these two is needed: an entry that shows it, or a document, named beneath.",
                choices=facts_about_the_action,
            ),
            Text(
                name="evidence_document",
                label="Or which document shows it?",
                hint="Its title or reference, as it is filed.",
                either=True,
            ),
            WHEN,
        ),
        button="Record it as completed",
    ),
    Form(
        command=c.AcceptEvidence,
        title="Accept the evidence",
        about=about_action,
        fields=(ACTION, TextArea(name="words", label="Note", hint=NO_PATIENTS, rows=3), WHEN),
        button="Accept the evidence",
    ),
    Form(
        command=c.SendBackAction,
        title="Send an action back",
        about=about_action,
        intro="The action is then open again.",
        fields=(ACTION, reason("What is still wanting?", "Enter what is still wanting"), WHEN),
        button="Send it back",
    ),
    Form(
        command=c.CancelAction,
        title="Cancel an action",
        about=about_action,
        fields=(
            ACTION,
            reason("Why will it not be done?", "Enter why it will not be done"),
            Tick(name="not_done", label="It ought to have been done, and was not"),
            WHEN,
        ),
        button="Cancel the action",
    ),
    Form(
        command=c.ReopenAction,
        title="Reopen an action",
        about=about_action,
        fields=(
            ACTION,
            reason("Why is it open again?", "Enter why it is open again"),
            Day(name="due_on", label="When is it due?", hint="For example, 27 3 2027", called="The due date"),
            WHEN,
        ),
        button="Reopen the action",
    ),
)

"""Forms about closing a list or a branch."""

from __future__ import annotations

from domain.practice import commands as c
from web.forms.drawing import Drawing
from web.forms.fields import Day, Hidden, Number, Text, TextArea
from web.forms.form import Form
from web.practices.fields import in_words
from web.practices.forms.common import NO_PATIENTS, on_day, reason
from web.words import day, plural

RECEIVED = on_day("When was the application received?", "The date")
DECIDED = on_day("When was this decided?", "The date")
COMMITTEE = Day(
    name="committee_told_on",
    label="When was the local committee sent a copy?",
    hint="Leave it empty if it has not been yet.",
    called="The date the committee was told",
    past=True,
)
APPLICATION = Hidden(name="application_id", label="Application")
BRANCH = Hidden(name="branch_id", label="Branch")


def about_closure(drawing: Drawing) -> str:
    closure = drawing.thing(drawing.practice.list_closures, "application_id")
    if closure is None:
        return ""
    asked = f"Asked for on {day(closure.asked_on)}, for {plural(closure.months, 'month')}"
    if closure.closes_on and closure.opens_on:
        return f"{asked}. Closed from {day(closure.closes_on)}, open again from {day(closure.opens_on)}"
    return asked


def about_branch(drawing: Drawing) -> str:
    branch = drawing.thing(drawing.practice.branch_closures, "branch_id")
    return f"{in_words(branch.site_name)}, asked for on {day(branch.asked_on)}" if branch else ""


FORMS = (
    Form(
        command=c.ApplyForListClosure,
        title="Record an application to close the list",
        intro="The contractor’s own answers, as its application gives them. All of them are needed before it can be decided.",
        fields=(
            RECEIVED,
            Number(
                name="months",
                label="For how many months?",
                hint="3 to 12.",
                missing="Enter for how many months",
            ),
            TextArea(
                name="options",
                label="What else did it consider to relieve the pressure, and did it help?",
                missing="Enter what else it considered",
                rows=4,
            ),
            TextArea(
                name="patients",
                label="What did it discuss with its patients?",
                hint=NO_PATIENTS,
                missing="Enter what it discussed with its patients",
                rows=4,
            ),
            TextArea(
                name="neighbours",
                label="What did it discuss with neighbouring practices?",
                missing="Enter what it discussed with neighbouring practices",
                rows=4,
            ),
            TextArea(name="support", label="What support does it ask for?", rows=3),
            TextArea(
                name="plans",
                label="What will it do meanwhile, so that the list can open again?",
                missing="Enter what it will do meanwhile",
                rows=4,
            ),
            TextArea(
                name="changed_circumstances",
                label="What has changed since the last application was refused?",
                hint="Only if it is asked for again within 3 months of a refusal.",
                rows=3,
            ),
        ),
        button="Record the application",
    ),
    Form(
        command=c.ApproveListClosure,
        title="Approve the closure of the list",
        intro="You give a closure notice: the list is closed to new patients for 3 to 12 months.",
        about=about_closure,
        fields=(
            APPLICATION,
            Day(name="closes_on", label="From when is it closed?", called="The closure date"),
            Day(
                name="reopens_on",
                label="From when is it open again?",
                hint="3 to 12 months later.",
                called="The date it opens again",
            ),
            reason("Why is it approved?", "Enter why it is approved"),
            Text(name="reference", label="Reference of the closure notice", width="20", spelled=False),
            COMMITTEE,
            DECIDED,
        ),
        button="Approve the closure",
        check=True,
    ),
    Form(
        command=c.RefuseListClosure,
        title="Refuse the closure of the list",
        intro="The practice cannot ask again for 3 months, unless its circumstances change.",
        about=about_closure,
        fields=(APPLICATION, reason("Why is it refused?", "Enter why it is refused"), COMMITTEE, DECIDED),
        button="Refuse the closure",
        check=True,
    ),
    Form(
        command=c.ExtendListClosure,
        title="Extend the closure of the list",
        intro="The practice asks for it at least 8 weeks before the closure is over.",
        about=about_closure,
        fields=(
            APPLICATION,
            Day(
                name="asked_on",
                label="When did the practice ask for it?",
                called="The date it was asked for",
                past=True,
            ),
            Day(
                name="reopens_on",
                label="From when is the list open again now?",
                hint="At most 12 months later than before.",
                called="The date it opens again",
            ),
            reason("Why is it extended?", "Enter why it is extended"),
            DECIDED,
        ),
        button="Extend the closure",
        check=True,
    ),
    Form(
        command=c.ReopenList,
        title="Record that the list opened early",
        about=about_closure,
        fields=(
            APPLICATION,
            Day(
                name="occurred_on",
                label="From when is it open?",
                called="The date it opened",
                past=True,
                required=True,
            ),
            reason("Why was this agreed?", "Enter why this was agreed"),
        ),
        button="Record that it is open",
    ),
    Form(
        command=c.ApplyForBranchClosure,
        title="Record an application to close a branch",
        fields=(
            RECEIVED,
            Text(
                name="site_name",
                label="What is the branch called?",
                missing="Enter what the branch is called",
            ),
            Text(
                name="site_code",
                label="Its ODS code",
                hint="Leave it empty if it has none.",
                width="10",
                spelled=False,
            ),
            reason("Why does the contractor want to close it?", "Enter why it wants to close it"),
            TextArea(
                name="public_involvement",
                label="How were patients and the public involved?",
                hint="It can be recorded later, but before the closure is approved.",
                rows=4,
            ),
            Day(name="closes_on", label="When would it like to close it?", called="The date it would close"),
        ),
        button="Record the application",
    ),
    Form(
        command=c.ApproveBranchClosure,
        title="Approve the closure of a branch",
        about=about_branch,
        fields=(
            BRANCH,
            TextArea(
                name="public_involvement",
                label="How were patients and the public involved?",
                hint="Needed if the application did not say.",
                rows=4,
            ),
            reason(
                "Why is it approved?",
                "Enter why it is approved",
                "Say what weight the public’s view was given.",
            ),
            Day(name="closes_on", label="What is its last day?", called="The date it closes"),
            DECIDED,
        ),
        button="Approve the closure",
        check=True,
    ),
    Form(
        command=c.RefuseBranchClosure,
        title="Refuse the closure of a branch",
        about=about_branch,
        fields=(BRANCH, reason("Why is it refused?", "Enter why it is refused"), DECIDED),
        button="Refuse the closure",
        check=True,
    ),
)

"""A form for each thing that can be recorded about a practice: the index, by the address of each."""

from __future__ import annotations

import re

from domain.practice.commands import COMMANDS
from web.forms.form import Form
from web.practices.forms import corrections
from web.practices.forms.facets import OF_FACETS


def kebab(name: str) -> str:
    """RecordConversation is found at record-conversation."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


FORMS: dict[str, Form] = {kebab(form.name): form for form in (*OF_FACETS, *corrections.FORMS)}

ABOUT_AN_ENTRY = frozenset({"correct-fact", "request-correction", "withdraw-fact"})
"""Forms about an entry. The questions of a correction are those of the entry itself."""

ADDRESSES = tuple(one for name in COMMANDS if (one := kebab(name)) in FORMS or one in ABOUT_AN_ENTRY)
"""Opening a decision has no form: it follows from keeping or checking one."""

"""Refusals in words, and which of them refused access: a form that was sent back to be mended is none."""

from __future__ import annotations

from web.cover import forms as cover
from web.forms.form import Form
from web.interests import forms as interests
from web.people import forms as people
from web.performers import forms as performers
from web.practices.forms import FORMS
from web.words import spaced

OF_ACCESS = frozenset(
    {
        "the-role-may-do-this",
        "who-is-recused-takes-no-part",
        "what-a-person-typed-came-from-a-form",
        "a-practice-is-read-by-those-responsible-for-it",
        "a-practice-is-registered-by-its-contract-holder",
        "the-organisation-is-responsible-for-the-practice",
        "interests-are-ones-own-or-ones-staffs",
        "cover-is-ones-own-or-ones-staffs",
        "only-what-may-be-read-is-opened",
        "an-organisation-writes-its-own-templates",
        "a-template-is-of-its-organisation",
        "an-episode-is-closed-by-its-caseworker",
        "a-practice-is-handed-over-by-its-caseworker",
        "others-entries-are-corrected-by-request",
        "its-own-organisation-closes-an-entry",
        "its-own-organisation-gives-access",
        "an-organisation-agrees-while-it-is-responsible",
        "nobody-agrees-for-both",
        "nobody-agrees-to-their-own-text",
        "nobody-changes-their-own-role",
        "nobody-lifts-their-own-recusal",
        "another-person-answers-an-explanation",
        "another-person-authorises-a-correction",
        "another-person-decides-what-one-proposed",
        "another-person-judges-the-evidence",
        "another-person-reviews-emergency-access",
        "another-person-verifies-intelligence",
        "the-password-is-the-accounts",
        "who-tries-too-often-waits",
    }
)
"""Rules about who may: everything else that is refused is a form that somebody then mended."""

IN_WORDS = {
    "the-role-may-do-this": "Their role does not allow it",
    "the-password-is-the-accounts": "Wrong password",
    "who-tries-too-often-waits": "Too many wrong passwords",
}
"""Rules whose name would read as if what it asks for had been so."""


def rule_in_words(rule: str) -> str:
    return IN_WORDS.get(rule) or spaced(rule)


def _titles() -> dict[str, str]:
    """What a form is called on its page, by its command. A title that depends on what it is about is none for a log."""
    others = (one for module in (cover, interests, people, performers) for one in vars(module).values())
    found = (one for one in (*FORMS.values(), *others) if isinstance(one, Form))
    return {form.name: form.title for form in found if isinstance(form.title, str)}


TITLES = _titles()

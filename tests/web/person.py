"""A person at a browser without JavaScript: opens pages, fills in the forms that are there, and sends them.

Every page that comes back is parsed strictly and looked over: what a browser would mend in silence fails here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from werkzeug.datastructures import MultiDict

from tests.web.parsing import parsed

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What somebody typed and the page gives back to be mended. A browser takes it; a strict parser does not."""


POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What every page lets a browser do: nothing of it from elsewhere, and no script at all, but on a page of the past."""

SIGNED_ANEW = re.compile(r'(name="(?:csrf_)?token" value=")[\w.-]+"')
"""What differs in the same page asked for again: letters, digits and dots, which are nothing to a parser."""

_LOOKED_OVER: set[bytes] = set()


@dataclass
class File:
    """A file of somebody's machine, to be chosen in a form."""

    name: str
    content: bytes


@dataclass
class Form:
    """A form as it stands on the page: its fields by name, and its buttons."""

    person: Person
    action: str
    fields: MultiDict
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)

    def fill(self, **answers):
        """Give answers: text, a list for boxes to tick, a date as (day, month, year)."""
        for name, answer in answers.items():
            if isinstance(answer, File):
                self.files[name] = answer
            elif isinstance(answer, tuple):
                for part, text in zip(("day", "month", "year"), answer, strict=True):
                    self.fields[f"{name}-{part}"] = str(text)
            else:
                self.fields.setlist(name, answer if isinstance(answer, list) else [answer])
        return self

    def send(self, button=None, **answers):
        """Press the button of these words, or the first."""
        self.fill(**answers)
        data = MultiDict(self.fields)
        found = [one for one in self.buttons if button in {None, one[2]}]
        assert found, (button, self.buttons)
        name, value, _ = found[0]
        if name:
            data.add(name, value)
        # A browser ends each line of what it sends with two characters.
        sent = MultiDict((key, re.sub(r"\r?\n", "\r\n", text)) for key, text in data.items(multi=True))
        for name, file in self.files.items():
            sent.add(name, (BytesIO(file.content), file.name))
        return self.person.post(self.action, sent)


class Page:
    """A page that came back, and what stands on it."""

    def __init__(self, person: Person, response, address: str) -> None:
        self.person = person
        self.status = response.status_code
        self.headers = response.headers
        self.address = address
        self.html = response.get_data(as_text=True)
        self.location = response.headers.get("Location")
        response.close()
        response.request.environ["wsgi.input"].close()
        self.is_html = response.mimetype == "text/html" and not self.location
        if self.is_html:
            self._look_over()

    def _look_over(self):
        """Once for each page: most of some tests was parsing the same refusal again and again."""
        policy = self.headers["Content-Security-Policy"]
        page = sha256(f"{policy}{SIGNED_ANEW.sub('', self.html)}".encode()).digest()
        if page in _LOOKED_OVER:
            return
        look_over(self.tree)
        allowed = f"{POLICY}; script-src 'self'" if runs_a_script(self.tree) else POLICY
        assert policy == allowed, self.address
        _LOOKED_OVER.add(page)

    @cached_property
    def tree(self) -> Any:
        if not self.is_html:
            return None
        return parsed(CONTROLS.sub("", self.html))

    def all(self, tag, **attributes):
        assert self.tree is not None
        return [
            one
            for one in self.tree.iter(tag)
            if all(one.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items())
        ]

    def by_id(self, wanted):
        return next((one for one in self.tree.iter() if one.get("id") == wanted), None)

    @property
    def text(self):
        return words_of(self.tree.find("body"))

    @property
    def heading(self):
        return words_of(self.all("h1")[0])

    @property
    def title(self):
        return words_of(self.all("title")[0])

    @property
    def errors(self):
        """The error summary: where each error leads, and what it says."""
        found = {}
        for summary in self.all("div"):
            if "nhsuk-error-summary" in (summary.get("class") or "").split():
                for link in summary.iter("a"):
                    found[link.get("href")] = words_of(link)
        return found

    @property
    def links(self):
        return {words_of(one): one.get("href") for one in self.all("a")}

    def form(self, button=None):
        """The form in the main part that has this button, or the first."""
        main = self.by_id("maincontent")
        for one in main.iter("form"):
            found = self._form(one)
            if button is None or button in {text for _, _, text in found.buttons}:
                return found
        raise AssertionError(f"no form with the button {button!r} on {self.address}: {self.text[:500]}")

    def form_of_header(self):
        """The CSRF token of the form that signs out."""
        return next(self.tree.iterfind(".//form//input[@name='csrf_token']")).get("value")

    def _form(self, element):
        fields: MultiDict[str, str] = MultiDict()
        buttons = []
        for one in element.iter():
            name = one.get("name")
            if one.tag == "button" or (one.tag == "input" and one.get("type") == "submit"):
                buttons.append((name, one.get("value", ""), words_of(one)))
            elif one.tag == "input" and name:
                if one.get("type") == "file":
                    continue
                if one.get("type") not in {"radio", "checkbox"} or one.get("checked") is not None:
                    fields.add(name, one.get("value", ""))
            elif one.tag == "textarea":
                fields.add(name, "".join(one.itertext()))
            elif one.tag == "select":
                options = list(one.iter("option"))
                chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                fields.add(name, chosen[0].get("value", words_of(chosen[0])))
        return Form(self.person, element.get("action") or self.address, fields, buttons)


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, app, name="nobody") -> None:
        self.app = app
        self.name = name
        self.client = app.test_client()

    def open(self, address, **options):
        return Page(self, self.client.get(address, **options), address)

    def post(self, address, data, **options):
        return Page(self, self.client.post(address, data=data, **options), address)

    def follow(self, page):
        """Go where a page sends one, as a browser does."""
        assert page.status in {302, 303}, (page.status, page.html[:2000])
        where = urljoin("http://localhost" + page.address, page.location)
        parts = urlsplit(where)
        assert parts.netloc in {"", "localhost"}, where
        return self.open(parts.path + (f"?{parts.query}" if parts.query else ""))


def words_of(element):
    if element is None:
        return ""
    return " ".join("".join(element.itertext()).split())


def runs_a_script(tree):
    """Only a page of the past does: its sliders say their day in words."""
    return any(one.get("class") == "cb-past" for one in tree.iter("div"))


def look_over(tree):
    """What holds of every page: one heading, one title, ids once, labels and descriptions that lead somewhere, no script."""
    ids = Counter(one.get("id") for one in tree.iter() if one.get("id"))
    assert [one for one, times in ids.items() if times > 1] == []
    assert len(list(tree.iter("h1"))) == 1
    assert len(list(tree.iter("title"))) == 1
    runs = runs_a_script(tree)
    assert [one.get("src", "").partition("?")[0] for one in tree.iter("script")] == ["/static/past.js"] * runs
    for tag in ("style", "iframe", "object", "embed", "base"):
        assert list(tree.iter(tag)) == [], tag
    for one in tree.iter():
        if not isinstance(one.tag, str):
            continue
        assert not [name for name in one.attrib if name.startswith("on") or name == "style"], one.attrib
        for name in ("href", "action", "src"):
            assert not (one.get(name) or "").strip().lower().startswith(("javascript:", "data:", "//")), (
                one.attrib
            )
        for name in ("aria-describedby", "aria-labelledby"):
            for wanted in (one.get(name) or "").split():
                assert wanted in ids, f"{name} leads nowhere: {wanted}"
        if one.tag == "label":
            assert one.get("for") in ids, one.attrib
        if one.tag == "form" and (one.get("method") or "get").lower() == "post":
            assert any(field.get("name") == "csrf_token" for field in one.iter("input")), one.attrib
    labelled = {label.get("for") for label in tree.iter("label")}
    for tag in ("input", "select", "textarea"):
        for one in tree.iter(tag):
            if one.get("type") not in {"hidden", "submit"}:
                assert one.get("id") in labelled or one.get("aria-label"), one.attrib

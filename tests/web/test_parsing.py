"""Pages are parsed as html5lib parses them, whatever is quick about it, and what it refuses is refused."""

from xml.etree.ElementTree import tostring

import html5lib
import pytest

from tests.support import factories as a
from tests.web.parsing import _Quick, parsed

PAGE = '<!doctype html>\n<html lang="en"><head><title>A &amp; b</title></head><body>{}</body></html>\n'
TREE = {"strict": True, "namespaceHTMLElements": False}


@pytest.mark.parametrize("who", ["caseworker", "manager", "auditor", "administrator"])
def test_each_page_is_the_tree_that_html5lib_makes_of_it(people, record, who):
    record("caseworker", a.raise_flag())
    record("caseworker", a.record_conversation(said="One & two <b>three</b>\n\n\n“four”"))
    practice = f"/practices/{a.CODE}"
    for address in ("/", "/practices", "/insight/", "/audit", "/people/", "/framework", practice, f"{practice}/record",
                    f"{practice}/propose-action", f"{practice}/record-conversation", f"{practice}/indicators"):  # fmt: skip
        html = getattr(people, who).open(address).html
        whole = html5lib.HTMLParser(**TREE).parse(html)
        assert tostring(_Quick(**TREE).parse(html)) == tostring(whole), address


@pytest.mark.parametrize(
    "body",
    [
        "<p>One &lt; two &amp; three &#8217; &nbsp;</p>", "<p>  spaces\n first</p>", "<textarea>\n\n a &lt; b</textarea>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><title>T</title></svg>', "<input disabled><br>", "<pre>\n\nx</pre>",
        "<p title='single \"quoted\"'>x</p>", "<p title=bare>x</p>", "<!-- a > comment < --><p>x", "<p>\r\nx\ry</p>",
        "<table><tbody><tr><td>1</table>", '<a href="?a=1&amp;b=2">x</a>', "<title>a < b</title>",
        '<script src="/x.js"></script>', '<style>a > b { c: "<" }</style>',
    ],
)  # fmt: skip
def test_what_is_right_makes_the_same_tree(body):
    page = PAGE.format(body)
    assert tostring(parsed(page)) == tostring(html5lib.HTMLParser(**TREE).parse(page))


@pytest.mark.parametrize(
    "body",
    [
        "<p><div></p></div>", "<p>a & b &copy c</p>", "<b><i></b></i>", '<p class="a" class="b">x</p>', "<p>x</p",
        "<div>", "</span>", "<p>a < b</p>", "<p>\x00</p>", "<table><p>x</p></table>", "<br></br>", "<div/>x", "<p>&nope;</p>",
        '<p a="1"b="2">x</p>', '<p">x</p>', "<title>never ended", "<textarea>a</title></textarea", "<p>\ufdd0</p>", "<>",
        "<ul><li></ul></li>", '<a href="x"><a href="y">z</a></a>', "<?php x ?>", "<p a='x\">y</p>", "<select><p></select>",
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(body):
    for parse in (parsed, html5lib.HTMLParser(**TREE).parse):
        with pytest.raises(html5lib.html5parser.ParseError):
            parse(PAGE.format(body))

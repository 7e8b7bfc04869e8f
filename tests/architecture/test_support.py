"""The two supports do what they say: a real query, a real page, and a real violation found."""

import psycopg
import pytest

from tests.support.browser import axe
from tests.support.missing import skip_or_fail

SOUND = "<!doctype html><html lang=en><title>Sound</title><main><h1>Sound</h1><p>Nothing is wrong here.</p></main></html>"
UNSOUND = SOUND.replace("<p>", "<img src='data:,'><p style='color:#ccc;background:#fff'>")


def data_url(html: str) -> str:
    from urllib.parse import quote

    return "data:text/html;charset=utf-8," + quote(html)


def test_a_database_answers_and_is_empty(postgres_database):
    with psycopg.connect(postgres_database) as connection:
        assert connection.execute("SELECT 2 + 3").fetchone() == (5,)
        tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        assert connection.execute(tables).fetchone() == (0,)


def test_databases_are_apart_and_can_start_from_another(new_postgres_database):
    first = new_postgres_database()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE seen (word text)")
        connection.execute("INSERT INTO seen VALUES ('café 🩺')")
    copy = new_postgres_database(template=first.rsplit("/", 1)[1])
    with psycopg.connect(copy) as connection:
        assert connection.execute("SELECT word FROM seen").fetchone() == ("café 🩺",)
    with psycopg.connect(new_postgres_database()) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT word FROM seen")


def test_a_page_is_drawn_at_desktop_width(page):
    page.goto(data_url(SOUND))
    assert page.get_by_role("heading").inner_text() == "Sound"
    assert page.evaluate("window.innerWidth") == 1280
    assert page.screenshot().startswith(b"\x89PNG")


def test_a_page_is_drawn_at_phone_width(phone_page):
    phone_page.goto(data_url(SOUND))
    assert phone_page.evaluate("document.documentElement.clientWidth") in {390, 980}
    assert phone_page.viewport_size == {"width": 390, "height": 844}


def test_two_pages_are_two_people(new_page):
    assert new_page().context is not new_page().context


def test_a_page_can_be_seen_without_javascript(new_page):
    scripted = SOUND.replace("<h1>Sound", "<h1 id=h>Sound").replace(
        "</main>", "</main><script>h.innerText='Run'</script>"
    )
    plain = new_page(javascript=False)
    plain.goto(data_url(scripted))
    assert plain.get_by_role("heading").inner_text() == "Sound"


def test_axe_finds_what_is_wrong_and_nothing_else(page):
    page.goto(data_url(SOUND))
    assert axe(page) == []
    page.goto(data_url(UNSOUND))
    assert sorted(text.split()[0] for text in axe(page)) == ["color-contrast", "image-alt"]
    assert "at img: <img src=" in "\n".join(axe(page))


def test_what_is_missing_skips_or_fails_where_it_is_required(monkeypatch):
    monkeypatch.delenv("CASEBOOK_REQUIRE_TEAPOT", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no teapot"):
        skip_or_fail("no teapot", "CASEBOOK_REQUIRE_TEAPOT")
    monkeypatch.setenv("CASEBOOK_REQUIRE_TEAPOT", "1")
    with pytest.raises(pytest.fail.Exception, match="no teapot"):
        skip_or_fail("no teapot", "CASEBOOK_REQUIRE_TEAPOT")

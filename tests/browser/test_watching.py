"""What an auditor and an administrator watch, in a real browser: the access log, who is locked out, and files."""

import pytest

from tests.support.browser import fits, seen

pytestmark = pytest.mark.browser


def test_an_auditor_reads_the_access_log_and_takes_it_out(sign_in, address):
    page = sign_in("ruth.bell")
    page.goto(f"{address}/practices/X90017")
    page.goto(f"{address}/practices/X90017/record")
    page.get_by_role("link", name="Who has read this practice").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Access log"
    assert "the whole record" in page.get_by_role("table").inner_text()
    seen(page, "watching")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take out as a file").click()
    assert taken.value.suggested_filename == "access-log-2026-11-20.csv"
    page.goto(f"{address}/access-log?practice=X00000")
    seen(page, "watching")


def test_an_administrator_lets_somebody_try_again(sign_in, new_page, address):
    trying = new_page("phone")
    for _ in range(5):
        trying.goto(f"{address}/sign-in")
        trying.get_by_label("E-mail").fill("priya.shah@casebook.example")
        trying.get_by_label("Password").fill("wrong wrong wrong")
        trying.get_by_role("main").get_by_role("button").click()
    assert "Wait 1 minute" in trying.get_by_role("alert").inner_text()
    page = sign_in("sam.okoro", "phone")
    page.goto(f"{address}/people/locked-out")
    assert fits(page)
    page.get_by_role("button", name="Let them try again").click()
    seen(page, "watching")
    seen(trying, "watching")
    assert "can try to sign in again" in page.get_by_role("main").inner_text()
    page.goto(f"{address}/account")
    seen(page, "watching")

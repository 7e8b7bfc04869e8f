"""Ids of new things."""

from application import ids
from domain.text import holds_nhs_number


def test_no_id_passes_for_a_patients_number(monkeypatch):
    drawn = iter(["9434765919abcdef", "0123abcd4567ef89"])
    monkeypatch.setattr(ids.secrets, "token_hex", lambda _bytes: next(drawn))
    assert holds_nhs_number("reference-9434765919abcdef")
    assert ids.new_id("reference") == "reference-0123abcd4567ef89"

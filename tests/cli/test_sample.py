"""An auditor's sample from the command line."""

AUDITOR = "auditor@example.org"


def test_a_sample_is_drawn_again_by_whoever_asks_by_the_same_day(practice):
    def drawn(size, *words):
        return practice.fine("sample", "--size", size, "--of", "practices", "--json", *words).json

    first = drawn(2)
    assert drawn(2, "--as", AUDITOR) == first
    assert drawn(1)["items"] == first["items"][:1]
    assert list(first) == ["seed", "facts", "position", "recorded_by", "of", "among", "items"]
    assert practice("sample", "--size", 1, "--as", "manager@example.org").status == 1
    assert practice("sample", "--size", 1, "--on", "2199-01-01").status == 1

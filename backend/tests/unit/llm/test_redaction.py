"""What of the sent text people see later."""

from __future__ import annotations

from app.llm.redaction import LONGEST, preview, redact


def test_what_identifies_or_unlocks_is_gone() -> None:
    text = redact(
        "Write to jane.roe@larkspur.example or call +49 (170) 123-4567. Your token is "
        "a9f3c2d8e1b7465fa0c2d4e6f8 and the key sk-live-abcdef123."
    )
    for secret in ("jane.roe", "4567", "a9f3c2d8", "sk-live"):
        assert secret not in text
    assert "@larkspur.example" in text


def test_ordinary_words_and_numbers_stay() -> None:
    text = "On 12 March at 10:30 you meet 3 people about Senior Engineer (R12345)."
    assert redact(text) == text


def test_every_part_is_seen_and_all_stay_short() -> None:
    shown = preview([f"mail {number} " + "word " * 2000 for number in range(10)])
    assert all(f"mail {number} " in shown for number in range(10))
    assert len(shown) < LONGEST + 200

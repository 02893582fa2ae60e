"""The how-to on sentences tells the truth: every sentence in its tables is read as the table says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from toolkit.core.money import format_money
from toolkit.expenses.sentence import read_sentence

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "sentences.md"
TODAY = date(2026, 11, 18)
ROWS = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
KINDS = {
    "cho vay": "lend", "đi vay": "borrow", "trả nợ": "repay", "thu nợ": "collect", "chi": "expense", "thu": "income",
    "chuyển": "transfer",
}  # fmt: skip
REASONS = {"câu hỏi": "question", "dự định": "plan", "chuyện khác": "chat"}


@pytest.mark.parametrize(("sentence", "meaning"), ROWS, ids=[sentence for sentence, _ in ROWS])
def test_a_sentence_of_the_page_is_read_as_the_page_says(sentence: str, meaning: str) -> None:
    reading = read_sentence(sentence, today=TODAY)
    if meaning in REASONS:
        assert (reading.intent, reading.items) == (REASONS[meaning], ())
    elif meaning in KINDS:
        (item,) = reading.items
        assert item.kinds == {KINDS[meaning]}
    else:
        money = [item.money.value for item in reading.items]
        shown = [f"{item.core} {format_money(m.amount)}" for item, m in zip(reading.items, money, strict=True) if m]
        assert " · ".join(shown) == meaning


def test_the_page_has_its_tables() -> None:
    assert len(ROWS) > 30

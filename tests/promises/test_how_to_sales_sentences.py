"""The how-to on lines about selling tells the truth: every line in its tables is read as the table says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.core.money import format_money
from toolkit.kpi.sentence import read_line, read_target

if TYPE_CHECKING:
    from toolkit.kpi.model import Item

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "sales-sentences.md"
TODAY = date(2026, 11, 20)
ROWS = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
KINDS = {"sale": "bán", "payment": "thu", "refund": "hoàn", "lost": "không mua", "activity": "việc", "promise": "hứa"}
DOINGS = {"meeting": "gặp", "quote": "báo giá", "call": "gọi"}
NOTHING = {"dự định": "plan", "câu hỏi": "question", "chưa xảy ra": "chat"}


def shown(item: Item) -> str:
    """An item as the page has it."""
    quantity = f"{float(item.quantity):g}".replace(".", ",") if item.quantity is not None else ""
    thing = f"{item.product} × {quantity}" if item.product and quantity else item.product or quantity
    parts = [
        KINDS[item.kind],
        thing,
        item.promise,
        ", ".join(f"{DOINGS[kind]} {count}" for kind, count in item.counts.items()),
        format_money(item.money.value.amount) if item.money.value else "",
        item.customer,
        f"{item.due.value:%d/%m}" if item.due is not None and item.due.value else "",
        item.reason,
        "được giới thiệu" if item.referral else "",
        "mua lại" if item.repeat else "",
    ]
    return " · ".join(part for part in parts if part)


@pytest.mark.parametrize(("sentence", "meaning"), ROWS, ids=[sentence for sentence, _ in ROWS])
def test_a_line_of_the_page_is_read_as_the_page_says(sentence: str, meaning: str) -> None:
    target = read_target(sentence, today=TODAY)
    if meaning.startswith(f"{target.metric} "):
        period = target.period.value
        assert period is not None
        assert meaning == f"{target.metric} {target.amount.value} {period.start:%d/%m}–{period.last:%d/%m}"
        return
    reading = read_line(sentence, today=TODAY)
    if meaning in NOTHING:
        assert (reading.intent, reading.items) == (NOTHING[meaning], ())
    else:
        assert "; ".join(map(shown, reading.items)) == meaning


def test_the_page_has_its_tables() -> None:
    assert len(ROWS) > 30

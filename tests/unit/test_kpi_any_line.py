"""Whatever is typed: it is recorded, or refused in words; what was recorded can be told, and undone without a trace."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders.kpi_books import CLOCK, TODAY, contents, memory_book
from toolkit.core.errors import ToolkitError
from toolkit.kpi.model import QUANTITY_UNIT
from toolkit.kpi.sentence import read_line
from toolkit.kpi.service.drafting import MOST_AMOUNT, Options, understood
from toolkit.kpi.service.looking import Wanted, each, show
from toolkit.kpi.service.recording import Recorder
from toolkit.kpi.views.entries import entry_json
from toolkit.kpi.views.one import shown, shown_json
from toolkit.kpi.views.receipt import preview, receipt, receipt_json
from toolkit.shell.blocks import Line, said
from toolkit.shell.messages import Messages

if TYPE_CHECKING:
    from toolkit.kpi.book import KpiBook

WORDS = st.sampled_from(
    """
    bán mua chốt thu trả hoàn lại hủy gặp gọi báo giá hứa cho của anh chị cô Hoa Nam Lan khách lẻ cũ giới thiệu 0 2 3 10
    2,5 gói thùng cái kg 12tr 450k 1tr5 0đ 5000000000000000 tỷ usd % hôm qua 31/2 12/11 mai tuần sau vì đắt không qua
    zalo shopee chia đôi 30% đã chưa , . ; ? à nhầm và với phải \0 🙂 = - %%
    """.split()  # noqa: SIM905  (a word list)
)
LINES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join) | st.text(max_size=80)
WRITTEN = [
    "bán 2 gói bảo hiểm cho chị Hoa 12tr", "bán son cho Lan 450k, thanh toán luôn", "chị Hoa trả lại hàng, hoàn 3tr",
    "chị Hoa trả tiền 12tr", "anh Nam không mua vì giá cao", "gặp 3 khách, báo giá 1", "hứa gửi hàng cho Lan thứ 2",
]  # fmt: skip


def filled() -> KpiBook:
    book = memory_book()
    for text in WRITTEN:
        Recorder(book, CLOCK).record(understood(read_line(text, today=TODAY), book, Options(), TODAY))
    return book


@settings(max_examples=100)
@given(LINES)
@example("trả gặp")  # work without anything to count
def test_any_line_is_recorded_whole_or_refused_in_words_and_undone_without_a_trace(text: str) -> None:
    book = filled()
    recorder = Recorder(book, CLOCK)
    before = contents(book.read())
    reading = read_line(text, today=TODAY, people=book.people())
    try:
        line = understood(reading, book, Options(), TODAY)
        dry = recorder.correct(line, Options(), keep=False) if reading.intent == "correct" else None
        done = recorder.correct(line, Options()) if dry else recorder.record(line)
    except ToolkitError as refused:
        code = refused.problem.code
        assert Messages("vi").text(f"{code}.fix") != f"{code}.fix", code
        assert contents(book.read()) == before
        return
    messages = Messages("vi")
    for view in (receipt, preview):
        for block in view(done.data):
            assert isinstance(block, Line)
            assert said(block.text, messages)
    data = json.loads(json.dumps(receipt_json(done.data)))
    assert (data["run"] is not None) == bool(done.data.run)
    for problem in done.problems:
        assert messages.text(f"{problem.code}.fix") != f"{problem.code}.fix", problem.code
    if done.data.run is None:
        assert contents(book.read()) == before
        return
    for row in contents(book.read())["kpi_sale"]:
        assert 0 < row[7] <= MOST_AMOUNT
        assert row[9] > 0
        assert row[9] <= 10**9 * QUANTITY_UNIT
    for one in each(book, Wanted()):
        json.dumps(entry_json(one))
        found = show(book, one.id).data
        json.dumps(shown_json(found))
        assert list(shown(found))
    recorder.undo()
    assert contents(book.read()) == before


@pytest.mark.parametrize(
    ("quantity", "counts"),
    [(Fraction(0), {}), (Fraction(10**30), {}), (Fraction(1, 10**6), {}), (None, {"call": 10**30})],
)
def test_a_quantity_that_no_book_can_hold_is_refused(quantity: Fraction | None, counts: dict[str, int]) -> None:
    reading = read_line("bán 2 gói bảo hiểm cho chị Hoa 12tr", today=TODAY)
    item = replace(reading.items[0], quantity=quantity, counts=counts)
    book = memory_book()
    line = understood(replace(reading, items=(item,)), book, Options(), TODAY)
    assert Recorder(book, CLOCK).record(line).status == "error"
    assert not any(contents(book.read()).values())


@pytest.mark.parametrize("text", [text for text in WRITTEN if "luôn" not in text and "báo giá" not in text])
def test_a_line_typed_anew_over_itself_changes_nothing_but_the_doubt(text: str) -> None:
    from toolkit.kpi.service.editing import anew

    book = memory_book()
    recorder = Recorder(book, CLOCK)
    line = understood(read_line(text, today=TODAY), book, Options(), TODAY)
    (number,) = recorder.record(line).data.items[0].numbers
    before = contents(book.read())
    recorder.edit(book.find(number), anew(book.find(number), line))
    assert contents(book.read()) == before

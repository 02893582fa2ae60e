"""A26: no text makes the reader of amounts slow; it has no nested quantifiers and looks only a few words ahead."""

from __future__ import annotations

import time

import pytest

from toolkit.core.money import find_amounts, parse_amount

HOSTILE = [
    "1" * 24, "1" * 100_000, "1.1.1." * 10_000, "trăm " * 5_000, "triệu rưỡi " * 2_000, "1tr2 " * 2_000, "1 " * 9_000,
    "111 " * 9_000, "hai ba " * 3_000, "chị hai trăm rưỡi " * 2_000, "1-2-" * 5_000, "30-40-" * 5_000 + "k",
    "3 x " * 5_000, "3 ly " * 5_000 + "20k/ly", "giảm " * 5_000 + "20k", "20k giảm 5k " * 1_000, "45k chia 4 " * 1_000,
    "=5k" * 2_000, "mỗi cái 5k " * 1_500, "a@" * 9_000, "http://" * 5_000, "$1" * 5_000, "\u0301" * 50_000,
    "5k" * 9_000, "5 tỷ 4 triệu 3 nghìn 2 " * 1_000, "2 3 triệu " * 1_500, "20k x 3 = " * 1_500, "a.b" * 9_000,
    "lẻ " * 9_000, "1.000-" * 5_000, "nửa " * 9_000, "mấy trăm " * 5_000, "\n" * 50_000, "tổng " * 9_000 + "5k",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].strip() or "blank")
def test_a_hostile_text_is_answered_in_less_than_a_second(text: str) -> None:
    for answer in (lambda: find_amounts(text, bare="thousands"), lambda: parse_amount(text)):
        started = time.process_time()  # our own seconds, however busy the machine is
        answer()
        assert time.process_time() - started < 1

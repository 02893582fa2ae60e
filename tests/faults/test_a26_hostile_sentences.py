"""A26: sentences made to hurt. None raises, none is slow, whatever is typed or pasted."""

from __future__ import annotations

from datetime import date
from random import Random
from time import process_time

import pytest

from builders.spoken import random_sentence
from toolkit.expenses.sentence import kinds_of, phrase_core, read_sentence

TODAY = date(2026, 11, 18)

HOSTILE = [
    "1" * 2000,
    "1." * 1000,
    "1,2" * 600,
    "45k " * 500,
    "45k, " * 400,
    "chia đôi " * 220,
    "trả " * 500,
    "cho mượn " * 220,
    "với " * 500,
    "chị " * 500,
    "Lan " * 500,
    "hôm qua " * 250,
    "mai " * 500,
    "còn 5k " * 280,
    "giảm còn " * 220,
    "tổng 5k, " * 220,
    "đưa 9k thối 1k " * 130,
    "à nhầm " * 280,
    "1/1 " * 500,
    "x 3 " * 500,
    ("a" * 15 + "1 ") * 125,
    "sss" * 660,
    "e\u0301\u0301" * 660,
    "\u200b" * 2000,
    "(" * 1000 + ")" * 1000,
    "\n" * 2000,
    "k" * 2000,
    "hai trăm " * 220,
    "mười " * 500,
    "nếu không chưa ước " * 110,
    "\udc80 45k",
    "\x00 45k",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12].encode("ascii", "replace").decode() for text in HOSTILE])
def test_a_sentence_made_to_be_slow_is_read_in_under_a_second(text: str) -> None:
    read_sentence("phở 45k", today=TODAY)  # the grammars of dates are compiled once
    for read in (lambda: read_sentence(text, today=TODAY), lambda: phrase_core(text), lambda: kinds_of(text)):
        started = process_time()  # our own seconds, however busy the machine is
        read()
        assert process_time() - started < 1


@pytest.mark.parametrize("seed", range(4))
def test_twenty_thousand_random_sentences_are_read_without_an_error(seed: int) -> None:
    draw = Random(f"sentences {seed}")
    slowest = 0.0
    for _ in range(5000):
        text = random_sentence(draw)
        started = process_time()
        reading = read_sentence(text, today=TODAY, xi=100_000)
        slowest = max(slowest, process_time() - started)
        for item in reading.items:
            assert item.text in text
            assert all(money.amount >= 0 for money in item.money.values)
    assert slowest < 1

"""What holds for every sentence, however it was typed."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.spoken import clauses, sentences
from toolkit.core.text import strip_marks
from toolkit.expenses.sentence import kinds_of, phrase_core, read_sentence

TODAY = date(2026, 11, 18)


def amounts(sentence: str) -> list[int | None]:
    items = read_sentence(sentence, today=TODAY, xi=100_000).items
    return [item.money.value.amount if item.money.value else None for item in items]


@given(st.lists(clauses(), min_size=1, max_size=5), st.sampled_from([", ", "; ", " + ", "\n", " rồi ", ". ", " và "]))
def test_as_many_items_as_clauses_in_their_order(said: list[tuple[str, int]], separator: str) -> None:
    sentence = separator.join(clause for clause, _ in said)
    assert amounts(sentence) == [amount for _, amount in said]


@given(st.lists(clauses(), min_size=1, max_size=4))
def test_items_are_verbatim_parts_of_the_sentence_in_its_order(said: list[tuple[str, int]]) -> None:
    sentence = ", ".join(clause for clause, _ in said)
    place = 0
    for item in read_sentence(sentence, today=TODAY).items:
        place = sentence.index(item.text, place) + len(item.text)


@given(st.lists(clauses(), min_size=1, max_size=4))
def test_without_marks_the_amounts_are_the_same(said: list[tuple[str, int]]) -> None:
    sentence = ", ".join(clause for clause, _ in said)
    assert amounts(strip_marks(sentence)) == amounts(sentence)


@given(st.lists(clauses(), min_size=1, max_size=4))
def test_decomposed_and_in_capitals_the_amounts_are_the_same(said: list[tuple[str, int]]) -> None:
    sentence = ", ".join(clause for clause, _ in said)
    assert amounts(unicodedata.normalize("NFD", sentence)) == amounts(sentence)
    assert amounts(sentence.upper()) == amounts(sentence)


@given(clauses())
def test_a_core_cut_twice_is_cut_once(said: tuple[str, int]) -> None:
    core = phrase_core(said[0])
    assert phrase_core(core) == core


@settings(max_examples=150)
@given(sentences())
def test_no_text_at_all_is_an_error(text: str) -> None:
    reading = read_sentence(text, today=TODAY)
    for item in reading.items:
        assert item.text in text
        assert item.kinds or reading.intent == "correct"
        assert item.money or item.money.code
        assert all(money.amount >= 0 for money in item.money.values)
    assert kinds_of(text)
    assert isinstance(phrase_core(text), str)

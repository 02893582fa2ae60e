"""Sorting: the member's own lessons first, then the model, among the kinds that the grammar left open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.categories import LEAVES, Category, leaves_of
from toolkit.expenses.model import Kind, Lesson
from toolkit.expenses.sorting import Sorter

if TYPE_CHECKING:
    from pathlib import Path

EXPENSE = frozenset({Kind.EXPENSE})
ANY = frozenset(Kind)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SHIPPED = Sorter.open()


def taught(*lessons: tuple[str, str], categories: tuple[Category, ...] = ()) -> Sorter:
    return Sorter.open(lessons=[Lesson(core, category, 1, AT) for core, category in lessons], categories=categories)


@pytest.mark.parametrize(
    ("core", "category"),
    [
        ("ăn phở", "food"), ("đổ xăng", "transport"), ("tiền điện", "utilities"), ("mua thuốc cho mẹ", "family"),
        ("bỉm cho con", "children"), ("mua laptop để học", "education"), ("quà cho mẹ", "gifts"),
        ("mời khách ăn trưa", "business"), ("an pho", "food"), ("do xang", "transport"), ("lương tháng 13", "bonus"),
        ("awn sangs", "food"), ("cắt tóc", "beauty"), ("đóng bảo hiểm xe", "finance"), ("cho Nam mượn", "lend"),
        ("trả nợ Lan", "repay"), ("rút atm", "transfer"), ("hạt cho mèo", "pets"), ("thuê trọ", "housing"),
    ],
)  # fmt: skip
def test_everyday_phrases_find_their_category(core: str, category: str) -> None:
    assert SHIPPED.sort(core, ANY).category == category


@given(st.text(max_size=80), st.sets(st.sampled_from(Kind), min_size=1))
def test_guesses_are_among_the_kinds_left_open_and_ordered(core: str, kinds: set[Kind]) -> None:
    sorting = SHIPPED.sort(core, frozenset(kinds))
    open_ = leaves_of(kinds)
    assert {guess.category for guess in sorting.guesses} <= set(open_)
    assert len(sorting.guesses) >= min(3, len(open_))
    probabilities = [guess.probability for guess in sorting.guesses]
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 <= probabilities[-1] <= probabilities[0] <= 1
    assert sum(probabilities) <= 1 + 1e-9


def test_an_empty_phrase_is_never_sure() -> None:
    assert not SHIPPED.sort("", EXPENSE).sure
    assert not SHIPPED.sort("?!", EXPENSE).sure


def test_a_kind_with_one_category_leaves_nothing_to_ask() -> None:
    sorting = SHIPPED.sort("cho Tú mượn", frozenset({Kind.LEND}))
    assert (sorting.category, sorting.sure) == ("lend", True)


@pytest.mark.parametrize(
    "again", ["cà phê với anh Tuấn", "CÀ PHÊ với anh  Tuấn!", "ca phe voi anh tuan", "cf vs anh tuấn"]
)
def test_a_correction_holds_at_once_for_the_same_phrase_however_it_is_typed(again: str) -> None:
    sorting = taught(("cà phê với anh Tuấn", "business")).sort(again, EXPENSE)
    assert (sorting.category, sorting.probability, sorting.sure, sorting.by) == ("business", 1.0, True, "memory")


def test_a_correction_holds_for_near_phrases() -> None:
    sorter = taught(("nước ép bưởi detox", "health"))
    sorting = sorter.sort("mua nước ép bưởi detox", EXPENSE)
    assert (sorting.category, sorting.by) == ("health", "near")


def test_a_correction_says_nothing_of_another_name() -> None:
    sorter = taught(("cà phê với anh Tuấn", "business"))
    assert sorter.sort("cà phê với chị Hoa", EXPENSE).by == "model"
    assert sorter.sort("cà phê", EXPENSE).by == "model"


def test_near_lessons_that_disagree_are_left_to_the_model() -> None:
    sorter = taught(("nước ép bưởi detox to", "health"), ("nước ép bưởi detox nhỏ", "food"))
    assert sorter.sort("nước ép bưởi detox", EXPENSE).by == "model"


def test_the_newer_of_two_lessons_about_a_phrase_holds() -> None:
    assert taught(("xăng", "business"), ("xăng", "transport")).sort("xăng", EXPENSE).category == "transport"


def test_a_lesson_waits_for_its_kind() -> None:
    sorter = taught(("bán áo", "other_income"))
    assert sorter.sort("bán áo", EXPENSE).by == "model"
    assert sorter.sort("bán áo", ANY).category == "other_income"


def test_a_category_of_the_members_own_is_sorted_into_once_taught() -> None:
    own = Category("trading", "work", Kind.EXPENSE, "Buôn chuyến")
    sorter = taught(("phí bến bãi", "trading"), categories=(own,))
    assert sorter.sort("phí bến bãi", EXPENSE).category == "trading"
    assert sorter.sort("ăn phở", EXPENSE).category == "food"
    assert sorter.words("phí bến bãi", "trading") == [("phí", 1.0), ("bến", 1.0), ("bãi", 1.0)]


def test_a_lesson_about_a_category_that_is_gone_says_nothing() -> None:
    assert taught(("phí bến bãi", "trading")).sort("phí bến bãi", EXPENSE).category in LEAVES


def test_the_words_that_spoke_are_named_with_their_weight() -> None:
    words = SHIPPED.words("hôm trước ăn phở với Lan", "food")
    assert words[0][1] > 0
    assert words[0][0] in {"ăn", "phở"}
    assert {word for word, _ in words} == {"hôm", "trước", "ăn", "phở", "với", "lan"}
    assert SHIPPED.words("", "food") == []


def test_without_a_model_keywords_propose_and_nothing_is_sure(tmp_path: Path) -> None:
    sorter = Sorter.open(shipped=tmp_path / "none.bin")
    assert [notice.code for notice in sorter.notices] == ["expenses.model_unusable"]
    sorting = sorter.sort("đổ xăng", EXPENSE)
    assert (sorting.category, sorting.sure, sorting.by) == ("transport", False, "rule")
    assert len(sorting.guesses) >= 3
    assert sorter.words("đổ xăng", "transport") == []

"""Wording: one way of writing what people type in many, and English left alone."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.syllables import is_spelt, is_syllable
from toolkit.core.wording import LONGEST, normalise, unmarked
from toolkit.core.wording.shorthand import SHORTHAND

VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ 0123456789wfjz.,"
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Đổ  XĂNG", "đổ xăng"),
        ("hoà phở", "hòa phở"),
        (unicodedata.normalize("NFD", "bún chả"), "bún chả"),
        ("awn sangs", "ăn sáng"),
        ("a8n sa1ng", "ăn sáng"),
        ("DDoor xawng", "đổ xăng"),
        ("d9o63 xa8ng", "đổ xăng"),
        ("traf suwxa", "trà sữa"),
        ("uoonsg nuowcs", "uống nước"),
        ("nuowcs duwaf", "nước dừa"),
        ("thuwowngr teets", "thưởng tết"),
        ("quaf sinh nhaatj", "quà sinh nhật"),
        ("gif ddos", "gì đó"),
        ("ngonnnn quá", "ngon quá"),
        ("cf vs ny", "cà phê với người yêu"),
        ("lương t13", "lương thángmườiba"),
        ("lương tháng 13", "lương thángmườiba"),
        ("luong thang muoi ba", "luong thángmườiba"),
        ("tháng lương thứ 13", "thángmườiba"),
        ("lương tháng mười một", "lương tháng 0"),
        ("lương tháng 11", "lương tháng 0"),
        ("iphone 15, size 42!", "iphone 0 size 0"),
        ("phở/bún (2 tô)", "phở bún 0 tô"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_what_people_type_is_read_in_one_way(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "wow", "jeans", "windows", "taxi", "box", "max", "test", "beer", "gas", "show", "news", "host", "moon", "teen",
        "tour", "this war", "grab bike", "netflix", "spotify premium", "lazada", "tiktok shop", "ads", "jobs", "cows",
        "door to door", "sofa", "gym", "boss coffee", "steam", "zoom", "canva", "b2 c1", "xbox", "foody", "now", "be",
        "tien dien", "gui xe", "an sang", "tra no", "com tam", "sua xe", "xe om", "so tay", "oto",
    ],
)  # fmt: skip
def test_english_brands_and_words_without_marks_are_left_alone(typed: str) -> None:
    assert normalise(typed) == normalise(typed.replace("coffee", "cà phê"))
    kept = [word for word in typed.split() if word not in SHORTHAND and not any(map(str.isdigit, word))]
    assert set(kept) <= set(normalise(typed).split())


@given(st.text(max_size=60) | st.text(VIETNAMESE, max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unmarked(unmarked(once)) == unmarked(once)
    assert once == unicodedata.normalize("NFC", once)


@given(st.text(VIETNAMESE, max_size=60))
def test_case_composition_and_spaces_make_no_difference(text: str) -> None:
    assert normalise(f"  {unicodedata.normalize('NFD', text)} ") == normalise(text)
    assert normalise(text.upper()) == normalise(text.upper().lower())


def test_teencode_is_spelt_out_for_good() -> None:
    for spelling, meaning in SHORTHAND.items():
        assert normalise(" ".join(meaning)) == " ".join(meaning), spelling
        assert normalise(spelling) == " ".join(meaning)


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "dd" * 5_000, "w" * 9_999, "aws1" * 4_000, "ư ơ" * 4_000, "\u0301" * 9_000]
)
def test_a_hostile_phrase_is_read_in_no_time(text: str) -> None:
    begun = time.perf_counter()
    assert len(normalise(text)) <= 4 * LONGEST
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("word", "nghiêng đường quyết giặt gì giếng khuya ngoằn xăng yêu ăn ủi quỳnh thuở kẻng".split())  # noqa: SIM905
def test_vietnamese_words_are_correctly_spelt_syllables(word: str) -> None:
    assert is_spelt(word)
    assert is_syllable(word)


@pytest.mark.parametrize("word", "cẻ nge qốc mảt hôt ưi0 windows chợpt bểê kác yàn ngia strà".split())  # noqa: SIM905
def test_what_no_rule_of_spelling_gives_is_no_syllable(word: str) -> None:
    assert not is_spelt(word)

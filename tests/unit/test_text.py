"""One word has one spelling, one key and one place in the alphabet, and foreign text can't command its reader."""

from __future__ import annotations

import csv
import io
import shlex
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.core.text import (
    aligned,
    as_argument,
    clean,
    csv_safe,
    digits,
    fold,
    nfc,
    parse_int,
    search_key,
    sort_key,
    strip_marks,
    terminal_safe,
)

vietnamese = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ ABCĐ\n")


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("hoà", "hòa"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Thuý", "Thúy"),
        ("khoẻ", "khỏe"),
        ("uỷ ban", "ủy ban"),
        ("tuỳ", "tùy"),
        ("loà xoà", "lòa xòa"),
        ("qúa", "quá"),
        ("qủa", "quả"),
        ("gía", "giá"),
        ("tóan", "toán"),
        ("hòang", "hoàng"),
        ("ngòai", "ngoài"),
        ("khuyên", "khuyên"),
        ("chuỵên", "chuyện"),
    ],
)
def test_a_tone_stands_in_one_place_however_it_was_typed(typed: str, spelled: str) -> None:
    assert clean(typed) == clean(spelled) == spelled
    assert clean(unicodedata.normalize("NFD", typed)) == clean(typed)


RIGHT = """quý giá gìn giữ giếng nghiêng thuở của mía cứu hoàn toàn khuỷu ngoèo xoáy hòa thúy khỏe rượu người già quỳnh
    quốc huế tía lụa cửa gửi khuya khuếch đạo thủy Zoé café naïve Noël Dvořák São"""


@pytest.mark.parametrize("word", RIGHT.split())
def test_a_word_that_is_spelled_right_or_is_foreign_stays_as_it_is(word: str) -> None:
    assert clean(word) == word


def test_what_cannot_be_seen_goes_and_lines_stay() -> None:
    assert clean("\ufeffđổ\u00a0xăng\u200b  60k \r\n phở\u2028bún\t35k ") == "đổ xăng 60k\nphở\nbún 35k"
    assert clean("４５ｋ，６０ｋ") == "45k,60k"
    assert clean("\x1b[31mđỏ\x1b[0m\x00") == "[31mđỏ[0m"


def test_joined_emoji_stay_whole_and_a_joiner_between_letters_goes() -> None:
    assert clean("👨‍👩‍👧 a\u200db") == "👨‍👩‍👧 ab"


@given(st.text() | vietnamese)
@example("\u0301\u200b\u0301")
@example("e\u200b\u0301")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert nfc(clean(text)) == clean(text)


@given(vietnamese)
def test_both_unicode_forms_clean_and_fold_to_the_same(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert clean(composed) == clean(decomposed)
    assert fold(composed) == fold(decomposed)
    assert sort_key(composed) == sort_key(decomposed)


@given(vietnamese)
def test_cleaning_moves_a_tone_and_never_changes_the_letters(text: str) -> None:
    assert strip_marks(clean(text)) == strip_marks(clean(strip_marks(text)))


@given(st.text() | vietnamese)
def test_a_matching_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert search_key(search_key(text)) == search_key(text)
    assert fold(clean(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Đổ\u00a0XĂNG ", "do xang"),
        ("TIÊU ĐỀ", "tieu de"),
        ("Thứ-Ngày", "thu-ngay"),
        ("Tie\u0302u\n  đề", "tieu de"),
        ("Ｐhòng ３０２", "phong 302"),
        ("25m²", "25m2"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
    ],
)
def test_a_matching_key_forgets_marks_case_and_odd_spaces(typed: str, key: str) -> None:
    assert fold(typed) == key


def test_a_search_key_is_words_only() -> None:
    assert search_key("Thứ-Ngày (*): «Phòng_302»") == "thu ngay phong 302"


def test_marks_can_be_stripped_without_touching_case_or_other_scripts() -> None:
    assert strip_marks("Đặng Thùy Trâm, 한국") == "Dang Thuy Tram, 한국"


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    order = "a ạ ă âm ba bà bả bã bá bạ ca con da đa đà e ê ga ô ơ u ư y"
    assert " ".join(sorted(sorted(order.split(), reverse=True), key=sort_key)) == order
    names = ["Đạt", "Dũng", "Ân", "An", "Ánh", "bình", "Ăn", "Bính", "Dung", "10 Ân", "Anh Thư"]
    assert sorted(names, key=sort_key) == [
        "10 Ân", "An", "Anh Thư", "Ánh", "Ăn", "Ân", "bình", "Bính", "Dung", "Dũng", "Đạt",
    ]  # fmt: skip


def test_a_word_sorts_before_the_same_word_with_another_tone_whatever_follows() -> None:
    assert sorted(["bà", "ba hoa", "ba"], key=sort_key) == ["ba", "ba hoa", "bà"]


ATTACKS = [
    "\x1b[2Jxin chào",
    "\x1b]8;;https://evil.test\x1b\\bấm\x1b]8;;\x1b\\",
    "\x1b]52;c;bWFs\x07",
    "\x9b31m\x9d0;tiêu đề\x9c",
    "đủ\rthiếu",
    "a\b\b\bb",
    "abc\u202edcba\u202c",
    "\u2066\u2069\u200e\u200f\u061c",
    "z\u200be\u200cr\u200do\ufeff\u2060",
    "\ud800 nửa ký tự",
    "\U000e0041\U000e007f",
    "\x00\x07\x7f\x84",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_foreign_text_cannot_command_a_terminal(attack: str) -> None:
    shown = terminal_safe(attack)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    shown.encode("utf-8")


@given(st.text(st.characters()))
def test_whatever_is_shown_has_no_control_and_can_be_encoded(text: str) -> None:
    for keep_lines in (False, True):
        shown = terminal_safe(text, keep_lines=keep_lines)
        assert not [c for c in shown.replace("\n", "" if keep_lines else "\n") if not c.isprintable() and c.isascii()]
        assert not [c for c in shown if unicodedata.category(c) in {"Cf", "Cs"}]
        shown.encode("utf-8")


def test_ordinary_vietnamese_is_shown_as_it_was_typed() -> None:
    text = "Ăn phở với Lan (45.000₫) – “ngon” 🍜"
    assert terminal_safe(text) == text
    assert terminal_safe("hai\r\ndòng") == "hai dòng"
    assert terminal_safe("hai\r\ndòng", keep_lines=True) == "hai\ndòng"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)",
     "=cmd|'/C calc'!A0", '=HYPERLINK("http://evil.test")', "\u200b=1+1", "\u00a0=1", "\ufeff=1", "﹦1", "−1+1",
     "\t", "-5-5"],
)  # fmt: skip
def test_a_formula_from_foreign_text_is_only_text_in_a_spreadsheet(cell: str) -> None:
    assert csv_safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "phở 45k", "-5", "+84", "-1.5", "a=b", "'=1", "(=1)", "5-5", "Đổ xăng"])
def test_a_cell_that_computes_nothing_is_left_alone(cell: str) -> None:
    assert csv_safe(cell) == cell


@given(st.text())
def test_a_guarded_cell_never_begins_like_a_formula_and_survives_csv(text: str) -> None:
    safe = csv_safe(text)
    assert safe in {text, "'" + text}
    assert csv_safe(safe) == safe
    out = io.StringIO(newline="")
    csv.writer(out).writerow([safe.replace("\0", "")])
    assert next(csv.reader(io.StringIO(out.getvalue(), newline="")), [""])[0] == safe.replace("\0", "")


def test_only_plain_digits_are_a_number() -> None:
    assert parse_int("007") == 7
    for text in ("", "+5", "-5", "1_000", " 5", "5 ", "٤٥", "４５", "²", "1.0", "1e3", "9" * 16):
        assert parse_int(text) is None
    assert parse_int(digits("４５")) == 45
    assert digits("１２／０３ ٤") == "12/03 ٤"


@given(st.text() | vietnamese, st.booleans())
def test_every_character_of_the_plain_text_knows_where_it_stood(text: str, decomposed: bool) -> None:
    typed = unicodedata.normalize("NFD", text) if decomposed else text
    plain = aligned(typed)
    assert len(plain.origins) == len(plain.text) + 1
    assert list(plain.origins) == sorted(plain.origins)
    assert plain.origins[-1] == len(typed)
    assert plain.span(0, len(plain.text))[1] in {len(typed), 0, plain.origins[0]}


def test_a_span_takes_in_the_marks_and_the_invisible_characters_inside_it() -> None:
    typed = unicodedata.normalize("NFD", "ăn phở") + " 4\u200b5\u00a0k nhé"
    plain = aligned(typed)
    assert plain.text == "ăn phở 45 k nhé"
    start, end = plain.span(plain.text.index("45"), plain.text.index("45") + 4)
    assert typed[start:end] == "4\u200b5\u00a0k"


@pytest.mark.parametrize(
    "text", ["à" * 50_000, "a\u0301" * 30_000, "\u0301" * 30_000, "\u200b" * 50_000, "qú " * 10_000]
)
def test_hostile_lengths_are_answered_at_once(text: str) -> None:
    started = time.process_time()
    for function in (clean, fold, search_key, sort_key, strip_marks, terminal_safe, csv_safe, aligned):
        function(text)
    assert time.process_time() - started < 8  # eight functions, a second each


@given(st.text(max_size=40))
def test_an_argument_reaches_a_command_as_it_is(text: str) -> None:
    safe = terminal_safe(text)
    assert shlex.split(as_argument(text)) == [safe]


def test_a_plain_argument_needs_no_quotes() -> None:
    assert as_argument("shop") == "shop"
    assert as_argument("cửa-hàng") == "cửa-hàng"
    assert as_argument("Cửa hàng Lan") == '"Cửa hàng Lan"'
    assert as_argument('a "b" c') == "'a \"b\" c'"

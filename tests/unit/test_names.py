"""A file name made from anybody's text is one plain name, on every system."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.disk.names import NAMELESS, safe_name

hostile = st.text(st.characters() | st.sampled_from("./\\:\0CONul \u202e\u200b／．"), max_size=400)


@given(hostile, st.sampled_from([40, 143, 255]))
def test_a_safe_name_is_one_harmless_name(text: str, limit: int) -> None:
    name = safe_name(text, limit=limit)
    assert name
    assert len(name.encode()) <= limit
    assert not set('/\\:*?"<>|') & set(unicodedata.normalize("NFKC", name))
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert not any(unicodedata.category(letter)[0] == "C" for letter in name)
    assert name == unicodedata.normalize("NFC", name)


@given(hostile)
def test_making_a_safe_name_safe_changes_nothing(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize(
    "name", ["lịch tháng 12.xlsx", "Báo cáo – quý 4 (bản cuối).csv", "Ngọc Ánh 🎉.ics", "công-ty_A&B, chi nhánh 2"]
)
def test_a_good_vietnamese_name_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("\\\\máy\\chung", "--máy-chung"),
        ("a\0b", "ab"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("NUL .csv", "_NUL .csv"),
        ("LPT9", "_LPT9"),
        ("COM¹.log", "_COM¹.log"),
        ("console.txt", "console.txt"),
        ("tên.", "tên"),
        (".ẩn", "ẩn"),
        ("hai\ndòng\tba", "hai dòng ba"),
        ("ảnh\u202egpj.exe", "ảnhgpj.exe"),
        ("a／b", "a-b"),
        ("", NAMELESS),
        ("...", NAMELESS),
        ("\u200b", NAMELESS),
    ],
)
def test_what_could_lead_elsewhere_is_made_plain(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_keeps_its_ending_and_whole_letters() -> None:
    name = safe_name("ế" * 300 + ".xlsx")
    assert name.endswith("ế.xlsx")
    assert 250 <= len(name.encode()) <= 255


def test_a_letter_is_never_cut_off_from_its_marks() -> None:
    name = safe_name("q" + "a\u0323\u0302\u0335" * 40, limit=20)  # the last mark doesn't compose
    assert unicodedata.normalize("NFC", name) == name
    assert not unicodedata.combining(name[-1]) or name.endswith("\u0335")


def test_a_name_of_megabytes_is_answered_at_once() -> None:
    began = time.process_time()
    safe_name("." * 5_000_000 + "\u0301" * 5_000_000)
    assert time.process_time() - began < 1

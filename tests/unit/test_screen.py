"""Streams that have no Vietnamese letters still show Vietnamese, as well as they can, and never raise."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import StoreError
from toolkit.shell.screen import Screen, plainer

ENCODINGS = ["ascii", "cp437", "cp850", "cp1252", "cp1258", "latin-1", "shift_jis", "utf-16"]
ALPHABET = "".join(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)


def shown(text: str, encoding: str) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    Screen(stream).write(text)
    return raw.getvalue().decode(encoding)


def test_the_vietnamese_code_page_shows_every_vietnamese_letter() -> None:
    back = unicodedata.normalize("NFC", shown(ALPHABET, "cp1258"))
    assert back == ALPHABET


def test_other_code_pages_fall_back_to_bare_letters() -> None:
    assert shown("Đổ xăng 60.000₫ – quán “Mộc” → xong…", "ascii") == 'Do xang 60.000d - quan "Moc" -> xong...'
    assert shown("Đổ xăng", "cp437") == "Do xang"
    assert shown("Cách gõ", "cp437") == "Cach go"
    assert shown("café", "cp437") == "café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_unicode_streams_keep_every_letter(encoding: str) -> None:
    assert shown(ALPHABET + "日本😀", encoding) == ALPHABET + "日本😀"


@given(st.text(st.characters(codec=None)), st.sampled_from(ENCODINGS))
def test_no_text_whatever_stops_a_stream(text: str, encoding: str) -> None:
    shown(text, encoding)


@given(st.text(max_size=50), st.sampled_from(ENCODINGS))
def test_the_fallback_can_always_be_encoded(text: str, encoding: str) -> None:
    plainer(text, encoding).encode(encoding)


def test_a_byte_that_is_no_text_in_a_file_name_is_shown_as_a_question_mark() -> None:
    assert shown("tệp\udcff.xlsx", "utf-8") == "tệp?.xlsx"


def test_a_closed_stream_is_a_failure_with_a_name() -> None:
    with pytest.raises(StoreError) as caught:
        Screen(None).write("x")
    assert caught.value.problem.code == "shell.output_closed"


@pytest.mark.parametrize(("columns", "width"), [("20", 20), ("0", None), ("-3", None), ("abc", None), ("", None)])
def test_a_pipe_has_no_width_unless_the_member_asks_for_one(columns: str, width: int | None) -> None:
    assert Screen(io.StringIO(), {"COLUMNS": columns}).width == width

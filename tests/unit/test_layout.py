"""Columns, cards and wrapping: whatever the words and the width, nothing is lost and nothing sticks out."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from toolkit.shell.layout import Align, cell_width, pairs, table, wrap

words = st.text(st.sampled_from("abc ệếđ日本😀 \u0323"), max_size=60)
widths = st.integers(2, 120)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(words, widths, st.integers(0, 8))
def test_wrapped_text_fits_and_is_complete(text: str, width: int, indent: int) -> None:
    lines = wrap(text, width, indent)
    assert lines
    assert all(cell_width(line) <= width for line in lines)
    assert squeezed("".join(lines)) == squeezed(text)


@given(words)
def test_without_a_width_there_is_one_line(text: str) -> None:
    assert len(wrap(text, None)) == 1


@given(st.lists(st.tuples(words, words, words), max_size=8), st.none() | widths)
def test_a_table_fits_and_shows_every_cell(rows: list[tuple[str, str, str]], width: int | None) -> None:
    headings = ("Việc", "Khi nào", "Ở đâu")
    aligns: list[Align] = ["left", "left", "right"]
    clean_rows = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    head, body = table(headings, clean_rows, aligns, width)
    if width is not None and width >= 2:
        assert all(cell_width(line) <= width for line in [*head, *body])
    shown = sorted(squeezed("".join(body)))
    cells = sorted(squeezed("".join("".join(row) for row in clean_rows)))
    if head:
        assert shown == cells
    else:
        assert len(shown) >= len(cells)


def test_a_narrow_terminal_gets_cards() -> None:
    row = ("Họp nhóm bán hàng", "T7 12/12 19:30–21:00", "Quán cà phê Mộc")
    head, body = table(("Việc", "Khi nào", "Ở đâu"), [row, row], ["left"] * 3, 20)
    assert not head
    assert body[0] == "Việc: Họp nhóm bán"
    assert body[1] == "  hàng"
    assert "" in body


def test_a_table_in_a_pipe_is_never_cut_nor_wrapped() -> None:
    long = "một tiêu đề rất dài " * 20
    _, body = table(("Việc",), [(long.strip(),)], ["left"], None)
    assert body == [long.strip()]


def test_accents_made_of_several_characters_line_up() -> None:
    composed = ("Đổ xăng", "60.000")
    decomposed = (unicodedata.normalize("NFD", "Đổ xăng"), "60.000")
    _, body = table(("Việc", "Tiền"), [composed, decomposed, ("Ăn", "5")], ["left", "right"], 40)
    assert {cell_width(line) for line in body} == {15}


@given(st.lists(st.tuples(words.filter(str.strip), words), max_size=6), widths)
def test_labels_and_values_fit(labelled: list[tuple[str, str]], width: int) -> None:
    assert all(cell_width(line) <= width for line in pairs([(k[:10], v) for k, v in labelled], width))


def test_ten_thousand_rows_are_laid_out_without_a_wait() -> None:
    rows = [(f"Họp số {n}", "T7 12/12 19:30–21:00", "Quán cà phê") for n in range(10_000)]
    _, body = table(("Việc", "Khi nào", "Ở đâu"), rows, ["left"] * 3, 60)
    assert len(body) == 10_000

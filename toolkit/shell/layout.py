"""Laying text out in columns that a terminal shows. Pure; widths are counted in terminal cells, not in characters.

Tables aren't drawn with rich: it needs 0.2 ms a row (2 s for 10,000), and a plan of that size has to appear at once.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Align = Literal["left", "right"]
GAP: Final = 2
_NARROWEST: Final = 6
_LONG_WORD: Final = 24  # longer ones, addresses mostly, may be broken


def cell_width(text: str) -> int:
    """Terminal cells that `text` takes: combining marks none, wide East Asian letters and emoji two."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int | None, indent: int = 0) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words; a longer word is broken inside. None: one line.

    Spaces before the first word stay; lines after the first begin with `indent` spaces. There is always at least one
    line; a character that is wider than `width` gets a line of its own.
    """
    words = text.split()
    lead = text[: len(text) - len(text.lstrip())]
    if width is None or cell_width(text) <= width:
        return [lead + " ".join(words)]
    spare = max(width - _NARROWEST, 0)
    line, margin = lead[:spare], " " * min(indent, spare)
    lines: list[str] = []
    for word in words:
        if line.strip() and cell_width(line) + 1 + cell_width(word) <= width:
            line = f"{line} {word}"
            continue
        if line.strip():
            lines.append(line)
            line = margin
        *full, last = _pieces(word, width - cell_width(line), width - len(margin))
        for piece in full:
            lines.append(line + piece)
            line = margin
        line += last
    return [*lines, line] if line.strip() or not lines else lines


def _pieces(word: str, first: int, others: int) -> list[str]:
    """`word` cut into a piece of `first` cells and pieces of `others` cells."""
    pieces: list[str] = []
    piece, used = "", 0
    for character in word:
        length = _width(character)
        if piece and used + length > (others if pieces else first):
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + length
    return [*pieces, piece]


def pad(text: str, width: int, align: Align = "left") -> str:
    """`text` filled with spaces to `width` cells."""
    space = " " * (width - cell_width(text))
    return text + space if align == "left" else space + text


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], aligns: Sequence[Align], width: int | None
) -> tuple[list[str], list[str]]:
    """(heading lines, row lines) of a table at most `width` cells wide; None means as wide as it needs.

    Where the columns would become too narrow to read, there are no heading lines, and each row is a card: a line
    `heading: value` for each column, cards apart by an empty line.
    """
    columns = list(zip(headings, *rows, strict=True))
    widths = natural = [max(map(cell_width, column)) for column in columns]
    room = sum(natural) if width is None else width - GAP * (len(natural) - 1)
    if sum(natural) > room:
        fitted = _fitted(natural, [_longest_word(column) for column in columns], room)
        if fitted is None:
            return [], _cards(headings, rows, width)
        widths = fitted
    top = _row(headings, widths, aligns)
    rule = (" " * GAP).join("─" * size for size in widths)
    if widths == natural:
        return [*top, rule], [_joined(row, widths, aligns) for row in rows]
    return [*top, rule], [line for row in rows for line in _row(row, widths, aligns)]


def pairs(labelled: Sequence[tuple[str, str]], width: int | None) -> list[str]:
    """Labels in a column and values beside them; on a narrow terminal each value follows its label."""
    column = max((cell_width(label) for label, _ in labelled), default=0)
    lines: list[str] = []
    for label, value in labelled:
        if width is None:
            lines.append(f"{pad(label, column + GAP)}{value}".rstrip())
        elif column + GAP + 2 * _NARROWEST > width:
            lines += wrap(f"{label}: {value}" if value else label, width, indent=2)
        else:
            first, *others = wrap(value, width - column - GAP)
            lines.append((pad(label, column + GAP) + first).rstrip())
            lines += (" " * (column + GAP) + line for line in others)
    return lines


def _fitted(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Widths that sum to at most `room`, taken from the widest columns first; None if words would have to be broken."""
    if sum(least) > room:
        return None
    widths = [min(size, room) for size in natural]
    for _ in range(sum(widths) - room):
        widest = max((size, index) for index, size in enumerate(widths) if size > least[index])[1]
        widths[widest] -= 1
    return widths


def _longest_word(cells: Iterable[str]) -> int:
    words = (cell_width(word) for cell in cells for word in cell.split())
    return min(max(words, default=0), _LONG_WORD)


def _row(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> list[str]:
    wrapped = [wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    return [
        _joined([lines[index] if index < len(lines) else "" for lines in wrapped], widths, aligns)
        for index in range(height)
    ]


def _joined(cells: Iterable[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    padded = (pad(cell, size, align) for cell, size, align in zip(cells, widths, aligns, strict=True))
    return (" " * GAP).join(padded).rstrip()


def _cards(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(rows):
        if number:
            lines.append("")
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                lines += wrap(f"{heading}: {cell}" if heading else cell, width, indent=2)
    return lines

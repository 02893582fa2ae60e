"""The same page as Markdown: for a terminal, a letter, a chat. Drawings are told in a sentence, tables stay tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from toolkit.core.text import nfc, terminal_safe
from toolkit.pages.lines import Lines
from toolkit.pages.page import Bars, Cards, Course, Facts, Grid, Points, Remark, signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.pages.page import Block, Page

# What means something in Markdown or HTML anywhere in a line, and what does at its beginning (CommonMark 0.31).
_MEANS: Final = re.compile(r"([\\`*_\[\]<>|~&])")
_BEGINS: Final = re.compile(r"^([#+=-])")
_COUNTS: Final = re.compile(r"^(\d{1,9})([.)])(?= |$)")


def markdown(page: Page, *, signed: bool = False, tables: bool = True) -> str:
    """The page as CommonMark with tables. Foreign text stays text. `signed`: with a line that tells what made it, by
    which a file is known as one of ours. Without `tables` their rows are points, for narrow screens."""
    paragraphs = [signature(page.generator)] if signed else []
    paragraphs += [f"# {_text(page.title)}", _text(page.subtitle)]
    paragraphs += [_points([_value(card.label, card.value, card.note) for card in page.cards])] if page.cards else []
    for block in page.blocks:
        paragraphs += _block(block, tables)
    paragraphs += ["---", *(_text(line) for line in page.footer)] if page.footer else []
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _block(block: Block, tables: bool) -> Iterator[str]:
    if isinstance(block, Remark):
        yield _text(block.text)
        return
    yield f"## {_text(block.title)}"
    if isinstance(block, Cards):
        yield _points([_value(card.label, card.value, card.note) for card in block.cards])
    elif isinstance(block, Facts):
        yield _points([_value(fact.label, fact.value, fact.how) for fact in block.facts])
    elif isinstance(block, Points):
        yield _points([_text(point) for point in block.points])
    elif isinstance(block, Lines):
        yield _text(block.description)
    elif isinstance(block, Course):
        yield _text(block.description)
        yield _table(block.headings, [(column.label, column.value) for column in block.columns], frozenset({1}), tables)
    elif isinstance(block, Bars):
        rows = [(row.label, *row.values) for row in block.rows]
        yield _table(block.headings, rows, frozenset(range(1, len(block.headings))), tables)
    elif isinstance(block, Grid):
        yield _table(block.headings, block.rows, block.numbers, tables)
    if not isinstance(block, Course):
        yield _text(block.remark)


def _value(label: str, value: str, how: str) -> str:
    return (
        f"**{_text(label)}:** {_text(value)} ({_text(how)})"
        if value and how
        else f"**{_text(label)}:** {_text(value or how)}"
    )


def _points(points: Sequence[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int], tables: bool) -> str:
    if not tables:
        return _points([_row(headings, row) for row in rows])
    lines = [[_text(cell) for cell in line] for line in (headings, *rows)]
    widths = [max(3, *(len(line[place]) for line in lines)) for place in range(len(headings))]
    rule = ["-" * (wide - 1) + ":" if place in numbers else "-" * wide for place, wide in enumerate(widths)]
    padded = [
        [cell.rjust(wide) if place in numbers else cell.ljust(wide) for place, (cell, wide) in enumerate(pairs)]
        for pairs in (tuple(zip(line, widths, strict=True)) for line in lines)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (padded[0], rule, *padded[1:]))


def _row(headings: Sequence[str], row: Sequence[str]) -> str:
    told = [f"{_text(head)} {_text(cell)}" for head, cell in zip(headings[1:], row[1:], strict=True) if cell]
    return f"**{_text(row[0])}:** {'; '.join(told)}"


def _text(text: str) -> str:
    """Foreign text as text on one line: nothing in it is taken for markup, a link or an element."""
    plain = " ".join(terminal_safe(nfc(text)).split())
    return _COUNTS.sub(r"\1\\\2", _BEGINS.sub(r"\\\1", _MEANS.sub(r"\\\1", plain)))

"""A page as Markdown: nothing in it is markup but what the page itself has, told by an independent reader of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builders.markup_attacks import ATTACKS
from toolkit.core.text import nfc, terminal_safe
from toolkit.pages.markdown import markdown
from toolkit.pages.page import Bar, Bars, Block, Card, Cards, Column, Course, Fact, Facts, Grid, Page, Points, Remark

READER = MarkdownIt("commonmark", {"html": True}).enable("table")
MARKDOWN_ATTACKS = (
    "[click](javascript:alert(1))", "![x](http://127.0.0.1:9/x)", "<http://127.0.0.1:9>", "# heading", "- point",
    "1. one", "12) two", "> quote", "```\ncode", "    code", "a | b", "---", "***", "===", "+ plus", "\\", "a\\|b",
    "[x]: http://127.0.0.1:9/", "&lt;script&gt;", "~~gone~~", "*a* _b_ `c`", "| a | b |\n|---|---|", "\n\n# x", "",
)  # fmt: skip
OURS = {"heading", "paragraph", "bullet_list", "list_item", "inline", "table", "thead", "tbody", "tr", "th", "td", "hr"}
INLINE = {"text", "strong_open", "strong_close", "softbreak", "text_special"}


def page_of(text: str) -> Page:
    blocks: list[Block] = [
        Remark(text),
        Facts(text, [Fact(text, text, text), Fact(text, "", text), Fact(text, text)], text),
        Points(text, [text, text]),
        Cards(text, [Card(text, text, text)]),
        Grid(text, [text, text], [[text, text]], frozenset({1}), remark=text),
        Bars(text, [text, text], [Bar(text, 0.5, [text])]),
        Course(text, text, (text, text), [Column(text, text, 0.5)], text, text),
    ]
    return Page("vi", text, text, [Card(text, text)], blocks, [text])


def shape(text: str) -> tuple[list[str], set[str]]:
    """The block elements in order, and every kind of inline element."""
    tokens = READER.parse(text)
    inline = {child.type for token in tokens for child in token.children or ()}
    return [token.type for token in tokens], inline


@pytest.mark.parametrize("tables", [True, False])
@pytest.mark.parametrize("attack", [*ATTACKS, *MARKDOWN_ATTACKS])
def test_no_text_becomes_markup(attack: str, tables: bool) -> None:
    blocks, inline = shape(markdown(page_of(f"x {attack}"), tables=tables))
    expected, _ = shape(markdown(page_of("x y"), tables=tables))
    assert blocks == expected
    assert inline <= INLINE
    blocks, inline = shape(markdown(page_of(f"{attack} x"), tables=tables))
    assert blocks == expected
    assert inline <= INLINE


@given(st.text(alphabet=st.sampled_from("ab1.) #-+=*_`[]()<>!|\\~&:/\"'\n\t"), max_size=12), st.booleans())
def test_no_text_of_signs_becomes_markup(text: str, tables: bool) -> None:
    shown = " ".join(terminal_safe(nfc(f"{text}x")).split())
    blocks, inline = shape(made := markdown(page_of(shown), tables=tables))
    assert blocks == shape(markdown(page_of("x"), tables=tables))[0]
    assert inline <= INLINE
    first = next(token for token in READER.parse(made) if token.type == "inline")
    assert "".join(child.content for child in first.children or ()) == shown


def test_tables_stand_in_columns_and_numbers_to_the_right() -> None:
    made = markdown(
        Page("vi", "T", "S", (), [Grid("G", ["tháng", "đã có"], [["T1", "9tr"], ["T10", "12tr"]], frozenset({1}))])
    )
    assert "| tháng | đã có |\n| ----- | ----: |\n| T1    |   9tr |\n| T10   |  12tr |" in made
    without = markdown(
        Page("vi", "T", "S", (), [Grid("G", ["tháng", "đã có"], [["T1", "9tr"]], frozenset({1}))]), tables=False
    )
    assert "- **T1:** đã có 9tr" in without

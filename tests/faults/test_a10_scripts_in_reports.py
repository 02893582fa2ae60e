"""A10, A11, A12, A16: whatever stands in notes, names and categories, a report's page shows it as text, no more.

Looked at in a real browser, with scripts allowed by it: what keeps them out is the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.browser import Browser, chromium
from builders.markup_attacks import ATTACKS
from builders.money_months import AT, entry
from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.model import Draft, Kind
from toolkit.pages.page import Bar, Bars, Card, Column, Course, Grid, Page, Remark, policy, render
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

TEXT_ATTRIBUTES = {
    "aria-labelledby",
    "class",
    "content",
    "charset",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
}
TEXT_ATTRIBUTES |= {"viewbox", "preserveaspectratio", "aria-hidden", "focusable", "width", "height", "x", "y"}
TEXT_ATTRIBUTES |= {"x1", "x2", "y1", "y2"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


class Outline(HTMLParser):
    """The elements of a page, and every value of an attribute."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page_of(text: str) -> Page:
    """A page with `text` wherever a page has text."""
    bars = Bars(text, [text, text], [Bar(text, 0.5, [text], mark=0.7)], text)
    course = Course(text, text, (text, text), [Column(text, text, 1.0), Column(text, text, 0.0)], text, text)
    grid = Grid(text, [text, text], [[text, text]], frozenset({1}), remark=text)
    return Page("vi", text, text, [Card(text, text, text)], [bars, course, grid, Remark(text)], [text])


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_anywhere_in_a_page_makes_no_element_and_no_attribute(attack: str) -> None:
    harmless, attacked = Outline(render(page_of("x"))), Outline(render(page_of(attack)))
    assert attacked.tags == harmless.tags
    assert attacked.attributes == harmless.attributes


@given(st.text(max_size=60))
def test_no_text_at_all_makes_an_element_or_an_attribute(text: str) -> None:
    harmless, given_ = Outline(render(page_of("x"))), Outline(render(page_of(text)))
    assert [tag for tag in given_.tags if tag not in ("p", "dd", "td", "span")] == [
        tag for tag in harmless.tags if tag not in ("p", "dd", "td", "span")
    ]
    assert {name for name, _ in given_.attributes} <= TEXT_ATTRIBUTES


def test_a_page_names_no_address_and_holds_no_script_no_link_and_no_image() -> None:
    text = render(page_of("x"))
    outline = Outline(text)
    assert not {"script", "a", "img", "iframe", "object", "embed", "form", "input", "link", "base"} & set(outline.tags)
    assert {name for name, _ in outline.attributes} <= TEXT_ATTRIBUTES
    assert not re.search(r"(https?:|//[a-z]|data:|url\(|@import|javascript:)", text, re.IGNORECASE)


def test_the_policy_of_a_page_allows_its_own_style_sheet_and_nothing_else() -> None:
    text = render(page_of("x"))
    outline = Outline(text)
    assert ("content", policy()) in outline.attributes
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy() == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_nothing_in_a_page_of_attacks_runs_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    harmless, attacked = tmp_path / "harmless.html", tmp_path / "attacked.html"
    blocks = [block for attack in ATTACKS for block in page_of(attack).blocks]
    title = ATTACKS[0]
    attacked.write_text(render(Page("vi", title, title, [Card(a, a, a) for a in ATTACKS], blocks, ATTACKS)), "utf-8")
    blocks = [block for _ in ATTACKS for block in page_of("x").blocks]
    cards = [Card("x", "x", "x") for _ in ATTACKS]
    harmless.write_text(render(Page("vi", "x", "x", cards, blocks, ["x" for _ in ATTACKS])), "utf-8")
    with browser.open(harmless) as opened:
        expected = opened.outline
    with browser.open(attacked) as opened:
        opened.page.wait_for_timeout(300)
        assert opened.outline == expected
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
        assert "<script>alert(1)</script>" in opened.text


@pytest.fixture
def attacked_book(home: Path) -> Path:
    """Every attack as a note, a person and the name of a category; the notes five a month, as many as are shown."""
    with (
        Store.open(home / "toolkit.db", backups=home / "backups") as store,
        ExpenseBook(store).recording("import", at=AT) as recording,
    ):
        for number, attack in enumerate(ATTACKS):
            category = f"own{number}"
            recording.put("expense_category", {"id": category, "parent": "rest", "kind": "expense", "label": attack})
            day = date(2026, 1 + number // 5, 3)
            for one in (
                Draft(day, Kind.EXPENSE, category, 900_000 + number, "cash", note=attack, sentence=attack),
                Draft(day, Kind.LEND, "lend", 1_000, "cash", person=attack, note="vay"),
                Draft(day, Kind.EXPENSE, "food", 1_000, "cash", person=attack, note="ăn"),
            ):
                recording.add(one)
    return home


@pytest.mark.parametrize("by", ["category", "person"])
def test_attacks_in_notes_people_and_categories_stay_text_in_the_report(
    by: str, attacked_book: Path, cli: Cli, browser: Browser, tmp_path: Path
) -> None:
    shown = ""
    for number in range(1, 1 + (len(ATTACKS) + 4) // 5):
        path = tmp_path / f"{number}.html"
        assert cli("expenses", "report", "--month", f"2026-{number}", "--by", by, "--html", path).exit_code == 0
        with browser.open(path) as opened:
            opened.page.wait_for_timeout(100)
            assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
            tags = {line.split(" ")[0] for line in opened.outline}
            assert not tags & {"script", "img", "iframe", "a", "form", "input", "object", "embed", "image", "template"}
            assert not [line for line in opened.outline if re.search(r"[ ,](on\w+|href|src|srcdoc|style)\b", line)]
            shown += opened.text
    for attack in ATTACKS:
        if attack.isascii() and attack.isprintable():
            assert attack in shown


def test_a_page_of_attacks_is_as_wide_as_a_phone(
    attacked_book: Path, cli: Cli, browser: Browser, tmp_path: Path
) -> None:
    assert cli("expenses", "report", "--year", "2026", "--html", tmp_path / "a.html").exit_code == 0
    with browser.open(tmp_path / "a.html", width=360) as opened:
        assert opened.overflow <= 0


def test_an_attack_in_a_report_for_the_terminal_is_shown_and_not_obeyed(home: Path, cli: Cli) -> None:
    from builders.money_months import write_book

    hostile = "\x1b]8;;http://evil\x1b\\x\x1b[31m\x9b2J\u202e\x08\răn"
    days = [date(2026, 11, n) for n in (1, 2, 3)]
    write_book(home, [entry(day, 10_000, note=hostile, person=hostile) for day in days])
    for options in ([], ["--by", "person"], ["--json"], ["--csv"], ["--by", "person", "--plain"]):
        ran = cli("expenses", "report", "--month", "2026-11", *options)
        assert ran.exit_code == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.stdout + ran.stderr)

"""One self-contained page of HTML out of words and shares that somebody else has chosen.

Nothing in it is loaded from anywhere, nothing in it runs: no script, no link, no image, and a Content-Security-Policy
that refuses them all, so that no text of the member's, however it is written, can become anything but text. Charts are
inline SVG without words of their own; every number in them stands in a table too. A page that has to answer to choices
(`Live`) runs one script of ours, named by its hash, over data that it reads as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from toolkit.core.errors import ConflictError, StoreError
from toolkit.core.outcome import Place
from toolkit.core.text import nfc, terminal_safe
from toolkit.disk.atomic import atomic_write
from toolkit.disk.failures import disk_failures
from toolkit.pages.lines import TALL, WIDE, Lines, drawing, number, sample
from toolkit.pages.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_GAP: Final = 2  # of the ten units that one column of a chart takes
_LOOKED_AT: Final = 8_192  # bytes of a file in which its generator stands


@dataclass(frozen=True)
class Card:
    """A figure on its own: what it is, how much, and a remark."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart. `part` is the filled share of the width, `mark` a place to compare with, both 0 to 1;
    `values` are the cells beside the label."""

    label: str
    part: float
    values: Sequence[str]
    mark: float | None = None


@dataclass(frozen=True)
class Bars:
    """A table whose rows have a bar each. `headings` are those of the label and of the values."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Bar]
    remark: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a course: its label, its value in words, its height as a share of the highest."""

    label: str
    value: str
    part: float


@dataclass(frozen=True)
class Course:
    """Columns in time, as one drawing with a table to unfold. `description` says the drawing in a sentence; `show` is
    what the unfolding is called."""

    title: str
    description: str
    headings: tuple[str, str]
    columns: Sequence[Column]
    highest: str
    show: str


@dataclass(frozen=True)
class Grid:
    """A plain table; columns in `numbers` (from 0) are set to the right. `whole`: the first column isn't broken."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    whole: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Cards:
    """Figures under a title of their own."""

    title: str
    cards: Sequence[Card]
    remark: str = ""


@dataclass(frozen=True)
class Fact:
    """A figure in a line: what it is, how much, and how it is made."""

    label: str
    value: str
    how: str = ""


@dataclass(frozen=True)
class Facts:
    """Figures one below the other. `show`: they are folded away, and this is what the unfolding is called."""

    title: str
    facts: Sequence[Fact]
    remark: str = ""
    show: str = ""


@dataclass(frozen=True)
class Points:
    """Sentences, a point each."""

    title: str
    points: Sequence[str]
    remark: str = ""


@dataclass(frozen=True)
class Remark:
    """A paragraph."""

    text: str


Block: TypeAlias = Bars | Cards | Course | Facts | Grid | Lines | Points | Remark


@dataclass(frozen=True)
class Live:
    """What makes a page answer to choices: a script and a style of ours, and the data that the script shows as text.

    The script finds its data in the element `data`, writes into `live` and takes away `fixed`, which is what stands
    there where no script runs."""

    script: str
    style: str
    data: object


@dataclass(frozen=True)
class Page:
    """`lang` is a language tag of HTML; `generator` the command that makes such pages, by which it knows its own."""

    lang: str
    title: str
    subtitle: str
    cards: Sequence[Card]
    blocks: Sequence[Block]
    footer: Sequence[str] = ()
    generator: str = "toolkit"
    live: Live | None = None


def write_page(path: Path, page: Page) -> None:
    """Write a page, over an older one of the same command if there is one. `refuse_others_file` comes first."""
    atomic_write(path, render(page))


def refuse_others_file(path: Path, generator: str) -> None:
    """A page of this command may be written again; anything else of that name stays: ConflictError. Where no file can
    be made at all, that is said before anything is reckoned: StoreError as `atomic_write` raises it."""
    with disk_failures(path):
        for is_so, code in ((path.is_symlink, "disk.link"), (path.is_dir, "disk.is_folder")):
            if is_so():
                raise StoreError(code, path=str(path))
        if not path.parent.is_dir():
            raise StoreError("disk.no_folder", path=str(path))
        if not path.is_file():
            return
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
    if not any(mark.encode() in head for mark in (f'content="{generator}"', signature(generator))):
        raise ConflictError("pages.not_ours", Place(path.name), value=path.name)


def signature(generator: str) -> str:
    """The line by which a page that isn't HTML tells what made it."""
    return f"<!-- {generator} -->"


def render(page: Page) -> str:
    """The page as a whole document, to be written as UTF-8."""
    return "\n".join(_document(page)) + "\n"


def policy(live: Live | None = None) -> str:
    """The Content-Security-Policy of a page: nothing but its own style sheet and script, named by their hashes."""
    script = f" script-src {_named(live.script)};" if live else ""
    return f"default-src 'none'; style-src {_named(_style(live))};{script} base-uri 'none'; form-action 'none'"


def _named(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style(live: Live | None) -> str:
    return STYLE + live.style if live else STYLE


def embedded(data: object) -> str:
    """Data as JSON within a script element: no text in it can end the element, begin a comment or break a line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "".join(f"\\u{ord(sign):04x}" if sign in "<>&\u2028\u2029\x7f" else sign for sign in text)


def _document(page: Page) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{_text(page.lang)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(page.live)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="robots" content="noindex, nofollow">'
    yield f'<meta name="generator" content="{_text(page.generator)}">'
    yield f"<title>{_text(page.title)}</title>"
    yield f"<style>{_style(page.live)}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield f"<header><h1>{_text(page.title)}</h1><p>{_text(page.subtitle)}</p></header>"
    if page.live:
        yield '<div id="fixed">'
    if page.cards:
        yield from _cards(page.cards)
    for place, block in enumerate(page.blocks, 1):
        yield from _block(block, place)
    if page.live:
        yield '</div><div id="live"></div>'
    yield "</main>"
    yield f"<footer>{''.join(f'<p>{_text(line)}</p>' for line in page.footer)}</footer>"
    if page.live:
        yield f'<script type="application/json" id="data">{embedded(page.live.data)}</script>'
        yield f"<script>{page.live.script}</script>"
    yield "</body>"
    yield "</html>"


def _block(block: Block, place: int) -> Iterator[str]:
    if isinstance(block, Remark):
        yield f"<p>{_text(block.text)}</p>"
        return
    folded = ' class="folded"' if isinstance(block, Facts) and block.show else ""
    yield f'<section{folded} aria-labelledby="part-{place}">'
    yield f'<h2 id="part-{place}">{_text(block.title)}</h2>'
    if isinstance(block, Bars):
        yield from _bars(block)
    elif isinstance(block, Course):
        yield from _course(block, place)
    elif isinstance(block, Lines):
        yield from _lines(block, place)
    elif isinstance(block, Cards):
        yield from _cards(block.cards)
    elif isinstance(block, Facts):
        yield from _facts(block)
    elif isinstance(block, Points):
        yield f"<ul>{''.join(f'<li>{_text(point)}</li>' for point in block.points)}</ul>"
    else:
        yield from _grid(block.headings, block.rows, block.numbers, whole=block.whole)
    if not isinstance(block, Course) and block.remark:
        yield f'<p class="note">{_text(block.remark)}</p>'
    yield "</section>"


def _cards(cards: Sequence[Card]) -> Iterator[str]:
    yield '<dl class="cards">'
    for card in cards:
        note = f'<dd class="note">{_text(card.note)}</dd>' if card.note else ""
        yield f'<div><dt>{_text(card.label)}</dt><dd class="value">{_text(card.value)}</dd>{note}</div>'
    yield "</dl>"


def _facts(block: Facts) -> Iterator[str]:
    if block.show:
        yield f"<details><summary>{_text(block.show)}</summary>"
    yield '<dl class="facts">'
    for fact in block.facts:
        how = f'<dd class="note">{_text(fact.how)}</dd>' if fact.how else ""
        value = f'<dd class="number">{_text(fact.value)}</dd>' if fact.value else ""
        yield f"<div><dt>{_text(fact.label)}</dt>{value}{how}</div>"
    yield "</dl>"
    if block.show:
        yield "</details>"


def _bars(block: Bars) -> Iterator[str]:
    first, *others = block.headings
    # The roles are said because a phone's layout (CSS grid) would take them from the table.
    yield '<table class="bars" role="table">'
    heads = "".join(f'<th scope="col" role="columnheader" class="number">{_text(heading)}</th>' for heading in others)
    top = f'<th scope="col" role="columnheader">{_text(first)}</th><td role="cell"></td>{heads}'
    yield f'<thead role="rowgroup"><tr role="row">{top}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in block.rows:
        cells = "".join(
            f'<td role="cell" class="number"><span class="of">{_text(heading)}</span> {_text(value)}</td>'
            if value
            else '<td role="cell" class="number none"></td>'
            for heading, value in zip(others, row.values, strict=True)
        )
        label = f'<th scope="row" role="rowheader">{_text(row.label)}</th>'
        yield f'<tr role="row">{label}<td role="cell" class="bar">{_bar(row)}</td>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"


def _bar(row: Bar) -> str:
    """The bar says nothing that its row doesn't say in numbers, so it is hidden from those who can't see it."""
    width = number(100 * min(max(row.part, 0.0), 1.0))
    mark = ""
    if row.mark is not None:
        place = number(100 * min(max(row.mark, 0.0), 1.0))
        mark = f'<line class="mark" x1="{place}" x2="{place}" y1="0" y2="10"/>'
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="track" width="100" height="10"/><rect class="fill" width="{width}" height="10"/>{mark}</svg>'
    )


def _course(block: Course, part: int) -> Iterator[str]:
    wide = 10 * len(block.columns)
    yield '<figure class="course">'
    yield f'<p class="highest">{_text(block.highest)}</p>'
    yield (
        f'<svg viewBox="0 0 {wide} {TALL}" preserveAspectRatio="none" role="img"'
        f' aria-labelledby="title-{part} desc-{part}">'
    )
    yield f'<title id="title-{part}">{_text(block.title)}</title>'
    yield f'<desc id="desc-{part}">{_text(block.description)}</desc>'
    for place, column in enumerate(block.columns):
        height = TALL * min(max(column.part, 0.0), 1.0)
        yield (
            f'<rect class="fill" x="{10 * place + _GAP // 2}" y="{number(TALL - height)}" width="{10 - _GAP}"'
            f' height="{number(height)}"><title>{_text(f"{column.label}: {column.value}")}</title></rect>'
        )
    yield f'<line class="base" x1="0" x2="{wide}" y1="{TALL}" y2="{TALL}"/>'
    yield "</svg>"
    ends = [block.columns[0].label, block.columns[-1].label] if len(block.columns) > 1 else []
    yield f'<p class="ends">{"".join(f"<span>{_text(end)}</span>" for end in ends)}</p>'
    yield f"<details><summary>{_text(block.show)}</summary>"
    yield from _grid(block.headings, [(column.label, column.value) for column in block.columns], frozenset({1}))
    yield "</details>"
    yield "</figure>"


def _lines(block: Lines, part: int) -> Iterator[str]:
    yield '<figure class="course lines">'
    yield f'<p class="highest">{_text(block.highest)}</p>'
    yield (
        f'<svg viewBox="0 0 {WIDE} {TALL}" preserveAspectRatio="none" role="img"'
        f' aria-labelledby="title-{part} desc-{part}">'
    )
    yield f'<title id="title-{part}">{_text(block.title)}</title>'
    yield f'<desc id="desc-{part}">{_text(block.description)}</desc>'
    yield from drawing(block)
    yield "</svg>"
    yield f'<p class="ends">{"".join(f"<span>{_text(end)}</span>" for end in block.ends)}</p>'
    known = {curve.kind: curve.label for curve in reversed(block.curves) if curve.label}
    named = [f"<span>{sample(kind)} {_text(label)}</span>" for kind, label in reversed(known.items())]
    if block.band is not None:
        named.append(f"<span>{sample('fan')} {_text(block.band.label)}</span>")
    yield f'<p class="legend">{"".join(named)}</p>'
    yield f"<details><summary>{_text(block.show)}</summary>"
    yield from _grid(block.headings, block.rows, frozenset(range(1, len(block.headings))))
    yield "</details>"
    yield "</figure>"


def _grid(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int], *, whole: bool = True
) -> Iterator[str]:
    def side(place: int) -> str:
        return ' class="number"' if place in numbers else ""

    kind = "whole" if whole else "plain"
    yield f'<div class="scroll"><table class="{kind}">'
    heads = "".join(f'<th scope="col"{side(place)}>{_text(head)}</th>' for place, head in enumerate(headings))
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        cells = "".join(
            f"<td{side(place)}>{_text(cell)}</td>" if place else f'<th scope="row"{side(place)}>{_text(cell)}</th>'
            for place, cell in enumerate(row)
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"


def _text(text: str) -> str:
    """Foreign text as text: escaped, and without what turns the line around or can't be seen."""
    return escape(terminal_safe(nfc(text)), quote=True).replace(" %", "&nbsp;%")  # a share stays beside its sign

"""The pieces of a plan's line: clauses, and in each its figures as marks between plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.core.money import parse_amount
from toolkit.core.text import aligned, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 1000  # characters of a line
_CLAUSE: Final = 200  # characters of a clause

# Amounts with a unit, amounts in groups of thousands, percentages; each of them in plain letters and digits.
_UNITS: Final = "ty|ti|trieu|tr|cu|nghin|ngan|k|dong|vnd|d"
_MARK: Final = re.compile(
    r"(?P<percent>[0-9]{1,4}(?:[.,][0-9]{1,4})?) ?(?:%|phan tram(?![a-z]))"
    r"|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?)(?![0-9/])"
    rf"|(?P<low>[0-9]{{1,9}}(?:[.,][0-9]{{1,3}})?) ?(?:-|–|->|den|toi) ?(?P<high>[0-9]{{1,9}}(?:[.,][0-9]{{1,3}})?) ?"
    rf"(?P<unit>{_UNITS})(?![a-z0-9])"
    rf"|(?P<amount>[0-9]{{1,9}}(?:[.,][0-9]{{1,3}})? ?(?:{_UNITS})"
    r"(?: ?[0-9]{1,3}(?! ?%| ?phan|[0-9.,]))?(?: ruoi)?|"
    rf"[0-9]{{1,3}}(?:\.[0-9]{{3}}){{1,4}} ?(?:dong|vnd|d)?)(?![a-z0-9])"
    r"|(?P<count>[0-9]{1,9})(?![0-9])"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[<>]=?|≥|≤|/)"
)
_SIGNS: Final = {"<": "duoi", "<=": "den", "≤": "den", ">": "tren", ">=": "tu", "≥": "tu", "/": "moi"}


@dataclass(frozen=True)
class Clause:
    """One clause. `shape` has `P`, `A`, `N`, `D` (a percentage, an amount, a count, a day) between folded words, with
    single spaces; the values stand in `percents`, `amounts`, `counts` and `days` in their order, `words` are the tokens
    of the shape as they were typed."""

    text: str
    shape: str
    words: tuple[str, ...]
    percents: tuple[Fraction, ...] = ()
    amounts: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    days: tuple[str, ...] = ()

    def typed(self, start: int, end: int) -> str:
        """The words of a stretch of the shape as they were typed."""
        first = self.shape[:start].count(" ")
        return " ".join(self.words[first : first + len(self.shape[start:end].split())])


def split(text: str) -> list[str]:
    """A line's clauses: at line ends, semicolons, plus signs, and at commas that aren't decimal ones."""
    found, start = [], 0
    for place, sign in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if (
            sign in ";\n"
            or (sign == "," and not (before.isdigit() and after.isdigit()))
            or (sign == "+" and after == " ")
        ):
            found.append(text[start:place])
            start = place + 1
    found.append(text[start:])
    return [part for whole in found for part in _at_and(whole.strip(" .")) if part]


def _at_and(clause: str) -> Iterator[str]:
    """`3% đến 50tr và 5% từ 50tr` is two clauses, `quần và áo 5%` is one."""
    parts = re.split(r"\s(?:và|va)\s", clause)
    if len(parts) > 1 and all(any(sign.isdigit() for sign in part) for part in parts):
        yield from (part.strip() for part in parts)
    else:
        yield clause


def read_clause(text: str) -> Clause | None:
    """The clause with its figures marked; None where it is too long or a figure can't be read."""
    if len(text) > _CLAUSE:
        return None
    plain = aligned(text).text
    folded = _folded(plain)
    shape: list[str] = []
    words: list[str] = []
    percents: list[Fraction] = []
    amounts: list[int] = []
    counts: list[int] = []
    days: list[str] = []
    for match in _MARK.finditer(folded):
        typed = plain[match.start() : match.end()]
        if match["percent"]:
            percents.append(_decimal(match["percent"]) / 100)
            marks = ["P"]
        elif match["day"]:
            days.append(match["day"])
            marks = ["D"]
        elif match["unit"]:
            values = [_amount(f"{match[end]}{match['unit']}") for end in ("low", "high")]
            if any(value is None for value in values):
                return None
            amounts += [value for value in values if value is not None]
            marks = ["A", "den", "A"]
        elif match["amount"]:
            value = _amount(typed)
            if value is None:
                return None
            amounts.append(value)
            marks = ["A"]
        elif match["count"]:
            counts.append(int(match["count"]))
            marks = ["N"]
        else:
            marks = [_SIGNS.get(match["sign"] or "", match["word"] or "")]
        shape += marks
        words += [typed, *("" for _ in marks[1:])]
    return Clause(
        text, " ".join(shape), tuple(words), tuple(percents), tuple(amounts), tuple(counts), tuple(days)
    )  # fmt: skip


def _folded(text: str) -> str:
    """Lower case without marks, letter for letter."""
    return "".join(strip_marks(letter).lower()[:1] or letter for letter in text)


def _decimal(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _amount(text: str) -> int | None:
    if text[:1] == "0" and not text.strip("0 .,dkntrđvieuyghì"):
        return 0
    money = parse_amount(text, bare="units").value
    return money.amount if money is not None and money.currency == "VND" else None

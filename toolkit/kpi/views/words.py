"""Cells that several views share: amounts, quantities, products, shares, runs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, get_args

from toolkit.core.money import format_money, short_money
from toolkit.kpi.model import DEFAULT_ENGAGEMENT, ActivityKind
from toolkit.kpi.views.amounts import MetricName
from toolkit.shell.blocks import Joined, Sayable, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.kpi.model import Engagement, Split
    from toolkit.shell.blocks import Cell
    from toolkit.shell.messages import Messages

WIDE: Final = 72
"""Columns from which a table has room for everything."""
NARROW: Final = 64
"""Columns below which a list leaves out what is the same on most lines."""
CRAMPED: Final = 48
"""Columns below which only what tells the lines apart has room."""


@dataclass(frozen=True)
class Dong(Sayable):
    """đồng in the reader's way of writing: `12.000.000đ`; with `short` `12tr`. `signed`: with + or −."""

    amount: int
    short: bool = False
    signed: bool = False

    def said(self, messages: Messages) -> str:
        size = abs(self.amount)
        text = short_money(size, lang=messages.lang) if self.short else format_money(size, "VND", messages.lang)
        sign = "−" if self.amount < 0 else "+" if self.signed and self.amount > 0 else ""
        return f"{sign}{text}"


@dataclass(frozen=True)
class Number(Sayable):
    """An exact number with at most three decimals: `2,5`."""

    value: Fraction

    def said(self, messages: Messages) -> str:
        whole, rest = divmod(abs(self.value), 1)
        text = messages.number(int(whole))
        thousandths = round(rest * 1000)
        if thousandths:
            point = "," if messages.lang == "vi" else "."
            text += f"{point}{thousandths:03}".rstrip("0")
        return f"−{text}" if self.value < 0 else text


@dataclass(frozen=True)
class Share(Sayable):
    """A part in hundredths of a percent: `50 %`."""

    share: int

    def said(self, messages: Messages) -> str:
        return f"{Number(Fraction(self.share, 100)).said(messages)} %"


def engagement_words(engagement: str, known: Mapping[str, Engagement]) -> Cell:
    """Whom it was sold for, in the member's words; nothing where they sell for themself alone."""
    found = known.get(engagement)
    if found is not None:
        return found.label
    return Words("kpi.engagement_own") if engagement == DEFAULT_ENGAGEMENT else engagement


def counts_words(counts: Mapping[str, int]) -> Joined:
    """`3 lần gặp, 1 báo giá`."""
    return Joined([activity_words(kind, count) for kind, count in counts.items()], ", ")


def activity_words(kind: str, count: int) -> Cell:
    if kind in get_args(ActivityKind):
        return Words(f"kpi.activity_{kind}", n=count)
    return Words("kpi.activity_own_kind", n=count, kind=kind)


def splits_words(splits: tuple[Split, ...]) -> Joined:
    """`Lan 25 %, Nam 25 %`."""
    return Joined([Joined([split.person, Share(split.share)], " ") for split in splits], ", ")


def note_words(note: str) -> Cell:
    """What a run was about: what it says itself, a shipped metric by its name."""
    return MetricName(note) if note else None


def run_words(kind: str) -> Words:
    """What a run did, in a word or two."""
    return Words(f"kpi.run_{kind}")

"""Words for money that are also a measure or a thing: the doubt, where the sentence gives a reason for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.money import lexicon as lx
from toolkit.core.money.model import Money
from toolkit.core.money.numerals import tail_follows
from toolkit.core.readings import Reading, Readings, several

if TYPE_CHECKING:
    from toolkit.core.money.sums import Sum
    from toolkit.core.money.tokens import Sentence


def or_not(readings: Readings[Money | None], code: str) -> Readings[Money | None]:
    """The same readings, and the one that it is no money at all."""
    if not readings or None in readings.values:
        return readings
    options: list[Reading[Money | None]] = [*readings.options, Reading(None, "core.reading_not_money")]
    return several(code, options)


def doubted(
    s: Sentence, i: int, unit: int, total: Sum, readings: Readings[Money | None], *, xi: int | None = None, cell: bool
) -> Readings[Money | None]:
    """Slang for money that is also a measure or a thing: a doubt where the sentence gives a reason for one."""
    word, follows = s[unit].text, tail_follows(s, total.end)
    near = total.end < s.last and follows != "yes"
    if s.is_in(unit, lx.XI) and not xi:
        tenth: list[Reading[Money | None]] = []
        for option in readings.options:
            if option.value:
                tenth.append(Reading(Money(option.value.amount // 10), "core.reading_xi_small"))
                tenth.append(Reading(option.value, "core.reading_xi_large"))
        readings = several("core.money_xi", tenth) if tenth else readings
    beside = s.clause_has(i, lx.LIQUIDS)
    doubts = {
        "lít": near or beside, "lit": near or beside, "chai": near or beside, "xị": beside, "xi": beside,
        "củ": s.is_in(total.end, lx.ROOTS), "cu": near, "toi": True, "ti": True,
        "lốp": near or s.clause_has(i, lx.TYRES), "lop": near or s.clause_has(i, lx.TYRES),
        "cành": near and (s.is_in(total.end, lx.PLANTS) or follows == "no"), "canh": near or s[unit - 1].text in "1234",
        "ng": near or (not s[unit].glued and not cell and bool(total.values) and max(total.values) < 20_000),
        "m": _metres(s, i, unit, total, near=near, cell=cell),
        "k": s[i - 1].text in ("chạy", "chay", "bộ"),
    }  # fmt: skip
    return or_not(readings, "core.money_slang") if doubts.get(word) else readings


def _metres(s: Sentence, i: int, unit: int, total: Sum, *, near: bool, cell: bool) -> bool:
    """Whether `5m`, `50m2`, `1m7` may be metres."""
    square = total.end == unit + 2 and s[unit + 1].text in ("2", "3")
    spaced = not s[unit].glued and not cell
    return square or spaced or near or s.clause_has(i, lx.LENGTHS)

"""Amounts as Vietnamese people type and say them, as exact integers: đồng, or the minor units of another currency.

Nothing is guessed. What has two readings comes back with both, because an amount that is silently ten times too big is
the worst thing that a book of expenses can hold.
"""

from __future__ import annotations

from toolkit.core.money.model import MINOR_DIGITS, AmountSpan, Bare, Habits, Money, Role
from toolkit.core.money.render import format_money, short_money
from toolkit.core.money.sentence import read_sentence, spans, whole_amount
from toolkit.core.money.tokens import tokenize
from toolkit.core.readings import Readings, none
from toolkit.core.text import aligned

__all__ = [
    "CELL_LIMIT",
    "MINOR_DIGITS",
    "AmountSpan",
    "Bare",
    "Money",
    "Role",
    "find_amounts",
    "format_money",
    "parse_amount",
    "short_money",
]

CELL_LIMIT = 200


def parse_amount(
    text: str, *, currency: str = "VND", bare: Bare = "ask", xi: int | None = None, signed: bool = False
) -> Readings[Money | None]:
    """The amount that `text` is as a whole: one reading, several (ask), or none with a code.

    A reading of None means: no money at all (`2 lít xăng`). `currency` is that of a number without one. `bare` decides
    what such a number below 1,000 means: "thousands" (from 5 on), "units" for exactly that many đồng, or "ask". `xi` is
    the writer's value of one xị (10,000 or 100,000); None asks. `signed` allows a minus sign, as in statements.
    """
    if len(text) > CELL_LIMIT:
        return none("core.money_too_long", n=CELL_LIMIT)
    typed = aligned(text).text.strip()
    minus = typed[:1] in ("-", "−", "–")
    if minus and not signed:
        return none("core.money_negative") if typed[1:2].isdigit() else none("core.money_unreadable")
    sentence = tokenize(typed[1:].lstrip() if minus else typed)
    readings = whole_amount(sentence, Habits(bare, xi, currency, cell=True))
    return readings.map(lambda money: money and Money(-money.amount, money.currency)) if minus else readings


def find_amounts(text: str, *, bare: Bare = "no", xi: int | None = None, currency: str = "VND") -> list[AmountSpan]:
    """Every amount of a sentence in its order, with spans of `text` that never overlap and can be cut out.

    `bare="thousands"` where the sentence is known to be about money: then `cơm 35` is 35,000 and `cơm 35000` is 35,000,
    if the number ends its clause and isn't a year, a phone, a size, a date … Otherwise a number needs a unit of money
    or the points of one (`45.000`). The other parameters are those of `parse_amount`.
    """
    sentence = tokenize(text)
    return spans(text, sentence, read_sentence(sentence, Habits(bare, xi, currency)))

"""Numbers as they are typed and said: 1.250.000 · 1,5 · hai mươi lăm · hai lăm · trăm rưỡi · 3 trăm 5."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from toolkit.core.money import lexicon as lx
from toolkit.core.text import parse_int

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.core.money.tokens import Sentence

MOST_DIGITS = 15  # a million billion đồng; beyond that somebody leant on a key
_FEW_PAIRS = frozenset({(5, 7)})  # "năm bảy trăm" is said like "hai ba trăm": a few

_LAST_FIGURES = frozenset({"mốt", "mot", "tư", "tu", "lăm", "lam", "nhăm", "nham"})  # they end a number of two figures

_ONE = frozenset({"một"})
_OTHER_WORDS = frozenset({"ba", "tu", "nam", "bay", "sau", "lam"})

Form = Literal["plain", "zero_led", "grouped", "group1", "spaced", "decimal", "ones", "tens", "hundreds", "dozens"]
Tail = Literal["yes", "no", "maybe"]


@dataclass(frozen=True)
class Numeral:
    """A number from token `start` up to `end`: one value, or several and the `code` that says why; `()` is unreadable.

    `form` is how it is written. `group1` is one group of three (1.500: a decimal before "triệu", thousands elsewhere),
    `spaced` is `2 500`, `hundreds` and `dozens` imply thousands when nothing follows, `zero_led` is 05.
    """

    start: int
    end: int
    values: tuple[Fraction, ...]
    form: Form
    code: str = ""
    digits: int = 0  # how many digits were typed
    decimals: int = 0

    @property
    def value(self) -> Fraction:
        return self.values[0]


def unique(values: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """The values without repeats, in their order."""
    return tuple(dict.fromkeys(values))


def read_number(s: Sentence, i: int) -> Numeral | None:
    """The number that begins at token i, if one does: digits, words, or a mixture such as `3 trăm 5`."""
    if s[i].kind == "digits":
        number = read_digits(s, i)
        if number.form == "plain" and number.values and number.value < 100:
            return _with_hundreds(s, i, number.end, int(number.value)) or number
        return number
    return read_words(s, i)


def read_digits(s: Sentence, i: int) -> Numeral:
    """The digits at token i with their separators. Every digit and separator that hangs together is taken."""
    parts, seps, end = [s[i].text], "", i + 1
    while s[end].text in (".", ",") and s[end].glued and s[end + 1].kind == "digits" and s[end + 1].glued:
        seps += s[end].text
        parts.append(s[end + 1].text)
        end += 2
    n = sum(map(len, parts))
    if n > MOST_DIGITS:
        return Numeral(i, end, (), "plain", "core.money_too_large", n)
    if not seps:
        return _spaced_groups(s, i, parts[0])
    groups_of_three = all(len(part) == 3 for part in parts[1:])
    leads = len(parts[0]) <= 3 and not parts[0].startswith("0")
    if groups_of_three and leads and len(set(seps)) == 1:
        return Numeral(i, end, (_whole(parts),), "group1" if len(parts) == 2 else "grouped", digits=n, decimals=0)
    whole, fraction = parts[:-1], parts[-1]
    single = (
        len(seps) == 1 and (parts[0] == "0" or not parts[0].startswith("0")) and (len(fraction) != 3 or parts[0] == "0")
    )
    mixed = (
        len(seps) > 1
        and leads
        and all(len(part) == 3 for part in whole[1:])
        and len(set(seps[:-1])) == 1
        and seps[-1] != seps[0]
        and len(fraction) <= 2
    )
    if single or mixed:
        value = _whole(whole) + Fraction(int(fraction), 10 ** len(fraction))
        return Numeral(i, end, (value,), "decimal", digits=n, decimals=len(fraction))
    return Numeral(i, end, (), "decimal", "core.money_malformed", n)


def _whole(parts: list[str]) -> Fraction:
    return Fraction(int("".join(parts)))


def _spaced_groups(s: Sentence, i: int, first: str) -> Numeral:
    """Digits alone, or in groups of three that spaces part: `1 250 000`. A single group, `spaced`, may be chance."""
    if len(first) > 1 and first.startswith("0"):
        return Numeral(i, i + 1, (Fraction(int(first)),), "zero_led", digits=len(first))
    alone = Numeral(i, i + 1, (Fraction(int(first)),), "plain", digits=len(first))
    parts, end = [first], i + 1
    most = MOST_DIGITS // 3 + 1
    while len(first) <= 3 and first != "0" and len(parts) < most and _is_group(s, end):
        if s[end + 1].glued and s[end + 1].text in (".", ",") and s[end + 2].kind == "digits" and s[end + 2].glued:
            return alone
        parts.append(s[end].text)
        end += 1
    n = sum(map(len, parts))
    if len(parts) == 1:
        return alone
    if n > MOST_DIGITS or (len(first) == 3 and _is_group(s, i) and _is_group(s, i - 1)):
        return Numeral(i, end, (), "grouped", "core.money_too_large", n)
    sure = len(parts) > 2 or parts[1] == "000"
    return Numeral(i, end, (_whole(parts),), "grouped" if sure else "spaced", digits=n)


def _is_group(s: Sentence, i: int) -> bool:
    """Whether token i can be a group of three behind a space."""
    return s[i].kind == "digits" and len(s[i].text) == 3 and not s[i].glued


def read_words(s: Sentence, i: int) -> Numeral | None:
    """A number below a thousand in words; a lone `trăm` or `chục` counts as one of them where something follows."""
    ones = _one(s, i, lx.ONES)
    if s.is_in(i, lx.HUNDRED):
        return _hundreds(s, i, i, 1) if s[i - 1].text not in ("phần", "phan") and _begins(s, i + 1) else None
    if s.is_in(i, lx.DOZEN):
        return _dozens(s, i, i, 1) if _begins(s, i + 1) else None
    if ones is None and s.is_in(i, lx.ZERO) and s.is_in(i + 1, lx.HUNDRED):
        return _hundreds(s, i, i + 1, 0)
    if ones is None:
        return _below_hundred(s, i)
    below = _with_hundreds(s, i, i + 1, ones) or _below_hundred(s, i)
    if below is not None and below.code and s.is_in(below.end, lx.HUNDRED):
        return replace(below, end=below.end + 1, values=tuple(100 * value for value in below.values), form="hundreds")
    return below or Numeral(i, i + 1, (Fraction(ones),), "ones")


def _begins(s: Sentence, j: int) -> bool:
    """Whether what stands behind a lone `trăm` or `chục` makes it a number: `trăm rưỡi`, `trăm chín`, `chục triệu`."""
    after = s[j].text
    if after in lx.HALF_AFTER or after in lx.ODD or (after in lx.SCALES and s[j].text not in ("ng", "m")):
        return True
    tail = _one(s, j, lx.ONES, lx.AFTER_TENS) is not None or after in lx.TEN
    return tail and (_below_hundred(s, j) is not None or tail_follows(s, j + 1) != "no")


def _with_hundreds(s: Sentence, i: int, j: int, n: int) -> Numeral | None:
    """`n` counts hundreds or tens that stand at token j, if they do."""
    if s.is_in(j, lx.HUNDRED) and n <= 9:
        return _hundreds(s, i, j, n)
    if s.is_in(j, lx.DOZEN) and n <= 99:
        return _dozens(s, i, j, n)
    if s.is_in(j, lx.TENS) and 2 <= n <= 9 and s[i].kind == "digits":
        return Numeral(i, j + 1, (Fraction(10 * n),), "tens")
    return None


def _hundreds(s: Sentence, i: int, j: int, n: int) -> Numeral:
    """`n` hundreds whose word stands at token j, with what follows: rưỡi, lẻ năm, hai lăm, a digit for tens."""
    k, base = j + 1, 100 * n
    bare = Numeral(i, k, (Fraction(base),), "hundreds")
    if s.is_in(k, lx.HALF_AFTER) and n:
        return Numeral(i, k + 1, (Fraction(base + 50),), "hundreds")
    if s.is_in(k, lx.ODD):
        odd = _one(s, k + 1, lx.ONES, lx.AFTER_TENS, digits=1)
        return Numeral(i, k + 2, (Fraction(base + odd),), "hundreds") if odd is not None else bare
    figure = _one(s, k, lx.ONES, digits=1)
    dozens = _dozens(s, k, k + 1, figure) if figure is not None and s.is_in(k + 1, lx.DOZEN) else None
    below = dozens or _below_hundred(s, k) or _two_digits(s, k)
    if below is not None:
        if s.is_in(below.end, lx.HUNDRED | lx.DOZEN) or tail_follows(s, below.end) == "no":
            return bare
        # Behind a hundred a pair is just its two digits: "trăm hai ba" is 123.
        return Numeral(i, below.end, (base + below.value,), "hundreds")
    one = _one(s, k, lx.ONES, lx.AFTER_TENS, digits=1)
    follows = figure_follows(s, k) if one is not None else "no"
    if one is None or follows == "no" or s.is_in(k + 1, lx.HUNDRED | lx.DOZEN):
        return bare
    tens, ones = Fraction(base + 10 * one), Fraction(base + one)
    if s[k + 1].text in lx.SCALES:
        if s[k].text in ("mốt", "tư"):
            return Numeral(i, k + 1, (tens,), "hundreds")
        return Numeral(i, k + 1, unique((tens, ones)), "hundreds", "core.money_short_hundreds")
    if follows == "maybe":
        return Numeral(i, k + 1, unique((tens, Fraction(base))), "hundreds", "core.money_tail")
    return Numeral(i, k + 1, (tens,), "hundreds")


def _two_digits(s: Sentence, k: int) -> Numeral | None:
    """Two digits behind a hundred: `3 trăm 50`."""
    whole = s[k].kind == "digits" and len(s[k].text) == 2 and not s[k].text.startswith("0")
    if not whole or _joined(s, k):
        return None
    return Numeral(k, k + 1, (Fraction(int(s[k].text)),), "tens")


def _joined(s: Sentence, k: int) -> bool:
    """Whether the digits at token k go on behind a sign: 2,5 · 2/9 · 2:30 · 2%."""
    sign = s[k + 1]
    return sign.glued and (sign.text == "%" or (sign.text in ".,/:" and s[k + 2].glued and s[k + 2].kind == "digits"))


def _dozens(s: Sentence, i: int, j: int, n: int) -> Numeral:
    """`n` tens whose word `chục` stands at token j: `3 chục`, `chục rưỡi`, `3 chục 5`."""
    k, base = j + 1, Fraction(10 * n)
    if s.is_in(k, lx.HALF_AFTER):
        return Numeral(i, k + 1, (base + 5,), "dozens")
    one = _one(s, k, lx.ONES, lx.AFTER_TENS, digits=1)
    if one is None or s.is_in(k + 1, lx.DOZEN | lx.HUNDRED) or tail_follows(s, k + 1) != "yes":
        return Numeral(i, k, (base,), "dozens")
    return Numeral(i, k + 1, (base + one,), "dozens")


def _below_hundred(s: Sentence, i: int) -> Numeral | None:
    """Two-figure words: mười hai, hai mươi mốt, hăm lăm, hai lăm, ba tư; None if there is only one figure or none."""
    after = _one(s, i + 1, lx.ONES, lx.AFTER_TENS)
    if s.is_in(i, lx.TEN) and not s.is_in(i, lx.VAGUE):
        return _ten(s, i, after)
    if s.is_in(i, lx.TWENTY) and after is not None:
        return _tens(i, i + 2, 20 + after)
    figure = _one(s, i, lx.ONES)
    if figure is None:
        figure = 4 if s[i].text == "tư" and s.is_in(i + 1, lx.TENS) else None
    if figure is None:
        return None
    if s.is_in(i + 1, lx.TENS):
        last = _one(s, i + 2, lx.ONES, lx.AFTER_TENS)
        if last is None or s.is_in(i + 3, lx.HUNDRED | lx.TENS | lx.DOZEN) or tail_follows(s, i + 3) == "no":
            return _tens(i, i + 2, 10 * figure)
        return _tens(i, i + 3, 10 * figure + last)
    if after is None or s.is_in(i + 2, lx.TENS | lx.DOZEN):
        return None
    return _pair(s, i, figure, after)


def _ten(s: Sentence, i: int, after: int | None) -> Numeral:
    """`mười`, `mười hai`, where `after` is the figure that stands behind it."""
    if after is not None and i and s[i - 1].text in ("tháng", "thang"):
        # "tiền nhà tháng mười hai triệu": the month may take the figure with it
        return Numeral(i, i + 2, (Fraction(10 + after), Fraction(after)), "tens", "core.money_name")
    taken = after is not None and not s.is_in(i + 2, lx.HUNDRED | lx.TENS | lx.DOZEN) and tail_follows(s, i + 2) != "no"
    return Numeral(i, i + 2, (Fraction(10 + (after or 0)),), "tens") if taken else _tens(i, i + 1, 10)


def _pair(s: Sentence, i: int, figure: int, after: int) -> Numeral | None:
    """Two figures that follow each other: hai lăm, ba tư; a few (`hai ba triệu`); or a name and an amount."""
    if i and s[i - 1].text in lx.COUNTED_OFF:
        return None  # "tiền nhà tháng năm hai triệu": the month, then the amount
    if figure == after and s.is_in(i + 2, lx.HUNDRED):
        return None  # "cho Nam nam tram"
    pair = Fraction(10 * figure + after)
    if s[i - 1].text in lx.KIN | lx.YOUNGER and s.is_in(i, lx.RANKS):
        if s[i + 1].text not in _LAST_FIGURES:
            return None  # "dì Năm một triệu", "con Bảy ba trăm": a name and an amount
        if s[i + 1].text in ("mot", "tu"):
            return Numeral(i, i + 2, (pair, Fraction(after)), "tens", "core.money_name")  # một or mốt, without marks
    if s.is_in(i + 1, _ONE):
        # twenty-one is "hai mốt": in "hai một triệu" two numbers meet
        return Numeral(i, i + 2, (pair, Fraction(after)), "tens", "core.money_name")
    if s.is_in(i + 2, lx.HUNDRED):
        return Numeral(i, i + 2, (Fraction(figure), Fraction(after)), "ones", "core.money_range")
    if s[i + 1].text not in _LAST_FIGURES and (after == figure + 1 or (figure, after) in _FEW_PAIRS):
        return Numeral(i, i + 2, (pair, Fraction(figure), Fraction(after)), "tens", "core.money_range")
    return Numeral(i, i + 2, (pair,), "tens")


def _tens(start: int, end: int, value: int) -> Numeral:
    return Numeral(start, end, (Fraction(value),), "tens")


def _one(s: Sentence, i: int, *tables: Mapping[str, int], digits: int = 0) -> int | None:
    """The figure at token i by these tables, or as at most `digits` plain digits."""
    token = s[i]
    if token.kind == "digits":
        return parse_int(token.text, longest=digits) if digits and not _joined(s, i) else None
    if token.text in ("năm", "nam") and _is_year(s, i + 1):
        return None
    if token.text == "sau" and s[i - 1].text in (
        "tuan",
        "thang",
        "nam",
        "hom",
        "ngay",
        "thu",
        "bua",
        "lan",
        "quy",
        "ky",
    ):
        return None
    return next((table[token.text] for table in tables if token.text in table), None)


def figure_follows(s: Sentence, k: int) -> Tail:
    """`tail_follows` for the one-word figure at token k; before any other word `ba` may be father and `tu` be "từ"."""
    follows = tail_follows(s, k + 1)
    other = s[k].text in _OTHER_WORDS and s[k + 1].kind == "word" and (s[k].text, s[k + 1].text) != ("ba", "tiền")
    return "maybe" if follows == "yes" and other else follows


def _is_year(s: Sentence, i: int) -> bool:
    """Whether the `năm` before token i is a year rather than five: năm ngoái, năm 2024."""
    return s[i].text in ("ngoái", "ngoai", "nay", "sau", "trước", "truoc", "học", "hoc") or (
        s[i].kind == "digits" and len(s[i].text) == 4
    )


def tail_follows(s: Sentence, j: int) -> Tail:
    """Whether a figure that ends before token j can be the tail of an amount, by what stands at j.

    `no`: something countable, so the figure is a quantity ("1 triệu 2 người"); `maybe`: an unknown word.
    """
    token = s[j]
    if token.kind == "end" or token.text in lx.SCALES or token.text in lx.DONG or token.text in lx.HUNDRED | lx.DOZEN:
        return "yes"
    if token.kind == "sign":
        return (
            "no" if token.text == "%" or (token.glued and token.text in ".,/:" and s[j + 1].kind == "digits") else "yes"
        )
    if token.kind == "digits":
        return "no" if token.glued else "maybe"
    if token.text in lx.PERIODS and (s[j + 1].kind == "digits" or s.is_in(j + 1, lx.NEAR_DAYS)):
        return "yes" if token.text in ("hôm", "hom") else "maybe"  # "1 triệu 2 ngày 5/11", "3 triệu 5 tháng này"
    if token.text in lx.FUNCTION or token.text in lx.TIMES:
        return "yes"
    return "no" if token.text in lx.COUNTED else "maybe"

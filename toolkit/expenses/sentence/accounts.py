"""Own accounts that a clause names: what it was paid with, where money was moved from and to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import fold
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_NAMES = Lexicon(
    "momo, zalopay, zalo pay, shopeepay, shopee pay, viettel money, vnpay, moca, vnpt money, payoneer, paypal, "
    "wise, ví grab, airpay, vcb, vietcombank, tcb, techcombank, tech, mb, mbbank, mb bank, vpbank, acb, tpbank, "
    "tp bank, bidv, agribank, vietinbank, sacombank, vib, shb, hdbank, ocb, msb, scb, timo, cake, tiền mặt, thẻ "
    "tín dụng, thẻ, tài khoản, tk, atm, ngân hàng, bank, tiết kiệm, sổ tiết kiệm, heo đất, ví, cash, thẻ visa, "
    "visa, túi thần tài, ống heo, tk phụ, tài khoản phụ, thẻ lương, spaylater, ví trả sau, apple pay, credit, thẻ "
    "atm, viettelpay"
)
_KINDS_OF = Lexicon("thẻ, tk, tài khoản, ví, ngân hàng, app, acc, sổ, qua ví, qua app")
_BY = Lexicon(
    "bằng, bằng thẻ, bằng ví, quẹt, quẹt thẻ, cà, cà thẻ, quét mã, quét, trả bằng, thanh toán bằng, thanh toán "
    "qua, trả qua, qua, ck qua, ck từ, từ, xài, tt bằng, tt qua, lấy từ"
)
_ALONE = Lexicon("tiền mặt, quẹt thẻ, quét mã, cà thẻ, quẹt visa")
_FROM = Lexicon("từ, rút từ, ra từ")
_INTO = Lexicon("qua, sang, về, vào, vô, tới, ra")


def _name(words: Sequence[Word], i: int) -> int:
    """How many words from i on name an own account: momo, thẻ vcb, tk mb."""
    kind = _KINDS_OF.at(words, i)
    if kind:
        more = _NAMES.at(words, i + kind)
        if more:
            return kind + more
    return _NAMES.at(words, i)


def _folded(words: Sequence[Word], start: int, end: int) -> str:
    name = fold(" ".join(word.text for word in words[start:end]))
    for kind in ("the ", "vi ", "tk ", "tai khoan ", "ngan hang ", "app ", "acc "):
        rest = name.removeprefix(kind)
        if rest != name and rest not in ("tin dung", "luong", "phu", "tra sau", "visa", "atm"):
            return rest
    return name


def paid_with(words: Sequence[Word]) -> tuple[str, tuple[int, int] | None]:
    """The account that a clause was paid with, folded, and the words that say so."""
    for i, end in _BY.all(words):
        start = next((k for k in range(i + 1, end + 1) if _name(words, k)), end)
        n = _name(words, start)
        if n and (words[i].text not in ("qua", "từ", "xài", "tu", "xai") or _NAMES.at(words, start)):
            return _folded(words, start, start + n), (i, start + n)
    alone = _ALONE.find(words)
    if alone:
        said = _folded(words, *alone)
        return ("the" if said in ("quet the", "ca the") else "visa" if said == "quet visa" else said), alone
    return "", None


def moved(words: Sequence[Word]) -> tuple[str, str]:
    """From which own account to which: rút atm, nạp momo từ vcb, chuyển qua tiết kiệm; "" where it isn't said."""
    source = target = ""
    for i in range(len(words)):
        n = _name(words, i)
        if not n or (i and _name(words, i - 1) > 1):
            continue
        name = _folded(words, i, i + n)
        before = words[max(0, i - 2) : i]
        if _FROM.ending(before, len(before)):
            source = source or name
        elif _INTO.ending(before, len(before)):
            target = target or name
        elif words[0].text in ("rút", "rut", "tất", "tat") or (before and before[-1].text in ("rút", "rut")):
            source = source or name
        else:
            target = target or name
    if any(word.text in ("rút", "rut") for word in words[:4]) and not target:
        target = "tien mat"
    return source, target


def accounts(words: Sequence[Word], kinds: frozenset[Kind]) -> tuple[str, str, tuple[int, int] | None]:
    """Account and counter-account of a clause, and the words that only say what it was paid with."""
    if kinds == {Kind.TRANSFER}:
        return *moved(words), None
    account, span = paid_with(words)
    return account, "", span

"""A target as it is typed: `doanh số 120tr tháng 11`, `gọi 200 cuộc tháng 12`, `hoàn hàng dưới 5%`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from toolkit.core.dates import Period, parse_period
from toolkit.core.money import find_amounts
from toolkit.core.readings import Reading, Readings, none, one, several
from toolkit.core.sentences.line import Lexicon, Line, Word, joined
from toolkit.core.sentences.line import read_line as words_of
from toolkit.kpi.model import Doubt, TargetReading
from toolkit.kpi.sentence import aims
from toolkit.kpi.sentence.facts import channel_in
from toolkit.kpi.sentence.goods import MEASURES, goods_in
from toolkit.kpi.sentence.numbers import number_at, number_ending
from toolkit.kpi.sentence.parties import Party, parties_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.kpi.model import Unit
    from toolkit.kpi.sentence.facts import Channel

LONGEST: Final = 500
NO_AMOUNT: Final = "kpi.target_no_amount"
NO_PERIOD: Final = "kpi.target_no_period"
REPEATS: Final = "kpi.target_repeats"
_MOST_WORDS = 60
_LONGEST_PERIOD = 9  # words of "từ ngày 1 tháng 12 đến 15 tháng 12"
_EVERY = Lexicon(
    "mỗi ngày, mỗi tuần, mỗi tháng, mỗi quý, mỗi năm, hàng tháng, hằng tháng, hàng ngày, hằng ngày, hàng tuần, "
    "hằng tuần"
)
_HALVES = Lexicon("nửa đầu, nửa cuối, nửa sau, đầu, cuối")
_SPAN = {
    "tháng": "month",
    "thang": "month",
    "quý": "quarter",
    "quy": "quarter",
    "năm": "year",
    "nam": "year",
    "tuần": "week",
    "tuan": "week",
}


@dataclass(frozen=True)
class _Amount:
    value: Readings[Fraction]
    unit: Unit
    start: int
    end: int


def read_target(text: str, *, today: date) -> TargetReading:
    """What a typed target asks for: a figure, its amount, the days it is for, who asks. Never raises.

    A period without a year is the one that isn't over. Of an amount without a unit both likely readings come back.
    A text of more than LONGEST characters isn't read.
    """
    if len(text) > LONGEST:
        return TargetReading(text, "", none("kpi.line_too_long", n=LONGEST), "", none(NO_PERIOD))
    line = words_of(text)
    period, taken = _period(line, today)
    words = _with_amounts(line, taken)
    parties = parties_in(words)
    metric, amount = _figure(words)
    asked, asked_words = _asked_by(words, parties, text)
    channel = channel_in(words)
    filters = {"channel": channel.name} if channel is not None else {}
    engagement, engaged = _engagement(words, parties, asked_words, text)
    doubts: tuple[Doubt, ...] = ()
    if metric.startswith("?"):
        metric, doubts = metric[1:], (Doubt("kpi.target_metric_taken"),)
    if metric == "units" and amount is not None:
        busy = asked_words | engaged | (set(range(channel.start, channel.end)) if channel else set())
        product = _product(words, amount, busy, text)
        if product:
            filters["product"] = product
    elif metric in _OF_GOODS and not doubts:
        product = _narrowed_to(words, metric, asked_words | engaged, channel, text)
        if product:
            filters["product"] = product
    return TargetReading(
        text=text,
        metric=metric,
        amount=amount.value if amount else none(NO_AMOUNT),
        unit=amount.unit if amount else "",
        period=period,
        imposed_by=asked,
        engagement=engagement,
        direction="down"
        if aims.DOWN.has(words) or "<" in text or metric in ("refunds", "refund_share", "lost")
        else "up",
        filters=filters,
        doubts=doubts,
    )


def _period(line: Line, today: date) -> tuple[Readings[Period], set[int]]:
    """The days that a target is for, and the words that say so: the longest phrase that names a period."""
    words = list(line.words[:_MOST_WORDS])
    money = _in_amounts(line)
    every = next((place for place in _EVERY.all(words) if not _as_new(words, place[0])), None)
    if every is not None:
        return none(REPEATS), set(range(*every))
    best: tuple[int, int, Readings[Period]] | None = None
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST_PERIOD), start, -1):
            if best is not None and end - start <= best[1] - best[0]:
                break
            if words[start].sort == "digits" and words[start].start in money:
                continue
            found = _period_of(words, start, end, today)
            if found:
                best = (start, end, found)
                break
    if best is None:
        return none(NO_PERIOD), set()
    return best[2], set(range(best[0], best[1]))


def _in_amounts(line: Line) -> set[int]:
    """Where the words of amounts with a unit begin: "2.5 tỷ năm 2027" holds no second of May."""
    found: set[int] = set()
    for amount in find_amounts(line.text, bare="no"):
        if amount.reading and any(char.isalpha() or char == "%" for char in amount.text):
            found |= {line.origins[k][0] for k in range(amount.start, amount.end)}
    return found


def _as_new(words: Sequence[Word], i: int) -> bool:
    """Without marks "khach moi tuan nay" are new customers, not "mỗi tuần"."""
    if i + 2 < len(words) and words[i].text in ("hàng", "hang") and words[i + 2].sort == "digits":
        return True  # "đơn hàng tháng 11"
    return words[i].text == "moi" and i > 0 and words[i - 1].sort == "word"


def _period_of(words: Sequence[Word], start: int, end: int, today: date) -> Readings[Period]:
    first, last = words[start], words[end - 1]
    if first.text not in aims.STARTS and first.sort != "digits":
        return none(NO_PERIOD)
    if first.sort == "digits" and end - start < 3:
        return none(NO_PERIOD)
    if last.sort == "sign" or (end < len(words) and words[end].glued and words[end].text not in ",.;:)!-"):
        return none(NO_PERIOD)
    text = _plain(words, start, end)
    n = aims.REST.at(words, start)
    if n and start + n < end:
        rest = _read(_plain(words, start + n, end), today)
        if not rest and words[end - 1].text in _SPAN and end - start - n == 1:
            rest = _read(f"{words[end - 1].text} này", today)
        closing = rest.value
        if closing is not None and closing.last >= today:
            return one(Period(today, closing.end, "custom", year_given=closing.year_given))
        return none(NO_PERIOD)
    if words[start].text == "trong" and start + 1 < end and words[end - 1].text not in _SPAN:
        return _period_of(words, start + 1, end, today)
    half = _half(words, start, end, today)
    return half or _read(text, today)


def _plain(words: Sequence[Word], start: int, end: int) -> str:
    pieces: list[str] = []
    for word in words[start:end]:
        pieces.append(word.text if not pieces or word.glued else f" {word.text}")
    return "".join(pieces)


def _read(text: str, today: date) -> Readings[Period]:
    found = parse_period(text, today=today, look="forward")
    span = text.removeprefix("trong ")
    if not found and span in _SPAN:
        return parse_period(f"{span} này", today=today, look="forward")
    if len(found.values) == _WEEKEND and text.startswith(("cuối tuần", "cuoi tuan")):
        first, second = found.values
        return one(replace(first, end=second.end, kind="custom"))
    return found


_WEEKEND = 2  # days, of which each would be a reading


def _half(words: Sequence[Word], start: int, end: int, today: date) -> Readings[Period]:
    """`nửa đầu tháng 12`, `cuối năm`, `6 tháng cuối năm 2027`."""
    i = start
    months = number_at(words, i)
    if (
        months is not None
        and months[0] < end
        and words[months[0]].text in ("tháng", "thang")
        and months[1].denominator == 1
    ):
        i, count = months[0] + 1, int(months[1])
    else:
        count = 0
    n = _HALVES.at(words, i)
    if not n or i + n >= end:
        return none(NO_PERIOD)
    side = words[i + n - 1].text
    text = _plain(words, i + n, end)
    whole = _read(text, today).value or _read(f"{text} này", today).value
    if whole is None:
        return none(NO_PERIOD)
    early = side in ("đầu", "dau")
    if count:
        if whole.kind != "year" or not 1 <= count <= 11:
            return none(NO_PERIOD)
        edge = count if early else 12 - count
        middle = whole.start.replace(month=edge + 1)
        return one(replace(whole, end=middle, kind="custom") if early else replace(whole, start=middle, kind="custom"))
    if words[i].text not in ("nửa", "nua"):
        return none(NO_PERIOD)
    middle = whole.start + timedelta(days=15 if whole.kind == "month" else whole.days // 2)
    if whole.kind == "year":
        middle = whole.start.replace(month=7)
    return one(replace(whole, end=middle, kind="custom") if early else replace(whole, start=middle, kind="custom"))


def _with_amounts(line: Line, taken: set[int]) -> list[Word]:
    """The words with each amount as one; those of the period are out of sight."""
    hidden = line.text
    for i in taken:
        word = line.words[i]
        for place, (start, end) in enumerate(line.origins):
            if word.start <= start and end <= word.end:
                hidden = hidden[:place] + " " + hidden[place + 1 :]
    amounts = find_amounts(hidden, bare="no")
    words = joined(line, [(a.start, a.end, a) for a in amounts], [])
    spans = [(line.words[i].start, line.words[i].end) for i in taken]
    return [word for word in words if not any(start <= word.start and word.end <= end for start, end in spans)]


def _figure(words: Sequence[Word]) -> tuple[str, _Amount | None]:
    """The metric and its amount; "?" before a metric that was taken because nothing else was said."""
    percent = _percent(words)
    if percent is not None:
        return _named(aims.SHARES, words, percent) or "", percent
    money = _money(words)
    if money is not None:
        return _named(aims.MONEY, words, money) or "?revenue", money
    count = _count(words)
    if count is None:
        named = _named(aims.MONEY, words, None) or _named(aims.COUNTS, words, None) or ""
        return named, None
    named = _named(aims.MONEY[:-1], words, count) if not _named(aims.COUNTS, words, count) else ""
    if named or (_is_bare(words, count) and _named(aims.MONEY, words, count)):
        return named or "revenue", _in_money(count)
    return _named(aims.COUNTS, words, count) or ("units" if _counts_a_thing(words, count.end) else "?orders"), count


def _counts_a_thing(words: Sequence[Word], i: int) -> bool:
    """`100 gói`, `8 xe`: goods; not `12 do sếp giao`."""
    if i >= len(words) or words[i].sort != "word":
        return False
    if MEASURES.at(words, i):
        return True
    return not (aims.ABOVE.at(words, i) or aims.GIVES.at(words, i) or _NO_THING.at(words, i))


_NO_THING = Lexicon("do, cho, trong, đến, tới, là, nhé, nha, ạ, của, trước, trở, mỗi, từ, và, với, thôi, luôn, đi")


def _named(table: tuple[tuple[str, Lexicon], ...], words: Sequence[Word], amount: _Amount | None) -> str:
    """The metric that the words name: what is counted decides before the verb; the longest phrase before a shorter."""
    best: tuple[int, int, str] | None = None
    for metric, lexicon in table:
        for start, end in lexicon.all(words):
            if end - start == 1 and words[start].text == "goi" and number_ending(words, start):
                continue  # "100 goi" are gói
            counted = int(amount is not None and start == amount.end and metric not in ("units", "calls"))
            counted = 2 if counted and metric in ("new_customers", "repeat_customers", "orders", "leads") else counted
            verb = words[start].text in (
                "gọi",
                "gặp",
                "nhắn",
                "goi",
                "gap",
                "nhan",
                "cham",
                "tham",
                "thăm",
                "chăm",
                "tư",
                "tu",
                "demo",
                "đăng",
                "báo",
                "bao",
            )
            rank = (3 if verb else counted, end - start, metric)
            if best is None or (rank[0], rank[1]) > (best[0], best[1]):
                best = rank
    return best[2] if best else ""


def _percent(words: Sequence[Word]) -> _Amount | None:
    for i in range(len(words)):
        number = number_at(words, i)
        if number is None:
            continue
        end, value = number
        sign = end < len(words) and words[end].text == "%"
        said = end + 1 < len(words) and words[end].text in ("phần", "phan") and words[end + 1].text in ("trăm", "tram")
        if (sign or said) and value <= 100:
            return _Amount(one(value / 100), "share", i, end + (1 if sign else 2))
    return None


def _money(words: Sequence[Word]) -> _Amount | None:
    for i, word in enumerate(words):
        if word.amount is None:
            continue
        options = [
            Reading(Fraction(o.value.amount), o.reason)
            for o in word.amount.reading.options
            if o.value is not None and o.value.currency == "VND"
        ]
        if options and max(option.value for option in options) < _LEAST_MONEY and not _SAYS_UNIT.search(word.typed):
            value = max(option.value for option in options)
            return _Amount(_two(value, 1_000_000, 1000), "dong", i, i + 1)
        if options:
            return _Amount(several(word.amount.reading.code or "core.money_ambiguous", options), "dong", i, i + 1)
    return None


_LEAST_MONEY = 100_000  # đồng; less, without a unit ("doanh số 1,500"), is thousands or millions: ask
_SAYS_UNIT = re.compile(r"[^\W\d_]")


def _count(words: Sequence[Word]) -> _Amount | None:
    for i in range(len(words)):
        number = number_at(words, i)
        if number is not None and (words[i].sort == "digits" or number[0] < len(words)):
            return _Amount(one(number[1]), "count", i, number[0])
    return None


def _is_bare(words: Sequence[Word], count: _Amount) -> bool:
    """Whether a number stands without anything that it counts: "doanh số 120"."""
    following = words[count.end] if count.end < len(words) else None
    return (
        following is None
        or following.sort == "sign"
        or bool(aims.ABOVE.at(words, count.end))
        or following.text in ("sếp", "do", "cho")
    )


def _in_money(count: _Amount) -> _Amount:
    """A bare number of money: below 1,000 it is millions or thousands, and is asked; else what it says."""
    value = count.value.values[0]
    if value >= 1000:
        return (
            replace(count, unit="dong") if value >= 100_000 else replace(count, unit="dong", value=_two(value, 1, 1000))
        )
    return replace(count, unit="dong", value=_two(value, 1_000_000, 1000))


def _two(value: Fraction, first: int, second: int) -> Readings[Fraction]:
    return several("core.money_ambiguous", [Reading(value * first), Reading(value * second)])


def _asked_by(words: Sequence[Word], parties: Sequence[Party], text: str) -> tuple[str, set[int]]:
    """`sếp giao`, `công ty yêu cầu`, `chỉ tiêu công ty`."""
    for start, end in aims.GIVES.all(words):
        party = next((p for p in parties if p.end == start), None)
        n = aims.ABOVE.ending(words, start)
        if n and (party is None or start - n <= party.start):
            return _typed(words, start - n, start, text), set(range(start - n, end))
        if party is not None and words[party.start].text not in aims.OWN:
            return _typed(words, party.start, party.end, text), set(range(party.start, end))
        if start and words[start - 1].text in aims.OWN:
            return "", set(range(start - 1, end))
    for start, end in aims.ABOVE.all(words):
        if start and words[start - 1].text in ("tiêu", "tieu", "kpi", "của", "cua", "do", "định", "mức"):
            return _typed(words, start, end, text), set(range(start, end))
    return "", set()


def _engagement(words: Sequence[Word], parties: Sequence[Party], used: set[int], text: str) -> tuple[str, set[int]]:
    for party in parties:
        if party.nobody or party.start in used:
            continue
        led = party.start and words[party.start - 1].text in ("cho", "bên", "ở", "tại", "của", "ben", "cua")
        if party.name > party.start or led or words[party.start].text in ("công", "cong", "shop", "bên", "ben"):
            return _typed(words, party.name, party.end, text), set(range(party.start, party.end))
    return "", set()


def _typed(words: Sequence[Word], start: int, end: int, text: str) -> str:
    return " ".join(text[words[start].start : words[end - 1].end].split())


_OF_GOODS = ("revenue", "net_revenue", "ordered_revenue")
_NO_PRODUCT = Lexicon(
    "là, đạt, được, phải, của, mình, em, tôi, cá nhân, khoảng, tầm, ít nhất, tối thiểu, trên, hơn, bán, hàng, cho, "
    "team, nhóm, toàn, cả, chung, mục tiêu, kpi, chỉ tiêu, cần, thêm, mới, online, tổng, thì, mức, từ, tới, đến, "
    "trong, riêng, phòng, chi nhánh, cửa hàng, shop, bán hàng, tháng, quý, năm, tuần, ngày, kỳ, đợt, cuối, đầu, nửa, "
    "hết, còn, lại, phấn đấu, cố, lên, gấp, đôi, tăng, giao, sếp, công ty, hôm nay, nay, này, sau, trước, tối đa, cao "
    "nhất, thấp nhất"
)


def _narrowed_to(words: Sequence[Word], metric: str, busy: set[int], channel: Channel | None, text: str) -> str:
    """`doanh số bảo hiểm 80tr`: the words right behind the metric's own that are nothing else."""
    lexicon = next(lexicon for id_, lexicon in aims.MONEY if id_ == metric)
    places = sorted(lexicon.all(words), key=lambda place: place[0] - place[1])
    if not places:
        return ""
    through = set(range(channel.start, channel.end)) if channel is not None else set()
    start = end = places[0][1]
    while end < len(words) and words[end].sort == "word" and end not in busy | through:
        if _NO_PRODUCT.at(words, end) or aims.DOWN.at(words, end):
            break
        end += 1
    closes = end == len(words) or words[end].sort in ("amount", "sign") or end in through or end in busy
    return _typed(words, start, end, text) if start < end <= start + _LONGEST_NAME and closes else ""


_LONGEST_NAME = 4  # words


def _product(words: Sequence[Word], amount: _Amount, busy: set[int], text: str) -> str:
    """What is counted: `50 hộp serum` are fifty of serum."""
    taken = busy | {i for i, word in enumerate(words) if word.sort in ("amount", "date")}
    for start, end in aims.DOWN.all(words):
        taken |= set(range(start, end))
    for thing in goods_in(words, taken, {amount.start}):
        if thing.counted and thing.end > thing.start:
            name = _typed(words, thing.start, thing.end, text)
            plain = words[thing.start : thing.end]
            return "" if all(lexicon.has(plain) for metric, lexicon in aims.COUNTS if metric == "units") else name
    return ""

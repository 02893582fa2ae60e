"""The words of a line, each amount and each date phrase as one; what only looks like an amount or a day is left out."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.core.dates import find_dates
from toolkit.core.money import find_amounts
from toolkit.core.sentences.line import Lexicon, joined, price_start
from toolkit.kpi.sentence import seeming
from toolkit.kpi.sentence.callings import BY_BIRTH

if TYPE_CHECKING:
    from datetime import date

    from toolkit.core.dates import Found
    from toolkit.core.sentences.line import Line, Word


def read_words(line: Line, today: date, xi: int | None, *, bare: bool = True) -> list[Word]:
    """The words of a line, each amount and each date phrase as one. A date isn't looked at for amounts."""
    hidden = _names_hidden(line, line.text)
    dates = _dates(hidden, today)
    for found in dates:
        hidden = hidden[: found.start] + " " * (found.end - found.start) + hidden[found.end :]
    hidden = seeming.without_names(seeming.without_shares(hidden))
    hidden = seeming.price_of_one(hidden)
    hidden = seeming.PER_ONE.sub(lambda found: found[1] + " " * len(found[2]) + found[3], hidden)
    amounts = [
        a for a in find_amounts(hidden, bare="thousands" if bare else "no", xi=xi) if seeming.is_money(hidden, a)
    ]
    deal = seeming.BARE_DEAL.search(hidden) if bare and not amounts else None
    if deal is not None:
        amounts = [a for a in find_amounts(hidden[: deal.end()], bare="thousands", xi=xi) if a.end == deal.end()]
    amounts = [a for a in amounts if not seeming.counts_things(hidden, a, amounts)]
    if any(a.reading for a in amounts):
        amounts = [a for a in amounts if a.reading or a.reading.code != "core.money_fraction"]  # "IELTS 6.5 đóng 9tr"
    amounts = [a for a in amounts if not seeming.of_a_name(a, amounts)]
    amounts = [seeming.asked_if_small(amount) for amount in amounts] if bare else amounts
    taken = [(price_start(amount), amount.end, amount) for amount in amounts]
    free = [
        (found.start, found.end, found)
        for found in dates
        if not any(found.start < end and start < found.end for start, end, _ in taken)
    ]
    return _signed_up(joined(line, taken, free))


_SIGNED_UP = Lexicon("thêm, khóa, gói, học, mua, lớp, tour, thẻ, tập, vé, combo, tháng, năm, dịch vụ, liệu trình")


def _signed_up(words: list[Word]) -> list[Word]:
    """`dk` is được, but before what one signs up for đăng ký."""
    signing = {i for i, word in enumerate(words) if word.typed.lower() in ("dk", "đk") and _SIGNED_UP.at(words, i + 1)}
    return [replace(word, text="đk") if i in signing else word for i, word in enumerate(words)]


_COMES = re.compile(r"(?i) (?:mua|lay|dat|nhan|xem|tra|coi|an|lam|dang|hoc) ")
_ADDRESS = re.compile(r"(?i)(?<!\w)(?:đc|dc|địa chỉ|dia chi|số nhà|so nha|nhà số|hẻm|hem|ngõ|ngo|kiệt|kiet) ?:? ?$")
_ORDINAL = re.compile(
    r"(?i)(?<!\w)(?:đồng|dong|đơn|don|lần|lan|căn|can|chiếc|chiec|cái|cai|gói|goi|khóa|khoa|bé|be|con)$"
)
_OF_A_FEAST = re.compile(r"(?i)(?:hoa|quà|qua|thiệp|thiep|set|combo|lễ)$")


def _dates(text: str, today: date) -> list[Found]:
    """The dates of a line; those that name a thing ("hoa 8/3") are none."""
    return [
        place
        for place in find_dates(text, today=today, look="back")
        if (place.readings or place.readings.code in ("core.date_vague", "core.date_is_period"))
        and not (place.text[:2].lower() == "th" and _ORDINAL.search(text[: place.start].rstrip()[-9:]))
        and not (place.text.strip().lower() == "toi" and _COMES.match(text[place.end :]))
        and not _ADDRESS.search(text[: place.start][-12:])
        and not (place.text[:1].isdigit() and _OF_A_FEAST.search(text[: place.start].rstrip()[-6:]))
    ]


# "anh Tám tuần sau gửi": eight weeks are written small.
_TITLES = frozenset(
    """
    shop quán quan tiệm tiem spa homestay ty salon chị anh cô chú bác ông bà em dì chi co chu bac ong ba di
    """.split()  # noqa: SIM905
)


def _names_hidden(line: Line, text: str) -> str:
    """`text` without names that a number or a day might be read into: "anh Tám tuần sau gửi" is no eight weeks."""
    words = line.words
    names = [b for a, b in pairwise(words) if b.capital and (a.capital or a.text in _TITLES)]
    names += [a for a, b in pairwise(words) if a.text == "chu" and a.unmarked and (b.capital or b.text in BY_BIRTH)]
    if not names:
        return text
    spans = [(word.start, word.end) for word in names]
    return "".join(
        "z" if any(start <= place[0] and place[1] <= end for start, end in spans) else char
        for char, place in zip(text, line.origins, strict=True)
    )

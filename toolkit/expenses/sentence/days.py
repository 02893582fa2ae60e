"""On which day it happened: dates look back, an occasion is no date, a debt's old date isn't that of paying it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.dates import Found, find_dates, parse_date
from toolkit.core.readings import none
from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.money import AmountSpan
    from toolkit.core.sentences.line import Word

_OCCASIONS = Lexicon(
    "quà, hoa, tặng, mừng, dịp, lễ, tiệc, quà tặng, quà mừng, hoa tặng, thầy, cô, ngày nhà giáo, thiệp, chúc "
    "mừng, thưởng, thưởng lễ, tiền nhà, tiền lễ, cho dịp, cho ngày, sale, combo, bánh, đồ, áo, vé, quà cho"
)
_YEARLY = frozenset(
    {
        (8, 3),
        (20, 10),
        (20, 11),
        (14, 2),
        (1, 6),
        (27, 2),
        (30, 4),
        (1, 5),
        (2, 9),
        (24, 12),
        (25, 12),
        (13, 11),
        (6, 3),
    }
)
_DAY_NUMBER = re.compile(r"(?:ngày|hôm|ngay|hom|mùng|mồng) ?[0-9]{1,2}", re.IGNORECASE)
_OPENING_NUMBER = re.compile(r"[,;+\n] ?([12]?[0-9]|3[01]) (?=[^\W\d_]{2})")
_PAST_PERIOD = re.compile(r"(?:tuan|thang|quy|nam) (?:truoc|roi|qua|ngoai|vua roi|vua qua)")
_LONG_AGO = timedelta(days=240)


def dates_in(text: str, today: date) -> list[Found]:
    """The date phrases of a sentence about money that was spent.

    Periods (`tiền điện tháng trước`) belong to the thing; one that opens the sentence (`tuần trước sửa xe`) and stands
    alone says when, and not on which day.
    """
    found = find_dates(text, today=today, look="back")
    if any(place.readings for place in found):
        return [place for place in found if place.readings or place.readings.code != "core.date_is_period"]
    opening = [
        replace(place, readings=none("core.date_vague"))
        if not text[: place.start].strip() and _PAST_PERIOD.fullmatch(fold(place.text))
        else place
        for place in found
    ]
    return [place for place in opening if place.readings or place.readings.code != "core.date_is_period"]


def days_going_on(
    text: str, dates: Sequence[tuple[int, int, Found]], amounts: Sequence[AmountSpan], today: date
) -> list[tuple[int, int, Found]]:
    """`ngày 12 rút 2tr, 14 gửi tiết kiệm 5tr`: behind a day of the month a number that opens a clause is one too."""
    named = [start for start, _, found in dates if _DAY_NUMBER.fullmatch(found.text)]
    more = []
    for match in _OPENING_NUMBER.finditer(text) if named else ():
        start, end = match.span(1)
        if start < named[0] or any(a.start < end and start < a.end for a in amounts):
            continue
        readings = parse_date(f"ngày {match[1]}", today=today, look="back")
        if readings:
            more.append((start, end, Found(start, end, match[1], readings)))
    return more


def is_occasion(words: Sequence[Word], i: int, today: date) -> bool:
    """Whether the date at word i says what something was for and not when: quà 20/11, hoa 8/3."""
    found = words[i].date
    if found is None or not found.readings.value:
        return False
    day = found.readings.value
    numbered = "/" in found.text
    if not numbered or day.year_given:
        return False
    yearly = (day.date.day, day.date.month) in _YEARLY
    return bool(_OCCASIONS.ending(words, i)) and (yearly or today - day.date > _LONG_AGO)

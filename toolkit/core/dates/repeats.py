"""How often something happens: "hằng tuần", "thứ 2-4-6", "2 tuần một lần", as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from toolkit.core.dates import numbers
from toolkit.core.dates.view import CELL_LIMIT, alternatives, cell, compiled, forms
from toolkit.core.dates.vocabulary import BARE_WEEKDAYS, SHORT_ENGLISH_WEEKDAY, weekday_number, weekday_pattern
from toolkit.core.readings import Reading, Readings, none, one, several
from toolkit.core.text import strip_marks

Every = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class Repeat:
    """Every `interval` days, weeks, months or years. `weekdays` (Monday = 0, ascending) belong to weeks; `month_day` is
    the day of a monthly one, where it was said."""

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_day: int | None = None


_UNITS: dict[str, Every] = {
    "ngay": "day", "tuan": "week", "thang": "month", "nam": "year",
    "day": "day", "week": "week", "month": "month", "year": "year",
}  # fmt: skip
_ENGLISH: dict[str, Every] = {
    "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
}  # fmt: skip
_UNIT = "ngày|tuần|tháng|năm"
_EACH = "hằng|hàng|mỗi|từng|theo"


def parse_repeat(text: str) -> Readings[Repeat]:
    """How often, from a cell. "Không" and the like are no repeat: none, with `core.repeat_none`. Never raises."""
    if len(text) > CELL_LIMIT:
        return none("core.repeat_unknown")
    written = cell(text)
    if compiled(r"(?:không(?: lặp(?: lại)?)?|ko|k|no|none|never|một lần|1 lần|x|-)?").fullmatch(written):
        return none("core.repeat_none")
    for form in forms(written):
        readings = _repeat(form)
        if readings:
            return readings
    return none("core.repeat_unknown")


def _repeat(text: str) -> Readings[Repeat]:
    text = compiled(r"(?:lặp lại|lặp|vào|học) ").sub("", text, count=1)
    if text in _ENGLISH:
        return one(Repeat(_ENGLISH[text]))
    simple = compiled(
        rf"(?:{_EACH}|every) (?:(?P<n>[0-9]{{1,2}}|{numbers.pattern(31)}) )?"
        rf"(?P<u>{_UNIT}|day|week|month|year)s?(?: (?:một|1) lần)?"
    ).fullmatch(text)
    counted = compiled(
        rf"(?:cứ )?(?P<n>[0-9]{{1,2}}|{numbers.pattern(31)}) (?P<u>{_UNIT})(?:/| )(?:một |1 )?lần"
    ).fullmatch(text)
    found = simple or counted
    if found:
        interval = numbers.number(found["n"]) if found["n"] else 1
        return one(Repeat(_UNITS[strip_marks(found["u"])], interval)) if interval else none("core.repeat_unknown")
    if compiled(r"cách tuần|tuần cách tuần|cách (?:một|1) tuần").fullmatch(text):
        return one(Repeat("week", 2))
    if compiled(r"cách ngày").fullmatch(text):
        return one(Repeat("day", 2))
    monthly = compiled(rf"(?:ngày |mùng )?(?P<d>[0-9]{{1,2}}) (?:{_EACH}) tháng").fullmatch(text)
    if monthly:
        day = int(monthly["d"])
        return one(Repeat("month", month_day=day)) if 1 <= day <= 31 else none("core.repeat_unknown")
    bare = compiled(rf"(?:(?:{_EACH}|các|every) )?(?P<days>.+?)(?:,? (?:hằng|hàng|mỗi) tuần)?").fullmatch(text)
    return weekdays_named(bare["days"] if bare else "").map(lambda days: Repeat("week", weekdays=days))


def parse_weekdays(text: str, *, column: bool = False) -> Readings[tuple[int, ...]]:
    """Weekdays, Monday = 0: `T2`, `thứ 2-4-6`, `T2,T4,T6`, `thứ 2 đến thứ 6`, `2-4-6`.

    A dash between two days is a span where it covers a working week (`T2-T6`, `T2-CN`), and otherwise ambiguous
    (`T3-T5`, `thứ 2-6`): both readings are given. `column`
    (under a heading "Thứ") also takes a lone `2` or `Hai`. Never raises.
    """
    if len(text) > CELL_LIMIT:
        return none("core.weekday_unknown")
    written = cell(text).strip(" ()")
    for form in forms(written):
        if column:
            alone = compiled(rf"[2-8]|{alternatives(BARE_WEEKDAYS)}").fullmatch(form)
            if alone:
                bare = {strip_marks(word): n for word, n in BARE_WEEKDAYS.items()}
                number = int(form) - 2 if form.isdigit() else bare[strip_marks(form)]
                return one((number,))
        readings = weekdays_named(form)
        if readings:
            return readings
    return none("core.weekday_unknown")


_JOIN = re.compile(r" ?(->|-|>|,|;|/|&|\+|\.) ?| (đến|den|tới|toi|và|va|and|to|through) | ")


def weekdays_named(text: str) -> Readings[tuple[int, ...]]:
    """`parse_weekdays` on a form that has been looked at: lower-case, single spaces."""
    if compiled(r"cuối tuần|weekends?").fullmatch(text):
        return one((5, 6))
    if compiled(r"ngày (?:thường|trong tuần)|weekdays?|mon-fri").fullmatch(text):
        return one((0, 1, 2, 3, 4))
    word = compiled(rf"(?P<w>{weekday_pattern()}|{SHORT_ENGLISH_WEEKDAY})|(?P<n>[2-7])(?!\w)")
    days: list[int] = []
    joins: list[str] = []
    position, bare = 0, False
    while position < len(text):
        found = word.match(text, position)
        if found is None or (
            found["n"] and not days and not re.fullmatch(r"[2-7](?:(?: ?[-,.&+] ?| )?[2-7]){1,5}", text)
        ):
            return none("core.weekday_unknown")
        bare = bool(found["n"])
        days.append(weekday_number(found["w"]) if found["w"] else int(found["n"]) - 2)
        position = found.end()
        if position == len(text):
            break
        joined = _JOIN.match(text, position)
        if joined is None or joined.end() == len(text):
            return none("core.weekday_unknown")
        joins.append(strip_marks(joined[1] or joined[2] or ","))
        position = joined.end()
    return _joined(days, joins, second_bare=bare)


def _joined(days: list[int], joins: list[str], *, second_bare: bool) -> Readings[tuple[int, ...]]:
    if not days:
        return none("core.weekday_unknown")
    listed = tuple(sorted(set(days)))
    if len(days) != 2 or joins[0] not in ("-", "->", ">", "den", "toi", "to", "through"):
        spoken_span = any(join not in ("-", ",", ";", "/", "&", "+", ".", "va", "and") for join in joins)
        return none("core.weekday_unknown") if spoken_span else one(listed)
    first, last = days
    if last <= first:
        return none("core.weekday_unknown")
    span = tuple(range(first, last + 1))
    if joins[0] != "-" or (first == 0 and last >= 4 and not second_bare) or span == listed:
        return one(span)
    return several(
        "core.weekdays_ambiguous",
        [Reading(listed, "core.reading_two_days"), Reading(span, "core.reading_days")],
        lambda days: ", ".join("CN" if day == 6 else f"T{day + 2}" for day in days),
    )

"""Dates in cells and in sentences: the rules of `grammar`, with what may stand around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from toolkit.core.dates import rules_festivals, rules_spoken, rules_written
from toolkit.core.dates.day import Context, Day, Look, spoken
from toolkit.core.dates.lunar import LunarError, from_solar
from toolkit.core.dates.rules import NAMED_YEAR, Rule, Said
from toolkit.core.dates.view import CELL_LIMIT, SENTENCE_LIMIT, cell, compiled, view
from toolkit.core.dates.vocabulary import (
    COUNTED,
    DAY_LEADERS,
    SESSION,
    SHORT_ENGLISH_WEEKDAY,
    child_does,
    session_named,
    weekday_number,
    weekday_pattern,
    words_before_gifts,
    words_before_ordinals,
)
from toolkit.core.readings import Readings, none, one
from toolkit.core.text import Aligned, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True)
class Found:
    """A date phrase in a sentence: `text[start:end]` of the original, and what it can mean."""

    start: int
    end: int
    text: str
    readings: Readings[Day]


def parse_date(
    text: str,
    *,
    today: date,
    look: Look,
    year: int | None = None,
    month: int | None = None,
    within: tuple[date, date] | None = None,
    month_first: bool = False,
    lunar: bool | None = None,
) -> Readings[Day]:
    """Read a text that is a date as a whole.

    `look` says where a date without a year lies: "forward" (calendars) or "back" (spending), today included. `year` and
    `month` come from the sheet's title, `within` (start, exclusive end) from its term. `lunar` is True under a heading
    such as "Âm lịch". Never raises on any text; a text of more than 200 characters is no date.
    """
    return read_date(text, Context(today, look, year, month, within, month_first, lunar))


def read_date(text: str, context: Context) -> Readings[Day]:
    """`parse_date` with everything that is known beside the text in one value."""
    if len(text) > CELL_LIMIT:
        return none("core.date_too_long", limit=CELL_LIMIT)
    refused: Readings[Day] | None = None
    trimmed = cell(text).strip(" -")
    plain = strip_marks(trimmed)
    if not trimmed:
        return none("core.date_empty")
    for written, place in ((trimmed, "typed"), (plain, "plain")) if plain != trimmed else ((trimmed, "typed"),):
        for rule, pattern in _patterns(place):
            found = pattern.fullmatch(written)
            if found is None:
                continue
            readings = _meaning(rule, found, context)
            if readings:
                return readings
            if refused is None or refused.code == "core.date_unknown":
                refused = readings
    if refused is None or refused.code == "core.date_unknown":
        return _in_both_calendars(trimmed, context)
    return refused


_BOTH = r"(?P<a>[^()]+?) ?(?:\((?P<b>[^()]+)\)|(?:tức|nhằm|là) (?:ngày )?(?P<b2>[^()]+))"


def _in_both_calendars(text: str, context: Context) -> Readings[Day]:
    """One day written in both calendars, "27/8/2026 (15/7 ÂL)": the two have to agree."""
    pair = compiled(_BOTH).fullmatch(text)
    if pair is None or not compiled(r".*(?<!\w)(?:âm|\u00e2l|al|rằm|chạp|giêng)(?!\w).*").fullmatch(text):
        return none("core.date_unknown")
    read = [read_date(part, context).value for part in (pair["a"], pair["b"] or pair["b2"])]
    solar = next((day for day in read if day is not None and day.lunar is None), None)
    of_moon = next((day for day in read if day is not None and day.lunar is not None), None)
    if solar is None or of_moon is None or of_moon.lunar is None:
        return none("core.date_unknown")
    if not solar.year_given:
        if (solar.date.day, solar.date.month) == (of_moon.date.day, of_moon.date.month):
            return one(of_moon)
    else:
        try:
            named = from_solar(solar.date)
        except LunarError as refused:
            return none(refused.code, year=solar.date.year)
        if (named.day, named.month, named.leap) == (of_moon.lunar.day, of_moon.lunar.month, of_moon.lunar.leap):
            return one(replace(solar, lunar=named))
    return none("core.date_calendars_contradict", solar=spoken(solar.date), lunar=str(of_moon))


def find_dates(text: str, *, today: date, look: Look, year: int | None = None, month: int | None = None) -> list[Found]:
    """The date phrases of a sentence, in order and without overlap, looking at its first 4,000 characters.

    What can't be a date there (15/20, 1/2 kg, a friend called Mai) is passed over; what is one but not clearly
    ("hôm nọ", "tuần trước") is found, with its reason.
    """
    context = Context(today, look, year, month, sentence=True)
    seen = view(text, SENTENCE_LIMIT)
    found: list[Found] = []
    reached = 0
    for match, rule in sorted(_matches(seen), key=lambda m: (m[0].start(), -m[0].end())):
        if match.start() < reached:
            continue
        readings = _meaning(rule, match, context)
        if (
            not readings
            and readings.code not in _SAID_ALL_THE_SAME
            and not match[0].startswith(("ngày", "hôm", "ngay"))
        ):
            continue
        start, end = seen.span(match.start(), match.end())
        while end > start and text[end - 1].isspace():
            end -= 1
        found.append(Found(start, end, text[start:end], readings))
        reached = match.end()
    return found


# Refusals that stay worth telling in a sentence: it certainly spoke of a date.
_SAID_ALL_THE_SAME = frozenset(
    {
        "core.date_vague", "core.date_is_period", "core.date_weekday_contradicts", "core.date_no_leap_day",
        "core.date_lunar_no_such_day", "core.date_lunar_no_leap", "core.date_lunar_out_of_range",
    }
)  # fmt: skip


def _matches(seen: Aligned) -> Iterator[tuple[re.Match[str], Rule]]:
    for rule, pattern in _patterns_in(seen.text):
        for match in pattern.finditer(seen.text):
            before = seen.text[: match.start()].rstrip(" ")
            if _stands(rule, match, before, seen.text[match.end() :]):
                yield match, rule


def _stands(rule: Rule, match: re.Match[str], before: str, after: str) -> bool:
    """Whether a match in a sentence is used as a date there, judged by the words beside it."""
    last_word = strip_marks(before[-12:].rsplit(" ", maxsplit=1)[-1])
    if rule.name == "thứ":
        return last_word not in words_before_ordinals()
    if rule.name == "d/m" and int(match["d"]) > int(match["m"]):
        return True  # no fraction
    if rule.name == "ngày d" and (last_word in DAY_LEADERS or child_does(after)):
        return True  # "hồi ngày 10 con có chuyển"; but "ngày 10 con gà"
    if rule.name in ("d/m", "d tháng m", "ngày d"):
        return after[:12].strip().split(" ")[0] not in COUNTED
    if rule.name == "rằm" and not (match["m"] or match["away"] or match[0].startswith(("ngày", "hôm", "ngay", "hom"))):
        return _opens_clause(before)
    if not rule.weak:
        return True
    parts = match.groupdict()
    if parts.get("year") or parts.get("year_said"):
        return True
    marked_day = re.search("ngày|lễ|hôm|dịp|đêm|tối", parts.get("before") or "") or parts.get("ses1")
    return _opens_clause(before) or (bool(marked_day) and last_word not in words_before_gifts())


def _opens_clause(before: str) -> bool:
    return not before or before[-1] in ",;.:!?\n-+(|" or before.endswith((" thì", " từ", " vào", " rồi"))


def _meaning(rule: Rule, found: re.Match[str], context: Context) -> Readings[Day]:
    """What a rule's match says, together with the session, weekday and calendar that stand around it."""
    parts = found.groupdict()
    calendar = strip_marks(parts.get("lunar1") or parts.get("lunar2") or "")
    is_lunar = not calendar.startswith("d") if calendar else None
    year = int(parts["year2"]) if parts.get("year2") else None
    said = Said(is_lunar if is_lunar is not None else context.lunar, year)
    readings = rule.meaning(found, context, said)
    weekday = parts.get("wd1") or parts.get("wd2")
    if weekday and readings:
        readings = _agreeing(readings, weekday)
    session = parts.get("ses1") or parts.get("ses2")
    if session and readings:
        named = session_named(session)
        return readings.map(lambda day: replace(day, session=named))
    return readings


def _agreeing(readings: Readings[Day], stated: str) -> Readings[Day]:
    """Only the readings that fall on the weekday that was written with them."""
    wanted = weekday_number(stated)
    agreeing = [option for option in readings.options if option.value.date.weekday() == wanted]
    if not agreeing:
        day = readings.options[0].value.date
        return none(
            "core.date_weekday_contradicts",
            date=spoken(day),
            stated=f"core.weekday_{wanted}",
            actual=f"core.weekday_{day.weekday()}",
        )
    kept = Readings(tuple(agreeing), readings.code if len(agreeing) > 1 else "")
    return kept.map(lambda day: replace(day, weekday=wanted))


_RULES = (*rules_written.BOOK.rules, *rules_spoken.BOOK.rules, *rules_festivals.BOOK.rules)
_CALENDAR = r"âm lịch|\u00e2l|a\.l\.?|al|dương lịch|dl"


Place = Literal["typed", "plain", "sentence"]
_COUNTING: dict[Place, tuple[str, ...]] = {
    "typed": ("both", "cell", "typed"),
    "plain": ("both", "cell"),
    "sentence": ("both",),
}


@cache
def _patterns(place: Place) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """Every rule that counts there, with its surroundings, compiled when dates are first read."""
    return tuple((rule, _whole(rule, place)) for rule in _RULES if rule.where in _COUNTING[place])


def _patterns_in(text: str) -> Iterator[tuple[Rule, re.Pattern[str]]]:
    """The rules that can match in a sentence, by their own words: the others needn't be compiled with what may stand
    around them, which takes longer than reading the sentence."""
    for rule in _RULES:
        if rule.where in _COUNTING["sentence"] and compiled(f"(?:{rule.pattern})").search(text):
            yield rule, _whole(rule, "sentence")


@cache
def _whole(rule: Rule, place: Place) -> re.Pattern[str]:
    before, after = _surroundings(place)
    return compiled(f"{before}(?P<core>{rule.pattern}){after}")


@cache
def _surroundings(place: Place) -> tuple[str, str]:
    """What may stand before and behind a date: the calendar's name, a session, a weekday."""
    weekday = rf"{weekday_pattern()}|{SHORT_ENGLISH_WEEKDAY}" if place == "typed" else weekday_pattern()
    before = (
        r"(?:(?:vào|từ|kể từ|bắt đầu từ|bắt đầu) )?"
        rf"(?:\(?(?P<lunar1>{_CALENDAR})\)?[: ]{{1,2}})?"
        rf"(?:(?:buổi )?(?P<ses1>{SESSION})[ ,:]{{1,2}})?"
        rf"(?:(?P<wd1>{weekday})[ ,:./-]{{0,3}}\(?(?:là |tức )?)?(?:ngày )?"
    )
    year2 = NAMED_YEAR.replace("<year>", "<year2>").replace("<year_said>", "<year_said2>")
    after = (
        rf"(?:[ ,-]{{0,3}}\(?(?P<lunar2>{_CALENDAR}|\u00e2m)\.?\)?(?!\w)(?:{year2})?)?"
        rf"(?:[ ,-]{{0,3}}\(?(?P<wd2>{weekday})\)?)?"
        rf"(?:,? \(?(?:buổi )?(?P<ses2>{SESSION})\)?(?!\w)(?! (?:nay|qua|mai|mốt|kia)(?!\w)))?"
    )
    if place == "sentence":
        return rf"(?<!\w)(?<![0-9][./:,-]){before}", rf"{after}(?!\w)(?![./:-][0-9])"
    return before, rf"{after}\)?(?: 0?0:00(?::00)?)?"

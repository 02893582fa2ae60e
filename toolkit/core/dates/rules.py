"""How dates are written and said: each rule is a pattern and what it means.

The rules are in `rules_written` (3/11, ngày 1 tháng 9), `rules_spoken` (hôm qua, thứ hai tuần sau) and
`rules_festivals` (mùng 1 tết, quốc khánh). Around each of them may stand a session ("tối"), a weekday ("Thứ 7, ") and
the name of the calendar ("âm lịch"); `dates` puts those together and compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.core.dates.day import Context, Day
from toolkit.core.readings import Readings
from toolkit.core.text import strip_marks

if TYPE_CHECKING:
    from datetime import date

Match = re.Match[str]


@dataclass(frozen=True)
class Said:
    """What stood around a rule's match: is the day lunar (None: not said), and the year that was named, if any."""

    lunar: bool | None = None
    year: int | None = None


Where = Literal["both", "cell", "typed"]
Meaning = Callable[[Match, Context, Said], Readings[Day]]


@dataclass(frozen=True)
class Rule:
    """A way to name a day; its whole match is the group `core`.

    `where` keeps a rule to cells, whose whole text is a date ("cell"), or to cells as typed, not as read without their
    marks ("typed"). A `weak` rule counts in a sentence only where a clause begins or a year follows ("mai" is a name,
    too).
    """

    name: str
    pattern: str
    meaning: Meaning
    where: Where = "both"
    weak: bool = False


class RuleBook:
    """Rules in the order in which they are tried."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(
        self, name: str, pattern: str, where: Where = "both", *, weak: bool = False
    ) -> Callable[[Meaning], Meaning]:
        """Enter a rule; a meaning may stand under several."""

        def keep(meaning: Meaning) -> Meaning:
            self.rules.append(Rule(name, pattern, meaning, where, weak))
            return meaning

        return keep


# A four-digit year that isn't an amount ("quốc khánh 2000đ"), or a year by its relation to this one.
_NO_AMOUNT = r"(?!\w)(?![.,][0-9])(?! (?:đ|đồng|k|ng|ngàn|nghìn|vnd|vnđ|tr|triệu|tỷ|tỉ|usd)(?!\w))"
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}|2100|(?<=năm )[0-9]{{4}}){_NO_AMOUNT}"
NAMED_YEAR = rf"(?:[ ,]{{0,2}}(?:năm )?(?P<year>{_YEAR})|[ ,]{{1,2}}năm (?P<year_said>ngoái|nay|sau|tới|trước|rồi|kia))"
_YEARS_AWAY = {"ngoai": -1, "truoc": -1, "roi": -1, "kia": -2, "nay": 0, "sau": 1, "toi": 1}
_MONTHS_AWAY = {"nay": 0, "truoc": -1, "roi": -1, "vua roi": -1, "vua qua": -1, "qua": -1, "sau": 1, "toi": 1}
MONTHS_AWAY = "này|nay|trước|vừa rồi|vừa qua|rồi|sau|tới"


def year_named(found: Match, today: date) -> int | None:
    """The year in a match of NAMED_YEAR."""
    parts = found.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    if parts.get("year_said"):
        return today.year + _YEARS_AWAY[strip_marks(parts["year_said"])]
    return None


def months_away(text: str) -> int:
    return _MONTHS_AWAY[strip_marks(text)]


MUNG = r"(?P<mung>(?:mùng|mồng|mùnh) )"

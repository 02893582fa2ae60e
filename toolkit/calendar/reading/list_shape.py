"""Shape (a) recognised: a list. Its heading says what takes place and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.calendar.reading.headings import (
    ACCOUNTS,
    ACCOUNTS_MARKED,
    DAY_FIELDS,
    GOOGLE_CSV,
    TIME_FIELDS,
    TITLE_FIELDS,
)
from toolkit.calendar.reading.lines import one_line
from toolkit.calendar.reading.own_headings import list_heading, stands_in
from toolkit.core.text import fold
from toolkit.sheets.heading import heading_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.calendar.reading.own_headings import OwnHeading
    from toolkit.sheets.heading import Heading
    from toolkit.sheets.model import Sheet

NAME = "list"


@dataclass(frozen=True)
class ListLayout:
    """Where a list's columns stand."""

    heading: Heading


def recognise(sheet: Sheet, own: Sequence[OwnHeading] = ()) -> ListLayout | None:
    """A list's heading says what and on which day; a time will do where the title or lines between say the day.

    `own` are headings that the member has explained.
    """
    heading = list_heading(sheet, own)
    if heading is None:
        return None
    fields = set(heading.columns)
    what = fields.intersection(TITLE_FIELDS) or fields.intersection({"shift", "session"})
    when = fields & DAY_FIELDS or fields.intersection(TIME_FIELDS)
    if not (what and when) or (_is_account_book(heading) and not stands_in(sheet, own)):
        return None
    return ListLayout(heading)


def _is_account_book(heading: Heading) -> bool:
    """Days beside sums, with no hour and no place: what came in and went out, who owes what. Nothing takes place.

    A customer's name beside a single sum says as little; a column that names work may have its price.
    """
    fields = set(heading.columns)
    if fields.intersection((*TIME_FIELDS, "place", "room", "start", "end", "when", "lunar", "repeat", "reminder")):
        return False
    sums = [name for name in heading.names.values() if _is_sum(name)]
    return len(sums) >= (2 if fields & {"title", "work"} else 1)


def _is_sum(name: str) -> bool:
    key, written = heading_key(name), one_line(name).casefold()
    return written in ACCOUNTS_MARKED or any(f" {word} " in f" {key} " for word in ACCOUNTS)


def is_google_csv(layout: ListLayout) -> bool:
    """Google's own csv headings: its dates have the month first."""
    return {fold(name) for name in layout.heading.names.values()} >= GOOGLE_CSV

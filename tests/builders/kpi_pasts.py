"""Members with a past: months of sales whose figures can be told by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from builders.kpi_books import sale
from toolkit.core.workdays import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.kpi.model import Sale


def working_days(start: date, end: date) -> list[date]:
    """The working days of a five-day week from `start` to before `end`."""
    calendar = WorkCalendar()
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return [day for day in days if calendar.weight(day)]


def even_months(rates: Mapping[tuple[int, int], int], until: date | None = None) -> Iterator[Sale]:
    """A sale on every working day of each month (year, month), of so many đồng; up to before `until`."""
    for (year, month), rate in rates.items():
        start = date(year, month, 1)
        end = (start + timedelta(days=31)).replace(day=1)
        for day in working_days(start, min(end, until or end)):
            yield sale(rate, ordered=day, lines=(), customer_name="Chị Bưởi", sentence="")

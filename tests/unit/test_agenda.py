"""What stands in the calendar on which day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from builders.calendar_events import VIETNAM, any_events, event
from toolkit.calendar.agenda import MOST_REPETITIONS, Occurrence, occurrences
from toolkit.calendar.model import Event

DECEMBER = (date(2026, 12, 1), date(2027, 1, 1))


def starts(*events: Event, since: date = DECEMBER[0], until: date = DECEMBER[1]) -> list[str]:
    return [f"{one.start:%d/%m %H:%M}" for one in sorted(occurrences(events, since, until, VIETNAM), key=_order)]


def _order(one: Occurrence) -> tuple[date, bool, str, str]:
    return one.order


def test_a_weekly_class_stands_on_its_days_until_its_last_one() -> None:
    lesson = event("Toán", 7, 8, recurrence=("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261216T165959Z",))
    assert starts(lesson) == ["07/12 08:30", "09/12 08:30", "14/12 08:30", "16/12 08:30"]


def test_the_last_day_may_be_given_as_a_date() -> None:
    lesson = event("Toán", 7, 8, recurrence=("RRULE:FREQ=WEEKLY;UNTIL=20261214",))
    assert starts(lesson) == ["07/12 08:30", "14/12 08:30"]
    whole_day = event("Nghỉ", 7, None, recurrence=("RRULE:FREQ=WEEKLY;UNTIL=20261214T165959Z",))
    assert starts(whole_day) == ["07/12 00:00", "14/12 00:00"]


def test_days_are_those_of_the_member_not_of_the_event() -> None:
    late = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)  # 01:00 on 1 January in Vietnam
    assert starts(Event("Gọi Mỹ", late, late + timedelta(hours=1), "UTC")) == []
    assert starts(Event("Gọi Mỹ", late, late + timedelta(hours=1), "UTC"), until=date(2027, 1, 2)) == ["01/01 01:00"]


def test_an_event_over_midnight_touches_both_days() -> None:
    night = event("Trực", 5, 22)
    longer = Event("Trực", night.start, night.start + timedelta(hours=4), night.timezone)
    for day in (5, 6):
        assert starts(longer, since=date(2026, 12, day), until=date(2026, 12, day + 1)) == ["05/12 22:30"]
    assert starts(longer, since=date(2026, 12, 7), until=date(2026, 12, 8)) == []


def test_a_class_in_new_york_moves_with_the_clocks_there() -> None:
    start = datetime(2026, 10, 26, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    lesson = Event(
        "Class", start, start + timedelta(hours=1), "America/New_York", recurrence=("RRULE:FREQ=WEEKLY;COUNT=2",)
    )
    assert starts(lesson, since=date(2026, 10, 1)) == ["26/10 20:00", "02/11 21:00"]


def test_all_day_events_come_first_on_their_day() -> None:
    found = sorted(occurrences([event("B", 7, 8), event("A", 7, None)], *DECEMBER, VIETNAM), key=_order)
    assert [one.event.summary for one in found] == ["A", "B"]


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=DAILY;COUNT=1000000000",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=DAILY;INTERVAL=00",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_without_end_is_followed_only_so_far(rule: str) -> None:
    endless = event("Mãi", 1, 8, recurrence=(rule,))
    begun = time.process_time()
    found = list(occurrences([endless], date(2026, 12, 1), date(2100, 1, 1), VIETNAM))
    assert len(found) <= MOST_REPETITIONS
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "rule", ["RRULE:", "RRULE:FREQ=OFTEN", "nonsense", "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:FREQ=DAILY;BYDAY=XX"]
)
def test_a_rule_that_nobody_understands_leaves_the_first_day(rule: str) -> None:
    assert starts(event("Lạ", 3, 8, recurrence=(rule,))) == ["03/12 08:30"]


@given(any_events())
def test_every_occurrence_lies_in_the_window_and_lasts_as_long_as_the_event(one: Event) -> None:
    since = one.start.date() if isinstance(one.start, datetime) else one.start
    for found in occurrences([one], since, since + timedelta(days=10), VIETNAM):
        assert found.end - found.start == one.end - one.start  # type: ignore[operator]
        begins = found.start.date() if isinstance(found.start, datetime) else found.start
        assert begins < since + timedelta(days=10)

"""Two places at once: found by one sweep, told once a pair, never wrong."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from builders.calendar_events import VIETNAM, event
from toolkit.calendar.model import Event
from toolkit.calendar.overlaps import HORIZON, MOST_PAIRS, Overlap, Party, find_overlaps

SINCE = date(2026, 11, 22)


def meeting(title: str, day: int, begin: float, end: float, *rules: str) -> Party:
    midnight = datetime(2026, 12, day, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    start, finish = midnight + timedelta(hours=begin), midnight + timedelta(hours=end)
    return Party(Event(title, start, finish, "Asia/Ho_Chi_Minh", recurrence=rules))


def told(pairs: tuple[Overlap, ...]) -> list[str]:
    return [
        f"{one.first.event.summary}+{one.second.event.summary} {one.start:%d %H:%M}-{one.end:%H:%M} ×{one.times}"
        for one in pairs
    ]


def test_two_meetings_that_share_time_are_told_once_with_the_time_they_share() -> None:
    found = find_overlaps([meeting("A", 1, 8, 10), meeting("B", 1, 9, 11)], [], SINCE, VIETNAM)
    assert told(found.pairs) == ["A+B 01 09:00-10:00 ×1"]


def test_one_that_ends_when_another_begins_is_not_in_its_way() -> None:
    assert find_overlaps([meeting("A", 1, 8, 9), meeting("B", 1, 9, 10)], [], SINCE, VIETNAM).pairs == ()


def test_whole_days_and_what_has_passed_are_in_nobodys_way() -> None:
    day = Party(event("Nghỉ", 1, None))
    past = [Party(Event("x", datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 1, 5, 9, tzinfo=UTC), "UTC"))] * 2
    assert find_overlaps([day, meeting("A", 1, 8, 9), *past], [], SINCE, VIETNAM).pairs == ()


def test_a_weekly_class_meets_a_meeting_and_another_class_for_weeks() -> None:
    weekly = meeting("Lớp", 1, 18, 20, "RRULE:FREQ=WEEKLY;COUNT=5")
    other = meeting("Trực", 1, 19, 21, "RRULE:FREQ=WEEKLY;COUNT=3")
    found = find_overlaps([weekly, other, meeting("Tiệc", 29, 19, 22)], [], SINCE, VIETNAM)
    assert told(found.pairs) == ["Lớp+Trực 01 19:00-20:00 ×3", "Lớp+Tiệc 29 19:00-20:00 ×1"]


def test_of_other_imports_only_what_meets_this_one_counts() -> None:
    others = [Party(meeting(t, 1, 8, 10).event, import_name="lich-cu") for t in ("X", "Y")]
    found = find_overlaps([meeting("A", 1, 9, 11)], others, SINCE, VIETNAM)
    assert told(found.pairs) == ["X+A 01 09:00-10:00 ×1", "Y+A 01 09:00-10:00 ×1"]
    assert found.pairs[0].first.import_name == "lich-cu"


def test_shifts_of_different_people_may_meet() -> None:
    mine = [meeting("Ca – Lan", 1, 6, 14), meeting("Ca – Hoa", 1, 6, 14)]
    assert find_overlaps(mine, [], SINCE, VIETNAM, among_mine=False).pairs == ()


def test_ten_thousand_rows_are_swept_and_a_heap_of_them_at_one_time_is_cut_short() -> None:
    spread = [meeting(str(n), 1 + n % 28, n % 24, n % 24 + 0.5) for n in range(600)]
    begun = time.process_time()
    apart = find_overlaps([meeting(str(n), 1, n * 0.2, n * 0.2 + 0.19) for n in range(10_000)], [], SINCE, VIETNAM)
    heaped = find_overlaps([meeting(str(n), 1, 8, 9) for n in range(10_000)], [], SINCE, VIETNAM)
    assert time.process_time() - begun < 5
    assert (apart.pairs, apart.complete) == ((), True)
    assert (len(heaped.pairs), heaped.complete) == (MOST_PAIRS, False)
    assert find_overlaps(spread, [], SINCE, VIETNAM).pairs


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 20), st.integers(1, 8)), max_size=12))
def test_the_sweep_finds_what_comparing_everything_with_everything_finds(spans: list[tuple[int, int, int]]) -> None:
    parties = [meeting(str(n), day, begin, begin + hours) for n, (day, begin, hours) in enumerate(spans)]
    expected = {
        frozenset((a.event.summary, b.event.summary))
        for a in parties
        for b in parties
        if a is not b and a.event.start < b.event.end and b.event.start < a.event.end
    }
    found = find_overlaps(parties, [], SINCE, VIETNAM)
    assert {frozenset((one.first.event.summary, one.second.event.summary)) for one in found.pairs} == expected
    assert len(found.pairs) == len(expected)
    assert all(one.start < one.end for one in found.pairs)
    assert timedelta(days=300) < HORIZON

"""Events, rows and strategies for tests of the calendar tool."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from toolkit.calendar.identity import content_hash, event_id, identify
from toolkit.calendar.journal import remembered
from toolkit.calendar.model import Event, Keyed, Made, Plan, Source, Wanted
from toolkit.calendar.planning import Remembered, event_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ZONE = "Asia/Ho_Chi_Minh"
VIETNAM = ZoneInfo(ZONE)
NAME = "lịch"


def event(title: str = "Họp nhóm", day: int = 12, hour: int | None = 8, **fields: object) -> Event:
    """An event in December 2026, an hour long; all day when `hour` is None."""
    if hour is None:
        begins: date = date(2026, 12, day)
        return Event(title, begins, begins + timedelta(days=1), ZONE, **fields)  # type: ignore[arg-type]
    start = datetime(2026, 12, day, hour, 30, tzinfo=VIETNAM)
    return Event(title, start, start + timedelta(hours=1), ZONE, **fields)  # type: ignore[arg-type]


def wanted(events: Iterable[Event], *, sheet: str | None = "Sheet1", ids: Sequence[str] = ()) -> list[Wanted]:
    """Events as rows of a sheet, from row 2 on."""
    return [
        Wanted(one, Source("lich.xlsx", sheet, row), ids[row - 2] if row - 2 < len(ids) else "")
        for row, one in enumerate(events, start=2)
    ]


def made(keyed: Keyed, *, now: Event | None = None, run: str = "r1") -> Made:
    """What stands in a calendar after `keyed` was imported; `now` is what the member made of it since."""
    stands = now or keyed.wanted.event
    return Made(keyed.event_id, keyed.key, keyed.content, run, f"etag-{content_hash(stands)[:8]}", stands)


def keyed_of(rows: Sequence[Wanted], known: Iterable[Made] = ()) -> tuple[Keyed, ...]:
    return identify(NAME, rows, {one.key: one.content for one in known}).keyed


def memory_of(keyed: Iterable[Keyed]) -> dict[str, Remembered]:
    return {one.key: remembered(one) for one in keyed}


def after(plan: Plan, standing: Sequence[Made]) -> list[Made]:
    """What stands after a plan has been applied."""
    now = {one.key: one for one in standing}
    for change in plan.changes:
        if change.kind in {"create", "update"}:
            assert change.keyed is not None
            now[change.keyed.key] = made(change.keyed)
        elif change.kind == "delete":
            assert change.made is not None
            assert event_of(change) == change.made.event
            del now[change.made.key]
    assert all(one.event_id == event_id(one.key) for one in now.values())
    return list(now.values())


titles = st.sampled_from(["Họp nhóm", "HỌP NHÓM", "hop nhom", "Gặp chị Hoa", "Giao hàng", "Ca sáng", "Giỗ ông"])
days = st.integers(1, 5)
hours = st.sampled_from([None, 8, 9, 14])
places = st.sampled_from(["", "Phòng 2", "Quán cô Ba"])
events = st.builds(lambda t, d, h, p: event(t, d, h, location=p), titles, days, hours, places)
sheets = st.lists(events, max_size=12)
# Any text but the byte order mark, which is taken out of every cell as it is read, and by who reads an .ics too.
free_text = st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"), max_size=60)


@st.composite
def any_events(draw: st.DrawFn) -> Event:
    """Any event that a spreadsheet could ask for, with any text."""
    zone = draw(st.sampled_from([ZONE, "Asia/Saigon", "America/New_York", "UTC", "Europe/London"]))
    reminders = draw(st.lists(st.integers(0, 40_320), max_size=5, unique=True))
    fields = {
        "location": draw(free_text),
        "description": draw(free_text),
        "color": draw(st.sampled_from(["", "tomato", "xanh"])),
        "reminders": tuple(reminders),
        "attendees": tuple(draw(st.lists(st.sampled_from(["a@b.vn", "lan@cty.vn", "x.y@z.vn"]), max_size=3))),
    }
    if draw(st.booleans()):
        day = draw(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
        days_long = draw(st.integers(1, 9))
        rules = draw(st.sampled_from([(), ("RRULE:FREQ=YEARLY",), ("RRULE:FREQ=WEEKLY;UNTIL=20991231",)]))
        return Event(draw(free_text), day, day + timedelta(days=days_long), zone, recurrence=rules, **fields)  # type: ignore[arg-type]
    since = date(1990, 1, 1)
    clock = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)), draw(st.integers(0, 59)))
    start = datetime.combine(draw(st.dates(since, date(2090, 1, 1))), clock, UTC).astimezone(ZoneInfo(zone))
    minutes = draw(st.integers(1, 3000))
    rules = draw(
        st.sampled_from([(), ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20991231T165959Z",), ("RRULE:FREQ=DAILY;COUNT=3",)])
    )
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    return Event(draw(free_text), start, end, zone, recurrence=rules, **fields)  # type: ignore[arg-type]

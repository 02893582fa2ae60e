"""Independent judges of what we write into a Google Calendar: other people's clients and calendar libraries read it.

`gcsa` and `gcal_sync` are pointed at the loopback Google; `icalendar` with `recurring-ical-events`, and `dateutil`
expand the bodies that stand there. All of them, the server, and our own agenda name the same times.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr

from builders.calendar_sheets import imported, sheet
from builders.google_side import HANOI, IMPORT, Ids, event, operation, target_on
from toolkit.calendar.adapters.ics import IcsTarget
from toolkit.calendar.agenda import occurrences
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import _document
from toolkit.google.endpoint import ROOT_VARIABLE
from toolkit.shell.paths import Paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from pathlib import Path

    from gcal_sync.sync import CalendarEventSyncManager
    from gcsa.google_calendar import GoogleCalendar

    from running import Cli
    from toolkit.calendar.model import Event

EVERYTHING = "https://www.googleapis.com/auth/calendar"
SINCE, UNTIL = date(2026, 11, 1), date(2027, 7, 1)

# A title, and when it begins and ends: dates of an all-day event, else moments in UTC.
Time = tuple[str, str, str]

NEW_YORK = ZoneInfo("America/New_York")
SERIES: dict[str, Event] = {
    "an hour": event(summary="Gặp chị Hoa", description="mang hợp đồng\nvà mẫu", location="Quán Đo Đo"),
    "over midnight": event(
        summary="Ca đêm",
        start=datetime(2026, 12, 3, 22, 0, tzinfo=HANOI),
        end=datetime(2026, 12, 4, 6, 0, tzinfo=HANOI),
    ),
    "days": event(summary="Tết 🎉", start=date(2027, 2, 5), end=date(2027, 2, 10)),
    "weekly until a moment": event(
        summary="Lớp tối", recurrence=("RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270228T165959Z",)
    ),
    "every other week": event(
        summary="Họp nhóm", recurrence=("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270501T165959Z",)
    ),
    "so many times": event(summary="Tiêm nhắc", recurrence=("RRULE:FREQ=MONTHLY;COUNT=4",)),
    "on the last day of a month": event(
        summary="Chốt sổ",
        start=datetime(2026, 12, 31, 17, 0, tzinfo=HANOI),
        end=datetime(2026, 12, 31, 18, 0, tzinfo=HANOI),
        recurrence=("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20270630T165959Z",),
    ),
    "yearly, all day": event(
        summary="Ngày giỗ", start=date(2026, 12, 3), end=date(2026, 12, 4), recurrence=("RRULE:FREQ=YEARLY;COUNT=3",)
    ),
    "weekly, all day, until a day": event(
        summary="Trực tuần",
        start=date(2026, 12, 7),
        end=date(2026, 12, 9),
        recurrence=("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270125",),
    ),
    "over a change of clocks": event(
        summary="Họp với bên Mỹ",
        start=datetime(2027, 2, 25, 20, 0, tzinfo=NEW_YORK),
        end=datetime(2027, 2, 25, 21, 0, tzinfo=NEW_YORK),
        timezone="America/New_York",
        recurrence=("RRULE:FREQ=WEEKLY;UNTIL=20270416T035959Z",),
    ),
}


@pytest.fixture(scope="module")
def google() -> Iterator[LoopbackGoogle]:
    """All of these, written by us."""
    with LoopbackGoogle() as server, target_on(server) as target:
        operations = [operation("insert", number, one) for number, one in enumerate(SERIES.values())]
        assert {result.kind for result in target.perform(operations)} == {"done"}
        yield server


@pytest.fixture(scope="module")
def ours() -> set[Time]:
    return {_time(one.event.summary, one.start, one.end) for one in occurrences(SERIES.values(), SINCE, UNTIL, HANOI)}


def test_the_agenda_has_something_to_be_judged_by(ours: set[Time]) -> None:
    assert {title for title, _, _ in ours} == {one.summary for one in SERIES.values()}
    assert len(ours) > 50
    # By hand: 20:00 in New York is 01:00 UTC in winter, and 00:00 UTC once the clocks have gone forward on 14 March.
    clocks = sorted(start for title, start, _ in ours if title == "Họp với bên Mỹ")
    assert [start[11:16] for start in clocks] == ["01:00"] * 3 + ["00:00"] * 5


def test_gcsa_reads_the_times_that_our_agenda_shows(google: LoopbackGoogle, ours: set[Time]) -> None:
    with gcsa(google) as calendar:
        found = list(calendar.get_events(SINCE, UNTIL, timezone="Asia/Ho_Chi_Minh", single_events=True))
    assert {_time(one.summary, one.start, one.end) for one in found} == ours


def test_gcal_sync_works_out_the_times_that_our_agenda_shows(google: LoopbackGoogle, ours: set[Time]) -> None:
    """It fetches the series as they stand and repeats them by itself."""
    found = asyncio.run(synced(google))
    assert {_time(one.summary, one.start.value, one.end.value) for one in found} == ours


def test_a_calendar_library_works_out_the_times_that_our_agenda_shows(google: LoopbackGoogle, ours: set[Time]) -> None:
    """The bodies that stand at Google, put down as iCalendar by nobody's code but the library's."""
    calendar = icalendar.Calendar()
    for body in google.events():
        component = icalendar.Event()
        component.add("summary", body["summary"])
        component.add("uid", body["id"])
        for name, when in (("dtstart", body["start"]), ("dtend", body["end"])):
            component.add(name, _moment(when))
        for line in body.get("recurrence", ()):
            component.add("rrule", icalendar.vRecur.from_ical(line.removeprefix("RRULE:")))
        calendar.add_component(component)
    assert _expanded(calendar) == ours


def test_our_own_file_of_the_same_events_says_the_same(google: LoopbackGoogle, ours: set[Time], tmp_path: Path) -> None:
    with target_on(google, ids=Ids({"Học": google.calendars[0].resource["id"]})) as target:
        made = target.made_by(IMPORT)
    path = tmp_path / "ra.ics"
    IcsTarget(path, "Lịch", lambda: datetime(2026, 11, 22, tzinfo=HANOI)).replace_all([(one, IMPORT) for one in made])
    assert _expanded(icalendar.Calendar.from_ical(path.read_bytes())) == ours


def test_dateutil_follows_every_rule_to_the_same_times(google: LoopbackGoogle, ours: set[Time]) -> None:
    found = set()
    for body in google.events():
        start, end = _moment(body["start"]), _moment(body["end"])
        lines = body.get("recurrence") or ["RRULE:FREQ=DAILY;COUNT=1"]
        if isinstance(start, datetime):
            rule = rrulestr("\n".join(lines), dtstart=start)
            limit: Any = datetime.combine(UNTIL, datetime.min.time(), HANOI)
        else:
            rule = rrulestr("\n".join(lines), dtstart=datetime.combine(start, datetime.min.time()))
            limit = datetime.combine(UNTIL, datetime.min.time())
        for moment in rule:
            if moment >= limit:
                break
            first = moment if isinstance(start, datetime) else moment.date()
            found.add(_time(body["summary"], first, first + (end - start)))
    assert found == ours


def test_gcsa_reads_every_detail_that_a_member_wrote(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(
        tmp_path / "lịch.csv",
        [("Gặp chị Hoa", "12/12/2026", "8h30-9h30", "Quán Đo Đo", "mang mẫu\nvà hợp đồng 📄", "30", "hoa@example.com")],
        ("Tiêu đề", "Ngày", "Giờ", "Địa điểm", "Ghi chú", "Nhắc trước", "Email"),
    )
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        server.sign_in(Paths.find().google)
        assert imported(cli, path, to="google").exit_code == 0
        with gcsa(server) as calendar:
            [found] = calendar.get_events(SINCE, UNTIL, timezone="Asia/Ho_Chi_Minh")
    assert (found.summary, found.location) == ("Gặp chị Hoa", "Quán Đo Đo")
    assert found.start == datetime(2026, 12, 12, 8, 30, tzinfo=HANOI)
    assert found.end == datetime(2026, 12, 12, 9, 30, tzinfo=HANOI)
    assert found.timezone == "Asia/Ho_Chi_Minh"
    assert found.description == "mang mẫu\nvà hợp đồng 📄"
    assert [reminder.minutes_before_start for reminder in found.reminders] == [30]
    assert [guest.email for guest in found.attendees] == ["hoa@example.com"]


def test_a_program_that_keeps_in_step_sees_each_of_our_changes_once(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home Assistant's client follows Google by sync tokens: after our import, our update, our undo, and after Google
    has let its token go (410 fullSyncRequired), it holds what stands."""
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        server.sign_in(Paths.find().google)
        path = sheet(tmp_path / "lịch.csv")
        assert imported(cli, path, to="google").exit_code == 0
        states = asyncio.run(kept_in_step(server, cli, path))
    assert states == [10, 10, 9, 10, 10]


async def kept_in_step(google: LoopbackGoogle, cli: Cli, path: Path) -> list[int]:
    from builders.calendar_sheets import ROWS, with_row

    seen = []
    async with following(google) as manager:

        async def look() -> None:
            await manager.run()
            timeline = await manager.store_service.async_get_timeline(HANOI)
            found = {one.id: (one.summary, one.location or "") for one in timeline}
            assert found == {one["id"]: (one["summary"], one.get("location", "")) for one in google.events()}
            seen.append(len(found))

        await look()
        sheet(path, with_row(0, "Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 5"))
        assert imported(cli, path, to="google").exit_code == 0
        await look()
        sheet(path, ROWS[1:])
        assert imported(cli, path, "--delete", "1", to="google").exit_code == 0
        await look()
        assert cli("calendar", "undo", "3", "--yes").exit_code == 0
        google.state.expire_sync_tokens()
        await look()
        assert any(request.status == 410 for request in google.requests)
        await look()
    return seen


# --- the judges ---


@contextmanager
def gcsa(google: LoopbackGoogle) -> Iterator[GoogleCalendar]:
    """Somebody else's client, on this machine's server."""
    from gcsa.google_calendar import GoogleCalendar
    from googleapiclient import discovery

    credentials = google.credentials([EVERYTHING])
    calendar = GoogleCalendar(google.calendars[0].resource["id"], credentials=credentials)
    calendar.service.close()
    build: Any = discovery.build_from_document  # type: ignore[attr-defined]
    with build(_document("calendar", "v3", google.root), credentials=credentials) as calendar.service:
        yield calendar


async def synced(google: LoopbackGoogle) -> list[Any]:
    async with following(google) as manager:
        await manager.run()
        timeline = await manager.store_service.async_get_timeline(HANOI)
        return list(timeline.overlapping(_midnight(SINCE), _midnight(UNTIL)))


@asynccontextmanager
async def following(google: LoopbackGoogle) -> AsyncIterator[CalendarEventSyncManager]:
    """gcal_sync, following our calendar on this machine's server."""
    import aiohttp
    from gcal_sync.api import GoogleCalendarService
    from gcal_sync.auth import AbstractAuth
    from gcal_sync.sync import CalendarEventSyncManager

    token = google.credentials([EVERYTHING]).token

    class Auth(AbstractAuth):
        async def async_get_access_token(self) -> str:
            return str(token)

    async with aiohttp.ClientSession() as session:
        service = GoogleCalendarService(Auth(session, f"{google.root}calendar/v3"))
        yield CalendarEventSyncManager(service, google.calendars[0].resource["id"])


# --- times, to be compared ---


def _time(title: str, start: date | datetime, end: date | datetime) -> Time:
    return title, _spelled(start), _spelled(end)


def _spelled(moment: date | datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def _moment(when: dict[str, str]) -> date | datetime:
    if "date" in when:
        return date.fromisoformat(when["date"])
    return datetime.fromisoformat(when["dateTime"]).astimezone(ZoneInfo(when["timeZone"]))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), HANOI)


def _expanded(calendar: icalendar.Calendar) -> set[Time]:
    found: Iterable[Any] = recurring_ical_events.of(calendar).between(_midnight(SINCE), _midnight(UNTIL))
    return {_time(str(one["summary"]), one["dtstart"].dt, one["dtend"].dt) for one in found}

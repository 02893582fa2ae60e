"""An .ics file of ours says the same to every calendar program, and what others wrote into it survives us."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings

from builders.calendar_events import VIETNAM, any_events, event, keyed_of, wanted
from toolkit.calendar.adapters.icalendar_text import event_and_marks, render
from toolkit.calendar.adapters.ics import IcsTarget
from toolkit.calendar.agenda import occurrences
from toolkit.calendar.identity import canonical, content_hash
from toolkit.calendar.model import Event, Keyed
from toolkit.calendar.ports import Marks, Operation
from toolkit.core.errors import InputError, StoreError

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FOREIGN = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//someone//else//EN\r
X-WR-CALNAME:Của tôi\r
BEGIN:VTIMEZONE\r
TZID:Asia/Ho_Chi_Minh\r
BEGIN:STANDARD\r
DTSTART:19700101T000000\r
TZOFFSETFROM:+0700\r
TZOFFSETTO:+0700\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:own@elsewhere\r
DTSTAMP:20260101T000000Z\r
DTSTART:20261224T180000Z\r
SUMMARY:Tiệc\\, của người khác\r
X-THEIRS;ODD="a:b":v\r
END:VEVENT\r
BEGIN:VTODO\r
UID:todo@elsewhere\r
DTSTAMP:20260101T000000Z\r
SUMMARY:Mua quà\r
END:VTODO\r
END:VCALENDAR\r
"""


def target(path: Path) -> IcsTarget:
    return IcsTarget(path, "Lịch", lambda: NOW)


def inserts(keyed: tuple[Keyed, ...], run: str = "r1") -> list[Operation]:
    return [
        Operation("insert", one.event_id, one.wanted.event, Marks("lịch", one.key, one.content, run)) for one in keyed
    ]


def fill(path: Path, *events: Event) -> IcsTarget:
    file = target(path)
    results = list(file.perform(inserts(keyed_of(wanted(events)))))
    assert {result.kind for result in results} <= {"done"}
    return file


@given(any_events())
def test_an_event_comes_back_as_it_was_written(one: Event) -> None:
    marks = Marks('lịch "a;b,c\\d"', "k" * 64, content_hash(one), "run")
    event_id, back, kept = event_and_marks(render("0" * 32, one, marks, NOW))
    assert event_id == "0" * 32
    assert kept == marks
    assert content_hash(back) == content_hash(one)


@given(any_events())
@settings(max_examples=50)
def test_other_readers_take_the_event_for_what_it_is(one: Event) -> None:
    text = render("0" * 32, one, Marks("lịch", "k", "c", "r"), NOW)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    component: Any = icalendar.Event.from_ical(text)
    assert not component.errors
    assert component["dtstart"].dt == one.start
    assert component["dtend"].dt == one.end
    rules = [f"RRULE:{component['rrule'].to_ical().decode()}"] if "rrule" in component else []
    assert canonical(replace(one, recurrence=tuple(rules))) == canonical(one)
    assert [alarm["trigger"].dt for alarm in component.walk("VALARM")] == [
        timedelta(minutes=-minutes) for minutes in one.reminders
    ]


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    for clock in (5, 6):  # 01:30 in New York, before and after the clocks go back
        start = datetime(2026, 11, 1, clock, 30, tzinfo=UTC)
        one = Event("Gọi chi nhánh", start, start + timedelta(hours=1), "America/New_York")
        _, back, _ = event_and_marks(render("0" * 32, one, Marks("lịch", "k", "c", "r"), NOW))
        assert isinstance(back.start, datetime)
        assert back.start.astimezone(UTC) == start


def test_two_independent_readers_see_the_same_occurrences(tmp_path: Path) -> None:
    events = [
        event("Lớp toán", 7, 8, recurrence=("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T165959Z",)),
        event("Giỗ ông", 3, None, recurrence=("RRULE:FREQ=YEARLY",)),
        event("Trực đêm", 5, 22, recurrence=("RRULE:FREQ=DAILY;COUNT=4",)),
        event("Họp một lần", 9, 14),
        event("Hội nghị", 10, None),
    ]
    fill(tmp_path / "lich.ics", *events)
    calendar = icalendar.Calendar.from_ical((tmp_path / "lich.ics").read_bytes())
    since, until = date(2026, 12, 1), date(2028, 1, 15)
    theirs = sorted(
        (str(one["summary"]), one["dtstart"].dt.isoformat(), one["dtend"].dt.isoformat())
        for one in recurring_ical_events.of(calendar).between(since, until)
    )
    ours = sorted(
        (one.event.summary, one.start.isoformat(), one.end.isoformat())
        for one in occurrences(events, since, until, VIETNAM)
    )
    assert ours == theirs
    assert len(ours) > 14


def test_the_file_names_its_time_zone_beyond_2038(tmp_path: Path) -> None:
    fill(
        tmp_path / "lich.ics",
        event(),
        Event("Xa", datetime(2060, 7, 1, 8, tzinfo=UTC), datetime(2060, 7, 1, 9, tzinfo=UTC), "America/New_York"),
    )
    calendar = icalendar.Calendar.from_ical((tmp_path / "lich.ics").read_bytes())
    zones = {str(zone["tzid"]): zone.to_tz() for zone in calendar.timezones}
    assert zones.keys() == {"Asia/Ho_Chi_Minh", "America/New_York"}
    assert datetime(2060, 7, 1, 8, tzinfo=zones["America/New_York"]).utcoffset() == timedelta(hours=-4)


def test_what_others_wrote_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "chung.ics"
    path.write_bytes(FOREIGN.encode())
    file = fill(path, event("Họp nhóm"))
    body = FOREIGN.removesuffix("END:VCALENDAR\r\n")
    assert path.read_bytes().decode().startswith(body)
    [made] = file.made_by("lịch")
    list(file.perform([Operation("delete", made.event_id, etag=made.etag)]))
    assert path.read_bytes().decode() == FOREIGN


def test_a_file_that_we_made_goes_when_our_last_event_goes(tmp_path: Path) -> None:
    path = tmp_path / "moi.ics"
    file = fill(path, event())
    assert path.stat().st_mode & 0o777 == 0o600
    [made] = file.made_by("lịch")
    list(file.perform([Operation("delete", made.event_id, etag=made.etag)]))
    assert not path.exists()
    assert file.made_by("lịch") == []


def test_an_insert_again_is_the_same_event_and_another_content_is_a_conflict(tmp_path: Path) -> None:
    path = tmp_path / "lich.ics"
    keyed = keyed_of(wanted([event()]))
    fill(path, event())
    before = path.read_bytes()
    assert [one.kind for one in target(path).perform(inserts(keyed))] == ["done"]
    assert path.read_bytes() == before
    assert [one.kind for one in target(path).perform(inserts(keyed, run="r2"))] == ["conflict"]
    assert path.read_bytes() == before


def test_an_event_edited_by_another_program_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "lich.ics"
    file = fill(path, event("Họp nhóm"))
    [made] = file.made_by("lịch")
    path.write_bytes(path.read_bytes().replace("SUMMARY:Họp nhóm".encode(), "SUMMARY:Họp nhóm (dời)".encode()))
    [now] = file.made_by("lịch")
    assert now.event.summary == "Họp nhóm (dời)"
    assert content_hash(now.event) != now.content
    marks = Marks("lịch", made.key, made.content, "r2")
    stale = [
        Operation("update", made.event_id, event("X"), marks, made.etag),
        Operation("delete", made.event_id, etag=made.etag),
    ]
    assert [one.kind for one in file.perform(stale)] == ["conflict", "conflict"]


def test_an_update_keeps_the_uid_and_counts_the_sequence_on(tmp_path: Path) -> None:
    path = tmp_path / "lich.ics"
    file = fill(path, event())
    [made] = file.made_by("lịch")
    moved = event(location="Phòng 3")
    marks = Marks("lịch", made.key, content_hash(moved), "r2")
    [result] = file.perform([Operation("update", made.event_id, moved, marks, made.etag)])
    assert result.made is not None
    assert result.made.event.location == "Phòng 3"
    component = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")[0]
    assert (str(component["uid"]), int(str(component["sequence"]))) == (f"{made.event_id}@sotay", 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ngay,viec\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        b"\xff\xfe\x00",
        b"%PDF-1.7",
    ],
)
def test_a_file_that_is_no_calendar_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "khac.ics"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        target(path).made_by("lịch")
    assert refused.value.problem.code == "calendar.ics_unreadable"
    assert path.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        target(tmp_path).made_by("lịch")
    with pytest.raises(StoreError):
        fill(tmp_path / "không có" / "lich.ics", event())


def test_floating_times_and_durations_of_other_programs_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "lich.ics"
    file = fill(path, event())
    text = path.read_bytes().decode()
    text = text.replace("DTSTART;TZID=Asia/Ho_Chi_Minh:20261212T083000", "DTSTART:20261212T083000")
    text = text.replace("DTEND;TZID=Asia/Ho_Chi_Minh:20261212T093000", "DURATION:PT90M")
    path.write_bytes(text.encode())
    [made] = file.made_by("lịch")
    assert made.event.start == datetime(2026, 12, 12, 8, 30, tzinfo=VIETNAM)
    assert made.event.end == datetime(2026, 12, 12, 10, 0, tzinfo=VIETNAM)

"""What we write into a real Radicale: there once, found again, and the same to every other reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.caldav_side import Radicale
from builders.calendar_events import VIETNAM, any_events
from builders.calendar_events import event as december
from builders.google_side import IMPORT, Ids, drain, event, id_of, operation
from toolkit.calendar.adapters.caldav import LANES, next_generation
from toolkit.calendar.agenda import occurrences
from toolkit.calendar.identity import content_hash, event_id
from toolkit.calendar.model import Event
from toolkit.calendar.ports import Marks, Operation
from toolkit.core.errors import ConflictError, RemoteError, SignInError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.calendar.ports import Result


NUMBERS = count()


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        yield server


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with Radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


def test_looking_before_the_first_import_writes_nothing(radicale: Radicale) -> None:
    with radicale.target() as target:
        assert target.made_by(IMPORT) == []
        assert target.get(id_of(1)) is None
    assert radicale.writes == 0


def test_the_calendar_is_made_once_and_remembered(radicale: Radicale) -> None:
    ids = Ids()
    for number in range(2):
        with radicale.target(ids=ids) as target:
            assert [result.kind for result in target.perform([operation("insert", number)])] == ["done"]
    assert radicale.counts()["MKCALENDAR"] == 1
    with radicale.server() as server:
        assert [calendar.name for calendar in server.calendars()] == ["Sổ tay – Học"]
    radicale.forget()
    with radicale.target(ids=ids) as target:
        assert len(target.made_by(IMPORT)) == 2
    assert radicale.counts() == {"REPORT": 1}


def test_our_calendar_is_found_again_on_a_new_machine(radicale: Radicale) -> None:
    for number in range(2):
        with radicale.target(ids=Ids()) as target:
            list(target.perform([operation("insert", number)]))
    with radicale.target(ids=Ids()) as target:
        assert len(target.made_by(IMPORT)) == 2
    assert radicale.counts()["MKCALENDAR"] == 1


def test_a_calendar_that_the_member_has_is_used_where_they_name_it(radicale: Radicale) -> None:
    with radicale.server() as server:
        mine = server.make_calendar("Việc nhà")
        other = server.make_calendar("Cơ quan")
    with radicale.target(calendar="Việc nhà") as target:
        list(target.perform([operation("insert", 1)]))
    with radicale.server() as server:
        assert len(server.items(mine.url) or ()) == 1
        assert server.items(other.url) == []


def test_the_address_of_a_calendar_is_that_calendar(radicale: Radicale) -> None:
    with radicale.server() as server:
        mine = server.make_calendar("Việc nhà")
    with radicale.target(mine.url, "Việc nhà") as target:
        list(target.perform([operation("insert", 1)]))
        assert len(target.made_by(IMPORT)) == 1
    with radicale.target(mine.url, "Cơ quan") as target, pytest.raises(ConflictError) as refused:
        target.made_by(IMPORT)
    assert refused.value.problem.code == "caldav.address_is_a_calendar"


def test_an_address_without_a_calendar_server_says_so(radicale: Radicale) -> None:
    for method, status in (("PROPFIND", 405), ("PROPFIND", 404), ("PROPFIND", 501)):
        radicale.faults.clear()
        radicale.fail(method, "status", status=status, times=9)
        with radicale.target() as target, pytest.raises(RemoteError) as refused:
            target.made_by(IMPORT)
        assert refused.value.problem.code == "caldav.not_found"


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_who_knows_only_the_name_of_the_server_is_led_to_its_calendars(radicale: Radicale, status: int) -> None:
    radicale.fail("PROPFIND", "status", status=status, times=1, path="/nothing-here")
    radicale.fail(
        "PROPFIND", "status", status=301, headers={"Location": radicale.home}, times=1, path="/.well-known/caldav"
    )
    with radicale.target(radicale.url + "nothing-here/") as target:
        assert [result.kind for result in target.perform([operation("insert", 1)])] == ["done"]


def import_one(radicale: Radicale) -> None:
    with radicale.target() as target:
        target.made_by(IMPORT)
        list(target.perform([operation("insert", 1)]))
        target.made_by(IMPORT)


def test_a_server_that_leads_to_another_machine_is_not_followed(radicale: Radicale) -> None:
    elsewhere = "https://kẻ-xấu.example/dav/"
    for method in ("PROPFIND", "REPORT", "PUT"):
        radicale.faults.clear()
        radicale.fail(method, "status", status=307, headers={"Location": elsewhere.encode("idna").decode()}, times=9)
        with pytest.raises(RemoteError) as refused:
            import_one(radicale)
        assert refused.value.problem.code == "caldav.leads_elsewhere"


def test_a_wrong_password_is_said_once(radicale: Radicale) -> None:
    radicale.password = "falsch"
    with radicale.target() as target, pytest.raises(SignInError) as refused:
        target.made_by(IMPORT)
    assert refused.value.problem.code == "caldav.wrong_password"
    assert sum(radicale.counts().values()) == 1


def test_a_thousand_unchanged_events_cost_one_listing_and_no_write(radicale: Radicale) -> None:
    ids = Ids()
    radicale.holds([operation("insert", n) for n in range(1000)], ids)
    with radicale.target(ids=ids) as target:
        assert len(target.made_by(IMPORT)) == 1000
        assert radicale.counts() == {"REPORT": 1}
        [made] = [one for one in target.made_by(IMPORT) if one.key == "row 7"]
        radicale.forget()
        list(target.perform([operation("update", 7, event(7, location="Quán khác"), etag=made.etag)]))
    assert radicale.counts() == {"PUT": 1}


def test_a_new_event_is_one_write_and_only_the_first_is_looked_at(radicale: Radicale) -> None:
    with radicale.target() as target:
        assert all(one.kind == "done" for one in target.perform([operation("insert", n) for n in range(30)]))
    assert radicale.counts()["PUT"] == 30
    assert radicale.counts()["GET"] == 1  # does the server keep our marks?
    assert radicale.counts()["REPORT"] == 0


def test_a_few_writes_are_on_their_way_at_once_and_told_in_order(radicale: Radicale) -> None:
    radicale.latency = 0.03
    with radicale.target() as target:
        results = list(target.perform([operation("insert", n) for n in range(30)]))
        assert 1 < radicale.most_at_once <= LANES
        etags = {one.key: one.etag for one in target.made_by(IMPORT)}
        radicale.fail("PUT", "status", status=507, after=5, times=99)
        updates = [operation("update", n, event(n, location="Khác"), etag=etags[f"row {n}"]) for n in range(30)]
        done: list[Result] = []
        with pytest.raises(RemoteError):
            drain(target.perform(updates), done)
    assert [one.operation.event_id for one in results] == [id_of(n) for n in range(30)]
    assert len(done) == 5
    assert sum("Khác" in text for text in radicale.texts()) == 5


def test_imports_of_another_name_are_not_ours(radicale: Radicale) -> None:
    with radicale.target() as target:
        list(target.perform([operation("insert", 1)]))
        assert target.made_by("lịch làm") == []


@given(data=st.data())
@settings(max_examples=40)
def test_any_event_reads_back_as_what_was_written(shared: Radicale, data: st.DataObject) -> None:
    one = data.draw(any_events())
    key = f"row {next(NUMBERS)}"
    marks = Marks('lịch "a;b,c\\d"', key, content_hash(one), "run")
    with shared.target() as target:
        [result] = target.perform([Operation("insert", event_id(key), one, marks)])
        assert result.kind == "done"
        [back] = [made for made in target.made_by(marks.import_name) if made.key == key]
    assert content_hash(back.event) == content_hash(one) == back.content
    assert (back.event_id, back.run) == (event_id(key), "run")


def test_two_independent_readers_see_the_same_occurrences(radicale: Radicale) -> None:
    events = [
        december("Lớp toán", 7, 8, recurrence=("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T165959Z",)),
        december("Giỗ ông", 3, None, recurrence=("RRULE:FREQ=YEARLY",)),
        december("Trực đêm", 5, 22, recurrence=("RRULE:FREQ=DAILY;COUNT=4",)),
        december("Họp một lần", 9, 14),
        december("Hội nghị", 10, None),
    ]
    with radicale.target() as target:
        assert {one.kind for one in target.perform([operation("insert", n, e) for n, e in enumerate(events)])} == {
            "done"
        }
    since, until = date(2026, 12, 1), date(2028, 1, 15)
    theirs = sorted(
        (str(one["summary"]), one["dtstart"].dt.isoformat(), one["dtend"].dt.isoformat())
        for text in radicale.texts()
        for one in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(since, until)
    )
    ours = sorted(
        (one.event.summary, one.start.isoformat(), one.end.isoformat())
        for one in occurrences(events, since, until, VIETNAM)
    )
    assert ours == theirs
    assert len(ours) > 14


def test_a_calendar_program_sees_nothing_wrong_with_our_events(radicale: Radicale) -> None:
    with radicale.target() as target:
        list(target.perform([operation("insert", 1, event(1, reminders=(30,), attendees=("hoa@example.org",)))]))
    [text] = radicale.texts()
    calendar: Any = icalendar.Calendar.from_ical(text)
    [component] = calendar.events
    assert not calendar.errors
    assert not component.errors
    assert component["dtstart"].dt == event(1).start
    assert "organizer" not in component  # nobody invites anybody (RFC 6638): servers would send letters
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Asia/Ho_Chi_Minh"]


def test_an_update_changes_what_the_row_says_and_counts_on(radicale: Radicale) -> None:
    with radicale.target() as target:
        [made] = [one.made for one in target.perform([operation("insert", 1)])]
        assert made is not None
        wanted = event(1, location="", description="Mang hợp đồng")
        [updated] = target.perform([operation("update", 1, wanted, etag=made.etag, run="run2")])
        assert updated.kind == "done"
        [back] = target.made_by(IMPORT)
    assert content_hash(back.event) == content_hash(wanted)
    assert (back.run, back.etag) == ("run2", updated.made.etag if updated.made else "")
    [text] = radicale.texts()
    assert "SEQUENCE:1" in text
    assert f"UID:{id_of(1)}@sotay" in text


def test_an_insert_again_is_the_same_event_and_another_content_is_a_conflict(radicale: Radicale) -> None:
    with radicale.target() as target:
        list(target.perform([operation("insert", 1)]))
    with radicale.target() as target:
        [again] = target.perform([operation("insert", 1)])
        assert (again.kind, again.made.key if again.made else "") == ("done", "row 1")
        [other] = target.perform([operation("insert", 1, event(1, location="Quán khác"))])
        assert other.kind == "conflict"
    assert len(radicale.texts()) == 1


def test_an_event_edited_by_hand_reads_back_as_edited_and_is_not_overwritten(radicale: Radicale) -> None:
    with radicale.target() as target:
        [made] = [one.made for one in target.perform([operation("insert", 1)])]
        assert made is not None
        radicale.edit("Gặp khách 1", "Quán Đo Đo", "Nhà chị Hoa")
        for kind in ("update", "delete"):
            [result] = target.perform([operation(kind, 1, etag=made.etag, run="run2")])
            assert result.kind == "conflict"
            assert result.made is not None
            assert result.made.event.location == "Nhà chị Hoa"
        [back] = target.made_by(IMPORT)
    assert content_hash(back.event) != back.content


def test_a_series_edited_in_one_place_reads_back_as_edited(radicale: Radicale) -> None:
    series = event(1, recurrence=("RRULE:FREQ=WEEKLY;COUNT=5",))
    with radicale.target() as target:
        [made] = [one.made for one in target.perform([operation("insert", 1, series)])]
        with radicale.server() as server:
            [item] = [item for calendar in server.calendars() for item in server.items(calendar.url) or ()]
            [body] = re.findall("BEGIN:VEVENT.*?END:VEVENT\n", item.text.replace("\r\n", "\n"), re.DOTALL)
            moved = re.sub("RRULE:.*\n", "RECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20261208T093000\n", body)
            moved = moved.replace("20261201T", "20261209T")
            text = item.text.replace("\r\n", "\n").replace("END:VCALENDAR", f"{moved}END:VCALENDAR")
            assert server.put(item.url, text, etag=item.etag).status in (201, 204)
        [back] = target.made_by(IMPORT)
        assert made is not None
        assert back.event.start == made.event.start
        assert back.event.recurrence == (*series.recurrence, "EXDATE;TZID=Asia/Ho_Chi_Minh:20261208T093000")
        [result] = target.perform([operation("update", 1, series, etag=back.etag, run="run2")])
        assert result.kind == "done"
        [back] = target.made_by(IMPORT)
    assert content_hash(back.event) == content_hash(series)


def test_a_deleted_event_is_gone_and_deleting_it_again_is_done(radicale: Radicale) -> None:
    with radicale.target() as target:
        [made] = [one.made for one in target.perform([operation("insert", 1)])]
        assert made is not None
        assert [one.kind for one in target.perform([operation("delete", 1, etag=made.etag)])] == ["done"]
        assert [one.kind for one in target.perform([operation("delete", 1, etag=made.etag)])] == ["done"]
        assert target.get(id_of(1)) is None
        [update] = target.perform([operation("update", 1, etag=made.etag)])
        assert (update.kind, update.made) == ("conflict", None)
        assert [one.kind for one in target.perform([operation("insert", 1)])] == ["done"]


def test_an_event_that_another_program_moved_to_another_address_is_still_ours(radicale: Radicale) -> None:
    with radicale.target() as target:
        list(target.perform([operation("insert", 1)]))
    with radicale.server() as server:
        [(calendar, item)] = [(c, item) for c in server.calendars() for item in server.items(c.url) or ()]
        assert server.delete(item.url, etag=item.etag).status == 200
        assert server.put(calendar.url + "m%E1%BB%9Bi.ics", item.text).status == 201
    with radicale.target() as target:
        [again] = target.perform([operation("insert", 1)])
        assert again.kind == "done"
    with radicale.target() as target:
        [made] = target.made_by(IMPORT)
        [update] = target.perform([operation("update", 1, event(1, location="Khác"), etag=made.etag)])
        assert update.kind == "done"
    assert len(radicale.texts()) == 1


def test_an_id_that_lies_in_the_servers_bin_gets_a_successor(radicale: Radicale) -> None:
    """Nextcloud keeps deleted events for a month and refuses their ids meanwhile."""
    said = "Calendar object with uid already exists in this calendar collection."
    radicale.fail("PUT", "status", status=400, body=f"<error><message>{said}</message></error>", path=id_of(1))
    with radicale.target() as target:
        [result] = target.perform([operation("insert", 1)])
        assert result.kind == "done"
        assert result.made is not None
        assert result.made.event_id == next_generation(id_of(1))
        [made] = target.made_by(IMPORT)
        assert (made.key, made.event_id) == ("row 1", next_generation(id_of(1)))
        update = Operation(
            "update", made.event_id, event(1, location="Khác"), Marks(IMPORT, "row 1", "x", "r"), made.etag
        )
        assert [one.kind for one in target.perform([update])] == ["done"]


def test_a_row_that_the_server_refuses_fails_alone_with_its_reason(radicale: Radicale) -> None:
    body = '<error xmlns="DAV:"><max-resource-size xmlns="urn:ietf:params:xml:ns:caldav"/></error>'
    radicale.fail("PUT", "status", status=403, body=body, path=id_of(1))
    with radicale.target() as target:
        results = list(target.perform([operation("insert", n) for n in range(3)]))
    assert [one.kind for one in results] == ["done", "failed", "done"]
    assert results[1].detail == "max-resource-size"


def test_a_calendar_that_may_only_be_read_stops_the_run(radicale: Radicale) -> None:
    body = '<error xmlns="DAV:"><need-privileges/></error>'
    radicale.fail("PUT", "status", status=403, body=body, times=9)
    with radicale.target() as target, pytest.raises(RemoteError) as refused:
        list(target.perform([operation("insert", n) for n in range(3)]))
    assert refused.value.problem.code == "caldav.read_only"
    assert radicale.counts()["PUT"] == 1


def test_a_server_that_drops_our_marks_is_found_out_with_the_first_event(radicale: Radicale) -> None:
    with radicale.target() as target:
        list(target.perform([operation("insert", 0)]))
    [text] = radicale.texts()
    bare = re.sub("X-SOTAY-(?!ZONE)[^\n]*\n( [^\n]*\n)*", "", text.replace("\r\n", "\n"))
    radicale.remove("Gặp khách 0")
    radicale.fail("GET", "status", status=200, body=bare, headers={"Content-Type": "text/calendar", "ETag": '"e"'})
    with radicale.target() as target, pytest.raises(RemoteError) as refused:
        list(target.perform([operation("insert", n) for n in range(3)]))
    assert refused.value.problem.code == "caldav.drops_marks"
    assert radicale.counts()["PUT"] == 2


def test_when_the_member_removed_our_calendar_a_new_import_makes_a_new_one(radicale: Radicale) -> None:
    ids = Ids()
    with radicale.target(ids=ids) as target:
        list(target.perform([operation("insert", 1)]))
    with radicale.server() as server:
        assert server.delete(ids["Học"], etag="").status == 200
    with radicale.target(ids=ids) as target:
        assert target.made_by(IMPORT) == []
        assert [one.kind for one in target.perform([operation("insert", 1)])] == ["done"]
        assert len(target.made_by(IMPORT)) == 1


def test_a_write_into_a_calendar_that_has_just_vanished_says_so(radicale: Radicale) -> None:
    ids = Ids()
    with radicale.target(ids=ids) as target:
        [made] = [one.made for one in target.perform([operation("insert", 1)])]
        with radicale.server() as server:
            assert server.delete(ids["Học"], etag="").status == 200
        with pytest.raises(RemoteError) as refused:
            list(target.perform([operation("insert", 2)]))
        assert refused.value.problem.code == "caldav.calendar_gone"
        assert made is not None
        kinds = [one.kind for one in target.perform([operation("delete", 1, etag=made.etag)])]
        assert kinds == ["done"]


def test_what_others_wrote_is_neither_listed_nor_touched(radicale: Radicale) -> None:
    foreign = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:own@elsewhere\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART:20261224T180000Z\r\nSUMMARY:Tiệc\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    with radicale.server() as server:
        mine = server.make_calendar("Của tôi")
        assert server.put(mine.url + "ti%E1%BB%87c.ics", foreign).status == 201
    with radicale.target(mine.url, "Của tôi") as target:
        assert target.made_by(IMPORT) == []
        [made] = [one.made for one in target.perform([operation("insert", 1)])]
        assert made is not None
        list(target.perform([operation("delete", 1, etag=made.etag)]))
    [text] = radicale.texts()
    assert "UID:own@elsewhere" in text


def test_an_hour_far_away_keeps_its_zone(radicale: Radicale) -> None:
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    one = Event("Gọi chi nhánh", start, start + timedelta(hours=1), "America/New_York")
    with radicale.target() as target:
        list(target.perform([operation("insert", 1, one), operation("insert", 2, replace(one, timezone="UTC"))]))
        back = {made.key: made for made in target.made_by(IMPORT)}
    assert content_hash(back["row 1"].event) == content_hash(one)
    assert content_hash(back["row 2"].event) == content_hash(replace(one, timezone="UTC"))

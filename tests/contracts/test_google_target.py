"""The Google target against the loopback Google: what `ports.Target` promises, through the real client library."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.google_side import HANOI, IMPORT, Ids, client_of, event, id_of, operation, target_on
from toolkit.calendar.adapters.google import GoogleTarget
from toolkit.calendar.identity import content_hash
from toolkit.core.errors import RemoteError, SignInError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.calendar.model import Event

WEEKLY = event(summary="Lớp tối", recurrence=("RRULE:FREQ=WEEKLY;UNTIL=20270101T000000Z",))
ALL_DAY = event(summary="Giỗ ông", start=date(2026, 12, 3), end=date(2026, 12, 4))


@pytest.fixture(scope="module")
def shared() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as google:
        yield google


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        yield server


def test_looking_before_the_first_import_writes_nothing(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        assert target.made_by(IMPORT) == []
        assert target.get(id_of(0)) is None
    assert google.writes == 0


def test_the_calendar_is_made_once_and_remembered(google: LoopbackGoogle) -> None:
    ids = Ids()
    for number in range(3):
        with target_on(google, ids=ids) as target:
            assert [result.kind for result in target.perform([operation("insert", number)])] == ["done"]
    assert [calendar.resource["summary"] for calendar in google.calendars] == ["Sổ tay – Học"]
    assert google.count("calendars.insert") == 1
    assert google.count("calendarList.list") == 0


def test_with_a_wider_sign_in_our_calendar_is_found_again_on_a_new_machine() -> None:
    with LoopbackGoogle(scopes=["https://www.googleapis.com/auth/calendar"]) as google:
        for number in range(2):
            with target_on(google, ids=Ids()) as target:
                list(target.perform([operation("insert", number)]))
        assert len(google.calendars) == 1


def test_a_thousand_unchanged_events_cost_one_listing_and_no_write(google: LoopbackGoogle) -> None:
    ids = Ids()
    with target_on(google, ids=ids) as target:
        assert all(result.kind == "done" for result in target.perform([operation("insert", n) for n in range(1000)]))
    google.forget_requests()
    with target_on(google, ids=ids) as target:
        made = target.made_by(IMPORT)
    assert len(made) == 1000
    assert all(content_hash(one.event) == one.content for one in made)
    assert google.counts() == {"events.list": 1}


def test_a_thousand_events_go_out_in_batches_of_fifty(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        list(target.perform([operation("insert", number) for number in range(120)]))
    assert google.count("batch") == 3
    assert google.count("events.insert") == 120


def test_a_listing_of_several_pages_is_read_to_its_end(google: LoopbackGoogle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.calendar.adapters.google.PAGE", 7)
    with target_on(google) as target:
        list(target.perform([operation("insert", number) for number in range(20)]))
        google.forget_requests()
        assert {one.event_id for one in target.made_by(IMPORT)} == {id_of(number) for number in range(20)}
    assert google.count("events.list") == 3


def test_imports_of_another_name_are_not_listed(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        list(target.perform([operation("insert")]))
        assert target.made_by("lịch học 2") == []
        assert target.made_by("a=b&c,d") == []


def test_results_come_in_the_order_of_the_operations(google: LoopbackGoogle) -> None:
    operations = [operation("insert", number) for number in range(60)]
    with target_on(google) as target:
        assert [result.operation for result in target.perform(operations)] == operations


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "UTC", "America/New_York", "Asia/Saigon"])
@pytest.mark.parametrize(
    "wanted",
    [
        event(),
        ALL_DAY,
        WEEKLY,
        event(reminders=(60, 0, 1440)),
        event(attendees=("Lan@Example.com", "ba@example.com")),
        event(color="7", description="dòng 1\ndòng 2\n\n– hết"),
        event(timezone="Europe/Paris"),
        event(summary="Ngày giỗ", start=date(2026, 12, 3), end=date(2026, 12, 4), recurrence=("RRULE:FREQ=YEARLY",)),
    ],
    ids=["hour", "all-day", "weekly", "reminders", "guests", "colour", "elsewhere", "yearly"],
)
def test_an_untouched_event_reads_back_as_what_was_written(google: LoopbackGoogle, wanted: Event, zone: str) -> None:
    with client_of(google) as client:
        target = GoogleTarget(client, "Học", Ids(), zone=zone)
        result = next(target.perform([operation("insert", 0, wanted)]))
        (listed,) = target.made_by(IMPORT)
    assert result.made is not None
    assert content_hash(result.made.event) == content_hash(listed.event) == listed.content == content_hash(wanted)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 (hypothesis wants naive bounds)
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(HANOI),
    allow_imaginary=False,
).map(lambda when: when.replace(microsecond=0))


@settings(max_examples=40)
@given(st.data())
def test_any_event_reads_back_as_what_was_written(shared: LoopbackGoogle, data: st.DataObject) -> None:
    start = data.draw(moments)
    length = data.draw(st.timedeltas(timedelta(minutes=1), timedelta(days=40)))
    days = data.draw(st.integers(1, 30))
    all_day = data.draw(st.booleans())
    wanted = event(
        summary=data.draw(texts),
        start=start.date() if all_day else start,
        end=start.date() + timedelta(days=days) if all_day else start + timedelta(seconds=int(length.total_seconds())),
        location=data.draw(texts),
        description=data.draw(texts),
        reminders=tuple(data.draw(st.lists(st.integers(0, 40_320), max_size=5, unique=True))),
        color=data.draw(st.sampled_from(["", *map(str, range(1, 12))])),
        recurrence=tuple(data.draw(st.sampled_from([(), ("RRULE:FREQ=DAILY;COUNT=3",)]))),
    )
    with target_on(shared) as target:
        (result,) = target.perform([operation("insert", 0, wanted)])
        made = target.get(id_of(0))
    assert result.kind == "done"
    assert made is not None
    assert content_hash(made.event) == made.content == content_hash(wanted)


def test_an_update_changes_everything_the_row_says(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        made = next(target.perform([operation("insert", 0, event(reminders=(30,), color="3"))])).made
        assert made is not None
        for wanted in (ALL_DAY, WEEKLY, event(location="", description="mới"), ALL_DAY, event(reminders=(5,))):
            result = next(target.perform([operation("update", 0, wanted, etag=made.etag, run="run2")]))
            assert result.kind == "done"
            made = target.get(id_of(0))
            assert made is not None
            assert content_hash(made.event) == content_hash(wanted) == made.content
            assert made.run == "run2"
    assert len(google.events()) == 1


def test_an_update_leaves_alone_what_the_member_added_beside(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        list(target.perform([operation("insert")]))
        google.edit(id_of(0), transparency="transparent", visibility="private")
        made = target.get(id_of(0))
        assert made is not None
        list(target.perform([operation("update", 0, event(location="Nhà"), etag=made.etag)]))
    (body,) = google.events()
    assert (body["transparency"], body["visibility"], body["location"]) == ("transparent", "private", "Nhà")


def test_nobody_is_sent_an_invitation(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        made = next(target.perform([operation("insert", 0, event(attendees=("lan@example.com",)))])).made
        assert made is not None
        list(target.perform([operation("update", 0, event(location="Nhà"), etag=made.etag)]))
        part = target._part("any", operation("insert", 1))
    assert "sendUpdates=none" in part.request.uri


def test_an_event_edited_by_hand_reads_back_as_edited(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        list(target.perform([operation("insert")]))
        google.edit(id_of(0), summary="Gặp khách lúc khác")
        (made,) = target.made_by(IMPORT)
    assert made.event.summary == "Gặp khách lúc khác"
    assert made.content != content_hash(made.event)


@pytest.mark.parametrize("edit", [{"status": "cancelled"}, {"location": "Phòng khác"}])
def test_a_series_edited_in_one_place_reads_back_as_edited(google: LoopbackGoogle, edit: dict[str, str]) -> None:
    with target_on(google) as target:
        list(target.perform([operation("insert", 0, WEEKLY)]))
        google.edit(f"{id_of(0)}_20261208T013000Z", **edit)
        (made,) = target.made_by(IMPORT)
        assert made == target.get(id_of(0))
    assert made.event.recurrence[1:] == ("EXDATE;TZID=Asia/Ho_Chi_Minh:20261208T083000",)
    assert made.content != content_hash(made.event)


def test_an_update_of_a_series_wins_over_each_of_its_occurrences(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        list(target.perform([operation("insert", 0, WEEKLY)]))
        google.edit(f"{id_of(0)}_20261208T013000Z", status="cancelled")
        google.edit(f"{id_of(0)}_20261215T013000Z", summary="Dời phòng")
        (made,) = target.made_by(IMPORT)
        assert next(target.perform([operation("update", 0, WEEKLY, etag=made.etag)])).kind == "done"
        (after,) = target.made_by(IMPORT)
    assert after.content == content_hash(after.event)


def test_a_deleted_event_is_gone_and_deleting_it_again_is_done(google: LoopbackGoogle) -> None:
    with target_on(google) as target:
        made = next(target.perform([operation("insert")])).made
        assert made is not None
        for _ in range(2):
            assert next(target.perform([operation("delete", etag=made.etag)])).kind == "done"
        assert target.get(id_of(0)) is None
        assert target.made_by(IMPORT) == []
    google.state.purge_tombstones()
    with target_on(google, ids=Ids({"Học": google.calendars[0].resource["id"]})) as target:
        assert next(target.perform([operation("delete", etag=made.etag)])).kind == "done"


def test_a_row_google_refuses_fails_alone_with_googles_reason(google: LoopbackGoogle) -> None:
    backwards = event(1, end=event(1).start - timedelta(hours=1))
    with target_on(google) as target:
        results = list(
            target.perform([operation("insert", 0), operation("insert", 1, backwards), operation("insert", 2)])
        )
    assert [result.kind for result in results] == ["done", "failed", "done"]
    assert results[1].code == "google.row_refused"
    assert "time range is empty" in results[1].detail


def test_when_the_member_removed_our_calendar_a_new_import_makes_a_new_one(google: LoopbackGoogle) -> None:
    ids = Ids()
    with target_on(google, ids=ids) as target:
        made = next(target.perform([operation("insert")])).made
        assert made is not None
    del google.state.calendars[ids["Học"]]
    with target_on(google, ids=ids) as target:
        assert target.made_by(IMPORT) == []
        assert next(target.perform([operation("insert")])).kind == "done"
    assert len(google.events()) == 1


def test_a_write_into_a_calendar_that_has_just_vanished_says_so(google: LoopbackGoogle) -> None:
    ids = Ids()
    with target_on(google, ids=ids) as target:
        list(target.perform([operation("insert")]))
        del google.state.calendars[ids["Học"]]
        with pytest.raises(RemoteError) as caught:
            list(target.perform([operation("insert", 1)]))
        assert caught.value.problem.code == "google.calendar_gone"
        assert list(target.made_by(IMPORT)) == []
        assert [one.kind for one in target.perform([operation("delete", 0, etag='"1"')])] == ["done"]


def test_nothing_else_of_the_members_can_be_touched(google: LoopbackGoogle) -> None:
    with target_on(google, ids=Ids({"Học": "primary"})) as target, pytest.raises(SignInError):
        list(target.perform([operation("insert")]))
    assert all(not calendar.events for calendar in google.state.calendars.values())


OWN_AND_PRIMARY = [
    "https://www.googleapis.com/auth/calendar.app.created",
    "https://www.googleapis.com/auth/calendar.events.owned",
]


def test_the_main_calendar_is_written_only_where_the_sign_in_allows_it(google: LoopbackGoogle) -> None:
    with client_of(google) as client, pytest.raises(SignInError) as refused:
        GoogleTarget(client, "primary", Ids()).made_by(IMPORT)
    assert refused.value.problem.code == "google.primary_not_allowed"
    assert google.round_trips == 0


def test_events_in_the_main_calendar_are_found_again_and_taken_out_without_touching_the_rest() -> None:
    with LoopbackGoogle(scopes=OWN_AND_PRIMARY) as google, client_of(google) as client:
        target = GoogleTarget(client, "primary", Ids())
        assert [result.kind for result in target.perform([operation("insert")])] == ["done"]
        assert google.calendars == []  # none was made for us
        (made,) = target.made_by(IMPORT)
        assert content_hash(made.event) == made.content
        removed = list(target.perform([operation("delete", etag=made.etag)]))
        assert [result.kind for result in removed] == ["done"]
        assert target.made_by(IMPORT) == []

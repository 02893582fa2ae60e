"""F13: 409 on an insert: by the same event, by another one, by a tombstone that comes back, by one that doesn't."""

from __future__ import annotations

import pytest

from builders.google_side import IMPORT, Ids, event, id_of, operation, target_on
from toolkit.calendar.adapters.google_event import next_generation
from toolkit.demo.google_calendar import LoopbackGoogle


@pytest.mark.parametrize("count", [1, 4])
def test_the_same_event_is_done(count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        for _ in range(2):
            results = list(target.perform([operation("insert", number) for number in range(count)]))
            assert {result.kind for result in results} == {"done"}
        assert len(google.events()) == count


def test_another_event_under_the_same_id_is_a_conflict_and_stays() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 0, event(summary="Của lần nhập khác"))]))
        result = next(target.perform([operation("insert", 0)]))
        assert result.kind == "conflict"
        assert result.made is not None
        assert result.made.event.summary == "Của lần nhập khác"
        assert google.events()[0]["summary"] == "Của lần nhập khác"


@pytest.mark.parametrize("count", [1, 4])
def test_a_tombstone_comes_back_to_life_under_its_own_id(count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", number) for number in range(count)]))
        google.edit(id_of(0), status="cancelled")
        changed = [operation("insert", number, event(number, location="Nhà")) for number in range(1)]
        assert next(target.perform(changed)).kind == "done"
        (back,) = [body for body in google.events() if body["id"] == id_of(0)]
        assert back["location"] == "Nhà"
        assert len(google.events()) == count


@pytest.mark.parametrize("kind", ["403forbidden", "400", "404"])
def test_a_tombstone_that_google_keeps_gets_the_next_id_and_keeps_its_name(kind: str) -> None:
    ids = Ids()
    with LoopbackGoogle() as google:
        with target_on(google, ids=ids) as target:
            list(target.perform([operation("insert")]))
            google.edit(id_of(0), status="cancelled")
            google.faults.add("events.update", kind, times=99)  # type: ignore[arg-type]  # a name out of `Kind`
            result = next(target.perform([operation("insert")]))
            assert result.kind == "done"
            assert result.made is not None
            assert result.made.event_id == id_of(0)
            assert next(target.perform([operation("insert")])).kind == "done"
        assert [body["id"] for body in google.events()] == [next_generation(id_of(0))]
        with target_on(google, ids=ids) as target:  # another process, which has only the listing to go by
            (made,) = target.made_by(IMPORT)
            assert made.event_id == id_of(0)
            assert target.get(id_of(0)) == made
            changed = operation("update", 0, event(location="Nhà"), etag=made.etag)
            assert next(target.perform([changed])).kind == "done"
            (made,) = target.made_by(IMPORT)
            assert next(target.perform([operation("delete", etag=made.etag)])).kind == "done"
        assert google.events() == []


def test_an_event_under_its_next_id_is_found_without_a_listing() -> None:
    ids = Ids()
    with LoopbackGoogle() as google:
        with target_on(google, ids=ids) as target:
            list(target.perform([operation("insert")]))
            google.edit(id_of(0), status="cancelled")
            google.faults.add("events.update", "403forbidden", times=99)
            made = next(target.perform([operation("insert")])).made
            assert made is not None
        with target_on(google, ids=ids) as target:
            changed = operation("update", 0, event(location="Nhà"), etag=made.etag)
            assert next(target.perform([changed])).kind == "done"
        with target_on(google, ids=ids) as target:
            etag = google.events()[0]["etag"]
            assert next(target.perform([operation("delete", etag=etag)])).kind == "done"
        assert google.events() == []


def test_an_event_deleted_again_and_again_can_still_be_made() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("events.update", "403forbidden", times=99)
        for _ in range(4):
            assert next(target.perform([operation("insert")])).kind == "done"
            (body,) = google.events()
            google.edit(body["id"], status="cancelled")

"""F07: Google did the work and the answer was lost: look at what stands there, and find it done."""

from __future__ import annotations

import pytest

from builders.google_side import IMPORT, event, id_of, operation, target_on
from toolkit.core.errors import RemoteError
from toolkit.demo.google_calendar import LoopbackGoogle


@pytest.mark.parametrize("count", [1, 7])
def test_inserts_whose_answer_was_lost_are_found_done(count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 99)]))
        google.faults.add("events.insert" if count == 1 else "batch", "reset_after")
        results = list(target.perform([operation("insert", number) for number in range(count)]))
        assert [result.kind for result in results] == ["done"] * count
        assert [result.made.event_id for result in results if result.made] == [id_of(number) for number in range(count)]
        assert len(google.events()) == count + 1


@pytest.mark.parametrize("together", [False, True])
def test_updates_and_deletes_whose_answer_was_lost_are_found_done(together: bool) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = [result.made for result in target.perform([operation("insert", number) for number in range(2)])]
        assert made[0] is not None
        assert made[1] is not None
        google.faults.add("events.patch", "reset_after")
        google.faults.add("events.delete", "reset_after")
        google.faults.add("batch", "reset_after")
        change = operation("update", 0, event(location="Nhà"), etag=made[0].etag, run="run2")
        removal = operation("delete", 1, etag=made[1].etag)
        groups = [[change, removal]] if together else [[change], [removal]]
        assert [result.kind for group in groups for result in target.perform(group)] == ["done", "done"]
        (left,) = target.made_by(IMPORT)
        assert (left.run, left.event.location) == ("run2", "Nhà")


def test_an_update_whose_answer_was_lost_is_a_conflict_once_the_member_edits_it() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = next(target.perform([operation("insert")])).made
        assert made is not None
        change = operation("update", 0, event(location="Nhà"), etag=made.etag, run="run2")
        list(target.perform([change]))
        google.edit(id_of(0), location="Ngoài sân")
        result = next(target.perform([change]))
        assert result.kind == "conflict"
        assert result.made is not None
        assert result.made.event.location == "Ngoài sân"


def test_a_tombstone_brought_back_with_the_answer_lost_is_found_done() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert")]))
        google.edit(id_of(0), status="cancelled")
        google.faults.add("events.update", "reset_after")
        assert next(target.perform([operation("insert")])).kind == "done"
        assert len(google.events()) == 1


def test_a_calendar_is_not_made_twice_when_the_answer_was_lost() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("calendars.insert", "reset_after")
        with pytest.raises(RemoteError):
            list(target.perform([operation("insert")]))
        assert google.count("calendars.insert") == 1

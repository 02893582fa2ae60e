"""F15: the member edits an event between plan and write: never overwritten, both versions are known."""

from __future__ import annotations

import pytest

from builders.google_side import event, id_of, operation, target_on
from toolkit.demo.google_calendar import LoopbackGoogle


@pytest.mark.parametrize("together", [False, True])
def test_an_edited_event_is_neither_overwritten_nor_deleted(together: bool) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = [result.made for result in target.perform([operation("insert", number) for number in range(3)])]
        etags = [one.etag for one in made if one]
        google.edit(id_of(0), summary="Của tôi")
        google.edit(id_of(1), summary="Cũng của tôi")
        writes = [
            operation("update", 0, event(0, location="Nhà"), etag=etags[0]),
            operation("delete", 1, etag=etags[1]),
            operation("update", 2, event(2, location="Nhà"), etag=etags[2]),
        ]
        groups = [writes] if together else [[write] for write in writes]
        results = [result for group in groups for result in target.perform(group)]
        assert [result.kind for result in results] == ["conflict", "conflict", "done"]
        assert [one.made.event.summary for one in results[:2] if one.made] == ["Của tôi", "Cũng của tôi"]
        assert {body["summary"] for body in google.events()} == {"Của tôi", "Cũng của tôi", "Gặp khách 2"}


def test_an_event_that_the_member_deleted_meanwhile_is_not_made_again_by_an_update() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = next(target.perform([operation("insert")])).made
        assert made is not None
        google.edit(id_of(0), status="cancelled")
        result = next(target.perform([operation("update", 0, event(location="Nhà"), etag=made.etag)]))
        assert (result.kind, result.made) == ("conflict", None)
        assert google.events() == []


def test_the_same_words_written_by_another_run_are_not_taken_for_ours() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = next(target.perform([operation("insert")])).made
        assert made is not None
        change = event(location="Nhà")
        assert next(target.perform([operation("update", 0, change, etag=made.etag, run="run2")])).kind == "done"
        late = next(target.perform([operation("update", 0, change, etag=made.etag, run="run3")]))
        assert late.kind == "conflict"
        assert late.made is not None
        assert late.made.run == "run2"

"""F19: 200 with a login page, half a document, somebody else's event: failures, however much they look like success."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.google_side import IMPORT, event, operation, target_on
from toolkit.core.errors import RemoteError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.demo.google.faults import Kind

BAD: list[Kind] = ["200html", "truncated_json", "wrong_id", "cut_body"]


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("count", [1, 6])
def test_one_such_answer_is_seen_through(kind: Kind, count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 99)]))
        fault = google.faults.add("events.insert", kind, times=2)
        results = list(target.perform([operation("insert", number) for number in range(count)]))
        assert [(result.kind, result.made is not None) for result in results] == [("done", True)] * count
        assert len(google.events()) == count + 1
        assert google.count("events.insert") == 1 + count + fault.hits


@pytest.mark.parametrize("kind", ["200html", "truncated_json", "cut_body", "502html"])
def test_a_batch_answered_so_is_asked_part_by_part(kind: Kind) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("batch", kind)
        results = list(target.perform([operation("insert", number) for number in range(6)]))
        assert {result.kind for result in results} == {"done"}
        assert len(google.events()) == 6


@pytest.mark.parametrize("kind", ["200html", "truncated_json"])
def test_a_delete_answered_so_is_not_believed(kind: Kind) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        made = next(target.perform([operation("insert")])).made
        assert made is not None
        google.faults.add("events.delete", kind)
        assert next(target.perform([operation("delete", etag=made.etag)])).kind == "done"
        assert google.events() == []


def test_a_portal_that_stays_ends_the_run_without_anything_marked_done() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 99)]))
        google.faults.add("*", "200html", times=999)
        for act in (
            lambda: list(target.perform([operation("insert", 1)])),
            lambda: list(target.perform([operation("insert", 1), operation("insert", 2)])),
            lambda: target.made_by(IMPORT),
            lambda: target.get("abcde"),
        ):
            with pytest.raises(RemoteError) as caught:
                act()
            assert caught.value.problem.code == "google.not_google"
        assert len(google.events()) == 1


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize("on", ["events.list", "events.insert", "batch"])
def test_a_document_cut_inside_a_vietnamese_letter_is_half_a_document_too(on: str, count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        for shift in range(0, 60, 10):  # three bytes a letter: some of these cuts fall between two bytes of one
            wanted = [
                operation("insert", shift + n, event(shift + n, description="." * (shift // 10) + "ế" * 2000))
                for n in range(count)
            ]
            google.faults.add(on, "truncated_json")
            assert {result.kind for result in target.perform(wanted)} == {"done"}
            assert len(target.made_by(IMPORT)) == (shift // 10 + 1) * count

"""The same row is the same event, however often and wherever it is imported."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.calendar_events import NAME, any_events, event, events, keyed_of, made, sheets, wanted
from toolkit.calendar.identity import (
    FIELDS,
    canonical,
    content_hash,
    differing,
    event_id,
    identify,
    import_name,
    import_name_of,
)


def test_an_event_id_is_the_base32hex_of_the_keys_hash() -> None:
    digest = int.from_bytes(hashlib.sha256(b"khoa").digest()[:20], "big")
    alphabet, spelled = "0123456789abcdefghijklmnopqrstuv", ""
    for _ in range(32):
        digest, rest = divmod(digest, 32)
        spelled = alphabet[rest] + spelled
    assert event_id("khoa") == spelled


@given(st.text())
def test_every_event_id_is_one_that_google_takes(key: str) -> None:
    assert re.fullmatch("[0-9a-v]{32}", event_id(key))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/nhà/Lịch tháng 12.xlsx", "lịch tháng 12"),
        ("LICH.CSV", "lich"),
        (unicodedata.normalize("NFD", "Lịch dạy.ods"), "lịch dạy"),
        (".xlsx", ".xlsx"),
        ("a  b.csv", "a b"),
    ],
)
def test_a_file_is_the_same_import_on_every_operating_system(path: str, name: str) -> None:
    assert import_name_of(path) == name


def test_a_typed_name_belongs_to_the_file_of_that_name() -> None:
    assert import_name(" LỊCH  dạy ") == import_name_of("Lịch dạy.xlsx")


def test_a_title_in_another_unicode_form_changes_nothing() -> None:
    composed, taken_apart = (event(unicodedata.normalize(form, "Họp với chị Hương")) for form in ("NFC", "NFD"))
    [one], [other] = keyed_of(wanted([composed])), keyed_of(wanted([taken_apart]))
    assert (one.key, one.content) == (other.key, other.content)


def test_a_title_in_another_case_is_the_same_event_with_another_content() -> None:
    [one], [other] = keyed_of(wanted([event("Họp nhóm")])), keyed_of(wanted([event("HỌP NHÓM")]))
    assert one.key == other.key
    assert one.content != other.content


@pytest.mark.parametrize("changed", [event("Họp khác"), event(day=13), event(hour=9), event(hour=None)])
def test_another_title_day_or_start_is_another_event(changed: object) -> None:
    [one], [other] = keyed_of(wanted([event()])), keyed_of(wanted([changed]))  # type: ignore[list-item]
    assert one.event_id != other.event_id


def test_with_an_id_column_a_changed_title_and_day_are_the_same_event() -> None:
    [one] = keyed_of(wanted([event("Họp nhóm", 12)], ids=["M01"]))
    [other] = keyed_of(wanted([event("Họp tổ", 13)], ids=["M01"]))
    assert one.key == other.key


def test_the_same_id_in_two_imports_names_two_events() -> None:
    rows = wanted([event()], ids=["1"])
    [one], [other] = identify("tháng 11", rows).keyed, identify("tháng 12", rows).keyed
    assert one.event_id != other.event_id


def test_an_exact_repetition_is_reported_and_makes_no_second_event() -> None:
    found = identify(NAME, wanted([event(), event("Giao hàng"), event()]))
    assert [one.wanted.source.row for one in found.keyed] == [2, 3]
    [problem] = found.problems
    assert (problem.code, problem.place.row, problem.params["first"]) == ("calendar.row_repeated", 4, 2)


def test_rows_that_share_an_id_keep_an_event_each_and_are_pointed_out() -> None:
    found = identify(NAME, wanted([event("Toán"), event("Văn")], ids=["M1", "M1"]))
    assert len({one.event_id for one in found.keyed}) == 2
    assert [(note.code, note.value, note.place.row) for note in found.notes] == [("calendar.id_repeated", "M1", 3)]
    assert not found.problems


@given(sheets)
def test_every_row_is_one_event_or_reported_as_repeated(sheet: list[object]) -> None:
    found = identify(NAME, wanted(sheet))  # type: ignore[arg-type]
    assert len(found.keyed) + len(found.problems) == len(sheet)
    assert len({one.event_id for one in found.keyed}) == len(found.keyed)
    rows = [one.wanted.source.row for one in found.keyed]
    assert rows == sorted(rows)


@given(sheets, st.randoms(use_true_random=False), st.booleans())
def test_sorting_the_sheet_moves_no_event(sheet: list[object], order: object, with_ids: bool) -> None:
    ids = ["A", "B"] * len(sheet) if with_ids else []
    rows = wanted(sheet, ids=ids)  # type: ignore[arg-type]
    standing = [made(one) for one in keyed_of(rows)]
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    again = keyed_of(shuffled, standing)
    assert {(one.key, one.content) for one in again} == {(one.key, one.content) for one in standing}


@given(sheets, st.data())
def test_taking_one_row_out_moves_no_other_event(sheet: list[object], data: st.DataObject) -> None:
    rows = wanted(sheet)  # type: ignore[arg-type]
    first = keyed_of(rows)
    if not first:
        return
    gone = data.draw(st.sampled_from(first))
    left = [one.wanted for one in first if one is not gone]
    again = keyed_of(left, [made(one) for one in first])
    assert {one.key for one in again} == {one.key for one in first} - {gone.key}


@given(sheets, st.data())
def test_editing_one_row_besides_its_title_day_and_start_is_one_changed_event(
    sheet: list[object], data: st.DataObject
) -> None:
    first = keyed_of(wanted(sheet))  # type: ignore[arg-type]
    if not first:
        return
    edited = data.draw(st.sampled_from(first))
    rows = [
        replace(one.wanted, event=replace(one.wanted.event, description="mới")) if one is edited else one.wanted
        for one in first
    ]
    again = keyed_of(rows, [made(one) for one in first])
    before = {one.key: one.content for one in first}
    assert {one.key for one in again} == before.keys()
    assert [one.key for one in again if one.content != before[one.key]] == [edited.key]


def test_what_nobody_can_tell_apart_has_the_same_content() -> None:
    one = event(location="Phòng 2", reminders=(30, 10), attendees=("Lan@b.vn", "ba@b.vn"), description="a\r\nb ")
    start, end = one.start.astimezone(UTC), one.end.astimezone(UTC)  # type: ignore[union-attr]
    other = replace(
        one, start=start, end=end, timezone="UTC", location=" Phòng 2", reminders=(10, 30),
        attendees=("ba@b.vn", "lan@b.vn"), description="a\nb",
    )  # fmt: skip
    assert content_hash(one) == content_hash(other)
    assert differing(one, other) == ()


def test_a_repeating_event_in_another_zone_is_another_one() -> None:
    one = event(recurrence=("RRULE:FREQ=WEEKLY;BYDAY=SA",))
    assert differing(one, replace(one, timezone="Asia/Saigon")) == ()
    assert differing(one, replace(one, timezone="Asia/Bangkok")) == ("timezone",)


@given(any_events(), any_events())
def test_equal_content_means_that_no_field_differs(one: object, other: object) -> None:
    assert (content_hash(one) == content_hash(other)) == (differing(one, other) == ())  # type: ignore[arg-type]


@given(events)
def test_the_fields_that_are_compared_are_those_of_an_event(one: object) -> None:
    assert tuple(canonical(one)) == FIELDS  # type: ignore[arg-type]


def test_thousands_of_rows_with_the_same_title_and_start_stay_apart() -> None:
    rows = wanted(event("Ca sáng", location=f"quầy {n}") for n in range(3000))
    first = keyed_of(rows)
    again = keyed_of(rows[::-1], [made(one) for one in first])
    assert {(one.key, one.content) for one in again} == {(one.key, one.content) for one in first}
    assert len({one.key for one in first}) == 3000

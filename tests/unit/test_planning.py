"""What an import would do follows from the sheet and the calendar alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.calendar_events import NAME, after, event, events, keyed_of, made, memory_of, sheets, wanted
from toolkit.calendar.identity import content_hash
from toolkit.calendar.model import Event, Keyed, Made
from toolkit.calendar.planning import Draft, Refused, Remembered, Scope, coinciding, make_plan

Sheet = list[Event]


def plan_for(
    keyed: tuple[Keyed, ...], standing: list[Made], memory: dict[str, Remembered] | None = None, **scope: object
) -> Draft:
    known = memory if memory is not None else {}
    chosen = Scope("lich.xlsx", **scope)  # type: ignore[arg-type]
    return make_plan(keyed, standing, known, chosen, import_name=NAME, target="local:Lịch", digest="d")


def counts(draft: Draft) -> dict[str, int]:
    return {kind: n for kind, n in draft.plan.counts.items() if n}


@given(sheets, sheets)
def test_an_applied_plan_leaves_nothing_to_do(before: Sheet, now: Sheet) -> None:
    first = keyed_of(wanted(before))
    standing = after(plan_for(first, []).plan, [])
    second = keyed_of(wanted(now), standing)
    standing = after(plan_for(second, standing, memory_of(first), delete=99).plan, standing)
    assert {one.content for one in standing} == {one.content for one in second}
    again = plan_for(keyed_of(wanted(now), standing), standing, memory_of(second))
    assert counts(again) == ({"unchanged": len(second)} if second else {})
    assert not again.problems


@given(sheets)
def test_an_edited_event_is_kept_unless_it_may_be_overwritten(sheet: Sheet) -> None:
    keyed = keyed_of(wanted(sheet))
    edited = [made(one, now=replace(one.wanted.event, location="chỗ khác hẳn")) for one in keyed]
    kept = plan_for(keyed, edited, memory_of(keyed))
    assert counts(kept) == ({"conflict": len(keyed)} if keyed else {})
    assert {problem.code for problem in kept.problems} <= {"calendar.edited_by_hand"}
    taken = plan_for(keyed, edited, memory_of(keyed), overwrite=True)
    assert counts(taken) == ({"update": len(keyed)} if keyed else {})
    assert all(change.fields == ("location",) for change in taken.plan.changes)


def test_an_edit_that_the_sheet_now_agrees_with_is_no_conflict() -> None:
    [old] = keyed_of(wanted([event(location="Phòng 2")]))
    moved = event(location="Phòng 3")
    standing = [made(old, now=moved)]
    assert counts(plan_for(keyed_of(wanted([moved]), standing), standing)) == {"unchanged": 1}


def test_an_event_that_the_member_removed_is_not_made_again() -> None:
    keyed = keyed_of(wanted([event("A"), event("B")]))
    standing = [made(keyed[0])]
    draft = plan_for(keyed, standing, memory_of(keyed))
    assert counts(draft) == {"unchanged": 1, "conflict": 1}
    assert [problem.code for problem in draft.problems] == ["calendar.removed_by_hand"]
    assert counts(plan_for(keyed, standing, memory_of(keyed), overwrite=True)) == {"unchanged": 1, "create": 1}


def test_an_event_that_was_found_removed_stays_so_even_in_an_empty_calendar() -> None:
    keyed = keyed_of(wanted([event("A"), event("B")]))
    memory = memory_of(keyed)
    memory[keyed[0].key] = replace(memory[keyed[0].key], removed=True)
    assert counts(plan_for(keyed, [], memory)) == {"conflict": 1, "create": 1}


def test_an_emptied_calendar_is_filled_again() -> None:
    keyed = keyed_of(wanted([event("A"), event("B")]))
    assert counts(plan_for(keyed, [], memory_of(keyed))) == {"create": 2}


def test_a_copy_that_the_member_made_in_the_calendar_is_left_alone() -> None:
    [keyed] = keyed_of(wanted([event()]))
    copy = replace(made(keyed), event_id="copy", event=event(day=20))
    for standing in ([made(keyed), copy], [copy, made(keyed)]):
        assert counts(plan_for((keyed,), standing, memory_of([keyed]))) == {"unchanged": 1}


def test_a_vanished_row_that_the_member_edited_is_kept() -> None:
    keyed = keyed_of(wanted([event(f"việc {n}", day=n) for n in range(1, 11)]))
    standing = [made(one) for one in keyed[:-1]] + [made(keyed[-1], now=event("việc 10", day=10, location="mới"))]
    draft = plan_for(keyed[:-1], standing, memory_of(keyed))
    assert counts(draft) == {"unchanged": 9, "conflict": 1}
    assert [problem.code for problem in draft.problems] == ["calendar.vanished_but_edited"]
    assert counts(plan_for(keyed[:-1], standing, memory_of(keyed), overwrite=True)) == {"unchanged": 9, "delete": 1}


@pytest.mark.parametrize(
    ("standing", "vanished", "delete", "refused"),
    [
        (10, 1, None, False),
        (10, 2, None, False),  # exactly a fifth
        (10, 3, None, True),
        (10, 3, 3, False),
        (10, 3, 2, True),
        (10, 10, None, True),
        (10, 10, 10, False),
        (1, 1, None, True),
        (4, 1, None, True),
        (5, 1, None, False),
        (5, 1, 0, True),
    ],
)
def test_many_deletes_are_refused_until_their_number_is_typed(
    standing: int, vanished: int, delete: int | None, refused: bool
) -> None:
    keyed = keyed_of(wanted([event(f"việc {n}", day=n) for n in range(1, standing + 1)]))
    draft = plan_for(keyed[vanished:], [made(one) for one in keyed], memory_of(keyed), delete=delete)
    assert (draft.refusal is not None) == refused
    if draft.refusal is not None:
        assert (draft.refusal.code, draft.refusal.params["count"]) == ("calendar.too_many_deletes", vanished)


@pytest.mark.parametrize("now", [event("A", day=20), event("đổi tên", day=1)])
def test_a_row_that_was_moved_or_renamed_has_not_vanished(now: Event) -> None:
    before = keyed_of(wanted([event("A", day=1)]))
    standing = [made(one) for one in before]
    draft = plan_for(keyed_of(wanted([now]), standing), standing, memory_of(before))
    assert counts(draft) == {"create": 1, "delete": 1}
    assert draft.refusal is None


def test_next_months_roster_in_a_file_of_the_same_name_counts_as_everything_gone() -> None:
    before = keyed_of(wanted([event("Ca sáng", day=n) for n in range(1, 7)]))
    standing = [made(one) for one in before]
    now = keyed_of(wanted([event("Ca sáng", day=n) for n in range(11, 17)]), standing)
    draft = plan_for(now, standing, memory_of(before))
    assert draft.refusal is not None
    assert draft.refusal.params["count"] == 6
    assert plan_for(now, standing, memory_of(before), delete=6).refusal is None
    # Also when one shift stays: shifts of one title can't be told apart, so none is taken for moved.
    mixed = keyed_of(wanted([event("Ca sáng", day=n) for n in (1, 12, 13, 14, 15, 16)]), standing)
    assert plan_for(mixed, standing, memory_of(before)).refusal is not None


def test_meetings_that_all_move_by_a_day_but_one_have_not_vanished() -> None:
    before = keyed_of(wanted([event(f"việc {n}", day=n) for n in range(1, 7)]))
    standing = [made(one) for one in before]
    now = keyed_of(wanted([event("việc 1", day=1), *(event(f"việc {n}", day=n + 1) for n in range(2, 7))]), standing)
    draft = plan_for(now, standing, memory_of(before))
    assert counts(draft) == {"unchanged": 1, "create": 5, "delete": 5}
    assert draft.refusal is None


def test_another_file_of_the_same_name_counts_as_everything_gone() -> None:
    before = keyed_of(wanted([event(f"việc {n}", day=n) for n in range(1, 6)]))
    other = wanted([event(f"khác {n}", day=n, hour=14) for n in range(11, 16)])
    standing = [made(one) for one in before]
    assert plan_for(keyed_of(other, standing), standing, memory_of(before)).refusal is not None


# Rows that can't be read


ROWS = [event(f"việc {n}", day=n) for n in range(1, 11)]


def refused(row: int, title: str = "", own_id: str = "", *, sheet: str | None = "Sheet1", text: str = "x") -> Refused:
    return Refused(sheet, row, title, own_id, text)


def test_a_row_that_became_unreadable_keeps_its_event() -> None:
    keyed = keyed_of(wanted(ROWS))
    standing = [made(one) for one in keyed]
    draft = plan_for(keyed[1:], standing, memory_of(keyed), refused=[refused(2, "VIEC 1")])
    assert counts(draft) == {"unchanged": 9}
    [problem] = draft.problems
    assert (problem.code, problem.place.row, problem.params["title"]) == (
        "calendar.kept_for_unreadable_row",
        2,
        "việc 1",
    )
    assert not draft.harmless


def test_another_row_that_really_vanished_is_still_deleted() -> None:
    keyed = keyed_of(wanted(ROWS))
    standing = [made(one) for one in keyed]
    draft = plan_for(keyed[2:], standing, memory_of(keyed), refused=[refused(2, "việc 1")])
    assert [change.made.event.summary for change in draft.plan.changes if change.kind == "delete" and change.made] == [
        "việc 2"
    ]
    assert [one.event.summary for one in draft.kept] == ["việc 1"]


def test_an_unreadable_row_without_a_title_keeps_everything_that_is_missing_from_its_sheet() -> None:
    keyed = (*keyed_of(wanted(ROWS[:5])), *keyed_of(wanted(ROWS[5:], sheet="Khác")))
    standing = [made(one) for one in keyed]
    left = [*keyed[2:5], *keyed[6:]]
    draft = plan_for(tuple(left), standing, memory_of(keyed), refused=[refused(9)])
    assert [one.event.summary for one in draft.kept] == ["việc 1", "việc 2"]
    assert counts(draft) == {"unchanged": 7, "delete": 1}


def test_an_unreadable_row_is_known_by_its_id() -> None:
    keyed = keyed_of(wanted(ROWS, ids=[f"M{n}" for n in range(1, 11)]))
    standing = [made(one) for one in keyed]
    draft = plan_for(keyed[2:], standing, memory_of(keyed), refused=[refused(3, "tên mới", "M2")])
    assert [one.event.summary for one in draft.kept] == ["việc 2"]


def test_a_sheet_that_was_renamed_while_a_row_became_unreadable_loses_nothing() -> None:
    keyed = keyed_of(wanted(ROWS))
    standing = [made(one) for one in keyed]
    draft = plan_for(keyed[1:], standing, memory_of(keyed), refused=[refused(7, sheet="Tên mới")])
    assert counts(draft) == {"unchanged": 9}


def test_a_row_that_never_could_be_read_holds_nothing_back() -> None:
    keyed = keyed_of(wanted(ROWS))
    first = plan_for(keyed, [], {}, refused=[refused(12, text="tổng cộng")])
    assert first.harmless == {"tổng cộng"}
    standing = after(first.plan, [])
    bad = [refused(11, text="tổng cộng")]
    second = plan_for(keyed[1:], standing, memory_of(keyed), refused=bad, harmless=first.harmless)
    assert counts(second) == {"unchanged": 9, "delete": 1}


def test_an_unreadable_row_keeps_its_event_import_after_import() -> None:
    keyed = keyed_of(wanted(ROWS))
    standing = [made(one) for one in keyed]
    bad = [refused(2, "việc 1", text="hỏng")]
    harmless: frozenset[str] = frozenset()
    for _ in range(3):
        draft = plan_for(keyed[1:], standing, memory_of(keyed), refused=bad, harmless=harmless)
        assert counts(draft) == {"unchanged": 9}
        harmless = draft.harmless


@given(sheets, st.data())
def test_a_row_that_became_unreadable_never_deletes_its_event(sheet: Sheet, data: st.DataObject) -> None:
    keyed = keyed_of(wanted(sheet))
    if not keyed:
        return
    broken = data.draw(st.sampled_from(keyed))
    gone = data.draw(st.sets(st.sampled_from(keyed)))
    shows_title = data.draw(st.booleans())
    title = broken.wanted.event.summary if shows_title else ""
    standing = [made(one) for one in keyed]
    left = tuple(one for one in keyed if one is not broken and one not in gone)
    bad = refused(data.draw(st.integers(2, 30)), title)
    draft = plan_for(left, standing, memory_of(keyed), refused=[bad], delete=99)
    deleted = {change.made.key for change in draft.plan.changes if change.kind == "delete" and change.made}
    assert broken.key not in deleted


def test_sheets_that_were_not_read_keep_their_events() -> None:
    keyed = (*keyed_of(wanted(ROWS[:5])), *keyed_of(wanted(ROWS[5:], sheet="Tháng 12")))
    standing = [made(one) for one in keyed]
    draft = plan_for(keyed[6:], standing, memory_of(keyed), sheets=frozenset({"thang 12"}))
    assert counts(draft) == {"unchanged": 4, "delete": 1}


# A file under another name


def test_a_renamed_copy_is_recognised_and_a_different_sheet_is_not() -> None:
    mine = [content_hash(one) for one in ROWS]
    others = {"lịch": mine[:9], "ca làm": [content_hash(event("Ca", day=n)) for n in range(1, 9)]}
    assert coinciding(mine, others) == "lịch"
    assert coinciding(mine[:4], {"lịch": mine[3:]}) is None
    assert coinciding(mine[:1], {"lịch": mine[:1]}) is None
    assert coinciding([], others) is None
    assert coinciding(mine[:3], {"cả năm": mine}) == "cả năm"


@given(st.lists(events, max_size=8))
def test_the_plan_speaks_of_every_row_once(sheet: Sheet) -> None:
    keyed = keyed_of(wanted(sheet))
    draft = plan_for(keyed, [])
    assert [change.keyed for change in draft.plan.changes] == list(keyed)
    assert draft.plan.wanted_rows == len(keyed)

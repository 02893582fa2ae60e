"""The running balance proves every line, in either order of the file, and says which one it contradicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.model import Entry, Kind
from toolkit.expenses.statements.likeness import twins
from toolkit.expenses.statements.model import Line
from toolkit.expenses.statements.proof import Step, held_before, prove, signed_by_balance

DAY = date(2026, 11, 3)
CHANGES = st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=2, max_size=15)


def steps(changes: list[int], opening: int) -> list[Step]:
    made = []
    for change in changes:
        opening += change
        made.append(Step(change, opening))
    return made


@given(CHANGES, st.integers(0, 10**9), st.booleans())
def test_a_true_statement_is_proven_in_either_order(changes: list[int], opening: int, newest_first: bool) -> None:
    made = steps(changes, opening)[:: -1 if newest_first else 1]
    assert prove(made, opening).expected == {}
    assert prove(made, opening).proven == len(changes)
    assert prove(made).proven == len(changes) - 1


@given(CHANGES, st.integers(0, 10**9), st.data())
def test_one_wrong_amount_is_found_and_the_right_one_named(
    changes: list[int], opening: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(changes) - 1))
    wrong = data.draw(st.integers(-(10**9), 10**9).filter(lambda amount: amount not in (0, changes[place])))
    made = steps(changes, opening)
    made[place] = replace(made[place], change=wrong)
    found = prove(made, opening)
    if len(changes) > 3:
        assert found.expected == {place: changes[place]}


@given(CHANGES, st.integers(0, 10**9), st.data())
def test_a_row_that_cannot_be_read_contradicts_nobody(changes: list[int], opening: int, data: st.DataObject) -> None:
    made = steps(changes, opening)
    place = data.draw(st.integers(0, len(changes) - 1))
    made[place] = Step(None, data.draw(st.sampled_from([None, made[place].balance])))
    assert prove(made, opening).expected == {} or len(changes) < 3


@given(CHANGES, st.integers(0, 10**9))
def test_signs_are_what_the_balance_allows(changes: list[int], opening: int) -> None:
    made = steps(changes, opening)
    sizes = [abs(change) for change in changes]
    assert signed_by_balance(sizes, [step.balance for step in made], opening) == changes


@given(CHANGES, st.integers(0, 10**9), st.randoms())
def test_what_there_was_before_is_told_from_lines_in_any_order(
    changes: list[int], opening: int, chance: object
) -> None:
    lines = [Line(DAY, step.change or 0, "x", balance=step.balance) for step in steps(changes, opening)]
    chance.shuffle(lines)  # type: ignore[attr-defined]
    assert held_before(lines) in (opening, None)
    if sum(changes) and len({line.balance for line in lines}) == len(lines):
        assert held_before(lines) == opening or opening in {line.balance for line in lines}


def entry(
    number: int, note: str, *, days: int = 0, amount: int = 45_000, kind: Kind = Kind.EXPENSE, category: str = "food"
) -> Entry:
    moment = datetime(2026, 11, 3, tzinfo=UTC)
    return Entry(
        number, DAY + timedelta(days=days), kind, category, amount, "VND", "cash", "", "", note, note, 1, moment
    )


def test_twins_have_amount_direction_and_days_in_common() -> None:
    bank = [entry(10, "An trua")]
    assert [(one.typed.id, one.proven.id) for one in twins([entry(1, "ăn trưa với Nam")], bank)] == [(1, 10)]
    assert twins([entry(1, "ăn trưa", days=3)], bank) == []
    assert twins([entry(1, "ăn trưa", amount=46_000)], bank) == []
    assert twins([entry(1, "ăn trưa", kind=Kind.INCOME, category="salary")], bank) == []
    assert twins([entry(1, "ăn trưa")], bank, {(1, 10)}) == []


def test_two_days_apart_needs_words_or_a_category_in_common() -> None:
    bank = [entry(10, "Highlands coffee", amount=50_000)]
    assert twins([entry(1, "mua rau", days=2, amount=50_000, category="groceries")], bank) == []
    assert len(twins([entry(1, "highlands", days=2, amount=50_000, category="groceries")], bank)) == 1


def test_each_entry_is_in_one_pair_the_likeliest_first() -> None:
    bank = [entry(10, "GRAB"), entry(11, "HIGHLANDS COFFEE")]
    typed = [entry(1, "highlands"), entry(2, "grab")]
    assert {(one.typed.id, one.proven.id) for one in twins(typed, bank)} == {(1, 11), (2, 10)}
    assert len(twins([*typed, entry(3, "grab về")], bank)) == 2

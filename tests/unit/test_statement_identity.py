"""A bank's line is the same line in every export; two alike are two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.statements.identity import Kept, already, identities, reference_of, words_of
from toolkit.expenses.statements.model import Line

DAY = date(2026, 11, 3)
COFFEE = Line(DAY, -35_000, "HIGHLANDS COFFEE 12", balance=965_000, reference="FT1")


def kept(line: Line, entry: int = 1) -> Kept:
    return Kept(
        f"{entry}", "vcb", line.day, line.amount, line.currency, line.balance, reference_of(line), words_of(line), entry
    )


def test_an_export_with_fewer_columns_or_other_spacing_is_the_same_line() -> None:
    for again in (
        replace(COFFEE, balance=None),
        replace(COFFEE, reference=""),
        replace(COFFEE, balance=None, reference=""),
        replace(COFFEE, description="highlands  coffee\n12", balance=None, reference=""),
        replace(COFFEE, description="HIGHLANDS COFFEE 12 HA NOI", balance=None),
    ):
        assert already([again], [kept(COFFEE)]), again


def test_what_says_something_else_is_another_line() -> None:
    for other in (
        replace(COFFEE, reference="FT2", balance=None),
        replace(COFFEE, balance=930_000),
        replace(COFFEE, day=DAY + timedelta(days=1)),
        replace(COFFEE, amount=-36_000),
        replace(COFFEE, currency="USD"),
        replace(COFFEE, description="CIRCLE K", balance=None, reference=""),
    ):
        assert not already([other], [kept(COFFEE)]), other


def test_two_alike_on_one_day_are_two() -> None:
    bare = replace(COFFEE, balance=None, reference="")
    one, two = identities("vcb", [bare, bare])
    assert one != two
    assert set(already([bare, bare], [kept(bare)])) == {0}
    assert len(already([bare, bare], [kept(bare, 1), kept(bare, 2)])) == 2
    assert identities("vcb", [bare])[0] == one
    assert identities("acb", [bare])[0] != one


LINES = st.lists(
    st.builds(
        Line,
        day=st.dates(DAY, DAY + timedelta(days=2)),
        amount=st.sampled_from([-35_000, 35_000, -50_000]),
        description=st.sampled_from(["cafe", "an trua", ""]),
        balance=st.none() | st.integers(0, 3),
        reference=st.sampled_from(["", "FT1", "FT2"]),
    ),
    max_size=8,
)


@given(LINES)
def test_a_file_imported_again_is_known_line_by_line(lines: list[Line]) -> None:
    there = [kept(line, place) for place, line in enumerate(lines, 1)]
    assert len(already(lines, there)) == len(lines)
    assert len(already(lines[::-1], there)) == len(lines)
    assert len(set(identities("vcb", lines))) == len(lines)


@given(LINES, LINES)
def test_no_kept_line_answers_for_two(lines: list[Line], others: list[Line]) -> None:
    found = already(others, [kept(line, place) for place, line in enumerate(lines, 1)])
    assert len({one.entry for one in found.values()}) == len(found)

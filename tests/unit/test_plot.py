"""Lines over time in a terminal: they fit, they show what they are given, and need no colour to be told apart."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.outcome import Outcome
from toolkit.shell.blocks import Drawing, Stroke
from toolkit.shell.layout import cell_width
from toolkit.shell.messages import Messages
from toolkit.shell.plot import Curve, Shade, plot, sample
from toolkit.shell.say import Say
from toolkit.shell.screen import Screen


def drawn(lines: list[list[Stroke]]) -> list[str]:
    return ["".join(stroke.text for stroke in strokes).rstrip() for strokes in lines]


def label(value: float) -> str:
    return f"{value:g}tr"


ACTUAL = Curve("line", [0, 10, 10, 20, None, None, None])
PACE = Curve("dots", [5, 10, 15, 20, 25, 30, 35])
EARLIER = Curve("faint", [0, 5, 5, 10, 15, 20, 20])
FAN = Shade([None, None, None, 20, 22, 24, 26], [None, None, None, 20, 26, 32, 38])
MARKS = [(3, "5/11"), (0, "2/11"), (6, "8/11")]


def test_a_line_its_pace_its_range_and_an_earlier_one() -> None:
    lines = plot([ACTUAL, PACE, EARLIER], FAN, width=40, height=8, label=label, marks=MARKS)
    assert drawn(lines) == [
        "     │                               ░░░",
        "30tr ┤                          ░·······",
        "     │                     ░·····░░░░░░░",
        "20tr ┤                ╭─····░░░░░┄┄┄┄┄┄┄",
        "     │          ···╭──╯    ┄┄┄┄┄┄┄",
        "10tr ┤    ·╭───────╯ ┄┄┄┄┄┄┄",
        "     │··╭──╯┄┄┄┄┄┄┄┄┄┄",
        " 0tr ┤──╯┄",
        "     └┬───────────────┬────────────────┬",
        "      2/11          5/11            8/11",
    ]


def test_without_unicode_the_same_is_drawn_in_ascii() -> None:
    lines = drawn(plot([ACTUAL, PACE, EARLIER], FAN, width=40, height=8, label=label, marks=MARKS, unicode=False))
    assert all(line.isascii() for line in lines)
    assert {"*", ".", "-", ":"} <= set("".join(lines))
    assert [sample(kind, unicode=False) for kind in ("line", "dots", "faint", "shade")] == ["**", "..", "--", "::"]


def test_what_happened_covers_what_was_expected() -> None:
    same = [0.0, 10, 20, 30]
    lines = "".join(drawn(plot([Curve("line", same), Curve("dots", same)], None, width=30, height=6, label=label)))
    assert "·" not in lines
    assert "─" in lines


def test_marks_without_room_are_left_out_and_the_first_ones_kept() -> None:
    lines = drawn(plot([PACE], None, width=24, height=4, label=label, marks=[(3, "5/11"), (2, "4/11"), (4, "6/11")]))
    assert lines[-1].split() == ["5/11"]


@pytest.mark.parametrize("values", [[], [None, None]])
def test_without_a_value_nothing_is_drawn(values: list[float | None]) -> None:
    assert plot([Curve("line", values)], None, width=80, height=10, label=label) == []


def test_without_room_nothing_is_drawn() -> None:
    assert plot([PACE], None, width=12, height=10, label=label) == []


VALUES = st.lists(st.none() | st.floats(-1e13, 1e13), min_size=1, max_size=120)


@given(VALUES, VALUES, st.integers(1, 200), st.integers(2, 30), st.booleans(), st.data())
def test_any_values_fit_into_any_width(
    first: list[float | None], second: list[float | None], width: int, height: int, unicode: bool, data: st.DataObject
) -> None:
    size = min(len(first), len(second))
    curves = [Curve("line", first[:size]), Curve("dots", second[:size]), Curve("faint", first[:size][::-1])]
    shade = data.draw(st.none() | st.just(Shade(second[:size], first[:size])))
    places = data.draw(st.lists(st.integers(0, size - 1), max_size=6))
    marks = [(place, f"{place}/12") for place in places]
    lines = plot(
        curves, shade, width=width, height=height, label=lambda value: f"{value:.3g}", marks=marks, unicode=unicode
    )
    assert len(lines) in (0, height + 2)
    assert all(cell_width(line) <= width for line in drawn(lines))


@given(st.lists(st.integers(0, 50), min_size=2, max_size=40))
def test_a_total_that_only_grows_is_never_drawn_falling(steps: list[int]) -> None:
    total, values = 0, []
    for step in steps:
        total += step
        values.append(float(total))
    lines = "".join(drawn(plot([Curve("line", values)], None, width=70, height=12, label=label)))
    assert "╮" not in lines
    assert "╰" not in lines


@pytest.mark.parametrize(("environment", "dim"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_faint_strokes_step_back_where_the_terminal_can(environment: dict[str, str], dim: bool) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    say = Say(Messages(), Screen(out, environment), Screen(io.StringIO(), environment))
    say(Outcome(1), lambda _: [Drawing([[Stroke("a"), Stroke("┄┄", faint=True)]])])
    assert out.getvalue() == ("a\x1b[2m┄┄\x1b[0m\n" if dim else "a┄┄\n")

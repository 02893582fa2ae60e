"""Days as scripts type them, 2026-11-20, are read without the grammar of dates, and mean what it would say."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import parse_date
from toolkit.core.errors import UsageError
from toolkit.shell.app import App
from toolkit.shell.params import read_day

TODAY = date(2026, 11, 20)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["back", "forward"]))
def test_a_day_means_the_same_with_and_without_the_grammar(day: date, look: str) -> None:
    app = App()
    app.today = TODAY
    read = parse_date(day.isoformat(), today=TODAY, look=look)  # type: ignore[arg-type]
    assert read.value is not None
    assert read_day(day.isoformat(), app, look=look, name="--today") == read.value.date == day  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "2026-00-10", "２０２６-11-20x", "2026-11-2"])
def test_what_is_no_such_day_is_left_to_the_grammar(text: str) -> None:
    app = App()
    app.today = TODAY
    value = parse_date(text, today=TODAY, look="back").value
    if value is not None:
        assert read_day(text, app, look="back", name="--today") == value.date
        return
    with pytest.raises(UsageError):
        read_day(text, app, look="back", name="--today")


def test_the_grammar_isnt_even_imported() -> None:
    look = (
        "import sys; from toolkit.cli import main; main(['kpi', '--as-of', '2026-11-20']); print(sorted(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True, timeout=60)
    assert b"'toolkit.kpi.cli.standing'" in ended.stdout
    assert b"'toolkit.core.dates.dates'" not in ended.stdout

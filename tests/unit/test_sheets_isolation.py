"""The reading process: what it may do to us, and what it may not."""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.workbooks import large_xlsx, write_xlsx
from toolkit.core.errors import InputError
from toolkit.sheets import isolation
from toolkit.sheets.isolation import read_isolated
from toolkit.sheets.read import read_workbook
from toolkit.sheets.snapshot import take_snapshot
from toolkit.sheets.wire import WireError, pack, unpack

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.sheets.model import Value

VALUES: st.SearchStrategy[Value] = (
    st.text(max_size=20)
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates()
    | st.datetimes().map(lambda moment: moment.replace(microsecond=0))
    | st.times().map(lambda clock: clock.replace(microsecond=0))
    | st.integers(86_400, 10**8).map(lambda seconds: timedelta(seconds=seconds))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(VALUES, st.text(max_size=10), st.sampled_from(["", "date", "time"]), st.sampled_from([0, 1, 8, 16, 41]))
def test_a_cell_survives_the_journey(value: Value, text: str, shows: str, flags: int) -> None:
    packed = pack(value, text, shows, flags)  # type: ignore[arg-type]
    found = unpack(json.loads(json.dumps(packed)))
    assert found is not None
    assert (found.value, found.text, found.shows, found.flags & 57) == (value, text, shows, flags)
    assert type(found.value) is type(value)


@given(JSON)
def test_a_cell_that_is_none_is_an_error_of_the_wire_and_nothing_else(raw: object) -> None:
    with contextlib.suppress(WireError):
        unpack(raw)


def child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the reading process run this code instead."""
    monkeypatch.setattr(isolation, "_START", code)


def refusal(tmp_path: Path, **limits: float) -> str:
    snapshot = take_snapshot(write_xlsx(tmp_path / "a.xlsx", {"S": [["x"]]}))
    with pytest.raises(InputError) as caught:
        list(read_isolated(snapshot, "xlsx", **limits))  # type: ignore[arg-type]
    snapshot.close()
    assert caught.value.problem.place.file == "a.xlsx"
    return caught.value.problem.code


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('not json')",
        "print('[]')",
        "print('{\"rows\":[[1,false,[{}]]]}')",
        'print(\'{"rows":[["1",false,[]]]}\')',
        "print('{\"rows\":7}')",
        'print(\'{"sheet":"S"}\')',
        'print(\'{"remark":"calendar.evil","row":1,"column":1,"value":null,"params":{}}\')',
        'print(\'{"remark":"sheets.../x","row":1,"column":1,"value":null,"params":{}}\')',
        "print('{\"failure\":{}}')",
        "print('{\"failure\":7}')",
        "print('[' * 100000)",
        "print('{\"end\":true', end='')",
        'print(\'{"rows":[[1,false,[["d","not a date","",0]]]]}\')',
    ],
)
def test_whatever_the_reading_process_does_the_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    child(monkeypatch, code)
    assert refusal(tmp_path) == "sheets.unreadable"


def test_a_reading_process_that_falls_silent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child(monkeypatch, "import time; time.sleep(60)")
    assert refusal(tmp_path, silence=0.3) == "sheets.too_slow"


def test_waiting_for_the_member_is_not_silence(tmp_path: Path) -> None:
    import time

    snapshot = take_snapshot(large_xlsx(tmp_path / "a.xlsx", 20_000))
    rows = read_isolated(snapshot, "xlsx", silence=2.0)
    next(rows)
    time.sleep(2.5)
    assert sum(isinstance(item, tuple) for item in rows) == 20_000
    snapshot.close()


def greedy(monkeypatch: pytest.MonkeyPatch, messages: str) -> None:
    """Let the reading process set its limits and then do this instead of reading."""
    instead = f"from toolkit.sheets import child; child._messages = lambda *_: {messages}; main(kind"
    child(monkeypatch, isolation._START.replace("main(kind", instead))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_reading_process_has_no_more_memory_than_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy(monkeypatch, "iter([{'x': 'a' * 10**9}])")
    assert refusal(tmp_path, memory=400_000_000) == "sheets.too_big"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_reading_process_has_no_more_time_than_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    greedy(monkeypatch, "(x for x in iter(int, 1) if x)")
    assert refusal(tmp_path, cpu_seconds=1) == "sheets.unreadable"


def test_the_environment_cannot_slip_code_into_the_reading_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil" / "zipfile.py").write_text("raise SystemExit", encoding="utf-8")
    (tmp_path / "evil" / "sitecustomize.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "evil"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "evil" / "zipfile.py"))
    monkeypatch.chdir(tmp_path / "evil")
    assert read_workbook(write_xlsx(tmp_path / "a.xlsx", {"S": [["x"]]})).sheets[0].rows[0].cells[0].value == "x"

"""A23, A25, A26: what is typed as a target's label, a metric's name or an amount is a name: no query, no command."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import ToolkitError
from toolkit.kpi.metrics import METRICS, find_metrics
from toolkit.kpi.service.drafts import find_metric, read_amount

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

INJECTIONS = (
    "'", '"', ";", "' OR '1'='1", "'; DROP TABLE kpi_target; --", "x' UNION SELECT name FROM sqlite_schema --", "%",
    "\\", "1; PRAGMA writable_schema=1", "${7*7}", "{value}", "{n}", "%s", "%(id)s", "own|shop", "a|b", '["own"]',
)  # fmt: skip
ESCAPES = ("\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "a\rb", "\u202egnp.exe", "\u2066abc", "a\u200bb", "\x00", "\x7f")
SLOW = ("1" * 400, "tr" * 200, "1,2" * 150, "." * 400, "9" * 100_000, " " * 100_000, "%" * 50_000, "ă" * 50_000)


def schema(home: Path) -> object:
    with closing(sqlite3.connect(home / "toolkit.db")) as db:
        return db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_a_name_is_never_a_query(cli: Cli, home: Path) -> None:
    add = ("kpi", "target", "add", "--metric", "orders", "--amount", "3", "--period", "2026-11")
    assert cli(*add).exit_code == 0
    tables = schema(home)
    for text in INJECTIONS:
        assert cli(*add, f"--label={text}", f"--imposed-by={text}").exit_code == 0
        assert cli(*add, f"--engagement={text}").exit_code == 4
        assert cli(*add[:3], f"--metric={text}", "--amount=3", "--period=2026-11").exit_code == 3
        for words in (("add", f"nhóm {text}", f"--channel={text}"), ("record", text, "3"), ("drop", text)):
            assert cli("kpi", "metric", *words).exit_code in (0, 2, 3, 4)
    found = cli("kpi", "target", "list", "--as-of=2026-11-20", "--json").json["data"]["targets"]
    assert [one["label"] for one in found[1:]] == list(INJECTIONS)
    for one in found:
        assert cli("kpi", "why", one["id"], "--as-of=2026-11-20").exit_code == 0
    assert schema(home) == tables


def test_a_name_commands_no_terminal(cli: Cli) -> None:
    for n, text in enumerate(ESCAPES):
        added = cli(
            "kpi", "target", "add", "--metric", "orders", "--amount", n + 1, "--period", "2026-11", f"--label=m{text}"
        )
        assert added.exit_code == 0
    written = ""
    for words in ((), ("status",), ("target", "list"), ("why", "1"), ("target", "show", "2"), ("status", "--csv")):
        ran = cli("kpi", *words, "--as-of=2026-11-20")
        written += ran.stdout + ran.stderr
    assert not {letter for letter in written if ord(letter) in (*range(9), *range(11, 32), *range(127, 160))}
    assert not set(written) & set("\u202e\u2066\u200b")


def test_a_label_is_no_formula_in_a_spreadsheet(cli: Cli) -> None:
    cli("kpi", "target", "add", "--metric", "orders", "--amount", "3", "--period", "2026-11", "--label==1+1")
    line = cli("kpi", "target", "list", "--csv", "--as-of=2026-11-20").stdout.splitlines()[1]
    assert ",'=1+1," in line or ',"\'=1+1",' in line


@pytest.mark.parametrize("unit", ["dong", "count", "share", "number"])
@pytest.mark.parametrize("text", SLOW, ids=lambda text: f"{text[:3]}…{len(text)}")
def test_an_amount_is_read_or_refused_at_once(text: str, unit: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ToolkitError):
        read_amount(text, unit)  # type: ignore[arg-type]
    find_metrics(text, METRICS, {})
    assert time.perf_counter() - begun < 1


@given(text=st.text(max_size=80), unit=st.sampled_from(["dong", "count", "share", "number"]))
def test_any_amount_is_a_number_or_a_refusal(text: str, unit: str) -> None:
    try:
        found = read_amount(text, unit)  # type: ignore[arg-type]
    except ToolkitError:
        return
    assert isinstance(found, Fraction)
    assert found >= 0


@given(text=st.text(max_size=80))
def test_any_name_of_a_metric_is_one_or_a_refusal(text: str) -> None:
    try:
        assert find_metric(text, METRICS, {"revenue": ("Doanh số",)}).id in METRICS
    except ToolkitError as refused:
        assert refused.problem.code in ("kpi.metric_unknown", "kpi.metric_several")  # noqa: PT017

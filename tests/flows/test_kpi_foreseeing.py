"""chart, trend, forecast, backtest as a member types them."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import NOW, book_in, sale
from toolkit.kpi.model import Target
from toolkit.kpi.workweek import WorkWeeks
from toolkit.shell.layout import cell_width

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit

AS_OF = "--as-of=2026-11-20"
NOVEMBER = Target(0, "revenue", date(2026, 11, 1), date(2026, 12, 1), Fraction(120_000_000))
DAILY = [0, 3, 0, 5, 2, 0, 8, 4, 0, 6, 3, 0, 7, 5, 3, 0, 9, 4, 2, 5]


def fill(home: Path, sales: list[tuple[date, int]], *targets: Target) -> None:
    with book_in(home.parent) as book, book.recording("import", at=NOW) as recording:
        recording.add_sales(sale(amount, ordered=day, lines=(), customer_name="") for day, amount in sales if amount)
        for target in targets:
            recording.add(target)


@pytest.fixture
def year(home: Path) -> Path:
    """A year of sales on working days, the same for every run, and a target for November."""
    rng = random.Random(5)
    days = [day for day, weight in WorkWeeks().days(date(2025, 11, 3), date(2026, 11, 21)) if weight]
    fill(home, [(day, rng.randrange(1, 7) * 1_000_000) for day in days], NOVEMBER)
    return home


def said(cli: Cli, *arguments: object) -> Any:
    ran = cli("kpi", *arguments, AS_OF, "--json")
    assert ran.exit_code == 0, ran.stdout
    return ran.json["data"]


def test_the_worked_days_give_the_worked_forecast_through_the_whole_command(cli: Cli, home: Path) -> None:
    """kpi_vectors.json, "student_t": twenty days, ten to come, 66 so far, 100 wanted."""
    days = [day for day, weight in WorkWeeks().days(date(2026, 10, 1), date(2026, 12, 31)) if weight]
    target = Target(0, "revenue", days[0], days[29] + timedelta(days=1), Fraction(100_000_000))
    fill(home, [(day, amount * 1_000_000) for day, amount in zip(days, DAILY, strict=False)], target)
    ran = cli("kpi", "forecast", "--json", f"--as-of={days[19]}")
    found = ran.json["data"]["forecast"]
    assert found["low"] == pytest.approx(84_350_600, abs=100)
    assert found["mid"] == pytest.approx(99_000_000)
    assert found["high"] == pytest.approx(113_649_400, abs=100)
    assert found["computed"] == pytest.approx(0.4644, abs=5e-5)
    assert (found["probability"], found["n"], found["method"], found["level"]) == (0.45, 20, "even", 0.8)
    words = cli("kpi", "forecast", f"--as-of={days[19]}").stdout
    assert "84–114tr" in words
    assert "Từ 100tr trở lên: khoảng 9 lần trong 20." in words
    assert "Student t" in words


def test_orders_give_the_worked_counts_through_the_whole_command(cli: Cli, home: Path) -> None:
    """kpi_vectors.json, "gamma_poisson": four orders in five days before, eighteen in fifteen, five days to come."""
    days = [day for day, weight in WorkWeeks().days(date(2026, 10, 1), date(2026, 12, 31)) if weight]
    counts = [1, 1, 1, 1, 0, *([1, 1, 1, 1, 2] * 3)]
    orders = [(day, 1_000_000) for day, count in zip(days, counts, strict=False) for _ in range(count)]
    target = Target(0, "orders", days[5], days[24] + timedelta(days=1), Fraction(24))
    fill(home, orders, target)
    found = cli("kpi", "forecast", "1", "--json", f"--as-of={days[19]}").json["data"]["forecast"]
    assert (found["low"], found["high"], found["method"]) == (18 + 2, 18 + 9, "counts")
    assert found["mid"] == pytest.approx(23.5)
    assert found["computed"] == pytest.approx(0.461343, abs=5e-7)


def test_below_ten_days_a_range_is_said_and_no_chance(cli: Cli, home: Path) -> None:
    fill(
        home,
        [(date(2026, 11, 12) + timedelta(days=n), 3_000_000 + n * 200_000) for n in range(9)],
        replace(NOVEMBER, start=date(2026, 11, 12)),
    )
    ran = cli("kpi", "forecast", AS_OF)
    assert "Mới có" in ran.stdout
    assert "lần trong 20" not in ran.stdout
    found = cli("kpi", "forecast", AS_OF, "--json").json["data"]["forecast"]
    assert found["probability"] is None
    assert found["computed"] is None
    assert found["low"] < found["high"]


def test_the_chart_is_drawn_with_its_legend_and_the_same_numbers_stand_in_the_table(cli: Cli, year: Path) -> None:
    ran = cli("kpi", "chart", AS_OF)
    assert ran.exit_code == 0
    for letter in "─·░┄╭╯":
        assert letter in ran.stdout
    assert "T10, T9, T8" in ran.stdout
    plain = cli("kpi", "chart", "--plain", AS_OF).stdout
    assert not set("░┄╭·") & set(plain.partition("\n\n")[2])
    data = said(cli, "chart")
    assert [*data["days"][0]] == ["date", "working", "actual", "expected", "low", "mid", "high"]
    assert len(data["days"]) == 30
    assert data["days"][19]["actual"] == data["target"]["actual"]
    assert data["days"][29]["high"] == pytest.approx(data["target"]["forecast"]["high"])
    assert [one["start"] for one in data["earlier"]] == ["2026-10-01", "2026-09-01", "2026-08-01"]
    rows = list(csv.DictReader(io.StringIO(cli("kpi", "chart", "--csv", AS_OF).stdout.lstrip("\ufeff"))))
    assert [row["date"] for row in rows] == [day["date"] for day in data["days"]]


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("command", ["chart", "trend", "forecast", "backtest"])
def test_every_width_is_kept(cli: Cli, year: Path, monkeypatch: pytest.MonkeyPatch, command: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = cli("kpi", command, AS_OF)
    assert ran.exit_code == 0
    assert max(map(cell_width, (ran.stdout + ran.stderr).splitlines())) <= columns


def test_an_output_without_unicode_gets_ascii(run_toolkit: RunToolkit, year: Path) -> None:
    plain = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    ran = run_toolkit("kpi", "chart", AS_OF, env=plain)
    assert ran.exit_code == 0
    assert ran.stdout.isascii()
    assert "****" in ran.stdout
    assert "?" not in ran.stdout


def test_the_trend_names_its_months_and_leaves_the_running_one_out(cli: Cli, year: Path) -> None:
    data = said(cli, "trend")
    assert [month["month"] for month in data["months"]] == [
        "2025-11", "2025-12", *(f"2026-{n:02}" for n in range(1, 11))
    ]  # fmt: skip
    assert data["running"]["month"] == "2026-11"
    assert data["verdict"] in ("steady", "wavy")
    assert (data["n"], data["missing"]) == (12, 0)
    words = cli("kpi", "trend", AS_OF).stdout
    assert "(chưa hết)" in words
    assert any(spark in words for spark in "▅▆▇█")
    assert not set("▁▂▃▄▅▆▇█") & set(cli("kpi", "trend", "--plain", AS_OF).stdout)


def test_below_six_months_there_is_no_verdict_and_it_is_said_how_many_more(cli: Cli, home: Path) -> None:
    days = [day for day, weight in WorkWeeks().days(date(2026, 7, 1), date(2026, 11, 21)) if weight]
    fill(home, [(day, 1_000_000) for day in days])
    data = said(cli, "trend", "revenue")
    assert (data["verdict"], data["n"], data["missing"]) == (None, 4, 2)
    assert "thêm 2 tháng nữa" in cli("kpi", "trend", AS_OF).stdout


def test_a_metric_may_be_named_in_vietnamese_or_by_its_id_and_a_wrong_name_is_told(cli: Cli, year: Path) -> None:
    assert said(cli, "trend", "số đơn")["metric"] == said(cli, "trend", "orders")["metric"] == "orders"
    assert said(cli, "backtest", "doanh so")["metric"] == "revenue"
    wrong = cli("kpi", "trend", "revenu", AS_OF, "--json")
    assert wrong.exit_code == 3
    assert wrong.json["problems"][0]["code"] == "kpi.metric_unknown"


def test_the_backtest_counts_what_held_and_says_when_that_is_little(cli: Cli, year: Path, home: Path) -> None:
    data = said(cli, "backtest", "1")
    assert data["n"] == len(data["cuts"]) == 36
    assert data["held"] == sum(cut["held"] for cut in data["cuts"])
    assert data["low"] < data["share"] < data["high"]
    assert data["enough"] is True
    few = said(cli, "backtest", "1", "--periods", 2)
    assert (few["periods"], few["n"], few["enough"]) == (2, 6, False)
    assert "còn ít" in cli("kpi", "backtest", "1", "--periods", 2, AS_OF).stdout


def test_rest_and_more_a_day_are_told_without_a_verdict(cli: Cli, year: Path) -> None:
    data = said(cli, "forecast", "--rest", 2, "--per-day", "500k")
    assert data["to_come"] == 5
    assert data["supposed"]["days"] == 3
    assert data["supposed"]["per_day"] == 500_000
    usual, rest = data["forecast"], said(cli, "forecast", "--rest", 2)["supposed"]["forecast"]
    assert rest["mid"] < usual["mid"]
    assert data["supposed"]["forecast"]["mid"] == pytest.approx(rest["mid"] + 3 * 500_000)
    assert "Nếu nghỉ 2 ngày (làm 3 ngày), mỗi ngày làm thêm được 500k" in cli(
        "kpi", "forecast", "--rest", 2, "--per-day", "500k", AS_OF
    ).stdout  # fmt: skip
    everything = said(cli, "forecast", "--rest", 99)["supposed"]
    assert everything["days"] == 0
    assert everything["forecast"]["low"] == everything["forecast"]["high"] == data["target"]["actual"]


def test_where_no_working_day_is_left_only_what_stands_is_said(cli: Cli, year: Path) -> None:
    fill(year, [], replace(NOVEMBER, start=date(2026, 11, 16), end=date(2026, 11, 23)))
    words = cli("kpi", "forecast", "2", AS_OF).stdout
    assert "không còn ngày làm việc nào" in words
    assert "lần trong" not in words


def test_a_month_that_still_runs_is_no_earlier_one_of_the_next(cli: Cli, year: Path) -> None:
    fill(year, [], replace(NOVEMBER, start=date(2026, 12, 1), end=date(2027, 1, 1)))
    assert [one["start"] for one in said(cli, "chart", "2")["earlier"]] == ["2026-10-01", "2026-09-01"]


def test_looking_ahead_imports_nothing_heavy(run_toolkit: RunToolkit, year: Path) -> None:
    for command in ("chart", "trend", "forecast", "backtest"):
        ran = run_toolkit("kpi", command, AS_OF, env={"PYTHONPROFILEIMPORTTIME": "1"})
        assert ran.exit_code == 0
        modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
        assert "sqlite3" in modules
        assert not modules & {"scipy", "numpy", "sklearn", "openpyxl", "requests", "httplib2", "underthesea"}


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("forecast", "--per-day", "nhiều hơn"), 3, "kpi.not_per_day"),
        (("forecast", "--per-day", "-5tr"), 3, "kpi.not_per_day"),
        (("trend", "99"), 4, "kpi.target_unknown"),
        (("backtest", "99"), 4, "kpi.target_unknown"),
        (("trend", "--engagement", "ABC"), 4, "kpi.target_engagement_unknown"),
        (("trend", "9" * 190), 3, "kpi.metric_unknown"),
    ],
)
def test_what_cannot_be_meant_is_told(
    cli: Cli, year: Path, arguments: tuple[str, ...], exit_code: int, code: str
) -> None:
    ran = cli("kpi", *arguments, AS_OF, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (exit_code, code)


@pytest.mark.parametrize("arguments", [("forecast", "--rest", "-1"), ("trend", "--months", "1"), ("chart", "0")])
def test_numbers_out_of_range_are_refused(cli: Cli, year: Path, arguments: tuple[str, ...]) -> None:
    assert cli("kpi", *arguments, AS_OF).exit_code == 2


def test_levels_are_nested(cli: Cli, year: Path) -> None:
    ranges = [said(cli, "forecast", "--level", level)["forecast"] for level in (50, 80, 90)]
    lows, highs = [one["low"] for one in ranges], [one["high"] for one in ranges]
    assert lows == sorted(lows, reverse=True)
    assert highs == sorted(highs)
    assert [one["level"] for one in ranges] == [0.5, 0.8, 0.9]


def test_without_a_target_the_next_step_is_said_and_of_several_one_is_asked_for(cli: Cli, home: Path) -> None:
    none = cli("kpi", "chart", AS_OF)
    assert none.exit_code == 4
    assert "toolkit kpi target add" in none.stderr
    fill(home, [], NOVEMBER, NOVEMBER)
    several = cli("kpi", "forecast", AS_OF, "--json")
    assert several.exit_code == 4
    assert several.json["problems"][0]["code"] == "kpi.which_target"
    assert cli("kpi", "forecast", "2", AS_OF).exit_code == 0
    assert cli("kpi", "forecast", "9", AS_OF).exit_code == 4


@pytest.mark.parametrize(
    "target",
    [
        Target(0, "revenue", date(2027, 1, 1), date(2027, 2, 1), Fraction(1)),
        Target(0, "revenue", date(2026, 1, 1), date(2026, 2, 1), Fraction(50_000_000)),
        Target(0, "average_order", date(2026, 11, 1), date(2026, 12, 1), Fraction(2_000_000)),
        Target(0, "refunds", date(2026, 11, 1), date(2026, 12, 1), Fraction(2_000_000)),
        Target(0, "revenue", date(2026, 11, 20), date(2026, 11, 21), Fraction(2_000_000)),
        Target(0, "orders", date(2026, 1, 1), date(2027, 1, 1), Fraction(0)),
        Target(0, "gone", date(2026, 11, 1), date(2026, 12, 1), Fraction(3)),
        Target(0, "revenue", date(2026, 11, 1), date(2026, 12, 1), Fraction(3), shape="end"),
        Target(0, "revenue", date(2026, 11, 1), date(2026, 12, 1), Fraction(3), shape="calendar_days"),
    ],
    ids=["coming", "ended", "level", "down", "a day", "asks for nothing", "gone", "at the end", "every day"],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_target_can_be_looked_at(cli: Cli, year: Path, target: Target, lang: str) -> None:
    fill(year, [], target)
    for command in (("chart",), ("chart", "--plain"), ("forecast",)):
        ran = cli("kpi", command[0], "2", *command[1:], AS_OF, "--lang", lang)
        assert ran.exit_code == 0, ran.stderr
        assert "kpi." not in ran.stdout + ran.stderr
        json.loads(cli("kpi", *command, "2", AS_OF, "--json").stdout)
    ran = cli("kpi", "backtest", "2", AS_OF, "--lang", lang)
    assert ran.exit_code == (3 if target.metric == "gone" else 0)

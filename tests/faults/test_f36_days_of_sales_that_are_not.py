"""F20, F36: days that don't exist or can't be meant are refused in words; a clock that is wrong loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

if TYPE_CHECKING:
    from running import Cli

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NO_DAYS = [
    "2027-02-29", "29/2/2027", "2026-02-30", "31/11/2026", "2026-13-01", "9999-12-31", "1899-01-01", "0001-01-01",
    "0/0/0", "2026-11-00", "３２/1/2026", "1e9", "-1", "∞",
]  # fmt: skip
PLACES = (
    ("target", "add", "--metric", "revenue", "--amount", "5tr", "--end", "2028-03-01", "--start"),
    ("target", "add", "--metric", "revenue", "--amount", "5tr", "--start", "2026-11-01", "--end"),
    ("target", "revise", "1", "--amount", "4tr", "--from"),
    ("log", "bán trà 5tr", "--date"),
    ("calendar", "leave"),
    ("calendar", "workday"),
    ("list", "--from"),
    ("status", "--as-of"),
    ("commission", "plan", "add", "5% doanh số", "--yes", "--from"),
)


@pytest.mark.parametrize("words", PLACES, ids=lambda words: " ".join((words[0], words[-1])))
def test_a_day_that_there_is_not_is_refused_and_nothing_is_written(words: tuple[str, ...], cli: Cli) -> None:
    assert cli("kpi", "target", "add", "--metric", "revenue", "--amount", "5tr", "--period", "2026-11").exit_code == 0
    before = cli("kpi", "undo", "--list", "--json").json["data"]
    for day in NO_DAYS:
        ran = cli(
            "kpi", *words[:-1], *((f"{words[-1]}={day}",) if words[-1].startswith("--") else (words[-1], "--", day))
        )
        assert ran.exit_code in {2, 3}, (day, ran)
        assert "→" in ran.stderr, (day, ran)
    assert cli("kpi", "undo", "--list", "--json").json["data"] == before


def test_the_day_that_comes_every_four_years_is_a_day(cli: Cli) -> None:
    words = ("--metric", "revenue", "--amount", "5tr", "--start", "2028-02-29", "--end", "2028-03-01")
    assert cli("kpi", "target", "add", *words).exit_code == 0
    assert cli("kpi", "log", "bán trà 5tr", "--date", "2028-02-29", "--as-of", "2028-02-29").exit_code == 0
    [now] = cli("kpi", "status", "--as-of", "2028-02-29", "--json").json["data"]["targets"]
    assert (now["actual"], now["state"]) == (5_000_000, "reached")


@pytest.mark.parametrize("period", ["2027-02", "T2/2030", "2033-01"])
def test_months_around_the_lunar_new_year_have_fewer_days_and_no_hole(period: str, cli: Cli) -> None:
    done = cli("kpi", "target", "add", "--metric", "orders", "--amount", "40", "--period", period, "--json")
    assert done.exit_code == 0
    days = done.json["data"]["status"]["working_days"]
    assert 12 <= days["total"] <= 20
    assert days["elapsed"] + days["remaining"] == days["total"]


@pytest.mark.parametrize("skew", [timedelta(days=-1), timedelta(days=1), timedelta(days=-400)], ids=str)
def test_a_clock_that_jumps_between_lines_loses_and_doubles_nothing(skew: timedelta, cli: Cli) -> None:
    with time_machine.travel(NOW, tick=True):
        assert cli("kpi", "log", "bán trà cho chị Hoa 1tr").exit_code == 0
        assert (
            cli("kpi", "target", "add", "--metric", "revenue", "--amount", "9tr", "--period", "2026-11").exit_code == 0
        )
    with time_machine.travel(NOW + skew, tick=True):
        assert cli("kpi", "log", "bán trà cho chị Hoa 2tr").exit_code == 0
        assert [run["run"] for run in cli("kpi", "undo", "--list", "--json").json["data"]] == [3, 2, 1]
        assert cli("kpi").exit_code == 0
        assert cli("kpi", "undo").exit_code == 0  # the newest is the one that was written last, whatever its hour
    with time_machine.travel(NOW, tick=True):
        entries = cli("kpi", "list", "--json").json["data"]["entries"]
    assert [entry["amount"] for entry in entries] == [1_000_000]


def test_a_sale_of_tomorrows_clock_does_not_count_today(cli: Cli) -> None:
    with time_machine.travel(NOW + timedelta(days=1), tick=True):
        cli("kpi", "log", "bán trà 1tr")
        cli("kpi", "target", "add", "--metric", "revenue", "--amount", "9tr", "--period", "2026-11")
    with time_machine.travel(NOW, tick=True):
        assert cli("kpi", "status", "--json").json["data"]["targets"][0]["actual"] == 0
    with time_machine.travel(NOW + timedelta(days=2), tick=True):
        assert cli("kpi", "status", "--json").json["data"]["targets"][0]["actual"] == 1_000_000


@pytest.mark.parametrize(
    "sentence",
    ["doanh số 5tr từ 31/11 đến 5/12", "doanh số 5tr từ 1/12 đến 32/12", "40 đơn đến 30/2", "40 đơn đến 29/2/2027"],
)
def test_a_target_until_a_day_that_there_is_not_is_not_set_for_other_days(sentence: str, cli: Cli) -> None:
    ran = cli("kpi", "target", "add", sentence, "--as-of", "2026-11-20")
    assert ran.exit_code == 3
    assert "→" in ran.stderr
    assert cli("kpi", "target", "list", "--json").json["data"]["targets"] == []


def test_shares_and_days_that_there_are_stay_as_they_are(cli: Cli) -> None:
    for sentence in ("doanh số 5tr từ 30/11 đến 5/12", "doanh số 5tr đến 29/2/2028", "40 đơn trong 2.5 tháng 12"):
        ran = cli("kpi", "target", "add", sentence, "--as-of", "2026-11-20", "--json")
        assert "core.date_no_such_day" not in ran.stdout, ran

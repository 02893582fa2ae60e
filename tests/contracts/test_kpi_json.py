"""What other programs build on: the fixed command lines of kpi and the keys of what they answer, literally."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

AS_OF = ("--as-of", "2026-11-20")
STATUS = {
    "id", "metric", "start", "end", "target", "actual", "expected", "gap", "pace_index", "run_rate", "required",
    "safe_days", "working_days", "forecast", "state",
}  # fmt: skip
WORKING_DAYS = {"total", "elapsed", "remaining"}
FORECAST = {"low", "mid", "high", "level", "probability", "n", "method"}
LOGGED = {
    "kind", "amount", "customer", "quantity", "product", "referral", "repeat", "date", "reason", "counts",
    "needs_confirm",
}  # fmt: skip
IMPORTED = {"rows", "orders", "lines", "counted_orders", "revenue", "refunds", "units", "skipped"}
HEADINGS = ["date", "order_id", "customer", "product", "quantity", "amount", "status", "referrer", "channel"]
OWN = """date,order_id,customer,product,quantity,amount,status,referrer,channel
2026-11-02,A1,chị Hoa,trà,2,200000,done,,zalo
2026-11-02,A1,chị Hoa,mật ong,1,150000,done,,zalo
2026-11-03,A2,anh Nam,trà,1,100000,cancelled,,
2026-11-04,A3,cô Tư,cà phê,3,300000,done,chị Hoa,shopee
2026-11-05,A4,anh Tú,cà phê,1,90000,returned,,shopee
2026-11-06,A1,chị Hoa,trà,1,-100000,done,,zalo
"""


def answer(cli: Cli, *words: object, stdin: str = "") -> Any:
    """The data of a command that went well; the envelope is the house's."""
    ran = cli("kpi", *words, "--json", stdin=stdin)
    assert ran.exit_code == 0, ran
    assert ran.json.keys() == {"status", "data", "problems"}
    assert ran.json["status"] == "ok"
    return ran.json["data"]


def statuses(cli: Cli, *words: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(cli, "status", *(words or AS_OF))["targets"]
    return found


@pytest.mark.parametrize(
    "days",
    [
        ("--period", "2026-11"),
        ("--start", "2026-11-01", "--end", "2026-12-01"),
    ],
)
@pytest.mark.parametrize("metric", ["revenue", "orders"])
def test_a_target_by_flags_and_its_status(cli: Cli, metric: str, days: tuple[str, ...]) -> None:
    done = answer(cli, "target", "add", "--metric", metric, "--amount", "120000000", *days)
    [now] = statuses(cli)
    assert now.keys() >= STATUS
    assert now["working_days"].keys() >= WORKING_DAYS
    assert now["forecast"].keys() >= FORECAST
    assert (now["id"], now["metric"], now["target"]) == (done["id"], metric, 120_000_000)
    assert (now["start"], now["end"]) == ("2026-11-01", "2026-12-01")
    assert now["working_days"] == {"total": 20, "elapsed": 15, "remaining": 5}
    assert now["actual"] == 0
    assert now["state"] == "running"


def test_what_has_no_value_is_null(cli: Cli) -> None:
    answer(cli, "target", "add", "--metric", "average_order", "--amount", "500000", "--period", "2026-11")
    [now] = statuses(cli)
    assert now["actual"] is None
    answer(cli, "target", "add", "--metric", "revenue", "--amount", "0", "--period", "2026-12")
    coming = statuses(cli)[-1]
    assert coming["pace_index"] is None
    assert coming["forecast"]["probability"] is None


def test_no_probability_below_ten_days(cli: Cli) -> None:
    answer(cli, "log", "bán 5tr", "--date", "2026-11-02")
    answer(cli, "target", "add", "--metric", "revenue", "--amount", "120000000", "--period", "2026-11")
    [early] = statuses(cli, "--as-of", "2026-11-12")
    assert early["forecast"]["n"] < 10
    assert early["forecast"]["probability"] is None
    [later] = statuses(cli, "--as-of", "2026-11-20")
    assert later["forecast"]["probability"] is not None


def test_a_revised_target_bends_at_the_day(cli: Cli) -> None:
    number = answer(cli, "target", "add", "--metric", "revenue", "--amount", "120000000", "--period", "2026-11")["id"]
    answer(cli, "target", "revise", number, "--amount", "100000000", "--from", "2026-11-16")
    [now] = statuses(cli)
    assert now["target"] == 100_000_000
    # Ten of twenty days at 120 million, five of the ten left of the way from 60 to 100 million.
    assert now["expected"] == 80_000_000
    [before] = statuses(cli, "--as-of", "2026-11-13")
    assert before["expected"] == 60_000_000


@pytest.mark.parametrize(("week", "total"), [("5", 20), ("5.5", 22), ("6", 24), ("7", 29)])
def test_the_working_week(cli: Cli, week: str, total: float) -> None:
    answer(cli, "calendar", "week", week)
    answer(cli, "target", "add", "--metric", "orders", "--amount", "40", "--period", "2026-11")
    assert statuses(cli)[0]["working_days"]["total"] == total


def test_leave_and_extra_days(cli: Cli) -> None:
    answer(cli, "target", "add", "--metric", "orders", "--amount", "40", "--period", "2026-11")
    for words, total in (
        (("leave", "2026-11-25"), 19),
        (("leave", "2026-11-25..2026-11-27"), 17),
        (("workday", "2026-11-28"), 18),
    ):
        answer(cli, "calendar", *words)
        assert statuses(cli)[0]["working_days"]["total"] == total, words


def test_the_own_table_is_read_and_written(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bán.csv"
    file.write_text(OWN, encoding="utf-8")
    data = answer(cli, "import", file, "--profile", "toolkit", "--yes")
    assert data.keys() >= IMPORTED
    wanted = {
        "rows": 6, "orders": {"new": 4, "updated": 0, "unchanged": 0}, "lines": 6, "counted_orders": 2,
        "revenue": 650_000, "refunds": 100_000, "units": 6, "skipped": 0,
    }  # fmt: skip
    assert {key: data[key] for key in IMPORTED} == wanted
    again = answer(cli, "import", file, "--profile", "toolkit", "--yes")
    assert {key: again[key] for key in IMPORTED} == wanted | {"orders": {"new": 0, "updated": 0, "unchanged": 4}}
    written = cli("kpi", "export")
    assert written.exit_code == 0
    rows = list(csv.reader(io.StringIO(written.stdout.lstrip("\ufeff"))))
    assert rows[0] == HEADINGS
    assert [row for row in rows if "-" not in row[5]] == [
        row for row in csv.reader(io.StringIO(OWN)) if "-" not in row[5]
    ]
    [refund] = [row for row in rows if row[5].startswith("-")]
    assert (*refund[:3], *refund[5:]) == ("2026-11-06", "A1", "chị Hoa", "-100000", "done", "", "zalo")


def test_what_was_written_is_read_elsewhere_with_the_same_figures(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, copy = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_text(OWN, encoding="utf-8")
    first = answer(cli, "import", file, "--profile", "toolkit", "--yes")
    assert cli("kpi", "export", copy).exit_code == 0
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "other"))
    other = answer(cli, "import", copy, "--profile", "toolkit", "--yes")
    assert {key: other[key] for key in IMPORTED} == {key: first[key] for key in IMPORTED}


@pytest.mark.parametrize(
    ("line", "kind", "wanted"),
    [
        (
            "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu",
            "sale",
            {"amount": 12_000_000, "customer": "chị Hoa", "quantity": 2, "referral": True, "repeat": False},
        ),
        ("chị Hoa trả lại 1 gói, hoàn 6tr", "refund", {"amount": 6_000_000, "customer": "chị Hoa"}),
        ("thu tiền anh Nam 5tr", "payment", {"amount": 5_000_000, "customer": "anh Nam"}),
        ("anh Nam không mua vì giá cao", "lost", {"customer": "anh Nam", "reason": "giá cao", "amount": None}),
        ("gặp 3 khách, báo giá 1", "activity", {"counts": {"meeting": 3, "quote": 1}}),
        ("hứa gửi bảng giá cho chị Lan thứ 2", "promise", {"customer": "chị Lan", "date": "2026-11-20"}),
    ],
)
def test_each_kind_of_line(cli: Cli, line: str, kind: str, wanted: dict[str, Any]) -> None:
    seen = answer(cli, "log", line, "--dry-run", *AS_OF)
    assert seen.keys() >= LOGGED
    assert (seen["kind"], seen["date"], seen["needs_confirm"]) == (kind, "2026-11-20", False)
    assert {key: seen[key] for key in wanted} == wanted
    assert answer(cli, "list")["entries"] == []  # --dry-run stores nothing
    kept = answer(cli, "log", line, *AS_OF)
    assert {key: kept[key] for key in LOGGED} == {key: seen[key] for key in LOGGED}


def test_lines_of_standard_input_are_answered_one_object_a_line(cli: Cli) -> None:
    lines = "bán 2 gói bảo hiểm cho chị Hoa 12tr\ngặp 3 khách\nanh Nam không mua vì giá cao\n"
    for more in (("--dry-run",), ()):
        ran = cli("kpi", "log", "-", "--json", *more, *AS_OF, stdin=lines)
        assert ran.exit_code == 0, ran
        objects = [json.loads(line) for line in ran.stdout.splitlines()]
        assert [one["kind"] for one in objects] == ["sale", "activity", "lost"]
        assert all(one.keys() >= LOGGED for one in objects)
    assert len(answer(cli, "list")["entries"]) == 3


@pytest.mark.parametrize(
    "words",
    [
        ("log", "bán 5tr"),
        ("target", "add", "--metric", "revenue", "--amount", "5000000", "--period", "2026-11"),
        ("commission", "plan", "add", "3% đến 50tr, 5% đến 100tr, 8% trở lên"),
        ("dates",),
    ],
)
def test_questions_are_answered_beforehand(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli("kpi", *words, "--yes", *AS_OF).exit_code == 0


@pytest.mark.parametrize(
    "command", ["", "status", "chart", "trend", "forecast", "backtest", "why 1", "funnel", "winloss", "repeat",
                "customers", "commission explain", "commission compare --paid 1tr", "okr", "note 1", "list",
                "target list", "target show 1", "calendar show"],
)  # fmt: skip
def test_every_look_takes_a_day_json_and_plain(cli: Cli, command: str) -> None:
    answer(cli, "target", "add", "--metric", "revenue", "--amount", "5000000", "--period", "2026-11")
    answer(cli, "log", "bán 1tr cho chị Hoa", "--date", "2026-11-02")
    answer(cli, "commission", "plan", "add", "5% doanh số")
    words = command.split()
    answer(cli, *words, *AS_OF)
    plain = cli("kpi", *words, *AS_OF, "--plain")
    assert plain.exit_code == 0, plain
    assert not set(plain.stdout) & set("▓░│█┤╭╮╰╯"), plain.stdout

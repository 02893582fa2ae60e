"""`sitestats export` and `report --engine`: a site's tables for larger machines, and their report."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.site_engines import ENGINES, HAS_CHDB, HAS_SAIL
from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats.metrics import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit

TODAY = "--today=2026-11-22"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    write_access_log(path, 1_500, first=date(2026, 11, 1), days=4)
    return path


def facts_of(page: str) -> Any:
    """What the script of a page reads."""
    return json.loads(page.partition('id="data">')[2].partition("</script>")[0])


def rows(sql: str, *given: Any) -> list[Any]:
    import duckdb

    return duckdb.connect().execute(sql, list(given)).fetchall()


def test_the_tables_lie_by_day_and_hold_what_the_report_counts(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    done = cli("sitestats", "export", str(log), "--parquet", str(folder), "--tz", "Asia/Ho_Chi_Minh", TODAY, "--json")
    assert done.exit_code == 0
    made = done.json["data"]
    assert made["rows"]["hits"] == 1_500
    assert made["bytes"] == sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    assert sorted(path.name for path in folder.iterdir()) == sorted(["export.json", *TABLES])
    assert len(made["added"]) == len(list((folder / "hits").iterdir()))
    days = rows("SELECT day::DATE, count(*) FROM read_parquet(?) GROUP BY 1 ORDER BY 1", f"{folder}/hits/*/*.parquet")
    assert [path.name for path in sorted((folder / "hits").iterdir())] == [f"day={day}" for day, _ in days]
    report = cli("sitestats", "report", str(log), "--tz", "Asia/Ho_Chi_Minh", TODAY, "--json").json["data"]
    assert [[str(day), n] for day, n in days] == [[row["date"], row["requests"]] for row in report["days"]]
    assert made["rows"]["visitors"] == report["totals"]["visitors"]


def test_no_address_and_no_query_is_in_the_files(tmp_path: Path, cli: Cli) -> None:
    log = tmp_path / "access.log"
    asked = "GET /a?sdt=0903123456 HTTP/1.1"
    log.write_text(f'198.51.100.77 - hoa [20/Nov/2026:13:55:36 +0700] "{asked}" 200 1 "-" "x"\n', "utf-8")
    assert cli("sitestats", "export", str(log), "--parquet", str(tmp_path / "kho"), TODAY).exit_code == 0
    for file in (tmp_path / "kho").rglob("*.parquet"):
        for row in rows("SELECT * FROM read_parquet(?)", str(file)):
            assert not any(secret in str(row) for secret in ("198.51.100.77", "0903123456", "hoa"))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "thư.txt").write_text("của tôi", "utf-8")
    done = cli("sitestats", "export", str(log), "--parquet", str(folder), TODAY, "--json")
    assert done.json["problems"][0]["code"] == "sitestats.folder_taken"
    assert [path.name for path in folder.iterdir()] == ["thư.txt"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".kho")) == []


def test_an_empty_folder_is_taken(tmp_path: Path, log: Path, cli: Cli) -> None:
    (tmp_path / "nhà 'tôi'").mkdir()
    assert cli("sitestats", "export", str(log), "--parquet", str(tmp_path / "nhà 'tôi'"), TODAY).exit_code == 0
    assert (tmp_path / "nhà 'tôi'" / "agents" / "agents.parquet").is_file()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--engine", "sail://local"], "sitestats.engine_alone"),
        (["--data", "."], "sitestats.no_tables"),
        (["--engine", "sail://local", "--data", ".", "--html", "a.html"], "sitestats.page_elsewhere"),
        (["access.log", "--engine", "sail://local", "--data", "."], "sitestats.engine_alone"),
        (["access.log", "--data", "."], "sitestats.engine_alone"),
        (["--data", ".", "--from-collector"], "sitestats.engine_alone"),
        (["--engine", "chdb://local", "--data", "s3://kho/trang"], "sitestats.data_elsewhere"),
        (["--data", "s3://kho/trang"], "sitestats.data_elsewhere"),
        (["--engine", "postgres://x", "--data", "."], "sitestats.engine_unknown"),
        (["--engine", "spark://may;x=1:15002", "--data", "."], "sitestats.engine_unknown"),
        (["--engine", "sail://local", "--data", "."], "sitestats.no_tables"),
    ],
)
def test_what_does_not_go_together_is_said(options: list[str], code: str, cli: Cli) -> None:
    done = cli("sitestats", "report", *options, "--json")
    assert done.json["problems"][0]["code"] == code
    assert done.json["problems"][0]["suggestion"]


@pytest.mark.parametrize(
    ("address", "is_here", "extra"), [("sail://local", HAS_SAIL, "engines"), ("chdb://local", HAS_CHDB, "clickhouse")]
)
def test_without_the_extra_it_says_what_to_install(
    address: str, is_here: bool, extra: str, tmp_path: Path, log: Path, cli: Cli
) -> None:
    if is_here:
        pytest.skip(f"the extra `{extra}` is installed")
    assert cli("sitestats", "export", str(log), "--parquet", str(tmp_path / "kho"), TODAY).exit_code == 0
    done = cli("sitestats", "report", "--engine", address, "--data", str(tmp_path / "kho"), "--json")
    assert done.json["problems"][0]["code"] == "sitestats.engine_missing"
    assert f"[{extra}]" in done.json["problems"][0]["suggestion"]


@pytest.mark.parametrize("address", ENGINES)
def test_an_engine_gives_the_report_of_the_log(
    address: str, tmp_path: Path, log: Path, cli: Cli, run_toolkit: RunToolkit
) -> None:
    folder, zone = tmp_path / "kho", ["--tz", "Asia/Ho_Chi_Minh", TODAY]
    asked = ["--humans", "--from", "3/11", "--previous", "--goal", "/san-pham/*", "--goal", "event:gui-form", "--json"]
    assert cli("sitestats", "export", str(log), "--parquet", str(folder), *zone).exit_code == 0
    ours = cli("sitestats", "report", str(log), *asked, *zone).json["data"]
    words = ["sitestats", "report", *asked, "--engine", address, "--data", str(folder), *zone]
    done = cli(*words) if address == "duckdb://local" else run_toolkit(*words)  # others write past the program
    assert done.stderr == ""
    others = done.json["data"]
    assert others["previous"]["hits"] > 0
    assert others["goals"][0]["conversions"] > 0
    assert others == ours


def test_days_that_were_cut_in_one_zone_are_not_shown_as_those_of_another(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    done = cli("sitestats", "export", str(log), "--parquet", str(folder), "--tz", "Asia/Tokyo", TODAY)
    assert done.exit_code == 0
    refused = cli("sitestats", "report", "--data", str(folder), "--tz", "UTC", TODAY, "--json")
    assert refused.json["problems"][0]["code"] == "sitestats.engine_alone"
    assert "--tz" in refused.json["problems"][0]["value"]
    assert cli("sitestats", "report", "--data", str(folder), "--tz", "Asia/Tokyo", TODAY).exit_code == 0


def test_a_choice_that_fits_nothing_names_what_the_tables_have(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    assert cli("sitestats", "export", str(log), "--parquet", str(folder), TODAY).exit_code == 0
    ours, others = (
        cli("sitestats", "report", *source, "--path", "/khong-co", TODAY)
        for source in ((str(log), "--tz", "Asia/Ho_Chi_Minh"), ("--data", str(folder)))
    )
    assert (others.stdout, others.stderr) == (ours.stdout, ours.stderr)
    assert "/san-pham" in others.stderr


def test_what_a_folder_of_somebody_else_says_of_itself_commands_nothing(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    assert cli("sitestats", "export", str(log), "--parquet", str(folder), TODAY).exit_code == 0
    told = json.loads((folder / "export.json").read_text("utf-8"))
    told |= {"timezone": "../../etc/passwd", "host": "<script>\x1b[31mx", "site": "\x1b]0;x\x07"}
    (folder / "export.json").write_text(json.dumps(told), "utf-8")
    shown = cli("sitestats", "report", "--data", str(folder), TODAY)
    assert shown.exit_code == 0
    assert "\x1b" not in shown.stdout + shown.stderr
    assert cli("sitestats", "report", "--data", str(folder), "--html", str(tmp_path / "a.html"), TODAY).exit_code == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "<script>\x1b" not in page
    assert "etc/passwd" not in page
    (folder / "export.json").write_text("[]", "utf-8")
    assert cli("sitestats", "report", "--data", str(folder), TODAY).exit_code == 0


@pytest.mark.parametrize("address", ENGINES)
def test_damaged_tables_are_said_to_be_so(address: str, tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    assert cli("sitestats", "export", str(log), "--parquet", str(folder), TODAY).exit_code == 0
    for file in folder.glob("visits/*/*.parquet"):
        file.write_bytes(b"PAR1" + b"x" * 500)
    done = cli("sitestats", "report", "--data", str(folder), "--engine", address, "--json")
    assert done.json["problems"][0]["code"] == "sitestats.engine_failed"
    assert address in done.json["problems"][0]["message"]


def test_a_page_of_exported_tables_is_that_of_the_log(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder, zone = tmp_path / "kho", ["--tz", "Asia/Ho_Chi_Minh", TODAY]
    assert cli("sitestats", "export", str(log), "--parquet", str(folder), *zone).exit_code == 0
    asked = ["--previous", "--from", "3/11", "--goal", "/san-pham/*"]
    assert cli("sitestats", "report", str(log), *asked, "--html", str(tmp_path / "1.html"), *zone).exit_code == 0
    made = cli("sitestats", "report", "--data", str(folder), *asked, "--html", str(tmp_path / "2.html"), *zone)
    assert made.exit_code == 0
    ours, others = ((tmp_path / f"{n}.html").read_text("utf-8") for n in (1, 2))
    assert facts_of(others) == facts_of(ours)


@pytest.mark.skipif(not HAS_SAIL, reason="the extra `engines` is not installed")
def test_an_engine_that_is_not_there_is_said_at_once(tmp_path: Path, log: Path, cli: Cli) -> None:
    folder = tmp_path / "kho"
    assert cli("sitestats", "export", str(log), "--parquet", str(folder), TODAY).exit_code == 0
    done = cli("sitestats", "report", "--engine", "spark://127.0.0.1:1", "--data", str(folder), "--json")
    assert done.json["problems"][0]["code"] == "sitestats.engine_away"
    elsewhere = cli("sitestats", "report", "--engine", "spark://127.0.0.1:1", "--data", "/kho/ở/máy/kia", "--json")
    assert elsewhere.json["problems"][0]["code"] == "sitestats.engine_away"  # it may well have that folder

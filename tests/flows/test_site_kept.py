"""A site that is kept, as a member meets it: where its logs are, what is new in them, its report."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from builders.kept_sites import kept_numbers, log_line, log_lines, the_site
from running import environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log" / "access.log"
    path.parent.mkdir()
    path.write_text(log_lines(1, 30))
    return path


def test_from_a_log_to_a_report(cli: Cli, log: Path) -> None:
    log.with_name("access.log.1.gz").write_bytes(gzip.compress(log_line(0).encode()))
    added = cli("sitestats", "add-log", "Cửa hàng Lan", log, *TODAY)
    assert added.exit_code == 0
    assert "2 tệp" in added.stdout
    assert 'toolkit sitestats update "Cửa hàng Lan"' in added.stderr
    assert cli("sitestats", "report", *TODAY).exit_code == 4
    updated = cli("sitestats", "update", *TODAY)
    assert "Cửa hàng Lan: 31 dòng mới" in updated.stdout
    assert "không có dòng mới" in cli("sitestats", "update", "cua hang lan", *TODAY).stdout
    kept = cli("sitestats", "report", "CỬA HÀNG LAN", "--json", *TODAY).json["data"]
    files = cli("sitestats", "report", log, log.with_name("access.log.1.gz"), "--json", *TODAY).json["data"]
    assert kept == files
    assert kept["totals"]["requests"] == 31
    shown = cli("sitestats", "sites", "show", "cửa hàng lan", "--json").json["data"]
    assert shown["requests"] == 31
    assert shown["host"] == ""
    assert shown["first"] == "2026-11-18"
    assert shown["logs"] == [{"path": str(log), "format": None}]
    assert "site that is kept" in cli("--lang", "en", "sitestats", "report", "--help").stdout


def test_an_update_tells_what_it_read_as_json(cli: Cli, log: Path) -> None:
    cli("sitestats", "add-log", "shop", log, *TODAY)
    with log.open("a") as file:
        file.write("nonsense\n" + log_line(31)[:50])
    ran = cli("sitestats", "update", "--json", *TODAY)
    assert ran.json["data"] == [
        {"site": "shop", "files": 1, "lines": 31, "rejected": 1, "waiting": 1, "days": ["2026-11-18"], "collected": 0}
    ]
    with log.open("a") as file:
        file.write(log_line(31)[50:])
    assert cli("sitestats", "update", "--json", *TODAY).json["data"][0]["lines"] == 1


def test_filters_and_other_outputs_work_on_what_is_kept(cli: Cli, log: Path, tmp_path: Path) -> None:
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "update", *TODAY)
    assert cli("sitestats", "report", "shop", "--path", "/p/3", "--json", *TODAY).json["data"]["totals"]["hits"] == 1
    assert cli("sitestats", "report", "shop", "--previous", "--csv", *TODAY).exit_code == 0
    page = tmp_path / "page.html"
    assert cli("sitestats", "report", "shop", "--html", page, *TODAY).exit_code == 0
    assert "/p/3" in page.read_text()
    refused = cli("sitestats", "report", "shop", "--tz", "UTC", *TODAY)
    assert refused.exit_code == 2
    assert "--tz" in refused.stderr


def test_logs_of_several_sites_stay_apart(cli: Cli, log: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.log"
    other.write_text(log_lines(1, 5))
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "add-log", "blog", other, "--tz", "UTC", "--host", "blog.example", *TODAY)
    cli("sitestats", "update", *TODAY)
    for name, lines in (("shop", 30), ("blog", 5)):
        data = cli("sitestats", "report", name, "--json", *TODAY).json["data"]
        assert data["totals"]["requests"] == lines
    which = cli("sitestats", "report", *TODAY)
    assert which.exit_code == 2
    assert "blog, shop" in which.stderr
    listed = cli("sitestats", "sites", "list", "--json").json["data"]
    assert [(one["site"], one["host"], one["timezone"]) for one in listed] == [
        ("blog", "blog.example", "UTC"), ("shop", "", "Asia/Ho_Chi_Minh"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "CON", "a\x00b", "con.txt", "..", "C:\\x", "x" * 190, "⁄/⁄"]
)
def test_a_sites_name_leads_nowhere_else(name: str, cli: Cli, log: Path, home: Path, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if home not in path.parents}
    ran = cli("sitestats", "add-log", name, log, *TODAY)
    if ran.exit_code == 0:
        assert cli("sitestats", "update", *TODAY).exit_code == 0
        assert the_site(home).folder.parent == home / "sites"
        assert len(the_site(home).folder.name.encode()) < 100
    else:
        assert ran.exit_code == 2
    assert {path for path in tmp_path.rglob("*") if home not in path.parents} - before <= {home}


def test_sites_are_renamed_and_forgotten(cli: Cli, log: Path, home: Path) -> None:
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "add-log", "blog", log, *TODAY)
    cli("sitestats", "update", *TODAY)
    assert cli("sitestats", "sites", "rename", "shop", "BLOG").exit_code == 4
    assert cli("sitestats", "sites", "rename", "shop", "Shop ơi").exit_code == 0
    assert cli("sitestats", "report", "shop oi", "--json", *TODAY).json["data"]["totals"]["requests"] == 30
    assert cli("sitestats", "sites", "forget", "blog").exit_code == 2
    assert cli("sitestats", "sites", "forget", "blog", "--yes").exit_code == 0
    assert [one["site"] for one in cli("sitestats", "sites", "list", "--json").json["data"]] == ["Shop ơi"]
    assert len([path for path in (home / "sites").iterdir() if path.is_dir()]) == 1
    gone = cli("sitestats", "report", "blog", *TODAY)
    assert gone.exit_code == 4
    assert "Shop ơi" in gone.stderr


def test_what_is_no_access_log_is_refused_and_the_others_are_read(cli: Cli, log: Path, home: Path) -> None:
    wrong = log.with_name("error.log")
    wrong.write_text("2026/11/20 10:00:00 [error] 7#7: *1 open() failed\n" * 5)
    assert cli("sitestats", "add-log", "shop", wrong, *TODAY).exit_code == 3
    assert cli("sitestats", "add-log", "shop", log.with_name("none.log"), *TODAY).exit_code == 3
    assert cli("sitestats", "add-log", "shop", str(log.parent / "*.log"), *TODAY).exit_code == 0
    ran = cli("sitestats", "update", *TODAY)
    assert ran.exit_code == 1
    assert "error.log" in ran.stderr
    assert kept_numbers(home) == list(range(1, 31))
    assert cli("sitestats", "update", *TODAY).exit_code == 1, "it is said each time"
    log.unlink()
    wrong.unlink()
    missing = cli("sitestats", "update", *TODAY)
    assert missing.exit_code == 1
    assert "*.log" in missing.stderr


def test_a_rotated_log_that_begins_with_garbage_is_still_that_log(cli: Cli, log: Path, home: Path) -> None:
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "update", *TODAY)
    log.rename(log.with_name("access.log.1"))
    log.write_text("\x16\x03\x01 nonsense\n")
    ran = cli("sitestats", "update", "--json", *TODAY).json["data"][0]
    assert (ran["lines"], ran["rejected"]) == (1, 1)
    with log.open("a") as file:
        file.write(log_lines(31, 40))
    cli("sitestats", "update", *TODAY)
    assert kept_numbers(home) == list(range(1, 41))


def test_a_w3c_log_goes_on_with_the_columns_that_were_said_before(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "u_ex261120.log"
    path.write_text("#Software: IIS\n#Date: 2026-11-20 00:00:01\n#Fields: time cs-uri-stem c-ip sc-status sc-bytes\n"
                    "00:00:01 /a 203.0.113.1 200 10\n")  # fmt: skip
    cli("sitestats", "add-log", "iis", path, *TODAY)
    cli("sitestats", "update", *TODAY)
    with path.open("a") as file:
        file.write("00:00:02 /b 203.0.113.1 200 10\n#Fields: time sc-status cs-uri-stem c-ip\n")
    cli("sitestats", "update", *TODAY)
    with path.open("a") as file:
        file.write("00:00:03 404 /c 203.0.113.1\n")
    cli("sitestats", "update", *TODAY)
    data = cli("sitestats", "report", "iis", "--json", *TODAY).json["data"]
    assert data["totals"] | {"requests": 3, "valid": 3, "rejected": 0, "hits": 3} == data["totals"]
    assert data["not_found"] == [{"path": "/c", "hits": 1, "visitors": 1}]


def test_a_line_without_an_end_is_counted_once_however_long_it_gets(cli: Cli, log: Path, home: Path) -> None:
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "update", *TODAY)
    for _ in range(3):
        with log.open("a") as file:
            file.write("x" * 1_500_000)
        assert cli("sitestats", "update", *TODAY).exit_code in (0, 1)
    with log.open("a") as file:
        file.write(" end\n" + log_lines(31, 33))
    cli("sitestats", "update", *TODAY)
    assert kept_numbers(home) == list(range(1, 34))
    data = cli("sitestats", "report", "--json", *TODAY).json["data"]
    assert data["totals"]["requests"] == 34
    assert data["rejects"][0]["reason"] == "too_long"


def test_the_last_line_of_a_packed_log_needs_no_end(cli: Cli, log: Path, home: Path) -> None:
    packed = log.with_name("access.log.1.gz")
    packed.write_bytes(gzip.compress(log_lines(31, 40).rstrip("\n").encode()))
    cli("sitestats", "add-log", "shop", log, *TODAY)
    cli("sitestats", "update", *TODAY)
    assert kept_numbers(home) == list(range(1, 41))
    packed.unlink()
    packed.with_suffix("").write_text(log_lines(31, 42))
    cli("sitestats", "update", *TODAY)
    assert kept_numbers(home) == list(range(1, 43))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_update_that_is_stopped_goes_on_where_it_was(cli: Cli, log: Path, home: Path) -> None:
    log.write_text(log_lines(1, 200_000, step=1))
    cli("sitestats", "add-log", "shop", log, *TODAY)
    with subprocess.Popen(
        toolkit_command("sitestats", "update", *TODAY), env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        while process.poll() is None and not (the_site(home).folder / "lock.holder").exists():
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode in (130, 0)
    assert b"Traceback" not in said
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 200_001))


def test_nothing_new_is_known_without_opening_the_database(cli: Cli, log: Path) -> None:
    cli("sitestats", "add-log", "shop", log, *TODAY)
    old = time.time() - 60
    os.utime(log, (old, old))
    cli("sitestats", "update", *TODAY)
    looking = "import sys; from toolkit.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", looking, "sitestats", "update", "--json", *TODAY], env=environment(),
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout)["data"][0]["lines"] == 0
    loaded = set(ran.stderr.decode().split())
    assert not loaded & {"duckdb", "ibis", "sqlglot", "ua_parser", "iptocc", "tldextract", "sklearn", "openpyxl"}
    with log.open("a") as file:
        file.write(log_line(31))
    os.utime(log, (old, old))
    assert cli("sitestats", "update", "--json", *TODAY).json["data"][0]["lines"] == 1

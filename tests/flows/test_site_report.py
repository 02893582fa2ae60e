"""`toolkit sitestats report` as a member or a program meets it: any log to figures, or to words that say why not."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

KEYS = {
    *("totals", "statuses", "pages", "referrers", "sources", "browsers", "systems", "countries", "not_found", "days"),
    *("hours", "entry_pages", "exit_pages", "campaigns", "rejects"),
}
TOTALS = {"requests", "valid", "rejected", "hits", "page_views", "visitors", "sessions", "bytes", "bots"}
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
TODAY = "--today=2026-11-22"


def line(
    minute: int, address: int, path: str = "/", *, status: int = 200, referrer: str = "-", agent: str = PHONE
) -> str:
    at = datetime(2026, 11, 20, 1, tzinfo=UTC) + timedelta(minutes=minute)
    when = f"{at:%d/%b/%Y:%H:%M:%S} +0000"
    return f'203.0.113.{address} - - [{when}] "GET {path} HTTP/1.1" {status} 1000 "{referrer}" "{agent}"'


LINES = [
    line(0, 1, "/?utm_source=zalo&utm_campaign=tet2027"),
    line(1, 1, "/bang-gia"),
    line(1, 1, "/style.css", referrer="https://cuahang.example/bang-gia"),
    line(5, 2, "/", referrer="https://www.google.com.vn/"),
    line(6, 2, "/khong-co", status=404),
    line(9, 3, "/", agent=GOOGLEBOT),
    line(24 * 60, 1, "/bang-gia", referrer="https://l.facebook.com/"),
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    path.write_text("".join(f"{one}\n" for one in LINES), "utf-8")
    return path


def test_the_keys_for_programs_are_the_promised_ones(cli: Cli, log: Path) -> None:
    ran = cli("sitestats", "report", log, "--json", TODAY)
    data = ran.json["data"]
    assert ran.exit_code == 0
    assert set(data) == KEYS
    assert set(data["totals"]) == TOTALS
    assert data["totals"] == {
        "requests": 7, "valid": 7, "rejected": 0, "hits": 7, "page_views": 5, "visitors": 4, "sessions": 4,
        "bytes": 7000, "bots": 1,
    }  # fmt: skip
    assert data["statuses"] == {"200": 6, "404": 1}
    assert data["pages"] == [
        {"path": "/", "hits": 3, "visitors": 3}, {"path": "/bang-gia", "hits": 2, "visitors": 2},
    ]  # fmt: skip
    assert data["days"] == [
        {"date": "2026-11-20", "requests": 6, "visitors": 3, "bytes": 6000},
        {"date": "2026-11-21", "requests": 1, "visitors": 1, "bytes": 1000},
    ]
    assert data["campaigns"] == [{"campaign": "tet2027", "source": "Zalo", "sessions": 1, "visitors": 1}]
    assert data["not_found"] == [{"path": "/khong-co", "hits": 1, "visitors": 1}]
    assert {(row["source"], row["medium"]) for row in data["sources"]} == {
        ("Zalo", "campaign"), ("Google", "search"), ("Facebook", "social"), ("", "direct"),
    }  # fmt: skip
    # 01:00 UTC is eight in the morning in Vietnam
    assert data["hours"] == [{"hour": 8, "hits": 7, "visitors": 4}]


@pytest.mark.parametrize(
    ("options", "hits"),
    [
        (["--humans"], 6),
        (["--bots"], 1),
        (["--ai"], 0),
        (["--all"], 7),
        (["--from", "21/11/2026"], 1),
        (["--to", "20/11/2026"], 6),
        (["--path", "/bang-gia"], 2),
        (["--source", "facebook"], 1),
        (["--campaign", "tet2027"], 3),
        (["--country", "xx"], 0),
    ],
)
def test_a_part_of_the_traffic_can_be_looked_at(cli: Cli, log: Path, options: list[str], hits: int) -> None:
    ran = cli("sitestats", "report", log, *options, "--json", TODAY)
    assert ran.json["data"]["totals"]["hits"] == hits
    assert ran.json["data"]["totals"]["requests"] == 7


def test_a_choice_that_nothing_fits_says_how_to_see_what_there_is(cli: Cli, log: Path) -> None:
    ran = cli("sitestats", "report", log, "--source", "facbook", TODAY)
    assert ran.exit_code == 0
    assert "Không có lượt nào" in ran.stdout
    assert "Facebook, Google, Zalo" in ran.stderr


def test_goals_say_whether_programs_count_too(cli: Cli, log: Path) -> None:
    asked = ("sitestats", "report", log, "--goal", "/bang-gia", TODAY)
    assert "kể cả máy" in cli(*asked).stdout
    assert "kể cả máy" not in cli(*asked, "--humans").stdout


def test_several_files_packed_ones_among_them_are_one_report(cli: Cli, log: Path, tmp_path: Path) -> None:
    half = tmp_path / "access.log.2"
    half.write_text("\n".join(LINES[:3]), "utf-8")
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress("\n".join(LINES[3:]).encode()))
    together = cli("sitestats", "report", half, packed, "--json", TODAY).json["data"]
    assert together == cli("sitestats", "report", log, "--json", TODAY).json["data"]


def test_the_same_report_is_the_same_twice(cli: Cli, log: Path) -> None:
    assert (
        cli("sitestats", "report", log, "--json", TODAY).stdout
        == cli("sitestats", "report", log, "--json", TODAY).stdout
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026/11/20 13:55:36 [error] 12#12: *1 open() failed\n" * 3, "sitestats.error_log"),
        ("Ngày;Khách;Tiền\n20/11;Hoa;120000\n", "sitestats.not_a_log"),
        ("", "sitestats.empty"),
    ],
)
def test_what_is_no_access_log_is_refused_with_the_way_on(cli: Cli, tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "a.log").write_text(text, "utf-8")
    ran = cli("sitestats", "report", tmp_path / "a.log", "--json", TODAY)
    assert ran.exit_code == 3
    assert [problem["code"] for problem in ran.json["problems"]] == [code]
    said = cli("sitestats", "report", tmp_path / "a.log", TODAY)
    assert "→" in said.stderr


def test_the_heading_names_the_days_that_were_asked_for(cli: Cli, log: Path) -> None:
    heading = cli("sitestats", "report", log, "--to", "20/11/2026", TODAY).stdout.splitlines()[0]
    assert "20/11/2026" in heading
    assert "21/11/2026" not in heading


def test_one_wrong_file_does_not_keep_the_others_from_being_read(cli: Cli, log: Path, tmp_path: Path) -> None:
    ran = cli("sitestats", "report", tmp_path / "nope.log", log, "--json", TODAY)
    assert ran.exit_code == 1
    assert ran.json["data"]["totals"]["hits"] == 7
    assert [problem["code"] for problem in ran.json["problems"]] == ["sitestats.no_such_log"]


@pytest.mark.parametrize(("bad", "exit_code"), [(1, 0), (3, 1)])
def test_f42_a_log_that_is_mostly_broken_is_counted_and_said(
    cli: Cli, tmp_path: Path, bad: int, exit_code: int
) -> None:
    path = tmp_path / "a.log"
    path.write_text("\n".join([*LINES, *["rác"] * bad]), "utf-8")
    ran = cli("sitestats", "report", path, "--json", TODAY)
    totals = ran.json["data"]["totals"]
    assert (totals["requests"], totals["valid"], totals["rejected"]) == (7 + bad, 7, bad)
    assert ran.json["data"]["rejects"] == [{"reason": "no_time", "n": bad, "sample": "rác"}]
    assert ran.exit_code == exit_code


def test_a25_nothing_of_a_log_reaches_the_terminal_as_a_command(cli: Cli, tmp_path: Path) -> None:
    evil = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202e\x08\r"
    lines = [
        line(0, 1, f"/{evil}"), line(0, 2, referrer=f"https://{evil}.example/"), line(0, 3, agent=evil),
        line(0, 4, "/%1b%5d52%3bc%3bx%07"), line(0, 5, f"/?utm_campaign={evil}&utm_source={evil}"),
        line(0, 6, f"/{evil}", status=404), f"{evil} rác",
    ]  # fmt: skip
    path = tmp_path / "a.log"
    path.write_text("\n".join(lines), "utf-8")
    for options in ((), ("--full",), ("--json",), ("--csv",), ("--lang", "en", "--full")):
        ran = cli("sitestats", "report", path, *options, TODAY)
        for said in (ran.stdout, ran.stderr):
            assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x08"} & set(said)


def test_what_is_shown_fits_a_screen(cli: Cli, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in ("80", "40"):
        monkeypatch.setenv("COLUMNS", width)
        ran = cli("sitestats", "report", log, TODAY)
        lines = ran.stdout.splitlines()
        assert len(lines) <= 24
        assert max(map(len, lines)) <= int(width)


def test_a_busy_sites_report_and_the_line_typed_next_fit_a_screen(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "busy.log"
    write_access_log(path, 3_000, first=date(2026, 11, 1), days=5)
    with path.open("a") as file:  # one visitor who is neither clearly a person nor a program: every kind is there
        file.write(line(0, 7, agent="Mozilla/5.0") + "\n")
    goals = ["--goal", "/lien-he", "--goal", "/san-pham*"]
    for more in ([], goals, ["--previous", "--from", "4/11/2026", *goals]):
        ran = cli("sitestats", "report", path, TODAY, *more)
        assert ran.stdout.splitlines()[3].startswith("  ")  # the kinds take two lines
        assert len([*ran.stdout.splitlines(), *ran.stderr.splitlines()]) <= 23
        assert "/san-pham" in ran.stdout
    full = cli("sitestats", "report", path, TODAY, "--full")
    assert len(full.stdout.splitlines()) > 100


def test_help_needs_no_engine() -> None:
    show = "from toolkit.cli import main; main(['sitestats', '--help']); print(json.dumps(sorted(sys.modules)))"
    command = [sys.executable, "-c", f"import json, sys; {show}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert not {"duckdb", "ibis", "sqlglot", "tldextract", "ua_parser"} & set(loaded)

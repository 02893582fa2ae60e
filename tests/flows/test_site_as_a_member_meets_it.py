"""The site's commands as a new member meets them: what goes wrong is named with its place and its remedy, what fits
nothing says what there is, and every advice can be typed as it stands."""

from __future__ import annotations

import shlex
import socket
from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders.kept_sites import CHROME, log_line, log_lines, the_site
from toolkit.core.errors import ConflictError
from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.collected import intake_of
from toolkit.sitestats.adapters.intake import Intake, Told
from toolkit.sitestats.adapters.sites import Sites
from toolkit.sitestats.service.collecting import serve
from toolkit.sitestats.service.starting import Served, serve_folder
from toolkit.sitestats.service.updating import bytes_to_read, update
from toolkit.sitestats.views.sites import updated

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit

TODAY = ("--today", "2026-11-20")
NAME = "Cửa hàng Lan"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log" / "access.log"
    path.parent.mkdir()
    path.write_text(log_lines(1, 30))
    return path


@pytest.fixture
def kept(cli: Cli, log: Path) -> Path:
    """A log whose site has been read."""
    cli("sitestats", "add-log", NAME, log, *TODAY)
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    return log


def asset(number: int) -> str:
    return log_line(number, path="/style.css")


@pytest.mark.parametrize("command", [("report",), ("goal", "show", "--goal", "/p/*"), ("retention",), ("add-log", "s")])
def test_a_format_may_be_said_to_be_found(cli: Cli, log: Path, command: tuple[str, ...]) -> None:
    ran = cli("sitestats", *command, log, "--format", "auto", *TODAY)
    assert ran.exit_code == 0, ran.stderr


def test_a_format_that_was_said_can_be_left_to_be_found(cli: Cli, log: Path) -> None:
    said = cli("sitestats", "add-log", "shop", log, "--format", "caddy", "--json", *TODAY)
    assert said.json["data"]["logs"] == [{"path": str(log), "format": "caddy"}]
    again = cli("sitestats", "add-log", "shop", log, "--format", "auto", "--json", *TODAY)
    assert again.json["data"]["logs"] == [{"path": str(log), "format": None}]


WRONG = [
    (("report",), "sitestats.which_log", "add-log"),
    (("report", "nope.log"), "sitestats.no_such_log", "ls"),
    (("report", "{folder}"), "sitestats.log_is_folder", "access.log"),
    (("report", "{log}", "--from", "5/2015"), "shell.not_a_day", "25/11/2026"),
    (("report", "{log}", "--from", "20/11", "--to", "18/11"), "sitestats.ends_before_it_begins", "--from"),
    (("report", "{log}", "--path", "blog"), "sitestats.path_begins", '"/blog*"'),
    (("report", "{log}", "--tz", "Hanoi"), "shell.not_a_timezone", "Asia/Ho_Chi_Minh"),
    (("report", "{log}", "--goal", "cam-on"), "sitestats.goal_unreadable", "event:"),
    (("report", "{log}", "--html", "{log}"), "pages.not_ours", "--html"),
    (("report", "{log}", "--from-collector"), "sitestats.collector_of_files", "--from-collector"),
    (("add-log", "s", "nope.log"), "sitestats.no_such_log", "ls"),
    (("add-log", "s", "{folder}"), "sitestats.log_is_folder", "access.log"),
    (("add-log", "s", "{folder}/z*.log"), "sitestats.no_such_pattern", "*"),
    (("add-log", "!!", "{log}"), "sitestats.nameless", "shop"),
    (("add-log", "s", "{log}", "--host", "x y"), "sitestats.not_a_host", "example.vn"),
    (("add-log", "s", "{log}", "--host", "http://x y"), "sitestats.not_a_host", "example.vn"),
    (("update",), "sitestats.no_sites", "add-log"),
    (("sites", "show", "nope"), "sitestats.no_sites", "add-log"),
    (("goal", "show", "{log}"), "sitestats.no_goals", "--goal"),
    (("funnel", "/a", "{log}"), "sitestats.funnel_steps", "/bang-gia"),
    (("funnel", "/a", "/b", "nope.log"), "sitestats.no_such_log", "ls"),
    (("export", "{log}"), "shell.missing_option", "--help"),
    (("site", "new", "{folder}"), "sitestats.folder_in_use", "thư mục"),
    (("site", "new", "t", "--email", "abc"), "sitestats.not_an_email", "--email"),
    (("site", "new", "t", "--phone", "abc"), "sitestats.not_a_phone", "--phone"),
    (("site", "serve", "nope"), "sitestats.no_such_folder", "site new"),
    (("collect", "snippet", "z", "abc"), "sitestats.not_an_address", "https://"),
    (("collect", "snippet", "z", "https://a.vn"), "sitestats.host_unknown", "--host"),
    (("collect", "snippet", "z", "https://a.vn", "--host", "x y"), "sitestats.not_a_host", "example.vn"),
    (("collect", "serve"), "sitestats.no_sites", "add-log"),
    (("ga4", "pull", "z"), "sitestats.no_sites", "add-log"),
]


@pytest.mark.parametrize(("words", "code", "remedy"), WRONG, ids=[" ".join(one[0]) for one in WRONG])
def test_what_goes_wrong_is_said_with_its_remedy(
    cli: Cli, log: Path, words: tuple[str, ...], code: str, remedy: str
) -> None:
    typed = [word.format(log=log, folder=log.parent) for word in words]
    ran = cli("sitestats", *typed, "--json")
    (problem,) = ran.json["problems"]
    assert ran.exit_code in (2, 3, 4)
    assert problem["code"] == code
    assert remedy in problem["suggestion"]
    assert "{" not in problem["message"] + problem["suggestion"]


def test_a_day_that_cannot_be_read_names_the_option(cli: Cli, log: Path) -> None:
    assert "--to: không đọc được ngày “5/2015”" in cli("sitestats", "report", log, "--to", "5/2015").stderr


def test_what_fits_nothing_says_what_there_is(cli: Cli, kept: Path) -> None:
    goal, funnel = ("goal", "show", NAME, "--goal", "/p/*"), ("funnel", "/p/1", "/p/2", NAME)
    for command in (("report", NAME), goal, funnel, ("retention", NAME)):
        past = cli("sitestats", *command, "--to", "1/1/2020", *TODAY)
        assert "Không có lượt nào" in past.stdout
        assert "18/11/2026" in past.stderr
        other = cli("sitestats", *command, "--country", "XX", *TODAY)
        assert "--country XX: " in other.stderr
        assert "Không có lượt nào" in other.stdout
    assert "--all" in cli("sitestats", *goal, "--country", "XX", *TODAY).stderr
    assert "--all" not in cli("sitestats", *goal, "--country", "XX", "--all", *TODAY).stderr
    assert "utm_campaign" in cli("sitestats", "report", NAME, "--campaign", "x", *TODAY).stderr


def test_a_log_without_a_line_is_not_called_a_choice(cli: Cli, tmp_path: Path) -> None:
    empty = tmp_path / "empty.log"
    empty.write_text("")
    cli("sitestats", "add-log", "s", empty, *TODAY)
    cli("sitestats", "update", *TODAY)
    ran = cli("sitestats", "report", "s", *TODAY)
    assert "Chưa đọc được lượt nào" in ran.stdout
    assert "chọn" not in ran.stdout + ran.stderr


def test_reports_and_goals_say_whose_visits_count(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text(log_lines(1, 3) + log_line(4, address="198.51.100.1").replace(CHROME, "Googlebot/2.1"))
    report = cli("sitestats", "report", path, *TODAY)
    assert "Tất cả: người 75 %" in report.stdout
    assert "--humans" in report.stderr
    people = cli("sitestats", "report", path, "--humans", *TODAY)
    assert "Tất cả" not in people.stdout
    assert "--humans" not in people.stderr
    shown = cli("sitestats", "goal", "show", path, "--goal", "/p/*", *TODAY)
    assert "Mục tiêu (người thật)" in shown.stdout
    assert "thêm --all" in shown.stderr
    everyone = cli("sitestats", "goal", "show", path, "--goal", "/p/*", "--all", *TODAY)
    assert "Mục tiêu (kể cả máy)" in everyone.stdout
    assert "bỏ --all" in everyone.stderr


def test_one_day_is_named_once_and_a_log_without_a_host_by_its_name(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "thu.log"
    path.write_text(log_lines(1, 3).replace("https://shop.example/p/1", "-"))
    first = cli("sitestats", "report", path, *TODAY).stdout.splitlines()[0]
    assert first == "thu.log · T4 18/11/2026"
    cli("sitestats", "add-log", NAME, path, *TODAY)
    cli("sitestats", "update", *TODAY)
    assert cli("sitestats", "report", *TODAY).stdout.startswith(f"{NAME} · ")


def test_a_busy_sites_report_fits_a_phones_width(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    more = ["--previous", "--from", "4/11/2026"]
    path = tmp_path / "busy.log"
    write_access_log(path, 3_000, first=date(2026, 11, 1), days=5)
    ran = run_toolkit("sitestats", "report", path, "--today=2026-11-20", *more, env={"COLUMNS": "40"})
    lines = [*ran.stdout.splitlines(), *ran.stderr.splitlines()]
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 40
    assert "/" in ran.stdout


def test_sites_are_listed_with_what_was_found_of_them(cli: Cli, log: Path) -> None:
    log.write_text("".join(map(asset, range(1, 9))))
    cli("sitestats", "add-log", NAME, log, *TODAY)
    assert "shop.example" not in cli("sitestats", "sites", "list").stdout
    assert "chưa đọc dòng nào" in cli("sitestats", "sites", "show", NAME).stdout
    cli("sitestats", "update", *TODAY)
    listed = cli("sitestats", "sites", "list")
    assert "shop.example" in listed.stdout
    assert "18/11/2026" in listed.stdout
    (one,) = cli("sitestats", "sites", "list", "--json").json["data"]
    assert (one["host"], one["first"], one["last"]) == ("shop.example", "2026-11-18", "2026-11-18")
    cli("sitestats", "update", *TODAY)
    assert cli("sitestats", "sites", "list", "--json").json["data"] == [one]


def test_the_host_that_was_found_is_whom_the_collector_hears(cli: Cli, home: Path, log: Path) -> None:
    log.write_text("".join(map(asset, range(1, 9))))
    cli("sitestats", "add-log", NAME, log, *TODAY)
    cli("sitestats", "update", *TODAY)
    made = cli("sitestats", "collect", "snippet", NAME, "https://stats.example")
    assert made.exit_code == 0
    assert "shop.example" in made.stderr
    assert f'--site "{NAME}"' in made.stderr
    assert the_site(home).host == "shop.example"
    shown = cli("sitestats", "sites", "show", NAME)
    assert "bộ đếm" in shown.stdout
    assert "không chạy" in shown.stdout


def test_advice_can_be_typed_as_it_stands(cli: Cli, log: Path) -> None:
    cli("sitestats", "add-log", NAME, log, *TODAY)
    advice = cli("sitestats", "report", NAME, *TODAY).stderr.partition("toolkit ")[2]
    assert cli(*shlex.split(advice), *TODAY).exit_code == 0
    added = cli("sitestats", "goal", "add", NAME, "mua", "--path", "/p/3").stderr.partition("toolkit ")[2]
    assert "lượt đạt" in cli(*shlex.split(added), *TODAY).stdout


def test_a_site_of_which_nothing_is_known_leads_on(cli: Cli, home: Path) -> None:
    cli("sitestats", "collect", "snippet", NAME, "https://stats.example", "--host", "shop.example")
    told = cli("sitestats", "update", *TODAY)
    assert told.exit_code == 0
    assert "chưa có nhật ký nào" in told.stdout
    for command in (("report",), ("retention",), ("goal", "show", "--goal", "/")):
        ran = cli("sitestats", *command, NAME, "--json", *TODAY)
        assert ran.json["problems"][0]["code"] == "sitestats.nothing_to_read"
        assert f'collect serve --site "{NAME}"' in ran.json["problems"][0]["suggestion"]


def test_a_log_that_is_gone_can_be_let_go_of(cli: Cli, kept: Path) -> None:
    moved = kept.with_name("moved.txt")
    kept.rename(moved)
    gone = cli("sitestats", "update", *TODAY)
    assert gone.exit_code == 1
    assert "không còn ở chỗ cũ" in gone.stderr
    assert "không có dòng mới" not in gone.stdout
    advice = gone.stderr.partition("Không đọc nó nữa: toolkit ")[2].partition("\n")[0]
    dropped = cli(*shlex.split(advice))
    assert dropped.exit_code == 0
    assert cli("sitestats", "report", "--json", *TODAY).json["data"]["totals"]["requests"] == 30
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    cli("sitestats", "add-log", NAME, moved, *TODAY)
    assert cli("sitestats", "update", "--json", *TODAY).json["data"][0]["lines"] == 0  # the same log, elsewhere
    refused = cli("sitestats", "sites", "drop-log", NAME, "nope.log", "--json")
    assert refused.json["problems"][0]["code"] == "sitestats.not_a_log_of"
    assert str(moved) in refused.json["problems"][0]["suggestion"]


def test_a_folder_where_a_log_was_is_said_to_be_one(cli: Cli, kept: Path) -> None:
    kept.unlink()
    kept.mkdir()
    assert cli("sitestats", "update", "--json", *TODAY).json["problems"][0]["code"] == "sitestats.log_is_folder"


def test_a_log_that_is_known_is_said_to_be(cli: Cli, kept: Path) -> None:
    assert "đã biết nhật ký này" in cli("sitestats", "add-log", NAME, kept, *TODAY).stdout


def test_an_update_that_was_stopped_says_so_and_the_next_goes_on(cli: Cli, home: Path, log: Path) -> None:
    other = log.with_name("other.log")
    other.write_text(log_lines(31, 40))
    cli("sitestats", "add-log", NAME, log, other, *TODAY)
    site = the_site(home)
    assert bytes_to_read([site]) == log.stat().st_size + other.stat().st_size
    asked = iter([False, True, True, True, True])
    made = update(site, now=1_795_200_000, stop=lambda: next(asked, True)).data
    assert made.stopped
    assert "Dừng theo ý bạn" in _said(made)
    done = update(site, now=1_795_200_000).data
    assert not done.stopped
    assert made.lines + done.lines == 40
    assert "Dừng" not in _said(done)
    assert store.seen(site).last == date(2026, 11, 18)


def _said(made: object) -> str:
    from toolkit.shell.blocks import said
    from toolkit.shell.messages import Messages

    return "\n".join(said(block.text, Messages("vi")) for block in updated([made]))  # type: ignore[list-item,union-attr]


def test_nothing_that_was_piped_is_said_as_such(run_toolkit: RunToolkit) -> None:
    ran = run_toolkit("sitestats", "report", "-", "--json", stdin=b"")
    assert ran.json["problems"][0]["code"] == "sitestats.pipe_empty"


def test_a_campaign_that_nobody_followed_is_not_a_day_without_visits(cli: Cli, log: Path) -> None:
    ran = cli("sitestats", "revenue", log, "--by", "campaign", *TODAY)
    assert "utm_campaign" in ran.stdout


def test_few_rows_of_a_table_are_no_few_days(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    write_access_log(path, 400, first=date(2026, 11, 1), days=5)
    whole = cli("sitestats", "report", path, "--json", *TODAY).json["data"]
    few = cli("sitestats", "report", path, "--json", "--top", "2", *TODAY).json["data"]
    assert few["days"] == whole["days"]
    assert few["hours"] == whole["hours"]
    assert few["pages"] == whole["pages"][:2]
    shown = (cli("sitestats", "report", path, *more, *TODAY).stdout.splitlines() for more in ((), ("--top", "1")))
    assert len({tuple(lines[3:5]) for lines in shown}) == 1  # the courses
    counts = [
        len(cli("sitestats", "report", path, "--full", "--top", n, *TODAY).stdout.splitlines()) for n in (1, 10, 12)
    ]
    assert counts == sorted(set(counts))
    assert counts[1] == len(cli("sitestats", "report", path, "--full", *TODAY).stdout.splitlines())


def test_own_words_can_be_said_once_there_is_a_site(cli: Cli, kept: Path) -> None:
    assert cli("sitestats", "revenue", "map", "bạn", "bè", "=", "direct", "--json").json["data"] == {"bạn bè": "direct"}
    assert cli("sitestats", "goal", "add", NAME, "mua", "--path", "/p/3").exit_code == 0
    assert cli("sitestats", "revenue", "unmap", "ban be", "--json").json["data"] == {}
    assert cli("sitestats", "goal", "list", NAME, "--json").json["data"][0]["name"] == "mua"


def test_own_words_need_a_site(cli: Cli) -> None:
    refused = cli("sitestats", "revenue", "map", "a", "=", "direct", "--json")
    assert refused.json["problems"][0]["code"] == "sitestats.no_sites"


def test_the_few_are_not_called_none(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text(log_lines(1, 300, step=600) + log_line(301).replace(CHROME, "Googlebot/2.1"))
    assert "máy tìm kiếm <1 %" in cli("sitestats", "report", path, *TODAY).stdout


def test_one_damaged_site_keeps_no_other_from_being_read(cli: Cli, home: Path, log: Path) -> None:
    cli("sitestats", "add-log", "a", log, *TODAY)
    the_site(home).database.write_bytes(b"rubbish" * 1000)
    cli("sitestats", "add-log", "b", log, *TODAY)
    ran = cli("sitestats", "update", "--json", *TODAY)
    assert ran.exit_code == 1
    assert [one["code"] for one in ran.json["problems"]] == ["sitestats.site_damaged"]
    assert [(one["site"], one["lines"]) for one in ran.json["data"]] == [("b", 30)]
    assert cli("sitestats", "update", "a", *TODAY).exit_code == 7


def test_a_collector_without_a_name_serves_the_sites_whose_line_was_taken(cli: Cli, home: Path, log: Path) -> None:
    cli("sitestats", "add-log", "nhật ký thôi", log, *TODAY)
    sites = Sites(home / "sites")
    told: list[tuple[str, ...]] = []

    def served() -> None:
        serve(sites, (), host="127.0.0.1", port=0, started=lambda one: told.append(one.sites), stop=lambda: True)

    with pytest.raises(ConflictError, match="host_unknown"):
        served()
    cli("sitestats", "collect", "snippet", "shop", "https://stats.example", "--host", "shop.example")
    served()
    assert told == [("shop",)]


def test_a_starter_site_says_how_its_collector_is_begun_and_what_another_port_means(cli: Cli, tmp_path: Path) -> None:
    made = cli("sitestats", "site", "new", tmp_path / "trang", "--name", NAME, "--collector", "http://127.0.0.1:8787")
    assert f'collect serve --site "{NAME}"' in made.stderr
    cli("sitestats", "site", "new", tmp_path / "khac")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found: list[Served] = []
        for folder in (tmp_path / "trang", tmp_path / "khac"):
            serve_folder(
                folder, port=taken.getsockname()[1], log=None, zone="UTC", started=found.append, stop=lambda: True
            )
    assert [(one.other_port, one.told_elsewhere) for one in found] == [(True, True), (True, False)]


def test_a_site_with_a_collector_alone_is_updated_calmly(cli: Cli, home: Path) -> None:
    cli("sitestats", "collect", "snippet", NAME, "https://stats.example", "--host", "shop.example")
    with Intake(intake_of(the_site(home))) as intake:
        intake.add([Told(1_795_000_000, 7, "VN", CHROME, "view", "shop.example", "/", "", "", "")])
    taken = cli("sitestats", "update", *TODAY)
    assert "1 tin mới của bộ đếm" in taken.stdout
    assert f'report "{NAME}" --from-collector' in taken.stderr
    assert "bộ đếm chưa có tin mới" in cli("sitestats", "update", *TODAY).stdout
    assert cli("sitestats", "report", NAME, "--json", *TODAY).json["data"]["totals"]["page_views"] == 1
    goal = cli("sitestats", "goal", "show", NAME, "--goal", "/", "--json", *TODAY).json["data"]
    assert goal[0]["conversions"] == 1

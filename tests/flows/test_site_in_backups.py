"""What is kept of the sites is in a backup, and comes back from it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.kept_sites import kept_numbers, log_lines, the_site
from toolkit.disk.folders import private_folder
from toolkit.disk.lock import FileLock
from toolkit.sitestats.adapters.collected import intake_of, serving_lock
from toolkit.sitestats.adapters.intake import Intake, Told

if TYPE_CHECKING:
    from running import Cli

TODAY = ("--today", "2026-11-20")


def told(path: str = "/") -> Told:
    """A page that was seen."""
    return Told(1_795_000_000, 7, "VN", "Mozilla/5.0", "view", "shop.example", path, "", "", "")


@pytest.fixture
def log(cli: Cli, tmp_path: Path) -> Path:
    """The log of a site that has been read, with a goal."""
    path = tmp_path / "access.log"
    path.write_text(log_lines(1, 20))
    cli("sitestats", "add-log", "Cửa hàng Lan", path, *TODAY)
    cli("sitestats", "goal", "add", "cua hang lan", "mua", "--path", "/p/3")
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    return path


def copy_in(home: Path) -> Path:
    (path,) = (home / "backups").glob("toolkit-*-manual-*.sites.zip")
    return path


def test_a_site_with_its_goals_comes_back_when_its_log_is_long_gone(cli: Cli, home: Path, log: Path) -> None:
    made = cli("backup")
    assert made.exit_code == 0
    assert "1 trang web" in made.stdout
    assert cli("sitestats", "sites", "forget", "Cửa hàng Lan", "--yes").exit_code == 0
    log.unlink()
    restored = cli("restore", "--yes")
    assert restored.exit_code == 0
    assert "Cửa hàng Lan" in restored.stdout
    assert kept_numbers(home) == list(range(1, 21))
    assert cli("sitestats", "goal", "list", "cua hang lan", "--json").json["data"][0]["name"] == "mua"
    assert cli("sitestats", "report", "cua hang lan", "--json", *TODAY).json["data"]["totals"]["requests"] == 20
    assert "không có gì thay đổi" in cli("restore", "--yes").stdout


def test_what_has_to_give_way_can_be_had_back(cli: Cli, home: Path, log: Path) -> None:
    cli("backup")
    with log.open("a") as file:
        file.write(log_lines(21, 25))
    cli("sitestats", "update", *TODAY)
    restored = cli("restore", "--yes")
    assert kept_numbers(home) == list(range(1, 21))
    kept = restored.stderr.split()[-1]
    assert cli("restore", kept, "--yes").exit_code == 0
    assert kept_numbers(home) == list(range(1, 26))
    assert cli("restore", "--yes").exit_code == 0
    assert cli("sitestats", "update", *TODAY).exit_code == 0  # what was read since is read again, each line once
    assert kept_numbers(home) == list(range(1, 26))


def test_a_site_that_was_made_since_stays(cli: Cli, home: Path, log: Path) -> None:
    cli("backup")
    cli("sitestats", "add-log", "mới", log, *TODAY)
    cli("restore", "--yes")
    listed = cli("sitestats", "sites", "list", "--json").json["data"]
    assert [one["site"] for one in listed] == ["Cửa hàng Lan", "mới"]


def test_no_salt_is_in_a_backup_and_those_of_today_outlive_a_restore(cli: Cli, home: Path, log: Path) -> None:
    site = the_site(home)
    salts = site.salts.read_bytes()
    private_folder(intake_of(site).parent)
    (site.folder / "collector" / "salt.json").write_text('{"secret": "muối"}')
    cli("backup")
    copied = copy_in(home)
    assert copied.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(copied) as copy:
        assert not [name for name in copy.namelist() if "salt" in name]
        whole = b"".join(copy.read(name) for name in copy.namelist())
    for salt in json.loads(salts).values():
        assert salt.encode() not in whole
    assert "muối".encode() not in whole
    with log.open("a") as file:
        file.write(log_lines(21, 22))
    cli("sitestats", "update", *TODAY)
    before = the_site(home).salts.read_bytes()
    cli("restore", "--yes")
    assert the_site(home).salts.read_bytes() == before  # visitors of today are still the same ones


def test_what_pages_have_told_is_in_a_backup(cli: Cli, home: Path, log: Path) -> None:
    site = the_site(home)
    with Intake(intake_of(site)) as intake:
        intake.add([told(path="/a"), told(path="/b")])
    cli("backup")  # while the collector has its file open, nothing of it being in the site's tables yet
    with Intake(intake_of(site)) as intake:
        intake.add([told(path="/c")])
    cli("sitestats", "sites", "forget", "cua hang lan", "--yes")
    cli("restore", "--yes")
    assert "2 tin chờ" in cli("sitestats", "sites", "show", "cua hang lan").stdout
    assert "2 tin mới" in cli("sitestats", "update", *TODAY).stdout
    assert cli("sitestats", "sites", "show", "cua hang lan", "--json").json["data"]["collector"] == {
        "messages": 2, "waiting": 0, "first": "2026-11-18", "last": "2026-11-18", "running": False,
    }  # fmt: skip
    assert "không có dòng mới" in cli("sitestats", "update", *TODAY).stdout


def test_a_member_who_has_sites_alone_has_a_backup_too(cli: Cli, home: Path, log: Path) -> None:
    for path in home.glob("toolkit.db*"):
        path.unlink()
    assert cli("backup").exit_code == 0
    shutil.rmtree(home / "sites")
    assert cli("restore", "--yes").exit_code == 0
    assert kept_numbers(home) == list(range(1, 21))


def test_on_a_new_machine_the_newest_sites_come_back_with_a_newer_book(cli: Cli, home: Path, log: Path) -> None:
    cli("backup")
    cli("kpi", "log", "bán 1 gói 2tr cho Lan", "--date", "2026-11-20")
    newest = Path(cli("backup", "--json").json["data"]["path"])
    newest.with_name(newest.name.replace(".db", ".sites.zip")).unlink()  # as where the program has made it by itself
    assert "Cửa hàng Lan" not in cli("restore", newest.name, "--yes").stdout
    assert kept_numbers(home) == list(range(1, 21))  # there are sites here: they stay as they are
    shutil.rmtree(home / "sites")
    assert "Cửa hàng Lan" in cli("restore", newest.name, "--yes").stdout
    assert kept_numbers(home) == list(range(1, 21))


def test_a_damaged_copy_is_refused_before_anything_changes(cli: Cli, home: Path, log: Path) -> None:
    cli("backup")
    copied = copy_in(home)
    raw = bytearray(copied.read_bytes())
    raw[len(raw) // 2] ^= 1
    copied.write_bytes(raw)
    assert "copy_damaged" in str(cli("backup", "--list", "--json").json["problems"])
    cli("sitestats", "goal", "drop", "cua hang lan", "mua")
    refused = cli("restore", "--yes", "--json")
    assert refused.exit_code == 7
    assert refused.json["problems"][0]["code"] == "sitestats.copy_damaged"
    assert cli("sitestats", "goal", "list", "cua hang lan", "--json").json["data"] == []


@pytest.mark.parametrize("name", ["../../evil/site.json", "a-00000000/../../x", "/etc/passwd", "a-00000000/lock", "x"])
def test_a_copy_whose_names_lead_elsewhere_is_refused(cli: Cli, home: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.sites.zip"
    with zipfile.ZipFile(path, "w") as copy:
        copy.writestr(name, "{}")
        copy.writestr("manifest.json", json.dumps({"version": 1, "files": {name: ""}}))
    refused = cli("restore", path, "--yes", "--json")
    assert refused.json["problems"][0]["code"] == "sitestats.copy_damaged"
    assert not (home / "sites").exists()


def test_a_collector_that_is_running_is_not_pulled_away(cli: Cli, home: Path, log: Path) -> None:
    site = the_site(home)
    with Intake(intake_of(site)) as intake:
        intake.add([told()])
    cli("backup")
    cli("sitestats", "goal", "drop", "cua hang lan", "mua")
    with FileLock(serving_lock(site), "sitestats collect serve", 1):
        refused = cli("restore", "--yes", "--json")
        assert refused.exit_code == 7
        assert refused.json["problems"][0]["code"] == "disk.busy"
        forgotten = cli("sitestats", "sites", "forget", "cua hang lan", "--yes", "--json")
        assert forgotten.json["problems"][0]["code"] == "sitestats.collector_runs"
        assert cli("sitestats", "sites", "show", "cua hang lan", "--json").json["data"]["collector"]["running"]
    assert cli("restore", "--yes").exit_code == 0
    assert cli("sitestats", "sites", "forget", "cua hang lan", "--yes").exit_code == 0

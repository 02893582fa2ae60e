"""F21, F23, F25, F27, F28: a damaged, newer, locked or full place for visits is said in words, and nothing is lost."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest

from builders.kept_sites import kept_numbers, log_lines, the_site
from running import environment, toolkit_command, unprivileged

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def log(tmp_path: Path, cli: Cli, home: Path) -> Path:
    path = tmp_path / "access.log"
    path.write_text(log_lines(1, 600))
    assert cli("sitestats", "add-log", "shop", path, *TODAY).exit_code == 0
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    return path


def damage(whole: bytes, chance: random.Random) -> bytes:
    cut = chance.choice([0, 50, 4096, len(whole) // 2, None, None, None])
    if cut is not None:
        return whole[:cut]
    place = chance.randrange(len(whole))
    return whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]


def test_a_damaged_database_is_never_taken_for_a_good_one(cli: Cli, home: Path, log: Path) -> None:
    expected = cli("sitestats", "report", "--json", *TODAY).json
    database = the_site(home).database
    whole, chance, said = database.read_bytes(), random.Random(6), 0
    for _ in range(25):
        database.write_bytes(damage(whole, chance))
        ran = cli("sitestats", "report", "--json", *TODAY)
        if ran.exit_code == 0:  # what was hit is not in use
            assert ran.json == expected
            continue
        assert ran.exit_code == 7
        assert ran.json["problems"][0]["code"] == "sitestats.site_damaged"
        said += 1
    assert said >= 15


def test_a_damaged_database_is_made_anew_from_the_logs(cli: Cli, home: Path, log: Path) -> None:
    database = the_site(home).database
    damaged = database.read_bytes()[:4096]
    database.write_bytes(damaged)
    ran = cli("sitestats", "report", "shop", *TODAY)
    assert "toolkit sitestats update shop --again" in ran.stderr
    assert cli("sitestats", "update", "shop", "--again", "--yes", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 601))
    assert (database.parent / "before-visits.duckdb").read_bytes() == damaged


def test_a_database_of_a_newer_version_is_refused_untouched(cli: Cli, home: Path, log: Path) -> None:
    database = the_site(home).database
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE state SET value = '99' WHERE name = 'version'")
    before = database.read_bytes()
    log.write_text(log_lines(1, 700))
    for words in (("report",), ("update",)):
        ran = cli("sitestats", *words, *TODAY)
        assert ran.exit_code == 7
        assert "mới hơn" in ran.stderr
    assert database.read_bytes() == before


def test_settings_that_nobody_can_read_are_named(cli: Cli, home: Path, log: Path) -> None:
    told = the_site(home).folder / "site.json"
    told.write_text("{half")
    ran = cli("sitestats", "sites", "list")
    assert ran.exit_code == 7
    assert "site.json" in ran.stderr
    assert "Traceback" not in ran.stderr


def limited(room: int, *words: str) -> Ran:
    from running import Ran

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    ran = subprocess.run(
        toolkit_command("sitestats", *words), env=environment(), capture_output=True, preexec_fn=small, timeout=60,
        check=False,
    )  # fmt: skip
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.mark.parametrize("room", [0, 20_000, 300_000, 1_000_000])
def test_lines_for_which_there_is_no_room_wait(room: int, cli: Cli, home: Path, log: Path) -> None:
    log.write_text(log_lines(1, 9_000, step=5))  # another log at the same place
    ran = limited(room, "update", *TODAY)
    assert "Traceback" not in ran.stderr
    if ran.exit_code:
        assert ran.exit_code == 7, ran.stderr
        assert "→" in ran.stderr
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == sorted([*range(1, 601), *range(1, 9_001)])


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what root may do, as Linux has it")
def test_a_home_that_can_only_be_read_still_shows_the_report(cli: Cli, home: Path, log: Path) -> None:
    expected = cli("sitestats", "report", "--json", *TODAY).stdout
    log.write_text(log_lines(1, 700))
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        ran = {}
        for words in (("report", "--json"), ("update",), ("sites", "list"), ("sites", "rename", "shop", "Lan")):
            ran[words[0:2]] = subprocess.run(
                toolkit_command("sitestats", *words, *(TODAY if words[0] != "sites" else ())), env=environment(),
                capture_output=True, preexec_fn=unprivileged, timeout=60, check=False,
            )  # fmt: skip
        assert ran["report", "--json"].stdout.decode() == expected
        assert ran["sites", "list"].returncode == 0
        assert ran["update",].returncode == 7
        assert ran["sites", "rename"].returncode == 7
        assert all(b"Traceback" not in one.stderr for one in ran.values())
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700)


def test_two_updates_at_once_count_every_line_once(cli: Cli, home: Path, log: Path) -> None:
    log.write_text(log_lines(1, 600) + log_lines(601, 5_000, step=10))
    running = [
        subprocess.Popen(
            toolkit_command("sitestats", "update", *TODAY), env=environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]  # fmt: skip
    assert [(process.communicate(timeout=60), process.returncode)[1] for process in running] == [0, 0, 0]
    assert kept_numbers(home) == list(range(1, 5_001))


def test_an_update_that_waits_too_long_names_who_holds_the_site(
    cli: Cli, home: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.sitestats.adapters import sites, store

    monkeypatch.setattr(sites, "PATIENCE", 0.2)
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    log.write_text(log_lines(1, 700))
    holding = (
        "import sys; from pathlib import Path; from toolkit.sitestats.adapters.sites import Sites\n"
        "site = Sites(Path(sys.argv[1])).find('shop')\n"
        "with site.lock('sitestats update'):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(home / "sites")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=environment(),
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        ran = cli("sitestats", "update", *TODAY)
        assert ran.exit_code == 7
        assert str(other.pid) in ran.stderr
        other.communicate()
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 701))

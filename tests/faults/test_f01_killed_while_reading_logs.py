"""F01, F02, F26, F41: an update that is killed, stopped or cut short anywhere loses no line and counts none twice."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.kept_sites import kept_numbers, log_lines, the_site
from builders.killing import killed_at_every_point
from running import environment, toolkit_command
from toolkit.sitestats.service.reading import known_format

if TYPE_CHECKING:
    from running import Cli, RunToolkit

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def log(tmp_path: Path, cli: Cli, home: Path) -> Path:
    path = tmp_path / "log" / "access.log"
    path.parent.mkdir()
    path.write_text(log_lines(1, 40))
    assert cli("sitestats", "add-log", "shop", path, *TODAY).exit_code == 0
    return path


@pytest.mark.parametrize("first", [True, False])
def test_an_update_killed_anywhere_is_finished_by_the_next_one(
    first: bool, cli: Cli, home: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not first:
        assert cli("sitestats", "update", *TODAY).exit_code == 0
    log.rename(log.with_name("access.log.1"))
    with log.with_name("access.log.1").open("a") as file:
        file.write(log_lines(41, 60))
    log.write_text(log_lines(61, 70) + "nonsense\n")
    kept = home.rename(tmp_path / "trước")
    points = killed_at_every_point(kept, tmp_path / "bản sao", ("sitestats", "update", *TODAY))
    assert {"sitestats.update.before_commit", "sitestats.update.committed", "sitestats.update.before_visits",
            "sitestats.update.visits"} <= set(points)  # fmt: skip
    assert ("sitestats.salts.kept" in points) == first
    monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "bản sao" / "whole"))
    expected = cli("sitestats", "report", "--json", *TODAY).json
    assert expected["data"]["totals"]["requests"] == 71
    for n, point in enumerate(points, 1):
        monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "bản sao" / f"{n}"))
        if point in ("sitestats.update.committed", "sitestats.update.before_visits"):
            # what was read is shown even if nobody updates again
            assert cli("sitestats", "report", "--json", *TODAY).json == expected, point
        ran = cli("sitestats", "update", *TODAY)
        assert ran.exit_code == 0, (point, ran.stderr)
        assert cli("sitestats", "report", "--json", *TODAY).json == expected, point
    assert kept_numbers(tmp_path / "bản sao" / "1") == list(range(1, 71))


@pytest.mark.parametrize("words", [("sites", "rename", "shop", "Lan"), ("sites", "forget", "shop", "--yes"),
                                   ("update", "--again", "--yes", *TODAY)])  # fmt: skip
def test_a_verb_about_a_site_killed_anywhere_leaves_it_before_or_after(
    words: tuple[str, ...], cli: Cli, home: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("sitestats", "update", *TODAY)
    kept = home.rename(tmp_path / "trước")
    points = killed_at_every_point(kept, tmp_path / "bản sao", ("sitestats", *words))
    assert points
    for n, point in enumerate(points, 1):
        monkeypatch.setenv("TOOLKIT_HOME", str(tmp_path / "bản sao" / f"{n}"))
        names = [site["site"] for site in cli("sitestats", "sites", "list", "--json").json["data"]]
        assert names in (["shop"], ["Lan"], []), point
        folders = [path for path in (tmp_path / "bản sao" / f"{n}" / "sites").iterdir() if path.is_dir()]
        assert len(folders) == len(names), "nothing stays of what was forgotten"
        if names:
            assert cli("sitestats", "update", *TODAY).exit_code == 0, point
            assert kept_numbers(tmp_path / "bản sao" / f"{n}") == list(range(1, 41)), point
        else:
            assert cli("sitestats", "add-log", "shop", log, *TODAY).exit_code == 0, point


def test_an_update_killed_at_any_moment_loses_nothing(cli: Cli, home: Path, log: Path, run_toolkit: RunToolkit) -> None:
    for n, wait in enumerate((0.25, 0.35, 0.45, 0.6), 1):
        with log.open("a") as file:
            file.write(log_lines(40 + 4_000 * (n - 1) + 1, 40 + 4_000 * n, step=5))
        process = subprocess.Popen(
            toolkit_command("sitestats", "update", *TODAY), env=environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert run_toolkit("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 16_041))


SERVER = """
import sys, time
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from builders.kept_sites import log_line
log, number = Path(sys.argv[1]), 41
for part in range(12):
    with log.open("a", buffering=700) as file:
        for _ in range(80):
            file.write(log_line(number))
            number += 1
            time.sleep(0.001)
    for n in range(12, 0, -1):
        old = log.with_name(f"{log.name}.{n}")
        if old.exists():
            old.rename(log.with_name(f"{log.name}.{n + 1}"))
    log.rename(log.with_name(f"{log.name}.1"))
    log.touch()
"""


def test_a_server_that_writes_and_rotates_meanwhile_loses_nothing(cli: Cli, home: Path, log: Path) -> None:
    tests = Path(__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(log), str(tests), str(tests.parent)], env=environment()
    ) as server:
        updates = 0
        while server.poll() is None:
            assert cli("sitestats", "update", *TODAY).exit_code == 0
            updates += 1
    assert server.returncode == 0
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert updates > 2
    assert kept_numbers(home) == list(range(1, 41 + 12 * 80))


def test_a_log_that_is_rotated_between_two_looks_is_read_the_next_time(
    cli: Cli, home: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotated: list[Path] = []

    def rotated_before(path: Path, now: int) -> object:
        if not rotated:
            rotated.append(path.rename(path.with_name("access.log.1")))
            path.touch()
        return known_format(path, now)

    cli("sitestats", "update", *TODAY)
    log.rename(log.with_name("access.log.9"))
    log.write_text(log_lines(41, 60))
    monkeypatch.setattr("toolkit.sitestats.service.updating.known_format", rotated_before)
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert rotated
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 61))


def test_a_packed_log_that_is_cut_off_is_read_as_far_as_it_goes_and_then_to_its_end(
    cli: Cli, home: Path, log: Path
) -> None:
    whole = gzip.compress(log_lines(41, 400).encode())
    packed = log.with_name("access.log.1.gz")
    packed.write_bytes(whole[: len(whole) * 2 // 3])
    ran = cli("sitestats", "update", *TODAY)
    assert ran.exit_code == 1
    assert "access.log.1.gz" in ran.stderr
    read = kept_numbers(home)
    assert 100 < len(read) < 400
    assert read == list(range(1, len(read) + 1))
    packed.write_bytes(whole)
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 401))


def test_packed_logs_that_were_put_together_are_one(cli: Cli, home: Path, log: Path) -> None:
    parts = [gzip.compress(log_lines(first, first + 19).encode()) for first in (41, 61, 81)]
    log.with_name("access.log.1.gz").write_bytes(b"".join(parts))
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 101))


def test_a_killed_update_leaves_no_lock_behind(home: Path, cli: Cli, log: Path, run_toolkit: RunToolkit) -> None:
    fault = {"TOOLKIT_FAULT": "kill@sitestats.update.before_commit"}
    assert run_toolkit("sitestats", "update", *TODAY, env=fault).exit_code == -signal.SIGKILL
    assert kept_numbers(home) == []
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert kept_numbers(home) == list(range(1, 41))
    assert the_site(home).name == "shop"

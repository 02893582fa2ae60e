"""F21–F24: no room, no reader, no right to write, odd names: a report says so in a sentence, or just works."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
from datetime import date
from pathlib import Path

import pytest

from builders.money_months import entry, write_book
from running import Cli, environment, toolkit_command, unprivileged

TODAY = "--today=2026-11-18"
COMMANDS = [["report"], ["report", "--json"], ["report", "--csv"], ["budget", "status"], ["recurring", "list"]]
named = pytest.mark.parametrize("words", COMMANDS, ids=" ".join)


@pytest.fixture(autouse=True)
def book(home: Path) -> Path:
    write_book(home, [entry(date(2026, 11, n), 45_000, note=f"phở {n}") for n in range(1, 15)])
    return home


def in_shell(redirected: str, words: list[str]) -> subprocess.CompletedProcess[str]:
    command = " ".join(map(shlex.quote, toolkit_command("expenses", *words, TODAY)))
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} {redirected}"], env=environment(), capture_output=True, check=False,
        timeout=60, text=True,
    )  # fmt: skip


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, resource.RLIM_INFINITY))


def test_a_page_that_has_no_room_leaves_the_old_one(cli: Cli, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    assert cli("expenses", "report", TODAY, "--html", page).exit_code == 0
    old = page.read_bytes()
    assert len(old) > 3_000
    command = toolkit_command("expenses", "report", "--month", "10", TODAY, "--html", page)
    ended = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=60, check=False, preexec_fn=limited
    )
    assert ended.returncode == 7, ended.stderr
    assert "hết chỗ" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert page.read_bytes() == old
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.html"]


@named
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
def test_a_full_disk_under_the_answer_is_said(words: list[str]) -> None:
    ended = in_shell(">/dev/full", words)
    assert ended.returncode == 7
    assert "đã đầy" in ended.stderr
    assert "Traceback" not in ended.stderr


@named
def test_a_reader_who_has_seen_enough_is_no_failure_to_talk_about(words: list[str]) -> None:
    ended = in_shell("| head -c 1", words)
    assert ended.returncode in {0, 141}
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


@named
def test_looking_needs_no_right_to_write(words: list[str], home: Path) -> None:
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        command = toolkit_command("expenses", *words, TODAY)
        ended = subprocess.run(
            command, env=environment(), capture_output=True, text=True, timeout=60, check=False, preexec_fn=unprivileged
        )
        assert ended.returncode == 0, ended.stderr
        command = toolkit_command("expenses", "budget", "set", "food", "3tr")
        refused = subprocess.run(
            command, env=environment(), capture_output=True, text=True, timeout=60, check=False, preexec_fn=unprivileged
        )
        assert refused.returncode == 7, refused.stdout
        assert "Traceback" not in refused.stderr
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("báo cáo tháng 11 🧾.html", 0), ("x" * 300 + ".html", 7), ("không/có/thư mục.html", 7), (".", 7),
        ("a\nb.html", 0),
    ],
    ids=["marks and emoji", "too long", "no folder", "a folder", "a line end"],
)  # fmt: skip
def test_any_name_of_a_page_works_or_is_refused_in_words(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cli("expenses", "report", TODAY, "--html", name)
    assert ran.exit_code == code, ran.stderr
    assert (name in [path.name for path in tmp_path.iterdir()]) == (code == 0)
    assert "\n" not in ran.stdout[:-1]


def test_a_link_is_not_followed(cli: Cli, tmp_path: Path) -> None:
    """A08: a page may not be written through a link to somewhere else."""
    target = tmp_path / "của người khác.html"
    link = tmp_path / "a.html"
    link.symlink_to(target)
    assert cli("expenses", "report", TODAY, "--html", link).exit_code == 7
    assert not target.exists()


def test_a_pipe_in_the_place_of_a_page_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.html"
    os.mkfifo(pipe)
    command = toolkit_command("expenses", "report", TODAY, "--html", pipe)
    assert subprocess.run(command, env=environment(), capture_output=True, timeout=30, check=False).returncode == 0
    assert pipe.is_file()


@pytest.mark.parametrize("encoding", ["cp1258", "cp437", "ascii", "latin-1"])
def test_bars_and_marks_are_shown_as_far_as_the_terminal_can(encoding: str) -> None:
    env = environment({"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "40"})
    for words in COMMANDS:
        ended = subprocess.run(
            toolkit_command("expenses", *words, TODAY), env=env, capture_output=True, timeout=60, check=False
        )
        assert ended.returncode == 0, ended.stderr
        assert "?" not in ended.stdout.decode(encoding)

"""F02, F21–F24, A08: pages and notes of targets are written whole or not at all, wherever they are asked for."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
from datetime import date
from pathlib import Path

import pytest

from builders.kpi_ledgers import write_sales
from builders.kpi_pasts import even_months
from running import Cli, environment, toolkit_command, unprivileged

AS_OF = "--as-of=2026-11-20"
PAPERS = [["page", "FILE"], ["note", "1", "--md", "FILE"]]
papers = pytest.mark.parametrize("words", PAPERS, ids=" ".join)


@pytest.fixture(autouse=True)
def book(home: Path, cli: Cli) -> None:
    past = {(2026, month): 1_000_000 * month for month in (7, 8, 9, 10)}
    write_sales(home, even_months(past))
    for amount, period in (("160tr", "2026-11"), ("90tr", "2026-12")):
        ran = cli("kpi", "target", "add", "--metric", "revenue", "--amount", amount, "--period", period, AS_OF)
        assert ran.exit_code == 0, ran.stderr


def typed(words: list[str], file: object, as_of: str = AS_OF) -> list[str]:
    return [*toolkit_command("kpi", *(str(file) if word == "FILE" else word for word in words), as_of)]


def ended(command: list[str], **more: object) -> subprocess.CompletedProcess[str]:
    fault = more.pop("fault", None)
    env = environment({"TOOLKIT_FAULT": str(fault) if fault else None, "TOOLKIT_FAULT_COUNT": None})
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False, **more)  # type: ignore[call-overload,no-any-return]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))


@papers
def test_a_paper_that_has_no_room_leaves_the_old_one(words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.out"
    assert ended(typed(words, file)).returncode == 0
    old = file.read_bytes()
    assert len(old) > 1_000
    refused = ended(typed(words, file, "--as-of=2026-11-13"), preexec_fn=limited)
    assert refused.returncode == 7, refused.stderr
    assert "hết chỗ" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert file.read_bytes() == old
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.out"]


@papers
def test_a_killed_paper_is_the_one_of_before_or_the_new_one(words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.out"
    assert ended(typed(words, file, "--as-of=2026-11-13")).returncode == 0
    old = file.read_bytes()
    assert ended(typed(words, file)).returncode == 0
    new = file.read_bytes()
    assert old != new
    for n in range(1, 20, 2):
        file.write_bytes(old)
        killed = ended(typed(words, file), fault=f"kill@{n}").returncode
        assert file.read_bytes() in (old, new)
        if killed == 0:  # there are no more points to be killed at
            assert n > 3
            break
    assert file.read_bytes() == new


@papers
def test_looking_needs_no_right_to_write_into_the_home(words: list[str], home: Path, tmp_path: Path) -> None:
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        ran = ended(typed(words, tmp_path / "a.out"), preexec_fn=unprivileged)
        assert ran.returncode == 0, ran.stderr
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
@pytest.mark.parametrize("more", [[], ["--json"]], ids=" ".join)
def test_a_note_that_nobody_can_take_is_said_and_one_cut_short_is_none(more: list[str]) -> None:
    command = shlex.join(toolkit_command("kpi", "note", "1", *more, AS_OF))
    full = ended(["bash", "-c", f"{command} >/dev/full"])
    assert full.returncode == 7
    assert "đã đầy" in full.stderr
    cut = ended(["bash", "-c", f"set -o pipefail; {command} | head -c 1"])
    assert cut.returncode in {0, 141}
    assert "Traceback" not in full.stderr + cut.stderr


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("chỉ tiêu tháng 11 🧾.out", 0), ("x" * 300 + ".out", 7), ("không/có/thư mục.out", 7), (".", 7),
        ("a\nb.out", 0),
    ],
    ids=["marks and emoji", "too long", "no folder", "a folder", "a line end"],
)  # fmt: skip
def test_any_name_works_or_is_refused_in_words(
    name: str, code: int, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cli("kpi", "page", name, AS_OF)
    assert ran.exit_code == code, ran.stderr
    assert cli("kpi", "note", "1", "--md", f"n{name}", AS_OF).exit_code == (0 if name == "." else code)
    assert (name in [path.name for path in tmp_path.iterdir()]) == (code == 0)
    assert "\n" not in ran.stdout[:-1]


@papers
def test_a_link_is_not_followed_and_a_pipe_not_waited_for(words: list[str], cli: Cli, tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "của người khác", tmp_path / "a.out", tmp_path / "b.out"
    link.symlink_to(target)
    assert cli("kpi", *(link if word == "FILE" else word for word in words), AS_OF).exit_code == 7
    assert not target.exists()
    os.mkfifo(pipe)
    assert ended(typed(words, pipe)).returncode == 0
    assert pipe.is_file()


@pytest.mark.parametrize("encoding", ["cp1258", "ascii"])
def test_a_note_is_shown_as_far_as_the_terminal_can(encoding: str) -> None:
    env = environment({"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "40"})
    ran = subprocess.run(
        toolkit_command("kpi", "note", "1", AS_OF), env=env, capture_output=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "?" not in ran.stdout.decode(encoding)


def test_days_that_were_cut_off_on_their_way_come_once(cli: Cli, home: Path) -> None:
    """F01: at every fifth point of `kpi dates`; imports are killed at every one elsewhere."""
    known = date(2026, 11, 20).isoformat()
    for n in range(1, 60, 5):
        killed = ended([*toolkit_command("kpi", "dates", "--yes", "--today", known)], fault=f"kill@{n}").returncode
        assert cli("kpi", "dates", "--yes", "--today", known).exit_code == 0
        found = cli("calendar", "agenda", "--from", "2026-11-01", "--until", "2027-02-01", "--json").json["data"]
        assert [one["start"][:10] for one in found] == ["2026-11-30", "2026-12-31"]
        if killed == 0:
            assert n > 1
            return
        newest = max(run["run"] for run in cli("calendar", "runs", "--json").json["data"])
        assert cli("calendar", "undo", newest, "--yes").exit_code == 0
    pytest.fail("kpi dates has no end")

"""F24: homes that are missing, oddly named or not ours: they work, or the folder is named."""

from __future__ import annotations

import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from running import environment, toolkit_command, unprivileged

if TYPE_CHECKING:
    from running import RunToolkit

# A machine whose user list doesn't know who is running this, as in some containers.
STRANGER = """
import pwd, sys
def unknown(uid):
    raise KeyError(uid)
pwd.getpwuid = unknown
from toolkit.cli import main
sys.exit(main())
"""
UNSET = {"TOOLKIT_HOME": None, "HOME": None, "XDG_CONFIG_HOME": None, "XDG_DATA_HOME": None}


@pytest.mark.parametrize(
    "name",
    ["nhà của tôi", "Đổ xăng", "nha\u0300 (NFD)", "emoji 😀", "dấu 'nháy\" %s {x}", "a" * 255, "…/../nhà", " đầu"],
)
def test_a_home_may_have_any_name_that_the_disk_allows(run_toolkit: RunToolkit, tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    env = {"TOOLKIT_HOME": str(home)}
    (tmp_path / "…").mkdir()
    assert run_toolkit("config", "set", "lang", "en", env=env).exit_code == 0
    assert run_toolkit("config", "show", "--json", env=env).json["data"]["settings"][0]["value"] == "en"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "config.toml").stat().st_mode) == 0o600


def test_a_name_longer_than_the_disk_allows_is_named(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    home = tmp_path / ("đ" * 200)
    ran = run_toolkit("config", "set", "lang", "en", env={"TOOLKIT_HOME": str(home)})
    assert ran.exit_code == 7
    assert "đ" * 200 in ran.stderr
    assert "Traceback" not in ran.stderr


def test_help_needs_no_home_at_all(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    for home in (tmp_path / ("đ" * 200), tmp_path / "none", Path("/dev/null/x")):
        ran = run_toolkit("--help", env={"TOOLKIT_HOME": str(home)})
        assert ran.exit_code == 0
        assert not home.exists() if home.name == "none" else True


def test_a_file_in_the_place_of_the_home_is_named(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    (tmp_path / "home.txt").write_text("của tôi", encoding="utf-8")
    ran = run_toolkit("config", "set", "lang", "en", env={"TOOLKIT_HOME": str(tmp_path / "home.txt")})
    assert ran.exit_code == 7
    assert "home.txt" in ran.stderr
    assert "exists" not in ran.stderr  # the operating system's English
    assert (tmp_path / "home.txt").read_text(encoding="utf-8") == "của tôi"


@pytest.mark.parametrize(
    "arguments", [["calendar", "agenda"], ["backup"], ["restore"], ["restore", "--salvage", "--yes"], ["doctor"]]
)
def test_a_home_that_is_a_circle_of_links_is_named(
    run_toolkit: RunToolkit, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "vòng").symlink_to("vòng")
    ran = run_toolkit(*arguments, env={"TOOLKIT_HOME": str(tmp_path / "vòng")})
    assert ran.exit_code in {1, 4, 7}
    assert "Traceback" not in ran.stderr
    assert "vòng" in ran.stderr or ran.exit_code == 4


@pytest.mark.parametrize("chosen", ["", "  "])
def test_an_empty_choice_is_no_choice(run_toolkit: RunToolkit, tmp_path: Path, chosen: str) -> None:
    env = {"TOOLKIT_HOME": chosen, "HOME": str(tmp_path), "XDG_CONFIG_HOME": None, "XDG_DATA_HOME": None}
    ran = run_toolkit("config", "show", "--json", env=env)
    assert ran.json["data"]["file"].startswith(str(tmp_path))


def test_a_home_may_be_relative_or_begin_with_a_tilde(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    run_toolkit("config", "set", "lang", "en", env={"TOOLKIT_HOME": "nhà"}, cwd=tmp_path)
    run_toolkit("config", "set", "lang", "en", env={"TOOLKIT_HOME": "~/tôi", "HOME": str(tmp_path)})
    assert (tmp_path / "nhà" / "config.toml").exists()
    assert (tmp_path / "tôi" / "config.toml").exists()


def test_a_folder_that_is_gone_under_our_feet_is_said(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"cd {gone} && rmdir {gone} && exec {shlex.join(toolkit_command('config', 'show'))}"
    env = environment({"TOOLKIT_HOME": "nhà", "PYTHONPATH": str(Path(__file__).parents[2])})
    ended = subprocess.run(["sh", "-c", command], env=env, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 7
    assert "Traceback" not in ended.stderr.decode()


@pytest.mark.parametrize(("arguments", "code"), [(["config", "show"], 7), (["calendar", "runs"], 7), (["--help"], 0)])
def test_a_machine_that_does_not_know_the_member_asks_for_a_home(arguments: list[str], code: int) -> None:
    command = [sys.executable, "-c", STRANGER, *arguments]
    ended = subprocess.run(command, env=environment(UNSET), capture_output=True, check=False, timeout=60)
    assert ended.returncode == code
    assert ("TOOLKIT_HOME" in ended.stderr.decode()) is (code == 7)
    assert b"Traceback" not in ended.stderr


def test_a_folder_that_refuses_us_is_named_and_left_alone(tmp_path: Path) -> None:
    locked = tmp_path / "không mở được"
    locked.mkdir(mode=0o500)
    ended = subprocess.run(
        toolkit_command("config", "set", "lang", "en"), env=environment({"TOOLKIT_HOME": str(locked / "home")}),
        preexec_fn=unprivileged, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 7
    assert "không mở được" in ended.stderr.decode()
    assert b"Traceback" not in ended.stderr
    assert not list(locked.iterdir())


def test_an_unknown_user_in_a_tilde_is_said(run_toolkit: RunToolkit) -> None:
    ran = run_toolkit("config", "show", env={"TOOLKIT_HOME": "~khong-co-nguoi-nay/x"})
    assert ran.exit_code == 7
    assert "TOOLKIT_HOME" in ran.stderr

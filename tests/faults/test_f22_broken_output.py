"""F22: standard output full, closed or no longer read: a sentence or silence, never a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from running import Ran, environment, toolkit_command

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")

COMMANDS = [
    ["--help"], ["--version"], ["config", "show"], ["config", "show", "--json"], ["completion", "bash"],
    ["calendar", "--help"], ["calendar", "runs", "--json"],
]  # fmt: skip
named = pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)


def in_shell(redirected: str, arguments: list[str]) -> Ran:
    """Run with a redirection, such as `>/dev/full`; `$?` of the program itself is the exit code."""
    command = " ".join(map(shlex.quote, toolkit_command(*arguments)))
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} {redirected}"], env=environment(), capture_output=True, check=False,
        timeout=60,
    )  # fmt: skip
    return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


@named
def test_a_full_disk_under_the_answer_is_said(arguments: list[str]) -> None:
    ran = in_shell(">/dev/full", arguments)
    assert ran.exit_code == 7
    assert "đã đầy" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


@named
def test_both_streams_full_leave_only_the_exit_code(arguments: list[str]) -> None:
    assert in_shell(">/dev/full 2>&1", arguments).exit_code == 7


@named
def test_a_reader_who_has_seen_enough_is_no_failure_to_talk_about(arguments: list[str]) -> None:
    ran = in_shell("| head -c 1", arguments)
    assert ran.exit_code in {0, 141}  # 0 when everything was written before the reader left
    assert not ran.stderr.replace("Các lựa chọn nằm trong", "").split("Traceback")[1:]
    assert "Exception ignored" not in ran.stderr


def test_a_reader_who_is_gone_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        toolkit_command("--help"), stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(writing)
    assert ended.returncode == 141
    assert not ended.stderr


@named
def test_closed_output_is_said(arguments: list[str]) -> None:
    ran = in_shell(">&-", arguments)
    assert ran.exit_code == 7
    assert "đã bị đóng" in ran.stderr


@named
def test_a_closed_standard_error_and_input_stop_nothing(arguments: list[str]) -> None:
    ran = in_shell("2>&- <&-", arguments)
    assert ran.exit_code == 0
    assert ran.stdout


def test_a_refusal_with_nowhere_to_be_said_keeps_its_exit_code() -> None:
    assert in_shell("2>/dev/full", ["no-such-command"]).exit_code == 2
    assert in_shell(">&- 2>&-", ["no-such-command", "--json"]).exit_code in {2, 7}


def test_no_file_of_ours_gets_the_number_of_a_closed_stream(home: Path) -> None:
    ran = in_shell(">&- 2>&-", ["config", "set", "lang", "en"])
    assert ran.exit_code == 7
    assert json.loads(in_shell("", ["config", "show", "--json"]).stdout)["data"]["settings"][0]["value"] == "en"
    assert (home / "config.toml").read_text(encoding="utf-8") == 'lang = "en"\n'

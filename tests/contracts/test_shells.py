"""What we expect of the shells themselves: each takes our script and shows our suggestions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from running import environment
from toolkit.shell.completion import SHELLS, source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """The command that starts a shell without anybody's own settings, with `toolkit` on its path."""
    name, *options = request.param
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"this machine has no {name}")
    (tmp_path / "toolkit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toolkit "$@"\n', encoding="utf-8")
    (tmp_path / "toolkit").chmod(0o755)
    return [found, *options]


def run(shell: list[str], script: str, folder: Path) -> str:
    env = environment({"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder)})
    ended = subprocess.run([*shell, "-c", script], env=env, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("shell", [["bash", "--norc"]], indirect=True)
def test_bash_suggests_commands(shell: list[str], tmp_path: Path) -> None:
    asking = 'COMP_WORDS=(toolkit con); COMP_CWORD=1; _toolkit_completion toolkit; echo "${COMPREPLY[@]}"'
    assert run(shell, f"{source('bash')}\n{asking}", tmp_path).split() == ["config"]


@pytest.mark.parametrize("shell", [["fish", "--no-config"]], indirect=True)
def test_fish_suggests_commands(shell: list[str], tmp_path: Path) -> None:
    asked = run(shell, f"{source('fish')}\ncomplete --do-complete 'toolkit con'", tmp_path)
    assert asked.split()[0] == "config"


@pytest.mark.parametrize("shell", [["zsh", "-f"]], indirect=True)
def test_zsh_suggests_commands_with_their_help(shell: list[str], tmp_path: Path) -> None:
    # compadd and _describe only work inside the line editor, so functions of those names say what they were given.
    stand_ins = 'compdef() { : }; _describe() { print -l -- "${(@P)3}" }; compadd() { : }'
    asking = f"{stand_ins}\n{source('zsh')}\nwords=(toolkit con); CURRENT=2; _toolkit_completion"
    assert run(shell, asking, tmp_path).strip() == "config:Xem và đổi các lựa chọn của bạn."


@pytest.mark.parametrize("shell", [["pwsh", "-NoProfile"]], indirect=True)
def test_powershell_suggests_commands_with_their_help(shell: list[str], tmp_path: Path) -> None:
    line = "toolkit con"
    asking = f"(TabExpansion2 '{line}' {len(line)}).CompletionMatches.CompletionText"
    assert run(shell, f"{source('powershell')}\n{asking}", tmp_path).split() == ["config"]


def test_every_script_names_the_program_and_leaves_no_blank_unfilled() -> None:
    for name in SHELLS:
        script = source(name)
        assert "toolkit" in script
        assert "%(" not in script

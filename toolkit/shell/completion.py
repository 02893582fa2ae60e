"""Suggestions while typing: click's for bash, zsh and fish, and ours for PowerShell."""

from __future__ import annotations

import os
from typing import Any, ClassVar, Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    shell_complete,
)

from toolkit.shell.app import COMPLETION_VARIABLE, PROGRAM, App

_POWERSHELL: Final = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition }
    $words = $before | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
        else { $_.Extent.Text }
    }
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $env:%(complete_var)s = 'powershell_complete'
    $env:PYTHONUTF8 = '1'
    $env:COMP_WORDS = $words -join "`n"
    $env:COMP_INCOMPLETE = $wordToComplete
    try {
        %(prog_name)s | ForEach-Object {
            $type, $value, $help = $_ -split "`t", 3
            if ($type -eq 'plain') {
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
            }
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:%(complete_var)s, Env:PYTHONUTF8, Env:COMP_WORDS, Env:COMP_INCOMPLETE -ErrorAction Ignore
    }
}
"""


class PowerShellComplete(ShellComplete):
    """PowerShell 5 and 7. Where nothing of ours fits, PowerShell itself goes on to suggest files."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        words = os.environ["COMP_WORDS"].splitlines()[1:]
        incomplete = os.environ.get("COMP_INCOMPLETE", "")
        return (words[:-1] if incomplete and words and words[-1] == incomplete else words), incomplete

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return f"{item.type}\t{item.value}\t{item.help or item.value}"


_CLASSES: Final[dict[str, type[ShellComplete]]] = {
    "bash": BashComplete,
    "zsh": ZshComplete,
    "fish": FishComplete,
    "powershell": PowerShellComplete,
}
SHELLS: Final = tuple(_CLASSES)


def source(shell: str) -> str:
    """The script for one of SHELLS that makes it ask the program for suggestions."""
    complete = _CLASSES[shell](click.Command(PROGRAM), {}, PROGRAM, COMPLETION_VARIABLE)
    # Not complete.source(): for bash that starts a bash to look at its version.
    return complete.source_template % complete.source_vars()


def complete(root: click.Command, instruction: str, app: App) -> int:
    """Answer a shell that asks, and return the exit code. `instruction` is what the script put into the variable."""
    add_completion_class(PowerShellComplete)
    return shell_complete(root, {"obj": app}, PROGRAM, COMPLETION_VARIABLE, instruction)

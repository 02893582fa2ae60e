"""Command lines as help pages and documents show them, held against the commands that there are."""

from __future__ import annotations

import shlex

import click

from toolkit.calendar.remote import SheetOrFile
from toolkit.cli import toolkit as root
from toolkit.core.errors import ToolkitError
from toolkit.shell.app import App
from toolkit.shell.group import COMMON, Context
from toolkit.shell.params import ExistingFile


def misfit(line: str, *, named_only: bool = False) -> str | None:
    """Why `line` ("toolkit calendar undo 3") could not be typed like that; None if it could.

    Files needn't exist, and a value may be its own placeholder (`undo SỐ`). `named_only`: a sentence names the command,
    so what it can't do without may be missing.
    """
    program, *words = shlex.split(line, comments=True)
    redirected = [place for place, word in enumerate(words) if word in (">", "<")]  # the shell takes these
    for place in reversed(redirected):
        del words[place : place + 2]
    if program != "toolkit":
        return f"not our program: {program}"
    app = App()
    command: click.Command = root
    context = Context(root, info_name=program, obj=app)
    try:
        while isinstance(command, click.Group):
            words = getattr(command, "spelt_out", list)(words)
            words = _checked(command, context, words, named_only=True)
            if not words:
                return None
            child = command.get_command(context, words[0])
            if child is None:
                return f"no command {words[0]}"
            command, context = child, Context(child, info_name=words[0], parent=context, obj=app)
            words = words[1:]
        left = _checked(command, context, words, named_only=named_only)
    except click.ClickException as wrong:
        return wrong.format_message()
    except ToolkitError as wrong:
        return wrong.problem.code
    return f"too many words: {left}" if left else None


def _checked(command: click.Command, context: click.Context, words: list[str], *, named_only: bool) -> list[str]:
    """The words that are left when the command's options and arguments have taken theirs, each value converted."""
    given, left, _ = command.make_parser(context).parse_args(list(words))
    for param in [*command.params, *COMMON]:
        value = given.get(param.name or "")
        missing = value is None or type(value).__name__ == "Sentinel"
        if missing and param.required and not named_only and "help" not in given:
            raise click.MissingParameter(ctx=context, param=param)
        if not missing and _is_checked(param, value):
            param.type_cast_value(context, value)
    return left


def _is_checked(param: click.Parameter, value: object) -> bool:
    return not isinstance(param.type, ExistingFile | SheetOrFile) and value != (param.metavar or "").strip("[]")

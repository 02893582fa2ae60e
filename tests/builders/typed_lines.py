"""Command lines as help pages and documents show them, held against the commands that there are."""

from __future__ import annotations

import shlex

import click

from toolkit.cli import toolkit as root
from toolkit.shell.app import App
from toolkit.shell.group import COMMON, Context
from toolkit.shell.params import ExistingFile


def misfit(line: str) -> str | None:
    """Why `line` ("toolkit calendar undo 3") could not be typed like that; None if it could.

    Files needn't exist, and a value may be its own placeholder (`undo SỐ`).
    """
    program, *words = shlex.split(line, comments=True)
    if program != "toolkit":
        return f"not our program: {program}"
    app = App()
    command: click.Command = root
    context = Context(root, info_name=program, obj=app)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        child = command.get_command(context, words[0])
        if child is None:
            return f"no command {words[0]}"
        command, context = child, Context(child, info_name=words[0], parent=context, obj=app)
        words = words[1:]
    return _misfit_of(command, context, words)


def _misfit_of(command: click.Command, context: click.Context, words: list[str]) -> str | None:
    try:
        given, left, _ = command.make_parser(context).parse_args(list(words))
        if left:
            return f"too many words: {left}"
        for param in [*command.params, *COMMON]:
            value = given.get(param.name or "")
            missing = value is None or type(value).__name__ == "Sentinel"
            if missing and param.required and "help" not in given:
                return f"{param.name} is missing"
            if not missing and _is_checked(param, value):
                param.type_cast_value(context, value)
    except click.ClickException as wrong:
        return wrong.format_message()
    except Exception as wrong:  # noqa: BLE001 (the refusals of our own types; whichever it is, the line doesn't fit)
        return repr(wrong)
    return None


def _is_checked(param: click.Parameter, value: object) -> bool:
    return not isinstance(param.type, ExistingFile) and value != (param.metavar or "").strip("[]")

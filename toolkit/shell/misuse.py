"""What click says about a command line, as problems with our own codes."""

from __future__ import annotations

import click

from toolkit.core.outcome import Problem
from toolkit.shell.nearest import nearest


def problem_of(error: click.ClickException) -> Problem:
    """The problem that stands for click's exception. Each code has its sentence and what to type instead."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "toolkit"
    if isinstance(error, click.NoSuchCommand):
        names = _commands(context)
        return _mistyped("command", error.command_name, nearest(error.command_name, names), command)
    if isinstance(error, click.NoSuchOption):
        names = _options(context)
        return _mistyped("option", error.option_name, nearest(error.option_name, names), command)
    if isinstance(error, click.MissingParameter):
        kind = "option" if isinstance(error.param, click.Option) else "argument"
        return Problem(f"shell.missing_{kind}", params={"name": _name(error), "command": command})
    if isinstance(error, click.BadParameter):
        params = {"name": _name(error), "reason": error.message, "command": command}
        return Problem("shell.bad_value", params=params)
    return Problem("shell.bad_command_line", params={"reason": error.format_message(), "command": command})


def _mistyped(kind: str, typed: str, near: list[str], command: str) -> Problem:
    if near:
        return Problem(f"shell.mistyped_{kind}", params={"name": typed, "near": ", ".join(near), "command": command})
    return Problem(f"shell.unknown_{kind}", params={"name": typed, "command": command})


def _commands(context: click.Context | None) -> list[str]:
    if context is None or not isinstance(context.command, click.Group):
        return []
    return context.command.list_commands(context)


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    params = context.command.get_params(context)
    return [name for param in params if isinstance(param, click.Option) and not param.hidden for name in param.opts]


def _name(error: click.BadParameter) -> str:
    """How the parameter is written on the command line: `--reminder`, `TỆP`."""
    if isinstance(error.param_hint, str):
        return error.param_hint
    if error.param is None:
        return ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return (error.param.metavar or error.param.human_readable_name).strip("[]")

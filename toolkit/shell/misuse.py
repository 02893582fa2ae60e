"""What click says about a command line, as problems with our own codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.core.outcome import Problem
from toolkit.shell.nearest import nearest

if TYPE_CHECKING:
    from toolkit.shell.messages import Messages


def problem_of(error: click.ClickException, messages: Messages) -> Problem:
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
        return Problem(f"shell.missing_{kind}", params={"name": _name(error, messages), "command": command})
    if isinstance(error, click.BadParameter):
        return _bad_value(error, command, messages)
    return Problem("shell.bad_command_line", params={"reason": error.format_message(), "command": command})


def _bad_value(error: click.BadParameter, command: str, messages: Messages) -> Problem:
    """What the parameter wants, where its type tells; click's own reason otherwise."""
    name = _name(error, messages)
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange) and kind.min is not None:
        if kind.max is None:
            return Problem("shell.wants_number_from", params={"name": name, "least": int(kind.min), "command": command})
        between = {"least": int(kind.min), "most": int(kind.max)}
        return Problem("shell.wants_number_between", params={"name": name, "command": command, **between})
    if isinstance(kind, click.Choice):
        choices = ", ".join(map(str, kind.choices))
        return Problem("shell.wants_choice", params={"name": name, "choices": choices, "command": command})
    return Problem("shell.bad_value", params={"name": name, "reason": error.message, "command": command})


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


def _name(error: click.BadParameter, messages: Messages) -> str:
    """How the parameter is written on the command line: `--reminder`, `TỆP`."""
    if isinstance(error.param_hint, str):
        return error.param_hint
    if error.param is None:
        return ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    metavar = error.param.metavar or error.param.human_readable_name
    room = getattr(error.ctx.command, "room", "shell") if error.ctx else "shell"
    return _first(messages.help(metavar, room, "shell"))


def _first(metavar: str) -> str:
    """The first thing that a metavar asks for: `NGÀY` of `NGÀY[..NGÀY]`, `TỆP` of `[TỆP...]`."""
    return metavar.lstrip("[").partition("[")[0].rstrip("]….| ")

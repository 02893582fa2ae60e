"""Commands that speak the member's language, and a group that imports a child only when it is typed."""

from __future__ import annotations

import copy
import inspect
from functools import partial
from gettext import gettext
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

import click
from click.shell_completion import CompletionItem

from toolkit.core.errors import UsageError
from toolkit.shell.app import PROGRAM, App

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Child: TypeAlias = tuple[str, str]
"""("module:attribute", the one-line help in Vietnamese)."""
Example: TypeAlias = tuple[str, str]
"""(a command as a member types it, what it does in Vietnamese)."""

_NARROW: Final = 48


class Formatter(click.HelpFormatter):
    """Help pages. Where two columns don't fit, an option's text goes below it."""

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        if self.width >= _NARROW:
            super().write_dl(rows, col_max, col_spacing)
            return
        for term, text in rows:
            self.write(f"{'':>{self.current_indent}}{term}\n")
            if text:
                with self.indentation():
                    self.write_text(text)


class Context(click.Context):
    def make_formatter(self) -> click.HelpFormatter:
        width = self.ensure_object(App).say.out.width or 80
        return Formatter(width=max(min(width, 100) - 2, 18))


class Spoken(click.Command):
    """What Command and Group share: help in the member's language, examples, the options that every command has."""

    context_class = Context
    works_without_settings = False

    def __init__(
        self, *args: Any, works_without_settings: bool = False, examples: Sequence[Example] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **kwargs)
        self.works_without_settings = works_without_settings
        self.examples = examples

    @property
    def room(self) -> str:
        """The room whose catalogue has the English of this command's help."""
        module = inspect.unwrap(self.callback).__module__ if self.callback else "toolkit.shell"
        return f"{module}.shell".split(".")[1]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002 (click's signature)
        return [*self.params, *COMMON]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002 (click's signature)
        return HELP

    def one_line(self, app: App) -> str:
        """The first paragraph of the help, in the member's language."""
        return self._translated(paragraphs(self.help or "")[0], app) if self.help else ""

    def invoke(self, ctx: click.Context) -> Any:
        if not self.works_without_settings and not isinstance(self, click.Group):
            ctx.ensure_object(App).ready()
        return super().invoke(ctx)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        app = ctx.ensure_object(App)
        pieces = [self.options_metavar] if self.options_metavar else []
        for param in self.params:
            pieces += self._shown(param, ctx).get_usage_pieces(ctx)
        return [app.messages.help(piece, self.room, "shell") for piece in pieces]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        app = ctx.ensure_object(App)
        for paragraph in paragraphs(self.help or ""):
            text = self._translated(paragraph, app)
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shown = [self._shown(param, ctx) for param in self.params if isinstance(param, click.Argument)]
        rows = [record for param in shown if param.help and (record := param.get_help_record(ctx))]
        if rows:
            with formatter.section(gettext("Positional arguments")):
                formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        app = ctx.ensure_object(App)
        own = [param for param in self.params if isinstance(param, click.Option)]
        for heading, options in ((gettext("Options"), own), (app.messages.text("shell.common_options"), COMMON)):
            shown = [self._shown(option, ctx) for option in options]
            rows = [record for option in shown if (record := option.get_help_record(ctx))]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples stand last: that is the part of a long page which the terminal still shows."""
        app = ctx.ensure_object(App)
        if not self.examples:
            return
        with formatter.section(app.messages.text("shell.examples")):
            for typed, text in self.examples:
                formatter.write_text(f"{self._translated(text, app)}:")
                # never broken between lines: it is there to be copied
                formatter.write(f"{'':>{formatter.current_indent + 2}}{self._translated(typed, app)}\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        app = ctx.ensure_object(App)
        options = click.Command.shell_complete(self, ctx, incomplete)  # not click.Group's: it imports every child
        return [
            CompletionItem(item.value, item.type, self._translated(item.help or "", app), **item._info)  # noqa: SLF001
            for item in options
        ]

    def _translated(self, text: str, app: App) -> str:
        return app.messages.help(text, self.room, "shell")

    def _shown(self, param: click.Parameter, ctx: click.Context) -> Any:
        app = ctx.ensure_object(App)
        shown: Any = copy.copy(param)
        if shown.help:
            shown.help = self._translated(" ".join(shown.help.split()), app)
        metavar = shown.metavar or (isinstance(param, click.Option) and shown.type.get_metavar(param, ctx))
        if metavar:
            shown.metavar = self._translated(metavar, app)
        if isinstance(param, click.Option) and isinstance(param.type, click.IntRange | click.FloatRange):
            shown.get_help_extra = partial(_extra_with_plain_range, param, param.type)
        return shown


class Command(Spoken):
    """A command. `works_without_settings=True`: it also runs while config.toml can't be used."""


class Group(Spoken, click.Group):
    """A group of commands. Typed alone, it shows its help."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "LỆNH …")
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            ctx.ensure_object(App).say.raw(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        if not ctx._protected_args and not self.invoke_without_command:  # noqa: SLF001 (click has no public name for it)
            raise UsageError("shell.missing_command", command=ctx.command_path)
        return super().invoke(ctx)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), self._translated(self.subcommand_metavar, ctx.ensure_object(App))]

    def one_lines(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """Each visible child's name and one-line help, in the order in which they are declared."""
        app = ctx.ensure_object(App)
        for name in self.list_commands(ctx):
            child = self.get_command(ctx, name)
            if isinstance(child, Spoken) and not child.hidden:
                yield name, child.one_line(app)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = list(self.one_lines(ctx))
        if rows:
            with formatter.section(gettext("Commands")):
                formatter.write_dl(rows)
        Spoken.format_options(self, ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        children = [
            CompletionItem(name, help=text) for name, text in self.one_lines(ctx) if name.startswith(incomplete)
        ]
        return [*children, *Spoken.shell_complete(self, ctx, incomplete)]


class LazyGroup(Group):
    """A group whose children are imported when they are typed, never for the help or the completion of the group."""

    def __init__(self, *args: Any, children: Mapping[str, Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = children

    def with_children(self, more: Mapping[str, Child]) -> Self:
        """The same group with further children: what a floor above adds to a tool's own commands."""
        grown = copy.copy(self)
        grown.children = {**self.children, **more}
        return grown

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self.children)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        if cmd_name not in self.children:
            return None
        module, _, attribute = self.children[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def one_lines(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        app = ctx.ensure_object(App)
        for name, (where, text) in self.children.items():
            # a composed group stands above the tool whose words it speaks: toolkit.composed.kpi, then kpi
            rooms = where.partition(":")[0].split(".")[1:3]
            yield name, app.messages.help(text, *rooms, "shell")


def paragraphs(text: str) -> list[str]:
    """A docstring's paragraphs as the catalogues have them: each on one line, unless it begins with a `\\b` line."""
    cleaned = inspect.cleandoc(text).partition("\f")[0].strip()
    return [part if part.startswith("\b") else " ".join(part.split()) for part in cleaned.split("\n\n") if part.strip()]


def _extra_with_plain_range(option: click.Option, range_: click.IntRange | click.FloatRange, ctx: click.Context) -> Any:
    """The remarks behind an option's help, with `1–50` for click's `1<=x<=50`; half a range tells a member nothing."""
    extra = option.get_help_extra(ctx)
    extra.pop("range", None)
    if range_.min is not None and range_.max is not None:
        extra["range"] = f"{range_.min}–{range_.max}"
    return extra


def every_command(command: click.Command, path: str = PROGRAM) -> Iterator[tuple[str, click.Command]]:
    """`command` and every command below it with what a member types for it; lazy children are imported."""
    yield path, command
    if isinstance(command, click.Group):
        context = Context(command, info_name=path)
        for name in command.list_commands(context):
            if child := command.get_command(context, name):
                yield from every_command(child, f"{path} {name}")


def _on_app(action: Callable[[App, Any], None]) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        del param
        if value and not ctx.resilient_parsing:
            action(ctx.ensure_object(App), value)

    return callback


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        ctx.ensure_object(App).say.raw(ctx.get_help())
        ctx.exit()


def _be_in_debug(app: App, value: bool) -> None:
    app.debug = value


HELP: Final = click.Option(
    ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
    help="Xem trang trợ giúp này.",
)  # fmt: skip
COMMON: Final[list[click.Option]] = [
    click.Option(
        ["--json"], is_flag=True, is_eager=True, expose_value=False,
        callback=_on_app(lambda app, _: app.say.choose_format("json")),
        help="In kết quả cho chương trình khác đọc (JSON).",
    ),
    click.Option(
        ["--lang"], metavar="vi|en", is_eager=True, expose_value=False, callback=_on_app(App.use_language),
        help="Ngôn ngữ: vi hoặc en.",
    ),
    click.Option(
        ["--debug"], is_flag=True, is_eager=True, expose_value=False, callback=_on_app(_be_in_debug),
        help="Khi chương trình hỏng, in cả chi tiết kỹ thuật.",
    ),
    HELP,
]  # fmt: skip

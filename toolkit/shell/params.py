"""Types of arguments and options, and the options that several tools share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import click

from toolkit import __version__
from toolkit.core.errors import InputError, UsageError
from toolkit.core.outcome import Outcome, Place
from toolkit.core.text import clean, fold
from toolkit.shell.app import App
from toolkit.shell.blocks import Line, When, said
from toolkit.shell.nearest import nearest
from toolkit.shell.settings import is_timezone

if TYPE_CHECKING:
    from toolkit.core.dates.periods import Period

F = TypeVar("F", bound=Callable[..., Any])

TEXT_LIMIT: Final = 200  # characters; a longer name is a slip of copying


def _written(param: click.Parameter | None) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else (param.metavar or "") if param else ""


class Day(click.ParamType[date]):
    """A day as people say it: `25/11`, `thứ 6`, `hôm qua`. Without a year, the nearest one in the direction `look`."""

    name = "day"

    def __init__(self, look: Literal["back", "forward"] = "forward") -> None:
        self.look = look

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "NGÀY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        app = ctx.ensure_object(App) if ctx else App()
        return read_day(str(value), app, look=self.look, name=_written(param))


class Text(click.ParamType[str]):
    """A name or a short text, in one spelling (NFC, tone marks on their place, nothing invisible)."""

    name = "text"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "CHỮ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        del param, ctx
        text = clean(str(value))
        if len(text) > TEXT_LIMIT:
            raise UsageError("shell.text_too_long", value=text[:40], n=len(text), most=TEXT_LIMIT)
        return text


class PeriodType(click.ParamType["Period"]):
    """A stretch of days as people say it: `tháng 11`, `2026-11`, `tuần trước`, `năm ngoái`, `1/11 - 15/11`."""

    name = "period"

    def __init__(self, look: Literal["back", "forward"] = "back") -> None:
        """`look`: which way a month without a year lies; money is reported of the past and planned ahead."""
        self.look = look

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "THÁNG"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        from toolkit.core.dates import Period, parse_period

        if isinstance(value, Period):
            return value
        app = ctx.ensure_object(App) if ctx else App()
        typed = str(value).strip()
        if typed.isascii() and typed.isdigit() and len(typed) <= 2:
            typed = f"tháng {typed}"  # --month 10
        readings = parse_period(typed, today=app.clock.today(), look=self.look)
        if readings.value is not None:
            return readings.value
        if not readings:
            raise UsageError(readings.code, None, value=str(value), **readings.params)
        periods = " / ".join(map(str, readings.values))
        raise UsageError("shell.period_ambiguous", value=str(value), name=_written(param), periods=periods)


class Timezone(click.ParamType[str]):
    """The name of a time zone, such as Asia/Ho_Chi_Minh."""

    name = "timezone"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "MÚI-GIỜ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        del ctx
        if not is_timezone(value):
            raise UsageError("shell.not_a_timezone", value=str(value), name=_written(param))
        return str(value)


class Minutes(click.ParamType[int]):
    """A length in minutes: `90`, `90 phút`, `1h30`, `2 giờ`, `1 ngày`. At least `least`, at most `most` minutes."""

    name = "minutes"

    def __init__(self, least: int = 0, most: int = 40_320) -> None:
        self.least = least
        self.most = most

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "PHÚT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        del ctx
        minutes = value if isinstance(value, int) else read_minutes(str(value))
        if minutes is None:
            raise UsageError("shell.not_minutes", value=str(value), name=_written(param))
        if not self.least <= minutes <= self.most:
            raise UsageError(
                "shell.minutes_out_of_range", value=str(value), name=_written(param), least=self.least, most=self.most
            )
        return minutes


class ExistingFile(click.ParamType[Path]):
    """A file that is there and can be read. InputError saying which of the two isn't so."""

    name = "file"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        del param, ctx
        return "TỆP"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        del param
        path = Path(value)
        place = Place(file=str(value))
        try:
            if not path.exists():
                if whole := _broken_at_spaces(str(value), ctx):
                    raise InputError("shell.file_name_has_spaces", Place(file=whole), whole=whole)
                near = _beside(path)
                raise InputError("shell.file_mistyped" if near else "shell.no_such_file", place, **near)
            if path.is_dir():
                raise InputError("shell.file_is_folder", place)
        except OSError as error:
            raise InputError("shell.file_unreadable", place) from error
        if not os.access(path, os.R_OK):
            raise InputError("shell.file_unreadable", place)
        return path

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        del ctx, param
        return [CompletionItem(incomplete, type="file")]


DAY: Final = Day("forward")
PAST_DAY: Final = Day("back")
PERIOD: Final = PeriodType()
COMING_PERIOD: Final = PeriodType("forward")
TEXT: Final = Text()
TIMEZONE: Final = Timezone()
MINUTES: Final = Minutes()
EXISTING_FILE: Final = ExistingFile()


_ISO_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def read_day(text: str, app: App, *, look: Literal["back", "forward"], name: str) -> date:
    """The one day that `text` means, seen from the app's today; `name` is the option or argument it was given for.

    UsageError with the readings if there are several, with the reason if there is none.
    """
    if _ISO_DAY.fullmatch(text):  # as scripts type it: the grammar of dates takes a third of a second to be built
        with suppress(ValueError):
            return date.fromisoformat(text)
    from toolkit.core.dates import parse_date

    readings = parse_date(text, today=app.clock.today(), look=look)
    if readings.value is not None:
        return readings.value.date
    if not readings and readings.code == "core.date_unknown":
        raise UsageError("shell.not_a_day", value=text[:60], name=name)
    if not readings:
        raise UsageError(readings.code, None, value=text, **readings.params)
    days = " / ".join(said(When(day.date), app.messages) for day in readings.values)
    raise UsageError("shell.day_ambiguous", value=text, name=name, days=days)


_MOST_WORDS: Final = 30  # in a file's name that wasn't put between quotes
_LENGTH: Final = re.compile(
    r"(?:(?P<d>[0-9]{1,3}) ?(?:ngay|days?|d))?"
    r" ?(?:(?P<h>[0-9]{1,4}) ?(?:gio|tieng|hours?|h|g))?"
    r" ?(?:(?P<m>[0-9]{1,5}) ?(?:phut|minutes?|min|m|p|ph)?)?"
)


def read_minutes(text: str) -> int | None:
    """`90`, `90 phút`, `1h30`, `2 giờ 15 phút`, `1 ngày` in minutes; None if it isn't a length."""
    match = _LENGTH.fullmatch(fold(text[:60]))
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes = (int(match[name] or 0) for name in "dhm")
    return (days * 24 + hours) * 60 + minutes


def _broken_at_spaces(value: str, ctx: click.Context | None) -> str | None:
    """The name of an existing file that `value` and the words typed behind it make together, if they do."""
    words = list(ctx.ensure_object(App).arguments if ctx else ())
    if value not in words:
        return None
    whole = value
    for word in words[words.index(value) + 1 :][:_MOST_WORDS]:
        whole += f" {word}"
        if Path(whole).is_file():
            return whole
    return None


def _beside(path: Path) -> dict[str, str]:
    """A file with nearly the same name in the same folder, if there is one."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return {}
    near = nearest(path.name, names, most=1)
    return {"near": str(path.with_name(near[0]))} if near else {}


def _set_today(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and not ctx.resilient_parsing:
        app = ctx.ensure_object(App)
        app.today = read_day(value, app, look="back", name=_written(param))


def _set_yes(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value:
        ctx.ensure_object(App).ask.yes = True


def _set_csv(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        ctx.ensure_object(App).say.choose_format("csv")


def _say_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        app = ctx.ensure_object(App)
        app.say(Outcome({"version": __version__}), lambda data: [Line(f"toolkit {data['version']}")])
        ctx.exit()


def today_option(command: F) -> F:
    """`--today`: the day that counts as today, eager so that other days are understood from it."""
    option = click.option(
        "--today", metavar="NGÀY", is_eager=True, expose_value=False, callback=_set_today,
        help="Coi ngày này là hôm nay, ví dụ 2026-11-22.",
    )  # fmt: skip
    return option(command)


def yes_option(command: F) -> F:
    """`--yes`: every confirmation is answered beforehand."""
    option = click.option(
        "-y", "--yes", is_flag=True, is_eager=True, expose_value=False, callback=_set_yes,
        help="Đồng ý trước, không hỏi lại (dùng trong tập lệnh).",
    )  # fmt: skip
    return option(command)


def csv_option(command: F) -> F:
    """`--csv`: the main table of the answer as CSV."""
    option = click.option(
        "--csv", is_flag=True, is_eager=True, expose_value=False, callback=_set_csv,
        help="In bảng chính dạng CSV để mở bằng Excel.",
    )  # fmt: skip
    return option(command)


def version_option(command: F) -> F:
    """`--version`."""
    option = click.option(
        "--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version,
        help="In số phiên bản.",
    )  # fmt: skip
    return option(command)

"""Arguments and options that say which visits are looked at."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from toolkit.core.errors import UsageError
from toolkit.shell.blocks import Words
from toolkit.shell.params import PAST_DAY, TEXT, TIMEZONE, F, csv_option, today_option
from toolkit.sitestats.model import FormatName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.shell.app import App
    from toolkit.sitestats.adapters.sites import Sites
    from toolkit.sitestats.metrics import Filters
    from toolkit.sitestats.model import Who
    from toolkit.sitestats.service.opening import Visits

ROWS_IN_JSON: Final = 1_000
ROWS: Final = 10
WHO: Final[dict[str, frozenset[Who]]] = {
    "humans": frozenset({"human"}),
    "bots": frozenset({"search", "bot"}),
    "ai": frozenset({"ai"}),
}


def format_option(parameter: str) -> Callable[[F], F]:
    """`--format`: how lines are to be read; None where it is to be found."""
    return click.option(
        "--format", parameter, type=click.Choice(["auto", *get_args(FormatName)]), callback=_found_if_auto,
        help="Định dạng của nhật ký; auto (mặc định): tự nhận ra.",
    )  # fmt: skip


def _found_if_auto(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    del ctx, param
    return None if value == "auto" else value


def days_options(command: F) -> F:
    """Which days, whose visits, how a log is to be read; without a word, people alone are looked at."""
    return _with(
        command,
        click.option("--from", "since", type=PAST_DAY, help="Từ ngày nào."),
        click.option("--to", "until", type=PAST_DAY, help="Đến hết ngày nào."),
        click.option("--humans", "who", flag_value="humans", default="humans", help="Chỉ người thật (mặc định)."),
        click.option("--all", "who", flag_value="all", help="Kể cả máy và chương trình."),
        click.option("--from-collector", "collected", is_flag=True,
                     help="Theo bộ đếm trên trang thay vì nhật ký; sự kiện chỉ có ở đây."),
        format_option("name"),
        click.option("--site", "host", type=TEXT, metavar="TÊN-MIỀN",
                     help="Tên miền của trang; không ghi thì tự nhận ra."),
        click.option("--tz", type=TIMEZONE, help="Múi giờ để cắt ngày."),
        click.option("--top", type=click.IntRange(1, 1_000_000), metavar="SỐ",
                     help="Nhiều nhất bao nhiêu dòng mỗi bảng."),
        today_option,
        csv_option,
    )  # fmt: skip


def visits_options(command: F) -> F:
    """Which part of the traffic, besides what `days_options` choose."""
    return _with(
        command,
        click.option("--source", type=TEXT, metavar="NGUỒN", help="Chỉ khách từ nguồn này, ví dụ Facebook, Google."),
        click.option("--campaign", type=TEXT, metavar="TÊN", help="Chỉ khách của chiến dịch này (utm_campaign)."),
        click.option("--country", type=TEXT, metavar="NƯỚC", help="Chỉ khách từ nước này, hai chữ, ví dụ VN."),
        days_options,
    )


def _with(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def filters_of(given: dict[str, Any]) -> Filters:
    """What part of the traffic was asked for. UsageError for days that end before they begin."""
    from toolkit.sitestats.metrics import Filters

    since, until = given["since"], given["until"]
    if since and until and until < since:
        raise UsageError("sitestats.ends_before_it_begins", value=f"{until:%d/%m/%Y}", start=f"{since:%d/%m/%Y}")
    path = given.get("path") or ""
    if path and not path.startswith(("/", "*")):
        raise UsageError("sitestats.path_begins", value=path, bare=path.strip("*/ ")[:60])
    return Filters(
        since=since,
        until=until + timedelta(days=1) if until else None,
        who=WHO.get(given["who"] or "all", frozenset()),
        source=given.get("source") or "",
        path=path,
        campaign=given.get("campaign") or "",
        country=(given.get("country") or "").upper(),
        device=given.get("device") or "",
    )


def rows_of(app: App, given: dict[str, Any]) -> int:
    """How many rows a table has at most: few on a screen, many for a program."""
    return int(given["top"] or (ROWS if app.say.format == "person" else ROWS_IN_JSON))


def sites_of(app: App) -> Sites:
    """The sites that are kept."""
    from toolkit.sitestats.adapters.sites import Sites

    return Sites(app.paths.sites)


@contextmanager
def visits_of(app: App, places: Sequence[str], given: dict[str, Any]) -> Iterator[Visits]:
    """The visits of what was named, read with progress where they are files."""
    from toolkit.sitestats.service.opening import open_visits

    size = sum(Path(place).stat().st_size for place in places if Path(place).is_file())
    with app.say.progress(size // 1_000_000 or None, Words("sitestats.reading")) as bar:

        def advance(read: int) -> None:
            bar.advance(max(read // 1_000_000 - bar.done, 0))

        opened = open_visits(
            sites_of(app), places, zone=given["tz"] or app.settings.timezone, now=int(app.clock.now().timestamp()),
            host=given["host"] or "", name=given["name"], collected=given["collected"], progress=advance,
        )  # fmt: skip
        with opened as visits:
            yield visits

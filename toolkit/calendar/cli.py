"""Calendar commands: arguments in, one verb, one thing said."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from toolkit.calendar.doctor_cli import doctor
from toolkit.calendar.profile_cli import profile
from toolkit.calendar.remote import SHEET, sheet_source
from toolkit.core.outcome import Exit
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Group
from toolkit.shell.params import DAY, MINUTES, TEXT, TIMEZONE, csv_option, today_option, yes_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.calendar.reading import OwnHeading
    from toolkit.calendar.results import Choices, Preview
    from toolkit.calendar.service import CalendarService
    from toolkit.calendar.targets import Opener, TargetKind
    from toolkit.core.outcome import Outcome
    from toolkit.google.spreadsheets import SheetAddress
    from toolkit.sheets.model import Workbook


_Page = Literal["day", "week", "month"]
RUN = click.IntRange(1, 999_999)  # the number of a run; more digits than that are a slip of typing


@click.group(
    cls=Group,
    examples=[
        ("toolkit calendar template lich-cua-toi.xlsx", "Lấy một bảng mẫu để điền"),
        ("toolkit calendar plan lich-cua-toi.xlsx", "Xem trước, chưa ghi gì"),
        ("toolkit calendar import lich-cua-toi.xlsx", "Nhập vào lịch trên máy"),
    ],
)
def calendar() -> None:
    """Đưa bảng tính vào lịch: xem trước, nhập, hoàn tác."""


@calendar.command(
    "template",
    examples=[
        ("toolkit calendar template lich-cua-toi.xlsx", "Tạo bảng mẫu"),
        ("toolkit calendar template my-calendar.xlsx --lang en", "Tạo bảng mẫu có tiêu đề tiếng Anh"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path), metavar="[TỆP]", required=False)
@today_option
@pass_app
def template_(app: App, file: Path | None) -> None:
    """Tạo một bảng mẫu để điền: đủ tiêu đề cột, vài dòng ví dụ, một trang hướng dẫn."""
    from toolkit.calendar import views
    from toolkit.calendar.template import write_template
    from toolkit.core.outcome import Outcome

    lang: Literal["vi", "en"] = "en" if app.messages.lang == "en" else "vi"
    path = file or Path("my-calendar.xlsx" if lang == "en" else "lich.xlsx")
    write_template(path, lang, app.clock.today())
    app.say(Outcome({"file": str(path)}), views.template)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What `plan` and `import` share: where to, under which name, and how the sheet is to be read."""
    options = [
        click.argument("file", type=SHEET, metavar="TỆP"),
        click.option("--to", metavar="NƠI", help="Vào đâu: local (trên máy), ics:TÊN-TỆP, google hoặc caldav:ĐỊA-CHỈ."),
        click.option("--calendar", "calendar_name", type=TEXT, metavar="TÊN", help="Tên lịch ở nơi đó."),
        click.option(
            "--account", type=TEXT, metavar="TÊN", help="Tài khoản nào, khi bạn đăng nhập nhiều tài khoản một nơi."
        ),
        click.option("--name", type=TEXT, metavar="TÊN", help="Tên đợt nhập; không ghi thì lấy tên tệp."),
        click.option("--sheet", type=TEXT, metavar="TRANG", help="Chỉ đọc trang tính này."),
        click.option(
            "--person", type=TEXT, metavar="TÊN", help="Bảng phân ca: lấy ca của người này; một phần tên cũng được."
        ),
        click.option("--everyone", is_flag=True, help="Bảng phân ca: lấy ca của tất cả mọi người."),
        click.option("--profile", type=TEXT, metavar="TÊN", help="Dùng giờ tiết, giờ ca, tên cột trong hồ sơ này."),
        click.option(
            "--heading", "headings", type=TEXT, multiple=True, metavar="CỘT=NGHĨA",
            help="Một cột của bạn là gì, ví dụ \"Hôm nào=ngày\"; ghi nhiều lần cho nhiều cột.",
        ),
        click.option("--visible-only", is_flag=True, help="Bỏ qua các dòng đang ẩn."),
        click.option("--encoding", metavar="MÃ", help="Bảng mã của tệp chữ, ví dụ utf-8, cp1258, tcvn3."),
        click.option("--tz", type=TIMEZONE, help="Múi giờ của các giờ trong bảng."),
        click.option("--from", "since", type=DAY, help="Lịch lặp bắt đầu từ ngày này, nếu bảng không ghi."),
        click.option("--until", type=DAY, help="Lịch lặp kéo dài đến hết ngày này, nếu bảng không ghi."),
        click.option("--duration", type=MINUTES, help="Sự kiện không ghi giờ kết thúc dài bao lâu."),
        click.option("--reminder", type=MINUTES, multiple=True, help="Nhắc trước bao lâu, cho dòng không tự ghi."),
        click.option(
            "--years", type=click.IntRange(1, 50), default=5, show_default=True, metavar="SỐ",
            help="Ngày âm lịch lặp lại được viết ra cho bao nhiêu năm.",
        ),
        click.option(
            "--delete", type=click.IntRange(0), metavar="SỐ",
            help="Đồng ý xóa đến chừng này sự kiện không còn trong bảng.",
        ),
        click.option("--overwrite", is_flag=True, help="Lấy theo bảng cả những sự kiện bạn đã tự sửa trong lịch."),
        today_option,
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@calendar.command(
    "plan",
    examples=[
        ("toolkit calendar plan lich-thang-12.xlsx", "Xem trước một bảng tính"),
        ('toolkit calendar plan "Lịch tháng 12.xlsx"', "Tên tệp có dấu cách thì để trong dấu nháy kép"),
        (
            "toolkit calendar plan tkb.xlsx --from 7/9/2026 --until 25/10/2026",
            "Bảng chỉ ghi thứ thì cho biết từ ngày nào đến ngày nào",
        ),
    ],
)
@reading_options
@csv_option
@pass_app
def plan_(app: App, /, file: Path | SheetAddress, **given: Any) -> None:
    """Xem trước: sẽ tạo, sửa, xóa gì; dòng nào chưa đọc được. Không ghi gì vào lịch.

    TỆP là một bảng tính trên máy, hoặc địa chỉ một bảng tính Google (https://docs.google.com/spreadsheets/…).
    """
    plan_source(app, *sheet_source(app, file, given))


def plan_source(
    app: App, source: Path | Workbook, given: dict[str, Any], *, following: str = "calendar.plan_next"
) -> None:
    """Show what importing `source` would do; `given` are the reading options, `following` says what to type next."""
    from toolkit.calendar import views
    from toolkit.calendar.service import refusal_of

    with open_calendar(app) as service:
        outcome = _read(app, service, _choices(app, given, service), lambda choices: service.preview(source, choices))
    app.say(outcome, views.full_plan if app.say.format == "csv" else views.plan, as_json=views.plan_json)
    if app.say.format == "person" and outcome.data.writes and not refusal_of(outcome.data):
        app.say.note(following)


@calendar.command(
    "import",
    examples=[
        ("toolkit calendar import lich-thang-12.xlsx", "Nhập vào lịch trên máy"),
        (
            "toolkit calendar import lich-thang-12.xlsx --to google",
            "Nhập vào Google Calendar, sau khi đã đăng nhập bằng toolkit google login",
        ),
        (
            "toolkit calendar import lich-thang-12.xlsx --to ics:lich.ics",
            "Ghi ra một tệp mà ứng dụng lịch nào cũng mở được",
        ),
    ],
)
@reading_options
@yes_option
@pass_app
def import_(app: App, /, file: Path | SheetAddress, **given: Any) -> None:
    """Xem trước, hỏi lại, rồi làm đúng như đã xem. Nhập lại cùng tệp thì chỉ chỗ đã sửa mới đổi.

    TỆP là một bảng tính trên máy, hoặc địa chỉ một bảng tính Google (https://docs.google.com/spreadsheets/…).
    """
    import_source(app, *sheet_source(app, file, given))


def import_source(app: App, source: Path | Workbook, given: dict[str, Any]) -> None:
    """Show what importing `source` would do, ask, do exactly that; `given` are the reading options."""
    from toolkit.calendar import views
    from toolkit.calendar.service import nothing_done, refusal_of

    with open_calendar(app) as service:
        outcome = _read(
            app,
            service,
            _choices(app, given, service),
            lambda choices: service.prepare(source, choices, stopping=app.stopping()),
        )
        preview = outcome.data
        stopped = app.stopped is not None and bool(app.stopped)
        if refusal_of(preview) or outcome.status == "error":
            ends = outcome.exit or Exit.CONFLICT
            app.say(replace(outcome, status="error", exit=ends), views.plan, as_json=views.plan_json)
            return
        if app.say.format != "json":
            app.say(outcome, views.plan)
        if stopped or (preview.writes and not _agreed(app, preview)):
            app.say(nothing_done(preview, interrupted=stopped), views.applied, as_json=views.applied_json)
            return
        with app.stopping() as stop, app.say.progress(len(preview.writes), _words("calendar.writing")) as bar:
            done = service.apply(preview, stop=stop, progress=bar.advance)
    if app.say.format != "json":
        # What the plan has said already isn't said again.
        done = replace(done, problems=done.problems[len(outcome.problems) :], notes=())
    app.say(done, views.applied, as_json=views.applied_json)


@calendar.command(
    "runs",
    examples=[
        ("toolkit calendar runs", "Xem các lần đã nhập; con số ở đầu dòng dùng để hoàn tác"),
    ],
)
@csv_option
@pass_app
def runs_(app: App) -> None:
    """Đã nhập những gì, khi nào."""
    from toolkit.calendar import views

    with open_calendar(app) as service:
        app.say(service.runs(), views.runs, as_json=views.runs_json)


@calendar.command(
    "undo",
    examples=[
        ("toolkit calendar undo 3", "Hoàn tác lần nhập số 3 (số nào thì xem bằng toolkit calendar runs)"),
    ],
)
@click.argument("run", type=RUN, metavar="SỐ")
@yes_option
@pass_app
def undo_(app: App, run: int) -> None:
    """Đưa lịch về như trước một lần nhập. Sự kiện bạn đã sửa từ đó đến nay được giữ."""
    from toolkit.calendar import views

    with open_calendar(app) as service:
        would = service.preview_undo(run).data
        if would.steps and not app.ask.yes:
            app.say.talk(*views.undo_preview(would))
        if would.steps and not app.ask.confirm(_words("calendar.ask_undo", run=run)):
            app.say.note("calendar.not_undone")
            return
        total = sum(would.steps.values())
        with app.stopping() as stop, app.say.progress(total, _words("calendar.undoing")) as bar:
            outcome = service.undo(run, stop=stop, progress=bar.advance)
    app.say(outcome, views.undone, as_json=views.undone_json)


@calendar.command(
    "resume",
    examples=[
        ("toolkit calendar resume", "Làm nốt mọi việc còn dở"),
    ],
)
@click.argument("run", type=RUN, metavar="[SỐ]", required=False)
@pass_app
def resume_(app: App, run: int | None) -> None:
    """Làm nốt lần nhập hoặc lần hoàn tác bị cắt ngang."""
    from toolkit.calendar import views

    with (
        open_calendar(app) as service,
        app.stopping() as stop,
        app.say.progress(service.unfinished(run) or None, _words("calendar.writing")) as bar,
    ):
        outcome = service.resume(run, stop=stop, progress=bar.advance)
    app.say(outcome, views.resumed, as_json=views.resumed_json)


@calendar.command(
    "agenda",
    examples=[
        ("toolkit calendar agenda", "Xem bảy ngày tới"),
        ("toolkit calendar agenda --view week", "Xem cả tuần này, mỗi ngày một cột"),
        ("toolkit calendar agenda --view month --date 1/12/2026", "Xem tháng 12 như tờ lịch tháng"),
        ("toolkit calendar agenda --from 1/12/2026 --days 31", "Xem cả tháng 12, từng ngày"),
    ],
)
@click.option(
    "--view",
    "shown",
    type=click.Choice(["day", "week", "month"]),
    help="Xem một ngày, một tuần hay một tháng; không ghi thì xem lần lượt các ngày tới.",
)
@click.option("--date", "day", type=DAY, help="Ngày, tuần hay tháng có ngày này (không ghi thì hôm nay).")
@click.option("--from", "since", type=DAY, help="Từ ngày nào (không ghi thì từ hôm nay).")
@click.option("--until", type=DAY, help="Đến hết ngày nào.")
@click.option("--days", type=click.IntRange(1, 3660), metavar="SỐ", help="Xem bao nhiêu ngày (mặc định 7).")
@click.option("--calendar", "calendar_name", type=TEXT, metavar="TÊN", help="Chỉ lịch này; không ghi thì mọi lịch.")
@click.option("--lunar/--no-lunar", default=None, help="Có ghi ngày âm lịch bên cạnh hay không.")
@click.option("--plain", is_flag=True, help="Không xếp thành cột: từng ngày một, từng dòng một.")
@today_option
@csv_option
@pass_app
def agenda_(app: App, /, shown: _Page | None, day: date | None, **given: Any) -> None:
    """Xem lịch trên máy: từng ngày, cả tuần hay cả tháng, có ngày âm và ngày lễ."""
    from toolkit.calendar import views

    today = app.clock.today()
    span = {name: given[name] for name in ("since", "until", "days")}
    if shown is not None or day is not None:
        first, after = _page(shown or "day", day or today, span)
    else:
        first, after = _span(today, **span)
    with open_calendar(app) as service:
        outcome = service.agenda(first, after, given["calendar_name"])
    moon = app.settings.calendar.lunar == "yes" if given["lunar"] is None else given["lunar"]
    width = None if given["plain"] else app.say.out.width
    view = views.agenda(first, after, lunar=moon)
    if app.say.format == "csv":
        view = views.agenda_table
    elif shown == "week":
        view = views.week(first, after, lunar=moon, today=today, width=width)
    elif shown == "month":
        view = views.month(first, after, lunar=moon, today=today, width=width)
    app.say(outcome, view, as_json=views.agenda_json)


def _page(shown: _Page, day: date, span: dict[str, Any]) -> tuple[date, date]:
    """The first day and the day after the last of the day, week or month that holds a day."""
    from toolkit.core.errors import UsageError

    if any(value is not None for value in span.values()):
        raise UsageError("calendar.view_and_span")
    if shown == "day":
        return day, day + timedelta(days=1)
    if shown == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=7)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def _span(today: date, since: date | None, until: date | None, days: int | None) -> tuple[date, date]:
    from toolkit.core.errors import UsageError

    first = since or today
    if until is not None and days is not None:
        raise UsageError("calendar.until_and_days")
    last = until or first + timedelta(days=(days or 7) - 1)
    if last < first:
        raise UsageError("calendar.ends_before_it_begins", value=f"{last:%d/%m/%Y}")
    return first, last + timedelta(days=1)


@calendar.command(
    "export",
    examples=[
        ("toolkit calendar export lich.ics", "Chép lịch ra tệp để gửi sang điện thoại"),
    ],
)
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP.ics")
@click.option("--calendar", "calendar_name", type=TEXT, metavar="TÊN", help="Lịch nào trên máy.")
@pass_app
def export_(app: App, file: Path, calendar_name: str | None) -> None:
    """Chép lịch trên máy ra một tệp .ics để mở bằng ứng dụng lịch khác."""
    from toolkit.calendar import views
    from toolkit.calendar.targets import DEFAULT_CALENDAR

    with open_calendar(app) as service:
        outcome = service.export(calendar_name or DEFAULT_CALENDAR, file.absolute())
    app.say(outcome, views.exported(str(file)))


calendar.add_command(profile)
calendar.add_command(doctor)


@contextmanager
def open_calendar(app: App) -> Iterator[CalendarService]:
    """The calendar service on the member's own store."""
    from toolkit.calendar.adapters.ics import IcsTarget
    from toolkit.calendar.adapters.local import LocalTarget
    from toolkit.calendar.book import CalendarBook
    from toolkit.calendar.remote import caldav_calendar, google_calendar
    from toolkit.calendar.service import CalendarService
    from toolkit.calendar.targets import opener
    from toolkit.store.store import Store

    clock = app.clock
    with ExitStack() as opened:
        store = opened.enter_context(Store.open(app.paths.database, backups=app.paths.backups, clock=clock))

        book = CalendarBook(store)
        kinds: dict[TargetKind, Opener] = {
            "local": lambda spec: LocalTarget(store, spec.calendar),
            "ics": lambda spec: IcsTarget(Path(spec.path), spec.calendar, clock.now),
            "google": lambda spec: google_calendar(app, opened, book, spec),
            "caldav": lambda spec: caldav_calendar(app, opened, book, spec),
        }
        yield CalendarService(store, clock, opener(kinds))


def _read(
    app: App, service: CalendarService, choices: Choices, read: Callable[[Choices], Outcome[Preview]]
) -> Outcome[Preview]:
    from toolkit.calendar.asking import read_asking
    from toolkit.calendar.profiles.shelf import ProfileShelf

    return read_asking(app.ask, ProfileShelf(service.book), choices, read)


def _choices(app: App, given: dict[str, Any], service: CalendarService) -> Choices:
    from toolkit.calendar.profiles.model import Profile
    from toolkit.calendar.profiles.shelf import ProfileShelf
    from toolkit.calendar.reading import ReadOptions
    from toolkit.calendar.results import Choices
    from toolkit.calendar.targets import parse_target
    from toolkit.core.errors import UsageError

    if given["person"] is not None and given["everyone"]:
        raise UsageError("calendar.person_and_everyone")
    chosen = app.settings.calendar
    profile_name = given["profile"] or chosen.profile
    kept = ProfileShelf(service.book).get(profile_name) if profile_name is not None else Profile("")
    usual = () if chosen.reminder is None else (chosen.reminder,)
    read = ReadOptions(
        today=app.clock.today(),
        timezone=given["tz"] or app.settings.timezone,
        duration=given["duration"] or chosen.duration,
        reminders=given["reminder"] or usual,
        sheet=given["sheet"],
        visible_only=given["visible_only"],
        years=given["years"],
        since=given["since"],
        until=given["until"],
        hours=kept.hours(),
        person=given["person"],
        everyone=given["everyone"],
        headings=(*(_heading(typed) for typed in given["headings"]), *kept.own_headings()),
    )
    target = parse_target(given["to"] or chosen.target, given["calendar_name"], given["account"], folder=Path.cwd())
    return Choices(target, read, given["name"], given["encoding"], given["delete"], given["overwrite"])


def _heading(typed: str) -> OwnHeading:
    from toolkit.calendar.reading import own_heading
    from toolkit.core.errors import UsageError

    heading = own_heading(typed)
    if heading is None:
        raise UsageError("calendar.heading_entry_unclear", value=typed[:80], example="Hôm nào=ngày")
    return heading


def _agreed(app: App, preview: Preview) -> bool:
    from toolkit.calendar import views

    question = _words("calendar.ask_import", n=len(preview.writes), target=views.target_words(preview.target))
    return app.ask.confirm(question)


def _words(code: str, **params: Any) -> Any:
    from toolkit.shell.blocks import Words

    return Words(code, **params)

"""`import`, `profiles`: exports of shop systems into the book, and the layouts that are known."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import InputError, UsageError
from toolkit.kpi.cli.opening import open_store
from toolkit.kpi.cli.params import as_of_option, engagement_option, plain_anyway
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command, Group
from toolkit.shell.params import EXISTING_FILE, TEXT, csv_option, yes_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.core.outcome import Outcome, Problem
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.imports.fitting import Ways
    from toolkit.kpi.imports.model import Export, Field
    from toolkit.kpi.imports.profile import OwnProfile
    from toolkit.kpi.model import Status
    from toolkit.kpi.service.importing import Imported, Preview

_WHICH_ORDER: Final = "kpi.import_days_unclear"
_STATES: Final = ("done", "open", "cancelled", "returned")
_NAMED: Final[tuple[Field, ...]] = (
    "order", "day", "completed", "status", "product", "sku", "quantity", "price", "amount", "gross", "discount",
    "order_amount", "order_discount", "order_refund", "line_refund", "customer", "account", "phone", "channel",
    "referrer",
)  # fmt: skip
"""What a heading can be said to hold."""


@click.command(
    "import",
    cls=Command,
    examples=[
        ("toolkit kpi import don-hang-shopee.xlsx --dry-run", "Xem trước, chưa ghi gì"),
        (
            "toolkit kpi import don-hang-shopee.xlsx",
            "Xem, hỏi lại rồi ghi; nhập lại tệp mới hơn thì trạng thái được cập nhật",
        ),
        (
            "toolkit kpi import kho1.xlsx --profile kiotviet --shop kho1",
            "Hai cửa hàng cùng một phần mềm, số đơn có thể trùng nhau",
        ),
        (
            'toolkit kpi import don.csv --heading order="So don" --heading day=Ngay --heading amount="Tien hang"',
            "Tệp lạ: nói cột nào là gì, lần sau tự nhớ",
        ),
    ],
)
@click.argument("files", type=EXISTING_FILE, nargs=-1, required=True, metavar="TỆP...")
@click.option(
    "--profile", type=TEXT, metavar="TÊN",
    help="Tệp của nơi nào: shopee, tiktok, lazada, kiotviet, misa-eshop, misa, odoo, toolkit, hay cách đọc của bạn.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi.")
@engagement_option
@click.option("--shop", type=TEXT, metavar="TÊN", help="Tên cửa hàng, khi có hai cửa hàng trên cùng một nơi bán.")
@click.option("--keep-contacts", is_flag=True, help="Giữ cả số điện thoại và địa chỉ khách; bình thường thì không giữ.")
@click.option("--sheet", type=TEXT, metavar="TRANG", help="Chỉ đọc trang tính này.")
@click.option("--encoding", metavar="MÃ", help="Bảng mã của tệp chữ, ví dụ utf-8, cp1258, tcvn3.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), metavar="KIỂU",
              help="Ngày viết ngày/tháng/năm (dmy) hay tháng/ngày/năm (mdy).")  # fmt: skip
@click.option("--heading", "headings", multiple=True, metavar="VAI=CỘT",
              help="Cột nào là gì trong tệp lạ, ví dụ amount=\"Thành tiền\"; ghi nhiều lần được.")  # fmt: skip
@click.option("--status", "states", multiple=True, metavar="CHỮ=NGHĨA",
              help="Trạng thái lạ nghĩa là gì: done, open, cancelled, returned.")  # fmt: skip
@click.option("--by-lines", is_flag=True, help="Khi tổng các dòng khác tổng của đơn: lấy theo các dòng.")
@click.option("--remember", type=TEXT, metavar="TÊN", help="Tên để nhớ cách đọc này cho lần sau.")
@plain_anyway
@as_of_option
@yes_option
@csv_option
@pass_app
def import_(app: App, files: tuple[Path, ...], *, dry_run: bool, **given: Any) -> None:
    """Nhập đơn hàng từ tệp của sàn, phần mềm bán hàng: xem trước, hỏi lại, rồi ghi. Nhập lại không bị trùng."""
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.service.importing import Importer, nothing_new, refused
    from toolkit.kpi.views import importing as views

    with open_store(app) as store, nullcontext() if dry_run else store.hold("toolkit kpi import"):
        book = KpiBook(store)
        engagement = _engagement(app, book, given["engagement"])
        exports, problems, keep = _read_all(app, book, files, given)
        importer = Importer(book, app.clock)
        outcome = importer.plan(
            exports, engagement, shop=given["shop"] or "", keep=keep, contacts=given["keep_contacts"]
        ).with_problems(*problems)
        preview = outcome.data
        if dry_run:
            app.say(outcome, views.table if app.say.format == "csv" else views.full_plan, as_json=views.plan_json)
            return
        if app.say.format == "person":
            app.say(outcome, views.plan)
        if not preview.writes and not preview.keep:
            done = nothing_new(preview)
        elif not app.ask.confirm(Words("kpi.ask_import", n=preview.writes)):
            done = refused(preview)
        else:
            with app.say.progress(preview.writes, Words("kpi.writing_orders")) as bar:
                done = importer.apply(preview, bar.advance)
    app.say(_told(app, done, outcome), views.imported, as_json=views.imported_json)


@click.group(
    "profiles",
    cls=Group,
    examples=[
        ("toolkit kpi profiles list", "Tệp của những nơi nào đọc được ngay"),
        ("toolkit kpi profiles show shopee", "Cột nào được đọc làm gì"),
    ],
)
def profiles() -> None:
    """Tệp của sàn và phần mềm bán hàng nào đã biết cách đọc."""


@profiles.command("list", examples=[("toolkit kpi profiles list", "Các nơi đã biết, và các cách đọc của riêng bạn")])
@plain_anyway
@csv_option
@pass_app
def list_(app: App) -> None:
    """Xem các nơi đã biết, và các cách đọc bạn đã chỉ."""
    from toolkit.core.outcome import Outcome
    from toolkit.kpi.imports.profile import known_profiles
    from toolkit.kpi.views import importing as views

    with open_store(app) as store:
        own = _own(store.read())
    app.say(Outcome((known_profiles(), own)), views.profiles, as_json=views.profiles_json)


@profiles.command("show", examples=[("toolkit kpi profiles show tiktok", "Cột nào được đọc, trạng thái nào được tính")])
@click.argument("name", type=TEXT, metavar="TÊN")
@plain_anyway
@pass_app
def show(app: App, name: str) -> None:
    """Xem một cách đọc: cột nào là gì, doanh số lấy từ đâu, trạng thái nào được tính."""
    from toolkit.core.errors import ConflictError
    from toolkit.core.outcome import Outcome
    from toolkit.kpi.imports.profile import profile_named
    from toolkit.kpi.views import importing as views

    with open_store(app) as store:
        own = {one.name.casefold(): one.as_profile() for one in _own(store.read())}
    found = own.get(name.casefold()) or profile_named(name)
    if found is None:
        raise ConflictError("kpi.profile_unknown", value=name)
    app.say(Outcome(found), views.profile, as_json=views.profile_json)


@profiles.command("forget", examples=[('toolkit kpi profiles forget "Shop nhà"', "Bỏ cách đọc tên Shop nhà")])
@click.argument("name", type=TEXT, metavar="TÊN")
@pass_app
def forget(app: App, name: str) -> None:
    """Bỏ một cách đọc bạn đã chỉ. Các đơn đã nhập vẫn giữ nguyên."""
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.service.importing import forget_layout
    from toolkit.kpi.views import importing as views

    with open_store(app) as store:
        app.say(forget_layout(KpiBook(store), name, app.clock.now()), views.forgotten, as_json=views.forgotten_json)


# --- reading the files


def _read_all(
    app: App, book: KpiBook, files: Sequence[Path], given: dict[str, Any]
) -> tuple[list[Export], list[Problem], OwnProfile | None]:
    """The files that can be read; of several, one that can't doesn't stop the others."""
    exports, problems, keep = [], [], None
    files = list(dict.fromkeys(files))
    for file in files:
        try:
            export, mine = _read(app, book, file, given)
        except InputError as error:
            if len(files) == 1:
                raise
            problems.append(error.problem)
            continue
        exports.append(export)
        keep = keep or mine
    if not exports:
        first = problems[0]
        raise InputError(first.code, first.place, value=first.value, **first.params)
    return exports, problems, keep


def _read(app: App, book: KpiBook, file: Path, given: dict[str, Any]) -> tuple[Export, OwnProfile | None]:
    """One file, with what the member says of it on the command line, or when asked."""
    from toolkit.kpi.cli.explaining import ask_layout, ask_lines, ask_states
    from toolkit.kpi.imports.fitting import UnknownExportError

    ways = _ways(given)
    own = _own(book.read())
    explained = bool(ways.columns)
    try:
        export, ways = _reading_days(app, file, own, ways, given)
    except UnknownExportError as error:
        if explained or not _can_ask(app):
            raise
        ways = replace(ways, columns=ask_layout(app, error), profile="")
        explained = True
        export, ways = _reading_days(app, file, own, ways, given)
    if _can_ask(app):
        states = ask_states(app, export)
        by_lines = ways.by_lines or ask_lines(app, export)
        if states or by_lines != ways.by_lines:
            ways = replace(ways, statuses={**ways.statuses, **states}, by_lines=by_lines)
            export = _reading(app, file, own, ways, given)
    keep = _keep(given, ways, export, own, explained=explained)
    if keep is not None and keep.columns:
        export = replace(export, profile=keep.name, label=keep.name)
    return export, keep


def _reading_days(
    app: App, file: Path, own: Sequence[OwnProfile], ways: Ways, given: dict[str, Any]
) -> tuple[Export, Ways]:
    """The file; where its days can be read in two orders, the member is asked, and what they say is in the ways."""
    from toolkit.kpi.cli.explaining import ask_day_order

    try:
        return _reading(app, file, own, ways, given), ways
    except InputError as error:
        if error.problem.code != _WHICH_ORDER or ways.dates or not _can_ask(app):
            raise
        ways = replace(ways, dates=ask_day_order(app, error.problem.value or ""))
    return _reading(app, file, own, ways, given), ways


def _reading(app: App, file: Path, own: Sequence[OwnProfile], ways: Ways, given: dict[str, Any]) -> Export:
    from toolkit.kpi.imports.reading import read_export

    with app.say.progress(None, Words("kpi.reading_file", file=file.name)) as bar:
        return read_export(
            file, own=own, ways=ways, encoding=given["encoding"], contacts=given["keep_contacts"],
            progress=lambda *_: bar.advance(1000),
        )  # fmt: skip


def _keep(
    given: dict[str, Any], ways: Ways, export: Export, own: Sequence[OwnProfile], *, explained: bool
) -> OwnProfile | None:
    """What to remember: a layout that the member explained, under the name they gave it, else that of the file; or what
    they said of the states of a known one. None where it is remembered already."""
    from toolkit.kpi.imports.profile import OwnProfile

    if explained:
        name = given["remember"] or export.file.rpartition(".")[0] or export.file
        keep = OwnProfile(name, ways.columns, ways.dates or "", ways.statuses)
    elif given["remember"]:
        raise UsageError("kpi.nothing_to_remember", value=given["remember"])
    elif ways.statuses:
        known = next((one for one in own if one.name == export.layout), OwnProfile(export.layout, {}))
        keep = replace(known, statuses={**known.statuses, **ways.statuses})
    else:
        return None
    return None if keep in own else keep


def _own(db: Any) -> list[OwnProfile]:
    from toolkit.kpi.book.imported import own_profiles
    from toolkit.kpi.imports.profile import OwnProfile

    return [
        OwnProfile(name, kept["columns"], kept["dates"], kept["statuses"], kept["channel"])
        for name, kept in own_profiles(db)
    ]


def _ways(given: dict[str, Any]) -> Ways:
    from toolkit.kpi.imports.fitting import Ways

    columns: dict[str, Field] = {}
    for said in given["headings"]:
        what, sign, heading = said.partition("=")
        if not sign or what.strip() not in _NAMED or not heading.strip():
            raise UsageError("kpi.heading_unclear", value=said, fields=", ".join(_NAMED))
        columns[heading.strip()] = what.strip()
    states: dict[str, Status] = {}
    for said in given["states"]:
        word, sign, meaning = said.rpartition("=")
        if not sign or meaning.strip() not in _STATES or not word.strip():
            raise UsageError("kpi.status_unclear", value=said)
        states[word.strip()] = meaning.strip()
    return Ways(given["profile"] or "", columns, given["date_order"], given["sheet"] or "", states, given["by_lines"])


def _engagement(app: App, book: KpiBook, said: str) -> str:
    """Whom the orders are sold for: the one named, the only one there is, or the one that is chosen when asked."""
    from toolkit.kpi.service.finding import engagement_of

    known = book.engagements()
    if not said and len(known) > 1 and _can_ask(app):
        labels = [Words("kpi.engagement_choice", id=one.id, label=one.label) for one in known.values()]
        chosen = app.ask.choose(Words("kpi.ask_engagement"), labels, flag="--engagement")
        if chosen is not None:
            return list(known)[chosen]
    return engagement_of(book, said)


def _can_ask(app: App) -> bool:
    return app.ask.is_possible and not app.ask.yes


def _told(app: App, done: Outcome[Imported], planned: Outcome[Preview]) -> Outcome[Imported]:
    """A person has seen the plan's problems already; a program hears of them now."""
    if app.say.format != "person":
        return replace(done.with_problems(*planned.problems), notes=(*planned.notes, *done.notes))
    return replace(done, status="partial") if planned.problems else done

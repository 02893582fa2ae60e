"""Profiles: arguments in, one verb, one thing said."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import fold
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Column, Heading, Line, Table, Words
from toolkit.shell.group import Group
from toolkit.shell.params import TEXT, yes_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.calendar.profiles.model import Profile
    from toolkit.calendar.profiles.shelf import ProfileShelf
    from toolkit.shell.blocks import Block, Cell

_LONGEST_NAME = 60


@click.group(cls=Group, examples=[
    ("toolkit calendar profile add shop --from cua-hang", "Chép mẫu giờ cửa hàng về tên shop"),
])  # fmt: skip
def profile() -> None:
    """Giữ giờ tiết, giờ ca, tên cột riêng của bạn; dùng khi nhập bằng --profile."""


@profile.command("list", examples=[("toolkit calendar profile list", "Mọi hồ sơ giờ đã giữ")])
@pass_app
def list_(app: App) -> None:
    """Xem các hồ sơ giờ bạn đã giữ."""
    with open_shelf(app) as shelf:
        app.say(Outcome(shelf.all()), _listed, as_json=_listed_json)


@profile.command("show", examples=[("toolkit calendar profile show shop", "Từng ca, từng tiết trong hồ sơ shop")])
@click.argument("name", type=TEXT, metavar="TÊN")
@pass_app
def show_(app: App, name: str) -> None:
    """Xem giờ và tên cột trong một hồ sơ."""
    with open_shelf(app) as shelf:
        found = shelf.get(name)
        app.say(Outcome(found), _shown, as_json=_json)
    if fold(app.settings.calendar.profile or "") == fold(found.name):
        app.say.note("calendar.profile_is_default", name=found.name)


@profile.command("add", examples=[
    ("toolkit calendar profile add shop --shift S=6h-14h --shift C=14h-22h", "Hai ca, với giờ của chúng"),
    ("toolkit calendar profile add lop10 --from trung-hoc --lesson 1=7h15-8h", "Chép mẫu, rồi sửa giờ tiết 1"),
    ('toolkit calendar profile add so-hen --heading "Hôm nào=ngày" --heading "Vụ gì=tiêu đề"', "Hai cột có tên riêng"),
])  # fmt: skip
@click.argument("name", type=TEXT, metavar="TÊN")
@click.option("--lesson", "lessons", multiple=True, metavar="TIẾT=GIỜ", help="Giờ một tiết, ví dụ 1=07:00-07:45.")
@click.option("--shift", "shifts", multiple=True, metavar="CA=GIỜ", help="Giờ một ca, ví dụ sáng=06:00-14:00.")
@click.option("--session", "sessions", multiple=True, metavar="BUỔI=GIỜ", help="Giờ một buổi, ví dụ chiều=13:00-17:00.")
@click.option(
    "--heading", "headings", multiple=True, metavar="CỘT=NGHĨA", help='Một cột của bạn là gì, ví dụ "Hôm nào=ngày".'
)
@click.option("--from", "source", type=TEXT, metavar="MẪU", help="Chép từ một mẫu có sẵn (xem: profile examples).")
@pass_app
def add_(app: App, name: str, source: str | None, **given: tuple[str, ...]) -> None:
    """Giữ một hồ sơ; hồ sơ đã có thì thêm hoặc sửa trong đó."""
    from toolkit.calendar.profiles.model import Profile
    from toolkit.calendar.profiles.shelf import example

    if not name or len(name) > _LONGEST_NAME:
        raise UsageError("calendar.profile_name", value=name)
    added = Profile.of(name, **given)
    if source is not None:
        added = Profile(name).with_more(example(source)).with_more(added)
    if not added.size:
        raise UsageError("calendar.profile_empty", name=name)
    with open_shelf(app) as shelf:
        app.say(Outcome(shelf.add(added)), _shown, as_json=_json)


@profile.command("remove", examples=[("toolkit calendar profile remove shop", "Bỏ hồ sơ shop, hỏi lại trước")])
@click.argument("name", type=TEXT, metavar="TÊN")
@yes_option
@pass_app
def remove_(app: App, name: str) -> None:
    """Bỏ một hồ sơ giờ. Lịch đã nhập vẫn giữ nguyên."""
    with open_shelf(app) as shelf:
        found = shelf.get(name)
        if not app.ask.confirm(Words("calendar.ask_remove_profile", name=found.name)):
            app.say.note("calendar.profile_kept", name=found.name)
            return
        app.say(Outcome(shelf.remove(name)), _removed, as_json=_json)


@profile.command("examples", examples=[
    ("toolkit calendar profile examples", "Các mẫu đang có"),
    ("toolkit calendar profile examples benh-vien", "Giờ trong một mẫu"),
])  # fmt: skip
@click.argument("name", type=TEXT, metavar="[TÊN]", required=False)
@pass_app
def examples_(app: App, name: str | None) -> None:
    """Xem các mẫu giờ có sẵn để chép về sửa; không mẫu nào được tự dùng."""
    from toolkit.calendar.profiles.shelf import example, examples

    if name is not None:
        app.say(Outcome(example(name)), _shown, as_json=_json)
    else:
        app.say(Outcome(examples()), _examples, as_json=_listed_json)


@contextmanager
def open_shelf(app: App) -> Iterator[ProfileShelf]:
    """The member's profiles, in their store."""
    from toolkit.calendar.book import CalendarBook
    from toolkit.calendar.profiles.shelf import ProfileShelf
    from toolkit.store.store import Store

    with Store.open(app.paths.database, backups=app.paths.backups, clock=app.clock) as store:
        yield ProfileShelf(CalendarBook(store))


def _listed(profiles: Sequence[Profile]) -> Iterator[Block]:
    yield _table(profiles, Words("calendar.no_profiles"))


def _examples(profiles: Sequence[Profile]) -> Iterator[Block]:
    yield _table(profiles, None)
    yield Line(Words("calendar.profile_examples_differ", example=profiles[0].name))


def _table(profiles: Sequence[Profile], empty: Words | None) -> Table:
    kinds = [f"calendar.column_{kind}" for kind in ("lessons", "shifts", "sessions", "headings")]
    columns = [Column(Words("calendar.column_profile")), *(Column(Words(code), "right") for code in kinds)]
    rows = [(one.name, len(one.lessons), len(one.shifts), len(one.sessions), len(one.headings)) for one in profiles]
    return Table(columns, rows, empty)


def _shown(one: Profile) -> Iterator[Block]:
    yield Heading(Words("calendar.profile_title", name=one.name))
    rows: list[tuple[Cell, Cell]] = [
        *((Words("calendar.lesson_name", number=number), hours) for number, hours in one.lessons.items()),
        *one.shifts.items(),
        *((Words("calendar.session_name", name=name), hours) for name, hours in one.sessions.items()),
    ]
    if rows:
        yield Table([Column(Words("calendar.column_name")), Column(Words("calendar.column_hours"))], rows)
    if one.headings:
        headings = [Column(Words("calendar.column_heading")), Column(Words("calendar.column_meaning"))]
        yield Table(headings, [(name, _meaning(meaning)) for name, meaning in one.headings.items()])


def _meaning(typed: str) -> Cell:
    """What a column means, as we ask for it; as it was typed where we don't ask for such a one."""
    from toolkit.calendar.reading import field_named
    from toolkit.calendar.reading.own_headings import OFFERED

    field = field_named(typed)
    asked_for = {each for fields in OFFERED.values() for each in fields}
    return Words(f"calendar.meaning_{field}") if field in asked_for else typed


def _removed(one: Profile) -> Iterator[Block]:
    yield Line(Words("calendar.profile_removed", name=one.name))


def _json(one: Profile) -> dict[str, Any]:
    return {
        "name": one.name,
        "lessons": dict(one.lessons),
        "shifts": dict(one.shifts),
        "sessions": dict(one.sessions),
        "headings": dict(one.headings),
    }


def _listed_json(profiles: Sequence[Profile]) -> dict[str, Any]:
    return {"profiles": [_json(one) for one in profiles]}
